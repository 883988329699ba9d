// SQL of 開示請求 and its parts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "archive/disclosure_model.hpp"
#include "archive/disclosure_rules.hpp"

namespace kasane::archive::store {

using DisclosurePermit = access::Permit<DisclosureTag>;

struct DisclosureRow {
  std::string number;
  HouseholdId household;
  PersonId person;
  AgencyId holder;
  Asker asker = Asker::self;
  std::string asker_name;
  std::string identity;
  Date received_on;
  Date due_on;
  std::string law;
};
/// The next number of the fiscal year.
std::int64_t next_disclosure_serial(db::WriteTx& tx, FiscalYear year);
void add(db::WriteTx& tx, const DisclosurePermit& permit, const DisclosureRow& row);
void add_part(db::WriteTx& tx, const DisclosurePermit& permit, int number, const FoundPart& part, const std::string& words, const Proposed& proposed);
void add_elsewhere(db::WriteTx& tx, DisclosureId id, AgencyId agency);

std::optional<Disclosure> load(const DisclosurePermit& permit);
std::vector<Part> parts(const DisclosurePermit& permit);
/// What the parts were copied from, each record and source once.
struct Origin {
  std::int64_t subject = 0;
  std::string source;
  std::int64_t root = 0;  // where the record hangs now; the household of the request when it is gone
  bool gone = false;
};
std::vector<Origin> origins(db::ReadTx& tx, DisclosureId id);
std::vector<AgencyId> elsewhere(db::ReadTx& tx, DisclosureId id);
/// Newest first; open ones before done ones.
std::vector<DisclosureLine> disclosure_lines(access::Gate& gate, int limit);
/// Number of a request of this person to this holder that is not decided yet.
std::optional<std::string> open_number(access::Gate& gate, PersonId person, AgencyId holder);

void set_choice(db::WriteTx& tx, const DisclosurePermit& permit, const PartChoice& choice, AccountId by);
// Each false when `version` is no longer the stored one.
bool touch(db::WriteTx& tx, DisclosureId id, std::int64_t version);
bool set_extended(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, Date on, Date due_on, const std::string& reason);
bool set_proposed(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, AccountId by, Date on);
bool set_returned(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, const std::string& why);
bool set_approved(db::WriteTx& tx, DisclosureId id, std::int64_t version, DisclosureResult result, AccountId by, Date on);
bool set_handed(db::WriteTx& tx, DisclosureId id, std::int64_t version, Date on);

}  // namespace kasane::archive::store
