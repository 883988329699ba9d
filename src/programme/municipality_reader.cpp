// Faults, codes and lists of a municipality's folder.
#include "programme/municipality_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "base/japanese.hpp"

namespace kasane::programme::reading {
namespace {

constexpr std::uintmax_t kMaxFileBytes = 5'000'000;

std::string_view name_of(Target target) {
  switch (target) {
    case Target::service:
      return "事業";
    case Target::agency:
      return "機関";
    case Target::area:
      return "区域";
    case Target::body:
      return "会議体";
    case Target::goal:
      return "目標";
    case Target::post:
      return "職";
    case Target::indicator:
      return "指標";
    case Target::inbox:
      return "受付";
    case Target::alias:
      return "別名";
  }
  return "";
}

std::string_view file_of(Target target) {
  switch (target) {
    case Target::service:
      return "services.csv";
    case Target::agency:
      return "agencies.csv";
    case Target::area:
      return "areas.csv";
    case Target::body:
      return "bodies.toml";
    case Target::goal:
      return "municipality.toml の [[plan.goal]]";
    case Target::post:
      return "posts.csv";
    case Target::indicator:
      return "indicators.csv";
    case Target::inbox:
      return "rules.toml";
    case Target::alias:
      return "agency_aliases.csv";
  }
  return "";
}

bool is_code(std::string_view code) {
  return !code.empty() && code.size() <= 60 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(by);
    const auto part = trim(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view by) {
  std::string all;
  for (const auto& part : parts) {
    if (!all.empty()) all += by;
    all += part;
  }
  return all;
}

bool is_line_reference(std::string_view part) {
  if (!part.starts_with("l.")) return false;
  part.remove_prefix(2);
  int first = 0;
  auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), first);
  if (error != std::errc() || first < 1) return false;
  if (end == part.data() + part.size()) return true;
  if (*end != '-') return false;
  int last = 0;
  const auto rest = std::from_chars(end + 1, part.data() + part.size(), last);
  return rest.ec == std::errc() && rest.ptr == part.data() + part.size() && last > first;
}

}  // namespace

void Findings::fault(const Place& at, std::string what, std::string mend) {
  faults_.push_back({at.file, at.line, std::move(what), std::move(mend)});
}

void Findings::declare(Target target, const std::string& code, const Place& at) {
  if (code.empty()) return;  // the missing cell is a fault of its own
  if (target != Target::alias && !is_code(code)) {
    fault(at, fmt::format("{}の code「{}」に使えない文字があります", name_of(target), code),
          "英小文字、数字、_、- だけの60字までにしてください");
    return;
  }
  auto [found, fresh] = declared_.try_emplace({target, code}, at);
  if (!fresh)
    fault(at, fmt::format("{}「{}」が二度あります", name_of(target), code),
          fmt::format("{}行目と同じです。どちらかを消すか、別の code にしてください", found->second.line));
}

void Findings::refer(Target target, const std::string& code, const Place& at, std::string_view field) {
  if (!code.empty()) uses_.push_back({target, code, at, std::string(field)});
}

void Findings::excuse(Target target) { excused_.insert(target); }

Place Findings::place_of(Target target, const std::string& code, const std::filesystem::path& otherwise) const {
  const auto found = declared_.find({target, code});
  return found == declared_.end() ? Place{otherwise.string(), 0} : found->second;
}

void Findings::settle() {
  for (const auto& use : uses_)
    if (!excused_.contains(use.target) && !declared_.contains({use.target, use.code}))
      fault(use.at, fmt::format("{} の{}「{}」がありません", use.field, name_of(use.target), use.code),
            fmt::format("{} にその code を足すか、あるものに直してください", file_of(use.target)));
  uses_.clear();
}

std::vector<SettingsFault> Findings::take() {
  std::stable_sort(faults_.begin(), faults_.end(), [](const SettingsFault& a, const SettingsFault& b) {
    return a.file != b.file ? a.file < b.file : a.line < b.line;
  });
  return std::move(faults_);
}

std::optional<std::string> read_utf8(const std::filesystem::path& file, std::string_view if_missing,
                                     Findings& findings) {
  const Place whole{file.string(), 0};
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) {
    findings.fault(whole, "ファイルがありません", std::string(if_missing));
    return std::nullopt;
  }
  if (size > kMaxFileBytes) {
    findings.fault(whole, "ファイルが大きすぎます", "5MBまでにしてください");
    return std::nullopt;
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || bytes.size() != size) {
    findings.fault(whole, "ファイルを読めません", "読み取りの権限を確かめてください");
    return std::nullopt;
  }
  if (is_valid_utf8(bytes)) return bytes;
  // The line of the first broken sequence: the longest run of whole lines that is valid.
  int line = 1;
  for (std::size_t start = 0; start < bytes.size(); ++line) {
    const auto end = std::min(bytes.find('\n', start), bytes.size() - 1);
    if (!is_valid_utf8(std::string_view(bytes).substr(start, end - start + 1))) break;
    start = end + 1;
  }
  findings.fault({whole.file, line}, "文字コードが UTF-8 ではありません",
                 "UTF-8 で保存しなおしてください（Excel では「CSV UTF-8」）");
  return std::nullopt;
}

void check_source(const std::string& source, const Place& at, Findings& findings) {
  const auto parts = split(source, ';');
  const bool good =
      !parts.empty() && std::all_of(parts.begin(), parts.end(), [](const auto& p) { return is_line_reference(p); });
  if (good) return;
  findings.fault(at,
                 source.empty() ? std::string("source（計画のどこに書かれているか）がありません")
                                : fmt::format("source「{}」を読めません", source),
                 "l.120 や l.5;l.8-9 のように、計画の本文の行を書いてください");
}

Row::Row(const std::vector<std::string>& columns, CsvRow row, std::string file, Findings& findings)
    : columns_(&columns),
      cells_(std::move(row.cells)),
      at_{std::move(file), static_cast<int>(row.line)},
      findings_(&findings) {}

std::string Row::text(std::string_view column) const {
  const auto found = std::find(columns_->begin(), columns_->end(), column);
  const auto index = static_cast<std::size_t>(found - columns_->begin());
  return index < cells_.size() ? std::string(trim(cells_[index])) : std::string();
}

std::string Row::needed(std::string_view column) const {
  auto value = text(column);
  if (value.empty()) findings_->fault(at_, fmt::format("列 {} が空です", column), "値を書いてください");
  return value;
}

std::vector<std::string> Row::list(std::string_view column) const { return split(text(column), ';'); }

std::optional<int> Row::number(std::string_view column, int least, int most) const {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error == std::errc() && end == cell.data() + cell.size() && value >= least && value <= most) return value;
  bad_cell(column, cell, fmt::format("{}から{}までの整数を、半角の数字だけで書いてください", least, most));
  return std::nullopt;
}

std::optional<double> Row::decimal(std::string_view column) const {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value, std::chars_format::fixed);
  if (error == std::errc() && end == cell.data() + cell.size() && value >= 0 && value < 1e9) return value;
  bad_cell(column, cell, "0以上の数を、半角の数字と小数点だけで書いてください（3,300 は 3300）");
  return std::nullopt;
}

std::optional<bool> Row::yes_no(std::string_view column) const {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  if (cell == "yes") return true;
  if (cell == "no") return false;
  bad_cell(column, cell, "yes か no を書くか、空にしてください");
  return std::nullopt;
}

std::optional<Date> Row::date(std::string_view column) const {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  if (auto day = Date::from_iso(cell)) return day;
  bad_cell(column, cell, "2026-04-01 のように書いてください");
  return std::nullopt;
}

std::string Row::source() const {
  auto value = text("source");
  check_source(value, at_, *findings_);
  return value;
}

void Row::unknown_word(std::string_view column, const std::string& cell, std::string_view allowed) const {
  bad_cell(column, cell, fmt::format("次のどれかにしてください: {}", allowed));
}

void Row::bad_cell(std::string_view column, const std::string& cell, std::string mend) const {
  findings_->fault(at_, fmt::format("列 {} に「{}」は使えません", column, cell), std::move(mend));
}

Table::Table(const std::filesystem::path& file, std::string_view columns, Findings& findings) {
  const auto bytes = read_utf8(
      file, fmt::format("見出しの行だけでもよいので {} を置いてください: {}", file.filename().string(), columns),
      findings);
  if (!bytes) return;
  const auto csv = read_csv(*bytes);
  for (const auto& broken : csv.faults)
    findings.fault({file.string(), static_cast<int>(broken.line)}, broken.message,
                   "CSV として開けるように直してください");
  read(csv, file.string(), split(columns, ','), findings);
}

void Table::read(const CsvFile& csv, const std::string& file, const std::vector<std::string>& expected,
                 Findings& findings) {
  const std::string head = joined(expected, ",");
  if (csv.rows.empty()) {
    findings.fault({file, 1}, "見出しの行がありません", "1行目に次の見出しを書いてください: " + head);
    return;
  }
  for (const auto& cell : csv.rows.front().cells) columns_.emplace_back(trim(cell));
  bool complete = true;
  for (const auto& column : expected)
    if (std::count(columns_.begin(), columns_.end(), column) != 1) {
      findings.fault(
          {file, 1},
          fmt::format("列 {} が{}", column,
                      std::count(columns_.begin(), columns_.end(), column) == 0 ? "ありません" : "二度あります"),
          "1行目を次の見出しにしてください: " + head);
      complete = false;
    }
  for (const auto& column : columns_)
    if (std::find(expected.begin(), expected.end(), column) == expected.end())
      findings.fault({file, 1}, fmt::format("知らない列 {} があります", column),
                     "消すか、次の見出しに直してください: " + head);
  if (!complete) return;
  readable_ = true;
  for (std::size_t i = 1; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    if (row.cells.size() != columns_.size()) {
      findings.fault({file, static_cast<int>(row.line)},
                     fmt::format("値が{}個あり、見出しの{}個と合いません", row.cells.size(), columns_.size()),
                     "コンマの数を合わせ、コンマを含む値は \"\" で囲んでください");
      continue;
    }
    rows_.emplace_back(columns_, row, file, findings);
  }
}

}  // namespace kasane::programme::reading
