-- The days of what is kept, variants with what they are merged into, in an order that the input alone decides. Three searches are the least that
-- is worth a row (LEAST_SEARCHES of trend-build.ts).
WITH targets AS (
  SELECT group_id, coalesce(into_group, group_id) AS target_id
  FROM representatives
  LEFT JOIN variants USING (group_id)
),
days AS (
  SELECT target_id, market, age_day, CAST(sum(users) AS BIGINT) AS users, CAST(sum(hour_users) AS BIGINT) AS hour_users
  FROM trend_days
  JOIN targets USING (group_id)
  SEMI JOIN group_newest USING (group_id, market)
  GROUP BY ALL
),
frequent AS (
  SELECT *
  FROM days
  QUALIFY sum(users) OVER (PARTITION BY target_id) >= 3
)
SELECT normalised, market, age_day, users, hour_users
FROM frequent
JOIN representatives ON group_id = target_id
ORDER BY normalised, market, age_day;
