#include "paper/pdf.hpp"

#include <stdexcept>

#include "paper/pdf_canvas.hpp"

namespace kasane::paper {

Text& Text::add(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') clean += c;
  if (clean.empty()) return *this;
  if (!runs_.empty() && std::holds_alternative<std::string>(runs_.back()))
    std::get<std::string>(runs_.back()) += clean;
  else
    runs_.emplace_back(std::move(clean));
  return *this;
}

Text& Text::add(Bar bar) {
  // Bars that touch are one bar: their number would tell of the words beneath.
  if (runs_.empty() || !std::holds_alternative<Bar>(runs_.back())) runs_.emplace_back(bar);
  return *this;
}

Document& Document::heading(int level, Text text) {
  if (level < 1 || level > 3) throw std::logic_error("headings of a paper have levels 1 to 3");
  blocks_.emplace_back(Heading{level, std::move(text)});
  return *this;
}

Document& Document::paragraph(Text text) {
  blocks_.emplace_back(Paragraph{std::move(text), false});
  return *this;
}

Document& Document::remark(Text text) {
  blocks_.emplace_back(Paragraph{std::move(text), true});
  return *this;
}

Document& Document::facts(std::vector<std::pair<std::string, Text>> rows) {
  std::erase_if(rows, [](const auto& row) { return row.second.empty(); });
  if (!rows.empty()) blocks_.emplace_back(Facts{std::move(rows)});
  return *this;
}

Document& Document::table(std::vector<Column> columns, Rows rows) {
  if (columns.empty()) throw std::logic_error("a table needs columns");
  for (const auto& row : rows)
    if (row.size() != columns.size()) throw std::logic_error("a row of a table has one cell for each column");
  blocks_.emplace_back(Table{std::move(columns), std::move(rows)});
  return *this;
}

Document& Document::code(QrCode code, double edge) {
  blocks_.emplace_back(Code{std::move(code), edge});
  return *this;
}

Document& Document::page_break() {
  blocks_.emplace_back(Break{});
  return *this;
}

std::string Document::pdf() const {
  // Twice: how many pages there are stands on the first one.
  const int pages = draw(*this, 0).pages;
  return std::move(draw(*this, pages).bytes);
}

}  // namespace kasane::paper
