// That a guarded agency sits in a meeting is told to nobody who may not know why: not by the parts, the attendance, the
// minutes, their sheet or the page that is followed; and saving by such a viewer takes nothing away.
#include "meeting/shown_presence.hpp"

#include <gtest/gtest.h>

#include "meeting/item_store.hpp"
#include "meeting/live_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/order_service.hpp"
#include "meeting/prepare_service.hpp"
#include "meeting/session_store.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

/// 鶴岡: a joint sitting; to the part of the 支援会議 a guarded agency is asked, by somebody who knew of it.
struct Seats : World {
  people::Registered home = aso();
  SessionId sitting = sit({"shien_kaigi", "juso_kaigi"});
  AgendaItemId item = put(household_item(sitting, "shien_kaigi", home.household, "household_not_shared")).value();
  AgencyId josei = t.agency("josei");
  std::string name = t.city().directory.name(josei);
  Login member = t.account("nikokoro", Role::meeting_member), guarded = t.account("josei", Role::window_counsellor);

  Seats() : World("tsuruoka", "swc") {
    EXPECT_TRUE(invite(item, {agency("nikokoro")}));
    t.db().write([&](db::WriteTx& tx) {
      auto attendees = store::attendees_of(tx, item);
      attendees.push_back(agency("josei"));
      store::set_attendees(tx, item, attendees);
      store::set_slices(tx, sitting, parts({josei}));
    });
    swear(member, item);
  }
  std::vector<Slice> parts(const std::vector<AgencyId>& invited) {
    std::vector<Slice> all{{"shien_kaigi", "13:30", 30, {{t.agency("nikokoro"), true, false}}}, {"juso_kaigi", "14:00", 30, {}}};
    for (const AgencyId agency : invited) all[0].seats.push_back({agency, true, false});
    return all;
  }
  bool invited(const std::vector<Slice>& all) {
    return std::any_of(all[0].seats.begin(), all[0].seats.end(), [&](const Slice::Seat& s) { return s.agency == josei && s.expected; });
  }
  bool stored_invited() {
    return invited(t.db().read([&](db::ReadTx& tx) { return store::slices(tx, sitting); }));
  }
  bool shown_invited(const Login& login) {
    const Session session = one(sitting);
    return invited(t.read(login, [&](auto& tx, auto& gate) { return shown_slices(tx, gate, city(), session); }));
  }
  bool there(const std::vector<AgencyId>& all) { return std::find(all.begin(), all.end(), josei) != all.end(); }
  bool stored_there() {
    return there(t.db().read([&](db::ReadTx& tx) { return there_for(tx, sitting, "shien_kaigi"); }));
  }
  bool shown_present(const Login& login) {
    const Session session = one(sitting);
    const auto all = t.read(login, [&](auto& tx, auto& gate) { return shown_presence(tx, gate, city(), session); });
    return std::any_of(all.begin(), all.end(), [&](const Presence& p) { return p.agency == josei && p.present; });
  }
  void begin() {
    const Holding in{one(sitting).version, Manner::sitting, t.city().directory.ids({"swc", "nikokoro", "josei"})};
    const auto done = t.write(who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      if (auto begun = begin_live(tx, gate, actor, city(), sitting, in); !begun) return begun;
      return turn_to(tx, gate, actor, city(), sitting, 1, item);
    });
    ASSERT_TRUE(done) << done.error().message << (done.error().fields.empty() ? "" : done.error().fields.front().message);
  }
};

TEST(SeatNames, hide_a_guarded_agency_that_is_invited_to_a_part_and_keep_it_on_saving) {
  Seats w;
  EXPECT_FALSE(w.shown_invited(w.who)) << "a host, who may not know why it comes";
  EXPECT_FALSE(w.shown_invited(w.member));
  EXPECT_TRUE(w.shown_invited(w.guarded)) << "its own staff";
  EXPECT_FALSE(has(w.t.get(w.member, w.page(w.sitting)), w.name));
  const auto p = w.t.read(w.who, [&](auto& tx, auto& gate) { return preparing(tx, gate, w.city(), w.sitting); });
  EXPECT_FALSE(w.invited(p->slices)) << "nor on the screen on which it is made ready";
  const std::int64_t version = w.one(w.sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return plan_slices(tx, gate, w.city(), w.sitting, version, w.parts({})); }));
  EXPECT_TRUE(w.stored_invited());
  EXPECT_FALSE(w.shown_invited(w.who));
}

TEST(SeatNames, show_invitations_of_a_part_to_who_arranges_it_alone) {
  Seats w;
  const std::string other = w.t.city().directory.name(w.t.agency("nikokoro"));
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.sitting)), "招く機関"));
  EXPECT_FALSE(has(w.t.get(w.t.account("hokatsu_care", Role::window_counsellor), w.page(w.sitting)), other));
}

TEST(SeatNames, hide_a_guarded_agency_that_was_there_and_keep_it_on_saving) {
  Seats w;
  w.begin();
  EXPECT_TRUE(w.stored_there());
  EXPECT_FALSE(w.shown_present(w.who));
  EXPECT_FALSE(w.shown_present(w.member));
  EXPECT_TRUE(w.shown_present(w.guarded));
  for (const char* path : {"", "/live", "/minutes", "/minutes/papers/shien_kaigi"}) {
    const auto page = w.t.get(w.member, w.page(w.sitting) + path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_FALSE(has(page, w.name)) << path;
  }
  EXPECT_TRUE(has(w.t.get(w.member, w.page(w.sitting) + "/minutes"), w.t.city().directory.name(w.t.agency("swc")))) << "the others are named";
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.sitting) + "/minutes"), w.name));
  const Holding without{w.one(w.sitting).version, Manner::sitting, w.t.city().directory.ids({"swc"})};
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return change_presence(tx, gate, actor, w.city(), w.sitting, without); }));
  EXPECT_TRUE(w.stored_there());
  EXPECT_TRUE(w.shown_present(w.guarded));
  const auto now = w.t.db().read([&](db::ReadTx& tx) { return there_for(tx, w.sitting, "shien_kaigi"); });
  EXPECT_EQ(std::count(now.begin(), now.end(), w.t.agency("nikokoro")), 0) << "who is shown can go";
}

TEST(SeatNames, are_told_in_a_sitting_about_no_household_to_who_takes_its_attendance) {
  Seats w;
  const SessionId other = w.sit({"juso_kaigi"});
  ASSERT_TRUE(w.hold(other, {"swc", "josei"}));
  const Session session = w.one(other);
  const auto shown = [&](const Login& login) {
    return w.t.read(login, [&](auto& tx, auto& gate) { return shown_presence(tx, gate, w.city(), session); }).size();
  };
  EXPECT_EQ(shown(w.who), 2u);
  EXPECT_EQ(shown(w.member), 1u);
}

}  // namespace
}  // namespace kasane::meeting
