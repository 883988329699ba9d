-- Agencies of the city's folder with their ids, accounts, posts, sign-in. Names of staff are official, not case data.
CREATE TABLE agency (
  id     {{i64}} NOT NULL PRIMARY KEY,
  code   {{text}} NOT NULL CONSTRAINT agency_code_once UNIQUE,
  name   {{text}} NOT NULL,
  active {{i64}} NOT NULL
){{strict}};
CREATE TABLE account (
  id            {{i64}} NOT NULL PRIMARY KEY,
  login         {{text}} NOT NULL CONSTRAINT account_login_once UNIQUE,
  display_name  {{text}} NOT NULL,
  password_hash {{text}} NOT NULL,
  active        {{i64}} NOT NULL,
  version       {{i64}} NOT NULL,
  made_at       {{i64}} NOT NULL
){{strict}};
CREATE TABLE post (
  id         {{i64}} NOT NULL PRIMARY KEY,
  account_id {{i64}} NOT NULL,
  agency_id  {{i64}} NOT NULL,
  role       {{i64}} NOT NULL,
  title      {{text}} NOT NULL,
  services   {{text}} NOT NULL,   -- service codes joined by ',': acts of this post count for these
  valid_from {{text}} NOT NULL,
  valid_until {{text}} NOT NULL
){{strict}};
CREATE INDEX post_account ON post (account_id);
CREATE INDEX post_agency ON post (agency_id);
CREATE TABLE login_session (
  token_hash {{text}} NOT NULL PRIMARY KEY,
  account_id {{i64}} NOT NULL,
  csrf       {{text}} NOT NULL,
  made_at    {{i64}} NOT NULL,
  seen_at    {{i64}} NOT NULL,
  ended_at   {{i64}}
){{strict}};
CREATE INDEX login_session_account ON login_session (account_id) WHERE ended_at IS NULL;
CREATE TABLE login_throttle (
  key_hash {{text}} NOT NULL PRIMARY KEY,
  since    {{i64}} NOT NULL,
  failures {{i64}} NOT NULL
){{strict}};
-- Half-typed text, kept on the server (desks are shared), encrypted with the city's key; gone when the form is saved.
CREATE TABLE draft (
  account_id {{i64}} NOT NULL,
  draft_key  {{text}} NOT NULL,
  cipher     {{blob}} NOT NULL,
  saved_at   {{i64}} NOT NULL,
  CONSTRAINT draft_once PRIMARY KEY (account_id, draft_key)
){{strict}};
-- What the city's folder was when the program last started with it: a change of rules or wording is an event of the audit.
CREATE TABLE settings_seen (
  fingerprint {{text}} NOT NULL,
  seen_at     {{i64}} NOT NULL,
  CONSTRAINT settings_seen_once PRIMARY KEY (seen_at)
){{strict}};
