// Text that rests encrypted: drafts, secrets of settings. XSalsa20-Poly1305 of libsodium with a fresh nonce each time.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace kasane {

/// `key` of any length; `purpose` parts uses of one key from each other.
std::string seal_text(ByteView key, std::string_view purpose, std::string_view plain);
/// Nothing when it was made with another key or purpose, or was changed.
std::optional<std::string> open_text(ByteView key, std::string_view purpose, std::string_view sealed);

}  // namespace kasane
