-- Index of search: for each person and household the keys that its names, reading, birth date or number are found by
-- (people/search_rules.hpp).
CREATE TABLE people_search (
  id        BIGINT NOT NULL PRIMARY KEY,  -- of the person or household
  pii_grams TEXT[] NOT NULL
);
CREATE INDEX people_search_grams ON people_search USING gin (pii_grams);
