-- Decayed counts per group and market: the day's searches times the day's weight, added in the order of days, so that the
-- same input gives the same bits.
CREATE TABLE group_scores AS
SELECT group_id, market, sum(mass * weight ORDER BY day) AS score
FROM (
  SELECT group_id, market, day, sum(searches) + sum(fixed)::DOUBLE / pow(2.0, getvariable('fixed_bits')) AS mass
  FROM kept_masses
  GROUP BY ALL
)
JOIN day_weights USING (day)
GROUP BY ALL;
