// Rules of packets, pure: who is described how in a summary, what would give somebody away in it, and that a preview
// never shows its reader more than the reader may see himself.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "meeting/packet_model.hpp"
#include "people/model.hpp"

namespace kasane::meeting {

/// "80代"; below ten "10歳未満", from ninety "90歳以上".
std::string age_band(int years);
/// Ages in tens of those who belong to the household on that day and whose birth is known, eldest first: "80代、50代".
std::string people_in_bands(const std::vector<people::Member>& members, Date on);

/// What would give the household away: names, telephone numbers and addresses. Blanks are ignored; a single sign is no
/// name. The first found word, as it stands in the list; nothing when the text holds none.
std::optional<std::string> gives_away(std::string_view text, const std::vector<std::string>& telling);
/// Family and given names, reading, addresses, telephones and the label of the household, as far as the reader sees them.
std::vector<std::string> telling_words(const people::HouseholdView& household);

/// `theirs` without what `own` does not hold.
ItemView narrowed(ItemView theirs, const ItemView& own);

}  // namespace kasane::meeting
