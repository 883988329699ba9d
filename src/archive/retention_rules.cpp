#include "archive/retention_rules.hpp"

#include <charconv>

namespace kasane::archive {

namespace {

constexpr std::string_view kLogHead = "number,root,class";
constexpr std::size_t kLongestNumber = 40;

std::optional<int> whole(std::string_view text) {
  int n = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (fault != std::errc() || end != text.data() + text.size() || n < 1 || n > 100) return std::nullopt;
  return n;
}

std::string group_of(const programme::CodeList& list, const std::string& code) {
  const auto found = list.groups.find(code);
  return found == list.groups.end() ? std::string() : found->second;
}

std::optional<LogLine> log_line(std::string_view line) {
  const auto first = line.find(',');
  const auto second = first == std::string_view::npos ? first : line.find(',', first + 1);
  if (second == std::string_view::npos || first == 0 || first > kLongestNumber) return std::nullopt;
  const auto root = parse_id_text(line.substr(first + 1, second - first - 1));
  const auto what = parse_retention_class(line.substr(second + 1));
  if (!root || !what || *what == RetentionClass::base) return std::nullopt;
  return LogLine{std::string(line.substr(0, first)), *root, *what};
}

}  // namespace

std::vector<Period> periods(const programme::Municipality& m) {
  std::vector<Period> found;
  const auto list = m.code_lists.find("retention_set");
  if (list == m.code_lists.end() || !list->second.table) return found;
  for (const form::Code& code : list->second.table->codes) {
    const auto what = parse_retention_class(code.code);
    const auto years = whole(group_of(list->second, code.code));
    if (what && years && *what != RetentionClass::base && !code.retired) found.push_back({*what, *years, code.label});
  }
  return found;
}

const Period* find(const std::vector<Period>& periods, RetentionClass what) {
  for (const Period& p : periods)
    if (p.what == what) return &p;
  return nullptr;
}

std::vector<Hint> hints(const programme::Municipality& m) {
  std::vector<Hint> found;
  const auto list = m.code_lists.find("retention_class");
  if (list == m.code_lists.end() || !list->second.table) return found;
  for (const form::Code& code : list->second.table->codes)
    if (const auto what = parse_retention_class(code.code)) found.push_back({*what, code.label, group_of(list->second, code.code), list->second.provisional});
  return found;
}

Date keep_until(Date ended_on, int years) { return FiscalYear{FiscalYear::of(ended_on).year + years}.last(); }

std::string log_text(const std::vector<LogLine>& lines) {
  std::string out = std::string(kLogHead) + "\n";
  for (const LogLine& l : lines) out += l.number + "," + id_text(l.root) + "," + std::string(code_of(l.what)) + "\n";
  return out;
}

Result<std::vector<LogLine>> parse_log(std::string_view text) {
  std::vector<LogLine> lines;
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    at = end + 1;
    ++number;
    if (line.empty() || line == kLogHead) continue;
    const auto read = log_line(line);
    if (!read) return fail(ErrorCode::invalid, "廃棄の控えの" + std::to_string(number) + "行目が読めません。");
    lines.push_back(*read);
  }
  return lines;
}

}  // namespace kasane::archive
