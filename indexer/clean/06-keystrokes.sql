-- Keystroke traces: a search that the same user's next one, within seconds, merely continues was still being typed and is no
-- evidence. Dates without a time of day cannot tell seconds.
CREATE TABLE traces AS
WITH ahead AS (
  SELECT
    seq,
    person_id,
    form_id,
    is_exact AND lead(is_exact) OVER turns AND lead(at_us) OVER turns - at_us <= getvariable('keystroke_pause_us')
      AS is_followed,
    lead(form_id) OVER turns AS form_after
  FROM searches
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq)
)
SELECT ahead.seq, ahead.person_id
FROM ahead
JOIN forms typed ON typed.form_id = ahead.form_id
JOIN forms continued ON continued.form_id = ahead.form_after
WHERE is_followed
  AND ahead.form_id <> ahead.form_after
  AND starts_with(continued.normalised, typed.normalised);

-- Between two finished searches of one form there may have been nothing but a trace: then the second is a repeat.
CREATE TABLE retyped AS
SELECT seq
FROM (
  SELECT
    seq,
    form_id,
    has_session,
    at_us,
    lag(form_id) OVER turns AS form_before,
    lag(at_us) OVER turns AS at_before
  FROM searches
  WHERE person_id IN (SELECT person_id FROM traces) AND seq NOT IN (SELECT seq FROM traces)
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq)
)
WHERE form_before = form_id AND (has_session OR at_us - at_before <= getvariable('session_pause_us'));

DELETE FROM searches WHERE seq IN (SELECT seq FROM traces);
DELETE FROM searches WHERE seq IN (SELECT seq FROM retyped);
