// When a sitting can be held: candidate times, whom they were put to, and the answers. Agencies and offices only; nothing of
// what the sitting is about.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"

namespace kasane::meeting {

enum class PollReply : std::uint8_t { none, yes, maybe, no };
/// '' for none.
std::string_view code_of(PollReply reply);
/// ○ △ × and, for none, －
std::string_view sign_of(PollReply reply);
/// 出席できる, 調整すれば出席できる, 出席できない, まだ
std::string_view label_of(PollReply reply);
std::optional<PollReply> parse_reply(std::string_view code);

struct PollSlot {
  std::int64_t id = 0;
  Date on;
  std::string at_time;  // "13:30"
  int minutes = 60;
};

/// Who is invited to a sitting: an agency of the city, or an office outside by its name.
struct Invitee {
  std::int64_t id = 0;
  std::optional<AgencyId> agency;
  std::string office;
  bool guarded = false;
  bool required = false;
  AgencyId invited_by;
  bool has_link = false;
  std::optional<Date> until;       // of the link
  std::optional<Date> revoked_on;  // of the link
  std::optional<UtcMs> answered_at;
  std::map<std::int64_t, PollReply> replies;  // by slot

  PollReply reply_to(std::int64_t slot) const {
    const auto found = replies.find(slot);
    return found == replies.end() ? PollReply::none : found->second;
  }
  bool link_opens_on(Date day) const { return has_link && !revoked_on && until && day <= *until; }
};

struct Poll {
  SessionId session;
  Date answer_by;
  AgencyId asked_by;
  Date asked_on;
  std::optional<Date> closed_on;
  std::vector<PollSlot> slots;  // soonest first
};

}  // namespace kasane::meeting
