-- How the phrases that enough creators carry are written: the most used spelling, that in its most used surface, by creators; of two alike
-- the one in more words, then by code points. The language is that of most of the creators.
CREATE TABLE spellings AS
SELECT group_no, phrase, count(DISTINCT creator_no) AS creators
FROM mentions
JOIN phrase_groups USING (group_key)
JOIN videos USING (video_no)
SEMI JOIN carried_groups USING (group_no)
GROUP BY ALL;

CREATE TABLE chosen_spellings AS
SELECT group_no, phrase
FROM spellings
QUALIFY row_number() OVER (PARTITION BY group_no ORDER BY creators DESC, length(phrase) DESC, phrase) = 1;

CREATE TABLE chosen_surfaces AS
SELECT group_no, phrase, surface
FROM (
  SELECT group_no, phrase, coalesce(surface, phrase) AS surface, count(DISTINCT creator_no) AS creators
  FROM mentions
  JOIN phrase_groups USING (group_key)
  JOIN videos USING (video_no)
  SEMI JOIN chosen_spellings USING (group_no, phrase)
  GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY group_no ORDER BY creators DESC, surface) = 1;

CREATE TABLE chosen_languages AS
SELECT group_no, market, language
FROM (
  SELECT group_no, market, language, count(DISTINCT creator_no) AS creators
  FROM mentions
  JOIN phrase_groups USING (group_key)
  JOIN videos USING (video_no)
  SEMI JOIN carried_groups USING (group_no, market)
  WHERE language IS NOT NULL
  GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY group_no, market ORDER BY creators DESC, language) = 1;

-- Other spellings that enough creators use lead to the phrase, too.
CREATE TABLE other_spellings AS
SELECT group_no, list(phrase ORDER BY phrase) AS phrases
FROM spellings
ANTI JOIN chosen_spellings USING (group_no, phrase)
WHERE creators >= getvariable('min_videos')
GROUP BY ALL;

DROP TABLE mentions;
