// For tests of the grounds that are asked for: 長岡京's folder on every engine, a household, and who is who.
#pragma once
#include <gmock/gmock.h>

#include <filesystem>

#include "consent/settings.hpp"
#include "db/testing.hpp"
#include "people/testing.hpp"
#include "programme/directory.hpp"

namespace kasane::consent::testing {

using access::Topic;
using access::Viewer;
using people::testing::Office;

inline const programme::Municipality& nagaokakyo() {
  static const programme::Municipality m = *programme::load_municipality(std::filesystem::path(KASANE_SOURCE_DIR) / "municipalities/nagaokakyo");
  return m;
}

class GroundsTest : public db::EngineTest {
 protected:
  const programme::Municipality& m = nagaokakyo();
  programme::Directory dir = programme::Directory::sync(db(), m);
  Settings city{m, dir};
  Office office{db()};
  Viewer officer = staff("chiiki_fukushi_renkei", Role::city_officer);    // holds the household and its 支援会議
  Viewer coordinator = staff("chiiki_fukushi_renkei", Role::coordinator);
  Viewer head = staff("chiiki_fukushi_renkei", Role::head);
  Viewer disability = staff("shogai_fukushi", Role::window_counsellor);   // another section of the city
  Viewer disability_officer = staff("shogai_fukushi", Role::city_officer);
  Viewer centre = staff("cgsc_nishi", Role::coordinator);                 // not the city
  Viewer stranger = staff("kosodate_shien", Role::city_officer);
  people::Registered home = office.household(officer, {{"中小路", "環"}, {"中小路", "岳"}});
  PersonId mother = home.persons[0];
  PersonId son = home.persons[1];

  Viewer staff(const char* agency, Role role) const { return Office::staff(dir.id(agency), role); }
  Date today() const { return office.clock.today(); }
  bool sees_home(const Viewer& who) {
    return office.read(who, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); });
  }
  bool sees(const Viewer& who, PersonId person) {
    return office.read(who, [&](auto&, auto& gate) { return gate.may(person, access::Act::read); });
  }
  bool changes_home(const Viewer& who) {
    return office.read(who, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::write); });
  }
  std::int64_t open_dues(const char* kind, const char* agency) {
    return db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM due_item WHERE kind = $1 AND party_id = $2 AND done_on IS NULL", db::params(kind, dir.id(agency)));
    });
  }
  std::int64_t acts(const char* kind, const char* code) {
    return db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = $1 AND code = $2", db::params(kind, code)); });
  }
  std::string basis_of(std::int64_t source) {
    return db().read([&](db::ReadTx& tx) {
      return tx.one<std::string>("SELECT coalesce(max(basis), '') FROM access_ground WHERE source_id = $1", db::params(source), [](const db::Row& r) { return r.text(0); }).value_or("");
    });
  }
};

}  // namespace kasane::consent::testing
