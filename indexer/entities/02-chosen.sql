-- The phrases that enough people or videos name.
CREATE TABLE entity_chosen AS
SELECT phrase, count(DISTINCT person) AS people, bit_or(sign) AS signs, count(*) AS mentions
FROM entity_candidates
GROUP BY phrase
HAVING count(DISTINCT person) >= getvariable('min_mentions');

DROP TABLE entity_candidates;
