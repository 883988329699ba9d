// What the pages of common issues share: forms, tables, how a step reads.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "form/parse.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/page_parts.hpp"

namespace kasane::meeting {

inline std::string issue_path(CommonIssueId id) { return "/common-issues/" + id_text(id); }
inline std::string field_name(const programme::Ctx& ctx, IssueField field) { return label_of(field, ctx.m()); }
/// The area's name; 市全体 for none.
std::string area_name(const programme::Ctx& ctx, std::string_view code);
/// Who carries the issue; '' for nobody.
std::string carrier_name(const programme::Ctx& ctx, const CommonIssue& issue);

/// The fields of an issue, their keys ending in `suffix`, folded together under `group` where one is given.
void add_issue_fields(form::Form& f, const programme::Ctx& ctx, const std::string& suffix, const std::string& group, bool required);
IssueText read_issue(const form::Answers& answers, const std::string& suffix = {});
form::Answers answers_of(const IssueText& issue);

/// The next step. `in_sitting`: body and day are those of the sitting and not asked for.
form::Form step_form(const programme::Ctx& ctx, const CommonIssue& issue, bool in_sitting);
NewStep read_step(const form::Answers& answers);

parts::Table issue_fields_table(const programme::Ctx& ctx);
parts::Table issue_kinds_table();
parts::Table areas_table(const programme::Ctx& ctx);

html::Html issues_table(const programme::Ctx& ctx, std::string_view caption, const std::vector<CommonIssue>& issues);
html::Html steps_html(const programme::Ctx& ctx, const std::vector<IssueStep>& steps);
html::Html answers_html(const std::vector<IssueAnswer>& answers);
html::Html answer_html(const IssueAnswer& answer);

}  // namespace kasane::meeting
