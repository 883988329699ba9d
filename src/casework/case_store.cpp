#include "casework/case_store.hpp"

#include <limits>

namespace kasane::casework::store {

namespace {

CaseState state_of(const std::string& code) { return parse_code<CaseState>(code).value_or(CaseState::closed); }

CaseRow map_case(const db::Row& r) {
  CaseRow c;
  c.id = r.id<CaseTag>(0);
  c.household = r.id<HouseholdTag>(1);
  c.number = r.text(2);
  c.state = state_of(r.text(3));
  c.category = r.text(4);
  c.owner = r.opt_id<AgencyTag>(5);
  c.owner_by = r.opt_date(6);
  c.opened_on = r.date(7);
  c.episode = static_cast<int>(r.i64(8));
  c.approach = r.text(9);
  c.cadence_days = static_cast<int>(r.i64(10));
  c.last_contact_on = r.opt_date(11);
  c.contact_by = r.date(12);
  c.next_look_on = r.opt_date(13);
  c.version = r.i64(14);
  return c;
}

/// 1 or 0, to be compared with a parameter: booleans of the two engines differ.
std::int64_t flag(bool on) { return on ? 1 : 0; }

}  // namespace

std::int64_t next_case_serial(db::WriteTx& tx, FiscalYear year) {
  return tx.number(R"sql(INSERT INTO case_counter (fiscal_year, last) VALUES ($1, 1)
                     ON CONFLICT (fiscal_year) DO UPDATE SET last = case_counter.last + 1 RETURNING last)sql",
                   db::params(year.year));
}

void add_case(db::WriteTx& tx, const CaseRow& c) {
  tx.run(R"sql(INSERT INTO support_case (id, number, household_id, state, category, owner_agency, owner_by, opened_on, episode, approach,
             cadence_days, last_contact_on, contact_by, next_look_on, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1))sql",
         db::params(c.id, c.number, c.household, code_of(c.state), c.category, c.owner, c.owner_by, c.opened_on, c.episode, c.approach,
                    c.cadence_days, c.last_contact_on, c.contact_by, c.next_look_on));
}

std::optional<CaseRow> case_row(db::ReadTx& tx, CaseId id) {
  return tx.one<CaseRow>(R"sql(SELECT id, household_id, number, state, category, owner_agency, owner_by, opened_on, episode, approach,
                             cadence_days, last_contact_on, contact_by, next_look_on, version FROM support_case WHERE id = $1)sql",
                         db::params(id), map_case);
}

std::optional<CaseRow> case_row_of(db::ReadTx& tx, HouseholdId household) {
  return tx.one<CaseRow>(R"sql(SELECT id, household_id, number, state, category, owner_agency, owner_by, opened_on, episode, approach,
                             cadence_days, last_contact_on, contact_by, next_look_on, version FROM support_case WHERE household_id = $1)sql",
                         db::params(household), map_case);
}

bool set_case(db::WriteTx& tx, const CaseRow& c, std::int64_t version) {
  return tx.run(R"sql(UPDATE support_case SET state = $3, category = $4, owner_agency = $5, owner_by = $6, episode = $7, approach = $8,
                    cadence_days = $9, contact_by = $10, next_look_on = $11, version = version + 1
                  WHERE id = $1 AND version = $2)sql",
                db::params(c.id, version, code_of(c.state), c.category, c.owner, c.owner_by, c.episode, c.approach, c.cadence_days, c.contact_by,
                           c.next_look_on)) > 0;
}

void move_contact(db::WriteTx& tx, CaseId id, Date last_contact, Date contact_by) {
  tx.run(R"sql(UPDATE support_case SET last_contact_on = $2, contact_by = $3
           WHERE id = $1 AND (last_contact_on IS NULL OR last_contact_on < $2))sql",
         db::params(id, last_contact, contact_by));
}

void set_contact(db::WriteTx& tx, CaseId id, std::optional<Date> last_contact, Date contact_by) {
  tx.run(R"sql(UPDATE support_case SET last_contact_on = $2, contact_by = $3 WHERE id = $1)sql", db::params(id, last_contact, contact_by));
}

void add_case_person(db::WriteTx& tx, CaseId id, PersonId person, Date from) {
  tx.run(R"sql(INSERT INTO case_person (case_id, person_id, from_on, until_on) VALUES ($1, $2, $3, NULL)
           ON CONFLICT (case_id, person_id) DO UPDATE SET until_on = NULL)sql",
         db::params(id, person, from));
}

void end_case_person(db::WriteTx& tx, CaseId id, PersonId person, Date last_day) {
  tx.run(R"sql(UPDATE case_person SET until_on = $3 WHERE case_id = $1 AND person_id = $2 AND until_on IS NULL)sql",
         db::params(id, person, last_day));
}

std::vector<PersonId> case_persons(db::ReadTx& tx, CaseId id, Date on) {
  return tx.list<PersonId>(R"sql(SELECT person_id FROM case_person
                             WHERE case_id = $1 AND (until_on IS NULL OR until_on >= $2) ORDER BY from_on, person_id)sql",
                           db::params(id, on), [](const db::Row& r) { return r.id<PersonTag>(0); });
}

void add_episode(db::WriteTx& tx, CaseId id, const Episode& e) {
  tx.run(R"sql(INSERT INTO case_episode (case_id, number, opened_on, closed_on, trigger_code) VALUES ($1, $2, $3, NULL, $4))sql",
         db::params(id, e.number, e.opened_on, e.trigger));
}

void end_episode(db::WriteTx& tx, CaseId id, int number, Date on) {
  tx.run(R"sql(UPDATE case_episode SET closed_on = $3 WHERE case_id = $1 AND number = $2)sql", db::params(id, number, on));
}

std::vector<Episode> episodes(db::ReadTx& tx, CaseId id) {
  return tx.list<Episode>(R"sql(SELECT number, opened_on, closed_on, trigger_code FROM case_episode WHERE case_id = $1 ORDER BY number)sql",
                          db::params(id), [](const db::Row& r) {
                            return Episode{static_cast<int>(r.i64(0)), r.date(1), r.opt_date(2), r.text(3)};
                          });
}

std::optional<CaseId> known_case_of(const access::Scope<CaseTag>& scope, HouseholdId household) {
  const auto found = scope.list<CaseId>(R"sql(SELECT c.id FROM support_case c WHERE c.household_id = $1 AND {scope:c.id})sql",
                                        db::params(household), [](const access::SealedRow& r) { return r.id<CaseTag>(0); });
  return found.empty() ? std::nullopt : std::optional(found.front());
}

// Two texts of one list, so that a filter by state runs over its index and no filter over that of all open cases.
// $1 state, $2 mine?, $3 own agencies, $4 silent?, $5 today, $6 category, $7 $8 cursor, $9 limit
std::vector<CaseLine> case_lines(const access::Scope<CaseTag>& scope, const std::vector<AgencyId>& mine, Date today, const CaseFilter& filter,
                                 const std::optional<CaseCursor>& from, int limit) {
  const Date first_day = from ? from->opened_on : *Date::from_iso(access::kForever);
  const std::int64_t first_id = from ? from->id.value : std::numeric_limits<std::int64_t>::max();
  auto params = db::params(filter.state ? code_of(*filter.state) : std::string_view("closed"), flag(filter.mine), db::id_list(mine),
                           flag(filter.silent), today, filter.category, first_day, first_id, limit);
  const auto map = [](const access::SealedRow& r) {
    CaseLine line;
    line.id = r.id<CaseTag>(0);
    line.household = r.id<HouseholdTag>(1);
    line.label = r.personal(2, access::Topic::basic);
    line.number = r.text(3);
    line.state = state_of(r.text(4));
    line.category = r.text(5);
    if (auto owner = r.opt_i64(6)) line.owner = AgencyId(*owner);
    line.owner_by = r.opt_date(7);
    line.opened_on = r.date(8);
    line.last_contact_on = r.opt_date(9);
    line.contact_by = r.date(10);
    line.next_on = r.opt_date(11);
    if (const auto own = r.opt_date(12); own && (!line.next_on || *own < *line.next_on)) line.next_on = own;
    return line;
  };
  if (filter.state)
    return scope.list<CaseLine>(R"sql(SELECT c.id, c.household_id, h.pii_label, c.number, c.state, c.category, c.owner_agency, c.owner_by, c.opened_on,
        c.last_contact_on, c.contact_by, c.next_look_on,
        (SELECT min(i.next_on) FROM involvement i WHERE i.household_id = c.household_id AND i.agency_id IN {ids:$3}
           AND i.until_on IS NULL AND i.next_on >= $5)
      FROM support_case c JOIN household h ON h.id = c.household_id
      WHERE c.state = $1 AND (c.opened_on, c.id) < ($7, $8) AND {scope:c.id}
        AND (CAST($2 AS BIGINT) = 0 OR c.owner_agency IN {ids:$3} OR EXISTS (SELECT 1 FROM involvement m
           WHERE m.household_id = c.household_id AND m.agency_id IN {ids:$3} AND m.until_on IS NULL))
        AND (CAST($4 AS BIGINT) = 0 OR (c.contact_by < $5 AND c.state <> 'closed'))
        AND (CAST($6 AS TEXT) = '' OR c.category = $6)
      ORDER BY c.opened_on DESC, c.id DESC LIMIT $9)sql",
                                std::move(params), map);
  return scope.list<CaseLine>(R"sql(SELECT c.id, c.household_id, h.pii_label, c.number, c.state, c.category, c.owner_agency, c.owner_by, c.opened_on,
        c.last_contact_on, c.contact_by, c.next_look_on,
        (SELECT min(i.next_on) FROM involvement i WHERE i.household_id = c.household_id AND i.agency_id IN {ids:$3}
           AND i.until_on IS NULL AND i.next_on >= $5)
      FROM support_case c JOIN household h ON h.id = c.household_id
      WHERE c.state <> $1 AND (c.opened_on, c.id) < ($7, $8) AND {scope:c.id}
        AND (CAST($2 AS BIGINT) = 0 OR c.owner_agency IN {ids:$3} OR EXISTS (SELECT 1 FROM involvement m
           WHERE m.household_id = c.household_id AND m.agency_id IN {ids:$3} AND m.until_on IS NULL))
        AND (CAST($4 AS BIGINT) = 0 OR c.contact_by < $5)
        AND (CAST($6 AS TEXT) = '' OR c.category = $6)
      ORDER BY c.opened_on DESC, c.id DESC LIMIT $9)sql",
                              std::move(params), map);
}

std::int64_t case_count(const access::Scope<CaseTag>& scope, const std::vector<AgencyId>& mine, Date today, const CaseFilter& filter) {
  return scope.count(R"sql(SELECT count(*) FROM (SELECT c.id FROM support_case c
      WHERE (CAST($1 AS TEXT) = '' AND c.state <> 'closed' OR c.state = $1) AND {scope:c.id}
        AND (CAST($2 AS BIGINT) = 0 OR c.owner_agency IN {ids:$3} OR EXISTS (SELECT 1 FROM involvement m
           WHERE m.household_id = c.household_id AND m.agency_id IN {ids:$3} AND m.until_on IS NULL))
        AND (CAST($4 AS BIGINT) = 0 OR (c.contact_by < $5 AND c.state <> 'closed'))
        AND (CAST($6 AS TEXT) = '' OR c.category = $6)
      LIMIT 1001) AS found)sql",
                     db::params(filter.state ? code_of(*filter.state) : std::string_view(), flag(filter.mine), db::id_list(mine),
                                flag(filter.silent), today, filter.category));
}

std::vector<std::int64_t> records_below(db::ReadTx& tx, HouseholdId household, SubjectKind kind) {
  return tx.list<std::int64_t>(R"sql(SELECT id FROM access_subject WHERE root_id = $1 AND kind = $2)sql", db::params(household, kind),
                               [](const db::Row& r) { return r.i64(0); });
}

std::vector<StandingReach> standing_reaches(db::ReadTx& tx, HouseholdId household, Date on) {
  return tx.list<StandingReach>(R"sql(SELECT r.party_id, r.person_id, r.topics, r.ground, g.source_id, g.recipients, r.valid_until, g.basis
                                  FROM access_reach r JOIN access_ground g ON g.id = r.ground_id
                                  WHERE r.root_id = $1 AND r.valid_from <= $2 AND r.valid_until >= $2 ORDER BY r.party_id, r.ground_id)sql",
                                db::params(household, on), [](const db::Row& r) {
                                  StandingReach s;
                                  s.party = r.id<AgencyTag>(0);
                                  if (r.i64(1) != 0) s.person = PersonId(r.i64(1));
                                  s.topics = access::Topics(static_cast<std::uint32_t>(r.i64(2)));
                                  s.kind = static_cast<access::GroundKind>(r.i64(3));
                                  s.source = r.i64(4);
                                  s.team = r.text(5) == "team";
                                  s.until = r.date(6);
                                  s.basis = r.text(7);
                                  return s;
                                });
}

}  // namespace kasane::casework::store
