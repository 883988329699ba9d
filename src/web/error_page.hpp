// The plain page for what goes wrong below the pages: bad requests, overload, faults of the program. Static Japanese
// HTML without styles or scripts, so that it works when nothing else does; it repeats nothing of what was sent.
#pragma once
#include <cstdint>
#include <string>

#include "base/ids.hpp"
#include "web/reply.hpp"

namespace kasane::web {

/// A whole reply for `status` (400, 403, 404, 405, 413, 415, 431, 500, 503; others read like 500 from 500 on,
/// else like 400), with the number to quote on the phone when `request_id` is not 0.
Reply error_reply(int status, std::uint64_t request_id);

/// The number as shown: 13 signs (id_text).
std::string request_number(std::uint64_t request_id);
/// The same number for the log, which writes it with the same signs.
using RequestId = Id<struct RequestTag>;
inline RequestId logged_number(std::uint64_t request_id) { return RequestId(static_cast<std::int64_t>(request_id)); }

}  // namespace kasane::web
