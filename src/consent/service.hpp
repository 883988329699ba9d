// Use cases of consent. A 情報共有同意 that stands is the ground on which the team shares; a withdrawal or refusal ends
// that ground with the commit, and what was shared before stays a fact. Without consent, a request under 社会福祉法
// 106条の6 with its kind and reason.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "consent/model.hpp"
#include "programme/municipality.hpp"

namespace kasane::consent {

/// Records one fact. Sharing that is agreed to becomes a ground for the team except `exceptions`, from this day on; an
/// earlier consent of the same kind and person is replaced, its ground ends. It stands no longer than a representative may
/// answer; its holder is told before it ends (due kind consent.renew). A refusal is a fact and ends a ground as
/// well. Settles what awaited the answer (due kind consent.seek whose subject is the person). The caller then tells
/// the case (casework::consent_changed).
/// Errors: invalid (person, given_on, witness, representative, capacity, represented_until, assent_on, topics, valid_until, sheet), not_found, not_permitted.
Result<ConsentId> record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewConsent what);
/// Both facts of one sheet: the photo is kept once.
Result<std::vector<ConsentId>> record_all(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, std::vector<NewConsent> facts);

/// The person takes it back. Anybody who sees the consent and may change the household can record that; it need not be
/// the agency that recorded the consent. Sharing stops with the commit; `on` is the day it was said (not in the
/// future). Errors: invalid (on), conflict (not standing any more), stale, not_found, not_permitted.
Result<Withdrawn> withdraw(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConsentId id, Date on,
                           std::string_view reason, std::optional<std::int64_t> version = std::nullopt);
/// Standing consents of the household end with `last_day` (closure of the case, where the city has it so); their
/// grounds end with it. Number of consents that will lapse. Errors: not_found, not_permitted.
Result<std::int64_t> let_lapse(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, Date last_day);

// Plain facts: the caller has passed a permit for the household or the person.
/// One entry for each person of whom there is any fact.
std::vector<PersonConsent> states(db::ReadTx& tx, HouseholdId household, Date on);
/// The entry of one person; both facts `none` when there is none.
PersonConsent state_of(db::ReadTx& tx, PersonId person, Date on);
/// 情報共有同意 of this person stands on that day (T-67, N-33).
bool sharing_stands(db::ReadTx& tx, PersonId person, Date on);
/// 利用申込み of this person stands on that day (K-43).
bool applied(db::ReadTx& tx, PersonId person, Date on);

/// The consents of a household that the viewer may know, newest first, at most 200. Errors: not_found.
Result<std::vector<ConsentLine>> consents_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
/// One consent, for the page that withdraws it. Errors: not_found.
struct ConsentView {
  ConsentLine line;
  HouseholdId household;
};
Result<ConsentView> consent_view(db::ReadTx& tx, access::Gate& gate, ConsentId id);
/// The photo of the signed sheet. Errors: not_found (also where the viewer may not see addresses: a sheet bears one).
Result<SheetFile> sheet_of(db::ReadTx& tx, access::Gate& gate, ConsentId id);

/// What a person says for itself, a child above all, kept apart from what others say (W-30). Anybody who may change
/// the household and sees the person can write it. Errors: invalid (text, heard_on, person), not_found, not_permitted.
Result<std::int64_t> record_own_view(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewOwnView what);
/// Newest first, at most 50; empty where the viewer may not see matters of the child (Topic::child) of this person.
Result<std::vector<OwnView>> own_views(db::ReadTx& tx, access::Gate& gate, PersonId person);

struct NewGroundRequest {
  HouseholdId household;
  std::optional<PersonId> person;          // nothing: the household as a whole
  const programme::Body* body = nullptr;   // a 支援会議 of 106条の6
  std::vector<AgencyId> hosts;             // of the body: ctx.dir().ids(body->hosts)
  std::string ground_code;                 // one of body->grounds; "" only where the body lists none
  std::string reason;
  Date asked_on;
  std::string basis = "社会福祉法106条の6";  // article and text version, from the folder
};
/// Asks to bring it to a 支援会議 under 106条の6 (T-66, K-59, W-77). From now until it is treated the hosts may see the
/// household within the standard scope: the request itself is the ground. The meeting adds its own for its members.
/// Errors: invalid (body, ground, reason, asked_on, person), not_found, not_permitted.
Result<GroundRequestId> ask_for_conference(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const programme::Deadlines& days, NewGroundRequest what);
/// Requests that wait for an agenda of this body and that the viewer may know, oldest first, at most 200.
std::vector<GroundRequestLine> waiting_requests(db::ReadTx& tx, access::Gate& gate, std::string_view body);
/// Requests about a household that the viewer may know, newest first. Errors: not_found.
Result<std::vector<GroundRequestLine>> requests_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
Result<GroundRequestLine> ground_request(db::ReadTx& tx, access::Gate& gate, GroundRequestId id);
/// waiting → on_agenda → treated, or back to waiting when it is deferred (by those who may change agenda items);
/// withdrawn by the agency that asked. When treated, the hosts' ground from the request ends after `on`; withdrawn, at
/// once. Errors: conflict (no such step), not_found, not_permitted.
Result<> mark_request(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GroundRequestId id, RequestState state, Date on);

}  // namespace kasane::consent
