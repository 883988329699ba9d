// Consents and requests for the 支援会議 through the browser's door, and what they do to the case.
#include "casework/case_page_testing.hpp"

namespace kasane::casework {
namespace {

using testing::goes_to;
using testing::has;

class ConsentPages : public testing::PageTest {
 protected:
  web::Pairs both(PersonId person) {
    return {{"person", id_text(person)}, {"given_on", "R8.11.24"}, {"application", "agree"}, {"sharing", "agree"},
            {"scope", "standard"}, {"how", "spoken"}, {"witness", "試験 職員"}};
  }
  std::string path() const { return home() + "/consents"; }
};

TEST_F(ConsentPages, both_facts_are_recorded_on_one_sheet_and_move_the_case) {
  const CaseId id = open();
  EXPECT_EQ(t.get(swc, path()).status, 200);
  const auto done = t.post(swc, path(), both(son));
  ASSERT_EQ(done.status, 303);
  EXPECT_EQ(goes_to(done), path());
  EXPECT_EQ(rows("SELECT count(*) FROM consent"), 2);
  EXPECT_EQ(facts(id).state, CaseState::preparing);
  const auto page = t.get(swc, path());
  EXPECT_TRUE(has(page, "試験 むすこ"));
  EXPECT_TRUE(has(page, "標準の範囲"));
  EXPECT_EQ(rows("SELECT count(*) FROM act WHERE kind = 'consent.given'"), 2);
}

// The exceptions are agencies of the team; they get nothing, the others do.
TEST_F(ConsentPages, an_agency_left_out_sees_nothing) {
  const CaseId id = open();
  const auto cgsc = t.account("cgsc_fujishima", Role::window_counsellor);
  const auto school = t.account("kyoiku", Role::window_counsellor);
  for (const char* code : {"cgsc_fujishima", "kyoiku"})
    ASSERT_EQ(t.post(swc, "/cases/" + id_text(id) + "/team", {{"agency", id_text(t.agency(code))}, {"role", "member"}, {"from_on", "R8.11.1"}}).status, 303);
  auto in = both(son);
  in.emplace_back("exceptions", id_text(t.agency("kyoiku")));
  ASSERT_EQ(t.post(swc, path(), in).status, 303);
  EXPECT_EQ(t.get(cgsc, path()).status, 200);
  EXPECT_EQ(t.get(school, path()).status, 404);
  EXPECT_FALSE(has(t.get(school, "/cases"), "試験家"));
  EXPECT_TRUE(has(t.get(cgsc, "/cases"), "試験家"));
}

TEST_F(ConsentPages, a_refusal_is_a_fact_and_leaves_the_case_before_consent) {
  const CaseId id = open();
  auto in = both(son);
  in[2].second = "refuse";
  in[3].second = "refuse";
  ASSERT_EQ(t.post(swc, path(), in).status, 303);
  EXPECT_EQ(facts(id).state, CaseState::before_consent);
  EXPECT_EQ(rows("SELECT count(*) FROM due_item WHERE kind = 'consent.seek' AND done_on IS NULL"), 0) << "asked and answered";
}

TEST_F(ConsentPages, the_mothers_consent_is_not_the_sons) {
  const CaseId id = open();
  ASSERT_EQ(t.post(swc, path(), both(mother)).status, 303);
  EXPECT_EQ(facts(id).state, CaseState::before_consent) << "the case is about the son";
}

TEST_F(ConsentPages, faults_are_named_and_what_was_typed_stays) {
  auto in = both(son);
  in.pop_back();  // nobody heard it
  in[1].second = "R8.11.99";
  const auto page = t.post(swc, path(), in);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "R8.11.99"));
  in[1].second = "R8.11.24";
  EXPECT_EQ(t.post(swc, path(), in).status, 422) << "spoken, but no witness";
  auto nothing = both(son);
  nothing[2].second = "not_asked";
  nothing[3].second = "not_asked";
  EXPECT_EQ(t.post(swc, path(), nothing).status, 422);
  EXPECT_EQ(t.post(swc, path(), both(PersonId(next_id()))).status, 422) << "nobody of this household";
  EXPECT_EQ(rows("SELECT count(*) FROM consent"), 0);
}

TEST_F(ConsentPages, a_double_click_records_once) {
  auto in = both(son);
  in.emplace_back("command_id", "the-same-command");
  EXPECT_EQ(t.post(swc, path(), in).status, 303);
  EXPECT_EQ(t.post(swc, path(), in).status, 303);
  EXPECT_EQ(rows("SELECT count(*) FROM consent"), 2);
}

TEST_F(ConsentPages, are_hidden_from_other_agencies) {
  expect_hidden(path());
  EXPECT_EQ(t.post(stranger, path(), both(son)).status, 404);
  EXPECT_EQ(rows("SELECT count(*) FROM consent"), 0);
}

class ConferenceRequestPages : public testing::PageTest {
 protected:
  web::Pairs request() {
    return {{"ground", "shien_kaigi:no_consent"}, {"person", id_text(son)}, {"reason", "会えないまま半年になる"}, {"asked_on", "R8.11.24"}};
  }
};

// T-66: without consent, with the ground as the city's plan words it.
TEST_F(ConferenceRequestPages, asks_on_one_of_the_citys_grounds) {
  const auto form = t.get(swc, home() + "/conference-requests/new");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(has(form, "本人同意が得られず"));
  EXPECT_TRUE(has(t.get(swc, home() + "/consents"), "/conference-requests/new")) << "offered where there is no consent";
  ASSERT_EQ(t.post(swc, home() + "/conference-requests", request()).status, 303);
  const auto page = t.get(swc, home() + "/consents");
  EXPECT_TRUE(has(page, "会えないまま半年になる"));
  EXPECT_TRUE(has(page, "待っています"));
}

TEST_F(ConferenceRequestPages, names_faults_and_hides_from_other_agencies) {
  auto in = request();
  in[0].second = "shien_kaigi:because";
  const auto page = t.post(swc, home() + "/conference-requests", in);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "会えないまま半年になる"));
  in = request();
  in[2].second = "";
  EXPECT_EQ(t.post(swc, home() + "/conference-requests", in).status, 422);
  in = request();
  in[3].second = "R8.11.25";
  EXPECT_EQ(t.post(swc, home() + "/conference-requests", in).status, 422);
  expect_hidden(home() + "/conference-requests/new");
  EXPECT_EQ(t.post(stranger, home() + "/conference-requests", request()).status, 404);
  EXPECT_EQ(rows("SELECT count(*) FROM ground_request"), 0);
}


TEST_F(ConsentPages, a_choice_of_one_person_is_made) {
  const std::string chosen = "value=\"" + id_text(mother) + "\" selected";
  EXPECT_FALSE(has(t.get(swc, path()), chosen)) << "two live there";
  const auto alone = t.write(swc, [](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewHousehold h;
    h.label = "ひとりの家";
    h.persons.resize(1);
    h.persons[0].fields.family = "試験";
    return people::register_household(tx, gate, actor, std::move(h));
  });
  const auto page = t.get(swc, "/households/" + id_text(alone->household) + "/consents");
  EXPECT_TRUE(has(page, id_text(alone->persons[0]) + "\" selected") || has(page, id_text(alone->persons[0]) + "\" checked"));
}

}  // namespace
}  // namespace kasane::casework
