// Pages of referrals: /referrals (inbox, received, sent), /referrals/new, /referrals/{id} and what is done there.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_referral_routes(programme::Router& router);
/// /referrals
void add_inbox_routes(programme::Router& router);
/// /referrals/household
void add_referral_start_routes(programme::Router& router);
/// /referrals/{id}/answer
void add_referral_answer_routes(programme::Router& router);

}  // namespace kasane::casework
