// Looking at a plan in force again: the evaluation with the city's five dimensions (T-81), and what the meeting's review
// does to the plan.
#include "planning/case_for_test.hpp"

namespace kasane::planning {
namespace {

using testing::AsoCase;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

NewEvaluation evaluation_of(AsoCase& aso, PlanId id) {
  NewEvaluation in;
  in.plan = id;
  in.plan_version = aso.view(aso.swc, id)->head.version;
  in.made_on = aso.t.clock().today();
  in.change = "外に出る日が増えた";
  return in;
}

TEST(Evaluation, keeps_the_marks_of_the_five_dimensions_where_the_city_turned_them_on_T_81) {
  AsoCase aso;
  aso.agree();
  const PlanId id = aso.decided(aso.content());
  programme::Municipality with = aso.t.m();
  with.rules.evaluation_dimensions_on = true;
  const auto& known = with.rules.evaluation_dimensions;
  ASSERT_THAT(known, SizeIs(5));
  const Settings city{with, aso.t.city().directory};
  const auto make = [&](const NewEvaluation& in) {
    return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return evaluate(tx, gate, actor, city, in); });
  };
  NewEvaluation in = evaluation_of(aso, id);
  in.dimensions = {{known[0].code, 2, 6}};
  const auto too_high = make(in);
  ASSERT_FALSE(too_high);
  EXPECT_EQ(too_high.error().fields.at(0).field, "dim_" + known[0].code + "_after");
  in.dimensions = {{"no_such", 1, 2}};
  EXPECT_EQ(make(in).error().code, ErrorCode::invalid);
  in.dimensions.clear();
  for (const auto& d : known) in.dimensions.push_back({d.code, 2, 3});
  in.dimensions.back().before.reset();  // one may be left out
  ASSERT_TRUE(make(in));
  const auto kept = aso.t.read(aso.swc, [&](auto& tx, auto& gate) { return evaluations_of(tx, gate, id); });
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_THAT(kept[0].dimensions, SizeIs(5));
  const auto page = aso.t.get(aso.swc, "/plans/" + id_text(id));
  EXPECT_THAT(page.body, HasSubstr(known[0].text));
  EXPECT_THAT(page.body, HasSubstr("2 → 3"));
  EXPECT_THAT(page.body, HasSubstr("－ → 3"));
}

TEST(Review, by_the_meeting_puts_the_plan_on_its_way_with_a_new_day) {
  AsoCase aso;
  aso.agree();
  const PlanId id = aso.decided(aso.content());
  const AgendaItemId item = aso.item();
  const auto review = [&](const testing::Login& who, PlanId plan, Date next) {
    return aso.at_sitting(who, item, [&](auto& tx, auto& gate, const auto& actor, const auto& leave) { return reviewed(tx, gate, actor, leave, plan, next); });
  };
  const auto evaluated = evaluation_of(aso, id);
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return evaluate(tx, gate, actor, aso.city(), evaluated); }));
  ASSERT_EQ(aso.view(aso.swc, id)->head.state, PlanState::under_review);
  const Date today = aso.t.clock().today();
  const Date next = today.plus_days(120);
  EXPECT_EQ(review(aso.swc, id, today.plus_days(-1)).error().fields.at(0).field, "next_review");
  EXPECT_EQ(review(aso.stranger, id, next).error().code, ErrorCode::not_found);
  ASSERT_TRUE(review(aso.swc, id, next));
  const auto head = aso.view(aso.swc, id)->head;
  EXPECT_EQ(head.state, PlanState::active);
  EXPECT_EQ(head.review_on, next);
  const auto for_review = [&](Date until) { return aso.t.read(aso.swc, [&](auto& tx, auto& gate) { return plans_for_review(tx, gate, until); }); };
  EXPECT_THAT(for_review(today), IsEmpty());
  EXPECT_THAT(for_review(next), SizeIs(1));
  const auto draft = aso.create(aso.content());
  ASSERT_TRUE(draft) << draft.error().message;
  EXPECT_EQ(review(aso.swc, *draft, next).error().code, ErrorCode::conflict) << "a draft is not in force";
}

}  // namespace
}  // namespace kasane::planning
