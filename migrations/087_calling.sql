-- Calling a sitting: who is invited, candidate times with their answers, the links of offices outside, how long it takes,
-- calendar feeds, and the rule documents (要綱) of bodies. Agencies and offices only: never a household, never a person of one.
CREATE TABLE session_invitee (
  id          {{i64}} NOT NULL PRIMARY KEY,
  session_id  {{i64}} NOT NULL,
  agency_id   {{i64}},                   -- none: an office outside
  office      {{text}} NOT NULL,         -- name of the office outside; ''
  guarded     {{i64}} NOT NULL,          -- 1: that it sits there is for itself and for who invited it
  required    {{i64}} NOT NULL,          -- 1: the host does without no day on which it is missing
  invited_by  {{i64}} NOT NULL,
  made_on     {{text}} NOT NULL,
  token_hash  {{text}} CONSTRAINT session_invitee_token_once UNIQUE,  -- link of an office; the address itself is not kept
  until_on    {{text}},
  revoked_on  {{text}},
  answered_at {{i64}},
  -- A guarded agency may be invited by several, of whom none is told of the other.
  CONSTRAINT session_invitee_agency_once UNIQUE (session_id, agency_id, invited_by)
){{strict}};
CREATE INDEX session_invitee_agency ON session_invitee (agency_id);
CREATE TABLE meeting_poll (
  session_id {{i64}} NOT NULL PRIMARY KEY,
  answer_by  {{text}} NOT NULL,
  asked_by   {{i64}} NOT NULL,
  asked_on   {{text}} NOT NULL,
  closed_on  {{text}}
){{strict}};
CREATE INDEX meeting_poll_open ON meeting_poll (session_id) WHERE closed_on IS NULL;
CREATE TABLE poll_slot (
  id         {{i64}} NOT NULL PRIMARY KEY,
  session_id {{i64}} NOT NULL,
  on_day     {{text}} NOT NULL,
  at_time    {{text}} NOT NULL,          -- "13:30"
  minutes    {{i64}} NOT NULL
){{strict}};
CREATE INDEX poll_slot_session ON poll_slot (session_id, on_day, at_time);
CREATE TABLE poll_answer (
  invitee_id {{i64}} NOT NULL,
  slot_id    {{i64}} NOT NULL,
  answer     {{text}} NOT NULL CONSTRAINT poll_answer_word CHECK (answer IN ('yes', 'maybe', 'no')),
  CONSTRAINT poll_answer_once PRIMARY KEY (invitee_id, slot_id)
){{strict}};
-- Minutes that a sitting takes, where they were said when its day was fixed.
CREATE TABLE session_length (
  session_id {{i64}} NOT NULL PRIMARY KEY,
  minutes    {{i64}} NOT NULL
){{strict}};
-- One address for each account, of which only what it hashes to is kept.
CREATE TABLE calendar_feed (
  account_id {{i64}} NOT NULL PRIMARY KEY,
  token_hash {{text}} NOT NULL CONSTRAINT calendar_feed_token_once UNIQUE,
  made_at    {{i64}} NOT NULL
){{strict}};
-- 要綱 of a body: each version stays as it was put in.
CREATE TABLE rule_document_version (
  id           {{i64}} NOT NULL PRIMARY KEY,
  body         {{text}} NOT NULL,
  title        {{text}} NOT NULL,
  valid_from   {{text}} NOT NULL,
  note         {{text}} NOT NULL,
  link         {{text}} NOT NULL,        -- address on the city's own site; ''
  content_type {{text}} NOT NULL,        -- '' without a file
  content      {{blob}},
  made_on      {{text}} NOT NULL,
  made_by      {{i64}} NOT NULL
){{strict}};
CREATE INDEX rule_document_version_body ON rule_document_version (body, valid_from);
-- Whoever has only to do with meetings is told of a poll as of a sitting to prepare.
DROP INDEX due_item_sitting;
CREATE INDEX due_item_sitting ON due_item (party_id, due_on, root_id) WHERE done_on IS NULL AND kind IN ('session.prepare', 'poll.answer');
