-- Grounds that are asked for: 協力依頼 (社会福祉法106条の6第3項) and 目的外利用・提供 (個人情報保護法69条), both numbered per
-- fiscal year; items of a meeting under another law; who answered for a person, and what a withdrawal could not call back.
CREATE TABLE ground_serial (
  series      {{text}} NOT NULL,         -- cooperation | provision
  fiscal_year {{i64}} NOT NULL,
  last        {{i64}} NOT NULL,
  CONSTRAINT ground_serial_once PRIMARY KEY (series, fiscal_year)
){{strict}};
CREATE TABLE cooperation_request (
  id           {{i64}} NOT NULL PRIMARY KEY,
  number       {{text}} NOT NULL,        -- 協R08-0001
  fiscal_year  {{i64}} NOT NULL,
  body         {{text}} NOT NULL,        -- code of the 支援会議 that asks
  asked_by     {{i64}} NOT NULL,         -- agency
  asked_on     {{text}} NOT NULL,
  due_on       {{text}} NOT NULL,
  agency_id    {{i64}},                  -- whom it is sent to; none: an outside body
  pii_outside  {{text}} NOT NULL,        -- its name; '' where an agency is asked
  household_id {{i64}},                  -- none: asked so that nobody can be recognised
  person_id    {{i64}},
  pii_question {{text}} NOT NULL,
  topics       {{i64}} NOT NULL,         -- what of the household is shown so that they can answer; 0: nothing
  told_id      {{i64}} NOT NULL,         -- source of the ground on the household
  basis        {{text}} NOT NULL,        -- key@version of the article
  state        {{text}} NOT NULL CONSTRAINT cooperation_request_state CHECK (state IN ('waiting', 'answered', 'cannot', 'withdrawn')),
  answered_on  {{text}},
  answered_by  {{i64}},
  pii_answer   {{text}} NOT NULL,        -- one line; or why they cannot
  read_on      {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX cooperation_request_year ON cooperation_request (fiscal_year, id);
CREATE INDEX cooperation_request_household ON cooperation_request (household_id) WHERE household_id IS NOT NULL;

-- The two-sided 協議. What the council's list holds has no personal column; whom it is about has.
CREATE TABLE provision (
  id           {{i64}} NOT NULL PRIMARY KEY,
  number       {{text}} NOT NULL,        -- 8-3: fiscal year of 令和, serial of the city
  fiscal_year  {{i64}} NOT NULL,
  serial       {{i64}} NOT NULL,
  asked_by     {{i64}} NOT NULL,         -- agency that asks or enters it for an outside section
  holder_id    {{i64}} NOT NULL,         -- agency that holds the record and answers
  asked_on     {{text}} NOT NULL,
  recipient    {{text}} NOT NULL,        -- name of the section that would get it, as in the list
  recipient_id {{i64}},                  -- the agency, where it is one; none: a section without accounts
  pii_about    {{text}} NOT NULL,        -- whom it is about, in the asker's words
  items        {{text}} NOT NULL,        -- kinds of information: 住所, 電話番号
  reason_class {{text}} NOT NULL,        -- code table provision_reason
  pii_reason   {{text}} NOT NULL,
  basis        {{text}} NOT NULL,        -- key@version on which it is asked, then on which it is decided
  from_on      {{text}} NOT NULL,
  until_on     {{text}} NOT NULL,
  state        {{text}} NOT NULL CONSTRAINT provision_state CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
  household_id {{i64}},                  -- linked by the holder
  person_id    {{i64}},
  topics       {{i64}} NOT NULL,
  decided_on   {{text}},
  decided_by   {{i64}},
  harm_checked {{i64}} NOT NULL,         -- 1: no fear of unjust harm, with its reason
  pii_harm     {{text}} NOT NULL,
  pii_answer   {{text}} NOT NULL,        -- why refused; what was handed over on paper
  read_on      {{text}},
  version      {{i64}} NOT NULL,
  CONSTRAINT provision_number UNIQUE (fiscal_year, serial)
){{strict}};
CREATE INDEX provision_household ON provision (household_id) WHERE household_id IS NOT NULL;

-- An agenda item that rests on a meeting under another law, and the persons whom it is about.
CREATE TABLE other_law_item (
  item_id {{i64}} NOT NULL PRIMARY KEY,
  basis   {{text}} NOT NULL,             -- key@version
  topics  {{i64}} NOT NULL               -- what the law is about, as it was then
){{strict}};
CREATE TABLE other_law_person (
  item_id   {{i64}} NOT NULL,
  person_id {{i64}} NOT NULL,
  CONSTRAINT other_law_person_once PRIMARY KEY (item_id, person_id)
){{strict}};

-- Somebody answered for the person: in which capacity, on what it rests, until when.
CREATE TABLE consent_representation (
  consent_id {{i64}} NOT NULL PRIMARY KEY,
  kind       {{text}} NOT NULL CONSTRAINT consent_representation_kind CHECK (kind IN ('parent', 'guardian', 'agent')),
  pii_basis  {{text}} NOT NULL,
  until_on   {{text}}                    -- last day of the representation; none: not known
){{strict}};
-- What a child says to it itself: a fact of its own beside the representative's.
CREATE TABLE consent_assent (
  consent_id {{i64}} NOT NULL PRIMARY KEY,
  answer     {{text}} NOT NULL CONSTRAINT consent_assent_answer CHECK (answer IN ('agrees', 'disagrees', 'unclear')),
  heard_on   {{text}} NOT NULL
){{strict}};
-- Papers of a sitting that had gone to an agency on a consent when it ended.
CREATE TABLE consent_paper_out (
  consent_id {{i64}} NOT NULL,
  item_id    {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  CONSTRAINT consent_paper_out_once PRIMARY KEY (consent_id, item_id, agency_id)
){{strict}};
