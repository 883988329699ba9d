// The headers that every reply carries. No inline code at all, so the policy needs no nonces.
#pragma once
#include "web/request.hpp"

namespace kasane::web {

/// Content-Security-Policy and its companions; Strict-Transport-Security when `secure`.
const Pairs& security_headers(bool secure);

}  // namespace kasane::web
