-- Other forms of a group lead to it, too, when enough users typed them in a market in which the group is kept.
CREATE TABLE aliases AS
WITH others AS (
  SELECT group_id, form_id, normalised
  FROM (SELECT group_id, form_id FROM group_forms WHERE is_contested)
  JOIN forms USING (group_id, form_id)
  ANTI JOIN representatives USING (form_id)
),
evidence AS (
  SELECT form_id, market, count(*) AS named, 0 AS unknown_users, 0 AS most_users, 0 AS exempt_rows
  FROM seekers
  SEMI JOIN others USING (form_id)
  GROUP BY ALL
  UNION ALL
  SELECT form_id, market, 0, unknown_users, most_users, exempt_rows
  FROM unnamed
  SEMI JOIN others USING (form_id)
),
trusted AS (
  SELECT form_id, market
  FROM evidence
  GROUP BY ALL
  HAVING sum(exempt_rows) > 0
    OR greatest(sum(named) + sum(unknown_users), max(most_users)) >= getvariable('min_users')
)
SELECT group_id, list(DISTINCT normalised ORDER BY normalised) AS aliases
FROM others
JOIN trusted USING (form_id)
SEMI JOIN (SELECT group_id, market FROM group_markets WHERE is_kept) kept USING (group_id, market)
GROUP BY ALL;

-- Groups that are merged into another as its variants; TypeScript finds them (indexer/variants), and pairs are what it asks about.
CREATE TABLE variants (group_id UINTEGER NOT NULL, into_group UINTEGER NOT NULL);
CREATE TABLE variant_pairs (pair_id UINTEGER NOT NULL, group_a UINTEGER NOT NULL, group_b UINTEGER NOT NULL);
