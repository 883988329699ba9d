// The bounded pool: says no at once when full, survives faults, drops what never ran.
#include "http/pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace kasane::http {
namespace {

TEST(Pool, runs_what_it_took) {
  Pool pool({2, 10});
  std::promise<int> done;
  ASSERT_TRUE(pool.post([&] { done.set_value(42); }));
  EXPECT_EQ(done.get_future().get(), 42);
}

TEST(Pool, says_no_at_once_when_all_threads_work_and_the_queue_is_full) {
  std::promise<void> started, release;
  auto released = release.get_future().share();
  Pool pool({1, 2});
  ASSERT_TRUE(pool.post([&, released] {
    started.set_value();
    released.wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.post([] {}));
  EXPECT_TRUE(pool.post([] {}));
  EXPECT_EQ(pool.waiting(), 2u);
  EXPECT_FALSE(pool.post([] {}));
  release.set_value();
}

TEST(Pool, goes_on_after_a_task_that_threw_and_tells_of_it) {
  std::atomic<int> faults = 0;
  std::promise<void> after;
  Pool pool({1, 10}, [&](std::exception_ptr fault) {
    EXPECT_THROW(std::rethrow_exception(fault), std::runtime_error);
    ++faults;
  });
  ASSERT_TRUE(pool.post([] { throw std::runtime_error("lost"); }));
  ASSERT_TRUE(pool.post([&] { after.set_value(); }));
  after.get_future().wait();
  EXPECT_EQ(faults, 1);
}

TEST(Pool, stops_after_what_runs_and_drops_what_waits) {
  std::promise<void> started, release, dropped;
  auto released = release.get_future().share();
  Pool pool({1, 10});
  std::atomic<bool> ended = false, ran = false;
  ASSERT_TRUE(pool.post([&, released] {
    started.set_value();
    released.wait();
    ended = true;
  }));
  started.get_future().wait();
  auto guard = std::shared_ptr<void>(nullptr, [&](void*) { dropped.set_value(); });
  ASSERT_TRUE(pool.post([&, held = std::move(guard)] { ran = true; }));
  std::thread stopper([&] { pool.stop(); });
  dropped.get_future().wait();
  release.set_value();
  stopper.join();
  EXPECT_TRUE(ended);
  EXPECT_FALSE(ran);
  EXPECT_FALSE(pool.post([] {}));
}

}  // namespace
}  // namespace kasane::http
