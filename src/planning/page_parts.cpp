#include "planning/page_parts.hpp"

#include <charconv>

namespace kasane::planning {

using html::Html;

Settings settings(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }

Html name_of(const Names& names, PersonId person) {
  const auto it = names.find(person);
  return it == names.end() ? Html() : html::text(it->second.name);
}

std::string agency_name(const programme::Ctx& ctx, AgencyId id) { return ctx.dir().name(id); }

std::string service_name(const programme::Ctx& ctx, std::string_view code) {
  const auto* service = ctx.m().service(code);
  return service == nullptr ? std::string() : service->name;
}

std::string day_text(const std::optional<Date>& day) { return day ? wareki_short(*day) : std::string(); }

std::shared_ptr<const form::CodeTable> agency_table(const programme::Ctx& ctx) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "agencies_of_city";
  for (const auto& entry : ctx.dir().all()) table->codes.push_back({entry.code, entry.name, !entry.active});
  return table;
}

std::shared_ptr<const form::CodeTable> service_table(const programme::Ctx& ctx) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "services_of_city";
  for (const auto& service : ctx.m().services) table->codes.push_back({service.code, service.name, false});
  return table;
}

std::shared_ptr<const form::CodeTable> coded_table(std::string key, const std::vector<programme::CodedText>& codes) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = std::move(key);
  for (const auto& code : codes) table->codes.push_back({code.code, code.text, false});
  return table;
}

std::optional<AgencyId> agency_from(const programme::Ctx& ctx, std::string_view code) {
  return code.empty() ? std::nullopt : ctx.dir().find(code);
}

form::Field field(std::string key, std::string label, form::Kind kind, bool required, std::string group) {
  form::Field f;
  f.key = std::move(key);
  f.label = std::move(label);
  f.kind = kind;
  f.required = required;
  f.group = std::move(group);
  return f;
}

std::vector<html::Link> crumbs(const programme::Ctx& ctx, CaseId case_id, std::string here) {
  const std::string word = ctx.m().wording("case", "ケース");
  return {{word, ctx.url("/cases")}, {"この" + word, ctx.url("/cases/" + id_text(case_id))}, {std::move(here), {}}};
}

std::int64_t posted_number(const programme::Ctx& ctx, std::string_view key) {
  const auto typed = ctx.req.posted_value(key).value_or("");
  std::int64_t number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return number;
}

int status_of(const Error& error) { return error.code == ErrorCode::invalid ? 422 : 409; }
bool shows_form_again(const Error& error) { return error.code == ErrorCode::invalid || error.code == ErrorCode::stale; }

Html overtaken(const Html& stored_now) {
  Html body = html::el("p", "下に、書いたものがそのまま残っています。いま保存されている内容と見くらべて、もう一度保存すると、こちらに置きかわります。");
  body += html::folding("いま保存されている内容", stored_now, true);
  return html::banner(html::Tone::warning, "ほかの人が先に保存しました", body);
}

}  // namespace kasane::planning
