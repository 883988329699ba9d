// Referral (つなぎ): judged where the city judges, sent in one of four forms, taken by one person from a joint inbox,
// answered once for all. The originating agency stays on the team (T-15); a sender sees only its own referral.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "casework/referral_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct NewReferral {
  ReferralKind kind = ReferralKind::network;
  Passing passing = Passing::spoken_consent;
  AgencyId from;                          // one of the viewer's agencies
  std::optional<AgencyId> to;             // network: the agency
  std::string inbox;                      // collaboration: code of a joint inbox
  std::optional<HouseholdId> household;   // never with Passing::anonymous
  std::optional<PersonId> person;
  std::optional<IntakeId> intake;
  std::vector<std::string> reasons;       // reason codes of the city; collaboration only
  std::string reason;                     // free reason
  std::string text;                       // what is passed on
  std::optional<ConsentId> consent;       // spoken_consent: the recorded 情報共有同意 on which it goes; nothing: it was just heard
  std::string passing_answers;            // canonical JSON of the fields that belong to the form of passing
  std::string ground_code;                // statutory: ground of the 支援会議
  std::string duty_kind;                  // duty: kind of duty or danger
  std::vector<std::string> criteria;      // of the city's list that are met; empty where 未設定
  std::optional<JudgeResult> judgement;   // by a coordinator at the source who writes it
  std::vector<std::string> known_names;   // names that must not stand in an anonymous text
};
/// Stores it and, unless a judgement at the source is still open, sends it: grounds for the addressees, reply clock,
/// act referral.sent. Errors: those of the gate; not_permitted (from); invalid per field; conflict when one would
/// hand over to oneself.
Result<ReferralId> send_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewReferral& in);

/// The judgement at the source (T-57, T-59): by a coordinator of the sending agency. needed sends it.
/// Errors: those of the gate; not_permitted; stale; conflict when it is judged already; invalid (reason).
Result<> judge_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, std::int64_t version,
                        JudgeResult result, const std::vector<std::string>& criteria, const std::string& reason);

/// Takes it from the inbox. conflict, with the name of the colleague, when somebody has taken it already and
/// `take_over` is not set; answered ones are never taken. Errors besides: those of the gate; not_permitted for others
/// than the addressees.
Result<> take_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, bool take_over = false);

/// Taken back by the sending agency before an answer: what was opened to the addressees ends, with the letter itself, and
/// nobody is awaited any more; what they saw stays in the audit. Act referral.withdrawn, which undoes the sending. A report
/// of duty or danger is not taken back: the duty of who was told goes on. Errors: those of the gate; not_permitted; stale;
/// conflict (not sent, answered, taken back already, a duty, on the agenda of the 支援会議).
Result<> withdraw_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ReferralId id, std::int64_t version);

struct ReferralAnswer {
  Outcome outcome = Outcome::accept;
  std::string text;                       // to the sender; required for advice_only and send_back
  Date on;
  std::vector<std::string> criteria;      // where the receiver judges
  std::vector<PersonId> subjects;         // accept: 本人 of the case
  std::string category;                   // accept: the city's case category; '' none
  std::optional<AgencyId> owner;          // accept: nothing: a case that nobody owns yet
  std::optional<Date> owner_by;           // accept without owner: by when one is found; nothing: the city's days
  std::optional<AgencyId> mediated_to;    // mediate: to whom the sender is introduced
  std::optional<Date> look_again_on;      // watch
  std::optional<CaseId> open_case;        // join_open_case; nothing: that of the referral's household
  bool add_sender = false;                // join_open_case of another household: the sender joins the team there
};
/// Answers and stops the clock for all addressees. Accepting a referral to 多機関協働 opens the case; accepting one
/// between agencies opens none. Errors: those of the gate; not_permitted; stale; conflict (answered already, with who;
/// taken by somebody else; the 支援会議 decides; no household); invalid per field.
Result<> answer_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, std::int64_t version,
                         const ReferralAnswer& in);
/// What a 支援会議 found about the request that a referral made.
struct MeetingWord {
  bool needed = false;                    // 接続要: 多機関協働 takes it on
  std::optional<CaseId> case_id;          // needed: the case, which the meeting has opened or found open
  std::string text;                       // advice to the sender; '' none
  Date on;                                // day of the sitting
  std::optional<Date> look_again_on;      // not needed: when it is looked at again
};
/// Answers the referral by what the meeting found (the meeting room calls this once the case is open, before the request
/// is marked as treated): needed is accept, else advice_only, watch or return, by what the meeting said. True when a
/// referral was answered; false, and nothing done, where the request came from none, it is answered already, or it is
/// not for this viewer. Errors: those of the gate (case); invalid (needed without a case).
Result<bool> answer_by_meeting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, GroundRequestId request,
                               const MeetingWord& word);
/// The referral that made this request, where the viewer may know it.
std::optional<ReferralId> referral_of_request(db::ReadTx& tx, access::Gate& gate, GroundRequestId request);
/// The case with this number, where the viewer may know it: to join a referral to it.
std::optional<CaseId> case_by_number(db::ReadTx& tx, access::Gate& gate, std::string_view number);
/// The sender has read the answer: settles referral.answered, and takes back a request that nobody needs any more.
Result<> note_answer_read(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ReferralId id);
/// A household became known for a referral that came without one (never for an anonymous one: conflict).
Result<> set_referral_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id,
                                HouseholdId household, std::optional<PersonId> person);
struct Referral {
  ReferralId id;
  ReferralKind kind = ReferralKind::network;
  Passing passing = Passing::spoken_consent;
  AgencyId from;
  std::optional<AgencyId> to;
  std::string inbox;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
  std::optional<IntakeId> intake;
  std::optional<GroundRequestId> request;
  std::optional<ConsentId> consent;
  std::vector<std::string> reasons;
  Personal<std::string> reason;
  Personal<std::string> text;
  Personal<std::string> passing_answers;
  std::vector<std::string> criteria;
  std::optional<AccountId> judged_by;
  std::optional<Date> judged_on;
  std::optional<JudgeResult> judgement;
  std::optional<Date> sent_on;
  std::optional<Date> withdrawn_on;
  std::optional<Date> reply_by;
  std::optional<AccountId> taken_by;
  std::string taken_by_name;
  std::optional<Date> answered_on;
  std::optional<AccountId> answered_by;
  std::optional<AgencyId> answered_agency;
  std::optional<Outcome> outcome;
  Personal<std::string> reply;
  std::optional<AgencyId> mediated_to;
  std::optional<Date> look_again_on;
  std::optional<CaseId> case_id;         // only where the viewer may know the case
  bool case_known = false;               // whether the exact outcome may be shown (else 受理 only)
  std::int64_t version = 1;
  ReferralStage stage() const;
};
Result<Referral> referral(db::ReadTx& tx, access::Gate& gate, ReferralId id);
/// Whether its sender has still to note that the answer was read. A plain fact: the caller has read the referral.
bool answer_is_unread(db::ReadTx& tx, const Referral& referral);
/// The outcome in words for this viewer: accept and join_open_case are both 受理 for those who may not know the case.
std::string outcome_text(const InCity& city, const Referral& referral);

enum class ReferralTab : std::uint8_t { inbox, received, sent };
struct ReferralLine {
  ReferralId id;
  ReferralKind kind = ReferralKind::network;
  Passing passing = Passing::spoken_consent;
  AgencyId from;
  std::optional<AgencyId> to;
  std::string inbox;
  std::optional<HouseholdId> household;
  Personal<std::string> label;           // of the household, where the viewer may know it
  std::vector<std::string> reasons;
  std::optional<Date> sent_on;
  std::optional<Date> reply_by;
  std::string taken_by_name;
  std::optional<Date> answered_on;
  std::optional<Outcome> outcome;
  std::optional<CaseId> case_id;         // only where the viewer may know the case
  bool case_known = false;               // whether the exact outcome may be shown (else 受理 only)
  ReferralStage stage = ReferralStage::waiting;
};
struct ReferralPage {
  std::vector<ReferralLine> lines;       // open ones by reply date; done ones newest first; at most 50
  std::string next;                      // where the next page begins; '' at the end
};
/// `inbox`: code of the joint inbox, for ReferralTab::inbox.
ReferralPage referrals(db::ReadTx& tx, access::Gate& gate, ReferralTab tab, std::string_view inbox, bool done, std::string_view from);
/// Whether one of the viewer's agencies may send to 多機関協働: nobody hands over to oneself (N-19).
bool may_hand_over(const InCity& city, const access::Viewer& viewer);
/// Referrals about one household that the viewer may know, newest first, at most 50.
std::vector<ReferralLine> referrals_about(db::ReadTx& tx, access::Gate& gate, HouseholdId household);

/// Whom one might ask, from the area and adult or child alone (T-20, T-23, T-24): never from a health history.
struct Suggestion {
  AgencyId agency;
  std::string why;                       // 「第1学区の担当」「市内全域・子ども」
};
std::vector<Suggestion> suggested_targets(const InCity& city, std::string_view area, programme::TargetGroup group);
/// Whom the city's plan names to ask along on a visit. Only for those who may know the health of this household; empty
/// for all others, as where the plan names nobody.
struct VisitPartner {
  std::string condition;
  std::string partners;
};
std::vector<VisitPartner> visit_partners(db::ReadTx& tx, access::Gate& gate, const InCity& city, HouseholdId household);

}  // namespace kasane::casework
