-- Sessions of the city's bodies. The ground belongs to the agenda item, not to the meeting: each item carries legal
-- function, consent rule, secrecy rule and attendees, also when two bodies sit together.
CREATE TABLE meeting_session (
  id        {{i64}} NOT NULL PRIMARY KEY,
  held_on   {{text}} NOT NULL,
  at_time   {{text}} NOT NULL,
  place     {{text}} NOT NULL,
  facilitator {{text}} NOT NULL,         -- 進行役: agency or colleague, official
  manner    {{text}} NOT NULL,           -- sitting | phone
  state     {{text}} NOT NULL,           -- planned | held | cancelled
  minutes_confirmed_on {{text}},
  confirmed_by {{i64}},
  version   {{i64}} NOT NULL
){{strict}};
CREATE INDEX meeting_session_day ON meeting_session (held_on);
CREATE TABLE session_body (
  session_id {{i64}} NOT NULL,
  body       {{text}} NOT NULL,
  function   {{text}} NOT NULL,          -- word of BodyFunction, as it was then
  CONSTRAINT session_body_once PRIMARY KEY (session_id, body)
){{strict}};
CREATE TABLE session_attendee (
  session_id {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  present    {{i64}} NOT NULL,
  CONSTRAINT session_attendee_once PRIMARY KEY (session_id, agency_id)
){{strict}};
CREATE TABLE agenda_item (
  id            {{i64}} NOT NULL PRIMARY KEY,
  session_id    {{i64}} NOT NULL,
  number        {{i64}} NOT NULL,
  body          {{text}} NOT NULL,
  function      {{text}} NOT NULL,
  consent_rule  {{text}} NOT NULL,       -- required | not_required
  secrecy       {{text}} NOT NULL,
  agenda_kind   {{text}} NOT NULL,       -- code of the body's agenda kinds
  matter        {{text}} NOT NULL,       -- plan | review | marked | closure | early_start | request | other
  household_id  {{i64}},                 -- none: an item about the system
  case_id       {{i64}},
  request_id    {{i64}},                 -- ground request it rests on
  ground_code   {{text}} NOT NULL,
  ground_text   {{text}} NOT NULL,       -- shown reason, from the city's folder
  minutes       {{i64}} NOT NULL,
  state         {{text}} NOT NULL,       -- waiting | treated | deferred | withdrawn
  pii_question  {{text}} NOT NULL,       -- what we ask of the meeting
  pii_note      {{text}} NOT NULL,       -- 要点
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX agenda_item_session ON agenda_item (session_id, number);
CREATE INDEX agenda_item_case ON agenda_item (case_id);
CREATE INDEX agenda_item_waiting ON agenda_item (session_id) WHERE state = 'waiting';
CREATE TABLE agenda_plan (
  item_id {{i64}} NOT NULL,
  plan_id {{i64}} NOT NULL,
  CONSTRAINT agenda_plan_once PRIMARY KEY (item_id, plan_id)
){{strict}};
CREATE INDEX agenda_plan_plan ON agenda_plan (plan_id);
-- What else an item is about: starts before the decision, closures.
CREATE TABLE agenda_matter (
  item_id   {{i64}} NOT NULL,
  matter_id {{i64}} NOT NULL,
  CONSTRAINT agenda_matter_once PRIMARY KEY (item_id, matter_id)
){{strict}};
CREATE INDEX agenda_matter_matter ON agenda_matter (matter_id);
CREATE TABLE agenda_attendee (
  item_id      {{i64}} NOT NULL,
  party_id     {{i64}} NOT NULL,         -- agency or account
  scope        {{text}} NOT NULL,        -- household | item | section (tax and fees: not for collection)
  appointed_on {{text}},                 -- 委嘱, for those who are not members
  until_on     {{text}} NOT NULL,        -- packet closes
  topics       {{i64}} NOT NULL,
  CONSTRAINT agenda_attendee_once PRIMARY KEY (item_id, party_id)
){{strict}};
-- The meeting's finding on a plan (or on the item, plan_id 0), in the city's words; never the 支援決定.
CREATE TABLE finding (
  id        {{i64}} NOT NULL PRIMARY KEY,
  item_id   {{i64}} NOT NULL,
  plan_id   {{i64}} NOT NULL,
  result    {{text}} NOT NULL,           -- adequate | with_changes | send_back | defer
  wording   {{text}} NOT NULL,           -- 確認, 適切性の協議 …
  found_on  {{text}} NOT NULL,
  pii_text  {{text}} NOT NULL,
  made_at   {{i64}} NOT NULL,
  CONSTRAINT finding_once UNIQUE (item_id, plan_id)
){{strict}};
-- Results of a 支援会議: 支援方針, who watches over, emergency response, connect or not, next step toward consent.
CREATE TABLE item_result (
  id        {{i64}} NOT NULL PRIMARY KEY,
  item_id   {{i64}} NOT NULL,
  kind      {{text}} NOT NULL,           -- policy | watch | emergency | connect | consent_step | advice
  code      {{text}} NOT NULL,           -- connect: needed | not_needed; category of a below-threshold case
  agency_id {{i64}},
  pii_text  {{text}} NOT NULL,
  due_on    {{text}}
){{strict}};
CREATE INDEX item_result_item ON item_result (item_id);
