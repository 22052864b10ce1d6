-- Completions that enough users of one market searched after another within a session, with what is known of both alone.
CREATE TABLE followed_pairs AS
WITH
-- One join after the other: left to itself, the planner may pair all nodes with all nodes first.
from_nodes AS MATERIALIZED (
  SELECT node_id AS source, form_after, market, person_id, day, related_mass(day, distance) AS mass
  FROM turns
  JOIN related_nodes ON form_id = form_before
),
named AS (
  SELECT source, node_id AS target, market, person_id, day, mass
  FROM from_nodes
  JOIN related_nodes ON form_id = form_after
),
steps AS (
  SELECT source, target, market, person_id, max(mass) AS mass
  FROM named
  WHERE source <> target
  GROUP BY source, target, market, person_id, day
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
