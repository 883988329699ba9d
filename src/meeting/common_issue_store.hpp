// SQL of common issues. Plain tables; only the way back to the items passes the door to personal data.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/common_issue_model.hpp"

namespace kasane::meeting::store {

void insert_issue(db::WriteTx& tx, const CommonIssue& issue);
/// Title, text, field, kind and area. False when the version has moved on.
bool set_issue_text(db::WriteTx& tx, CommonIssueId id, std::int64_t version, const IssueText& text);
/// State, who carries it and when it is looked at again. False when the version has moved on.
bool set_issue_state(db::WriteTx& tx, const CommonIssue& issue, std::int64_t version);
std::optional<CommonIssue> issue(db::ReadTx& tx, CommonIssueId id);

struct IssueFilter {
  std::string state;  // code; "open": all that are open; '': all but withdrawn
  std::string field, kind, area;
};
/// Newest first, at most `limit`.
std::vector<CommonIssue> issues(db::ReadTx& tx, const IssueFilter& filter, int limit);

struct StepRow {
  IssueStep step;
  CommonIssueId issue;
  std::optional<AgendaItemId> item;
  AccountId account;
  UtcMs now = 0;
};
/// The id of the step.
std::int64_t insert_step(db::WriteTx& tx, const StepRow& row);
std::vector<IssueStep> steps(db::ReadTx& tx, CommonIssueId id);

void insert_answer(db::WriteTx& tx, CommonIssueId issue, std::int64_t step, const IssueAnswer& answer);
std::vector<IssueAnswer> answers(db::ReadTx& tx, CommonIssueId id);
/// Of all issues that were not withdrawn, since from `from` to `to`, the oldest first, at most 200.
std::vector<AnswerLine> answers_between(db::ReadTx& tx, Date from, Date to);

/// The same link twice is one.
void link(db::WriteTx& tx, CommonIssueId issue, const ItemHead& item, Date on);
/// Households behind the issue, seen or not.
std::int64_t households_behind(db::ReadTx& tx, CommonIssueId id);
/// These households, at most 100. Plain facts: the caller compares what is known of them and shows nothing.
std::vector<HouseholdId> behind(db::ReadTx& tx, CommonIssueId id);
/// The agency that keeps the register of the household.
std::optional<AgencyId> holder_of(db::ReadTx& tx, HouseholdId id);
/// The way back, as far as the viewer may open the items; at most 100.
std::vector<IssueSource> sources(const access::Scope<AgendaItemTag>& scope, CommonIssueId id);
/// Issues drawn from an item; the caller has passed its permit.
std::vector<CommonIssue> issues_of_item(db::ReadTx& tx, AgendaItemId item);

void insert_issue_item(db::WriteTx& tx, AgendaItemId item, CommonIssueId issue);
/// The issue that an item about the system treats.
std::optional<CommonIssueId> issue_of(db::ReadTx& tx, AgendaItemId item);
/// Whether it stands on a planned agenda or one that is being gone through.
bool on_agenda(db::ReadTx& tx, CommonIssueId id);
/// Open issues that stand on no agenda: those raised or at the plenary (`carrier_body` ''), or those that this body carries;
/// with those whose day to be looked at again has come. The oldest first, at most 100.
std::vector<CommonIssue> waiting(db::ReadTx& tx, const std::string& carrier_body, Date today);

// --- numbers for the plenary; every one is of households, from codes alone ---

struct Count {
  std::string first, second;
  std::int64_t number = 0;
};
/// Households behind open issues by area and field.
std::vector<Count> behind_by_area_and_field(db::ReadTx& tx);
/// Households behind issues that say a resource is lacking, drawn between these days, by field.
std::vector<Count> lacking_by_field(db::ReadTx& tx, Date from, Date to);
/// Households with a goal that was not reached, evaluated between these days, by kind of goal; goals outside `topics`
/// (bits) are left out.
std::vector<Count> goals_not_reached(db::ReadTx& tx, Date from, Date to, std::int64_t topics);
/// Households referred between these days, each with the reasons of a referral (codes, ',' between); referrals outside `topics`
/// (bits) are left out.
std::vector<std::pair<std::int64_t, std::string>> referral_reasons(db::ReadTx& tx, Date from, Date to, std::int64_t topics);

}  // namespace kasane::meeting::store
