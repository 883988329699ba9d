-- 利用申込み and 情報共有同意 are two facts per 本人, each with its own dates and withdrawal, even on one sheet.
CREATE TABLE consent (
  id             {{i64}} NOT NULL PRIMARY KEY,
  household_id   {{i64}} NOT NULL,
  person_id      {{i64}} NOT NULL,
  kind           {{text}} NOT NULL CONSTRAINT consent_kind CHECK (kind IN ('application', 'sharing')),
  given_on       {{text}} NOT NULL,
  how            {{text}} NOT NULL,      -- paper | spoken
  pii_witness    {{text}} NOT NULL,      -- spoken: who heard it
  given_by       {{text}} NOT NULL,      -- self | representative
  pii_representative {{text}} NOT NULL,
  standard       {{i64}} NOT NULL,       -- 標準の範囲 by one tick
  topics         {{i64}} NOT NULL,
  valid_until    {{text}} NOT NULL,      -- inclusive; 9999-12-31: until withdrawn
  form_version   {{text}} NOT NULL,
  withdrawn_on   {{text}},
  pii_withdrawal {{text}},
  refused        {{i64}} NOT NULL,       -- 1: asked and refused (a fact of its own)
  sheet_id       {{i64}},                -- photo of the signed sheet; two facts may share one
  recorded_at    {{i64}} NOT NULL,
  recorded_by    {{i64}} NOT NULL,
  version        {{i64}} NOT NULL
){{strict}};
CREATE INDEX consent_household ON consent (household_id);
CREATE INDEX consent_person ON consent (person_id);
CREATE TABLE consent_exception (
  consent_id {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  CONSTRAINT consent_exception_once PRIMARY KEY (consent_id, agency_id)
){{strict}};
CREATE TABLE consent_sheet (
  id           {{i64}} NOT NULL PRIMARY KEY,
  content_type {{text}} NOT NULL,        -- image/jpeg | image/png | application/pdf
  pii_bytes    {{text}} NOT NULL         -- base64url, as the access door hands out text
){{strict}};
-- What had gone out when a consent was withdrawn: the agencies that it had reached.
CREATE TABLE consent_reached (
  consent_id {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  CONSTRAINT consent_reached_once PRIMARY KEY (consent_id, agency_id)
){{strict}};
-- The own view of a person (a child above all), kept apart from what others say.
CREATE TABLE own_view (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  person_id    {{i64}} NOT NULL,
  pii_text     {{text}} NOT NULL,
  heard_on     {{text}} NOT NULL,
  recorded_by  {{i64}} NOT NULL
){{strict}};
CREATE INDEX own_view_person ON own_view (person_id);
-- Without consent: a request to bring it to the 支援会議 (106条の6), with its kind and reason.
CREATE TABLE ground_request (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  person_id    {{i64}},
  body         {{text}} NOT NULL,       -- body code of the city
  ground_code  {{text}} NOT NULL,       -- one of the body's grounds; '' where the plan lists none
  pii_reason   {{text}} NOT NULL,
  asked_by     {{i64}} NOT NULL,        -- agency
  asked_on     {{text}} NOT NULL,
  state        {{text}} NOT NULL,       -- waiting | on_agenda | treated | withdrawn
  treated_on   {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX ground_request_household ON ground_request (household_id);
