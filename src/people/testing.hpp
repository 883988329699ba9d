// For tests of people, consent and rooms above on every engine: viewers and transactions on a database without a city.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "access/permit.hpp"
#include "base/clock.hpp"
#include "db/database.hpp"
#include "people/service.hpp"

namespace kasane::people::testing {

/// Reads and writes as somebody, on a day that stands still.
class Office {
 public:
  explicit Office(db::Database& db, Date today = *Date::from_ymd(2026, 11, 24)) : clock(today), db_(db) {}

  static access::Viewer staff(AgencyId agency, Role role) { return {fresh_id<AccountTag>(), {{fresh_id<PostTag>(), agency, role}}}; }

  /// f(tx, gate)
  template <class F>
  auto read(const access::Viewer& who, F&& f) {
    return db_.read([&](db::ReadTx& tx) {
      trail.clear();
      access::Gate gate(tx, who, clock.now(), trail);
      return f(tx, gate);
    });
  }
  /// f(tx, gate, actor) -> Result<T>
  template <class F>
  auto write(const access::Viewer& who, F&& f) {
    return db_.write([&](db::WriteTx& tx) {
      trail.clear();
      access::Gate gate(tx, who, clock.now(), trail);
      return f(tx, gate, access::Actor{who.account, who.posts.front().agency, clock.now()});
    });
  }

  /// A household with these persons ("阿曽 千代"), held by the agency of `who`.
  Registered household(const access::Viewer& who, const std::vector<std::pair<std::string, std::string>>& names) {
    NewHousehold what;
    for (const auto& [family, given] : names) {
      NewPerson person;
      person.fields.family = family;
      person.fields.given = given;
      what.persons.push_back(std::move(person));
    }
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); }).value();
  }
  /// `agency` is in the team around the household from today.
  void join(HouseholdId household, AgencyId agency) {
    db_.write([&](db::WriteTx& tx) { access::join_team(tx, household.value, agency.value, clock.today(), *Date::from_iso(access::kForever)); });
  }
  /// A ground by which `agency` reaches the household (or one person of it).
  void reach(HouseholdId household, AgencyId agency, access::Topics topics = access::kStandardScope, std::optional<PersonId> person = {}) {
    access::Ground ground;
    ground.kind = access::GroundKind::transfer_consent;
    ground.root = household.value;
    ground.person = person;
    ground.topics = topics;
    ground.named = {agency.value};
    ground.from = clock.today();
    ground.until = *Date::from_iso(access::kForever);
    ground.source = next_id();
    db_.write([&](db::WriteTx& tx) { access::add_ground(tx, ground, {AccountId(1), agency, clock.now()}); });
  }
  void shield(PersonId person, AgencyId from, access::Topics topics) {
    db_.write([&](db::WriteTx& tx) {
      access::add_shield(tx, {{from.value}, person, topics, clock.today(), *Date::from_iso(access::kForever), next_id()});
    });
  }

  db::Database& db() { return db_; }
  ManualClock clock;
  access::Trail trail;  // of the last read or write

 private:
  db::Database& db_;
};

}  // namespace kasane::people::testing
