// For demo data: 開示請求.
#pragma once
#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// A person of this household asks for what the section keeps; one request handed out, another open.
void run_disclosure(World& w, const Home& at, PersonId asking);

}  // namespace kasane::cli::invented
