// Reports of abuse and advice on every engine: what the registers hold and who gets through the door.
#include "casework/abuse_service.hpp"

#include "casework/advice_service.hpp"
#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class AbuseService : public testing::InCityTest {
 protected:
  Worker moe = staff("cgsc_fujishima", Role::window_counsellor);
  Worker duty = staff("gyakutai", Role::city_officer);
  Worker swc = staff("swc", Role::coordinator);

  NewAbuseReport report(std::optional<HouseholdId> household = {}) {
    NewAbuseReport in;
    in.kind = AbuseKind::elder;
    in.agency = moe.agency;
    in.reported_to = duty.agency;
    in.reported_on = today();
    in.text = "年金を取り上げられている";
    in.reporter = "隣の人";
    in.household = household;
    return in;
  }
  Result<NoticeId> send(const Worker& by, const NewAbuseReport& in) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return report_abuse(tx, gate, actor, city(), in); });
  }
  Result<AbuseReport> see(const Worker& who, NoticeId id) {
    return read(who, [&](auto& tx, auto& gate) { return abuse_report(tx, gate, id); });
  }
};
KASANE_EVERY_ENGINE(AbuseService);

TEST_P(AbuseService, goes_to_the_agency_with_the_duty_and_to_nobody_else) {
  const auto id = send(moe, report());
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(see(duty, *id)->text.shown(), "年金を取り上げられている");
  EXPECT_EQ(see(duty, *id)->reporter.shown(), "隣の人") << "the addressee of a 通告 is told and keeps it secret";
  EXPECT_EQ(code_of_error(see(swc, *id)), ErrorCode::not_found);
  const auto bases = db().read([&](db::ReadTx& tx) {
    return tx.list<std::string>("SELECT basis FROM access_ground WHERE source_id = $1", db::params(*id), [](const db::Row& r) { return r.text(0); });
  });
  ASSERT_FALSE(bases.empty());
  for (const std::string& basis : bases) EXPECT_NE(basis.find("（duty_elder@"), std::string::npos) << "which law, in which text version: " << basis;
  EXPECT_EQ(awaited("notice.look", duty.agency), 1);
  EXPECT_EQ(act_codes("abuse.reported"), "elder");
  EXPECT_EQ(read(duty, [&](auto& tx, auto& gate) { return abuse_reports(tx, gate); }).size(), 1u);
  EXPECT_TRUE(read(swc, [&](auto& tx, auto& gate) { return abuse_reports(tx, gate); }).empty());
  const auto received = [&](const Worker& by) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return note_abuse_received(tx, gate, actor, *id); });
  };
  EXPECT_EQ(code_of_error(received(moe)), ErrorCode::not_permitted);
  ASSERT_TRUE(received(duty));
  EXPECT_EQ(awaited("notice.look", duty.agency), 0);
}

TEST_P(AbuseService, needs_no_consent_and_no_household_but_an_addressee_and_a_text) {
  NewAbuseReport in = report();
  in.text.clear();
  in.reported_to = AgencyId(1);
  in.reported_on = today().plus_days(1);
  const auto refused = send(moe, in);
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.size(), 3u);
  in = report();
  in.agency = swc.agency;
  EXPECT_EQ(code_of_error(send(moe, in)), ErrorCode::not_permitted);
  const Home other = home(swc);
  EXPECT_EQ(code_of_error(send(moe, report(other.id))), ErrorCode::not_found) << "a household that one does not know";
}

TEST_P(AbuseService, opens_the_household_to_who_bears_the_duty_for_a_year_and_to_others_the_report_alone) {
  const Home h = home(moe);
  const auto knows = [&](const Worker& who) {
    return read(who, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, h.id).has_value(); });
  };
  NewAbuseReport astray = report(h.id);
  astray.reported_to = swc.agency;
  const auto elsewhere = send(moe, astray);
  ASSERT_TRUE(elsewhere) << elsewhere.error().message;
  EXPECT_TRUE(see(swc, *elsewhere));
  EXPECT_FALSE(knows(swc)) << "a report to the wrong door does not open the house";
  const auto id = send(moe, report(h.id));
  ASSERT_TRUE(id);
  EXPECT_TRUE(knows(duty));
  const auto topics = db().read([&](db::ReadTx& tx) {
    return tx.number(R"sql(SELECT topics FROM access_reach WHERE party_id = $1 AND root_id = $2)sql", db::params(duty.agency, h.id));
  });
  EXPECT_EQ(topics & static_cast<std::int64_t>(access::Topics(access::Topic::tax).bits()), 0);
  clock.set(today().plus_days(366));
  EXPECT_FALSE(knows(duty));
  EXPECT_TRUE(see(duty, *id)) << "the report itself is kept";
}

TEST_P(AbuseService, agencies_with_the_duty_come_first) {
  const auto elder = suggested_duty_agencies(city(), AbuseKind::elder, "area_fujishima");
  ASSERT_GE(elder.size(), 2u);
  EXPECT_EQ(elder[0], agency("gyakutai"));
  EXPECT_NE(std::find(elder.begin(), elder.end(), agency("cgsc_fujishima")), elder.end());
  const auto child = suggested_duty_agencies(city(), AbuseKind::child, "");
  EXPECT_NE(std::find(child.begin(), child.end(), agency("kodomo_katei")), child.end());
  enter("nagaokakyo");
  EXPECT_FALSE(suggested_duty_agencies(city(), AbuseKind::partner, "").empty());
}

class AdviceService : public testing::InCityTest {};
KASANE_EVERY_ENGINE(AdviceService);

// T-51
TEST_P(AdviceService, is_asked_and_answered_without_a_case) {
  const Worker moe = staff("cgsc_fujishima", Role::window_counsellor);
  const Worker swc = staff("swc", Role::coordinator);
  const NewAdvice in{.from = moe.agency, .to = swc.agency, .question = "声のかけ方に迷っています", .referral = {}};
  const auto id = write(moe, [&](auto& tx, auto& gate, const auto& actor) { return ask_advice(tx, gate, actor, city(), in); });
  ASSERT_TRUE(id);
  EXPECT_EQ(awaited("advice.reply", swc.agency), 1);
  const auto answer = [&](const Worker& by, std::int64_t version) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return answer_advice(tx, gate, actor, city(), *id, version, "手紙から"); });
  };
  EXPECT_EQ(code_of_error(answer(moe, 1)), ErrorCode::not_permitted);
  EXPECT_EQ(code_of_error(answer(swc, 2)), ErrorCode::stale);
  ASSERT_TRUE(answer(swc, 1));
  EXPECT_EQ(read(moe, [&](auto& tx, auto& gate) { return advice(tx, gate, *id); })->answer.shown(), "手紙から");
  EXPECT_EQ(read(moe, [&](auto& tx, auto& gate) { return advices(tx, gate, true, ""); }).lines.size(), 1u);
  EXPECT_TRUE(read(moe, [&](auto& tx, auto& gate) { return advices(tx, gate, false, ""); }).lines.empty());
  EXPECT_EQ(awaited("advice.answered", moe.agency), 1);
}

}  // namespace
}  // namespace kasane::casework
