-- The rows of the log as they were read, in the log's order (seq); everything later is derived from them.
CREATE TABLE raw_rows (
  seq UINTEGER NOT NULL,
  at_us DOUBLE,            -- microseconds since the epoch; NULL when the row does not say
  is_exact BOOLEAN,        -- false for a date without a time of day
  person VARCHAR,
  session VARCHAR,
  query VARCHAR NOT NULL,
  market INTEGER NOT NULL, -- number of the market, given out in the log's order; 0 is und
  count DOUBLE,
  users DOUBLE,
  clicked VARCHAR, -- what was opened from the results: an id or a URL
  video VARCHAR    -- the video on screen
);

-- What TypeScript makes of each distinct query; SQL never looks into a text.
CREATE TABLE texts (
  text_id UINTEGER NOT NULL,
  query VARCHAR NOT NULL,
  surface VARCHAR NOT NULL,
  normalised VARCHAR NOT NULL,
  group_key VARCHAR NOT NULL,
  verdict UTINYINT NOT NULL -- 0 usable, otherwise an index into REASONS of counting/text-verdict.ts
);
