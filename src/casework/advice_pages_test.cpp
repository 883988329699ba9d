// Advice without a case (T-51) through the real dispatcher.
#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;

class AdvicePages : public testing::FirstContactPages {
 protected:
  Login moe = city.account("cgsc_fujishima", Role::window_counsellor);
  Login swc = city.account("swc", Role::coordinator);
  Login other = city.account("cgsc_haguro", Role::coordinator);

  web::Pairs question() { return {{"to", agency("swc")}, {"question", "声のかけ方に迷っています"}}; }
};

// T-51
TEST_F(AdvicePages, a_supporter_is_supported_without_a_case_T_51) {
  const auto form = city.get(moe, "/advice/new");
  EXPECT_THAT(form.body, HasSubstr("多機関協働の担当"));
  const std::string path = where(city.post(moe, "/advice", question()));
  EXPECT_THAT(city.get(swc, "/advice").body, HasSubstr("声のかけ方に迷っています"));
  EXPECT_EQ(city.get(other, path).status, 404);
  EXPECT_THAT(city.get(other, "/advice").body, Not(HasSubstr("声のかけ方")));

  EXPECT_EQ(city.post(moe, path + "/answer", {{"version", "1"}, {"answer", "自分で答える"}}).status, 403) << "the one who asks does not answer";
  EXPECT_EQ(where(city.post(swc, path + "/answer", {{"version", "1"}, {"answer", "手紙から始めてみては"}})), path);
  const auto answered = city.get(moe, path);
  EXPECT_THAT(answered.body, HasSubstr("手紙から始めてみては"));
  EXPECT_THAT(answered.body, HasSubstr("返事を確認しました"));
  EXPECT_EQ(city.post(swc, path + "/answer", {{"version", "2"}, {"answer", "もう一度"}}).status, 409);
  EXPECT_EQ(city.post(swc, path + "/read").status, 403);
  EXPECT_EQ(where(city.post(moe, path + "/read")), "/advice");
  EXPECT_THAT(city.get(moe, path).body, Not(HasSubstr("返事を確認しました")));
  EXPECT_EQ(count("advice.asked"), 1);
  EXPECT_EQ(count("advice.answered"), 1);
  EXPECT_EQ(count("case.opened"), 0);
  EXPECT_EQ(city.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM support_case"); }), 0);
}

TEST_F(AdvicePages, names_nobody) {
  auto fields = question();
  fields[1].second = "090-1234-5678の方のことです";
  const auto again = city.post(moe, "/advice", fields);
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("電話番号のような数字"));
  EXPECT_THAT(again.body, HasSubstr("090-1234-5678の方のことです")) << "what was typed is still there";
  EXPECT_EQ(count("advice.asked"), 0);
}

TEST_F(AdvicePages, the_same_command_asks_once_and_nobody_asks_oneself) {
  auto fields = question();
  fields.emplace_back("command_id", "command-0001");
  EXPECT_EQ(location(city.post(moe, "/advice", fields)), location(city.post(moe, "/advice", fields)));
  EXPECT_EQ(count("advice.asked"), 1);
  EXPECT_EQ(city.post(swc, "/advice", question()).status, 422);
}

}  // namespace
}  // namespace kasane::casework
