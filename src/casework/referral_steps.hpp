// Steps that sending and answering a referral share: who its addressees are, and what it opens to them.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "casework/referral_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

Error referral_stale();
inline constexpr const char* kTakenBack = "このつなぎは、つなぎ元が取り下げました。";

/// Agencies to whom it goes, without the sender: the one named, or those of the joint inbox.
std::vector<AgencyId> addressees(const InCity& city, const Referral& referral);
/// The addressees, and the hosts of the 支援会議 where it is to treat the referral: who may read it.
std::vector<AgencyId> readers(const InCity& city, const Referral& referral);
/// The viewer's agency among these that may write referrals; nothing when it has no part in them.
std::optional<AgencyId> agency_among(const access::Viewer& viewer, const std::vector<AgencyId>& agencies);
/// Whether the viewer holds a coordinator's post in the agency.
bool is_coordinator_in(const access::Viewer& viewer, AgencyId agency);

/// Where a referral's facts hang: the household once it goes along, else the referral itself.
std::int64_t root_of(const Referral& referral);

/// Opens the referral itself to its readers, for as long as it is kept.
void open_to_readers(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral);
/// Opens the household to the addressees. The sender gains nothing by its own word: it stays in by the row on the team
/// that the acceptance writes (T-15), and sees what the team's grounds show. Agencies that a standing consent leaves out
/// get nothing by word of mouth; on a duty only its bearers see the household, for kDutyDays, the others the letter alone.
void open_household(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral, std::string_view duty_kind,
                    const std::vector<AgencyId>& agencies);
/// A danger lets those who are told look; whoever takes the work on has to act on it, and may write from then on, for
/// kDutyDays. Only for an agency that the danger reached; the others know the letter alone.
void open_for_work(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral, std::string_view duty_kind, AgencyId accepting);
/// Agencies that the law or the city's plan names for a duty of this kind (for a danger: for a duty of any kind); for
/// 多機関協働 its inboxes too.
std::vector<AgencyId> duty_bearers(const InCity& city, ReferralKind kind, std::string_view duty_kind);
/// What a duty opens ends after a year; by then the work rests on a ground of its own.
inline constexpr int kDutyDays = 365;
/// A spoken consent is one person's word.
inline constexpr const char* kWhoseWord = "本人の同意でつなぐときは、だれの同意か、本人を選んでください。";
/// Agencies that a standing 情報共有同意 of the person (or of anybody there, where none is named) leaves out.
std::vector<AgencyId> left_out_by_consent(db::ReadTx& tx, HouseholdId household, const std::optional<PersonId>& person, Date on);

}  // namespace kasane::casework
