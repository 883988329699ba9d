// The one list of all routes of all rooms.
#pragma once
#include "programme/dispatch.hpp"

namespace kasane::cli {
programme::Router all_routes();
}  // namespace kasane::cli
