// The description of inputs: one plain runtime struct per input, from which the page, the parsing of a posted form,
// the stored JSON and the checks are all made. Not compile-time: wording, codes and national forms are dated data of
// a city and are loaded into these same structs.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"

namespace kasane::form {

/// What kind of answer an input takes, and the alternative of Value that holds it.
enum class Kind : std::uint8_t {
  text,          // std::string, one line
  long_text,     // std::string, lines parted by '\n'
  date,          // Date; one text box that takes 和暦 or 西暦
  partial_date,  // PartialDate; 年のみ or 年月のみ allowed
  number,        // std::int64_t, whole
  yes_no,        // bool; posted as kYes or kNo
  choice,        // std::string: one code of the table
  choices,       // std::vector<std::string>: codes of the table, in the table's order
  time,          // std::string "HH:MM", 00:00 to 23:59
  hidden,        // std::string that the page carries and nobody types
};

inline constexpr std::string_view kYes = "yes";
inline constexpr std::string_view kNo = "no";

/// Longest text where a field states no max, in characters (code points).
inline constexpr std::int64_t kMaxText = 200;
inline constexpr std::int64_t kMaxLongText = 10'000;

struct Code {
  std::string code;
  std::string label;
  bool retired = false;  // still read and shown where it was stored; no longer offered, refused when newly chosen
};

/// A dated list of codes. `version` is stored beside the answers, so that old answers keep their old wording.
struct CodeTable {
  std::string key;
  int version = 1;
  std::vector<Code> codes;

  /// The code, retired or not; nullptr when the table does not know it.
  const Code* find(std::string_view code) const;
  /// The label; the code itself where the table does not know it (an answer of an older table is never blank).
  std::string label(std::string_view code) const;
};

/// An answer. monostate: not answered.
using Value =
    std::variant<std::monostate, std::string, std::int64_t, bool, Date, PartialDate, std::vector<std::string>>;

/// The field is asked when the answer to `key` is `code` (choice, hidden), holds it (choices), or is kYes/kNo (yes_no).
struct ShownWhen {
  std::string key;
  std::string code;
};

struct Field {
  std::string key = {};    // name of the input and key of the stored answer: [a-z0-9_]
  std::string label = {};  // as the staff say it; error messages name the field by it
  std::string hint = {};
  Kind kind = Kind::text;
  std::shared_ptr<const CodeTable> codes = {};  // choice and choices only
  std::optional<ShownWhen> shown_when = {};
  bool required = false;  // only while the field is shown
  /// text: longest, in characters (0: kMaxText or kMaxLongText); number: largest (0: no bound).
  std::int64_t max = 0;
  std::int64_t min = 0;              // number: smallest
  std::string unit = {};             // after the box: 回, 人, 円
  std::string group = {};            // fields with the same group fold together in one <details>; empty: not folded
  bool report_to_state = false;      // for the report to the state; marked on the page, asked at decision and closure
  std::string autocomplete = "off";  // never let a browser of a shared desk remember a household

  /// The longest text that the field takes, in characters.
  std::int64_t longest() const;
};

struct Form {
  std::string key;
  int version = 1;
  std::vector<Field> fields;

  const Field* find(std::string_view key) const;
};

}  // namespace kasane::form
