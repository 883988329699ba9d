// One reader per kind. Staff type with an IME on: full-width digits and signs are taken as they are meant.
#include "form/read_value.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/japanese.hpp"

namespace kasane::form {
namespace {

std::string named(const Field& field) { return "「" + field.label + "」"; }

tl::unexpected<Error> fault(std::string message) { return fail(ErrorCode::invalid, std::move(message)); }

bool has_lines(Kind kind) { return kind == Kind::long_text; }

Result<> readable(const Field& field, std::string_view typed) {
  if (!is_valid_utf8(typed)) return fault(named(field) + "の文字が壊れています。入力し直してください。");
  if (has_control_characters(typed, has_lines(field.kind))) {
    const char* which = has_lines(field.kind) ? "（制御文字）" : "（改行や制御文字）";
    return fault(named(field) + "に使えない文字" + which + "が含まれています。");
  }
  return {};
}

Result<> short_enough(const Field& field, std::string_view text) {
  auto length = static_cast<std::int64_t>(count_characters(text));
  if (length <= field.longest()) return {};
  return fault(named(field) + "は" + std::to_string(field.longest()) + "文字以内で入力してください（いま" +
               std::to_string(length) + "文字）。");
}

Result<Value> read_text(const Field& field, std::string_view typed) {
  if (auto fits = short_enough(field, typed); !fits) return tl::unexpected(fits.error());
  return Value(std::string(typed));
}

/// The message of base about a date, with the name of the field before it.
template <class T>
Result<Value> read_date(const Field& field, const Result<T>& date) {
  if (!date) return fault(named(field) + "：" + date.error().message);
  return Value(*date);
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "1,200" to "1200"; nothing where the commas do not part thousands.
std::optional<std::string> without_thousands(std::string_view digits) {
  std::size_t comma = digits.find(',');
  if (comma == std::string_view::npos) return std::string(digits);
  if (comma == 0 || comma > 3) return std::nullopt;
  std::string plain(digits.substr(0, comma));
  while (comma < digits.size()) {
    std::string_view group = digits.substr(comma, 4);
    if (group.size() != 4 || group[0] != ',') return std::nullopt;
    plain += group.substr(1);
    comma += group.size();
  }
  return plain;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  auto digits = without_thousands(text);
  if (!digits || !all_digits(*digits)) return std::nullopt;
  if (negative) digits->insert(0, 1, '-');
  std::int64_t number = 0;
  auto [end, failed] = std::from_chars(digits->data(), digits->data() + digits->size(), number);
  if (failed != std::errc() || end != digits->data() + digits->size()) return std::nullopt;
  return number;
}

Result<Value> read_number(const Field& field, std::string_view typed) {
  std::string text = without_spaces(nfkc(typed));
  if (text.starts_with("−")) text.replace(0, std::string_view("−").size(), "-");
  std::string unit = nfkc(field.unit);
  if (!unit.empty() && text.ends_with(unit)) text.resize(text.size() - unit.size());
  auto number = whole_number(text);
  if (!number) return fault(named(field) + "は整数で入力してください。");
  bool bounded = field.max > 0;
  if (*number >= field.min && (!bounded || *number <= field.max)) return Value(*number);
  if (!bounded) return fault(named(field) + "は" + std::to_string(field.min) + "以上の数で入力してください。");
  return fault(named(field) + "は" + std::to_string(field.min) + "から" + std::to_string(field.max) +
               "までの数で入力してください。");
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// "9:05", "09：05", "9時5分", "9時".
std::optional<std::string> clock_time(std::string_view text) {
  auto take = [&](int& number) {
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits < 1 || digits > 2) return false;
    std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits);
    return true;
  };
  auto skip = [&](std::string_view piece) {
    bool there = text.starts_with(piece);
    if (there) text.remove_prefix(piece.size());
    return there;
  };
  int hour = 0;
  int minute = 0;
  if (!take(hour)) return std::nullopt;
  bool in_words = skip("時");
  if (!in_words && !skip(":")) return std::nullopt;
  bool on_the_hour = in_words && text.empty();
  if (!on_the_hour && !take(minute)) return std::nullopt;
  if (in_words && !on_the_hour && !skip("分")) return std::nullopt;
  if (!text.empty() || hour > 23 || minute > 59) return std::nullopt;
  return two_digits(hour) + ":" + two_digits(minute);
}

Result<Value> read_time(const Field& field, std::string_view typed) {
  if (auto time = clock_time(without_spaces(nfkc(typed)))) return Value(*time);
  return fault(named(field) + "は「14:05」のように入力してください。");
}

std::string wrong_choice(const Field& field) { return named(field) + "の選択が正しくありません。選び直してください。"; }

Result<Value> read_yes_no(const Field& field, std::string_view typed) {
  if (typed == kYes) return Value(true);
  if (typed == kNo) return Value(false);
  return fault(wrong_choice(field));
}

Result<Value> read_choice(const Field& field, std::string_view typed) {
  if (!field.codes || !field.codes->find(typed)) return fault(wrong_choice(field));
  return Value(std::string(typed));
}

}  // namespace

Result<Value> read_value(const Field& field, std::string_view typed) {
  std::string normal = normalise_newlines(typed);
  if (auto fine = readable(field, normal); !fine) return tl::unexpected(fine.error());
  std::string_view text = trim(normal);
  if (text.empty()) return Value();
  switch (field.kind) {
    case Kind::text:
    case Kind::hidden:
      return read_text(field, text);
    case Kind::long_text:
      return read_text(field, normal);  // a note keeps its indents and blank lines
    case Kind::date:
      return read_date(field, parse_date(text));
    case Kind::partial_date:
      return read_date(field, parse_partial_date(text));
    case Kind::number:
      return read_number(field, text);
    case Kind::yes_no:
      return read_yes_no(field, text);
    case Kind::choice:
      return read_choice(field, text);
    case Kind::choices:
      return read_choices(field, {std::string(text)});
    case Kind::time:
      return read_time(field, text);
  }
  return Value();
}

Result<Value> read_choices(const Field& field, const std::vector<std::string>& typed) {
  for (const std::string& code : typed) {
    bool known = field.codes && field.codes->find(code);
    if (!code.empty() && !known) return fault(wrong_choice(field));
  }
  std::vector<std::string> chosen;
  if (!field.codes) return Value(chosen);
  for (const Code& code : field.codes->codes) {
    if (std::ranges::find(typed, code.code) != typed.end() && !code.code.empty()) chosen.push_back(code.code);
  }
  return Value(std::move(chosen));
}

std::string missing_message(const Field& field) {
  bool chosen = field.kind == Kind::yes_no || field.kind == Kind::choice || field.kind == Kind::choices;
  return named(field) + (chosen ? "を選んでください。" : "を入力してください。");
}

std::string retired_message(const Field& field) {
  return named(field) + "に、いまは使われていない選択肢が選ばれています。選び直してください。";
}

std::string sent_twice_message(const Field& field) {
  return named(field) + "が二重に送られました。入力し直してください。";
}

}  // namespace kasane::form
