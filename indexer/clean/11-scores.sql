-- Decayed counts per group and market. A score is added up in fixed-point numbers relative to the group's newest day, so that it
-- is the same in whatever order threads add, needs no sorting, and loses nothing of an old log.
CREATE MACRO decay(days) AS pow(2.0, -least(greatest(days, 0) * getvariable('half_lives_per_day'), getvariable('most_half_lives')));
CREATE MACRO to_fixed(amount) AS CAST(amount * pow(2.0, getvariable('fixed_bits')) AS HUGEINT);
CREATE MACRO from_fixed(amount) AS CAST(amount AS DOUBLE) / pow(2.0, getvariable('fixed_bits'));

CREATE TABLE group_days AS
SELECT group_id, market, day, sum(searches) + from_fixed(sum(fixed)) AS mass
FROM kept_masses
GROUP BY ALL;

CREATE TABLE group_newest AS
SELECT group_id, market, max(day) AS newest
FROM group_days
GROUP BY ALL;

CREATE TABLE group_scores AS
SELECT group_id, market,
  decay(getvariable('as_of_day') - any_value(newest)) * from_fixed(sum(to_fixed(mass * decay(newest - day)))) AS score
FROM group_days
JOIN group_newest USING (group_id, market)
GROUP BY ALL;

DROP TABLE group_days;
