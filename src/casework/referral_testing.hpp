// For the tests of first contact: a real city's folder on every engine, staff with accounts, what the registers hold;
// and for pages, the city behind the real dispatcher with all rooms of casework.
#pragma once
#include <gmock/gmock.h>

#include <regex>
#include <string>

#include "casework/abuse_pages.hpp"
#include "casework/advice_pages.hpp"
#include "casework/case_testing.hpp"
#include "casework/intake_pages.hpp"
#include "casework/notice_pages.hpp"
#include "casework/referral_model.hpp"
#include "casework/referral_pages.hpp"
#include "people/pages.hpp"
#include "programme/account_store.hpp"
#include "programme/testing.hpp"

namespace kasane::casework::testing {

inline programme::Municipality load_city(const std::string& slug) {
  auto m = programme::load_municipality(std::string(KASANE_SOURCE_DIR "/municipalities/") + slug, KASANE_SOURCE_DIR "/municipalities/national");
  EXPECT_TRUE(m.has_value());
  return std::move(*m);
}

/// Services on every engine, in a city.
class InCityTest : public CaseworkTest {
 protected:
  InCityTest() { enter("tsuruoka"); }
  void enter(const std::string& slug) {
    m_ = std::make_unique<programme::Municipality>(load_city(slug));
    dir_ = std::make_unique<programme::Directory>(programme::Directory::sync(db(), *m_));
  }
  InCity city() const { return {*m_, *dir_}; }
  AgencyId agency(std::string_view code) const { return dir_->id(code); }
  /// Somebody with an account and a post, so that colleagues and coordinators are found.
  Worker staff(std::string_view code, Role role) {
    Worker w = worker(agency(code), role);
    db().write([&](db::WriteTx& tx) {
      const std::string login = "staff" + std::to_string(++made_);
      programme::add_account(tx, {w.viewer.account, login, "試験 " + login, "-", true, 1}, clock.now());
      programme::add_post(tx, {w.viewer.posts.front().id, w.viewer.account, w.agency, role, "", "", *Date::from_ymd(2020, 4, 1), forever()});
    });
    return w;
  }
  /// Open due items of a kind for one party.
  std::int64_t awaited(const char* kind, AgencyId party) {
    return db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = $1 AND party_id = $2 AND done_on IS NULL)sql", db::params(kind, party));
    });
  }
  /// The codes of acts of a kind, oldest first, joined by a space.
  std::string act_codes(const char* kind) {
    std::string all;
    bool first = true;
    db().read([&](db::ReadTx& tx) {
      tx.each(R"sql(SELECT code FROM act WHERE kind = $1 ORDER BY id)sql", db::params(kind), [&](const db::Row& r) {
        all += (first ? "" : " ") + r.text(0);
        first = false;
      });
    });
    return all;
  }

 private:
  std::unique_ptr<programme::Municipality> m_;
  std::unique_ptr<programme::Directory> dir_;
  int made_ = 0;
};

/// Pages of first contact in a city.
class FirstContactPages : public ::testing::Test {
 protected:
  explicit FirstContactPages(const std::string& slug = "tsuruoka")
      : city(slug, {add_notice_routes, add_abuse_routes, add_intake_routes, add_referral_routes, add_advice_routes, people::add_routes}) {}
  programme::testing::TestCity city;

  static std::string location(const web::Reply& reply) { return std::string(reply.header_value("location")); }
  /// The address to which a command led, within the city.
  std::string where(const web::Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    const std::string whole = location(reply);
    const std::string prefix = "/" + city.city().slug;
    return whole.rfind(prefix, 0) == 0 ? whole.substr(prefix.size()) : whole;
  }
  /// The version that a form on the page carries.
  static std::string version_in(const web::Reply& page) {
    std::smatch found;
    const std::regex wanted("name=\"version\"[^>]*value=\"([0-9]+)\"");
    return std::regex_search(page.body, found, wanted) ? found[1].str() : "";
  }
  std::string agency(std::string_view code) { return id_text(city.agency(code)); }
  std::string me(const programme::testing::Login& who) { return id_text(who.account); }
  std::int64_t count(const char* kind) {
    return city.db().read([&](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM act WHERE kind = $1)sql", db::params(kind)); });
  }
  people::Registered household(const programme::testing::Login& who, const std::string& family, const std::string& given, const std::string& area = "") {
    people::NewHousehold what;
    what.area = area;
    what.persons.resize(1);
    what.persons[0].fields.family = family;
    what.persons[0].fields.given = given;
    return city.write(who, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
};

}  // namespace kasane::casework::testing
