// Use cases of 目的外利用・提供. What is shared within the purpose or under 社会福祉法106条の6 never comes here: only who asks
// outside of it, in words; the holder answers. A grant is a ground to read with an end; a refusal opens nothing.
#pragma once
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "consent/provision_model.hpp"
#include "consent/settings.hpp"

namespace kasane::consent {

/// Numbered in the city's list of the year. The holder holds the 協議; who asks sees it, and nothing of the record.
/// Errors: invalid (holder, outside, about, items, reason_class, reason, basis, from, until), not_permitted.
Result<ProvisionId> ask_for_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewProvision what);
/// Errors: not_found.
Result<Provision> provision(db::ReadTx& tx, access::Gate& gate, ProvisionId id);
/// Those of the viewer's agencies, asked or to be answered, newest first.
std::vector<Provision> provisions(db::ReadTx& tx, access::Gate& gate);
/// The yearly list. Whole for officers and heads of the city; a contractor's sees only what it is a side of. Names nobody.
std::vector<LedgerLine> ledger(db::ReadTx& tx, access::Gate& gate, const Settings& city, FiscalYear year);

/// The holder says which household it is about, by its number. Errors: invalid (household: unknown, or held by another
/// agency), conflict (answered), stale, not_found, not_permitted.
Result<> link_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProvisionId id, std::string_view household_number, std::int64_t version);
/// The holder's officer or head answers. Errors: invalid (see provision_rules.hpp; person), conflict, stale, not_found,
/// not_permitted (not an officer or head of the holder).
Result<> decide_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, ProvisionId id, ProvisionDecision decision);
/// By who asked. Errors: not_found, not_permitted.
/// The holder takes a grant back: nothing is readable by it from now on, and the list says this day as its last. Act
/// provision.ended. Errors: those of the gate; not_permitted (not of the holder); conflict (no grant that stands, or saved
/// by somebody else).
Result<> end_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, ProvisionId id, std::int64_t version);
Result<> read_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProvisionId id);
/// By who asked, while it is not answered; it stays in the list. Errors: conflict, stale, not_found, not_permitted.
Result<> withdraw_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProvisionId id, std::int64_t version);

}  // namespace kasane::consent
