#include "base/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cp932.hpp"
#include "base/japanese.hpp"

namespace kasane {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Cells = std::vector<std::string>;

std::vector<Cells> cells_of(const CsvFile& file) {
  std::vector<Cells> rows;
  for (const CsvRow& row : file.rows) rows.push_back(row.cells);
  return rows;
}

TEST(CsvReader, reads_quotes_commas_and_line_ends_within_cells) {
  CsvFile file = read_csv("名称,備考\r\n窓口,\"一行目\r\n\"\"二\"\"行目, 続き\"\r\n会議,\r\n");
  EXPECT_THAT(file.faults, IsEmpty());
  EXPECT_THAT(cells_of(file),
              ElementsAre(Cells{"名称", "備考"}, Cells{"窓口", "一行目\n\"二\"行目, 続き"}, Cells{"会議", ""}));
}

TEST(CsvReader, keeps_the_line_of_the_file_for_every_row) {
  CsvFile file = read_csv("a,b\n\n\"x\ny\r\nz\",1\rlast,2");
  EXPECT_THAT(file.faults, IsEmpty());
  ASSERT_EQ(file.rows.size(), 3u);
  EXPECT_EQ(file.rows[0].line, 1u);
  EXPECT_EQ(file.rows[1].line, 3u);
  EXPECT_EQ(file.rows[2].line, 6u);
  EXPECT_THAT(file.rows[2].cells, ElementsAre("last", "2"));
}

TEST(CsvReader, tells_utf8_with_and_without_bom_from_cp932) {
  EXPECT_EQ(read_csv("\xEF\xBB\xBF氏名\n").rows[0].cells[0], "氏名");
  EXPECT_EQ(read_csv("氏名\n").encoding, CsvEncoding::utf8);
  CsvFile file = read_csv("\x8e\x81\x96\xbc,\x95\x5c\n");  // 表 has a second byte that is a backslash
  EXPECT_EQ(file.encoding, CsvEncoding::cp932);
  EXPECT_THAT(cells_of(file), ElementsAre(Cells{"氏名", "表"}));
}

TEST(CsvReader, refuses_encodings_it_cannot_tell) {
  CsvFile utf16 =
      read_csv(std::string("\xFF\xFE"
                           "a\0",
                           4));
  ASSERT_EQ(utf16.faults.size(), 1u);
  EXPECT_THAT(utf16.faults[0].message, HasSubstr("UTF-16"));
  CsvFile broken = read_csv("\xEF\xBB\xBFok\nbad \xff\n");
  ASSERT_EQ(broken.faults.size(), 1u);
  EXPECT_EQ(broken.faults[0].line, 2u);
  EXPECT_EQ(read_csv("\xff\xff").faults.size(), 1u);
  EXPECT_THAT(read_csv("\xff\xff").rows, IsEmpty());
}

TEST(CsvReader, names_the_line_of_every_fault) {
  CsvFile file = read_csv("ok,ok\na\"b,c\n\"x\"y,z\n\"never closed\n");
  ASSERT_EQ(file.faults.size(), 3u);
  EXPECT_EQ(file.faults[0].line, 2u);
  EXPECT_EQ(file.faults[1].line, 3u);
  EXPECT_EQ(file.faults[2].line, 4u);
  CsvFile control = read_csv(std::string("a\nb\0c\n", 6));
  ASSERT_EQ(control.faults.size(), 1u);
  EXPECT_EQ(control.faults[0].line, 2u);
}

TEST(CsvReader, stops_at_its_limits_and_says_so) {
  EXPECT_EQ(read_csv("a\nb\nc\n", {.rows = 2}).rows.size(), 2u);
  EXPECT_EQ(read_csv("a\nb\nc\n", {.rows = 2}).faults.size(), 1u);
  EXPECT_EQ(read_csv("a\nb\n", {.rows = 2}).faults.size(), 0u);
  EXPECT_EQ(read_csv("a,b,c\n", {.cells = 2}).faults.size(), 1u);
  EXPECT_EQ(read_csv("aaaa\n", {.cell_bytes = 3}).faults.size(), 1u);
}

TEST(CsvReader, finds_nothing_in_an_empty_file) {
  EXPECT_THAT(read_csv("").rows, IsEmpty());
  EXPECT_THAT(read_csv("\xEF\xBB\xBF\r\n\r\n").rows, IsEmpty());
  EXPECT_THAT(cells_of(read_csv(",")), ElementsAre(Cells{"", ""}));
  EXPECT_THAT(cells_of(read_csv("\"\"")), ElementsAre(Cells{""}));
}

RC_GTEST_PROP(CsvReader, survives_any_bytes, (const std::string& bytes)) {
  for (const CsvRow& row : read_csv(bytes).rows) {
    for (const std::string& cell : row.cells) RC_ASSERT(is_valid_utf8(cell));
  }
}

std::vector<Cells> some_rows() {
  auto piece = rc::gen::element<std::string>("氏名", ",", "\"", "\n", " ", "髙橋", "a", "表", "1", "①");
  auto cell = rc::gen::map(rc::gen::resize(6, rc::gen::container<Cells>(piece)), [](const Cells& pieces) {
    std::string text;
    for (const auto& one : pieces) text += one;
    return text;
  });
  return *rc::gen::resize(8,
                          rc::gen::container<std::vector<Cells>>(rc::gen::nonEmpty(rc::gen::container<Cells>(cell))));
}

RC_GTEST_PROP(CsvWriter, writes_what_the_reader_reads_back, ()) {
  auto rows = some_rows();
  for (CsvEncoding encoding : {CsvEncoding::utf8, CsvEncoding::cp932}) {
    CsvWriter writer(encoding);
    for (const Cells& row : rows) writer.row(row);
    CsvFile file = read_csv(writer.bytes());
    RC_ASSERT(file.faults.empty());
    RC_ASSERT(cells_of(file) == rows);
    RC_ASSERT(writer.changes().empty());
  }
}

TEST(CsvWriter, guards_against_cells_that_would_run_as_formulas) {
  CsvWriter writer(CsvEncoding::utf8);
  writer.row({"=HYPERLINK(\"x\")", "@SUM(A1)", "+1+2", "-5", "+3.5", "-1,200", "＝1+1", "090-0000-0000"});
  EXPECT_EQ(writer.bytes(),
            "\xEF\xBB\xBF\"'=HYPERLINK(\"\"x\"\")\",'@SUM(A1),'+1+2,-5,+3.5,\"-1,200\",'＝1+1,090-0000-0000\r\n");
  using enum CsvChange::Kind;
  EXPECT_THAT(writer.changes(), ElementsAre(CsvChange{1, 1, guarded}, CsvChange{1, 2, guarded},
                                            CsvChange{1, 3, guarded}, CsvChange{1, 7, guarded}));
}

TEST(CsvWriter, names_every_cell_that_cp932_cannot_hold) {
  CsvWriter writer(CsvEncoding::cp932);
  writer.row({"氏名", "髙﨑①㈱Ⅳ"});
  writer.row({"𠮷田", "葛\U000E0100城"});
  writer.row({"9時〜17時", "😀"});
  using enum CsvChange::Kind;
  EXPECT_THAT(writer.changes(),
              ElementsAre(CsvChange{2, 1, not_in_cp932}, CsvChange{2, 2, not_in_cp932}, CsvChange{3, 2, not_in_cp932}));
  EXPECT_THAT(cells_of(read_csv(writer.bytes())),
              ElementsAre(Cells{"氏名", "髙﨑①㈱Ⅳ"}, Cells{"吉田", "葛城"}, Cells{"9時～17時", "〓"}));
}

TEST(Cp932, keeps_the_signs_of_windows) {
  for (const char* text : {"髙﨑", "①Ⅳ㈱", "～－∥", "ｱｲｳ", "表示\\"}) {
    Cp932Text converted = to_cp932(text);
    EXPECT_FALSE(converted.changed) << text;
    EXPECT_EQ(from_cp932(converted.bytes), text);
  }
}

TEST(Cp932, of_bytes_that_are_none_is_nothing) {
  EXPECT_FALSE(from_cp932("\x81"));
  EXPECT_FALSE(from_cp932("a\xff"));
  EXPECT_EQ(from_cp932(""), "");
}

}  // namespace
}  // namespace kasane
