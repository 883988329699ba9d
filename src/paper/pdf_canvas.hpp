// The drawing of a Document; only pdf.cpp uses it. cairo's and pango's handles live and die in pdf_canvas.cpp.
#pragma once
#include <string>

#include "paper/pdf.hpp"

namespace kasane::paper {

struct Drawn {
  std::string bytes;
  int pages = 0;
};
/// `of_pages`: the number of pages printed at the foot; 0: not known yet.
Drawn draw(const Document& document, int of_pages);

}  // namespace kasane::paper
