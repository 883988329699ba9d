#include "casework/intake_store.hpp"

#include "casework/intake_rules.hpp"

namespace kasane::casework::intake_store {

namespace {

using access::SealedRow;
using access::Topic;

Intake map(const IntakePermit& permit, const SealedRow& r) {
  Intake i;
  i.id = permit.id();
  i.agency = r.id<AgencyTag>(0);
  i.taken_on = r.date(1);
  i.receiver = r.id<AccountTag>(2);
  i.receiver_name = r.opt_text(3).value_or("");
  if (auto n = r.opt_i64(4)) i.notice = NoticeId(*n);
  if (auto h = r.opt_i64(5)) i.household = HouseholdId(*h);
  if (auto p = r.opt_i64(6)) i.person = PersonId(*p);
  i.about = parted(r.text(7));
  i.summary = r.personal(8, Topic::record);
  i.consulter = r.personal(9, Topic::reporter);
  i.consulter_relation = r.text(10);
  i.form_key = r.text(11);
  i.form_version = static_cast<int>(r.i64(12));
  // The sheet speaks of everything at once, so only who may see every topic of it sees its answers.
  if (permit.verdict().visible.has_all(kSheetTopics)) i.answers = r.personal(13, Topic::basic);
  i.abuse_named = r.i64(14) != 0;
  i.screening = parse_code<ScreeningResult>(r.text(15));
  i.screened_on = r.opt_date(16);
  i.screening_note = r.personal(17, Topic::record);
  i.version = r.i64(18);
  i.abuse_taken_back_on = r.opt_date(19);
  i.not_abuse_because = r.personal(20, Topic::record);
  i.next_on = r.opt_date(21);
  return i;
}

IntakeLine line(const SealedRow& r) {
  IntakeLine l;
  l.id = r.id<IntakeTag>(0);
  l.taken_on = r.date(1);
  l.agency = r.id<AgencyTag>(2);
  l.about = parted(r.text(3));
  l.summary = r.personal(4, Topic::record);
  if (auto h = r.opt_i64(5)) l.household = HouseholdId(*h);
  l.abuse_named = r.i64(6) != 0;
  l.screening = parse_code<ScreeningResult>(r.text(7));
  return l;
}

}  // namespace

void add(db::WriteTx& tx, const IntakePermit& permit, const NewIntake& in) {
  const IntakeContent& c = in.content;
  permit.run(tx, R"sql(INSERT INTO intake (id, taken_on, agency_id, receiver_id, notice_id, household_id, person_id, about_codes, pii_summary,
                         pii_consulter, consulter_relation, form_key, form_version, pii_answers, abuse_named, screening, screened_on,
                         pii_screening, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', NULL, '', 1))sql",
             db::params(c.taken_on, in.agency, c.receiver, in.notice, in.household, in.person, joined(c.about), c.summary, c.consulter,
                        c.consulter_relation, c.form_key, std::int64_t{c.form_version}, c.answers, std::int64_t{c.abuse_named}));
}

std::optional<Intake> read(const IntakePermit& permit) {
  return permit.one<Intake>(R"sql(SELECT i.agency_id, i.taken_on, i.receiver_id, a.display_name, i.notice_id, i.household_id, i.person_id,
                                    i.about_codes, i.pii_summary, i.pii_consulter, i.consulter_relation, i.form_key, i.form_version, i.pii_answers,
                                    i.abuse_named, i.screening, i.screened_on, i.pii_screening, i.version, i.abuse_taken_back_on, i.pii_taken_back,
                                    i.next_on
                                  FROM intake i LEFT JOIN account a ON a.id = i.receiver_id WHERE i.id = $permit)sql",
                            {}, [&](const SealedRow& r) { return map(permit, r); });
}

bool change(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, const IntakeContent& c) {
  return permit.run(tx, R"sql(UPDATE intake SET taken_on = $1, receiver_id = $2, about_codes = $3, pii_summary = $4, pii_consulter = $5,
                                consulter_relation = $6, form_key = $7, form_version = $8, pii_answers = $9, abuse_named = $10, version = version + 1
                              WHERE id = $permit AND version = $11)sql",
                    db::params(c.taken_on, c.receiver, joined(c.about), c.summary, c.consulter, c.consulter_relation, c.form_key,
                               std::int64_t{c.form_version}, c.answers, std::int64_t{c.abuse_named}, version)) == 1;
}

void take_back_abuse(db::WriteTx& tx, const IntakePermit& permit, Date on, const std::string& because) {
  permit.run(tx, R"sql(UPDATE intake SET abuse_taken_back_on = $1, pii_taken_back = $2 WHERE id = $permit)sql", db::params(on, because));
}

bool set_screening(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, const Screening& s) {
  return permit.run(tx, R"sql(UPDATE intake SET screening = $1, screened_on = $2, pii_screening = $3, next_on = $4, version = version + 1
                              WHERE id = $permit AND version = $5)sql",
                    db::params(code_of(s.result), s.on, s.note, s.next_on, version)) == 1;
}

bool set_household(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, HouseholdId household, std::optional<PersonId> person) {
  return permit.run(tx, R"sql(UPDATE intake SET household_id = $1, person_id = $2, version = version + 1
                              WHERE id = $permit AND version = $3)sql",
                    db::params(household, person, version)) == 1;
}

std::vector<IntakeLine> list(access::Gate& gate, bool unscreened, const std::optional<ListKey>& before, int limit) {
  const ListKey key = before.value_or(ListKey{*Date::from_iso(access::kForever), 0});
  const auto scope = gate.scope<IntakeTag>(Topic::basic | Topic::record);
  if (unscreened)
    return scope.list<IntakeLine>(
        R"sql(SELECT i.id, i.taken_on, i.agency_id, i.about_codes, i.pii_summary, i.household_id, i.abuse_named, i.screening
              FROM intake i
              WHERE i.screening = '' AND (i.taken_on < $1 OR (i.taken_on = $1 AND i.id < $2)) AND {scope:i.id}
              ORDER BY i.taken_on DESC, i.id DESC LIMIT $3)sql",
        db::params(key.day, key.id, limit), line);
  return scope.list<IntakeLine>(
      R"sql(SELECT i.id, i.taken_on, i.agency_id, i.about_codes, i.pii_summary, i.household_id, i.abuse_named, i.screening
            FROM intake i
            WHERE (i.taken_on < $1 OR (i.taken_on = $1 AND i.id < $2)) AND {scope:i.id}
            ORDER BY i.taken_on DESC, i.id DESC LIMIT $3)sql",
      db::params(key.day, key.id, limit), line);
}

std::vector<IntakeLine> about(access::Gate& gate, HouseholdId household, int limit) {
  return gate.scope<IntakeTag>(Topic::basic | Topic::record)
      .list<IntakeLine>(R"sql(SELECT i.id, i.taken_on, i.agency_id, i.about_codes, i.pii_summary, i.household_id, i.abuse_named, i.screening
                              FROM intake i WHERE i.household_id = $1 AND {scope:i.id}
                              ORDER BY i.taken_on DESC, i.id DESC LIMIT $2)sql",
                        db::params(household, limit), line);
}

}  // namespace kasane::casework::intake_store
