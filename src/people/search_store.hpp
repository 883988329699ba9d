// The search index behind one port with two implementations: full-text index of SQLite, array index of PostgreSQL.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "people/search.hpp"

namespace kasane::people {

/// Keys come from search_rules.hpp: letters and digits, joined by spaces, all of which must fit.
class SearchIndex {
 public:
  virtual ~SearchIndex() = default;
  /// Replaces the keys of the record.
  virtual void put(db::WriteTx& tx, const access::Permit<PersonTag>& person, const std::string& keys) const = 0;
  virtual void put(db::WriteTx& tx, const access::Permit<HouseholdTag>& household, const std::string& keys) const = 0;

  /// Newest first, ids below `before`, at most kPageSize + 1.
  virtual std::vector<PersonHit> persons(const access::Scope<PersonTag>& scope, const std::string& keys, std::int64_t before) const = 0;
  virtual std::vector<HouseholdLabel> households(const access::Scope<HouseholdTag>& scope, const std::string& keys, std::int64_t before) const = 0;
  /// At most 1001.
  virtual std::int64_t count_persons(const access::Scope<PersonTag>& scope, const std::string& keys) const = 0;
  virtual std::int64_t count_households(const access::Scope<HouseholdTag>& scope, const std::string& keys) const = 0;
  /// As persons(), without those who were born in another year, month or day as far as both are known; at most 10.
  virtual std::vector<PersonHit> same_person(const access::Scope<PersonTag>& scope, const std::string& keys, const std::string& birth) const = 0;
};

const SearchIndex& search_index(db::Engine engine);
const SearchIndex& sqlite_search_index();
const SearchIndex& postgres_search_index();

inline PersonHit person_hit(const access::SealedRow& r) {
  using access::Topic;
  return {r.id<PersonTag>(0), r.personal(1, Topic::basic), r.personal(2, Topic::basic), r.personal(3, Topic::basic),
          r.id<HouseholdTag>(4), std::nullopt};
}
inline HouseholdLabel household_label(const access::SealedRow& r) {
  return {r.id<HouseholdTag>(0), r.text(1), r.personal(2, access::Topic::basic)};
}

}  // namespace kasane::people
