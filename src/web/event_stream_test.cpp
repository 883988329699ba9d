// Server-sent events: their bytes, what waits, and the hub that makes one event of a burst.
#include "web/event_stream.hpp"

#include <gtest/gtest.h>

#include <condition_variable>

#include "web/event_hub.hpp"

namespace kasane::web {
namespace {

using std::chrono::milliseconds;

TEST(EventStream, an_event_carries_a_number_and_nothing_else) {
  EXPECT_EQ(event_text({7, "change"}), "id: 7\nevent: change\ndata: 7\n\n");
}

TEST(EventStream, the_number_of_a_reader_who_comes_back_is_a_number_or_nothing) {
  EXPECT_EQ(last_event_number("12"), 12);
  for (const char* bad : {"", "-3", "1.5", "七", "99999999999999999999999", "3 "}) EXPECT_FALSE(last_event_number(bad)) << bad;
}

TEST(EventStream, what_was_pushed_before_the_server_listens_is_not_lost) {
  EventStream stream(1);
  EXPECT_TRUE(stream.push({1, "change"}));
  int woken = 0;
  stream.attach([&] { ++woken; });
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(stream.take().bytes, event_text({1, "change"}));
  EXPECT_TRUE(stream.push({2, "change"}));
  EXPECT_EQ(woken, 2);
}

TEST(EventStream, an_ended_stream_gives_what_waits_and_takes_nothing_more) {
  EventStream stream(1);
  stream.push({1, "change"});
  stream.end();
  EXPECT_FALSE(stream.push({2, "change"}));
  const auto taken = stream.take();
  EXPECT_TRUE(taken.ended);
  EXPECT_EQ(taken.bytes, event_text({1, "change"}));
}

TEST(Burst, the_first_change_is_told_at_once_and_the_next_ones_together) {
  const Burst::Time start = Burst::Time{} + std::chrono::hours(1);
  Burst burst(milliseconds(200));
  EXPECT_TRUE(burst.at_once(start));
  EXPECT_FALSE(burst.at_once(start + milliseconds(20)));
  EXPECT_FALSE(burst.at_once(start + milliseconds(90)));
  ASSERT_TRUE(burst.due());
  EXPECT_EQ(*burst.due(), start + milliseconds(200));
  burst.told(*burst.due());
  EXPECT_FALSE(burst.due());
  EXPECT_FALSE(burst.at_once(start + milliseconds(300))) << "200 ms after the last telling, not after the first change";
  burst.told(start + milliseconds(400));
  EXPECT_TRUE(burst.at_once(start + milliseconds(600)));
}

TEST(EventHub, a_reader_who_missed_something_is_told_when_it_comes) {
  EventHub hub;
  EXPECT_EQ(hub.open(5, 1, 9, 9)->take().bytes, "") << "knows it already";
  EXPECT_EQ(hub.open(5, 1, 9, 7)->take().bytes, event_text({9, "change"})) << "one event for all that was missed";
}

TEST(EventHub, readers_of_other_topics_hear_nothing) {
  EventHub hub;
  const auto one = hub.open(5, 1, 0, 0), other = hub.open(6, 1, 0, 0);
  hub.announce(5, 1);
  EXPECT_EQ(one->take().bytes, event_text({1, "change"}));
  EXPECT_EQ(other->take().bytes, "");
}

TEST(EventHub, an_older_number_is_not_told_after_a_newer_one) {
  EventHub hub;
  const auto reader = hub.open(5, 1, 3, 3);
  hub.announce(5, 2);
  EXPECT_EQ(reader->take().bytes, "");
}

TEST(EventHub, who_signs_out_reads_no_more) {
  EventHub hub;
  const auto hers = hub.open(5, 1, 0, 0), his = hub.open(5, 2, 0, 0);
  hub.end_owner(1);
  EXPECT_TRUE(hers->ended());
  EXPECT_FALSE(his->ended());
  EXPECT_EQ(hub.readers(), 1u);
}

TEST(EventHub, a_reader_who_went_away_is_forgotten) {
  EventHub hub;
  hub.open(5, 1, 0, 0);
  EXPECT_EQ(hub.readers(), 0u);
}

TEST(EventHub, what_waits_in_a_burst_is_told_without_another_change) {
  EventHub hub(milliseconds(5));
  const auto reader = hub.open(5, 1, 0, 0);
  std::mutex mutex;
  std::condition_variable heard;
  std::string all;
  reader->attach([&] {
    const std::lock_guard lock(mutex);
    all += reader->take().bytes;
    heard.notify_all();
  });
  for (std::int64_t n = 1; n <= 50; ++n) hub.announce(5, n);
  std::unique_lock lock(mutex);
  EXPECT_TRUE(heard.wait_for(lock, std::chrono::seconds(20), [&] { return all.ends_with(event_text({50, "change"})); })) << all;
  lock.unlock();
  reader->attach({});
}

}  // namespace
}  // namespace kasane::web
