-- What counts, by text, market and day. Sums are exact whatever order threads add in: whole searches are counted, and amounts
-- are added as fixed-point numbers, with as many binary places as the largest amount leaves room for.
CREATE TABLE masses AS
SELECT text_id, form_id, market, day, sum(searches) AS searches, sum(fixed) AS fixed
FROM (
  SELECT text_id, form_id, market, day, count(*) AS searches, 0::HUGEINT AS fixed
  FROM searches
  WHERE verdict = 0
  GROUP BY ALL
  UNION ALL
  SELECT
    text_id,
    form_id,
    market,
    day,
    count(*) FILTER (amount IS NULL) AS searches,
    coalesce(sum(greatest(1, CAST(amount * pow(2.0, getvariable('fixed_bits')) AS HUGEINT))), 0) AS fixed
  FROM all_rows
  WHERE verdict = 0 AND (person_id IS NULL OR amount IS NOT NULL)
  GROUP BY ALL
)
GROUP BY ALL;

-- Who searched a form in a market.
CREATE TABLE seekers AS
SELECT DISTINCT form_id, market, person_id FROM searches WHERE verdict = 0
UNION
SELECT DISTINCT form_id, market, person_id
FROM all_rows
WHERE verdict = 0 AND amount IS NOT NULL AND person_id IS NOT NULL;

-- What rows without named users add: one unknown user each where there is no count, the largest "users", and exemption.
CREATE TABLE unnamed AS
SELECT
  form_id,
  market,
  count(*) FILTER (amount IS NULL) AS unknown_users,
  coalesce(max(users), 0) AS most_users,
  count(*) FILTER (amount IS NOT NULL AND users IS NULL AND person_id IS NULL) AS exempt_rows
FROM all_rows
WHERE verdict = 0 AND (person_id IS NULL OR users IS NOT NULL)
GROUP BY ALL;
