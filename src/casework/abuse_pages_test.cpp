// 通告・通報: offered at once, opened to the agency with the duty alone, the reporter protected.
#include "casework/abuse_service.hpp"

#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;

class AbusePages : public testing::FirstContactPages {
 protected:
  Login moe = city.account("cgsc_fujishima", Role::window_counsellor);
  Login duty = city.account("gyakutai", Role::city_officer);
  Login swc = city.account("swc", Role::coordinator);

  web::Pairs report() {
    return {{"kind", "elder"}, {"reported_to", agency("gyakutai")}, {"reported_on", "R8.11.24"}, {"text", "年金を取り上げられている"}, {"reporter", "隣の人"}};
  }
};

TEST_F(AbusePages, is_offered_before_anything_else_is_filled_in) {
  for (const char* page : {"/notices/new", "/intakes/new", "/referrals/new?kind=network"})
    EXPECT_THAT(city.get(moe, page).body, HasSubstr("/abuse/new")) << page;
  const auto form = city.get(moe, "/abuse/new");
  EXPECT_EQ(form.status, 200);
  EXPECT_LT(form.body.find("虐待相談"), form.body.find("消費生活センター")) << "windows with the duty come first";
}

TEST_F(AbusePages, the_agency_with_the_duty_sees_it_today_and_nobody_else_does) {
  const std::string path = where(city.post(moe, "/abuse", report()));
  const auto there = city.get(duty, path);
  EXPECT_EQ(there.status, 200);
  EXPECT_THAT(there.body, HasSubstr("年金を取り上げられている"));
  EXPECT_THAT(city.get(duty, "/notices").body, HasSubstr("高齢者虐待"));
  EXPECT_EQ(city.get(swc, path).status, 404);
  EXPECT_THAT(city.get(swc, "/notices").body, Not(HasSubstr("高齢者虐待")));
  const auto due = city.db().read([&](db::ReadTx& tx) {
    return tx.one(R"sql(SELECT party_id, due_on FROM due_item WHERE kind = 'notice.look')sql", {},
                  [](const db::Row& r) { return std::pair(r.i64(0), r.date(1)); });
  });
  ASSERT_TRUE(due);
  EXPECT_EQ(due->first, city.agency("gyakutai").value);
  EXPECT_EQ(due->second, city.clock().today()) << "a 通告 does not wait";
  EXPECT_EQ(city.post(moe, path + "/received").status, 403);
  EXPECT_EQ(where(city.post(duty, path + "/received")), path);
  EXPECT_THAT(city.get(moe, path).body, HasSubstr("確認済み"));
}

TEST_F(AbusePages, no_consent_is_asked_and_the_household_opens_to_the_duty_but_not_who_reported) {
  const auto h = household(moe, "佐瀬", "母");
  EXPECT_FALSE(city.read(duty, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, h.household).has_value(); }));
  auto fields = report();
  fields.emplace_back("household", id_text(h.household));
  fields.emplace_back("person", id_text(h.persons[0]));
  const std::string path = where(city.post(moe, "/abuse", fields));
  EXPECT_TRUE(city.read(duty, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, h.household).has_value(); }));
  EXPECT_FALSE(city.read(swc, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, h.household).has_value(); }));
  const auto topics = city.db().read([&](db::ReadTx& tx) {
    return tx.number(R"sql(SELECT topics FROM access_reach WHERE party_id = $1 AND root_id = $2)sql", db::params(city.agency("gyakutai"), h.household));
  });
  EXPECT_EQ(topics & static_cast<std::int64_t>(access::Topics(access::Topic::reporter).bits()), 0);
  EXPECT_EQ(count("abuse.reported"), 1);
}

TEST_F(AbusePages, who_reaches_the_household_on_consent_learns_of_no_report) {
  const auto h = household(moe, "佐瀬", "母");
  auto fields = report();
  fields.emplace_back("household", id_text(h.household));
  const std::string path = where(city.post(moe, "/abuse", fields));
  city.db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::consent;
    g.root = h.household.value;
    g.topics = access::kAllTopics;  // even somebody who may see matters of abuse of this household
    g.named = {city.agency("swc").value};
    g.from = city.clock().today();
    g.until = *Date::from_iso(access::kForever);
    g.source = next_id();
    access::add_ground(tx, g, {moe.account, city.agency("cgsc_fujishima"), city.clock().now()});
  });
  EXPECT_EQ(city.get(swc, path).status, 404);
  EXPECT_TRUE(city.read(swc, [&](auto& tx, auto& gate) { return abuse_reports_about(tx, gate, h.household); }).empty());
  EXPECT_EQ(city.read(duty, [&](auto& tx, auto& gate) { return abuse_reports_about(tx, gate, h.household); }).size(), 1u);
}

TEST_F(AbusePages, is_filled_from_an_intake_and_from_a_notice) {
  const std::string intake = where(city.post(moe, "/intakes", {{"taken_on", "R8.11.24"}, {"receiver", me(moe)}, {"summary", "年金を渡せと言われる"}, {"abuse", "yes"}}));
  const std::string id = intake.substr(intake.rfind('/') + 1);
  EXPECT_THAT(city.get(moe, "/abuse/new?intake=" + id).body, HasSubstr("年金を渡せと言われる"));
  EXPECT_EQ(city.get(swc, "/abuse/new?intake=" + id).status, 404) << "what another window heard is no start";
  auto fields = report();
  fields.emplace_back("intake", id);
  EXPECT_EQ(city.post(moe, "/abuse", fields).status, 303);
}

TEST_F(AbusePages, what_was_typed_is_still_there_after_a_fault) {
  const auto again = city.post(moe, "/abuse", {{"kind", "no_such"}, {"reported_to", "x"}, {"reported_on", "R8.2.30"}, {"text", "年金を取り上げられている"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("年金を取り上げられている"));
  EXPECT_THAT(again.body, HasSubstr("R8.2.30"));
  auto to_commissioners = report();
  to_commissioners[1].second = agency("commissioners");
  EXPECT_EQ(city.post(moe, "/abuse", to_commissioners).status, 422);
}

TEST_F(AbusePages, an_address_of_a_report_among_the_notices_leads_to_the_report) {
  const std::string path = where(city.post(moe, "/abuse", report()));
  const std::string id = path.substr(path.rfind('/') + 1);
  EXPECT_EQ(where(city.get(duty, "/notices/" + id)), path) << "where Today leads for a record of this kind";
  EXPECT_EQ(city.get(swc, "/notices/" + id).status, 404);
}

}  // namespace
}  // namespace kasane::casework
