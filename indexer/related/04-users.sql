-- Completions that enough users of one market searched soon before or after another. Which of two came first does not matter here: each two are
-- counted once, by their numbers, and written both ways in the end.
CREATE TABLE companion_pairs AS
WITH
-- One join after the other: left to itself, the planner pairs all nodes with all nodes first.
from_nodes AS MATERIALIZED (
  SELECT node_id AS earlier, form_after, market, person_id, related_mass(day, 1) AS mass
  FROM companions
  JOIN related_nodes ON form_id = form_before
),
named AS (
  SELECT earlier, node_id AS later, market, person_id, mass
  FROM from_nodes
  JOIN related_nodes ON form_id = form_after
),
steps AS (
  SELECT least(earlier, later) AS one, greatest(earlier, later) AS other, market, person_id, max(mass) AS mass
  FROM named
  WHERE earlier <> later
  GROUP BY ALL
),
markets AS MATERIALIZED (
  SELECT one, other, market, sum(mass) AS mass, count(*) AS users
  FROM steps
  GROUP BY ALL
),
pairs AS (
  SELECT one, other, sum(mass) AS mass
  FROM markets
  GROUP BY ALL
  HAVING max(users) >= getvariable('min_users')
),
ends AS (
  SELECT node_id, sum(mass) AS node_mass
  FROM (SELECT one AS node_id, mass FROM markets UNION ALL SELECT other, mass FROM markets)
  GROUP BY ALL
),
both_ways AS (
  SELECT one AS source, other AS target, mass FROM pairs
  UNION ALL
  SELECT other, one, mass FROM pairs
)
SELECT source, target, mass, sources.node_mass AS source_mass, targets.node_mass AS target_mass,
  (SELECT 2 * sum(mass) FROM markets) AS total_mass
FROM both_ways
JOIN ends sources ON sources.node_id = source
JOIN ends targets ON targets.node_id = target;
