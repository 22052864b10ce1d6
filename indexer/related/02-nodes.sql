-- Forms that lead to a completion, by the group that it is shown as once variants are merged.
CREATE TABLE related_nodes AS
SELECT form_id, coalesce(into_group, group_id) AS node_id
FROM related_forms
JOIN forms USING (form_id)
LEFT JOIN variants USING (group_id);

-- A pair's weight: its users' days, decayed, in fixed-point numbers, whose sums are the same in any order.
CREATE MACRO related_mass(day, distance) AS CAST(
  1099511627776 * pow(2.0, -least(greatest(getvariable('as_of_day') - day, 0) * getvariable('half_lives_per_day'), 30.0)) / distance
  AS BIGINT);

-- Pieces of forms, by number; TypeScript takes forms apart.
CREATE TABLE form_units (form_id UINTEGER NOT NULL, unit_id UINTEGER NOT NULL);
