// The TOML files of a municipality's folder as a small tree with lines. The only file that knows the TOML library.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "base/japanese.hpp"
#include "programme/municipality_reader.hpp"

namespace kasane::programme::reading {
namespace {

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

Setting converted(const toml::node& node);

Setting converted_table(const toml::table& table) {
  Setting result;
  for (const auto& [key, value] : table) {
    result.keys.emplace_back(key.str());
    result.items.push_back(converted(value));
    // The key stands where the reader looks; a table's own place can be its first line after the bracket.
    if (const int line = line_of(key.source()); line > 0) result.items.back().line = line;
  }
  return result;
}

Setting converted(const toml::node& node) {
  Setting result;
  result.kind = Setting::Kind::unsupported;
  if (const auto* table = node.as_table()) {
    result = converted_table(*table);
  } else if (const auto* list = node.as_array()) {
    result.kind = Setting::Kind::list;
    for (const auto& item : *list) result.items.push_back(converted(item));
  } else if (const auto text = node.value_exact<std::string>()) {
    result.kind = Setting::Kind::text;
    result.text = *text;
  } else if (const auto number = node.value_exact<std::int64_t>()) {
    result.kind = Setting::Kind::number;
    result.number = *number;
  } else if (const auto truth = node.value_exact<bool>()) {
    result.kind = Setting::Kind::truth;
    result.truth = *truth;
  }
  result.line = line_of(node.source());
  return result;
}

std::string_view kind_name(Setting::Kind kind) {
  switch (kind) {
    case Setting::Kind::text:
      return "\" \" で囲んだ文字";
    case Setting::Kind::number:
      return "整数";
    case Setting::Kind::truth:
      return "true か false";
    case Setting::Kind::list:
      return "[ ] で囲んだ並び";
    case Setting::Kind::table:
      return "表";
    case Setting::Kind::unsupported:
      return "";
  }
  return "";
}

}  // namespace

const Setting* Setting::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i] == key) return &items[i];
  return nullptr;
}

std::optional<Setting> read_toml(const std::filesystem::path& file, Findings& findings) {
  const auto bytes = read_utf8(file, fmt::format("{} を置いてください", file.filename().string()), findings);
  if (!bytes) return std::nullopt;
  try {
    const toml::table parsed = toml::parse(std::string_view(*bytes), file.string());
    Setting result = converted_table(parsed);
    result.line = 1;
    return result;
  } catch (const toml::parse_error& error) {
    findings.fault({file.string(), line_of(error.source())},
                   fmt::format("TOML として読めません（{}）", error.description()),
                   "この行と前の行の \" \"、[ ]、= を確かめてください");
    return std::nullopt;
  }
}

Settings::Settings(const Setting& table, std::string file, Findings& findings)
    : table_(&table), file_(std::move(file)), findings_(&findings) {}

Place Settings::at(std::string_view key) const {
  const auto* found = table_->find(key);
  return {file_, found == nullptr ? table_->line : found->line};
}

const Setting* Settings::ask(std::string_view key, Setting::Kind kind) {
  asked_.emplace_back(key);
  const auto* found = table_->find(key);
  if (found == nullptr || found->kind == kind) return found;
  findings_->fault({file_, found->line}, fmt::format("{} の値の形が違います", key),
                   fmt::format("{}にしてください", kind_name(kind)));
  return nullptr;
}

std::string Settings::text(std::string_view key) {
  const auto* found = ask(key, Setting::Kind::text);
  return found == nullptr ? std::string() : std::string(trim(found->text));
}

std::string Settings::needed(std::string_view key) {
  auto value = text(key);
  if (value.empty())
    findings_->fault(at(key), fmt::format("{} がありません", key), fmt::format("{} = \"…\" を書いてください", key));
  return value;
}

std::vector<std::string> Settings::texts(std::string_view key) {
  std::vector<std::string> result;
  const auto* found = ask(key, Setting::Kind::list);
  if (found == nullptr) return result;
  for (const auto& item : found->items) {
    if (item.kind == Setting::Kind::text)
      result.emplace_back(trim(item.text));
    else
      findings_->fault({file_, item.line}, fmt::format("{} の並びに文字でないものがあります", key),
                       "どれも \" \" で囲んでください");
  }
  return result;
}

std::optional<int> Settings::number(std::string_view key, int least, int most) {
  const auto* found = ask(key, Setting::Kind::number);
  if (found == nullptr) return std::nullopt;
  if (found->number >= least && found->number <= most) return static_cast<int>(found->number);
  findings_->fault({file_, found->line}, fmt::format("{} に {} は使えません", key, found->number),
                   fmt::format("{}から{}までにしてください", least, most));
  return std::nullopt;
}

bool Settings::truth(std::string_view key, bool otherwise) {
  const auto* found = ask(key, Setting::Kind::truth);
  return found == nullptr ? otherwise : found->truth;
}

std::string Settings::source() {
  auto value = text("source");
  check_source(value, at("source"), *findings_);
  return value;
}

std::vector<Settings> Settings::tables(std::string_view key) {
  std::vector<Settings> result;
  const auto* found = ask(key, Setting::Kind::list);
  if (found == nullptr) return result;
  for (const auto& item : found->items) {
    if (item.kind == Setting::Kind::table)
      result.emplace_back(item, file_, *findings_);
    else
      findings_->fault({file_, item.line}, fmt::format("{} の並びに表でないものがあります", key),
                       "{ code = \"…\", … } の形にしてください");
  }
  return result;
}

std::optional<Settings> Settings::table(std::string_view key) {
  const auto* found = ask(key, Setting::Kind::table);
  if (found == nullptr) return std::nullopt;
  return Settings(*found, file_, *findings_);
}

std::vector<CodedText> Settings::coded(std::string_view key) {
  std::vector<CodedText> result;
  for (auto& item : tables(key)) {
    CodedText coded{item.needed("code"), item.needed("text"), item.source()};
    item.done();
    const bool twice =
        std::any_of(result.begin(), result.end(), [&](const CodedText& c) { return c.code == coded.code; });
    if (twice)
      findings_->fault(item.at(), fmt::format("{} の code「{}」が二度あります", key, coded.code),
                       "どちらかを消すか、別の code にしてください");
    result.push_back(std::move(coded));
  }
  return result;
}

Quote Settings::quote(std::string_view text_key, std::string_view source_key) {
  Quote result{text(text_key), text(source_key)};
  if (!result.text.empty() || !result.source.empty()) check_source(result.source, at(text_key), *findings_);
  return result;
}

void Settings::unknown_word(std::string_view key, const std::string& value, std::string_view allowed) {
  findings_->fault(at(key), fmt::format("{} に「{}」は使えません", key, value),
                   fmt::format("次のどれかにしてください: {}", allowed));
}

void Settings::done() {
  std::sort(asked_.begin(), asked_.end());
  asked_.erase(std::unique(asked_.begin(), asked_.end()), asked_.end());
  std::string known;
  for (const auto& key : asked_) known += (known.empty() ? "" : ", ") + key;
  for (std::size_t i = 0; i < table_->keys.size(); ++i)
    if (std::find(asked_.begin(), asked_.end(), table_->keys[i]) == asked_.end())
      findings_->fault({file_, table_->items[i].line}, fmt::format("知らない項目 {} があります", table_->keys[i]),
                       fmt::format("消すか、次のどれかに直してください: {}", known));
}

}  // namespace kasane::programme::reading
