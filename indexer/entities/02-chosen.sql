-- The phrases that enough people or videos name.
SELECT phrase, count(DISTINCT person) AS people, bit_or(sign) AS signs, count(*) AS mentions
FROM entity_candidates
GROUP BY phrase
HAVING count(DISTINCT person) >= getvariable('min_mentions')
ORDER BY phrase;
