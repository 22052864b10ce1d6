-- Against floods: a user's searches for one form on one day count up to a cap, the earliest first, and so do all searches of
-- a user on one day. Only those who exceed a cap are sorted; there are few.
CREATE TABLE over_form_cap AS
SELECT seq
FROM searches
JOIN (
  SELECT person_id, form_id, day
  FROM searches
  GROUP BY ALL
  HAVING count(*) > getvariable('form_cap')
) floods USING (person_id, form_id, day)
QUALIFY row_number() OVER (PARTITION BY person_id, form_id, day ORDER BY at_us, seq) > getvariable('form_cap');

DELETE FROM searches WHERE seq IN (SELECT seq FROM over_form_cap);

CREATE TABLE over_day_cap AS
SELECT seq
FROM searches
JOIN (
  SELECT person_id, day
  FROM searches
  GROUP BY ALL
  HAVING count(*) > getvariable('day_cap')
) floods USING (person_id, day)
QUALIFY row_number() OVER (PARTITION BY person_id, day ORDER BY at_us, seq) > getvariable('day_cap');

DELETE FROM searches WHERE seq IN (SELECT seq FROM over_day_cap);
