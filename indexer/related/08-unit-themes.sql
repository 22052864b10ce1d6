-- How many users of one market opened something of a theme after a query with a unit, where they are enough, and how many opened anything of a theme.
CREATE TABLE unit_themes AS
WITH cells AS (
  SELECT unit_id, theme, market, count(DISTINCT person_id) AS users
  FROM unit_openings
  JOIN item_themes USING (click_key)
  GROUP BY ALL
),
kept AS (
  SELECT unit_id, theme, sum(users) AS users
  FROM cells
  GROUP BY ALL
  HAVING max(users) >= getvariable('min_users')
),
units AS (SELECT unit_id, sum(users) AS unit_users FROM cells GROUP BY ALL)
SELECT unit_id, theme, users, unit_users
FROM kept
JOIN units USING (unit_id);

CREATE TABLE theme_users AS
SELECT theme, count(*) AS users
FROM (SELECT DISTINCT theme, market, person_id, form_id FROM opened JOIN item_themes USING (click_key))
GROUP BY ALL;
