-- The texts of each video with its comments, and who searched what with it, by id.
CREATE TABLE video_documents AS
WITH first_texts AS (
  SELECT * FROM video_texts QUALIFY row_number() OVER (PARTITION BY video ORDER BY seq) = 1
),
first_comments AS (
  SELECT video, list(comment ORDER BY seq) AS comments
  FROM (
    SELECT video, comment, seq
    FROM video_comments
    QUALIFY row_number() OVER (PARTITION BY video ORDER BY seq) <= getvariable('video_comments')
  )
  GROUP BY video
),
counts AS (
  SELECT video, list(normalised ORDER BY normalised) AS queries, list(users ORDER BY normalised) AS users
  FROM video_pairs
  WHERE users >= getvariable('min_users')
  GROUP BY video
)
SELECT
  video, market, title, description, tags, transcript,
  coalesce(comments, []) AS comments,
  coalesce(queries, []) AS queries,
  coalesce(users, []) AS users
FROM first_texts
LEFT JOIN first_comments USING (video)
FULL JOIN counts USING (video);
