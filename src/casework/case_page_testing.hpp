// For the tests of casework's pages: 鶴岡 with a coordinator at 社協, a window of another agency, and a household.
#pragma once
#include <gtest/gtest.h>

#include <string>

#include "casework/case_pages.hpp"
#include "casework/case_service.hpp"
#include "casework/pages.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::casework::testing {

inline bool has(const web::Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }
/// Where a redirect leads, without the city.
inline std::string goes_to(const web::Reply& reply) {
  std::string location(reply.header_value("location"));
  const std::size_t second = location.find('/', 1);
  return second == std::string::npos ? location : location.substr(second);
}
/// The id after `marker` in the page ("/records/" …).
inline std::string id_after(const web::Reply& reply, std::string_view marker) {
  constexpr std::size_t kIdSigns = 13;
  std::size_t at = 0;
  while ((at = reply.body.find(marker, at)) != std::string::npos) {
    at += marker.size();
    const std::string id = reply.body.substr(at, kIdSigns);
    if (parse_id_text(id)) return id;
  }
  return {};
}

class PageTest : public ::testing::Test {
 protected:
  programme::testing::TestCity t{"tsuruoka", {add_routes, [](programme::Router& r) { add_consent_recording_routes(r, {}); }}};
  programme::testing::Login swc = t.account("swc", Role::coordinator, "collaboration");
  programme::testing::Login stranger = t.account("kurashi_station", Role::coordinator);
  HouseholdId household;
  PersonId mother;
  PersonId son;

  void SetUp() override {
    const auto made = t.write(swc, [](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      people::NewHousehold h;
      h.label = "試験家";
      for (const char* given : {"はは", "むすこ"}) {
        people::NewPerson p;
        p.fields.family = "試験";
        p.fields.given = given;
        h.persons.push_back(std::move(p));
      }
      return people::register_household(tx, gate, actor, std::move(h));
    });
    ASSERT_TRUE(made.has_value());
    household = made->household;
    mother = made->persons.at(0);
    son = made->persons.at(1);
  }

  std::string home() const { return "/households/" + id_text(household); }
  CaseId open() {
    const auto opened = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      NewCase in = new_case_for(t.m(), household, gate.today());
      in.subjects = {son};
      in.owner = actor.agency;
      in.coordinating = actor.agency;
      return open_case(tx, gate, actor, in);
    });
    EXPECT_TRUE(opened.has_value());
    return opened.value_or(CaseId());
  }
  CaseFacts facts(CaseId id) {
    auto found = t.read(swc, [&](db::ReadTx& tx, access::Gate& gate) { return case_facts(tx, gate, id); });
    EXPECT_TRUE(found.has_value());
    return found.value_or(CaseFacts{});
  }
  /// 404 for an agency without a ground, for a forged id, and for nobody's record alike.
  void expect_hidden(const std::string& path) {
    EXPECT_EQ(t.get(stranger, path).status, 404) << path;
    EXPECT_FALSE(has(t.get(stranger, path), "試験家")) << path;
  }
  std::int64_t rows(db::PlainSql count) {
    return t.db().read([&](db::ReadTx& tx) { return tx.number(count); });
  }
};

}  // namespace kasane::casework::testing
