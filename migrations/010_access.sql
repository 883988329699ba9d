-- Facts of access: one row of subject facts per controlled record, grounds with dates, the projection `access_reach`
-- that lists and single reads are decided by, shields, the register of acts, and the audit of writes.
CREATE TABLE access_subject (
  id         {{i64}} NOT NULL PRIMARY KEY,
  kind       {{i64}} NOT NULL,
  root_id    {{i64}} NOT NULL,
  holder_id  {{i64}} NOT NULL,
  person_id  {{i64}},
  topics     {{i64}} NOT NULL,
  sharing    {{i64}} NOT NULL
){{strict}};
CREATE INDEX access_subject_holder ON access_subject (holder_id, kind);
CREATE INDEX access_subject_root ON access_subject (root_id, kind);
CREATE INDEX access_subject_person ON access_subject (person_id) WHERE person_id IS NOT NULL;

-- Records about several persons: such a record's person_id is its own id, and a party reaches that where it reaches each
-- of these persons.
CREATE TABLE access_group (
  group_id  {{i64}} NOT NULL,
  person_id {{i64}} NOT NULL,
  CONSTRAINT access_group_once PRIMARY KEY (group_id, person_id)
){{strict}};
CREATE INDEX access_group_person ON access_group (person_id);

-- Parties of which it must not be told that they are involved with somebody (the folder's sensitive agencies): that they
-- are is itself a matter of abuse. Written when the city opens.
CREATE TABLE access_guarded (
  party_id {{i64}} NOT NULL PRIMARY KEY
){{strict}};

-- One lawful ground. recipients = 'team': every agency involved with the root except those in access_ground_party
-- with excluded = 1; recipients = 'named': just the parties in access_ground_party.
CREATE TABLE access_ground (
  id           {{i64}} NOT NULL PRIMARY KEY,
  kind         {{i64}} NOT NULL,
  root_id      {{i64}} NOT NULL,
  person_id    {{i64}},
  topics       {{i64}} NOT NULL,
  recipients   {{text}} NOT NULL CONSTRAINT access_ground_recipients CHECK (recipients IN ('team', 'named')),
  valid_from   {{text}} NOT NULL,
  valid_until  {{text}} NOT NULL,
  revoked_on   {{text}},
  basis        {{text}} NOT NULL,
  source_id    {{i64}} NOT NULL,
  recorded_at  {{i64}} NOT NULL,
  recorded_by  {{i64}} NOT NULL
){{strict}};
CREATE INDEX access_ground_root ON access_ground (root_id);
CREATE INDEX access_ground_source ON access_ground (source_id);
CREATE TABLE access_ground_party (
  ground_id {{i64}} NOT NULL,
  party_id  {{i64}} NOT NULL,
  excluded  {{i64}} NOT NULL,
  CONSTRAINT access_ground_party_once PRIMARY KEY (ground_id, party_id)
){{strict}};

-- Agencies (or accounts) in the team around a root. What an involvement shows on a page lives in casework.
CREATE TABLE access_team (
  root_id     {{i64}} NOT NULL,
  party_id    {{i64}} NOT NULL,
  valid_from  {{text}} NOT NULL,
  valid_until {{text}} NOT NULL,
  CONSTRAINT access_team_once PRIMARY KEY (root_id, party_id)
){{strict}};

CREATE TABLE access_reach (
  party_id    {{i64}} NOT NULL,
  root_id     {{i64}} NOT NULL,
  person_id   {{i64}} NOT NULL,  -- 0: whoever; or a group
  topics      {{i64}} NOT NULL,
  valid_from  {{text}} NOT NULL,
  valid_until {{text}} NOT NULL,
  ground      {{i64}} NOT NULL,
  ground_id   {{i64}} NOT NULL,
  CONSTRAINT access_reach_once PRIMARY KEY (root_id, party_id, ground_id)
){{strict}};
-- All that the predicate of lists asks of a reach, so that it need not open the row.
CREATE INDEX access_reach_party ON access_reach (party_id, root_id, valid_until, valid_from, topics, person_id);

CREATE TABLE access_shield (
  id          {{i64}} NOT NULL PRIMARY KEY,
  party_id    {{i64}} NOT NULL,
  person_id   {{i64}} NOT NULL,  -- a person, or a root: then it covers everything that hangs on the root
  topics      {{i64}} NOT NULL,
  valid_from  {{text}} NOT NULL,
  valid_until {{text}} NOT NULL,
  source_id   {{i64}} NOT NULL
){{strict}};
CREATE INDEX access_shield_party ON access_shield (party_id, person_id);
CREATE INDEX access_shield_source ON access_shield (source_id);
-- Accounts whom the shields of one source do not touch, though their agency is shielded: those of an office that serves
-- both sides who help the protected person.
CREATE TABLE access_shield_exempt (
  source_id  {{i64}} NOT NULL,
  account_id {{i64}} NOT NULL,
  CONSTRAINT access_shield_exempt_once PRIMARY KEY (source_id, account_id)
){{strict}};

-- Which records the shields keep from which parties, for statements that list something hanging on records. 65536: the
-- shield covers every record but an entry in the register of persons (kind 2).
CREATE VIEW access_kept AS
  SELECT u.id AS record_id, h.party_id, h.source_id, h.valid_from, h.valid_until
  FROM access_shield h JOIN access_subject u ON h.person_id IN (u.person_id, u.root_id)
  WHERE (h.topics & u.topics) <> 0 OR (u.kind <> 2 AND (h.topics & 65536) <> 0);

-- The register of acts: append-only, dated twice (when it held, when it was recorded). Indicators count from here.
-- No personal columns: detail holds codes only.
CREATE TABLE act (
  id           {{i64}} NOT NULL PRIMARY KEY,
  kind         {{text}} NOT NULL,
  held_on      {{text}} NOT NULL,
  recorded_at  {{i64}} NOT NULL,
  account_id   {{i64}} NOT NULL,
  agency_id    {{i64}} NOT NULL,
  root_id      {{i64}} NOT NULL,
  person_id    {{i64}},
  subject_kind {{i64}} NOT NULL,
  subject_id   {{i64}} NOT NULL,
  code         {{text}} NOT NULL,
  service      {{text}} NOT NULL,
  undoes       {{i64}}
){{strict}};
CREATE INDEX act_kind ON act (kind, held_on);
CREATE INDEX act_root ON act (root_id, held_on);
CREATE INDEX act_subject ON act (subject_id);

-- Audit of writes, committed with the write. Leaves are salted hashes of the canonical event; names and search
-- words never enter them, so that disposal does not break the chain.
CREATE TABLE audit_write (
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
