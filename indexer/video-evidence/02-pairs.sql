-- Users of each video and completion. "fresh" counts a user for one video a completion only (the least in the order of their names), so that sums of it over any videos
-- never count a user twice: what words of videos lead to is judged by it.
CREATE TABLE video_pairs AS
WITH targets AS (
  SELECT form_id, coalesce(into_group, group_id) AS target_id
  FROM forms
  SEMI JOIN (SELECT group_id FROM group_markets WHERE is_kept) kept USING (group_id)
  LEFT JOIN variants USING (group_id)
),
named AS (
  SELECT video, target_id, count(*) AS users, count(*) FILTER (is_first) AS fresh
  FROM (
    SELECT video, target_id, person_id, row_number() OVER (PARTITION BY target_id, person_id ORDER BY video) = 1 AS is_first
    FROM (SELECT DISTINCT video, target_id, person_id FROM video_seekers JOIN targets USING (form_id))
  )
  GROUP BY ALL
),
unnamed AS (
  SELECT video, target_id, sum(unknown_users) AS unknown_users, max(most_users) AS most_users,
    CASE WHEN sum(exempt_rows) > 0 THEN getvariable('min_users') ELSE 0 END AS exempt_users
  FROM video_unnamed
  JOIN targets USING (form_id)
  GROUP BY ALL
)
SELECT
  video,
  normalised,
  CAST(greatest(coalesce(users, 0) + coalesce(unknown_users, 0), coalesce(most_users, 0), coalesce(exempt_users, 0)) AS DOUBLE) AS users,
  CAST(greatest(coalesce(fresh, 0) + coalesce(unknown_users, 0), coalesce(most_users, 0), coalesce(exempt_users, 0)) AS DOUBLE) AS fresh
FROM named
FULL JOIN unnamed USING (video, target_id)
JOIN representatives ON group_id = target_id;
