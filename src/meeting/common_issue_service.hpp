// Common issues: raising them by hand or from a treated item, what is done about them, the way back. Everybody with a
// meeting role reads them; those who work with cases raise them; those who run meetings carry them on.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/common_issue_model.hpp"
#include "meeting/common_issue_store.hpp"

namespace kasane::meeting {

/// Those who may raise an issue.
inline constexpr Roles kIssueRaisers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};
/// Those who say what is done about it.
inline constexpr Roles kIssueStewards{Role::coordinator, Role::city_officer};

/// By hand, as seen by `body` ('': none). Act common_issue.raised(field). Errors: not_permitted; invalid (title, text, area).
Result<CommonIssueId> raise_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const IssueText& in,
                                  const std::string& body = {});
/// From an item that was treated: up to kIssuesOfItem new ones and those that stand already; the way back is kept.
/// Words that tell the household are refused in the text, also those that the viewer does not know of. Errors: those of the gate for the item;
/// not_permitted; conflict (the item was not treated); not_found (an issue that stands already); invalid (title_1, text_1, area_1 …).
Result<std::vector<CommonIssueId>> raise_from_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item,
                                                   const std::vector<IssueText>& in, const std::vector<CommonIssueId>& known = {});
/// Another wording. Errors: not_permitted; not_found; stale; conflict (withdrawn); invalid.
Result<> reword_issue(db::WriteTx& tx, access::Gate& gate, const Settings& city, CommonIssueId id, std::int64_t version, const IssueText& in);
/// The next step. Acts common_issue.carried, .answered(kind of answer), .not_taken; due common_issue.look for the acting
/// agency on the day on which it is to be looked at again. `item`: the item about the system that it came from. Errors:
/// not_permitted; not_found; stale; invalid (fields of faults_of).
Result<> take_step(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, CommonIssueId id, std::int64_t version,
                   const NewStep& in, std::optional<AgendaItemId> item = {});

struct IssueView {
  CommonIssue issue;
  std::vector<IssueStep> steps;
  std::vector<IssueAnswer> answers;
  std::string households;              // behind it: "5世帯未満", "5〜9世帯": no exact number, which would be taken from a sum
  std::vector<IssueSource> sources;    // as far as the viewer may open them
  bool on_agenda = false;
};
/// Errors: not_found (also for those without a meeting role).
Result<IssueView> issue_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, CommonIssueId id);
/// Newest first, at most 200.
std::vector<CommonIssue> issues_like(db::ReadTx& tx, access::Gate& gate, const store::IssueFilter& filter);
/// Issues drawn from an item that the viewer may open; nothing for others.
std::vector<CommonIssue> issues_of_item(db::ReadTx& tx, access::Gate& gate, AgendaItemId item);

}  // namespace kasane::meeting
