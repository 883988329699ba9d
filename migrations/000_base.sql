-- What every room leans on: commands already carried out, and what is to be done outside after a commit.

-- A repeat of a command (double click, retry) finds its first answer here and does nothing.
CREATE TABLE command (
  command_id {{text}} NOT NULL,
  account_id {{i64}} NOT NULL,
  at {{i64}} NOT NULL,
  result {{text}} NOT NULL,
  CONSTRAINT command_once PRIMARY KEY (command_id)
) {{strict}};
CREATE INDEX command_at ON command (at);

-- Names records by id; holds no personal data.
CREATE TABLE outbox (
  id {{i64}} PRIMARY KEY,
  topic {{text}} NOT NULL,
  payload {{text}} NOT NULL,
  attempts {{i64}} NOT NULL DEFAULT 0
) {{strict}};
CREATE INDEX outbox_order ON outbox (attempts, id);
