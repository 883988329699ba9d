// docs/access_matrix.md, parts 1 to 4: the role alone, the holder, grounds to look on, grounds to change on. What
// needs a database, and the check that every row has its test, is in matrix_door_test.cpp.
#include "access/matrix_world.hpp"

namespace kasane::access::matrix {
namespace {

void expect_nothing(Role role, SubjectKind kind) {
  EXPECT_TRUE(Scene(kind).as(role).held().does_nothing()) << "role " << int(role) << " kind " << int(kind);
}

/// Which roles may do this to a record that their own agency holds.
Roles allowed(SubjectKind kind, Act act) {
  Roles found;
  for (int r = 1; r <= kRoleCount; ++r)
    if (Scene(kind).as(static_cast<Role>(r)).held().may(act)) found.add(static_cast<Role>(r));
  return found;
}
const Roles kAllWorkers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

// ---- 1 the role alone -----------------------------------------------------------------------------------------

TEST(AccessMatrix, M_01_workers_look_at_what_their_agency_holds) {
  for (const SubjectKind kind : kAboutHouseholds)
    for (const Role role : kWorkers) EXPECT_TRUE(Scene(kind).as(role).held().looks()) << int(kind);
}
TEST(AccessMatrix, M_02_heads_look_at_what_their_agency_holds) {
  for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).as(Role::head).held().looks()) << int(kind);
}
TEST(AccessMatrix, M_03_workers_write_and_create) {
  for (const SubjectKind kind : kAboutHouseholds)
    for (const Role role : kWorkers)
      for (const Act act : {Act::write, Act::create}) EXPECT_TRUE(Scene(kind).as(role).held().may(act)) << int(kind);
}
TEST(AccessMatrix, M_04_heads_write_nothing_about_a_household) {
  for (const SubjectKind kind : kAboutHouseholds)
    for (const Act act : {Act::write, Act::create}) EXPECT_FALSE(Scene(kind).as(Role::head).held().may(act)) << int(kind);
}
TEST(AccessMatrix, M_05_heads_decide) {
  EXPECT_TRUE(Scene(SubjectKind::plan).as(Role::head).held().may(Act::decide));
  for (const Act act : {Act::decide, Act::write, Act::create}) EXPECT_EQ(allowed(SubjectKind::decision, act), Roles{Role::head});
}
TEST(AccessMatrix, M_06_nobody_else_decides) {
  EXPECT_EQ(allowed(SubjectKind::plan, Act::decide), Roles{Role::head});
  EXPECT_EQ(allowed(SubjectKind::decision, Act::decide), Roles{Role::head});
}
TEST(AccessMatrix, M_07_the_secretary_sees_no_content) {
  for (const SubjectKind kind : kAboutHouseholds) expect_nothing(Role::secretary, kind);
  expect_nothing(Role::secretary, SubjectKind::agenda_item);
  expect_nothing(Role::secretary, SubjectKind::decision);
}
TEST(AccessMatrix, M_08_sittings_are_made_by_those_who_run_them) {
  for (const Role role : {Role::secretary, Role::coordinator, Role::city_officer}) {
    const Scene sitting = Scene(SubjectKind::meeting_session).as(role).held();
    EXPECT_TRUE(sitting.looks() && sitting.may(Act::write) && sitting.may(Act::create));
  }
  EXPECT_EQ(allowed(SubjectKind::meeting_session, Act::write), (Roles{Role::secretary, Role::coordinator, Role::city_officer}));
  EXPECT_EQ(allowed(SubjectKind::meeting_session, Act::create), (Roles{Role::secretary, Role::coordinator, Role::city_officer}));
  EXPECT_EQ(allowed(SubjectKind::meeting_session, Act::read),
            (Roles{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::head, Role::secretary, Role::meeting_member}));
}
TEST(AccessMatrix, M_09_a_member_of_the_meeting_sees_no_case) {
  for (const SubjectKind kind : {SubjectKind::household, SubjectKind::person, SubjectKind::support_case, SubjectKind::support_record, SubjectKind::plan,
                                 SubjectKind::consent, SubjectKind::referral})
    expect_nothing(Role::meeting_member, kind);
}
TEST(AccessMatrix, M_10_a_member_looks_at_the_item_of_its_packet) {
  const Scene packet = Scene(SubjectKind::agenda_item, Topic::meeting).as(Role::meeting_member).kept().put_before(GroundKind::appointment);
  EXPECT_TRUE(packet.looks());
  EXPECT_FALSE(packet.may(Act::write));
  EXPECT_FALSE(packet.may(Act::create));
}
TEST(AccessMatrix, M_11_a_member_without_a_packet_sees_no_item) {
  EXPECT_TRUE(Scene(SubjectKind::agenda_item, Topic::meeting).as(Role::meeting_member).does_nothing());
}
TEST(AccessMatrix, M_12_a_commissioner_tells_of_something) { EXPECT_TRUE(Scene(SubjectKind::notice).as(Role::commissioner).held().may(Act::create)); }
TEST(AccessMatrix, M_13_a_commissioner_does_not_read_what_it_told) {
  EXPECT_FALSE(Scene(SubjectKind::notice).as(Role::commissioner).held().looks());
  EXPECT_FALSE(Scene(SubjectKind::notice).as(Role::commissioner).held().may(Act::write));
  for (const SubjectKind kind : kAboutHouseholds)
    if (kind != SubjectKind::notice) expect_nothing(Role::commissioner, kind);
}
TEST(AccessMatrix, M_14_administrators_keep_accounts_and_settings) {
  for (const SubjectKind kind : {SubjectKind::account, SubjectKind::agency, SubjectKind::post, SubjectKind::settings})
    for (const Act act : {Act::read, Act::list, Act::write, Act::create}) EXPECT_TRUE(Scene(kind).as(Role::administrator).held().may(act)) << int(kind);
}
TEST(AccessMatrix, M_15_administrators_and_auditors_see_no_household) {
  for (const Role role : {Role::administrator, Role::auditor}) {
    for (const SubjectKind kind : kAboutHouseholds) expect_nothing(role, kind);
    for (const SubjectKind kind : {SubjectKind::agenda_item, SubjectKind::meeting_session, SubjectKind::decision, SubjectKind::task, SubjectKind::guest_link,
                                   SubjectKind::cooperation_request, SubjectKind::disclosure, SubjectKind::conflict})
      expect_nothing(role, kind);
  }
}
TEST(AccessMatrix, M_16_the_auditor_reads_the_audit_and_changes_nothing) {
  const Scene audit = Scene(SubjectKind::audit).as(Role::auditor).held();
  EXPECT_TRUE(audit.looks());
  for (const Act act : {Act::write, Act::create, Act::decide}) EXPECT_FALSE(audit.may(act));
}
TEST(AccessMatrix, M_17_accounts_settings_and_audit_are_closed_to_all_others) {
  for (const Act act : kEveryAct) {
    for (const SubjectKind kind : {SubjectKind::account, SubjectKind::agency, SubjectKind::post, SubjectKind::settings})
      EXPECT_EQ(allowed(kind, act), act == Act::decide ? Roles{} : Roles{Role::administrator});
    const bool changes = act == Act::write || act == Act::create || act == Act::decide;
    EXPECT_EQ(allowed(SubjectKind::audit, act), changes ? Roles{} : Roles{Role::auditor});
  }
}
TEST(AccessMatrix, M_18_the_agenda_is_set_by_coordinators_and_the_city) {
  for (const Act act : {Act::write, Act::create}) EXPECT_EQ(allowed(SubjectKind::agenda_item, act), (Roles{Role::coordinator, Role::city_officer}));
}
TEST(AccessMatrix, M_19_heads_make_tasks_out_of_a_decision_and_do_none) {
  EXPECT_TRUE(Scene(SubjectKind::task).as(Role::head).held().may(Act::create));
  EXPECT_FALSE(Scene(SubjectKind::task).as(Role::head).held().may(Act::write));
  EXPECT_EQ(allowed(SubjectKind::task, Act::write), kAllWorkers);
  EXPECT_EQ(allowed(SubjectKind::task, Act::create), kCaseRoles);
}
TEST(AccessMatrix, M_20_the_archive_is_kept_by_officers_and_heads) {
  for (const SubjectKind kind : {SubjectKind::disclosure, SubjectKind::disposal, SubjectKind::legal_hold})
    for (const Act act : kEveryAct) EXPECT_EQ(allowed(kind, act), (Roles{Role::city_officer, Role::head}));
}
TEST(AccessMatrix, M_21_a_provision_is_asked_by_workers_and_answered_by_officers_and_heads) {
  EXPECT_EQ(allowed(SubjectKind::provision, Act::create), kAllWorkers);
  EXPECT_EQ(allowed(SubjectKind::provision, Act::decide), (Roles{Role::city_officer, Role::head}));
}
TEST(AccessMatrix, M_22_an_emergency_is_opened_by_workers_and_reviewed_by_officers_and_heads) {
  EXPECT_EQ(allowed(SubjectKind::emergency_access, Act::create), kAllWorkers);
  EXPECT_EQ(allowed(SubjectKind::emergency_access, Act::decide), (Roles{Role::city_officer, Role::head}));
}
TEST(AccessMatrix, M_23_figures_are_for_those_who_steer) {
  for (const Act act : kEveryAct)
    EXPECT_EQ(allowed(SubjectKind::statistic, act), act == Act::decide ? Roles{} : (Roles{Role::coordinator, Role::city_officer, Role::head}));
}
TEST(AccessMatrix, M_24_heads_too_have_relatives) {
  EXPECT_EQ(allowed(SubjectKind::conflict, Act::create), kCaseRoles);
  EXPECT_EQ(allowed(SubjectKind::conflict, Act::read), kCaseRoles);
  EXPECT_EQ(allowed(SubjectKind::conflict, Act::write), kAllWorkers);
}
TEST(AccessMatrix, M_25_cooperation_is_asked_by_who_runs_the_meeting_and_answered_by_workers) {
  EXPECT_EQ(allowed(SubjectKind::cooperation_request, Act::create), (Roles{Role::coordinator, Role::city_officer}));
  EXPECT_EQ(allowed(SubjectKind::cooperation_request, Act::write), kAllWorkers);
  EXPECT_EQ(allowed(SubjectKind::cooperation_request, Act::read), kCaseRoles);
}
TEST(AccessMatrix, M_26_guests_are_invited_by_who_runs_the_meeting) {
  for (const Act act : {Act::create, Act::write}) EXPECT_EQ(allowed(SubjectKind::guest_link, act), (Roles{Role::coordinator, Role::city_officer}));
}
TEST(AccessMatrix, M_30_a_line_is_added_by_who_sits_at_the_meeting) {
  Roles sitting = kCaseRoles;
  sitting.add(Role::meeting_member);
  for (const Act act : {Act::create, Act::write, Act::read}) EXPECT_EQ(allowed(SubjectKind::meeting_note, act), sitting);
  EXPECT_FALSE(Scene(SubjectKind::meeting_note).through(GroundKind::statutory_conference).may(Act::write));
}
TEST(AccessMatrix, M_27_nothing_else_is_decided) {
  for (int k = 1; k <= kKinds; ++k) {
    const auto kind = static_cast<SubjectKind>(k);
    switch (kind) {
      case SubjectKind::plan:
      case SubjectKind::decision:
      case SubjectKind::provision:
      case SubjectKind::emergency_access:
      case SubjectKind::disclosure:
      case SubjectKind::disposal:
      case SubjectKind::legal_hold: continue;
      default: EXPECT_TRUE(allowed(kind, Act::decide).empty()) << k;
    }
  }
}
TEST(AccessMatrix, M_28_a_post_gives_nothing_in_another_agency) {
  const std::vector<Post> posts{{PostId(1), AgencyId(kOurs), Role::secretary}, {PostId(2), AgencyId(300), Role::window_counsellor}};
  for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).posts(posts).held().does_nothing()) << int(kind);
}
TEST(AccessMatrix, M_29_an_account_without_a_post_is_nobody) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).posts({}).put_before(ground).to(kMe).does_nothing());
}

// ---- 2 the holder and nobody ----------------------------------------------------------------------------------

TEST(AccessMatrix, M_31_the_holder_sees_and_writes_everything) {
  for (const Topics topics : {Topics(Topic::basic), Topics(Topic::abuse), Topics(Topic::reporter), kAllTopics}) {
    const Scene shared = Scene(SubjectKind::support_record, topics).held(), kept = Scene(SubjectKind::support_record, topics).held().kept();
    EXPECT_TRUE(shared.looks() && shared.may(Act::write) && shared.shows(kAllTopics));
    EXPECT_TRUE(kept.looks() && kept.may(Act::write) && kept.shows(kAllTopics));
    EXPECT_EQ(kept.ask(Act::read).why, Why::holder);
  }
}
TEST(AccessMatrix, M_32_nobody_else_without_a_ground) {
  for (int k = 1; k <= kKinds; ++k)
    for (int r = 1; r <= kRoleCount; ++r) {
      EXPECT_TRUE(Scene(static_cast<SubjectKind>(k)).as(static_cast<Role>(r)).does_nothing());
      EXPECT_TRUE(Scene(static_cast<SubjectKind>(k)).as(static_cast<Role>(r)).kept().does_nothing());
    }
}

// ---- 3 to look on a ground ------------------------------------------------------------------------------------

void expect_looks_through_household(GroundKind ground) {
  for (const SubjectKind kind : kAboutHouseholds)
    for (const Role role : {Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::head})
      EXPECT_TRUE(Scene(kind).as(role).through(ground).looks()) << int(kind);
  const Verdict verdict = Scene(SubjectKind::support_record).through(ground).ask(Act::read);
  EXPECT_EQ(verdict.why, Why::team);
  EXPECT_EQ(verdict.ground, ground);
  EXPECT_EQ(verdict.visible, kStandardScope);
}

TEST(AccessMatrix, M_40_consent_in_the_team) { expect_looks_through_household(GroundKind::consent); }
TEST(AccessMatrix, M_41_spoken_consent) { expect_looks_through_household(GroundKind::transfer_consent); }
TEST(AccessMatrix, M_42_article_106_6) { expect_looks_through_household(GroundKind::statutory_conference); }
TEST(AccessMatrix, M_43_meeting_of_another_law) { expect_looks_through_household(GroundKind::other_law_meeting); }
TEST(AccessMatrix, M_44_legal_duty) { expect_looks_through_household(GroundKind::legal_duty); }
TEST(AccessMatrix, M_45_danger) { expect_looks_through_household(GroundKind::danger); }
TEST(AccessMatrix, M_46_own_report_and_not_the_household) {
  EXPECT_TRUE(Scene(SubjectKind::notice).kept().put_before(GroundKind::own_report).looks());
  const ReachFact report{kOurs, kRecord, {}, kStandardScope, day(0), day(20), GroundKind::own_report, 1};
  const std::vector<std::int64_t> parties{kOurs, kMe};
  const SubjectFacts household{SubjectKind::household, kHome, kHome, AgencyId(kTheirs), {}, Topic::basic, Sharing::team};
  EXPECT_FALSE(decide(parties, Act::read, household, {&report, 1}, {}, kToday).allowed);
}
TEST(AccessMatrix, M_47_duty_to_decide) { expect_looks_through_household(GroundKind::decision_duty); }
TEST(AccessMatrix, M_48_contract) { expect_looks_through_household(GroundKind::contract); }
TEST(AccessMatrix, M_49_access_after_closure) { expect_looks_through_household(GroundKind::dormant_access); }
TEST(AccessMatrix, M_50_an_appointed_adviser_sees_its_item_alone) {
  EXPECT_TRUE(Scene(SubjectKind::agenda_item, Topic::meeting).kept().as(Role::meeting_member).put_before(GroundKind::appointment).to(kMe).looks());
  EXPECT_FALSE(Scene(SubjectKind::agenda_item, Topic::meeting).kept().as(Role::meeting_member).put_before(GroundKind::appointment).to(kColleague).looks());
  const ReachFact item{kMe, kRecord, {}, kStandardScope, day(0), day(20), GroundKind::appointment, 1};
  const std::vector<std::int64_t> parties{kOurs, kMe};
  EXPECT_FALSE(decide(parties, Act::read, {SubjectKind::household, kHome, kHome, AgencyId(kTheirs), {}, Topic::basic, Sharing::team}, {&item, 1}, {}, kToday).allowed);
}
TEST(AccessMatrix, M_51_a_provision_opens_what_was_granted) {
  EXPECT_TRUE(Scene(SubjectKind::support_record).kept().put_before(GroundKind::provision).looks());
  const ReachFact granted{kOurs, kRecord, {}, kStandardScope, day(0), day(20), GroundKind::provision, 1};
  const std::vector<std::int64_t> parties{kOurs, kMe};
  EXPECT_FALSE(decide(parties, Act::read, {SubjectKind::support_record, 2, kHome, AgencyId(kTheirs), kMother, Topic::plan, Sharing::team}, {&granted, 1}, {}, kToday).allowed);
}
TEST(AccessMatrix, M_52_an_emergency_opens_to_one_account) {
  for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).through(GroundKind::emergency).to(kMe).looks());
  for (const SubjectKind kind : kAboutHouseholds) EXPECT_FALSE(Scene(kind).through(GroundKind::emergency).to(kColleague).looks());
}
TEST(AccessMatrix, M_53_cooperation_opens_what_is_asked) {
  EXPECT_TRUE(Scene(SubjectKind::cooperation_request).kept().put_before(GroundKind::cooperation).looks());
  EXPECT_TRUE(Scene(SubjectKind::cooperation_request).kept().put_before(GroundKind::cooperation).may(Act::write));
  EXPECT_FALSE(Scene(SubjectKind::support_record).elsewhere(GroundKind::cooperation).looks());
  for (const GroundKind ground : {GroundKind::cooperation, GroundKind::provision}) EXPECT_FALSE(Scene(SubjectKind::support_record).through(ground).looks()) << "record by record";
}
TEST(AccessMatrix, M_54_a_guest_sees_its_item_alone) {
  EXPECT_TRUE(Scene(SubjectKind::agenda_item, Topic::meeting).as(Role::meeting_member).kept().put_before(GroundKind::guest).looks());
  for (const SubjectKind kind : kAboutHouseholds) EXPECT_FALSE(Scene(kind).as(Role::meeting_member).put_before(GroundKind::guest).looks()) << int(kind);
}
TEST(AccessMatrix, M_55_what_is_kept_is_not_reached_through_the_household) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kAboutHouseholds) {
      if (kind == SubjectKind::household) continue;  // it is named itself
      EXPECT_TRUE(Scene(kind).kept().through(ground).does_nothing()) << int(kind) << ' ' << int(ground);
    }
}
TEST(AccessMatrix, M_56_what_is_kept_may_be_put_before_somebody) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).kept().put_before(ground).looks()) << int(kind) << ' ' << int(ground);
  EXPECT_EQ(Scene(SubjectKind::referral).through(GroundKind::consent).put_before(GroundKind::own_report).ask(Act::read).why, Why::direct);
  EXPECT_EQ(Scene(SubjectKind::referral).through(GroundKind::consent).put_before(GroundKind::own_report).ask(Act::read).ground, GroundKind::own_report);
  EXPECT_EQ(Scene(SubjectKind::referral).through(GroundKind::contract).through(GroundKind::consent).ask(Act::read).ground, GroundKind::contract);
}
TEST(AccessMatrix, M_57_a_ground_on_another_household_gives_nothing) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kAboutHouseholds) EXPECT_TRUE(Scene(kind).elsewhere(ground).does_nothing());
}
TEST(AccessMatrix, M_58_a_ground_of_another_agency_gives_nothing) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kAboutHouseholds) {
      EXPECT_TRUE(Scene(kind).through(ground).to(300).does_nothing());
      EXPECT_TRUE(Scene(kind).put_before(ground).to(300).does_nothing());
    }
}

// ---- 4 to change and to decide --------------------------------------------------------------------------------

const std::vector<SubjectKind> kTogetherByWorkers{SubjectKind::support_case, SubjectKind::assessment, SubjectKind::plan,     SubjectKind::task,
                                                  SubjectKind::evaluation,   SubjectKind::referral,   SubjectKind::provision};

TEST(AccessMatrix, M_60_who_works_with_the_household_writes_with_the_team) {
  for (const GroundKind ground : kWorking) {
    for (const SubjectKind kind : kTogetherByWorkers)
      for (const Role role : kWorkers) EXPECT_TRUE(Scene(kind).as(role).through(ground).may(Act::write)) << int(kind) << ' ' << int(ground);
    EXPECT_TRUE(Scene(SubjectKind::household).through(ground).may(Act::write));
    EXPECT_TRUE(Scene(SubjectKind::agenda_item).as(Role::coordinator).through(ground).may(Act::write));
  }
}
TEST(AccessMatrix, M_61_what_its_holder_writes_alone_is_not_written_on_a_ground) {
  for (const GroundKind ground : kWorking)
    for (const SubjectKind kind : {SubjectKind::support_record, SubjectKind::intake, SubjectKind::person, SubjectKind::consent, SubjectKind::notice, SubjectKind::issue,
                                   SubjectKind::involvement, SubjectKind::closure, SubjectKind::own_view, SubjectKind::protective_measure})
      EXPECT_FALSE(Scene(kind).through(ground).may(Act::write)) << int(kind);
}
TEST(AccessMatrix, M_62_who_was_given_to_look_does_not_write) {
  for (const GroundKind ground : kLooking)
    for (const SubjectKind kind : kTogetherByWorkers)
      for (const Act act : {Act::write, Act::create}) EXPECT_FALSE(Scene(kind).through(ground).may(act)) << int(kind) << ' ' << int(ground);
}
TEST(AccessMatrix, M_63_what_was_put_before_one_may_be_answered) {
  for (const GroundKind ground : kLooking)
    for (const SubjectKind kind : kTogetherByWorkers)
      EXPECT_EQ(Scene(kind).put_before(ground).may(Act::write), !lends(ground) || kind == SubjectKind::provision) << int(kind) << ' ' << int(ground);
}
TEST(AccessMatrix, M_64_leave_to_look_is_no_leave_to_write_on_the_household) {
  for (const GroundKind ground : kLooking)
    for (const Act act : {Act::write, Act::create}) EXPECT_FALSE(Scene(SubjectKind::household).put_before(ground).may(act)) << int(ground);
}
TEST(AccessMatrix, M_65_what_its_holder_writes_alone_is_not_written_where_it_was_put_before_one) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : {SubjectKind::support_record, SubjectKind::intake, SubjectKind::person, SubjectKind::consent, SubjectKind::notice})
      EXPECT_FALSE(Scene(kind).put_before(ground).may(Act::write)) << int(kind);
}
TEST(AccessMatrix, M_66_access_after_closure_reads_only_K52) {
  for (const SubjectKind kind : kWrittenTogether)
    for (const Act act : {Act::write, Act::create, Act::decide})
      for (const Role role : {Role::coordinator, Role::head}) {
        EXPECT_FALSE(Scene(kind).as(role).through(GroundKind::dormant_access).may(act)) << int(kind);
        EXPECT_FALSE(Scene(kind).as(role).put_before(GroundKind::dormant_access).may(act)) << int(kind);
      }
}
TEST(AccessMatrix, M_67_the_deciding_section_decides) {
  EXPECT_TRUE(Scene(SubjectKind::plan).as(Role::head).through(GroundKind::decision_duty).may(Act::decide));
  EXPECT_FALSE(Scene(SubjectKind::plan).as(Role::city_officer).through(GroundKind::decision_duty).may(Act::decide));
}
TEST(AccessMatrix, M_68_a_looking_ground_takes_nothing_from_a_working_one) {
  for (const GroundKind ground : every_ground()) {
    if (std::find(kWorking.begin(), kWorking.end(), ground) != kWorking.end()) continue;
    EXPECT_TRUE(Scene(SubjectKind::plan).through(ground).through(GroundKind::consent).may(Act::write)) << int(ground);
    EXPECT_TRUE(Scene(SubjectKind::plan).through(GroundKind::consent).through(ground).may(Act::write)) << int(ground);
  }
}
TEST(AccessMatrix, M_69_heads_write_on_no_ground) {
  for (const GroundKind ground : every_ground())
    for (const SubjectKind kind : kWrittenTogether) EXPECT_FALSE(Scene(kind).as(Role::head).through(ground).may(Act::write)) << int(kind);
}
TEST(AccessMatrix, M_70_leave_to_look_is_no_leave_to_decide) {
  for (const GroundKind ground : kLooking)
    EXPECT_EQ(Scene(SubjectKind::plan).as(Role::head).through(ground).may(Act::decide), ground == GroundKind::decision_duty) << int(ground);
}
TEST(AccessMatrix, M_71_what_the_team_writes_together) {
  for (int k = 1; k <= kKinds; ++k) {
    const auto kind = static_cast<SubjectKind>(k);
    EXPECT_EQ(team_writes(kind), std::find(kWrittenTogether.begin(), kWrittenTogether.end(), kind) != kWrittenTogether.end()) << k;
  }
}
TEST(AccessMatrix, M_72_who_may_not_look_may_not_change) {
  for (int k = 1; k <= kKinds; ++k)
    for (int r = 1; r <= kRoleCount; ++r)
      for (const GroundKind ground : every_ground())
        for (const Act act : {Act::write, Act::decide}) {
          const Scene scene = Scene(static_cast<SubjectKind>(k)).as(static_cast<Role>(r)).through(ground);
          EXPECT_TRUE(!scene.may(act) || scene.may(Act::read)) << k << ' ' << r;
        }
}
// What leave for the item is leave for besides, and that the body has to be one's own to run: HostFinding in
// src/meeting/host_finding_test.cpp.
TEST(AccessMatrix, M_73_who_runs_the_item_writes_it_and_not_the_plan_that_it_lays_before_the_sitting) {
  for (const Role role : {Role::coordinator, Role::city_officer}) {
    for (const GroundKind ground : kWorking) EXPECT_TRUE(Scene(SubjectKind::agenda_item).as(role).put_before(ground).may(Act::write)) << int(ground);
    EXPECT_TRUE(Scene(SubjectKind::plan).as(role).through(GroundKind::decision_duty).may(Act::read));
    EXPECT_FALSE(Scene(SubjectKind::plan).as(role).through(GroundKind::decision_duty).may(Act::write));
  }
  for (const Role role : {Role::head, Role::window_counsellor, Role::meeting_member, Role::secretary})
    EXPECT_FALSE(Scene(SubjectKind::agenda_item).as(role).put_before(GroundKind::consent).may(Act::write)) << int(role);
}

}  // namespace
}  // namespace kasane::access::matrix
