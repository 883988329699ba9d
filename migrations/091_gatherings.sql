-- Gatherings (研修, 勉強会, 情報共有会議, プラットフォーム): who is invited to what, materials, how many came, a short survey,
-- what came of it. About nobody: attendance is numbers, answers have no name and stand apart from the browsers that sent them.
CREATE TABLE gathering (
  id           {{i64}} NOT NULL PRIMARY KEY,
  kind         {{text}} NOT NULL CONSTRAINT gathering_kind CHECK (kind IN ('training', 'study', 'information', 'platform', 'other')),
  title        {{text}} NOT NULL,
  theme        {{text}} NOT NULL,
  issue_id     {{i64}},                    -- common issue that is its theme
  held_on      {{text}} NOT NULL,
  at_time      {{text}} NOT NULL,          -- "13:30"; ''
  place        {{text}} NOT NULL,
  body         {{text}} NOT NULL,          -- body of the city whose gathering it is; ''
  fields       {{text}} NOT NULL,          -- for whom: codes of fields, ',' between
  for_whom     {{text}} NOT NULL,          -- … and in words
  invitation   {{text}} NOT NULL,
  agency_id    {{i64}} NOT NULL,           -- organiser
  state        {{text}} NOT NULL CONSTRAINT gathering_state CHECK (state IN ('planned', 'held', 'cancelled')),
  outcome      {{text}} NOT NULL,          -- what came of it
  next_step    {{text}} NOT NULL,
  outcome_issue_id {{i64}},                -- common issue that it touched or raised
  outcome_body {{text}} NOT NULL,          -- body that goes on with it; ''
  survey_serial {{i64}} NOT NULL,          -- how often a link was made; 0: never
  survey_hash  {{text}},                   -- of the token of the open link
  survey_until {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX gathering_day ON gathering (held_on, id);
CREATE INDEX gathering_issue ON gathering (issue_id);
CREATE UNIQUE INDEX gathering_survey ON gathering (survey_hash);
CREATE TABLE gathering_material (
  id           {{i64}} NOT NULL PRIMARY KEY,
  gathering_id {{i64}} NOT NULL,
  title        {{text}} NOT NULL,
  type         {{text}} NOT NULL,          -- as its first bytes say
  size         {{i64}} NOT NULL,           -- bytes
  content      {{text}} NOT NULL,          -- base64url
  agency_id    {{i64}} NOT NULL,
  added_on     {{text}} NOT NULL
){{strict}};
CREATE INDEX gathering_material_of ON gathering_material (gathering_id, id);
CREATE TABLE gathering_attendance (
  gathering_id {{i64}} NOT NULL,
  number       {{i64}} NOT NULL,           -- line
  field        {{text}} NOT NULL,
  agency_id    {{i64}},                    -- none: residents and others
  people       {{i64}} NOT NULL,
  CONSTRAINT gathering_attendance_once PRIMARY KEY (gathering_id, number)
){{strict}};
CREATE TABLE survey_answer (
  id           {{i64}} NOT NULL PRIMARY KEY,
  gathering_id {{i64}} NOT NULL,
  useful       {{i64}} NOT NULL,           -- 1 (not at all) to 5 (very); 0: not said
  clear        {{i64}} NOT NULL,
  usable       {{i64}} NOT NULL,
  standing     {{text}} NOT NULL,          -- who answers: city | agency | resident | company | other; ''
  text         {{text}} NOT NULL
){{strict}};
CREATE INDEX survey_answer_of ON survey_answer (gathering_id);
-- That a browser has answered, so that it does so once; nothing ties it to the answer.
CREATE TABLE survey_browser (
  gathering_id {{i64}} NOT NULL,
  browser_hash {{text}} NOT NULL,
  CONSTRAINT survey_browser_once PRIMARY KEY (gathering_id, browser_hash)
){{strict}};
