-- Who carries a phrase in a market, once each, with the newest day. A video that names no creator has the one that another row of the
-- same video names, or is its own; a row without either is a video by itself. Numbers are given out in any order: nothing that is
-- published may depend on them.
CREATE TABLE videos AS
WITH named AS (
  SELECT
    video_no,
    market,
    language,
    CAST(floor(coalesce(at_us, getvariable('as_of_us')) / 86400e6) AS INTEGER) AS day,
    coalesce(
      'c' || creator,
      'c' || max(creator) OVER (PARTITION BY coalesce('v' || video, 'n' || video_no)),
      'v' || video,
      'n' || video_no
    ) AS maker
  FROM raw_videos
),
makers AS (
  SELECT maker, CAST(row_number() OVER () AS UINTEGER) AS creator_no FROM (SELECT DISTINCT maker FROM named)
)
SELECT video_no, market, language, day, creator_no FROM named JOIN makers USING (maker);

DROP TABLE raw_videos;

CREATE TABLE phrase_groups AS
SELECT CAST(row_number() OVER () AS UINTEGER) AS group_no, group_key
FROM (SELECT DISTINCT group_key FROM mentions);

CREATE TABLE carriers AS
SELECT group_no, market, creator_no, bit_or(source) AS sources, max(day) AS day
FROM mentions
JOIN phrase_groups USING (group_key)
JOIN videos USING (video_no)
GROUP BY ALL;

CREATE TABLE carried_groups AS
SELECT
  group_no,
  market,
  count(*) AS creators,
  count(*) FILTER (sources & 3 <> 0) AS taggers,
  count(*) FILTER (sources & 7 <> 0) AS units,
  count(*) FILTER (sources & 12 <> 0) AS titled
FROM carriers
GROUP BY ALL
HAVING count(*) >= getvariable('min_videos');
