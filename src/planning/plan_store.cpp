#include "planning/plan_store.hpp"

#include <algorithm>

namespace kasane::planning::store {

using access::Topic;

namespace {

// Columns of a head in the order of map_head; the statements repeat them so that each can be checked as it stands.
template <class Row>
PlanHead map_head(const Row& r) {
  PlanHead h;
  h.id = PlanId(r.i64(0));
  h.household = HouseholdId(r.i64(1));
  h.case_id = CaseId(r.i64(2));
  h.kind = parse_code<PlanKind>(r.text(3)).value_or(PlanKind::collaboration);
  h.lineage = PlanId(r.i64(4));
  h.revision = static_cast<int>(r.i64(5));
  h.state = parse_code<PlanState>(r.text(6)).value_or(PlanState::draft);
  h.author = AgencyId(r.i64(7));
  h.author_account = AccountId(r.i64(8));
  h.names_outreach = r.i64(9) != 0;
  h.names_participation = r.i64(10) != 0;
  h.approach = r.text(11);
  h.review_on = r.opt_date(12);
  if (auto bundle = r.opt_i64(13)) h.bundle = PlanId(*bundle);
  h.submitted_on = r.opt_date(14);
  h.decided_on = r.opt_date(15);
  h.ended_on = r.opt_date(16);
  h.consent_withdrawn = r.text(17) == "consent_withdrawn";
  h.version = r.i64(18);
  return h;
}

PlanLine map_line(const access::SealedRow& r) { return {map_head(r), r.personal(19, Topic::basic), r.text(20)}; }

std::int64_t flag(bool on) { return on ? 1 : 0; }
std::int64_t bits(Topic topic) { return static_cast<std::int64_t>(topic); }

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ",") + code;
  return out;
}
std::vector<std::string> parted(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    out.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

void add_rows(const access::Permit<PlanTag>& permit, db::WriteTx& tx, const PlanContent& content) {
  for (const PersonId person : content.persons)
    permit.run(tx, R"sql(INSERT INTO plan_person (plan_id, person_id, agreed_on) VALUES ($permit, $1, NULL))sql", db::params(person));
  int number = 0;
  for (const NewGoal& g : content.goals)
    permit.run(tx, R"sql(INSERT INTO plan_goal (id, plan_id, number, term, kind, person_id, pii_text, by_on, topic, not_home)
                     VALUES ($1, $permit, $2, $3, $4, $5, $6, $7, $8, $9))sql",
               db::params(next_id(), ++number, code_of(g.term), g.kind, g.person, g.text, g.by_on, bits(g.topic), flag(g.not_home)));
  number = 0;
  for (const NewRole& r : content.roles)
    permit.run(tx, R"sql(INSERT INTO plan_role (id, plan_id, number, agency_id, who, pii_what, how_often, by_on, service, topic, not_home, task_id)
                     VALUES ($1, $permit, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL))sql",
               db::params(next_id(), ++number, r.agency, r.who, r.what, r.how_often, r.by_on, r.service, bits(r.topic), flag(r.not_home)));
}

}  // namespace

void add_plan(const access::Permit<PlanTag>& permit, db::WriteTx& tx, const PlanHead& head, const PlanContent& content) {
  permit.run(tx, R"sql(INSERT INTO plan (id, household_id, case_id, kind, lineage_id, revision, state, author_agency, author_id,
                     names_outreach, names_participation, approach, pii_wishes, pii_household_wishes, pii_direction, pii_extra, home_leaves,
                     review_on, bundle_id, submitted_on, decided_on, ended_on, marked, finding_result, finding_wording, finding_on, finding_item, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, NULL, NULL, NULL, NULL, '', '', '', NULL, NULL, 1))sql",
             db::params(head.household, head.case_id, code_of(head.kind), head.lineage, head.revision, head.author, head.author_account,
                        flag(content.names_outreach), flag(content.names_participation), content.approach, content.wishes,
                        content.household_wishes, content.direction, content.extra, joined(content.home_leaves), content.review_on));
  add_rows(permit, tx, content);
}

void copy_plan(db::WriteTx& tx, PlanId from, const access::Permit<PlanTag>& to) {
  to.run(tx, R"sql(INSERT INTO plan (id, household_id, case_id, kind, lineage_id, revision, state, author_agency, author_id,
                     names_outreach, names_participation, approach, pii_wishes, pii_household_wishes, pii_direction, pii_extra, home_leaves,
                     review_on, bundle_id, submitted_on, decided_on, ended_on, marked, finding_result, finding_wording, finding_on, finding_item, version)
                   SELECT CAST($permit AS BIGINT), household_id, case_id, kind, lineage_id,
                     (SELECT max(l.revision) + 1 FROM plan l WHERE l.lineage_id = p.lineage_id), 'draft', author_agency, author_id,
                     names_outreach, names_participation, approach, pii_wishes, pii_household_wishes, pii_direction, pii_extra, home_leaves,
                     NULL, NULL, NULL, NULL, NULL, '', '', '', NULL, NULL, 1 FROM plan p WHERE p.id = $1)sql",
         db::params(from));
  to.run(tx, R"sql(INSERT INTO plan_person (plan_id, person_id, agreed_on) SELECT CAST($permit AS BIGINT), person_id, NULL FROM plan_person WHERE plan_id = $1)sql",
         db::params(from));
  const auto goals = tx.list<std::int64_t>(R"sql(SELECT id FROM plan_goal WHERE plan_id = $1)sql", db::params(from), [](const db::Row& r) { return r.i64(0); });
  for (const std::int64_t goal : goals)
    to.run(tx, R"sql(INSERT INTO plan_goal (id, plan_id, number, term, kind, person_id, pii_text, by_on, topic, not_home)
                     SELECT CAST($1 AS BIGINT), CAST($permit AS BIGINT), number, term, kind, person_id, pii_text, by_on, topic, not_home FROM plan_goal WHERE id = $2)sql",
           db::params(next_id(), goal));
  const auto roles = tx.list<std::int64_t>(R"sql(SELECT id FROM plan_role WHERE plan_id = $1)sql", db::params(from), [](const db::Row& r) { return r.i64(0); });
  for (const std::int64_t role : roles)
    to.run(tx, R"sql(INSERT INTO plan_role (id, plan_id, number, agency_id, who, pii_what, how_often, by_on, service, topic, not_home, task_id)
                     SELECT CAST($1 AS BIGINT), CAST($permit AS BIGINT), number, agency_id, who, pii_what, how_often, by_on, service, topic, not_home, NULL FROM plan_role WHERE id = $2)sql",
           db::params(next_id(), role));
}

bool set_content(const access::Permit<PlanTag>& permit, db::WriteTx& tx, std::int64_t version, const PlanContent& content) {
  const auto changed = permit.run(tx, R"sql(UPDATE plan SET names_outreach = $1, names_participation = $2, approach = $3, pii_wishes = $4,
                     pii_household_wishes = $5, pii_direction = $6, pii_extra = $7, home_leaves = $8, review_on = $9, version = version + 1
                   WHERE id = $permit AND version = $10 AND state = 'draft')sql",
                                  db::params(flag(content.names_outreach), flag(content.names_participation), content.approach, content.wishes,
                                             content.household_wishes, content.direction, content.extra, joined(content.home_leaves),
                                             content.review_on, version));
  if (changed == 0) return false;
  // Rows about what the writer may not see stay: they were not on the page either.
  const auto visible = static_cast<std::int64_t>(permit.verdict().visible.bits());
  permit.run(tx, R"sql(DELETE FROM plan_person WHERE plan_id = $permit)sql", {});
  permit.run(tx, R"sql(DELETE FROM plan_goal WHERE plan_id = $permit AND (topic & $1) = topic)sql", db::params(visible));
  permit.run(tx, R"sql(DELETE FROM plan_role WHERE plan_id = $permit AND (topic & $1) = topic)sql", db::params(visible));
  add_rows(permit, tx, content);
  return true;
}

std::optional<PlanHead> plan_head(db::ReadTx& tx, PlanId id) {
  return tx.one<PlanHead>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version
    FROM plan p WHERE p.id = $1)sql",
                          db::params(id), map_head<db::Row>);
}

std::vector<PlanId> in_force_of_lineage(db::ReadTx& tx, PlanId lineage, PlanId except) {
  return tx.list<PlanId>(R"sql(SELECT id FROM plan WHERE lineage_id = $1 AND id <> $2 AND state IN ('active', 'under_review'))sql",
                         db::params(lineage, except), [](const db::Row& r) { return r.id<PlanTag>(0); });
}

std::vector<PlanHead> open_of_case(db::ReadTx& tx, CaseId case_id) {
  return tx.list<PlanHead>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version
    FROM plan p WHERE p.case_id = $1 AND p.state IN ('draft', 'submitted', 'active', 'under_review') ORDER BY p.id)sql",
                           db::params(case_id), map_head<db::Row>);
}

std::optional<PlanId> open_draft(db::ReadTx& tx, CaseId case_id, PlanKind kind, AgencyId author) {
  return tx.one<PlanId>(R"sql(SELECT id FROM plan WHERE case_id = $1 AND kind = $2 AND author_agency = $3 AND state IN ('draft', 'submitted') ORDER BY id LIMIT 1)sql",
                        db::params(case_id, code_of(kind), author), [](const db::Row& r) { return r.id<PlanTag>(0); });
}

std::optional<PlanId> open_of_lineage(db::ReadTx& tx, PlanId lineage) {
  return tx.one<PlanId>(R"sql(SELECT id FROM plan WHERE lineage_id = $1 AND state IN ('draft', 'submitted') ORDER BY id LIMIT 1)sql",
                        db::params(lineage), [](const db::Row& r) { return r.id<PlanTag>(0); });
}

std::vector<PlanPerson> persons(db::ReadTx& tx, PlanId id) {
  return tx.list<PlanPerson>(R"sql(SELECT person_id, agreed_on FROM plan_person WHERE plan_id = $1 ORDER BY person_id)sql", db::params(id),
                             [](const db::Row& r) { return PlanPerson{r.id<PersonTag>(0), r.opt_date(1)}; });
}

std::optional<FindingNote> finding(db::ReadTx& tx, PlanId id) {
  return tx.one<FindingNote>(R"sql(SELECT finding_result, finding_wording, finding_on, finding_item FROM plan WHERE id = $1 AND finding_on IS NOT NULL)sql",
                             db::params(id), [](const db::Row& r) {
                               return FindingNote{parse_code<Finding>(r.text(0)).value_or(Finding::defer), r.text(1), r.date(2),
                                                  AgendaItemId(r.opt_i64(3).value_or(0))};
                             });
}

bool set_head(db::WriteTx& tx, const PlanHead& head, std::int64_t version) {
  return tx.run(R"sql(UPDATE plan SET state = $1, review_on = $2, bundle_id = $3, submitted_on = $4, decided_on = $5, ended_on = $6, marked = $7,
                  version = version + 1 WHERE id = $8 AND version = $9)sql",
                db::params(code_of(head.state), head.review_on, head.bundle, head.submitted_on, head.decided_on, head.ended_on,
                           head.consent_withdrawn ? "consent_withdrawn" : "", head.id, version)) > 0;
}

void set_finding(db::WriteTx& tx, PlanId id, const FindingNote& finding) {
  tx.run(R"sql(UPDATE plan SET finding_result = $1, finding_wording = $2, finding_on = $3, finding_item = $4 WHERE id = $5)sql",
         db::params(code_of(finding.result), finding.wording, finding.on, finding.item, id));
}

void clear_finding(db::WriteTx& tx, PlanId id) {
  tx.run(R"sql(UPDATE plan SET finding_result = '', finding_wording = '', finding_on = NULL, finding_item = NULL WHERE id = $1)sql", db::params(id));
}

void set_laid(db::WriteTx& tx, PlanId id, const std::optional<Laid>& laid) {
  tx.run(R"sql(UPDATE plan SET laid_item = $2, laid_on = $3 WHERE id = $1)sql",
         db::params(id, laid ? std::optional(laid->item.value) : std::nullopt, laid ? std::optional(laid->on) : std::nullopt));
}

std::optional<Laid> laid(db::ReadTx& tx, PlanId id) {
  return tx.one<Laid>(R"sql(SELECT laid_item, laid_on FROM plan WHERE id = $1 AND laid_item IS NOT NULL)sql", db::params(id),
                      [](const db::Row& r) { return Laid{r.id<AgendaItemTag>(0), r.date(1)}; });
}

void set_agreed(db::WriteTx& tx, PlanId id, PersonId person, Date on) {
  tx.run(R"sql(UPDATE plan_person SET agreed_on = $1 WHERE plan_id = $2 AND person_id = $3)sql", db::params(on, id, person));
}

std::int64_t mark_withdrawn(db::WriteTx& tx, PersonId person) {
  return tx.run(R"sql(UPDATE plan SET marked = 'consent_withdrawn', version = version + 1
                WHERE state IN ('submitted', 'active', 'under_review') AND marked = ''
                  AND id IN (SELECT plan_id FROM plan_person WHERE person_id = $1))sql",
                db::params(person));
}

void set_task(db::WriteTx& tx, std::int64_t role, TaskId task) {
  tx.run(R"sql(UPDATE plan_role SET task_id = $1 WHERE id = $2)sql", db::params(task, role));
}

namespace {

using access::Permit;

std::optional<PlanGoal> map_goal(const access::SealedRow& r) {
  const auto topic = static_cast<Topic>(r.i64(6));
  if (!r.shows(topic)) return std::nullopt;
  PlanGoal g;
  g.id = r.i64(0);
  g.term = parse_code<Term>(r.text(1)).value_or(Term::long_term);
  g.kind = r.text(2);
  if (auto person = r.opt_i64(3)) g.person = PersonId(*person);
  g.text = r.personal(4, Topic::plan);
  g.by_on = r.opt_date(5);
  g.topic = topic;
  g.not_home = r.i64(7) != 0;
  return g;
}

std::optional<PlanRole> map_role(const access::SealedRow& r) {
  const auto topic = static_cast<Topic>(r.i64(7));
  if (!r.shows(topic)) return std::nullopt;
  PlanRole role;
  role.id = r.i64(0);
  if (auto agency = r.opt_i64(1)) role.agency = AgencyId(*agency);
  role.who = r.text(2);
  role.what = r.personal(3, Topic::plan);
  role.how_often = r.text(4);
  role.by_on = r.opt_date(5);
  role.service = r.text(6);
  role.topic = topic;
  role.not_home = r.i64(8) != 0;
  return role;
}

/// Those that may be seen, numbered from 1 without a gap.
template <class T>
std::vector<T> shown_rows(std::vector<std::optional<T>> rows) {
  std::vector<T> out;
  for (auto& row : rows) {
    if (!row) continue;
    row->number = static_cast<int>(out.size()) + 1;
    out.push_back(std::move(*row));
  }
  return out;
}

}  // namespace

std::optional<PlanView> plan_view(const Permit<PlanTag>& permit) {
  auto view = permit.one<PlanView>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version,
      p.pii_wishes, p.pii_household_wishes, p.pii_direction, p.pii_extra, p.home_leaves, p.finding_result, p.finding_wording, p.finding_on, p.finding_item
    FROM plan p WHERE p.id = $permit)sql",
                                   {}, [](const access::SealedRow& r) {
                                     PlanView v;
                                     v.head = map_head(r);
                                     v.wishes = r.personal(19, Topic::plan);
                                     v.household_wishes = r.personal(20, Topic::plan);
                                     v.direction = r.personal(21, Topic::plan);
                                     v.extra = r.personal(22, Topic::plan);
                                     v.home_leaves = parted(r.text(23));
                                     if (auto on = r.opt_date(26))
                                       v.finding = FindingNote{parse_code<Finding>(r.text(24)).value_or(Finding::defer), r.text(25), *on,
                                                               AgendaItemId(r.opt_i64(27).value_or(0))};
                                     return v;
                                   });
  if (!view) return view;
  view->persons = permit.list<PlanPerson>(R"sql(SELECT person_id, agreed_on FROM plan_person WHERE plan_id = $permit ORDER BY person_id)sql", {},
                                          [](const access::SealedRow& r) { return PlanPerson{r.id<PersonTag>(0), r.opt_date(1)}; });
  view->goals = shown_rows(permit.list<std::optional<PlanGoal>>(R"sql(SELECT id, term, kind, person_id, pii_text, by_on, topic, not_home
      FROM plan_goal WHERE plan_id = $permit ORDER BY number, id)sql",
                                                                {}, map_goal));
  view->roles = shown_rows(permit.list<std::optional<PlanRole>>(R"sql(SELECT id, agency_id, who, pii_what, how_often, by_on, service, topic, not_home
      FROM plan_role WHERE plan_id = $permit ORDER BY number, id)sql",
                                                                {}, map_role));
  view->decisions = permit.list<SupportDecision>(R"sql(SELECT id, result, decided_on, decider_id, agency_id, item_id, pii_note
      FROM support_decision WHERE plan_id = $permit ORDER BY made_at DESC, id DESC)sql",
                                                 {}, [](const access::SealedRow& r) {
                                                   SupportDecision d;
                                                   d.id = r.id<DecisionTag>(0);
                                                   d.approved = r.text(1) == "approved";
                                                   d.on = r.date(2);
                                                   d.decider = r.id<AccountTag>(3);
                                                   d.agency = r.id<AgencyTag>(4);
                                                   if (auto item = r.opt_i64(5)) d.item = AgendaItemId(*item);
                                                   d.note = r.personal(6, Topic::plan);
                                                   return d;
                                                 });
  return view;
}

std::vector<PlanRole> roles_without_task(const Permit<PlanTag>& permit) {
  return shown_rows(permit.list<std::optional<PlanRole>>(R"sql(SELECT id, agency_id, who, pii_what, how_often, by_on, service, topic, not_home
      FROM plan_role WHERE plan_id = $permit AND agency_id IS NOT NULL AND task_id IS NULL ORDER BY number, id)sql",
                                                         {}, map_role));
}

std::vector<PlanHead> heads_of_case(const access::Scope<PlanTag>& scope, CaseId case_id) {
  return scope.list<PlanHead>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version
    FROM plan p WHERE p.case_id = $1 AND {scope:p.id} ORDER BY p.kind, p.lineage_id DESC, p.revision DESC LIMIT 100)sql",
                              db::params(case_id), map_head<access::SealedRow>);
}

std::vector<PlanHead> heads_of_lineage(const access::Scope<PlanTag>& scope, PlanId lineage) {
  return scope.list<PlanHead>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version
    FROM plan p WHERE p.lineage_id = $1 AND {scope:p.id} ORDER BY p.revision LIMIT 100)sql",
                              db::params(lineage), map_head<access::SealedRow>);
}

std::vector<PlanLine> waiting(const access::Scope<PlanTag>& scope) {
  return scope.list<PlanLine>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version,
      h.pii_label, c.number
    FROM plan p JOIN household h ON h.id = p.household_id JOIN support_case c ON c.id = p.case_id
    WHERE p.state = 'submitted' AND p.finding_result IN ('', 'defer') AND {scope:p.id} ORDER BY p.submitted_on, p.bundle_id, p.id LIMIT 200)sql",
                              {}, map_line);
}

std::vector<PlanLine> for_review(const access::Scope<PlanTag>& scope, Date until) {
  return scope.list<PlanLine>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version,
      h.pii_label, c.number
    FROM plan p JOIN household h ON h.id = p.household_id JOIN support_case c ON c.id = p.case_id
    WHERE (p.state = 'under_review' OR (p.state = 'active' AND p.review_on <= $1)) AND {scope:p.id} ORDER BY p.review_on, p.id LIMIT 200)sql",
                              db::params(until), map_line);
}

std::vector<PlanLine> marked(const access::Scope<PlanTag>& scope) {
  return scope.list<PlanLine>(R"sql(SELECT p.id, p.household_id, p.case_id, p.kind, p.lineage_id, p.revision, p.state, p.author_agency, p.author_id,
      p.names_outreach, p.names_participation, p.approach, p.review_on, p.bundle_id, p.submitted_on, p.decided_on, p.ended_on, p.marked, p.version,
      h.pii_label, c.number
    FROM plan p JOIN household h ON h.id = p.household_id JOIN support_case c ON c.id = p.case_id
    WHERE p.marked = 'consent_withdrawn' AND p.state IN ('submitted', 'active', 'under_review') AND {scope:p.id} ORDER BY p.id LIMIT 200)sql",
                              {}, map_line);
}

void add_decision(const access::Permit<PlanTag>& permit, db::WriteTx& tx, const NewDecision& d) {
  permit.run(tx, R"sql(INSERT INTO support_decision (id, plan_id, case_id, result, decided_on, decider_id, agency_id, item_id, pii_note, made_at)
                   VALUES ($1, $permit, $2, $3, $4, $5, $6, $7, $8, $9))sql",
             db::params(d.id, d.case_id, d.approved ? "approved" : "refused", d.on, d.decider, d.agency, d.item, d.note, d.made_at));
}

}  // namespace kasane::planning::store
