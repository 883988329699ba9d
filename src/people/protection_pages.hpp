// What other pages show of protection: the warning on a form, for those who may know of a measure.
#pragma once
#include "programme/context.hpp"

namespace kasane::people {

/// Over a form that brings a person or an agency to the household. Empty for who may not know of any measure.
html::Html protection_warning(const programme::Ctx& ctx, db::ReadTx& tx, access::Gate& gate, HouseholdId household);

}  // namespace kasane::people
