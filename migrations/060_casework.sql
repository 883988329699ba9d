-- From the notice to the case: notice, intake, referral, case and episodes, team, issues, support records, advice, tasks.
CREATE TABLE notice (
  id            {{i64}} NOT NULL PRIMARY KEY,
  received_on   {{text}} NOT NULL,
  channel       {{text}} NOT NULL,
  source        {{text}} NOT NULL,       -- commissioner | resident | agency | meeting | own
  from_community {{i64}} NOT NULL,       -- counts as 地域からの情報 (T-88)
  owner_id      {{i64}} NOT NULL,        -- agency that looks into it
  look_by       {{text}} NOT NULL,
  area_code     {{text}} NOT NULL,
  pii_about     {{text}} NOT NULL,       -- whom or where, as far as known; may be ''
  pii_text      {{text}} NOT NULL,
  pii_reporter  {{text}} NOT NULL,
  abuse_named   {{i64}} NOT NULL,
  state         {{text}} NOT NULL,       -- open | looked | linked | ended
  looked_on     {{text}},
  result        {{text}} NOT NULL,
  pii_result    {{text}} NOT NULL,
  household_id  {{i64}},
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX notice_owner ON notice (owner_id, state);
CREATE INDEX notice_household ON notice (household_id);
-- All that an informant sees later: 受け止めました. No content, no state.
CREATE TABLE notice_receipt (
  id          {{i64}} NOT NULL PRIMARY KEY,
  account_id  {{i64}} NOT NULL,
  received_at {{i64}} NOT NULL
){{strict}};
CREATE INDEX notice_receipt_account ON notice_receipt (account_id, received_at);
CREATE TABLE intake (
  id             {{i64}} NOT NULL PRIMARY KEY,
  taken_on       {{text}} NOT NULL,
  agency_id      {{i64}} NOT NULL,
  receiver_id    {{i64}} NOT NULL,       -- account
  notice_id      {{i64}},
  household_id   {{i64}},
  person_id      {{i64}},                -- 本人, when known; the consulter may be another
  about_codes    {{text}} NOT NULL,      -- consultation topics, ',' between; the first is the most serious
  pii_summary    {{text}} NOT NULL,
  pii_consulter  {{text}} NOT NULL,
  consulter_relation {{text}} NOT NULL,
  form_key       {{text}} NOT NULL,
  form_version   {{i64}} NOT NULL,
  pii_answers    {{text}} NOT NULL,      -- canonical JSON of the folded fields
  abuse_named    {{i64}} NOT NULL,
  abuse_taken_back_on {{text}},          -- the naming was a mistake; the intake stays with its window all the same
  pii_taken_back {{text}},               -- why
  screening      {{text}} NOT NULL,      -- '' until screened; code table screening_result
  screened_on    {{text}},
  pii_screening  {{text}} NOT NULL,
  version        {{i64}} NOT NULL
){{strict}};
CREATE INDEX intake_household ON intake (household_id);
CREATE INDEX intake_agency ON intake (agency_id, taken_on);
CREATE TABLE abuse_report (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}},
  person_id    {{i64}},
  from_kind    {{i64}} NOT NULL,         -- record from which it was started
  from_id      {{i64}} NOT NULL,
  kind         {{text}} NOT NULL,        -- code table abuse_kind
  reported_to  {{i64}} NOT NULL,         -- agency with the duty
  reported_on  {{text}} NOT NULL,
  pii_text     {{text}} NOT NULL,
  pii_reporter {{text}} NOT NULL,
  agency_id    {{i64}} NOT NULL
){{strict}};
CREATE INDEX abuse_report_household ON abuse_report (household_id);
CREATE TABLE referral (
  id            {{i64}} NOT NULL PRIMARY KEY,
  kind          {{text}} NOT NULL CONSTRAINT referral_kind CHECK (kind IN ('network', 'collaboration')),
  passing       {{text}} NOT NULL CONSTRAINT referral_passing CHECK (passing IN ('spoken_consent', 'anonymous', 'statutory', 'duty')),
  from_agency   {{i64}} NOT NULL,
  to_agency     {{i64}},                 -- network: one agency
  inbox         {{text}} NOT NULL,       -- collaboration: inbox code
  household_id  {{i64}},
  person_id     {{i64}},
  intake_id     {{i64}},
  reasons       {{text}} NOT NULL,       -- reason codes, ',' between
  pii_reason    {{text}} NOT NULL,       -- free reason
  pii_text      {{text}} NOT NULL,       -- what is passed on; for anonymous: without identifiers
  criteria      {{text}} NOT NULL,       -- criteria codes met, ',' between; '' when 未設定
  judged_by     {{i64}},
  judged_on     {{text}},
  judge_result  {{text}} NOT NULL,       -- '' | needed | not_needed
  sent_on       {{text}},                -- none while the judgement at the source is open, or when it said no
  reply_by      {{text}},
  taken_by      {{i64}},                 -- account that took it from the joint inbox
  answered_on   {{text}},
  answered_by   {{i64}},
  answered_agency {{i64}},
  outcome       {{text}} NOT NULL,       -- '' | accept | advice_only | mediate | return | watch | join_open_case
  pii_reply     {{text}} NOT NULL,
  case_id       {{i64}},
  request_id    {{i64}},                 -- ground request that it made, where a 支援会議 is to treat it
  pii_passing   {{text}} NOT NULL,       -- canonical JSON of the fields that belong to the form of passing
  duty_kind     {{text}} NOT NULL,       -- passing by duty: kind of duty or danger; '' else
  ground_code   {{text}} NOT NULL,       -- ground of the 支援会議 that is to treat it; '' else
  mediated_to   {{i64}},                 -- outcome mediate: agency to which the sender is introduced
  look_again_on {{text}},                -- outcome watch
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX referral_inbox ON referral (inbox, answered_on);
CREATE INDEX referral_to ON referral (to_agency, answered_on);
CREATE INDEX referral_from ON referral (from_agency, sent_on);
CREATE INDEX referral_household ON referral (household_id);
CREATE INDEX referral_request ON referral (request_id) WHERE request_id IS NOT NULL;
CREATE TABLE support_case (
  id            {{i64}} NOT NULL PRIMARY KEY,
  number        {{text}} NOT NULL CONSTRAINT support_case_number_once UNIQUE,
  household_id  {{i64}} NOT NULL CONSTRAINT support_case_household_once UNIQUE,
  state         {{text}} NOT NULL,       -- before_consent | preparing | active | watching | closed
  category      {{text}} NOT NULL,       -- city's case category, e.g. gap case; '' none
  owner_agency  {{i64}},                 -- none: a gap case that nobody owns yet
  owner_by      {{text}},                -- date to find an owner
  opened_on     {{text}} NOT NULL,
  episode       {{i64}} NOT NULL,
  approach      {{text}} NOT NULL,       -- code table plan_approach; ''
  cadence_days  {{i64}} NOT NULL,        -- contact expected at least so often
  last_contact_on {{text}},
  contact_by    {{text}} NOT NULL,       -- last contact (or opening) and the cadence: before today means silence
  next_look_on  {{text}},
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX support_case_state ON support_case (state, opened_on, id);
CREATE INDEX support_case_opened ON support_case (opened_on, id);
-- The last number given out in a fiscal year.
CREATE TABLE case_counter (
  fiscal_year {{i64}} NOT NULL PRIMARY KEY,
  last        {{i64}} NOT NULL
){{strict}};
CREATE TABLE case_person (
  case_id   {{i64}} NOT NULL,
  person_id {{i64}} NOT NULL,
  from_on   {{text}} NOT NULL,
  until_on  {{text}},
  CONSTRAINT case_person_once PRIMARY KEY (case_id, person_id)
){{strict}};
CREATE TABLE case_episode (
  case_id   {{i64}} NOT NULL,
  number    {{i64}} NOT NULL,
  opened_on {{text}} NOT NULL,
  closed_on {{text}},
  trigger_code {{text}} NOT NULL,
  CONSTRAINT case_episode_once PRIMARY KEY (case_id, number)
){{strict}};
CREATE TABLE involvement (
  id              {{i64}} NOT NULL PRIMARY KEY,
  household_id    {{i64}} NOT NULL,
  agency_id       {{i64}} NOT NULL,
  account_id      {{i64}},               -- contact person
  role            {{text}} NOT NULL,     -- originating | coordinating | member | watching | main_contact
  person_id       {{i64}},               -- whom it is about; none: the household
  pii_what        {{text}} NOT NULL,     -- what it does for the household
  from_on         {{text}} NOT NULL,
  until_on        {{text}},
  last_contact_on {{text}},
  next_on         {{text}},
  version         {{i64}} NOT NULL
){{strict}};
-- Both columns: SQLite without statistics would otherwise walk all of an agency for one household.
CREATE INDEX involvement_household ON involvement (household_id, agency_id);
CREATE INDEX involvement_agency ON involvement (agency_id);
CREATE TABLE issue (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  person_id    {{i64}},                  -- none: of the household
  code         {{text}} NOT NULL,        -- code table issues
  certainty    {{text}} NOT NULL,        -- confirmed | suspected
  treatment    {{text}} NOT NULL,        -- '' | in_treatment | untreated | stopped | unknown
  pii_note     {{text}} NOT NULL,
  since_on     {{text}} NOT NULL,
  ended_on     {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX issue_household ON issue (household_id);
CREATE TABLE support_record (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  case_id      {{i64}},
  person_id    {{i64}},
  agency_id    {{i64}} NOT NULL,
  writer_id    {{i64}} NOT NULL,
  on_day       {{text}} NOT NULL,
  at_time      {{text}} NOT NULL,        -- 'HH:MM' or ''
  method       {{text}} NOT NULL,        -- code table contact_method
  outcome      {{text}} NOT NULL,        -- code table contact_outcome; ''
  attempt      {{i64}} NOT NULL,         -- 1: tried without an answer: an action, not a contact
  content      {{text}} NOT NULL,        -- code table support_content, ',' between
  stage        {{text}} NOT NULL,        -- code table relationship_stage; ''
  service      {{text}} NOT NULL,        -- service codes, ',' between, from the worker's post
  minutes      {{i64}},
  replaces_id  {{i64}},                  -- an earlier version of this record
  replaced     {{i64}} NOT NULL,
  made_at      {{i64}} NOT NULL
){{strict}};
CREATE INDEX support_record_household ON support_record (household_id, on_day, id);
CREATE INDEX support_record_agency ON support_record (agency_id, on_day);
CREATE INDEX support_record_writer ON support_record (writer_id, id);
CREATE TABLE support_record_part (
  record_id {{i64}} NOT NULL,
  number    {{i64}} NOT NULL,
  part      {{text}} NOT NULL,           -- unsorted | fact_observed | said_by_person | heard_from | assessment | plan
  pii_text  {{text}} NOT NULL,
  CONSTRAINT support_record_part_once PRIMARY KEY (record_id, number)
){{strict}};
CREATE TABLE advice (
  id           {{i64}} NOT NULL PRIMARY KEY,
  asked_by     {{i64}} NOT NULL,         -- agency
  asked_on     {{text}} NOT NULL,
  to_agency    {{i64}} NOT NULL,
  pii_question {{text}} NOT NULL,        -- about a way of working; no case is opened
  answered_on  {{text}},
  pii_answer   {{text}} NOT NULL,
  referral_id  {{i64}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX advice_to ON advice (to_agency, answered_on);
CREATE TABLE task (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  case_id      {{i64}},
  agency_id    {{i64}} NOT NULL,
  account_id   {{i64}},
  source_kind  {{i64}} NOT NULL,         -- plan, agenda_item, referral, support_case
  source_id    {{i64}} NOT NULL,
  pii_what     {{text}} NOT NULL,
  how_often    {{text}} NOT NULL,
  due_on       {{text}},
  done_on      {{text}},
  pii_done     {{text}} NOT NULL,
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX task_household ON task (household_id);
CREATE INDEX task_agency ON task (agency_id, done_on);
CREATE INDEX task_source ON task (source_id);
CREATE TABLE progress_request (
  id          {{i64}} NOT NULL PRIMARY KEY,
  case_id     {{i64}} NOT NULL,
  to_agency   {{i64}} NOT NULL,
  asked_by    {{i64}} NOT NULL,
  asked_on    {{text}} NOT NULL,
  due_on      {{text}} NOT NULL,
  answered_on {{text}},
  pii_answer  {{text}} NOT NULL
){{strict}};
CREATE INDEX progress_request_case ON progress_request (case_id);
