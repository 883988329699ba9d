// A notice (気づき): somebody reports a worry, with or without a name. It has an owner and a day by which somebody looks.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"

namespace kasane::casework {

enum class NoticeState : std::uint8_t {
  open,    // nobody has looked yet, or it is to be looked at again
  looked,  // looked at: support seems needed, not yet tied to a household
  linked,  // tied to a household
  ended,   // no support needed
};

enum class LookResult : std::uint8_t {
  support,      // support seems needed: to an intake or a household
  watch,        // looked, nothing certain: look again on a day
  no_need,      // nothing to worry about now
  handed_over,  // another agency is to look
};

std::string_view code_of(NoticeState state);
std::string_view code_of(LookResult result);
template <>
std::optional<NoticeState> parse_code<NoticeState>(std::string_view code);
template <>
std::optional<LookResult> parse_code<LookResult>(std::string_view code);
std::string_view label_of(NoticeState state);
std::string_view label_of(LookResult result);

inline constexpr LookResult kLookResults[] = {LookResult::support, LookResult::watch, LookResult::no_need, LookResult::handed_over};

struct NewNotice {
  Date received_on;
  std::string channel;          // code table intake_channel; '' not said
  std::string source;           // code table notice_source
  bool from_community = false;  // counts as 地域からの情報 (T-88)
  AgencyId owner;               // agency that looks into it
  std::optional<Date> look_by;  // nothing: the city's days, today where abuse is named
  std::string area;             // area code; '' unknown
  std::string about;            // whom or where, as far as known; may be ''
  std::string text;
  std::string reporter;         // may be ''
  bool abuse_named = false;
};

struct Notice {
  NoticeId id;
  Date received_on;
  std::string channel;
  std::string source;
  bool from_community = false;
  AgencyId owner;
  Date look_by;
  std::string area;
  Personal<std::string> about;
  Personal<std::string> text;
  Personal<std::string> reporter;
  bool abuse_named = false;
  NoticeState state = NoticeState::open;
  std::optional<Date> looked_on;
  std::optional<LookResult> result;
  Personal<std::string> result_note;
  std::optional<HouseholdId> household;
  std::int64_t version = 1;
};

struct Look {
  Date on;
  LookResult result = LookResult::support;
  std::string note;
  std::optional<Date> look_again;     // watch: the next day to look by
  std::optional<AgencyId> new_owner;  // handed_over
};

struct NoticeLine {
  NoticeId id;
  Date received_on;
  std::string source;
  AgencyId owner;
  Date look_by;
  std::string area;
  Personal<std::string> about;
  bool abuse_named = false;
  NoticeState state = NoticeState::open;
};

/// All that an informant sees later: that something was received, and when.
struct Receipt {
  UtcMs received_at = 0;
};

}  // namespace kasane::casework
