// Bodies that a city has already, and who may bring something to them though it does not sit there.
#include <gtest/gtest.h>

#include <algorithm>

#include "meeting/meeting_world.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::World;

// 鶴岡 uses the bodies it has: they stand in the folder with what they are for, and one sitting serves several purposes, each
// item under the rule of its own body.
TEST(ReusedBodies, sit_together_and_each_item_keeps_the_function_of_its_own_T_77) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  const PlanId plan = w.draft(case_id, home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId sitting = w.sit({"shien_kaigi", "juso_kaigi"});
  EXPECT_EQ(w.one(sitting).bodies.size(), 2u);
  const auto about_plan = w.put(w.plan_item(sitting, "juso_kaigi", plan));
  const auto before_consent = w.put(w.household_item(sitting, "shien_kaigi", home.household, "no_consent"));
  ASSERT_TRUE(about_plan) << about_plan.error().message;
  ASSERT_TRUE(before_consent) << before_consent.error().message;
  EXPECT_EQ(w.see(*about_plan).head.function, programme::BodyFunction::plan_decision);
  EXPECT_TRUE(w.see(*about_plan).head.needs_consent);
  EXPECT_EQ(w.see(*before_consent).head.function, programme::BodyFunction::support_conference_106_6);
  EXPECT_FALSE(w.see(*before_consent).head.needs_consent);
  for (const char* existing : {"chiiki_care_tantosha", "minsei_teirei", "chonai_renkei"}) {
    const auto* body = w.t.m().body(existing);
    ASSERT_NE(body, nullptr) << existing;
    EXPECT_FALSE(body->takes_cases()) << existing << " is told of no household because of this programme";
  }
}

// 北上: the core meeting shares what sections and organisations bring that are none of its members.
TEST(ReusedBodies, take_what_a_section_brings_that_does_not_sit_there_K_78) {
  World w("kitakami", "swc");
  const auto* body = w.t.m().body("shien_kaigi");
  ASSERT_NE(body, nullptr);
  const auto kind = std::ranges::find(body->agenda, "other_sections", &programme::AgendaKind::code);
  ASSERT_NE(kind, body->agenda.end());
  EXPECT_EQ(kind->text, "市民のくらしにかかる支援を行う部署や組織からの相談も共有");
  const Login outside = w.t.account("hagi_no_e", Role::coordinator);
  const auto hosts = conveners(w.city(), *body);
  ASSERT_EQ(std::ranges::count(hosts, w.t.agency("hagi_no_e")), 0) << "it does not run the meeting";
  const auto home = w.t.write(outside, [&](auto& tx, auto& gate, const auto& actor) {
    people::NewHousehold what;
    what.persons.resize(1);
    what.persons[0].fields.family = "試作";
    return people::register_household(tx, gate, actor, what);
  }).value();
  const auto asked = w.t.write(outside, [&](auto& tx, auto& gate, const auto& actor) {
    consent::NewGroundRequest in;
    in.household = home.household;
    in.body = body;
    in.hosts = hosts;
    in.ground_code = "held_apart";
    in.reason = "くらしの相談の中で気になっている。";
    in.asked_on = w.today();
    return consent::ask_for_conference(tx, gate, actor, w.t.m().rules.days, std::move(in));
  });
  ASSERT_TRUE(asked) << asked.error().message;
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto waiting = w.waiting_for(sitting);
  ASSERT_EQ(std::ranges::count(waiting, Matter::request, &Proposal::matter), 1);
  NewItem in;
  in.session = sitting;
  in.body = "shien_kaigi";
  in.matter = Matter::request;
  in.matter_id = asked->value;
  in.agenda_kind = "other_sections";
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(w.see(*item).head.agenda_kind, "other_sections");
  EXPECT_EQ(w.see(*item).head.household, home.household);
}

}  // namespace
}  // namespace kasane::meeting
