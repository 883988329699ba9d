// SQL of referrals.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "access/permit.hpp"
#include "casework/referral_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::referral_store {

using ReferralPermit = access::Permit<ReferralTag>;

void add(db::WriteTx& tx, const ReferralPermit& permit, const NewReferral& in);
/// case_id is given raw; the service takes it away from who may not know the case.
std::optional<Referral> read(const ReferralPermit& permit);
/// The kind of duty, which stands apart from what a page shows.
std::string duty_kind(const ReferralPermit& permit);
std::string ground_code(const ReferralPermit& permit);

// Each is false when `version` is no longer the stored one.
bool set_judged(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, JudgeResult result, const std::vector<std::string>& criteria,
                std::string_view reason, AccountId by, Date on);
bool set_taken(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, AccountId by);
struct Answered {
  Outcome outcome = Outcome::accept;
  Date on;
  AccountId by;
  AgencyId agency;
  std::string text;
  std::optional<CaseId> case_id;
  std::optional<AgencyId> mediated_to;
  std::optional<Date> look_again_on;
};
bool set_answered(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, const Answered& answer);
/// Where the receiver judges: with the answer, in the same version. Does nothing when it is judged already.
void set_judged_by_receiver(db::WriteTx& tx, const ReferralPermit& permit, JudgeResult result, const std::vector<std::string>& criteria, AccountId by,
                            Date on);
bool set_withdrawn(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, Date on, AccountId by);
bool set_household(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, HouseholdId household, std::optional<PersonId> person);
void set_sent(db::WriteTx& tx, const ReferralPermit& permit, Date on, Date reply_by, std::optional<GroundRequestId> request);

/// The act of its sending.
struct SentAct {
  std::int64_t id = 0;
  std::int64_t root = 0;
};
std::optional<SentAct> sent_act(db::ReadTx& tx, ReferralId id);
/// The referral whose request this is; a plain fact.
std::optional<ReferralId> of_request(db::ReadTx& tx, GroundRequestId request);
/// Whether some account holds a coordinator's post in the agency on that day.
bool has_coordinator(db::ReadTx& tx, AgencyId agency, Date on);
std::string account_name(db::ReadTx& tx, AccountId account);

struct ListKey {
  std::string day;
  std::int64_t id = 0;
};
std::vector<ReferralLine> inbox(access::Gate& gate, std::string_view code, bool done, const std::optional<ListKey>& key, int limit);
std::vector<ReferralLine> received(access::Gate& gate, const std::vector<AgencyId>& mine, bool done, const std::optional<ListKey>& key, int limit);
std::vector<ReferralLine> sent(access::Gate& gate, const std::vector<AgencyId>& mine, bool done, const std::optional<ListKey>& key, int limit);
std::vector<ReferralLine> about(access::Gate& gate, HouseholdId household, int limit);
/// The case with this number, where the viewer may know it.
std::optional<CaseId> case_by_number(access::Gate& gate, std::string_view number);
/// Those of the cases that the viewer may know.
std::unordered_set<std::int64_t> known_cases(access::Gate& gate, const std::vector<CaseId>& cases);

}  // namespace kasane::casework::referral_store
