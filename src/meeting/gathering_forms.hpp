// Forms of gatherings, and how they are shown.
#pragma once
#include <string>
#include <vector>

#include "form/parse.hpp"
#include "meeting/gathering_service.hpp"
#include "meeting/page_parts.hpp"

namespace kasane::meeting {

inline std::string gathering_path(GatheringId id) { return "/gatherings/" + id_text(id); }

/// `issues`: open ones, of which one may be the theme.
form::Form gathering_form(const programme::Ctx& ctx, const std::vector<CommonIssue>& issues);
GatheringText read_gathering(const form::Answers& answers);
form::Answers answers_of(const GatheringText& text);

form::Form attendance_form(const programme::Ctx& ctx);
/// Lines in which a number was typed.
std::vector<AttendanceLine> read_attendance(const form::Answers& answers);
form::Answers answers_of(const std::vector<AttendanceLine>& lines);

form::Form gathering_outcome_form(const programme::Ctx& ctx, const std::vector<CommonIssue>& issues);
GatheringOutcome read_gathering_outcome(const form::Answers& answers);
form::Answers outcome_answers(const Gathering& gathering);

form::Form material_form();
/// The box for the file, to be put after the fields; the frame must be multipart.
html::Html file_control(const std::vector<FieldError>& errors);
inline constexpr std::string_view kMaterialField = "file";

/// "高齢者、子ども"; '' for none.
std::string fields_text(const programme::Ctx& ctx, const std::vector<IssueField>& fields);
html::Html gatherings_table(const programme::Ctx& ctx, std::string_view caption, const std::vector<Gathering>& gatherings);
html::Html survey_html(const SurveyResults& results, std::int64_t limit);

/// On the page of a common issue: gatherings whose theme or outcome it is. Nothing where there is none.
html::Html gatherings_about_section(programme::Ctx& ctx, CommonIssueId issue);

}  // namespace kasane::meeting
