#include "meeting/poll_page_parts.hpp"

#include <array>

namespace kasane::meeting {

using html::Html;
using html::Look;

namespace {
constexpr std::string_view kAll = "all";
}  // namespace

std::string day_with_weekday(Date day) {
  // 1970-01-01 was a Thursday.
  static constexpr std::array<const char*, 7> kDays{"木", "金", "土", "日", "月", "火", "水"};
  const int at = ((day.days() % 7) + 7) % 7;
  return wareki_short(day) + "（" + kDays[static_cast<std::size_t>(at)] + "）";
}

std::string slot_text(const PollSlot& slot) { return day_with_weekday(slot.on) + slot.at_time + "から" + std::to_string(slot.minutes) + "分"; }

Html answer_buttons(const programme::Ctx& ctx, const std::string& path, const html::NameValues& hidden, const Poll& poll, const Invitee& who, std::size_t first_open) {
  const auto with = [&](std::string slot, std::string_view answer) {
    html::NameValues all = hidden;
    all.emplace_back("slot", std::move(slot));
    all.emplace_back("answer", std::string(answer));
    return all;
  };
  Html out = html::post_button(ctx.post(path, {.label = "すべて出席できます"}, with(std::string(kAll), code_of(PollReply::yes))));
  out.add(html::muted("○ 出席できる　△ 調整すれば出席できる　× 出席できない。押すと、その場で保存されます。何度でも直せます。"));
  html::Table table("候補の日時と答え", {{"候補の日時"}, {"いまの答え"}, {"答える"}});
  for (std::size_t i = first_open; i < poll.slots.size(); ++i) {
    const PollSlot& slot = poll.slots[i];
    const PollReply now = who.reply_to(slot.id);
    std::vector<Html> buttons;
    for (const PollReply reply : {PollReply::yes, PollReply::maybe, PollReply::no})
      buttons.push_back(html::post_button(ctx.post(path, {.label = std::string(sign_of(reply)), .look = reply == now ? Look::primary : Look::secondary,
                                                          .about = std::string(label_of(reply)) + " " + slot_text(slot)},
                                                   with(id_text(slot.id), code_of(reply)))));
    table.row().cell(slot_text(slot)).cell(html::group({sign_of(now), " ", html::muted(label_of(now))})).cell(html::actions({buttons[0], buttons[1], buttons[2]}));
  }
  out.add(table.done());
  return out;
}

std::vector<std::pair<std::int64_t, PollReply>> posted_replies(const programme::Ctx& ctx, const Poll& poll) {
  std::vector<std::pair<std::int64_t, PollReply>> out;
  const auto reply = parse_reply(ctx.req.posted_value("answer").value_or(""));
  const auto slot = ctx.req.posted_value("slot").value_or("");
  if (!reply) return out;
  if (slot == kAll)
    for (const PollSlot& s : poll.slots) out.emplace_back(s.id, *reply);
  else if (const auto id = parse_id_text(slot))
    out.emplace_back(*id, *reply);
  return out;
}

}  // namespace kasane::meeting
