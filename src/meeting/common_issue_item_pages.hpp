// Common issues where a meeting is run: what an item has shown, what a sitting decides about an issue, what waits for it.
#pragma once
#include <string_view>

#include "html/kit.hpp"
#include "meeting/model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// Where a click leads back to, when it does not come from the page of the item or session itself: the screen on which a
/// sitting is made ready, or that on which it is run.
inline constexpr std::string_view kPrepareScreen = "prepare";
inline constexpr std::string_view kLiveScreen = "live";

/// On the page of an item that was treated: 「この話から見えた共通の課題」, open at a review meeting and folded elsewhere.
/// Nothing before it was treated and on items that are themselves about an issue.
html::Html issues_seen_section(programme::Ctx& ctx, const ItemView& item, std::string_view back = {});
/// On the page of an item about a common issue: the issue and, while the sitting runs, the form for what it decides; it
/// stands in the place of the general form of results. Nothing for other items.
html::Html issue_decision_section(programme::Ctx& ctx, const ItemView& item, std::string_view back = {});
/// On the page of a planned session: issues that wait for its bodies, one click each. Also the way to the plenary's paper.
html::Html issues_waiting_section(programme::Ctx& ctx, const Session& session, bool may_manage, std::string_view back = {});

}  // namespace kasane::meeting
