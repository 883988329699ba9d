#include "casework/case_page_parts.hpp"

#include <algorithm>
#include <charconv>

#include "web/percent.hpp"

namespace kasane::casework::parts {

html::Html heading(const Personal<std::string>& label, std::string_view about) {
  if (label.shown().empty()) return html::text(about);
  return html::group({label, "の", about});
}

std::vector<html::Link> way_from_household(const programme::Ctx& ctx, HouseholdId household, const Personal<std::string>& label, std::string here) {
  const std::string& name = label.shown();
  return {{"世帯をさがす", ctx.url("/households")},
          {name.empty() ? ctx.m().wording("household", "世帯") : name, ctx.url("/households/" + id_text(household))},
          {std::move(here), ""}};
}

std::string day(const std::optional<Date>& date) { return date ? wareki_short(*date) : std::string(); }

namespace {

Table table(std::string key, std::vector<form::Code> codes) {
  return std::make_shared<const form::CodeTable>(form::CodeTable{std::move(key), 1, std::move(codes)});
}

}  // namespace

Table agencies(const programme::Ctx& ctx) {
  std::vector<form::Code> codes;
  for (const auto& entry : ctx.dir().all())
    if (entry.active) codes.push_back({id_text(entry.id), entry.name});
  return table("agencies", std::move(codes));
}

Table agencies(const programme::Ctx& ctx, const std::vector<AgencyId>& only) {
  std::vector<form::Code> codes;
  for (AgencyId id : only) codes.push_back({id_text(id), ctx.dir().name(id)});
  return table("agencies", std::move(codes));
}

Table persons(const std::vector<people::Member>& members) {
  std::vector<form::Code> codes;
  for (const people::Member& m : members) {
    const std::string id = id_text(m.person);
    const bool there = std::any_of(codes.begin(), codes.end(), [&](const form::Code& c) { return c.code == id; });
    if (!there) codes.push_back({id, m.name.shown()});
  }
  return table("persons", std::move(codes));
}

Table coded(std::string key, const std::vector<programme::CodedText>& texts) {
  std::vector<form::Code> codes;
  for (const programme::CodedText& t : texts) codes.push_back({t.code, t.text});
  return table(std::move(key), std::move(codes));
}

Table city_table(const programme::Ctx& ctx, std::string_view key) {
  if (auto found = ctx.m().code_table(key)) return found;
  return table(std::string(key), {});
}

form::Field text_field(std::string key, std::string label, bool required) {
  form::Field f;
  f.key = std::move(key);
  f.label = std::move(label);
  f.required = required;
  return f;
}

form::Field long_field(std::string key, std::string label, bool required) {
  form::Field f = text_field(std::move(key), std::move(label), required);
  f.kind = form::Kind::long_text;
  return f;
}

form::Field date_field(std::string key, std::string label, bool required) {
  form::Field f = text_field(std::move(key), std::move(label), required);
  f.kind = form::Kind::date;
  return f;
}

form::Field number_field(std::string key, std::string label, std::int64_t min, std::int64_t max, std::string unit) {
  form::Field f = text_field(std::move(key), std::move(label));
  f.kind = form::Kind::number;
  f.min = min;
  f.max = max;
  f.unit = std::move(unit);
  return f;
}

form::Field choice_field(std::string key, std::string label, Table codes, bool required) {
  form::Field f = text_field(std::move(key), std::move(label), required);
  f.kind = form::Kind::choice;
  f.codes = std::move(codes);
  return f;
}

form::Field choices_field(std::string key, std::string label, Table codes) {
  form::Field f = text_field(std::move(key), std::move(label));
  f.kind = form::Kind::choices;
  f.codes = std::move(codes);
  return f;
}

void set_text(form::Answers& answers, std::string_view key, std::string text) {
  if (!text.empty()) answers.set(key, std::move(text));
}

std::int64_t posted_version(const programme::Ctx& ctx) {
  const std::string_view text = ctx.req.posted_value("version").value_or("");
  std::int64_t version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? version : 0;
}

bool ticked(const programme::Ctx& ctx, std::string_view key) { return ctx.req.posted_value(key).value_or("") == form::kYes; }

bool belongs_on_form(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid:
    case ErrorCode::stale:
    case ErrorCode::conflict: return true;
    case ErrorCode::not_found:
    case ErrorCode::not_permitted:
    case ErrorCode::too_large:
    case ErrorCode::unavailable: return false;
  }
  return false;
}

std::vector<FieldError> faults_of(const Error& error) {
  if (error.code == ErrorCode::stale)
    return {{"", "ほかの人が先に保存しました。下の「いま保存されている内容」と見くらべて、よければもう一度保存してください。"}};
  if (!error.fields.empty()) return error.fields;
  return {{"", error.message}};
}

int status_of(const Error& error) { return error.code == ErrorCode::invalid ? 422 : 409; }

web::Reply after_form(programme::Ctx& ctx, const Result<std::string>& done, form::Answers typed, const std::function<web::Reply(Again)>& show) {
  if (done) return ctx.go(*done);
  const Error& error = done.error();
  if (!belongs_on_form(error)) return ctx.error(error);
  return show(Again{std::move(typed), faults_of(error), status_of(error), error.code == ErrorCode::stale});
}

std::string address(std::string path, const std::vector<std::pair<std::string, std::string>>& query) {
  char sign = '?';
  for (const auto& [key, value] : query) {
    if (value.empty()) continue;
    path += sign + key + "=" + web::percent_encode(value);
    sign = '&';
  }
  return path;
}

std::string cursor_text(Date day, std::int64_t id) { return day.iso() + "_" + id_text(id); }

std::optional<std::pair<Date, std::int64_t>> parse_cursor(std::string_view text) {
  const std::size_t at = text.find('_');
  if (at == std::string_view::npos) return std::nullopt;
  const auto day = Date::from_iso(text.substr(0, at));
  const auto id = parse_id_text(text.substr(at + 1));
  if (!day || !id) return std::nullopt;
  return std::pair(*day, *id);
}

}  // namespace kasane::casework::parts
