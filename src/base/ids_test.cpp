#include "base/ids.hpp"

#include "base/clock.hpp"
#include "base/id_floor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <thread>

namespace kasane {
namespace {

TEST(Ids, rise_and_never_repeat_within_a_process) {
  std::int64_t before = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::int64_t id = next_id();
    ASSERT_GT(id, before);
    before = id;
  }
}

TEST(Ids, made_by_two_threads_differ) {
  std::vector<std::int64_t> first(5'000);
  std::vector<std::int64_t> second(5'000);
  std::thread other([&] {
    for (auto& id : second) id = next_id();
  });
  for (auto& id : first) id = next_id();
  other.join();
  std::set<std::int64_t> all(first.begin(), first.end());
  all.insert(second.begin(), second.end());
  EXPECT_EQ(all.size(), 10'000u);
}

TEST(Ids, do_not_follow_one_another_by_a_fixed_step) {
  std::set<std::int64_t> steps;
  std::int64_t before = next_id();
  for (int i = 0; i < 200; ++i) {
    std::int64_t id = next_id();
    steps.insert(id - before);
    before = id;
  }
  EXPECT_GT(steps.size(), 20u);
}

RC_GTEST_PROP(Ids, text_and_back_is_the_identity, ()) {
  auto id = *rc::gen::inRange<std::int64_t>(1, INT64_MAX);
  std::string text = id_text(id);
  RC_ASSERT(text.size() == 13u);
  RC_ASSERT(parse_id_text(text) == id);
}

TEST(Ids, forged_or_mistyped_texts_are_no_ids) {
  std::string good = id_text(std::int64_t{123456789});
  EXPECT_TRUE(parse_id_text(good));
  EXPECT_FALSE(parse_id_text(""));
  EXPECT_FALSE(parse_id_text(good + "0"));
  EXPECT_FALSE(parse_id_text(good.substr(1)));
  EXPECT_FALSE(parse_id_text("000000000000i"));
  EXPECT_FALSE(parse_id_text("000000000000A"));
  EXPECT_FALSE(parse_id_text("0000000000000"));
  EXPECT_FALSE(parse_id_text("8000000000000"));
  EXPECT_FALSE(parse_id_text("zzzzzzzzzzzzz"));
  EXPECT_EQ(parse_id_text("7zzzzzzzzzzzz"), INT64_MAX);
}

TEST(Ids, of_different_records_are_different_types) {
  static_assert(!std::is_convertible_v<PersonId, HouseholdId>);
  static_assert(!std::is_convertible_v<std::int64_t, PersonId>);
  EXPECT_EQ(parse_id<PersonTag>(id_text(PersonId(42))), PersonId(42));
}

TEST(Ids, stay_above_a_floor_although_the_clock_was_set_back) {
  const std::int64_t floor = next_id() + (std::int64_t{3'600'000} << 22);  // an hour ahead
  ids_after(floor);
  EXPECT_GT(next_id(), floor);
  ids_after(floor - 1'000'000);
  EXPECT_GT(next_id(), floor) << "a lower floor does not lower it";
}

TEST(Ids, tell_whether_they_were_made_before_a_moment) {
  const UtcMs now = SystemClock{}.now();
  EXPECT_LT(first_id_at(now - 1000), first_id_at(now));
  EXPECT_EQ(first_id_at(0), 0);
}

}  // namespace
}  // namespace kasane
