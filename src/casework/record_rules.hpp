// Paragraphs of a support record and their types; which services an entry may be attributed to. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "casework/model.hpp"

namespace kasane::casework {

struct Paragraph {
  PartKind kind = PartKind::unsorted;
  std::string text;  // without its mark, lines parted by '\n'
  friend bool operator==(const Paragraph&, const Paragraph&) = default;
};

/// A record holds at most this many paragraphs; what comes after stays in the last one.
inline constexpr std::size_t kMostParagraphs = 100;

/// Parts the text at blank lines, and before a line that begins with a mark (those of the text box). A paragraph
/// without a mark is unsorted. Empty paragraphs are dropped; the words themselves stay as typed.
std::vector<Paragraph> split_paragraphs(std::string_view text);
/// The inverse, for the form that corrects a record: split_paragraphs(join_paragraphs(p)) == p.
std::string join_paragraphs(const std::vector<Paragraph>& paragraphs);

/// The services an entry counts for: all the chosen ones that the writer's posts hold, or the only one they hold.
std::vector<std::string> attributed(const std::vector<std::string>& held, const std::vector<std::string>& chosen);
/// Whether the form has to ask: several fit.
bool must_ask_service(const std::vector<std::string>& held);

/// "a,b" and back; empty text is no code.
std::string join_codes(const std::vector<std::string>& codes);
std::vector<std::string> split_codes(std::string_view joined);

}  // namespace kasane::casework
