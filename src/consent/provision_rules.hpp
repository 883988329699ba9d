// Pure decisions about 目的外利用・提供: on which articles a holder may stand, what a request or an answer lacks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/result.hpp"
#include "consent/provision_model.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

/// The city stands on 69条, a contractor on 27条 and its contract.
programme::HolderKind holder_kind(const programme::Municipality& m, std::string_view agency);
/// The article of this key where it allows provision for such a holder on that day; nullptr else.
const programme::Statute* provision_basis(const programme::Municipality& m, std::string_view agency, std::string_view key, Date on);

/// Faults by field: outside, about, items, reason_class, reason, from, until.
std::vector<FieldError> faults_of(const NewProvision& what);
/// Faults by field: items, until, from, harm_checked, harm_reason, household, topics, answer. `basis`: the article that was
/// chosen; `to_agency`: the recipient reads by itself; `linked`: the household is known.
std::vector<FieldError> faults_of(const ProvisionDecision& decision, const programme::Statute* basis, bool to_agency, bool linked, Date today);

/// May this viewer decide for the holder: an officer or a head with a post there.
bool decides_for(const access::Viewer& viewer, AgencyId holder);

/// "8-3": fiscal year of 令和 and serial, as a council's list numbers them.
std::string provision_number(std::string_view prefix, FiscalYear year, std::int64_t serial);

}  // namespace kasane::consent
