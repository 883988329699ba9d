#include "programme/directory.hpp"

#include <algorithm>

#include "access/guarded.hpp"
#include "programme/agency_store.hpp"

namespace kasane::programme {

Directory Directory::sync(db::Database& db, const Municipality& municipality) {
  const auto rows = db.write([&](db::WriteTx& tx) {
    for (const AgencyRow& row : agency_rows(tx))
      if (row.active && municipality.agency(row.code) == nullptr) set_agency(tx, {row.id, row.code, row.name, false});
    for (const Agency& agency : municipality.agencies) {
      auto row = agency_row(tx, agency.code);
      if (!row) add_agency(tx, {fresh_id<AgencyTag>(), agency.code, agency.name, true});
      else if (row->name != agency.name || !row->active) set_agency(tx, {row->id, row->code, agency.name, true});
    }
    auto now = agency_rows(tx);
    std::vector<AgencyId> guarded;
    // A window that the folder no longer names was in touch with people all the same: it stays guarded.
    for (const AgencyRow& row : now)
      if (const Agency* agency = municipality.agency(row.code); agency != nullptr ? agency->sensitive : access::is_guarded(tx, row.id))
        guarded.push_back(row.id);
    access::set_guarded(tx, guarded);
    return now;
  });
  Directory d;
  const auto add = [&](const AgencyRow& row) {
    d.by_code_[row.code] = d.entries_.size();
    d.by_id_[row.id.value] = d.entries_.size();
    d.entries_.push_back({row.id, row.code, row.name, row.active});
  };
  for (const Agency& agency : municipality.agencies)
    for (const AgencyRow& row : rows)
      if (row.code == agency.code) add(row);
  for (const AgencyRow& row : rows)
    if (!row.active) add(row);
  return d;
}

std::optional<AgencyId> Directory::find(std::string_view code) const {
  const auto it = by_code_.find(std::string(code));
  return it == by_code_.end() ? std::nullopt : std::optional(entries_[it->second].id);
}

AgencyId Directory::id(std::string_view code) const { return entries_[by_code_.at(std::string(code))].id; }

const std::string& Directory::code(AgencyId id) const {
  static const std::string none;
  const auto it = by_id_.find(id.value);
  return it == by_id_.end() ? none : entries_[it->second].code;
}

const std::string& Directory::name(AgencyId id) const {
  static const std::string none;
  const auto it = by_id_.find(id.value);
  return it == by_id_.end() ? none : entries_[it->second].name;
}

std::vector<AgencyId> Directory::ids(const std::vector<std::string>& codes) const {
  std::vector<AgencyId> out;
  for (const std::string& c : codes)
    if (auto found = find(c)) out.push_back(*found);
  return out;
}

}  // namespace kasane::programme
