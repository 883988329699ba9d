#include "casework/notice_store.hpp"

namespace kasane::casework::notice_store {

namespace {

using access::SealedRow;
using access::Topic;

NoticeState state_of(const std::string& code) { return parse_code<NoticeState>(code).value_or(NoticeState::open); }

Notice map(NoticeId id, const SealedRow& r) {
  Notice n;
  n.id = id;
  n.received_on = r.date(0);
  n.channel = r.text(1);
  n.source = r.text(2);
  n.from_community = r.i64(3) != 0;
  n.owner = r.id<AgencyTag>(4);
  n.look_by = r.date(5);
  n.area = r.text(6);
  n.about = r.personal(7, Topic::basic);
  n.text = r.personal(8, Topic::basic);
  n.reporter = r.personal(9, Topic::reporter);
  n.abuse_named = r.i64(10) != 0;
  n.state = state_of(r.text(11));
  n.looked_on = r.opt_date(12);
  n.result = parse_code<LookResult>(r.text(13));
  n.result_note = r.personal(14, Topic::basic);
  if (auto h = r.opt_i64(15)) n.household = HouseholdId(*h);
  n.version = r.i64(16);
  return n;
}

NoticeLine line(const SealedRow& r) {
  return {r.id<NoticeTag>(0), r.date(1), r.text(2), r.id<AgencyTag>(3), r.date(4), r.text(5), r.personal(6, Topic::basic), r.i64(7) != 0,
          state_of(r.text(8))};
}

}  // namespace

void add(db::WriteTx& tx, const NoticePermit& permit, const NewNotice& n, Date look_by) {
  permit.run(tx, R"sql(INSERT INTO notice (id, received_on, channel, source, from_community, owner_id, look_by, area_code, pii_about, pii_text,
                         pii_reporter, abuse_named, state, looked_on, result, pii_result, household_id, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', NULL, '', '', NULL, 1))sql",
             db::params(n.received_on, n.channel, n.source, std::int64_t{n.from_community}, n.owner, look_by, n.area, n.about, n.text, n.reporter,
                        std::int64_t{n.abuse_named}));
}

std::optional<Notice> read(const NoticePermit& permit) {
  return permit.one<Notice>(R"sql(SELECT received_on, channel, source, from_community, owner_id, look_by, area_code, pii_about, pii_text,
                                    pii_reporter, abuse_named, state, looked_on, result, pii_result, household_id, version
                                  FROM notice WHERE id = $permit)sql",
                            {}, [&](const SealedRow& r) { return map(permit.id(), r); });
}

bool set_looked(db::WriteTx& tx, const NoticePermit& permit, std::int64_t version, const Look& look, NoticeState state, AgencyId owner, Date look_by) {
  return permit.run(tx, R"sql(UPDATE notice SET looked_on = $1, result = $2, pii_result = $3, state = $4, owner_id = $5, look_by = $6,
                                version = version + 1
                              WHERE id = $permit AND version = $7)sql",
                    db::params(look.on, code_of(look.result), look.note, code_of(state), owner, look_by, version)) == 1;
}

bool set_linked(db::WriteTx& tx, const NoticePermit& permit, std::int64_t version, HouseholdId household) {
  return permit.run(tx, R"sql(UPDATE notice SET household_id = $1, state = 'linked', version = version + 1
                              WHERE id = $permit AND version = $2)sql",
                    db::params(household, version)) == 1;
}

std::vector<NoticeLine> open(access::Gate& gate, const std::optional<ListKey>& after, int limit) {
  const ListKey key = after.value_or(ListKey{Date::from_days(-719162), 0});
  return gate.scope<NoticeTag>().list<NoticeLine>(
      R"sql(SELECT n.id, n.received_on, n.source, n.owner_id, n.look_by, n.area_code, n.pii_about, n.abuse_named, n.state
            FROM notice n
            WHERE n.state IN ('open', 'looked') AND (n.look_by > $1 OR (n.look_by = $1 AND n.id > $2)) AND {scope:n.id}
            ORDER BY n.look_by, n.id LIMIT $3)sql",
      db::params(key.day, key.id, limit), line);
}

std::vector<NoticeLine> done(access::Gate& gate, const std::optional<ListKey>& after, int limit) {
  const ListKey key = after.value_or(ListKey{*Date::from_iso(access::kForever), 0});
  return gate.scope<NoticeTag>().list<NoticeLine>(
      R"sql(SELECT n.id, n.received_on, n.source, n.owner_id, n.look_by, n.area_code, n.pii_about, n.abuse_named, n.state
            FROM notice n
            WHERE n.state IN ('linked', 'ended') AND (n.received_on < $1 OR (n.received_on = $1 AND n.id < $2)) AND {scope:n.id}
            ORDER BY n.received_on DESC, n.id DESC LIMIT $3)sql",
      db::params(key.day, key.id, limit), line);
}

void add_receipt(db::WriteTx& tx, AccountId account, UtcMs at) {
  tx.run(R"sql(INSERT INTO notice_receipt (id, account_id, received_at) VALUES ($1, $2, $3))sql", db::params(next_id(), account, at));
}

std::vector<Receipt> receipts(db::ReadTx& tx, AccountId account, int limit) {
  return tx.list(R"sql(SELECT received_at FROM notice_receipt WHERE account_id = $1 ORDER BY received_at DESC, id DESC LIMIT $2)sql",
                 db::params(account, limit), [](const db::Row& r) { return Receipt{r.i64(0)}; });
}

}  // namespace kasane::casework::notice_store
