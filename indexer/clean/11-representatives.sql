-- A group is shown as its most used form, and that as its most used surface: by decayed count, then count, then code points.
CREATE TABLE form_scores AS
SELECT group_id, form_id, normalised, sum(mass * weight ORDER BY day) AS score, sum(mass ORDER BY day) AS mass
FROM (
  SELECT group_id, form_id, day, sum(searches) + sum(fixed)::DOUBLE / 1152921504606846976 AS mass
  FROM kept_masses
  GROUP BY ALL
)
JOIN day_weights USING (day)
JOIN forms USING (group_id, form_id)
GROUP BY ALL;

CREATE TABLE representatives AS
SELECT group_id, form_id, normalised
FROM form_scores
QUALIFY row_number() OVER (PARTITION BY group_id ORDER BY score DESC, mass DESC, normalised) = 1;

CREATE TABLE surfaces AS
SELECT form_id, surface
FROM (
  SELECT form_id, surface, sum(mass * weight ORDER BY day) AS score, sum(mass ORDER BY day) AS mass
  FROM (
    SELECT form_id, surface, day, sum(searches) + sum(fixed)::DOUBLE / 1152921504606846976 AS mass
    FROM kept_masses
    SEMI JOIN representatives USING (form_id)
    JOIN texts USING (text_id)
    GROUP BY ALL
  )
  JOIN day_weights USING (day)
  GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY form_id ORDER BY score DESC, mass DESC, surface) = 1;
