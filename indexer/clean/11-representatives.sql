-- A group is shown as its most used form, and that as its most used surface: by decayed count, then count, then code points.
-- Most groups have one form, and most forms one surface: only where there is a choice are the candidates scored.
CREATE TABLE group_forms AS
SELECT group_id, form_id, count(*) OVER (PARTITION BY group_id) > 1 AS is_contested
FROM (SELECT DISTINCT group_id, form_id FROM kept_masses);

CREATE TABLE representatives AS
WITH form_scores AS (
  SELECT group_id, form_id, sum(mass * weight ORDER BY day) AS score, sum(mass ORDER BY day) AS mass
  FROM (
    SELECT group_id, form_id, day, sum(searches) + sum(fixed)::DOUBLE / pow(2.0, getvariable('fixed_bits')) AS mass
    FROM kept_masses
    SEMI JOIN (SELECT form_id FROM group_forms WHERE is_contested) contested USING (form_id)
    GROUP BY ALL
  )
  JOIN day_weights USING (day)
  GROUP BY ALL
),
chosen AS (
  SELECT group_id, form_id FROM group_forms WHERE NOT is_contested
  UNION ALL
  SELECT group_id, form_id
  FROM form_scores
  JOIN forms USING (group_id, form_id)
  QUALIFY row_number() OVER (PARTITION BY group_id ORDER BY score DESC, mass DESC, normalised) = 1
)
SELECT group_id, form_id, normalised
FROM chosen
JOIN forms USING (group_id, form_id);

CREATE TABLE surfaces AS
WITH form_surfaces AS (
  SELECT form_id, surface, count(*) OVER (PARTITION BY form_id) > 1 AS is_contested
  FROM (
    SELECT DISTINCT form_id, surface
    FROM (SELECT DISTINCT form_id, text_id FROM kept_masses SEMI JOIN representatives USING (form_id))
    JOIN texts USING (text_id)
  )
),
surface_scores AS (
  SELECT form_id, surface, sum(mass * weight ORDER BY day) AS score, sum(mass ORDER BY day) AS mass
  FROM (
    SELECT form_id, surface, day, sum(searches) + sum(fixed)::DOUBLE / pow(2.0, getvariable('fixed_bits')) AS mass
    FROM kept_masses
    SEMI JOIN (SELECT form_id FROM form_surfaces WHERE is_contested) contested USING (form_id)
    JOIN texts USING (text_id)
    GROUP BY ALL
  )
  JOIN day_weights USING (day)
  GROUP BY ALL
)
SELECT form_id, surface FROM form_surfaces WHERE NOT is_contested
UNION ALL
SELECT form_id, surface
FROM surface_scores
QUALIFY row_number() OVER (PARTITION BY form_id ORDER BY score DESC, mass DESC, surface) = 1;
