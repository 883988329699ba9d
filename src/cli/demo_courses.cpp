#include "cli/demo_courses.hpp"

#include "casework/team_service.hpp"
#include "cli/demo_situations.hpp"

namespace kasane::cli::invented {

using casework::Outcome;
using casework::ScreeningResult;

namespace {

bool meeting_judges(const World& w) { return w.m().rules.judge == programme::Judge::meeting; }

/// The first reason of the city's list, for a referral; a city without a list takes the free reason alone.
std::vector<std::string> first_reason(const World& w) {
  const auto& reasons = w.m().rules.referral_reasons;
  return reasons.empty() ? std::vector<std::string>() : std::vector<std::string>{reasons.front().code};
}
std::string first_category(const World& w) {
  const auto& all = w.m().rules.case_categories;
  return all.empty() ? std::string() : all.front().code;
}

struct Going {
  World& w;
  const Course& c;
  Home at;
  CaseId case_id;

  const Situation& s() const { return *c.situation; }
  PersonId subject() const { return at[c.subject]; }
  /// `day` days after it began.
  void day(int after, int hour = 10) { w.days_ago(c.begun_days_ago - after, hour); }
};

IntakeId begin(Going& g, Who who) {
  g.day(0);
  g.at = home(g.w, who, g.c.place, g.c.faces);
  return intake(g.w, who, g.at, {.about = g.s().about, .summary = g.s().summary, .person = g.subject()});
}

/// Where a meeting decides about connecting, whoever runs 多機関協働 also takes intakes of its own.
void open_at_the_operator(Going& g) {
  const IntakeId id = begin(g, "coordinator");
  g.day(2);
  screen(g.w, "coordinator", id, ScreeningResult::multi_agency, g.s().reason);
  const casework::CaseFromIntake what{{g.subject()}, first_category(g.w), g.w.agency_of("coordinator"), {}};
  g.case_id = g.w.as("coordinator", "case.open", [&](auto& tx, auto& gate, const auto& actor) {
    return casework::open_case_from_intake(tx, gate, actor, g.w.in_city(), id, what);
  });
}

/// False when it stops here.
bool open_by_referral(Going& g) {
  const IntakeId id = begin(g, g.c.window);
  if (g.c.stop == Stop::intake) return false;
  g.day(1);
  screen(g.w, g.c.window, id, ScreeningResult::multi_agency, g.s().reason);
  Handover handover{.person = g.subject(), .intake = id, .reasons = first_reason(g.w), .reason = g.s().reason, .text = g.s().passed_on};
  if (const auto* body = g.w.m().body_for(programme::BodyFunction::support_conference_106_6); meeting_judges(g.w) && body != nullptr && !body->grounds.empty())
    handover.ground = body->grounds.front().code;
  const ReferralId sent = refer(g.w, g.c.window, g.at, handover);
  if (g.c.stop == Stop::referral) return false;
  g.day(4);
  g.case_id = accept(g.w, "coordinator", g.at, sent, {g.subject()}, "受けました。次の会議までに、いまの様子をまとめます。", first_category(g.w));
  return true;
}

void involve(Going& g, Who who, casework::InvolvementRole role, const char* what) {
  const casework::NewInvolvement row{g.at.id, g.w.agency_of(who), g.w.account(who), role, {}, what, g.w.now_on(), {}, false};
  g.w.as("coordinator", "team.involve", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto done = casework::involve(tx, gate, actor, row);
    // The field worker of the coordinator's own agency is on the team already.
    if (!done && done.error().code != ErrorCode::conflict) return tl::unexpected(done.error());
    return {};
  });
}

void first_weeks(Going& g) {
  g.day(6);
  for (const IssueOf& i : g.s().issues)
    issue(g.w, "coordinator", g.at, i.person < 0 ? std::optional<PersonId>() : std::optional(g.at[static_cast<std::size_t>(i.person)]), i.code, i.certainty,
          i.treatment);
  for (const RoleOf& r : g.s().roles)
    if (*r.who != '\0' && std::string_view(r.who) != "coordinator") involve(g, r.who, casework::InvolvementRole::member, r.what);
  g.day(8, 14);
  record(g.w, "coordinator", g.at, {.text = g.s().first_visit, .person = g.subject(), .services = {"collaboration"}, .minutes = 40, .stage = "talks", .next_in_days = 14});
  task(g.w, "coordinator", g.at, g.case_id, g.w.in_city().dir.code(g.w.agency_of("worker")).c_str(), "次に訪ねる日を本人と決める", 10);
}

void later_weeks(Going& g) {
  g.day(20, 15);
  record(g.w, "worker", g.at, {.text = g.s().later_visit, .person = g.subject(), .services = {g.s().service}, .content = {"outreach"}, .minutes = 30, .stage = "accepts", .next_in_days = 14});
}

}  // namespace

void run(World& w, const Course& course) {
  Going g{w, course, {}, {}};
  const bool early = course.stop == Stop::intake || course.stop == Stop::referral;
  if (meeting_judges(w) && !early) open_at_the_operator(g);
  else if (!open_by_referral(g)) return;
  first_weeks(g);
  if (course.stop == Stop::before_consent) return;
  g.day(15, 11);
  consent(w, "coordinator", g.at, g.subject(), {});
  later_weeks(g);
}

}  // namespace kasane::cli::invented
