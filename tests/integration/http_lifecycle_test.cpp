// Time and load on the HTTP server: parked replies, full queues, idle and slow clients, stopping.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/server.hpp"
#include "http_client.hpp"

namespace kasane::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Send = std::function<void(bool)>;
using Done = std::function<void(web::Reply)>;

/// Values that one thread leaves for another; taking waits, but not for ever.
template <class T>
class Mailbox {
 public:
  void put(T value) {
    {
      std::lock_guard lock(mutex_);
      values_.push_back(std::move(value));
    }
    arrived_.notify_all();
  }
  T take() {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, seconds(20), [this] { return !values_.empty(); }))
      throw std::runtime_error("nothing came");
    T value = std::move(values_.front());
    values_.pop_front();
    return value;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<T> values_;
};

/// /parked waits for its before_send, /held for its done, /busy holds its worker, /dropped loses its callback; anything
/// else answers its path.
class HttpLifecycle : public testing::Test {
 protected:
  static Settings settings(std::size_t workers = 1) {
    Settings s;
    s.workers = workers;
    s.queue = 1;
    return s;
  }
  void start(Settings s = settings()) {
    server_ = std::make_unique<Server>(std::move(s), [this](web::Request request, Done done) {
      auto reply = web::Reply::text(request.path);
      if (request.path == "/busy") {
        busy_.put(0);
        free_.take();
      }
      if (request.path == "/dropped") return;
      if (request.path == "/held") return held_.put(std::move(done));
      if (request.path == "/twice") done(reply), reply.body = "again";
      if (request.path == "/fails") done(reply), throw std::runtime_error("after the reply");
      if (request.path == "/parked") reply.before_send = [this](Send send) { parked_.put(std::move(send)); };
      if (request.path == "/lost") reply.before_send = [](Send) {};
      if (request.path == "/unparkable") reply.before_send = [](Send) { throw std::runtime_error("no trail"); };
      done(std::move(reply));
    });
  }
  void TearDown() override { server_.reset(); }
  std::uint16_t port() const { return server_->port(); }

  // Before the server: its threads use them to the end.
  Mailbox<int> busy_, free_;
  Mailbox<Send> parked_;
  Mailbox<Done> held_;
  std::unique_ptr<Server> server_;
};

TEST_F(HttpLifecycle, a_parked_reply_goes_out_when_its_trail_is_safe_and_holds_no_worker) {
  start(settings(1));
  Client parked(port()), other(port());
  parked.send(get("/parked"));
  const Send send = parked_.take();
  EXPECT_EQ(other.ask(get("/b")).body, "/b") << "the only worker is free";
  send(true);
  EXPECT_EQ(parked.read().body, "/parked");
}

TEST_F(HttpLifecycle, a_reply_without_a_safe_trail_is_never_shown) {
  start();
  Client client(port());
  client.send(get("/parked"));
  parked_.take()(false);
  const auto refused = client.read();
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, testing::Not(testing::HasSubstr("/parked")));
  EXPECT_EQ(refused.header("retry-after"), "2");
  EXPECT_EQ(client.ask(get("/lost")).status, 503) << "the callback was dropped";
  EXPECT_EQ(client.ask(get("/unparkable")).status, 500);
  EXPECT_EQ(client.ask(get("/b")).status, 200);
}

TEST_F(HttpLifecycle, pipelined_replies_keep_their_order_behind_a_parked_one) {
  start(settings(4));
  Client client(port());
  client.send(get("/parked") + get("/b") + post("/c", "a=1") + get("/parked") + get("/e"));
  parked_.take()(true);
  for (const char* path : {"/parked", "/b", "/c"}) EXPECT_EQ(client.read().body, path);
  parked_.take()(true);
  for (const char* path : {"/parked", "/e"}) EXPECT_EQ(client.read().body, path);
}

TEST_F(HttpLifecycle, exactly_one_reply_goes_out_whatever_a_handler_does) {
  start();
  Client client(port());
  EXPECT_EQ(client.ask(get("/twice")).body, "/twice");
  EXPECT_EQ(client.ask(get("/fails")).body, "/fails");
  EXPECT_EQ(client.ask(get("/dropped")).status, 500);
  client.send(get("/held"));
  held_.take()(web::Reply::text("later, from another thread"));
  EXPECT_EQ(client.read().body, "later, from another thread");
  client.send(get("/parked"));
  const Send send = parked_.take();
  send(true);
  send(true);
  send(false);
  EXPECT_EQ(client.read().status, 200);
  EXPECT_EQ(client.ask(get("/b")).body, "/b");
}

TEST_F(HttpLifecycle, a_full_queue_is_answered_at_once) {
  start(settings(1));
  Client working(port()), one(port()), other(port());
  working.send(get("/busy"));
  busy_.take();
  one.send(get("/b"));
  other.send(get("/b"));
  Client& refused = first_ready(one, other);  // the one that came first waits for the worker
  Client& waiting = &refused == &one ? other : one;
  const auto got = refused.read();
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.header("retry-after"), "2");
  EXPECT_EQ(got.header("connection"), "keep-alive");
  free_.put(0);
  EXPECT_EQ(working.read().body, "/busy");
  EXPECT_EQ(waiting.read().body, "/b");
  EXPECT_EQ(refused.ask(get("/c")).body, "/c");
}

TEST_F(HttpLifecycle, five_hundred_idle_and_half_sent_connections_stall_nobody) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  setrlimit(RLIMIT_NOFILE, &files);
  start(settings(2));
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 500; ++i) {
    idle.push_back(std::make_unique<Client>(port()));
    if (i % 2 == 0) idle.back()->send("GET / HTTP/1.1\r\nHo");
    if (i % 5 == 0) idle.back()->send("st: a\r\nX: ");
  }
  Client client(port());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.ask(get("/b")).body, "/b");
  EXPECT_GE(server_->connections(), 500u);
  idle[2]->send("st: a\r\n\r\n");
  EXPECT_EQ(idle[2]->read().body, "/") << "a slow client is still served";
}

TEST_F(HttpLifecycle, many_clients_on_several_threads_each_get_their_own_replies) {
  auto s = settings(3);
  s.io_threads = 3;
  s.queue = 64;
  start(s);
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&, c] {
      Client client(port());
      for (int i = 0; i < 50; ++i) {
        const std::string path = "/" + std::to_string(c) + "-" + std::to_string(i);
        client.send(get(path) + get(path + "b"));
        right += client.read().body == path;
        right += client.read().body == path + "b";
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(right, 8 * 50 * 2);
}

TEST_F(HttpLifecycle, clients_that_never_finish_are_hung_up_on) {
  auto s = settings();
  s.header_timeout = s.body_timeout = s.idle_timeout = milliseconds(500);
  start(s);
  Client nothing(port()), half_a_head(port()), half_a_body(port());
  half_a_head.send("GET / HTTP/1.1\r\n");
  half_a_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_TRUE(nothing.at_end());
  EXPECT_TRUE(half_a_head.at_end());
  EXPECT_TRUE(half_a_body.at_end());
}

TEST_F(HttpLifecycle, time_that_we_take_ourselves_does_not_count_against_the_client) {
  auto s = settings();
  s.header_timeout = s.body_timeout = s.idle_timeout = milliseconds(500);
  start(s);
  Client client(port());
  client.send(get("/held"));
  const Done done = held_.take();
  Client idle(port());
  EXPECT_TRUE(idle.at_end()) << "so the time for idling has passed";
  done(web::Reply::text("late"));
  EXPECT_EQ(client.read().body, "late");
}

TEST_F(HttpLifecycle, a_client_that_stops_sending_still_gets_its_reply) {
  start();
  Client client(port());
  client.send(get("/held"));
  client.stop_sending();
  held_.take()(web::Reply::text("here"));
  EXPECT_EQ(client.read().body, "here");
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpLifecycle, a_client_that_went_away_leaves_no_trace) {
  start();
  {
    Client client(port());
    client.send(get("/held"));
    Done done = held_.take();
    Client reset(port());
    const linger hard{1, 0};
    ::setsockopt(reset.fd(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    reset.send(get("/held"));
    held_.take()(web::Reply::text(std::string(1'000'000, 'x')));
    done(web::Reply::text("nobody reads this"));
  }
  EXPECT_EQ(Client(port()).ask(get("/b")).body, "/b");
}

TEST_F(HttpLifecycle, one_connection_too_many_closes_an_idle_one_never_one_at_work) {
  auto s = settings();
  s.max_connections = 3;
  start(s);
  Client working(port());
  working.send(get("/held"));
  const Done done = held_.take();
  Client older(port());
  EXPECT_EQ(older.ask(get("/a")).status, 200);
  Client younger(port());
  EXPECT_EQ(younger.ask(get("/a")).status, 200);
  Client newcomer(port());
  EXPECT_EQ(newcomer.ask(get("/b")).body, "/b");
  EXPECT_TRUE(first_ready(older, younger).at_end());
  done(web::Reply::text("done"));
  EXPECT_EQ(working.read().body, "done");
}

TEST_F(HttpLifecycle, when_all_connections_are_at_work_a_new_one_is_turned_away) {
  auto s = settings();
  s.max_connections = 1;
  start(s);
  Client working(port());
  working.send(get("/held"));
  const Done done = held_.take();
  EXPECT_TRUE(Client(port()).at_end());
  done(web::Reply::text("done"));
  EXPECT_EQ(working.read().body, "done");
}

TEST_F(HttpLifecycle, stopping_finishes_what_has_begun_and_takes_no_more) {
  start();
  const auto address = port();
  Client working(address), idle(address);
  EXPECT_EQ(idle.ask(get("/a")).status, 200);
  working.send(get("/held"));
  const Done done = held_.take();
  std::thread stopper([this] { server_->stop(seconds(20)); });
  EXPECT_TRUE(idle.at_end()) << "idle connections are closed, so stopping has begun";
  done(web::Reply::text("finished"));
  const auto got = working.read();
  EXPECT_EQ(got.body, "finished");
  EXPECT_EQ(got.header("connection"), "close");
  working.stop_sending();
  stopper.join();
  EXPECT_THROW(Client{address}, std::runtime_error);
  EXPECT_EQ(server_->connections(), 0u);
  server_->stop(seconds(1));  // twice does no harm
}

TEST_F(HttpLifecycle, stopping_does_not_wait_for_ever) {
  start();
  Client parked(port()), half(port());
  parked.send(get("/parked"));
  const Send send = parked_.take();
  half.send("GET / HT");
  server_->stop(milliseconds(20));
  EXPECT_TRUE(parked.at_end());
  EXPECT_TRUE(half.at_end());
  send(true);  // too late, and harmless
}

TEST_F(HttpLifecycle, callbacks_may_outlive_the_server) {
  start();
  Client a(port()), b(port());
  a.send(get("/parked"));
  b.send(get("/held"));
  Send send = parked_.take();
  Done done = held_.take();
  server_.reset();
  send(true);
  done(web::Reply::text("too late"));
  Done last = std::move(done);
  last = {};
  EXPECT_TRUE(a.at_end());
}

}  // namespace
}  // namespace kasane::http
