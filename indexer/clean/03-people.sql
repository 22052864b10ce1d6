-- Users get numbers, in any order.
CREATE TABLE people AS
SELECT CAST(row_number() OVER () AS UINTEGER) AS person_id, person
FROM (SELECT DISTINCT person FROM raw_rows WHERE person IS NOT NULL);
