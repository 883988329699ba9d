#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "paper/pdf.hpp"

namespace kasane::paper {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What pdftotext (another program's reading) finds.
std::string text_of(const std::string& pdf) {
  const auto folder = std::filesystem::temp_directory_path() / ("kasane-paper-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.pdf", std::ios::binary) << pdf;
  const std::string command = "pdftotext -layout " + (folder / "a.pdf").string() + " - 2>&1";
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  EXPECT_EQ(::pclose(pipe), 0) << "pdftotext is in tools/packages-test.txt\n" << out;
  std::filesystem::remove_all(folder);
  return out;
}

/// The file with all its streams unpacked.
std::string unpacked(const std::string& pdf) {
  std::string out = pdf;
  for (std::size_t at = 0; (at = pdf.find("stream\n", at)) != std::string::npos;) {
    at += 7;
    z_stream z{};
    if (inflateInit(&z) != Z_OK) throw std::runtime_error("zlib");
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(pdf.data() + at));
    z.avail_in = static_cast<uInt>(pdf.size() - at);
    char buffer[8192];
    int code = Z_OK;
    while (code == Z_OK) {
      z.next_out = reinterpret_cast<Bytef*>(buffer);
      z.avail_out = sizeof buffer;
      code = inflate(&z, Z_NO_FLUSH);
      out.append(buffer, sizeof buffer - z.avail_out);
    }
    inflateEnd(&z);
  }
  return out;
}

Document with_bars(std::string_view shown) {
  Document d({.title = "保有個人情報の開示", .number = "開示R08-0001", .reader = "福祉課 職員", .at = "R8.11.24 10:00", .ground = "個人情報保護法82条"});
  d.heading(1, "支援の記録");
  d.facts({{"日付", "R8.11.1"}, {"場所", ""}, {"知らせた人", Bar::whole}});
  d.paragraph(Text(shown).add(Bar::words).add("と話した。"));
  d.table({{"番号"}, {"内容", 3}}, {{"1", "見学に行く"}, {"2", Bar::whole}});
  return d;
}

TEST(Paper, shows_the_words_given_and_nothing_under_a_bar) {
  const std::string text = text_of(with_bars("本人は、来月から働きたい。").pdf());
  EXPECT_THAT(text, HasSubstr("支援の記録"));
  EXPECT_THAT(text, HasSubstr("本人は、来月から働きたい。"));
  EXPECT_THAT(text, HasSubstr("と話した。"));
  EXPECT_THAT(text, HasSubstr("見学に行く"));
  EXPECT_THAT(text, HasSubstr("知らせた人"));
  EXPECT_THAT(text, Not(HasSubstr("場所"))) << "an empty value leaves no gap";
  EXPECT_THAT(text, Not(HasSubstr("\xEF\xBF\xBC"))) << "a bar is no sign of text";
}

TEST(Paper, each_page_tells_reader_time_ground_and_its_number) {
  Document d = with_bars("一");
  for (int i = 0; i < 120; ++i) d.paragraph("段落" + std::to_string(i));
  const std::string text = text_of(d.pdf());
  EXPECT_THAT(text, HasSubstr("1 / 3ページ"));
  EXPECT_THAT(text, HasSubstr("3 / 3ページ"));
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find("福祉課 職員", at)) != std::string::npos; ++at) ++times;
  EXPECT_EQ(times, 3u);
  EXPECT_THAT(text, HasSubstr("段落119"));
}

// The length of a bar, and the number of bars side by side, tell nothing of what was there.
TEST(Paper, bars_do_not_depend_on_what_they_stand_for) {
  const auto once = Text("あ").add(Bar::words).add("い");
  const auto thrice = Text("あ").add(Bar::words).add(Bar::words).add(Bar::words).add("い");
  EXPECT_EQ(Document({.title = "t"}).paragraph(once).pdf().size(), Document({.title = "t"}).paragraph(thrice).pdf().size());
}

// Raw bytes: the signs of a font that a file holds (ToUnicode) are those of the shown words alone.
TEST(Paper, the_unpacked_file_knows_only_signs_that_are_shown) {
  const std::string shown = unpacked(with_bars("鬱").pdf());
  const std::string withheld = unpacked(Document({.title = "開示"}).paragraph(Text("本人").add(Bar::words)).pdf());
  EXPECT_THAT(shown, HasSubstr("<9b31>")) << "U+9B31 鬱 stands in the table of signs when it is shown";
  EXPECT_THAT(withheld, Not(HasSubstr("<9b31>")));
  EXPECT_THAT(withheld, Not(HasSubstr("<fffc>")));
}

TEST(Paper, is_tagged_for_screen_readers) {
  const std::string pdf = unpacked(with_bars("一").pdf());
  EXPECT_THAT(pdf, HasSubstr("/StructTreeRoot"));
  EXPECT_THAT(pdf, HasSubstr("/S /H1"));
}

TEST(Paper, rows_higher_than_a_page_are_not_cut_off) {
  std::string very_long;
  for (int i = 0; i < 3000; ++i) very_long += "長い文" + std::to_string(i);
  Document d({.title = "長い"});
  d.table({{"項目"}, {"内容", 3}}, {{"一", very_long}, {"二", "おわり"}});
  const std::string text = text_of(d.pdf());
  EXPECT_THAT(text, HasSubstr("2999"));
  EXPECT_THAT(text, HasSubstr("おわり"));
}

TEST(Paper, finds_a_font_with_japanese_signs) { EXPECT_TRUE(has_japanese_font()) << "install the fonts of tools/packages.txt"; }

TEST(Qr, makes_a_square_with_its_three_eyes) {
  const auto code = qr_code("https://kasane.example.jp/tsuruoka/g/0123456789abc");
  ASSERT_TRUE(code);
  ASSERT_EQ(code->dark.size(), static_cast<std::size_t>(code->size * code->size));
  for (const auto& [row, column] : {std::pair(0, 0), std::pair(0, code->size - 7), std::pair(code->size - 7, 0)})
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(code->at(row + i, column));
      EXPECT_TRUE(code->at(row, column + i));
    }
  const std::string svg = qr_svg(*code, "回答の画面").str();
  EXPECT_THAT(svg, HasSubstr("aria-label=\"回答の画面\""));
  EXPECT_THAT(svg, HasSubstr("<path d=\"M"));
  EXPECT_THAT(svg, Not(HasSubstr("style=")));
  EXPECT_THAT(text_of(Document({.title = "案内"}).code(*code).paragraph("上の四角を読み取ってください。").pdf()), HasSubstr("読み取って"));
}

TEST(Qr, refuses_what_does_not_fit) {
  EXPECT_EQ(qr_code("").error().code, ErrorCode::invalid);
  EXPECT_EQ(qr_code(std::string(4000, 'x')).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace kasane::paper
