-- Households and persons. Columns pii_… are reached only through access. Fields of another protection class live in
-- their own table with their own version (contact, safety).
CREATE TABLE household (
  id         {{i64}} NOT NULL PRIMARY KEY,
  number     {{text}} NOT NULL CONSTRAINT household_number_once UNIQUE,
  pii_label  {{text}} NOT NULL,    -- what staff call it, e.g. 阿曽家
  area_code  {{text}} NOT NULL,    -- area of the city's folder; '' unknown
  made_on    {{text}} NOT NULL,
  version    {{i64}} NOT NULL
){{strict}};
-- Last number given in a fiscal year (世R08-00012).
CREATE TABLE household_serial (
  fiscal_year {{i64}} NOT NULL PRIMARY KEY,
  last        {{i64}} NOT NULL
){{strict}};
CREATE TABLE household_contact (
  household_id {{i64}} NOT NULL PRIMARY KEY,
  pii_address  {{text}} NOT NULL,
  pii_phone    {{text}} NOT NULL,
  version      {{i64}} NOT NULL
){{strict}};
-- For those who visit; never in a packet (会津若松 W-72).
CREATE TABLE household_safety (
  household_id {{i64}} NOT NULL PRIMARY KEY,
  pii_codes    {{text}} NOT NULL,  -- code table safety_note, ',' between
  pii_note     {{text}} NOT NULL,
  set_on       {{text}} NOT NULL,
  set_by       {{i64}} NOT NULL,
  ground_source {{i64}} NOT NULL,  -- source of the grounds on which visiting agencies of the team see it
  version      {{i64}} NOT NULL
){{strict}};
CREATE TABLE person (
  id          {{i64}} NOT NULL PRIMARY KEY,
  pii_family  {{text}} NOT NULL,
  pii_given   {{text}} NOT NULL,
  pii_kana    {{text}} NOT NULL,
  pii_birth   {{text}} NOT NULL,   -- PartialDate text; '' unknown
  sex         {{text}} NOT NULL,   -- code table sexes; '' unknown
  deceased_on {{text}},
  version     {{i64}} NOT NULL
){{strict}};
CREATE TABLE person_contact (
  person_id   {{i64}} NOT NULL PRIMARY KEY,
  pii_address {{text}} NOT NULL,
  pii_phone   {{text}} NOT NULL,
  pii_safe    {{text}} NOT NULL,   -- how this person may be reached safely
  version     {{i64}} NOT NULL
){{strict}};
CREATE TABLE membership (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  person_id    {{i64}} NOT NULL,
  relation     {{text}} NOT NULL,  -- code table relations, to the head of the household
  lives_in     {{i64}} NOT NULL,
  valid_from   {{text}} NOT NULL,  -- '' unknown
  valid_until  {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX membership_household ON membership (household_id);
CREATE INDEX membership_person ON membership (person_id);
