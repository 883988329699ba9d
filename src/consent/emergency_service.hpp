// Use cases of opening a household in an emergency. It opens for one account, to read, for the hours that the folder says;
// never over a shield. The holder is told at once and reviews it; the auditor sees each one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "consent/emergency_model.hpp"
#include "consent/settings.hpp"
#include "db/database.hpp"

namespace kasane::consent {

/// Opens exactly one household. Due emergency.review for its holder, and for the city's own section where the holder is not
/// of the city; act emergency.opened(reason). Errors: invalid (number, birth, reason_code, reason); not_permitted (role);
/// not_found (none, more than one, or a shield keeps this account or its agency away: alike); conflict (the viewer may
/// read it as it is, or too many of its own wait for review). Agencies that are kept from somebody of the home are not told.
Result<HouseholdId> open_in_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const EmergencyAsk& ask);

/// For the holder and the city's own section. Errors: not_found.
Result<Emergency> emergency(db::ReadTx& tx, access::Gate& gate, EmergencyAccessId id);
std::vector<EmergencyFacts> emergencies_to_review(db::ReadTx& tx, access::Gate& gate);
/// For the auditor: the newest of all, at most 200; how many nobody has reviewed. Nothing for anybody else.
std::vector<EmergencyFacts> emergencies_for_audit(db::ReadTx& tx, const access::Gate& gate);
std::int64_t unreviewed_emergencies(db::ReadTx& tx, const access::Gate& gate);
/// By an officer or head who did not open it itself. Not justified: it is closed at once. Act emergency.reviewed(verdict).
/// Errors: those of the gate; not_permitted (own opening); stale (also when it was reviewed); invalid (verdict; note,
/// where it was not justified).
struct Review {
  std::int64_t version = 0;
  Verdict verdict = Verdict::open;
  std::string note;
};
Result<> review_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, EmergencyAccessId id, const Review& review);

/// Whoever opened it has seen enough: closed at once, still to be reviewed. Act emergency.ended. Errors: not_found (opened
/// by somebody else, or none: alike); conflict (over already).
Result<> end_own_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, EmergencyAccessId id);

/// Closes what has run out, to the hour: grounds know only days. Number closed.
std::int64_t end_run_out_emergencies(db::Database& city, UtcMs now);

}  // namespace kasane::consent
