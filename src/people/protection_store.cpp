#include "people/protection_store.hpp"

#include "db/param.hpp"
#include "people/protection_rules.hpp"

namespace kasane::people::protection_store {

using access::SealedRow;
using access::Topic;

namespace {

ProtectionKind kind_of(const std::string& code) { return protection_kind_of(code).value_or(ProtectionKind::own); }

MeasureLine line_of(const SealedRow& r) {
  MeasureLine m;
  m.id = r.id<ProtectiveMeasureTag>(0);
  m.household = r.id<HouseholdTag>(1);
  m.person = r.id<PersonTag>(2);
  m.kind = kind_of(r.text(3));
  m.from = r.date(4);
  m.until = r.opt_date(5);
  m.ended_on = r.opt_date(6);
  m.version = r.i64(7);
  m.whole = r.boolean(8);
  m.same_roof = r.boolean(9);
  m.reason = r.personal(10, Topic::abuse);
  return m;
}

StaffName staff_row(const db::Row& r) { return {r.id<AccountTag>(0), r.text(1), r.id<AgencyTag>(2)}; }

}  // namespace

void add_measure(db::WriteTx& tx, const MeasurePermit& permit, const NewMeasure& what, std::optional<Date> until) {
  permit.run(tx, R"sql(INSERT INTO protective_measure (id, household_id, person_id, kind, from_on, until_on, ended_on, whole, same_roof, pii_reason, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, NULL, $6, $7, $8, 1))sql",
             db::params(what.household, what.person, code_of(what.kind), what.from, until, std::int64_t{what.whole}, std::int64_t{what.same_roof},
                        what.reason));
  for (const PersonId person : what.opponents)
    permit.run(tx, R"sql(INSERT INTO protective_opponent (id, measure_id, person_id, pii_name, pii_plain) VALUES ($1, $permit, $2, '', ''))sql",
               db::params(next_id(), person));
  for (const std::string& name : what.opponent_names)
    permit.run(tx, R"sql(INSERT INTO protective_opponent (id, measure_id, person_id, pii_name, pii_plain) VALUES ($1, $permit, NULL, $2, $3))sql",
               db::params(next_id(), name, plain_name(name)));
}

void add_term(db::WriteTx& tx, ProtectiveMeasureId id, const MeasureTerm& term, const access::Actor& actor) {
  tx.run(R"sql(INSERT INTO protective_term (measure_id, filed_on, until_on, basis, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT DO NOTHING)sql",
         db::params(id, term.filed_on, term.until, term.basis, actor.now, actor.account));
}

bool renew(db::WriteTx& tx, const MeasurePermit& permit, Date until, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE protective_measure SET until_on = $1, version = version + 1
                              WHERE id = $permit AND version = $2 AND ended_on IS NULL AND (until_on IS NULL OR until_on < $1))sql",
                    db::params(until, version)) == 1;
}

bool end(db::WriteTx& tx, const MeasurePermit& permit, Date on, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE protective_measure SET ended_on = $1, version = version + 1
                              WHERE id = $permit AND version = $2 AND ended_on IS NULL)sql",
                    db::params(on, version)) == 1;
}

bool touch(db::WriteTx& tx, const MeasurePermit& permit, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE protective_measure SET version = version + 1 WHERE id = $permit AND version = $1 AND ended_on IS NULL)sql",
                    db::params(version)) == 1;
}

std::optional<MeasureLine> measure(const MeasurePermit& permit) {
  return permit.one<MeasureLine>(R"sql(SELECT id, household_id, person_id, kind, from_on, until_on, ended_on, version, whole, same_roof, pii_reason
                                       FROM protective_measure WHERE id = $permit)sql", {}, line_of);
}

std::vector<Opponent> opponents(const MeasurePermit& permit) {
  return permit.list<Opponent>(R"sql(SELECT person_id, pii_name FROM protective_opponent WHERE measure_id = $permit ORDER BY id)sql", {},
                               [](const SealedRow& r) {
                                 Opponent o;
                                 if (const auto person = r.opt_i64(0)) o.person = PersonId(*person);
                                 o.name = r.personal(1, Topic::abuse);
                                 return o;
                               });
}

std::vector<MeasureTerm> terms(db::ReadTx& tx, ProtectiveMeasureId id) {
  return tx.list<MeasureTerm>(R"sql(SELECT filed_on, until_on, basis FROM protective_term WHERE measure_id = $1 ORDER BY until_on DESC LIMIT 50)sql",
                              db::params(id), [](const db::Row& r) { return MeasureTerm{r.date(0), r.date(1), r.text(2)}; });
}

std::vector<MeasureLine> measures(const access::Scope<ProtectiveMeasureTag>& scope, HouseholdId household) {
  return scope.list<MeasureLine>(
      R"sql(SELECT m.id, m.household_id, m.person_id, m.kind, m.from_on, m.until_on, m.ended_on, m.version, m.whole, m.same_roof, m.pii_reason
            FROM protective_measure m WHERE m.household_id = $1 AND {scope:m.id} ORDER BY m.from_on DESC, m.id DESC LIMIT 50)sql",
      db::params(household), line_of);
}

std::vector<MeasureLine> measures_touching(const access::Scope<ProtectiveMeasureTag>& scope, HouseholdId household, Date today) {
  return scope.list<MeasureLine>(
      R"sql(SELECT m.id, m.household_id, m.person_id, m.kind, m.from_on, m.until_on, m.ended_on, m.version, m.whole, m.same_roof, m.pii_reason
            FROM protective_measure m
            WHERE m.ended_on IS NULL AND (EXISTS (SELECT 1 FROM protective_opponent o JOIN membership b ON b.person_id = o.person_id
                                                  WHERE o.measure_id = m.id AND b.household_id = $1 AND (b.valid_until IS NULL OR b.valid_until >= $2))
                 OR EXISTS (SELECT 1 FROM membership h WHERE h.person_id = m.person_id AND h.household_id = $1 AND (h.valid_until IS NULL OR h.valid_until >= $2)))
              AND {scope:m.id} ORDER BY m.id LIMIT 50)sql",
      db::params(household, today), line_of);
}

std::optional<Standing> standing(db::ReadTx& tx, ProtectiveMeasureId id) {
  return tx.one<Standing>(R"sql(SELECT m.id, m.household_id, m.person_id, s.holder_id, m.whole, m.same_roof
                                FROM protective_measure m JOIN access_subject s ON s.id = m.id WHERE m.id = $1 AND m.ended_on IS NULL)sql",
                          db::params(id), [](const db::Row& r) {
                            return Standing{r.id<ProtectiveMeasureTag>(0), r.id<HouseholdTag>(1), r.id<PersonTag>(2), r.id<AgencyTag>(3), r.boolean(4), r.boolean(5)};
                          });
}

std::vector<ProtectiveMeasureId> concerned(db::ReadTx& tx, HouseholdId household, std::optional<PersonId> person, Date today) {
  return tx.list<ProtectiveMeasureId>(
      R"sql(SELECT m.id FROM protective_measure m WHERE m.ended_on IS NULL AND (m.household_id = $1 OR m.person_id = $2
              OR EXISTS (SELECT 1 FROM protective_opponent o WHERE o.measure_id = m.id AND o.person_id = $2)
              OR EXISTS (SELECT 1 FROM protective_opponent o JOIN membership b ON b.person_id = o.person_id
                         WHERE o.measure_id = m.id AND b.household_id = $1 AND (b.valid_until IS NULL OR b.valid_until >= $3))
              OR EXISTS (SELECT 1 FROM membership h WHERE h.person_id = m.person_id AND h.household_id = $1 AND (h.valid_until IS NULL OR h.valid_until >= $3)))
            ORDER BY m.id)sql",
      db::params(household, person ? person->value : std::int64_t{0}, today), [](const db::Row& r) { return r.id<ProtectiveMeasureTag>(0); });
}

std::vector<HouseholdId> homes(db::ReadTx& tx, const Standing& m, Date today) {
  return tx.list<HouseholdId>(R"sql(SELECT DISTINCT household_id FROM membership WHERE person_id = $1 AND (valid_until IS NULL OR valid_until >= $2)
                                    ORDER BY household_id)sql",
                              db::params(m.person, today), [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

Belonging belonging(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today) {
  Belonging found;
  tx.each(R"sql(SELECT b.lives_in, b.valid_until FROM protective_opponent o JOIN membership b ON b.person_id = o.person_id
                WHERE o.measure_id = $1 AND b.household_id = $2)sql",
          db::params(m.id, household), [&](const db::Row& r) {
            const auto until = r.opt_date(1);
            found.ever = true;
            if (r.boolean(0) && (!until || *until >= today)) found.lives_there = true;
          });
  return found;
}

// Whoever is there for a household as a whole serves the 相手方 only where it is not the protected person's own household:
// in that one an agency serves him when it is there for him by name.
std::vector<std::int64_t> serving(db::ReadTx& tx, const Standing& m, Date today) {
  return tx.list<std::int64_t>(
      R"sql(SELECT v.party_id FROM (
              SELECT s.party_id FROM party_serving s JOIN protective_opponent o ON o.person_id = s.person_id WHERE o.measure_id = $1
              UNION SELECT s.party_id FROM party_serving s JOIN membership b ON b.household_id = s.root_id
                    JOIN protective_opponent o ON o.person_id = b.person_id
                    WHERE o.measure_id = $1 AND s.person_id = 0 AND b.household_id <> $2 AND (b.valid_until IS NULL OR b.valid_until >= $3)
              UNION SELECT t.party_id FROM access_team t JOIN membership b ON b.household_id = t.root_id
                    JOIN protective_opponent o ON o.person_id = b.person_id
                    WHERE o.measure_id = $1 AND b.household_id <> $2 AND (b.valid_until IS NULL OR b.valid_until >= $3)
                      AND t.valid_from <= $3 AND t.valid_until >= $3
              UNION SELECT h.holder_id FROM access_subject h JOIN membership b ON b.household_id = h.id
                    JOIN protective_opponent o ON o.person_id = b.person_id
                    WHERE o.measure_id = $1 AND b.household_id <> $2 AND (b.valid_until IS NULL OR b.valid_until >= $3)) v
            WHERE v.party_id <> $4 ORDER BY v.party_id)sql",
      db::params(m.id, m.household, today, m.holder), [](const db::Row& r) { return r.i64(0); });
}

bool serves_both(db::ReadTx& tx, const Standing& m, std::int64_t party, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM (
                           SELECT t.party_id FROM access_team t WHERE t.root_id = $1 AND t.party_id = $3 AND t.valid_from <= $4 AND t.valid_until >= $4
                             AND NOT EXISTS (SELECT 1 FROM party_serving s JOIN protective_opponent o ON o.person_id = s.person_id
                                             WHERE o.measure_id = $5 AND s.party_id = t.party_id AND s.root_id = $1)
                           UNION SELECT s.party_id FROM party_serving s WHERE s.party_id = $3 AND (s.person_id = $2 OR (s.root_id = $1 AND s.person_id = 0))
                           UNION SELECT h.holder_id FROM access_subject h WHERE h.id = $1 AND h.holder_id = $3) v LIMIT 1)sql",
                   db::params(m.household, m.person, party, today, m.id));
}

std::vector<AccountId> helpers(db::ReadTx& tx, const Standing& m, std::int64_t party, Date today) {
  return tx.list<AccountId>(
      R"sql(SELECT DISTINCT a.account_id FROM act a
            WHERE a.agency_id = $1 AND (a.person_id = $2 OR (a.root_id = $3 AND a.person_id IS NULL))
              AND NOT EXISTS (SELECT 1 FROM staff_relation q WHERE q.account_id = a.account_id AND q.household_id = $3 AND q.until_on IS NULL)
              AND NOT EXISTS (SELECT 1 FROM act b JOIN protective_opponent o ON o.person_id = b.person_id
                              WHERE o.measure_id = $4 AND b.account_id = a.account_id)
              AND NOT EXISTS (SELECT 1 FROM act c JOIN membership w ON w.household_id = c.root_id JOIN protective_opponent p ON p.person_id = w.person_id
                              WHERE p.measure_id = $4 AND c.account_id = a.account_id AND w.household_id <> $3
                                AND (w.valid_until IS NULL OR w.valid_until >= $5))
            ORDER BY a.account_id)sql",
      db::params(party, m.person, m.household, m.id, today), [](const db::Row& r) { return r.id<AccountTag>(0); });
}

std::vector<AccountId> turned_helpers(db::ReadTx& tx, const Standing& m, Date today) {
  return tx.list<AccountId>(
      R"sql(SELECT e.account_id FROM access_shield_exempt e
            WHERE e.source_id = $1
              AND NOT EXISTS (SELECT 1 FROM protective_alarm q WHERE q.measure_id = $1 AND q.code = 'helper' AND q.party_id = e.account_id)
              AND (EXISTS (SELECT 1 FROM act b JOIN protective_opponent o ON o.person_id = b.person_id
                           WHERE o.measure_id = $1 AND b.account_id = e.account_id)
                OR EXISTS (SELECT 1 FROM act c JOIN membership w ON w.household_id = c.root_id JOIN protective_opponent p ON p.person_id = w.person_id
                           WHERE p.measure_id = $1 AND c.account_id = e.account_id AND w.household_id <> $2
                             AND (c.person_id IS NULL OR c.person_id <> $4) AND (w.valid_until IS NULL OR w.valid_until >= $3)))
            ORDER BY e.account_id)sql",
      db::params(m.id, m.household, today, m.person), [](const db::Row& r) { return r.id<AccountTag>(0); });
}

std::vector<std::int64_t> sides_around(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today) {
  return tx.list<std::int64_t>(
      R"sql(SELECT p.party_id FROM protective_side p WHERE p.measure_id = $1 AND p.kind = 'agency' AND p.standing = 'shielded' AND (
              EXISTS (SELECT 1 FROM access_team t WHERE t.root_id = $2 AND t.party_id = p.party_id AND t.valid_from <= $3 AND t.valid_until >= $3)
              OR EXISTS (SELECT 1 FROM access_subject h WHERE h.id = $2 AND h.holder_id = p.party_id)
              OR EXISTS (SELECT 1 FROM party_serving s WHERE s.root_id = $2 AND s.party_id = p.party_id))
            ORDER BY p.party_id)sql",
      db::params(m.id, household, today), [](const db::Row& r) { return r.i64(0); });
}

bool opponent_belongs(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM protective_opponent o JOIN membership b ON b.person_id = o.person_id
                         WHERE o.measure_id = $1 AND b.household_id = $2 AND (b.valid_until IS NULL OR b.valid_until >= $3) LIMIT 1)sql",
                   db::params(m.id, household, today));
}

bool is_opponent(db::ReadTx& tx, ProtectiveMeasureId id, PersonId person) {
  return tx.exists(R"sql(SELECT 1 FROM protective_opponent WHERE measure_id = $1 AND person_id = $2 LIMIT 1)sql", db::params(id, person));
}

// The comparison stays in the database: whoever registers the person learns nothing from it.
std::vector<ProtectiveMeasureId> same_name(const access::Permit<PersonTag>& person) {
  return person.list<ProtectiveMeasureId>(
      R"sql(SELECT DISTINCT o.measure_id FROM protective_opponent o JOIN protective_measure m ON m.id = o.measure_id
              JOIN person p ON o.pii_plain = replace(replace(p.pii_family || p.pii_given, ' ', ''), '　', '')
            WHERE p.id = $permit AND o.person_id IS NULL AND m.ended_on IS NULL AND o.pii_plain <> '')sql",
      {}, [](const SealedRow& r) { return r.id<ProtectiveMeasureTag>(0); });
}

// As above: who asks somebody to a meeting learns nothing from the comparison either.
std::vector<ProtectiveMeasureId> opponents_called(const access::Permit<AgendaItemTag>& item, const std::string& name) {
  return item.list<ProtectiveMeasureId>(
      R"sql(SELECT DISTINCT o.measure_id FROM protective_opponent o JOIN protective_measure m ON m.id = o.measure_id
              JOIN access_subject i ON i.id = $permit LEFT JOIN person p ON p.id = o.person_id
            WHERE m.ended_on IS NULL AND $1 <> '' AND (o.pii_plain = $1 OR replace(replace(p.pii_family || p.pii_given, ' ', ''), '　', '') = $1))sql",
      db::params(plain_name(name)), [](const SealedRow& r) { return r.id<ProtectiveMeasureTag>(0); });
}

bool is_protected(db::ReadTx& tx, PersonId person) {
  return tx.exists(R"sql(SELECT 1 FROM protective_measure WHERE person_id = $1 AND ended_on IS NULL LIMIT 1)sql", db::params(person));
}

std::vector<PersonId> protected_at_home(db::ReadTx& tx, HouseholdId household, Date today) {
  return tx.list<PersonId>(
      R"sql(SELECT DISTINCT m.person_id FROM protective_measure m WHERE m.ended_on IS NULL AND (
              (m.household_id = $1 AND m.same_roof = 1)
              OR EXISTS (SELECT 1 FROM protective_opponent o JOIN membership b ON b.person_id = o.person_id
                         WHERE o.measure_id = m.id AND b.household_id = $1 AND (b.valid_until IS NULL OR b.valid_until >= $2))))sql",
      db::params(household, today), [](const db::Row& r) { return r.id<PersonTag>(0); });
}

std::vector<SideRow> sides(db::ReadTx& tx, ProtectiveMeasureId id) {
  return tx.list<SideRow>(R"sql(SELECT party_id, kind, origin, standing, since_on FROM protective_side WHERE measure_id = $1 ORDER BY since_on, party_id)sql",
                          db::params(id), [](const db::Row& r) {
                            return SideRow{r.i64(0), r.text(1) == "agency", r.text(2) == "named", r.text(3) == "lifted", r.date(4)};
                          });
}

bool add_side(db::WriteTx& tx, ProtectiveMeasureId id, std::int64_t party, bool agency, bool named, Date on) {
  return tx.run(R"sql(INSERT INTO protective_side (measure_id, party_id, kind, origin, standing, since_on) VALUES ($1, $2, $3, $4, 'shielded', $5)
                      ON CONFLICT DO NOTHING)sql",
                db::params(id, party, std::string(agency ? "agency" : "account"), std::string(named ? "named" : "serves"), on)) == 1;
}

void set_standing(db::WriteTx& tx, ProtectiveMeasureId id, std::int64_t party, bool lifted) {
  tx.run(R"sql(UPDATE protective_side SET standing = $3 WHERE measure_id = $1 AND party_id = $2)sql",
         db::params(id, party, std::string(lifted ? "lifted" : "shielded")));
}

void add_alarm(db::WriteTx& tx, ProtectiveMeasureId id, std::string_view code, std::optional<std::int64_t> party, Date on, bool seen) {
  tx.run(R"sql(INSERT INTO protective_alarm (id, measure_id, code, party_id, on_day, seen_on) VALUES ($1, $2, $3, $4, $5, $6))sql",
         db::params(next_id(), id, code, party, on, seen ? std::optional(on) : std::nullopt));
}

std::vector<ProtectionAlarm> alarms(db::ReadTx& tx, ProtectiveMeasureId id) {
  return tx.list<ProtectionAlarm>(R"sql(SELECT id, code, party_id, on_day, seen_on FROM protective_alarm WHERE measure_id = $1
                                          ORDER BY CASE WHEN seen_on IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 200)sql",
                                  db::params(id), [](const db::Row& r) {
                                    return ProtectionAlarm{r.i64(0), r.text(1), r.opt_i64(2), r.date(3), !r.is_null(4)};
                                  });
}

void see_alarms(db::WriteTx& tx, ProtectiveMeasureId id, Date on, std::int64_t up_to, std::optional<std::int64_t> party) {
  if (party)
    tx.run(R"sql(UPDATE protective_alarm SET seen_on = $2 WHERE measure_id = $1 AND seen_on IS NULL AND id <= $3 AND party_id = $4)sql",
           db::params(id, on, up_to, *party));
  else
    tx.run(R"sql(UPDATE protective_alarm SET seen_on = $2 WHERE measure_id = $1 AND seen_on IS NULL AND id <= $3)sql", db::params(id, on, up_to));
}

bool any_unseen(db::ReadTx& tx, ProtectiveMeasureId id) {
  return tx.exists(R"sql(SELECT 1 FROM protective_alarm WHERE measure_id = $1 AND seen_on IS NULL LIMIT 1)sql", db::params(id));
}

void add_serving(db::WriteTx& tx, const Serving& s, Date on) {
  tx.run(R"sql(INSERT INTO party_serving (root_id, person_id, party_id, since_on) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING)sql",
         db::params(s.household, s.person ? s.person->value : std::int64_t{0}, s.party, on));
}

std::vector<StaffName> staff_of(db::ReadTx& tx, AgencyId agency, Date on) {
  return tx.list<StaffName>(R"sql(SELECT DISTINCT a.id, a.display_name, p.agency_id FROM post p JOIN account a ON a.id = p.account_id
                                  WHERE p.agency_id = $1 AND p.valid_from <= $2 AND p.valid_until >= $2 AND a.active = 1 ORDER BY a.id LIMIT 100)sql",
                            db::params(agency, on), staff_row);
}

std::optional<StaffName> staff_name(db::ReadTx& tx, AccountId account) {
  return tx.one<StaffName>(R"sql(SELECT a.id, a.display_name, COALESCE((SELECT min(p.agency_id) FROM post p WHERE p.account_id = a.id), 0)
                                 FROM account a WHERE a.id = $1)sql", db::params(account), staff_row);
}

std::vector<StaffName> all_staff(db::ReadTx& tx, Date on) {
  return tx.list<StaffName>(R"sql(SELECT a.id, a.display_name, min(p.agency_id) FROM post p JOIN account a ON a.id = p.account_id
                                  WHERE p.valid_from <= $1 AND p.valid_until >= $1 AND a.active = 1
                                  GROUP BY a.id, a.display_name ORDER BY min(p.agency_id), a.id LIMIT 500)sql",
                            db::params(on), staff_row);
}

std::vector<AgencyId> informed(db::ReadTx& tx, ProtectiveMeasureId id, Date today) {
  return tx.list<AgencyId>(R"sql(SELECT DISTINCT r.party_id FROM access_reach r WHERE r.root_id = $1 AND r.valid_from <= $2 AND r.valid_until >= $2
                                 ORDER BY r.party_id)sql",
                           db::params(id, today), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::vector<PersonId> members_ever(db::ReadTx& tx, HouseholdId household) {
  return tx.list<PersonId>(R"sql(SELECT DISTINCT person_id FROM membership WHERE household_id = $1)sql", db::params(household),
                           [](const db::Row& r) { return r.id<PersonTag>(0); });
}

void add_relation(db::WriteTx& tx, ConflictId id, AccountId account, HouseholdId household, std::optional<ProtectiveMeasureId> measure, Date on,
                  const access::Actor& actor) {
  tx.run(R"sql(INSERT INTO staff_relation (id, account_id, household_id, measure_id, from_on, until_on, recorded_by, version)
           VALUES ($1, $2, $3, $4, $5, NULL, $6, 1))sql",
         db::params(id, account, household, measure, on, actor.account));
}

std::vector<StandingRelation> relations_of(db::ReadTx& tx, HouseholdId household, std::optional<PersonId> person, Date today) {
  return tx.list<StandingRelation>(R"sql(SELECT s.id, s.account_id, s.household_id, s.from_on FROM staff_relation s
                                         WHERE s.measure_id IS NULL AND (s.until_on IS NULL OR s.until_on >= $3)
                                           AND (s.household_id = $1
                                             OR s.household_id IN (SELECT m.household_id FROM membership m WHERE m.person_id = CAST($2 AS BIGINT)))
                                         ORDER BY s.id)sql",
                                   db::params(household, person, today),
                                   [](const db::Row& r) {
                                     return StandingRelation{r.id<ConflictTag>(0), r.id<AccountTag>(1), r.id<HouseholdTag>(2), r.date(3)};
                                   });
}

std::vector<HouseholdId> homes_since(db::ReadTx& tx, HouseholdId household, Date from) {
  return tx.list<HouseholdId>(R"sql(SELECT DISTINCT h.household_id FROM membership h
                                    JOIN membership o ON o.person_id = h.person_id AND o.household_id = $1 AND (o.valid_until IS NULL OR o.valid_until >= $2)
                                    WHERE h.household_id <> $1 AND (h.valid_until IS NULL OR h.valid_until >= $2) ORDER BY h.household_id)sql",
                              db::params(household, from), [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

bool is_related(db::ReadTx& tx, HouseholdId household, AccountId account, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM staff_relation WHERE household_id = $1 AND account_id = $2 AND (until_on IS NULL OR until_on >= $3) LIMIT 1)sql",
                   db::params(household, account, today));
}

std::optional<RelationView> relation(const ConflictPermit& permit) {
  return permit.one<RelationView>(R"sql(SELECT id, household_id, account_id, from_on, until_on, pii_lifted, version FROM staff_relation WHERE id = $permit)sql", {},
                                  [](const SealedRow& r) {
                                    RelationView v;
                                    v.id = r.id<ConflictTag>(0);
                                    v.household = r.id<HouseholdTag>(1);
                                    v.who.account = r.id<AccountTag>(2);
                                    v.from = r.date(3);
                                    v.until = r.opt_date(4);
                                    v.lifted = r.personal(5, Topic::basic);
                                    v.version = r.i64(6);
                                    return v;
                                  });
}

bool lift_relation(db::WriteTx& tx, const ConflictPermit& permit, Date last, const std::string& reason, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE staff_relation SET until_on = $1, pii_lifted = $2, version = version + 1
                              WHERE id = $permit AND version = $3 AND until_on IS NULL)sql",
                    db::params(last, reason, version)) == 1;
}

void end_relations_of_measure(db::WriteTx& tx, ProtectiveMeasureId id, Date last) {
  tx.run(R"sql(UPDATE staff_relation SET until_on = $2 WHERE measure_id = $1 AND until_on IS NULL)sql", db::params(id, last));
}

void end_relation_of_measure(db::WriteTx& tx, ProtectiveMeasureId id, AccountId account, Date last) {
  tx.run(R"sql(UPDATE staff_relation SET until_on = $3 WHERE measure_id = $1 AND account_id = $2 AND until_on IS NULL)sql", db::params(id, account, last));
}

}  // namespace kasane::people::protection_store
