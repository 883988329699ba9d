// The definitions of a city's counts, and periods. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "measure/model.hpp"

namespace kasane::measure {

/// Counts of the city's plan first, in its order (only those that the register of acts can answer), then the general
/// ones. Codes are unique.
std::vector<MeasureDef> definitions(const programme::Municipality& m);
const MeasureDef* find(const std::vector<MeasureDef>& defs, std::string_view code);
/// Indicators of the plan that no act answers: shown with their baseline and target, without a number.
std::vector<const programme::Indicator*> without_counter(const programme::Municipality& m);

/// "案件（記録）ごとに1", …
std::string_view label_of(Counting counting);
/// "再プランは数えません", …; "" where nobody asks.
std::string_view label_of(Replans replans);
/// The whole definition as one text, for the page and the file.
std::string definition_text(const MeasureDef& def);
/// The acts as docs/acts.md names them: "plan.decided（outreach, outreach_named）、record.contact".
std::string acts_text(const MeasureDef& def);
/// "120件（令和7年度）", or 計画に記載なし.
std::string value_text(const programme::IndicatorValue& value, std::string_view unit);
/// The number alone; where small ones are protected "5件未満" or a band ("40〜44件"), so that no difference of two totals tells one.
std::string told_text(std::int64_t value, std::string_view unit, Told told, std::int64_t limit);
/// The period that this viewer may count: as asked, or the one fiscal year in which it ends, so that two periods do not
/// tell by their difference what came about between them.
Period allowed_period(const Period& asked, Told told);
/// The fiscal year in which `today` lies.
Period default_period(Date today);
/// From what was typed, 和暦 or 西暦; empty: that end of the default. Errors: invalid (from, to).
Result<Period> parse_period(std::string_view from, std::string_view to, Date today);

}  // namespace kasane::measure
