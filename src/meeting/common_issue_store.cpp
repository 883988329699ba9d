#include "meeting/common_issue_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

namespace {

/// Columns id, title, text, field, kind, area_code, state, raised_on, look_on, carrier_body, carrier_id, version.
CommonIssue issue_from(const db::Row& r) {
  CommonIssue i;
  i.id = r.id<CommonIssueTag>(0);
  i.title = r.text(1);
  i.text = r.text(2);
  i.field = parse_code<IssueField>(r.text(3)).value_or(IssueField::other);
  i.kind = parse_code<IssueKind>(r.text(4)).value_or(IssueKind::other);
  i.area = r.text(5);
  i.state = parse_code<IssueState>(r.text(6)).value_or(IssueState::raised);
  i.raised_on = r.date(7);
  i.look_on = r.opt_date(8);
  i.carrier_body = r.text(9);
  i.carrier = r.opt_id<AgencyTag>(10);
  i.version = r.i64(11);
  return i;
}

/// Columns kind, name, text, run_by, link, since_on from `at` on.
IssueAnswer answer_from(const db::Row& r, int at) {
  return {parse_code<AnswerKind>(r.text(at)).value_or(AnswerKind::resource), r.text(at + 1), r.text(at + 2), r.text(at + 3), r.text(at + 4), r.date(at + 5)};
}

Count count_from(const db::Row& r) { return {r.text(0), r.text(1), r.i64(2)}; }

}  // namespace

void insert_issue(db::WriteTx& tx, const CommonIssue& i) {
  tx.run(R"sql(INSERT INTO common_issue (id, title, text, field, kind, area_code, state, raised_on, look_on, carrier_body, carrier_id, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1))sql",
         db::params(i.id, i.title, i.text, code_of(i.field), code_of(i.kind), i.area, code_of(i.state), i.raised_on, i.look_on, i.carrier_body, i.carrier));
}

bool set_issue_text(db::WriteTx& tx, CommonIssueId id, std::int64_t version, const IssueText& t) {
  return tx.run(R"sql(UPDATE common_issue SET title = $3, text = $4, field = $5, kind = $6, area_code = $7, version = version + 1
                      WHERE id = $1 AND version = $2)sql",
                db::params(id, version, t.title, t.text, code_of(t.field), code_of(t.kind), t.area)) == 1;
}

bool set_issue_state(db::WriteTx& tx, const CommonIssue& i, std::int64_t version) {
  return tx.run(R"sql(UPDATE common_issue SET state = $3, look_on = $4, carrier_body = $5, carrier_id = $6, version = version + 1
                      WHERE id = $1 AND version = $2)sql",
                db::params(i.id, version, code_of(i.state), i.look_on, i.carrier_body, i.carrier)) == 1;
}

std::optional<CommonIssue> issue(db::ReadTx& tx, CommonIssueId id) {
  return tx.one<CommonIssue>(R"sql(SELECT id, title, text, field, kind, area_code, state, raised_on, look_on, carrier_body, carrier_id, version
                                   FROM common_issue WHERE id = $1)sql",
                             db::params(id), issue_from);
}

std::vector<CommonIssue> issues(db::ReadTx& tx, const IssueFilter& f, int limit) {
  return tx.list<CommonIssue>(
      R"sql(SELECT id, title, text, field, kind, area_code, state, raised_on, look_on, carrier_body, carrier_id, version FROM common_issue
            WHERE (CAST($1 AS TEXT) = state OR (CAST($1 AS TEXT) = 'open' AND state IN ('raised', 'plenary', 'carried')) OR (CAST($1 AS TEXT) = '' AND state <> 'withdrawn'))
              AND (CAST($2 AS TEXT) = '' OR field = CAST($2 AS TEXT)) AND (CAST($3 AS TEXT) = '' OR kind = CAST($3 AS TEXT))
              AND (CAST($4 AS TEXT) = '' OR area_code = CAST($4 AS TEXT))
            ORDER BY raised_on DESC, id DESC LIMIT $5)sql",
      db::params(f.state, f.field, f.kind, f.area, limit), issue_from);
}

std::int64_t insert_step(db::WriteTx& tx, const StepRow& row) {
  const std::int64_t id = next_id();
  const IssueStep& s = row.step;
  tx.run(R"sql(INSERT INTO common_issue_step (id, issue_id, kind, held_on, body, to_body, to_agency, text, item_id, agency_id, account_id, made_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql",
         db::params(id, row.issue, code_of(s.kind), s.on, s.body, s.to_body, s.to_agency, s.text, row.item, s.agency, row.account, row.now));
  return id;
}

std::vector<IssueStep> steps(db::ReadTx& tx, CommonIssueId id) {
  return tx.list<IssueStep>(R"sql(SELECT kind, held_on, body, to_body, to_agency, text, agency_id FROM common_issue_step
                                  WHERE issue_id = $1 ORDER BY id LIMIT 200)sql",
                            db::params(id), [](const db::Row& r) {
                              return IssueStep{parse_code<StepKind>(r.text(0)).value_or(StepKind::kept), r.date(1), r.text(2), r.text(3),
                                               r.opt_id<AgencyTag>(4), r.text(5), r.id<AgencyTag>(6)};
                            });
}

void insert_answer(db::WriteTx& tx, CommonIssueId issue, std::int64_t step, const IssueAnswer& a) {
  tx.run(R"sql(INSERT INTO common_issue_answer (id, issue_id, step_id, kind, name, text, run_by, link, since_on)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql",
         db::params(next_id(), issue, step, code_of(a.kind), a.name, a.text, a.run_by, a.link, a.since));
}

std::vector<IssueAnswer> answers(db::ReadTx& tx, CommonIssueId id) {
  return tx.list<IssueAnswer>(R"sql(SELECT kind, name, text, run_by, link, since_on FROM common_issue_answer WHERE issue_id = $1 ORDER BY id LIMIT 50)sql",
                              db::params(id), [](const db::Row& r) { return answer_from(r, 0); });
}

std::vector<AnswerLine> answers_between(db::ReadTx& tx, Date from, Date to) {
  return tx.list<AnswerLine>(R"sql(SELECT i.id, i.title, a.kind, a.name, a.text, a.run_by, a.link, a.since_on
                                   FROM common_issue_answer a JOIN common_issue i ON i.id = a.issue_id
                                   WHERE a.since_on >= $1 AND a.since_on <= $2 AND i.state <> 'withdrawn' ORDER BY a.since_on, a.id LIMIT 200)sql",
                             db::params(from, to), [](const db::Row& r) { return AnswerLine{r.id<CommonIssueTag>(0), r.text(1), answer_from(r, 2)}; });
}

void link(db::WriteTx& tx, CommonIssueId issue, const ItemHead& item, Date on) {
  tx.run(R"sql(INSERT INTO common_issue_link (issue_id, item_id, household_id, linked_on) VALUES ($1, $2, $3, $4)
               ON CONFLICT (issue_id, item_id) DO NOTHING)sql",
         db::params(issue, item.id, item.household, on));
}

std::int64_t households_behind(db::ReadTx& tx, CommonIssueId id) {
  return tx.number(R"sql(SELECT count(DISTINCT household_id) FROM common_issue_link WHERE issue_id = $1)sql", db::params(id));
}

std::vector<HouseholdId> behind(db::ReadTx& tx, CommonIssueId id) {
  return tx.list<HouseholdId>(R"sql(SELECT DISTINCT household_id FROM common_issue_link WHERE issue_id = $1 AND household_id IS NOT NULL ORDER BY household_id DESC LIMIT 100)sql",
                              db::params(id), [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

std::optional<AgencyId> holder_of(db::ReadTx& tx, HouseholdId id) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(id), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::vector<IssueSource> sources(const access::Scope<AgendaItemTag>& scope, CommonIssueId id) {
  return scope.list<IssueSource>(
      R"sql(SELECT i.id, i.number, i.body, s.held_on, h.pii_label
            FROM common_issue_link l JOIN agenda_item i ON i.id = l.item_id JOIN meeting_session s ON s.id = i.session_id
            LEFT JOIN household h ON h.id = i.household_id
            WHERE l.issue_id = $1 AND {scope:i.id} ORDER BY s.held_on DESC, i.number LIMIT 100)sql",
      db::params(id), [](const SealedRow& r) {
        return IssueSource{r.id<AgendaItemTag>(0), static_cast<int>(r.i64(1)), r.text(2), r.date(3), r.personal(4, Topic::basic)};
      });
}

std::vector<CommonIssue> issues_of_item(db::ReadTx& tx, AgendaItemId item) {
  return tx.list<CommonIssue>(R"sql(SELECT i.id, i.title, i.text, i.field, i.kind, i.area_code, i.state, i.raised_on, i.look_on, i.carrier_body, i.carrier_id, i.version
                                    FROM common_issue_link l JOIN common_issue i ON i.id = l.issue_id WHERE l.item_id = $1 ORDER BY i.id LIMIT 50)sql",
                              db::params(item), issue_from);
}

void insert_issue_item(db::WriteTx& tx, AgendaItemId item, CommonIssueId issue) {
  tx.run(R"sql(INSERT INTO common_issue_item (item_id, issue_id) VALUES ($1, $2))sql", db::params(item, issue));
}

std::optional<CommonIssueId> issue_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<CommonIssueId>(R"sql(SELECT issue_id FROM common_issue_item WHERE item_id = $1)sql", db::params(item),
                               [](const db::Row& r) { return r.id<CommonIssueTag>(0); });
}

bool on_agenda(db::ReadTx& tx, CommonIssueId id) {
  return tx.exists(R"sql(SELECT 1 FROM common_issue_item c JOIN agenda_item i ON i.id = c.item_id WHERE c.issue_id = $1 AND i.state = 'waiting')sql",
                   db::params(id));
}

std::vector<CommonIssue> waiting(db::ReadTx& tx, const std::string& carrier_body, Date today) {
  return tx.list<CommonIssue>(
      R"sql(SELECT i.id, i.title, i.text, i.field, i.kind, i.area_code, i.state, i.raised_on, i.look_on, i.carrier_body, i.carrier_id, i.version
            FROM common_issue i
            WHERE ((CAST($1 AS TEXT) = '' AND i.state IN ('raised', 'plenary')) OR (CAST($1 AS TEXT) <> '' AND i.state = 'carried' AND i.carrier_body = CAST($1 AS TEXT))
                   OR (CAST($1 AS TEXT) = '' AND i.look_on <= $2 AND i.state IN ('answered', 'carried')))
              AND NOT EXISTS (SELECT 1 FROM common_issue_item c JOIN agenda_item a ON a.id = c.item_id WHERE c.issue_id = i.id AND a.state = 'waiting')
            ORDER BY i.raised_on, i.id LIMIT 100)sql",
      db::params(carrier_body, today), issue_from);
}

std::vector<Count> behind_by_area_and_field(db::ReadTx& tx) {
  return tx.list<Count>(R"sql(SELECT i.area_code, i.field, count(DISTINCT l.household_id) FROM common_issue i JOIN common_issue_link l ON l.issue_id = i.id
                              WHERE i.state IN ('raised', 'plenary', 'carried') GROUP BY i.area_code, i.field ORDER BY i.area_code, i.field)sql",
                        {}, count_from);
}

std::vector<Count> lacking_by_field(db::ReadTx& tx, Date from, Date to) {
  return tx.list<Count>(R"sql(SELECT i.field, '', count(DISTINCT l.household_id) FROM common_issue i JOIN common_issue_link l ON l.issue_id = i.id
                              WHERE i.kind = 'resource' AND i.state <> 'withdrawn' AND l.linked_on >= $1 AND l.linked_on <= $2 GROUP BY i.field)sql",
                        db::params(from, to), count_from);
}

std::vector<Count> goals_not_reached(db::ReadTx& tx, Date from, Date to, std::int64_t topics) {
  return tx.list<Count>(R"sql(SELECT g.kind, '', count(DISTINCT c.household_id)
                              FROM evaluation e JOIN evaluation_goal r ON r.evaluation_id = e.id JOIN plan_goal g ON g.id = r.goal_id
                              JOIN support_case c ON c.id = e.case_id
                              WHERE r.result = 'not' AND e.made_on >= $1 AND e.made_on <= $2 AND (g.topic & CAST($3 AS BIGINT)) = g.topic GROUP BY g.kind)sql",
                        db::params(from, to, topics), count_from);
}

std::vector<std::pair<std::int64_t, std::string>> referral_reasons(db::ReadTx& tx, Date from, Date to, std::int64_t topics) {
  std::vector<std::pair<std::int64_t, std::string>> all;
  tx.each(R"sql(SELECT DISTINCT r.household_id, r.reasons FROM referral r JOIN access_subject s ON s.id = r.id
                WHERE r.sent_on >= $1 AND r.sent_on <= $2 AND r.household_id IS NOT NULL AND r.reasons <> '' AND (s.topics & CAST($3 AS BIGINT)) = s.topics)sql",
          db::params(from, to, topics), [&](const db::Row& r) { all.emplace_back(r.i64(0), r.text(1)); });
  return all;
}

}  // namespace kasane::meeting::store
