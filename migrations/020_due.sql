-- What awaits whom by when: one table that every room writes into. No personal columns.
CREATE TABLE due_item (
  id           {{i64}} NOT NULL PRIMARY KEY,
  kind         {{text}} NOT NULL,       -- notice.look, referral.reply, plan.review … (docs/due.md)
  party_id     {{i64}} NOT NULL,        -- agency or account that is awaited
  root_id      {{i64}} NOT NULL,        -- household, or the record itself where none is known: one line per root on Today
  subject_kind {{i64}} NOT NULL,
  subject_id   {{i64}} NOT NULL,
  due_on       {{text}} NOT NULL,
  made_at      {{i64}} NOT NULL,
  done_on      {{text}},
  done_by      {{i64}},
  of_household {{i64}} NOT NULL          -- 1: root_id is a household, told apart when written so that no list has to ask
){{strict}};
CREATE INDEX due_item_party ON due_item (party_id, of_household, due_on, root_id) WHERE done_on IS NULL;
-- What a secretary is told: the sittings to prepare, without walking over what else awaits the agency.
CREATE INDEX due_item_sitting ON due_item (party_id, due_on, root_id) WHERE done_on IS NULL AND kind = 'session.prepare';
CREATE INDEX due_item_subject ON due_item (subject_id);
CREATE INDEX due_item_root ON due_item (root_id, due_on) WHERE done_on IS NULL;
CREATE TABLE due_snooze (
  account_id {{i64}} NOT NULL,
  root_id    {{i64}} NOT NULL,
  until_on   {{text}} NOT NULL,
  CONSTRAINT due_snooze_once PRIMARY KEY (account_id, root_id)
){{strict}};
