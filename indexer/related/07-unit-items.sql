-- What enough users of one market opened after queries that hold a unit: what themes are made of. Items that carry one unit tell nothing.
CREATE TABLE unit_openings AS
SELECT DISTINCT unit_id, click_key, market, person_id
FROM opened
JOIN form_units USING (form_id);

CREATE TABLE unit_items AS
WITH edges AS (
  SELECT unit_id, click_key, max(users) AS users
  FROM (SELECT unit_id, click_key, market, count(*) AS users FROM unit_openings GROUP BY ALL)
  GROUP BY ALL
  HAVING max(users) >= getvariable('min_users')
),
strong AS (
  SELECT click_key
  FROM edges
  GROUP BY click_key
  HAVING count(*) >= 2
  ORDER BY sum(users) DESC, click_key
  LIMIT 20000
)
SELECT unit_id, click_key, users
FROM edges
SEMI JOIN strong USING (click_key);

-- The theme of an item, by number; TypeScript finds them.
CREATE TABLE item_themes (click_key UBIGINT NOT NULL, theme UINTEGER NOT NULL);
