// Plans from draft to 支援決定, and who is kept from them.
#include "planning/amend_service.hpp"
#include "planning/case_for_test.hpp"

namespace kasane::planning {
namespace {

using testing::AsoCase;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Plan, a_decided_plan_makes_tasks_moves_the_case_and_counts_as_the_city_has_it_T_14_T_60_K_47) {
  AsoCase aso;
  aso.agree();
  auto content = aso.content();
  content.names_outreach = content.names_participation = true;
  const PlanId id = aso.decided(content);
  EXPECT_EQ(aso.view(aso.swc, id)->head.state, PlanState::active);
  EXPECT_EQ(aso.facts().state, casework::CaseState::active);
  EXPECT_EQ(aso.tasks(), 1);
  EXPECT_EQ(aso.acts("plan.decided", "collaboration"), 1);
  EXPECT_EQ(aso.acts("plan.decided", "outreach_named"), 1) << "鶴岡 counts a named service as a plan";
  EXPECT_EQ(aso.acts("plan.decided", "participation_named"), 1);
}

TEST(Plan, only_a_head_of_a_deciding_agency_enters_the_decision) {
  AsoCase aso;
  aso.agree();
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  ASSERT_TRUE(aso.submit(*id));
  EXPECT_EQ(aso.settle(aso.swc, *id).error().code, ErrorCode::not_permitted);
  const auto other_head = aso.t.account("swc", kasane::Role::head);
  EXPECT_EQ(aso.settle(other_head, *id).error().code, ErrorCode::not_permitted) << "社協 hosts the meeting; the city decides";
  EXPECT_EQ(aso.settle(aso.stranger, *id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(aso.settle(aso.head, *id));
}

TEST(Plan, the_deciders_see_nothing_before_the_plan_is_submitted) {
  AsoCase aso;
  aso.agree();
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  EXPECT_EQ(aso.view(aso.head, *id).error().code, ErrorCode::not_found);
  EXPECT_EQ(aso.view(aso.stranger, *id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(aso.view(aso.member, *id)) << "the team reads on the consent";
}

TEST(Plan, who_may_only_look_at_the_household_begins_no_plan) {
  AsoCase aso;
  access::Ground looks;
  looks.kind = access::GroundKind::emergency;
  looks.root = aso.household.value;
  looks.topics = access::kStandardScope;
  looks.named = {aso.t.agency("city").value};
  looks.from = looks.until = aso.t.clock().today();
  looks.source = next_id();
  aso.t.db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {aso.stranger.account, aso.t.agency("city"), aso.t.clock().now()}); });
  const auto refused = aso.t.write(aso.stranger, [&](auto& tx, auto& gate, const auto& actor) {
    return create_plan(tx, gate, actor, aso.city(), aso.case_id, PlanKind::collaboration, aso.content());
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_permitted);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("この操作は"));
}

TEST(Plan, the_team_sees_no_plan_without_consent_and_it_cannot_be_approved) {
  AsoCase aso;
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  EXPECT_EQ(aso.view(aso.member, *id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(aso.submit(*id));
  const auto consent = aso.t.db().read([&](db::ReadTx& tx) { return consent_of_plan(tx, *id, aso.t.clock().today()); });
  EXPECT_FALSE(consent.ok);
  EXPECT_FALSE(consent.why_not.empty());
  EXPECT_EQ(aso.settle(aso.head, *id).error().code, ErrorCode::conflict);
}

// A consent opens what is about that person, not the plan of somebody else in the household.
TEST(Plan, an_agency_left_out_by_the_mother_does_not_see_her_plan_on_the_sons_consent) {
  AsoCase aso;
  aso.agree();
  const auto given = aso.t.write(aso.swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    consent::NewConsent c;
    c.household = aso.household;
    c.person = aso.mother;
    c.kind = consent::Kind::sharing;
    c.given_on = aso.t.clock().today();
    c.form_version = "test";
    c.exceptions = {aso.team_agency};
    return consent::record(tx, gate, actor, c);
  });
  ASSERT_TRUE(given);
  auto content = aso.content();
  content.persons = {aso.mother};
  content.goals[0].person = aso.mother;
  const auto mothers = aso.create(content);
  ASSERT_TRUE(mothers);
  EXPECT_EQ(aso.t.get(aso.member, "/plans/" + id_text(*mothers)).status, 404);
  EXPECT_TRUE(aso.t.read(aso.member, [&](auto& tx, auto& gate) { return plans_of(tx, gate, aso.case_id); }).empty());
  EXPECT_EQ(aso.t.get(aso.swc, "/plans/" + id_text(*mothers)).status, 200);

  // The person follows what is saved, and goes with the decision, its tasks, the next version and the evaluation.
  const auto save = [&](const PlanContent& c) {
    const std::int64_t version = aso.view(aso.swc, *mothers)->head.version;
    return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return save_plan(tx, gate, actor, aso.city(), *mothers, version, c); });
  };
  ASSERT_TRUE(save(aso.content()));
  EXPECT_TRUE(aso.view(aso.member, *mothers));
  ASSERT_TRUE(save(content));
  EXPECT_EQ(aso.view(aso.member, *mothers).error().code, ErrorCode::not_found);
  const std::int64_t version = aso.view(aso.swc, *mothers)->head.version;
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) {
    return submit_plan(tx, gate, actor, aso.city(), *mothers, {version, {aso.mother}, {}});
  }));
  ASSERT_TRUE(aso.settle(aso.head, *mothers)) << "the duty to decide names no person";
  const auto about = [&](SubjectKind kind) {
    return aso.t.db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM access_subject WHERE kind = $1 AND person_id = $2", db::params(static_cast<std::int64_t>(kind), aso.mother));
    });
  };
  EXPECT_EQ(about(SubjectKind::decision), 1);
  EXPECT_EQ(about(SubjectKind::task), 1);
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_replan(tx, gate, actor, *mothers); }));
  EXPECT_EQ(about(SubjectKind::plan), 2);
}

// 支援決定 is a duty about one plan: with the answer it is done.
TEST(Plan, the_duty_to_decide_ends_with_a_refusal_and_for_a_superseded_version) {
  AsoCase aso;
  aso.agree();
  const auto standing = [&](PlanId id, Date on) {
    return aso.t.db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM access_ground WHERE source_id = $1 AND (revoked_on IS NULL OR revoked_on > $2)", db::params(id, on));
    });
  };
  const auto refused = aso.create(aso.content());
  ASSERT_TRUE(refused);
  ASSERT_TRUE(aso.submit(*refused));
  ASSERT_TRUE(aso.settle(aso.head, *refused, false));
  EXPECT_TRUE(aso.view(aso.head, *refused)) << "what was answered is seen that day";
  EXPECT_EQ(standing(*refused, aso.t.clock().today().plus_days(1)), 0);
  aso.t.clock().set(aso.t.clock().today().plus_days(1));
  EXPECT_EQ(aso.view(aso.head, *refused).error().code, ErrorCode::not_found);

  const PlanId first = aso.decided(aso.content());
  const auto second = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_replan(tx, gate, actor, first); });
  ASSERT_TRUE(second);
  auto content = aso.content();
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return save_plan(tx, gate, actor, aso.city(), *second, 1, content); }));
  ASSERT_TRUE(aso.submit(*second));
  ASSERT_TRUE(aso.settle(aso.head, *second));
  EXPECT_EQ(standing(first, aso.t.clock().today()), 0);
  EXPECT_GT(standing(*second, aso.t.clock().today()), 0);
}

// The section that decides looks at the household; it does not write in it.
TEST(Plan, the_deciding_section_reads_and_writes_nothing) {
  AsoCase aso;
  aso.agree();
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  ASSERT_TRUE(aso.submit(*id));
  const auto officer = aso.t.account("hokatsu_care", kasane::Role::city_officer);
  EXPECT_TRUE(aso.view(officer, *id));
  EXPECT_FALSE(aso.t.read(officer, [&](auto&, auto& gate) { return gate.may(*id, access::Act::write); }));
}

TEST(Plan, finding_and_decision_are_stored_apart_and_a_sent_back_plan_is_a_draft_again_K_46) {
  AsoCase aso;
  aso.agree();
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  ASSERT_TRUE(aso.submit(*id));
  const AgendaItemId item = aso.item();
  const auto find = [&](Finding result) {
    return aso.at_sitting(aso.swc, item, [&](auto& tx, auto& gate, const auto& actor, const auto& leave) {
      return apply_finding(tx, gate, actor, leave, *id, {result, "適切性を判断", aso.t.clock().today()});
    });
  };
  ASSERT_TRUE(find(Finding::send_back));
  EXPECT_EQ(aso.view(aso.swc, *id)->head.state, PlanState::draft);
  EXPECT_EQ(aso.view(aso.head, *id).error().code, ErrorCode::not_found) << "the duty ends until it comes again";
  ASSERT_TRUE(aso.submit(*id));
  ASSERT_TRUE(find(Finding::adequate));
  EXPECT_EQ(aso.view(aso.swc, *id)->head.state, PlanState::submitted) << "adequate is not yet decided";
  EXPECT_THAT(aso.view(aso.swc, *id)->decisions, IsEmpty());
  ASSERT_TRUE(aso.settle(aso.head, *id));
  const auto view = aso.view(aso.swc, *id);
  ASSERT_EQ(view->decisions.size(), 1u);
  EXPECT_TRUE(view->decisions[0].approved);
  EXPECT_EQ(view->decisions[0].item, item);
}

TEST(Plan, a_replan_leaves_the_decided_version_in_force_until_it_is_decided_K_49) {
  AsoCase aso;
  aso.agree();
  const PlanId first = aso.decided(aso.content());
  const std::int64_t version = aso.view(aso.swc, first)->head.version;
  const auto edit = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) {
    return save_plan(tx, gate, actor, aso.city(), first, version, aso.content());
  });
  EXPECT_EQ(edit.error().code, ErrorCode::conflict) << "nothing decided is overwritten";
  const auto second = aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_replan(tx, gate, actor, first); });
  ASSERT_TRUE(second);
  auto content = aso.content();
  content.goals[0].text = "週に2回、外に出る";
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return save_plan(tx, gate, actor, aso.city(), *second, 1, content); }));
  EXPECT_EQ(aso.view(aso.swc, first)->head.state, PlanState::active);
  ASSERT_TRUE(aso.submit(*second));
  ASSERT_TRUE(aso.settle(aso.head, *second));
  EXPECT_EQ(aso.view(aso.swc, first)->head.state, PlanState::superseded);
  EXPECT_EQ(aso.view(aso.swc, first)->goals[0].text.shown(), "週に1回、外に出る");
  EXPECT_EQ(aso.view(aso.swc, *second)->head.revision, 2);
  EXPECT_EQ(aso.acts("plan.replanned", "collaboration"), 1);
}

TEST(Plan, one_author_names_the_others_in_tsuruoka_and_only_the_operator_writes_T_35_K_45) {
  AsoCase aso;
  aso.agree();
  EXPECT_EQ(aso.create(aso.swc, aso.content(), PlanKind::outreach).error().code, ErrorCode::invalid);
  EXPECT_EQ(aso.create(aso.member, aso.content(), PlanKind::collaboration).error().code, ErrorCode::not_permitted);
}

TEST(Plan, each_contractor_writes_its_own_in_kitakami_and_they_go_as_a_bundle_K_24) {
  AsoCase aso("kitakami", "kurashi_jiritsu", "chiiki_fukushi");
  aso.agree();
  auto named = aso.content();
  named.names_outreach = true;
  EXPECT_EQ(aso.create(named).error().code, ErrorCode::invalid);
  const auto whole = aso.create(aso.content());
  const auto own = aso.create(aso.member, aso.content(), PlanKind::participation);
  ASSERT_TRUE(whole);
  ASSERT_TRUE(own);
  const auto early = aso.submit(*whole, {*own});
  ASSERT_FALSE(early) << "K-43: the 利用申込み comes before the 多機関協働 plan";
  EXPECT_THAT(early.error().fields.front().message, ::testing::HasSubstr("利用申込み"));
  aso.apply();
  ASSERT_TRUE(aso.submit(*whole, {*own}));
  EXPECT_EQ(aso.view(aso.swc, *whole)->head.bundle, aso.view(aso.swc, *own)->head.bundle);
  ASSERT_TRUE(aso.settle(aso.head, *own, false));
  EXPECT_EQ(aso.view(aso.swc, *own)->head.state, PlanState::refused);
  EXPECT_EQ(aso.view(aso.swc, *whole)->head.state, PlanState::submitted) << "each plan of the bundle is judged alone";
}

TEST(Plan, a_row_about_abuse_is_unknown_to_the_team_and_survives_its_edits) {
  AsoCase aso;
  aso.agree();
  auto content = aso.content();
  NewRole secret;
  secret.agency = aso.t.agency("swc");
  secret.what = "年金の管理について話す";
  secret.topic = access::Topic::abuse;
  content.roles.insert(content.roles.begin(), secret);
  const auto id = aso.create(content);
  ASSERT_TRUE(id);
  const auto seen = aso.view(aso.member, *id);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->roles.size(), 1u);
  EXPECT_EQ(seen->roles[0].number, 1) << "no gap";
  ASSERT_TRUE(aso.t.write(aso.member, [&](auto& tx, auto& gate, const auto& actor) {
    return save_plan(tx, gate, actor, aso.city(), *id, seen->head.version, aso.content());
  }));
  EXPECT_EQ(aso.view(aso.swc, *id)->roles.size(), 2u) << "what the writer does not see stays";
  ASSERT_TRUE(aso.submit(*id));
  ASSERT_TRUE(aso.settle(aso.head, *id));
  EXPECT_EQ(aso.tasks(), 1) << "the decider does not see it either; the author makes that task";
}

// That a guarded window is on the plan is itself a matter of abuse, also where the sitting put it there.
TEST(Plan, a_role_of_a_guarded_agency_added_at_a_sitting_is_unknown_to_the_team_W_73) {
  AsoCase aso;
  aso.agree();
  const auto id = aso.create(aso.content());
  ASSERT_TRUE(id);
  ASSERT_TRUE(aso.submit(*id));
  const auto add = [&](AgencyId agency) {
    RowsToAdd more;
    more.roles.push_back({agency, "", "週に一度、話を聞く", "週1回", {}, "", access::Topic::plan, false});
    return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return add_to_plan(tx, gate, actor, aso.city(), *id, AgendaItemId(7), more); });
  };
  const auto unknown = add(AgencyId(424242));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fields.at(0).field, "role_1_who");
  ASSERT_TRUE(add(aso.t.agency("josei")));
  EXPECT_EQ(aso.view(aso.swc, *id)->roles.size(), 2u) << "who wrote it down knows it";
  EXPECT_EQ(aso.view(aso.member, *id)->roles.size(), 1u);
  const auto changes = [&](const testing::Login& who) {
    return aso.t.read(who, [&](auto& tx, auto& gate) { return amendments(tx, gate, *id); }).value().size();
  };
  EXPECT_EQ(changes(aso.swc), 1u);
  EXPECT_EQ(changes(aso.member), 0u);
}

TEST(Plan, a_row_dropped_at_a_sitting_is_kept_whole) {
  AsoCase aso;
  auto content = aso.content();
  content.goals.push_back({Term::long_term, "role", aso.son, "仕事に就く", {}, access::Topic::work, true});
  content.roles.push_back({aso.team_agency, "", "家計の相談にのる", "月1回", {}, aso.t.m().services_of_item(2).front()->code, access::Topic::economy, true});
  const auto id = aso.create(content);
  ASSERT_TRUE(id);
  ASSERT_TRUE(aso.submit(*id));
  const auto before = aso.view(aso.swc, *id);
  const std::vector<RowChange> gone{{false, before->goals.back().id, {}, {}, true}, {true, before->roles.back().id, {}, {}, true}};
  ASSERT_TRUE(aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return amend_plan(tx, gate, actor, *id, before->head.version, AgendaItemId(7), gone); }));
  const auto kept = aso.t.db().read([&](db::ReadTx& tx) {
    return tx.list<std::string>("SELECT term, goal_kind, person_id, service, not_home FROM plan_amendment WHERE kind = 'dropped' ORDER BY id", {}, [](const db::Row& r) {
      return r.text(0) + "|" + r.text(1) + "|" + (r.opt_i64(2).value_or(0) == 0 ? "" : "person") + "|" + r.text(3) + "|" + std::to_string(r.i64(4));
    });
  });
  EXPECT_THAT(kept, ElementsAre("long|role|person||1", "|||" + content.roles.back().service + "|1"));
}

TEST(Plan, what_is_missing_is_said_before_it_is_submitted) {
  AsoCase aso;
  aso.agree();
  auto content = aso.content();
  content.goals.clear();
  content.review_on = std::nullopt;
  const auto id = aso.create(content);
  ASSERT_TRUE(id);
  const auto sent = aso.submit(*id);
  ASSERT_FALSE(sent);
  std::vector<std::string> fields;
  for (const auto& f : sent.error().fields) fields.push_back(f.field);
  EXPECT_THAT(fields, Contains("goals"));
  EXPECT_THAT(fields, Contains("review_on"));
}

TEST(EarlyStart, is_late_but_never_blocked_and_shares_nothing_K_23) {
  AsoCase aso("kitakami", "kurashi_jiritsu", "chiiki_fukushi");
  NewEarlyStart in;
  in.case_id = aso.case_id;
  in.service = aso.t.m().services_of_item(2).front()->code;
  in.agency = aso.team_agency;
  in.started_on = aso.t.clock().today();
  const auto start = [&] {
    return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return start_early(tx, gate, actor, aso.city(), in); });
  };
  EXPECT_EQ(start().error().code, ErrorCode::invalid) << "a reason is asked for";
  in.reason = "early";
  ASSERT_TRUE(start());
  EXPECT_FALSE(aso.t.read(aso.member, [&](auto&, auto& gate) { return gate.may(aso.household, access::Act::read); }));
  aso.t.clock().set(aso.t.clock().today().plus_days(200));
  const auto waiting = aso.t.read(aso.swc, [&](auto& tx, auto& gate) { return early_starts_to_ratify(tx, gate); });
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_TRUE(waiting[0].start.overdue(aso.t.clock().today()));
  EXPECT_THAT(aso.t.read(aso.stranger, [&](auto& tx, auto& gate) { return early_starts_to_ratify(tx, gate); }), IsEmpty());
  const auto id = waiting[0].start.id;
  const AgendaItemId item = aso.item();
  const auto confirm = [&](const testing::Login& who) {
    return aso.at_sitting(who, item, [&](auto& tx, auto& gate, const auto& actor, const auto& leave) { return ratify(tx, gate, actor, leave, id, aso.t.clock().today()); });
  };
  EXPECT_EQ(confirm(aso.stranger).error().code, ErrorCode::not_found);
  ASSERT_TRUE(confirm(aso.swc));
  EXPECT_EQ(confirm(aso.swc).error().code, ErrorCode::conflict);
}

TEST(Evaluation, five_dimensions_are_asked_only_where_the_city_turns_them_on_T_81_T_82) {
  AsoCase aso;
  aso.agree();
  const PlanId id = aso.decided(aso.content());
  const auto view = aso.view(aso.swc, id);
  NewEvaluation in;
  in.plan = id;
  in.plan_version = view->head.version;
  in.made_on = aso.t.clock().today();
  in.change = "外に出る日が増えた";
  in.goals = {{view->goals[0].id, "partly"}};
  in.dimensions = {{"health", 2, 3}};
  const auto make = [&](const testing::Login& who) {
    return aso.t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return evaluate(tx, gate, actor, aso.city(), in); });
  };
  EXPECT_EQ(make(aso.swc).error().code, ErrorCode::invalid) << "off in 鶴岡 until it turns them on";
  in.dimensions.clear();
  EXPECT_EQ(make(aso.stranger).error().code, ErrorCode::not_found);
  ASSERT_TRUE(make(aso.swc));
  EXPECT_EQ(aso.view(aso.swc, id)->head.state, PlanState::under_review);
  const auto waiting = aso.t.read(aso.swc, [&](auto& tx, auto& gate) { return plans_for_review(tx, gate, aso.t.clock().today()); });
  EXPECT_EQ(waiting.size(), 1u);
  EXPECT_EQ(make(aso.swc).error().code, ErrorCode::stale);
}

TEST(Closure, is_proposed_here_and_closed_by_the_meeting_with_contact_and_an_end_of_reading) {
  AsoCase aso;
  aso.agree();
  const PlanId plan = aso.decided(aso.content());
  NewClosure in;
  in.case_id = aso.case_id;
  in.proposed_on = aso.t.clock().today();
  in.reason = "settled";
  in.main_contact = aso.team_agency;
  in.access_until = aso.t.clock().today().plus_days(90);
  const auto propose = [&] { return aso.t.write(aso.swc, [&](auto& tx, auto& gate, const auto& actor) { return propose_closure(tx, gate, actor, in); }); };
  EXPECT_EQ(propose().error().fields.at(0).field, "watch_channel");
  in.watch_channel = "月1回の電話";
  const auto id = propose();
  ASSERT_TRUE(id);
  EXPECT_EQ(propose().error().code, ErrorCode::conflict);
  EXPECT_EQ(aso.facts().state, casework::CaseState::active) << "nothing ends yet";
  const auto close = [&](const testing::Login& who) {
    return aso.t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return close_by_meeting(tx, gate, actor, *id, AgendaItemId(5), aso.t.clock().today()); });
  };
  EXPECT_EQ(close(aso.stranger).error().code, ErrorCode::not_found);
  const auto closed = close(aso.swc);
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_EQ(aso.facts().state, casework::CaseState::closed);
  EXPECT_EQ(aso.view(aso.swc, plan)->head.state, PlanState::closed);
  EXPECT_EQ(aso.acts("plan.closed", "collaboration"), 1);
  aso.t.clock().set(in.access_until.plus_days(1));
  EXPECT_FALSE(aso.t.db().read([&](db::ReadTx& tx) { return consent::sharing_stands(tx, aso.son, aso.t.clock().today()); }));
}

TEST(Assessment, each_agency_writes_its_own_part_and_sees_the_others_by_topic_K_44_N_26) {
  AsoCase aso;
  aso.agree();
  const auto write = [&](const testing::Login& who, std::vector<PartIn> parts) {
    return aso.t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return save_parts(tx, gate, actor, aso.city(), aso.case_id, parts); });
  };
  const auto read = [&](const testing::Login& who) { return aso.t.read(who, [&](auto& tx, auto& gate) { return assessment_of(tx, gate, aso.city(), aso.case_id); }); };
  // The member writes first; that opens nothing of what others write.
  ASSERT_TRUE(write(aso.member, {{"health", "足が弱っている", 0}}));
  ASSERT_TRUE(write(aso.swc, {{"health", "受診していない", 0}, {"rights", "年金を渡している", 0}}));
  EXPECT_EQ(read(aso.swc)->parts.size(), 3u);
  EXPECT_EQ(read(aso.member)->parts.size(), 2u) << "matters of abuse stay with those who may know them";
  EXPECT_EQ(read(aso.stranger).error().code, ErrorCode::not_found);
  EXPECT_EQ(write(aso.stranger, {{"health", "x", 0}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(write(aso.member, {{"rights", "x", 0}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(write(aso.member, {{"health", "古い版から", 7}}).error().code, ErrorCode::stale);
  EXPECT_TRUE(write(aso.member, {{"health", "杖で歩く", 1}})) << "parts have versions of their own";
}

}  // namespace
}  // namespace kasane::planning
