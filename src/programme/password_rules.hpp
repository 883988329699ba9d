// Which passwords a person may choose. Length counts more than kinds of signs, nobody is made to change a good one, and what
// is tried first by whoever guesses is refused: 総務省「地方公共団体における情報セキュリティポリシーに関するガイドライン」 asks for
// passwords that cannot be guessed; NIST SP 800-63B names short, repeated, rising and context words.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kasane::programme {

inline constexpr std::size_t kShortestPassword = 10;  // characters, not bytes
inline constexpr std::size_t kLongestPassword = 200;

/// Why this password may not be chosen, in words for the person; nothing when it may. `near_words`: what stands near the account
/// and everybody knows: its login, the name of its holder, of the city, of the programme.
std::optional<std::string> why_not_password(std::string_view password, const std::vector<std::string>& near_words);

}  // namespace kasane::programme
