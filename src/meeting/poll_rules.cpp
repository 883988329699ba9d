#include "meeting/poll_rules.hpp"

#include <algorithm>
#include <tuple>

#include "base/japanese.hpp"

namespace kasane::meeting {

using programme::CycleKind;

std::string_view code_of(PollReply reply) {
  switch (reply) {
    case PollReply::none: return "";
    case PollReply::yes: return "yes";
    case PollReply::maybe: return "maybe";
    case PollReply::no: return "no";
  }
  return "";
}

std::string_view sign_of(PollReply reply) {
  switch (reply) {
    case PollReply::none: return "－";
    case PollReply::yes: return "○";
    case PollReply::maybe: return "△";
    case PollReply::no: return "×";
  }
  return "";
}

std::string_view label_of(PollReply reply) {
  switch (reply) {
    case PollReply::none: return "まだ";
    case PollReply::yes: return "出席できる";
    case PollReply::maybe: return "調整すれば出席できる";
    case PollReply::no: return "出席できない";
  }
  return "";
}

std::optional<PollReply> parse_reply(std::string_view code) {
  for (const PollReply reply : {PollReply::yes, PollReply::maybe, PollReply::no})
    if (code_of(reply) == code) return reply;
  return std::nullopt;
}

namespace {

/// Sits by its calendar only.
bool has_fixed_days(const programme::Body& body) {
  switch (body.cycle.kind) {
    case CycleKind::regular:
    case CycleKind::monthly:
    case CycleKind::quarterly:
    case CycleKind::times_per_year: return !body.cycle.also_on_demand;
    case CycleKind::unstated:
    case CycleKind::on_demand: return false;
  }
  return false;
}

/// Best answer of those who can keep the need.
PollReply kept_by(const Need& need, const std::vector<Replies>& replies, std::size_t slot) {
  PollReply best = PollReply::no;
  for (const std::size_t party : need.parties) {
    if (replies[party][slot] == PollReply::yes) return PollReply::yes;
    if (replies[party][slot] == PollReply::maybe) best = PollReply::maybe;
  }
  return best;
}

std::int64_t count(const std::vector<Replies>& replies, std::size_t slot, PollReply wanted) {
  return std::count_if(replies.begin(), replies.end(), [&](const Replies& r) { return r[slot] == wanted; });
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

/// Needs that no slot keeps, or, when each is kept somewhere, all of them: they do not come together.
std::string why_none(const std::vector<Need>& needs, const std::vector<Replies>& replies, std::size_t slots) {
  std::vector<std::string> unasked, never, waiting, all;
  for (const Need& need : needs) {
    all.push_back(need.name);
    if (need.parties.empty()) {
      unasked.push_back(need.name);
      continue;
    }
    bool kept = false, open = false;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      kept = kept || kept_by(need, replies, slot) != PollReply::no;
      for (const std::size_t party : need.parties) open = open || replies[party][slot] == PollReply::none;
    }
    if (!kept) (open ? waiting : never).push_back(need.name);
  }
  if (!unasked.empty()) return "出席がないと開けない" + joined(unasked) + "を、まだ招いていません。";
  if (!never.empty()) return "どの候補でも、" + joined(never) + "が出席できません。候補を足して、もう一度たずねてください。";
  if (!waiting.empty()) return joined(waiting) + "の答えを待っています。";
  return joined(all) + "がそろう候補がありません。候補を足すか、調整を頼んでください。";
}

}  // namespace

std::string why_no_poll(const std::vector<const programme::Body*>& bodies) {
  for (const auto* body : bodies)
    if (has_fixed_days(*body))
      return body->name + "は、開く時期が決まっています（" + (body->cycle.text.empty() ? std::string("定例") : body->cycle.text) + "）。日程をたずねる必要はありません。";
  return {};
}

std::vector<std::string> missing_at(const std::vector<Need>& needs, const std::vector<Replies>& replies, std::size_t slot) {
  std::vector<std::string> names;
  for (const Need& need : needs)
    if (kept_by(need, replies, slot) == PollReply::no) names.push_back(need.name);
  return names;
}

Choice choose_slot(const std::vector<Need>& needs, const std::vector<Replies>& replies, std::size_t slots) {
  Choice best;
  std::tuple<std::int64_t, std::int64_t, std::int64_t> best_rank{};
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (!missing_at(needs, replies, slot).empty()) continue;
    const std::int64_t yes = count(replies, slot, PollReply::yes), maybe = count(replies, slot, PollReply::maybe);
    if (yes + maybe == 0) continue;
    const std::int64_t sure = std::count_if(needs.begin(), needs.end(), [&](const Need& n) { return kept_by(n, replies, slot) == PollReply::yes; });
    const std::tuple rank{sure, yes, yes + maybe};
    if (best.slot && rank <= best_rank) continue;
    best.slot = slot;
    best_rank = rank;
  }
  if (best.slot) return best;
  best.why = why_none(needs, replies, slots);
  const bool anybody = std::any_of(replies.begin(), replies.end(), [](const Replies& r) { return std::any_of(r.begin(), r.end(), [](PollReply p) { return p != PollReply::none; }); });
  if (needs.empty()) best.why = anybody ? "出席できると答えた機関がある候補がありません。候補を足して、もう一度たずねてください。" : "答えを待っています。";
  return best;
}

std::vector<FieldError> faults_of(const NewPoll& poll, Date today) {
  std::vector<FieldError> faults;
  const auto add = [&](const char* field, std::string message) { faults.push_back({field, std::move(message)}); };
  if (poll.slots.size() < kFewestSlots || poll.slots.size() > kMostSlots)
    add("day_1", "候補の日時は" + std::to_string(kFewestSlots) + "つから" + std::to_string(kMostSlots) + "までで入力してください。");
  for (std::size_t i = 0; i < poll.slots.size(); ++i) {
    const PollSlot& slot = poll.slots[i];
    const std::string field = "day_" + std::to_string(i + 1);
    if (slot.on < today) add(field.c_str(), wareki_short(slot.on) + "は、もう過ぎています。");
    if (slot.on > today.plus_days(kFarthestDays)) add(field.c_str(), "1年より先の日は選べません。");
    if (slot.at_time.empty()) add(("time_" + std::to_string(i + 1)).c_str(), wareki_short(slot.on) + "の時刻を入力してください。");
    if (slot.minutes < kShortestSitting || slot.minutes > kLongestSitting) add("minutes", "時間は10分から480分までで入力してください。");
    for (std::size_t j = 0; j < i; ++j)
      if (poll.slots[j].on == slot.on && poll.slots[j].at_time == slot.at_time) add(field.c_str(), "同じ日時が2回あります。");
  }
  if (poll.agencies.empty() && poll.offices.empty()) add("agencies", "日程をたずねる機関を選んでください。");
  if (poll.offices.size() > kMostOffices) add("offices", "外の事業所などは" + std::to_string(kMostOffices) + "までです。");
  for (const std::string& office : poll.offices)
    if (count_characters(office) > kLongestOffice) add("offices", "名前は" + std::to_string(kLongestOffice) + "字までで入力してください。");
  if (poll.answer_by < today) add("answer_by", "答えてもらう期限は、今日から後の日にしてください。");
  const bool late = std::any_of(poll.slots.begin(), poll.slots.end(), [&](const PollSlot& s) { return s.on < poll.answer_by; });
  if (late) add("answer_by", "答えてもらう期限が、候補の日より後になっています。");
  return faults;
}

std::vector<std::string> offices_of(std::string_view lines) {
  std::vector<std::string> out;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    std::string office(trim(lines.substr(0, end)));
    if (!office.empty() && std::find(out.begin(), out.end(), office) == out.end()) out.push_back(std::move(office));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

}  // namespace kasane::meeting
