-- Completions that enough users of one market searched soon before or after another.
CREATE TABLE companion_pairs AS
WITH steps AS (
  SELECT earlier.node_id AS one, later.node_id AS other, market, person_id, related_mass(day, 1) AS mass
  FROM companions
  JOIN related_nodes earlier ON earlier.form_id = form_before
  JOIN related_nodes later ON later.form_id = form_after
  WHERE earlier.node_id <> later.node_id
),
both_ways AS (
  SELECT source, target, market, person_id, max(mass) AS mass
  FROM (
    SELECT one AS source, other AS target, market, person_id, mass FROM steps
    UNION ALL
    SELECT other, one, market, person_id, mass FROM steps
  )
  GROUP BY ALL
),
pairs AS (
  SELECT source, target, sum(mass) AS mass, max(users) AS users
  FROM (SELECT source, target, market, sum(mass) AS mass, count(*) AS users FROM both_ways GROUP BY ALL)
  GROUP BY ALL
  HAVING max(users) >= getvariable('min_users')
),
sources AS (SELECT source, sum(mass) AS source_mass FROM both_ways GROUP BY ALL),
targets AS (SELECT target, sum(mass) AS target_mass FROM both_ways GROUP BY ALL)
SELECT source, target, mass, source_mass, target_mass, (SELECT sum(mass) FROM both_ways) AS total_mass
FROM pairs
JOIN sources USING (source)
JOIN targets USING (target);
