-- The rows again, texts and users as numbers. Rows without a time are dated as-of. A session id is only ever compared within
-- its user's rows, so its hash will do; NULL stands for sessions that are told by pauses. Queries of which normalising leaves
-- nothing (verdict 1) say nothing. "amount" is what a counted row stands for; a row with users but no count is one search each.
CREATE TABLE numbered_texts AS
SELECT
  t.query,
  t.text_id,
  f.form_id,
  CASE WHEN t.verdict = 0 AND f.is_private THEN 3 ELSE t.verdict END AS verdict
FROM texts t
JOIN forms f USING (normalised);

CREATE TABLE all_rows AS
SELECT
  r.seq,
  CAST(coalesce(r.at_us, getvariable('as_of_us')) AS BIGINT) AS at_us,
  CAST(floor(coalesce(r.at_us, getvariable('as_of_us')) / 86400e6) AS INTEGER) AS day,
  r.at_us IS NOT NULL AND r.is_exact AS is_exact,
  p.person_id,
  hash(r.session) AS session_key,
  r.session IS NOT NULL AS has_session,
  t.text_id,
  t.form_id,
  t.verdict,
  r.market,
  coalesce(r.count, r.users) AS amount,
  r.users,
  hash(r.clicked) AS click_key,
  r.clicked IS NOT NULL AS is_click,
  r.video
FROM raw_rows r
JOIN numbered_texts t USING (query)
LEFT JOIN people p ON p.person = r.person;

DROP TABLE raw_rows;
DROP TABLE people;
DROP TABLE numbered_texts;
