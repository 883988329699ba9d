// How a transaction runs on one connection, the same for both engines.
#include "db/connection.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace kasane::db::detail {

void Connection::roll_back() noexcept {
  try {
    if (!broken() && in_transaction()) control("ROLLBACK");
  } catch (const Failure&) {
    // Only a lost connection fails here, and its transaction ends with it.
  }
}

void run_transaction(Connection& connection, function_ref<bool(WriteTx&)> job) {
  connection.begin_write();
  try {
    WriteTx tx(connection);
    const bool keep = job(tx);
    tx.throw_if_failed(/*unless_undone=*/!keep);
    if (keep) connection.commit();
  } catch (...) {
    connection.roll_back();
    throw;
  }
  connection.roll_back();  // undoes when not kept; nothing after a commit
}

namespace {
void pause_before(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> ms(1, 10 * attempt);
  std::this_thread::sleep_for(std::chrono::milliseconds(ms(random)));
}
}  // namespace

void with_retries(function_ref<void()> attempt) {
  constexpr int kRetries = 5;
  for (int n = 0;; ++n) {
    try {
      if (n > 0) pause_before(n);
      attempt();
      return;
    } catch (const Retry& lost) {
      if (n == kRetries) std::rethrow_exception(lost.instead);
    }
  }
}

}  // namespace kasane::db::detail
