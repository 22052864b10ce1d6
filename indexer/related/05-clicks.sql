-- Completions after which people opened the same: enough users of one market on either side of what both share. The weight is a step there and
-- back, P(opened | source) x P(target | opened); of what a great many queries lead to, the most used ones take part.
CREATE TABLE click_pairs AS
WITH openings AS (
  SELECT node_id, market, click_key, person_id, max(related_mass(day, 1)) AS mass
  FROM opened
  JOIN related_nodes USING (form_id)
  GROUP BY ALL
),
arms AS (
  SELECT node_id, market, click_key, CAST(sum(mass) AS DOUBLE) AS mass, count(*) AS users
  FROM openings
  GROUP BY ALL
),
-- Ties by text: numbers of groups say nothing of the input.
strong_arms AS (
  SELECT arms.*
  FROM arms
  JOIN representatives ON representatives.group_id = node_id
  QUALIFY row_number() OVER (PARTITION BY arms.market, click_key ORDER BY mass DESC, users DESC, normalised) <= 48
),
shared AS (
  SELECT source.node_id AS source, target.node_id AS target, source.market, source.click_key,
    source.mass AS source_part, target.mass AS target_part
  FROM strong_arms source
  JOIN strong_arms target ON target.market = source.market AND target.click_key = source.click_key AND target.node_id <> source.node_id
),
likely AS (
  SELECT source, target, shared.market
  FROM shared
  JOIN strong_arms s ON s.node_id = source AND s.market = shared.market AND s.click_key = shared.click_key
  JOIN strong_arms t ON t.node_id = target AND t.market = shared.market AND t.click_key = shared.click_key
  GROUP BY ALL
  HAVING sum(s.users) >= getvariable('min_users') AND sum(t.users) >= getvariable('min_users')
),
source_users AS (
  SELECT source, target, market, count(DISTINCT person_id) AS users
  FROM shared
  SEMI JOIN likely USING (source, target, market)
  JOIN openings ON openings.node_id = source AND openings.market = shared.market AND openings.click_key = shared.click_key
  GROUP BY source, target, shared.market
),
-- Sharing goes both ways: the target's users are the source's of the pair the other way round.
pairs AS (
  SELECT one.source, one.target, one.market
  FROM source_users one
  JOIN source_users other ON other.source = one.target AND other.target = one.source AND other.market = one.market
  WHERE one.users >= getvariable('min_users') AND other.users >= getvariable('min_users')
),
node_masses AS (SELECT node_id, market, CAST(sum(mass) AS DOUBLE) AS mass FROM openings GROUP BY ALL),
click_masses AS (SELECT market, click_key, CAST(sum(mass) AS DOUBLE) AS mass FROM openings GROUP BY ALL),
walked AS (
  SELECT source, target, market,
    list_sum(list_sort(list(source_part / node_masses.mass * target_part / click_masses.mass))) AS chance,
    any_value(node_masses.mass) AS source_mass
  FROM shared
  SEMI JOIN pairs USING (source, target, market)
  JOIN node_masses ON node_masses.node_id = source AND node_masses.market = shared.market
  JOIN click_masses ON click_masses.market = shared.market AND click_masses.click_key = shared.click_key
  GROUP BY source, target, shared.market
)
SELECT source, target, CAST(round(max(chance * source_mass)) AS HUGEINT) AS mass,
  CAST(any_value(source_total) AS HUGEINT) AS source_mass, CAST(any_value(target_total) AS HUGEINT) AS target_mass,
  (SELECT CAST(sum(mass) AS HUGEINT) FROM openings) AS total_mass
FROM walked
JOIN (SELECT node_id AS source, sum(mass) AS source_total FROM openings GROUP BY ALL) USING (source)
JOIN (SELECT node_id AS target, sum(mass) AS target_total FROM openings GROUP BY ALL) USING (target)
GROUP BY source, target;
