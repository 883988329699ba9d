#include "base/japanese.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/kanji_variants.hpp"

namespace kasane {
namespace {

using Texts = std::vector<std::string>;

TEST(NameKey, finds_one_name_under_all_its_writings) {
  for (auto [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"髙橋", "高橋"}, {"𣘺本", "橋本"}, {"山﨑", "山崎"}, {"渡邊", "渡辺"},     {"渡邉", "渡辺"},
           {"齊藤", "斉藤"}, {"齋藤", "斎藤"}, {"斉藤", "斎藤"}, {"澤田", "沢田"},     {"濱口", "浜口"},
           {"廣瀨", "広瀬"}, {"櫻井", "桜井"}, {"大嶋", "大島"}, {"𠮷田", "吉田"},     {"冨田", "富田"},
           {"龍也", "竜也"}, {"舘野", "館野"}, {"桒原", "桑原"}, {"佐々木", "佐佐木"}, {"霞ヶ丘", "霞ケ丘"}}) {
    EXPECT_EQ(name_key(a), name_key(b)) << a << " " << b;
  }
}

TEST(NameKey, keeps_different_characters_apart) {
  for (auto [a, b] : std::vector<std::pair<const char*, const char*>>{{"隆", "降"},
                                                                      {"崎", "埼"},
                                                                      {"坂", "阪"},
                                                                      {"渡", "度"},
                                                                      {"川", "河"},
                                                                      {"島", "鳥"},
                                                                      {"弘", "広"},
                                                                      {"裕", "祐"},
                                                                      {"藤", "籐"}}) {
    EXPECT_NE(name_key(a), name_key(b)) << a << " " << b;
  }
}

TEST(NameKey, looks_through_width_spaces_selectors_and_kana) {
  EXPECT_EQ(name_key("あそ　はなこ"), "アソハナコ");
  EXPECT_EQ(name_key("ｱｿ ﾊﾅｺ"), "アソハナコ");
  EXPECT_EQ(name_key("ﾊﾟｼﾞｪﾛ"), "パジェロ");
  EXPECT_EQ(name_key("葛\U000E0100城"), name_key("葛城"));
  EXPECT_EQ(name_key("か゛"), "ガ");
  EXPECT_EQ(name_key("Ｎｇｕｙｅｎ Van"), "nguyenvan");
  EXPECT_EQ(name_key("コーヒー"), "コーヒー");
  EXPECT_EQ(name_key(""), "");
}

TEST(NameKey, of_broken_text_is_still_text) { EXPECT_TRUE(is_valid_utf8(name_key("佐\xe8\x97"))); }

RC_GTEST_PROP(NameKey, of_a_key_is_the_key, (const std::string& text)) {
  RC_ASSERT(name_key(name_key(text)) == name_key(text));
}

RC_GTEST_PROP(NameKey, of_japanese_signs_is_stable, ()) {
  auto signs = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("か", "゛", "\u3099", "が", "わ", "ﾊ", "ﾟ", "々", "佐", "髙", " ", "　", "\uFE00",
                                    "ヶ", "ゝ", "A", "é", "e\u0301"));
  std::string text;
  for (const auto& sign : signs) text += sign;
  RC_ASSERT(name_key(name_key(text)) == name_key(text));
  RC_ASSERT(kana_key(kana_key(text)) == kana_key(text));
}

TEST(KanaKey, compares_readings_by_sound) {
  EXPECT_EQ(kana_key("きょうこ"), kana_key("キヨウコ"));
  EXPECT_EQ(kana_key("みづき"), kana_key("ミズキ"));
  EXPECT_EQ(kana_key("さとー"), "サト");
  EXPECT_EQ(kana_key("ジャン・ポール"), "ジヤンポル");
  EXPECT_EQ(kana_key("ヰヱヲ"), "イエオ");
  EXPECT_EQ(kana_key("ﾖｯﾁ"), "ヨツチ");
}

TEST(Bigrams, mark_the_ends_so_that_short_names_are_found) {
  EXPECT_EQ(bigrams("佐藤"), (Texts{"\uE000佐", "佐藤", "藤\uE001"}));
  EXPECT_EQ(bigrams("林"), (Texts{"\uE000林", "林\uE001"}));
  EXPECT_EQ(bigrams("佐藤", Ends::start), (Texts{"\uE000佐", "佐藤"}));
  EXPECT_EQ(bigrams("佐藤花", Ends::none), (Texts{"佐藤", "藤花"}));
  EXPECT_TRUE(bigrams("").empty());
  EXPECT_TRUE(bigrams("林", Ends::none).empty());
}

TEST(Bigrams, name_each_pair_once) { EXPECT_EQ(bigrams("ナナナ", Ends::none), (Texts{"ナナ"})); }

RC_GTEST_PROP(Bigrams, of_a_part_are_among_those_of_the_whole, (const std::string& before, const std::string& after)) {
  Texts whole = bigrams(name_key(before) + "佐藤花子" + name_key(after));
  for (const auto& pair : bigrams("佐藤花子", Ends::none)) {
    RC_ASSERT(std::find(whole.begin(), whole.end(), pair) != whole.end());
  }
}

TEST(KanjiVariants, table_is_in_order_and_no_form_folds_twice) {
  char32_t before = 0;
  for (const KanjiVariant& pair : kanji_variants()) {
    EXPECT_GT(pair.variant, before);
    EXPECT_EQ(fold_kanji(pair.folded), pair.folded);
    before = pair.variant;
  }
}

TEST(Utf8, strictly_checked_and_repaired) {
  EXPECT_TRUE(is_valid_utf8("𠮷野家"));
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(is_valid_utf8("\xf5\x80\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_valid_utf8("\xe3\x81"));
  EXPECT_EQ(repair_utf8("あ\xffい"), "あ\uFFFDい");
  EXPECT_EQ(repair_utf8("𠮷"), "𠮷");
}

TEST(Characters, are_counted_as_code_points) {
  EXPECT_EQ(count_characters("𠮷田"), 2u);
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("abc"), 3u);
}

TEST(Characters, that_control_or_turn_the_text_are_noticed) {
  EXPECT_TRUE(has_control_characters(std::string_view("a\0b", 3), true));
  EXPECT_TRUE(has_control_characters("a\x1b[2J", true));
  EXPECT_TRUE(has_control_characters("山\u202E田", true));
  EXPECT_TRUE(has_control_characters("一行\n二行", false));
  EXPECT_FALSE(has_control_characters("一行\n二行", true));
  EXPECT_FALSE(has_control_characters("葛\U000E0100城\t様", false));
}

TEST(Text, is_trimmed_of_wide_spaces_too) {
  EXPECT_EQ(trim("　 山田　花子\r\n　"), "山田　花子");
  EXPECT_EQ(trim("　"), "");
}

TEST(Text, newlines_become_one_kind) { EXPECT_EQ(normalise_newlines("a\r\nb\rc\n\r"), "a\nb\nc\n\n"); }

}  // namespace
}  // namespace kasane
