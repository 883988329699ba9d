-- Index of search: for each person and household the keys that its names, reading, birth date or number are found by
-- (people/search_rules.hpp). The table holds them, the FTS5 index finds them; people/sqlite_search_store.cpp keeps the
-- two together (no triggers: with an untrusted schema SQLite lets none write to a virtual table).
CREATE TABLE people_search (
  id        INTEGER NOT NULL PRIMARY KEY,  -- of the person or household
  pii_grams TEXT NOT NULL                  -- keys, a space between
) STRICT;
CREATE VIRTUAL TABLE people_search_fts USING fts5(
  pii_grams, content = 'people_search', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'ascii');
