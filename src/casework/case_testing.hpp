// For the tests of casework on every engine: workers of invented agencies, a household with mother and son, and leave
// to read and write as one of the workers.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/clock.hpp"
#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "db/testing.hpp"
#include "people/service.hpp"

namespace kasane::casework::testing {

struct Worker {
  access::Viewer viewer;
  AgencyId agency;
};

/// Two people: the mother, and the son who has withdrawn.
struct Home {
  HouseholdId id;
  PersonId mother;
  PersonId son;
};

class CaseworkTest : public db::EngineTest {
 protected:
  ManualClock clock{*Date::from_ymd(2026, 11, 24)};
  Date today() const { return clock.today(); }
  Date forever() const { return *Date::from_iso(access::kForever); }

  Worker worker(AgencyId agency, Role role = Role::coordinator) {
    Worker w{{fresh_id<AccountTag>(), {}}, agency};
    w.viewer.posts.push_back({fresh_id<PostTag>(), agency, role});
    return w;
  }
  Worker worker(Role role = Role::coordinator) { return worker(fresh_id<AgencyTag>(), role); }

  /// f(tx, gate) as this worker.
  template <class F>
  auto read(const Worker& who, F&& f) {
    access::Trail trail;
    return db().read([&](db::ReadTx& tx) {
      access::Gate gate(tx, who.viewer, clock.now(), trail);
      return f(tx, gate);
    });
  }
  /// f(tx, gate, actor) -> Result<T>; an error undoes the work, as in a page.
  template <class F>
  auto write(const Worker& who, F&& f) {
    access::Trail trail;
    return db().write([&](db::WriteTx& tx) {
      access::Gate gate(tx, who.viewer, clock.now(), trail);
      const access::Actor actor{who.viewer.account, who.agency, clock.now()};
      return f(tx, gate, actor);
    });
  }

  Home home(const Worker& by) {
    const auto made = write(by, [](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      people::NewHousehold h;
      h.label = "試験家";
      for (const char* given : {"母", "子"}) {
        people::NewPerson p;
        p.fields.family = "試験";
        p.fields.given = given;
        h.persons.push_back(std::move(p));
      }
      return people::register_household(tx, gate, actor, std::move(h));
    });
    EXPECT_TRUE(made.has_value());
    return {made->household, made->persons.at(0), made->persons.at(1)};
  }

  NewCase a_case(const Home& home, const Worker& by) {
    NewCase in;
    in.household = home.id;
    in.owner = by.agency;
    in.subjects = {home.son};
    in.coordinating = by.agency;
    return in;
  }
  CaseId open(const Worker& by, const NewCase& in) {
    const auto opened = write(by, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, in); });
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().message);
    return opened.value_or(CaseId());
  }
  CaseFacts facts(const Worker& who, CaseId id) {
    auto found = read(who, [&](auto& tx, auto& gate) { return case_facts(tx, gate, id); });
    EXPECT_TRUE(found.has_value());
    return found.value_or(CaseFacts{});
  }

  /// The person agrees to sharing in the standard scope; the case is told.
  ConsentId agree(const Worker& by, const Home& home, PersonId person, std::vector<AgencyId> exceptions = {}) {
    const auto given = write(by, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<ConsentId> {
      consent::NewConsent c;
      c.household = home.id;
      c.person = person;
      c.given_on = gate.today();
      c.how = consent::How::spoken;
      c.witness = "試験 職員";
      c.exceptions = exceptions;
      c.form_version = "試験";
      auto id = consent::record(tx, gate, actor, c);
      if (!id) return id;
      if (auto told = consent_changed(tx, gate, actor, home.id); !told) return tl::unexpected(told.error());
      return id;
    });
    EXPECT_TRUE(given.has_value()) << (given ? "" : given.error().message);
    return given.value_or(ConsentId());
  }
  void take_back(const Worker& by, const Home& home, ConsentId id) {
    const auto done = write(by, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
      const auto gone = consent::withdraw(tx, gate, actor, id, gate.today(), "やめたい");
      if (!gone) return tl::unexpected(gone.error());
      return consent_changed(tx, gate, actor, home.id);
    });
    EXPECT_TRUE(done.has_value());
  }

  /// How often an act of this kind stands in the register for the household.
  std::int64_t acts(const char* kind, HouseholdId household) {
    return db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM act WHERE kind = $1 AND root_id = $2)sql", db::params(kind, household));
    });
  }
  /// Open due items of a kind about the household.
  std::int64_t dues(const char* kind, HouseholdId household) {
    return db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = $1 AND root_id = $2 AND done_on IS NULL)sql", db::params(kind, household));
    });
  }
  template <class T>
  static ErrorCode code_of_error(const Result<T>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? ErrorCode::unavailable : result.error().code;
  }
};

}  // namespace kasane::casework::testing
