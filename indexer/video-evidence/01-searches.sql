-- Who searched a form with, or after, a video, before the searches are dropped: users by number, each once. Of rows that name nobody each is one unknown
-- user, or as many as its "users" says; counted rows that tell nothing of users pass the threshold, as they do for completions.
CREATE TABLE video_seekers AS
SELECT DISTINCT video, form_id, person_id
FROM searches
JOIN (SELECT seq, video FROM all_rows WHERE video IS NOT NULL) USING (seq)
WHERE verdict = 0
UNION
SELECT DISTINCT video, form_id, person_id
FROM all_rows
WHERE verdict = 0 AND video IS NOT NULL AND amount IS NOT NULL AND person_id IS NOT NULL;

CREATE TABLE video_unnamed AS
SELECT
  video,
  form_id,
  count(*) FILTER (amount IS NULL) AS unknown_users,
  CAST(least(coalesce(max(users), 0), 1e9) AS BIGINT) AS most_users,
  count(*) FILTER (amount IS NOT NULL AND users IS NULL AND person_id IS NULL) AS exempt_rows
FROM all_rows
WHERE verdict = 0 AND video IS NOT NULL AND (person_id IS NULL OR users IS NOT NULL)
GROUP BY ALL;
