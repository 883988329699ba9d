// What somebody other than the account that asks is shown by a page: a screen in the room, a paper handed over. Each such
// reader has a trail of its own in the audit, durable before the page leaves.
#pragma once
#include <vector>

#include "access/trail.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

struct Reading {
  AccountId reader;                 // the id of an agency or a link stands where an account's would
  access::Trail trail;
};

/// The page leaves when what every reader was shown is durable; one that cannot be kept keeps the page back.
web::Reply with_readers(programme::Ctx& ctx, web::Reply reply, std::vector<Reading> readers);

}  // namespace kasane::meeting
