// For demo data: an invented past that is lived through step by step. A step is done by one of the demo accounts, on a
// day of the past, through the services of the rooms, with the same doors and the same trail as on a page.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "access/audit.hpp"
#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/clock.hpp"
#include "casework/referral_model.hpp"
#include "programme/context.hpp"

namespace kasane::cli::invented {

/// A step that the services refused: a fault of the demo data or of a service, never of the person at the keyboard.
class Fault : public std::runtime_error {
 public:
  Fault(std::string_view step, const Error& error);
};

class World {
 public:
  /// `clock` is the one that the city was opened with. The past ends on `today`.
  World(programme::City& city, ManualClock& clock, Date today) : city_(city), clock_(clock), today_(today) {}

  programme::City& city() { return city_; }
  const programme::Municipality& m() const { return city_.municipality; }
  casework::InCity in_city() const { return {city_.municipality, city_.directory}; }
  AgencyId agency(std::string_view code) const { return city_.directory.id(code); }
  Date today() const { return today_; }
  Date now_on() const { return office_day(clock_.now()); }
  /// The working day `days` before today, or the last one before that.
  Date ago(int days) const;
  /// Goes to that day. Steps of one household go forward in time.
  void on(Date day, int hour = 10) { clock_.set(day, hour); }
  /// Moves to the working day `days` before today.
  void days_ago(int days, int hour = 10) { on(ago(days), hour); }

  void add_account(std::string_view role, AccountId account) { accounts_.emplace(role, account); }
  AccountId account(std::string_view who) const { return accounts_.at(std::string(who)); }
  access::Viewer viewer(std::string_view who);
  /// The agency for which this account acts.
  AgencyId agency_of(std::string_view who);

  /// Writes as this account. f(tx, gate, actor) -> Result<T>; gives T, throws Fault when the service refused.
  template <class F>
  auto as(std::string_view who, const char* action, F&& f) {
    const access::Viewer seer = viewer(who);
    const access::Actor actor{seer.account, acting(seer), clock_.now()};
    auto done = city_.db().write([&](db::WriteTx& tx) {
      access::Trail trail;
      trail.action(action, access::Act::write);
      access::Gate gate(tx, seer, clock_.now(), trail);
      auto result = f(tx, gate, actor);
      if (result) access::audit_write(tx, seer.account, trail, clock_.now());
      return result;
    });
    if (!done) throw Fault(std::string(action) + " (" + std::string(who) + ", " + now_on().iso() + ")", done.error());
    if constexpr (!std::is_void_v<typename decltype(done)::value_type>) return *std::move(done);
  }

  /// Reads as this account. f(tx, gate) -> T.
  template <class F>
  auto look(std::string_view who, F&& f) {
    const access::Viewer seer = viewer(who);
    return city_.db().read([&](db::ReadTx& tx) {
      access::Trail trail;
      access::Gate gate(tx, seer, clock_.now(), trail);
      return f(tx, gate);
    });
  }

 private:
  static AgencyId acting(const access::Viewer& viewer);
  programme::City& city_;
  ManualClock& clock_;
  Date today_;
  std::unordered_map<std::string, AccountId> accounts_;
};

}  // namespace kasane::cli::invented
