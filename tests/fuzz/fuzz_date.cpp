// Any text as a date: reading never fails hard, and what was read is written and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/date.hpp"
#include "base/japanese.hpp"
#include "base/near_date.hpp"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view typed(reinterpret_cast<const char*>(data), size);
  if (auto date = kasane::parse_date(typed)) {
    must(kasane::Date::from_iso(date->iso()) == *date);
    must(kasane::FiscalYear::of(*date).first() <= *date);
    auto again = kasane::parse_date(date->iso());
    must(again && *again == *date);
  } else {
    must(kasane::is_valid_utf8(date.error().message));
  }
  if (auto partial = kasane::parse_partial_date(typed)) {
    must(kasane::PartialDate::from_text(partial->text()) == *partial);
    (void)partial->wareki();
  }
  const kasane::Date near = kasane::Date::from_ymd(2026, 11, 24).value();
  if (auto day = kasane::near_date(typed, near)) must(std::abs(day->days() - near.days()) <= 366);
  if (auto year = kasane::parse_fiscal_year(typed)) must(year->first() < year->last());
  must(kasane::name_key(kasane::name_key(typed)) == kasane::name_key(typed));
  (void)kasane::bigrams(kasane::kana_key(typed));
  return 0;
}
