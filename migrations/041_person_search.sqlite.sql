-- Index of search: for each person and household the keys that its names, reading, birth date or number are found by
-- (people/search_rules.hpp). The table holds them, the FTS5 index finds them; triggers keep the two together.
CREATE TABLE people_search (
  id        INTEGER NOT NULL PRIMARY KEY,  -- of the person or household
  pii_grams TEXT NOT NULL                  -- keys, a space between
) STRICT;
CREATE VIRTUAL TABLE people_search_fts USING fts5(
  pii_grams, content = 'people_search', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'ascii');
CREATE TRIGGER people_search_added AFTER INSERT ON people_search BEGIN
  INSERT INTO people_search_fts (rowid, pii_grams) VALUES (new.id, new.pii_grams);
END;
CREATE TRIGGER people_search_removed AFTER DELETE ON people_search BEGIN
  INSERT INTO people_search_fts (people_search_fts, rowid, pii_grams) VALUES ('delete', old.id, old.pii_grams);
END;
CREATE TRIGGER people_search_changed AFTER UPDATE ON people_search BEGIN
  INSERT INTO people_search_fts (people_search_fts, rowid, pii_grams) VALUES ('delete', old.id, old.pii_grams);
  INSERT INTO people_search_fts (rowid, pii_grams) VALUES (new.id, new.pii_grams);
END;
