// The meeting tables on both engines.
#include "db/testing.hpp"
#include "meeting/item_store.hpp"
#include "meeting/session_store.hpp"

namespace kasane::meeting {
namespace {

class MeetingStore : public db::EngineTest {
 protected:
  static Session sitting(Date on) {
    Session s;
    s.id = fresh_id<SessionTag>();
    s.held_on = on;
    s.at_time = "13:30";
    s.place = "市役所";
    s.bodies = {{"juso_kaigi", programme::BodyFunction::plan_decision}, {"shien_kaigi", programme::BodyFunction::support_conference_106_6}};
    return s;
  }
};
KASANE_EVERY_ENGINE(MeetingStore);

TEST_P(MeetingStore, keeps_a_session_with_its_bodies_and_refuses_an_older_version) {
  Session s = sitting(*Date::from_ymd(2026, 12, 1));
  db().write([&](db::WriteTx& tx) { store::insert_session(tx, s); });
  auto kept = db().read([&](db::ReadTx& tx) { return store::session(tx, s.id); });
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->bodies.size(), 2u);
  EXPECT_EQ(kept->bodies.front().function, programme::BodyFunction::plan_decision);
  EXPECT_EQ(kept->items, 0);
  EXPECT_EQ(db().read([&](db::ReadTx& tx) { return store::planned(tx, 10); }).size(), 1u);
  s.state = SessionState::held;
  s.manner = Manner::phone;
  EXPECT_TRUE(db().write([&](db::WriteTx& tx) { return store::set_session(tx, s, 1); }));
  EXPECT_FALSE(db().write([&](db::WriteTx& tx) { return store::set_session(tx, s, 1); }));
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return store::planned(tx, 10); }).empty());
  const auto past = db().read([&](db::ReadTx& tx) { return store::past(tx, *Date::from_ymd(2027, 1, 1), 10); });
  ASSERT_EQ(past.size(), 1u);
  EXPECT_EQ(past.front().manner, Manner::phone);
  EXPECT_TRUE(db().write([&](db::WriteTx& tx) { return store::set_confirmed(tx, s.id, 2, *Date::from_ymd(2026, 12, 2), AccountId(1)); }));
}

TEST_P(MeetingStore, keeps_who_was_there_once) {
  const Session s = sitting(*Date::from_ymd(2026, 12, 1));
  db().write([&](db::WriteTx& tx) {
    store::insert_session(tx, s);
    store::set_presence(tx, s.id, {AgencyId(1), AgencyId(2)});
    store::set_presence(tx, s.id, {AgencyId(2)});
  });
  const auto there = db().read([&](db::ReadTx& tx) { return store::presence(tx, s.id); });
  ASSERT_EQ(there.size(), 2u);
  EXPECT_TRUE(there.back().present);
}

TEST_P(MeetingStore, an_empty_agenda_has_nothing_and_starts_at_one) {
  const Session s = sitting(*Date::from_ymd(2026, 12, 1));
  db().write([&](db::WriteTx& tx) { store::insert_session(tx, s); });
  db().read([&](db::ReadTx& tx) {
    EXPECT_EQ(store::next_number(tx, s.id), 1);
    EXPECT_TRUE(store::waiting_in(tx, s.id).empty());
    EXPECT_TRUE(store::outlines(tx, s.id).empty());
    EXPECT_TRUE(store::on_planned_agendas(tx).empty());
    EXPECT_FALSE(store::head(tx, AgendaItemId(5)));
    EXPECT_FALSE(store::account_of(tx, "nobody"));
    EXPECT_FALSE(store::account_name(tx, AccountId(5)));
  });
}

TEST_P(MeetingStore, attendees_are_replaced_as_a_whole) {
  const Attendee a{7, Scope::section, std::nullopt, *Date::from_ymd(2026, 12, 1), access::Topics(access::Topic::meeting)};
  const Attendee b{8, Scope::item, *Date::from_ymd(2026, 11, 1), *Date::from_ymd(2026, 12, 5), access::kStandardScope};
  db().write([&](db::WriteTx& tx) {
    store::set_attendees(tx, AgendaItemId(5), {a, b});
    store::set_attendees(tx, AgendaItemId(5), {b});
  });
  const auto kept = db().read([&](db::ReadTx& tx) { return store::attendees_of(tx, AgendaItemId(5)); });
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept.front().party, 8);
  EXPECT_EQ(kept.front().appointed_on, b.appointed_on);
  EXPECT_EQ(kept.front().topics, access::kStandardScope);
}

}  // namespace
}  // namespace kasane::meeting
