-- What is known of each pair of groups that may be one query: users who went from one to the other, and how alike what they
-- opened is (cosine over the users of each click; sums of whole numbers, exact in any order).
CREATE TABLE paired_groups AS
SELECT group_a AS group_id FROM variant_pairs
UNION
SELECT group_b FROM variant_pairs;

CREATE TABLE paired_clicks AS
SELECT group_id, click_key, users FROM clicks SEMI JOIN paired_groups USING (group_id);

CREATE TABLE click_norms AS
SELECT group_id, sum(users) AS clickers, sqrt(CAST(sum(users * users) AS DOUBLE)) AS norm
FROM paired_clicks
GROUP BY ALL;

CREATE TABLE shared_clicks AS
SELECT pair_id, sum(a.users * b.users) AS product
FROM variant_pairs
JOIN paired_clicks a ON a.group_id = group_a
JOIN paired_clicks b ON b.group_id = group_b AND b.click_key = a.click_key
GROUP BY ALL;

SELECT
  pair_id,
  coalesce(switches.users, 0) AS switchers,
  coalesce(norm_a.clickers, 0) AS clickers_a,
  coalesce(norm_b.clickers, 0) AS clickers_b,
  CASE
    WHEN norm_a.norm IS NULL OR norm_b.norm IS NULL THEN -1
    ELSE coalesce(CAST(product AS DOUBLE), 0) / (norm_a.norm * norm_b.norm)
  END AS click_likeness
FROM variant_pairs
LEFT JOIN switches ON low_group = least(group_a, group_b) AND high_group = greatest(group_a, group_b)
LEFT JOIN click_norms norm_a ON norm_a.group_id = group_a
LEFT JOIN click_norms norm_b ON norm_b.group_id = group_b
LEFT JOIN shared_clicks USING (pair_id)
ORDER BY pair_id;
