#include "access/audit_notes.hpp"

#include "access/audit.hpp"
#include "access/line_parts.hpp"

namespace kasane::access {

std::string detail_of(const ForgottenWords& forgotten) { return std::to_string(forgotten.year) + " " + pack_numbers(forgotten.searches); }

std::optional<ForgottenWords> forgotten_words(std::string_view detail) {
  const std::size_t blank = detail.find(' ');
  std::int64_t year = 0;
  if (blank == std::string_view::npos || !read_number(detail.substr(0, blank), year)) return std::nullopt;
  auto searches = unpack_numbers(detail.substr(blank + 1));
  if (!searches) return std::nullopt;
  return ForgottenWords{static_cast<int>(year), std::move(*searches)};
}

std::string detail_of(const LostCheckpoints& lost) { return std::to_string(lost.first) + " " + std::to_string(lost.last); }

std::optional<LostCheckpoints> lost_checkpoints(std::string_view detail) {
  const auto part = words_of_line(detail);
  LostCheckpoints lost;
  if (part.size() != 2 || !read_number(part[0], lost.first) || !read_number(part[1], lost.last)) return std::nullopt;
  return lost;
}

}  // namespace kasane::access
