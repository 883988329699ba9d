#include <algorithm>

#include "meeting/preparation_model.hpp"

namespace kasane::meeting {

namespace {

void add_line(std::string& text, const std::string& line) {
  if (!text.empty()) text += "\n";
  text += line;
}

/// Within what may be shared at all, and within what each attendee sees.
bool for_all(const SheetSource& source, access::Topics topics) { return (source.shared & access::kStandardScope).has_all(topics); }

const SheetSource::Person* person_of(const SheetSource& source, PersonId id) {
  const auto found = std::find_if(source.persons.begin(), source.persons.end(), [&](const SheetSource::Person& p) { return p.id == id; });
  return found == source.persons.end() ? nullptr : &*found;
}

std::string line_of(const SheetSource::Person& p) {
  std::string line = p.name;
  if (!p.relation.empty()) line += "（" + p.relation + "）";
  if (p.age) line += " " + std::to_string(*p.age) + "歳";
  return line;
}

}  // namespace

SheetText prefill(const SheetSource& source) {
  SheetText text;
  if (for_all(source, access::Topic::basic))
    for (const auto& person : source.persons)
      if (person.seen_by_all) add_line(text.picture, line_of(person));
  for (const auto& doing : source.doings)
    if (for_all(source, doing.topics)) add_line(text.doing, doing.who + "：" + doing.what);
  for (const auto& trouble : source.troubles) {
    if (!for_all(source, trouble.topics)) continue;
    if (!trouble.person) {
      if (source.household_seen_by_all) add_line(text.trouble, "世帯：" + trouble.words);
      continue;
    }
    const auto* person = person_of(source, *trouble.person);
    if (person != nullptr && person->seen_by_all) add_line(text.trouble, person->name + "：" + trouble.words);
  }
  text.ask = source.question;
  return text;
}

}  // namespace kasane::meeting
