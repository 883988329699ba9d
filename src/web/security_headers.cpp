// The policy, see security_headers.hpp.
#include "web/security_headers.hpp"

namespace kasane::web {

namespace {

Pairs headers(bool secure) {
  Pairs all = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
       "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      // Other sites learn nothing. Not "no-referrer": with that, browsers post our own forms with "Origin: null"
      // (Fetch, "append a request Origin header"), and over plain http nothing would tell them from foreign ones.
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"},
  };
  if (secure) all.emplace_back("Strict-Transport-Security", "max-age=31536000");
  return all;
}

}  // namespace

const Pairs& security_headers(bool secure) {
  static const Pairs plain = headers(false), over_tls = headers(true);
  return secure ? over_tls : plain;
}

}  // namespace kasane::web
