-- One search a row: a user's immediate repeats and result-page turns (the same form again in the same session, with no other
-- query between) are its first row. A session is the one that the log names, or ends with a pause of over 30 minutes. Rows
-- that carry a count are already counted and take no part, nor do rows without a user.
CREATE TABLE searches AS
SELECT seq, at_us, day, is_exact, person_id, session_key, has_session, text_id, form_id, verdict, market
FROM (
  SELECT
    *,
    lag(form_id) OVER turns AS form_before,
    lag(at_us) OVER turns AS at_before
  FROM all_rows
  WHERE person_id IS NOT NULL AND amount IS NULL
  WINDOW turns AS (PARTITION BY person_id, has_session, session_key ORDER BY at_us, seq)
)
WHERE form_before IS NULL
  OR form_before <> form_id
  OR (NOT has_session AND at_us - at_before > getvariable('session_pause_us'));
