// SQL of 目的外利用・提供.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "consent/provision_model.hpp"

namespace kasane::consent::store {

using ProvisionPermit = access::Permit<ProvisionTag>;

struct ProvisionRow {
  std::string number;
  FiscalYear year;
  std::int64_t serial = 0;
  AgencyId asked_by;
  Date asked_on;
  std::string recipient;
  std::optional<AgencyId> recipient_id;
  std::string basis;
  programme::RecipientKind recipient_kind = programme::RecipientKind::other;
};
void insert_provision(db::WriteTx& tx, const ProvisionPermit& permit, const NewProvision& what, const ProvisionRow& row);
std::optional<Provision> load_provision(const ProvisionPermit& permit);
/// Those that the viewer may know, newest first, at most 200.
std::vector<Provision> list_provisions(access::Gate& gate);
/// The city's list of a year, by number; nothing personal, so behind no permit.
std::vector<LedgerLine> ledger_lines(db::ReadTx& tx, FiscalYear year);
/// Ids of those of the year that the viewer may know.
std::vector<ProvisionId> known_provisions(access::Gate& gate, FiscalYear year);
// Each false when it is not as it was shown.
bool set_household(db::WriteTx& tx, const ProvisionPermit& permit, HouseholdId household, std::int64_t version);
bool set_provision_decision(db::WriteTx& tx, const ProvisionPermit& permit, const ProvisionDecision& d, std::string_view basis, Date on, AccountId by);
bool set_provision_withdrawn(db::WriteTx& tx, ProvisionId id, std::int64_t version);
/// The grant ends with this day; false when it had ended or its version moved on.
bool set_provision_ended(db::WriteTx& tx, const ProvisionPermit& permit, Date on, std::int64_t version);
bool set_provision_read(db::WriteTx& tx, ProvisionId id, Date on);

}  // namespace kasane::consent::store
