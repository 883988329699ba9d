// Statements of accounts, sessions and failures on every engine.
#include "programme/account_store.hpp"

#include <gtest/gtest.h>

#include "db/testing.hpp"
#include "programme/throttle.hpp"

namespace kasane::programme {
namespace {

class AccountStore : public db::EngineTest {
 protected:
  const Date today = *Date::from_ymd(2026, 11, 24);
  AccountId account(const std::string& login) {
    const AccountId id = fresh_id<AccountTag>();
    db().write([&](db::WriteTx& tx) { add_account(tx, {id, login, "試験 " + login, "-", true, 1, UtcMs{500}}, 0); });
    return id;
  }
  void post(AccountId id, AgencyId agency, Date until) {
    db().write([&](db::WriteTx& tx) { add_post(tx, {fresh_id<PostTag>(), id, agency, Role::coordinator, "", "", today.plus_days(-9), until}); });
  }
  std::vector<std::string> after(const std::string& login, AgencyId agency, std::int64_t limit) {
    std::vector<std::string> logins;
    for (const AccountRow& row : db().read([&](db::ReadTx& tx) { return accounts_after(tx, login, agency, today, limit); })) logins.push_back(row.login);
    return logins;
  }
};
KASANE_EVERY_ENGINE(AccountStore);

TEST_P(AccountStore, lists_page_by_page_and_by_the_agency_of_today) {
  const AgencyId here(7), there(8);
  for (const char* login : {"b-two", "a.one", "b_three", "c4"}) post(account(login), login[0] == 'b' ? here : there, today.plus_days(1));
  post(account("former"), here, today.plus_days(-1));
  EXPECT_EQ(after("", AgencyId(0), 2), (std::vector<std::string>{"a.one", "b-two"}));
  EXPECT_EQ(after("b-two", AgencyId(0), 9), (std::vector<std::string>{"b_three", "c4", "former"}));
  EXPECT_EQ(after("", here, 9), (std::vector<std::string>{"b-two", "b_three"}));
  const auto all = db().read([&](db::ReadTx& tx) { return accounts_with_agencies(tx, today); });
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[1].agencies, std::vector<AgencyId>{here});
  EXPECT_TRUE(all[4].agencies.empty());
}

TEST_P(AccountStore, keeps_until_when_a_first_password_is_good) {
  const AccountId id = account("taro");
  const auto until = [&] { return db().read([&](db::ReadTx& tx) { return account_by_id(tx, id)->first_password_until; }); };
  EXPECT_EQ(until(), UtcMs{500});
  db().write([&](db::WriteTx& tx) { set_password(tx, id, "own", std::nullopt); });
  EXPECT_EQ(until(), std::nullopt);
}

TEST_P(AccountStore, ends_the_other_sessions_of_one_account) {
  const AccountId id = account("taro"), other = account("hanako");
  const auto open = [&](const char* token) { return db().read([&](db::ReadTx& tx) { return session_by_token(tx, token).has_value(); }); };
  db().write([&](db::WriteTx& tx) {
    for (const char* token : {"here", "elsewhere"}) add_session(tx, token, {id, "c", 100, 100});
    add_session(tx, "of another", {other, "c", 100, 100});
    EXPECT_EQ(end_other_sessions(tx, id, "here", 200), 1);
  });
  EXPECT_TRUE(open("here"));
  EXPECT_FALSE(open("elsewhere"));
  EXPECT_TRUE(open("of another"));
}

TEST_P(AccountStore, forgets_what_is_old_and_what_is_dated_ahead) {
  const AccountId id = account("taro");
  db().write([&](db::WriteTx& tx) {
    add_session(tx, "old", {id, "c", 100, 100});
    add_session(tx, "now", {id, "c", 100, 900});
    add_session(tx, "ahead", {id, "c", 5'000, 5'000});
    for (const UtcMs at : {100, 900, 5'000}) set_throttle(tx, std::to_string(at), {at, 1, at});
    EXPECT_EQ(forget_sessions(tx, 500, 2'000), 2);
    EXPECT_EQ(forget_throttles(tx, 500, 2'000), 2);
  });
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return session_by_token(tx, "now") && throttle(tx, "900"); }));
}

TEST_P(AccountStore, a_success_takes_back_its_own_failures_from_what_is_shared_and_no_others) {
  const Brakes mine = sign_in_brakes("key", "taro", "192.0.2.7", ""), theirs = sign_in_brakes("key", "guessed", "192.0.2.7", "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(begin_try(db(), mine, 1'000), 0);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin_try(db(), theirs, 1'000), 0);
  db().write([&](db::WriteTx& tx) { forgive(tx, mine); });
  db().read([&](db::ReadTx& tx) {
    EXPECT_FALSE(throttle(tx, mine[0].key));
    EXPECT_FALSE(throttle(tx, mine[1].key));
    EXPECT_EQ(throttle(tx, mine[2].key)->failures, 4);
    EXPECT_EQ(throttle(tx, theirs[0].key)->failures, 4);
  });
}

TEST(Throttle, of_a_clock_that_ran_ahead_does_not_count) {
  EXPECT_TRUE(within({1'000, 5, 1'000}, 500, 1'200));
  EXPECT_FALSE(within({1'000, 5, 1'000}, 500, 1'500));
  EXPECT_FALSE(within({1'000, 5, 1'000}, 500, 900));
}

}  // namespace
}  // namespace kasane::programme
