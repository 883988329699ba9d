// Cases, team, tasks and progress through the browser's door.
#include "casework/case_page_testing.hpp"
#include "consent/service.hpp"
#include "people/protection_service.hpp"

namespace kasane::casework {
namespace {

using testing::goes_to;
using testing::has;
using testing::id_after;

class CasePages : public testing::PageTest {
 protected:
  std::string agency(const char* code) { return id_text(t.agency(code)); }
  void agree() {
    const auto done = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
      consent::NewConsent c;
      c.household = household;
      c.person = son;
      c.given_on = gate.today();
      c.how = consent::How::spoken;
      c.witness = "試験 職員";
      c.form_version = "試験";
      if (auto given = consent::record(tx, gate, actor, c); !given) return tl::unexpected(given.error());
      return consent_changed(tx, gate, actor, household);
    });
    ASSERT_TRUE(done.has_value());
  }
};

// W-73: an opponent is not chosen as 本人 unawares; who may not know of a protection learns nothing of it here.
TEST_F(CasePages, choosing_the_people_of_a_case_warns_of_a_protection_W_73) {
  const CaseId id = open();
  people::NewHousehold h;
  h.persons.resize(1);
  h.persons[0].fields.family = "別";
  const auto without = t.write(swc, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, h); }).value();
  const auto edit = "/cases/" + id_text(id) + "/edit";
  EXPECT_FALSE(has(t.get(swc, edit), "保護があります"));
  const auto made = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewMeasure what;
    what.household = household;
    what.person = mother;
    what.kind = people::ProtectionKind::abuse;
    what.from = gate.today();
    what.opponents = {son};
    return people::add_measure(tx, gate, actor, {12, 30, "要領"}, what);
  });
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(has(t.get(swc, edit), "保護があります"));
  EXPECT_TRUE(has(t.get(swc, home() + "/cases/new"), "保護があります"));
  EXPECT_FALSE(has(t.get(swc, "/households/" + id_text(without.household) + "/cases/new"), "保護があります"));
}

TEST_F(CasePages, triage_opens_a_case_with_its_people) {
  const auto form = t.get(swc, home() + "/cases/new");
  EXPECT_TRUE(has(form, "試験 むすこ"));
  EXPECT_TRUE(has(form, "狭間の事例")) << "the city's own categories (T-97)";
  const auto done = t.post(swc, home() + "/cases", {{"subjects", id_text(son)}, {"subjects", id_text(mother)}, {"category", "gap"},
                                                    {"owner_by", "R8.12.1"}, {"cadence_days", "14"}});
  ASSERT_EQ(done.status, 303);
  const CaseId id = *parse_id<CaseTag>(goes_to(done).substr(std::string("/cases/").size()));
  const CaseFacts c = facts(id);
  EXPECT_EQ(c.subjects.size(), 2u);
  EXPECT_EQ(c.cadence_days, 14);
  EXPECT_FALSE(c.owner.has_value());
  EXPECT_EQ(t.post(swc, home() + "/cases", {{"subjects", id_text(son)}, {"cadence_days", "14"}, {"owner_by", "R8.12.1"}}).status, 409);
  const auto list = t.get(swc, "/cases");
  EXPECT_TRUE(has(list, "担当未定"));
  EXPECT_TRUE(has(list, "R8.12.1までに決める"));
}

TEST_F(CasePages, opening_names_every_fault) {
  const auto page = t.post(swc, home() + "/cases", {{"cadence_days", "0"}, {"owner_by", "きのう"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "きのう"));
  EXPECT_EQ(t.post(swc, home() + "/cases", {{"subjects", id_text(son)}, {"cadence_days", "30"}}).status, 422) << "no owner, no day";
  expect_hidden(home() + "/cases/new");
  const auto window = t.account("swc", Role::window_counsellor);
  EXPECT_EQ(t.get(window, home() + "/cases/new").status, 404) << "triage is for coordinators and the city";
}

TEST_F(CasePages, only_the_operator_and_the_owner_section_open_cases) {
  const auto fields = web::Pairs{{"subjects", id_text(son)}, {"cadence_days", "30"}, {"owner_by", "R8.12.1"}};
  const auto hokatsu = t.account("cgsc_fujishima", Role::coordinator);
  const auto own = t.write(hokatsu, [](auto& tx, auto& gate, const auto& actor) {
    people::NewHousehold h;
    h.label = "自分の世帯";
    return people::register_household(tx, gate, actor, h);
  });
  ASSERT_TRUE(own.has_value());
  const std::string path = "/households/" + id_text(own->household);
  const auto form = t.get(hokatsu, path + "/cases/new");
  EXPECT_EQ(form.status, 403);
  EXPECT_TRUE(has(form, "つなぎを送ってください"));
  EXPECT_EQ(t.post(hokatsu, path + "/cases", fields).status, 403);
}

TEST_F(CasePages, the_list_shows_a_household_to_those_who_may_know_it) {
  open();
  const auto list = t.get(swc, "/cases");
  EXPECT_EQ(list.status, 200);
  EXPECT_TRUE(has(list, "試験家"));
  EXPECT_TRUE(has(list, "R08-0001"));
  EXPECT_TRUE(has(list, "同意前"));
  const auto other = t.get(stranger, "/cases");
  EXPECT_EQ(other.status, 200);
  EXPECT_FALSE(has(other, "試験家"));
  EXPECT_FALSE(has(other, "R08-0001"));
  EXPECT_TRUE(has(t.get(swc, "/cases?state=before_consent&mine=yes"), "試験家"));
  EXPECT_FALSE(has(t.get(swc, "/cases?state=active"), "試験家"));
  EXPECT_FALSE(has(t.get(swc, "/cases?silent=yes"), "試験家"));
  t.clock().set(*Date::from_ymd(2027, 2, 1));
  const auto later = t.account("swc", Role::coordinator);
  EXPECT_TRUE(has(t.get(later, "/cases?silent=yes"), "連絡がありません"));
  EXPECT_EQ(t.get(later, "/cases?state=nothing&from=garbage").status, 200);
}

// KN-4, N-8: into 伴走 and on.
TEST_F(CasePages, is_changed_and_tells_who_saved_first) {
  const CaseId id = open();
  const std::string path = "/cases/" + id_text(id) + "/edit";
  EXPECT_EQ(t.get(swc, path).status, 200);
  const web::Pairs in{{"version", "1"}, {"subjects", id_text(son)}, {"owner", agency("swc")}, {"cadence_days", "60"},
                      {"approach", "accompany"}, {"watching", "yes"}, {"next_look_on", "R9.1.10"}};
  ASSERT_EQ(t.post(swc, path, in).status, 303);
  EXPECT_EQ(facts(id).state, CaseState::watching);
  EXPECT_EQ(facts(id).approach, "accompany") << "KN-5";
  const auto late = t.post(swc, path, in);
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(has(late, "いま保存されている内容"));
  EXPECT_EQ(t.post(swc, path, {{"version", "2"}, {"cadence_days", "999"}}).status, 422);
  expect_hidden(path);
  EXPECT_EQ(t.post(stranger, path, in).status, 404);
}

// K-51, K-53: same number, history shown, trigger from the code table.
TEST_F(CasePages, a_closed_case_is_reopened_with_its_history) {
  const CaseId id = open();
  const std::string path = "/cases/" + id_text(id) + "/reopen";
  EXPECT_EQ(t.get(swc, path).status, 409) << "it is open";
  ASSERT_TRUE(t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
                 CloseCase close;
                 close.on = gate.today();
                 close.reason = "settled";
                 close.main_contact = actor.agency;
                 return close_case(tx, gate, actor, id, close);
               }).has_value());
  EXPECT_TRUE(has(t.get(swc, "/cases?state=closed"), "試験家"));
  EXPECT_FALSE(has(t.get(swc, "/cases"), "試験家"));
  EXPECT_EQ(t.post(swc, "/cases/" + id_text(id) + "/edit", {{"version", "2"}, {"subjects", id_text(son)}, {"owner", agency("swc")}, {"cadence_days", "9"}}).status, 409);
  const auto form = t.get(swc, path);
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(has(form, "取り巻く環境の変化"));
  EXPECT_EQ(t.post(swc, path, {}).status, 422);
  EXPECT_EQ(t.post(swc, path, {{"trigger", "weather"}}).status, 422);
  ASSERT_EQ(t.post(swc, path, {{"trigger", "surroundings"}}).status, 303);
  EXPECT_EQ(facts(id).number, "R08-0001");
  EXPECT_EQ(facts(id).state, CaseState::before_consent);
  expect_hidden(path);
}

// T-10, T-15
TEST_F(CasePages, an_agency_joins_and_leaves_the_team) {
  const CaseId id = open();
  const std::string path = "/cases/" + id_text(id) + "/team";
  EXPECT_EQ(t.get(swc, path).status, 200);
  ASSERT_EQ(t.post(swc, path, {{"agency", agency("cgsc_fujishima")}, {"role", "originating"}, {"what", "高齢の母の相談"}, {"from_on", "R8.11.1"}}).status, 303);
  const auto page = t.get(swc, path);
  EXPECT_TRUE(has(page, "地域包括支援センターふじしま"));
  EXPECT_TRUE(has(page, "高齢の母の相談"));
  EXPECT_TRUE(has(page, "R8.11.1"));
  EXPECT_EQ(t.post(swc, path, {{"agency", agency("cgsc_fujishima")}, {"role", "originating"}, {"from_on", "R8.11.1"}}).status, 409);
  EXPECT_EQ(t.post(swc, path, {{"agency", "nobody"}, {"role", "member"}, {"from_on", "R8.11.1"}, {"what", "残る"}}).status, 422);
  expect_hidden(path);
  EXPECT_EQ(t.post(stranger, path, {{"agency", agency("kurashi_station")}, {"role", "member"}, {"from_on", "R8.11.1"}}).status, 404);

  const auto involved = t.db().read([](db::ReadTx& tx) { return tx.number("SELECT id FROM involvement WHERE role = 'originating'"); });
  const std::string one = "/involvements/" + id_text(involved);
  EXPECT_EQ(t.get(swc, one + "/edit").status, 200);
  ASSERT_EQ(t.post(swc, one + "/edit", {{"version", "1"}, {"role", "originating"}, {"what", "見守り"}, {"next_on", "R8.12.1"}}).status, 303);
  EXPECT_EQ(t.post(swc, one + "/edit", {{"version", "1"}, {"role", "originating"}, {"what", "わたしの"}}).status, 409);
  EXPECT_EQ(t.post(swc, one + "/leave", {{"version", "2"}, {"on", "いつか"}}).status, 422);
  ASSERT_EQ(t.post(swc, one + "/leave", {{"version", "2"}, {"on", "R8.11.24"}}).status, 303);
  EXPECT_TRUE(has(t.get(swc, path), "これまで関わった機関"));
  EXPECT_EQ(t.get(swc, one + "/edit").status, 409);
  expect_hidden(one + "/edit");
}

// W-73: an agency that the folder marks as sensitive is protected without anybody thinking of it.
TEST_F(CasePages, a_sensitive_agency_on_the_team_is_not_shown_to_the_others) {
  const CaseId id = open();
  const auto other = t.account("cgsc_fujishima", Role::window_counsellor);
  const std::string path = "/cases/" + id_text(id) + "/team";
  ASSERT_EQ(t.post(swc, path, {{"agency", agency("cgsc_fujishima")}, {"role", "member"}, {"from_on", "R8.11.1"}}).status, 303);
  ASSERT_EQ(t.post(swc, path, {{"agency", agency("josei")}, {"role", "member"}, {"from_on", "R8.11.1"}, {"what", "一時的な避難"}}).status, 303);
  agree();
  EXPECT_TRUE(has(t.get(swc, path), "一時的な避難"));
  const auto seen = t.get(other, path);
  EXPECT_EQ(seen.status, 200);
  EXPECT_FALSE(has(seen, "一時的な避難"));
}

TEST_F(CasePages, a_task_is_added_and_done) {
  const CaseId id = open();
  EXPECT_EQ(t.get(swc, home() + "/tasks/new").status, 200);
  EXPECT_EQ(t.post(swc, home() + "/tasks", {{"agency", agency("swc")}, {"due_on", "R8.2.30"}, {"how_often", "残る"}}).status, 422);
  ASSERT_EQ(t.post(swc, home() + "/tasks", {{"what", "受診に同行"}, {"agency", agency("swc")}, {"due_on", "R8.11.20"}}).status, 303);
  const auto list = t.get(swc, "/tasks");
  EXPECT_TRUE(has(list, "受診に同行"));
  EXPECT_TRUE(has(list, "期限がすぎています"));
  EXPECT_TRUE(has(t.get(swc, "/tasks?show=overdue"), "受診に同行"));
  EXPECT_FALSE(has(t.get(stranger, "/tasks?whose=all"), "受診に同行"));
  const std::string path = "/tasks/" + id_after(list, "/tasks/") + "/done";
  EXPECT_EQ(t.post(swc, path, {{"version", "1"}, {"done_on", "R8.11.25"}, {"note", "先の日"}}).status, 422);
  ASSERT_EQ(t.post(swc, path, {{"version", "1"}, {"done_on", "R8.11.24"}, {"note", "行けた"}}).status, 303);
  EXPECT_FALSE(has(t.get(swc, "/tasks"), "受診に同行"));
  EXPECT_TRUE(has(t.get(swc, "/tasks?show=done"), "受診に同行"));
  EXPECT_TRUE(has(t.get(swc, path), "行けた"));
  const auto again = t.post(swc, path, {{"version", "1"}, {"done_on", "R8.11.24"}, {"note", "わたしも書いた"}});
  EXPECT_EQ(again.status, 409);
  EXPECT_TRUE(has(again, "わたしも書いた"));
  expect_hidden(path);
  expect_hidden(home() + "/tasks/new");
  EXPECT_EQ(facts(id).state, CaseState::before_consent);
}

// K-48, N-29
TEST_F(CasePages, progress_is_asked_and_answered_in_one_line) {
  const CaseId id = open();
  const auto other = t.account("cgsc_fujishima", Role::window_counsellor);
  const std::string path = "/cases/" + id_text(id) + "/progress";
  ASSERT_EQ(t.post(swc, "/cases/" + id_text(id) + "/team", {{"agency", agency("cgsc_fujishima")}, {"role", "member"}, {"from_on", "R8.11.1"}}).status, 303);
  const auto refused = t.post(swc, path, {{"agencies", agency("cgsc_fujishima")}, {"due_on", "R8.12.1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "根拠がない機関"));
  EXPECT_EQ(t.get(other, path).status, 404);
  agree();
  ASSERT_EQ(t.post(swc, path, {{"agencies", agency("cgsc_fujishima")}, {"due_on", "R8.12.1"}}).status, 303);
  const auto request = t.db().read([](db::ReadTx& tx) { return tx.number("SELECT id FROM progress_request"); });
  EXPECT_TRUE(has(t.get(other, path), "答える"));
  EXPECT_EQ(t.post(other, path + "/" + id_text(request), {{"answer", ""}}).status, 422);
  EXPECT_EQ(t.post(swc, path + "/" + id_text(request), {{"answer", "代わりに"}}).status, 404);
  ASSERT_EQ(t.post(other, path + "/" + id_text(request), {{"answer", "通えている"}}).status, 303);
  EXPECT_TRUE(has(t.get(swc, path), "通えている"));
  EXPECT_EQ(t.post(other, path + "/" + id_text(request), {{"answer", "もう一度"}}).status, 409);
  expect_hidden(path);
}

}  // namespace
}  // namespace kasane::casework
