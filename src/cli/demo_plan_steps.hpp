// The steps of planning and of meetings in one call each.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/demo_steps.hpp"
#include "meeting/item_service.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/session_service.hpp"
#include "planning/assessment_service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/plan_service.hpp"

namespace kasane::cli::invented {

inline planning::Settings settings(const World& w) { return {w.in_city().m, w.in_city().dir}; }

void assess(World& w, Who who, CaseId id, const std::vector<planning::PartIn>& parts);
PlanId plan(World& w, Who who, CaseId id, planning::PlanKind kind, const planning::PlanContent& content);
/// Submits it with the agreement of everybody whom it is for, and `with` it other drafts as one bundle.
void submit(World& w, Who who, PlanId id, const std::vector<PlanId>& with = {});
void decide(World& w, Who who, PlanId id);
std::int64_t start_early(World& w, Who who, CaseId id, const char* service, const char* agency, const char* reason, const char* free_reason);

/// A sitting of these bodies on `on`.
SessionId sitting(World& w, Who who, const std::vector<std::string>& bodies, Date on, const char* time = "13:30");
AgendaItemId item(World& w, Who who, SessionId session, const std::string& body, meeting::Matter matter, std::int64_t id, const char* question = "");
/// By hand: about a household on a ground of a 支援会議.
AgendaItemId item_by_hand(World& w, Who who, SessionId session, const std::string& body, const Home& at, const char* ground, const char* reason, const char* question);
/// Asks an agency to the item, to get so much of it; until two weeks after the sitting at most.
void ask_to(World& w, Who who, AgendaItemId id, const char* agency, meeting::Scope scope);
/// Held with the agencies of these accounts.
void hold(World& w, Who who, SessionId id, const std::vector<const char*>& present);
/// What the meeting said about the item; plans not named in `outcome` are found adequate.
void outcome(World& w, Who who, AgendaItemId id, meeting::Outcome outcome = {});
void confirm(World& w, Who who, SessionId id);

/// Asks for the 支援会議 of 106条の6 about this household.
GroundRequestId ask_conference(World& w, Who who, const Home& at, const char* ground, const char* reason);
/// Requests under 106条の6 about this household that wait for an agenda; the newest.
GroundRequestId waiting_request(World& w, Who who, const Home& at);
std::string conference(const World& w);  // code of the 支援会議 of 106条の6
std::string decision_body(const World& w);

}  // namespace kasane::cli::invented
