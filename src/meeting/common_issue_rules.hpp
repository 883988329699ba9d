// Rules of common issues, pure: what may be written in them, what may follow upon what, who carries them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "meeting/common_issue_model.hpp"

namespace kasane::meeting {

inline constexpr std::size_t kLongestIssueTitle = 60;   // characters
inline constexpr std::size_t kLongestIssueText = 800;
/// So many may be drawn from one item at once.
inline constexpr int kIssuesOfItem = 3;

/// Words that give a household away: those by which the writer knows it, and those by which others do. Of these none is
/// repeated to the writer.
struct Telling {
  std::vector<std::string> known, unseen;
};

/// Why the text may not be kept here: it holds a word that gives the household away, a telephone number, or the age of
/// somebody (bands such as 80歳代 and limits such as 65歳以上 are none). Nothing when it may.
std::optional<std::string> names_somebody(std::string_view text, const Telling& telling);

/// Faults of what was typed; fields title, text, area, each with `suffix` ("_1").
std::vector<FieldError> faults_of(const programme::Municipality& m, const IssueText& in, const Telling& telling, std::string_view suffix = {});
/// Faults of a step; fields step, on, body, to_body, said, answer_kind, answer_name, answer_text, answer_run_by, answer_link.
std::vector<FieldError> faults_of(const programme::Municipality& m, const NewStep& step, const Telling& telling, IssueState state, Date today);

/// What may be done next, in the order in which it is offered. Being raised and being put before the plenary are not
/// chosen: they follow from raising and from the agenda.
std::vector<StepKind> steps_from(IssueState state);
/// Where the issue stands after the step.
IssueState state_after(IssueState before, StepKind step);

/// Does a body of this function look at the system as a whole and decide who carries an issue.
bool is_plenary(programme::BodyFunction function);
/// May a body of this function carry an issue: working groups and those that exchange, study and learn.
bool may_carry(programme::BodyFunction function);
/// The body that is named as where an issue was raised: the review meeting and bodies without households. Of bodies that
/// look at single households nothing is told, because their agendas would tell which household it was.
std::string named_origin(const programme::Municipality& m, std::string_view body);
/// The kind of agenda of the body under which an issue comes; '' when it names none that fits.
std::string agenda_kind_for_issue(const programme::Body& body);

}  // namespace kasane::meeting
