// For tests over the demo: `kasane demo` in an empty folder, its cities opened, and requests as any account there.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "cli/commands.hpp"
#include "cli/demo_accounts.hpp"
#include "cli/routes.hpp"
#include "programme/account_service.hpp"
#include "programme/account_store.hpp"
#include "programme/form_token.hpp"
#include "programme/sign_in_pages.hpp"

namespace kasane {

class DemoCities : public ::testing::Test {
 protected:
  DemoCities() : folder_(std::filesystem::temp_directory_path() / ("kasane-demo-" + id_text(next_id()))) {
    settings_ = cli::default_settings(KASANE_SOURCE_DIR "/municipalities", folder_);
  }
  ~DemoCities() override {
    dispatcher_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string run_demo() {
    testing::internal::CaptureStdout();
    const int code = cli::demo(settings_);
    std::string said = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0) << said;
    return said;
  }

  void open() {
    dispatcher_ = std::make_unique<programme::Dispatcher>(cli::all_routes());
    for (const cli::CitySettings& c : settings_.cities) {
      auto city = cli::open_city(settings_, c, clock_);
      ASSERT_TRUE(city.has_value()) << city.error().front();
      dispatcher_->add_city(std::move(*city));
    }
  }

  /// As after signing in; the password's own way is tried where signing in is tested.
  void sign_in(programme::City& city, const std::string& login) {
    city.db().write([&](db::WriteTx& tx) {
      const auto account = programme::account_by_login(tx, login);
      if (!account) throw std::runtime_error(login + " is printed and is not there");
      programme::add_session(tx, programme::token_hash("token-" + login), {account->id, "csrf", clock_.now(), clock_.now()});
    });
  }
  web::Reply get(const programme::City& city, const std::string& login, std::string path) { return send(city, login, "GET", std::move(path)); }
  /// A form that holds nothing but its token and command id.
  web::Reply post(const programme::City& city, const std::string& login, std::string path, web::Pairs fields = {}) {
    return send(city, login, "POST", std::move(path), std::move(fields));
  }
  web::Reply send(const programme::City& city, const std::string& login, const std::string& method, std::string path, web::Pairs fields = {}) {
    return send_with(city, {programme::session_cookie_name(city), "token-" + login}, method, std::move(path), std::move(fields));
  }
  /// Whoever sends holds this cookie and nothing else.
  web::Reply send_with(const programme::City& city, const std::pair<std::string, std::string>& cookie, const std::string& method, std::string path, web::Pairs fields = {}) {
    web::Request r;
    r.method = method;
    if (const auto q = path.find('?'); q != std::string::npos) {
      const auto equals = path.find('=', q);
      r.query = {{path.substr(q + 1, equals - q - 1), path.substr(equals + 1)}};
      path.resize(q);
    }
    r.path = "/" + city.slug + path;
    std::istringstream segments(r.path.substr(1));
    for (std::string one; std::getline(segments, one, '/');) r.segments.push_back(one);
    r.client = "192.0.2.1";
    r.secure = true;
    r.request_id = 42;
    r.cookies = {cookie};
    if (method == "POST") {
      r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
      r.posted = std::move(fields);
      r.posted.emplace_back("csrf", programme::mask_form_token("csrf"));
      r.posted.emplace_back("command_id", programme::fresh_command_id());
    }
    return dispatcher_->answer(std::move(r));
  }

  std::filesystem::path folder_;
  SystemClock clock_;
  cli::AppSettings settings_;
  std::unique_ptr<programme::Dispatcher> dispatcher_;
};

}  // namespace kasane
