// Signing in, throttling, sessions, tokens of forms, roles at the outer door, drafts.
#include <gtest/gtest.h>

#include "access/audit_store.hpp"
#include "programme/account_service.hpp"
#include "programme/admin_pages.hpp"
#include "programme/form_token.hpp"
#include "programme/testing.hpp"

namespace kasane::programme {
namespace {

using testing::TestCity;


void add_echo(Router& router) {
  router.get("/secret", web::Need::of({Role::coordinator}), [](Ctx&) { return web::Reply::text("content"); });
  router.post("/secret", web::Need::of({Role::coordinator}), [](Ctx& ctx) {
    auto done = ctx.command("secret.write", [&](db::WriteTx&, access::Gate&, const access::Actor&) -> Result<std::string> { return ctx.url("/secret"); });
    return done ? ctx.go(*done) : ctx.error(done.error());
  });
}

struct SignIn : ::testing::Test {
  TestCity t{"mitsuhama", {add_echo, add_admin_routes}};
  std::string agency() { return t.m().agencies.front().code; }
  AccountId person(const std::string& login) {
    NewAccount a{login, "試験 花子", "long enough password", {{t.agency(agency()), Role::coordinator, "", "", *Date::from_ymd(2026, 4, 1)}}};
    return *t.db().write([&](db::WriteTx& tx) { return add_account(tx, a, t.clock().now()); });
  }
};

TEST_F(SignIn, opens_a_session_with_the_right_password_only) {
  person("hanako");
  EXPECT_TRUE(sign_in(t.city(), "hanako", "long enough password", "192.0.2.7"));
  const auto wrong = sign_in(t.city(), "hanako", "another password", "192.0.2.7");
  const auto unknown = sign_in(t.city(), "nobody", "another password", "192.0.2.7");
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(wrong.error().fields.front().message, unknown.error().fields.front().message);
}

TEST_F(SignIn, is_throttled_after_many_failures_and_opens_again_later) {
  person("hanako");
  for (int i = 0; i < 8; ++i) EXPECT_FALSE(sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7"));
  EXPECT_EQ(sign_in(t.city(), "hanako", "long enough password", "192.0.2.7").error().code, ErrorCode::unavailable);
  t.clock().advance_ms(16 * 60'000);
  EXPECT_TRUE(sign_in(t.city(), "hanako", "long enough password", "192.0.2.7"));
}

TEST_F(SignIn, others_at_the_same_address_are_not_shut_out_by_somebody_who_guesses) {
  person("hanako");
  for (int i = 0; i < 200; ++i) EXPECT_FALSE(sign_in(t.city(), "guessed" + std::to_string(i), "wrong wrong wrong", "192.0.2.7"));
  t.clock().advance_ms(10'000);
  EXPECT_TRUE(sign_in(t.city(), "hanako", "long enough password", "192.0.2.7"));
}

TEST_F(SignIn, what_a_clock_that_ran_ahead_has_kept_shuts_nobody_out_and_lets_nobody_in) {
  person("hanako");
  const UtcMs ahead = 400LL * 86'400'000;
  t.clock().advance_ms(ahead);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7"));
  const auto in = sign_in(t.city(), "hanako", "long enough password", "192.0.2.8");
  t.clock().advance_ms(-ahead);
  EXPECT_TRUE(sign_in(t.city(), "hanako", "long enough password", "192.0.2.7"));
  if (in) {
    EXPECT_FALSE(who_is(t.city(), in->token));
  }
}

TEST_F(SignIn, a_password_is_as_long_as_the_characters_that_were_typed) {
  const auto made = t.db().write([&](db::WriteTx& tx) { return add_account(tx, {"hanako", "試験 花子", "ひみつのかぎ", {}}, 0); });
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields.front().field, "password");
}

// Who came in, went out, tried and failed stands in the audit of writes; the typed name does not.
TEST_F(SignIn, leaves_events_of_every_try_and_never_the_typed_name) {
  const AccountId hanako = person("hanako");
  const auto in = sign_in(t.city(), "hanako", "long enough password", "192.0.2.7");
  ASSERT_TRUE(in);
  sign_out(t.city(), token_hash(in->token));
  sign_out(t.city(), token_hash(in->token));
  ASSERT_FALSE(sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7"));
  ASSERT_FALSE(sign_in(t.city(), "tarou", "wrong wrong wrong", "192.0.2.7"));
  std::vector<std::string> told;
  for (const auto& e : t.db().read([](db::ReadTx& tx) { return access::audit_store::writes_after(tx, 0, 100); })) {
    const auto about = access::unpack_subjects(e.event.subjects);
    const bool hers = about && about->size() == 1 && about->front().ref == SubjectRef{SubjectKind::account, hanako.value};
    told.push_back(e.event.action + (e.event.account == hanako.value ? " by her" : "") + (hers ? " about her" : ""));
    EXPECT_TRUE(e.event.detail.empty());
  }
  EXPECT_EQ(told, (std::vector<std::string>{"account.signin by her about her", "account.signout by her about her", "account.signin_refused about her", "account.signin_refused"}));
}

TEST_F(SignIn, tells_once_that_it_was_locked) {
  person("hanako");
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(sign_in(t.city(), "hanako", "wrong wrong wrong", "192.0.2.7"));
  const auto number = [&](const char* action) {
    return t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_write WHERE action = $1", db::params(std::string(action))); });
  };
  EXPECT_EQ(number("account.signin_locked"), 1);
  EXPECT_EQ(number("account.signin_refused"), 5) << "those refused by the pause are not tried at all";
}

TEST_F(SignIn, ends_everywhere_at_once) {
  const AccountId id = person("hanako");
  const auto a = sign_in(t.city(), "hanako", "long enough password", "192.0.2.7");
  const auto b = sign_in(t.city(), "hanako", "long enough password", "192.0.2.8");
  ASSERT_TRUE(who_is(t.city(), a->token) && who_is(t.city(), b->token));
  t.db().write([&](db::WriteTx& tx) { sign_out_everywhere(tx, id, t.clock().now()); });
  EXPECT_FALSE(who_is(t.city(), a->token));
  EXPECT_FALSE(who_is(t.city(), b->token));
}

TEST_F(SignIn, a_session_ends_after_idle_time_after_its_longest_time_and_with_the_last_post) {
  person("hanako");
  const auto in = sign_in(t.city(), "hanako", "long enough password", "192.0.2.7");
  t.clock().advance_ms(59 * 60'000);
  EXPECT_TRUE(who_is(t.city(), in->token));
  t.clock().advance_ms(61 * 60'000);
  EXPECT_FALSE(who_is(t.city(), in->token));
  const auto busy = sign_in(t.city(), "hanako", "long enough password", "192.0.2.7");
  for (int i = 0; i < 24; ++i) {
    EXPECT_TRUE(who_is(t.city(), busy->token)) << i;
    t.clock().advance_ms(30 * 60'000);
  }
  t.clock().advance_ms(60'000);
  EXPECT_FALSE(who_is(t.city(), busy->token));
  const auto later = sign_in(t.city(), "hanako", "long enough password", "192.0.2.7");
  const AccountId id = later->account;
  t.db().write([&](db::WriteTx& tx) { for (const PostRow& p : all_posts(tx, id)) end_post(tx, p.id, t.clock().today().plus_days(-1)); });
  EXPECT_FALSE(who_is(t.city(), later->token));
}

TEST_F(SignIn, a_password_is_stored_as_argon2id_only) {
  const AccountId id = person("hanako");
  const auto row = t.db().read([&](db::ReadTx& tx) { return account_by_id(tx, id); });
  EXPECT_EQ(row->password_hash.rfind("$argon2id$", 0), 0u);
}

TEST_F(SignIn, short_passwords_odd_logins_and_taken_logins_are_named_at_their_field) {
  person("hanako");
  const auto again = t.db().write([&](db::WriteTx& tx) { return add_account(tx, {"hanako", "別人", "long enough password", {}}, 0); });
  EXPECT_EQ(again.error().fields.front().field, "login");
  const auto bad = t.db().write([&](db::WriteTx& tx) { return add_account(tx, {"花子", "", "short", {}}, 0); });
  EXPECT_EQ(bad.error().fields.size(), 3u);
}

TEST_F(SignIn, without_a_session_pages_lead_to_the_sign_in_page) {
  const auto reply = t.get_signed_out("/secret");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.header_value("Location"), "/mitsuhama/signin");
}

TEST_F(SignIn, an_address_of_another_role_is_not_there) {
  const auto auditor = t.account(agency(), Role::auditor);
  const auto coordinator = t.account(agency(), Role::coordinator);
  EXPECT_EQ(t.get(auditor, "/secret").status, 404);
  EXPECT_EQ(t.get(auditor, "/accounts").status, 404);
  EXPECT_EQ(t.get(coordinator, "/secret").status, 200);
  EXPECT_EQ(t.get(coordinator, "/audit").status, 404);
}

TEST_F(SignIn, a_form_without_its_token_or_from_another_site_is_refused) {
  const auto who = t.account(agency(), Role::coordinator);
  EXPECT_EQ(t.post(who, "/secret").status, 303);
  EXPECT_EQ(t.post(who, "/secret", {{"csrf", "forged"}}).status, 403);
  const auto other = t.account(agency(), Role::coordinator);
  EXPECT_EQ(t.post(who, "/secret", {{"csrf", mask_form_token(other.csrf)}}).status, 403);
  EXPECT_EQ(t.post(who, "/secret", {{"csrf", who.csrf}}).status, 403);
  EXPECT_NE(mask_form_token(who.csrf), mask_form_token(who.csrf));
}

TEST_F(SignIn, a_session_of_one_city_opens_no_other) {
  TestCity other("tsuruoka", {add_echo});
  const auto who = t.account(agency(), Role::coordinator);
  EXPECT_EQ(other.get(who, "/secret").status, 303);
}

TEST_F(SignIn, a_command_sent_twice_is_done_once_and_answers_the_same) {
  const auto who = t.account(agency(), Role::coordinator);
  const auto first = t.post(who, "/secret", {{"command_id", "abcdefgh12345678"}});
  const auto again = t.post(who, "/secret", {{"command_id", "abcdefgh12345678"}});
  EXPECT_EQ(first.header_value("Location"), again.header_value("Location"));
  const auto events = t.db().read([](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM audit_write)sql"); });
  EXPECT_EQ(events, 1);
}

TEST_F(SignIn, what_is_half_typed_is_kept_encrypted_for_its_writer_only) {
  const auto who = t.account(agency(), Role::coordinator);
  const auto other = t.account(agency(), Role::coordinator);
  EXPECT_EQ(t.post(who, "/drafts", {{"draft", "intake-new"}, {"text", "まだ途中の相談"}}).status, 204);
  EXPECT_NE(load_draft(t.city(), who.account, "intake-new").value_or("").find("text="), std::string::npos);
  EXPECT_FALSE(load_draft(t.city(), other.account, "intake-new"));
  const auto cipher = t.db().read([&](db::ReadTx& tx) { return draft(tx, who.account, "intake-new")->cipher; });
  EXPECT_EQ(cipher.find("text="), std::string::npos);
}

TEST_F(SignIn, a_draft_is_thrown_away_by_its_writer_alone_and_leads_to_no_other_host) {
  const auto who = t.account(agency(), Role::coordinator);
  const auto other = t.account(agency(), Role::coordinator);
  t.post(who, "/drafts", {{"draft", "intake-new"}, {"draft_again", "yes"}, {"text", "まだ途中の相談"}});
  EXPECT_EQ(load_draft(t.city(), who.account, "intake-new").value_or("").find("draft_again"), std::string::npos);
  t.post(other, "/drafts/drop", {{"draft_key", "intake-new"}, {"back", "/intakes/new"}});
  EXPECT_TRUE(load_draft(t.city(), who.account, "intake-new"));
  for (const char* away : {"//example.net/", "https://example.net/", "/\\example.net", "/a b"}) {
    const auto gone = t.post(who, "/drafts/drop", {{"draft_key", "intake-other"}, {"back", away}});
    EXPECT_TRUE(gone.header_value("Location").ends_with("/today")) << away;
  }
  const auto done = t.post(who, "/drafts/drop", {{"draft_key", "intake-new"}, {"back", "/intakes/new?notice=abc"}});
  EXPECT_EQ(done.status, 303);
  EXPECT_TRUE(done.header_value("Location").ends_with("/intakes/new?notice=abc"));
  EXPECT_FALSE(load_draft(t.city(), who.account, "intake-new"));
}

TEST_F(SignIn, an_administrator_adds_accounts_and_ends_posts_without_seeing_cases) {
  const auto admin = t.account(agency(), Role::administrator);
  const auto bad = t.post(admin, "/accounts", {{"login", "taro"}, {"display_name", ""}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_NE(bad.body.find("value=\"taro\""), std::string::npos);
  const auto made = t.post(admin, "/accounts", {{"login", "taro"}, {"display_name", "試験 太郎"}, {"agency", agency()}, {"role", "1"}, {"from", "R8.4.1"}});
  EXPECT_EQ(made.status, 200);
  EXPECT_EQ(t.get(admin, "/settings").status, 200);
}

}  // namespace
}  // namespace kasane::programme
