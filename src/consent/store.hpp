// SQL of consents, signed sheets, own views and requests to the 支援会議.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "consent/model.hpp"
#include "consent/rules.hpp"
#include "consent/service.hpp"

namespace kasane::consent {

using ConsentPermit = access::Permit<ConsentTag>;
using RequestPermit = access::Permit<GroundRequestTag>;
using HouseholdPermit = access::Permit<HouseholdTag>;
using PersonPermit = access::Permit<PersonTag>;

/// One recorded fact without personal columns.
struct StoredFact {
  ConsentId id;
  HouseholdId household;
  PersonId person;
  Kind kind = Kind::sharing;
  FactDates dates;
  access::Topics topics;
  std::int64_t version = 0;
  std::vector<AgencyId> exceptions;
};

void insert_consent(db::WriteTx& tx, const ConsentPermit& permit, const NewConsent& what, std::optional<ConsentId> sheet,
                    const access::Actor& actor);
void insert_sheet(db::WriteTx& tx, const ConsentPermit& permit, std::string_view content_type, std::string_view base64url);
/// False when it does not stand any more or its version moved on.
bool set_withdrawn(db::WriteTx& tx, const HouseholdPermit& permit, ConsentId id, Date on, std::string_view reason, std::int64_t version);
void set_valid_until(db::WriteTx& tx, ConsentId id, Date last_day);
void keep_reached(db::WriteTx& tx, ConsentId id, const std::vector<AgencyId>& agencies);
/// Papers of agenda items that agencies could read on this consent until today, kept with it.
std::vector<PaperOut> keep_papers(db::WriteTx& tx, ConsentId id, Date today);

/// Facts of the household, oldest first.
std::vector<StoredFact> facts_of_household(db::ReadTx& tx, HouseholdId household);
/// Of several households at once, in two statements; by household, oldest first.
std::vector<StoredFact> facts_of_households(db::ReadTx& tx, const std::vector<HouseholdId>& households);
/// Facts of the person in the household it belongs to now, oldest first.
std::vector<StoredFact> facts_of_person(db::ReadTx& tx, PersonId person);
std::optional<StoredFact> fact(db::ReadTx& tx, ConsentId id);

std::vector<ConsentLine> load_consents(access::Gate& gate, HouseholdId household, Date today);
std::optional<ConsentLine> load_consent(const ConsentPermit& permit, Date today);
/// Adds exceptions and what had gone out.
void add_agencies(db::ReadTx& tx, HouseholdId household, std::vector<ConsentLine>& lines);
std::optional<SheetFile> load_sheet(const ConsentPermit& permit);

std::int64_t insert_own_view(db::WriteTx& tx, const HouseholdPermit& permit, const NewOwnView& what, AccountId by);
std::vector<OwnView> load_own_views(const PersonPermit& permit);

void insert_request(db::WriteTx& tx, const RequestPermit& permit, const NewGroundRequest& what, AgencyId asked_by);
std::vector<GroundRequestLine> load_waiting(access::Gate& gate, std::string_view body);
std::vector<GroundRequestLine> load_requests(access::Gate& gate, HouseholdId household);
std::optional<GroundRequestLine> load_request(const RequestPermit& permit);
/// False when it is not in the state `from` any more.
bool set_request_state(db::WriteTx& tx, GroundRequestId id, RequestState from, RequestState to, std::optional<Date> treated_on);

}  // namespace kasane::consent
