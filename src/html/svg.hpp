// Drawings made on the server as SVG, each with the same content as a table beside it. The ecomap: the household's
// persons in the middle, agencies around them, lines by kind of tie. Scales, prints, needs no script.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/personal.hpp"
#include "html/html.hpp"

namespace kasane::html {

/// Text for a drawing, where it must be measured and wrapped. Escaped when written, as everywhere.
class DrawnText {
 public:
  DrawnText() = default;
  DrawnText(std::string text) : text_(std::move(text)) {}
  DrawnText(const char* text) : text_(text) {}
  DrawnText(const Personal<std::string>& personal) : text_(personal.shown()) {}
  std::string_view view() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

enum class Tie : std::uint8_t { strong, weak, strained, to_household, to_agency };
/// "強い", "弱い", "緊張・対立", "機関から世帯へ", "世帯から機関へ"
std::string_view tie_label(Tie tie);

struct EcomapPerson {
  DrawnText name;
  DrawnText note = {};  // "83歳・母"
};
struct EcomapAgency {
  DrawnText name;
  DrawnText part = {};  // what it does: "見守り 週1回"
  Tie tie = Tie::strong;
  int person = -1;  // index of the person it is tied to; -1: the household as a whole
};
struct Ecomap {
  std::string id;     // unique on the page
  std::string title;  // of the drawing; read out, so no names that are not on the page anyway
  std::vector<EcomapPerson> persons;
  std::vector<EcomapAgency> agencies;
};

/// Drawing, legend and table in one <figure>. Made for 1 to 20 agencies; more only make it taller.
Html ecomap(const Ecomap& map);

/// Lines of at most `width` columns (a full-width sign is two), at most `most` lines; what does not fit ends in "…".
std::vector<std::string> wrap_text(std::string_view text, int width, int most);

}  // namespace kasane::html
