-- How many users searched each group in a market on each of the last 35 days, the latest (0) being the 24 hours before as-of, and in
-- the last hour. A named user counts once a day; a counted row stands for its users, or else for its count. Whole numbers, exact in any order.
CREATE TABLE trend_days AS
WITH named AS (
  SELECT
    group_id,
    market,
    CAST(floor(greatest(getvariable('as_of_us') - at_us, 0) / 86400e6) AS INTEGER) AS age_day,
    person_id,
    getvariable('as_of_us') - at_us < 3600e6 AS is_last_hour
  FROM searches
  JOIN forms USING (form_id)
  WHERE verdict = 0 AND getvariable('as_of_us') - at_us < 35 * 86400e6
),
counted AS (
  SELECT
    group_id,
    market,
    CAST(floor(greatest(getvariable('as_of_us') - at_us, 0) / 86400e6) AS INTEGER) AS age_day,
    CAST(round(least(greatest(coalesce(users, amount, 1), 1), 1e9)) AS BIGINT) AS users,
    getvariable('as_of_us') - at_us < 3600e6 AS is_last_hour
  FROM all_rows
  JOIN forms USING (form_id)
  WHERE verdict = 0
    AND (person_id IS NULL OR amount IS NOT NULL)
    AND getvariable('as_of_us') - at_us < 35 * 86400e6
)
SELECT group_id, market, age_day, CAST(sum(users) AS BIGINT) AS users, CAST(sum(hour_users) AS BIGINT) AS hour_users
FROM (
  SELECT group_id, market, age_day, count(DISTINCT person_id) AS users,
    count(DISTINCT person_id) FILTER (is_last_hour) AS hour_users
  FROM named
  GROUP BY ALL
  UNION ALL
  SELECT group_id, market, age_day, sum(users), coalesce(sum(users) FILTER (is_last_hour), 0)
  FROM counted
  GROUP BY ALL
)
GROUP BY ALL;
