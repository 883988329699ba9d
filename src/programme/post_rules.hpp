// Which posts one account may hold together. Who gives out roles works with no case and watches no one: an account with a post
// of 管理者 holds no other beside it on any day.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/role.hpp"

namespace kasane::programme {

struct PostSpan {
  Role role;
  Date from;
  Date until;  // inclusive
};

/// Why this post may not be added, in words for the administrator; nothing when it may.
std::optional<std::string> why_not_post(const std::vector<PostSpan>& held, const PostSpan& added);

}  // namespace kasane::programme
