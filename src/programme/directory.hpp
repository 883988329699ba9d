// The agencies of the city's folder with their ids in the database. Loaded when the city opens; unchanging while it
// serves, so pages look names up without a query.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "db/database.hpp"
#include "programme/municipality.hpp"

namespace kasane::programme {

class Directory {
 public:
  /// Adds agencies that are new in the folder to the table, marks those no longer named as inactive, updates names.
  static Directory sync(db::Database& db, const Municipality& municipality);

  /// Throws std::out_of_range for an unknown code (a fault of settings that loading has already refused).
  AgencyId id(std::string_view code) const;
  std::optional<AgencyId> find(std::string_view code) const;
  /// "" for an id that is not an agency.
  const std::string& code(AgencyId id) const;
  const std::string& name(AgencyId id) const;
  std::vector<AgencyId> ids(const std::vector<std::string>& codes) const;
  struct Entry {
    AgencyId id;
    std::string code;
    std::string name;
    bool active;
  };
  /// In the order of the folder; inactive ones last.
  const std::vector<Entry>& all() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::int64_t, std::size_t> by_id_;
};

}  // namespace kasane::programme
