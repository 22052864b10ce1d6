-- Normalised forms get numbers, which are cheaper to sort and compare than texts, and the group that they are merged into.
-- Numbers are given out in any order: nothing that is published may depend on them. One surface with personal data condemns
-- its form: other ways of writing it are the same datum.
CREATE TABLE forms AS
WITH numbered AS (
  SELECT row_number() OVER () AS form_id, normalised, group_key, is_private
  FROM (
    SELECT normalised, any_value(group_key) AS group_key, bool_or(verdict = 3) AS is_private
    FROM texts
    GROUP BY normalised
  )
)
SELECT
  CAST(form_id AS UINTEGER) AS form_id,
  CAST(min(form_id) OVER (PARTITION BY group_key) AS UINTEGER) AS group_id,
  normalised,
  is_private
FROM numbered;
