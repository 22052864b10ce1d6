-- Words by hash, with the videos that hold them and what they lead to, by how much they add to it over all its searches.
CREATE TABLE led_words AS
WITH all_mass AS (SELECT sum(CAST(mass AS BIGINT)) AS mass FROM query_masses),
lifts AS (
  SELECT pairs.a, pairs.b, pairs.normalised, pairs.mass,
    log2(
      (pairs.mass + getvariable('lift_smoothing') * words.mass / all_mass.mass)
      / ((queries.mass + getvariable('lift_smoothing')) * words.mass / all_mass.mass)
    ) AS lift
  FROM word_pairs pairs
  JOIN word_masses words USING (a, b)
  JOIN query_masses queries USING (normalised)
  CROSS JOIN all_mass
  WHERE pairs.users >= getvariable('min_users')
),
kept AS (
  SELECT a, b, list(normalised ORDER BY mass * lift DESC, normalised) AS queries, list(lift ORDER BY mass * lift DESC, normalised) AS lifts
  FROM lifts
  WHERE lift > 0
  GROUP BY ALL
),
documents AS (
  SELECT a, b, CAST(count(*) AS DOUBLE) AS documents FROM video_words GROUP BY ALL
)
SELECT a, b, documents, coalesce(queries[:getvariable('most_word_queries')::BIGINT], []) AS queries,
  coalesce(lifts[:getvariable('most_word_queries')::BIGINT], []) AS lifts
FROM documents
LEFT JOIN kept USING (a, b)
WHERE documents >= getvariable('least_documents') OR queries IS NOT NULL;

-- How many users searched a completion with any video.
CREATE TABLE video_queries AS
SELECT normalised, sum(fresh) AS users
FROM video_pairs
GROUP BY ALL
HAVING sum(fresh) >= getvariable('min_users');
