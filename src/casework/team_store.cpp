#include "casework/team_store.hpp"

namespace kasane::casework::store {

namespace {

Involvement map_involvement(const access::SealedRow& r) {
  Involvement i;
  i.id = r.id<InvolvementTag>(0);
  i.agency = r.id<AgencyTag>(1);
  if (auto account = r.opt_i64(2)) i.account = AccountId(*account);
  i.contact_name = r.opt_text(3).value_or("");
  i.role = parse_code<InvolvementRole>(r.text(4)).value_or(InvolvementRole::member);
  if (auto person = r.opt_i64(5)) i.person = PersonId(*person);
  i.what = r.personal(6, access::Topic::basic);
  i.from_on = r.date(7);
  i.until_on = r.opt_date(8);
  i.last_contact_on = r.opt_date(9);
  i.next_on = r.opt_date(10);
  i.version = r.i64(11);
  return i;
}

}  // namespace

void add_involvement(const access::Permit<InvolvementTag>& permit, db::WriteTx& tx, const NewInvolvement& in) {
  permit.run(tx, R"sql(INSERT INTO involvement (id, household_id, agency_id, account_id, role, person_id, pii_what, from_on, until_on, last_contact_on, next_on, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, NULL, NULL, $8, 1))sql",
             db::params(in.household, in.agency, in.account, code_of(in.role), in.person, in.what, in.from_on, in.next_on));
}

std::vector<Involvement> involvements(const access::Scope<InvolvementTag>& scope, HouseholdId household) {
  return scope.list<Involvement>(R"sql(SELECT i.id, i.agency_id, i.account_id, a.display_name, i.role, i.person_id, i.pii_what, i.from_on, i.until_on,
        i.last_contact_on, i.next_on, i.version
      FROM involvement i LEFT JOIN account a ON a.id = i.account_id
      WHERE i.household_id = $1 AND {scope:i.id}
      ORDER BY CASE WHEN i.until_on IS NULL THEN 0 ELSE 1 END,
        CASE i.role WHEN 'coordinating' THEN 0 WHEN 'main_contact' THEN 0 WHEN 'watching' THEN 2 ELSE 1 END, i.from_on, i.id LIMIT 200)sql",
                                 db::params(household), map_involvement);
}

std::optional<Involvement> involvement(const access::Permit<InvolvementTag>& permit) {
  return permit.one<Involvement>(R"sql(SELECT i.id, i.agency_id, i.account_id, a.display_name, i.role, i.person_id, i.pii_what, i.from_on, i.until_on,
        i.last_contact_on, i.next_on, i.version
      FROM involvement i LEFT JOIN account a ON a.id = i.account_id WHERE i.id = $permit)sql",
                                 {}, map_involvement);
}

std::optional<HouseholdId> household_of(db::ReadTx& tx, InvolvementId id) {
  return tx.one<HouseholdId>(R"sql(SELECT household_id FROM involvement WHERE id = $1)sql", db::params(id),
                             [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

bool set_involvement(const access::Permit<InvolvementTag>& permit, db::WriteTx& tx, const InvolvementChange& in, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE involvement SET account_id = $1, role = $2, pii_what = $3, last_contact_on = $4, next_on = $5, version = version + 1
                          WHERE id = $permit AND version = $6)sql",
                    db::params(in.account, code_of(in.role), in.what, in.last_contact_on, in.next_on, version)) > 0;
}

bool set_involvement(const access::Permit<CaseTag>& permit, db::WriteTx& tx, InvolvementId id, const InvolvementChange& in, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE involvement SET account_id = $1, role = $2, pii_what = $3, last_contact_on = $4, next_on = $5, version = version + 1
                          WHERE id = $7 AND version = $6 AND household_id = (SELECT c.household_id FROM support_case c WHERE c.id = $permit))sql",
                    db::params(in.account, code_of(in.role), in.what, in.last_contact_on, in.next_on, version, id)) > 0;
}

bool end_involvement(db::WriteTx& tx, InvolvementId id, Date last_day, std::int64_t version) {
  return tx.run(R"sql(UPDATE involvement SET until_on = CASE WHEN $2 < from_on THEN from_on ELSE $2 END, next_on = NULL, version = version + 1
                  WHERE id = $1 AND version = $3 AND until_on IS NULL)sql",
                db::params(id, last_day, version)) > 0;
}

std::vector<TeamRow> current_team(db::ReadTx& tx, HouseholdId household) {
  return tx.list<TeamRow>(R"sql(SELECT i.id, i.agency_id, i.role, i.version, s.topics FROM involvement i JOIN access_subject s ON s.id = i.id
                            WHERE i.household_id = $1 AND i.until_on IS NULL ORDER BY i.from_on, i.id)sql",
                          db::params(household), [](const db::Row& r) {
                            const access::Topics topics(static_cast<std::uint32_t>(r.i64(4)));
                            return TeamRow{r.id<InvolvementTag>(0), r.id<AgencyTag>(1),
                                           parse_code<InvolvementRole>(r.text(2)).value_or(InvolvementRole::member),
                                           topics.meets(access::Topic::abuse), r.i64(3)};
                          });
}

bool all_rows_guarded(db::ReadTx& tx, HouseholdId household, AgencyId agency) {
  bool stands[2] = {false, false}, ended[2] = {false, false};  // by: guarded
  tx.each(R"sql(SELECT i.until_on, s.topics FROM involvement i JOIN access_subject s ON s.id = i.id
            WHERE i.household_id = $1 AND i.agency_id = $2)sql",
          db::params(household, agency), [&](const db::Row& r) {
            const bool guarded = access::Topics(static_cast<std::uint32_t>(r.i64(1))).meets(access::Topic::abuse);
            (r.is_null(0) ? stands : ended)[guarded ? 1 : 0] = true;
          });
  if (stands[0] || stands[1]) return !stands[0];
  return ended[1] && !ended[0];
}

bool knows_involvement(const access::Scope<InvolvementTag>& scope, HouseholdId household, AgencyId agency) {
  return !scope.list<bool>(R"sql(SELECT i.id FROM involvement i WHERE i.household_id = $1 AND i.agency_id = $2 AND {scope:i.id} LIMIT 1)sql",
                           db::params(household, agency), [](const access::SealedRow&) { return true; }).empty();
}

void note_contact(db::WriteTx& tx, HouseholdId household, AgencyId agency, Date on, std::optional<PersonId> only) {
  tx.run(R"sql(UPDATE involvement SET last_contact_on = $3
           WHERE household_id = $1 AND agency_id = $2 AND until_on IS NULL AND (last_contact_on IS NULL OR last_contact_on < $3)
             AND (CAST($4 AS BIGINT) = 0 OR person_id = $4))sql",
         db::params(household, agency, on, only ? only->value : std::int64_t{0}));
}

void set_contact(db::WriteTx& tx, HouseholdId household, AgencyId agency, std::optional<Date> on) {
  tx.run(R"sql(UPDATE involvement SET last_contact_on = $3 WHERE household_id = $1 AND agency_id = $2 AND until_on IS NULL)sql",
         db::params(household, agency, on));
}

void note_next(db::WriteTx& tx, HouseholdId household, AgencyId agency, Date next_on, std::optional<PersonId> only) {
  tx.run(R"sql(UPDATE involvement SET next_on = $3 WHERE household_id = $1 AND agency_id = $2 AND until_on IS NULL
             AND (CAST($4 AS BIGINT) = 0 OR person_id = $4))sql",
         db::params(household, agency, next_on, only ? only->value : std::int64_t{0}));
}

bool works_in(db::ReadTx& tx, AccountId account, AgencyId agency, Date on) {
  return tx.exists(R"sql(SELECT 1 FROM post p JOIN account a ON a.id = p.account_id
                     WHERE p.account_id = $1 AND p.agency_id = $2 AND p.valid_from <= $3 AND p.valid_until >= $3 AND a.active = 1 LIMIT 1)sql",
                   db::params(account, agency, on));
}

std::vector<Colleague> colleagues(db::ReadTx& tx, AgencyId agency, Date on) {
  return tx.list<Colleague>(R"sql(SELECT a.id, a.display_name, min(p.title) FROM post p JOIN account a ON a.id = p.account_id
                              WHERE p.agency_id = $1 AND p.valid_from <= $2 AND p.valid_until >= $2 AND a.active = 1
                              GROUP BY a.id, a.display_name ORDER BY a.display_name, a.id LIMIT 200)sql",
                            db::params(agency, on), [](const db::Row& r) {
                              return Colleague{r.id<AccountTag>(0), r.text(1), r.text(2)};
                            });
}

}  // namespace kasane::casework::store
