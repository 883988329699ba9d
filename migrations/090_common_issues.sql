-- Common issues (共通課題): what single cases have shown about the system as a whole. Typed anew without names, so plain
-- tables; only the way back to the items from which an issue was drawn leads to households, and each link of it opens
-- as the item itself does.
CREATE TABLE common_issue (
  id           {{i64}} NOT NULL PRIMARY KEY,
  title        {{text}} NOT NULL,
  text         {{text}} NOT NULL,
  field        {{text}} NOT NULL CONSTRAINT common_issue_field
                 CHECK (field IN ('elderly', 'disability', 'child', 'poverty', 'health', 'housing', 'other')),
  kind         {{text}} NOT NULL CONSTRAINT common_issue_kind CHECK (kind IN ('resource', 'procedure', 'link', 'rule', 'other')),
  area_code    {{text}} NOT NULL,          -- area of the city's folder; '': the city as a whole
  state        {{text}} NOT NULL CONSTRAINT common_issue_state
                 CHECK (state IN ('raised', 'plenary', 'carried', 'answered', 'not_taken', 'withdrawn')),
  raised_on    {{text}} NOT NULL,
  look_on      {{text}},                   -- when it is looked at again
  carrier_body {{text}} NOT NULL,          -- carried by this body of the city, or ''
  carrier_id   {{i64}},                    -- … or by this agency or section
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX common_issue_state ON common_issue (state, raised_on, id);
-- The way back.
CREATE TABLE common_issue_link (
  issue_id     {{i64}} NOT NULL,
  item_id      {{i64}} NOT NULL,
  household_id {{i64}},                    -- of the item; counted, never shown
  linked_on    {{text}} NOT NULL,
  CONSTRAINT common_issue_link_once PRIMARY KEY (issue_id, item_id)
){{strict}};
CREATE INDEX common_issue_link_item ON common_issue_link (item_id);
-- What was done about it, never changed afterwards.
CREATE TABLE common_issue_step (
  id         {{i64}} NOT NULL PRIMARY KEY,
  issue_id   {{i64}} NOT NULL,
  kind       {{text}} NOT NULL CONSTRAINT common_issue_step_kind
               CHECK (kind IN ('raised', 'to_plenary', 'carried', 'kept', 'answered', 'not_taken', 'looked_again', 'reopened', 'withdrawn')),
  held_on    {{text}} NOT NULL,
  body       {{text}} NOT NULL,            -- body that did it; '': none
  to_body    {{text}} NOT NULL,            -- carried: to this body; ''
  to_agency  {{i64}},                      -- carried: to this agency or section
  text       {{text}} NOT NULL,            -- without names
  item_id    {{i64}},                      -- item about the system (no household) that it came from
  agency_id  {{i64}} NOT NULL,             -- for which it was written
  account_id {{i64}} NOT NULL,
  made_at    {{i64}} NOT NULL
){{strict}};
CREATE INDEX common_issue_step_issue ON common_issue_step (issue_id, id);
-- What an issue was answered by: a new resource, a rule with its paper, a sentence for the plan.
CREATE TABLE common_issue_answer (
  id       {{i64}} NOT NULL PRIMARY KEY,
  issue_id {{i64}} NOT NULL,
  step_id  {{i64}} NOT NULL,
  kind     {{text}} NOT NULL CONSTRAINT common_issue_answer_kind CHECK (kind IN ('resource', 'rule', 'policy')),
  name     {{text}} NOT NULL,              -- of the resource or the paper; policy: ''
  text     {{text}} NOT NULL,              -- what it offers, what it says; policy: the sentence
  run_by   {{text}} NOT NULL,              -- resource: who runs it
  link     {{text}} NOT NULL,              -- rule: where the paper is; ''
  since_on {{text}} NOT NULL
){{strict}};
CREATE INDEX common_issue_answer_issue ON common_issue_answer (issue_id, id);
CREATE INDEX common_issue_answer_since ON common_issue_answer (kind, since_on);
-- Items about the system that treat an issue.
CREATE TABLE common_issue_item (
  item_id  {{i64}} NOT NULL PRIMARY KEY,
  issue_id {{i64}} NOT NULL
){{strict}};
CREATE INDEX common_issue_item_issue ON common_issue_item (issue_id);
