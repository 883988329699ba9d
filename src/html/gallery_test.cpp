// A page with every part of the kit, as a person would meet them. The tests here look at the document as a whole;
// tools/gallery.mjs writes it to a folder (KASANE_GALLERY_DIR), takes pictures and lets axe look at it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <set>

#include "html/form.hpp"
#include "html/kit.hpp"
#include "html/svg.hpp"

namespace kasane::html {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Page frame_page(std::string title) {
  Page page;
  page.title = std::move(title);
  page.programme = "まるごと支援";
  page.city = "ひなた市";
  page.user = "福祉まるごと相談室　三枝 みのり（推進員）";
  page.logout_action = "/logout";
  page.csrf = "token";
  page.nav = {{"today", "きょう", "/today", "12"},
              {"search", "世帯をさがす", "/households", {}},
              {"notices", "気づき・受付", "/notices", "3"},
              {"meetings", "会議", "/meetings", {}},
              {"counts", "件数・評価", "/counts", {}}};
  page.current = "search";
  page.footer = {{"この画面を見られる理由", "/why"},
                 {"この画面を見た人", "/readers"},
                 {"使い方", "/help"},
                 {"アクセシビリティ", "/accessibility"}};
  page.assets = {"app.css", "app.js"};
  return page;
}

Html case_table(int rows) {
  Table table("支援中の世帯",
              {{"世帯"}, {"主な困りごと"}, {"最後の連絡"}, {"つぎにすること"}, {"状態"}, {"記録", Column::Align::end}});
  for (int i = 0; i < rows; ++i) {
    table.row()
        .cell(link(i % 2 == 0 ? "阿曽家（見守り区域 藤島東栄）" : "楠本家", "/cases/1"))
        .cell(i % 2 == 0 ? "母の介護と、長く家にいる息子の暮らし" : "娘が祖母の世話をしている")
        .cell("R8.11.12")
        .cell("民生委員と訪問の日を決める")
        .cell(i % 3 == 0 ? chip(Tone::danger, "期限超過 3日") : chip(Tone::neutral, "支援中"))
        .cell(14 + i);
  }
  return table.done();
}

Ecomap map_with(int agencies) {
  static const char* kNames[] = {"地域包括支援センターふじしま",
                                 "社会福祉協議会 地域福祉課",
                                 "市 子ども家庭課",
                                 "東栄小学校スクールソーシャルワーカー",
                                 "精神科訪問看護ステーションあおぞらステーション藤島営業所",
                                 "民生委員",
                                 "生活自立相談窓口",
                                 "居宅介護支援事業所 ひだまり"};
  static const Tie kTies[] = {Tie::strong, Tie::weak, Tie::strained, Tie::to_household, Tie::to_agency};
  Ecomap map;
  map.id = "map" + std::to_string(agencies);
  map.title = "支援のつながり（機関" + std::to_string(agencies) + "か所）";
  map.persons = {{"阿曽 ハツ", "83歳・母"}, {"阿曽 清一", "55歳・長男"}, {"阿曽 りん", "21歳・孫（別居）"}};
  for (int i = 0; i < agencies; ++i) {
    map.agencies.push_back({kNames[i % 8], i % 3 == 2 ? "" : "見守り・訪問 週1回", kTies[i % 5], i % 4 - 1});
  }
  return map;
}

Html show_parts() {
  Html html;
  html.add(on_this_page({{"一覧", "#list"}, {"世帯", "#household"}, {"これまで", "#history"}, {"つながり", "#ties"}}));
  html.add(tabs("阿曽家のページ", {{"概要", "/cases/1", true, {}},
                                   {"記録", "/cases/1/records", false, "14"},
                                   {"計画", "/cases/1/plans", false, {}},
                                   {"会議", "/cases/1/meetings", false, "2"},
                                   {"同意", "/cases/1/consents", false, {}}}));
  html.add(banner(Tone::info, "来週の会議の資料ができました。", link("資料を見る", "/meetings/1")));
  html.add(banner(Tone::warning, "情報共有の同意の期限が近づいています。", el("p", "令和8年12月31日までです。")));
  html.add(banner(Tone::danger, "緊急：訪問のときは2人で行ってください。"));
  html.add(section("一覧",
                   group({case_table(4), pagination({.summary = "1〜50件目（全1,000件以上）",
                                                     .previous_href = "?page=1",
                                                     .next_href = "?page=3"})}),
                   "list", link_button("気づきを登録する", "/notices/new")));
  html.add(
      section("何もないとき", empty_state("きょうの予定はありません。", link_button("世帯をさがす", "/households"))));
  Html people;
  people.add(person_line({.name = text("阿曽 ハツ"),
                          .kana = text("あそ はつ"),
                          .relation = text("母"),
                          .age = text("83歳（S18.4.2生）"),
                          .href = "/persons/1",
                          .chips = chip(Tone::info, "本人")}));
  people.add(person_line({.name = text("阿曽 清一"),
                          .kana = text("あそ せいいち"),
                          .relation = text("長男"),
                          .age = text("55歳"),
                          .href = "/persons/2"}));
  people.add(person_line({.name = text("阿曽 りん")}));
  const Html facts = Facts()
                         .add("受付番号", "R08-0123")
                         .add("住所", "ひなた市藤島東栄 1丁目2番3号")
                         .add("電話", "")
                         .add("計画の記述", in_plan(""))
                         .done();
  html.add(section("世帯",
                   two_columns(group({panel(people), facts}),
                               section("いまの状態", steps("支援の流れ", {{"受付", StepState::done, text("R8.10.3")},
                                                                          {"同意", StepState::done, text("R8.10.20")},
                                                                          {"計画", StepState::now, text("案を作成中")},
                                                                          {"会議", StepState::ahead},
                                                                          {"支援決定", StepState::ahead}}))),
                   "household"));
  html.add(section(
      "これまで",
      timeline({{"R8.11.12 14:05", "2026-11-12", text("自宅を訪問（不在）"),
                 prose("応答なし。\n郵便受けに手紙を入れた。"), chip(Tone::neutral, "行動")},
                {"R8.11.5 10:00", "2026-11-05", link("民生委員から電話", "/records/2"), {}, chip(Tone::info, "連絡")}}),
      "history"));
  html.add(section("つながり",
                   group({ecomap(map_with(6)), heading(3, "機関が20か所のとき"), ecomap(map_with(20)),
                          heading(3, "1か所のとき"), ecomap(map_with(1))}),
                   "ties"));
  html.add(
      section("つぎにすること",
              group({post_button({.action = "/tasks/1/snooze",
                                  .csrf = "token",
                                  .command_id = "c1",
                                  .button = {.label = "1週間のばす", .look = Look::secondary, .about = "阿曽家の訪問"},
                                  .hidden = {{"days", "7"}}}),
                     bullets({text("民生委員と訪問の日を決める"), link("手紙の控え", "/x")}),
                     el("p", muted("最終更新 R8.11.12"))})));
  return html;
}

std::shared_ptr<form::CodeTable> codes(std::vector<form::Code> list) {
  auto table = std::make_shared<form::CodeTable>();
  table->codes = std::move(list);
  return table;
}

form::Field field(std::string key, std::string label, form::Kind kind, bool required = false) {
  form::Field made;
  made.key = std::move(key);
  made.label = std::move(label);
  made.kind = kind;
  made.required = required;
  return made;
}

form::Form intake_form() {
  using form::Kind;
  auto route = codes({{"self", "本人", false},
                      {"family", "家族", false},
                      {"commissioner", "民生委員", false},
                      {"agency", "関係機関", false}});
  auto topics = codes({{"care", "介護", false},
                       {"work", "仕事", false},
                       {"money", "お金", false},
                       {"house", "住まい", false},
                       {"school", "学校", false}});
  form::Form form{"intake", 1, {}};
  form.fields.push_back(field("received_on", "受付日", Kind::date, true));
  form.fields.push_back(field("about", "どんなことか", Kind::long_text, true));
  form.fields.back().hint = "聞いたままで結構です。";
  form.fields.push_back(field("route", "だれから", Kind::choice, true));
  form.fields.back().codes = route;
  form.fields.push_back(field("agency_name", "機関の名前", Kind::text));
  form.fields.back().shown_when = form::ShownWhen{"route", "agency"};
  for (auto add : {field("birth", "生年月日", Kind::partial_date), field("phone_ok", "電話をしてよい", Kind::yes_no),
                   field("phone_time", "電話をしてよい時刻", Kind::time)}) {
    add.group = "本人のこと";
    if (add.kind == Kind::time) add.shown_when = form::ShownWhen{"phone_ok", "yes"};
    form.fields.push_back(add);
  }
  for (auto add : {field("topics", "困りごと", Kind::choices), field("people", "世帯の人数", Kind::number),
                   field("work", "仕事", Kind::choice)}) {
    add.group = "国への報告に使うこと";
    add.report_to_state = true;
    if (add.kind == Kind::choices) add.codes = topics;
    if (add.kind == Kind::choice) add.codes = codes({{"a", "している", false}, {"b", "していない", false}});
    if (add.kind == Kind::number) add.unit = "人";
    form.fields.push_back(add);
  }
  return form;
}

Html form_parts() {
  form::Answers answers;
  answers.set_typed("received_on", {"令和8年11月31日"});
  answers.set_typed("about", {"カーテンが閉まったまま。\n郵便がたまっている。"});
  answers.set("route", std::string("agency"));
  answers.set("birth", PartialDate{1943, 4, 0});
  Html html =
      form_page(intake_form(), answers,
                {{"received_on", "受付日：この日はありません。"}, {"topics", "困りごと：1つ以上選んでください。"}},
                {.frame = {.action = "/intakes",
                           .csrf = "token",
                           .command_id = "c2",
                           .version = "3",
                           .draft = "intake-new",
                           .draft_url = "/drafts"},
                 .cancel_href = "/today"});
  Html more;
  more.add(record_textarea({.name = "record", .label = "支援の記録", .required = true},
                           "【本人】眠れないと話す。\n部屋は片付いている。"));
  more.add(
      fieldset("連絡先",
               group({text_input({.name = "tel", .label = "電話"}, "0x0-0000-1234",
                                 {.type = TextLook::Type::tel, .width = Width::half}),
                      text_input({.name = "mail", .label = "メール", .error = "メールアドレスの形ではありません。"},
                                 "abc", {.type = TextLook::Type::email})}),
               "安全に連絡できる先だけを書きます。"));
  more.add(tick({.name = "standard", .label = "標準の範囲で情報を共有することに同意"}, true));
  more.add(radios({.name = "range", .label = "共有の範囲", .error = "1つ選んでください。", .required = true},
                  {{"all", "支援会議の全員", "構成員には守秘義務があります。"}, {"some", "選んだ機関だけ", {}}}, {}));
  more.add(folding("くわしい条件", text_input({.name = "note", .label = "備考"}, ""), false, "more"));
  more.add(actions({button("保存する"), button("削除する", Look::danger), link_button("印刷用", "/print"),
                    button("やめる", Look::plain)}));
  html.add(heading(2, "そのほかの入力"));
  html.add(form_frame({.action = "/records", .csrf = "token", .command_id = "c3"}, more));
  html.add(section(
      "検索",
      search_frame("/households", "世帯の検索",
                   group({text_input({.name = "q", .label = "名前・かな・電話"}, "", {.type = TextLook::Type::search}),
                          select({.name = "area", .label = "区域"}, {{"1", "藤島"}, {"2", "中央"}}, {}, "すべて"),
                          button("さがす")}))));
  html.add(section("入力の控え", form_facts(intake_form(), answers)));
  html.add(confirm({.question = "計画を取り下げますか",
                    .consequences = el("p", "取り下げると、次の会議の議題から外れます。記録は残ります。"),
                    .action = "/plans/1/withdraw",
                    .csrf = "token",
                    .command_id = "c4",
                    .yes = {.label = "取り下げる", .look = Look::danger},
                    .cancel_href = "/plans/1"}));
  return html;
}

Html paper_parts() {
  const Html head =
      print_head({.form_name = "重層的支援会議 個別支援プラン",
                  .form_number = "様式第3号",
                  .number = "R08-0123-2",
                  .made_on = "令和8年11月22日",
                  .made_by = "福祉まるごと相談室",
                  .secrecy = "この資料の内容には、法律に基づく守秘義務があります。会議の後に回収します。"});
  Html body = heading(2, "目標と役割");
  body.add(case_table(3)).add(folding("閉じている部分", el("p", "紙には印刷されます。")));
  return paper_sheet(head, body, print_foot({text("ひなた市 まるごと支援"), text("1 / 1")}));
}

std::string show_document() {
  Page page = frame_page("世帯のページ");
  page.heading = text("阿曽家");
  page.crumbs = {{"きょう", "/today"}, {"世帯をさがす", "/households"}, {"阿曽家", {}}};
  page.flash = Flash{Tone::success, "記録を保存しました。", {}};
  page.lead = group({chip(Tone::warning, "同意の前"), chip(Tone::success, "担当あり"), muted("受付番号 R08-0123")});
  page.main = show_parts();
  return document(page);
}

std::string form_document() {
  Page page = frame_page("相談の受付");
  page.current = "notices";
  page.main = form_parts();
  return document(page);
}

std::string paper_document() {
  Page page = frame_page("プランの印刷");
  page.main = paper_parts();
  return document(page);
}

void write_if_wanted(const char* name, const std::string& document) {
  const char* folder = std::getenv("KASANE_GALLERY_DIR");
  if (folder == nullptr) return;
  std::ofstream(std::filesystem::path(folder) / name) << document;
}

std::vector<std::string> all_matches(const std::string& text, const char* pattern) {
  std::vector<std::string> found;
  const std::regex regex(pattern);
  for (auto it = std::sregex_iterator(text.begin(), text.end(), regex); it != std::sregex_iterator(); ++it)
    found.push_back((*it)[1]);
  return found;
}

class Gallery : public ::testing::TestWithParam<std::pair<const char*, std::string (*)()>> {};
INSTANTIATE_TEST_SUITE_P(Pages, Gallery,
                         ::testing::Values(std::pair{"show.html", &show_document},
                                           std::pair{"form.html", &form_document},
                                           std::pair{"paper.html", &paper_document}));

TEST_P(Gallery, has_each_id_once_and_every_reference_leads_somewhere) {
  const std::string document = GetParam().second();
  write_if_wanted(GetParam().first, document);
  const auto ids = all_matches(document, "[ <][a-z]* ?id=\"([^\"]*)\"");
  const std::set<std::string> known(ids.begin(), ids.end());
  EXPECT_EQ(known.size(), ids.size());
  for (const std::string& id : all_matches(document, "(?:for|href|aria-controls)=\"#?((?:f-|map)[^\"]*)\""))
    EXPECT_TRUE(known.contains(id)) << id;
  for (const std::string& described : all_matches(document, "aria-(?:describedby|labelledby)=\"([^\"]*)\"")) {
    std::istringstream words(described);
    for (std::string id; words >> id;) EXPECT_TRUE(known.contains(id)) << id;
  }
}

TEST_P(Gallery, has_no_inline_code_so_that_a_strict_content_security_policy_holds) {
  const std::string document = GetParam().second();
  EXPECT_THAT(document, Not(HasSubstr(" style=")));
  EXPECT_THAT(document, Not(HasSubstr("<style")));
  EXPECT_EQ(all_matches(document, "(<script)").size(), 1u);
  EXPECT_THAT(document, HasSubstr("<script defer src=\"app.js\"></script>"));
  EXPECT_TRUE(all_matches(document, "( on[a-z]+=)").empty());
}

TEST_P(Gallery, opens_with_the_language_a_skip_link_and_one_first_level_heading) {
  const std::string document = GetParam().second();
  EXPECT_THAT(document, ::testing::StartsWith("<!DOCTYPE html>\n<html lang=\"ja\">"));
  EXPECT_THAT(document, HasSubstr("<a class=\"skip\" href=\"#main\">"));
  EXPECT_THAT(document, HasSubstr("<main id=\"main\""));
  EXPECT_EQ(all_matches(document, "(<h1)").size(), 1u);
}

TEST_P(Gallery, closes_every_element_that_it_opens) {
  const std::string document = GetParam().second();
  std::vector<std::string> open;
  const std::regex tag("<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>");
  const std::set<std::string> voids = {"br", "input", "link", "meta"};
  for (auto it = std::sregex_iterator(document.begin(), document.end(), tag); it != std::sregex_iterator(); ++it) {
    const std::string name = (*it)[2];
    if (voids.contains(name)) continue;
    if ((*it)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty());
    ASSERT_EQ(open.back(), name) << document.substr(static_cast<std::size_t>(it->position()), 200);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

}  // namespace
}  // namespace kasane::html
