// Taking a consent back, with the list of what had gone out; and what is recorded of consents, which marks plans too.
#pragma once
#include "programme/context.hpp"

namespace kasane::meeting {

void add_withdrawal_routes(programme::Router& router);

}  // namespace kasane::meeting
