// What hangs on a case has doors of its own; a request does not go round them. 阿曽家 (invented) in 鶴岡.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "archive/disclosure_service.hpp"
#include "casework/record_service.hpp"
#include "planning/case_for_test.hpp"

namespace kasane::archive {
namespace {

using ::testing::Contains;
using ::testing::Not;
using planning::testing::AsoCase;
using planning::testing::Login;

class DisclosureDoors : public ::testing::Test {
 protected:
  AsoCase aso;
  Login officer = aso.t.account("swc", Role::city_officer);

  DisclosureView request(const Login& who, PersonId person) {
    NewDisclosure in;
    in.person = person;
    in.asker = Asker::legal;
    in.asker_name = "架空 太郎";
    in.identity = "driver";
    in.received_on = aso.t.clock().today();
    const auto id = aso.t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return receive(tx, gate, actor, {aso.t.m(), aso.t.city().directory}, in); });
    EXPECT_TRUE(id) << id.error().message;
    return aso.t.read(who, [&](auto& tx, auto& gate) { return disclosure(tx, gate, id.value()); }).value();
  }
  /// By text: the ground that is proposed.
  std::map<std::string, std::string> parts(const Login& who, PersonId person) {
    std::map<std::string, std::string> all;
    for (const Part& p : request(who, person).parts) all[p.text.shown()] = p.ground;
    return all;
  }
  void start_early(const char* reason, AgencyId agency, std::optional<PlanId> plan) {
    planning::NewEarlyStart in;
    in.case_id = aso.case_id;
    in.plan = plan;
    in.service = aso.t.m().services_of_item(4).front()->code;
    in.agency = agency;
    in.started_on = aso.t.clock().today();
    in.free_reason = reason;
    if (!aso.t.m().rules.pre_decision_reasons.empty()) in.reason = aso.t.m().rules.pre_decision_reasons.front().code;
    const auto done = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return planning::start_early(tx, gate, actor, aso.city(), in); });
    ASSERT_TRUE(done) << done.error().message;
  }
  void answered(const char* answer, AgencyId by, AgencyId to) {
    const auto done = aso.t.write(aso.swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<bool> {
      const auto permit = gate.write(aso.case_id);
      if (!permit) return tl::unexpected(permit.error());
      permit->run(tx, R"sql(INSERT INTO progress_request (id, case_id, to_agency, asked_by, asked_on, due_on, answered_on, pii_answer)
                            VALUES ($1, $permit, $2, $3, $4, $4, $4, $5))sql", db::params(next_id(), to, by, gate.today(), answer));
      return true;
    });
    ASSERT_TRUE(done) << done.error().message;
  }
};

TEST_F(DisclosureDoors, a_start_before_the_decision_is_in_the_request_of_those_of_its_plan_alone_W_73) {
  auto content = aso.content();
  content.persons = {aso.mother};
  content.goals.front().person = aso.mother;
  const auto plan = aso.create(content);
  ASSERT_TRUE(plan) << plan.error().message;
  start_early("母の家の片付けを急ぐ", aso.team_agency, *plan);
  start_early("息子の通院を急ぐ", aso.team_agency, {});
  start_early("避難を急ぐ", aso.t.agency("josei"), {});
  const auto of_son = parts(officer, aso.son);
  EXPECT_EQ(of_son.count("母の家の片付けを急ぐ"), 0u);
  EXPECT_EQ(of_son.at("息子の通院を急ぐ"), "78-1-7");
  EXPECT_EQ(of_son.at("避難を急ぐ"), "81") << "that the window is there is a matter of abuse";
  const auto of_mother = parts(officer, aso.mother);
  EXPECT_EQ(of_mother.count("母の家の片付けを急ぐ"), 1u);
  EXPECT_EQ(of_mother.count("息子の通院を急ぐ"), 0u) << "the case is about the son";
}

TEST_F(DisclosureDoors, an_answer_of_a_guarded_agency_is_a_matter_of_abuse_and_left_out_where_it_may_not_be_named_W_73) {
  const AgencyId josei = aso.t.agency("josei"), swc = aso.t.agency("swc");
  answered("避難先が決まった", swc, josei);
  answered("通院が続いている", swc, aso.team_agency);
  const auto of_son = parts(officer, aso.son);
  EXPECT_EQ(of_son.at("避難先が決まった"), "81");
  EXPECT_EQ(of_son.at("通院が続いている"), "");
  // Another agency that holds the case now may not know of the window.
  aso.mother_agrees();
  aso.agree();
  aso.t.db().write([&](db::WriteTx& tx) { access::set_holder(tx, {SubjectKind::support_case, aso.case_id.value}, aso.team_agency); });
  const auto of_mother = parts(aso.t.account("cgsc_fujishima", Role::city_officer), aso.mother);
  EXPECT_EQ(of_mother.count("通院が続いている"), 1u);
  EXPECT_EQ(of_mother.count("避難先が決まった"), 0u);
}

TEST_F(DisclosureDoors, an_agency_that_works_guarded_in_this_home_alone_is_not_named_to_whoever_asks_W_73) {
  aso.agree();
  aso.mother_agrees();
  for (const PersonId person : {aso.mother, aso.son}) {
    casework::NewRecord in;
    in.household = aso.household;
    in.person = person;
    in.on_day = aso.t.clock().today();
    in.method = "office";
    in.text = "【事実】窓口に来た。";
    in.sharing = access::Sharing::team;
    const auto done = aso.t.write(aso.member, [&](auto& tx, auto& gate, const auto& actor) { return casework::write_record(tx, gate, actor, in); });
    ASSERT_TRUE(done) << done.error().message;
  }
  EXPECT_THAT(request(officer, aso.mother).elsewhere, Contains(aso.team_agency));
  // The folder calls it no guarded agency: in this home it works as one.
  aso.t.db().write([&](db::WriteTx& tx) {
    tx.run("UPDATE access_subject SET topics = topics | $1 WHERE id IN (SELECT id FROM involvement WHERE agency_id = $2)",
           db::params(static_cast<std::int64_t>(access::Topics(access::Topic::abuse).bits()), aso.team_agency));
  });
  EXPECT_THAT(request(officer, aso.son).elsewhere, Not(Contains(aso.team_agency)));
}

}  // namespace
}  // namespace kasane::archive
