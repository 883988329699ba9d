// Intakes on every engine: who holds them, who sees them, what screening leads to.
#include "casework/intake_service.hpp"

#include "casework/notice_service.hpp"
#include "casework/record_service.hpp"
#include "casework/referral_testing.hpp"
#include "due/service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class IntakeService : public testing::InCityTest {
 protected:
  Worker moe = staff("cgsc_fujishima", Role::window_counsellor);
  Worker swc = staff("swc", Role::coordinator);
  Worker haguro = staff("cgsc_haguro", Role::window_counsellor);

  NewIntake about(const Worker& by, std::optional<HouseholdId> household = {}, std::optional<PersonId> person = {}) {
    NewIntake in;
    in.agency = by.agency;
    in.household = household;
    in.person = person;
    in.content.taken_on = today();
    in.content.receiver = by.viewer.account;
    in.content.summary = "息子が部屋から出ない";
    in.content.consulter = "試験 母";
    in.content.consulter_relation = "family";
    in.content.form_key = "intake_sheet";
    in.content.answers = "{}";
    return in;
  }
  Result<IntakeId> take(const Worker& by, const NewIntake& in) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return take_intake(tx, gate, actor, city(), in); });
  }
  Result<Intake> see(const Worker& who, IntakeId id) {
    return read(who, [&](auto& tx, auto& gate) { return intake(tx, gate, id); });
  }
  Result<> screen(const Worker& by, IntakeId id, std::int64_t version, ScreeningResult result, std::optional<Date> next = {}) {
    const Screening s{.result = result, .on = today(), .note = "わけ", .next_on = next};
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return screen_intake(tx, gate, actor, id, version, s); });
  }
  Result<> tie(const Worker& by, IntakeId id, std::int64_t version, HouseholdId household, std::optional<PersonId> person) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return set_intake_household(tx, gate, actor, city(), id, version, household, person); });
  }
};
KASANE_EVERY_ENGINE(IntakeService);

// KN-3 KN-56
TEST_P(IntakeService, any_window_takes_any_consultation_without_a_name_KN_3_KN_56) {
  for (const char* window : {"shohi_seikatsu", "futoko", "wakamono_hikikomori", "swc_fureai", "nikokoro"}) {  // T-28 T-29 T-30 T-32
    const Worker there = staff(window, Role::window_counsellor);
    const auto id = take(there, about(there));
    ASSERT_TRUE(id) << window;
    EXPECT_EQ(see(there, *id)->household, std::nullopt);
  }
  EXPECT_EQ(act_codes("intake.taken").size(), 4u) << "five acts without a code";
}

// W-14
TEST_P(IntakeService, the_person_and_who_consults_may_differ_W_14) {
  const Home h = home(moe);
  const auto id = take(moe, about(moe, h.id, h.son));
  ASSERT_TRUE(id);
  const auto i = see(moe, *id);
  EXPECT_EQ(i->person, h.son);
  EXPECT_EQ(i->consulter.shown(), "試験 母");
  EXPECT_EQ(i->consulter_relation, "family");
}

TEST_P(IntakeService, another_agency_does_not_know_it) {
  const auto id = take(moe, about(moe));
  EXPECT_EQ(code_of_error(see(haguro, *id)), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(screen(haguro, *id, 1, ScreeningResult::own_support)), ErrorCode::not_found);
  EXPECT_TRUE(read(haguro, [&](auto& tx, auto& gate) { return intakes(tx, gate, false, ""); }).lines.empty());
  EXPECT_EQ(read(moe, [&](auto& tx, auto& gate) { return intakes(tx, gate, true, ""); }).lines.size(), 1u);
}

TEST_P(IntakeService, nobody_takes_for_an_agency_of_which_one_is_not) {
  NewIntake in = about(moe);
  in.agency = haguro.agency;
  EXPECT_EQ(code_of_error(take(moe, in)), ErrorCode::not_permitted);
  in = about(moe);
  in.content.receiver = haguro.viewer.account;
  const auto wrong = take(moe, in);
  ASSERT_EQ(code_of_error(wrong), ErrorCode::invalid);
  EXPECT_EQ(wrong.error().fields.at(0).field, "receiver");
}

TEST_P(IntakeService, consent_of_a_person_opens_what_is_about_that_person_but_never_who_consulted) {
  const Home h = home(moe);
  open(moe, a_case(h, moe));
  const auto about_son = take(moe, about(moe, h.id, h.son));
  const auto about_mother = take(moe, about(moe, h.id, h.mother));
  const auto about_nobody = take(moe, about(moe, h.id));
  db().write([&](db::WriteTx& tx) { access::join_team(tx, h.id.value, haguro.agency.value, today(), forever()); });
  EXPECT_EQ(code_of_error(see(haguro, *about_son)), ErrorCode::not_found) << "no consent yet";
  agree(moe, h, h.son);
  const auto seen = see(haguro, *about_son);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->summary.shown(), "息子が部屋から出ない");
  EXPECT_TRUE(seen->consulter.hidden());
  EXPECT_EQ(code_of_error(see(haguro, *about_mother)), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(see(haguro, *about_nobody)), ErrorCode::not_found);
}

TEST_P(IntakeService, an_intake_that_names_abuse_stays_with_its_window) {
  const Home h = home(moe);
  open(moe, a_case(h, moe));
  NewIntake in = about(moe, h.id, h.son);
  in.content.abuse_named = true;
  const auto named = take(moe, in);
  const auto named_later = take(moe, about(moe, h.id, h.son));
  const auto changed = write(moe, [&](auto& tx, auto& gate, const auto& actor) { return change_intake(tx, gate, actor, city(), *named_later, 1, in.content); });
  ASSERT_TRUE(changed);
  db().write([&](db::WriteTx& tx) { access::join_team(tx, h.id.value, haguro.agency.value, today(), forever()); });
  agree(moe, h, h.son);
  EXPECT_EQ(code_of_error(see(haguro, *named)), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(see(haguro, *named_later)), ErrorCode::not_found);
}

TEST_P(IntakeService, its_window_corrects_with_a_reason_that_abuse_was_named_and_opens_nothing_by_that) {
  const Home h = home(moe);
  open(moe, a_case(h, moe));
  NewIntake in = about(moe, h.id, h.son);
  in.content.abuse_named = true;
  const auto id = take(moe, in);
  db().write([&](db::WriteTx& tx) { access::join_team(tx, h.id.value, haguro.agency.value, today(), forever()); });
  agree(moe, h, h.son);
  in.content.abuse_named = false;
  in.content.not_abuse_because = "別の世帯の話と取りちがえた";
  const auto change = [&](const Worker& by) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return change_intake(tx, gate, actor, city(), *id, 1, in.content); });
  };
  EXPECT_EQ(code_of_error(change(haguro)), ErrorCode::not_found);
  ASSERT_TRUE(change(moe));
  const auto now = see(moe, *id);
  EXPECT_FALSE(now->abuse_named);
  EXPECT_EQ(now->abuse_taken_back_on, today());
  EXPECT_EQ(now->not_abuse_because.shown(), "別の世帯の話と取りちがえた");
  EXPECT_EQ(code_of_error(see(haguro, *id)), ErrorCode::not_found);
  ASSERT_TRUE(tie(moe, *id, 2, h.id, h.son));
  EXPECT_EQ(code_of_error(see(haguro, *id)), ErrorCode::not_found) << "nor when it is tied to its household again";
}

TEST_P(IntakeService, abuse_once_named_keeps_the_intake_with_its_window_when_the_household_becomes_known_later) {
  NewIntake in = about(moe);
  in.content.abuse_named = true;
  const auto id = take(moe, in);
  in.content.abuse_named = false;
  ASSERT_TRUE(write(moe, [&](auto& tx, auto& gate, const auto& actor) { return change_intake(tx, gate, actor, city(), *id, 1, in.content); }));
  EXPECT_TRUE(see(moe, *id)->abuse_named);
  const Home h = home(moe);
  open(moe, a_case(h, moe));
  ASSERT_TRUE(tie(moe, *id, 2, h.id, h.son));
  db().write([&](db::WriteTx& tx) { access::join_team(tx, h.id.value, haguro.agency.value, today(), forever()); });
  agree(moe, h, h.son);
  EXPECT_EQ(code_of_error(see(haguro, *id)), ErrorCode::not_found);
}

// T-31
TEST_P(IntakeService, what_the_window_for_women_hears_never_leaves_it_T_31) {
  const Worker josei = staff("josei", Role::window_counsellor);
  const Home h = home(josei);
  open(josei, a_case(h, josei));
  const auto id = take(josei, about(josei, h.id, h.son));
  db().write([&](db::WriteTx& tx) { access::join_team(tx, h.id.value, haguro.agency.value, today(), forever()); });
  agree(josei, h, h.son);
  EXPECT_EQ(code_of_error(see(haguro, *id)), ErrorCode::not_found);
}

TEST_P(IntakeService, an_intake_from_a_notice_is_the_look_that_was_waited_for) {
  NewNotice n;
  n.received_on = today();
  n.source = "resident";
  n.from_community = true;
  n.owner = moe.agency;
  n.text = "カーテン";
  const auto from = write(moe, [&](auto& tx, auto& gate, const auto& actor) { return receive_notice(tx, gate, actor, city(), n); });
  NewIntake in = about(moe);
  in.notice = *from;
  const auto id = take(moe, in);
  ASSERT_TRUE(id);
  EXPECT_EQ(awaited("notice.look", moe.agency), 0);
  EXPECT_EQ(act_codes("notice.looked"), "support");
  // When the household becomes known for the intake, the notice is tied to it as well (T-88).
  const Home h = home(moe);
  ASSERT_TRUE(tie(moe, *id, 1, h.id, h.son));
  EXPECT_EQ(act_codes("notice.linked"), "community");
  EXPECT_EQ(see(moe, *id)->household, h.id);
  const Home other = home(moe);
  EXPECT_EQ(code_of_error(tie(moe, *id, 2, other.id, {})), ErrorCode::conflict);
  EXPECT_EQ(code_of_error(tie(moe, *id, 2, h.id, other.son)), ErrorCode::invalid);
}

TEST_P(IntakeService, a_notice_of_another_agency_is_no_start) {
  NewNotice n;
  n.received_on = today();
  n.source = "resident";
  n.owner = haguro.agency;
  n.text = "カーテン";
  const auto from = write(moe, [&](auto& tx, auto& gate, const auto& actor) { return receive_notice(tx, gate, actor, city(), n); });
  NewIntake in = about(moe);
  in.notice = *from;
  EXPECT_EQ(code_of_error(take(moe, in)), ErrorCode::not_found);
  EXPECT_TRUE(act_codes("intake.taken").empty()) << "nothing half done is kept";
}

TEST_P(IntakeService, screening_is_counted_and_going_on_without_consent_awaits_it) {
  const Home h = home(moe);
  const auto id = take(moe, about(moe, h.id, h.son));
  ASSERT_TRUE(screen(moe, *id, 1, ScreeningResult::no_consent_yet, today().plus_days(14)));
  EXPECT_EQ(dues("consent.seek", h.id), 1);
  EXPECT_EQ(code_of_error(screen(moe, *id, 1, ScreeningResult::own_support)), ErrorCode::stale);
  ASSERT_TRUE(screen(moe, *id, 2, ScreeningResult::multi_agency));
  EXPECT_EQ(act_codes("intake.screened"), "no_consent_yet multi_agency");
  EXPECT_EQ(see(moe, *id)->screening, ScreeningResult::multi_agency);
}

// N-27
TEST_P(IntakeService, the_operator_opens_the_case_without_handing_over_to_itself_N_27) {
  enter("nagaokakyo");
  const Worker renkei = staff("chiiki_fukushi_renkei", Role::coordinator);
  const Home h = home(renkei);
  const auto id = take(renkei, about(renkei, h.id, h.mother));
  const CaseFromIntake what{.subjects = {h.mother}, .category = {}, .owner = {}, .owner_by = today().plus_days(7)};
  const auto opened = write(renkei, [&](auto& tx, auto& gate, const auto& actor) { return open_case_from_intake(tx, gate, actor, city(), *id, what); });
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(facts(renkei, *opened).owner_by, today().plus_days(7));
  EXPECT_EQ(dues("case.owner", h.id), 1) << "T-97: a gap case has a day by which an owner is found";

  const Worker nishi = staff("cgsc_nishi", Role::window_counsellor);
  const Home other = home(nishi);
  const auto theirs = take(nishi, about(nishi, other.id, other.mother));
  const CaseFromIntake same{.subjects = {other.mother}, .category = {}, .owner = {}, .owner_by = today().plus_days(7)};
  EXPECT_EQ(code_of_error(write(nishi, [&](auto& tx, auto& gate, const auto& actor) { return open_case_from_intake(tx, gate, actor, city(), *theirs, same); })),
            ErrorCode::not_permitted);
}

TEST_P(IntakeService, a_lost_race_changes_nothing) {
  const auto id = take(moe, about(moe));
  IntakeContent first = about(moe).content, second = first;
  first.summary = "先に書いた";
  second.summary = "後から書いた";
  const auto change = [&](const IntakeContent& c) {
    return write(moe, [&](auto& tx, auto& gate, const auto& actor) { return change_intake(tx, gate, actor, city(), *id, 1, c); });
  };
  ASSERT_TRUE(change(first));
  EXPECT_EQ(code_of_error(change(second)), ErrorCode::stale);
  EXPECT_EQ(see(moe, *id)->summary.shown(), "先に書いた");
}


TEST_P(IntakeService, what_was_taken_waits_for_its_judgement_at_its_window) {
  const auto id = take(moe, about(moe));
  EXPECT_EQ(awaited("intake.judge", moe.agency), 1);
  EXPECT_EQ(awaited("intake.judge", haguro.agency), 0);
  ASSERT_TRUE(screen(moe, *id, 1, ScreeningResult::information_only));
  EXPECT_EQ(awaited("intake.judge", moe.agency), 0);
}

TEST_P(IntakeService, what_names_abuse_waits_for_its_judgement_the_same_day) {
  const auto due_on = [&] {
    return read(moe, [&](auto& tx, auto&) { return due::open_for(tx, {moe.agency.value}, moe.viewer.account, today(), 9).at(0).due_on; });
  };
  NewIntake in = about(moe);
  in.content.abuse_named = true;
  const auto id = take(moe, in);
  EXPECT_EQ(due_on(), today());
  ASSERT_TRUE(screen(moe, *id, 1, ScreeningResult::own_support));
  take(moe, about(moe));
  EXPECT_EQ(due_on(), today().plus_days(city().m.rules.days.notice_look_by));
}

TEST_P(IntakeService, own_support_waits_for_the_next_contact_where_a_day_was_named) {
  const auto id = take(moe, about(moe));
  EXPECT_EQ(code_of_error(screen(moe, *id, 1, ScreeningResult::own_support, today().plus_days(-1))), ErrorCode::invalid);
  ASSERT_TRUE(screen(moe, *id, 1, ScreeningResult::own_support));
  EXPECT_EQ(awaited("intake.contact", moe.agency), 0) << "the day is asked for, not demanded";
  ASSERT_TRUE(screen(moe, *id, 2, ScreeningResult::own_support, today().plus_days(5)));
  EXPECT_EQ(awaited("intake.contact", moe.agency), 1);
  ASSERT_TRUE(screen(moe, *id, 3, ScreeningResult::ended_before));
  EXPECT_EQ(awaited("intake.contact", moe.agency), 0);
}

TEST_P(IntakeService, a_contact_with_the_household_is_the_one_that_own_support_waited_for) {
  const Home h = home(moe);
  const auto id = take(moe, about(moe, h.id));
  ASSERT_TRUE(screen(moe, *id, 1, ScreeningResult::own_support, today().plus_days(5)));
  const auto call = [&](bool attempt) {
    NewRecord in;
    in.household = h.id;
    in.on_day = today();
    in.method = "phone";
    in.text = "電話した";
    in.attempt = attempt;
    ASSERT_TRUE(write(moe, [&](auto& tx, auto& gate, const auto& actor) { return write_record(tx, gate, actor, in); }));
  };
  call(false);
  EXPECT_EQ(awaited("intake.contact", moe.agency), 1) << "it was to be later";
  clock.set(today().plus_days(5));
  call(true);
  EXPECT_EQ(awaited("intake.contact", moe.agency), 1) << "nobody answered";
  call(false);
  EXPECT_EQ(awaited("intake.contact", moe.agency), 0);
}

}  // namespace
}  // namespace kasane::casework
