// What waits for the bodies of a session: pulled from planning and consent, never pushed by them.
#include <algorithm>
#include <map>

#include "consent/service.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_store.hpp"
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

struct Asking {
  db::ReadTx& tx;
  access::Gate& gate;
  const Body& body;
  Date on;
  const std::set<std::int64_t>& taken;
  std::vector<Proposal>& out;
};

std::string no_consent(const Body& body) {
  std::string text = "本人の情報共有同意がないため、" + body.name + "の議題にできません。";
  if (!body.consent_text.empty()) text += "（計画: " + body.consent_text + "）";
  return text;
}

Proposal from_plan(Asking& a, Matter matter, const planning::PlanLine& line) {
  Proposal p;
  p.matter = matter;
  p.id = line.head.id.value;
  p.household = line.head.household;
  p.case_id = line.head.case_id;
  p.label = line.label;
  p.case_number = line.case_number;
  p.since = line.head.submitted_on.value_or(line.head.review_on.value_or(a.on));
  p.plans = {line.head.id};
  p.body = a.body.code;
  return p;
}

void add_plan_consent(Asking& a, Proposal& p, PlanId plan) {
  if (!rests_on_consent(a.body)) return;
  const auto consent = planning::consent_of_plan(a.tx, plan, a.on);
  if (consent.ok) return;
  p.why_not.push_back(no_consent(a.body));
  for (const std::string& why : consent.why_not)
    if (std::find(p.why_not.begin(), p.why_not.end(), why) == p.why_not.end()) p.why_not.push_back(why);
}

void add_case_consent(Asking& a, Proposal& p) {
  if (!rests_on_consent(a.body)) return;
  ItemHead about;
  about.household = p.household;
  about.case_id = p.case_id;
  if (supports_of(a.tx, a.gate, about, a.on).empty()) p.why_not.push_back(no_consent(a.body));
}

void add_plans(Asking& a) {
  std::map<std::int64_t, std::size_t> by_bundle;
  for (const auto& line : planning::plans_waiting(a.tx, a.gate)) {
    if (a.taken.contains(line.head.id.value)) continue;
    const std::int64_t bundle = line.head.bundle ? line.head.bundle->value : line.head.id.value;
    const auto [at, fresh] = by_bundle.emplace(bundle, a.out.size());
    if (!fresh) {
      a.out[at->second].plans.push_back(line.head.id);
      add_plan_consent(a, a.out[at->second], line.head.id);
      continue;
    }
    Proposal p = from_plan(a, Matter::plan, line);
    add_plan_consent(a, p, line.head.id);
    a.out.push_back(std::move(p));
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
    Proposal p = from_plan(a, Matter::review, line);
    add_plan_consent(a, p, line.head.id);
    a.out.push_back(std::move(p));
  }
}

void add_closures(Asking& a) {
  for (auto& line : planning::closures_waiting(a.tx, a.gate)) {
    if (a.taken.contains(line.closure.id.value)) continue;
    Proposal p;
    p.matter = Matter::closure;
    p.id = line.closure.id.value;
    p.household = line.closure.household;
    p.case_id = line.closure.case_id;
    p.label = std::move(line.label);
    p.case_number = line.case_number;
    p.since = line.closure.proposed_on;
    p.body = a.body.code;
    add_case_consent(a, p);
    a.out.push_back(std::move(p));
  }
}

void add_early_starts(Asking& a) {
  for (auto& line : planning::early_starts_to_ratify(a.tx, a.gate)) {
    if (a.taken.contains(line.start.id)) continue;
    Proposal p;
    p.matter = Matter::early_start;
    p.id = line.start.id;
    p.household = line.start.household;
    p.case_id = line.start.case_id;
    p.label = std::move(line.label);
    p.case_number = line.case_number;
    p.since = line.start.started_on;
    p.body = a.body.code;
    add_case_consent(a, p);
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
    Proposal p;
    p.matter = Matter::request;
    p.id = line.id.value;
    p.household = line.household;
    if (const auto label = labels.find(line.household); label != labels.end()) p.label = label->second.label;
    p.since = line.asked_on;
    p.body = a.body.code;
    a.out.push_back(std::move(p));
  }
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
    Asking asking{tx, gate, *body, on, taken, out};
    if (b.function == BodyFunction::support_conference_106_6) add_requests(asking);
    if (b.function != BodyFunction::plan_decision || plans_done) continue;
    plans_done = true;
    add_plans(asking);
    add_early_starts(asking);
    add_reviews(asking);
    add_closures(asking);
  }
  return out;
}

}  // namespace kasane::meeting
