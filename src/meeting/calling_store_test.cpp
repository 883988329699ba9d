// The tables of calling on both engines.
#include "db/testing.hpp"
#include "due/service.hpp"
#include "due/settle_one.hpp"
#include "meeting/feed_store.hpp"
#include "meeting/poll_store.hpp"
#include "meeting/register_store.hpp"
#include "meeting/rule_document_store.hpp"
#include "meeting/session_store.hpp"

namespace kasane::meeting {
namespace {

const Date kDay = *Date::from_ymd(2026, 12, 1);
constexpr UtcMs kNow = 1'795'000'000'000;

class CallingStore : public db::EngineTest {
 protected:
  SessionId sitting() {
    Session s;
    s.id = fresh_id<SessionTag>();
    s.held_on = kDay;
    s.at_time = "13:30";
    s.place = "市役所";
    s.bodies = {{"juso_kaigi", programme::BodyFunction::plan_decision}, {"shien_kaigi", programme::BodyFunction::support_conference_106_6}};
    db().write([&](db::WriteTx& tx) { store::insert_session(tx, s); });
    return s.id;
  }
  Invitee agency(std::int64_t id) {
    Invitee i;
    i.id = next_id();
    i.agency = AgencyId(id);
    i.invited_by = AgencyId(7);
    return i;
  }
};
KASANE_EVERY_ENGINE(CallingStore);

TEST_P(CallingStore, keeps_invitations_answers_and_links) {
  const SessionId id = sitting();
  const Invitee first = agency(11);
  Invitee office;
  office.id = next_id();
  office.office = "みなと小学校";
  office.invited_by = AgencyId(7);
  db().write([&](db::WriteTx& tx) {
    EXPECT_TRUE(store::add_invitee(tx, id, first, kDay));
    EXPECT_FALSE(store::add_invitee(tx, id, agency(11), kDay));
    EXPECT_TRUE(store::add_invitee(tx, id, office, kDay));
    store::insert_poll(tx, {id, kDay, AgencyId(7), kDay, {}, {{0, kDay.plus_days(2), "10:00", 60}, {0, kDay, "13:30", 90}}});
    store::set_link(tx, office.id, "hash", kDay);
    store::set_required(tx, first.id, true);
  });
  const auto poll = db().read([&](db::ReadTx& tx) { return store::poll(tx, id); });
  ASSERT_TRUE(poll);
  ASSERT_EQ(poll->slots.size(), 2u);
  EXPECT_EQ(poll->slots.front().minutes, 90);  // soonest first
  db().write([&](db::WriteTx& tx) {
    store::set_reply(tx, first.id, poll->slots[0].id, PollReply::no, kNow);
    store::set_reply(tx, first.id, poll->slots[0].id, PollReply::yes, kNow);
  });
  db().read([&](db::ReadTx& tx) {
    const auto all = store::invitees(tx, id);
    EXPECT_EQ(all.size(), 2u);
    EXPECT_EQ(all.front().reply_to(poll->slots[0].id), PollReply::yes);
    EXPECT_TRUE(all.front().required);
    EXPECT_TRUE(all.back().link_opens_on(kDay));
    EXPECT_EQ(store::invitee_by_token(tx, "hash", kDay)->id, office.id);
    EXPECT_FALSE(store::invitee_by_token(tx, "hash", kDay.plus_days(1)));
    EXPECT_TRUE(store::being_asked(tx).contains(id));
    EXPECT_EQ(store::minutes_of(tx, id), 0);
    return true;
  });
  db().write([&](db::WriteTx& tx) {
    store::revoke_link(tx, office.id, kDay);
    store::set_minutes(tx, id, 45);
    store::close_poll(tx, id, kDay);
  });
  db().read([&](db::ReadTx& tx) {
    EXPECT_FALSE(store::invitee_by_token(tx, "hash", kDay));
    EXPECT_EQ(store::minutes_of(tx, id), 45);
    EXPECT_TRUE(store::being_asked(tx).empty());
    return true;
  });
  db().write([&](db::WriteTx& tx) {
    store::remove_invitee(tx, first.id);
    store::drop_poll(tx, id);
  });
  EXPECT_FALSE(db().read([&](db::ReadTx& tx) { return store::poll(tx, id); }));
}

TEST_P(CallingStore, takes_the_length_of_the_parts_where_none_was_said) {
  const SessionId id = sitting();
  db().write([&](db::WriteTx& tx) { store::set_slices(tx, id, {{"juso_kaigi", "13:30", 40, {}}, {"shien_kaigi", "14:10", 30, {}}}); });
  EXPECT_EQ(db().read([&](db::ReadTx& tx) { return store::minutes_of(tx, id); }), 70);
}

TEST_P(CallingStore, a_feed_finds_the_sittings_of_invited_agencies_once) {
  const SessionId id = sitting();
  const AccountId account(5);
  db().write([&](db::WriteTx& tx) {
    store::add_invitee(tx, id, agency(11), kDay);
    store::set_slices(tx, id, {{"juso_kaigi", "13:30", 40, {{AgencyId(11), true, false}, {AgencyId(12), true, false}}}});
    store::set_feed(tx, account, "one", kNow);
    store::set_feed(tx, account, "two", kNow + 1);
  });
  db().read([&](db::ReadTx& tx) {
    EXPECT_FALSE(store::account_of_feed(tx, "one"));
    EXPECT_EQ(store::account_of_feed(tx, "two"), account);
    EXPECT_EQ(store::feed_made_at(tx, account), kNow + 1);
    for (const std::int64_t party : {11, 12}) {
      const auto lines = store::sittings_of(tx, {AgencyId(party)}, account, kDay, kDay);
      EXPECT_EQ(lines.size(), 1u);
      EXPECT_TRUE(!lines.empty() && lines.front().session.bodies.size() == 2);
    }
    EXPECT_TRUE(store::sittings_of(tx, {AgencyId(13)}, account, kDay, kDay).empty());
    EXPECT_TRUE(store::sittings_of(tx, {AgencyId(11)}, account, kDay.plus_days(1), kDay.plus_days(9)).empty());
    return true;
  });
  db().write([&](db::WriteTx& tx) { store::drop_feed(tx, account); });
  EXPECT_FALSE(db().read([&](db::ReadTx& tx) { return store::feed_made_at(tx, account); }));
}

TEST_P(CallingStore, attendance_counts_each_part_by_its_own_seats) {
  const SessionId id = sitting();
  db().write([&](db::WriteTx& tx) {
    Session s = *store::session(tx, id);
    s.state = SessionState::held;
    EXPECT_TRUE(store::set_session(tx, s, 1));
    store::set_presence(tx, id, {AgencyId(11), AgencyId(12)});
    store::set_slices(tx, id, {{"shien_kaigi", "", 0, {{AgencyId(11), true, true}, {AgencyId(12), true, false}}}});
    store::add_invitee(tx, id, agency(13), kDay);
  });
  const FiscalYear year{2026};
  db().read([&](db::ReadTx& tx) {
    const auto lines = store::attendance(tx, year);
    const auto of = [&](const std::string& body, std::int64_t party) {
      for (const auto& line : lines)
        if (line.body == body && line.agency.value == party) return std::pair(line.invited, line.present);
      return std::pair(0, 0);
    };
    EXPECT_EQ(of("juso_kaigi", 12), std::pair(1, 1));
    EXPECT_EQ(of("shien_kaigi", 12), std::pair(1, 0));
    EXPECT_EQ(of("shien_kaigi", 11), std::pair(1, 1));
    EXPECT_EQ(of("juso_kaigi", 13), std::pair(1, 0));
    EXPECT_EQ(of("shien_kaigi", 13), std::pair(0, 0));  // asked to the sitting, not to this part
    EXPECT_EQ(store::held(tx, year).size(), 2u);
    EXPECT_TRUE(store::held(tx, FiscalYear{2025}).empty());
    EXPECT_TRUE(store::grounds(tx, year).empty());
    EXPECT_EQ(store::sittings(tx, "shien_kaigi", year).size(), 1u);
    EXPECT_TRUE(store::secrecy(tx, year, kDay).empty());
    return true;
  });
}

TEST_P(CallingStore, rule_documents_keep_every_version_and_their_bytes) {
  const std::string bytes("%PDF-1.4\0\xff", 10);
  db().write([&](db::WriteTx& tx) {
    store::insert_rule_document(tx, next_id(), {"shien_kaigi", "設置要綱", kDay, "", "https://example.jp/youkou", ""}, "", kDay, AccountId(5));
    store::insert_rule_document(tx, 99, {"shien_kaigi", "設置要綱", kDay.plus_days(30), "第3条", "", bytes}, "application/pdf", kDay, AccountId(5));
  });
  const auto all = db().read([&](db::ReadTx& tx) { return store::rule_documents(tx, "shien_kaigi"); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all.front().id, 99);
  EXPECT_EQ(db().read([&](db::ReadTx& tx) { return store::rule_file(tx, 99); })->bytes, bytes);
  EXPECT_FALSE(db().read([&](db::ReadTx& tx) { return store::rule_file(tx, all.back().id); }));
}

TEST_P(CallingStore, one_party_answering_leaves_the_others_waiting) {
  const SessionId id = sitting();
  const SubjectRef ref{SubjectKind::meeting_session, id.value};
  db().write([&](db::WriteTx& tx) {
    due::await(tx, {"poll.answer", 11, id.value, ref, kDay}, kNow);
    due::await(tx, {"poll.answer", 12, id.value, ref, kDay}, kNow);
    EXPECT_EQ(due::settle_for(tx, ref, "poll.answer", 11, {AccountId(5), AgencyId(11), kNow}), 1);
  });
  db().read([&](db::ReadTx& tx) {
    EXPECT_TRUE(due::open_for(tx, {11}, AccountId(5), kDay, 10).empty());
    EXPECT_EQ(due::open_for(tx, {12}, AccountId(5), kDay, 10).size(), 1u);
    return true;
  });
}

}  // namespace
}  // namespace kasane::meeting
