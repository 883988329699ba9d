-- What of an item's packet is open, summaries without names, who has acknowledged secrecy, guests, and opening a household
-- in an emergency.
CREATE TABLE packet_state (
  item_id        {{i64}} NOT NULL PRIMARY KEY,
  closed_at      {{i64}},                -- none: open until each attendee's day
  closed_by      {{i64}},
  slice_ended_at {{i64}}                 -- the item is over: sections that got just this item see it no more
){{strict}};
-- For advisers who are not appointed for the item. A record of its own: who reaches it reaches nothing else.
CREATE TABLE packet_summary (
  id         {{i64}} NOT NULL PRIMARY KEY,
  item_id    {{i64}} NOT NULL CONSTRAINT packet_summary_once UNIQUE,
  pii_people {{text}} NOT NULL,          -- ages in tens: 80代、50代
  pii_text   {{text}} NOT NULL,          -- typed by who prepares the item, never taken from other text
  version    {{i64}} NOT NULL
){{strict}};
-- Once for each person, body and fiscal year.
CREATE TABLE secrecy_acknowledgement (
  account_id  {{i64}} NOT NULL,
  body        {{text}} NOT NULL,
  fiscal_year {{i64}} NOT NULL,
  on_day      {{text}} NOT NULL,
  wording     {{text}} NOT NULL,         -- the text that was shown
  CONSTRAINT secrecy_acknowledgement_once PRIMARY KEY (account_id, body, fiscal_year)
){{strict}};
CREATE INDEX secrecy_acknowledgement_body ON secrecy_acknowledgement (body, fiscal_year);
-- One named outside person and the packet of one item. Neither the address nor the code is kept, only what they hash to.
CREATE TABLE guest_link (
  id           {{i64}} NOT NULL PRIMARY KEY,
  item_id      {{i64}} NOT NULL,
  kind         {{text}} NOT NULL CONSTRAINT guest_link_kind CHECK (kind IN ('outside', 'host_company')),
  pii_name     {{text}} NOT NULL,
  pii_office   {{text}} NOT NULL,        -- school, surgery, company
  appointed_on {{text}},                 -- 委嘱
  until_on     {{text}} NOT NULL,
  topics       {{i64}} NOT NULL,
  token_hash   {{text}} NOT NULL CONSTRAINT guest_link_token_once UNIQUE,
  code_hash    {{text}} NOT NULL,
  tries        {{i64}} NOT NULL,         -- wrong codes in a row
  made_on      {{text}} NOT NULL,
  secrecy_on   {{text}},
  revoked_on   {{text}},
  pii_answer   {{text}} NOT NULL,
  answered_at  {{i64}},
  answered_by  {{i64}},                  -- account that typed it from paper; none: the guest
  read_on      {{text}},
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX guest_link_item ON guest_link (item_id);
CREATE TABLE guest_session (
  token_hash {{text}} NOT NULL PRIMARY KEY,
  link_id    {{i64}} NOT NULL,
  started_at {{i64}} NOT NULL,
  seen_at    {{i64}} NOT NULL
){{strict}};
CREATE INDEX guest_session_link ON guest_session (link_id);
CREATE TABLE emergency_access (
  id           {{i64}} NOT NULL PRIMARY KEY,
  household_id {{i64}} NOT NULL,
  account_id   {{i64}} NOT NULL,         -- who opened it, for itself alone
  agency_id    {{i64}} NOT NULL,
  holder_id    {{i64}} NOT NULL,         -- agency that holds the household and reviews the opening
  reason_code  {{text}} NOT NULL,        -- code table emergency_reason
  pii_reason   {{text}} NOT NULL,
  opened_at    {{i64}} NOT NULL,
  until_at     {{i64}} NOT NULL,
  ended_at     {{i64}},
  review_by    {{text}} NOT NULL,
  reviewed_on  {{text}},
  reviewed_by  {{i64}},
  verdict      {{text}} NOT NULL CONSTRAINT emergency_access_verdict CHECK (verdict IN ('', 'justified', 'not_justified')),
  pii_note     {{text}} NOT NULL,
  version      {{i64}} NOT NULL
){{strict}};
CREATE INDEX emergency_access_account ON emergency_access (account_id, opened_at);
CREATE INDEX emergency_access_running ON emergency_access (until_at) WHERE ended_at IS NULL;
CREATE INDEX emergency_access_day ON emergency_access (opened_at);
