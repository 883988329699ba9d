// Gatherings: planning, materials, who came as numbers, the survey without names, what came of it.
#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/gathering_rules.hpp"
#include "meeting/gathering_service.hpp"
#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

const std::string kPdf = "%PDF-1.7 資料";

struct Gatherings : World {
  GatheringId id;
  std::string path;

  explicit Gatherings(std::string city = "kawachinagano", std::string agency = "swc") : World(std::move(city), std::move(agency)), id(plan(text())), path("/gatherings/" + id_text(id)) {}
  GatheringText text() {
    GatheringText in;
    in.kind = GatheringKind::study;
    in.title = "夜の相談を考える勉強会";
    in.theme = "夜の相談";
    in.held_on = today();
    in.fields = {IssueField::elderly, IssueField::poverty};
    in.invitation = "どなたでもどうぞ。";
    if (t.m().body("benkyokai") != nullptr) in.body = "benkyokai";
    return in;
  }
  template <class F>
  auto run(const Login& login, F&& f) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return f(tx, gate, actor, city()); });
  }
  GatheringId plan(const GatheringText& in) {
    return run(who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return plan_gathering(tx, gate, actor, c, in); }).value();
  }
  GatheringView view() {
    return t.read(who, [&](auto& tx, auto& gate) { return gathering_view(tx, gate, city(), id); }).value();
  }
  std::string version() { return std::to_string(view().gathering.version); }
  Result<> come(const std::vector<AttendanceLine>& lines) {
    return run(who, [&](auto& tx, auto& gate, const auto& actor, const auto&) { return hold_gathering(tx, gate, actor, id, view_version(tx), lines); });
  }
  std::int64_t view_version(db::ReadTx& tx) { return store::gathering(tx, id)->version; }
  std::string open() {
    EXPECT_TRUE(run(who, [&](auto& tx, auto& gate, const auto&, const auto&) { return open_survey(tx, gate, city(), t.city().key, id, view_version(tx)); }));
    return survey_token(t.city().key, id, view().gathering.survey_serial);
  }
  Result<> answer(const std::string& token, const std::string& browser, SurveyAnswer in) {
    return t.db().write([&](db::WriteTx& tx) { return answer_survey(tx, t.city().key, token, browser, in, today()); });
  }
  web::Reply send(std::string method, const std::string& token, const std::string& cookie, web::Pairs fields = {}) {
    web::Request request;
    request.method = std::move(method);
    request.path = "/" + t.city().slug + "/survey/" + token;
    request.segments = {t.city().slug, "survey", token};
    request.headers = {{"host", "localhost"}, {"sec-fetch-site", "same-origin"}};
    if (!cookie.empty()) request.cookies = {{"kasane_survey_" + t.city().slug, cookie}};
    request.posted = std::move(fields);
    request.client = "192.0.2.7";
    return t.send(std::move(request));
  }
};

SurveyAnswer said(int value, std::string text = {}) {
  SurveyAnswer a;
  a.scale = {value, value, value};
  a.standing = Standing::agency;
  a.text = std::move(text);
  return a;
}

// --- rules ---

TEST(GatheringRules, believe_the_bytes_of_a_file_and_not_its_name) {
  EXPECT_EQ(material_kind(kPdf)->ending, ".pdf");
  EXPECT_EQ(material_kind("\xFF\xD8\xFF\xE0")->type, "image/jpeg");
  EXPECT_FALSE(material_kind("<html><script>"));
  EXPECT_FALSE(material_kind("MZ\x90"));
  EXPECT_FALSE(material_kind("PK\x03\x04 anything"));
  EXPECT_EQ(material_kind("PK\x03\x04 [Content_Types].xml word/document.xml")->ending, ".docx");
  EXPECT_FALSE(material_kind("PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin"));
}

TEST(SurveyRules, tell_nothing_of_few_answers_and_no_small_number_of_many) {
  std::vector<SurveyAnswer> answers(4, said(5, "よかった"));
  SurveyResults few = told_results(answers, 5);
  EXPECT_FALSE(few.enough);
  EXPECT_EQ(few.answers, "5件未満");
  EXPECT_TRUE(few.texts.empty());
  answers.insert(answers.end(), 8, said(4));
  answers.push_back(said(1));
  const SurveyResults many = told_results(answers, 5);
  ASSERT_TRUE(many.enough);
  EXPECT_EQ(many.answers, "13件");
  std::size_t untold_bars = 0;
  for (const auto& bar : many.questions.front().bars) {
    if (bar.told == "＊") ++untold_bars;
    EXPECT_TRUE(bar.told == "＊" || bar.told == "0" || bar.value >= 5) << bar.label;
  }
  EXPECT_GE(untold_bars, 2u);  // the number of answers must not give the small one away
  EXPECT_EQ(many.texts.size(), 4u);
}

TEST(SurveyRules, take_an_answer_of_bounded_length_that_names_nobody) {
  EXPECT_TRUE(faults_of(said(3)).empty());
  EXPECT_EQ(faults_of(SurveyAnswer()).front().field, "q1");
  EXPECT_EQ(faults_of(said(6)).front().field, "q1");
  std::string long_text;
  for (int i = 0; i < 401; ++i) long_text += "あ";
  EXPECT_EQ(faults_of(said(3, long_text)).front().field, "text");
  EXPECT_EQ(faults_of(said(3, "090-1234-5678に電話を")).front().field, "text");
}

// --- services ---

TEST(Gathering, is_made_by_those_who_run_things_and_changed_by_its_organiser_and_the_city) {  // KN-33, KN-60, KN-65
  Gatherings w;
  const auto change = [&](const Login& login) {
    return w.run(login, [&](auto& tx, auto& gate, const auto&, const auto& c) { return change_gathering(tx, gate, c, w.id, w.view_version(tx), w.text()); });
  };
  EXPECT_EQ(change(w.t.account("kikan", Role::coordinator)).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(change(w.t.account("swc", Role::meeting_member)).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(change(w.t.account("swc", Role::commissioner)).error().code, ErrorCode::not_found);
  EXPECT_TRUE(change(w.t.account("swc", Role::field_worker)));
  EXPECT_TRUE(change(w.t.account("chiiki_fukushi_korei", Role::city_officer)));
  const auto stale = w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto& c) { return change_gathering(tx, gate, c, w.id, 1, w.text()); });
  EXPECT_EQ(stale.error().code, ErrorCode::stale);
  const auto none = w.run(w.t.account("swc", Role::window_counsellor), [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return plan_gathering(tx, gate, actor, c, w.text()); });
  EXPECT_EQ(none.error().code, ErrorCode::not_permitted);
}

TEST(Gathering, keeps_who_came_as_numbers_by_field_and_agency) {
  Gatherings w;
  EXPECT_FALSE(w.come({}));
  ASSERT_TRUE(w.come({{IssueField::elderly, w.t.agency("cgsc"), 6}, {IssueField::other, {}, 11}}));
  EXPECT_EQ(w.view().gathering.people, 17);
  EXPECT_EQ(w.view().gathering.state, GatheringState::held);
  EXPECT_EQ(w.acts("gathering.held", "study"), 1);
  ASSERT_TRUE(w.come({{IssueField::elderly, w.t.agency("cgsc"), 7}}));  // corrected: still one gathering
  EXPECT_EQ(w.view().gathering.people, 7);
  EXPECT_EQ(w.acts("gathering.held", "study"), 1);
  GatheringText later = w.text();
  later.held_on = w.today().plus_days(3);
  w.id = w.plan(later);
  EXPECT_FALSE(w.come({{IssueField::other, {}, 3}}));  // not yet
}

TEST(Gathering, ends_in_what_came_of_it_and_leads_to_an_issue_and_a_working_group) {  // KN-61, T-73
  Gatherings w;
  const auto issue = w.run(w.who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) {
    return raise_issue(tx, gate, actor, c, {"夜に電話で相談できない", "", IssueField::poverty, IssueKind::resource, ""});
  }).value();
  const auto conclude = [&](GatheringOutcome out) {
    return w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto& c) { return conclude_gathering(tx, gate, c, w.id, w.view_version(tx), out); });
  };
  EXPECT_EQ(conclude({"輪番の案が出た", "", issue, "working"}).error().code, ErrorCode::conflict);
  ASSERT_TRUE(w.come({{IssueField::other, {}, 12}}));
  EXPECT_EQ(conclude({"", "", {}, ""}).error().code, ErrorCode::invalid);
  EXPECT_EQ(conclude({"案", "", CommonIssueId(42), ""}).error().fields.front().field, "outcome_issue");
  ASSERT_TRUE(conclude({"輪番の案が出た", "次の会で決める", issue, "working"}));
  EXPECT_EQ(w.view().outcome_issue->id, issue);
  EXPECT_TRUE(has(w.t.get(w.who, "/common-issues/" + id_text(issue)), "夜の相談を考える勉強会"));  // the way back from the issue
}

// W-89: the city trains across the fields; KN-55: who met whom is seen by field and agency, year by year; W-15: families meet,
// of whom nothing but their number is kept; K-81, N-48: ideas of a platform go on to an issue that somebody may take up.
TEST(Gathering, of_every_kind_keeps_numbers_and_what_came_of_it_and_no_person_W_89_KN_55_W_15_K_81_N_48) {
  Gatherings w;
  GatheringText training = w.text(), families = w.text(), platform = w.text();
  training.kind = GatheringKind::training;
  training.body.clear();
  families.kind = GatheringKind::other;
  families.title = "家族どうしの交流会";
  families.body.clear();
  platform.kind = GatheringKind::platform;
  platform.body.clear();
  w.id = w.plan(training);
  ASSERT_TRUE(w.come({{IssueField::elderly, w.t.agency("cgsc"), 4}, {IssueField::child, w.t.agency("kodomo_kosodate"), 3}, {IssueField::disability, w.t.agency("kikan"), 2}}));
  EXPECT_EQ(w.view().gathering.people, 9);
  const auto page = w.t.get(w.t.account("kikan", Role::meeting_member), "/gatherings/" + id_text(w.id));
  for (const char* agency : {"cgsc", "kodomo_kosodate", "kikan"}) EXPECT_TRUE(has(page, std::string(w.t.city().directory.name(w.t.agency(agency))))) << agency;
  w.id = w.plan(families);
  ASSERT_TRUE(w.come({{IssueField::poverty, {}, 8}}));
  EXPECT_EQ(w.view().gathering.people, 8);
  EXPECT_EQ(w.acts("gathering.held", "other"), 1);
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = 'gathering.held' AND person_id IS NOT NULL"); }), 0);
  w.id = w.plan(platform);
  ASSERT_TRUE(w.come({{IssueField::other, {}, 20}}));
  const auto issue = w.run(w.who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) {
    return raise_issue(tx, gate, actor, c, {"空き家を集まる場にしたい", "住民から出た案。", IssueField::housing, IssueKind::resource, ""});
  }).value();
  const auto done = w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto& c) { return conclude_gathering(tx, gate, c, w.id, w.view_version(tx), {"空き家を使う案が出た", "", issue, ""}); });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(w.view().outcome_issue->id, issue);
}

TEST(Material, is_taken_by_kind_and_size_and_given_to_all_who_meet) {
  Gatherings w;
  const auto add = [&](const std::string& title, const std::string* bytes) {
    return w.run(w.who, [&](auto& tx, auto& gate, const auto& actor, const auto&) { return add_material(tx, gate, actor, w.id, title, bytes); });
  };
  const std::string page = "<html>", large(kLargestMaterial + 1, '%');
  EXPECT_EQ(add("次第", nullptr).error().fields.front().field, "file");
  EXPECT_EQ(add("次第", &page).error().fields.front().field, "file");
  EXPECT_EQ(add("次第", &large).error().fields.front().field, "file");
  EXPECT_EQ(add("", &kPdf).error().fields.front().field, "material_title");
  const MaterialId material = add("次第", &kPdf).value();
  const Login member = w.t.account("kikan", Role::meeting_member), commissioner = w.t.account("swc", Role::commissioner);
  const auto file = w.t.get(member, w.path + "/materials/" + id_text(material));
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, kPdf);
  EXPECT_EQ(file.content_type, "application/pdf");
  EXPECT_TRUE(file.header_value("Content-Disposition").starts_with("attachment"));
  EXPECT_EQ(w.t.get(commissioner, w.path + "/materials/" + id_text(material)).status, 404);
  EXPECT_EQ(w.t.get(member, "/gatherings/" + id_text(GatheringId(42)) + "/materials/" + id_text(material)).status, 404);
  EXPECT_EQ(w.t.post(member, w.path + "/materials/" + id_text(material) + "/remove").status, 404);
  EXPECT_EQ(w.t.post(w.who, w.path + "/materials/" + id_text(material) + "/remove").status, 303);
  EXPECT_EQ(w.t.get(w.who, w.path + "/materials/" + id_text(material)).status, 404);
}

// --- survey ---

TEST(Survey, is_answered_once_from_each_browser_without_a_name) {
  Gatherings w;
  const std::string token = w.open();
  ASSERT_TRUE(w.answer(token, "browser-1", said(5)));
  EXPECT_EQ(w.answer(token, "browser-1", said(1)).error().code, ErrorCode::conflict);
  EXPECT_EQ(w.answer(token, "", said(1)).error().code, ErrorCode::conflict);
  EXPECT_EQ(w.answer("unknown", "browser-2", said(1)).error().code, ErrorCode::not_found);
  ASSERT_TRUE(w.answer(token, "browser-2", said(4)));
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM survey_answer"); }), 2);
  // Neither the token nor what a browser is called stands in the database.
  EXPECT_EQ(w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM gathering WHERE survey_hash = $1", db::params(token)); }), 0);
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM survey_browser WHERE browser_hash LIKE '%browser%'"); }), 0);
}

TEST(Survey, tells_results_when_it_is_over_and_is_not_opened_again) {
  Gatherings w;
  const std::string token = w.open();
  for (int n = 0; n < 6; ++n) ASSERT_TRUE(w.answer(token, "browser-" + std::to_string(n), said(4, "声が小さかった")));
  const auto results = [&] {
    return w.t.read(w.who, [&](auto& tx, auto& gate) { return gathering_view(tx, gate, w.city(), w.id); })->survey;
  };
  EXPECT_FALSE(results().enough) << "two looks would tell what was answered between them";
  EXPECT_FALSE(has(w.t.get(w.who, w.path), "声が小さかった"));
  ASSERT_TRUE(w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto&) { return close_survey(tx, gate, w.id, w.view_version(tx)); }));
  EXPECT_TRUE(results().enough);
  EXPECT_TRUE(has(w.t.get(w.who, w.path), "声が小さかった"));
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM survey_browser"); }), 0);
  const auto again = w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto& c) { return open_survey(tx, gate, c, w.t.city().key, w.id, w.view_version(tx)); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST(Survey, closes_by_hand_by_its_day_and_by_a_new_link) {
  Gatherings w;
  const std::string first = w.open(), second = w.open();
  EXPECT_NE(first, second);
  const auto open = [&](const std::string& token, Date on) { return w.t.db().read([&](db::ReadTx& tx) { return open_survey_of(tx, w.t.city().key, token, "", on).has_value(); }); };
  EXPECT_FALSE(open(first, w.today()));
  EXPECT_TRUE(open(second, w.today().plus_days(kSurveyDays)));
  EXPECT_FALSE(open(second, w.today().plus_days(kSurveyDays + 1)));
  ASSERT_TRUE(w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto&) { return close_survey(tx, gate, w.id, w.view_version(tx)); }));
  EXPECT_FALSE(open(second, w.today()));
}

TEST(SurveyPages, open_without_an_account_keep_what_was_typed_and_answer_alike_where_nothing_is) {
  Gatherings w;
  const std::string token = w.open();
  const auto form = w.send("GET", token, "");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(has(form, "お名前は要りません"));
  EXPECT_NE(form.header_value("Set-Cookie").find("HttpOnly; SameSite=Strict"), std::string_view::npos);
  const auto wrong = w.send("POST", token, "b1", {{"q1", "9"}, {"text", "声が小さかった"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, "声が小さかった"));
  EXPECT_EQ(w.send("POST", token, "", {{"q1", "4"}}).status, 409);
  EXPECT_EQ(w.send("POST", token, "b1", {{"q1", "4"}, {"standing", "resident"}}).status, 303);
  EXPECT_TRUE(has(w.send("GET", token, "b1"), "お答えを受け取りました"));
  EXPECT_EQ(w.send("GET", std::string(43, 'x'), "").status, 404);
  for (int n = 0; n < 70; ++n) w.send("GET", "guess-" + std::to_string(n), "");
  EXPECT_EQ(w.send("GET", token, "b2").status, 404);  // too many tries from one client
}

// --- pages ---

TEST(GatheringPages, plan_hold_and_conclude) {  // KN-33, W-50
  Gatherings w;
  const auto empty = w.t.post(w.who, "/gatherings", {{"kind", "training"}, {"theme", "見守り"}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(has(empty, "見守り"));
  EXPECT_EQ(w.t.post(w.who, "/gatherings", {{"kind", "training"}, {"title", "見守り研修"}, {"held_on", w.today().iso()}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, "/gatherings"), "見守り研修"));
  EXPECT_FALSE(has(w.t.get(w.who, "/gatherings?fy=2020"), "見守り研修"));
  EXPECT_EQ(w.t.post(w.who, w.path + "/held", {{"version", w.version()}}).status, 422);
  EXPECT_EQ(w.t.post(w.who, w.path + "/held", {{"version", w.version()}, {"people_1", "14"}, {"field_1", "elderly"}}).status, 303);
  EXPECT_EQ(w.t.post(w.who, w.path + "/outcome", {{"version", w.version()}, {"outcome", "顔がつながった"}}).status, 303);
  const auto page = w.t.get(w.who, w.path);
  EXPECT_TRUE(has(page, "14"));
  EXPECT_TRUE(has(page, "顔がつながった"));
  EXPECT_EQ(w.t.post(w.who, w.path + "/survey", {{"version", w.version()}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, w.path), "/survey/"));
  EXPECT_TRUE(has(w.t.get(w.who, w.path + "/invitation"), "/survey/"));
  EXPECT_EQ(w.t.post(w.who, w.path + "/survey", {{"version", "1"}}).status, 409);
  EXPECT_EQ(w.t.get(w.t.account("kikan", Role::meeting_member), w.path).status, 200);
}

TEST(GatheringPages, show_the_citys_target_or_that_its_plan_has_none) {  // W-48, W-49, W-50, W-12
  Gatherings aizu("aizuwakamatsu", "chiiki_fukushi");
  EXPECT_TRUE(has(aizu.t.get(aizu.who, "/gatherings"), "情報共有会議の開催"));
  Gatherings kawachi;
  EXPECT_TRUE(has(kawachi.t.get(kawachi.who, "/gatherings"), "計画に記載なし"));
}

}  // namespace
}  // namespace kasane::meeting
