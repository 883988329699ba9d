#include "archive/disclosure_paper.hpp"

#include "archive/disclosure_rules.hpp"

namespace kasane::archive {

using paper::Bar;
using paper::Text;

namespace {

/// What a reader may see of the part. Withheld words are left out here and never reach the document.
Text text_of(const Part& part) {
  switch (part.decision) {
    case PartDecision::open: return part.text.shown();
    case PartDecision::partial: {
      Text text;
      for (const Piece& piece : cut(part.text.shown(), lines_of(part.hidden.shown()))) {
        if (piece.hidden) text.add(Bar::words);
        else text.add(piece.text);
      }
      return text;
    }
    case PartDecision::withheld: return Bar::whole;
    case PartDecision::none:
    case PartDecision::not_told: return {};
  }
  return {};
}

std::string ground_of(const Settings& city, const Part& part) {
  const auto grounds = city.m.code_table("disclosure_ground");
  if (part.decision == PartDecision::open || part.ground.empty() || !grounds) return {};
  return grounds->label(part.ground);
}

bool told(const Part& part) { return part.decision != PartDecision::not_told && part.decision != PartDecision::none; }

}  // namespace

paper::Document disclosure_paper(const Settings& city, const DisclosureView& view, const PaperMarks& marks) {
  const Disclosure& d = view.facts;
  paper::PageMarks page;
  page.title = "保有個人情報の開示";
  page.number = d.number;
  page.reader = marks.reader;
  page.at = marks.at;
  page.ground = d.law;
  paper::Document out(page);
  out.heading(1, "保有個人情報の開示");
  out.facts({{"本人", d.person_name},
             {"請求した人", std::string(label_of(d.asker)) + (d.asker_name.shown().empty() ? "" : "　" + d.asker_name.shown())},
             {"受けた日", wareki(d.received_on)},
             {"決定", std::string(label_of(d.result)) + (d.decided_on ? "（" + wareki(*d.decided_on) + "）" : "")},
             {"保有機関", city.dir.name(d.holder)}});
  if (d.result == DisclosureResult::absent) out.paragraph("請求のあった保有個人情報は、ありません。");
  if (d.result == DisclosureResult::not_told) out.paragraph("請求のあった保有個人情報があるかないかを、答えません（" + std::string(d.law) + "）。");
  std::optional<SubjectRef> before;
  for (const Part& part : view.parts) {
    if (!told(part)) continue;
    if (!before || *before != part.subject)
      out.heading(3, std::string(source_label(part.source)) + (part.held_on ? "　" + wareki(*part.held_on) : ""));
    else
      out.remark(std::string(source_label(part.source)));
    before = part.subject;
    out.paragraph(text_of(part));
    if (const std::string ground = ground_of(city, part); !ground.empty()) out.remark("開示しない部分の根拠: " + ground);
  }
  return out;
}

}  // namespace kasane::archive
