// What an item shows, on the page and on paper.
#pragma once
#include "html/kit.hpp"
#include "meeting/item_forms.hpp"
#include "meeting/page_parts.hpp"

namespace kasane::meeting {

/// Ground, secrecy, question, plans: the packet.
html::Html packet_html(const programme::Ctx& ctx, const ItemView& item);
/// Findings and results; nothing while there are none.
html::Html outcome_html(const programme::Ctx& ctx, const ItemView& item);
/// Who sees what until when.
html::Html attendees_html(const std::vector<AttendeeName>& attendees);

/// Set for a section of tax or fees.
inline constexpr const char* kNotForCollection = "徴収・滞納処分には使えません";

}  // namespace kasane::meeting
