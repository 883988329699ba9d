// Pages of advice without a case (支援者支援): /advice, /advice/new, /advice/{id}.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_advice_routes(programme::Router& router);

}  // namespace kasane::casework
