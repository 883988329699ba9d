// Whom the 本人 keeps away from what is shared stays away as a person and as a guest too; and who guards somebody of the
// household hears of a 相手方, or of whoever serves him, that is asked to a meeting.
#include <gtest/gtest.h>

#include "due/service.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/meeting_world.hpp"
#include "people/protection_service.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

/// An item on the consent of a person who shares nothing with 障がい福祉課.
struct Excepting : World {
  people::Registered family = aso();
  SessionId sitting;
  AgendaItemId item;

  explicit Excepting(bool from_the_start = true) : World("nagaokakyo", "chiiki_fukushi_renkei") {
    agree(family, 0, from_the_start ? std::vector<AgencyId>{t.agency("shogai_fukushi")} : std::vector<AgencyId>());
    const PlanId plan = draft(open(family), family.persons[0]);
    submit(plan, family.persons[0]);
    sitting = sit({"juso_kaigi"});
    item = put(plan_item(sitting, "juso_kaigi", plan)).value();
  }
  Attendee in_person(const Login& login) {
    Attendee a = agency("cgsc_higashi");
    a.party = login.account.value;
    a.appointed_on = today();
    return a;
  }
  Result<Handed> let_in(std::string office, bool apart) {
    const NewGuest guest{GuestKind::outside, "架空 次郎", std::move(office), std::nullopt, today().plus_days(7), apart};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, city(), t.city().key, item, guest); });
  }
};

TEST(KeptAway, somebody_of_an_excepted_agency_is_not_called_in_person_either) {
  Excepting w;
  const Login clerk = w.t.account("shogai_fukushi", Role::window_counsellor);
  const auto refused = w.invite(w.item, {w.in_person(clerk)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "adviser_login");
  EXPECT_FALSE(w.sees(clerk, w.item));
  const Login both = w.t.account({{"cgsc_higashi", Role::window_counsellor}, {"shogai_fukushi", Role::window_counsellor}});
  EXPECT_FALSE(w.invite(w.item, {w.in_person(both)})) << "any post there keeps away";
  const Login former = w.t.account({{"cgsc_higashi", Role::window_counsellor}, {"shogai_fukushi", Role::window_counsellor}});
  w.t.db().write([&](db::WriteTx& tx) {
    tx.run(R"sql(UPDATE post SET valid_until = $3 WHERE account_id = $1 AND agency_id = $2)sql",
           db::params(former.account, w.t.agency("shogai_fukushi"), w.today().plus_days(-1)));
  });
  EXPECT_TRUE(w.invite(w.item, {w.in_person(former)})) << "who works there no more is not of it";
  EXPECT_TRUE(w.sees(former, w.item));
}

TEST(KeptAway, who_was_called_before_the_exception_was_made_gets_nothing_by_a_later_step) {
  Excepting w(false);
  const Login clerk = w.t.account("shogai_fukushi", Role::window_counsellor);
  ASSERT_TRUE(w.invite(w.item, {w.in_person(clerk)}));
  const auto handed = w.let_in("障がい福祉課", false);
  ASSERT_TRUE(handed) << handed.error().message;
  ASSERT_TRUE(w.sees(clerk, w.item));
  w.agree(w.family, 0, {w.t.agency("shogai_fukushi")});
  const std::int64_t version = w.one(w.sitting).version;
  const NewSession later{{"juso_kaigi"}, w.today().plus_days(1), "13:30", "市役所"};
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return move_session(tx, gate, actor, w.city(), w.sitting, version, later); }));
  EXPECT_FALSE(w.sees(clerk, w.item));
  const bool opens = w.t.db().read([&](db::ReadTx& tx) { return open_link(tx, handed->token, w.t.clock().now()).has_value(); });
  EXPECT_FALSE(opens) << "the guest of that office";
}

TEST(KeptAway, a_guest_is_let_in_only_with_an_eye_on_the_excepted_agencies) {
  Excepting w;
  for (const char* office : {"障がい福祉課", "長岡京市　障がい福祉課", "長岡京市役所障がい福祉課"}) {
    const auto same = w.let_in(office, true);
    ASSERT_FALSE(same) << office;
    EXPECT_EQ(same.error().fields.front().field, "office");
  }
  const auto unthinking = w.let_in("架空製作所", false);
  ASSERT_FALSE(unthinking);
  EXPECT_EQ(unthinking.error().fields.front().field, "apart");
  EXPECT_TRUE(w.let_in("架空製作所", true));
}

TEST(KeptAway, the_form_for_guests_names_the_excepted_agencies_and_asks) {
  Excepting w;
  const std::string path = w.page(w.item) + "/guests";
  EXPECT_TRUE(has(w.t.get(w.who, path), "本人が共有しない機関: 障がい福祉課"));
  web::Pairs guest{{"kind", "outside"}, {"name", "架空 次郎"}, {"office", "架空診療所"}, {"until", w.today().plus_days(5).iso()}};
  const auto asked = w.t.post(w.who, path, guest);
  EXPECT_EQ(asked.status, 422);
  EXPECT_TRUE(has(asked, "架空診療所")) << "what was typed stays";
  guest.emplace_back("apart", "yes");
  EXPECT_EQ(w.t.post(w.who, path, guest).status, 200);
  Excepting none(false);
  EXPECT_FALSE(has(none.t.get(none.who, none.page(none.item) + "/guests"), "本人が共有しない機関"));
}

/// A person of the household is guarded against somebody who is not registered, whom 障がい福祉課 serves.
struct Guarding : World {
  people::Registered family = aso();
  SessionId sitting = sit({"shien_kaigi"});
  AgendaItemId item = put(household_item(sitting, "shien_kaigi", family.household, "early_system")).value();

  Guarding() : World("nagaokakyo", "chiiki_fukushi_renkei") {
    people::NewMeasure what;
    what.household = family.household;
    what.person = family.persons[0];
    what.kind = people::ProtectionKind::abuse;
    what.from = today();
    what.opponent_names = {"架空　太郎"};
    what.other_side = {t.agency("shogai_fukushi")};
    const auto made = t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return people::add_measure(tx, gate, actor, {}, what); });
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
  }
  std::int64_t alarms() {
    return t.db().read([&](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM protective_alarm WHERE code = 'asked' AND seen_on IS NULL)sql"); });
  }
  std::int64_t told() {
    return t.db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = 'protection.alarm' AND party_id = $1 AND done_on IS NULL)sql", db::params(t.agency(home)));
    });
  }
  web::Reply let_in(std::string name, std::string office) {
    return t.post(who, page(item) + "/guests", {{"kind", "outside"}, {"name", std::move(name)}, {"office", std::move(office)},
                                                {"appointed_on", today().iso()}, {"until", today().plus_days(5).iso()}});
  }
};

TEST(GuardedHome, a_guest_who_is_called_like_the_opponent_alarms_the_holder_and_tells_the_inviter_nothing_W73) {
  Guarding w;
  const auto plain = w.let_in("架空 花子", "架空小学校");
  ASSERT_EQ(plain.status, 200) << plain.body;
  EXPECT_EQ(w.alarms(), 0);
  const auto namesake = w.let_in("架空太郎", "");
  EXPECT_EQ(namesake.status, 200) << "not refused: that would tell";
  EXPECT_FALSE(has(namesake, "相手方"));
  EXPECT_EQ(w.alarms(), 1);
  EXPECT_EQ(w.told(), 1);
}

TEST(GuardedHome, a_guest_from_an_office_that_serves_the_opponent_alarms_the_holder) {
  Guarding w;
  EXPECT_EQ(w.let_in("架空 花子", "障がい福祉課").status, 200);
  EXPECT_EQ(w.alarms(), 1);
}

TEST(GuardedHome, somebody_called_in_person_alarms_by_agency_and_by_name) {
  Guarding w;
  const Login clerk = w.t.account("shogai_fukushi", Role::window_counsellor);
  Attendee a = w.agency("cgsc_higashi");
  a.party = clerk.account.value;
  a.appointed_on = w.today();
  ASSERT_TRUE(w.invite(w.item, {a}));
  EXPECT_EQ(w.alarms(), 1);
  const Login namesake = w.t.account("cgsc_higashi", Role::window_counsellor);
  w.t.db().write([&](db::WriteTx& tx) { tx.run(R"sql(UPDATE account SET display_name = '架空 太郎' WHERE id = $1)sql", db::params(namesake.account)); });
  a.party = namesake.account.value;
  ASSERT_TRUE(w.invite(w.item, {a}));
  EXPECT_EQ(w.alarms(), 2);
}

TEST(GuardedHome, a_registered_opponent_is_known_by_the_name_in_the_register) {
  Guarding w;
  people::NewMeasure what;
  what.household = w.family.household;
  what.person = w.family.persons[0];
  what.kind = people::ProtectionKind::abuse;
  what.from = w.today();
  what.opponents = {w.family.persons[1]};
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return people::add_measure(tx, gate, actor, {}, what); }));
  EXPECT_EQ(w.let_in("阿曽　実", "").status, 200);
  EXPECT_EQ(w.alarms(), 1);
}

}  // namespace
}  // namespace kasane::meeting
