-- A sitting that is being run: which item is treated now. Everything that a host needs to go on from another browser is
-- here; change_number tells those who follow that something is new, and nothing of what.
CREATE TABLE live_session (
  session_id      {{i64}} NOT NULL PRIMARY KEY,
  started_at      {{i64}} NOT NULL,
  started_by      {{i64}} NOT NULL,      -- account
  item_id         {{i64}},               -- none: between two items
  item_started_at {{i64}} NOT NULL,
  body            {{text}} NOT NULL,     -- whose part it is; '' before the first item
  ended_at        {{i64}},
  change_number   {{i64}} NOT NULL,      -- rises with every change, never falls
  version         {{i64}} NOT NULL       -- of what the host turns: item and end
){{strict}};
-- Who was asked to an item in person, or by a link, and is not in the room as the host said: the shared screen counts with
-- everybody else.
CREATE TABLE live_away (
  session_id {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,           -- account or guest link
  CONSTRAINT live_away_once PRIMARY KEY (session_id, party_id)
){{strict}};
-- Who was invited and not there, and when the papers were read afterwards.
CREATE TABLE session_absence (
  session_id {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,           -- agency or account
  read_at    {{i64}},
  read_by    {{i64}},                    -- account
  CONSTRAINT session_absence_once PRIMARY KEY (session_id, party_id)
){{strict}};
-- What a meeting changed in a submitted plan, before and after: the plan as it was submitted can be read still.
CREATE TABLE plan_amendment (
  id         {{i64}} NOT NULL PRIMARY KEY,
  plan_id    {{i64}} NOT NULL,
  item_id    {{i64}} NOT NULL,
  part       {{text}} NOT NULL CONSTRAINT plan_amendment_part CHECK (part IN ('goal', 'role')),
  row_id     {{i64}} NOT NULL,
  pii_before {{text}} NOT NULL,
  pii_after  {{text}} NOT NULL,
  how_before {{text}} NOT NULL,          -- roles: how often; '' otherwise
  how_after  {{text}} NOT NULL,
  topic      {{i64}} NOT NULL,
  account_id {{i64}} NOT NULL,
  made_at    {{i64}} NOT NULL
){{strict}};
CREATE INDEX plan_amendment_plan ON plan_amendment (plan_id, id);
