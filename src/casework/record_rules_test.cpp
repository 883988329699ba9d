#include "casework/record_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "html/controls.hpp"

namespace kasane::casework {
namespace {

TEST(RecordParagraphs, take_their_type_from_the_mark_and_are_unsorted_without_one) {
  const auto parts = split_paragraphs("カーテンが閉まっていた。\n\n【本人】外に出たくない。\n【第三者】近所の人は心配している。\n【見立て】眠れていない。\n\n【予定】来週また行く。\n【事実】返事はあった。");
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_EQ(parts[0], (Paragraph{PartKind::unsorted, "カーテンが閉まっていた。"}));
  EXPECT_EQ(parts[1], (Paragraph{PartKind::said_by_person, "外に出たくない。"}));
  EXPECT_EQ(parts[2], (Paragraph{PartKind::heard_from, "近所の人は心配している。"}));
  EXPECT_EQ(parts[3], (Paragraph{PartKind::assessment, "眠れていない。"}));
  EXPECT_EQ(parts[4], (Paragraph{PartKind::plan, "来週また行く。"}));
  EXPECT_EQ(parts[5], (Paragraph{PartKind::fact_observed, "返事はあった。"}));
}

TEST(RecordParagraphs, know_every_mark_that_the_text_box_offers) {
  std::vector<PartKind> kinds;
  for (const html::ParagraphMark& mark : html::kParagraphMarks) {
    const auto parts = split_paragraphs(std::string(mark.prefix) + "ことば");
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].text, "ことば") << mark.label;
    EXPECT_NE(parts[0].kind, PartKind::unsorted) << mark.label;
    EXPECT_EQ(label_of(parts[0].kind), mark.label);
    kinds.push_back(parts[0].kind);
  }
  EXPECT_EQ(kinds.size() + 1, std::size(kPartKinds)) << "and unsorted";
}

TEST(RecordParagraphs, keep_the_lines_of_a_paragraph_together) {
  const auto parts = split_paragraphs("【本人】一行目。\r\n二行目。\r\n　\r\n次の段落。");
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].text, "一行目。\n二行目。");
  EXPECT_EQ(parts[1], (Paragraph{PartKind::unsorted, "次の段落。"}));
}

TEST(RecordParagraphs, a_mark_within_a_line_is_part_of_the_words) {
  const auto parts = split_paragraphs("これは【本人】の字。");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].kind, PartKind::unsorted);
}

TEST(RecordParagraphs, drop_what_is_empty) {
  EXPECT_TRUE(split_paragraphs("").empty());
  EXPECT_TRUE(split_paragraphs("\n\n　 \n【予定】\n").empty());
}

TEST(RecordParagraphs, a_mark_with_its_words_on_the_next_line_holds_them) {
  const auto parts = split_paragraphs("【本人】\n眠れない。");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0], (Paragraph{PartKind::said_by_person, "眠れない。"}));
}

TEST(RecordParagraphs, lose_nothing_of_a_very_long_record) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "段落" + std::to_string(i) + "\n\n";
  const auto parts = split_paragraphs(text);
  ASSERT_EQ(parts.size(), kMostParagraphs);
  EXPECT_NE(parts.back().text.find("段落149"), std::string::npos);
}

RC_GTEST_PROP(RecordParagraphs, are_read_back_as_they_were_written, ()) {
  static const std::vector<std::string> kPieces{"【本人】", "【事実】", "【第三者】", "【見立て】", "【予定】", "\n", "\n\n", "あ", "い う", "　", "\r\n", " "};
  std::string text;
  for (int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kPieces.size())))) text += kPieces[static_cast<std::size_t>(i)];
  const auto parts = split_paragraphs(text);
  RC_ASSERT(split_paragraphs(join_paragraphs(parts)) == parts);
}

// 河内長野 story 4: one visit of a CSW counts for several services; with one post nobody is asked.
TEST(RecordServices, are_asked_only_where_several_fit) {
  EXPECT_FALSE(must_ask_service({}));
  EXPECT_FALSE(must_ask_service({"outreach"}));
  EXPECT_TRUE(must_ask_service({"outreach", "participation"}));
  EXPECT_EQ(attributed({"outreach"}, {}), (std::vector<std::string>{"outreach"}));
  EXPECT_EQ(attributed({"outreach", "participation"}, {"participation"}), (std::vector<std::string>{"participation"}));
  EXPECT_EQ(attributed({"outreach", "participation"}, {"outreach", "participation"}).size(), 2u);
  EXPECT_TRUE(attributed({"outreach", "participation"}, {"collaboration"}).empty()) << "a service that no post holds";
}

TEST(RecordCodes, are_joined_and_parted) {
  EXPECT_EQ(join_codes({}), "");
  EXPECT_EQ(join_codes({"a", "b"}), "a,b");
  EXPECT_TRUE(split_codes("").empty());
  EXPECT_EQ(split_codes("a,b"), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace kasane::casework
