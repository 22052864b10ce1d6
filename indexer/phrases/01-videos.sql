-- The videos as they were read, in the order of the files (video_no), and what their texts carry; SQL never looks into a text.
CREATE TABLE raw_videos (
  video_no UINTEGER NOT NULL,
  video VARCHAR,
  creator VARCHAR,
  market INTEGER NOT NULL, -- number of the market, given out in the order of the files; 0 is und
  language VARCHAR,        -- what the texts are written in, where they tell
  at_us DOUBLE             -- microseconds since the epoch; NULL when the row does not say
);

CREATE TABLE mentions (
  video_no UINTEGER NOT NULL,
  group_key VARCHAR NOT NULL, -- phrases with the same key are one
  phrase VARCHAR NOT NULL,
  surface VARCHAR,            -- NULL where it is the phrase
  source UTINYINT NOT NULL    -- a bit of SOURCES of video-mentions.ts
);
