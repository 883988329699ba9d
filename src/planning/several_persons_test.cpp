// What is about several 本人 opens on the word of each of them, and what is about one not on another's word: plans,
// decisions, tasks, starts before the decision, assessments.
#include "access/groups.hpp"
#include "casework/task_service.hpp"
#include "planning/case_for_test.hpp"

namespace kasane::planning {
namespace {

using testing::AsoCase;

PlanContent for_both(AsoCase& aso) {
  PlanContent c = aso.content();
  c.persons = {aso.mother, aso.son};
  return c;
}
bool sees(AsoCase& aso, PlanId id) { return aso.view(aso.member, id).has_value(); }
Result<> take_back(AsoCase& aso, ConsentId id) {
  return aso.t.write(aso.swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    const auto gone = consent::withdraw(tx, gate, actor, id, gate.today(), "やめたい");
    return gone ? Result<>() : Result<>(tl::unexpected(gone.error()));
  });
}

TEST(SeveralPersons, a_plan_of_two_is_seen_where_both_share_and_until_one_of_them_takes_it_back) {
  AsoCase aso;
  const auto plan = aso.create(for_both(aso));
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_FALSE(sees(aso, *plan));
  aso.agree();
  EXPECT_FALSE(sees(aso, *plan)) << "the son's word does not open what is about his mother";
  EXPECT_EQ(aso.t.get(aso.member, "/plans/" + id_text(*plan)).status, 404);
  EXPECT_TRUE(aso.t.read(aso.member, [&](auto& tx, auto& gate) { return plans_of(tx, gate, aso.case_id); }).empty());
  const ConsentId hers = aso.mother_agrees();
  EXPECT_TRUE(sees(aso, *plan));
  EXPECT_EQ(aso.t.read(aso.member, [&](auto& tx, auto& gate) { return plans_of(tx, gate, aso.case_id); }).size(), 1u);
  ASSERT_TRUE(take_back(aso, hers));
  EXPECT_FALSE(sees(aso, *plan));
  EXPECT_TRUE(aso.view(aso.swc, *plan)) << "who wrote it holds it";
}

TEST(SeveralPersons, a_plan_follows_the_persons_that_are_saved) {
  AsoCase aso;
  aso.agree();
  const auto plan = aso.create(aso.content());
  ASSERT_TRUE(plan);
  const auto save = [&](const PlanContent& c) {
    const std::int64_t version = aso.view(aso.swc, *plan)->head.version;
    return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return save_plan(tx, gate, actor, aso.city(), *plan, version, c); });
  };
  EXPECT_TRUE(sees(aso, *plan));
  ASSERT_TRUE(save(for_both(aso)));
  EXPECT_FALSE(sees(aso, *plan));
  ASSERT_TRUE(save(aso.content()));
  EXPECT_TRUE(sees(aso, *plan));
}

TEST(SeveralPersons, the_decision_its_tasks_and_the_next_version_go_with_all_of_them) {
  AsoCase aso;
  aso.agree();
  const ConsentId hers = aso.mother_agrees();
  const auto plan = aso.create(for_both(aso));
  ASSERT_TRUE(plan);
  aso.consents(consent::Kind::application, aso.son);
  aso.consents(consent::Kind::application, aso.mother);
  const std::int64_t version = aso.view(aso.swc, *plan)->head.version;
  const auto sent = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) {
    return submit_plan(tx, gate, actor, aso.city(), *plan, {version, {aso.mother, aso.son}, {}});
  });
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_TRUE(aso.view(aso.head, *plan)) << "the duty to decide names no person";
  const auto done = aso.settle(aso.head, *plan);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(aso.tasks(), 1);
  const auto next = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_replan(tx, gate, actor, *plan); });
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_TRUE(sees(aso, *next));
  ASSERT_TRUE(take_back(aso, hers));
  EXPECT_FALSE(sees(aso, *plan));
  EXPECT_FALSE(sees(aso, *next));
  const auto persons = aso.t.db().read([](db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM access_subject s WHERE s.kind = 18 AND s.person_id = s.id");
  });
  EXPECT_EQ(persons, 1) << "the task is about both";
}

TEST(SeveralPersons, a_start_before_the_decision_is_not_seen_on_somebody_elses_word) {
  AsoCase aso;
  NewEarlyStart in;
  in.case_id = aso.case_id;
  in.service = aso.t.m().services_of_item(4).front()->code;
  in.agency = aso.t.agency("swc");
  in.started_on = aso.t.clock().today();
  in.free_reason = "急ぐため";
  if (!aso.t.m().rules.pre_decision_reasons.empty()) in.reason = aso.t.m().rules.pre_decision_reasons.front().code;
  const auto started = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_early(tx, gate, actor, aso.city(), in); });
  ASSERT_TRUE(started) << started.error().message;
  const auto of_case = [&](const programme::testing::Login& who) {
    return aso.t.read(who, [&](auto& tx, auto& gate) { return early_starts_of(tx, gate, aso.case_id).value_or(std::vector<EarlyStart>{}).size(); });
  };
  const auto waiting = [&](const programme::testing::Login& who) {
    return aso.t.read(who, [&](auto& tx, auto& gate) { return early_starts_to_ratify(tx, gate).size(); });
  };
  EXPECT_EQ(of_case(aso.swc), 1u);
  EXPECT_EQ(waiting(aso.swc), 1u);
  aso.mother_agrees();
  EXPECT_EQ(of_case(aso.member), 0u) << "the case is about the son";
  EXPECT_EQ(waiting(aso.member), 0u);
  aso.agree();
  EXPECT_EQ(of_case(aso.member), 1u);
  EXPECT_EQ(waiting(aso.member), 1u);
}

TEST(SeveralPersons, an_assessment_is_about_those_of_the_case) {
  AsoCase aso;
  const auto write_part = [&](const programme::testing::Login& who) {
    return aso.t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      return save_parts(tx, gate, actor, aso.city(), aso.case_id, {{"work", "日中は部屋にいる", 0}});
    });
  };
  ASSERT_TRUE(write_part(aso.swc));
  const auto parts_seen = [&] {
    const auto view = aso.t.read(aso.member, [&](auto& tx, auto& gate) { return assessment_of(tx, gate, aso.city(), aso.case_id); });
    return view ? view->parts.size() : 0;
  };
  aso.mother_agrees();
  EXPECT_EQ(parts_seen(), 0u);
  EXPECT_FALSE(write_part(aso.member));
  aso.agree();
  EXPECT_EQ(parts_seen(), 1u);
  EXPECT_TRUE(write_part(aso.member));
}

}  // namespace
}  // namespace kasane::planning
