// Typed HTML escapes by default; the kit ties labels, hints and faults together; a described form shows what was
// typed; the ecomap keeps its shape. The page as a whole is looked at in gallery_test.cpp.
#include "html/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "html/form.hpp"
#include "html/kit.hpp"
#include "html/svg.hpp"

// Personal text comes from the access door alone, which this room does not know; the test plays the door.
namespace kasane::access {
class Seal {
 public:
  static Personal<std::string> open(std::string text) { return Personal<std::string>(std::move(text)); }
  static Personal<std::string> masked() { return Personal<std::string>::masked(); }
};
}  // namespace kasane::access

namespace kasane::html {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Escaping is the default: a piece of text never becomes Html without being escaped.
static_assert(!std::is_convertible_v<std::string, Html>);
static_assert(!std::is_constructible_v<Html, std::string>);
static_assert(!std::is_constructible_v<Html, const char*>);
static_assert(!std::is_convertible_v<std::string, Literal>);
static_assert(!std::is_convertible_v<Html, std::string>);

TEST(Html, escapes_text_and_attribute_values) {
  const std::string typed = "<b>\"A\" & 'B'</b>";
  EXPECT_EQ(el("p", typed).str(), "<p>&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;</p>");
  EXPECT_EQ(el("p", {{"title", typed}}).str(), "<p title=\"&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;\"></p>");
}

TEST(Html, escapes_wherever_in_a_text_the_sign_stands) {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string fill(before, 'x');
    EXPECT_EQ(text(fill + "<" + fill).str(), fill + "&lt;" + fill);
    EXPECT_EQ(text("山" + fill + "&").str(), "山" + fill + "&amp;");
  }
}

TEST(Html, leaves_japanese_text_with_variation_selectors_as_it_is) {
  EXPECT_EQ(text("葛󠄀城市の𠮷田さん").str(), "葛󠄀城市の𠮷田さん");
}

TEST(Html, writes_finished_html_numbers_and_bare_attributes) {
  EXPECT_EQ(el("li", {{"value", 3}, {"hidden", true}, {"data-x", false}}, el("b", "太"), 12).str(),
            "<li value=\"3\" hidden><b>太</b>12</li>");
  EXPECT_EQ(el("br", "never shown").str(), "<br>");
}

TEST(Html, lets_only_harmless_addresses_through) {
  EXPECT_EQ(link("x", "javascript:alert(1)").str(), "<a href=\"#\">x</a>");
  for (const char* bad : {"javascript:x", "JaVaScript:x", "java\nscript:x", "data:text/html,x", "//elsewhere.example",
                          "\\\\elsewhere", "/\\elsewhere", "vbscript:x", " javascript:x", "page:2/../x?"}) {
    EXPECT_FALSE(is_safe_address(bad)) << bad;
  }
  for (const char* good :
       {"/cases/1?tab=a:b", "#f-name", "?page=2", "", "mailto:a@example.jp", "tel:0x0", "https://example.jp/"}) {
    EXPECT_TRUE(is_safe_address(good)) << good;
  }
}

TEST(Html, shows_personal_text_escaped_and_a_masked_one_like_an_empty_one) {
  EXPECT_EQ(el("td", access::Seal::open("<阿曽>")).str(), "<td>&lt;阿曽&gt;</td>");
  EXPECT_EQ(el("td", access::Seal::masked()).str(), el("td", Personal<std::string>()).str());
  EXPECT_EQ(Facts().add("電話", access::Seal::masked()).done().str(), Facts().add("電話", "").done().str());
}

TEST(Html, breaks_typed_lines) { EXPECT_EQ(lines("一\r\n<二>\n三").str(), "一<br>&lt;二&gt;<br>三"); }

TEST(Kit, ties_hint_and_fault_to_their_input) {
  const std::string html =
      text_input({.name = "tel", .label = "電話", .hint = "市外局番から", .error = "数字だけです。", .required = true},
                 "a\"b")
          .str();
  EXPECT_THAT(html, HasSubstr("<label for=\"f-tel\">"));
  EXPECT_THAT(html, HasSubstr("aria-describedby=\"f-tel-hint f-tel-error\" aria-invalid=\"true\""));
  EXPECT_THAT(html, HasSubstr("id=\"f-tel-error\""));
  EXPECT_THAT(html, HasSubstr("※必須"));
  EXPECT_THAT(html, HasSubstr("value=\"a&quot;b\""));
}

TEST(Kit, keeps_a_first_empty_line_of_a_text_box) {
  EXPECT_THAT(textarea({.name = "n", .label = "内容"}, "\n二行目").str(), HasSubstr(">\n\n二行目</textarea>"));
}

TEST(Kit, never_lets_the_browser_remember_or_cut_what_is_typed) {
  const std::string html =
      text_input({.name = "n", .label = "名前"}, "").str() + textarea({.name = "m", .label = "内容"}, "").str();
  EXPECT_THAT(html, Not(HasSubstr("maxlength")));
  EXPECT_THAT(text_input({.name = "n", .label = "名前"}, "").str(), HasSubstr("autocomplete=\"off\""));
}

TEST(Kit, lists_faults_with_links_to_their_fields) {
  const std::string html =
      error_summary({{"received_on", "受付日がありません。"}, {"", "ほかの人が先に保存しました。"}}).str();
  EXPECT_THAT(html, HasSubstr("role=\"alert\" tabindex=\"-1\""));
  EXPECT_THAT(html, HasSubstr("<a href=\"#f-received_on\">受付日がありません。</a>"));
  EXPECT_THAT(html, HasSubstr("<li>ほかの人が先に保存しました。</li>"));
  EXPECT_TRUE(error_summary({}).empty());
}

TEST(Kit, carries_the_guards_of_a_form) {
  const std::string html =
      form_frame({.action = "/a", .csrf = "t", .command_id = "c", .version = "7", .draft = "k", .draft_url = "/drafts"},
                 text("x"))
          .str();
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"csrf\" value=\"t\">"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"command_id\" value=\"c\">"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"version\" value=\"7\">"));
  EXPECT_THAT(html, HasSubstr("data-draft=\"k\" data-draft-url=\"/drafts\""));
}

TEST(Kit, says_the_tone_of_a_banner_and_the_state_of_a_step_in_words) {
  EXPECT_THAT(banner(Tone::warning, "期限です。").str(), HasSubstr("注意"));
  EXPECT_THAT(steps("流れ", {{"計画", StepState::now}}).str(),
              HasSubstr("aria-current=\"step\"><span class=\"step-word\">いま"));
}

TEST(Kit, says_that_the_plan_is_silent_instead_of_inventing) {
  EXPECT_THAT(in_plan("").str(), HasSubstr("計画に記載なし"));
  EXPECT_EQ(in_plan("年2回").str(), "年2回");
}

TEST(Table, names_the_column_in_every_cell_for_phones) {
  Table table("一覧", {{"世帯"}, {"受付日"}});
  table.row().cell("阿曽家").cell("R8.11.22");
  const std::string html = table.done().str();
  EXPECT_THAT(html, HasSubstr("<td role=\"cell\" data-label=\"受付日\">R8.11.22</td>"));
  EXPECT_THAT(html, HasSubstr("<caption class=\"read-out\">一覧</caption>"));
}

TEST(Table, refuses_rows_of_another_width) {
  Table few("一覧", {{"世帯"}, {"受付日"}});
  few.row().cell("阿曽家");
  EXPECT_THROW(few.done(), std::logic_error);
  Table many("一覧", {{"世帯"}});
  many.row().cell("阿曽家");
  EXPECT_THROW(many.cell("R8.11.22"), std::logic_error);
}

TEST(Page, keeps_the_household_name_out_of_the_window_title) {
  Page page;
  page.title = "世帯のページ";
  page.programme = "まるごと支援";
  page.heading = text(access::Seal::open("阿曽家"));
  const std::string html = document(page);
  EXPECT_THAT(html, HasSubstr("<title>世帯のページ｜まるごと支援</title>"));
  EXPECT_THAT(html, HasSubstr("<h1>阿曽家</h1>"));
}

form::Field field(std::string key, std::string label, form::Kind kind) {
  form::Field made;
  made.key = std::move(key);
  made.label = std::move(label);
  made.kind = kind;
  return made;
}

form::Form short_form() {
  auto ways = std::make_shared<form::CodeTable>();
  ways->codes = {{"phone", "電話", false}, {"visit", "訪問", false}, {"fax", "FAX", true}};
  form::Form form{"contact", 1, {}};
  form.fields = {field("day", "日付", form::Kind::date), field("way", "方法", form::Kind::choice),
                 field("place", "場所", form::Kind::text), field("note", "補足", form::Kind::long_text),
                 field("step", "段階", form::Kind::hidden)};
  form.fields[1].codes = ways;
  form.fields[2].shown_when = form::ShownWhen{"way", "visit"};
  form.fields[3].group = "くわしく";
  return form;
}

TEST(Form, shows_again_what_was_typed_even_where_it_is_wrong) {
  form::Answers answers;
  answers.set_typed("day", {"れいわ八年"});
  const std::string html = form_fields(short_form(), answers, {{"day", "日付として読めません。"}}).str();
  EXPECT_THAT(html, HasSubstr("value=\"れいわ八年\""));
  EXPECT_THAT(html, HasSubstr("日付として読めません。"));
}

TEST(Form, opens_a_folded_group_that_holds_an_answer_or_a_fault) {
  form::Answers answers;
  EXPECT_THAT(form_fields(short_form(), answers, {}).str(), HasSubstr("<details class=\"folding\" id=\"group-note\">"));
  EXPECT_THAT(form_fields(short_form(), answers, {{"note", "長すぎます。"}}).str(),
              HasSubstr("<details class=\"folding\" open id="));
  answers.set("note", std::string("あり"));
  EXPECT_THAT(form_fields(short_form(), answers, {}).str(), HasSubstr("<details class=\"folding\" open id="));
}

TEST(Form, says_in_words_when_a_dependent_field_is_asked) {
  const std::string html = form_fields(short_form(), {}, {}).str();
  EXPECT_THAT(html, HasSubstr("<k-when data-name=\"way\" data-value=\"visit\">"));
  EXPECT_THAT(html, HasSubstr("「方法」が「訪問」のとき"));
}

TEST(Form, offers_a_retired_code_only_where_it_is_the_answer) {
  form::Answers answers;
  EXPECT_THAT(form_fields(short_form(), answers, {}).str(), Not(HasSubstr("FAX")));
  answers.set("way", std::string("fax"));
  EXPECT_THAT(form_fields(short_form(), answers, {}).str(),
              HasSubstr("<option value=\"fax\" selected>FAX（いまは使わない区分）"));
}

TEST(Form, lists_every_fault_and_links_those_that_have_an_input) {
  const std::string html =
      form_page(short_form(), {},
                {{"day", "日付がありません。"}, {"step", "段階が変わりました。"}, {"other", "そのほか。"}},
                {.frame = {.action = "/x", .csrf = "t", .command_id = "c"}})
          .str();
  EXPECT_THAT(html, HasSubstr("<a href=\"#f-day\">日付がありません。</a>"));
  EXPECT_THAT(html, HasSubstr("<li>段階が変わりました。</li>"));
  EXPECT_THAT(html, HasSubstr("<li>そのほか。</li>"));
}

TEST(Form, reads_answers_back_in_words_and_leaves_out_the_rest) {
  form::Answers answers;
  answers.set("way", std::string("visit"));
  answers.set("step", std::string("secret"));
  const std::string html = form_facts(short_form(), answers).str();
  EXPECT_THAT(html, HasSubstr("<dt>方法</dt><dd>訪問</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("補足")));
  EXPECT_THAT(html, Not(HasSubstr("secret")));
}

TEST(Ecomap, gives_the_same_ties_as_a_table) {
  const std::string html = ecomap({.id = "m",
                                   .title = "つながり",
                                   .persons = {{access::Seal::open("阿曽 ハツ")}},
                                   .agencies = {{"包括ふじしま", "見守り", Tie::strained, 0}, {"<民生委員>"}}})
                               .str();
  EXPECT_THAT(html, HasSubstr("<td role=\"cell\" data-label=\"つながり\">緊張・対立</td><td role=\"cell\" "
                              "data-label=\"相手\">阿曽 ハツ</td>"));
  EXPECT_THAT(html, HasSubstr("&lt;民生委員&gt;"));
  EXPECT_THAT(html, HasSubstr("aria-labelledby=\"m-title m-desc\""));
}

TEST(Ecomap, takes_a_household_without_persons_and_any_number_of_agencies) {
  for (int count = 0; count <= 25; ++count) {
    Ecomap map{.id = "m", .title = "つながり", .persons = {}, .agencies = {}};
    for (int i = 0; i < count; ++i) map.agencies.push_back({"機関", "", Tie::strained, i});
    EXPECT_EQ(ecomap(map).str().find("<svg") != std::string::npos, count > 0);
  }
}

TEST(WrapText, breaks_names_evenly_and_never_before_a_small_kana) {
  EXPECT_THAT(wrap_text("民生委員", 24, 2), ElementsAre("民生委員"));
  EXPECT_THAT(wrap_text("東栄小学校スクールソーシャルワーカー", 24, 2),
              ElementsAre("東栄小学校スクール", "ソーシャルワーカー"));
}

TEST(WrapText, breaks_at_a_space_counts_variation_selectors_as_nothing_and_marks_what_is_left_out) {
  EXPECT_THAT(wrap_text("社会福祉協議会 地域福祉課", 16, 2), ElementsAre("社会福祉協議会", "地域福祉課"));
  EXPECT_THAT(wrap_text("居宅介護支援事業所 ひだまり", 24, 2), ElementsAre("居宅介護支援事業所", "ひだまり"));
  EXPECT_THAT(wrap_text("市 子ども家庭課", 24, 2), ElementsAre("市 子ども家庭課"));
  EXPECT_THAT(wrap_text("葛󠄀葛󠄀", 4, 1), ElementsAre("葛󠄀葛󠄀"));
  EXPECT_THAT(wrap_text("あいうえおか", 4, 2), ElementsAre("あい", "うえ…"));
  EXPECT_TRUE(wrap_text("", 4, 2).empty());
  EXPECT_EQ(wrap_text("\xE3\x81", 4, 2).size(), 1u);  // cut within a sign: no crash
}

}  // namespace
}  // namespace kasane::html
