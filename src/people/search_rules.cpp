#include "people/search_rules.hpp"

#include <set>

#include "base/date.hpp"
#include "base/japanese.hpp"
#include "people/rules.hpp"

namespace kasane::people {

namespace {

/// Keys in order, each once.
class Keys {
 public:
  void add(std::string key) {
    if (key.empty() || !seen_.insert(key).second) return;
    if (!joined_.empty()) joined_ += ' ';
    joined_ += key;
  }
  const std::string& joined() const { return joined_; }

 private:
  std::set<std::string> seen_;
  std::string joined_;
};

std::string hex_of(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

// Names and readings share one kind of key, made as for readings: whoever types かな finds a name that is written so,
// and a reading typed with or without the small signs.
void add_pairs(Keys& keys, std::string_view text, Ends ends) {
  for (const std::string& pair : bigrams(kana_key(text), ends)) keys.add("g" + hex_of(pair));
}

std::string number_key(std::string_view number) { return "n" + hex_of(number); }

/// Year, month and day as far as known, each as a key: b1950, b195004, b19500402.
void add_birth(Keys& keys, const PartialDate& birth) {
  const std::string text = birth.text();
  keys.add("b" + text.substr(0, 4));
  if (birth.month != 0) keys.add("b" + text.substr(0, 4) + text.substr(5, 2));
  if (birth.month != 0 && birth.day != 0) keys.add("b" + text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2));
}

std::string birth_key(const PartialDate& birth) {
  std::string key = "b";
  for (const char c : birth.text())
    if (c != '-') key += c;
  return key;
}

/// The words of a query; 全角 spaces part them as well.
std::vector<std::string> words_of(std::string_view query) {
  static constexpr std::string_view kWide = "　";
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < query.size();) {
    const bool wide = query.substr(at).starts_with(kWide);
    if (wide || query[at] == ' ' || query[at] == '\t' || query[at] == '\n' || query[at] == '\r') {
      if (!words.back().empty()) words.emplace_back();
      at += wide ? kWide.size() : 1;
    } else {
      words.back() += query[at++];
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool holds_digit(std::string_view text) {
  for (const char c : nfkc(text))
    if (c >= '0' && c <= '9') return true;
  return false;
}

/// A part of a name. One character alone has no pair: it asks for names that begin with it.
void add_word(Keys& keys, std::string_view word) {
  add_pairs(keys, word, count_characters(kana_key(word)) == 1 ? Ends::start : Ends::none);
}

std::string whole(std::string_view text) {
  Keys keys;
  add_pairs(keys, text, Ends::both);
  return keys.joined();
}

}  // namespace

std::string keys_of(const PersonFields& fields) {
  Keys keys;
  add_pairs(keys, fields.family, Ends::both);
  add_pairs(keys, fields.given, Ends::both);
  add_pairs(keys, fields.family + fields.given, Ends::both);
  for (const std::string& part : words_of(fields.kana)) add_pairs(keys, part, Ends::both);
  add_pairs(keys, fields.kana, Ends::both);
  if (fields.birth) add_birth(keys, *fields.birth);
  return keys.joined();
}

std::string household_keys(std::string_view label, std::string_view number) {
  Keys keys;
  add_pairs(keys, label, Ends::both);
  keys.add(number_key(number));
  return keys.joined();
}

SearchWords read_query(std::string_view query) {
  Keys persons;
  Keys households;
  bool birth_asked = false;
  bool number_asked = false;
  for (const std::string& word : words_of(query)) {
    if (const auto number = as_household_number(word)) {
      households.add(number_key(*number));
      number_asked = true;
    } else if (const auto birth = holds_digit(word) ? parse_partial_date(word) : Result<PartialDate>(fail(ErrorCode::invalid)); birth) {
      persons.add(birth_key(*birth));
      birth_asked = true;
    } else {
      add_word(persons, word);
      add_word(households, word);
    }
  }
  // A household has no birth date and a person no household number: such a word finds only the one kind.
  return {number_asked ? std::string() : persons.joined(), birth_asked ? std::string() : households.joined()};
}

std::string whole_name_keys(const PersonFields& fields) { return whole(fields.family + fields.given); }
std::string whole_kana_keys(const PersonFields& fields) { return whole(fields.kana); }

}  // namespace kasane::people
