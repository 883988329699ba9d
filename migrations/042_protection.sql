-- Protection inside households: measures with their terms, the named 相手方, who is on that side, alarms; whom agencies
-- serve; staff who are related to a household.
CREATE TABLE protective_measure (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  person_id    {{i64}} NOT NULL,        -- the protected person
  kind         {{text}} NOT NULL CONSTRAINT protective_measure_kind CHECK (kind IN ('dv', 'abuse', 'own')),
  from_on      {{text}} NOT NULL,
  until_on     {{text}},                -- last day of the term (dv), or day of review (own); none: until ended
  ended_on     {{text}},
  whole        {{i64}} NOT NULL,        -- 1: everything about the person is kept from the other side
  same_roof    {{i64}} NOT NULL,        -- 1: somebody of the other side lives there who is not registered
  pii_reason   {{text}} NOT NULL,
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX protective_measure_household ON protective_measure (household_id);
CREATE INDEX protective_measure_person ON protective_measure (person_id);
-- The first term and each renewal, as dated facts with the text of the rule they rest on.
CREATE TABLE protective_term (
  measure_id  {{i64}} NOT NULL,
  filed_on    {{text}} NOT NULL,        -- 申出日
  until_on    {{text}} NOT NULL,
  basis       {{text}} NOT NULL,
  recorded_at {{i64}} NOT NULL,
  recorded_by {{i64}} NOT NULL,
  CONSTRAINT protective_term_once PRIMARY KEY (measure_id, until_on)
){{strict}};
-- 相手方: a person of the register, or a name.
CREATE TABLE protective_opponent (
  id         {{i64}} NOT NULL PRIMARY KEY,
  measure_id {{i64}} NOT NULL,
  person_id  {{i64}},
  pii_name   {{text}} NOT NULL,         -- '' where the person is registered
  pii_plain  {{text}} NOT NULL          -- the name without blanks, compared with whoever is registered later
){{strict}};
CREATE INDEX protective_opponent_measure ON protective_opponent (measure_id);
CREATE INDEX protective_opponent_person ON protective_opponent (person_id) WHERE person_id IS NOT NULL;
-- Agencies and accounts of the other side. A row is never taken away: the holder may set it to 'lifted'.
CREATE TABLE protective_side (
  measure_id {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,
  kind       {{text}} NOT NULL CONSTRAINT protective_side_kind CHECK (kind IN ('agency', 'account')),
  origin     {{text}} NOT NULL CONSTRAINT protective_side_origin CHECK (origin IN ('serves', 'named')),
  standing   {{text}} NOT NULL CONSTRAINT protective_side_standing CHECK (standing IN ('shielded', 'lifted')),
  since_on   {{text}} NOT NULL,
  CONSTRAINT protective_side_once PRIMARY KEY (measure_id, party_id)
){{strict}};
CREATE INDEX protective_side_party ON protective_side (party_id);
CREATE TABLE protective_alarm (
  id         {{i64}} NOT NULL PRIMARY KEY,
  measure_id {{i64}} NOT NULL,
  code       {{text}} NOT NULL,         -- serves | household | name | case | meeting | referral
  party_id   {{i64}},
  on_day     {{text}} NOT NULL,
  seen_on    {{text}}
){{strict}};
CREATE INDEX protective_alarm_measure ON protective_alarm (measure_id);
-- Which agency serves whom, told by the rooms above: an involvement, a referral, an intake. person_id 0: the household.
CREATE TABLE party_serving (
  root_id    {{i64}} NOT NULL,
  person_id  {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,
  since_on   {{text}} NOT NULL,
  CONSTRAINT party_serving_once PRIMARY KEY (root_id, person_id, party_id)
){{strict}};
CREATE INDEX party_serving_person ON party_serving (person_id) WHERE person_id <> 0;
-- Staff who are relatives or acquaintances of a household (declared by themselves) or of a 相手方 (named by the holder of
-- a measure). The auditor's list of unusual reading reads from here.
CREATE TABLE staff_relation (
  id           {{i64}} NOT NULL PRIMARY KEY,
  account_id   {{i64}} NOT NULL,
  household_id {{i64}} NOT NULL,
  measure_id   {{i64}},                 -- none: declared by the account itself
  from_on      {{text}} NOT NULL,
  until_on     {{text}},                -- last day; none: still
  pii_lifted   {{text}},                -- why it was lifted
  recorded_by  {{i64}} NOT NULL,
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX staff_relation_account ON staff_relation (account_id);
CREATE INDEX staff_relation_household ON staff_relation (household_id);
