-- Completions that enough users of one market searched after a query that holds a unit, whatever the query was otherwise: what is known of
-- queries that nobody has searched before.
CREATE TABLE unit_pairs AS
WITH steps AS (
  SELECT unit_id AS source, node_id AS target, market, person_id, day, max(related_mass(day, distance)) AS mass
  FROM turns
  JOIN form_units ON form_units.form_id = form_before
  JOIN related_nodes ON related_nodes.form_id = form_after
  GROUP BY ALL
),
pairs AS (
  SELECT source, target, sum(mass) AS mass, max(users) AS users
  FROM (SELECT source, target, market, sum(mass) AS mass, count(DISTINCT person_id) AS users FROM steps GROUP BY ALL)
  GROUP BY ALL
  HAVING max(users) >= getvariable('min_users')
),
sources AS (SELECT source, sum(mass) AS source_mass FROM steps GROUP BY ALL),
targets AS (SELECT target, sum(mass) AS target_mass FROM steps GROUP BY ALL)
SELECT source, target, mass, source_mass, target_mass, (SELECT sum(mass) FROM steps) AS total_mass
FROM pairs
JOIN sources USING (source)
JOIN targets USING (target);
