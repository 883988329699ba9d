#include "planning/plan_service.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "casework/case_service.hpp"
#include "casework/naming.hpp"
#include "consent/many_states.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "people/service.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_store.hpp"
#include "planning/plan_steps.hpp"
#include "planning/sitting_wait.hpp"
#include "programme/statutes.hpp"

namespace kasane::planning {

using access::Act;
using access::Topic;

Error saved_by_other() { return {ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }
SubjectRef ref(PlanId id) { return {SubjectKind::plan, id.value}; }

void guard_roles(db::ReadTx& tx, HouseholdId household, std::vector<NewRole>& roles) {
  for (NewRole& role : roles)
    if (role.agency && casework::works_guarded(tx, household, *role.agency)) role.topic = Topic::abuse;
}

std::vector<FieldError> faults_of_agencies(const Settings& city, const std::vector<NewRole>& roles) {
  std::vector<FieldError> found;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i].agency && city.dir.name(*roles[i].agency).empty())
      found.push_back({"role_" + std::to_string(i + 1) + "_who", "機関を一覧から選んでください。"});
  return found;
}

namespace {

std::vector<AgencyId> writing_agencies(const access::Viewer& viewer) {
  std::vector<AgencyId> own;
  for (const std::int64_t party : access::parties_for(viewer, SubjectKind::plan, Act::create))
    if (viewer.in_agency(AgencyId(party))) own.push_back(AgencyId(party));
  return own;
}

Result<> check(db::ReadTx& tx, const Settings& city, HouseholdId household, PlanKind kind, const PlanContent& content, access::Topics visible) {
  std::vector<FieldError> found = faults_of_content(city.m, kind, content, visible);
  for (const PersonId person : content.persons)
    if (!people::is_member(tx, household, person)) found.push_back({"persons", "この世帯の人から選んでください。"});
  for (FieldError& f : faults_of_agencies(city, content.roles)) found.push_back(std::move(f));
  if (!found.empty()) return invalid(std::move(found));
  return {};
}

}  // namespace

Result<PlanId> create_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, CaseId case_id,
                           PlanKind kind, const PlanContent& typed) {
  // A plan is work on the case: who may only look at it does not begin one.
  if (const auto work = gate.write(case_id); !work) return tl::unexpected(work.error());
  const auto facts = casework::case_facts(tx, gate, case_id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == casework::CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。再開してからプランを作ってください。");
  if (!kind_offered(city.m.rules, kind))
    return invalid("kind", "この市では、" + kind_name(city.m, PlanKind::collaboration) + "の中にアウトリーチと参加支援を書きます。");
  const auto author = author_of(city, writing_agencies(gate.viewer()), kind);
  if (!author) return tl::unexpected(author.error());
  PlanContent content = typed;
  guard_roles(tx, facts->household, content.roles);
  if (auto good = check(tx, city, facts->household, kind, content, access::kAllTopics); !good) return tl::unexpected(good.error());
  if (store::open_draft(tx, case_id, kind, *author))
    return fail(ErrorCode::conflict, "この" + kind_name(city.m, kind) + "の案が、もうあります。そちらを直してください。");
  const auto permit = gate.create<PlanTag>(tx, {facts->household.value, *author, {}, Topic::plan, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  // A consent of somebody else in the household does not open it; of several persons each has to share.
  access::set_persons(tx, ref(permit->id()), content.persons);
  PlanHead head;
  head.household = facts->household;
  head.case_id = case_id;
  head.kind = kind;
  head.lineage = permit->id();
  head.author = *author;
  head.author_account = actor.account;
  store::add_plan(*permit, tx, head, content);
  return permit->id();
}

Result<std::optional<PlanId>> plan_begun(db::ReadTx& tx, access::Gate& gate, const Settings& city, CaseId case_id, PlanKind kind) {
  if (const auto work = gate.write(case_id); !work) return tl::unexpected(work.error());
  const auto author = author_of(city, writing_agencies(gate.viewer()), kind);
  if (!author) return tl::unexpected(author.error());
  const auto begun = store::open_draft(tx, case_id, kind, *author);
  return begun && gate.may(*begun, Act::read) ? begun : std::nullopt;
}

Result<> save_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor&, const Settings& city, PlanId id, std::int64_t version,
                   const PlanContent& typed) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (!is_editable(head->state)) return fail(ErrorCode::conflict, "このプランは案ではなくなったので、直せません。再プランを作ってください。");
  if (auto good = check(tx, city, head->household, head->kind, typed, permit->verdict().visible); !good) return good;
  PlanContent content = typed;
  guard_roles(tx, head->household, content.roles);
  if (!store::set_content(*permit, tx, version, content)) return tl::unexpected(saved_by_other());
  access::set_persons(tx, ref(id), content.persons);
  return {};
}

Result<PlanId> start_replan(db::WriteTx& tx, access::Gate& gate, const access::Actor&, PlanId id) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (!may_replan(head->state)) return fail(ErrorCode::conflict, "決定されたプランだけ、再プランを作れます。");
  if (const auto open = store::open_of_lineage(tx, head->lineage)) return *open;
  const auto facts = casework::case_facts(tx, gate, head->case_id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == casework::CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。");
  // The author agency of the lineage keeps it; where the viewer works elsewhere, its own agency writes the new version.
  const auto own = writing_agencies(gate.viewer());
  if (own.empty()) return fail(ErrorCode::not_permitted, "プランを作る役割がありません。");
  const AgencyId holder = std::find(own.begin(), own.end(), head->author) != own.end() ? head->author : own.front();
  const auto next = gate.create<PlanTag>(tx, {head->household.value, holder, permit->facts().person, Topic::plan, access::Sharing::team});
  if (!next) return tl::unexpected(next.error());
  if (holder != head->author) access::set_holder(tx, ref(next->id()), head->author);
  store::copy_plan(tx, id, *next);
  std::vector<PersonId> about;
  for (const PlanPerson& p : store::persons(tx, id)) about.push_back(p.person);
  access::set_persons(tx, ref(next->id()), about);
  return next->id();
}

Result<PlanView> plan_view(db::ReadTx&, access::Gate& gate, PlanId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto view = store::plan_view(*permit);
  if (!view) return fail(ErrorCode::not_found, "見つかりません。");
  view->versions = store::heads_of_lineage(gate.scope<PlanTag>(Topic::plan), view->head.lineage);
  return std::move(*view);
}

std::vector<PlanHead> plans_of(db::ReadTx&, access::Gate& gate, CaseId case_id) {
  return store::heads_of_case(gate.scope<PlanTag>(Topic::plan), case_id);
}

namespace {

struct Ready {
  PlanHead head;
  std::vector<PlanPerson> persons;
};

/// One plan of the bundle, checked. `first`: the one whose form was sent; faults of the others are told at `with`.
Result<Ready> ready_to_submit(db::ReadTx& tx, access::Gate& gate, const Settings& city, PlanId id, const Submit& in, bool first) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto view = store::plan_view(*permit);
  if (!view) return fail(ErrorCode::not_found, "見つかりません。");
  if (!is_editable(view->head.state)) return fail(ErrorCode::conflict, "このプランは、もう提出されています。");
  auto faults = faults_of_submission(*view, in.agreed, gate.today());
  if (application_rule(city.m.rules, view->head.kind) != nullptr && !consent_of_plan(tx, id, gate.today()).not_applied.empty())
    faults.push_back({"", city.m.wording("application", "利用申込み") + "がまだない人がいます。本人の" + city.m.wording("application", "利用申込み") + "を書いてから提出してください。"});
  if (!faults.empty() && first) return invalid(std::move(faults));
  if (!faults.empty()) return invalid("with", "いっしょに提出するプランに足りないところがあります。" + faults.front().message);
  return Ready{view->head, view->persons};
}

void let_deciders_read(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const PlanHead& head, Date today) {
  access::revoke_grounds(tx, head.id.value, today);
  access::Ground ground;
  ground.kind = access::GroundKind::decision_duty;
  ground.root = head.household.value;
  ground.topics = decider_topics();
  for (const AgencyId agency : city.dir.ids(city.m.deciders())) ground.named.push_back(agency.value);
  ground.from = today;
  ground.until = *Date::from_iso(access::kForever);
  ground.basis = programme::basis_text(city.m, programme::kPlanDecision, today);
  ground.source = head.id.value;
  access::add_ground(tx, ground, actor);
}

Result<> send_off(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const Ready& plan, const Submit& in,
                  std::int64_t version, PlanId bundle, Date today) {
  PlanHead head = plan.head;
  head.state = PlanState::submitted;
  head.submitted_on = today;
  head.bundle = bundle;
  if (!store::set_head(tx, head, version)) return tl::unexpected(saved_by_other());
  store::clear_finding(tx, head.id);
  store::set_laid(tx, head.id, std::nullopt);
  for (const PlanPerson& p : plan.persons)
    if (std::find(in.agreed.begin(), in.agreed.end(), p.person) != in.agreed.end()) store::set_agreed(tx, head.id, p.person, today);
  let_deciders_read(tx, actor, city, head, today);
  for (const AgencyId decider : city.dir.ids(city.m.deciders()))
    due::await(tx, {"plan.sitting", decider.value, head.household.value, ref(head.id), today.plus_days(kSittingWithinDays)}, actor.now);
  access::note_act(tx, {"plan.submitted", today, head.household.value, {}, ref(head.id), std::string(code_of(head.kind)), services_of(city.m, head.kind), {}}, actor);
  return {};
}

}  // namespace

Result<> submit_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, const Submit& in) {
  auto first = ready_to_submit(tx, gate, city, id, in, true);
  if (!first) return tl::unexpected(first.error());
  std::vector<Ready> all{std::move(*first)};
  for (const PlanId other : in.with) {
    if (other == id) continue;
    auto plan = ready_to_submit(tx, gate, city, other, in, false);
    if (!plan) return tl::unexpected(plan.error());
    if (plan->head.case_id != all.front().head.case_id) return invalid("with", "同じケースのプランを選んでください。");
    all.push_back(std::move(*plan));
  }
  PlanId bundle = all.front().head.id;
  for (const Ready& plan : all) bundle = std::min(bundle, plan.head.id);
  for (const Ready& plan : all) {
    const std::int64_t version = plan.head.id == id ? in.version : plan.head.version;
    if (auto sent = send_off(tx, actor, city, plan, in, version, bundle, gate.today()); !sent) return sent;
  }
  return {};
}

PlanConsent consent_of_plan(db::ReadTx& tx, PlanId id, Date on) {
  PlanConsent result;
  const auto persons = store::persons(tx, id);
  for (const PlanPerson& p : persons) {
    const auto state = consent::state_of(tx, p.person, on);
    if (!state.sharing.valid()) result.without.push_back(p.person);
    if (!state.application.valid()) result.not_applied.push_back(p.person);
    if (const auto why = consent::why_sharing_does_not_stand(state.sharing.validity); !why.empty()) result.why_not.emplace_back(why);
  }
  if (persons.empty()) result.why_not.push_back("だれのプランかが決まっていません。");
  std::sort(result.why_not.begin(), result.why_not.end());
  result.why_not.erase(std::unique(result.why_not.begin(), result.why_not.end()), result.why_not.end());
  result.ok = result.why_not.empty();
  return result;
}

std::vector<PlanLine> plans_waiting(db::ReadTx&, access::Gate& gate) { return store::waiting(gate.scope<PlanTag>(Topic::plan | Topic::basic)); }
std::vector<PlanLine> plans_for_review(db::ReadTx&, access::Gate& gate, Date until) {
  return store::for_review(gate.scope<PlanTag>(Topic::plan | Topic::basic), until);
}
std::vector<PlanLine> plans_marked(db::ReadTx&, access::Gate& gate) { return store::marked(gate.scope<PlanTag>(Topic::plan | Topic::basic)); }

Result<> apply_finding(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, PlanId id, const FindingIn& in) {
  auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto may = may_state_on(gate, item, head->household, id); !may) return may;
  if (head->state != PlanState::submitted) return fail(ErrorCode::conflict, "このプランは、会議の判断を待っていません。");
  store::set_finding(tx, id, {in.result, in.wording, in.on, item.id()});
  head->state = after_finding(in.result);
  if (in.result != Finding::defer) head->consent_withdrawn = false;
  if (head->state == PlanState::draft) {
    // Sent back: nobody waits to decide it, and the duty on which the deciders read ends until it comes again.
    head->submitted_on = std::nullopt;
    head->bundle = std::nullopt;
    due::settle(tx, ref(id), "", actor);
    access::revoke_grounds(tx, id.value, gate.today());
  } else if (in.result == Finding::defer) {
    take_from_sitting(tx, id, item.id(), gate.today(), actor.now);
  } else {
    wait_for_decision(tx, *head, in.on, actor);
  }
  if (!store::set_head(tx, *head, head->version)) return tl::unexpected(saved_by_other());
  return {};
}

Result<> reviewed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, PlanId id, Date next_review) {
  auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto may = may_state_on(gate, item, head->household, id); !may) return may;
  if (!in_force(head->state)) return fail(ErrorCode::conflict, "このプランは、いま効力がありません。");
  if (next_review < gate.today()) return invalid("next_review", "次の見直しの日は、今日より後の日を入れてください。");
  head->state = PlanState::active;
  head->review_on = next_review;
  head->consent_withdrawn = false;
  if (!store::set_head(tx, *head, head->version)) return tl::unexpected(saved_by_other());
  due::settle(tx, ref(id), "plan.review", actor);
  due::await(tx, {"plan.review", head->author.value, head->household.value, ref(id), next_review}, actor.now);
  return {};
}

std::int64_t mark_consent_withdrawn(db::WriteTx& tx, PersonId person) { return store::mark_withdrawn(tx, person); }

}  // namespace kasane::planning
