// The HTTP server over a loopback socket: what a reply looks like, which requests are refused and how, limits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/server.hpp"
#include "http_client.hpp"
#include "web/error_page.hpp"
#include "web/router.hpp"

namespace kasane::http {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Page {
  const web::Request& request;
};

/// Routes as a small program would have them.
web::Router<Page> routes() {
  web::Router<Page> routes;
  routes.get("/", web::Need::anyone(), [](Page&) { return web::Reply::html("<p>かさね</p>"); });
  routes.get("/long", web::Need::anyone(), [](Page&) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "<p>重層的支援体制整備事業</p>";
    return web::Reply::html(std::move(text));
  });
  routes.get("/who", web::Need::anyone(), [](Page& page) {
    return web::Reply::text(page.request.client + (page.request.secure ? " secure" : " plain"));
  });
  routes.get("/reached", web::Need::anyone(), [](Page& page) {
    return web::Reply::text(std::string(page.request.header("host")) + (page.request.same_origin() ? " same" : " other"));
  });
  routes.get("/fault", web::Need::anyone(), [](Page&) -> web::Reply { throw std::runtime_error("楠本花子"); });
  routes.get("/moved", web::Need::anyone(), [](Page&) { return web::Reply::redirect("/long"); });
  routes.get("/kept", web::Need::anyone(), [](Page&) {
    web::Reply reply;
    reply.status = 304;
    reply.header("Cache-Control", "private");
    return reply;
  });
  routes.post("/echo", web::Need::anyone(), [](Page& page) {
    std::string text;
    for (const auto& [key, value] : page.request.posted) text += key + "=" + value + ";";
    for (const auto& upload : page.request.uploads) text += upload.field + ":" + std::to_string(upload.bytes.size());
    auto reply = web::Reply::text(std::move(text));
    reply.compress = false;
    return reply;
  });
  routes.post("/upload", web::Need::anyone(),
              [](Page& page) { return web::Reply::text(std::to_string(page.request.posted.at(0).second.size())); });
  return routes;
}

web::Reply answer(const web::Router<Page>& table, web::Request request) {
  auto match = table.match(request);
  if (!match && match.error().status == 405) return web::Reply::method_not_allowed(match.error().allow);
  if (!match) return web::Reply::not_found(request.request_id);
  request.params = match->params;
  Page page{request};
  return match->handler(page);
}

class HttpServer : public testing::Test {
 protected:
  static Settings small() {
    Settings settings;
    settings.workers = 2;
    settings.body_limit = 10'000;
    settings.bodies_limit = 1'500'000;
    return settings;
  }
  void start(Settings settings = small()) {
    server_ = std::make_unique<Server>(
        std::move(settings),
        [table = routes()](web::Request request, std::function<void(web::Reply)> done) {
          done(answer(table, std::move(request)));
        },
        [](std::string_view, std::string_view path) -> std::size_t { return path == "/upload" ? 1'000'000 : 10'000; },
        [this](std::uint64_t request_id, std::exception_ptr) {
          std::lock_guard lock(mutex_);
          faults_.push_back(request_id);
        });
  }
  std::uint16_t port() const { return server_->port(); }
  Got once(const std::string& bytes) { return Client(port()).ask(bytes); }

  std::mutex mutex_;
  std::vector<std::uint64_t> faults_;
  std::unique_ptr<Server> server_;
};

std::string chunked(const std::string& target, const std::string& chunks) {
  return "POST " + target + " HTTP/1.1\r\nHost: kasane.example\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
         "Transfer-Encoding: chunked\r\n\r\n" + chunks;
}

std::string gunzipped(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return result == Z_STREAM_END ? out : "broken";
}

TEST_F(HttpServer, answers_several_requests_on_one_connection) {
  start();
  Client client(port());
  for (int i = 0; i < 3; ++i) {
    const auto got = client.ask(get("/"));
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "<p>かさね</p>");
    EXPECT_EQ(got.header("connection"), "keep-alive");
  }
}

TEST_F(HttpServer, dresses_every_reply_alike) {
  start();
  for (const auto& got : {once(get("/")), once(get("/none")), once(get("/fault")), once(get("//"))}) {
    EXPECT_THAT(got.header("content-security-policy"), HasSubstr("default-src 'none'")) << got.status;
    EXPECT_EQ(got.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(got.header("cache-control"), "no-store");
    EXPECT_EQ(got.header("content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(got.header("date"), testing::MatchesRegex("[A-Z][a-z]+, [0-9]+ [A-Z][a-z]+ 2[0-9]+ .* GMT"));
    EXPECT_EQ(got.headers.count("server"), 0u);
  }
  EXPECT_EQ(once(get("/kept")).header("cache-control"), "private") << "a page may say otherwise";
}

TEST_F(HttpServer, answers_head_with_the_length_but_no_body) {
  start();
  Client client(port());
  client.send("HEAD /long HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
  const auto head = client.read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), once(get("/long")).header("content-length"));
  EXPECT_EQ(client.read().body, "<p>かさね</p>");
}

TEST_F(HttpServer, keeps_the_connection_after_replies_without_a_body) {
  start();
  Client client(port());
  EXPECT_EQ(client.ask(get("/kept")).status, 304);
  const auto moved = client.ask(get("/moved"));
  EXPECT_EQ(moved.status, 303);
  EXPECT_EQ(moved.header("location"), "/long");
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST_F(HttpServer, says_which_methods_an_address_knows) {
  start();
  const auto got = once("DELETE /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(got.status, 405);
  EXPECT_EQ(got.header("allow"), "POST");
  EXPECT_EQ(once(post("/", "a=1")).header("allow"), "GET, HEAD");
}

TEST_F(HttpServer, compresses_long_texts_as_the_browser_likes) {
  start();
  const auto plain = once(get("/long"));
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  const auto gzip = once(get("/long", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(gzip.header("content-encoding"), "gzip");
  EXPECT_EQ(gunzipped(gzip.body), plain.body);
  const auto brotli = once(get("/long", "Accept-Encoding: gzip, br\r\n"));
  EXPECT_EQ(brotli.header("content-encoding"), "br");
  EXPECT_LT(brotli.body.size(), plain.body.size() / 10);
  EXPECT_EQ(once(get("/", "Accept-Encoding: br\r\n")).header("content-encoding"), "") << "short";
  const auto kept_plain = once(post("/echo", "a=" + std::string(5000, 'x'), "Accept-Encoding: br\r\n"));
  EXPECT_EQ(kept_plain.header("content-encoding"), "") << "the page asked not to";
}

TEST_F(HttpServer, reads_forms_by_length_in_chunks_and_in_parts) {
  start();
  Client client(port());
  EXPECT_EQ(client.ask(post("/echo", "name=%E6%A5%A0&b=2")).body, "name=楠;b=2;");
  EXPECT_EQ(client.ask(chunked("/echo", "3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n")).body, "a=1;b=2;");
  const std::string parts =
      "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"楠.jpg\"\r\n\r\n12345\r\n--X--\r\n";
  EXPECT_EQ(
      client
          .ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: " +
               std::to_string(parts.size()) + "\r\n\r\n" + parts)
          .body,
      "f:5");
}

TEST_F(HttpServer, invites_a_body_that_waits_for_it) {
  start();
  Client client(port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().status, 100);
  EXPECT_EQ(client.ask("a=1").body, "a=1;");
}

TEST_F(HttpServer, refuses_what_is_no_form_and_what_is_broken_but_keeps_the_connection) {
  start();
  Client client(port());
  const auto json =
      client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(json.status, 415);
  EXPECT_THAT(json.body, HasSubstr("<html lang=\"ja\">"));
  EXPECT_EQ(client.ask(post("/echo", "a=%E3%81")).status, 400) << "not UTF-8";
  EXPECT_EQ(client.ask(post("/echo", "a=%8")).status, 400);
  EXPECT_EQ(client.ask(get("/?q=%FF")).status, 400);
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST_F(HttpServer, shows_a_number_and_never_the_fault_when_a_page_fails) {
  start();
  const auto got = once(get("/fault"));
  EXPECT_EQ(got.status, 500);
  EXPECT_THAT(got.body, HasSubstr("申し訳ありません"));
  EXPECT_THAT(got.body, Not(HasSubstr("楠本花子")));
  server_->stop(std::chrono::seconds(5));
  ASSERT_EQ(faults_.size(), 1u);
  EXPECT_THAT(got.body, HasSubstr("受付番号 " + web::request_number(faults_[0])));
}

TEST_F(HttpServer, refuses_requests_that_two_servers_could_read_differently_and_hangs_up) {
  start();
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  const std::string hidden = "GET /fault HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const std::string& framing : {
           std::string("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"),
           std::string("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
           std::string("Content-Length: 0\r\nContent-Length: 5\r\n"),
           std::string("Transfer-Encoding: chunked, identity\r\n"),
           std::string("Transfer-Encoding:\r\n chunked\r\n"),
           std::string("Transfer-Encoding : chunked\r\n"),
           std::string("Content-Length: 1_0\r\n"),
       }) {
    Client client(port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + form + framing + "\r\n" + hidden);
    const auto got = client.read();
    EXPECT_EQ(got.status, 400) << framing;
    EXPECT_EQ(got.header("connection"), "close");
    client.stop_sending();
    EXPECT_TRUE(client.at_end()) << framing;
  }
  server_->stop(std::chrono::seconds(5));
  EXPECT_TRUE(faults_.empty()) << "a hidden request was answered";
}

TEST_F(HttpServer, refuses_malformed_requests) {
  start();
  for (const char* bytes :
       {"GET / HTTP/1.1\r\n\r\n", "hello\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}) {
    EXPECT_EQ(once(bytes).status, 400) << bytes;
  }
  for (const char* path : {"/../etc/passwd", "/%2e%2e/a", "/a%00", "/a%2fb", "//a", "/%"}) {
    EXPECT_EQ(once(get(path)).status, 400) << path;
  }
  for (const char* chunks : {"x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\n"}) {
    EXPECT_EQ(once(chunked("/echo", chunks)).status, 400) << chunks;
  }
}

TEST_F(HttpServer, refuses_heads_beyond_the_limit) {
  start();
  EXPECT_EQ(once(get("/", "X: " + std::string(10'000, 'x') + "\r\n")).status, 200);
  const auto got = once(get("/", "X: " + std::string(17'000, 'x') + "\r\n"));
  EXPECT_EQ(got.status, 431);
  EXPECT_THAT(got.body, HasSubstr("<html lang=\"ja\">"));
  EXPECT_EQ(once("GET /" + std::string(1'000'000, 'x')).status, 431) << "without end";
}

TEST_F(HttpServer, refuses_bodies_beyond_the_limit_of_their_address) {
  start();
  EXPECT_EQ(once(post("/echo", "a=" + std::string(9'998, 'x'))).status, 200);
  EXPECT_EQ(once(post("/echo", "a=" + std::string(9'999, 'x'))).status, 413);
  EXPECT_EQ(once(post("/upload", "a=" + std::string(900'000, 'x'))).body, "900000");
  EXPECT_EQ(once(post("/upload", "a=" + std::string(1'000'000, 'x'))).status, 413);
}

TEST_F(HttpServer, refuses_by_the_announced_length_without_waiting_for_the_body) {
  start();
  Client client(port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().status, 413);
}

TEST_F(HttpServer, refuses_chunked_bodies_beyond_the_limit) {
  start();
  std::string chunks;
  for (int i = 0; i < 20; ++i) chunks += "3e8\r\n" + std::string(1000, 'x') + "\r\n";
  EXPECT_EQ(once(chunked("/echo", chunks)).status, 413);
  EXPECT_EQ(once(chunked("/echo", "fffffff\r\n" + std::string(20'000, 'x'))).status, 413) << "one huge chunk";
  EXPECT_EQ(once(chunked("/echo", "3;" + std::string(200'000, 'x'))).status / 100, 4) << "an endless extension";
}

TEST_F(HttpServer, lets_a_client_that_goes_on_sending_see_the_refusal) {
  start();
  Client client(port());
  client.send(post("/echo", std::string(5'000'000, 'x')));
  EXPECT_EQ(client.read().status, 413);
}

TEST_F(HttpServer, takes_no_more_bodies_than_fit_together) {
  start();
  Client first(port()), second(port());
  const std::string head =
      "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "Content-Length: 900000\r\nExpect: 100-continue\r\n\r\n";
  first.send(head);
  EXPECT_EQ(first.read().status, 100);
  second.send(head);
  const auto refused = second.read();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "2");
  EXPECT_EQ(first.ask("a=" + std::string(899'998, 'x')).status, 200);
  Client third(port());
  third.send(head);
  EXPECT_EQ(third.read().status, 100) << "the first has made room";
}

TEST_F(HttpServer, believes_a_proxy_only_when_told_to) {
  start();
  const std::string claims = "X-Forwarded-For: 192.0.2.9, 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
  EXPECT_EQ(once(get("/who", claims)).body, "127.0.0.1 plain");
  auto settings = small();
  settings.trusted_proxy = "127.0.0.1";
  start(settings);
  const auto got = once(get("/who", claims));
  EXPECT_EQ(got.body, "198.51.100.7 secure");
  EXPECT_NE(got.header("strict-transport-security"), "");
}

TEST_F(HttpServer, takes_its_public_address_for_what_people_reach_it_by) {
  auto settings = small();
  settings.public_url = "https://kasane.city.example.jp";
  start(settings);
  const auto got = once(get("/who", "X-Forwarded-Proto: http\r\n"));
  EXPECT_EQ(got.body, "127.0.0.1 secure") << "so that cookies are Secure";
  EXPECT_NE(got.header("strict-transport-security"), "");
  EXPECT_EQ(once(get("/reached", "Origin: https://kasane.city.example.jp\r\n")).body, "kasane.city.example.jp same") << "links that are handed out, and forms of ours";
  EXPECT_EQ(once(get("/reached", "Origin: http://kasane.example\r\n")).body, "kasane.city.example.jp other") << "whatever Host a proxy passes on";
}

TEST_F(HttpServer, speaks_to_old_clients) {
  start();
  Client client(port());
  EXPECT_EQ(client.ask("GET / HTTP/1.0\r\n\r\n").header("connection"), "close");
  client.stop_sending();
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpServer, says_so_when_the_port_is_taken_or_the_address_is_none) {
  start();
  Settings taken;
  taken.port = port();
  const Handler handler = [](web::Request, std::function<void(web::Reply)>) {};
  EXPECT_THROW(Server(taken, handler), std::runtime_error);
  Settings odd;
  odd.address = "kasane";
  EXPECT_THROW(Server(odd, handler), std::runtime_error);
}

}  // namespace
}  // namespace kasane::http
