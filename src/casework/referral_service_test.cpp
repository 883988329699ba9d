// Referrals on every engine: what goes to whom on which ground, who judges, one answer for all, the originator stays.
#include "casework/referral_service.hpp"

#include "casework/referral_testing.hpp"
#include "casework/team_service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class ReferralService : public testing::InCityTest {
 protected:
  Worker moe = staff("cgsc_fujishima", Role::window_counsellor);
  Worker suishin = staff("cgsc_fujishima", Role::coordinator);
  Worker care = staff("hokatsu_care", Role::coordinator);
  Worker swc = staff("swc", Role::coordinator);
  Worker stranger = staff("cgsc_haguro", Role::coordinator);

  NewReferral to_inbox(const Worker& from, const Home& h, Passing passing = Passing::spoken_consent) {
    NewReferral in;
    in.kind = ReferralKind::collaboration;
    in.passing = passing;
    in.from = from.agency;
    in.inbox = "tsunagi";
    in.household = h.id;
    if (passing == Passing::spoken_consent && h.id) in.person = h.son;
    in.reasons = {"complex"};
    in.text = "母と息子。息子は三十年こもっている。";
    if (passing == Passing::statutory) in.ground_code = "no_consent";
    if (passing == Passing::duty) in.duty_kind = "danger";
    return in;
  }
  NewReferral to_agency(const Worker& from, const Worker& to, const Home& h) {
    NewReferral in;
    in.from = from.agency;
    in.to = to.agency;
    in.household = h.id;
    in.person = h.son;
    in.text = "介護の相談をお願いします。";
    return in;
  }
  Result<ReferralId> send(const Worker& by, const NewReferral& in) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return send_referral(tx, gate, actor, city(), in); });
  }
  Result<> take(const Worker& by, ReferralId id, bool over = false) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return take_referral(tx, gate, actor, city(), id, over); });
  }
  Result<> answer(const Worker& by, ReferralId id, const ReferralAnswer& in) {
    const auto now = see(by, id);
    if (!now) return tl::unexpected(now.error());
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return answer_referral(tx, gate, actor, city(), id, now->version, in); });
  }
  Result<> judge(const Worker& by, ReferralId id, JudgeResult result, const std::string& reason = "わけ") {
    const auto now = see(by, id);
    if (!now) return tl::unexpected(now.error());
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return judge_referral(tx, gate, actor, city(), id, now->version, result, {}, reason); });
  }
  Result<Referral> see(const Worker& who, ReferralId id) {
    return read(who, [&](auto& tx, auto& gate) { return referral(tx, gate, id); });
  }
  bool knows(const Worker& who, HouseholdId id) {
    return read(who, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, id).has_value(); });
  }
  std::size_t listed(const Worker& who, ReferralTab tab, bool done = false) {
    return read(who, [&](auto& tx, auto& gate) { return referrals(tx, gate, tab, "tsunagi", done, ""); }).lines.size();
  }
  ReferralAnswer outcome(Outcome o, const std::string& text = "返事") {
    ReferralAnswer a;
    a.outcome = o;
    a.text = text;
    a.on = today();
    return a;
  }
  ReferralAnswer accept(const Home& h) {
    ReferralAnswer a = outcome(Outcome::accept);
    a.subjects = {h.son};
    a.owner_by = today().plus_days(7);
    return a;
  }
};
KASANE_EVERY_ENGINE(ReferralService);

// --- network, K-12 ---

// K-12
TEST_P(ReferralService, agencies_pass_on_without_ceremony_K_12) {
  const Home h = home(moe);
  EXPECT_FALSE(knows(stranger, h.id));
  const auto id = send(moe, to_agency(moe, stranger, h));
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(see(stranger, *id)->text.shown(), "介護の相談をお願いします。");
  EXPECT_TRUE(knows(stranger, h.id));
  EXPECT_EQ(awaited("referral.reply", stranger.agency), 1);
  EXPECT_EQ(act_codes("referral.sent"), "network");
  EXPECT_EQ(code_of_error(see(swc, *id)), ErrorCode::not_found);
  EXPECT_FALSE(knows(swc, h.id));

  ASSERT_TRUE(answer(stranger, *id, outcome(Outcome::accept)));
  EXPECT_EQ(act_codes("case.opened"), "") << "no case is opened between agencies";
  const auto team = read(stranger, [&](auto& tx, auto& gate) { return involvements(tx, gate, h.id); });
  EXPECT_EQ(team_agencies(team, today()).size(), 2u) << "T-15: both work with the household";
}

TEST_P(ReferralService, an_agency_that_the_person_left_out_gets_nothing_by_word_of_mouth) {
  const Home h = home(moe);
  agree(moe, h, h.son, {stranger.agency});
  const auto refused = send(moe, to_agency(moe, stranger, h));
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.at(0).field, "to");

  agree(moe, h, h.mother, {swc.agency});
  NewReferral about_mother = to_inbox(suishin, h);
  about_mother.person = h.mother;
  ASSERT_TRUE(send(suishin, about_mother));
  EXPECT_TRUE(knows(care, h.id));
  EXPECT_FALSE(knows(swc, h.id));
}

TEST_P(ReferralService, what_one_person_agreed_to_opens_just_what_is_about_that_person) {
  const Home h = home(moe);
  NewReferral in = to_agency(moe, stranger, h);
  in.person = h.mother;
  ASSERT_TRUE(send(moe, in));
  const auto view = read(stranger, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, h.id); });
  ASSERT_TRUE(view);
  ASSERT_EQ(view->members.size(), 1u);
  EXPECT_EQ(view->members[0].person, h.mother);
}

TEST_P(ReferralService, nobody_sends_about_a_household_or_from_an_agency_that_is_not_theirs) {
  const Home h = home(moe);
  EXPECT_EQ(code_of_error(send(stranger, to_agency(stranger, swc, h))), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(send(stranger, to_agency(moe, swc, h))), ErrorCode::not_permitted);
  const auto to_self = send(moe, to_agency(moe, moe, h));
  ASSERT_EQ(code_of_error(to_self), ErrorCode::invalid);
  EXPECT_EQ(to_self.error().fields.at(0).field, "to");
}

// --- judging at the source, T-57 T-59 ---

// T-57 T-59
TEST_P(ReferralService, a_counsellors_referral_waits_for_the_coordinator_at_the_source_T_57_T_59) {
  const Home h = home(moe);
  const auto id = send(moe, to_inbox(moe, h, Passing::statutory));
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(see(moe, *id)->stage(), ReferralStage::judging);
  EXPECT_EQ(awaited("referral.judge", moe.agency), 1);
  EXPECT_EQ(code_of_error(see(care, *id)), ErrorCode::not_found) << "nothing has left the agency yet";
  EXPECT_FALSE(knows(care, h.id));
  EXPECT_EQ(code_of_error(judge(moe, *id, JudgeResult::needed)), ErrorCode::not_permitted);

  ASSERT_TRUE(judge(suishin, *id, JudgeResult::needed, "多領域の対応が必要"));
  const auto sent = see(care, *id);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->judgement, JudgeResult::needed);
  EXPECT_EQ(sent->judged_by, suishin.viewer.account);
  EXPECT_EQ(sent->judged_on, today());
  EXPECT_EQ(sent->reason.shown(), "多領域の対応が必要");
  EXPECT_EQ(awaited("referral.judge", moe.agency), 0);
  EXPECT_EQ(code_of_error(judge(suishin, *id, JudgeResult::needed)), ErrorCode::conflict);
}

TEST_P(ReferralService, what_is_judged_not_to_be_needed_stays_at_the_source) {
  const Home h = home(moe);
  const auto id = send(moe, to_inbox(moe, h));
  ASSERT_TRUE(judge(suishin, *id, JudgeResult::not_needed));
  EXPECT_EQ(see(moe, *id)->stage(), ReferralStage::kept);
  EXPECT_EQ(act_codes("referral.sent"), "");
  EXPECT_EQ(code_of_error(see(swc, *id)), ErrorCode::not_found);
  EXPECT_EQ(listed(moe, ReferralTab::sent), 0u);
  EXPECT_EQ(listed(moe, ReferralTab::sent, true), 1u);
}

TEST_P(ReferralService, danger_to_life_waits_for_nobody) {
  const Home h = home(moe);
  const auto id = send(moe, to_inbox(moe, h, Passing::duty));
  ASSERT_TRUE(id);
  EXPECT_EQ(see(swc, *id)->reply_by, today());
  EXPECT_TRUE(knows(swc, h.id));
}

TEST_P(ReferralService, a_danger_names_the_article_of_who_holds_the_record) {
  const Worker section = staff("hokatsu_care", Role::coordinator);
  const auto grounds = [&](HouseholdId id, const char* basis) {
    return db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM access_ground WHERE root_id = $1 AND kind = $2 AND basis LIKE $3",
                       db::params(id, static_cast<std::int64_t>(access::GroundKind::danger), std::string(basis)));
    });
  };
  const Home of_contractor = home(moe), of_city = home(section);
  ASSERT_TRUE(send(moe, to_inbox(moe, of_contractor, Passing::duty)));
  EXPECT_EQ(grounds(of_contractor.id, "%27条1項2号%"), 1);
  ASSERT_TRUE(send(section, to_inbox(section, of_city, Passing::duty)));
  EXPECT_EQ(grounds(of_city.id, "%69条2項4号%"), 1);
  EXPECT_EQ(grounds(of_city.id, "%27条%"), 0);
}

TEST_P(ReferralService, a_duty_opens_the_household_to_its_bearers_for_a_year_and_to_others_the_letter_alone) {
  const Worker duty = staff("gyakutai", Role::city_officer);
  const Home h = home(moe);
  NewReferral in = to_agency(moe, stranger, h);
  in.passing = Passing::duty;
  in.duty_kind = "child";
  const auto astray = send(moe, in);
  ASSERT_TRUE(astray) << astray.error().message;
  EXPECT_TRUE(see(stranger, *astray));
  EXPECT_FALSE(knows(stranger, h.id));
  EXPECT_TRUE(answer(stranger, *astray, outcome(Outcome::accept))) << "it can be answered all the same";
  in.to = duty.agency;
  ASSERT_TRUE(send(moe, in));
  EXPECT_TRUE(knows(duty, h.id));
  EXPECT_EQ(db().read([&](db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM access_ground WHERE root_id = $1 AND kind = $2 AND basis LIKE '%（duty_child@%'",
                     db::params(h.id, static_cast<std::int64_t>(access::GroundKind::legal_duty)));
  }), 1) << "it says on which law it rests";
  clock.set(today().plus_days(366));
  EXPECT_FALSE(knows(duty, h.id));
}

// A danger lets the inbox look; taking the work on lets it act, and nobody else.
TEST_P(ReferralService, accepting_a_danger_opens_the_case_and_lets_the_accepting_agency_work) {
  const Home h = home(moe);
  const auto id = send(moe, to_inbox(moe, h, Passing::duty));
  ASSERT_TRUE(id) << id.error().message;
  const auto writes = [&](const Worker& who) { return read(who, [&](auto&, auto& gate) { return gate.may(h.id, access::Act::write); }); };
  EXPECT_TRUE(knows(swc, h.id));
  EXPECT_FALSE(writes(swc)) << "told of a danger, not yet at work";
  const auto answered = answer(swc, *id, accept(h));
  ASSERT_TRUE(answered) << answered.error().message;
  const auto opened = see(swc, *id)->case_id;
  ASSERT_TRUE(opened);
  EXPECT_TRUE(writes(swc));
  EXPECT_TRUE(read(swc, [&](auto&, auto& gate) { return gate.may(*opened, access::Act::write); }));
  EXPECT_FALSE(writes(care)) << "the other agency of the inbox did not take it on";
  EXPECT_FALSE(knows(stranger, h.id));
  clock.set(today().plus_days(366));
  EXPECT_FALSE(writes(swc)) << "by then the work rests on a ground of its own";
}

TEST_P(ReferralService, an_agency_that_accepts_a_danger_is_on_the_team_and_one_that_a_danger_did_not_reach_is_not) {
  const Worker duty = staff("gyakutai", Role::city_officer);
  const Home h = home(moe);
  NewReferral in = to_agency(moe, duty, h);
  in.passing = Passing::duty;
  in.duty_kind = "danger";
  const auto id = send(moe, in);
  ASSERT_TRUE(id) << id.error().message;
  ASSERT_TRUE(answer(duty, *id, outcome(Outcome::accept)));
  const auto team = read(duty, [&](auto& tx, auto& gate) { return involvements(tx, gate, h.id); });
  EXPECT_TRUE(std::any_of(team.begin(), team.end(), [&](const Involvement& i) { return i.agency == duty.agency; }));
  const Worker work = staff("kurashi_station", Role::coordinator);
  in.to = work.agency;
  const auto astray = send(moe, in);
  ASSERT_TRUE(astray);
  ASSERT_TRUE(answer(work, *astray, outcome(Outcome::accept)));
  EXPECT_FALSE(knows(work, h.id)) << "the letter alone";
}

// W-73
TEST_P(ReferralService, a_guarded_window_that_brings_a_case_is_not_named_to_the_team) {
  const Worker josei = staff("josei", Role::coordinator);
  const Home h = home(josei);
  const auto id = send(josei, to_inbox(josei, h));
  ASSERT_TRUE(id) << id.error().message;
  ASSERT_TRUE(answer(swc, *id, accept(h)));
  const auto opened = see(swc, *id)->case_id;
  ASSERT_TRUE(opened);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, *opened, moe.agency, InvolvementRole::member); }));
  agree(swc, h, h.son);
  const auto names = [&](const Worker& who) {
    const auto team = read(who, [&](auto& tx, auto& gate) { return involvements(tx, gate, h.id); });
    return std::any_of(team.begin(), team.end(), [&](const Involvement& i) { return i.agency == josei.agency; });
  };
  EXPECT_TRUE(names(swc));
  EXPECT_FALSE(names(moe));
}

TEST_P(ReferralService, a_spoken_consent_names_whose_it_is) {
  const Home h = home(moe);
  NewReferral in = to_agency(moe, stranger, h);
  in.person.reset();
  const auto refused = send(moe, in);
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.at(0).field, "person");
}

// --- the joint inbox, T-56 ---

// T-56 KN-42
TEST_P(ReferralService, both_sides_see_one_queue_and_the_clock_stops_once_for_all_T_56_KN_42) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h));
  EXPECT_EQ(awaited("referral.reply", care.agency), 1);
  EXPECT_EQ(awaited("referral.reply", swc.agency), 1);
  EXPECT_EQ(listed(care, ReferralTab::inbox), 1u);
  EXPECT_EQ(listed(swc, ReferralTab::inbox), 1u);
  EXPECT_EQ(listed(stranger, ReferralTab::inbox), 0u);

  ASSERT_TRUE(take(care, *id));
  const auto twice = take(swc, *id);
  ASSERT_EQ(code_of_error(twice), ErrorCode::conflict);
  EXPECT_NE(twice.error().message.find("試験 staff"), std::string::npos) << "the second hears who has it: " << twice.error().message;
  EXPECT_EQ(code_of_error(answer(swc, *id, accept(h))), ErrorCode::conflict);
  EXPECT_TRUE(take(care, *id)) << "the same person again is no fault";

  ASSERT_TRUE(answer(care, *id, accept(h)));
  EXPECT_EQ(awaited("referral.reply", care.agency) + awaited("referral.reply", swc.agency), 0);
  EXPECT_EQ(awaited("referral.answered", moe.agency), 1);
  EXPECT_EQ(act_codes("referral.answered"), "accept");
  EXPECT_EQ(code_of_error(take(swc, *id)), ErrorCode::conflict);
  EXPECT_EQ(listed(swc, ReferralTab::inbox), 0u);
  EXPECT_EQ(listed(swc, ReferralTab::inbox, true), 1u);
}

TEST_P(ReferralService, a_colleague_can_take_over) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h));
  ASSERT_TRUE(take(care, *id));
  ASSERT_TRUE(take(swc, *id, true));
  EXPECT_EQ(see(swc, *id)->taken_by, swc.viewer.account);
  EXPECT_EQ(code_of_error(take(suishin, *id, true)), ErrorCode::not_permitted) << "the sender cannot take its own";
}

// T-15
TEST_P(ReferralService, accepting_opens_the_case_and_the_originator_stays_on_the_team_T_15) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h, Passing::statutory));
  ASSERT_TRUE(id) << id.error().message;
  ASSERT_TRUE(answer(swc, *id, accept(h)));
  const auto opened = see(swc, *id)->case_id;
  ASSERT_TRUE(opened);
  const CaseFacts c = facts(swc, *opened);
  EXPECT_EQ(c.state, CaseState::before_consent);
  EXPECT_EQ(c.owner, std::nullopt);
  EXPECT_EQ(c.owner_by, today().plus_days(7)) << "T-97: a gap case has a day by which an owner is found";
  const auto team = read(swc, [&](auto& tx, auto& gate) { return involvements(tx, gate, h.id); });
  const bool there = std::any_of(team.begin(), team.end(), [&](const Involvement& i) { return i.agency == moe.agency && i.role == InvolvementRole::originating; });
  EXPECT_TRUE(there);
  EXPECT_FALSE(see(moe, *id)->case_known) << "its own word opened nothing to the sender";
  EXPECT_EQ(outcome_text(city(), *see(moe, *id)), "受理しました");
  agree(swc, h, h.son);
  const auto seen = see(moe, *id);
  EXPECT_TRUE(seen->case_known) << "on the team, it sees what the consent opens to the team";
  EXPECT_EQ(outcome_text(city(), *seen), "受けました");
}

TEST_P(ReferralService, a_case_needs_somebody_whom_it_is_about) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h, Passing::statutory));  // about the household as a whole
  ReferralAnswer nobody = accept(h);
  nobody.subjects.clear();
  const auto refused = answer(swc, *id, nobody);
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.at(0).field, "subjects");
  EXPECT_FALSE(see(swc, *id)->outcome);
}

// --- other answers, K-50 ---

TEST_P(ReferralService, sending_back_needs_a_reason_and_closes_what_was_opened) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h));
  const auto without = answer(swc, *id, outcome(Outcome::send_back, ""));
  ASSERT_EQ(code_of_error(without), ErrorCode::invalid);
  EXPECT_EQ(without.error().fields.at(0).field, "text");
  ASSERT_TRUE(answer(swc, *id, outcome(Outcome::send_back, "窓口で足ります")));
  EXPECT_FALSE(knows(swc, h.id));
  EXPECT_FALSE(knows(care, h.id));
  EXPECT_EQ(see(swc, *id)->text.shown(), "母と息子。息子は三十年こもっている。") << "the letter itself stays readable";
  EXPECT_EQ(see(moe, *id)->reply.shown(), "窓口で足ります");
  EXPECT_EQ(see(moe, *id)->judgement, JudgeResult::needed) << "the judgement at the source stays as it was";
}

// K-50
TEST_P(ReferralService, advice_mediation_and_watching_are_counted_too_K_50) {
  const Home h = home(moe);
  const auto a = send(suishin, to_inbox(suishin, h));
  ASSERT_TRUE(answer(swc, *a, outcome(Outcome::advice_only, "家族会があります")));
  EXPECT_FALSE(knows(swc, h.id));

  const auto b = send(suishin, to_inbox(suishin, h));
  EXPECT_EQ(code_of_error(answer(swc, *b, outcome(Outcome::mediate))), ErrorCode::invalid);
  ReferralAnswer mediate = outcome(Outcome::mediate);
  mediate.mediated_to = stranger.agency;
  ASSERT_TRUE(answer(swc, *b, mediate));
  EXPECT_EQ(see(moe, *b)->mediated_to, stranger.agency);
  EXPECT_FALSE(knows(stranger, h.id)) << "being named opens nothing; the sender passes it on itself";

  const auto c = send(suishin, to_inbox(suishin, h));
  EXPECT_EQ(code_of_error(answer(swc, *c, outcome(Outcome::watch))), ErrorCode::invalid);
  ReferralAnswer watch = outcome(Outcome::watch);
  watch.look_again_on = today().plus_days(30);
  ASSERT_TRUE(answer(swc, *c, watch));
  EXPECT_EQ(awaited("referral.watch", swc.agency), 1);
  EXPECT_TRUE(knows(swc, h.id));
  EXPECT_EQ(act_codes("referral.answered"), "advice_only mediate watch");
  EXPECT_EQ(act_codes("case.opened"), "");
}

TEST_P(ReferralService, joining_an_open_case_is_told_to_a_sender_without_a_ground_as_received_only) {
  const Home known = home(swc);
  const CaseId open_one = open(swc, a_case(known, swc));
  const Home same_people_again = home(moe);  // registered by the sender, who knows of no case
  const auto id = send(suishin, to_inbox(suishin, same_people_again));
  ReferralAnswer join = outcome(Outcome::join_open_case);
  join.open_case = open_one;
  ASSERT_TRUE(answer(swc, *id, join));
  const auto seen = see(moe, *id);
  EXPECT_FALSE(seen->case_known);
  EXPECT_EQ(seen->case_id, std::nullopt);
  EXPECT_EQ(outcome_text(city(), *seen), "受理しました");
  EXPECT_EQ(outcome_text(city(), *see(swc, *id)), "いまのケースに合わせました");
  EXPECT_FALSE(knows(moe, known.id));
  const auto lines = read(moe, [&](auto& tx, auto& gate) { return referrals(tx, gate, ReferralTab::sent, "", true, ""); }).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].case_known);
}

// T-15
TEST_P(ReferralService, joining_the_case_of_the_same_household_keeps_the_sender_on_the_team_T_15) {
  const Home h = home(swc);
  const CaseId open_one = open(swc, a_case(h, swc));
  ASSERT_TRUE(send(swc, to_agency(swc, suishin, h)));  // the sender knows the household on a ground
  const auto id = send(suishin, to_inbox(suishin, h));
  ASSERT_TRUE(id) << id.error().message;
  ASSERT_TRUE(answer(swc, *id, outcome(Outcome::join_open_case)));
  EXPECT_EQ(see(swc, *id)->case_id, open_one);
  EXPECT_TRUE(see(moe, *id)->case_known);
  const auto team = read(swc, [&](auto& tx, auto& gate) { return team_agencies(involvements(tx, gate, h.id), today()); });
  EXPECT_NE(std::find(team.begin(), team.end(), moe.agency), team.end());
}

TEST_P(ReferralService, the_answer_is_read_by_the_sender) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h, Passing::statutory));
  ASSERT_TRUE(answer(swc, *id, outcome(Outcome::send_back, "まず窓口で")));
  const auto read_it = [&](const Worker& who) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return note_answer_read(tx, gate, actor, *id); });
  };
  EXPECT_EQ(code_of_error(read_it(care)), ErrorCode::not_permitted);
  ASSERT_TRUE(read_it(suishin));
  EXPECT_EQ(awaited("referral.answered", moe.agency), 0);
  const auto waiting = read(suishin, [&](auto& tx, auto& gate) { return consent::waiting_requests(tx, gate, "shien_kaigi"); });
  EXPECT_TRUE(waiting.empty()) << "a request that nobody needs comes off the list of the meeting";
}

// --- anonymous and statutory ---

TEST_P(ReferralService, an_anonymous_one_has_no_household_no_person_and_no_intake) {
  const Home h = home(moe);
  NewReferral in = to_inbox(suishin, h, Passing::anonymous);
  in.known_names = {"試験"};
  in.text = "試験さんの家のこと";
  const auto named = send(suishin, in);
  ASSERT_EQ(code_of_error(named), ErrorCode::invalid);
  EXPECT_EQ(named.error().fields.at(0).field, "text");
  in.text = "高齢の母と中年の息子の二人暮らし";
  const auto id = send(suishin, in);
  ASSERT_TRUE(id) << id.error().message;
  const auto seen = see(swc, *id);
  EXPECT_EQ(seen->household, std::nullopt);
  EXPECT_EQ(seen->person, std::nullopt);
  EXPECT_FALSE(knows(swc, h.id));
  EXPECT_EQ(acts("referral.sent", h.id), 0) << "the register names no household either";
  const auto tied = write(suishin, [&](auto& tx, auto& gate, const auto& actor) { return set_referral_household(tx, gate, actor, city(), *id, h.id, {}); });
  EXPECT_EQ(code_of_error(tied), ErrorCode::conflict);
  EXPECT_EQ(code_of_error(answer(swc, *id, accept(h))), ErrorCode::invalid);
  EXPECT_TRUE(answer(swc, *id, outcome(Outcome::advice_only, "見守りを続けて")));
}

TEST_P(ReferralService, a_request_for_the_conference_opens_it_to_inbox_and_host_and_waits_for_the_agenda) {
  const Worker host = staff("city", Role::city_officer);
  const Home h = home(moe);
  NewReferral in = to_inbox(suishin, h, Passing::statutory);
  in.ground_code = "no_such";
  EXPECT_EQ(code_of_error(send(suishin, in)), ErrorCode::invalid);
  in.ground_code = "no_consent";
  const auto id = send(suishin, in);
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_TRUE(knows(swc, h.id));
  EXPECT_TRUE(knows(host, h.id));
  EXPECT_EQ(see(host, *id)->passing, Passing::statutory);
  const auto waiting = read(host, [&](auto& tx, auto& gate) { return consent::waiting_requests(tx, gate, "shien_kaigi"); });
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].ground_code, "no_consent");
  EXPECT_EQ(see(swc, *id)->request, waiting[0].id);
  const auto without_meeting = send(suishin, in);
  ASSERT_TRUE(answer(swc, *id, outcome(Outcome::send_back, "窓口で足ります")));
  EXPECT_TRUE(knows(host, h.id)) << "the other request still waits";
  ASSERT_TRUE(answer(swc, *without_meeting, outcome(Outcome::send_back, "窓口で足ります")));
  EXPECT_FALSE(knows(host, h.id)) << "answered without the conference: its hosts need the household no more";
  NewReferral without = in;
  without.household.reset();
  EXPECT_EQ(code_of_error(send(suishin, without)), ErrorCode::invalid) << "the conference treats a household that is known";
}

// K-64
TEST_P(ReferralService, where_the_meeting_judges_the_inbox_cannot_accept_by_itself_K_64) {
  enter("kitakami");
  const Worker section = staff("shogai_fukushi", Role::city_officer);
  const Worker operator_ = staff("swc", Role::coordinator);
  const Worker host = staff("city", Role::city_officer);
  const Home h = home(section);
  NewReferral in = to_inbox(section, h);
  in.inbox = "collaboration";
  in.reasons = {"roles"};
  EXPECT_EQ(code_of_error(send(section, in)), ErrorCode::invalid) << "the meeting wants to know why it is to treat it";
  in.ground_code = "held_apart";
  const auto id = send(section, in);
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(code_of_error(answer(operator_, *id, accept(h))), ErrorCode::conflict);
  EXPECT_EQ(act_codes("case.opened"), "");

  const auto request = see(operator_, *id)->request;
  ASSERT_TRUE(request);
  const auto found = read(host, [&](auto& tx, auto& gate) { return referral_of_request(tx, gate, *request); });
  EXPECT_EQ(found, *id);
  const auto by_meeting = [&](GroundRequestId about, const MeetingWord& word) {
    return write(host, [&](auto& tx, auto& gate, const auto& actor) { return answer_by_meeting(tx, gate, actor, city(), about, word); });
  };
  // K-77: 接続不要, 助言; the source keeps it.
  EXPECT_EQ(by_meeting(*request, {.needed = false, .case_id = {}, .text = "源の機関が続ける", .on = today(), .look_again_on = {}}), true);
  EXPECT_EQ(act_codes("case.opened"), "");
  EXPECT_EQ(see(section, *id)->outcome, Outcome::advice_only);
  EXPECT_EQ(see(section, *id)->reply.shown(), "源の機関が続ける");
  EXPECT_EQ(by_meeting(*request, {.needed = false, .case_id = {}, .text = "もう一度", .on = today(), .look_again_on = {}}), false) << "an answer stands";

  // Two months later it is brought again, and now connected: the meeting opens the case, the referral is answered by it.
  const auto later = send(section, in);
  const auto second = see(operator_, *later)->request;
  EXPECT_EQ(code_of_error(by_meeting(*second, {.needed = true, .case_id = {}, .text = {}, .on = today(), .look_again_on = {}})), ErrorCode::invalid);
  NewCase what = a_case(h, operator_);
  what.originating = AgencyId();
  const CaseId opened = open(operator_, what);
  EXPECT_EQ(by_meeting(*second, {.needed = true, .case_id = opened, .text = {}, .on = today(), .look_again_on = {}}), true);
  EXPECT_EQ(see(operator_, *later)->outcome, Outcome::accept);
  EXPECT_EQ(see(operator_, *later)->answered_agency, operator_.agency) << "the operator carries it on, whoever writes it down";
  const auto team = read(operator_, [&](auto& tx, auto& gate) { return team_agencies(involvements(tx, gate, h.id), today()); });
  EXPECT_NE(std::find(team.begin(), team.end(), section.agency), team.end()) << "T-15";
  EXPECT_EQ(awaited("referral.answered", section.agency), 2);
}

TEST_P(ReferralService, the_receiver_judges_where_the_city_has_it_so) {
  enter("kawachinagano");
  const Worker aikku = staff("aikku", Role::window_counsellor);
  const Worker at_city = staff("chiiki_fukushi_korei", Role::coordinator);
  const Worker at_swc = staff("swc", Role::coordinator);
  const Home h = home(aikku);
  NewReferral in = to_inbox(aikku, h);
  in.inbox = "suishinin";
  in.reasons = {"not_coordinated"};  // KN-48
  const auto id = send(aikku, in);
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_FALSE(see(at_swc, *id)->judgement);
  ASSERT_TRUE(take(at_city, *id));
  EXPECT_EQ(code_of_error(take(at_swc, *id)), ErrorCode::conflict) << "KN-42: nobody takes it twice";
  ASSERT_TRUE(answer(at_city, *id, accept(h)));
  EXPECT_EQ(see(aikku, *id)->judgement, JudgeResult::needed);
  EXPECT_EQ(see(aikku, *id)->judged_by, at_city.viewer.account);
}

// N-19
TEST_P(ReferralService, nobody_hands_over_to_or_waits_for_oneself_N_19) {
  enter("nagaokakyo");
  const Worker renkei = staff("chiiki_fukushi_renkei", Role::coordinator);
  const Home h = home(renkei);
  NewReferral in = to_inbox(renkei, h);
  in.inbox = "collaboration";
  EXPECT_EQ(code_of_error(send(renkei, in)), ErrorCode::conflict);
  EXPECT_EQ(act_codes("referral.sent"), "");
}

TEST_P(ReferralService, a_household_that_became_known_later_opens_to_the_addressees_only) {
  NewReferral in = to_inbox(suishin, Home{});
  in.household.reset();
  const auto id = send(suishin, in);
  ASSERT_TRUE(id) << id.error().message;
  const Home h = home(swc);
  EXPECT_EQ(code_of_error(answer(swc, *id, accept(h))), ErrorCode::conflict) << "no case without a household";
  const auto tie = [&](const Worker& by) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return set_referral_household(tx, gate, actor, city(), *id, h.id, h.son); });
  };
  EXPECT_EQ(code_of_error(tie(care)), ErrorCode::not_found) << "a household that one does not know cannot be tied";
  const auto of_nobody = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return set_referral_household(tx, gate, actor, city(), *id, h.id, {}); });
  ASSERT_EQ(code_of_error(of_nobody), ErrorCode::invalid) << "a spoken consent is one person's";
  EXPECT_EQ(of_nobody.error().fields.at(0).field, "person");
  access::Ground looks;
  looks.kind = access::GroundKind::emergency;
  looks.root = h.id.value;
  looks.topics = access::kStandardScope;
  looks.named = {care.agency.value};
  looks.from = looks.until = today();
  looks.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {AccountId(1), care.agency, clock.now()}); });
  EXPECT_EQ(code_of_error(tie(care)), ErrorCode::not_permitted) << "nor one that one may only look at";
  db().write([&](db::WriteTx& tx) { access::revoke_grounds(tx, looks.source, today()); });
  ASSERT_TRUE(tie(swc));
  EXPECT_TRUE(knows(care, h.id));
  EXPECT_FALSE(knows(moe, h.id)) << "the sender did not know this record and does not get it";
  EXPECT_EQ(dues("referral.reply", h.id), 2);
  ASSERT_TRUE(answer(swc, *id, accept(h)));
}

TEST_P(ReferralService, a_sender_gains_nothing_by_its_own_word) {
  const Home h = home(swc);
  ASSERT_TRUE(send(swc, to_agency(swc, suishin, h)));
  db().write([&](db::WriteTx& tx) { access::end_grounds(tx, h.id.value, access::GroundKind::transfer_consent, today()); });
  db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::consent;
    g.root = h.id.value;
    g.topics = access::Topic::basic | access::Topic::contact;
    g.named = {suishin.agency.value};
    g.from = today();
    g.until = forever();
    g.source = next_id();
    access::add_ground(tx, g, {swc.viewer.account, swc.agency, clock.now()});
  });
  const auto reaches = [&] {
    return db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM access_reach WHERE party_id = $1 AND root_id = $2)sql", db::params(suishin.agency, h.id));
    });
  };
  const auto before = reaches();
  ASSERT_TRUE(send(suishin, to_inbox(suishin, h)));
  EXPECT_EQ(reaches(), before);
  const auto most = db().read([&](db::ReadTx& tx) {
    return tx.list(R"sql(SELECT topics FROM access_reach WHERE party_id = $1 AND root_id = $2)sql", db::params(suishin.agency, h.id), [](const db::Row& r) { return r.i64(0); });
  });
  for (const std::int64_t topics : most)
    EXPECT_EQ(topics & static_cast<std::int64_t>(access::Topics(access::Topic::health).bits()), 0) << "no more than it saw before";
}

TEST_P(ReferralService, a_lost_race_answers_nothing) {
  const Home h = home(moe);
  const auto id = send(suishin, to_inbox(suishin, h));
  const std::int64_t version = see(swc, *id)->version;
  const auto first = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return answer_referral(tx, gate, actor, city(), *id, version + 1, accept(h)); });
  EXPECT_EQ(code_of_error(first), ErrorCode::stale);
  EXPECT_EQ(act_codes("case.opened"), "");
}

TEST_P(ReferralService, lists_about_a_household_show_only_what_one_may_know) {
  const Home h = home(moe);
  ASSERT_TRUE(send(moe, to_agency(moe, stranger, h)));
  ASSERT_TRUE(send(suishin, to_inbox(suishin, h)));
  const auto about = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return referrals_about(tx, gate, h.id); }).size(); };
  EXPECT_EQ(about(moe), 2u);
  EXPECT_EQ(about(stranger), 1u);
  EXPECT_EQ(about(swc), 1u);
}

TEST_P(ReferralService, visit_partners_are_named_only_to_those_who_may_know_the_health) {
  enter("nagaokakyo");
  const Worker nishi = staff("cgsc_nishi", Role::window_counsellor);
  const Worker education = staff("kosodate_shien", Role::city_officer);
  const Home h = home(nishi);
  const auto partners = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return visit_partners(tx, gate, city(), h.id); }).size(); };
  EXPECT_EQ(partners(nishi), 3u);
  EXPECT_EQ(partners(education), 0u);
  db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::consent;
    g.root = h.id.value;
    g.topics = access::kStandardScope.without(access::Topic::health);
    g.named = {education.agency.value};
    g.from = today();
    g.until = forever();
    g.source = next_id();
    access::add_ground(tx, g, {nishi.viewer.account, nishi.agency, clock.now()});
  });
  EXPECT_TRUE(knows(education, h.id));
  EXPECT_EQ(partners(education), 0u) << "knowing the household is not knowing the health";
  // Found while 長岡京's story was played: told of the boy with his mother's word, education read of histories of outpatients.
  const Home alone = home(nishi);
  const auto partners_there = [&] { return read(education, [&](auto& tx, auto& gate) { return visit_partners(tx, gate, city(), alone.id); }).size(); };
  const auto told_of = [&](PersonId person) {
    db().write([&](db::WriteTx& tx) {
      access::Ground g;
      g.kind = access::GroundKind::transfer_consent;
      g.root = alone.id.value;
      g.person = person;
      g.topics = access::kStandardScope;
      g.named = {education.agency.value};
      g.from = today();
      g.until = forever();
      g.source = next_id();
      access::add_ground(tx, g, {nishi.viewer.account, nishi.agency, clock.now()});
    });
  };
  told_of(alone.son);
  EXPECT_EQ(partners_there(), 0u) << "who was told of one member alone is not on the ground for a visit";
  told_of(alone.mother);
  EXPECT_EQ(partners_there(), 3u);
}

}  // namespace
}  // namespace kasane::casework
