#pragma once
#include "programme/context.hpp"

namespace kasane::meeting {

void add_hand_item_routes(programme::Router& router);

}  // namespace kasane::meeting
