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
/// Opens the household to the addressees, and keeps it open to the sender within what the sender sees anyway. Agencies
/// that a standing consent leaves out get nothing by word of mouth. `visible`: what the sender sees of the household.
void open_household(db::WriteTx& tx, const access::Actor& actor, const Referral& referral, std::string_view duty_kind,
                    const std::vector<AgencyId>& agencies, access::Topics visible);
/// Agencies that a standing 情報共有同意 of the person (or of anybody there, where none is named) leaves out.
std::vector<AgencyId> left_out_by_consent(db::ReadTx& tx, HouseholdId household, const std::optional<PersonId>& person, Date on);

}  // namespace kasane::casework
