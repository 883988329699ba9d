// Rules of referrals: forms of passing and what they open to whom, who judges, which answers there are, what an
// anonymous text must not hold. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/result.hpp"
#include "casework/referral_model.hpp"

namespace kasane::casework {

/// Forms in which this kind of referral may go. A request for the 支援会議 goes only to 多機関協働, and only where the city
/// has such a meeting.
std::vector<Passing> passings_for(ReferralKind kind, const programme::Municipality& m);
/// Whether the household goes along. Never with an anonymous one.
bool carries_household(Passing passing);

/// What duty or danger it is: the laws on abuse, danger to life, another legal duty.
struct DutyKind {
  std::string_view code;
  std::string_view label;
  bool abuse;
};
const std::vector<DutyKind>& duty_kinds();
bool is_abuse_duty(std::string_view duty_kind);

/// The ground on which addressees see the household, and how far.
access::GroundKind ground_of(Passing passing, std::string_view duty_kind);
access::Topics topics_of(Passing passing);
std::string_view basis_of(Passing passing);

/// Agencies whose posts may hold the body: its hosts and, where the city as a whole is the host, its owner sections.
std::vector<AgencyId> hosts_of(const programme::Municipality& m, const programme::Directory& dir, const programme::Body& body);

/// The city's joint inboxes; where its plan names none, one of the operators of 多機関協働. Empty when it names neither.
std::vector<JointInbox> joint_inboxes(const InCity& city);
/// nullptr: no such inbox.
const JointInbox* inbox_named(const std::vector<JointInbox>& inboxes, std::string_view code);

/// Whether somebody at the source judges before it is sent. Danger does not wait for a judgement.
bool judged_at_source(const programme::Municipality& m, ReferralKind kind, Passing passing);
/// Whether a meeting decides about accepting it (北上). Not for danger, nor for advice without a name.
bool judged_by_meeting(const programme::Municipality& m, ReferralKind kind, Passing passing);

/// Answers that make sense; accepting and joining need a household that may be known.
std::vector<Outcome> outcomes_for(ReferralKind kind, Passing passing);
/// What was opened to the addressees ends with this answer.
bool ends_access(Outcome outcome);
/// The outcome as a sender who may not know the case reads it: whether a case was open already is not told.
std::string_view word_for_sender(Outcome outcome, bool case_known);

/// What in an anonymous text tells who it is: a telephone number, a mail address, a number of a house, one of the
/// known names. Japanese words for the message; nothing when none was found.
std::optional<std::string> identifier_in(std::string_view text, const std::vector<std::string>& names);

}  // namespace kasane::casework
