-- What texts name (phrases are normalised before they come here), and which surfaces each person named. SQL never looks into a text.
CREATE TABLE entity_candidates (
  phrase VARCHAR NOT NULL,
  person DOUBLE NOT NULL, -- hash of a user, of a video, or of a creator
  sign UTINYINT NOT NULL  -- a bit of SIGNS of candidate-finder.ts
);

CREATE TABLE entity_mentions (
  surface UINTEGER NOT NULL,
  person DOUBLE NOT NULL
);
