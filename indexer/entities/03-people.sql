-- Distinct people and videos a surface.
SELECT surface, count(DISTINCT person) AS people
FROM entity_mentions
GROUP BY surface
ORDER BY surface;
