-- What is kept of sessions for related searches, before the searches are dropped: which form a user searched after which within a session
-- (the next three), and which kept forms a user searched soon after each other at all. A pair counts once a user and day. Only rows that name
-- a user take part; rows that carry a count never do, nor do unsafe or personal texts.
CREATE TABLE related_forms AS
SELECT form_id
FROM forms
SEMI JOIN (SELECT group_id FROM group_markets WHERE is_kept) kept USING (group_id);

CREATE TABLE visits AS
SELECT
  person_id, has_session, session_key, seq, at_us, day, market, form_id,
  sum(CAST(is_start AS INTEGER)) OVER turns AS visit
FROM (
  SELECT *, NOT has_session AND coalesce(at_us - lag(at_us) OVER turns > getvariable('session_pause_us'), true) AS is_start
  FROM searches
  WHERE verdict = 0
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq)
)
WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq);

CREATE TABLE turns AS
WITH steps AS (
  SELECT person_id, market, day, form_id AS form_after,
    unnest([lag(form_id, 1) OVER turns, lag(form_id, 2) OVER turns, lag(form_id, 3) OVER turns]) AS form_before,
    unnest([1, 2, 3]) AS distance
  FROM visits
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key, visit ORDER BY at_us, seq)
)
SELECT person_id, market, day, form_before, form_after, CAST(min(distance) AS UTINYINT) AS distance
FROM steps
SEMI JOIN related_forms ON related_forms.form_id = form_after
WHERE form_before IS NOT NULL AND form_before <> form_after
GROUP BY ALL;

CREATE TABLE companions AS
WITH steps AS (
  SELECT person_id, market, day, at_us, form_id AS form_after,
    unnest([
      lag({form: form_id, at_us: at_us}, 1) OVER days, lag({form: form_id, at_us: at_us}, 2) OVER days,
      lag({form: form_id, at_us: at_us}, 3) OVER days, lag({form: form_id, at_us: at_us}, 4) OVER days,
      lag({form: form_id, at_us: at_us}, 5) OVER days, lag({form: form_id, at_us: at_us}, 6) OVER days,
      lag({form: form_id, at_us: at_us}, 7) OVER days, lag({form: form_id, at_us: at_us}, 8) OVER days
    ]) AS earlier
  FROM visits
  SEMI JOIN related_forms USING (form_id)
  WINDOW days AS (PARTITION BY person_id ORDER BY at_us, seq)
)
SELECT person_id, market, earlier.form AS form_before, form_after, max(day) AS day
FROM steps
WHERE earlier IS NOT NULL AND earlier.form <> form_after AND at_us - earlier.at_us <= getvariable('companion_window_us')
GROUP BY ALL;

CREATE TABLE opened AS
SELECT person_id, market, form_id, click_key, max(day) AS day
FROM all_rows
WHERE verdict = 0 AND is_click AND person_id IS NOT NULL AND amount IS NULL
GROUP BY ALL;

DROP TABLE visits;
