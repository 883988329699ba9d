// Reading of the files of a municipality's folder so that every fault is collected with its line and a way to mend it.
// Used only by the loader; the rest of the program sees Municipality.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "programme/municipality.hpp"

namespace kasane::programme::reading {

struct Place {
  std::string file;
  int line = 0;
};

/// What one record may point to in another file.
enum class Target : std::uint8_t { service, agency, area, body, goal, post, indicator, inbox, alias };

/// All faults of one folder, and the codes that were declared and used, to be matched when everything is read.
class Findings {
 public:
  void fault(const Place& at, std::string what, std::string mend);
  /// Notes that this code exists. A code that was there already, or is not made of a-z 0-9 _ -, is a fault.
  void declare(Target target, const std::string& code, const Place& at);
  /// Notes that `code` is used in `field`; it must have been declared by the time of `settle`. Blank codes are ignored.
  void refer(Target target, const std::string& code, const Place& at, std::string_view field);
  /// The file that declares these codes could not be read: their absence is no second fault.
  void excuse(Target target);
  bool excused(Target target) const { return excused_.contains(target); }
  /// Faults for every code that was used and never declared.
  void settle();
  /// Where the code was declared; `otherwise`, line 0, when it was not.
  Place place_of(Target target, const std::string& code, const std::filesystem::path& otherwise) const;
  std::vector<SettingsFault> take();
  bool none() const { return faults_.empty(); }

 private:
  struct Use {
    Target target;
    std::string code;
    Place at;
    std::string field;
  };
  std::vector<SettingsFault> faults_;
  std::map<std::pair<Target, std::string>, Place> declared_;
  std::vector<Use> uses_;
  std::set<Target> excused_;
};

/// The bytes of a file; a fault and nothing when it is missing, unreadable, larger than 5 MB or not UTF-8.
std::optional<std::string> read_utf8(const std::filesystem::path& file, std::string_view if_missing,
                                     Findings& findings);

/// A source in the plan: "l.120", "l.5;l.8-9". Anything else is a fault; nothing is invented for a city.
void check_source(const std::string& source, const Place& at, Findings& findings);

/// A row with access by the name of the column.
class Row {
 public:
  Row(const std::vector<std::string>& columns, CsvRow row, std::string file, Findings& findings);
  const Place& at() const { return at_; }
  std::string text(std::string_view column) const;
  std::string needed(std::string_view column) const;
  /// Cells that hold several values part them with ';'.
  std::vector<std::string> list(std::string_view column) const;
  std::optional<int> number(std::string_view column, int least, int most) const;
  std::optional<double> decimal(std::string_view column) const;
  std::optional<bool> yes_no(std::string_view column) const;
  std::optional<Date> date(std::string_view column) const;
  std::string source() const;
  /// A word of a closed list; nothing when blank or (with a fault) unknown.
  template <class E>
  std::optional<E> word(std::string_view column) const {
    const std::string cell = text(column);
    if (cell.empty()) return std::nullopt;
    if (auto value = parse_word<E>(cell)) return value;
    unknown_word(column, cell, words_of<E>());
    return std::nullopt;
  }
  template <class E>
  E needed_word(std::string_view column, E otherwise) const {
    if (needed(column).empty()) return otherwise;
    return word<E>(column).value_or(otherwise);
  }
  Findings& findings() const { return *findings_; }

 private:
  void unknown_word(std::string_view column, const std::string& cell, std::string_view allowed) const;
  void bad_cell(std::string_view column, const std::string& cell, std::string mend) const;
  const std::vector<std::string>* columns_;
  std::vector<std::string> cells_;
  Place at_;
  Findings* findings_;
};

/// A list with exactly these columns, in any order.
class Table {
 public:
  Table(const std::filesystem::path& file, std::string_view columns, Findings& findings);
  Table(const Table&) = delete;  // rows point to its columns
  Table& operator=(const Table&) = delete;
  const std::vector<Row>& rows() const { return rows_; }
  /// False when the file is missing or its columns are wrong; the fault is noted.
  bool readable() const { return readable_; }

 private:
  void read(const CsvFile& csv, const std::string& file, const std::vector<std::string>& expected, Findings& findings);
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
  bool readable_ = false;
};

/// A TOML value with its line. Tables keep their keys in `keys`, beside `items`.
struct Setting {
  enum class Kind : std::uint8_t { text, number, truth, list, table, unsupported };
  Kind kind = Kind::table;
  int line = 0;
  std::string text;
  std::int64_t number = 0;
  bool truth = false;
  std::vector<std::string> keys;
  std::vector<Setting> items;
  const Setting* find(std::string_view key) const;
};

/// Nothing, with faults, when the file is missing or not TOML.
std::optional<Setting> read_toml(const std::filesystem::path& file, Findings& findings);

/// A table of settings that knows which keys were asked for; `done` makes faults of the others.
class Settings {
 public:
  Settings(const Setting& table, std::string file, Findings& findings);
  std::string text(std::string_view key);
  std::string needed(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::optional<int> number(std::string_view key, int least, int most);
  bool truth(std::string_view key, bool otherwise);
  std::string source();
  /// Tables of a list: [[key]] or key = [{…}].
  std::vector<Settings> tables(std::string_view key);
  std::optional<Settings> table(std::string_view key);
  std::vector<CodedText> coded(std::string_view key);
  /// `key_text`-like pair: the sentence and `…_source` beside it.
  Quote quote(std::string_view text_key, std::string_view source_key);
  template <class E>
  E word(std::string_view key, E otherwise) {
    const std::string value = text(key);
    if (value.empty()) return otherwise;
    if (auto parsed = parse_word<E>(value)) return *parsed;
    unknown_word(key, value, words_of<E>());
    return otherwise;
  }
  template <class E>
  std::vector<E> words(std::string_view key) {
    std::vector<E> result;
    for (const auto& value : texts(key)) {
      if (auto parsed = parse_word<E>(value))
        result.push_back(*parsed);
      else
        unknown_word(key, value, words_of<E>());
    }
    return result;
  }
  Place at() const { return {file_, table_->line}; }
  Place at(std::string_view key) const;
  const Setting& raw() const { return *table_; }
  Findings& findings() const { return *findings_; }
  void done();

 private:
  const Setting* ask(std::string_view key, Setting::Kind kind);
  void unknown_word(std::string_view key, const std::string& value, std::string_view allowed);
  const Setting* table_;
  std::string file_;
  Findings* findings_;
  std::vector<std::string> asked_;
};

}  // namespace kasane::programme::reading
