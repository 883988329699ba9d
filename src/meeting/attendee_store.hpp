// SQL behind proposed attendees, for many items at once.
#pragma once
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

/// Agencies that work openly with these households on that day, as far as the viewer may know it: rows that are themselves
/// protected are left out.
std::unordered_map<HouseholdId, std::vector<AgencyId>> open_teams(const access::Scope<InvolvementTag>& scope, const std::vector<HouseholdId>& households, Date on);
/// Agencies that the plans of these items give a role whose topic the viewer sees and which tells nothing of health.
std::unordered_map<AgendaItemId, std::vector<AgencyId>> open_roles(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items);
/// Agencies with a role in a plan in force of the item's case; under the same rule.
std::unordered_map<AgendaItemId, std::vector<AgencyId>> roles_in_force(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items);
/// What a goal can be about for somebody to be proposed by it: neither health, as the agency would tell of it, nor what every
/// plan is about.
inline constexpr access::Topics kGoalTopics = access::Topics(access::Topic::economy) | access::Topic::work | access::Topic::family | access::Topic::child | access::Topic::housing | access::Topic::participation;
/// What the goals of the item's plans, and of those in force of its case, are about.
std::unordered_map<AgendaItemId, access::Topics> goal_topics(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items);
struct OnGround {
  HouseholdId household;
  AgencyId agency;
  access::Topics topics;
};
/// Who sees something of the household on a consent, written or spoken, and against whom nobody of it is protected.
std::vector<OnGround> on_consent(db::ReadTx& tx, const std::vector<HouseholdId>& households, Date on);
/// Area codes of those that have one.
std::unordered_map<HouseholdId, std::string> areas(const access::Scope<HouseholdTag>& scope, const std::vector<HouseholdId>& households);
/// Who asked, of requests that the viewer may know.
std::unordered_map<GroundRequestId, AgencyId> asked_by(const access::Scope<GroundRequestTag>& scope, const std::vector<GroundRequestId>& requests);
/// Whom these items are about; none where they are about nobody in particular. Plain facts.
std::unordered_map<AgendaItemId, std::vector<PersonId>> persons_of_items(db::ReadTx& tx, const std::vector<AgendaItemId>& items);
/// Attendees of these items, by party. Plain facts: the caller leaves out whom the viewer is not told of.
std::unordered_map<AgendaItemId, std::vector<Attendee>> attendees_of_items(db::ReadTx& tx, const std::vector<AgendaItemId>& items);
/// An item about a household.
struct AboutHousehold {
  AgendaItemId item;
  std::string body;
  HouseholdId household;
};
/// Items of the session that are about a household, those withdrawn among them. Plain facts.
std::vector<AboutHousehold> households_of(db::ReadTx& tx, SessionId session);
/// Names under which these accounts work here.
std::unordered_map<std::int64_t, std::string> account_names(db::ReadTx& tx, const std::vector<AccountId>& accounts);
/// Agencies of which it is a secret that they work with the household: all their rows are protected, or all past ones where
/// none stands. Plain facts.
std::vector<std::pair<HouseholdId, AgencyId>> guarded_pairs(db::ReadTx& tx, const std::vector<HouseholdId>& households);

}  // namespace kasane::meeting::store
