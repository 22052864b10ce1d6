-- Parts of logged queries, by the number of the form that holds them.
CREATE TABLE entity_query_phrases (
  phrase VARCHAR NOT NULL,
  form_id UINTEGER NOT NULL,
  is_whole BOOLEAN NOT NULL -- the phrase is the whole query
);
