#include "casework/record_rules.hpp"

#include <algorithm>

namespace kasane::casework {

namespace {

struct Mark {
  std::string_view prefix;
  PartKind kind;
};
/// The same that the text box offers (html::kParagraphMarks); a test holds the two equal.
constexpr Mark kMarks[] = {
    {"【本人】", PartKind::said_by_person}, {"【事実】", PartKind::fact_observed}, {"【第三者】", PartKind::heard_from},
    {"【見立て】", PartKind::assessment},   {"【予定】", PartKind::plan},
};

/// The mark at the start of the line, or nullptr.
const Mark* mark_of(std::string_view line) {
  for (const Mark& mark : kMarks)
    if (line.starts_with(mark.prefix)) return &mark;
  return nullptr;
}

bool blank(std::string_view line) {
  constexpr std::string_view kWideSpace = "\u3000";
  while (!line.empty()) {
    if (line.front() == ' ' || line.front() == '\t' || line.front() == '\r') line.remove_prefix(1);
    else if (line.starts_with(kWideSpace)) line.remove_prefix(kWideSpace.size());
    else return false;
  }
  return true;
}

std::string_view without_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::vector<Paragraph> split_paragraphs(std::string_view text) {
  std::vector<Paragraph> out;
  bool open = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = without_end(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const Mark* mark = mark_of(line);
    const bool full = out.size() >= kMostParagraphs;
    if (blank(line)) {
      open = full && open;
    } else if ((mark != nullptr || !open) && !full) {
      const std::string_view words = mark != nullptr ? line.substr(mark->prefix.size()) : line;
      out.push_back({mark != nullptr ? mark->kind : PartKind::unsorted, std::string(words)});
      open = true;
    } else {
      if (!out.back().text.empty()) out.back().text += '\n';
      out.back().text += line;
    }
  }
  std::erase_if(out, [](const Paragraph& p) { return blank(p.text); });
  return out;
}

std::string join_paragraphs(const std::vector<Paragraph>& paragraphs) {
  std::string out;
  for (const Paragraph& p : paragraphs) {
    if (!out.empty()) out += "\n\n";
    for (const Mark& mark : kMarks)
      if (mark.kind == p.kind) out += mark.prefix;
    out += p.text;
  }
  return out;
}

std::vector<std::string> attributed(const std::vector<std::string>& held, const std::vector<std::string>& chosen) {
  if (!must_ask_service(held)) return held;
  std::vector<std::string> out;
  for (const std::string& service : held)
    if (std::find(chosen.begin(), chosen.end(), service) != chosen.end()) out.push_back(service);
  return out;
}

bool must_ask_service(const std::vector<std::string>& held) { return held.size() > 1; }

std::string join_codes(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : ",") + code;
  return out;
}

std::vector<std::string> split_codes(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t comma = joined.find(',');
    if (comma != 0) out.emplace_back(joined.substr(0, comma));
    joined = comma == std::string_view::npos ? std::string_view() : joined.substr(comma + 1);
  }
  return out;
}

}  // namespace kasane::casework
