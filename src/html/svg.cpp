// The ecomap. Agencies stand in two bowed columns left and right of the household, so that boxes never overlap and no
// line crosses a box, however many there are; all lengths are in the drawing's own units (1 = 1 px at full size).
#include "html/svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "html/content.hpp"

namespace kasane::html {
namespace {

constexpr int kWidth = 960;
constexpr int kBoxWidth = 212;
constexpr int kBoxHeight = 76;
constexpr int kBoxGap = 14;
constexpr int kHomeWidth = 236;
constexpr int kPersonHeight = 52;
constexpr int kBow = 110;         // how much further out the middle of a column stands than its ends
constexpr int kLineRoom = 36;     // between household and the nearest box
constexpr int kNameColumns = 24;  // 12 full-width signs at 15 units
constexpr int kNoteColumns = 28;  // at 13 units
constexpr int kMargin = 12;

struct Point {
  double x = 0, y = 0;
};

int columns_of(char32_t c) {
  const bool takes_none =
      (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x0300 && c <= 0x036F);
  if (takes_none) return 0;
  return c < 0x2E80 || (c >= 0xFF61 && c <= 0xFF9F) ? 1 : 2;
}

/// A sign with its variation selectors.
struct Sign {
  std::string_view bytes;
  int columns = 0;
};

std::vector<Sign> signs_of(std::string_view text) {
  std::vector<Sign> signs;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t stated = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::size_t length = std::min(stated, text.size() - at);
    char32_t c = lead < 0x80 ? lead : lead & (0xFFu >> (stated + 1));
    for (std::size_t i = 1; i < length; ++i) c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    const int columns = columns_of(c);
    if (columns == 0 && !signs.empty()) {
      Sign& last = signs.back();
      last.bytes = {last.bytes.data(), last.bytes.size() + length};
    } else {
      signs.push_back({text.substr(at, length), columns});
    }
    at += length;
  }
  return signs;
}

/// Signs that must not begin a line: small kana, the long vowel, closing marks.
bool never_begins_a_line(std::string_view sign) {
  constexpr std::string_view kSuch =
      "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー・、。，．）」』】〕〉》！？…々ゝヽ)]},.";
  return kSuch.find(sign) != std::string_view::npos;
}

int columns_from(const std::vector<Sign>& signs, std::size_t from) {
  int columns = 0;
  for (; from < signs.size(); ++from) columns += signs[from].columns;
  return columns;
}

/// How wide lines may be, and are best.
struct Measure {
  int widest;
  int even;  // lines of about the same length read better than a full one with a single sign under it
};

/// The end of the longest line from `from` on that is at most `width` wide; at least one sign.
std::size_t full_line(const std::vector<Sign>& signs, std::size_t from, int width) {
  std::size_t to = from;
  for (int used = 0; to < signs.size() && used + signs[to].columns <= width; ++to) used += signs[to].columns;
  return std::max(to, std::min(from + 1, signs.size()));
}

/// Where the line that begins at `from` ends: at a space where one stands well and the rest still fits into
/// `lines_after` lines, else where the even line is full, but never before a sign that must not begin a line.
std::size_t line_end(const std::vector<Sign>& signs, std::size_t from, Measure measure, int lines_after) {
  const std::size_t full = full_line(signs, from, measure.widest);
  const std::size_t even = full_line(signs, from, measure.even);
  if (full == signs.size() && (lines_after == 0 || even == full)) return full;
  for (std::size_t back = full; back > from + (even - from) / 2; --back) {
    const bool at_space = signs[back - 1].bytes == " " || signs[back - 1].bytes == "　";
    if (at_space && columns_from(signs, back) <= measure.widest * lines_after) return back;
  }
  std::size_t fit = even;
  while (fit > from + 1 && fit < signs.size() && never_begins_a_line(signs[fit].bytes)) --fit;
  return fit < signs.size() && never_begins_a_line(signs[fit].bytes) ? even : fit;
}

long whole(double length) { return std::lround(length); }

std::string points_text(const std::vector<Point>& points) {
  std::string text;
  for (const Point& p : points) text += std::to_string(whole(p.x)) + "," + std::to_string(whole(p.y)) + " ";
  return text;
}

std::string_view tie_class(Tie tie) {
  switch (tie) {
    case Tie::strong:
      return "tie tie-strong";
    case Tie::weak:
      return "tie tie-weak";
    case Tie::strained:
      return "tie tie-strained";
    case Tie::to_household:
    case Tie::to_agency:
      return "tie tie-one-way";
  }
  return "tie";
}

std::vector<Point> zigzag(Point from, Point to) {
  const double dx = to.x - from.x, dy = to.y - from.y;
  const double length = std::max(1.0, std::hypot(dx, dy));
  const int teeth = std::max(2, static_cast<int>(length / 9));
  std::vector<Point> points{from};
  for (int i = 1; i < teeth; ++i) {
    const double along = static_cast<double>(i) / teeth, side = i % 2 == 0 ? 6 : -6;
    points.push_back({from.x + dx * along - dy / length * side, from.y + dy * along + dx / length * side});
  }
  points.push_back(to);
  return points;
}

Html arrow_head(Point from, Point to) {
  const double length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
  const double ux = (to.x - from.x) / length, uy = (to.y - from.y) / length;
  return el("polygon", {{"class", "tie-head"},
                        {"points", points_text({to,
                                                {to.x - 14 * ux - 7 * uy, to.y - 14 * uy + 7 * ux},
                                                {to.x - 14 * ux + 7 * uy, to.y - 14 * uy - 7 * ux}})}});
}

/// The line between a household's edge and an agency's edge.
Html tie_line(Tie tie, Point home, Point agency) {
  const auto points = tie == Tie::strained ? zigzag(home, agency) : std::vector<Point>{home, agency};
  Html html = el("polyline", {{"class", tie_class(tie)}, {"points", points_text(points)}});
  if (tie == Tie::to_household) html.add(arrow_head(agency, home));
  if (tie == Tie::to_agency) html.add(arrow_head(home, agency));
  return html;
}

Html text_at(double x, double y, std::string_view css, std::string_view words) {
  return el("text", {{"x", whole(x)}, {"y", whole(y)}, {"class", css}, {"text-anchor", "middle"}}, words);
}

Html rect(double x, double y, int width, int height, std::string_view css) {
  return el("rect",
            {{"x", whole(x)}, {"y", whole(y)}, {"width", width}, {"height", height}, {"rx", 8}, {"class", css}});
}

Html agency_box(const EcomapAgency& agency, Point centre) {
  const auto names = wrap_text(agency.name.view(), kNameColumns, agency.part.empty() ? 3 : 2);
  const auto parts = wrap_text(agency.part.view(), kNoteColumns, 1);
  const double height = 20.0 * static_cast<double>(names.size()) + 18.0 * static_cast<double>(parts.size());
  double y = centre.y - height / 2 + 15;
  Html html;
  html.open("g").add(rect(centre.x - kBoxWidth / 2.0, centre.y - kBoxHeight / 2.0, kBoxWidth, kBoxHeight, "agency"));
  for (const std::string& line : names) {
    html.add(text_at(centre.x, y, "agency-name", line));
    y += 20;
  }
  for (const std::string& line : parts) html.add(text_at(centre.x, y, "agency-part", line));
  return html.close("g");
}

/// Where everything stands.
struct Layout {
  int height = 0;
  Point middle;
  double home_height = 0;
  std::vector<Point> agencies;  // centres of the boxes

  explicit Layout(const Ecomap& map);
  double person_y(std::size_t index) const {
    return middle.y - home_height / 2 + 12 + kPersonHeight * (static_cast<double>(index) + 0.5);
  }
};

Layout::Layout(const Ecomap& map) {
  const std::size_t right = (map.agencies.size() + 1) / 2;
  home_height = 24.0 + kPersonHeight * static_cast<double>(std::max<std::size_t>(1, map.persons.size()));
  const double column = static_cast<double>(right) * (kBoxHeight + kBoxGap) - kBoxGap;
  height = static_cast<int>(std::max(column, home_height)) + 2 * kMargin;
  middle = {kWidth / 2.0, height / 2.0};
  const double nearest = kHomeWidth / 2.0 + kLineRoom + kBoxWidth / 2.0;
  for (std::size_t i = 0; i < map.agencies.size(); ++i) {
    const bool on_right = i < right;
    const std::size_t in_column = on_right ? right : map.agencies.size() - right;
    const std::size_t place = on_right ? i : i - right;
    // From -1 (top) to 1 (bottom) within the column.
    const double at = in_column < 2 ? 0 : 2.0 * static_cast<double>(place) / static_cast<double>(in_column - 1) - 1;
    const double own = static_cast<double>(in_column) * (kBoxHeight + kBoxGap) - kBoxGap - kBoxHeight;
    const double out = nearest + kBow * std::sqrt(std::max(0.0, 1 - at * at));
    agencies.push_back({middle.x + (on_right ? out : -out), middle.y + at * own / 2});
  }
}

Html household_outline(const Layout& layout) {
  return rect(layout.middle.x - kHomeWidth / 2.0, layout.middle.y - layout.home_height / 2, kHomeWidth,
              static_cast<int>(layout.home_height), "home");
}

Html members(const Ecomap& map, const Layout& layout) {
  Html html;
  for (std::size_t i = 0; i < map.persons.size(); ++i) {
    const EcomapPerson& person = map.persons[i];
    const double y = layout.person_y(i);
    html.add(rect(layout.middle.x - kHomeWidth / 2.0 + 10, y - kPersonHeight / 2.0 + 3, kHomeWidth - 20,
                  kPersonHeight - 6, "member"));
    const auto names = wrap_text(person.name.view(), kNameColumns, 1);
    const auto notes = wrap_text(person.note.view(), kNoteColumns, 1);
    html.add(
        text_at(layout.middle.x, notes.empty() ? y + 5 : y - 2, "member-name", names.empty() ? "" : names.front()));
    if (!notes.empty()) html.add(text_at(layout.middle.x, y + 16, "member-note", notes.front()));
  }
  return html;
}

bool tied_to_person(const Ecomap& map, const EcomapAgency& agency) {
  return agency.person >= 0 && static_cast<std::size_t>(agency.person) < map.persons.size();
}

Html tie_of(const Ecomap& map, const Layout& layout, std::size_t index) {
  const EcomapAgency& agency = map.agencies[index];
  const Point box = layout.agencies[index];
  const double side = box.x < layout.middle.x ? -1 : 1;
  // A tie to the household starts at its outline, spread by where the agency stands; one to a person at that person.
  const double reach = layout.home_height / 2 - 14;
  const double spread = std::clamp((box.y - layout.middle.y) * 0.5, -reach, reach);
  const bool to_person = tied_to_person(map, agency);
  const Point home{layout.middle.x + side * (kHomeWidth / 2.0 - (to_person ? 10 : 0)),
                   to_person ? layout.person_y(static_cast<std::size_t>(agency.person)) : layout.middle.y + spread};
  return tie_line(agency.tie, home, {box.x - side * kBoxWidth / 2.0, box.y});
}

Html drawing(const Ecomap& map) {
  const Layout layout(map);
  const std::string size = "0 0 " + std::to_string(kWidth) + " " + std::to_string(layout.height);
  Html html;
  html.open("svg", {{"class", "ecomap-drawing"},
                    {"viewBox", size},
                    {"role", "img"},
                    {"aria-labelledby", map.id + "-title " + map.id + "-desc"}});
  html.add(el("title", {{"id", map.id + "-title"}}, map.title));
  html.add(el("desc", {{"id", map.id + "-desc"}}, "世帯 ", map.persons.size(), "人と、つながりのある機関 ",
              map.agencies.size(), "か所の図。同じ内容を次の表に示します。"));
  html.add(household_outline(layout));
  for (std::size_t i = 0; i < map.agencies.size(); ++i) html.add(tie_of(map, layout, i));
  html.add(members(map, layout));
  for (std::size_t i = 0; i < map.agencies.size(); ++i) html.add(agency_box(map.agencies[i], layout.agencies[i]));
  return html.close("svg");
}

Html legend_entry(Tie tie, std::string_view words) {
  return el("li",
            el("svg", {{"viewBox", "0 0 56 20"}, {"width", 56}, {"height", 20}}, tie_line(tie, {4, 10}, {52, 10})),
            words);
}

/// Each kind of line that the drawing uses, with its word.
Html legend(const Ecomap& map) {
  const auto uses = [&](Tie tie) {
    return std::any_of(map.agencies.begin(), map.agencies.end(), [&](const EcomapAgency& a) { return a.tie == tie; });
  };
  Html html;
  html.open("ul", {{"class", "ecomap-legend"}, {"aria-hidden", "true"}});
  for (Tie tie : {Tie::strong, Tie::weak, Tie::strained}) {
    if (uses(tie)) html.add(legend_entry(tie, tie_label(tie)));
  }
  if (uses(Tie::to_household) || uses(Tie::to_agency)) html.add(legend_entry(Tie::to_agency, "矢印の向きに一方から"));
  return html.close("ul");
}

Html table_of(const Ecomap& map) {
  Table table("つながりの一覧", {{"機関"}, {"関わり"}, {"つながり"}, {"相手"}}, Table::Caption::seen);
  for (const EcomapAgency& agency : map.agencies) {
    const bool to_person = tied_to_person(map, agency);
    const std::string_view with = to_person ? map.persons[static_cast<std::size_t>(agency.person)].name.view() : "世帯";
    table.row().cell(agency.name.view()).cell(agency.part.view()).cell(tie_label(agency.tie)).cell(with);
  }
  return table.done();
}

}  // namespace

std::string_view tie_label(Tie tie) {
  switch (tie) {
    case Tie::strong:
      return "強い";
    case Tie::weak:
      return "弱い";
    case Tie::strained:
      return "緊張・対立";
    case Tie::to_household:
      return "機関から世帯へ";
    case Tie::to_agency:
      return "世帯から機関へ";
  }
  return "";
}

std::vector<std::string> wrap_text(std::string_view text, int width, int most) {
  const std::vector<Sign> signs = signs_of(text);
  const int total = columns_from(signs, 0);
  const int needed = std::max(1, (total + width - 1) / width);
  const Measure measure{width, needed > most ? width : std::min(width, (total + needed - 1) / needed + 2)};
  std::vector<std::string> made;
  for (std::size_t from = 0; from < signs.size();) {
    if (static_cast<int>(made.size()) == most) {
      made.back() += "…";
      break;
    }
    const int lines_after = std::min(needed, most) - 1 - static_cast<int>(made.size());
    const std::size_t to = line_end(signs, from, measure, std::max(0, lines_after));
    std::string line;
    for (std::size_t i = from; i < to; ++i) line += signs[i].bytes;
    while (line.ends_with(' ')) line.pop_back();
    made.push_back(std::move(line));
    from = to;
  }
  return made;
}

Html ecomap(const Ecomap& map) {
  if (map.agencies.empty()) return empty_state("つながりのある機関はまだ登録されていません。");
  return el("figure", {{"class", "ecomap"}},
            el("div", {{"class", "ecomap-scroll"}, {"data-scroll", map.title}}, drawing(map)), legend(map),
            table_of(map));
}

}  // namespace kasane::html
