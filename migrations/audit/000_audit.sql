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
  sealed_at {{i64}} NOT NULL,
  seqs      {{blob}} NOT NULL  -- writes: which numbers the batch holds, so that a removed one can be named; reads: empty
){{strict}};
-- Where the writes are sealed up to is asked every few seconds, among millions of batches of reads.
CREATE INDEX audit_batch_writes ON audit_batch (last_seq) WHERE stream = 'write';
-- A signed statement that the chain stood at this value after this batch; a copy is kept outside.
CREATE TABLE audit_checkpoint (
  number    {{i64}} NOT NULL PRIMARY KEY,
  batch     {{i64}} NOT NULL,
  chain     {{blob}} NOT NULL,
  at        {{i64}} NOT NULL,
  key       {{blob}} NOT NULL,
  signature {{blob}} NOT NULL
){{strict}};

-- Gathered from the reads afterwards, never part of the chain, and made anew from it when lost: who looked at what
-- belongs to a household (or at a record that belongs to none yet) on a day.
CREATE TABLE audit_seen (
  root_id    {{i64}} NOT NULL,
  account_id {{i64}} NOT NULL,
  day        {{text}} NOT NULL,
  opened     {{i64}} NOT NULL,
  listed     {{i64}} NOT NULL,
  printed    {{i64}} NOT NULL,
  last_at    {{i64}} NOT NULL,
  CONSTRAINT audit_seen_once PRIMARY KEY (root_id, account_id, day)
){{strict}};
CREATE INDEX audit_seen_account ON audit_seen (account_id, day);
-- Unusual reading for the auditor: one line per account, day and rule; looked at once, with a note in codes.
CREATE TABLE audit_unusual (
  account_id {{i64}} NOT NULL,
  day        {{text}} NOT NULL,
  rule       {{text}} NOT NULL,
  events     {{i64}} NOT NULL,
  roots      {{i64}} NOT NULL,
  last_at    {{i64}} NOT NULL,
  settled_at {{i64}},
  settled_by {{i64}},
  outcome    {{text}} NOT NULL,
  CONSTRAINT audit_unusual_once PRIMARY KEY (account_id, day, rule)
){{strict}};
-- What one account was refused on a day, and how often it searched.
CREATE TABLE audit_day (
  account_id {{i64}} NOT NULL,
  day        {{text}} NOT NULL,
  refused    {{i64}} NOT NULL,
  searches   {{i64}} NOT NULL,
  CONSTRAINT audit_day_once PRIMARY KEY (account_id, day)
){{strict}};
CREATE TABLE audit_scan (
  one      {{i64}} NOT NULL PRIMARY KEY CONSTRAINT audit_scan_one CHECK (one = 1),
  last_seq {{i64}} NOT NULL
){{strict}};
