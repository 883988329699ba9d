#include "meeting/telling_words.hpp"

#include "meeting/common_issue_store.hpp"
#include "meeting/packet_rules.hpp"
#include "meeting/packet_service.hpp"
#include "people/service.hpp"

namespace kasane::meeting {

std::vector<std::string> words_of_register(db::ReadTx& tx, const access::Gate& gate, const Settings& city, HouseholdId id) {
  const auto holder = store::holder_of(tx, id);
  if (!holder) return {};
  const access::Viewer keeper = viewer_of(tx, city, holder->value, gate.today());
  access::Trail unused;
  access::Gate theirs(tx, keeper, gate.now(), unused);
  const auto household = people::household_view(tx, theirs, id);
  return household ? telling_words(*household) : std::vector<std::string>();
}

Telling telling_words_of_household(db::ReadTx& tx, access::Gate& gate, const Settings& city, HouseholdId id) {
  Telling words;
  if (const auto household = people::household_view(tx, gate, id)) words.known = telling_words(*household);
  words.unseen = words_of_register(tx, gate, city, id);
  return words;
}

}  // namespace kasane::meeting
