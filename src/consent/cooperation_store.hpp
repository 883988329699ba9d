// SQL of 協力依頼.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "consent/cooperation_model.hpp"

namespace kasane::consent::store {

using CooperationPermit = access::Permit<CooperationRequestTag>;

/// The next number of the series in that year, from 1.
std::int64_t next_ground_serial(db::WriteTx& tx, const char* series, FiscalYear year);

struct CooperationRow {
  std::string number;
  FiscalYear year;
  AgencyId asked_by;
  Date asked_on;
  std::int64_t told_id = 0;
  std::string basis;
};
void insert_cooperation(db::WriteTx& tx, const CooperationPermit& permit, const NewCooperation& what, const CooperationRow& row);
std::optional<Cooperation> load_cooperation(const CooperationPermit& permit);
/// Those of the year that the viewer may know, by number, at most 1000.
std::vector<Cooperation> list_cooperations(access::Gate& gate, FiscalYear year);
/// False when it does not wait any more or its version moved on.
bool set_cooperation_answer(db::WriteTx& tx, const CooperationPermit& permit, const CooperationAnswer& answer, AccountId by);
bool set_cooperation_withdrawn(db::WriteTx& tx, CooperationRequestId id, std::int64_t version);
/// False when it was read before.
bool set_cooperation_read(db::WriteTx& tx, CooperationRequestId id, Date on);

}  // namespace kasane::consent::store
