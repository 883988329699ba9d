// Measures, the other side and alarms on both engines: what each rule denies, and that it holds in the transaction in
// which the facts change.
#include "people/protection_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/shields.hpp"
#include "db/testing.hpp"
#include "due/service.hpp"
#include "people/search.hpp"
#include "people/testing.hpp"

namespace kasane::people {
namespace {

using access::Topic;
using access::Viewer;
using testing::Office;

constexpr AgencyId kWindow{101};   // holds the measure
constexpr AgencyId kSons{102};     // serves the son
constexpr AgencyId kCare{103};     // helps the mother
constexpr AgencyId kOther{104};

/// Mother and son under one roof, held by the window; the others reach the household.
class ProtectionDb : public db::EngineTest {
 protected:
  Office office{db()};
  Viewer window = Office::staff(kWindow, Role::coordinator);
  Viewer sons = Office::staff(kSons, Role::window_counsellor);
  Viewer care = Office::staff(kCare, Role::window_counsellor);
  HouseholdId home;
  PersonId mother, son;
  ProtectionTerms terms{12, 30, "要領"};

  void SetUp() override {
    db::EngineTest::SetUp();
    for (const Viewer& who : {window, sons, care}) name_account(who);
    NewHousehold what;
    what.address = "城前1-2-3";
    for (const char* given : {"とみ", "健太"}) {
      NewPerson p;
      p.fields.family = "佐瀬";
      p.fields.given = given;
      what.persons.push_back(p);
    }
    what.persons[0].contact.safe = "妹の家へ";
    const auto made = office.write(window, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); });
    home = made->household;
    mother = made->persons[0];
    son = made->persons[1];
    for (const AgencyId a : {kSons, kCare}) office.reach(home, a, access::kAllTopics);
  }
  void name_account(const Viewer& who) {
    db().write([&](db::WriteTx& tx) {
      tx.run(R"sql(INSERT INTO account (id, login, display_name, password_hash, active, version, made_at) VALUES ($1, $2, $3, '', 1, 1, 0))sql",
             db::params(who.account, "login" + std::to_string(who.account.value), "職員" + std::to_string(who.posts.front().agency.value)));
      for (const access::Post& p : who.posts)
        tx.run(R"sql(INSERT INTO post (id, account_id, agency_id, role, title, services, valid_from, valid_until) VALUES ($1, $2, $3, $4, '', '', '2020-01-01', '9999-12-31'))sql",
               db::params(p.id, who.account, p.agency, static_cast<std::int64_t>(p.role)));
    });
  }
  NewMeasure abuse() const {
    NewMeasure what;
    what.household = home;
    what.person = mother;
    what.kind = ProtectionKind::abuse;
    what.from = office.clock.today();
    what.opponents = {son};
    return what;
  }
  ProtectiveMeasureId protect(NewMeasure what) {
    const auto made = office.write(window, [&](auto& tx, auto& gate, const auto& actor) { return add_measure(tx, gate, actor, terms, what); });
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
    return made.value_or(ProtectiveMeasureId());
  }
  void serves(AgencyId agency, std::optional<PersonId> whom, std::optional<HouseholdId> where = {}) {
    db().write([&](db::WriteTx& tx) { on_party_serves(tx, {where.value_or(home), whom, agency.value}, {window.account, kWindow, office.clock.now()}); });
  }
  std::string safe_contact(const Viewer& who) {
    const auto view = office.read(who, [&](auto& tx, auto& gate) { return household_view(tx, gate, home); });
    if (!view) return "404";
    for (const Member& m : view->members)
      if (m.person == mother) return m.contact ? m.contact->safe.shown() : "";
    return "nobody";
  }
  Result<MeasureView> seen(const Viewer& who, ProtectiveMeasureId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return measure_view(tx, gate, id); });
  }
  std::vector<std::string> waiting(const Viewer& who) {
    std::vector<std::string> kinds;
    const due::WaitQuery query{access::parties_for(who, SubjectKind::household, access::Act::read), {}, who.account, office.clock.today()};
    for (const due::Wait& w : office.read(who, [&](auto& tx, auto& gate) { return due::waits(tx, gate, query, {}, 50); }))
      for (const due::DueLine& line : w.items) kinds.push_back(line.kind);
    return kinds;
  }
  template <class F>
  bool change(const Viewer& who, F&& f) {
    const auto done = office.write(who, [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
      if (auto r = f(tx, gate, actor); !r) return tl::unexpected(r.error());
      return true;
    });
    return done.has_value();
  }
};
KASANE_EVERY_ENGINE(ProtectionDb);

TEST_P(ProtectionDb, the_agency_that_serves_the_other_side_loses_safe_contact_and_keeps_the_shared_address_W73) {
  serves(kSons, son);
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  protect(abuse());
  EXPECT_EQ(safe_contact(sons), "");
  EXPECT_EQ(safe_contact(care), "妹の家へ") << "her helpers are untouched";
  EXPECT_EQ(safe_contact(window), "妹の家へ");
  const auto view = office.read(sons, [&](auto& tx, auto& gate) { return household_view(tx, gate, home); });
  EXPECT_EQ(view->address.shown(), "城前1-2-3");
  EXPECT_EQ(view->members.size(), 2u) << "that she lives there is no secret to those who live with her";
}

TEST_P(ProtectionDb, an_agency_that_takes_on_the_other_side_later_is_shielded_with_that_step_and_the_holder_is_told) {
  protect(abuse());
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  EXPECT_THAT(waiting(window), ::testing::Not(::testing::Contains("protection.alarm")));
  serves(kSons, son);
  EXPECT_EQ(safe_contact(sons), "");
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm"));
  EXPECT_THAT(waiting(sons), ::testing::IsEmpty());
}

TEST_P(ProtectionDb, the_measure_is_known_to_its_holder_and_the_agencies_it_names_only) {
  NewMeasure what = abuse();
  what.informed = {kCare};
  const auto id = protect(what);
  serves(kSons, son);
  EXPECT_TRUE(seen(window, id));
  EXPECT_TRUE(seen(care, id));
  EXPECT_FALSE(seen(care, id)->may_write);
  EXPECT_EQ(seen(sons, id).error().code, ErrorCode::not_found);
  EXPECT_EQ(seen(Office::staff(kOther, Role::coordinator), id).error().code, ErrorCode::not_found);
  const auto listed = [&](const Viewer& who) { return office.read(who, [&](auto& tx, auto& gate) { return measures_of(tx, gate, home).size(); }); };
  EXPECT_EQ(listed(window), 1u);
  EXPECT_EQ(listed(care), 1u);
  EXPECT_EQ(listed(sons), 0u);
  const auto minded = [&](const Viewer& who) { return office.read(who, [&](auto& tx, auto& gate) { return measures_to_mind(tx, gate, home).size(); }); };
  EXPECT_EQ(minded(window), 1u) << "who may know is warned before adding somebody";
  EXPECT_EQ(minded(sons), 0u) << "who may not know sees the form as ever";
}

TEST_P(ProtectionDb, an_informed_agency_that_takes_on_the_other_side_loses_even_the_measure) {
  NewMeasure what = abuse();
  what.informed = {kCare};
  const auto id = protect(what);
  serves(kCare, son);
  EXPECT_FALSE(seen(care, id));
}

TEST_P(ProtectionDb, in_an_office_of_both_sides_only_the_named_helpers_remain) {
  const Viewer colleague = Office::staff(kCare, Role::coordinator);
  name_account(colleague);
  serves(kCare, mother);
  serves(kCare, son);
  const auto id = protect(abuse());
  EXPECT_EQ(safe_contact(care), "");
  EXPECT_EQ(safe_contact(colleague), "");
  const auto view = seen(window, id);
  ASSERT_EQ(view->agencies.size(), 1u);
  EXPECT_TRUE(view->agencies[0].both);
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, view->line.version, {kCare, false, {care.account}}); }));
  EXPECT_EQ(safe_contact(care), "妹の家へ");
  EXPECT_EQ(safe_contact(colleague), "");
  serves(kSons, son);
  EXPECT_EQ(safe_contact(care), "妹の家へ") << "what the holder chose stays when others come in";
}

TEST_P(ProtectionDb, who_has_worked_for_the_protected_person_alone_stays_in_an_office_of_both_sides) {
  const Viewer colleague = Office::staff(kCare, Role::coordinator);
  name_account(colleague);
  serves(kCare, mother);
  db().write([&](db::WriteTx& tx) {
    access::note_act(tx, {"record.contact", office.clock.today(), home.value, mother, {SubjectKind::support_record, 1}, {}, {}, {}}, {care.account, kCare, 1});
    access::note_act(tx, {"record.contact", office.clock.today(), home.value, mother, {SubjectKind::support_record, 2}, {}, {}, {}}, {colleague.account, kCare, 1});
    access::note_act(tx, {"record.contact", office.clock.today(), home.value, son, {SubjectKind::support_record, 3}, {}, {}, {}}, {colleague.account, kCare, 1});
  });
  protect(abuse());
  serves(kCare, son);
  EXPECT_EQ(safe_contact(care), "妹の家へ");
  EXPECT_EQ(safe_contact(colleague), "") << "who works for both is on the other side until the holder says otherwise";
}

TEST_P(ProtectionDb, an_agency_taken_off_the_other_side_is_not_put_back_by_its_next_step) {
  const auto id = protect(abuse());
  serves(kSons, son);
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, 1, {kSons, true, {}}); }));
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  serves(kSons, son);
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
}

TEST_P(ProtectionDb, only_the_holder_changes_the_measure) {
  NewMeasure what = abuse();
  what.informed = {kCare};
  const auto id = protect(what);
  for (const Viewer& who : {care, sons}) {
    EXPECT_FALSE(change(who, [&](auto& tx, auto& gate, const auto& actor) { return end_measure(tx, gate, actor, id, 1); }));
    EXPECT_FALSE(change(who, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, 1, {kOther, false, {}}); }));
    EXPECT_FALSE(change(who, [&](auto& tx, auto& gate, const auto& actor) { return set_informed(tx, gate, actor, id, 1, {kSons}); }));
    EXPECT_FALSE(change(who, [&](auto& tx, auto& gate, const auto& actor) { return set_related_staff(tx, gate, actor, id, 1, window.account, true); }));
    EXPECT_FALSE(change(who, [&](auto& tx, auto& gate, const auto& actor) { return see_alarms(tx, gate, actor, id, 0); }));
  }
  EXPECT_FALSE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, 1, {kWindow, false, {}}); }))
      << "a holder cannot shut itself out";
}

TEST_P(ProtectionDb, ending_gives_back_what_the_grounds_allow_and_settles_what_waited) {
  serves(kSons, son);
  const auto id = protect(abuse());
  EXPECT_FALSE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return end_measure(tx, gate, actor, id, 9); })) << "stale";
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return end_measure(tx, gate, actor, id, 1); }));
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  EXPECT_THAT(waiting(window), ::testing::IsEmpty());
  serves(kSons, son);
  EXPECT_EQ(safe_contact(sons), "妹の家へ") << "an ended measure shields no more";
}

TEST_P(ProtectionDb, a_dv_measure_runs_a_year_warns_before_its_end_is_renewed_and_never_lapses_by_itself) {
  NewMeasure what = abuse();
  what.kind = ProtectionKind::dv;
  serves(kSons, son);
  const auto id = protect(what);
  EXPECT_EQ(seen(window, id)->line.until, Date::from_ymd(2027, 11, 23));
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.renew"));
  office.clock.set(*Date::from_ymd(2027, 12, 1));
  EXPECT_EQ(safe_contact(sons), "") << "past its day, and nobody has ended it";
  office.clock.set(*Date::from_ymd(2027, 11, 1));
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) {
    return renew_measure(tx, gate, actor, terms, id, *Date::from_ymd(2027, 11, 1), 1);
  }));
  EXPECT_EQ(seen(window, id)->line.until, Date::from_ymd(2028, 11, 23)) << "the new term follows on the old one";
  EXPECT_EQ(seen(window, id)->terms.size(), 2u);
}

TEST_P(ProtectionDb, people_living_apart_are_not_there_for_the_other_side) {
  const auto his = office.household(sons, {{"佐瀬", "茂"}});
  office.reach(his.household, kWindow);
  NewMeasure what = abuse();
  what.kind = ProtectionKind::dv;
  what.opponents = {his.persons[0]};
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  protect(what);
  EXPECT_EQ(safe_contact(sons), "404") << "his household is held by that window: hers is not there any more";
  const auto found = [&](const Viewer& who) { return office.read(who, [&](auto& tx, auto& gate) { return search(tx, gate, "佐瀬", {}); }); };
  EXPECT_EQ(found(sons).person_count, 1) << "himself, as where she was never registered";
  EXPECT_EQ(found(care).person_count, 2);
}

TEST_P(ProtectionDb, a_team_joined_around_the_other_household_is_the_other_side_too) {
  const auto his = office.household(Office::staff(kOther, Role::coordinator), {{"佐瀬", "茂"}});
  office.reach(his.household, kWindow);
  NewMeasure what = abuse();
  what.opponents = {his.persons[0]};
  protect(what);
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
  office.join(his.household, kSons);
  serves(kSons, {}, his.household);
  EXPECT_EQ(safe_contact(sons), "404");
}

TEST_P(ProtectionDb, the_other_side_moving_in_is_told_to_the_holder_and_to_nobody_else) {
  const auto his = office.household(window, {{"佐瀬", "茂"}});
  NewMeasure what = abuse();
  what.opponents = {his.persons[0]};
  protect(what);
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return move_person(tx, gate, actor, his.persons[0], home, {}, office.clock.today()); }));
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm"));
  EXPECT_THAT(waiting(care), ::testing::IsEmpty());
}

TEST_P(ProtectionDb, a_name_known_before_the_person_is_told_when_it_is_registered) {
  NewMeasure what = abuse();
  what.opponents.clear();
  what.opponent_names = {"佐瀬　茂"};
  const auto id = protect(what);
  office.household(care, {{"佐瀬", "茂"}});
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm"));
  EXPECT_THAT(waiting(care), ::testing::IsEmpty()) << "who registered him learns nothing";
  EXPECT_EQ(seen(window, id)->alarms.front().code, "name");
}

TEST_P(ProtectionDb, staff_related_to_the_other_side_are_kept_away_also_in_the_holders_own_office) {
  const Viewer cousin = Office::staff(kWindow, Role::window_counsellor);
  name_account(cousin);
  const auto id = protect(abuse());
  EXPECT_EQ(safe_contact(cousin), "妹の家へ");
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return set_related_staff(tx, gate, actor, id, 1, cousin.account, true); }));
  EXPECT_EQ(safe_contact(cousin), "");
  EXPECT_FALSE(seen(cousin, id));
  EXPECT_THAT(waiting(cousin), ::testing::IsEmpty()) << "nothing waits for whom it is hidden from";
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return set_related_staff(tx, gate, actor, id, 2, cousin.account, false); }));
  EXPECT_TRUE(seen(cousin, id));
}

TEST_P(ProtectionDb, the_home_she_flees_to_is_kept_from_the_other_side_and_its_alarms_ring_there_W73) {
  const auto refuge = office.household(window, {{"佐瀬", "はな"}});
  for (const AgencyId a : {kSons, kCare}) office.reach(refuge.household, a, access::kAllTopics);
  const Viewer cousin = Office::staff(kWindow, Role::window_counsellor);
  name_account(cousin);
  serves(kSons, son);
  const auto id = protect(abuse());
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return set_related_staff(tx, gate, actor, id, 1, cousin.account, true); }));
  const auto knows = [&](const Viewer& who, auto record) { return office.read(who, [&](auto&, auto& gate) { return gate.read(record).has_value(); }); };
  EXPECT_TRUE(knows(sons, refuge.household));
  EXPECT_TRUE(knows(sons, mother));
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return move_person(tx, gate, actor, mother, refuge.household, {}, office.clock.today()); }));
  for (const Viewer& who : {sons, cousin}) {
    EXPECT_FALSE(knows(who, refuge.household));
    EXPECT_FALSE(knows(who, mother)) << "they live apart from now on";
    EXPECT_TRUE(knows(who, home)) << "the house of the son is there as ever";
  }
  EXPECT_TRUE(knows(care, refuge.household));
  EXPECT_TRUE(knows(window, refuge.household));
  const auto codes = [&] {
    std::vector<std::string> all;
    const auto view = seen(window, id);
    for (const ProtectionAlarm& a : view->alarms) all.push_back(a.code);
    return all;
  };
  EXPECT_THAT(codes(), ::testing::IsEmpty());
  EXPECT_EQ(office.read(window, [&](auto& tx, auto& gate) { return measures_to_mind(tx, gate, refuge.household).size(); }), 1u);
  serves(kSons, refuge.persons[0], refuge.household);
  EXPECT_THAT(codes(), ::testing::ElementsAre("team"));
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return move_person(tx, gate, actor, son, refuge.household, {}, office.clock.today()); }));
  EXPECT_THAT(codes(), ::testing::Contains("household")) << "he has found her";
}

TEST_P(ProtectionDb, moving_to_where_the_other_side_works_already_is_told) {
  const auto refuge = office.household(window, {{"佐瀬", "はな"}});
  office.join(refuge.household, kSons);
  serves(kSons, son);
  const auto id = protect(abuse());
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return move_person(tx, gate, actor, mother, refuge.household, {}, office.clock.today()); }));
  ASSERT_EQ(seen(window, id)->alarms.size(), 1u);
  EXPECT_EQ(seen(window, id)->alarms[0].code, "team");
  EXPECT_EQ(seen(window, id)->alarms[0].party, kSons.value);
}

TEST_P(ProtectionDb, a_helper_who_comes_to_work_for_the_other_side_is_spared_no_more_until_the_holder_says_so_again) {
  serves(kCare, mother);
  serves(kCare, son);
  const auto id = protect(abuse());
  const auto spare = [&] {
    const auto version = seen(window, id)->line.version;
    return change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, version, {kCare, false, {care.account}}); });
  };
  const auto works_for = [&](PersonId whom, std::int64_t record) {
    db().write([&](db::WriteTx& tx) {
      const access::Actor actor{care.account, kCare, office.clock.now()};
      access::note_act(tx, {"record.contact", office.clock.today(), home.value, whom, {SubjectKind::support_record, record}, {}, {}, {}}, actor);
      on_worked_for(tx, home, whom, actor);
    });
  };
  EXPECT_TRUE(spare());
  works_for(mother, 1);
  EXPECT_EQ(safe_contact(care), "妹の家へ");
  EXPECT_TRUE(seen(window, id)->alarms.empty());
  works_for(son, 2);
  EXPECT_EQ(safe_contact(care), "");
  ASSERT_EQ(seen(window, id)->alarms.size(), 1u);
  EXPECT_EQ(seen(window, id)->alarms[0].code, "helper");
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm"));
  EXPECT_TRUE(spare());
  works_for(son, 3);
  serves(kSons, son);
  EXPECT_EQ(safe_contact(care), "妹の家へ") << "decided by the holder, who knew";
}

TEST_P(ProtectionDb, who_works_for_both_and_is_chosen_by_the_holder_stays_chosen) {
  serves(kCare, mother);
  serves(kCare, son);
  db().write([&](db::WriteTx& tx) {
    access::note_act(tx, {"record.contact", office.clock.today(), home.value, son, {SubjectKind::support_record, 1}, {}, {}, {}}, {care.account, kCare, 1});
  });
  const auto id = protect(abuse());
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, 1, {kCare, false, {care.account}}); }));
  serves(kSons, son);
  EXPECT_EQ(safe_contact(care), "妹の家へ");
}

TEST_P(ProtectionDb, only_alarms_that_were_shown_are_settled) {
  const auto id = protect(abuse());
  const auto unseen = [&] {
    const auto view = seen(window, id);
    return std::count_if(view->alarms.begin(), view->alarms.end(), [](const ProtectionAlarm& a) { return !a.seen; });
  };
  serves(kSons, son);
  const std::int64_t shown = seen(window, id)->alarms.front().id;
  serves(kOther, son);  // after the page was read
  const auto looked = [&](std::int64_t up_to) { return change(window, [&](auto& tx, auto& gate, const auto& actor) { return see_alarms(tx, gate, actor, id, up_to); }); };
  EXPECT_TRUE(looked(shown));
  EXPECT_EQ(unseen(), 1);
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm")) << "one was never looked at";
  EXPECT_TRUE(looked(seen(window, id)->alarms.front().id));
  EXPECT_EQ(unseen(), 0);
  EXPECT_THAT(waiting(window), ::testing::Not(::testing::Contains("protection.alarm")));
}

TEST_P(ProtectionDb, a_choice_about_one_agency_settles_no_alarm_about_another) {
  const auto id = protect(abuse());
  serves(kSons, son);
  serves(kOther, son);
  const auto choose = [&](AgencyId agency, std::int64_t version) {
    const std::int64_t shown = seen(window, id)->alarms.front().id;
    return change(window, [&](auto& tx, auto& gate, const auto& actor) { return choose_side(tx, gate, actor, id, version, {agency, false, {}, shown}); });
  };
  EXPECT_TRUE(choose(kSons, 1));
  EXPECT_THAT(waiting(window), ::testing::Contains("protection.alarm"));
  ASSERT_FALSE(seen(window, id)->alarms.front().seen);
  EXPECT_EQ(seen(window, id)->alarms.front().party, kOther.value);
  EXPECT_TRUE(choose(kOther, 2));
  EXPECT_THAT(waiting(window), ::testing::Not(::testing::Contains("protection.alarm")));
}

TEST_P(ProtectionDb, agencies_that_are_told_learn_of_the_measure_and_not_who_is_watched_and_only_while_it_stands) {
  NewMeasure what = abuse();
  what.informed = {kCare};
  const auto id = protect(what);
  serves(kSons, son);
  const Viewer cousin = Office::staff(kWindow, Role::window_counsellor);
  name_account(cousin);
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return set_related_staff(tx, gate, actor, id, 1, cousin.account, true); }));
  const auto told = seen(care, id);
  ASSERT_TRUE(told);
  EXPECT_FALSE(told->of_holder);
  EXPECT_TRUE(told->alarms.empty() && told->agencies.empty() && told->related.empty());
  const auto held = seen(window, id);
  EXPECT_TRUE(held->of_holder);
  EXPECT_FALSE(held->alarms.empty() || held->agencies.empty() || held->related.empty());
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return end_measure(tx, gate, actor, id, held->line.version); }));
  EXPECT_FALSE(seen(care, id)) << "what has ended is the holder's to know";
  EXPECT_TRUE(seen(window, id));
}

TEST_P(ProtectionDb, the_copy_for_a_home_knows_whose_protection_it_must_not_show) {
  const auto kept = [&](HouseholdId where) { return db().read([&](db::ReadTx& tx) { return protected_from_home(tx, where, office.clock.today()); }); };
  EXPECT_TRUE(kept(home).empty());
  protect(abuse());
  EXPECT_EQ(kept(home), std::vector<PersonId>{mother});
}

// --- staff who declare a relation ---

TEST_P(ProtectionDb, a_worker_who_declares_a_relation_does_not_know_the_household_any_more) {
  const Viewer cousin = Office::staff(kWindow, Role::window_counsellor);
  name_account(cousin);
  const auto told = office.write(cousin, [&](auto& tx, auto& gate, const auto& actor) { return declare_relation(tx, gate, actor, home); });
  ASSERT_TRUE(told);
  EXPECT_EQ(safe_contact(cousin), "404");
  EXPECT_EQ(office.read(cousin, [&](auto& tx, auto& gate) { return search(tx, gate, "佐瀬", {}); }).person_count, 0);
  EXPECT_FALSE(office.read(cousin, [&](auto& tx, auto& gate) { return relation_view(tx, gate, *told).has_value(); }));
  EXPECT_THAT(waiting(cousin), ::testing::IsEmpty());
  EXPECT_THAT(waiting(window), ::testing::Contains("conflict.told"));
  EXPECT_EQ(safe_contact(window), "妹の家へ") << "it is about one account, not about the office";

  NewPerson child;
  child.fields.given = "空";
  PersonId added;
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    auto made = add_person(tx, gate, actor, home, child);
    if (made) added = *made;
    return made ? Result<>() : tl::unexpected(made.error());
  }));
  EXPECT_FALSE(office.read(cousin, [&](auto&, auto& gate) { return gate.read(added).has_value(); })) << "nor whoever comes later";
}

TEST_P(ProtectionDb, a_declared_relation_follows_a_relative_who_moves_to_another_home) {
  const Viewer cousin = Office::staff(kWindow, Role::window_counsellor);
  name_account(cousin);
  ASSERT_TRUE(office.write(cousin, [&](auto& tx, auto& gate, const auto& actor) { return declare_relation(tx, gate, actor, home); }));
  const auto flat = office.household(window, {{"神足", "一"}});
  const auto knows_flat = [&](const Viewer& who) { return office.read(who, [&](auto&, auto& gate) { return gate.read(flat.household).has_value(); }); };
  EXPECT_TRUE(knows_flat(cousin)) << "nobody of the family lives there yet";
  office.clock.set(office.clock.today().plus_days(10));
  EXPECT_TRUE(change(window, [&](auto& tx, auto& gate, const auto& actor) { return move_person(tx, gate, actor, mother, flat.household, {}, gate.today()); }));
  EXPECT_FALSE(knows_flat(cousin)) << "her new home is of a relative, too";
  EXPECT_EQ(office.read(cousin, [&](auto& tx, auto& gate) { return search(tx, gate, "神足", {}); }).person_count, 0);
  EXPECT_EQ(office.read(cousin, [&](auto& tx, auto& gate) { return search(tx, gate, "佐瀬", {}); }).person_count, 0);
  EXPECT_TRUE(knows_flat(window)) << "it is about one account";
  EXPECT_EQ(safe_contact(cousin), "404") << "the home that she left stays kept away";
}

TEST_P(ProtectionDb, heads_declare_relations_and_nobody_declares_for_a_household_unknown_to_them) {
  const Viewer head = Office::staff(kWindow, Role::head);
  name_account(head);
  EXPECT_TRUE(change(head, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    auto made = declare_relation(tx, gate, actor, home);
    return made ? Result<>() : tl::unexpected(made.error());
  }));
  EXPECT_EQ(safe_contact(head), "404");
  EXPECT_FALSE(change(Office::staff(kOther, Role::coordinator), [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    auto made = declare_relation(tx, gate, actor, home);
    return made ? Result<>() : tl::unexpected(made.error());
  }));
}

TEST_P(ProtectionDb, only_the_holder_lifts_a_relation_and_says_why) {
  const auto told = office.write(sons, [&](auto& tx, auto& gate, const auto& actor) { return declare_relation(tx, gate, actor, home); });
  ASSERT_TRUE(told);
  EXPECT_EQ(safe_contact(sons), "404");
  const auto lift = [&](const Viewer& who, const std::string& why) {
    return change(who, [&](auto& tx, auto& gate, const auto& actor) { return lift_relation(tx, gate, actor, *told, 1, why); });
  };
  EXPECT_FALSE(lift(sons, "私は大丈夫"));
  EXPECT_FALSE(lift(care, "代わりに"));
  EXPECT_FALSE(lift(window, " "));
  EXPECT_TRUE(lift(window, "同姓の別の家だった"));
  EXPECT_EQ(safe_contact(sons), "妹の家へ");
}

}  // namespace
}  // namespace kasane::people
