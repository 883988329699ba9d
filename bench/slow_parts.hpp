// Conditions that only the bench's own server can be put under.
#pragma once
#include <atomic>
#include <filesystem>

namespace kasane::bench {

/// With its audit; without; without, but parked as long as a sync takes (what waiting alone costs).
enum class Reads : int { audited, unaudited, parked };

/// Shared between the bench and its server through a file that both map, so that one server can be put under each in turn.
struct SlowParts {
  std::atomic<Reads> reads{Reads::audited};
  std::atomic<int> sync_ms{0};  // that every sync of a file takes longer
};

/// Maps the file, making it where it is not there. Stays mapped. Throws std::runtime_error.
SlowParts& map_slow_parts(const std::filesystem::path& file);
/// What this process obeys from now on.
void obey(SlowParts& parts);
SlowParts& slow_parts();

}  // namespace kasane::bench
