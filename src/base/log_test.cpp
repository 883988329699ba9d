#include "base/log.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "base/personal.hpp"
#include "base/result.hpp"

namespace kasane {
namespace {

enum class Colour : std::uint8_t { red = 1, green = 2 };

// What must not compile: text that was made at run time, in whatever clothes.
template <class T>
constexpr bool loggable = std::is_constructible_v<log::Value, T>;
static_assert(!loggable<std::string>);
static_assert(!loggable<const std::string&>);
static_assert(!loggable<std::string_view>);
static_assert(!loggable<const char*>);
static_assert(!loggable<char*>);
static_assert(!loggable<char>);
static_assert(!loggable<char32_t>);
static_assert(!loggable<double>);
static_assert(!loggable<std::vector<std::string>>);
static_assert(!loggable<std::optional<std::string>>);
static_assert(!loggable<Personal<std::string>>);
static_assert(!loggable<Personal<int>>);
static_assert(!loggable<Date>, "a birth date is personal");
static_assert(!loggable<Error>);
static_assert(!loggable<void*>);
static_assert(loggable<Slug>, "a city's short name is nobody's");
static_assert(!std::is_constructible_v<log::Name, std::string>);
static_assert(!std::is_constructible_v<log::Name, const char*>);
using Info = decltype(&log::info);
static_assert(!std::is_invocable_v<Info, std::string>);
static_assert(!std::is_invocable_v<Info, const char*>);
static_assert(!std::is_aggregate_v<log::Value>);

static_assert(loggable<bool> && loggable<int> && loggable<std::uint64_t> && loggable<Colour> && loggable<PersonId>);
static_assert(loggable<std::chrono::milliseconds> && loggable<ErrorCode>);

constexpr UtcMs kAt = 1'795'323'792'123;  // 2026-11-22T05:03:12.123Z

TEST(Log, writes_one_structured_line_per_event) {
  EXPECT_EQ(log::line(kAt, log::Level::info, "http.started", {{"port", 8443}, {"tls", true}, {"engine", "sqlite"}}),
            "2026-11-22T05:03:12.123Z info http.started port=8443 tls=yes engine=sqlite");
}

TEST(Log, writes_enums_ids_and_durations) {
  using namespace std::chrono_literals;
  PersonId id(7);
  EXPECT_EQ(log::line(kAt, log::Level::warn, "x.y",
                      {{"colour", Colour::green}, {"person", id}, {"took", 1500us}, {"all", 2s}}),
            "2026-11-22T05:03:12.123Z warn x.y colour=2 person=" + id_text(id) + " took=1500us all=2000ms");
}

TEST(Log, quotes_literals_that_hold_spaces_so_that_lines_stay_readable_by_programs) {
  EXPECT_EQ(log::line(kAt, log::Level::error, "x.y", {{"why", "disk \"full\"\nagain"}, {"none", ""}}),
            "2026-11-22T05:03:12.123Z error x.y why=\"disk \\\"full\\\" again\" none=\"\"");
}

TEST(Log, gives_only_levels_that_were_asked_for) {
  std::vector<std::string> lines;
  log::set_sink([&](std::string_view text) { lines.emplace_back(text); });
  log::set_level(log::Level::warn);
  log::info("a.quiet");
  log::warn("a.loud", {{"n", 1}});
  log::set_level(log::Level::info);
  log::info("a.quiet");
  log::set_sink({});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find(" warn a.loud n=1"), std::string::npos);
  EXPECT_NE(lines[1].find(" info a.quiet"), std::string::npos);
}

}  // namespace
}  // namespace kasane
