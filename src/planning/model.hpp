// Words and types that all subjects of planning share: kinds and states of a plan, its goals and role division as
// typed and as shown. Each word is stored as its code; what a code is called on a page comes from label_of().
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::planning {

using PersonalText = Personal<std::string>;

enum class PlanKind : std::uint8_t { collaboration, outreach, participation };

enum class PlanState : std::uint8_t {
  draft,         // プラン案: one editable draft
  submitted,     // 提出済み: waits for the meeting and the 支援決定; not edited until it is sent back
  active,        // 支援中: decided and in force
  under_review,  // 見直し中: in force; an evaluation waits for the meeting
  refused,       // 決定しない: stays as it was; a re-plan may follow
  superseded,    // 再プランに引き継ぎ
  closed,        // 終了
};

enum class Term : std::uint8_t { long_term, short_term };

/// What the meeting said about a plan. Never the 支援決定.
enum class Finding : std::uint8_t { adequate, with_changes, send_back, defer };

/// Verdict of an evaluation.
enum class Verdict : std::uint8_t { close, carry_on, replan, interrupted };

/// The stored code, e.g. "under_review".
std::string_view code_of(PlanKind kind);
std::string_view code_of(PlanState state);
std::string_view code_of(Term term);
std::string_view code_of(Finding finding);
std::string_view code_of(Verdict verdict);

/// Nothing when the code is none of the list.
template <class E>
std::optional<E> parse_code(std::string_view code);
template <> std::optional<PlanKind> parse_code(std::string_view code);
template <> std::optional<PlanState> parse_code(std::string_view code);
template <> std::optional<Term> parse_code(std::string_view code);
template <> std::optional<Finding> parse_code(std::string_view code);
template <> std::optional<Verdict> parse_code(std::string_view code);

/// Japanese, as shown. The city's word for a kind of plan is kind_name().
std::string_view label_of(PlanState state);
std::string_view label_of(Term term);
std::string_view label_of(Finding finding);
std::string_view label_of(Verdict verdict);
/// As the city calls it: 支援プラン, アウトリーチプラン, 参加支援プラン.
std::string kind_name(const programme::Municipality& m, PlanKind kind);

inline constexpr PlanKind kPlanKinds[] = {PlanKind::collaboration, PlanKind::outreach, PlanKind::participation};
inline constexpr Verdict kVerdicts[] = {Verdict::carry_on, Verdict::replan, Verdict::close, Verdict::interrupted};

/// The city's settings and agencies, as rules and services need them.
struct Settings {
  const programme::Municipality& m;
  const programme::Directory& dir;
};

/// A plan without personal text. Held by its author agency, visible to the team (topic plan).
struct PlanHead {
  PlanId id;
  HouseholdId household;
  CaseId case_id;
  PlanKind kind = PlanKind::collaboration;
  PlanId lineage;                   // the first version
  int revision = 1;                 // 1, 2, …: 再プラン
  PlanState state = PlanState::draft;
  AgencyId author;
  AccountId author_account;
  bool names_outreach = false;      // one plan that names アウトリーチ and 参加支援 (鶴岡)
  bool names_participation = false;
  std::string approach;             // code table plan_approach; '' not said
  std::optional<Date> review_on;
  std::optional<PlanId> bundle;     // plans submitted together carry the same
  std::optional<Date> submitted_on, decided_on, ended_on;
  bool consent_withdrawn = false;   // marked: goes on the next agenda, stays in force
  std::int64_t version = 1;
};
/// A plan in lists over households.
struct PlanLine {
  PlanHead head;
  PersonalText label;               // household
  std::string case_number;
};

struct PlanPerson {
  PersonId person;
  std::optional<Date> agreed_on;    // agreed to the content of this plan
};

/// Goals and roles carry a topic: who may not see it does not see the row, and the numbers leave no gap.
struct NewGoal {
  Term term = Term::long_term;
  std::string kind;                 // code table goal_kinds; ''
  std::optional<PersonId> person;   // nothing: the household
  std::string text;
  std::optional<Date> by_on;
  access::Topic topic = access::Topic::plan;
  bool not_home = false;            // left out of the copy for the home
};
struct PlanGoal {
  std::int64_t id = 0;
  int number = 0;                   // as shown, without a gap
  Term term = Term::long_term;
  std::string kind;
  std::optional<PersonId> person;
  PersonalText text;
  std::optional<Date> by_on;
  access::Topic topic = access::Topic::plan;
  bool not_home = false;
};
struct NewRole {
  std::optional<AgencyId> agency;   // nothing: the person, the family, a neighbour: `who`
  std::string who;                  // 本人, 家族, 民生委員 …; no person's name
  std::string what;
  std::string how_often;
  std::optional<Date> by_on;
  std::string service;              // statutory service code; ''
  access::Topic topic = access::Topic::plan;
  bool not_home = false;
};
struct PlanRole {
  std::int64_t id = 0;
  int number = 0;
  std::optional<AgencyId> agency;
  std::string who;
  PersonalText what;
  std::string how_often;
  std::optional<Date> by_on;
  std::string service;
  access::Topic topic = access::Topic::plan;
  bool not_home = false;
};

/// What the author writes.
struct PlanContent {
  bool names_outreach = false;
  bool names_participation = false;
  std::string approach;
  std::string wishes;               // the person's own words
  std::string household_wishes;
  std::string direction;            // 支援の方向性
  std::string extra;                // canonical JSON (form/json.hpp) of extra_form(kind); '' none
  std::vector<std::string> home_leaves;  // of wishes, household_wishes, direction: left out of the copy for the home
  std::optional<Date> review_on;
  std::vector<PersonId> persons;    // 本人 of this plan
  std::vector<NewGoal> goals;
  std::vector<NewRole> roles;
};

/// What the meeting room reported about the plan; shown beside the decision, stored apart from it.
struct FindingNote {
  Finding result = Finding::adequate;
  std::string wording;              // the city's word: 確認, 適切性の協議 …
  Date on;
  AgendaItemId item;
};
struct SupportDecision {
  DecisionId id;
  bool approved = false;
  Date on;
  AccountId decider;
  AgencyId agency;
  std::optional<AgendaItemId> item;
  PersonalText note;
};

struct PlanView {
  PlanHead head;
  PersonalText wishes, household_wishes, direction, extra;
  std::vector<std::string> home_leaves;
  std::vector<PlanPerson> persons;
  std::vector<PlanGoal> goals;
  std::vector<PlanRole> roles;
  std::optional<FindingNote> finding;
  std::vector<SupportDecision> decisions;  // newest first
  std::vector<PlanHead> versions;          // of the lineage that the viewer may know, oldest first
};

}  // namespace kasane::planning
