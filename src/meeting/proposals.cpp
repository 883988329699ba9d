// What waits for the bodies of a session: pulled from planning, consent and casework, never pushed by them. However much
// waits, it is gathered in a handful of statements: first what is proposed, then the consents of all of it together.
#include <algorithm>
#include <map>

#include "consent/many_states.hpp"
#include "consent/service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/proposal_rules.hpp"
#include "meeting/proposal_store.hpp"
#include "meeting/rules.hpp"
#include "people/service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/plan_service.hpp"

namespace kasane::meeting {

using programme::Body;
using programme::BodyFunction;

namespace {

/// Days before its review date from which a plan is proposed.
constexpr int kReviewAhead = 30;
/// Cases proposed to one sitting to be looked at again.
constexpr int kMostCases = 200;

struct Asking {
  db::ReadTx& tx;
  access::Gate& gate;
  const Settings& city;
  const Body& body;
  Date on;
  const std::set<std::int64_t>& taken;
  std::vector<Proposal>& out;

  Proposal proposal(Matter matter, std::int64_t id, HouseholdId household, std::optional<Date> due = {}) const {
    Proposal p;
    p.matter = matter;
    p.id = id;
    p.household = household;
    p.body = body.code;
    Reason reason = reason_for(matter, due, on);
    p.why = std::move(reason.why);
    p.sure = reason.sure;
    p.minutes = default_minutes(city.m, matter);
    return p;
  }
};

std::string no_consent(const Body& body) {
  std::string text = "本人の情報共有同意がないため、" + body.name + "の議題にできません。";
  if (!body.consent_text.empty()) text += "（計画: " + body.consent_text + "）";
  return text;
}

Proposal from_plan(const Asking& a, Matter matter, const planning::PlanLine& line) {
  const auto due = matter == Matter::review && line.head.state != planning::PlanState::under_review ? line.head.review_on : std::nullopt;
  Proposal p = a.proposal(matter, line.head.id.value, line.head.household, due);
  p.case_id = line.head.case_id;
  p.label = line.label;
  p.case_number = line.case_number;
  p.since = line.head.submitted_on.value_or(line.head.review_on.value_or(a.on));
  p.plans = {line.head.id};
  return p;
}

void add_plans(Asking& a) {
  std::map<std::int64_t, std::size_t> by_bundle;
  for (const auto& line : planning::plans_waiting(a.tx, a.gate)) {
    if (a.taken.contains(line.head.id.value)) continue;
    const std::int64_t bundle = line.head.bundle ? line.head.bundle->value : line.head.id.value;
    const auto [at, fresh] = by_bundle.emplace(bundle, a.out.size());
    if (fresh) a.out.push_back(from_plan(a, Matter::plan, line));
    else a.out[at->second].plans.push_back(line.head.id);
  }
}

void add_reviews(Asking& a) {
  std::set<std::int64_t> marked;
  for (const auto& line : planning::plans_marked(a.tx, a.gate)) {
    marked.insert(line.head.id.value);
    if (!a.taken.contains(line.head.id.value)) a.out.push_back(from_plan(a, Matter::marked, line));
  }
  for (const auto& line : planning::plans_for_review(a.tx, a.gate, a.on.plus_days(kReviewAhead))) {
    if (a.taken.contains(line.head.id.value) || marked.contains(line.head.id.value)) continue;
    a.out.push_back(from_plan(a, Matter::review, line));
  }
}

void add_closures(Asking& a) {
  for (auto& line : planning::closures_waiting(a.tx, a.gate)) {
    if (a.taken.contains(line.closure.id.value)) continue;
    Proposal p = a.proposal(Matter::closure, line.closure.id.value, line.closure.household);
    p.case_id = line.closure.case_id;
    p.label = std::move(line.label);
    p.case_number = line.case_number;
    p.since = line.closure.proposed_on;
    a.out.push_back(std::move(p));
  }
}

void add_early_starts(Asking& a) {
  for (auto& line : planning::early_starts_to_ratify(a.tx, a.gate)) {
    if (a.taken.contains(line.start.id)) continue;
    Proposal p = a.proposal(Matter::early_start, line.start.id, line.start.household);
    p.case_id = line.start.case_id;
    p.label = std::move(line.label);
    p.case_number = line.case_number;
    p.since = line.start.started_on;
    a.out.push_back(std::move(p));
  }
}

void add_requests(Asking& a) {
  const auto waiting = consent::waiting_requests(a.tx, a.gate, a.body.code);
  std::vector<HouseholdId> households;
  for (const auto& line : waiting) households.push_back(line.household);
  const auto labels = people::household_labels(a.tx, a.gate, households);
  for (const auto& line : waiting) {
    if (a.taken.contains(line.id.value)) continue;
    Proposal p = a.proposal(Matter::request, line.id.value, line.household);
    if (const auto label = labels.find(line.household); label != labels.end()) p.label = label->second.label;
    p.since = line.asked_on;
    a.out.push_back(std::move(p));
  }
}

/// Cases with what their tasks and referrals add; those known only by these come after the others.
std::vector<store::CaseLine> cases_by_rule(Asking& a, Date since) {
  const auto quiet = store::quiet_in_support(a.gate.scope<PlanTag>(access::Topic::plan | access::Topic::basic), one_cycle_before(a.body, a.on));
  auto lines = store::cases_to_look_at(a.gate.scope<CaseTag>(), since, a.on, kMostCases);
  const auto overdue = store::overdue_tasks(a.gate.scope<TaskTag>(), a.on);
  const auto referred = store::referred_since(a.gate.scope<ReferralTag>(), since);
  std::set<CaseId> there;
  for (const auto& line : lines) there.insert(line.id);
  std::vector<CaseId> others;
  for (const auto* found : {&overdue, &referred, &quiet})
    for (const auto& [id, day] : *found)
      if (there.insert(id).second) others.push_back(id);
  std::sort(others.begin(), others.end());
  for (auto& line : store::case_lines(a.gate.scope<CaseTag>(), others)) lines.push_back(std::move(line));
  for (auto& line : lines) {
    if (const auto late = overdue.find(line.id); late != overdue.end()) line.signs.overdue_since = late->second;
    if (const auto came = referred.find(line.id); came != referred.end()) line.signs.joined_on = came->second;
    if (const auto still = quiet.find(line.id); still != quiet.end()) line.signs.quiet_since = still->second;
  }
  return lines;
}

bool proposed_already(const Asking& a, HouseholdId household) {
  return std::any_of(a.out.begin(), a.out.end(), [&](const Proposal& p) { return p.household == household && p.body == a.body.code; });
}

/// K-61 to K-64, K-77, KN-31: the body looks at these again, without anybody bringing them.
void add_cases_by_rule(Asking& a) {
  const auto last = store::last_sitting(a.tx, a.body.code, a.on);
  const Date since = looks_back_to(a.body, last, a.on);
  // What happened on the day of that sitting itself counts for households that it did not look at.
  const auto looked_at = last ? store::looked_at_on(a.tx, a.body.code, *last) : std::set<HouseholdId>();
  const bool statutory = a.body.function == BodyFunction::support_conference_106_6;
  for (auto& line : cases_by_rule(a, since)) {
    auto reason = reason_to_look_again(line.signs, looked_at.contains(line.household) ? since.plus_days(1) : since, a.on);
    if (!reason || a.taken.contains(line.household.value) || proposed_already(a, line.household)) continue;
    Proposal p = a.proposal(Matter::progress, line.household.value, line.household);
    p.case_id = line.id;
    p.label = std::move(line.label);
    p.case_number = std::move(line.number);
    p.since = line.signs.contact_by < a.on ? line.signs.contact_by : line.signs.last_contact_on.value_or(line.signs.opened_on);
    p.why = std::move(reason->why);
    // Without a request somebody says why it is talked about without consent: that is never taken for granted.
    p.asks_reason = statutory;
    p.sure = reason->sure && !statutory;
    a.out.push_back(std::move(p));
  }
  if (!statutory) return;
  auto all = store::to_look_at_again(a.gate.scope<AgendaItemTag>(access::Topic::basic | access::Topic::meeting), a.body.code, a.on);
  std::vector<HouseholdId> households;
  for (const auto& watched : all) households.push_back(watched.household);
  // A case that the viewer may not know of takes nothing away: that it stops coming up would tell of it.
  const auto cases = store::with_case(a.gate.scope<CaseTag>(), households);
  for (auto& watched : all) {
    if (cases.contains(watched.household) || a.taken.contains(watched.household.value) || proposed_already(a, watched.household)) continue;
    Proposal p = a.proposal(Matter::progress, watched.household.value, watched.household);
    p.label = std::move(watched.label);
    p.since = watched.look_on;
    p.why = "次に見る日が来ている";
    p.asks_reason = true;
    a.out.push_back(std::move(p));
  }
}

/// The consents behind all proposals of a sitting.
struct Consents {
  std::unordered_map<HouseholdId, std::vector<consent::PersonConsent>> states;
  std::unordered_map<PlanId, std::vector<PersonId>> of_plans;
  std::unordered_map<CaseId, std::vector<PersonId>> of_cases;

  consent::Validity sharing_of(HouseholdId household, PersonId person) const {
    const auto found = states.find(household);
    if (found != states.end())
      for (const auto& state : found->second)
        if (state.person == person) return state.sharing.validity;
    return consent::Validity::none;
  }
  bool anybody_shares(HouseholdId household, const std::vector<PersonId>& among) const {
    const auto found = states.find(household);
    return found != states.end() && std::any_of(found->second.begin(), found->second.end(), [&](const consent::PersonConsent& p) {
             return p.sharing.valid() && (among.empty() || std::find(among.begin(), among.end(), p.person) != among.end());
           });
  }
};

Consents consents_of(db::ReadTx& tx, const std::vector<Proposal>& proposals, Date on) {
  std::vector<HouseholdId> households;
  std::vector<PlanId> plans;
  std::vector<CaseId> cases;
  for (const Proposal& p : proposals) {
    households.push_back(p.household);
    plans.insert(plans.end(), p.plans.begin(), p.plans.end());
    if (p.plans.empty() && p.case_id) cases.push_back(*p.case_id);
  }
  std::sort(households.begin(), households.end());
  households.erase(std::unique(households.begin(), households.end()), households.end());
  return {consent::states_of_households(tx, households, on), store::persons_of_plans(tx, plans), store::persons_of_cases(tx, cases)};
}

void add_once(std::vector<std::string>& sentences, std::string sentence) {
  if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end()) sentences.push_back(std::move(sentence));
}

/// Why the 本人 of these plans do not stand by sharing, without names.
void add_lacks_of_plans(const Consents& consents, const Body& body, Proposal& p) {
  for (const PlanId plan : p.plans) {
    const auto persons = consents.of_plans.find(plan);
    if (persons == consents.of_plans.end()) {
      add_once(p.why_not, no_consent(body));
      add_once(p.why_not, "だれのプランかが決まっていません。");
      continue;
    }
    for (const PersonId person : persons->second) {
      const auto why = consent::why_sharing_does_not_stand(consents.sharing_of(p.household, person));
      if (why.empty()) continue;
      add_once(p.why_not, no_consent(body));
      add_once(p.why_not, std::string(why));
    }
  }
}

void add_lacks(const Settings& city, const Consents& consents, Proposal& p) {
  const Body* body = city.m.body(p.body);
  if (body == nullptr || !rests_on_consent(*body) || p.matter == Matter::marked) return;
  if (!p.plans.empty()) return add_lacks_of_plans(consents, *body, p);
  const auto persons = p.case_id ? consents.of_cases.find(*p.case_id) : consents.of_cases.end();
  if (!consents.anybody_shares(p.household, persons == consents.of_cases.end() ? std::vector<PersonId>() : persons->second)) p.why_not.push_back(no_consent(*body));
}

}  // namespace

std::vector<Proposal> proposals(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session) {
  std::vector<Proposal> out;
  if (session.state != SessionState::planned) return out;
  const std::set<std::int64_t> taken = store::on_planned_agendas(tx);
  const Date on = std::max(gate.today(), session.held_on);
  bool plans_done = false;
  for (const SessionBody& b : session.bodies) {
    const Body* body = city.m.body(b.body);
    if (body == nullptr) continue;
    Asking asking{tx, gate, city, *body, on, taken, out};
    if (b.function == BodyFunction::support_conference_106_6) add_requests(asking);
    if (b.function == BodyFunction::plan_decision && !plans_done) {
      plans_done = true;
      add_plans(asking);
      add_early_starts(asking);
      add_reviews(asking);
      add_closures(asking);
    }
    if (looks_at_cases_again(*body)) add_cases_by_rule(asking);
  }
  const Consents consents = consents_of(tx, out, on);
  for (Proposal& p : out) {
    add_lacks(city, consents, p);
    if (!p.why_not.empty()) p.sure = false;
  }
  return out;
}

}  // namespace kasane::meeting
