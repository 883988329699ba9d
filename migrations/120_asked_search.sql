-- What was searched for, so that the results have an address of their own without a name in it: going back shows them again.
-- Encrypted with the city's key, known to its session alone and gone with it.
CREATE TABLE asked_search (
  search_key   {{text}} NOT NULL PRIMARY KEY,
  session_hash {{text}} NOT NULL,
  cipher       {{blob}} NOT NULL,
  asked_at     {{i64}} NOT NULL
){{strict}};
CREATE INDEX asked_search_session ON asked_search (session_hash, asked_at);
