-- The archive: 開示請求 and what became of each part, legal hold, disposal. Retention periods are settings of the city.
CREATE TABLE disclosure (
  id            {{i64}} NOT NULL PRIMARY KEY,
  number        {{text}} NOT NULL CONSTRAINT disclosure_number_once UNIQUE,
  household_id  {{i64}} NOT NULL,
  person_id     {{i64}} NOT NULL,        -- 本人: whose data are asked for
  holder_id     {{i64}} NOT NULL,        -- agency that was asked and answers for what it holds
  asker         {{text}} NOT NULL CONSTRAINT disclosure_asker CHECK (asker IN ('self', 'legal', 'proxy')),
  pii_asker     {{text}} NOT NULL,       -- name of the one who asks for the 本人; '' the 本人
  identity      {{text}} NOT NULL,       -- code table disclosure_identity
  received_on   {{text}} NOT NULL,
  due_on        {{text}} NOT NULL,       -- day by which is to be decided, extension included
  extended_on   {{text}},
  pii_extension {{text}} NOT NULL,
  law           {{text}} NOT NULL,       -- statute text version that the set rests on
  state         {{text}} NOT NULL CONSTRAINT disclosure_state CHECK (state IN ('sorting', 'proposed', 'approved', 'handed')),
  proposed_by   {{i64}},
  proposed_on   {{text}},
  pii_returned  {{text}} NOT NULL,       -- why the set was given back to be sorted anew
  result        {{text}} NOT NULL,       -- '' | full | partial | refused | absent | not_told
  approved_by   {{i64}},
  decided_on    {{text}},
  handed_on     {{text}},
  version       {{i64}} NOT NULL
){{strict}};
CREATE INDEX disclosure_person ON disclosure (person_id);
CREATE INDEX disclosure_open ON disclosure (holder_id, due_on) WHERE handed_on IS NULL;
CREATE TABLE disclosure_serial (
  fiscal_year {{i64}} NOT NULL PRIMARY KEY,
  last        {{i64}} NOT NULL
){{strict}};
-- Each part of a record as it was when gathered: what is decided on does not change under the decider's hands.
CREATE TABLE disclosure_part (
  disclosure_id {{i64}} NOT NULL,
  number        {{i64}} NOT NULL,
  subject_kind  {{i64}} NOT NULL,
  subject_id    {{i64}} NOT NULL,
  held_on       {{text}},
  source        {{text}} NOT NULL,       -- which column of which record: key of archive/disclosure_rules
  part          {{text}} NOT NULL,       -- type of the part: fact_observed, said_by_person, heard_from …
  pii_text      {{text}} NOT NULL,
  proposal      {{text}} NOT NULL,       -- open | review
  why           {{text}} NOT NULL,       -- reason of the proposal: key of archive/disclosure_rules
  ground        {{text}} NOT NULL,       -- proposed, then decided: code table disclosure_ground; ''
  decision      {{text}} NOT NULL CONSTRAINT disclosure_part_decision CHECK (decision IN ('', 'open', 'partial', 'withheld', 'not_told')),
  pii_hidden    {{text}} NOT NULL,       -- partial: the words to be blacked out, one a line
  decided_by    {{i64}},
  CONSTRAINT disclosure_part_once PRIMARY KEY (disclosure_id, number)
){{strict}};
-- Others who hold records on the person, as far as the officer may know: to be asked or handed the request.
CREATE TABLE disclosure_elsewhere (
  disclosure_id {{i64}} NOT NULL,
  agency_id     {{i64}} NOT NULL,
  CONSTRAINT disclosure_elsewhere_once PRIMARY KEY (disclosure_id, agency_id)
){{strict}};
-- While it stands, nothing that hangs on the root is disposed of.
CREATE TABLE legal_hold (
  id         {{i64}} NOT NULL PRIMARY KEY,
  root_id    {{i64}} NOT NULL,
  pii_reason {{text}} NOT NULL,
  from_on    {{text}} NOT NULL,
  set_by     {{i64}} NOT NULL,
  ended_on   {{text}},
  ended_by   {{i64}},
  version    {{i64}} NOT NULL
){{strict}};
CREATE INDEX legal_hold_root ON legal_hold (root_id) WHERE ended_on IS NULL;
-- A disposal outlives what it disposed of: numbers, classes, days, who. No personal columns.
CREATE TABLE disposal (
  id          {{i64}} NOT NULL PRIMARY KEY,
  number      {{text}} NOT NULL CONSTRAINT disposal_number_once UNIQUE,
  agency_id   {{i64}} NOT NULL,
  state       {{text}} NOT NULL CONSTRAINT disposal_state CHECK (state IN ('proposed', 'done', 'withdrawn')),
  proposed_by {{i64}} NOT NULL,
  proposed_on {{text}} NOT NULL,
  approved_by {{i64}},
  done_at     {{i64}},
  swept_at    {{i64}},                   -- words of searches gone and the log of the database emptied, too
  version     {{i64}} NOT NULL
){{strict}};
CREATE TABLE disposal_serial (
  fiscal_year {{i64}} NOT NULL PRIMARY KEY,
  last        {{i64}} NOT NULL
){{strict}};
CREATE TABLE disposal_line (
  disposal_id {{i64}} NOT NULL,
  root_id     {{i64}} NOT NULL,
  class       {{text}} NOT NULL,
  label       {{text}} NOT NULL,         -- number of case or household; no name
  ended_on    {{text}} NOT NULL,         -- what the years are counted from
  keep_until  {{text}} NOT NULL,
  basis       {{text}} NOT NULL,         -- the city's rule, as it was then
  records     {{i64}} NOT NULL,
  state       {{text}} NOT NULL,         -- listed | left_out | done
  CONSTRAINT disposal_line_once PRIMARY KEY (disposal_id, root_id, class)
){{strict}};
CREATE INDEX disposal_line_root ON disposal_line (root_id);
-- Ids of what was removed, until the words of searches that found it are gone, too.
CREATE TABLE disposal_subject (
  disposal_id {{i64}} NOT NULL,
  subject_id  {{i64}} NOT NULL,
  CONSTRAINT disposal_subject_once PRIMARY KEY (disposal_id, subject_id)
){{strict}};
