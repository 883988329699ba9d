// Why this may be seen, and by whom it was seen: told to those who may know, and to nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "access/audit_scan.hpp"
#include "access/audit_store.hpp"
#include "access/guarded.hpp"
#include "desk/pages.hpp"
#include "people/service.hpp"
#include "programme/account_store.hpp"
#include "programme/testing.hpp"

namespace kasane::desk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

struct AccessPages : ::testing::Test {
  TestCity t{"tsuruoka", {add_routes}};
  Login holder = t.account("swc", Role::coordinator);
  Login reached = t.account("cgsc_fujishima", Role::window_counsellor);
  Login stranger = t.account("cgsc_asahi", Role::coordinator);
  Login admin = t.account("hokatsu_care", Role::administrator);
  HouseholdId home;

  void SetUp() override {
    const auto made = t.write(holder, [&](auto& tx, auto& gate, const auto& actor) -> Result<HouseholdId> {
      people::NewHousehold h;
      h.label = "試作家";
      h.persons = {people::NewPerson{}};
      h.persons[0].fields.family = "試作";
      h.persons[0].fields.given = "花";
      auto registered = people::register_household(tx, gate, actor, h);
      if (!registered) return tl::unexpected(registered.error());
      access::Ground g;
      g.kind = access::GroundKind::statutory_conference;
      g.root = registered->household.value;
      g.topics = access::Topic::basic | access::Topic::health;
      g.named = {t.agency("cgsc_fujishima").value};
      g.from = t.clock().today();
      g.until = t.clock().today().plus_days(30);
      g.basis = "社会福祉法106条の6（試験）（juso@2021-04-01）";
      g.source = 1;
      access::add_ground(tx, g, actor);
      return registered->household;
    });
    ASSERT_TRUE(made);
    home = *made;
  }
  std::string seen_path() { return "/households/" + id_text(home) + "/seen"; }
  std::string why_path() { return "/why/" + id_text(home); }

  /// A page as the program sends it: the trail is kept first.
  void look(const Login& who, const std::string& path) {
    web::Reply reply = t.get(who, path);
    if (!reply.before_send) return;
    std::promise<bool> kept;
    reply.before_send([&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
  }
  void gather() {
    const access::AgenciesOf agencies = [](db::ReadTx& tx, std::int64_t account, Date day) {
      std::vector<std::int64_t> out;
      for (const auto& post : programme::posts_on(tx, AccountId(account), day)) out.push_back(post.agency.value);
      return out;
    };
    while (access::scan_reads(t.city().audit.file_for(t.clock().now()), t.db(), agencies) > 0) {
    }
  }
  std::string number() {
    return t.db().read([&](db::ReadTx& tx) {
      return tx.list<std::string>(R"sql(SELECT number FROM household WHERE id = $1)sql", db::params(home), [](const db::Row& r) { return r.text(0); }).at(0);
    });
  }
};

TEST_F(AccessPages, the_foot_of_a_household_page_leads_to_the_reason) {
  EXPECT_THAT(t.get(holder, "/households/" + id_text(home)).body, HasSubstr("/tsuruoka" + why_path()));
  EXPECT_THAT(t.get(holder, "/today").body, Not(HasSubstr("/why/")));
}

TEST_F(AccessPages, the_holder_reads_that_its_agency_holds_the_record) {
  const auto page = t.get(holder, why_path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("保有する機関に属しています"), HasSubstr(seen_path())));
}

TEST_F(AccessPages, another_agency_reads_its_ground_with_its_end_and_statute_and_not_who_has_looked) {
  const auto page = t.get(reached, why_path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("支援会議（社会福祉法106条の6）"), HasSubstr("社会福祉法106条の6（試験）</td>"), HasSubstr("令和3年4月1日からの条文"), HasSubstr("健康・障がい・介護"),
                               HasSubstr(wareki(t.clock().today().plus_days(30))), Not(HasSubstr("収入・債務")), Not(HasSubstr("/seen"))));
}

// 個人情報保護法27条: whose contract it is, as far as the folder says; the text version of the day, as far as it was checked.
TEST_F(AccessPages, a_contractor_reads_its_contract_and_the_law_and_what_the_plan_does_not_say) {
  TestCity there("kitakami", {add_routes});
  const Login city_staff = there.account("chiiki_fukushi", Role::coordinator);
  const Login iitoyo = there.account("cgsc_iitoyo", Role::window_counsellor), section = there.account("shogai_fukushi", Role::window_counsellor);
  const auto give = [](TestCity& at, const Login& by, std::vector<std::int64_t> named) {
    return at.write(by, [&](auto& tx, auto& gate, const auto& actor) -> Result<HouseholdId> {
      people::NewHousehold h;
      h.label = "試作家";
      auto registered = people::register_household(tx, gate, actor, h);
      if (!registered) return tl::unexpected(registered.error());
      access::Ground g;
      g.kind = access::GroundKind::contract;
      g.root = registered->household.value;
      g.topics = access::Topic::basic;
      g.named = named;
      g.from = gate.today();
      g.until = gate.today().plus_days(30);
      g.basis = "会議の日時と場所";
      g.source = 1;
      access::add_ground(tx, g, actor);
      return registered->household;
    }).value();
  };
  const auto why = "/why/" + id_text(give(there, city_staff, {there.agency("cgsc_iitoyo").value, there.agency("shogai_fukushi").value}));
  EXPECT_THAT(there.get(iitoyo, why).body, AllOf(HasSubstr("27条と委託契約"), HasSubstr("地域包括支援センターいいとよ（受託者 （福）平和会）"), HasSubstr(">未確認</td>")));
  EXPECT_THAT(there.get(section, why).body, AllOf(HasSubstr("27条と委託契約"), Not(HasSubstr("受託者"))));
  const auto blank = "/why/" + id_text(give(t, holder, {t.agency("cgsc_fujishima").value}));
  EXPECT_THAT(t.get(reached, blank).body, HasSubstr("地域包括支援センターふじしま（受託者は計画に記載なし）"));
}

// A contractor reads on what it holds its own records, too; the city, which is entrusted by nobody, reads nothing of it.
TEST_F(AccessPages, a_contractor_reads_on_which_contract_it_holds_its_own_records) {
  TestCity there("kitakami", {add_routes});
  const auto own_page = [&](const Login& who) {
    const auto made = there.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      people::NewHousehold h;
      h.label = "試作家";
      return people::register_household(tx, gate, actor, h);
    });
    return there.get(who, "/why/" + id_text(made.value().household)).body;
  };
  EXPECT_THAT(own_page(there.account("cgsc_iitoyo", Role::window_counsellor)),
              AllOf(HasSubstr("保有の根拠"), HasSubstr("27条と委託契約"), HasSubstr("（未確認）"), HasSubstr("受託者 （福）平和会")));
  EXPECT_THAT(own_page(there.account("chiiki_fukushi", Role::coordinator)), AllOf(HasSubstr("保有する機関に属しています"), Not(HasSubstr("保有の根拠"))));
}

TEST_F(AccessPages, who_may_not_know_the_record_learns_nothing_of_its_grounds) {
  const auto unknown = t.get(stranger, "/why/" + id_text(next_id()));
  const auto hidden = t.get(stranger, why_path());
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(t.get(stranger, seen_path()).status, 404);
  EXPECT_EQ(t.get(reached, seen_path()).status, 404);
}

TEST_F(AccessPages, the_holder_reads_who_opened_the_household) {
  look(reached, "/households/" + id_text(home));
  look(stranger, "/households/" + id_text(home));  // refused: has seen nothing
  gather();
  const auto page = t.get(holder, seen_path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("ふじしま"), HasSubstr("1回"), Not(HasSubstr("あさひ"))));
}

TEST_F(AccessPages, whoever_is_kept_from_somebody_there_does_not_read_who_has_looked) {
  t.db().write([&](db::WriteTx& tx) {
    const auto person = tx.number(R"sql(SELECT person_id FROM membership WHERE household_id = $1)sql", db::params(home));
    access::add_shield(tx, {{holder.account.value}, PersonId(person), access::Topic::contact, t.clock().today(), *Date::from_iso(access::kForever), 1});
  });
  EXPECT_EQ(t.get(holder, seen_path()).status, 404);
  EXPECT_THAT(t.get(holder, why_path()).body, Not(HasSubstr("/seen")));
}

TEST_F(AccessPages, the_simulator_tells_the_rules_and_not_the_content) {
  const std::string login = t.db().read([&](db::ReadTx& tx) { return programme::account_by_id(tx, reached.account)->login; });
  const auto ask = [&](const std::string& of, const std::string& act) { return t.post(admin, "/settings/access", {{"login", login}, {"number", of}, {"act", act}}); };
  const auto page = ask(number(), "read");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("：できます"), HasSubstr("支援会議（社会福祉法106条の6）"), Not(HasSubstr("試作"))));
  EXPECT_THAT(ask(number(), "decide").body, HasSubstr("：できません"));
  EXPECT_EQ(ask("x", "read").status, 422);
  EXPECT_EQ(t.get(holder, "/settings/access").status, 404);
}

TEST_F(AccessPages, the_simulator_does_not_tell_a_protection_from_no_ground) {
  const std::string login = t.db().read([&](db::ReadTx& tx) { return programme::account_by_id(tx, reached.account)->login; });
  const auto ask = [&] {
    const std::string body = t.post(admin, "/settings/access", {{"login", login}, {"number", number()}, {"act", "read"}}).body;
    return body.substr(body.find("決まりの当てはめ"), body.rfind("</table>") - body.find("決まりの当てはめ"));
  };
  t.db().write([&](db::WriteTx& tx) {
    access::add_shield(tx, {{t.agency("cgsc_fujishima").value}, PersonId(home.value), access::kAllTopics, t.clock().today(), *Date::from_iso(access::kForever), 7});
  });
  const std::string kept = ask();
  t.db().write([&](db::WriteTx& tx) {
    access::end_shields(tx, 7, t.clock().today());
    access::revoke_grounds(tx, 1, t.clock().today());
  });
  EXPECT_EQ(kept, ask());
}

TEST_F(AccessPages, a_look_at_the_reasons_is_an_event_and_so_is_a_refused_one) {
  const auto event_of = [&](const Login& who, const std::string& path) {
    web::Reply reply = t.get(who, path);
    EXPECT_TRUE(reply.before_send);
    std::promise<bool> kept;
    reply.before_send([&](bool ok) { kept.set_value(ok); });
    EXPECT_TRUE(kept.get_future().get());
    return t.city().audit.file_for(t.clock().now()).read([](db::ReadTx& tx) { return access::audit_store::newest_reads(tx, 0, 1); }).at(0).event;
  };
  const auto seen = event_of(reached, why_path());
  EXPECT_EQ(seen.action, "access.why");
  EXPECT_EQ(access::unpack_subjects(seen.subjects)->at(0).ref.id, home.value);
  const auto refused = event_of(stranger, why_path());
  EXPECT_TRUE(access::unpack_subjects(refused.subjects)->at(0).denied);
}

TEST_F(AccessPages, the_reason_does_not_name_a_guarded_holder) {
  t.db().write([&](db::WriteTx& tx) { access::set_guarded(tx, {t.agency("swc")}); });
  EXPECT_THAT(t.get(reached, why_path()).body, Not(HasSubstr("保有する機関")));
  EXPECT_THAT(t.get(holder, why_path()).body, HasSubstr("保有する機関"));
}

}  // namespace
}  // namespace kasane::desk
