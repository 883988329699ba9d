// The transactions that closures receive.
#include "db/tx.hpp"

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace kasane::db {

namespace {
class Counted {
 public:
  explicit Counted(int& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  int& count_;
};
}  // namespace

void ReadTx::guarded(function_ref<void()> work) {
  if (failed_) std::rethrow_exception(failed_);
  try {
    work();
  } catch (const Failure&) {
    failed_ = std::current_exception();
    throw;
  }
}

void ReadTx::query(std::string_view sql, detail::Text kind, const Params& params, OnRow on_row) {
  guarded([&] {
    Counted open(open_results_);
    connection_.query(sql, kind, params, on_row);
  });
}

std::int64_t ReadTx::number(PlainSql sql, const Params& params) {
  auto found = one(sql, params, [](const Row& row) { return row.i64(0); });
  if (!found) throw Misuse("number() found no row");
  return *found;
}

bool ReadTx::exists(PlainSql sql, const Params& params) {
  bool found = false;
  each(sql, params, [&](const Row&) { found = true; });
  return found;
}

Engine ReadTx::engine() const { return connection_.engine(); }

std::int64_t WriteTx::change(std::string_view sql, detail::Text kind, const Params& params) {
  if (open_results_ > 0) throw Misuse("a change inside each(): take a list() first");
  std::int64_t changed = 0;
  guarded([&] { changed = connection_.change(sql, kind, params); });
  return changed;
}

void WriteTx::outbox(std::string_view topic, std::string_view payload) {
  run(R"sql(INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3))sql", params(next_id(), topic, payload));
}

void WriteTx::throw_if_failed(bool unless_undone) const {
  if (!failed_) return;
  if (!unless_undone) std::rethrow_exception(failed_);
  try {
    std::rethrow_exception(failed_);
  } catch (const detail::Retry&) {
    throw;
  } catch (const Failure&) {
    return;  // the closure has seen it and answers with an error of its own
  }
}

}  // namespace kasane::db
