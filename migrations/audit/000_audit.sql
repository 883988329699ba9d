-- One file per fiscal year: reads of personal data, and the chain that seals both streams (reads here, writes in the
-- city's database). Search words sit in a table of their own that may be deleted without touching a leaf.
CREATE TABLE audit_read (
  seq        {{i64}} NOT NULL PRIMARY KEY,
  at         {{i64}} NOT NULL,
  account_id {{i64}} NOT NULL,
  act        {{i64}} NOT NULL,
  action     {{text}} NOT NULL,
  count      {{i64}} NOT NULL,
  subjects   {{blob}} NOT NULL,
  salt       {{blob}} NOT NULL,
  leaf       {{blob}} NOT NULL
){{strict}};
CREATE INDEX audit_read_account ON audit_read (account_id, at);
CREATE TABLE audit_words (
  seq   {{i64}} NOT NULL PRIMARY KEY,
  words {{text}} NOT NULL
){{strict}};
CREATE TABLE audit_batch (
  number    {{i64}} NOT NULL PRIMARY KEY,
  stream    {{text}} NOT NULL,
  first_seq {{i64}} NOT NULL,
  last_seq  {{i64}} NOT NULL,
  root      {{blob}} NOT NULL,
  chain     {{blob}} NOT NULL,
  sealed_at {{i64}} NOT NULL
){{strict}};
