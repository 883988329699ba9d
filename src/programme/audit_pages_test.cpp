// What the auditor's pages say of who acted: accounts by name, guests by the number of their link.
#include "programme/audit_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

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

}  // namespace
}  // namespace kasane::programme
