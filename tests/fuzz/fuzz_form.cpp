// Any body as a posted form, split at '&' and '=' without decoding, so that any bytes reach the readers; and any text
// as stored answers.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/japanese.hpp"
#include "form/json.hpp"
#include "form/parse.hpp"

namespace {

using namespace kasane::form;

void must(bool holds) {
  if (!holds) std::abort();
}

const Form& some_form() {
  static const auto table = std::make_shared<const CodeTable>(
      CodeTable{"t", 1, {{"a", "一", false}, {"b", "二", false}, {"old", "旧", true}}});
  static const Form form{"f",
                         1,
                         {
                             {.key = "t", .label = "文", .required = true, .max = 20},
                             {.key = "l", .label = "長い文", .kind = Kind::long_text},
                             {.key = "d", .label = "日", .kind = Kind::date},
                             {.key = "p", .label = "生年月日", .kind = Kind::partial_date},
                             {.key = "n", .label = "数", .kind = Kind::number, .min = -10, .unit = "回"},
                             {.key = "y", .label = "はい", .kind = Kind::yes_no},
                             {.key = "c",
                              .label = "区分",
                              .kind = Kind::choice,
                              .codes = table,
                              .shown_when = ShownWhen{"y", "yes"},
                              .required = true},
                             {.key = "m", .label = "複数", .kind = Kind::choices, .codes = table},
                             {.key = "h", .label = "時刻", .kind = Kind::time},
                         }};
  return form;
}

Posted split(std::string_view body) {
  Posted posted;
  while (!body.empty()) {
    std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(pair.size() + 1, body.size()));
    std::size_t equals = std::min(pair.find('='), pair.size());
    std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    posted.emplace_back(std::string(pair.substr(0, equals)), std::string(value));
  }
  return posted;
}

void check_form(std::string_view body) {
  Parsed parsed = parse(some_form(), split(body));
  for (const auto& error : parsed.errors) must(kasane::is_valid_utf8(error.message));
  auto stored = from_json(to_json(some_form(), parsed.answers));
  must(stored && stored->answers == parsed.answers);
}

void check_json(std::string_view text) {
  auto stored = from_json(text);
  if (!stored) return;
  auto again = from_json(to_json(some_form(), stored->answers));
  must(again && again->answers == stored->answers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_form(bytes);
  check_json(bytes);
  return 0;
}
