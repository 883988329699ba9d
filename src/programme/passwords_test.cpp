// First passwords, changing one's own, lost ones; what a session that ran out leaves of what was typed.
#include <gtest/gtest.h>

#include "programme/account_service.hpp"
#include "programme/admin_pages.hpp"
#include "programme/clock_check.hpp"
#include "programme/form_token.hpp"
#include "programme/known_browser.hpp"
#include "programme/sign_in_pages.hpp"
#include "programme/testing.hpp"
#include "programme/testing_engine.hpp"

namespace kasane::programme {
namespace {

using testing::Login;
using testing::TestCity;

constexpr const char* kOld = "long enough password";
constexpr const char* kNew = "seven blue otters";

/// Saves what was typed, as any form does.
void add_memo(Router& router) {
  router.get("/memo", web::Need::signed_in(), [](Ctx&) { return web::Reply::text("memo"); });
  router.post("/memo", web::Need::signed_in(), [](Ctx& ctx) {
    const std::string text(ctx.req.posted_value("text").value_or(""));
    auto done = ctx.command("memo.write", [&](db::WriteTx&, access::Gate&, const access::Actor&) -> Result<std::string> { return ctx.url("/memo") + "#" + std::to_string(text.size()); });
    return done ? ctx.go(*done) : ctx.error(done.error());
  });
}

std::string between(const std::string& text, const std::string& start, const std::string& end) {
  const std::size_t at = text.find(start);
  if (at == std::string::npos) return {};
  return text.substr(at + start.size(), text.find(end, at + start.size()) - at - start.size());
}
/// The value of a hidden field of a page.
std::string hidden(const std::string& body, const std::string& name) { return between(body, "name=\"" + name + "\" value=\"", "\""); }

struct Passwords : ::testing::Test {
  TestCity t{"mitsuhama", {add_memo, add_admin_routes}};
  Login admin = t.account(agency(), Role::administrator);
  std::string agency() { return t.m().agencies.front().code; }

  AccountId person(const std::string& login) {
    NewAccount a{login, "試験 花子", kOld, {{t.agency(agency()), Role::coordinator, "", "", *Date::from_ymd(2026, 4, 1)}}};
    return *t.db().write([&](db::WriteTx& tx) { return add_account(tx, a, t.clock().now()); });
  }
  Login signed_in(const std::string& login, const std::string& password) {
    const auto in = sign_in(t.city(), login, password, "192.0.2.7");
    return {in->account, in->token, in->csrf};
  }
  bool opens(const std::string& login, const std::string& password) { return sign_in(t.city(), login, password, "192.0.2.7").has_value(); }
  web::Reply change(const Login& who, const std::string& present, const std::string& fresh, const std::string& repeated) {
    return t.post(who, "/me/password", {{"present", present}, {"fresh", fresh}, {"repeated", repeated}});
  }
  /// The password that the page shows after an account was made or its password renewed.
  static std::string shown(const web::Reply& reply) { return between(reply.body, "最初のパスワード</dt><dd>", "</dd>"); }
  web::Reply add_taro(web::Pairs more = {}) {
    web::Pairs fields{{"login", "taro"}, {"display_name", "試験 太郎"}, {"agency", agency()}, {"role", "1"}, {"from", "R8.4.1"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return t.post(admin, "/accounts", fields);
  }
  web::Reply renew(AccountId id) {
    const auto row = t.db().read([&](db::ReadTx& tx) { return *account_by_id(tx, id); });
    return t.post(admin, "/accounts/" + id_text(id) + "/password", {{"version", std::to_string(row.version)}});
  }
  std::int64_t events(const char* action) {
    return t.db().read([&](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM audit_write WHERE action = $1)sql", db::params(action)); });
  }
  /// What a browser sends that posts the sign-in form.
  web::Reply post_sign_in(web::Pairs fields, web::Pairs cookies = {}) {
    web::Request r;
    r.method = "POST";
    r.path = "/mitsuhama/signin";
    r.segments = {"mitsuhama", "signin"};
    r.client = "192.0.2.7";
    r.cookies = std::move(cookies);
    r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}};
    r.posted = std::move(fields);
    return t.send(std::move(r));
  }
};

TEST_F(Passwords, the_first_one_is_made_by_the_program_and_shown_once) {
  EXPECT_EQ(t.get(admin, "/accounts/new").body.find("name=\"password\""), std::string::npos);
  const web::Pairs same_form{{"command_id", "abcdefgh12345678"}};
  const auto made = add_taro(same_form);
  ASSERT_EQ(made.status, 200);
  const std::string first = shown(made);
  EXPECT_TRUE(opens("taro", first)) << made.body;
  const auto again = add_taro(same_form);
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(again.body.find(first), std::string::npos);
  const auto id = sign_in(t.city(), "taro", first, "192.0.2.7")->account;
  EXPECT_EQ(t.get(admin, "/accounts/" + id_text(id)).body.find(first), std::string::npos);
}

TEST_F(Passwords, the_first_one_opens_nothing_but_the_page_where_it_is_changed) {
  const std::string first = shown(add_taro());
  const Login taro = signed_in("taro", first);
  EXPECT_EQ(t.get(taro, "/memo").header_value("Location"), "/mitsuhama/me/password");
  EXPECT_EQ(t.post(taro, "/memo", {{"text", "x"}}).header_value("Location"), "/mitsuhama/me/password");
  EXPECT_EQ(events("memo.write"), 0);
  EXPECT_EQ(t.get(taro, "/me/password").status, 200);
  EXPECT_EQ(change(taro, first, kNew, kNew).header_value("Location"), "/mitsuhama/today");
  EXPECT_EQ(t.get(taro, "/memo").status, 200);
  EXPECT_TRUE(opens("taro", kNew));
  EXPECT_FALSE(opens("taro", first));
}

TEST_F(Passwords, the_first_one_ends_after_a_week_and_only_who_has_it_is_told) {
  const std::string first = shown(add_taro());
  t.clock().advance_ms(kFirstPasswordDays * 86'400'000LL + 1);
  const auto late = sign_in(t.city(), "taro", first, "192.0.2.7");
  ASSERT_FALSE(late);
  EXPECT_NE(late.error().fields.front().message.find("期限"), std::string::npos);
  const auto wrong = sign_in(t.city(), "taro", "wrong wrong wrong", "192.0.2.7");
  EXPECT_EQ(wrong.error().fields.front().message.find("期限"), std::string::npos);
}

TEST_F(Passwords, one_is_changed_by_its_holder_which_ends_the_other_sessions_and_is_recorded) {
  person("hanako");
  const Login here = signed_in("hanako", kOld), elsewhere = signed_in("hanako", kOld);
  const auto done = change(here, kOld, kNew, kNew);
  EXPECT_EQ(done.header_value("Location"), "/mitsuhama/me?saved=password");
  EXPECT_TRUE(who_is(t.city(), here.token));
  EXPECT_FALSE(who_is(t.city(), elsewhere.token));
  EXPECT_TRUE(opens("hanako", kNew));
  EXPECT_FALSE(opens("hanako", kOld));
  EXPECT_EQ(events("password.change"), 1);
}

TEST_F(Passwords, the_way_to_change_one_is_on_every_page) {
  const Login here = signed_in((person("hanako"), "hanako"), kOld);
  EXPECT_NE(t.get(here, "/help").body.find("href=\"/mitsuhama/me\""), std::string::npos);
  EXPECT_NE(t.get(here, "/me").body.find("href=\"/mitsuhama/me/password\""), std::string::npos);
}

TEST_F(Passwords, every_fault_of_a_change_is_named_and_none_of_the_typed_comes_back) {
  person("hanako");
  const Login here = signed_in("hanako", kOld);
  const auto bad = change(here, "not my password", "qwertyuiop", "qwertyuiopp");
  EXPECT_EQ(bad.status, 422);
  for (const char* part : {"#f-present", "#f-fresh", "#f-repeated"}) EXPECT_NE(bad.body.find(part), std::string::npos) << part;
  for (const char* typed : {"not my password", "qwertyuiop"}) EXPECT_EQ(bad.body.find("value=\"" + std::string(typed)), std::string::npos);
  EXPECT_EQ(change(here, "", "", "").status, 422);
  EXPECT_EQ(change(here, kOld, kOld, kOld).status, 422);
  EXPECT_TRUE(opens("hanako", kOld));
  EXPECT_EQ(events("password.change"), 0);
}

TEST_F(Passwords, who_finds_an_open_session_cannot_guess_the_present_one_quickly) {
  person("hanako");
  const Login here = signed_in("hanako", kOld);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(change(here, "wrong wrong wrong", kNew, kNew).status, 422);
  EXPECT_EQ(change(here, kOld, kNew, kNew).status, 429);
  t.clock().advance_ms(2'000);
  EXPECT_EQ(change(here, kOld, kNew, kNew).status, 303);
}

TEST_F(Passwords, a_lost_one_is_made_anew_by_another_administrator_and_ends_every_session) {
  const AccountId id = person("hanako");
  const Login here = signed_in("hanako", kOld);
  const auto page = renew(id);
  ASSERT_EQ(page.status, 200);
  EXPECT_FALSE(who_is(t.city(), here.token));
  EXPECT_FALSE(opens("hanako", kOld));
  EXPECT_TRUE(who_is(t.city(), signed_in("hanako", shown(page)).token)->must_change_password);
  EXPECT_EQ(events("password.reset"), 1);
  EXPECT_EQ(renew(admin.account).status, 409);
}

// --- slow tries ---

TEST_F(Passwords, each_failure_lengthens_the_wait_and_a_success_ends_it) {
  person("hanako");
  const auto fails = [&] { return sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7").error().code; };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(fails(), ErrorCode::invalid);
  UtcMs before = 0;
  for (int i = 0; i < 8; ++i) {
    const UtcMs wait = wait_to_sign_in(t.city(), "hanako", "192.0.2.7", {});
    EXPECT_GT(wait, before);
    EXPECT_EQ(fails(), ErrorCode::unavailable);
    t.clock().advance_ms(wait);
    EXPECT_EQ(fails(), ErrorCode::invalid);
    before = wait;
  }
  t.clock().advance_ms(wait_to_sign_in(t.city(), "hanako", "192.0.2.7", {}));
  EXPECT_TRUE(opens("hanako", kOld));
  EXPECT_EQ(wait_to_sign_in(t.city(), "hanako", "192.0.2.7", {}), 0);
}

TEST_F(Passwords, who_has_signed_in_in_this_browser_before_is_let_through_whatever_others_do) {
  person("hanako");
  const auto in = sign_in(t.city(), "hanako", kOld, "192.0.2.7");
  const Browser mine{in->known, {}};
  for (int i = 0; i < 300; ++i) {
    sign_in(t.city(), "hanako", "wrong wrong wrong", "198.51.100." + std::to_string(i % 40));
    if (i % 3 == 0) t.clock().advance_ms(1'000);
  }
  EXPECT_FALSE(sign_in(t.city(), "hanako", kOld, "192.0.2.7"));
  EXPECT_TRUE(sign_in(t.city(), "hanako", kOld, "192.0.2.7", mine));
  const Browser forged{std::string_view("2026-11-24AAAAAAAAAAAAAAAAAAAAAA"), {}};
  EXPECT_FALSE(sign_in(t.city(), "hanako", kOld, "192.0.2.7", forged));
}

TEST_F(Passwords, a_browser_that_knows_an_account_guesses_no_faster) {
  person("hanako");
  const auto in = sign_in(t.city(), "hanako", kOld, "192.0.2.7");
  const Browser mine{in->known, {}};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7", mine).error().code, ErrorCode::invalid);
  EXPECT_EQ(sign_in(t.city(), "hanako", kOld, "192.0.2.7", mine).error().code, ErrorCode::unavailable);
}

TEST_F(Passwords, what_a_browser_remembers_is_of_that_account_and_of_three_months) {
  const AccountId one{11}, other{12};
  const Date today = t.clock().today();
  std::string cookie = with_entry("key", "", one, today);
  EXPECT_TRUE(known_entry("key", cookie, one, today));
  EXPECT_FALSE(known_entry("key", cookie, other, today));
  EXPECT_FALSE(known_entry("another key", cookie, one, today));
  EXPECT_FALSE(known_entry("key", cookie, one, today.plus_days(91)));
  EXPECT_FALSE(known_entry("key", cookie, one, today.plus_days(-1)));
  for (int i = 0; i < 30; ++i) cookie = with_entry("key", cookie, AccountId(20 + i % 15), today);
  EXPECT_TRUE(known_entry("key", cookie, AccountId(34), today));
  EXPECT_FALSE(known_entry("key", cookie, one, today));
  EXPECT_LT(cookie.size(), 500u);
}

TEST_F(Passwords, the_nightly_sweep_forgets_old_failures_and_ended_sessions_only) {
  person("hanako");
  const Login old = signed_in("hanako", kOld);
  sign_out(t.city(), token_hash(old.token));
  sign_in(t.city(), "nobody-at-all", "wrong wrong wrong", "192.0.2.9");
  t.clock().advance_ms(8 * 86'400'000LL);
  const Login here = signed_in("hanako", kOld);
  sign_in(t.city(), "somebody-new", "wrong wrong wrong", "192.0.2.9");
  sweep_sign_ins(t.city());
  const auto left = t.db().read([](db::ReadTx& tx) {
    return std::pair(tx.number(R"sql(SELECT count(*) FROM login_session WHERE ended_at IS NOT NULL)sql"), tx.number(R"sql(SELECT count(*) FROM login_throttle)sql"));
  });
  EXPECT_EQ(left.first, 0);
  EXPECT_EQ(left.second, 3);
  EXPECT_TRUE(who_is(t.city(), here.token));
}

TEST_F(Passwords, a_clock_behind_what_was_recorded_is_noticed) {
  EXPECT_FALSE(event_from_the_future(t.city()));
  t.clock().advance_ms(400 * 86'400'000LL);
  t.db().write([&](db::WriteTx& tx) { access::Trail trail; access::audit_write(tx, admin.account, trail, t.clock().now()); });
  EXPECT_FALSE(event_from_the_future(t.city()));
  t.clock().advance_ms(-400 * 86'400'000LL);
  EXPECT_TRUE(event_from_the_future(t.city()));
}

// --- what was typed ---

struct RanOut : Passwords {
  Login hanako;
  RanOut() {
    person("hanako");
    hanako = signed_in("hanako", kOld);
    t.end_sessions_after(SessionLimits{});
  }
  web::Reply send_too_late(web::Pairs fields = {{"text", "訪問した。\r\n「元気」と言う"}, {"draft_key", "memo"}, {"command_id", "abcdefgh12345678"}}) {
    t.clock().advance_ms(61 * 60'000);
    return t.post(hanako, "/memo", std::move(fields));
  }
  web::Pairs sign_in_with(const web::Reply& page, const std::string& login, const std::string& password) {
    return {{"login", login}, {"password", password}, {"held", hidden(page.body, "held")}};
  }
};

TEST_F(RanOut, a_form_that_is_sent_too_late_goes_on_after_signing_in_again) {
  const auto late = send_too_late();
  EXPECT_EQ(late.status, 403);
  EXPECT_EQ(late.body.find("訪問した"), std::string::npos);
  const auto wrong = post_sign_in(sign_in_with(late, "hanako", "wrong wrong wrong"));
  EXPECT_EQ(wrong.status, 422);
  const auto in = post_sign_in(sign_in_with(wrong, "hanako", kOld));
  EXPECT_EQ(in.status, 200);
  EXPECT_NE(in.body.find("action=\"/mitsuhama/memo\""), std::string::npos) << in.body;
  EXPECT_NE(hidden(in.body, "text").find("訪問した。"), std::string::npos);
  EXPECT_EQ(hidden(in.body, "command_id"), "abcdefgh12345678");
  const std::string cookie = between(std::string(in.header_value("Set-Cookie")), "=", ";");
  const Login again{hanako.account, cookie, {}};
  EXPECT_EQ(t.post(again, "/memo", {{"csrf", hidden(in.body, "csrf")}, {"command_id", "abcdefgh12345678"}, {"text", hidden(in.body, "text")}}).status, 303);
  EXPECT_EQ(events("memo.write"), 1);
}

TEST_F(RanOut, what_was_sent_too_late_is_the_draft_of_its_form) {
  send_too_late();
  EXPECT_NE(load_draft(t.city(), hanako.account, "memo").value_or("").find("text="), std::string::npos);
}

TEST_F(RanOut, what_was_sent_too_late_is_not_for_who_signs_in_next_at_the_desk) {
  person("taro");
  const auto in = post_sign_in(sign_in_with(send_too_late(), "taro", kOld));
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(in.body.find("訪問した"), std::string::npos);
}

TEST_F(RanOut, nothing_is_held_for_a_foreign_token_or_after_signing_out) {
  EXPECT_TRUE(hidden(send_too_late({{"csrf", mask_form_token("another")}, {"text", "x"}, {"draft_key", "memo"}}).body, "held").empty());
  EXPECT_FALSE(load_draft(t.city(), hanako.account, "memo"));
  sign_out(t.city(), token_hash(hanako.token));
  const auto left = t.post(hanako, "/memo", {{"text", "x"}, {"draft_key", "memo"}});
  EXPECT_EQ(left.status, 403);
  EXPECT_TRUE(hidden(left.body, "held").empty());
}

TEST_F(RanOut, a_page_that_stood_open_stays_good_after_signing_in_again_in_another_tab) {
  t.clock().advance_ms(61 * 60'000);
  EXPECT_EQ(t.post(hanako, "/drafts", {{"draft", "memo"}, {"text", "まだ途中"}}).status, 403);
  const auto in = sign_in(t.city(), "hanako", kOld, "192.0.2.7", {{}, hanako.token});
  const Login again{hanako.account, in->token, hanako.csrf};
  EXPECT_EQ(t.post(again, "/drafts", {{"draft", "memo"}, {"text", "まだ途中"}}).status, 204);
  person("taro");
  const auto other = sign_in(t.city(), "taro", kOld, "192.0.2.7", {{}, in->token});
  EXPECT_NE(other->csrf, hanako.csrf);
}

TEST_F(RanOut, who_opened_a_page_too_late_comes_to_it_after_signing_in) {
  t.clock().advance_ms(61 * 60'000);
  const auto away = t.get(hanako, "/memo");
  EXPECT_EQ(away.header_value("Location"), "/mitsuhama/signin?to=%2Fmitsuhama%2Fmemo");
  EXPECT_EQ(hidden(t.get_signed_out("/signin?to=%2Fmitsuhama%2Fmemo").body, "to"), "/mitsuhama/memo");
  EXPECT_EQ(post_sign_in({{"login", "hanako"}, {"password", kOld}, {"to", "/mitsuhama/memo"}}).header_value("Location"), "/mitsuhama/memo");
  for (const char* away_from_here : {"https://elsewhere.test/", "//elsewhere.test/", "/othercity/memo"})
    EXPECT_EQ(post_sign_in({{"login", "hanako"}, {"password", kOld}, {"to", away_from_here}}).header_value("Location"), "/mitsuhama/today");
}

TEST_F(RanOut, leaving_too_late_is_leaving) {
  t.clock().advance_ms(61 * 60'000);
  EXPECT_EQ(t.post(hanako, "/signout").header_value("Location"), "/mitsuhama/signin");
}

}  // namespace
}  // namespace kasane::programme
