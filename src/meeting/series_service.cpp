#include "meeting/series_service.hpp"

#include <algorithm>
#include <map>

#include "meeting/rules.hpp"
#include "meeting/series_store.hpp"

namespace kasane::meeting {

using programme::Body;
using programme::CycleKind;
using store::HeldBefore;

namespace {

struct Past {
  const HeldBefore* last = nullptr;
  const HeldBefore* before = nullptr;
};

std::map<std::string, Past> by_body(const std::vector<HeldBefore>& rows) {
  std::map<std::string, Past> all;
  for (const HeldBefore& row : rows) {
    Past& past = all[row.body];
    if (past.last == nullptr) past.last = &row;
    else if (past.before == nullptr && row.on < past.last->on) past.before = &row;
  }
  return all;
}

std::optional<Step> step_for(const Body& body, const Past& past) {
  if (const auto step = step_of(body.cycle)) return step;
  if (body.cycle.kind == CycleKind::regular && past.before != nullptr) return step_between(past.before->on, past.last->on);
  return std::nullopt;
}

bool may_call(const access::Gate& gate, const Settings& city, const Body& body) {
  Session alone;
  alone.bodies.push_back({body.code, body.function});
  return may_arrange(gate, city, alone);
}

/// Whether two bodies come in one sitting: as they did last time; where neither sat before, as the plan lets them.
bool together(const Body& a, const Past& of_a, const Body& b, const Past& of_b) {
  if (of_a.last != nullptr || of_b.last != nullptr) return of_a.last != nullptr && of_b.last != nullptr && of_a.last->session == of_b.last->session;
  return std::find(a.joint_with.begin(), a.joint_with.end(), b.code) != a.joint_with.end();
}

struct Open {
  const Body* body;
  Past past;
  Step step;
};

NextSitting sitting_of(const Open& open, Date today, const programme::OfficeDays& days) {
  NextSitting next;
  next.bodies = {open.body->code};
  next.step = open.step;
  if (open.past.last != nullptr) {
    next.last = open.past.last->on;
    next.at_time = open.past.last->at_time;
    next.place = open.past.last->place;
    next.facilitator = open.past.last->facilitator;
  }
  std::optional<Date> from = next.last;
  if (from) from = meant_for(open.past.before == nullptr ? std::nullopt : std::optional(open.past.before->on), *from, open.step, days);
  const Date on = next_sitting(from, open.step, today);
  next.on = days.put_off(on);
  if (next.on != on) next.put_off_from = on;
  return next;
}

/// The shortest cycle among the chosen bodies; nothing when none of them has one.
std::optional<Step> step_of_bodies(const Settings& city, const std::vector<std::string>& bodies) {
  std::optional<Step> shortest;
  for (const std::string& code : bodies) {
    const Body* body = city.m.body(code);
    const auto step = body == nullptr ? std::nullopt : step_of(body->cycle);
    const auto days = [](const Step& s) { return s.months * 30 + s.days; };
    if (step && (!shortest || days(*step) < days(*shortest))) shortest = step;
  }
  return shortest;
}

}  // namespace

std::vector<NextSitting> next_sittings(db::ReadTx& tx, const access::Gate& gate, const Settings& city) {
  const auto rows = store::held_before(tx);
  const auto past = by_body(rows);
  const auto planned = store::planned_bodies(tx, gate.today());
  std::vector<Open> open;
  for (const Body& body : city.m.bodies) {
    if (!can_sit(body) || planned.contains(body.code) || !may_call(gate, city, body)) continue;
    const auto found = past.find(body.code);
    const Past own = found == past.end() ? Past() : found->second;
    if (const auto step = step_for(body, own)) open.push_back({&body, own, *step});
  }
  const programme::OfficeDays days(city.m);
  std::vector<NextSitting> all;
  std::vector<const Open*> heads;
  for (const Open& one : open) {
    std::size_t at = 0;
    while (at < heads.size() && !together(*heads[at]->body, heads[at]->past, *one.body, one.past)) ++at;
    if (at < heads.size()) {
      all[at].bodies.push_back(one.body->code);
      continue;
    }
    heads.push_back(&one);
    all.push_back(sitting_of(one, gate.today(), days));
  }
  return all;
}

Result<std::vector<SessionId>> plan_series(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewSeries& in) {
  if (in.months < 1 || in.months > kLongestSeriesMonths) return invalid("months", "1から" + std::to_string(kLongestSeriesMonths) + "までのか月数を入力してください。");
  const auto step = in.every > 0 ? std::optional(Step{in.every, 0}) : step_of_bodies(city, in.first.bodies);
  if (!step) return invalid("every", "市の計画に回数の決まりがありません。何か月ごとに開くかを入力してください。");
  const programme::OfficeDays days(city.m);
  std::vector<SessionId> made;
  for (const Date day : series_of(in.first.held_on, *step, in.first.held_on.plus_months(in.months).plus_days(-1))) {
    NewSession one = in.first;
    // The first day was typed: whoever chose a holiday meant it.
    one.held_on = made.empty() ? day : days.put_off(day);
    const auto id = plan_session(tx, gate, actor, city, one);
    if (!id) return tl::unexpected(id.error());
    made.push_back(*id);
  }
  return made;
}

}  // namespace kasane::meeting
