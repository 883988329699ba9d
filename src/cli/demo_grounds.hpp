// For demo data: 協力依頼 and 目的外利用・提供.
#pragma once
#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// 長岡京 (5): 水道課 asks for the woman's address and is refused; another asking is granted on paper; a 協力依頼 is answered.
void run_grounds(World& w, const Home& at, PersonId about);

}  // namespace kasane::cli::invented
