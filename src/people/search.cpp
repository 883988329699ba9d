#include "people/search.hpp"

#include <limits>
#include <set>

#include "people/search_rules.hpp"
#include "people/search_store.hpp"
#include "people/service.hpp"

namespace kasane::people {

using access::Act;
using access::Topic;

namespace {

constexpr std::int64_t kFromStart = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kCountsUpTo = 1000;

/// Puts the households to the hits, where the viewer may know them.
void add_households(db::ReadTx& tx, access::Gate& gate, std::vector<PersonHit>& hits) {
  std::vector<HouseholdId> ids;
  for (const PersonHit& hit : hits) ids.push_back(hit.household);
  const auto labels = household_labels(tx, gate, ids);
  for (PersonHit& hit : hits)
    if (const auto it = labels.find(hit.household); it != labels.end()) hit.of = it->second;
}

/// Drops the one row that was read beyond the page. Whether there was one.
template <class T>
bool cut_to_page(std::vector<T>& rows) {
  if (rows.size() <= static_cast<std::size_t>(kPageSize)) return false;
  rows.erase(rows.begin() + kPageSize, rows.end());
  return true;
}

/// A cursor of 1 lies before every id: that list has been shown to its end.
constexpr std::int64_t kShownToEnd = 1;

}  // namespace

const SearchIndex& search_index(db::Engine engine) {
  switch (engine) {
    case db::Engine::sqlite: return sqlite_search_index();
    case db::Engine::postgres: return postgres_search_index();
  }
  return sqlite_search_index();
}

SearchResult search(db::ReadTx& tx, access::Gate& gate, std::string_view query, SearchCursor cursor) {
  SearchResult result;
  const SearchWords words = read_query(query);
  if (words.person_keys.empty() && words.household_keys.empty()) {
    result.nothing_asked = true;
    return result;
  }
  gate.trail().words(std::string(query));
  const SearchIndex& index = search_index(tx.engine());
  SearchCursor next{kShownToEnd, kShownToEnd};
  if (!words.person_keys.empty()) {
    const auto scope = gate.scope<PersonTag>(Topic::basic, Act::search);
    result.persons = index.persons(scope, words.person_keys, cursor.person_before == 0 ? kFromStart : cursor.person_before);
    if (cut_to_page(result.persons)) next.person_before = result.persons.back().person.value;
    result.person_count = index.count_persons(scope, words.person_keys);
    add_households(tx, gate, result.persons);
  }
  if (!words.household_keys.empty()) {
    const auto scope = gate.scope<HouseholdTag>(Topic::basic, Act::search);
    result.households = index.households(scope, words.household_keys, cursor.household_before == 0 ? kFromStart : cursor.household_before);
    if (cut_to_page(result.households)) next.household_before = result.households.back().id.value;
    result.household_count = index.count_households(scope, words.household_keys);
  }
  if (next != SearchCursor{kShownToEnd, kShownToEnd}) result.next = next;
  return result;
}

std::vector<PersonHit> likely_same(db::ReadTx& tx, access::Gate& gate, const PersonFields& fields) {
  const SearchIndex& index = search_index(tx.engine());
  const auto scope = gate.scope<PersonTag>(Topic::basic, Act::search);
  const std::string birth = fields.birth ? fields.birth->text() : std::string();
  std::vector<PersonHit> found;
  std::set<std::int64_t> seen;
  const auto add = [&](const std::string& keys) {
    if (keys.empty()) return;
    for (PersonHit& hit : index.same_person(scope, keys, birth))
      if (seen.insert(hit.person.value).second && found.size() < 10) found.push_back(std::move(hit));
  };
  // Whoever types a name here asks whether it is known as much as in the search.
  gate.trail().words(fields.family + " " + fields.given + (fields.kana.empty() ? "" : " " + fields.kana) + (birth.empty() ? "" : " " + birth));
  // A family name alone fits too many to be a hint.
  if (!fields.family.empty() && !fields.given.empty()) add(whole_name_keys(fields));
  if (!fields.kana.empty() && (!fields.given.empty() || !birth.empty())) add(whole_kana_keys(fields));
  add_households(tx, gate, found);
  return found;
}

std::string count_text(std::int64_t count) { return count > kCountsUpTo ? "1,000+" : std::to_string(count); }

}  // namespace kasane::people
