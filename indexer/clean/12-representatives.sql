-- A group is shown as its most used form, and that as its most used surface: by decayed count, then count, then code points.
-- Scores are relative to the group's newest day: they are compared with each other only. Most groups have one form, and most forms one surface: only where there is a choice are the candidates scored.
CREATE TABLE group_forms AS
SELECT group_id, form_id, count(*) OVER (PARTITION BY group_id) > 1 AS is_contested
FROM (SELECT DISTINCT group_id, form_id FROM kept_masses);

CREATE TABLE newest_days AS
SELECT group_id, max(newest) AS newest
FROM group_newest
GROUP BY ALL;

CREATE TABLE representatives AS
WITH form_days AS (
  SELECT group_id, form_id, day, sum(searches) + from_fixed(sum(fixed)) AS mass
  FROM kept_masses
  SEMI JOIN (SELECT form_id FROM group_forms WHERE is_contested) contested USING (form_id)
  GROUP BY ALL
),
form_scores AS (
  SELECT group_id, form_id, sum(to_fixed(mass * decay(newest - day))) AS score, sum(to_fixed(mass)) AS mass
  FROM form_days
  JOIN newest_days USING (group_id)
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
surface_days AS (
  SELECT group_id, form_id, surface, day, sum(searches) + from_fixed(sum(fixed)) AS mass
  FROM kept_masses
  SEMI JOIN (SELECT form_id FROM form_surfaces WHERE is_contested) contested USING (form_id)
  JOIN texts USING (text_id)
  GROUP BY ALL
),
surface_scores AS (
  SELECT form_id, surface, sum(to_fixed(mass * decay(newest - day))) AS score, sum(to_fixed(mass)) AS mass
  FROM surface_days
  JOIN newest_days USING (group_id)
  GROUP BY ALL
)
SELECT form_id, surface FROM form_surfaces WHERE NOT is_contested
UNION ALL
SELECT form_id, surface
FROM surface_scores
QUALIFY row_number() OVER (PARTITION BY form_id ORDER BY score DESC, mass DESC, surface) = 1;
