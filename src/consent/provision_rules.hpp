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

/// The article of this key where it allows provision for such a holder on that day; nullptr else.
const programme::Statute* provision_basis(const programme::Municipality& m, std::string_view agency, std::string_view key, Date on);

/// 「69条2項2号…は、市の部署に渡すときだけの根拠です。」 where the article does not give to such a recipient; '' else.
std::string why_not_to(const programme::Statute& basis, std::optional<programme::RecipientKind> recipient);

/// Faults by field: outside_kind, about, items, reason_class, reason, from, until.
std::vector<FieldError> faults_of(const NewProvision& what);
/// What the answer is held against.
struct ProvisionAt {
  const programme::Statute* basis = nullptr;  // the article that was chosen
  std::optional<programme::RecipientKind> recipient;
  bool to_agency = false;                     // the recipient reads by itself
  bool linked = false;                        // the household is known
  bool consents = false;                      // the person's recorded consent covers this recipient and what it is shown
  bool kept_out = false;                      // … or keeps this very recipient out
  Date today;
};
/// Faults by field: basis, items, until, from, harm_checked, harm_reason, consent_note, household, topics, answer.
std::vector<FieldError> faults_of(const ProvisionDecision& decision, const ProvisionAt& at);

/// May this viewer decide for the holder: an officer or a head with a post there.
bool decides_for(const access::Viewer& viewer, AgencyId holder);

/// "8-3": fiscal year of 令和 and serial, as a council's list numbers them.
std::string provision_number(std::string_view prefix, FiscalYear year, std::int64_t serial);

}  // namespace kasane::consent
