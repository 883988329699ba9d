-- Assessment (several agencies write), plans with versions and lineage, goals, role division, 支援決定 (apart from the
-- meeting's finding), start before the decision, evaluation, closure.
CREATE TABLE assessment (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  case_id      {{i64}} NOT NULL,
  made_on      {{text}} NOT NULL
){{strict}};
CREATE INDEX assessment_case ON assessment (case_id);
CREATE TABLE assessment_section (
  assessment_id {{i64}} NOT NULL,
  section       {{text}} NOT NULL,       -- key of the section, one per topic
  agency_id     {{i64}} NOT NULL,        -- each agency writes its own part of a section
  account_id    {{i64}} NOT NULL,
  pii_text      {{text}} NOT NULL,
  saved_at      {{i64}} NOT NULL,
  version       {{i64}} NOT NULL,
  CONSTRAINT assessment_section_once PRIMARY KEY (assessment_id, section, agency_id)
){{strict}};
CREATE TABLE plan (
  id            {{i64}} NOT NULL PRIMARY KEY,
  household_id  {{i64}} NOT NULL,
  case_id       {{i64}} NOT NULL,
  kind          {{text}} NOT NULL CONSTRAINT plan_kind CHECK (kind IN ('collaboration', 'outreach', 'participation')),
  lineage_id    {{i64}} NOT NULL,        -- id of the first version
  revision      {{i64}} NOT NULL,        -- 1, 2, …: 再プラン
  state         {{text}} NOT NULL,       -- draft | submitted | active | under_review | refused | superseded | closed
  author_agency {{i64}} NOT NULL,
  author_id     {{i64}} NOT NULL,
  names_outreach      {{i64}} NOT NULL,
  names_participation {{i64}} NOT NULL,
  approach      {{text}} NOT NULL,
  pii_wishes    {{text}} NOT NULL,       -- the person's own words
  pii_household_wishes {{text}} NOT NULL,
  pii_direction {{text}} NOT NULL,       -- 支援の方向性
  pii_extra     {{text}} NOT NULL,       -- canonical JSON of the fields of this kind (route, stage, menu, host …)
  home_leaves   {{text}} NOT NULL,       -- of wishes, household_wishes, direction, ',' between: not on the copy for the home
  review_on     {{text}},
  bundle_id     {{i64}},                 -- plans submitted together
  submitted_on  {{text}},
  decided_on    {{text}},
  ended_on      {{text}},
  marked        {{text}} NOT NULL,       -- '' | consent_withdrawn: goes on the next agenda, stays in force
  finding_result  {{text}} NOT NULL,     -- what the meeting reported, shown beside the decision: '' | adequate | …
  finding_wording {{text}} NOT NULL,
  finding_on    {{text}},
  finding_item  {{i64}},
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX plan_case ON plan (case_id, kind);
CREATE INDEX plan_state ON plan (state);
CREATE TABLE plan_person (
  plan_id   {{i64}} NOT NULL,
  person_id {{i64}} NOT NULL,
  agreed_on {{text}},                    -- when the person agreed to what the plan says
  CONSTRAINT plan_person_once PRIMARY KEY (plan_id, person_id)
){{strict}};
CREATE TABLE plan_goal (
  id        {{i64}} NOT NULL PRIMARY KEY,
  plan_id   {{i64}} NOT NULL,
  number    {{i64}} NOT NULL,
  term      {{text}} NOT NULL CONSTRAINT plan_goal_term CHECK (term IN ('long', 'short')),
  kind      {{text}} NOT NULL,           -- code table goal_kinds; ''
  person_id {{i64}},
  pii_text  {{text}} NOT NULL,
  by_on     {{text}},
  topic     {{i64}} NOT NULL,            -- what it is about: hidden from those who may not know
  not_home  {{i64}} NOT NULL             -- 1: left out of the copy for the home, without a gap
){{strict}};
CREATE INDEX plan_goal_plan ON plan_goal (plan_id);
CREATE TABLE plan_role (
  id        {{i64}} NOT NULL PRIMARY KEY,
  plan_id   {{i64}} NOT NULL,
  number    {{i64}} NOT NULL,
  agency_id {{i64}},                     -- none: the person, the family, a neighbour
  who       {{text}} NOT NULL,           -- shown name of the actor; code-like, no person's name
  pii_what  {{text}} NOT NULL,
  how_often {{text}} NOT NULL,
  by_on     {{text}},
  service   {{text}} NOT NULL,
  topic     {{i64}} NOT NULL,            -- what it is about, e.g. abuse: hidden from those who may not know
  not_home  {{i64}} NOT NULL,
  task_id   {{i64}}                      -- the task that the decision made of it
){{strict}};
CREATE INDEX plan_role_plan ON plan_role (plan_id);
CREATE TABLE support_decision (
  id         {{i64}} NOT NULL PRIMARY KEY,
  plan_id    {{i64}} NOT NULL,
  case_id    {{i64}} NOT NULL,
  result     {{text}} NOT NULL,          -- approved | refused
  decided_on {{text}} NOT NULL,
  decider_id {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  item_id    {{i64}},                    -- agenda item whose finding it rests on
  pii_note   {{text}} NOT NULL,
  made_at    {{i64}} NOT NULL
){{strict}};
CREATE INDEX support_decision_plan ON support_decision (plan_id);
CREATE TABLE early_start (
  id          {{i64}} NOT NULL PRIMARY KEY,
  case_id     {{i64}} NOT NULL,
  household_id {{i64}} NOT NULL,
  plan_id     {{i64}},
  service     {{text}} NOT NULL,
  agency_id   {{i64}} NOT NULL,
  started_on  {{text}} NOT NULL,
  reason      {{text}} NOT NULL,
  pii_reason  {{text}} NOT NULL,
  ratify_by   {{text}} NOT NULL,
  ratified_on {{text}},
  item_id     {{i64}}
){{strict}};
CREATE INDEX early_start_case ON early_start (case_id);
CREATE TABLE evaluation (
  id         {{i64}} NOT NULL PRIMARY KEY,
  plan_id    {{i64}} NOT NULL,
  case_id    {{i64}} NOT NULL,
  made_on    {{text}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  verdict    {{text}} NOT NULL,          -- close | continue | replan | interrupted
  pii_change {{text}} NOT NULL,
  pii_person {{text}} NOT NULL,          -- how the person takes it
  pii_left   {{text}} NOT NULL,
  version    {{i64}} NOT NULL
){{strict}};
CREATE INDEX evaluation_case ON evaluation (case_id);
CREATE TABLE evaluation_goal (
  evaluation_id {{i64}} NOT NULL,
  goal_id       {{i64}} NOT NULL,
  result        {{text}} NOT NULL,       -- code table goal_result
  CONSTRAINT evaluation_goal_once PRIMARY KEY (evaluation_id, goal_id)
){{strict}};
CREATE TABLE evaluation_dimension (
  evaluation_id {{i64}} NOT NULL,
  dimension     {{text}} NOT NULL,
  before_value  {{i64}},
  after_value   {{i64}},
  CONSTRAINT evaluation_dimension_once PRIMARY KEY (evaluation_id, dimension)
){{strict}};
CREATE TABLE closure (
  id           {{i64}} NOT NULL PRIMARY KEY,
  case_id      {{i64}} NOT NULL,
  household_id {{i64}} NOT NULL,
  episode      {{i64}} NOT NULL,
  proposed_on  {{text}} NOT NULL,
  reason       {{text}} NOT NULL,        -- code table closure_reason
  main_contact {{i64}} NOT NULL,         -- agency that stays the contact
  watcher_id   {{i64}},                  -- agency that stays to watch
  watch_channel {{text}} NOT NULL,       -- how one hears of a change; no person's name
  access_until {{text}} NOT NULL,        -- time-boxed reading while dormant
  pii_note     {{text}} NOT NULL,
  closed_on    {{text}},
  withdrawn_on {{text}},                 -- taken back before a meeting treated it
  item_id      {{i64}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX closure_case ON closure (case_id);
