// Papers as PDF: a plain description of an A4 document (headings, paragraphs, tables, labels with values, black bars,
// a QR code) and its drawing by cairo and pango. Knows no room and no clock. Drawing takes tens of milliseconds, so it
// is done outside of database transactions.
//
// What is blacked out never comes here: a Bar has no text, and its length follows from its kind alone. So there is
// nothing beneath a bar that could be copied, searched for or measured.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/personal.hpp"
#include "paper/qr.hpp"

namespace kasane::paper {

/// The mark for what is withheld. Every bar of a kind is as long as the others of it.
enum class Bar : std::uint8_t {
  words,  // some words within a sentence
  whole,  // all of a paragraph or of a value: a bar over the width of the column
};

/// A line of text with bars between. Line breaks in the text are kept.
class Text {
 public:
  using Run = std::variant<std::string, Bar>;
  Text() = default;
  Text(std::string text) { add(text); }                                   // NOLINT: text is a text
  Text(std::string_view text) { add(text); }                              // NOLINT
  Text(const char* text) { add(text); }                                   // NOLINT
  Text(const Personal<std::string>& text) { add(text.shown()); }          // NOLINT
  Text(Bar bar) { add(bar); }                                             // NOLINT
  /// Control signs but line breaks and tabs are left out.
  Text& add(std::string_view text);
  Text& add(Bar bar);
  const std::vector<Run>& runs() const { return runs_; }
  bool empty() const { return runs_.empty(); }

 private:
  std::vector<Run> runs_;
};

/// What stands on each page. None of it is looked up here.
struct PageMarks {
  std::string title;        // name of the form; also the title of the file, so no personal data
  std::string number = {};  // number of this paper
  std::string reader = {};  // who took it out
  std::string at = {};      // when, as it is to be read
  std::string ground = {};  // on which ground
  std::string notice = {};  // one line on the duty of secrecy or the like
};

struct Column {
  std::string label;
  double share = 1.0;  // of the width, beside the shares of the others
};
using Rows = std::vector<std::vector<Text>>;

class Document {
 public:
  explicit Document(PageMarks marks) : marks_(std::move(marks)) {}

  /// Levels 1 to 3.
  Document& heading(int level, Text text);
  Document& paragraph(Text text);
  /// Smaller, grey.
  Document& remark(Text text);
  /// Labels at the left, values beside them. Rows with an empty value are left out without a gap.
  Document& facts(std::vector<std::pair<std::string, Text>> rows);
  /// A table; its head is repeated on each page. Throws std::logic_error when a row has not one cell for each column.
  Document& table(std::vector<Column> columns, Rows rows);
  /// A code to be read by a telephone; `edge` in millimetres.
  Document& code(QrCode code, double edge = 30);
  Document& page_break();

  /// The finished file. Throws std::runtime_error when the drawing fails (no memory, no font system).
  std::string pdf() const;

  struct Heading { int level; Text text; };
  struct Paragraph { Text text; bool remark; };
  struct Facts { std::vector<std::pair<std::string, Text>> rows; };
  struct Table { std::vector<Column> columns; Rows rows; };
  struct Code { QrCode code; double edge; };
  struct Break {};
  using Block = std::variant<Heading, Paragraph, Facts, Table, Code, Break>;
  const std::vector<Block>& blocks() const { return blocks_; }
  const PageMarks& marks() const { return marks_; }

 private:
  PageMarks marks_;
  std::vector<Block> blocks_;
};

/// Whether fontconfig finds a font with Japanese signs; without one a paper would be full of empty boxes.
bool has_japanese_font();

}  // namespace kasane::paper
