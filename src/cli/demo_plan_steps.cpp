#include "cli/demo_plan_steps.hpp"

#include <algorithm>

#include "casework/referral_rules.hpp"

namespace kasane::cli::invented {

void assess(World& w, Who who, CaseId id, const std::vector<planning::PartIn>& parts) {
  w.as(who, "assessment.save", [&](auto& tx, auto& gate, const auto& actor) { return planning::save_parts(tx, gate, actor, settings(w), id, parts); });
}

PlanId plan(World& w, Who who, CaseId id, planning::PlanKind kind, const planning::PlanContent& content) {
  return w.as(who, "plan.create", [&](auto& tx, auto& gate, const auto& actor) {
    return planning::create_plan(tx, gate, actor, settings(w), id, kind, content);
  });
}

void submit(World& w, Who who, PlanId id, const std::vector<PlanId>& with) {
  w.as(who, "plan.submit", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = planning::plan_view(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    planning::Submit in;
    in.version = shown->head.version;
    for (const planning::PlanPerson& p : shown->persons) in.agreed.push_back(p.person);
    in.with = with;
    return planning::submit_plan(tx, gate, actor, settings(w), id, in);
  });
}

void decide(World& w, Who who, PlanId id) {
  w.as(who, "plan.decide", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = planning::plan_view(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    return planning::decide(tx, gate, actor, settings(w), id, {shown->head.version, true, w.now_on(), ""});
  });
}

std::int64_t start_early(World& w, Who who, CaseId id, const char* service, const char* agency, const char* reason, const char* free_reason) {
  const planning::NewEarlyStart in{id, {}, service, w.agency(agency), w.now_on(), reason, free_reason};
  return w.as(who, "early.start", [&](auto& tx, auto& gate, const auto& actor) { return planning::start_early(tx, gate, actor, settings(w), in); });
}

SessionId sitting(World& w, Who who, const std::vector<std::string>& bodies, Date on, const char* time) {
  const meeting::NewSession in{bodies, on, time, "市役所 第2会議室"};
  return w.as(who, "session.plan", [&](auto& tx, auto& gate, const auto& actor) { return meeting::plan_session(tx, gate, actor, settings(w), in); });
}

namespace {

AgendaItemId add(World& w, Who who, const meeting::NewItem& in) {
  return w.as(who, "item.add", [&](auto& tx, auto& gate, const auto& actor) { return meeting::add_item(tx, gate, actor, settings(w), in); });
}

}  // namespace

AgendaItemId item(World& w, Who who, SessionId session, const std::string& body, meeting::Matter matter, std::int64_t id, const char* question) {
  meeting::NewItem in;
  in.session = session;
  in.body = body;
  in.matter = matter;
  in.matter_id = id;
  in.question = question;
  in.minutes = 20;
  return add(w, who, in);
}

AgendaItemId item_by_hand(World& w, Who who, SessionId session, const std::string& body, const Home& at, const char* ground, const char* reason, const char* question) {
  meeting::NewItem in;
  in.session = session;
  in.body = body;
  in.household = at.id;
  in.ground_code = ground;
  in.reason = reason;
  in.question = question;
  in.minutes = 20;
  return add(w, who, in);
}

void ask_to(World& w, Who who, AgendaItemId id, const char* agency, meeting::Scope scope) {
  w.as(who, "item.change", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::item(tx, gate, settings(w), id);
    if (!shown) return tl::unexpected(shown.error());
    meeting::ItemChange change{shown->head.version, shown->question.shown(), 20, shown->attendees};
    std::erase_if(change.attendees, [&](const meeting::Attendee& a) { return a.party == w.agency(agency).value; });
    change.attendees.push_back({w.agency(agency).value, scope, {}, shown->session.held_on.plus_days(14), access::kStandardScope});
    return meeting::change_item(tx, gate, actor, settings(w), id, change);
  });
}

void hold(World& w, Who who, SessionId id, const std::vector<const char*>& present) {
  std::vector<AgencyId> agencies;
  for (const char* p : present)
    if (const AgencyId a = w.agency_of(p); std::find(agencies.begin(), agencies.end(), a) == agencies.end()) agencies.push_back(a);
  w.as(who, "session.hold", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::session(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    return meeting::mark_held(tx, gate, actor, settings(w), id, {shown->version, meeting::Manner::sitting, agencies});
  });
}

void outcome(World& w, Who who, AgendaItemId id, meeting::Outcome outcome) {
  w.as(who, "item.outcome", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::item(tx, gate, settings(w), id);
    if (!shown) return tl::unexpected(shown.error());
    outcome.version = shown->head.version;
    for (const meeting::PacketPlan& p : shown->plans) {
      const bool named = std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const meeting::PlanFinding& f) { return f.plan == p.id; });
      if (!named) outcome.findings.push_back({p.id, planning::Finding::adequate, "", w.now_on().plus_days(90)});
    }
    return meeting::record_outcome(tx, gate, actor, settings(w), id, outcome);
  });
}

void confirm(World& w, Who who, SessionId id) {
  w.as(who, "session.confirm", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::session(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    return meeting::confirm_minutes(tx, gate, actor, settings(w), id, shown->version);
  });
}

GroundRequestId ask_conference(World& w, Who who, const Home& at, const char* ground, const char* reason) {
  consent::NewGroundRequest in;
  in.household = at.id;
  in.body = w.m().body_for(programme::BodyFunction::support_conference_106_6);
  in.hosts = casework::hosts_of(w.m(), w.in_city().dir, *in.body);
  in.ground_code = ground;
  in.reason = reason;
  in.asked_on = w.now_on();
  return w.as(who, "request.ask", [&](auto& tx, auto& gate, const auto& actor) { return consent::ask_for_conference(tx, gate, actor, w.m().rules.days, in); });
}

GroundRequestId waiting_request(World& w, Who who, const Home& at) {
  return w.as(who, "request.find", [&](auto& tx, auto& gate, const auto&) -> Result<GroundRequestId> {
    const auto all = consent::requests_of(tx, gate, at.id);
    if (!all) return tl::unexpected(all.error());
    for (const consent::GroundRequestLine& r : *all)
      if (r.state == consent::RequestState::waiting) return r.id;
    return fail(ErrorCode::not_found, "支援会議への申し出がありません。");
  });
}

std::string conference(const World& w) { return w.m().body_for(programme::BodyFunction::support_conference_106_6)->code; }
std::string decision_body(const World& w) { return w.m().body_for(programme::BodyFunction::plan_decision)->code; }

}  // namespace kasane::cli::invented
