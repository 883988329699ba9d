// For tests of services and pages: a city on a fresh SQLite database with its real folder, a clock that stands still,
// accounts made in a line, and requests that go through the real dispatcher without a socket.
//
//   programme::testing::TestCity t("tsuruoka", {casework::add_routes});
//   auto moe = t.account("fujishima_houkatsu", Role::window_counsellor);
//   auto page = t.get(moe, "/intakes/new");
//   auto done = t.post(moe, "/intakes", {{"taken_on", "R8.11.22"}, …});      // csrf and command_id are added
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "programme/context.hpp"
#include "programme/dispatch.hpp"

namespace kasane::programme::testing {

struct Login {
  AccountId account;
  std::string token;
  std::string csrf;
};

class TestCity {
 public:
  /// `slug`: a folder under municipalities/, or under tests/municipalities/ (the invented city "mitsuhama").
  explicit TestCity(std::string slug, std::vector<std::function<void(Router&)>> rooms = {}, Date today = *Date::from_ymd(2026, 11, 24));
  ~TestCity();

  City& city();
  db::Database& db();
  ManualClock& clock();
  const Municipality& m();
  void end_sessions_after(const SessionLimits& limits);
  AgencyId agency(std::string_view code);
  /// An account with one post, signed in.
  Login account(std::string_view agency_code, Role role, std::string services = "");
  Login account(const std::vector<std::pair<std::string, Role>>& posts);
  access::Viewer viewer(const Login& login);

  /// Reads as this person, outside a page.
  template <class F>
  auto read(const Login& who, F&& f) {
    const access::Viewer v = viewer(who);
    access::Trail trail;
    return db().read([&](db::ReadTx& tx) {
      access::Gate gate(tx, v, clock().now(), trail);
      return f(tx, gate);
    });
  }
  /// Writes as this person, outside a page. f(tx, gate, actor) -> Result<T>.
  template <class F>
  auto write(const Login& who, F&& f) {
    const access::Viewer v = viewer(who);
    access::Trail trail;
    return db().write([&](db::WriteTx& tx) {
      access::Gate gate(tx, v, clock().now(), trail);
      const access::Actor actor{v.account, v.posts.empty() ? AgencyId() : v.posts.front().agency, clock().now()};
      return f(tx, gate, actor);
    });
  }

  /// `path` within the city, may hold a query ("/households?q=…", percent-encoded).
  web::Reply get(const Login& who, std::string path);
  web::Reply get_signed_out(std::string path);
  /// csrf and a fresh command_id are added unless given.
  web::Reply post(const Login& who, std::string path, web::Pairs fields = {});
  web::Reply send(web::Request request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::programme::testing
