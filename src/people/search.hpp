// Finding people and households by name, reading, birth date or number, only among what the viewer may know: the same
// predicate as everywhere decides, so that neither hits nor counts tell of more.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "people/model.hpp"

namespace kasane::people {

/// Hits of one page.
inline constexpr int kPageSize = 50;

/// Where the next page begins: ids of the last hits shown. Zero: from the start.
struct SearchCursor {
  std::int64_t person_before = 0;
  std::int64_t household_before = 0;
  friend bool operator==(const SearchCursor&, const SearchCursor&) = default;
};

struct PersonHit {
  PersonId person;
  PersonalText name, kana, birth;
  HouseholdId household;
  std::optional<HouseholdLabel> of;  // the household, where the viewer may know it
};

struct SearchResult {
  std::vector<PersonHit> persons;           // newest registration first, at most kPageSize
  std::vector<HouseholdLabel> households;   // whose label or number fits; at most kPageSize
  std::int64_t person_count = 0;            // at most 1001
  std::int64_t household_count = 0;         // at most 1001
  std::optional<SearchCursor> next;
  bool nothing_asked = false;               // no word that one could search for
};

/// `query`: words parted by spaces, all of which must fit: parts of a name (kanji with its variants, kana), a birth
/// date or year (和暦 or 西暦), a household number. The words go into the trail.
SearchResult search(db::ReadTx& tx, access::Gate& gate, std::string_view query, SearchCursor cursor = {});

/// People whom the viewer knows and who may be the same as this one: same name or reading, and no other birth date.
/// At most 10. For a hint while registering; it never stops anybody.
std::vector<PersonHit> likely_same(db::ReadTx& tx, access::Gate& gate, const PersonFields& fields);

/// "12", "1,000+".
std::string count_text(std::int64_t count);

}  // namespace kasane::people
