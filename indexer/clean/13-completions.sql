-- The counted list, a row a completion and market, in an order that the input alone decides.
SELECT normalised, surface, market, score, aliases
FROM group_scores
JOIN representatives USING (group_id)
JOIN surfaces USING (form_id)
LEFT JOIN aliases USING (group_id)
ORDER BY normalised, market;
