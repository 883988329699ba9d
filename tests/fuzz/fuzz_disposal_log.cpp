// Any bytes as the log of disposals: the reader never fails, and what it read is written and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "archive/retention_rules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = kasane::archive::parse_log({reinterpret_cast<const char*>(data), size});
  if (!lines) return 0;
  const auto again = kasane::archive::parse_log(kasane::archive::log_text(*lines));
  if (!again || *again != *lines) std::abort();
  return 0;
}
