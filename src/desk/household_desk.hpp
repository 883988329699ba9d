// What the page of a household, its sheet and the page of its case show: gathered through the services of the rooms
// below, so that each part is already filtered to the viewer.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "casework/case_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/issue_service.hpp"
#include "casework/record_service.hpp"
#include "casework/referral_service.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"
#include "consent/service.hpp"
#include "html/kit.hpp"
#include "people/service.hpp"
#include "planning/plan_service.hpp"
#include "programme/context.hpp"

namespace kasane::desk {

/// How much of it a page needs.
enum class Extent {
  sheet,  // without records, referrals, tasks and the visit-safety note: none of it belongs on paper
  page,
};

struct HouseholdDesk {
  people::HouseholdView household;
  std::optional<people::SafetyNote> safety;
  std::vector<casework::Issue> issues;              // standing ones
  std::vector<casework::Involvement> involvements;  // of today
  std::optional<casework::CaseFacts> case_facts;
  std::vector<planning::PlanHead> plans;
  std::vector<consent::ConsentLine> consents;       // those that count, of persons in `household`
  std::vector<casework::IntakeLine> intakes;        // newest first
  std::vector<casework::ReferralLine> referrals;    // open ones of the viewer's agencies
  std::vector<casework::Task> tasks;                // open ones
  casework::RecordPage records;
  bool may_change = false;                          // the household and what hangs on it
  bool may_record = false;
  bool may_refer = false;
  bool may_hand_over = false;                       // to 多機関協働
  bool may_consent = false;
  bool may_request = false;
  bool may_open_case = false;

  /// Whether the person is a 本人 of the case.
  bool is_subject(PersonId person) const;
  /// The member, if the viewer may know the person.
  const people::Member* member(PersonId person) const;
};

/// Errors: not_found, for unknown and unknowable households alike.
Result<HouseholdDesk> gather(db::ReadTx& tx, access::Gate& gate, const programme::Ctx& ctx, HouseholdId id, Extent extent);

/// Only what the page of its case shows: members, involvements, plans, open tasks and may_record. What that page does not
/// show is not read, so that its trail does not name it.
Result<HouseholdDesk> gather_for_case(db::ReadTx& tx, access::Gate& gate, const casework::CaseFacts& facts);

// --- parts that several pages show ---

/// Label of a code of the city's table; the code itself where the table does not know it.
std::string code_label(const programme::Ctx& ctx, std::string_view table, std::string_view code);
/// "83歳（昭和18年4月2日生）"; "" when unknown.
std::string age_and_birth(const people::Member& member, Date today);
/// "疑い・未受診", "" for what is confirmed and of which nothing is said.
std::string issue_state(const casework::Issue& issue);
/// "有効（R8.4.1から）"
std::string consent_text(const consent::ConsentLine& line);
/// Drawing of the household and the agencies around it, with the same content as a table.
html::Html household_ecomap(const programme::Ctx& ctx, const HouseholdDesk& desk);
/// At most `most` characters, then "…".
std::string shortened(std::string_view text, std::size_t most);

}  // namespace kasane::desk
