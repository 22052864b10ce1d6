-- What people did with the kept groups, for telling other ways of writing one query from other queries: between which groups
-- they went on within a session, and what they opened. Numbers of distinct users alone; a text is never looked into. Result-page
-- turns carry clicks, too, so clicks are taken from all rows.
CREATE TABLE kept_forms AS
SELECT form_id, group_id
FROM forms
SEMI JOIN (SELECT group_id FROM group_markets WHERE is_kept) kept USING (group_id);

CREATE TABLE switches AS
WITH steps AS (
  SELECT
    person_id,
    form_id,
    has_session,
    at_us,
    lag(form_id) OVER turns AS form_before,
    lag(at_us) OVER turns AS at_before
  FROM searches
  WHERE verdict = 0
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq)
)
SELECT
  least(earlier.group_id, later.group_id) AS low_group,
  greatest(earlier.group_id, later.group_id) AS high_group,
  count(DISTINCT person_id) AS users
FROM steps
JOIN kept_forms earlier ON earlier.form_id = steps.form_before
JOIN kept_forms later ON later.form_id = steps.form_id
WHERE form_before <> steps.form_id
  AND earlier.group_id <> later.group_id
  AND (has_session OR at_us - at_before <= getvariable('session_pause_us'))
GROUP BY ALL;

CREATE TABLE clicks AS
SELECT group_id, click_key, count(DISTINCT person_id) + count(*) FILTER (person_id IS NULL) AS users
FROM all_rows
JOIN kept_forms USING (form_id)
WHERE verdict = 0 AND is_click
GROUP BY ALL;
