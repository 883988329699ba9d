-- What those who sit at a meeting add to an item in a line of their own: before the sitting (answer), in it (point, undertaking).
-- Each line is a record of its own, held by the agency that wrote it and reached by whoever reaches the item, so that two
-- who write at the same time never overwrite one another.
CREATE TABLE meeting_note (
  id         {{i64}} NOT NULL PRIMARY KEY,
  item_id    {{i64}} NOT NULL,
  kind       {{text}} NOT NULL CONSTRAINT meeting_note_kind CHECK (kind IN ('answer', 'point', 'undertaking')),
  taker_id   {{i64}},                    -- agency that undertakes it
  due_on     {{text}},
  pii_text   {{text}} NOT NULL,
  agency_id  {{i64}} NOT NULL,           -- for which it was written
  account_id {{i64}} NOT NULL,
  made_at    {{i64}} NOT NULL,
  struck_at  {{i64}},                    -- taken back by who wrote it
  version    {{i64}} NOT NULL
){{strict}};
CREATE INDEX meeting_note_item ON meeting_note (item_id, id);
-- Parts of a sitting: each body in its turn, with its own attendees. Without rows all bodies sit together all the time.
CREATE TABLE session_slice (
  session_id {{i64}} NOT NULL,
  body       {{text}} NOT NULL,
  number     {{i64}} NOT NULL,
  starts_at  {{text}} NOT NULL,          -- "13:30"; ''
  minutes    {{i64}} NOT NULL,           -- 0: not set
  CONSTRAINT session_slice_once PRIMARY KEY (session_id, body)
){{strict}};
CREATE TABLE slice_attendee (
  session_id {{i64}} NOT NULL,
  body       {{text}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  expected   {{i64}} NOT NULL,           -- invited to this part
  present    {{i64}} NOT NULL,
  CONSTRAINT slice_attendee_once PRIMARY KEY (session_id, body, agency_id)
){{strict}};
