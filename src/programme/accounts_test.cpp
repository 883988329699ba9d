// The accounts page: what an administrator may do, what shows to the auditor, finding an account among many.
#include <gtest/gtest.h>

#include "programme/account_service.hpp"
#include "programme/admin_pages.hpp"
#include "programme/audit_pages.hpp"
#include "programme/testing.hpp"

namespace kasane::programme {
namespace {

using testing::Login;
using testing::TestCity;

struct Accounts : ::testing::Test {
  TestCity t{"mitsuhama", {add_admin_routes, add_audit_routes}};
  Login admin = t.account(agency(), Role::administrator);
  std::string agency() { return t.m().agencies.front().code; }
  std::string number(Role role) { return std::to_string(static_cast<int>(role)); }
  std::string page_of(AccountId id) { return "/accounts/" + id_text(id); }
  std::vector<PostRow> posts(AccountId id) {
    return t.db().read([&](db::ReadTx& tx) { return all_posts(tx, id); });
  }
  web::Reply give(AccountId id, Role role, const std::string& from = "R8.11.24") {
    return t.post(admin, page_of(id) + "/posts", {{"agency", agency()}, {"role", number(role)}, {"from", from}});
  }
};

TEST_F(Accounts, an_administrator_gives_no_role_to_himself) {
  for (const Role role : {Role::auditor, Role::coordinator, Role::administrator}) EXPECT_EQ(give(admin.account, role).status, 409);
  EXPECT_EQ(posts(admin.account).size(), 1u);
  EXPECT_EQ(t.get(admin, page_of(admin.account)).body.find("職を加える"), std::string::npos);
}

TEST_F(Accounts, an_administrator_does_not_end_a_post_of_his_own) {
  const std::string post = id_text(posts(admin.account).front().id);
  EXPECT_EQ(t.post(admin, page_of(admin.account) + "/posts/end", {{"post", post}}).status, 409);
  EXPECT_EQ(posts(admin.account).front().until.iso(), access::kForever);
}

TEST_F(Accounts, nobody_administers_with_an_account_that_does_something_else_besides) {
  const Login other = t.account(agency(), Role::administrator);
  const auto second = give(other.account, Role::auditor);
  EXPECT_EQ(second.status, 422);
  EXPECT_NE(second.body.find("href=\"#f-role\""), std::string::npos) << second.body;
  const Login worker = t.account(agency(), Role::coordinator);
  EXPECT_EQ(give(worker.account, Role::administrator).status, 422);
  EXPECT_EQ(give(worker.account, Role::window_counsellor).status, 303);
  EXPECT_EQ(posts(other.account).size(), 1u);
  EXPECT_EQ(posts(worker.account).size(), 2u);
}

TEST_F(Accounts, who_stopped_working_with_cases_may_administer_from_the_next_day) {
  const Login worker = t.account(agency(), Role::coordinator);
  const std::string post = id_text(posts(worker.account).front().id);
  EXPECT_EQ(t.post(admin, page_of(worker.account) + "/posts/end", {{"post", post}}).status, 303);
  EXPECT_EQ(give(worker.account, Role::administrator, "R8.11.24").status, 422);
  EXPECT_EQ(give(worker.account, Role::administrator, "R8.11.25").status, 303);
}

TEST_F(Accounts, the_auditor_reads_in_words_which_role_was_given_to_whom_and_which_was_taken) {
  const Login auditor = t.account(agency(), Role::auditor);
  const Login worker = t.account(agency(), Role::coordinator);
  ASSERT_EQ(give(worker.account, Role::auditor).status, 303);
  const std::string first = id_text(posts(worker.account).front().id);
  ASSERT_EQ(t.post(admin, page_of(worker.account) + "/posts/end", {{"post", first}}).status, 303);
  const std::string name = t.db().read([&](db::ReadTx& tx) { return account_by_id(tx, worker.account)->display_name; });
  const std::string seen = t.get(auditor, "/audit").body;
  EXPECT_NE(seen.find(name + "に「監査責任者」の役割を渡した"), std::string::npos) << seen;
  EXPECT_NE(seen.find(name + "の「推進員」の役割を終わらせた"), std::string::npos) << seen;
}

TEST_F(Accounts, a_form_that_is_shown_again_holds_no_password) {
  const auto shown = t.post(admin, "/accounts", {{"login", "taro"}, {"display_name", ""}, {"password", "long enough password"}});
  EXPECT_EQ(shown.status, 422);
  EXPECT_EQ(shown.body.find("long enough password"), std::string::npos);
}

/// All logins that the list shows, page by page.
std::vector<std::string> listed(TestCity& t, const Login& admin) {
  std::vector<std::string> logins;
  std::string path = "/accounts";
  while (!path.empty()) {
    const std::string body = t.get(admin, path).body;
    for (std::size_t at = body.find(">many"); at != std::string::npos; at = body.find(">many", at + 1)) logins.push_back(body.substr(at + 1, 7));
    const std::size_t next = body.find("/mitsuhama/accounts?");
    path = next == std::string::npos ? std::string() : body.substr(next + 10, body.find('"', next) - next - 10);
  }
  return logins;
}

TEST_F(Accounts, every_account_of_a_large_city_is_listed_once_page_by_page) {
  t.db().write([&](db::WriteTx& tx) {
    for (int i = 100; i < 720; ++i) add_account(tx, {fresh_id<AccountTag>(), "many" + std::to_string(i), "大勢 " + std::to_string(i), "-", true, 1}, 0);
  });
  const auto logins = listed(t, admin);
  ASSERT_EQ(logins.size(), 620u);
  EXPECT_EQ(logins.front(), "many100");
  EXPECT_EQ(logins.back(), "many719");
}

TEST_F(Accounts, an_account_is_found_by_part_of_its_name_login_or_agency_and_no_name_stands_in_an_address) {
  t.db().write([&](db::WriteTx& tx) { add_account(tx, {fresh_id<AccountTag>(), "many700", "備前 もえ", "-", true, 1}, 0); });
  const auto asked = [&](const std::string& words) { return t.post(admin, "/accounts/search", {{"q", words}}).body; };
  for (const char* words : {"備前もえ", "もえ", "MANY7", "モエ　備前"}) EXPECT_NE(asked(words).find(">many700<"), std::string::npos) << words;
  EXPECT_EQ(asked("庄司").find(">many700<"), std::string::npos);
  EXPECT_NE(asked(t.m().agencies.front().name).find("/accounts/" + id_text(admin.account)), std::string::npos);
  EXPECT_EQ(asked("備前もえ").find("?q="), std::string::npos);
  EXPECT_EQ(asked("").find(">many700<"), std::string::npos);
}

TEST_F(Accounts, the_list_is_narrowed_to_an_agency) {
  t.db().write([&](db::WriteTx& tx) { add_account(tx, {fresh_id<AccountTag>(), "many700", "備前 もえ", "-", true, 1}, 0); });
  const std::string body = t.get(admin, "/accounts?agency=" + agency()).body;
  EXPECT_EQ(body.find(">many700<"), std::string::npos);
  EXPECT_NE(body.find("/accounts/" + id_text(admin.account)), std::string::npos);
}

}  // namespace
}  // namespace kasane::programme
