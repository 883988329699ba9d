// For tests of pages on both engines: where the next TestCity keeps its data.
#pragma once
#include "db/database.hpp"

namespace kasane::programme::testing {

/// While it lives, every TestCity of this thread opens this database instead of a SQLite file of its own. The database must
/// outlive the city.
class CityOn {
 public:
  explicit CityOn(db::Settings settings);
  ~CityOn();
  CityOn(const CityOn&) = delete;
  CityOn& operator=(const CityOn&) = delete;
};

}  // namespace kasane::programme::testing
