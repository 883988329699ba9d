#include "due/store.hpp"

#include <algorithm>

namespace kasane::due::store {

// What hangs on a record that a shield keeps from the viewer (access_kept) waits for nobody there: it is left out of lists,
// of the soonest day and of numbers alike.

namespace {

DueLine map(const db::Row& r) {
  return {r.i64(0), r.text(1), r.i64(2), r.i64(3), {static_cast<SubjectKind>(r.i64(4)), r.i64(5)}, r.date(6)};
}

db::Param party_list(const std::vector<std::int64_t>& parties) {
  std::vector<AgencyId> ids;
  for (std::int64_t p : parties) ids.emplace_back(p);
  return db::id_list(ids);
}

/// What belongs to nothing is a line of its own.
std::int64_t root_of(std::int64_t root, SubjectRef subject) { return root == 0 ? subject.id : root; }

}  // namespace

bool move_open(db::WriteTx& tx, const NewDue& item) {
  return tx.run(R"sql(UPDATE due_item SET due_on = $4 WHERE subject_id = $1 AND kind = $2 AND party_id = $3 AND done_on IS NULL)sql",
                db::params(item.subject.id, std::string(item.kind), item.party, item.due_on)) > 0;
}

void add(db::WriteTx& tx, const NewDue& item, UtcMs now) {
  tx.run(R"sql(INSERT INTO due_item (id, kind, party_id, root_id, subject_kind, subject_id, due_on, made_at, done_on, done_by, of_household)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL,
             CASE WHEN EXISTS (SELECT 1 FROM access_subject s WHERE s.id = $4 AND s.kind = 1) THEN 1 ELSE 0 END))sql",
         db::params(next_id(), std::string(item.kind), item.party, root_of(item.root, item.subject), static_cast<std::int64_t>(item.subject.kind),
                    item.subject.id, item.due_on, now));
}

std::int64_t settle(db::WriteTx& tx, SubjectRef subject, std::string_view kind, Date on, AccountId by) {
  return tx.run(R"sql(UPDATE due_item SET done_on = $3, done_by = $4
                  WHERE subject_id = $1 AND done_on IS NULL AND (kind = $2 OR CAST($2 AS TEXT) = ''))sql",
                db::params(subject.id, kind, on, by));
}

std::int64_t settle_for(db::WriteTx& tx, SubjectRef subject, std::string_view kind, std::int64_t party, Date on, AccountId by) {
  return tx.run(R"sql(UPDATE due_item SET done_on = $4, done_by = $5 WHERE subject_id = $1 AND kind = $2 AND party_id = $3 AND done_on IS NULL)sql",
                db::params(subject.id, kind, party, on, by));
}

void set_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root) {
  tx.run(R"sql(UPDATE due_item SET root_id = $2,
             of_household = CASE WHEN EXISTS (SELECT 1 FROM access_subject s WHERE s.id = $2 AND s.kind = 1) THEN 1 ELSE 0 END
           WHERE subject_id = $1)sql", db::params(subject.id, root_of(root, subject)));
}

std::vector<DueLine> open_for(db::ReadTx& tx, const std::vector<std::int64_t>& parties, AccountId account, Date today, int limit) {
  return tx.list<DueLine>(R"sql(SELECT d.id, d.kind, d.party_id, d.root_id, d.subject_kind, d.subject_id, d.due_on FROM due_item d
                            WHERE d.party_id IN {ids:$1} AND d.done_on IS NULL
                              AND NOT EXISTS (SELECT 1 FROM due_snooze z WHERE z.account_id = $2 AND z.root_id = d.root_id AND z.until_on > $3)
                            ORDER BY d.due_on, d.id LIMIT $4)sql",
                          db::params(party_list(parties), account, today, static_cast<std::int64_t>(limit)), map);
}

std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root) {
  return tx.list<DueLine>(R"sql(SELECT id, kind, party_id, root_id, subject_kind, subject_id, due_on FROM due_item
                            WHERE root_id = $1 AND done_on IS NULL ORDER BY due_on, id)sql",
                          db::params(root), map);
}

std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root, const std::vector<std::int64_t>& parties, AccountId account, Date today) {
  return tx.list<DueLine>(R"sql(SELECT d.id, d.kind, d.party_id, d.root_id, d.subject_kind, d.subject_id, d.due_on FROM due_item d
                            WHERE d.root_id = $1 AND d.done_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = d.subject_id AND k.party_id IN {ids:$2} AND k.valid_from <= $4 AND k.valid_until >= $4
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $3))
                            ORDER BY d.due_on, d.id)sql",
                          db::params(root, party_list(parties), account, today), map);
}

namespace {

Wait map_wait(std::int64_t root, Date first_on, bool household) { return {root, household, first_on, {}}; }

std::vector<Wait> soonest(std::vector<Wait> all, int limit) {
  std::sort(all.begin(), all.end(), [](const Wait& a, const Wait& b) { return std::pair(a.first_on, a.root) < std::pair(b.first_on, b.root); });
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  return all;
}

/// Parties of which only the sittings are told; the others' are in their list of everything.
std::vector<std::int64_t> only_sittings(const WaitQuery& query) {
  std::vector<std::int64_t> out;
  for (const std::int64_t party : query.meeting_parties)
    if (std::find(query.parties.begin(), query.parties.end(), party) == query.parties.end()) out.push_back(party);
  return out;
}

}  // namespace

// One party at a time, so that the index gives the order and the list stops at its limit; a root shows with its first
// item among all parties.
std::vector<Wait> household_waits(const access::Scope<HouseholdTag>& scope, const WaitQuery& query, const WaitCursor& from, int limit) {
  std::vector<Wait> all;
  for (const std::int64_t party : query.parties) {
    auto some = scope.list<Wait>(R"sql(SELECT d.root_id, d.due_on FROM due_item d
                            WHERE d.party_id = $1 AND d.of_household = 1 AND d.done_on IS NULL
                              AND (d.due_on > $5 OR (d.due_on = $5 AND d.root_id > $6))
                              AND NOT EXISTS (SELECT 1 FROM due_snooze z WHERE z.account_id = $3 AND z.root_id = d.root_id AND z.until_on > $4)
                              AND NOT EXISTS (SELECT 1 FROM due_item e WHERE e.root_id = d.root_id AND e.party_id IN {ids:$2} AND e.done_on IS NULL
                                              AND (e.due_on < d.due_on OR (e.due_on = d.due_on AND e.id < d.id))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = e.subject_id AND k.party_id IN {ids:$8} AND k.valid_from <= $4 AND k.valid_until >= $4
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $3)))
                              AND {scope:d.root_id}
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = d.subject_id AND k.party_id IN {ids:$8} AND k.valid_from <= $4 AND k.valid_until >= $4
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $3))
                            ORDER BY d.due_on, d.root_id LIMIT $7)sql",
                            db::params(party, party_list(query.parties), query.account, query.today, from.on, from.root, static_cast<std::int64_t>(limit), party_list(query.own)),
                            [](const access::SealedRow& r) { return map_wait(r.i64(0), r.date(1), true); });
    all.insert(all.end(), some.begin(), some.end());
  }
  return soonest(std::move(all), limit);
}

// Both lists of records run over indexes that have their order, one party at a time, as the households do. Of the sittings
// a party may be told what to prepare without being told the rest: its second list. $3 and $4 are what decides which item
// of a record comes first, so that the record shows once among all.
std::vector<Wait> record_waits(db::ReadTx& tx, const WaitQuery& query, const WaitCursor& from, int limit) {
  std::vector<Wait> all;
  const auto params = [&](std::int64_t party) {
    return db::params(party, query.account, party_list(query.parties), party_list(query.meeting_parties), query.today, from.on, from.root, static_cast<std::int64_t>(limit),
                      party_list(query.own));
  };
  const auto add = [&](const db::Row& r) { all.push_back(map_wait(r.i64(0), r.date(1), false)); };
  for (const std::int64_t party : query.parties)
    tx.each(R"sql(SELECT d.root_id, d.due_on FROM due_item d
              WHERE d.party_id = $1 AND d.of_household = 0 AND d.done_on IS NULL
                AND (d.due_on > $6 OR (d.due_on = $6 AND d.root_id > $7))
                AND NOT EXISTS (SELECT 1 FROM due_snooze z WHERE z.account_id = $2 AND z.root_id = d.root_id AND z.until_on > $5)
                AND NOT EXISTS (SELECT 1 FROM due_item e WHERE e.root_id = d.root_id AND e.done_on IS NULL
                                AND (e.party_id IN {ids:$3} OR (e.kind IN ('session.prepare', 'poll.answer') AND e.party_id IN {ids:$4}))
                                AND (e.due_on < d.due_on OR (e.due_on = d.due_on AND e.id < d.id))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = e.subject_id AND k.party_id IN {ids:$9} AND k.valid_from <= $5 AND k.valid_until >= $5
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $2)))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = d.subject_id AND k.party_id IN {ids:$9} AND k.valid_from <= $5 AND k.valid_until >= $5
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $2))
              ORDER BY d.due_on, d.root_id LIMIT $8)sql",
            params(party), add);
  for (const std::int64_t party : only_sittings(query))
    tx.each(R"sql(SELECT d.root_id, d.due_on FROM due_item d
              WHERE d.party_id = $1 AND d.kind IN ('session.prepare', 'poll.answer') AND d.of_household = 0 AND d.done_on IS NULL
                AND (d.due_on > $6 OR (d.due_on = $6 AND d.root_id > $7))
                AND NOT EXISTS (SELECT 1 FROM due_snooze z WHERE z.account_id = $2 AND z.root_id = d.root_id AND z.until_on > $5)
                AND NOT EXISTS (SELECT 1 FROM due_item e WHERE e.root_id = d.root_id AND e.done_on IS NULL
                                AND (e.party_id IN {ids:$3} OR (e.kind IN ('session.prepare', 'poll.answer') AND e.party_id IN {ids:$4}))
                                AND (e.due_on < d.due_on OR (e.due_on = d.due_on AND e.id < d.id))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = e.subject_id AND k.party_id IN {ids:$9} AND k.valid_from <= $5 AND k.valid_until >= $5
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $2)))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = d.subject_id AND k.party_id IN {ids:$9} AND k.valid_from <= $5 AND k.valid_until >= $5
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $2))
              ORDER BY d.due_on, d.root_id LIMIT $8)sql",
            params(party), add);
  return soonest(std::move(all), limit);
}

std::vector<DueLine> items_of(db::ReadTx& tx, const WaitQuery& query, const std::vector<std::int64_t>& roots) {
  return tx.list<DueLine>(R"sql(SELECT d.id, d.kind, d.party_id, d.root_id, d.subject_kind, d.subject_id, d.due_on FROM due_item d
                            WHERE d.root_id IN {ids:$3} AND d.done_on IS NULL
                              AND (d.party_id IN {ids:$1} OR (d.kind IN ('session.prepare', 'poll.answer') AND d.party_id IN {ids:$2}))
  AND NOT EXISTS (SELECT 1 FROM access_kept k WHERE k.record_id = d.subject_id AND k.party_id IN {ids:$6} AND k.valid_from <= $5 AND k.valid_until >= $5
                  AND NOT EXISTS (SELECT 1 FROM access_shield_exempt x WHERE x.source_id = k.source_id AND x.account_id = $4))
                            ORDER BY d.due_on, d.id)sql",
                          db::params(party_list(query.parties), party_list(query.meeting_parties), party_list(roots), query.account, query.today, party_list(query.own)), map);
}

std::unordered_map<std::int64_t, Date> begun_on(db::ReadTx& tx, const std::vector<std::int64_t>& records) {
  std::unordered_map<std::int64_t, Date> days;
  tx.each(R"sql(SELECT a.subject_id, min(a.held_on) FROM act a WHERE a.subject_id IN {ids:$1} GROUP BY a.subject_id)sql", db::params(party_list(records)),
          [&](const db::Row& r) { days.emplace(r.i64(0), r.date(1)); });
  return days;
}

bool anything_waits(db::ReadTx& tx, const WaitQuery& query, std::int64_t root) { return !items_of(tx, query, {root}).empty(); }

void snooze(db::WriteTx& tx, AccountId account, std::int64_t root, Date until) {
  tx.run(R"sql(INSERT INTO due_snooze (account_id, root_id, until_on) VALUES ($1, $2, $3)
           ON CONFLICT (account_id, root_id) DO UPDATE SET until_on = excluded.until_on)sql",
         db::params(account, root, until));
}

}  // namespace kasane::due::store
