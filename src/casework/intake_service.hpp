// Intakes: taken at any window, changed by their holder, screened, tied to a household when one is known.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "casework/intake_model.hpp"
#include "casework/referral_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

/// Stores the intake for one of the viewer's agencies; due item intake.judge, act intake.taken. Started from a notice, it counts as the look
/// that was waited for, and a known household ties the notice to it. Errors: those of the gate (notice, household);
/// not_permitted (agency); invalid (taken_on, receiver, summary, person).
Result<IntakeId> take_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewIntake& in);

Result<Intake> intake(db::ReadTx& tx, access::Gate& gate, IntakeId id);

/// By the holder. Errors: those of the gate; stale; invalid.
Result<> change_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id, std::int64_t version,
                       const IntakeContent& in);

/// The household became known: intake, its due items and the notice behind it follow. Errors: those of the gate (both);
/// stale; conflict when it is tied to another one already; invalid (person not of the household).
Result<> set_intake_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id, std::int64_t version,
                              HouseholdId household, std::optional<PersonId> person);

/// Act intake.screened(result); settles intake.judge; what is to be done by a day becomes due (consent.seek,
/// intake.contact). May be done again when things change; the last result counts on pages.
/// Errors: those of the gate; stale; invalid.
Result<> screen_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, IntakeId id, std::int64_t version, const Screening& in);

/// Opens the case straight from an intake, where the agency itself runs 多機関協働: nobody hands over to oneself (N-19,
/// N-25). Errors: those of the gate; not_permitted for other agencies; conflict without a household; invalid (subjects,
/// owner_by).
struct CaseFromIntake {
  std::vector<PersonId> subjects;
  std::string category;
  std::optional<AgencyId> owner;
  std::optional<Date> owner_by;
};
Result<CaseId> open_case_from_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id,
                                     const CaseFromIntake& in);

struct IntakePage {
  std::vector<IntakeLine> lines;  // newest first, at most 50
  std::string next;               // where the next page begins; '' at the end
};
IntakePage intakes(db::ReadTx& tx, access::Gate& gate, bool unscreened, std::string_view from);
/// Intakes about a household that the viewer may know, newest first, at most 50.
std::vector<IntakeLine> intakes_about(db::ReadTx& tx, access::Gate& gate, HouseholdId household);

}  // namespace kasane::casework
