// Events whose detail the check of the audit understands: words of searches that were forgotten by a disposal, and a
// copy that was put back. Codes and numbers only.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kasane::access {

inline constexpr const char* kWordsForgotten = "disposal.words";
inline constexpr const char* kRestored = "audit.restored";

/// Which searches of a fiscal year's file are left without their words.
struct ForgottenWords {
  int year = 0;
  std::vector<std::int64_t> searches;  // numbers of events, rising
};
std::string detail_of(const ForgottenWords& forgotten);
std::optional<ForgottenWords> forgotten_words(std::string_view detail);

/// Checkpoints that stand outside and that the restored chain does not know.
struct LostCheckpoints {
  std::int64_t first = 0;
  std::int64_t last = 0;  // smaller than `first`: none
  bool holds(std::int64_t number) const { return number >= first && number <= last; }
  friend bool operator==(const LostCheckpoints&, const LostCheckpoints&) = default;
};
std::string detail_of(const LostCheckpoints& lost);
std::optional<LostCheckpoints> lost_checkpoints(std::string_view detail);

}  // namespace kasane::access
