// Use cases of in-household protection. A measure is known to its holder and the agencies it names, to nobody else; what
// it keeps from the other side is computed from facts and put into access in the same transaction in which they change.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "people/protection_model.hpp"

namespace kasane::people {

/// Makes a measure for a person of the household; holder is the viewer's agency. Shields what protection_rules.hpp says
/// from every agency that serves a 相手方 and from every account related to one. Errors: invalid (person, from, opponents,
/// reason, review_on), not_found (household, person), not_permitted.
Result<ProtectiveMeasureId> add_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ProtectionTerms& terms, NewMeasure what);
/// Those of the household that the viewer may know: empty looks the same as unknowable. Newest first.
std::vector<MeasureLine> measures_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
/// Standing measures the viewer may know in which somebody of this household is a 相手方, or which protect somebody in it:
/// what a form shows before an agency or a person is added.
std::vector<MeasureLine> measures_to_mind(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
/// Errors: not_found.
Result<MeasureView> measure_view(db::ReadTx& tx, access::Gate& gate, ProtectiveMeasureId id);

/// Staff who may be named as related to a 相手方.
std::vector<StaffName> staff_to_name(db::ReadTx& tx, access::Gate& gate);

/// Another term (DV等支援措置), or another day of review. Errors: invalid (filed_on), stale, conflict (ended), not_found,
/// not_permitted.
Result<> renew_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ProtectionTerms& terms, ProtectiveMeasureId id, Date filed_on,
                       std::int64_t version);
/// Ends it today: the other side sees again what its grounds allow. Errors: stale, not_found, not_permitted.
Result<> end_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version);

/// How one agency of the other side is treated. `lifted`: it is not on that side after all. `exempt`: of its staff, those
/// who may know all the same.
struct SideChoice {
  AgencyId agency;
  bool lifted = false;
  std::vector<AccountId> exempt;
  std::int64_t seen_to = 0;  // newest alarm that was shown with the form: those about this agency are settled up to it
};
/// Errors: invalid (agency), stale, not_found, not_permitted.
Result<> choose_side(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version, const SideChoice& choice);
/// Staff who are relatives or acquaintances of a 相手方: kept away from today, or no longer. Errors: as above.
Result<> set_related_staff(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version, AccountId account,
                           bool related);
/// Agencies besides the holder that may know of the measure, exactly these. Errors: as above.
Result<> set_informed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version,
                      const std::vector<AgencyId>& agencies);
/// The holder has looked at the alarms up to this one; later ones go on waiting. Errors: not_found, not_permitted.
Result<> see_alarms(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t up_to);

// --- called by the rooms that change facts, in their own transaction; none of them answers anything that could be told ---

/// An agency (or a guest's account) serves a person or a household from now on.
void on_party_serves(db::WriteTx& tx, const Serving& serving, const access::Actor& actor);
/// Somebody was registered in, moved to or left a household.
void on_members_changed(db::WriteTx& tx, HouseholdId household, std::optional<PersonId> person, const access::Actor& actor);
/// A person was registered or got another name: tells of a 相手方 who was known by name only.
void on_person_named(db::WriteTx& tx, const access::Permit<PersonTag>& person, const access::Actor& actor);
/// The actor recorded work for the household or person: whoever was exempt as a helper and works for a 相手方 is so no more.
void on_worked_for(db::WriteTx& tx, HouseholdId household, std::optional<PersonId> person, const access::Actor& actor);
/// A person became 本人 of the household's case.
void on_case_subject(db::WriteTx& tx, HouseholdId household, PersonId person, const access::Actor& actor);
/// These agencies are asked to a meeting about the household, or (code "team") join those who work with it.
void on_meeting(db::WriteTx& tx, HouseholdId household, const std::vector<AgencyId>& agencies, const access::Actor& actor);
/// Somebody is asked to a meeting about the household by name: a guest, or an account that is appointed in person.
struct AskedPerson {
  std::string name;
  std::vector<std::int64_t> parties;      // the account, and the agencies that it works for or that the guest names as office
};
void on_person_asked(db::WriteTx& tx, const access::Permit<AgendaItemTag>& item, HouseholdId household, const AskedPerson& who, const access::Actor& actor);

/// Whether a standing measure protects the person. A plain fact, shown to nobody.
bool is_protected(db::ReadTx& tx, PersonId person);
/// Whose protection a paper for this home must not show; empty for most homes. Never shown to anybody.
std::vector<PersonId> protected_from_home(db::ReadTx& tx, HouseholdId household, Date today);

// --- staff related to a household ---

/// The viewer says that the household is of a relative or acquaintance: it is out of this account's sight from now on, with
/// all its persons. Its holder is told. Saying it twice is saying it once. Errors: not_found, not_permitted.
Result<ConflictId> declare_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household);
/// For coordinators and officers of the household's holder. Errors: not_found.
Result<RelationView> relation_view(db::ReadTx& tx, access::Gate& gate, ConflictId id);
/// Errors: invalid (reason), stale, not_found, not_permitted.
Result<> lift_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConflictId id, std::int64_t version, const std::string& reason);
/// The holder keeps it as it is: settles the notice. Errors: not_found, not_permitted.
Result<> keep_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConflictId id);

}  // namespace kasane::people
