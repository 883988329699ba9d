// What the auditor's pages say of who acted: accounts by name, guests by the number of their link.
#include "programme/audit_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <latch>

#include "access/audit_store.hpp"
#include "programme/account_store.hpp"
#include "programme/sign_in_events.hpp"
#include "programme/testing.hpp"

namespace kasane::programme {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Login;
using testing::TestCity;

TEST(AuditPages, name_a_guest_by_the_link_and_never_by_name) {
  TestCity t("mitsuhama", {add_audit_routes});
  const std::string section = t.m().owner_sections.at(0);
  const Login host = t.account(section, Role::coordinator), auditor = t.account(section, Role::auditor);
  const auto link = t.write(host, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<GuestLinkId> {
    const auto permit = gate.create<GuestLinkTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    permit->run(tx, R"sql(INSERT INTO guest_link (id, item_id, kind, pii_name, pii_office, until_on, topics, token_hash, code_hash, tries, made_on, pii_answer, version)
                          VALUES ($permit, 1, 'outside', '架空 花子', '架空小学校', '2026-12-31', 1, 't', '', 0, '2026-11-24', '', 1))sql",
                {});
    return permit->id();
  });
  ASSERT_TRUE(link) << link.error().message;
  const auto look_as = [&](std::int64_t who) {
    access::Trail trail;
    trail.action("guest.packet", access::Act::read);
    std::latch kept(1);
    t.city().audit.submit(AccountId(who), trail, t.clock().now(), [&](bool) { kept.count_down(); });
    kept.wait();
  };
  look_as(link->value);
  const std::string page = t.get(auditor, "/audit").body;
  EXPECT_THAT(page, HasSubstr("招いた人（ゲスト）" + id_text(*link)));
  for (const char* other : {"（登録なし）", "架空 花子", "架空小学校"}) EXPECT_THAT(page, Not(HasSubstr(other)));
  look_as(next_id());
  EXPECT_THAT(t.get(auditor, "/audit").body, HasSubstr("（登録なし）")) << "who is neither account nor guest is told as such";
}

// The auditor reads what was looked at without knowing the program: an action alone, "disclosure.paper", says nothing.
TEST(AuditPages, say_in_words_what_was_looked_at) {
  TestCity t("mitsuhama", {add_audit_routes});
  const Login auditor = t.account(t.m().owner_sections.at(0), Role::auditor);
  for (const char* action : {"disclosure.paper", "provision.page", "cooperation.sheet", "disposal.list"}) {
    access::Trail trail;
    trail.action(action, access::Act::read);
    std::latch kept(1);
    t.city().audit.submit(AccountId(next_id()), trail, t.clock().now(), [&](bool) { kept.count_down(); });
    kept.wait();
  }
  const std::string page = t.get(auditor, "/audit").body;
  for (const char* words : {"開示請求（disclosure.paper）", "目的外利用・提供（provision.page）", "協力依頼（cooperation.sheet）", "廃棄（disposal.list）"})
    EXPECT_THAT(page, HasSubstr(words));
}

void keep(TestCity& t, AccountId account, access::Trail& trail) {
  std::latch kept(1);
  t.city().audit.submit(account, trail, t.clock().now(), [&](bool) { kept.count_down(); });
  kept.wait();
}

// Whoever failed to sign in has not proved who he is: neither the account that was tried nor the machine did it.
TEST(AuditPages, tell_whose_account_was_tried_and_not_that_it_acted) {
  TestCity t("mitsuhama", {add_audit_routes});
  const std::string section = t.m().owner_sections.at(0);
  const Login auditor = t.account(section, Role::auditor), worker = t.account(section, Role::coordinator);
  const std::string name = t.db().read([&](db::ReadTx& tx) { return account_by_id(tx, worker.account)->display_name; });
  t.db().write([&](db::WriteTx& tx) {
    note_sign_in_refused(tx, worker.account, false, t.clock().now());
    note_sign_in_refused(tx, std::nullopt, true, t.clock().now());
  });
  const std::string page = t.get(auditor, "/audit").body;
  EXPECT_THAT(page, HasSubstr("サインインしていない人（試した利用者: " + name + "）"));
  EXPECT_THAT(page, HasSubstr("サインインしていない人</td>"));
  EXPECT_THAT(page, HasSubstr("サインインの停止"));
}

// What was asked and how many came back, for the auditor alone; and whoever reads it leaves an event.
TEST(AuditPages, show_what_was_searched_for_and_keep_who_looked) {
  TestCity t("mitsuhama", {add_audit_routes});
  const std::string section = t.m().owner_sections.at(0);
  const Login auditor = t.account(section, Role::auditor), worker = t.account(section, Role::coordinator);
  access::Trail trail;
  trail.action("household.search");
  trail.words("阿曽 <千代>");
  trail.listed(SubjectKind::person, 1);
  trail.listed(SubjectKind::person, 2);
  keep(t, worker.account, trail);
  const auto reply = t.get(auditor, "/audit/searches");
  EXPECT_THAT(reply.body, HasSubstr("阿曽 &lt;千代&gt;"));
  EXPECT_THAT(reply.body, HasSubstr(">2</td>"));
  ASSERT_TRUE(reply.before_send);
  std::latch kept(1);
  reply.before_send([&](bool) { kept.count_down(); });
  kept.wait();
  EXPECT_THAT(t.get(auditor, "/audit").body, HasSubstr("さがした言葉の閲覧"));
  EXPECT_THAT(t.get(auditor, "/audit").body, Not(HasSubstr("阿曽")));
  EXPECT_EQ(t.get(worker, "/audit/searches").status, 404);
  EXPECT_THAT(t.get(auditor, "/audit/searches?account=" + id_text(auditor.account)).body, Not(HasSubstr("阿曽")));
}

// The line is a help that can be altered unseen; what was settled and how stands in an event, which cannot.
TEST(AuditPages, settle_an_unusual_line_by_an_event_that_says_which) {
  TestCity t("mitsuhama", {add_audit_routes});
  const std::string section = t.m().owner_sections.at(0);
  const Login auditor = t.account(section, Role::auditor), worker = t.account(section, Role::coordinator);
  db::Database& file = t.city().audit.file_for(t.clock().now());
  file.write([&](db::WriteTx& tx) {
    tx.run(R"sql(INSERT INTO audit_unusual (account_id, day, rule, events, roots, last_at, settled_at, settled_by, outcome) VALUES ($1, '2026-11-23', 'night', 3, 1, 5, NULL, NULL, ''))sql",
           db::params(worker.account));
  });
  const web::Pairs form{{"account", id_text(worker.account)}, {"day", "2026-11-23"}, {"rule", "night"}, {"outcome", "explained"}};
  EXPECT_EQ(t.post(auditor, "/audit/unusual", form).status, 303);
  EXPECT_EQ(t.post(auditor, "/audit/unusual", form).status, 409) << "it is settled";
  web::Pairs unknown = form;
  unknown[2].second = "阿曽 千代";
  EXPECT_EQ(t.post(auditor, "/audit/unusual", unknown).status, 409);
  const auto events = t.db().read([](db::ReadTx& tx) { return access::audit_store::newest_writes(tx, 0, 100); });
  ASSERT_EQ(std::count_if(events.begin(), events.end(), [](const auto& e) { return e.event.action == "audit.settle"; }), 1) << "and nothing typed reaches an event";
  EXPECT_EQ(events[0].event.detail, "2026-11-23 night explained");
  EXPECT_EQ(events[0].event.account, auditor.account.value);
  EXPECT_THAT(t.get(auditor, "/audit").body, HasSubstr("夜間に開いた → 説明がついた"));
}

}  // namespace
}  // namespace kasane::programme
