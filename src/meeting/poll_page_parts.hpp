// What the pages of dates share: how a time is written, the buttons of one who answers.
#pragma once
#include <string>
#include <vector>

#include "html/kit.hpp"
#include "meeting/poll_model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// "R8.12.3（木）13:30から60分"
std::string slot_text(const PollSlot& slot);
/// "R8.12.3（木）"
std::string day_with_weekday(Date day);
/// One button for all, and ○ △ × at each time. `path` takes the posts; `hidden` goes with each.
html::Html answer_buttons(const programme::Ctx& ctx, const std::string& path, const html::NameValues& hidden, const Poll& poll, const Invitee& who, std::size_t first_open);
/// What such a button posted: all slots or one. Empty when it posted nothing that can be read.
std::vector<std::pair<std::int64_t, PollReply>> posted_replies(const programme::Ctx& ctx, const Poll& poll);

}  // namespace kasane::meeting
