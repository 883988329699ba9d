// Pages of intakes: /intakes, /intakes/new, /intakes/{id}, …/edit, …/screening, …/case, and the page that ties a notice,
// an intake or a referral to a household.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_intake_routes(programme::Router& router);
/// /notices/{id}/household, /intakes/{id}/household, /referrals/{id}/household
void add_household_choice_routes(programme::Router& router);
/// /intakes/{id}/screening, /intakes/{id}/case
void add_screening_routes(programme::Router& router);

}  // namespace kasane::casework
