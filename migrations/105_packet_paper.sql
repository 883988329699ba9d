-- Packets on paper for somebody of an attending agency who has no account: who got one, so that it is known who has read.
CREATE TABLE packet_paper (
  id         {{i64}} NOT NULL PRIMARY KEY,
  item_id    {{i64}} NOT NULL,
  party_id   {{i64}} NOT NULL,               -- attendee of the item
  reader     {{text}} NOT NULL,              -- name of the member of staff
  handed_on  {{text}} NOT NULL,
  account_id {{i64}} NOT NULL
){{strict}};
CREATE INDEX packet_paper_item ON packet_paper (item_id, party_id);
