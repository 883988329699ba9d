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
-- Who was invited and not there, and when the papers were read afterwards.
CREATE TABLE session_absence (
  session_id {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,           -- agency or account
  read_at    {{i64}},
  read_by    {{i64}},                    -- account
  CONSTRAINT session_absence_once PRIMARY KEY (session_id, party_id)
){{strict}};
