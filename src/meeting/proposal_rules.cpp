#include "meeting/proposal_rules.hpp"

#include <charconv>

#include "meeting/cycle_rules.hpp"

namespace kasane::meeting {

namespace {

constexpr int kLongestItem = 240;
constexpr int kMonthsBack = 3;

/// Minutes where the city sets none.
int usual_minutes(Matter matter) {
  switch (matter) {
    case Matter::plan: return 15;
    case Matter::request: return 20;
    case Matter::early_start: return 5;
    case Matter::review:
    case Matter::marked:
    case Matter::closure:
    case Matter::progress:
    case Matter::other: return 10;
  }
  return 10;
}

}  // namespace

int default_minutes(const programme::Municipality& m, Matter matter) {
  const std::string own = m.wording("minutes_" + std::string(code_of(matter)), "");
  int minutes = 0;
  const auto [end, fault] = std::from_chars(own.data(), own.data() + own.size(), minutes);
  const bool number = fault == std::errc() && end == own.data() + own.size() && minutes >= 1 && minutes <= kLongestItem;
  return number ? minutes : usual_minutes(matter);
}

Reason reason_for(Matter matter, std::optional<Date> due, Date sitting) {
  switch (matter) {
    case Matter::plan: return {"プラン案が出ている", true};
    case Matter::review:
      if (due && *due > sitting) return {"見直しの日が近い", false};
      return {"見直しの日が来ている", true};
    case Matter::marked: return {"同意の取消しがあった", true};
    case Matter::closure: return {"終結の評価を待っている", true};
    case Matter::early_start: return {"決定前に始めた支援の追認", true};
    case Matter::request: return {"106条の6の依頼が出ている", true};
    case Matter::progress: return {"経過を確かめる", false};
    case Matter::other: return {};
  }
  return {};
}

std::optional<Reason> reason_to_look_again(const CaseSigns& signs, Date since, Date on) {
  if (signs.contact_by < on) return Reason{"連絡の間隔を過ぎている", true};
  if (signs.overdue_since) return Reason{"期日を過ぎた役割分担がある", true};
  if (signs.next_look_on && *signs.next_look_on <= on) return Reason{"次に見る日が来ている", true};
  if (signs.opened_on >= since || (signs.joined_on && *signs.joined_on >= since)) return Reason{"前回のあとにつながった", true};
  if (signs.last_contact_on && *signs.last_contact_on >= since) return Reason{"前回のあとに動きがあった", false};
  if (signs.quiet_since) return Reason{"支援中で、会議の間隔より長く連絡の記録がない", false};
  return std::nullopt;
}

Date looks_back_to(const programme::Body& body, std::optional<Date> last_sitting, Date on) {
  return last_sitting ? *last_sitting : one_cycle_before(body, on);
}

Date one_cycle_before(const programme::Body& body, Date on) {
  const auto step = step_of(body.cycle);
  return on.plus_months(-(step && step->months > 0 ? step->months : kMonthsBack));
}

bool looks_at_cases_again(const programme::Body& body) {
  if (body.function == programme::BodyFunction::review) return true;
  return body.function == programme::BodyFunction::support_conference_106_6 && step_of(body.cycle).has_value();
}

}  // namespace kasane::meeting
