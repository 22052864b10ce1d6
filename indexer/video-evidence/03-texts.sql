-- Videos' texts as they came; of two with one id the first counts. Comments up to so many a video, the first.
CREATE TABLE video_texts (
  seq UINTEGER NOT NULL,
  video VARCHAR NOT NULL,
  market VARCHAR, -- NULL for und
  title VARCHAR NOT NULL,
  description VARCHAR NOT NULL,
  tags VARCHAR[] NOT NULL,
  transcript VARCHAR NOT NULL
);
CREATE TABLE video_comments (seq UINTEGER NOT NULL, video VARCHAR NOT NULL, comment VARCHAR NOT NULL);

-- Words of videos that have texts, by both hashes; weights in 256ths.
CREATE TABLE video_words (video VARCHAR NOT NULL, a UINTEGER NOT NULL, b UINTEGER NOT NULL, weight UINTEGER NOT NULL);
