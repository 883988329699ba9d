// Rules of plans. Pure: no clock, no I/O.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "form/field.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

/// Most rows that one plan takes of each: more would not fit on its paper.
inline constexpr std::size_t kMostRows = 40;
/// Days that the deciders have from the sitting's finding on.
inline constexpr int kDecideWithinDays = 14;
/// A plan that is on no agenda yet is expected before a sitting by then: most bodies sit monthly.
inline constexpr int kSittingWithinDays = 31;

bool is_editable(PlanState state);
/// Decided and binding: active or under review.
bool in_force(PlanState state);
/// A decided (or refused) plan can be followed by a new version.
bool may_replan(PlanState state);
/// Where a submitted plan stands after the meeting's finding.
PlanState after_finding(Finding finding);

/// Kinds that somebody writes as a plan of its own in this city: where one author writes one plan for all
/// (鶴岡), only the plan of 多機関協働.
bool kind_offered(const programme::Rules& rules, PlanKind kind);
/// Whether a 多機関協働 plan names アウトリーチ and 参加支援 by a tick: not where each contractor writes its own (北上).
bool names_offered(const programme::Rules& rules, PlanKind kind);
/// The agency that writes: of `own`, the agencies of the viewer that may write plans, one of the city's 多機関協働事業者
/// where the city's plan says who writes the 多機関協働 plan. Errors: not_permitted.
Result<AgencyId> author_of(const Settings& city, const std::vector<AgencyId>& own, PlanKind kind);

/// Topics that a goal or role can be about, in the order of the form, with their labels.
struct RowTopic {
  access::Topic topic;
  std::string_view code;
  std::string_view label;
};
const std::vector<RowTopic>& row_topics();
const RowTopic* row_topic(std::string_view code);
const RowTopic* row_topic(access::Topic topic);
/// What is about abuse or safety is never printed for the home.
bool never_home(access::Topic topic);
/// Topics that the 支援決定 needs: what the deciders see of a household on their duty.
access::Topics decider_topics();

/// Faults of what was typed, each at its field: persons, names_outreach, goal_<n>_text, role_<n>_what, …
/// `visible`: topics that the writer sees; a row about anything else would vanish from before its writer.
std::vector<FieldError> faults_of_content(const programme::Municipality& m, PlanKind kind, const PlanContent& content, access::Topics visible);
/// What a plan lacks to be submitted; fields goals, roles, review_on, persons, agreed.
std::vector<FieldError> faults_of_submission(const PlanView& plan, const std::vector<PersonId>& agreed, Date today);
/// Where the city's plan asks for the 利用申込み of each 本人 before the 多機関協働 plan (北上): that sentence, which stands
/// among the city's `warnings` under kApplicationFirst. Null for other plans and where the city does not say so.
inline constexpr std::string_view kApplicationFirst = "application_before_plan";
const programme::CodedText* application_rule(const programme::Rules& rules, PlanKind kind);

/// Statutory services that a decision on this kind is attributed to, ',' between: a 多機関協働 plan is one piece of work
/// under two statutory numbers (5号 and 6号).
std::string services_of(const programme::Municipality& m, PlanKind kind);
/// One act plan.decided for each of these.
struct CountedKind {
  std::string code;      // collaboration, outreach, participation, outreach_named, participation_named
  std::string services;
};
std::vector<CountedKind> counted_kinds(const programme::Municipality& m, const PlanHead& plan);

/// Fields that only this kind has: route, stage, method, emergency of アウトリーチ; wish, host, menu, settlement,
/// follow-up of 参加支援. A 多機関協働 plan has those that it names.
form::Form extra_form(const programme::Municipality& m, PlanKind kind, bool names_outreach, bool names_participation);

}  // namespace kasane::planning
