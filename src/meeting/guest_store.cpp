#include "meeting/guest_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

namespace {

/// Columns id, item_id, kind, appointed_on, until_on, topics, tries, made_on, secrecy_on, revoked_on, answered_at,
/// answered_by, read_on, version, agency_id, apart_on, from the first on.
template <class AnyRow>
GuestFacts facts_of(const AnyRow& r) {
  GuestFacts f;
  f.id = r.template id<GuestLinkTag>(0);
  f.item = r.template id<AgendaItemTag>(1);
  f.kind = parse_guest_kind(r.text(2)).value_or(GuestKind::outside);
  f.appointed_on = r.opt_date(3);
  f.until = r.date(4);
  f.topics = access::Topics(static_cast<std::uint32_t>(r.i64(5)));
  f.tries = static_cast<int>(r.i64(6));
  f.made_on = r.date(7);
  f.secrecy_on = r.opt_date(8);
  f.revoked_on = r.opt_date(9);
  f.answered_at = r.opt_i64(10);
  if (const auto by = r.opt_i64(11)) f.answered_by = AccountId(*by);
  f.read_on = r.opt_date(12);
  f.version = r.i64(13);
  if (const auto agency = r.opt_i64(14)) f.agency = AgencyId(*agency);
  f.apart_on = r.opt_date(15);
  return f;
}

}  // namespace

void insert_guest(db::WriteTx& tx, const GuestPermit& permit, const GuestFacts& f, const GuestSecrets& secrets, const std::string& name, const std::string& office) {
  permit.run(tx, R"sql(INSERT INTO guest_link (id, item_id, kind, pii_name, pii_office, appointed_on, until_on, topics, token_hash, code_hash, tries, made_on,
                         secrecy_on, revoked_on, pii_answer, answered_at, answered_by, read_on, version, agency_id, apart_on)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, NULL, NULL, '', NULL, NULL, NULL, 1, $11, $12))sql",
             db::params(f.item, code_of(f.kind), name, office, f.appointed_on, f.until, static_cast<std::int64_t>(f.topics.bits()), secrets.token_hash,
                        secrets.code_hash, f.made_on, f.agency, f.apart_on));
}

std::optional<GuestFacts> guest(db::ReadTx& tx, GuestLinkId id) {
  return tx.one<GuestFacts>(R"sql(SELECT id, item_id, kind, appointed_on, until_on, topics, tries, made_on, secrecy_on, revoked_on, answered_at, answered_by,
                                    read_on, version, agency_id, apart_on FROM guest_link WHERE id = $1)sql",
                            db::params(id), [](const db::Row& r) { return facts_of(r); });
}

std::optional<GuestFacts> guest_by_token(db::ReadTx& tx, const std::string& token_hash) {
  return tx.one<GuestFacts>(R"sql(SELECT id, item_id, kind, appointed_on, until_on, topics, tries, made_on, secrecy_on, revoked_on, answered_at, answered_by,
                                    read_on, version, agency_id, apart_on FROM guest_link WHERE token_hash = $1)sql",
                            db::params(token_hash), [](const db::Row& r) { return facts_of(r); });
}

std::optional<AgencyId> host_of(db::ReadTx& tx, GuestLinkId id) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(id), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::vector<GuestFacts> guests_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.list<GuestFacts>(R"sql(SELECT id, item_id, kind, appointed_on, until_on, topics, tries, made_on, secrecy_on, revoked_on, answered_at, answered_by,
                                     read_on, version, agency_id, apart_on FROM guest_link WHERE item_id = $1 AND revoked_on IS NULL ORDER BY id)sql",
                             db::params(item), [](const db::Row& r) { return facts_of(r); });
}

GuestLink view(const GuestPermit& permit, const GuestFacts& facts) {
  GuestLink link{facts, {}, {}, {}};
  permit.list<int>(R"sql(SELECT pii_name, pii_office, pii_answer FROM guest_link WHERE id = $permit)sql", {}, [&](const SealedRow& r) {
    link.name = r.personal(0, Topic::meeting);
    link.office = r.personal(1, Topic::meeting);
    link.answer = r.personal(2, Topic::meeting);
    return 0;
  });
  return link;
}

std::vector<GuestLink> links(const access::Scope<GuestLinkTag>& scope, AgendaItemId item) {
  return scope.list<GuestLink>(
      R"sql(SELECT g.id, g.item_id, g.kind, g.appointed_on, g.until_on, g.topics, g.tries, g.made_on, g.secrecy_on, g.revoked_on, g.answered_at, g.answered_by,
              g.read_on, g.version, g.agency_id, g.apart_on, g.pii_name, g.pii_office, g.pii_answer
            FROM guest_link g WHERE g.item_id = $1 AND {scope:g.id} ORDER BY g.id DESC LIMIT 50)sql",
      db::params(item), [](const SealedRow& r) {
        return GuestLink{facts_of(r), r.personal(16, Topic::meeting), r.personal(17, Topic::meeting), r.personal(18, Topic::meeting)};
      });
}

bool set_secrets(db::WriteTx& tx, GuestLinkId id, std::int64_t version, const GuestSecrets& secrets) {
  return tx.run(R"sql(UPDATE guest_link SET token_hash = $3, code_hash = $4, tries = 0, version = version + 1
                      WHERE id = $1 AND version = $2 AND revoked_on IS NULL)sql",
                db::params(id, version, secrets.token_hash, secrets.code_hash)) == 1;
}

bool set_revoked(db::WriteTx& tx, GuestLinkId id, std::int64_t version, Date on) {
  return tx.run(R"sql(UPDATE guest_link SET revoked_on = $3, version = version + 1 WHERE id = $1 AND version = $2 AND revoked_on IS NULL)sql",
                db::params(id, version, on)) == 1;
}

void set_secrecy(db::WriteTx& tx, GuestLinkId id, Date on) {
  tx.run(R"sql(UPDATE guest_link SET secrecy_on = $2 WHERE id = $1 AND secrecy_on IS NULL)sql", db::params(id, on));
}

bool set_answer(db::WriteTx& tx, const GuestPermit& permit, const std::string& answer, UtcMs at, std::optional<AccountId> typed_by,
                std::optional<std::int64_t> version) {
  return permit.run(tx, R"sql(UPDATE guest_link SET pii_answer = $1, answered_at = $2, answered_by = $3, read_on = NULL, version = version + 1
                              WHERE id = $permit AND (CAST($4 AS BIGINT) IS NULL OR version = CAST($4 AS BIGINT)))sql",
                    db::params(answer, at, typed_by, version)) == 1;
}

void set_read(db::WriteTx& tx, GuestLinkId id, Date on) {
  tx.run(R"sql(UPDATE guest_link SET read_on = $2 WHERE id = $1 AND read_on IS NULL)sql", db::params(id, on));
}

bool spend_try(db::WriteTx& tx, GuestLinkId id) {
  return tx.run(R"sql(UPDATE guest_link SET tries = tries + 1 WHERE id = $1 AND tries < CAST($2 AS BIGINT))sql", db::params(id, std::int64_t{kMostTries})) == 1;
}

bool code_fits(db::ReadTx& tx, GuestLinkId id, const std::string& code_hash) {
  return tx.number(R"sql(SELECT count(*) FROM guest_link WHERE id = $1 AND code_hash = $2)sql", db::params(id, code_hash)) == 1;
}

void clear_tries(db::WriteTx& tx, GuestLinkId id) {
  tx.run(R"sql(UPDATE guest_link SET tries = 0 WHERE id = $1)sql", db::params(id));
}

void add_guest_session(db::WriteTx& tx, const std::string& token_hash, const GuestSession& s) {
  tx.run(R"sql(INSERT INTO guest_session (token_hash, link_id, started_at, seen_at) VALUES ($1, $2, $3, $4))sql",
         db::params(token_hash, s.link, s.started_at, s.seen_at));
}

std::optional<GuestSession> guest_session(db::ReadTx& tx, const std::string& token_hash) {
  return tx.one<GuestSession>(R"sql(SELECT link_id, started_at, seen_at FROM guest_session WHERE token_hash = $1)sql", db::params(token_hash),
                              [](const db::Row& r) { return GuestSession{r.id<GuestLinkTag>(0), r.i64(1), r.i64(2)}; });
}

void touch_guest_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now) {
  tx.run(R"sql(UPDATE guest_session SET seen_at = $2 WHERE token_hash = $1)sql", db::params(token_hash, now));
}

void end_all_guest_sessions(db::WriteTx& tx) { tx.run(R"sql(DELETE FROM guest_session)sql"); }

void end_guest_sessions(db::WriteTx& tx, GuestLinkId id) {
  tx.run(R"sql(DELETE FROM guest_session WHERE link_id = $1)sql", db::params(id));
}

}  // namespace kasane::meeting::store
