// What the pages of cases, team, records, issues, tasks and consents have in common: the household over the page,
// fields of choices, and what happens after a command that did not succeed.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "form/parse.hpp"
#include "html/form.hpp"
#include "html/kit.hpp"
#include "people/service.hpp"
#include "programme/context.hpp"

namespace kasane::casework::parts {

/// "阿曽家の支援記録": household and what the page is about. Personal, so it goes into Page::heading only.
html::Html heading(const Personal<std::string>& label, std::string_view about);
/// 世帯をさがす › 阿曽家 › here
std::vector<html::Link> way_from_household(const programme::Ctx& ctx, HouseholdId household, const Personal<std::string>& label, std::string here);
/// "R8.11.22"; "" for none.
std::string day(const std::optional<Date>& date);

using Table = std::shared_ptr<const form::CodeTable>;
/// Codes are ids as text. Retired agencies of the folder are left out, unless `only` names them.
Table agencies(const programme::Ctx& ctx);
Table agencies(const programme::Ctx& ctx, const std::vector<AgencyId>& only);
/// Members that the viewer sees.
Table persons(const std::vector<people::Member>& members);
Table coded(std::string key, const std::vector<programme::CodedText>& texts);
/// The city's table; an empty one where no folder has it.
Table city_table(const programme::Ctx& ctx, std::string_view key);

form::Field text_field(std::string key, std::string label, bool required = false);
form::Field long_field(std::string key, std::string label, bool required = false);
form::Field date_field(std::string key, std::string label, bool required = false);
form::Field number_field(std::string key, std::string label, std::int64_t min, std::int64_t max, std::string unit);
form::Field choice_field(std::string key, std::string label, Table codes, bool required = false);
form::Field choices_field(std::string key, std::string label, Table codes);

template <class Tag>
std::optional<Id<Tag>> chosen_id(const form::Answers& answers, std::string_view key) {
  return parse_id<Tag>(answers.text(key));
}
template <class Tag>
std::vector<Id<Tag>> chosen_ids(const form::Answers& answers, std::string_view key) {
  std::vector<Id<Tag>> ids;
  for (const std::string& code : answers.codes(key))
    if (auto id = parse_id<Tag>(code)) ids.push_back(*id);
  return ids;
}
template <class T>
void set_some(form::Answers& answers, std::string_view key, const std::optional<T>& value) {
  if (value) answers.set(key, *value);
}
void set_text(form::Answers& answers, std::string_view key, std::string text);

/// The version that the posted form had shown; 0 when it is not a number.
std::int64_t posted_version(const programme::Ctx& ctx);
/// posted_value("key") == "yes"
bool ticked(const programme::Ctx& ctx, std::string_view key);

/// Whether what went wrong belongs on the form (faults, a lost race, a state that does not allow it now) and not on a
/// page of its own.
bool belongs_on_form(const Error& error);
/// The faults as the form lists them; a conflict or lost race as a line without a field.
std::vector<FieldError> faults_of(const Error& error);
int status_of(const Error& error);

/// A list's address of the next page: "/cases?state=active&from=…". Values are percent-encoded.
std::string address(std::string path, const std::vector<std::pair<std::string, std::string>>& query);
/// "2026-11-22_0abc…" as made by cursor_text; nothing when it is damaged.
std::string cursor_text(Date day, std::int64_t id);
std::optional<std::pair<Date, std::int64_t>> parse_cursor(std::string_view text);

/// How a form is shown again: with which answers, faults and status.
struct Again {
  form::Answers answers;
  std::vector<FieldError> errors;
  int status = 200;
  bool stale = false;  // somebody saved first: the page shows what is stored now beside what was typed
};

/// The end of a command that a form sent: onward to where it leads; faults, a lost race or a state that does not allow it
/// back to the form, by `show`, with what was `typed`; anything else as a page of its own.
web::Reply after_form(programme::Ctx& ctx, const Result<std::string>& done, form::Answers typed, const std::function<web::Reply(Again)>& show);

}  // namespace kasane::casework::parts
