#include "programme/form_token.hpp"

#include "base/crypto.hpp"

namespace kasane::programme {

std::string mask_form_token(std::string_view secret) {
  Bytes token = random_bytes(kDigestSize);
  const Bytes plain = sha256(secret);
  for (std::size_t i = 0; i < kDigestSize; ++i) token.push_back(token[i] ^ plain[i]);
  return to_base64url(token);
}

bool is_form_token(std::string_view posted, std::string_view secret) {
  const auto token = from_base64url(posted);
  if (secret.empty() || !token || token->size() != 2 * kDigestSize) return false;
  Bytes plain(kDigestSize);
  for (std::size_t i = 0; i < kDigestSize; ++i) plain[i] = (*token)[i] ^ (*token)[kDigestSize + i];
  return same_bytes(plain, sha256(secret));
}

}  // namespace kasane::programme
