#include "casework/issue_store.hpp"

namespace kasane::casework::store {

namespace {

Issue map_issue(const access::SealedRow& r) {
  Issue i;
  i.id = r.id<IssueTag>(0);
  i.household = r.id<HouseholdTag>(1);
  if (auto person = r.opt_i64(2)) i.person = PersonId(*person);
  i.code = r.text(3);
  i.certainty = parse_code<Certainty>(r.text(4)).value_or(Certainty::suspected);
  i.treatment = parse_code<Treatment>(r.text(5)).value_or(Treatment::unsaid);
  i.note = r.personal(6, access::Topic::basic);
  i.since_on = r.date(7);
  i.ended_on = r.opt_date(8);
  i.version = r.i64(9);
  return i;
}

}  // namespace

void add_issue(const access::Permit<IssueTag>& permit, db::WriteTx& tx, const NewIssue& in) {
  permit.run(tx, R"sql(INSERT INTO issue (id, household_id, person_id, code, certainty, treatment, pii_note, since_on, ended_on, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, NULL, 1))sql",
             db::params(in.household, in.person, in.code, code_of(in.certainty), code_of(in.treatment), in.note, in.since_on));
}

std::vector<Issue> issues(const access::Scope<IssueTag>& scope, HouseholdId household) {
  return scope.list<Issue>(R"sql(SELECT i.id, i.household_id, i.person_id, i.code, i.certainty, i.treatment, i.pii_note, i.since_on, i.ended_on, i.version
      FROM issue i WHERE i.household_id = $1 AND {scope:i.id}
      ORDER BY CASE WHEN i.ended_on IS NULL THEN 0 ELSE 1 END, COALESCE(i.person_id, 0), i.since_on, i.id LIMIT 200)sql",
                           db::params(household), map_issue);
}

std::optional<Issue> issue(const access::Permit<IssueTag>& permit) {
  auto found = permit.one<Issue>(R"sql(SELECT id, household_id, person_id, code, certainty, treatment, pii_note, since_on, ended_on, version
      FROM issue WHERE id = $permit)sql",
                                 {}, map_issue);
  if (found) found->holder = permit.facts().holder;
  return found;
}

bool set_issue(const access::Permit<IssueTag>& permit, db::WriteTx& tx, const IssueChange& in, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE issue SET certainty = $1, treatment = $2, pii_note = $3, ended_on = $4, version = version + 1
                          WHERE id = $permit AND version = $5)sql",
                    db::params(code_of(in.certainty), code_of(in.treatment), in.note, in.ended_on, version)) > 0;
}

}  // namespace kasane::casework::store
