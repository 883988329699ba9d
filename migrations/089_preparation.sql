-- The preparation sheet of an agenda item: four questions, written by the agency that owns the case, else by the host.
-- A record of its own below the item, reached by whoever reaches the item.
CREATE TABLE preparation (
  id          {{i64}} NOT NULL PRIMARY KEY,
  item_id     {{i64}} NOT NULL CONSTRAINT preparation_once UNIQUE,
  agency_id   {{i64}} NOT NULL,          -- that writes it
  account_id  {{i64}} NOT NULL,          -- who wrote it last
  pii_picture {{text}} NOT NULL,         -- 世帯のようす
  pii_doing   {{text}} NOT NULL,         -- いましていること
  pii_trouble {{text}} NOT NULL,         -- 困っていること
  pii_ask     {{text}} NOT NULL,         -- たずねたいこと
  written_at  {{i64}} NOT NULL,
  version     {{i64}} NOT NULL
){{strict}};
