// Parts that the pages of planning share: choices of agencies and persons, links back, a form shown again.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "form/answers.hpp"
#include "form/field.hpp"
#include "html/form.hpp"
#include "people/service.hpp"
#include "planning/model.hpp"
#include "programme/context.hpp"

namespace kasane::planning {

using Names = std::unordered_map<PersonId, people::PersonName>;

Settings settings(const programme::Ctx& ctx);
html::Html name_of(const Names& names, PersonId person);
std::string agency_name(const programme::Ctx& ctx, AgencyId id);
std::string service_name(const programme::Ctx& ctx, std::string_view code);
std::string day_text(const std::optional<Date>& day);
std::shared_ptr<const form::CodeTable> agency_table(const programme::Ctx& ctx);
std::shared_ptr<const form::CodeTable> service_table(const programme::Ctx& ctx);
std::shared_ptr<const form::CodeTable> coded_table(std::string key, const std::vector<programme::CodedText>& codes);
std::optional<AgencyId> agency_from(const programme::Ctx& ctx, std::string_view code);
form::Field field(std::string key, std::string label, form::Kind kind, bool required = false, std::string group = {});
std::vector<html::Link> crumbs(const programme::Ctx& ctx, CaseId case_id, std::string here);
/// The number of a version or of anything else that the form carries; 0 when it is none.
std::int64_t posted_number(const programme::Ctx& ctx, std::string_view key);
/// 422 or 409: the form again, with what was typed.
int status_of(const Error& error);
bool shows_form_again(const Error& error);
/// Said over a form that somebody else has overtaken.
html::Html overtaken(const html::Html& stored_now);

}  // namespace kasane::planning
