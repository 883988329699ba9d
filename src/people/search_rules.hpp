// From names and words to the keys of the search index. A key is letters and digits only, so that both engines take it
// as one token and no typed sign has a meaning in a query.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "people/model.hpp"

namespace kasane::people {

/// Keys under which a person is found: pairs of characters of family name, given name, both together and the reading
/// (variants of kanji, kana and width made alike), and the birth date as far as known. Joined by spaces.
std::string keys_of(const PersonFields& fields);
/// Keys of a household: its label and number.
std::string household_keys(std::string_view label, std::string_view number);

/// What a query asks for. Keys are joined by spaces and must all fit; empty: there is nothing to ask for.
struct SearchWords {
  std::string person_keys;     // names and birth dates
  std::string household_keys;  // labels and numbers
};
SearchWords read_query(std::string_view query);

/// Keys of a whole name and of a whole reading, for likely_same(); empty where there is none.
std::string whole_name_keys(const PersonFields& fields);
std::string whole_kana_keys(const PersonFields& fields);

}  // namespace kasane::people
