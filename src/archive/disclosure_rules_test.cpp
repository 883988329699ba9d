#include "archive/disclosure_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kasane::archive {
namespace {

using access::Topic;
using access::Topics;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using enum PartDecision;

TEST(DisclosureRules, own_words_and_own_facts_are_proposed_open) {
  for (const char* part : {"said_by_person", "fact_observed", "plan"}) {
    EXPECT_EQ(propose("record.part", part, true, Topic::record).proposal, Proposal::open) << part;
    EXPECT_EQ(propose("record.part", part, false, Topic::record).proposal, Proposal::review) << part << ": a record of the household";
  }
}

TEST(DisclosureRules, words_of_others_and_who_reported_are_for_a_human_to_decide) {
  EXPECT_EQ(propose("record.part", "heard_from", true, Topic::record).ground, "78-1-2");
  EXPECT_EQ(propose("notice.reporter", "heard_from", true, Topic::basic).why, "reporter");
  EXPECT_EQ(propose("abuse.reporter", "heard_from", true, Topic::abuse).ground, "81");
  EXPECT_EQ(propose("record.part", "fact_observed", true, Topic::record | Topic::abuse).why, "abuse") << "even a fact about the person";
}

// 78条1項1号: what harms the person where somebody else reads it. What a child said, and what was seen of a child, goes to the
// parent who asks only after a human has thought of it; who the child is, is known to both.
TEST(DisclosureRules, what_the_person_said_is_not_proposed_open_to_who_asks_in_their_place) {
  for (const char* source : {"own_view.text", "record.part", "evaluation.person", "plan.wishes"})
    for (const Asker asker : {Asker::legal, Asker::proxy}) {
      const Proposed p = propose(source, "said_by_person", true, Topic::child, asker);
      EXPECT_EQ(p.proposal, Proposal::review) << source;
      EXPECT_EQ(p.ground, "78-1-1") << source;
      EXPECT_THAT(std::string(why_text(p.why)), ::testing::HasSubstr("本人以外の人に渡ります"));
    }
  EXPECT_EQ(propose("own_view.text", "said_by_person", true, Topic::child, Asker::self).proposal, Proposal::open);
  EXPECT_EQ(propose("record.part", "fact_observed", true, Topic::record, Asker::legal).ground, "78-1-1");
  EXPECT_EQ(propose("record.part", "fact_observed", true, Topic::record, Asker::proxy).proposal, Proposal::open) << "the person chose who asks";
  for (const char* source : {"person.name", "person.kana", "person.birth"})
    EXPECT_EQ(propose(source, "fact_observed", true, Topic::basic, Asker::legal).proposal, Proposal::open) << source;
}

// The sheet of a plan says through whom the person was found, and some rows are kept from the copy for the home on purpose.
TEST(DisclosureRules, the_sheet_and_what_is_kept_from_the_home_are_for_a_human_to_decide) {
  for (const Asker asker : {Asker::self, Asker::legal, Asker::proxy}) {
    EXPECT_EQ(propose("plan.extra", "plan", true, Topic::plan, asker).proposal, Proposal::review);
    EXPECT_THAT(std::string(why_text(propose("plan.extra", "plan", true, Topic::plan, asker).why)), ::testing::HasSubstr("だれの話から"));
    EXPECT_EQ(propose("plan.goal", "not_home", true, Topic::plan, asker).proposal, Proposal::review);
    EXPECT_THAT(std::string(why_text(propose("plan.goal", "not_home", true, Topic::plan, asker).why)), ::testing::HasSubstr("渡す写し"));
  }
  EXPECT_EQ(propose("plan.extra", "plan", true, Topic::plan | Topic::abuse).ground, "81");
}

// 78条: nothing is withheld by class alone; where nothing is known the proposal has no ground.
TEST(DisclosureRules, nothing_is_withheld_by_its_class) {
  const Proposed p = propose("record.part", "unsorted", true, Topic::record);
  EXPECT_EQ(p.proposal, Proposal::review);
  EXPECT_EQ(p.ground, "");
}

// The paper hands an address to whoever asked: it is for a human to decide, whoever asks, protected or not.
TEST(DisclosureRules, an_address_is_never_open_by_itself) {
  for (const char* source : {"person.address", "person.phone", "person.safe"})
    for (const Asker asker : {Asker::self, Asker::legal, Asker::proxy}) {
      const Proposed p = propose(source, source == std::string_view("person.safe") ? "said_by_person" : "fact_observed", true, Topic::basic, asker);
      EXPECT_EQ(p.proposal, Proposal::review) << source;
      EXPECT_THAT(std::string(why_text(p.why)), ::testing::HasSubstr(asker == Asker::self ? "本人の身を守る" : "本人以外の人に渡ります"));
    }
  EXPECT_EQ(propose("person.name", "fact_observed", true, Topic::basic, Asker::legal).proposal, Proposal::open);
}

// 81条: a paper that names it beside a black bar says that there is something.
TEST(DisclosureRules, the_ground_for_not_telling_stands_with_not_telling_and_with_nothing_else) {
  EXPECT_THAT(faults_of_choice({3, not_told, "81", ""}, "文"), IsEmpty());
  EXPECT_EQ(faults_of_choice({3, withheld, "81", ""}, "文").at(0).field, "ground_3");
  EXPECT_EQ(faults_of_choice({3, partial, "81", "文"}, "文").at(0).field, "ground_3");
  EXPECT_EQ(faults_of_choice({3, not_told, "78-1-2", ""}, "文").at(0).field, "ground_3");
  EXPECT_THAT(faults_of_choice({3, none, "81", ""}, "文"), IsEmpty()) << "proposed, and not decided yet";
  EXPECT_THAT(faults_of_choice({3, open, "81", ""}, "文"), IsEmpty()) << "an open part prints no ground";
}

TEST(DisclosureRules, the_result_follows_from_the_parts_that_are_told_of) {
  EXPECT_EQ(result_of({}), DisclosureResult::absent);
  EXPECT_EQ(result_of({open, open}), DisclosureResult::full);
  EXPECT_EQ(result_of({open, not_told}), DisclosureResult::full) << "what is not told of leaves no trace";
  EXPECT_EQ(result_of({open, withheld}), DisclosureResult::partial);
  EXPECT_EQ(result_of({partial}), DisclosureResult::partial);
  EXPECT_EQ(result_of({withheld, not_told}), DisclosureResult::refused);
  EXPECT_EQ(result_of({not_told}), DisclosureResult::not_told);
}

TEST(DisclosureRules, words_to_black_out_leave_no_piece_of_themselves) {
  const auto pieces = cut("母の幸子が話した。幸子さん", {"幸子", "幸子が"});
  ASSERT_THAT(pieces, SizeIs(5));
  EXPECT_EQ(pieces[0].text, "母の");
  EXPECT_TRUE(pieces[1].hidden);
  EXPECT_EQ(pieces[1].text, "");
  EXPECT_EQ(pieces[2].text, "話した。");
  EXPECT_EQ(pieces[4].text, "さん");
}

TEST(DisclosureRules, a_choice_needs_its_ground_and_words_that_are_there) {
  EXPECT_THAT(faults_of_choice({3, open, "", ""}, "文"), IsEmpty());
  EXPECT_EQ(faults_of_choice({3, withheld, "", ""}, "文").at(0).field, "ground_3");
  EXPECT_EQ(faults_of_choice({3, partial, "78-1-2", "無い"}, "文").at(0).field, "hidden_3");
  EXPECT_THAT(faults_of_choice({3, partial, "78-1-2", " 文 \n\n"}, "文である"), IsEmpty());
}

TEST(DisclosureRules, codes_read_back) {
  for (const PartDecision d : {none, open, partial, withheld, not_told}) EXPECT_EQ(part_decision(code_of(d)), d);
  for (const DisclosureState s : {DisclosureState::sorting, DisclosureState::proposed, DisclosureState::approved, DisclosureState::handed})
    EXPECT_EQ(disclosure_state(code_of(s)), s);
  EXPECT_EQ(source_label("record.part"), "支援の記録");
}

TEST(DisclosureRules, what_hangs_on_a_protection_is_always_for_a_human_and_proposed_as_not_told) {
  for (const char* source : {"protective.reason", "protective.opponent", "intake.taken_back"}) {
    const Proposed p = propose(source, "fact_observed", true, access::Topic::basic, Asker::self);
    EXPECT_EQ(p.proposal, Proposal::review) << source;
    EXPECT_EQ(p.ground, "81") << source;
    EXPECT_TRUE(topics_of_source(source).meets(access::Topic::abuse)) << source;
  }
  EXPECT_EQ(propose("household.address", "fact_observed", true, access::Topic::basic, Asker::legal).why, "contact_other");
  EXPECT_TRUE(topics_of_source("household.safety").meets(access::Topic::safety));
}

}  // namespace
}  // namespace kasane::archive
