#include "meeting/outcome_service.hpp"

#include <algorithm>
#include <map>

#include "access/groups.hpp"
#include "base/japanese.hpp"
#include "casework/case_service.hpp"
#include "casework/sitting_task.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_store.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/plan_service.hpp"
#include "planning/sitting_wait.hpp"

namespace kasane::meeting {

using planning::Finding;

namespace {

/// Everything that one outcome touches.
struct Work {
  db::WriteTx& tx;
  access::Gate& gate;
  const access::Actor& actor;
  const Settings& city;
  const Running& item;
  const ItemView& view;
  const Outcome& in;

  Date on() const { return item.session.held_on; }
  std::int64_t root() const { return item.head.household ? item.head.household->value : item.head.id.value; }
  SubjectRef ref() const { return {SubjectKind::agenda_item, item.head.id.value}; }
};

bool statutory(const ItemHead& head) { return head.function == programme::BodyFunction::support_conference_106_6; }
bool in_force(planning::PlanState state) { return state == planning::PlanState::active || state == planning::PlanState::under_review; }

const PlanFinding* finding_on(const Outcome& in, PlanId plan) {
  for (const PlanFinding& f : in.findings)
    if (f.plan == plan) return &f;
  return nullptr;
}

void find_faults_of_plans(const ItemView& view, const Outcome& in, Date today, std::vector<FieldError>& faults) {
  int n = 0;
  for (const PacketPlan& plan : view.plans) {
    const std::string key = std::to_string(++n);
    const PlanFinding* f = finding_on(in, plan.id);
    if (f == nullptr) faults.push_back({"finding_" + key, "プランごとに、会議の判断を選んでください。"});
    else if (in_force(plan.state) && f->result != Finding::defer && (!f->next_review || *f->next_review < today))
      faults.push_back({"next_review_" + key, "次の見直しの日を、今日以後の日で入力してください。"});
  }
}

void find_faults_of_conference(const Running& item, const Outcome& in, std::vector<FieldError>& faults) {
  const bool says_something = !trim(in.policy).empty() || !in.undertakings.empty() || in.connect != Connect::unsaid || !trim(in.advice).empty();
  if (statutory(item.head) && item.head.household && !says_something) faults.push_back({"policy", "支援方針など、会議の結果を一つは入力してください。"});
  if (in.below_threshold.empty()) return;
  const auto& kinds = item.body->below_threshold;
  const bool known = std::any_of(kinds.begin(), kinds.end(), [&](const auto& k) { return k.code == in.below_threshold; });
  if (!known) faults.push_back({"below_threshold", "一覧から選んでください。"});
  else if (in.connect != Connect::not_needed) faults.push_back({"below_threshold", "「つながない」とした場合に選びます。"});
}

std::vector<FieldError> faults_of(const Running& item, const ItemView& view, const Outcome& in, Date today) {
  std::vector<FieldError> faults;
  find_faults_of_plans(view, in, today, faults);
  find_faults_of_conference(item, in, faults);
  std::map<ResultKind, int> numbers;
  for (const Undertaking& u : in.undertakings) {
    const std::string key = std::string(code_of(u.kind)) + "_" + std::to_string(++numbers[u.kind]);
    if (trim(u.text).empty()) faults.push_back({key + "_text", "することを入力してください。"});
    if (u.kind == ResultKind::watch && !u.agency) faults.push_back({key + "_agency", "見守る機関を選んでください。"});
  }
  return faults;
}

Result<> put_findings(Work& w) {
  const std::string wording = finding_word(*w.item.body);
  for (const PacketPlan& plan : w.view.plans) {
    const PlanFinding& f = *finding_on(w.in, plan.id);
    store::insert_finding(w.tx, w.item.permit, {plan.id.value, f.result, wording, w.on(), f.text}, w.actor.now);
    access::note_act(w.tx, {"finding.made", w.on(), w.root(), {}, {SubjectKind::plan, plan.id.value}, std::string(planning::code_of(f.result)), {}, {}}, w.actor);
    if (plan.state == planning::PlanState::submitted) {
      if (auto done = planning::apply_finding(w.tx, w.gate, w.actor, w.item.permit, plan.id, {f.result, wording, w.on()}); !done) return done;
    } else if (in_force(plan.state) && f.result != Finding::defer) {
      if (auto done = planning::reviewed(w.tx, w.gate, w.actor, w.item.permit, plan.id, *f.next_review); !done) return done;
    }
  }
  return {};
}

Result<> put_matters(Work& w) {
  if (w.view.matters.empty()) return {};
  const Finding result = w.in.agree ? Finding::adequate : Finding::send_back;
  store::insert_finding(w.tx, w.item.permit, {0, result, finding_word(*w.item.body), w.on(), {}}, w.actor.now);
  access::note_act(w.tx, {"finding.made", w.on(), w.root(), {}, w.ref(), std::string(planning::code_of(result)), {}, {}}, w.actor);
  if (!w.in.agree) return {};
  for (const std::int64_t matter : w.view.matters) {
    const auto done = w.item.head.matter == Matter::closure
                          ? planning::close_by_meeting(w.tx, w.gate, w.actor, ClosureId(matter), w.item.head.id, w.on())
                          : planning::ratify(w.tx, w.gate, w.actor, w.item.permit, matter, w.on());
    if (!done) return done;
  }
  return {};
}

/// Which agency coordinates a case that the meeting connects: the 多機関協働事業者, the viewer's own first.
AgencyId coordinating(const Work& w) {
  std::optional<AgencyId> first;
  for (const std::string& code : w.city.m.rules.collaboration_operators) {
    const auto id = w.city.dir.find(code);
    if (!id) continue;
    if (w.gate.viewer().in_agency(*id)) return *id;
    if (!first) first = id;
  }
  return first.value_or(w.actor.agency);
}

Result<CaseId> open_case(Work& w) {
  casework::NewCase in = casework::new_case_for(w.city.m, *w.item.head.household, w.gate.today());
  in.subjects = w.in.subjects;
  in.coordinating = coordinating(w);
  in.owner = in.coordinating;
  if (w.item.head.request)
    if (const auto request = consent::ground_request(w.tx, w.gate, *w.item.head.request)) {
      in.originating = request->asked_by;
      if (in.subjects.empty() && request->person) in.subjects = {*request->person};
    }
  if (in.subjects.empty()) return invalid("subjects", "つなぐ場合は、本人を選んでください。");
  in.before_consent = std::none_of(in.subjects.begin(), in.subjects.end(), [&](PersonId p) { return consent::sharing_stands(w.tx, p, w.gate.today()); });
  return casework::open_case(w.tx, w.gate, w.actor, in);
}

/// The case that the item is about; connecting opens one where there is none.
Result<std::optional<CaseId>> connect(Work& w) {
  std::optional<CaseId> known = w.item.head.household ? casework::case_of(w.tx, w.gate, *w.item.head.household) : std::nullopt;
  if (w.in.connect == Connect::unsaid || !w.item.head.household) return known;
  const bool needed = w.in.connect == Connect::needed;
  if (needed && !known) {
    auto opened = open_case(w);
    if (!opened) return tl::unexpected(opened.error());
    known = *opened;
    store::set_case(w.tx, w.item.head.id, *opened);
  }
  std::string code = needed ? "needed" : "not_needed";
  if (!w.in.below_threshold.empty()) code += ":" + w.in.below_threshold;
  store::insert_result(w.tx, w.item.permit, {ResultKind::connect, code, {}, {}, w.in.next_look});
  return known;
}

Result<> put_undertakings(Work& w, const std::optional<CaseId>& case_id) {
  for (const Undertaking& u : w.in.undertakings) {
    store::insert_result(w.tx, w.item.permit, {u.kind, {}, u.agency, std::string(trim(u.text)), u.due_on});
    if (!u.agency || !w.item.head.household) continue;
    casework::NewTask task;
    task.household = *w.item.head.household;
    task.case_id = case_id;
    task.agency = *u.agency;
    task.source = w.ref();
    task.what = std::string(trim(u.text));
    task.due_on = u.due_on;
    // Who undertook it holds the task; others of the team see it as part of the meeting's results.
    task.topics = access::Topic::meeting;
    const auto made = casework::add_task_of_sitting(w.tx, w.gate, w.actor, w.item.permit, task);
    if (!made) return tl::unexpected(made.error());
    access::set_persons(w.tx, {SubjectKind::task, made->value}, access::persons_of(w.tx, w.ref()));
  }
  return {};
}

/// Whether the day for the next look is written on the case: by who works on it. Other hosts have it as a due item.
bool hangs_on_case(const Work& w, CaseId id) { return w.gate.may(id, access::Act::write); }

Result<> put_results(Work& w) {
  if (!trim(w.in.policy).empty()) store::insert_result(w.tx, w.item.permit, {ResultKind::policy, {}, {}, std::string(trim(w.in.policy)), {}});
  if (!trim(w.in.advice).empty()) store::insert_result(w.tx, w.item.permit, {ResultKind::advice, {}, {}, std::string(trim(w.in.advice)), {}});
  const auto case_id = connect(w);
  if (!case_id) return tl::unexpected(case_id.error());
  if (auto done = put_undertakings(w, *case_id); !done) return done;
  if (*case_id && w.in.next_look && hangs_on_case(w, **case_id))
    if (auto done = casework::set_next_look(w.tx, w.gate, w.actor, **case_id, w.in.next_look); !done) return done;
  return {};
}

constexpr const char* kLookAgain = "item.look";

/// Who keeps a household that was not connected: the agency that brought it, else the one that holds the sitting.
AgencyId keeper_of(Work& w) {
  if (w.item.head.request)
    if (const auto request = consent::ground_request(w.tx, w.gate, *w.item.head.request)) return request->asked_by;
  return w.actor.agency;
}

/// A household that has come before the sitting again is looked at. The day for the next look hangs on the case; where there
/// is none, nobody would be told of it: it awaits the agency that keeps the household.
void look_again(Work& w, AgencyId keeper) {
  if (!w.item.head.household || !statutory(w.item.head)) return;
  for (const due::DueLine& line : due::open_about(w.tx, w.root()))
    if (line.kind == kLookAgain) due::settle(w.tx, line.subject, kLookAgain, w.actor);
  const auto known = casework::case_of(w.tx, w.gate, *w.item.head.household);
  if (w.in.next_look && !(known && hangs_on_case(w, *known)))
    due::await(w.tx, {kLookAgain, keeper.value, w.root(), w.ref(), *w.in.next_look}, w.actor.now);
}

Result<> mark_request(Work& w, consent::RequestState state) {
  if (!w.item.head.request) return {};
  return consent::mark_request(w.tx, w.gate, w.actor, *w.item.head.request, state, w.on());
}

Result<> defer(Work& w) {
  if (!store::set_outcome(w.tx, w.item.permit, w.in.version, ItemState::deferred, std::string(trim(w.in.note)))) return tl::unexpected(saved_by_other());
  for (const PacketPlan& plan : w.view.plans) planning::take_from_sitting(w.tx, plan.id, w.item.head.id, w.gate.today(), w.actor.now);
  // What it was about comes again as a new item with its own attendees and guests.
  store::set_packet_state(w.tx, w.item.head.id, {w.actor.now, w.actor.account, {}});
  give_grounds(w.tx, w.gate, w.actor, w.city, w.item.head, {});
  return mark_request(w, consent::RequestState::waiting);
}

Result<> treat(Work& w) {
  if (auto faults = faults_of(w.item, w.view, w.in, w.gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_outcome(w.tx, w.item.permit, w.in.version, ItemState::treated, std::string(trim(w.in.note)))) return tl::unexpected(saved_by_other());
  if (auto done = put_results(w); !done) return done;
  if (auto done = put_findings(w); !done) return done;
  if (auto done = put_matters(w); !done) return done;
  access::note_act(w.tx, {"item.treated", w.on(), w.root(), {}, w.ref(), std::string(programme::word_of(w.item.head.function)), {}, {}}, w.actor);
  // Last: the ground on which the hosts saw the household may end with it.
  return mark_request(w, consent::RequestState::treated);
}

}  // namespace

Result<> record_outcome(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const Outcome& in) {
  const auto item = running(tx, gate, city, id);
  if (!item) return tl::unexpected(item.error());
  if (item->session.state != SessionState::held) return fail(ErrorCode::conflict, "会議を開催済みにしてから、結果を書きます。");
  const ItemView view = store::view(tx, item->permit);
  Work work{tx, gate, actor, city, *item, view, in};
  const AgencyId keeper = keeper_of(work);
  if (auto done = in.deferred ? defer(work) : treat(work); !done) return done;
  due::settle(tx, work.ref(), "", actor);
  if (!in.deferred) look_again(work, keeper);
  store::touch_live(tx, item->head.session);
  return {};
}

}  // namespace kasane::meeting
