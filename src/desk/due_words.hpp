// What a due item is called on a page, and where one goes to settle it. The kinds are listed in docs/due.md.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "html/kit.hpp"
#include "programme/municipality.hpp"

namespace kasane::desk {

/// "つなぎに返事をする". What a kind is called in the city's own words; 「確かめること」 for a kind that is not listed.
std::string due_words(const programme::Municipality& m, std::string_view kind);
/// All kinds that rooms write.
std::vector<std::string_view> due_kinds();
/// Page of the record that an item is about, within the city; "" where the record has no page of its own.
/// What a record that stands alone on Today is called: 「気づき」, 「会議」; "" for kinds that never do.
std::string record_words(const programme::Municipality& m, SubjectKind kind);
std::string page_of(SubjectRef subject);
/// "期限を3日過ぎています", "今日まで", "あと2日", "R8.12.1まで".
std::string day_words(Date due_on, Date today);
/// The day, and beside it how near it is, as far as day_words says more than the day itself.
html::Html due_day(Date due_on, Date today);

}  // namespace kasane::desk
