// The paper of a decided 開示請求: what is open, black bars where something is withheld, no trace of what is not told of.
#pragma once
#include <string>

#include "archive/disclosure_service.hpp"
#include "paper/pdf.hpp"

namespace kasane::archive {

struct PaperMarks {
  std::string reader;  // who takes it out
  std::string at;      // when, as it is to be read
};
paper::Document disclosure_paper(const Settings& city, const DisclosureView& view, const PaperMarks& marks);

}  // namespace kasane::archive
