// A small state machine over UTF-8 text. Encodings are settled before it runs: in UTF-8 a quote or comma byte is
// never part of another character, in CP932 it can be.
#include "base/csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/cp932.hpp"
#include "base/japanese.hpp"

namespace kasane {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

class Parser {
 public:
  Parser(std::string_view text, const CsvLimits& limits, CsvFile& file) : text_(text), limits_(limits), file_(file) {}

  void run() {
    while (at_ < text_.size() && !stopped_) {
      row_ = CsvRow{line_, {}};
      bool written = false;
      for (bool more = true; more && !stopped_;) {
        std::size_t before = at_;
        row_.cells.push_back(cell());
        written = written || at_ > before;
        check_row();
        more = at_ < text_.size() && text_[at_] == ',';
        if (more) {
          ++at_;
          written = true;
        }
      }
      take_line_end();
      if (written && !stopped_) keep_row();
    }
  }

 private:
  bool at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

  void take_line_end() {
    if (at_ >= text_.size() || !at_line_end()) return;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  void fault(std::size_t line, std::string message) { file_.faults.push_back({line, std::move(message)}); }

  void stop(std::string message) {
    fault(line_, std::move(message));
    stopped_ = true;
  }

  void check_row() {
    if (row_.cells.size() > limits_.cells)
      stop("列が多すぎます。");
    else if (row_.cells.back().size() > limits_.cell_bytes)
      stop("一つの欄が長すぎます。");
  }

  void keep_row() {
    if (file_.rows.size() >= limits_.rows) {
      stop("行が多すぎます。ファイルを分けてください。");
      return;
    }
    file_.rows.push_back(std::move(row_));
  }

  std::string cell() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    std::string plain = unquoted();
    if (plain.find('"') != std::string::npos) fault(line_, "引用符（\"）の使い方が正しくありません。");
    return plain;
  }

  std::string unquoted() {
    std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string plain(text_.substr(at_, end - at_));
    at_ = end;
    check_controls(plain, line_);
    return plain;
  }

  std::string quoted() {
    std::size_t begun = line_;
    std::string text;
    ++at_;
    for (;;) {
      std::size_t quote = text_.find('"', at_);
      std::string_view piece = text_.substr(at_, quote == std::string_view::npos ? quote : quote - at_);
      count_lines(piece);
      text += piece;
      if (quote == std::string_view::npos) {
        at_ = text_.size();
        fault(begun, "引用符（\"）が閉じていません。");
        break;
      }
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      text += '"';
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] != ',' && !at_line_end()) {
      fault(line_, "閉じた引用符（\"）のあとに文字があります。");
      text += unquoted();
    }
    text = normalise_newlines(text);
    check_controls(text, begun);
    return text;
  }

  void count_lines(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size(); ++at) {
      bool cr_of_crlf = piece[at] == '\r' && at + 1 < piece.size() && piece[at + 1] == '\n';
      if ((piece[at] == '\n' || piece[at] == '\r') && !cr_of_crlf) ++line_;
    }
  }

  void check_controls(std::string_view text, std::size_t line) {
    if (has_control_characters(text, true)) fault(line, "使えない文字（制御文字）が含まれています。");
  }

  std::string_view text_;
  const CsvLimits& limits_;
  CsvFile& file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool stopped_ = false;
  CsvRow row_;
};

std::size_t line_of_first_fault(std::string_view text) {
  std::size_t line = 1;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    if (!is_valid_utf8(text.substr(0, end))) return line;
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
  return 0;
}

/// The text in UTF-8 without BOM; nothing, with a fault, when the encoding cannot be told.
std::optional<std::string> decode(std::string_view bytes, CsvFile& file) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    file.faults.push_back({0, "UTF-16 のファイルです。「CSV UTF-8」で保存し直してください。"});
    return std::nullopt;
  }
  bool marked = bytes.starts_with(kBom);
  if (marked) bytes.remove_prefix(kBom.size());
  if (is_valid_utf8(bytes)) return std::string(bytes);
  if (marked) {
    file.faults.push_back({line_of_first_fault(bytes), "文字コードが壊れています（UTF-8 ではない文字があります）。"});
    return std::nullopt;
  }
  file.encoding = CsvEncoding::cp932;
  if (auto text = from_cp932(bytes)) return text;
  file.faults.push_back({0, "文字コードを判別できません。UTF-8 か Shift_JIS で保存し直してください。"});
  return std::nullopt;
}

/// "-5", "+3.5", "-1,200": numbers that begin like a formula and are none.
bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9' || text.back() < '0' || text.back() > '9') return false;
  std::size_t dots = static_cast<std::size_t>(std::ranges::count(text, '.'));
  return dots <= 1 && text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

/// Whether a spreadsheet would take the cell for a formula. The full-width signs count in a Japanese Excel.
bool is_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kStarts{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  bool starts = std::ranges::any_of(kStarts, [&](std::string_view start) { return text.starts_with(start); });
  return starts && !is_number(text);
}

std::string in_quotes(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

CsvFile read_csv(std::string_view bytes, const CsvLimits& limits) {
  CsvFile file;
  if (auto text = decode(bytes, file)) Parser(*text, limits, file).run();
  return file;
}

CsvWriter::CsvWriter(CsvEncoding encoding) : encoding_(encoding) {
  if (encoding_ == CsvEncoding::utf8) bytes_ = kBom;
}

void CsvWriter::row(const std::vector<std::string>& cells) {
  ++rows_;
  // A row of one empty cell would read as an empty line, and so as no row.
  if (cells.size() == 1 && cells.front().empty()) bytes_ += "\"\"";
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at > 0) bytes_ += ',';
    bytes_ += cell(cells[at], at + 1);
  }
  bytes_ += "\r\n";
}

std::string CsvWriter::cell(const std::string& text, std::size_t column) {
  std::string safe = repair_utf8(text);
  if (is_formula(safe)) {
    safe.insert(0, 1, '\'');
    changes_.push_back({rows_, column, CsvChange::Kind::guarded});
  }
  // Quoting comes first: in CP932 the second byte of a character can look like a sign of its own.
  std::string quoted = in_quotes(safe);
  if (encoding_ == CsvEncoding::utf8) return quoted;
  Cp932Text converted = to_cp932(quoted);
  if (converted.changed) changes_.push_back({rows_, column, CsvChange::Kind::not_in_cp932});
  return converted.bytes;
}

}  // namespace kasane
