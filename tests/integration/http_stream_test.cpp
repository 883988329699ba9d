// Replies that stay open (server-sent events): what they look like, who is cut and when, limits, stopping.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "http/server.hpp"
#include "http_client.hpp"
#include "web/event_hub.hpp"

namespace kasane::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::int64_t kTopic = 5;

/// /events/OWNER opens a stream that knows what Last-Event-ID says; /change raises the number by one.
class HttpStream : public testing::Test {
 protected:
  static Settings settings() {
    Settings s;
    s.workers = 1;
    return s;
  }
  void start(Settings s = settings()) {
    server_ = std::make_unique<Server>(std::move(s), [this](web::Request request, std::function<void(web::Reply)> done) {
      if (request.segments.size() == 2) {
        const auto seen = web::last_event_number(request.header("last-event-id")).value_or(number_);
        auto stream = hub_.open(kTopic, std::stoll(request.segments[1]), number_, seen);
        {
          const std::lock_guard lock(mutex_);
          newest_ = stream;
        }
        return done(web::Reply::stream(std::move(stream)));
      }
      if (request.path == "/change") hub_.announce(kTopic, ++number_);
      done(web::Reply::text(request.path));
    });
  }
  std::uint16_t port() const { return server_->port(); }
  /// A reader whose stream has begun.
  std::unique_ptr<Client> reader(int owner = 1, const std::string& headers = "") {
    auto client = std::make_unique<Client>(port());
    client->send(get("/events/" + std::to_string(owner), headers));
    begun_ = client->read(true);
    if (begun_.status == 200) client->until(web::kStreamHead);
    return client;
  }
  void change() { EXPECT_EQ(Client(port()).ask(get("/change")).status, 200); }
  std::shared_ptr<web::EventStream> newest() {
    const std::lock_guard lock(mutex_);
    return newest_.lock();
  }
  void wait_until_gone(std::size_t left) {
    for (int i = 0; i < 2000 && server_->streams() > left; ++i) std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(server_->streams(), left);
  }

  web::EventHub hub_{milliseconds(1)};
  std::atomic<std::int64_t> number_ = 0;
  std::mutex mutex_;
  std::weak_ptr<web::EventStream> newest_;
  Got begun_;
  std::unique_ptr<Server> server_;
};

TEST_F(HttpStream, says_that_it_is_a_stream_that_nobody_may_keep) {
  start();
  const auto client = reader();
  EXPECT_EQ(begun_.status, 200);
  EXPECT_EQ(begun_.header("content-type"), "text/event-stream");
  EXPECT_THAT(begun_.header("cache-control"), HasSubstr("no-store"));
  EXPECT_EQ(begun_.header("connection"), "close");
  EXPECT_EQ(begun_.headers.count("content-length"), 0u);
  EXPECT_THAT(begun_.header("content-security-policy"), HasSubstr("default-src 'none'"));
}

TEST_F(HttpStream, brings_changes_to_all_readers_and_holds_no_worker) {
  start();  // one worker
  const auto one = reader(1), two = reader(2);
  change();
  EXPECT_EQ(one->until("\n\n"), web::event_text({1, "change"}));
  EXPECT_EQ(two->until("\n\n"), web::event_text({1, "change"}));
  change();
  EXPECT_EQ(one->until("\n\n"), web::event_text({2, "change"}));
}

TEST_F(HttpStream, who_comes_back_hears_once_of_what_was_missed) {
  start();
  number_ = 9;
  EXPECT_EQ(reader(1, "Last-Event-ID: 4\r\n")->until("\n\n"), web::event_text({9, "change"}));
  const auto up_to_date = reader(1, "Last-Event-ID: 9\r\n");
  change();
  EXPECT_EQ(up_to_date->until("\n\n"), web::event_text({10, "change"})) << "nothing before the next change";
}

TEST_F(HttpStream, a_quiet_stream_beats) {
  auto s = settings();
  s.stream_heartbeat = milliseconds(20);
  start(s);
  const auto client = reader();
  EXPECT_EQ(client->until("\n\n"), web::kHeartbeat);
  EXPECT_EQ(client->until("\n\n"), web::kHeartbeat);
}

TEST_F(HttpStream, ends_after_its_age_so_that_rights_are_asked_again) {
  auto s = settings();
  s.stream_age = milliseconds(20);
  start(s);
  EXPECT_TRUE(reader()->at_end());
  wait_until_gone(0);
}

TEST_F(HttpStream, a_reader_that_goes_is_forgotten) {
  start();
  reader();
  wait_until_gone(0);
  EXPECT_EQ(hub_.readers(), 0u);
}

TEST_F(HttpStream, ends_with_what_waits_when_its_page_ends_it) {
  start();
  const auto client = reader();
  newest()->push({3, "change"});
  newest()->end();
  EXPECT_EQ(client->until("\n\n"), web::event_text({3, "change"}));
  EXPECT_TRUE(client->at_end());
}

TEST_F(HttpStream, a_slow_reader_is_cut) {
  auto s = settings();
  s.stream_queue = 4096;
  start(s);
  const auto client = reader();  // which reads nothing more
  const auto stream = newest();
  for (std::int64_t n = 0; n < 2'000'000 && stream->push({n, "change"}); ++n) {}
  EXPECT_TRUE(stream->ended());
  wait_until_gone(0);
}

TEST_F(HttpStream, a_reader_that_talks_is_cut) {
  start();
  const auto client = reader();
  client->send(std::string(10'000, 'x'));
  wait_until_gone(0);
}

TEST_F(HttpStream, one_account_reads_only_so_many) {
  auto s = settings();
  s.streams_of_one = 2;
  start(s);
  const auto a = reader(1), b = reader(1);
  reader(1);
  EXPECT_EQ(begun_.status, 503);
  const auto other = reader(2);
  EXPECT_EQ(begun_.status, 200) << "another account has its own places";
}

TEST_F(HttpStream, all_together_read_only_so_many) {
  auto s = settings();
  s.max_streams = 1;
  start(s);
  const auto a = reader(1);
  reader(2);
  EXPECT_EQ(begun_.status, 503);
  EXPECT_EQ(Client(port()).ask(get("/page")).status, 200) << "pages go on";
}

TEST_F(HttpStream, answers_head_without_a_stream) {
  start();
  Client client(port());
  client.send("HEAD /events/1 HTTP/1.1\r\nHost: a\r\n\r\n" + get("/page"));
  EXPECT_EQ(client.read(true).status, 200);
  EXPECT_EQ(client.read().body, "/page");
  EXPECT_EQ(server_->streams(), 0u);
}

TEST_F(HttpStream, stopping_ends_streams_at_once) {
  start();
  const auto client = reader();
  const auto begin = std::chrono::steady_clock::now();
  server_->stop(std::chrono::seconds(20));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15)) << "it did not wait for the reader";
  EXPECT_TRUE(client->at_end());
  server_.reset();
  hub_.announce(kTopic, 99);  // nobody is left to wake
}

}  // namespace
}  // namespace kasane::http
