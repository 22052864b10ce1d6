-- The threshold, per group and market: distinct named and unknown users, or the largest "users" if that is more, must reach
-- --min-users; counted rows that tell nothing about users are exempt.
CREATE TABLE group_markets AS
SELECT group_id, market, named + unknown_users AS known_users, most_users, exempt_rows,
  exempt_rows > 0 OR greatest(named + unknown_users, most_users) >= getvariable('min_users') AS is_kept
FROM (
  SELECT group_id, market, sum(named) AS named, sum(unknown_users) AS unknown_users,
    max(most_users) AS most_users, sum(exempt_rows) AS exempt_rows
  FROM (
    SELECT group_id, market, count(DISTINCT person_id) AS named, 0 AS unknown_users, 0 AS most_users, 0 AS exempt_rows
    FROM seekers
    JOIN forms USING (form_id)
    GROUP BY ALL
    UNION ALL
    SELECT group_id, market, 0, sum(unknown_users), max(most_users), sum(exempt_rows)
    FROM unnamed
    JOIN forms USING (form_id)
    GROUP BY ALL
  )
  GROUP BY ALL
);

CREATE TABLE kept_masses AS
SELECT group_id, form_id, text_id, market, day, searches, fixed
FROM masses
JOIN forms USING (form_id)
SEMI JOIN (SELECT group_id, market FROM group_markets WHERE is_kept) kept USING (group_id, market);
