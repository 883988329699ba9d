// Issues of the household and of each person, on every engine.
#include "casework/issue_service.hpp"

#include "casework/case_testing.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class IssueService : public testing::CaseworkTest {
 protected:
  NewIssue noted(const Home& at, const char* code, std::optional<PersonId> person = {}) {
    NewIssue in;
    in.household = at.id;
    in.person = person;
    in.code = code;
    in.since_on = today();
    return in;
  }
  IssueId add(const Worker& by, const NewIssue& in) {
    const auto done = write(by, [&](auto& tx, auto& gate, const auto& actor) { return add_issue(tx, gate, actor, in); });
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    return done.value_or(IssueId());
  }
  std::vector<Issue> issues(const Worker& who, const Home& at) {
    return read(who, [&](auto& tx, auto& gate) { return issues_of(tx, gate, at.id); });
  }
};
KASANE_EVERY_ENGINE(IssueService);

// W-70: of the household and of each person apart. W-71: suspected, not in treatment.
TEST_P(IssueService, hang_on_the_household_and_on_each_person) {
  const Worker swc = worker();
  const Home at = home(swc);
  add(swc, noted(at, "poverty"));
  add(swc, noted(at, "hoarding"));
  NewIssue son = noted(at, "disability_suspected", at.son);
  son.certainty = Certainty::suspected;
  son.treatment = Treatment::untreated;
  son.note = "本人は困っていないと言う";
  add(swc, son);
  add(swc, noted(at, "poverty", at.mother));
  const auto all = issues(swc, at);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_FALSE(all[0].person.has_value());
  const auto found = std::find_if(all.begin(), all.end(), [&](const Issue& i) { return i.person == at.son; });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->certainty, Certainty::suspected);
  EXPECT_EQ(found->treatment, Treatment::untreated);
  EXPECT_EQ(found->note.shown(), "本人は困っていないと言う");
}

TEST_P(IssueService, are_noted_once_while_they_stand) {
  const Worker swc = worker();
  const Home at = home(swc);
  const IssueId id = add(swc, noted(at, "young_carer", at.son));
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return add_issue(tx, gate, actor, noted(at, "young_carer", at.son)); })),
            ErrorCode::conflict);
  IssueChange over;
  over.ended_on = today();
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_issue(tx, gate, actor, id, 1, over); }).has_value());
  add(swc, noted(at, "young_carer", at.son));
  const auto all = issues(swc, at);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[1].ended_on.has_value()) << "those that are over come last";
}

// A consent to the standard scope covers health, never abuse; one person's consent never the other person.
TEST_P(IssueService, are_seen_by_their_topic_and_person) {
  const Worker swc = worker();
  const Worker window = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, window.agency, InvolvementRole::member); }).has_value());
  add(swc, noted(at, "dementia", at.mother));
  const IssueId abuse = add(swc, noted(at, "abuse_elder", at.mother));
  add(swc, noted(at, "job_hard", at.son));
  EXPECT_TRUE(issues(window, at).empty());
  agree(swc, at, at.son);
  ASSERT_EQ(issues(window, at).size(), 1u);
  EXPECT_EQ(issues(window, at)[0].code, "job_hard");
  agree(swc, at, at.mother);
  EXPECT_EQ(issues(window, at).size(), 2u);
  EXPECT_EQ(code_of_error(read(window, [&](auto& tx, auto& gate) { return issue(tx, gate, abuse); })), ErrorCode::not_found);
  EXPECT_EQ(issues(swc, at).size(), 3u);
}

TEST_P(IssueService, are_changed_by_who_noted_them_and_tell_who_saved_first) {
  const Worker swc = worker();
  const Worker window = worker();
  const Home at = home(swc);
  const CaseId case_id = open(swc, a_case(at, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, case_id, window.agency, InvolvementRole::member); }).has_value());
  agree(swc, at, at.son);
  const IssueId id = add(swc, noted(at, "isolation", at.son));
  IssueChange change;
  change.certainty = Certainty::suspected;
  EXPECT_EQ(code_of_error(write(window, [&](auto& tx, auto& gate, const auto& actor) { return change_issue(tx, gate, actor, id, 1, change); })),
            ErrorCode::not_permitted);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_issue(tx, gate, actor, id, 1, change); }).has_value());
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_issue(tx, gate, actor, id, 1, change); })),
            ErrorCode::stale);
  change.ended_on = today().plus_days(-1);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_issue(tx, gate, actor, id, 2, change); })),
            ErrorCode::invalid);
}

}  // namespace
}  // namespace kasane::casework
