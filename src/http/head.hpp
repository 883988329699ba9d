// The head of a reply: status line, headers, what the network itself adds.
#pragma once
#include <string>

#include "http/network.hpp"

namespace kasane::http {

/// Whether a reply of this status carries a body at all.
bool may_have_body(int status);
/// With Content-Length (but for a reply that stays open), Date and Connection, up to the empty line.
std::string head_text(const WireReply& reply, bool keep_alive);

}  // namespace kasane::http
