#include "archive/disposal_store.hpp"

#include <algorithm>

namespace kasane::archive::store {

using access::SealedRow;

namespace {

// Not records of the work but what it hangs on, or what protects it.
bool of_base(SubjectKind kind) {
  return kind == SubjectKind::household || kind == SubjectKind::person || kind == SubjectKind::membership || retention_of(kind) == RetentionClass::base;
}

/// Loses what it holds of somebody and stays as a line.
bool stays(SubjectKind kind) { return kind == SubjectKind::provision; }

/// The class that tables are kept under at this root: without a case everything of the file is a consultation.
bool goes(RetentionClass table, RetentionClass what, bool had_case) {
  if (table == what) return true;
  return !had_case && what == RetentionClass::intake && table == RetentionClass::case_file;
}

Disposal map(const SealedRow& r) {
  Disposal d;
  d.id = r.id<DisposalTag>(0);
  d.number = r.text(1);
  d.agency = r.id<AgencyTag>(2);
  d.state = r.text(3);
  d.proposed_by = r.id<AccountTag>(4);
  d.proposed_on = r.date(5);
  if (const auto by = r.opt_i64(6)) d.approved_by = AccountId(*by);
  d.done_at = r.opt_i64(7);
  d.swept_at = r.opt_i64(8);
  d.version = r.i64(9);
  return d;
}

/// Drafts are named by the ids that stand in their keys.
void drop_drafts(db::WriteTx& tx, const std::set<std::int64_t>& ids) {
  struct Key {
    std::int64_t account;
    std::string key;
  };
  const auto all = tx.list<Key>(R"sql(SELECT account_id, draft_key FROM draft)sql", {}, [](const db::Row& r) { return Key{r.i64(0), r.text(1)}; });
  for (const Key& k : all)
    for (std::size_t at = 0; at + 13 <= k.key.size(); ++at)
      if (const auto id = parse_id_text(std::string_view(k.key).substr(at, 13)); id && ids.contains(*id)) {
        tx.run(R"sql(DELETE FROM draft WHERE account_id = $1 AND draft_key = $2)sql", db::params(k.account, k.key));
        break;
      }
}

/// What decisions rested on for these records, alone or as a group: with a class that goes before the others, the statements
/// of the last one would no longer find it. `root`: where they hung.
void drop_facts(db::WriteTx& tx, std::int64_t root, const std::set<std::int64_t>& gone) {
  std::vector<HouseholdId> listed;
  for (const std::int64_t id : gone) listed.emplace_back(id);
  const auto ids = db::id_list(listed);
  tx.run(R"sql(DELETE FROM access_reach WHERE root_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_reach WHERE root_id = $2 AND person_id IN {ids:$1})sql", db::params(ids, root));
  tx.run(R"sql(DELETE FROM access_ground_party WHERE ground_id IN (SELECT id FROM access_ground WHERE root_id IN {ids:$1}))sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_ground WHERE root_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_team WHERE root_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_group WHERE group_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_shield WHERE person_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_shield WHERE source_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM access_shield_exempt WHERE source_id IN {ids:$1})sql", db::params(ids));
  tx.run(R"sql(DELETE FROM due_snooze WHERE root_id IN {ids:$1})sql", db::params(ids));
}

void forget_whom(db::WriteTx& tx, const DisposalPermit& permit, std::int64_t provision) {
  permit.run(tx, R"sql(UPDATE provision SET pii_about = '', pii_reason = '', pii_harm = '', pii_answer = '', pii_consent = '' WHERE id = $1 AND CAST($permit AS BIGINT) > 0)sql", db::params(provision));
}

std::vector<std::pair<SubjectKind, std::int64_t>> subjects(db::ReadTx& tx, std::int64_t root) {
  return tx.list<std::pair<SubjectKind, std::int64_t>>(R"sql(SELECT kind, id FROM access_subject
                                                        WHERE root_id = $1 OR root_id IN (SELECT i.id FROM access_subject i WHERE i.root_id = $1 AND i.kind = 16))sql",
                                                       db::params(root),
                                                       [](const db::Row& r) { return std::pair(static_cast<SubjectKind>(r.i64(0)), r.i64(1)); });
}

}  // namespace

// What an agency meant to do by itself years ago holds nothing back for ever; what others wait for does.
std::vector<Ended> ended(db::ReadTx& tx, Date until, Date today, int limit) {
  return tx.list<Ended>(R"sql(
      SELECT y.root, y.label, y.last_on, y.had_case FROM (
        SELECT x.root, x.label, x.had_case, CASE WHEN x.acted_on > x.ended_on THEN x.acted_on ELSE x.ended_on END AS last_on FROM (
          SELECT e.root, e.label, e.ended_on, e.had_case,
                 (SELECT max(a.held_on) FROM act a WHERE a.root_id = e.root AND a.kind NOT LIKE 'hold.%' AND a.kind NOT LIKE 'disclosure.%') AS acted_on
          FROM (
            SELECT c.household_id AS root, c.number AS label, max(p.closed_on) AS ended_on, 1 AS had_case
              FROM support_case c JOIN case_episode p ON p.case_id = c.id
              WHERE c.state = 'closed' AND p.closed_on IS NOT NULL GROUP BY c.household_id, c.number
            UNION ALL
            SELECT h.id, h.number, max(i.taken_on), 0 FROM household h JOIN intake i ON i.household_id = h.id
              WHERE NOT EXISTS (SELECT 1 FROM support_case c WHERE c.household_id = h.id) GROUP BY h.id, h.number
            UNION ALL
            SELECT h.id, h.number, h.made_on, 0 FROM household h
              WHERE NOT EXISTS (SELECT 1 FROM support_case c WHERE c.household_id = h.id) AND NOT EXISTS (SELECT 1 FROM intake i WHERE i.household_id = h.id)
            UNION ALL
            SELECT i.id, '相談受付', i.taken_on, 0 FROM intake i WHERE i.household_id IS NULL
            UNION ALL
            SELECT n.id, '気づき', n.received_on, 0 FROM notice n WHERE n.household_id IS NULL AND n.state <> 'open'
            UNION ALL
            SELECT v.id, '支援者支援の相談', v.answered_on, 0 FROM advice v WHERE v.answered_on IS NOT NULL
            UNION ALL
            SELECT r.id, r.number, coalesce(r.answered_on, r.asked_on), 0 FROM cooperation_request r WHERE r.household_id IS NULL AND r.state <> 'waiting'
            UNION ALL
            SELECT p.id, '目的外提供 ' || p.number,
                   CASE WHEN p.state <> 'granted' THEN coalesce(p.decided_on, p.asked_on) WHEN p.until_on > p.decided_on THEN p.until_on ELSE p.decided_on END, 0
              FROM provision p WHERE p.state <> 'asked' AND p.forgotten = 0
          ) AS e WHERE e.ended_on <= $1
        ) AS x
      ) AS y
      WHERE y.last_on <= $1
        AND EXISTS (SELECT 1 FROM access_subject s WHERE s.root_id = y.root)
        AND NOT EXISTS (SELECT 1 FROM legal_hold l WHERE l.root_id = y.root AND l.ended_on IS NULL)
        AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.household_id = y.root AND d.handed_on IS NULL)
        AND NOT EXISTS (SELECT 1 FROM due_item w WHERE w.root_id = y.root AND w.done_on IS NULL AND w.kind NOT IN ('record.next', 'intake.contact', 'intake.judge'))
        AND NOT EXISTS (SELECT 1 FROM access_subject s JOIN notice n ON n.id = s.id WHERE s.root_id = y.root AND s.kind = 3 AND n.state = 'open')
        AND NOT EXISTS (SELECT 1 FROM access_subject s JOIN referral f ON f.id = s.id
                        WHERE s.root_id = y.root AND s.kind = 5 AND f.answered_on IS NULL AND f.withdrawn_on IS NULL AND f.judge_result <> 'not_needed')
        AND NOT EXISTS (SELECT 1 FROM protective_measure m WHERE m.household_id = y.root AND m.ended_on IS NULL)
        AND NOT EXISTS (SELECT 1 FROM access_subject s JOIN protective_measure m ON m.person_id = s.id
                        WHERE s.root_id = y.root AND s.kind = 2 AND m.ended_on IS NULL)
        AND NOT EXISTS (SELECT 1 FROM membership b JOIN protective_measure m ON m.person_id = b.person_id
                        WHERE b.household_id = y.root AND (b.valid_until IS NULL OR b.valid_until >= $2) AND m.ended_on IS NULL)
      ORDER BY y.last_on, y.root LIMIT $3)sql",
                        db::params(until, today, limit), [](const db::Row& r) { return Ended{r.i64(0), r.text(1), r.date(2), r.boolean(3)}; });
}

std::vector<SubjectRef> roots_of(db::ReadTx& tx, const std::vector<HouseholdId>& roots) {
  return tx.list<SubjectRef>(R"sql(SELECT kind, id FROM access_subject WHERE id IN {ids:$1})sql", db::params(db::id_list(roots)),
                             [](const db::Row& r) { return SubjectRef{static_cast<SubjectKind>(r.i64(0)), r.i64(1)}; });
}

std::vector<RootDay> handed(db::ReadTx& tx, const std::vector<HouseholdId>& roots) {
  return tx.list<RootDay>(R"sql(SELECT household_id, max(handed_on) FROM disclosure WHERE household_id IN {ids:$1} AND handed_on IS NOT NULL
                            GROUP BY household_id)sql",
                          db::params(db::id_list(roots)), [](const db::Row& r) { return RootDay{r.i64(0), r.date(1)}; });
}

std::vector<KindCount> kinds(db::ReadTx& tx, const std::vector<HouseholdId>& roots) {
  return tx.list<KindCount>(R"sql(SELECT root_id, kind, count(*) FROM access_subject WHERE root_id IN {ids:$1} GROUP BY root_id, kind)sql",
                            db::params(db::id_list(roots)), [](const db::Row& r) { return KindCount{r.i64(0), static_cast<SubjectKind>(r.i64(1)), r.i64(2)}; });
}

std::int64_t next_disposal_serial(db::WriteTx& tx, FiscalYear year) {
  tx.run(R"sql(INSERT INTO disposal_serial (fiscal_year, last) VALUES ($1, 1)
           ON CONFLICT (fiscal_year) DO UPDATE SET last = disposal_serial.last + 1)sql",
         db::params(year.year));
  return tx.number(R"sql(SELECT last FROM disposal_serial WHERE fiscal_year = $1)sql", db::params(year.year));
}

void add(db::WriteTx& tx, const Disposal& d) {
  tx.run(R"sql(INSERT INTO disposal (id, number, agency_id, state, proposed_by, proposed_on, approved_by, done_at, swept_at, version)
           VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, NULL, 1))sql",
         db::params(d.id, d.number, d.agency, d.state, d.proposed_by, d.proposed_on));
}

void add_line(db::WriteTx& tx, DisposalId id, const Line& l) {
  tx.run(R"sql(INSERT INTO disposal_line (disposal_id, root_id, class, label, ended_on, keep_until, basis, records, state)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING)sql",
         db::params(id, l.root, code_of(l.what), l.label, l.ended_on, l.keep_until, l.basis, l.records, l.state));
}

std::optional<Disposal> load(const DisposalPermit& permit) {
  return permit.one<Disposal>(R"sql(SELECT id, number, agency_id, state, proposed_by, proposed_on, approved_by, done_at, swept_at, version
                                    FROM disposal WHERE id = $permit)sql",
                              {}, map);
}

std::vector<Line> lines(db::ReadTx& tx, DisposalId id) {
  return tx.list<Line>(R"sql(SELECT root_id, class, label, ended_on, keep_until, basis, records, state FROM disposal_line
                         WHERE disposal_id = $1 ORDER BY ended_on, label, class)sql",
                       db::params(id), [](const db::Row& r) {
                         return Line{r.i64(0), parse_retention_class(r.text(1)).value_or(RetentionClass::case_file), r.text(2), r.date(3), r.date(4), r.text(5),
                                     r.i64(6), r.text(7)};
                       });
}

std::vector<Disposal> disposals(access::Gate& gate, int limit) {
  return gate.scope<DisposalTag>().list<Disposal>(
      R"sql(SELECT d.id, d.number, d.agency_id, d.state, d.proposed_by, d.proposed_on, d.approved_by, d.done_at, d.swept_at, d.version
            FROM disposal d WHERE {scope:d.id} ORDER BY d.id DESC LIMIT $1)sql",
      db::params(limit), map);
}

bool set_done(db::WriteTx& tx, DisposalId id, std::int64_t version, AccountId by, UtcMs at) {
  return tx.run(R"sql(UPDATE disposal SET state = 'done', approved_by = $1, done_at = $2, version = version + 1
                  WHERE id = $3 AND version = $4 AND state = 'proposed')sql",
                db::params(by, at, id, version)) == 1;
}

bool set_withdrawn(db::WriteTx& tx, DisposalId id, std::int64_t version) {
  return tx.run(R"sql(UPDATE disposal SET state = 'withdrawn', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'proposed')sql",
                db::params(id, version)) == 1;
}

void set_line(db::WriteTx& tx, DisposalId id, const Line& l, std::string_view state) {
  tx.run(R"sql(UPDATE disposal_line SET state = $1 WHERE disposal_id = $2 AND root_id = $3 AND class = $4)sql",
         db::params(state, id, l.root, code_of(l.what)));
}

void set_swept(db::WriteTx& tx, DisposalId id, UtcMs at) {
  tx.run(R"sql(UPDATE disposal SET swept_at = $1, version = version + 1 WHERE id = $2)sql", db::params(at, id));
}

std::set<std::pair<std::int64_t, std::string>> waiting(db::ReadTx& tx) {
  std::set<std::pair<std::int64_t, std::string>> found;
  tx.each(R"sql(SELECT l.root_id, l.class FROM disposal d JOIN disposal_line l ON l.disposal_id = d.id WHERE d.state = 'proposed')sql", {},
          [&](const db::Row& r) { found.emplace(r.i64(0), r.text(1)); });
  return found;
}

void remove(db::WriteTx& tx, const DisposalPermit& permit, std::int64_t root, RetentionClass what, bool had_case) {
  std::set<std::int64_t> gone;
  bool anything_left = false;
  const auto all = subjects(tx, root);
  for (const auto& [kind, subject] : all) {
    if (of_base(kind)) continue;
    if (goes(retention_of(kind), what, had_case) && !stays(kind)) gone.insert(subject);
    else anything_left = true;
  }
  for (const PersonalTable& t : personal_tables())
    if (goes(t.retention, what, had_case)) tx.run(t.dispose, db::params(root));
  if (!anything_left) {
    for (const PersonalTable& t : personal_tables())
      if (t.retention == RetentionClass::base) tx.run(t.dispose, db::params(root));
    gone.insert(root);
    for (const auto& [kind, subject] : all) gone.insert(subject);
  }
  for (const std::int64_t subject : gone) {
    tx.run(R"sql(DELETE FROM access_subject WHERE id = $1)sql", db::params(subject));
    tx.run(R"sql(DELETE FROM due_item WHERE subject_id = $1)sql", db::params(subject));
    tx.run(R"sql(INSERT INTO disposal_subject (disposal_id, subject_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql", db::params(permit.id(), subject));
  }
  if (what == RetentionClass::provision) forget_whom(tx, permit, root);
  drop_facts(tx, root, gone);
  drop_drafts(tx, gone);
}

void renew_search(db::WriteTx& tx, const DisposalPermit& permit) {
  // The full-text index keeps the keys of removed rows in its segments until it is built anew.
  if (tx.engine() == db::Engine::sqlite)
    permit.run(tx, R"sql(/* sqlite */ INSERT INTO people_search_fts (people_search_fts) SELECT 'rebuild' WHERE $permit > 0)sql", {});
}

std::set<std::int64_t> removed(db::ReadTx& tx, DisposalId id) {
  std::set<std::int64_t> ids;
  tx.each(R"sql(SELECT subject_id FROM disposal_subject WHERE disposal_id = $1)sql", db::params(id), [&](const db::Row& r) { ids.insert(r.i64(0)); });
  return ids;
}

void forget_removed(db::WriteTx& tx, DisposalId id) { tx.run(R"sql(DELETE FROM disposal_subject WHERE disposal_id = $1)sql", db::params(id)); }

std::optional<UtcMs> first_act(db::ReadTx& tx) {
  std::optional<UtcMs> at;
  tx.each(R"sql(SELECT min(recorded_at) FROM act)sql", {}, [&](const db::Row& r) { at = r.opt_i64(0); });
  return at;
}

std::vector<std::int64_t> all_searches(db::Database& audit) {
  return audit.read([](db::ReadTx& tx) { return tx.list<std::int64_t>(R"sql(SELECT seq FROM audit_words ORDER BY seq)sql", {}, [](const db::Row& r) { return r.i64(0); }); });
}

std::vector<std::int64_t> searches_about(db::Database& audit, const std::set<std::int64_t>& ids) {
  return audit.read([&](db::ReadTx& tx) {
    std::vector<std::int64_t> about;
    tx.each(R"sql(SELECT w.seq, r.subjects FROM audit_words w JOIN audit_read r ON r.seq = w.seq ORDER BY w.seq)sql", {}, [&](const db::Row& r) {
      const db::Blob bytes = r.blob(1);
      const auto found = access::unpack_subjects({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      if (!found) return;
      if (std::ranges::any_of(*found, [&](const access::PackedSubject& s) { return ids.contains(s.ref.id); })) about.push_back(r.i64(0));
    });
    return about;
  });
}

void forget_words(db::Database& audit, const std::vector<std::int64_t>& searches) {
  audit.write([&](db::WriteTx& tx) {
    for (const std::int64_t seq : searches) tx.run(R"sql(DELETE FROM audit_words WHERE seq = $1)sql", db::params(seq));
  });
}

void add_hold(db::WriteTx& tx, const access::Permit<LegalHoldTag>& permit, HouseholdId root, const std::string& reason, Date from, AccountId by) {
  permit.run(tx, R"sql(INSERT INTO legal_hold (id, root_id, pii_reason, from_on, set_by, ended_on, ended_by, version)
                       VALUES ($permit, $1, $2, $3, $4, NULL, NULL, 1))sql",
             db::params(root, reason, from, by));
}

std::vector<Hold> holds(access::Gate& gate, int limit) {
  return gate.scope<LegalHoldTag>().list<Hold>(
      R"sql(SELECT l.id, l.root_id, h.number, l.pii_reason, l.from_on, l.ended_on, l.version
            FROM legal_hold l LEFT JOIN household h ON h.id = l.root_id
            WHERE {scope:l.id} ORDER BY CASE WHEN l.ended_on IS NULL THEN 0 ELSE 1 END, l.from_on DESC, l.id DESC LIMIT $1)sql",
      db::params(limit), [](const SealedRow& r) {
        return Hold{r.id<LegalHoldTag>(0), r.i64(1), r.opt_text(2).value_or(""), r.personal(3, access::Topic::basic), r.date(4), r.opt_date(5), r.i64(6)};
      });
}

bool end_hold(db::WriteTx& tx, LegalHoldId id, std::int64_t version, Date on, AccountId by) {
  return tx.run(R"sql(UPDATE legal_hold SET ended_on = $1, ended_by = $2, version = version + 1 WHERE id = $3 AND version = $4 AND ended_on IS NULL)sql",
                db::params(on, by, id, version)) == 1;
}

}  // namespace kasane::archive::store
