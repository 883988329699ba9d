// Lessons: from a treated item or a case that was looked back upon, without names, to every agency that meets.
#include <gtest/gtest.h>

#include "base/id_floor.hpp"
#include "meeting/lesson_service.hpp"
#include "meeting/lesson_store.hpp"
#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

LessonText weekday() {
  return {"訪ねる曜日を決めると会える", "訪ねても返事がない日が続いた。", "曜日を決め、来なかった日にも手紙を入れた。", IssueField::poverty, ""};
}

/// 河内長野: the review meeting has an item about a household that agreed.
struct Learning : World {
  people::Registered home;
  CaseId of_case;
  SessionId sitting;
  AgendaItemId item;

  Learning() : World("kawachinagano", "swc"), home(aso()) {
    agree(home, 0);
    of_case = open(home);
    sitting = sit({"review_kaigi"});
    NewItem in;
    in.session = sitting;
    in.body = "review_kaigi";
    in.household = home.household;
    in.question = "どう訪ねるとよいか。";
    item = put(in).value();
  }
  void treat() {
    ASSERT_TRUE(hold(sitting, {"swc"}));
    Outcome out;
    out.note = "曜日を決めた";
    const auto said = say(item, out);
    ASSERT_TRUE(said) << said.error().message;
  }
  Result<LessonId> write(const Login& login, const LessonText& in, const LessonFrom& from) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return write_lesson(tx, gate, actor, city(), in, from); });
  }
  std::vector<Lesson> found(const Login& login, const LessonFilter& filter = {}) {
    return t.read(login, [&](auto& tx, auto& gate) { return lessons_like(tx, gate, filter).lessons; });
  }
};

// K-21, K-79, K-73: what was learnt reaches every agency, by its field, its topic and its words.
TEST(Lesson, of_a_treated_item_is_found_by_agencies_that_know_nothing_of_the_household) {
  Learning w;
  EXPECT_EQ(w.write(w.who, weekday(), {.item = w.item}).error().code, ErrorCode::conflict) << "before it was treated";
  w.treat();
  const auto id = w.write(w.who, weekday(), {.item = w.item});
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(w.acts("lesson.written", "poverty"), 1);
  const Login elsewhere = w.t.account("kodomo_kosodate", Role::meeting_member);
  ASSERT_FALSE(w.t.read(elsewhere, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, w.home.household); }));
  ASSERT_EQ(w.found(elsewhere).size(), 1u);
  EXPECT_EQ(w.found(elsewhere, {.words = "手紙　ようび"}).size(), 0u) << "every word must stand in it";
  EXPECT_EQ(w.found(elsewhere, {.words = "てがみ 手紙"}).size(), 0u);
  EXPECT_EQ(w.found(elsewhere, {.words = "手紙　曜日"}).size(), 1u);
  EXPECT_EQ(w.found(elsewhere, {.words = {}, .topic = {}, .field = IssueField::poverty}).size(), 1u);
  EXPECT_TRUE(w.found(elsewhere, {.words = {}, .topic = {}, .field = IssueField::child}).empty());
  const auto page = w.t.get(elsewhere, "/lessons/" + id_text(*id));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "曜日を決め、来なかった日にも手紙を入れた。"));
  for (const std::string& tells : {id_text(w.item), id_text(w.of_case), id_text(w.home.household), std::string("社会福祉協議会"), wareki(w.today())})
    EXPECT_FALSE(has(page, tells)) << tells << ": neither from where, nor by whom, nor on which day";
}

// K-80: without names, also those that the writer does not know; nothing of what is typed is lost.
TEST(Lesson, takes_no_word_that_tells_the_household_and_repeats_none_that_the_writer_may_not_know) {
  Learning w;
  const Login attendee = w.t.account("kikan", Role::window_counsellor), steward = w.t.account("kodomo_kosodate", Role::coordinator);
  ASSERT_TRUE(w.invite(w.item, {w.agency("kikan")}));
  w.treat();
  LessonText telling = weekday();
  telling.did = "千代さんに手紙を入れた。";
  const auto refused = w.write(attendee, telling, {.item = w.item});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1u);
  EXPECT_EQ(refused.error().fields.front().field, "did");
  EXPECT_EQ(refused.error().fields.front().message.find("千代"), std::string::npos);
  EXPECT_EQ(w.acts("lesson.written", "poverty"), 0);
  const LessonId id = w.write(attendee, weekday(), {.item = w.item}).value();
  const auto guess = w.t.write(steward, [&](auto& tx, auto& gate, const auto&) { return reword_lesson(tx, gate, w.city(), id, 1, telling); });
  ASSERT_FALSE(guess);
  EXPECT_EQ(guess.error().code, ErrorCode::not_permitted) << "who may not know the household learns no name by trying";
  EXPECT_EQ(w.t.write(steward, [&](auto& tx, auto& gate, const auto&) { return reword_lesson(tx, gate, w.city(), id, 1, weekday()); }).error().code, ErrorCode::not_permitted);
  EXPECT_FALSE(has(w.t.get(steward, "/lessons/" + id_text(id)), "言い方を直す"));
  const auto reworded = w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return reword_lesson(tx, gate, w.city(), id, 1, telling); });
  ASSERT_FALSE(reworded);
  EXPECT_EQ(reworded.error().fields.front().message.find("千代"), std::string::npos);

  const auto page = w.t.post(w.who, "/lessons", {{"item", id_text(w.item)}, {"title", telling.title}, {"trouble", telling.trouble}, {"did", telling.did}, {"field", "poverty"}, {"topic", ""}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, telling.trouble)) << "what was typed stays";
  EXPECT_TRUE(has(page, "id=\"f-did-error\"")) << "the fault is at its field";
}

TEST(Lesson, of_a_case_is_written_when_it_was_looked_back_upon_by_who_may_open_it) {  // K-21
  Learning w;
  EXPECT_EQ(w.write(w.who, weekday(), {.of_case = w.of_case}).error().code, ErrorCode::conflict);
  EXPECT_EQ(w.t.get(w.who, "/lessons/new?case=" + id_text(w.of_case)).status, 409);
  w.t.db().write([&](db::WriteTx& tx) { tx.run("UPDATE support_case SET state = 'closed' WHERE id = $1", db::params(w.of_case)); });
  const Login elsewhere = w.t.account("kodomo_kosodate", Role::coordinator);
  EXPECT_EQ(w.write(elsewhere, weekday(), {.of_case = w.of_case}).error().code, ErrorCode::not_found);
  EXPECT_EQ(w.t.get(elsewhere, "/lessons/new?case=" + id_text(w.of_case)).status, 404);
  EXPECT_EQ(w.t.get(w.who, "/lessons/new?case=" + id_text(w.of_case)).status, 200);
  ASSERT_TRUE(w.write(w.who, weekday(), {.of_case = w.of_case}));
  EXPECT_EQ(w.found(elsewhere).size(), 1u);
}

TEST(Lesson, is_mended_and_taken_back_by_those_who_run_meetings) {
  Learning w;
  const Login steward = w.t.account("kodomo_kosodate", Role::coordinator), member = w.t.account("kikan", Role::meeting_member);
  const LessonId id = w.write(w.who, weekday(), {.unnamed = true}).value();
  const std::string path = "/lessons/" + id_text(id);
  const web::Pairs words{{"version", "1"}, {"title", "手紙を入れると会える"}, {"trouble", "会えない。"}, {"did", "手紙を入れた。"}, {"field", "health"}, {"topic", ""}};
  EXPECT_EQ(w.t.post(member, path, words).status, 404);
  EXPECT_EQ(w.t.post(steward, path, words).status, 403) << "of another agency than the one that wrote it";
  EXPECT_EQ(w.t.post(w.who, path, words).status, 303);
  EXPECT_EQ(w.t.post(w.who, path, words).status, 409) << "somebody saved before";
  EXPECT_EQ(w.found(w.who, {.words = "手紙"}).front().text.field, IssueField::health);
  EXPECT_EQ(w.t.post(steward, path + "/withdraw", {{"version", "2"}}).status, 303);
  EXPECT_EQ(w.t.get(w.who, path).status, 404);
  EXPECT_TRUE(w.found(w.who).empty());
}

TEST(Lesson, by_hand_is_kept_when_its_writer_says_that_it_names_nobody_and_never_as_a_draft) {
  Learning w;
  const web::Pairs words{{"title", "手紙を入れると会える"}, {"trouble", "会えない。"}, {"did", "手紙を入れた。"}, {"field", "health"}, {"topic", ""}};
  const auto form = w.t.get(w.who, "/lessons/new");
  EXPECT_TRUE(has(form, "だれのことか分からないように書きました"));
  EXPECT_FALSE(has(form, "保存できません"));
  EXPECT_FALSE(has(form, "lesson-new"));
  const auto refused = w.t.post(w.who, "/lessons", words);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "手紙を入れた。")) << "what was typed stays";
  web::Pairs ticked = words;
  ticked.push_back({"unnamed", "yes"});
  EXPECT_EQ(w.t.post(w.who, "/lessons", ticked).status, 303);
  w.treat();
  EXPECT_FALSE(has(w.t.get(w.who, "/lessons/new?item=" + id_text(w.item)), "だれのことか分からないように書きました")) << "compared with the household";
}

TEST(Lesson, ids_tell_no_moment_and_the_list_stands_by_title_and_goes_on_to_the_last) {
  Learning w;
  const std::int64_t floor = first_id_at(w.t.clock().now());
  int late = 0;
  for (int n = 0; n < 60; ++n) {
    LessonText one = weekday();
    one.title = "工夫" + std::to_string(100 + (n * 37) % 60);
    one.field = n % 30 == 0 ? IssueField::child : IssueField::poverty;
    late += w.write(w.who, one, {.unnamed = true}).value().value >= floor ? 1 : 0;
  }
  EXPECT_LT(late, 60);
  const auto part = [&](const LessonFilter& f) { return w.t.read(w.who, [&](auto& tx, auto& gate) { return lessons_like(tx, gate, f); }); };
  const LessonList first = part({});
  ASSERT_EQ(first.lessons.size(), 50u);
  ASSERT_TRUE(first.next);
  const LessonList rest = part({.after = first.next});
  ASSERT_EQ(rest.lessons.size(), 10u);
  EXPECT_FALSE(rest.next);
  EXPECT_EQ(first.lessons.front().text.title, "工夫100");
  EXPECT_EQ(rest.lessons.back().text.title, "工夫159");
  EXPECT_EQ(part({.field = IssueField::child}).lessons.size(), 2u);
  EXPECT_EQ(part({.words = "工夫159"}).lessons.size(), 1u) << "found, however far behind";
  EXPECT_TRUE(has(w.t.get(w.who, "/lessons"), "after=" + id_text(*first.next)));
}

}  // namespace
}  // namespace kasane::meeting
