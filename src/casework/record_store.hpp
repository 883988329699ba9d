// SQL of support records and their parts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "casework/record_rules.hpp"
#include "casework/record_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

/// What stands in the record's own row, without its parts.
struct RecordRow {
  HouseholdId household;
  std::optional<CaseId> case_id;
  std::optional<PersonId> person;
  AgencyId agency;
  AccountId writer;
  Date on_day;
  std::string at_time;
  std::string method;
  std::string outcome;
  bool attempt = false;
  std::vector<std::string> services;
  std::vector<std::string> content;
  std::string stage;
  std::optional<std::int64_t> minutes;
  std::optional<Date> next_on;
  std::optional<SupportRecordId> replaces;
  UtcMs made_at = 0;
};
void add_record(const access::Permit<SupportRecordTag>& permit, db::WriteTx& tx, const RecordRow& row, const std::vector<Paragraph>& parts);
/// False when a newer version has replaced it already.
bool mark_replaced(db::WriteTx& tx, SupportRecordId id);
std::optional<RecordRow> record_row(db::ReadTx& tx, SupportRecordId id);

std::optional<RecordView> record(const access::Permit<SupportRecordTag>& permit);
/// Newest first, at most `limit`.
std::vector<RecordView> records(const access::Scope<SupportRecordTag>& scope, HouseholdId household, const std::optional<RecordCursor>& from, int limit);

/// Ids of the contacts or attempts that this record left in the register.
std::vector<std::int64_t> acts_of(db::ReadTx& tx, SupportRecordId id);
/// The newest contact among the current records of the case, those under protection left out; of one agency when given.
std::optional<Date> newest_contact(db::ReadTx& tx, HouseholdId household, std::optional<CaseId> case_id, std::optional<AgencyId> agency);
std::vector<std::string> last_services(db::ReadTx& tx, AccountId account);

}  // namespace kasane::casework::store
