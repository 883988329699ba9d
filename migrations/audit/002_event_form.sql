-- Events of form 2 also hash a detail: of a search the salted hash of its words, so that words that are kept can be told
-- from altered ones. The salt lies with the words and goes with them: what is left then tells nothing of them.
ALTER TABLE audit_read ADD COLUMN form {{i64}} NOT NULL DEFAULT 1;
ALTER TABLE audit_read ADD COLUMN detail {{blob}};
ALTER TABLE audit_words ADD COLUMN salt {{blob}};
