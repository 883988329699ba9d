// What others show of consents: the read-only list, and the photo of a signed sheet. The pages that record and withdraw
// belong to casework and planning, because these must tell the case and the plans.
#pragma once
#include <vector>

#include "consent/service.hpp"
#include "html/kit.hpp"
#include "people/service.hpp"
#include "programme/context.hpp"

namespace kasane::consent {

/// The consents of a household as a list: person, which fact, how it stands, scope, exceptions, sheet. Lines of a
/// standing consent link to /consents/{id}/withdraw where `may_change`.
html::Html consent_list_html(const programme::Ctx& ctx, const std::vector<ConsentLine>& lines,
                             const std::unordered_map<PersonId, people::PersonName>& names, bool may_change);

/// Those of `agencies` that may be named to this viewer: no protected window is named to others.
std::vector<AgencyId> nameable(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies);
/// What a person keeps from an agency is not told to that agency.
std::vector<AgencyId> exceptions_shown(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies);
/// 障がい福祉課、東地域包括支援センター; who is no agency is left out.
std::string agency_names(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies);

void add_cooperation_routes(programme::Router& router);
void add_provision_routes(programme::Router& router);
void add_emergency_routes(programme::Router& router);
/// GET /consents/{id}/sheet: the photo of the signed sheet, behind the permit and audited; 協力依頼; 目的外利用・提供.
void add_routes(programme::Router& router);

}  // namespace kasane::consent
