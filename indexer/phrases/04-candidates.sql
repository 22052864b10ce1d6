-- What is to be judged, market by market.
SELECT market, group_no, group_key, phrase, surface, language, creators, taggers, units, titled, phrases
FROM carried_groups
JOIN phrase_groups USING (group_no)
JOIN chosen_surfaces USING (group_no)
LEFT JOIN chosen_languages USING (group_no, market)
LEFT JOIN other_spellings USING (group_no)
ORDER BY market, group_key;
