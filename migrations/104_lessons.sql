-- Lessons (支援の知見): what a case has taught about a way of working, written anew without names so that everybody who
-- meets can use it. Nothing in them is personal and no agency is named.
CREATE TABLE lesson (
  id           {{i64}} NOT NULL PRIMARY KEY,
  title        {{text}} NOT NULL,
  trouble      {{text}} NOT NULL,          -- what was difficult
  did          {{text}} NOT NULL,          -- what helped
  field        {{text}} NOT NULL CONSTRAINT lesson_field
                 CHECK (field IN ('elderly', 'disability', 'child', 'poverty', 'health', 'housing', 'other')),
  topic        {{text}} NOT NULL,          -- code table consultation_topics; '' none
  fiscal_year  {{i64}} NOT NULL,           -- the day would tell which case had just ended
  withdrawn_on {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX lesson_newest ON lesson (withdrawn_on, fiscal_year, id);
-- From which household it was learnt: for checking another wording against it, shown to nobody.
CREATE TABLE lesson_link (
  lesson_id    {{i64}} NOT NULL,
  household_id {{i64}} NOT NULL,
  CONSTRAINT lesson_link_once PRIMARY KEY (lesson_id, household_id)
){{strict}};
CREATE INDEX lesson_link_household ON lesson_link (household_id);
