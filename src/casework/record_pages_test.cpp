// Records and issues through the browser's door: presets, faults, denial, repeats, lost races.
#include "casework/case_page_testing.hpp"
#include "programme/context.hpp"

namespace kasane::casework {
namespace {

using testing::goes_to;
using testing::has;
using testing::id_after;

class RecordPages : public testing::PageTest {
 protected:
  web::Pairs visit(const char* text = "【本人】外に出たくない。") {
    return {{"text", text}, {"method", "home_visit"}, {"on_day", "R8.11.24"}, {"at_time", "10:05"}};
  }
};

TEST_F(RecordPages, the_form_begins_with_today_and_guesses_neither_hour_nor_method) {
  ASSERT_EQ(t.post(swc, home() + "/records", visit()).status, 303);
  const auto page = t.get(swc, home() + "/records/new");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "試験家の記録を書く"));
  EXPECT_TRUE(has(page, "令和8年11月24日"));
  EXPECT_FALSE(has(page, "10:00")) << "the visit was not now";
  EXPECT_FALSE(has(page, "value=\"home_visit\" selected")) << "nor need it be as the last one was";
  EXPECT_FALSE(has(page, "どの事業として")) << "one service only: nobody is asked";
  EXPECT_FALSE(has(page, "だれが読めるか")) << "no case, so no team to share with";
  const auto without = t.post(swc, home() + "/records", {{"text", "会った"}, {"on_day", "R8.11.24"}});
  EXPECT_EQ(without.status, 422);
  EXPECT_TRUE(has(without, "href=\"#f-method\"")) << "the summary leads to it";
  EXPECT_TRUE(has(without, "会った"));
}

TEST_F(RecordPages, a_day_without_its_year_is_the_nearest_one) {
  auto in = visit();
  in[2].second = "11/23";
  in.emplace_back("next_on", "1/8");
  ASSERT_EQ(t.post(swc, home() + "/records", in).status, 303);
  const auto list = t.get(swc, home() + "/records");
  EXPECT_TRUE(has(list, "R8.11.23"));
  EXPECT_TRUE(has(list, "次の予定 R9.1.8"));
}

TEST_F(RecordPages, the_next_date_stands_in_the_record_and_may_be_corrected) {
  auto in = visit();
  in.emplace_back("next_on", "R8.12.3");
  ASSERT_EQ(t.post(swc, home() + "/records", in).status, 303);
  const auto list = t.get(swc, home() + "/records");
  EXPECT_TRUE(has(list, "次の予定 R8.12.3"));
  const std::string one = "/records/" + id_after(list, "/records/");
  EXPECT_TRUE(has(t.get(swc, one), "令和8年12月3日"));
  EXPECT_TRUE(has(t.get(swc, one + "/correct"), "令和8年12月3日"));
}

TEST_F(RecordPages, a_record_is_written_and_read_as_a_timeline) {
  const auto done = t.post(swc, home() + "/records", visit("近くに行った。\n\n【本人】外に出たくない。"));
  ASSERT_EQ(done.status, 303);
  EXPECT_EQ(goes_to(done), home() + "/records");
  const auto list = t.get(swc, home() + "/records");
  EXPECT_TRUE(has(list, "外に出たくない。"));
  EXPECT_TRUE(has(list, "本人の話"));
  EXPECT_TRUE(has(list, "R8.11.24 10:05"));
  const auto one = t.get(swc, "/records/" + id_after(list, "/records/"));
  EXPECT_EQ(one.status, 200);
  EXPECT_TRUE(has(one, "訪問"));
  EXPECT_TRUE(has(one, "多機関協働事業")) << "attributed from the writer's post";
  EXPECT_TRUE(has(one, "自分の機関だけ"));
}

TEST_F(RecordPages, what_was_typed_is_never_lost) {
  auto in = visit("");
  in[2].second = "R8.2.30";
  in.emplace_back("minutes", "たくさん");
  const auto page = t.post(swc, home() + "/records", in);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "R8.2.30"));
  EXPECT_TRUE(has(page, "たくさん"));
  in = visit("書いたことば");
  in[1].second = "teleport";
  const auto unknown = t.post(swc, home() + "/records", in);
  EXPECT_EQ(unknown.status, 422);
  EXPECT_TRUE(has(unknown, "書いたことば"));
  const auto empty = t.post(swc, home() + "/records", visit("　"));
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(has(empty, "記録の内容を書いてください。"));
  const auto future = t.post(swc, home() + "/records", {{"text", "先の話"}, {"method", "phone"}, {"on_day", "R8.11.25"}});
  EXPECT_EQ(future.status, 422);
  EXPECT_TRUE(has(future, "今日までの日"));
  EXPECT_TRUE(has(future, "先の話"));
  EXPECT_EQ(rows("SELECT count(*) FROM support_record"), 0);
}

TEST_F(RecordPages, a_double_click_writes_once) {
  auto in = visit();
  in.emplace_back("command_id", "the-same-command");
  EXPECT_EQ(t.post(swc, home() + "/records", in).status, 303);
  EXPECT_EQ(t.post(swc, home() + "/records", in).status, 303);
  EXPECT_EQ(rows("SELECT count(*) FROM support_record"), 1);
}

// T-47: nobody at home is an action, and needs no words.
TEST_F(RecordPages, an_attempt_needs_no_words_and_is_no_contact) {
  const CaseId id = open();
  auto in = visit("");
  in.emplace_back("outcome", "no_answer");
  in.emplace_back("sharing", "team");
  ASSERT_EQ(t.post(swc, home() + "/records", in).status, 303);
  EXPECT_EQ(rows("SELECT count(*) FROM act WHERE kind = 'record.attempt'"), 1);
  EXPECT_EQ(rows("SELECT count(*) FROM act WHERE kind = 'record.contact'"), 0);
  EXPECT_FALSE(facts(id).last_contact_on.has_value());
  EXPECT_TRUE(has(t.get(swc, home() + "/records"), "不在・応答なし"));
}

// 河内長野 story 4, N-19: who holds several services says which; several may be ticked.
TEST_F(RecordPages, several_services_are_asked_and_may_all_fit) {
  const auto csw = t.account("swc", Role::field_worker, "outreach,participation");
  EXPECT_TRUE(has(t.get(csw, home() + "/records/new"), "どの事業として"));
  const auto without = t.post(csw, home() + "/records", visit());
  EXPECT_EQ(without.status, 422);
  auto in = visit();
  in.emplace_back("services", "outreach");
  in.emplace_back("services", "participation");
  ASSERT_EQ(t.post(csw, home() + "/records", in).status, 303);
  EXPECT_EQ(rows("SELECT count(*) FROM act WHERE kind = 'record.contact' AND service IN ('outreach', 'participation')"), 2);
  auto forged = visit();
  forged.emplace_back("services", "collaboration");
  EXPECT_EQ(t.post(csw, home() + "/records", forged).status, 422) << "no post of this worker holds it";
}

TEST_F(RecordPages, are_hidden_from_other_agencies) {
  ASSERT_EQ(t.post(swc, home() + "/records", visit()).status, 303);
  const std::string id = id_after(t.get(swc, home() + "/records"), "/records/");
  for (const std::string& path : {home() + "/records", home() + "/records/new", "/records/" + id, "/records/" + id + "/correct"}) expect_hidden(path);
  EXPECT_EQ(t.post(stranger, home() + "/records", visit()).status, 404);
  EXPECT_EQ(t.post(stranger, "/records/" + id + "/correct", visit()).status, 404);
  EXPECT_EQ(t.get(swc, "/records/zzzzzzzzzzzzz").status, 404);
  EXPECT_EQ(t.get(swc, "/households/1/records").status, 404);
  const auto commissioner = t.account("swc", Role::commissioner);
  EXPECT_NE(t.get(commissioner, home() + "/records").status, 200);
}

TEST_F(RecordPages, a_correction_keeps_the_old_version_and_tells_who_was_first) {
  ASSERT_EQ(t.post(swc, home() + "/records", visit()).status, 303);
  const std::string id = id_after(t.get(swc, home() + "/records"), "/records/");
  const auto form = t.get(swc, "/records/" + id + "/correct");
  EXPECT_TRUE(has(form, "【本人】外に出たくない。"));
  const auto done = t.post(swc, "/records/" + id + "/correct", visit("【本人】外に出てみたい。"));
  ASSERT_EQ(done.status, 303);
  EXPECT_TRUE(has(t.get(swc, goes_to(done)), "外に出てみたい。"));
  EXPECT_TRUE(has(t.get(swc, goes_to(done)), "直す前の記録"));
  EXPECT_TRUE(has(t.get(swc, "/records/" + id), "あとで直されています"));
  const auto late = t.post(swc, "/records/" + id + "/correct", visit("わたしの直し"));
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(has(late, "わたしの直し"));
  EXPECT_TRUE(has(late, "先に直しました"));
}

TEST_F(RecordPages, page_titles_hold_no_names) {
  const auto page = t.get(swc, home() + "/records");
  const std::size_t title = page.body.find("<title>");
  const std::size_t end = page.body.find("</title>");
  ASSERT_NE(title, std::string::npos);
  EXPECT_EQ(page.body.substr(title, end - title).find("試験"), std::string::npos);
}

class IssuePages : public testing::PageTest {};

// W-71: 疑い and 未受診 for one person.
TEST_F(IssuePages, an_issue_is_written_and_changed) {
  EXPECT_EQ(t.get(swc, home() + "/issues/new").status, 200);
  const auto done = t.post(swc, home() + "/issues",
                           {{"person", id_text(son)}, {"code", "disability_suspected"}, {"certainty", "suspected"}, {"treatment", "untreated"},
                            {"note", "受診をすすめる"}, {"since_on", "R8.4.1"}});
  ASSERT_EQ(done.status, 303);
  const auto id = t.db().read([](db::ReadTx& tx) { return tx.number("SELECT id FROM issue"); });
  const std::string path = "/issues/" + id_text(id) + "/edit";
  const auto form = t.get(swc, path);
  EXPECT_TRUE(has(form, "試験 むすこ"));
  EXPECT_TRUE(has(form, "受診をすすめる"));
  EXPECT_TRUE(has(form, "障害（疑い）"));
  ASSERT_EQ(t.post(swc, path, {{"version", "1"}, {"certainty", "confirmed"}, {"treatment", "in_treatment"}, {"note", "通院中"}}).status, 303);
  const auto late = t.post(swc, path, {{"version", "1"}, {"certainty", "suspected"}, {"note", "わたしのメモ"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(has(late, "いま保存されている内容"));
  EXPECT_TRUE(has(late, "通院中"));
  EXPECT_TRUE(has(late, "わたしのメモ"));
  EXPECT_TRUE(has(late, "name=\"version\" value=\"2\"")) << "saving again is knowing of both";
  expect_hidden(path);
  expect_hidden(home() + "/issues/new");
  EXPECT_EQ(t.post(stranger, path, {{"version", "2"}, {"certainty", "confirmed"}}).status, 404);
}

TEST_F(IssuePages, faults_are_shown_at_their_fields) {
  const auto page = t.post(swc, home() + "/issues", {{"code", "no_such"}, {"certainty", "perhaps"}, {"since_on", "R8.13.1"}, {"note", "残る"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "残る"));
  EXPECT_TRUE(has(page, "R8.13.1"));
  web::Pairs good{{"code", "debt"}, {"certainty", "confirmed"}, {"since_on", "R8.4.1"}};
  ASSERT_EQ(t.post(swc, home() + "/issues", good).status, 303);
  EXPECT_EQ(t.post(swc, home() + "/issues", good).status, 409) << "noted already";
  const auto foreign = t.post(swc, home() + "/issues", {{"person", id_text(next_id())}, {"code", "care"}, {"certainty", "confirmed"}, {"since_on", "R8.4.1"}});
  EXPECT_EQ(foreign.status, 422) << "a person of another household";
}

}  // namespace
}  // namespace kasane::casework
