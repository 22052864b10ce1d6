-- The phrases that enough distinct users searched, within whatever query: as many as a completion needs; of too many the most searched ones.
CREATE TABLE entity_searched AS
WITH searchers AS (
  SELECT phrase, count(DISTINCT person_id) AS users, count(DISTINCT person_id) FILTER (is_whole) AS whole
  FROM entity_query_phrases
  JOIN seekers USING (form_id)
  GROUP BY phrase
),
strangers AS (
  SELECT phrase, sum(unknown_users) AS users, coalesce(sum(unknown_users) FILTER (is_whole), 0) AS whole
  FROM entity_query_phrases
  JOIN unnamed USING (form_id)
  GROUP BY phrase
)
SELECT
  phrase,
  coalesce(a.users, 0) + coalesce(b.users, 0) AS users,
  coalesce(a.whole, 0) + coalesce(b.whole, 0) AS whole
FROM searchers a
FULL JOIN strangers b USING (phrase)
WHERE coalesce(a.users, 0) + coalesce(b.users, 0) >= getvariable('min_users')
ORDER BY users DESC, phrase
LIMIT getvariable('most_phrases');

DROP TABLE entity_query_phrases;
