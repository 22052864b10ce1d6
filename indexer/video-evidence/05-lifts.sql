-- How often words stand in videos with which a completion was searched: users of a video count up to a cap, as one video's users read the
-- same words. A word leads to a completion by enough distinct users alone, over all its videos.
CREATE TABLE word_pairs AS
SELECT a, b, normalised,
  CAST(sum(CAST(weight * least(fresh, getvariable('most_video_users')) AS BIGINT)) AS DOUBLE) AS mass,
  sum(fresh) AS users
FROM video_words
JOIN video_pairs USING (video)
WHERE fresh > 0
GROUP BY ALL;

CREATE TABLE word_masses AS
SELECT a, b, CAST(sum(CAST(mass AS BIGINT)) AS DOUBLE) AS mass FROM word_pairs GROUP BY ALL;

CREATE TABLE query_masses AS
SELECT normalised, CAST(sum(CAST(mass AS BIGINT)) AS DOUBLE) AS mass FROM word_pairs GROUP BY ALL;
