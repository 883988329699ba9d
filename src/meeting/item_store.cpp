#include "meeting/item_store.hpp"

#include <algorithm>

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;
using access::Topics;

namespace {

programme::BodyFunction function_of(const std::string& word) {
  return programme::parse_word<programme::BodyFunction>(word).value_or(programme::BodyFunction::liaison);
}
planning::Finding finding_of(const std::string& code) {
  return planning::parse_code<planning::Finding>(code).value_or(planning::Finding::adequate);
}

template <class Tag>
std::optional<Id<Tag>> some_id(std::optional<std::int64_t> value) {
  return value ? std::optional(Id<Tag>(*value)) : std::nullopt;
}

/// Columns id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter, household_id, case_id,
/// request_id, ground_code, ground_text, minutes, state, version, from the first on.
template <class AnyRow>
ItemHead head_of(const AnyRow& r) {
  ItemHead h;
  h.id = r.template id<AgendaItemTag>(0);
  h.session = r.template id<SessionTag>(1);
  h.number = static_cast<int>(r.i64(2));
  h.body = r.text(3);
  h.function = function_of(r.text(4));
  h.needs_consent = r.text(5) == "required";
  h.secrecy = r.text(6);
  h.agenda_kind = r.text(7);
  h.matter = parse_code<Matter>(r.text(8)).value_or(Matter::other);
  h.household = some_id<HouseholdTag>(r.opt_i64(9));
  h.case_id = some_id<CaseTag>(r.opt_i64(10));
  h.request = some_id<GroundRequestTag>(r.opt_i64(11));
  h.ground_code = r.text(12);
  h.ground_text = r.text(13);
  h.minutes = static_cast<int>(r.i64(14));
  h.state = parse_code<ItemState>(r.text(15)).value_or(ItemState::waiting);
  h.version = r.i64(16);
  return h;
}

PacketPlan* plan_in(ItemView& view, std::int64_t id) {
  for (PacketPlan& plan : view.plans)
    if (plan.id.value == id) return &plan;
  return nullptr;
}

/// Parts of a plan about abuse, the reporter, visit safety or tax are in no packet, whoever opens it.
bool in_packet(const SealedRow& r, Topic topic) { return access::kStandardScope.has_all(topic) && r.shows(topic); }

void add_plans(const ItemPermit& permit, ItemView& view) {
  view.plans = permit.list<PacketPlan>(
      R"sql(SELECT p.id, p.kind, p.revision, p.state, p.version, p.review_on, p.pii_direction
            FROM agenda_plan a JOIN plan p ON p.id = a.plan_id WHERE a.item_id = $permit ORDER BY p.kind, p.id)sql",
      {}, [](const SealedRow& r) {
        PacketPlan plan;
        plan.id = r.id<PlanTag>(0);
        plan.kind = planning::parse_code<planning::PlanKind>(r.text(1)).value_or(planning::PlanKind::collaboration);
        plan.revision = static_cast<int>(r.i64(2));
        plan.state = planning::parse_code<planning::PlanState>(r.text(3)).value_or(planning::PlanState::draft);
        plan.version = r.i64(4);
        plan.review_on = r.opt_date(5);
        plan.direction = r.personal(6, Topic::plan);
        return plan;
      });
  permit.list<int>(R"sql(SELECT g.plan_id, g.topic, g.pii_text FROM agenda_plan a JOIN plan_goal g ON g.plan_id = a.plan_id
                         WHERE a.item_id = $permit ORDER BY g.plan_id, g.number)sql",
                   {}, [&](const SealedRow& r) {
                     const auto topic = static_cast<Topic>(r.i64(1));
                     PacketPlan* plan = plan_in(view, r.i64(0));
                     if (plan != nullptr && r.shows(Topic::plan) && in_packet(r, topic)) plan->goals.push_back(r.personal(2, topic));
                     return 0;
                   });
  permit.list<int>(R"sql(SELECT o.plan_id, o.topic, o.who, o.pii_what, o.how_often, g.name FROM agenda_plan a JOIN plan_role o ON o.plan_id = a.plan_id
                         LEFT JOIN agency g ON g.id = o.agency_id WHERE a.item_id = $permit ORDER BY o.plan_id, o.number)sql",
                   {}, [&](const SealedRow& r) {
                     const auto topic = static_cast<Topic>(r.i64(1));
                     PacketPlan* plan = plan_in(view, r.i64(0));
                     if (plan != nullptr && r.shows(Topic::plan) && in_packet(r, topic))
                       plan->roles.push_back({r.opt_text(5).value_or(r.text(2)), r.personal(3, topic), r.text(4)});
                     return 0;
                   });
}

void add_outcome(const ItemPermit& permit, ItemView& view) {
  view.findings = permit.list<FindingLine>(
      R"sql(SELECT plan_id, result, wording, found_on, pii_text FROM finding WHERE item_id = $permit ORDER BY id)sql", {},
      [](const SealedRow& r) { return FindingLine{r.i64(0), finding_of(r.text(1)), r.text(2), r.date(3), r.personal(4, Topic::meeting)}; });
  view.results = permit.list<ResultLine>(
      R"sql(SELECT kind, code, agency_id, pii_text, due_on FROM item_result WHERE item_id = $permit ORDER BY id)sql", {},
      [](const SealedRow& r) {
        return ResultLine{parse_code<ResultKind>(r.text(0)).value_or(ResultKind::policy), r.text(1), some_id<AgencyTag>(r.opt_i64(2)),
                          r.personal(3, Topic::meeting), r.opt_date(4)};
      });
}

}  // namespace

void insert_item(db::WriteTx& tx, const ItemPermit& permit, const ItemHead& h, const std::string& question,
                 const std::vector<PlanId>& plans, const std::vector<std::int64_t>& matters) {
  permit.run(tx, R"sql(INSERT INTO agenda_item (id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter,
                         household_id, case_id, request_id, ground_code, ground_text, minutes, state, pii_question, pii_note, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'waiting', $15, '', 1))sql",
             db::params(h.session, h.number, h.body, programme::word_of(h.function), h.needs_consent ? "required" : "not_required", h.secrecy,
                        h.agenda_kind, code_of(h.matter), h.household, h.case_id, h.request, h.ground_code, h.ground_text, h.minutes, question));
  for (const PlanId plan : plans)
    tx.run(R"sql(INSERT INTO agenda_plan (item_id, plan_id) VALUES ($1, $2))sql", db::params(permit.id(), plan));
  for (const std::int64_t matter : matters)
    tx.run(R"sql(INSERT INTO agenda_matter (item_id, matter_id) VALUES ($1, $2))sql", db::params(permit.id(), matter));
}

int next_number(db::ReadTx& tx, SessionId session) {
  return static_cast<int>(tx.number(R"sql(SELECT coalesce(max(number), 0) + 1 FROM agenda_item WHERE session_id = $1)sql", db::params(session)));
}

std::optional<ItemHead> head(db::ReadTx& tx, AgendaItemId id) {
  return tx.one<ItemHead>(R"sql(SELECT id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter, household_id, case_id,
                            request_id, ground_code, ground_text, minutes, state, version FROM agenda_item WHERE id = $1)sql",
                          db::params(id), [](const db::Row& r) { return head_of(r); });
}

std::vector<ItemHead> heads_of(db::ReadTx& tx, SessionId session) {
  return tx.list<ItemHead>(R"sql(SELECT id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter, household_id, case_id,
                             request_id, ground_code, ground_text, minutes, state, version
                           FROM agenda_item WHERE session_id = $1 AND state <> 'withdrawn' ORDER BY number, id)sql",
                           db::params(session), [](const db::Row& r) { return head_of(r); });
}

std::vector<AgendaItemId> waiting_in(db::ReadTx& tx, SessionId session) {
  return tx.list<AgendaItemId>(R"sql(SELECT id FROM agenda_item WHERE session_id = $1 AND state = 'waiting' ORDER BY number, id)sql",
                               db::params(session), [](const db::Row& r) { return r.id<AgendaItemTag>(0); });
}

std::vector<PlanId> plans_of(db::ReadTx& tx, AgendaItemId id) {
  return tx.list<PlanId>(R"sql(SELECT plan_id FROM agenda_plan WHERE item_id = $1 ORDER BY plan_id)sql", db::params(id),
                         [](const db::Row& r) { return r.id<PlanTag>(0); });
}

std::vector<std::int64_t> matters_of(db::ReadTx& tx, AgendaItemId id) {
  return tx.list<std::int64_t>(R"sql(SELECT matter_id FROM agenda_matter WHERE item_id = $1 ORDER BY matter_id)sql", db::params(id),
                               [](const db::Row& r) { return r.i64(0); });
}

std::vector<Attendee> attendees_of(db::ReadTx& tx, AgendaItemId id) {
  return tx.list<Attendee>(R"sql(SELECT party_id, scope, appointed_on, until_on, topics FROM agenda_attendee WHERE item_id = $1 ORDER BY party_id)sql",
                           db::params(id), [](const db::Row& r) {
                             return Attendee{r.i64(0), parse_code<Scope>(r.text(1)).value_or(Scope::item), r.opt_date(2), r.date(3),
                                             Topics(static_cast<std::uint32_t>(r.i64(4)))};
                           });
}

std::set<std::int64_t> on_planned_agendas(db::ReadTx& tx) {
  std::set<std::int64_t> all;
  tx.each(R"sql(SELECT p.plan_id FROM agenda_item i JOIN agenda_plan p ON p.item_id = i.id WHERE i.state = 'waiting'
            UNION SELECT m.matter_id FROM agenda_item i JOIN agenda_matter m ON m.item_id = i.id WHERE i.state = 'waiting'
            UNION SELECT i.request_id FROM agenda_item i WHERE i.state = 'waiting' AND i.request_id IS NOT NULL
            UNION SELECT i.household_id FROM agenda_item i WHERE i.state = 'waiting' AND i.matter = 'progress' AND i.household_id IS NOT NULL)sql",
          {}, [&](const db::Row& r) { all.insert(r.i64(0)); });
  return all;
}

std::vector<Outline> outlines(db::ReadTx& tx, SessionId session) {
  return tx.list<Outline>(R"sql(SELECT number, body, agenda_kind, minutes, state FROM agenda_item
                            WHERE session_id = $1 AND state <> 'withdrawn' ORDER BY number, id)sql",
                          db::params(session), [](const db::Row& r) {
                            return Outline{static_cast<int>(r.i64(0)), r.text(1), r.text(2), static_cast<int>(r.i64(3)),
                                           parse_code<ItemState>(r.text(4)).value_or(ItemState::waiting)};
                          });
}

std::optional<AccountId> account_of(db::ReadTx& tx, const std::string& login) {
  return tx.one<AccountId>(R"sql(SELECT id FROM account WHERE login = $1 AND active = 1)sql", db::params(login),
                           [](const db::Row& r) { return r.id<AccountTag>(0); });
}

std::optional<std::string> account_name(db::ReadTx& tx, AccountId id) {
  return tx.one<std::string>(R"sql(SELECT display_name FROM account WHERE id = $1)sql", db::params(id), [](const db::Row& r) { return r.text(0); });
}

ItemView view(db::ReadTx& tx, const ItemPermit& permit) {
  ItemView view;
  view.head = head(tx, permit.id()).value_or(ItemHead());
  permit.list<int>(R"sql(SELECT h.pii_label, i.pii_question, i.pii_note FROM agenda_item i LEFT JOIN household h ON h.id = i.household_id
                         WHERE i.id = $permit)sql",
                   {}, [&](const SealedRow& r) {
                     view.label = r.personal(0, Topic::basic);
                     view.question = r.personal(1, Topic::meeting);
                     view.note = r.personal(2, Topic::meeting);
                     return 0;
                   });
  view.matters = matters_of(tx, permit.id());
  view.attendees = attendees_of(tx, permit.id());
  add_plans(permit, view);
  add_outcome(permit, view);
  return view;
}

std::vector<ItemLine> lines(const access::Scope<AgendaItemTag>& scope, SessionId session) {
  return scope.list<ItemLine>(
      R"sql(SELECT i.id, i.session_id, i.number, i.body, i.function, i.consent_rule, i.secrecy, i.agenda_kind, i.matter, i.household_id, i.case_id,
              i.request_id, i.ground_code, i.ground_text, i.minutes, i.state, i.version, h.pii_label
            FROM agenda_item i LEFT JOIN household h ON h.id = i.household_id
            WHERE i.session_id = $1 AND {scope:i.id} ORDER BY i.number, i.id LIMIT 200)sql",
      db::params(session), [](const SealedRow& r) { return ItemLine{head_of(r), r.personal(17, Topic::basic)}; });
}

std::optional<ItemLine> next_line_of(const access::Scope<AgendaItemTag>& scope, CaseId id) {
  auto all = scope.list<ItemLine>(
      R"sql(SELECT i.id, i.session_id, i.number, i.body, i.function, i.consent_rule, i.secrecy, i.agenda_kind, i.matter, i.household_id, i.case_id,
              i.request_id, i.ground_code, i.ground_text, i.minutes, i.state, i.version, h.pii_label
            FROM agenda_item i JOIN meeting_session s ON s.id = i.session_id LEFT JOIN household h ON h.id = i.household_id
            WHERE i.case_id = $1 AND i.state = 'waiting' AND {scope:i.id} ORDER BY s.held_on, i.number LIMIT 1)sql",
      db::params(id), [](const SealedRow& r) { return ItemLine{head_of(r), r.personal(17, Topic::basic)}; });
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

bool set_question(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& question, int minutes) {
  return permit.run(tx, R"sql(UPDATE agenda_item SET pii_question = $1, minutes = $2, version = version + 1 WHERE id = $permit AND version = $3)sql",
                    db::params(question, minutes, version)) == 1;
}

bool set_ground(db::WriteTx& tx, AgendaItemId id, std::int64_t version, const std::string& code, const std::string& text) {
  return tx.run(R"sql(UPDATE agenda_item SET ground_code = $3, ground_text = $4, version = version + 1 WHERE id = $1 AND version = $2)sql",
                db::params(id, version, code, text)) == 1;
}

void set_attendees(db::WriteTx& tx, AgendaItemId id, const std::vector<Attendee>& attendees) {
  tx.run(R"sql(DELETE FROM agenda_attendee WHERE item_id = $1)sql", db::params(id));
  for (const Attendee& a : attendees)
    tx.run(R"sql(INSERT INTO agenda_attendee (item_id, party_id, scope, appointed_on, until_on, topics) VALUES ($1, $2, $3, $4, $5, $6))sql",
           db::params(id, a.party, code_of(a.scope), a.appointed_on, a.until, static_cast<std::int64_t>(a.topics.bits())));
}

bool set_state(db::WriteTx& tx, AgendaItemId id, std::int64_t version, ItemState state) {
  return tx.run(R"sql(UPDATE agenda_item SET state = $3, version = version + 1 WHERE id = $1 AND version = $2)sql",
                db::params(id, version, code_of(state))) == 1;
}

void raise_version(db::WriteTx& tx, AgendaItemId id) {
  tx.run(R"sql(UPDATE agenda_item SET version = version + 1 WHERE id = $1)sql", db::params(id));
}

bool set_outcome(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, ItemState state, const std::string& note) {
  return permit.run(tx, R"sql(UPDATE agenda_item SET state = $1, pii_note = $2, version = version + 1 WHERE id = $permit AND version = $3)sql",
                    db::params(code_of(state), note, version)) == 1;
}

void set_case(db::WriteTx& tx, AgendaItemId id, CaseId case_id) {
  tx.run(R"sql(UPDATE agenda_item SET case_id = $2 WHERE id = $1)sql", db::params(id, case_id));
}

void insert_finding(db::WriteTx& tx, const ItemPermit& permit, const NewFinding& f, UtcMs now) {
  permit.run(tx, R"sql(INSERT INTO finding (id, item_id, plan_id, result, wording, found_on, pii_text, made_at)
                       VALUES ($1, $permit, $2, $3, $4, $5, $6, $7))sql",
             db::params(next_id(), f.plan, planning::code_of(f.result), f.wording, f.on, f.text, now));
}

void insert_result(db::WriteTx& tx, const ItemPermit& permit, const NewResult& r) {
  permit.run(tx, R"sql(INSERT INTO item_result (id, item_id, kind, code, agency_id, pii_text, due_on) VALUES ($1, $permit, $2, $3, $4, $5, $6))sql",
             db::params(next_id(), code_of(r.kind), r.code, r.agency, r.text, r.due_on));
}

}  // namespace kasane::meeting::store
