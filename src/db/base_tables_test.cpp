// Commands that are repeated, and the outbox.
#include <atomic>
#include <thread>

#include "db/command.hpp"
#include "db/outbox.hpp"
#include "db/testing.hpp"

namespace kasane::db {
namespace {

class Commands : public EngineTest {};
KASANE_EVERY_ENGINE(Commands);
class Outbox : public EngineTest {};
KASANE_EVERY_ENGINE(Outbox);

TEST_P(Commands, answer_a_repeat_as_the_first_time_and_only_to_the_same_account) {
  db().write([](WriteTx& tx) {
    EXPECT_EQ(earlier_result(tx, "c1", AccountId(1)), std::nullopt);
    remember(tx, "c1", AccountId(1), 5, "made");
    EXPECT_EQ(earlier_result(tx, "c1", AccountId(1)), "made");
    EXPECT_EQ(earlier_result(tx, "c1", AccountId(2)), std::nullopt);
  });
  EXPECT_THROW(db().write([](WriteTx& tx) { remember(tx, "c1", AccountId(2), 6, "other"); }), ConstraintViolation);
}

TEST_P(Commands, sent_many_times_at_once_are_carried_out_once) {
  std::atomic<int> carried_out = 0;
  std::vector<std::thread> senders;
  for (int n = 0; n < 4; ++n) {
    senders.emplace_back([&] {
      const bool mine = db().write([&](WriteTx& tx) {
        if (earlier_result(tx, "c1", AccountId(1))) return false;
        remember(tx, "c1", AccountId(1), 5, "made");
        return true;
      });
      if (mine) ++carried_out;
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(carried_out, 1);
}

TEST_P(Outbox, hands_out_what_was_committed_oldest_first) {
  db().write([](WriteTx& tx) {
    tx.outbox("mail", "1");
    tx.outbox("mail", "2");
  });
  (void)db().write([](WriteTx& tx) -> Result<> {
    tx.outbox("mail", "never");
    return fail(ErrorCode::conflict);
  });
  const auto waiting = [&] { return db().read([](ReadTx& tx) { return waiting_in_outbox(tx, 10); }); };
  auto items = waiting();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].payload, "1");
  EXPECT_EQ(items[1].topic, "mail");

  db().write([&](WriteTx& tx) { outbox_failed(tx, items[0].id); });
  EXPECT_EQ(waiting()[0].payload, "2") << "what failed goes behind";
  EXPECT_EQ(waiting()[1].attempts, 1);
  db().write([&](WriteTx& tx) { outbox_done(tx, items[0].id); });
  EXPECT_EQ(waiting().size(), 1U);
}

}  // namespace
}  // namespace kasane::db
