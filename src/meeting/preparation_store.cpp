#include "meeting/preparation_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

void insert_sheet(db::WriteTx& tx, const SheetPermit& permit, AgendaItemId item, const SheetText& text, AgencyId agency, AccountId by, UtcMs now) {
  permit.run(tx, R"sql(INSERT INTO preparation (id, item_id, agency_id, account_id, pii_picture, pii_doing, pii_trouble, pii_ask, written_at, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, 1))sql",
             db::params(item, agency, by, text.picture, text.doing, text.trouble, text.ask, now));
}

bool set_sheet(db::WriteTx& tx, const SheetPermit& permit, std::int64_t version, const SheetText& text, AccountId by, UtcMs now) {
  return permit.run(tx, R"sql(UPDATE preparation SET pii_picture = $1, pii_doing = $2, pii_trouble = $3, pii_ask = $4, account_id = $5, written_at = $6,
                              version = version + 1 WHERE id = $permit AND version = $7)sql",
                    db::params(text.picture, text.doing, text.trouble, text.ask, by, now, version)) == 1;
}

std::optional<MeetingNoteId> sheet_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<MeetingNoteId>(R"sql(SELECT id FROM preparation WHERE item_id = $1)sql", db::params(item), [](const db::Row& r) { return r.id<MeetingNoteTag>(0); });
}

std::optional<Sheet> sheet(const SheetPermit& permit) {
  return permit.one<Sheet>(R"sql(SELECT id, item_id, agency_id, pii_picture, pii_doing, pii_trouble, pii_ask, written_at, version
                                 FROM preparation WHERE id = $permit)sql",
                           {}, [](const SealedRow& r) {
                             Sheet s;
                             s.id = r.id<MeetingNoteTag>(0);
                             s.item = r.id<AgendaItemTag>(1);
                             s.agency = r.id<AgencyTag>(2);
                             s.picture = r.personal(3, Topic::meeting);
                             s.doing = r.personal(4, Topic::meeting);
                             s.trouble = r.personal(5, Topic::meeting);
                             s.ask = r.personal(6, Topic::meeting);
                             s.written_at = r.i64(7);
                             s.version = r.i64(8);
                             return s;
                           });
}

std::unordered_map<AgendaItemId, UtcMs> written(const access::Scope<MeetingNoteTag>& scope, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, UtcMs> all;
  if (items.empty()) return all;
  scope.list<int>(R"sql(SELECT p.id, p.item_id, p.written_at FROM preparation p WHERE p.item_id IN {ids:$1} AND {scope:p.id} LIMIT 500)sql",
                  db::params(db::id_list(items)), [&](const SealedRow& r) {
                    all[r.id<AgendaItemTag>(1)] = r.i64(2);
                    return 0;
                  });
  return all;
}

std::optional<AgencyId> host_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(item), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::optional<AgencyId> host_of(db::ReadTx& tx, MeetingNoteId sheet) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(sheet), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::optional<AgencyId> held_back_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<AgencyId>(R"sql(SELECT s.holder_id FROM preparation p JOIN access_subject s ON s.id = p.id WHERE p.item_id = $1 AND s.sharing = $2)sql",
                          db::params(item, static_cast<std::int64_t>(access::Sharing::own)), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

void raise_sheet(db::WriteTx& tx, MeetingNoteId sheet) {
  tx.run(R"sql(UPDATE preparation SET version = version + 1 WHERE id = $1)sql", db::params(sheet));
}

std::unordered_map<AgendaItemId, AgencyId> owners_of(db::ReadTx& tx, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, AgencyId> all;
  if (items.empty()) return all;
  tx.each(R"sql(SELECT i.id, c.owner_agency FROM agenda_item i JOIN support_case c ON c.id = i.case_id
            WHERE i.id IN {ids:$1} AND c.owner_agency IS NOT NULL)sql",
          db::params(db::id_list(items)), [&](const db::Row& r) { all[r.id<AgendaItemTag>(0)] = r.id<AgencyTag>(1); });
  return all;
}

}  // namespace kasane::meeting::store
