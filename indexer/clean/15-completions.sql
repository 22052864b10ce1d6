-- The counted list, a row a completion and market, in an order that the input alone decides. A variant's scores go to the
-- completion that it is merged into, and its spellings lead there. Sums of several are added from the smallest on: in any other order
-- their last bits would depend on the threads.
WITH targets AS (
  SELECT group_id, coalesce(into_group, group_id) AS target_id
  FROM representatives
  LEFT JOIN variants USING (group_id)
),
merged_groups AS (
  SELECT DISTINCT into_group AS target_id FROM variants
),
scores AS (
  SELECT group_id AS target_id, market, score
  FROM group_scores
  JOIN targets USING (group_id)
  WHERE target_id = group_id AND target_id NOT IN (SELECT target_id FROM merged_groups)
  UNION ALL
  SELECT target_id, market, list_reduce(list(score ORDER BY score), (sum, score) -> sum + score) AS score
  FROM group_scores
  JOIN targets USING (group_id)
  WHERE target_id IN (SELECT target_id FROM merged_groups)
  GROUP BY ALL
),
spellings AS (
  SELECT target_id, list(DISTINCT alias ORDER BY alias) AS aliases
  FROM (
    SELECT target_id, unnest(aliases) AS alias FROM aliases JOIN targets USING (group_id)
    UNION ALL
    SELECT into_group, normalised FROM variants JOIN representatives USING (group_id)
  )
  GROUP BY ALL
)
SELECT normalised, surface, market, score, aliases
FROM scores
JOIN representatives ON group_id = target_id
JOIN surfaces USING (form_id)
LEFT JOIN spellings USING (target_id)
ORDER BY normalised, market;
