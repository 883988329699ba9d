// Common issues (共通課題): what single cases have shown about the system as a whole, and what became of it. Nothing in
// them is personal: they are typed anew without names, and the way back to the items opens link by link.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "meeting/model.hpp"

namespace kasane::meeting {

struct CommonIssueTag {};
using CommonIssueId = Id<CommonIssueTag>;

enum class IssueField : std::uint8_t { elderly, disability, child, poverty, health, housing, other };
inline constexpr IssueField kIssueFields[] = {IssueField::elderly, IssueField::disability, IssueField::child, IssueField::poverty,
                                              IssueField::health,  IssueField::housing,    IssueField::other};
/// What it is that does not work: a resource is lacking, a procedure, a link between agencies, a rule, something else.
enum class IssueKind : std::uint8_t { resource, procedure, link, rule, other };
inline constexpr IssueKind kIssueKinds[] = {IssueKind::resource, IssueKind::procedure, IssueKind::link, IssueKind::rule, IssueKind::other};
enum class IssueState : std::uint8_t { raised, plenary, carried, answered, not_taken, withdrawn };
inline constexpr IssueState kIssueStates[] = {IssueState::raised,   IssueState::plenary,   IssueState::carried,
                                              IssueState::answered, IssueState::not_taken, IssueState::withdrawn};
/// `kept`: talked about, goes on. `looked_again`: the answer is enough. `reopened`: it is not. `withdrawn`: taken back.
enum class StepKind : std::uint8_t { raised, to_plenary, carried, kept, answered, not_taken, looked_again, reopened, withdrawn };
enum class AnswerKind : std::uint8_t { resource, rule, policy };

std::string_view code_of(IssueField field);
std::string_view code_of(IssueKind kind);
std::string_view code_of(IssueState state);
std::string_view code_of(StepKind kind);
std::string_view code_of(AnswerKind kind);
template <> std::optional<IssueField> parse_code(std::string_view code);
template <> std::optional<IssueKind> parse_code(std::string_view code);
template <> std::optional<IssueState> parse_code(std::string_view code);
template <> std::optional<StepKind> parse_code(std::string_view code);
template <> std::optional<AnswerKind> parse_code(std::string_view code);
std::string_view label_of(IssueKind kind);
std::string_view label_of(IssueState state);
std::string_view label_of(StepKind kind);
std::string_view label_of(AnswerKind kind);
/// In the words of the city's plan where its services name the field (高齢者, 障がい者 …), else the general word.
std::string label_of(IssueField field, const programme::Municipality& m);

struct CommonIssue {
  CommonIssueId id;
  std::string title;
  std::string text;
  IssueField field = IssueField::other;
  IssueKind kind = IssueKind::other;
  std::string area;                   // code; '': the city as a whole
  IssueState state = IssueState::raised;
  Date raised_on;
  std::optional<Date> look_on;        // when it is looked at again
  std::string carrier_body;           // '' or the body that carries it …
  std::optional<AgencyId> carrier;    // … or the agency or section
  std::int64_t version = 1;

  bool open() const { return state == IssueState::raised || state == IssueState::plenary || state == IssueState::carried; }
};

struct IssueStep {
  StepKind kind = StepKind::raised;
  Date on;
  std::string body;
  std::string to_body;
  std::optional<AgencyId> to_agency;
  std::string text;
  AgencyId agency;                    // for which it was written
};

struct IssueAnswer {
  AnswerKind kind = AnswerKind::resource;
  std::string name;
  std::string text;
  std::string run_by;
  std::string link;
  Date since;
};
/// An answer in a list over all issues.
struct AnswerLine {
  CommonIssueId issue;
  std::string issue_title;
  IssueAnswer answer;
};

/// An item from which an issue was drawn, for those who may open it.
struct IssueSource {
  AgendaItemId item;
  int number = 0;
  std::string body;
  Date held_on;
  PersonalText label;                 // household
};

/// What is typed of an issue.
struct IssueText {
  std::string title;
  std::string text;
  IssueField field = IssueField::other;
  IssueKind kind = IssueKind::other;
  std::string area;
};

/// A step as typed. `answer` for StepKind::answered; `to_body` or `to_agency` for StepKind::carried.
struct NewStep {
  StepKind kind = StepKind::kept;
  Date on;
  std::string body;
  std::string to_body;
  std::optional<AgencyId> to_agency;
  std::string text;
  IssueAnswer answer;
  std::optional<Date> look_on;
};

}  // namespace kasane::meeting
