-- Distinct creators an entity and market, over all its phrases, and how fresh they are: the sum of a creator's newest video, decayed.
-- Added up in fixed-point numbers, so that it is the same in whatever order threads add.
CREATE TABLE entity_markets AS
SELECT entity_no, market, count(*) AS creators,
  CAST(
    sum(CAST(
      pow(2.0, 60 - least(greatest(getvariable('as_of_day') - day, 0) * getvariable('half_lives_per_day'), getvariable('most_half_lives')))
      AS HUGEINT
    )) AS DOUBLE
  ) / pow(2.0, 60) AS freshness
FROM (
  SELECT entity_no, market, creator_no, max(day) AS day
  FROM chosen_groups
  JOIN carriers USING (group_no, market)
  GROUP BY ALL
)
GROUP BY ALL;
