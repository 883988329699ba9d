// Reading and writing are different types: what takes a ReadTx cannot change anything. Both live only inside the
// closure given to Database::read or Database::write.
#pragma once
#include <cstdint>
#include <exception>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "db/errors.hpp"
#include "db/function_ref.hpp"
#include "db/param.hpp"
#include "db/row.hpp"
#include "db/sql.hpp"

namespace kasane::db {

enum class Engine { sqlite, postgres };

namespace detail {
class Connection;
enum class Text { plain, personal };
}  // namespace detail

class ReadTx {
 public:
  using OnRow = function_ref<void(const Row&)>;
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  /// Calls `on_row` for each row. The callback may read more in the same transaction, but not change anything (Misuse:
  /// the engines differ in what the open statement would see; take a list() first).
  void each(PlainSql sql, const Params& params, OnRow on_row) { query(sql.text(), detail::Text::plain, params, on_row); }

  /// The one row, mapped; nothing when there is none. Misuse when there are several.
  template <class T = void, class Mapper>
  auto one(PlainSql sql, const Params& params, Mapper mapper)
      -> std::optional<std::conditional_t<std::is_void_v<T>, std::invoke_result_t<Mapper&, const Row&>, T>> {
    std::optional<std::conditional_t<std::is_void_v<T>, std::invoke_result_t<Mapper&, const Row&>, T>> found;
    each(sql, params, [&](const Row& row) {
      if (found) throw Misuse("one() found several rows");
      found.emplace(mapper(row));
    });
    return found;
  }

  /// All rows, mapped, in the statement's order.
  template <class T = void, class Mapper>
  auto list(PlainSql sql, const Params& params, Mapper mapper)
      -> std::vector<std::conditional_t<std::is_void_v<T>, std::invoke_result_t<Mapper&, const Row&>, T>> {
    std::vector<std::conditional_t<std::is_void_v<T>, std::invoke_result_t<Mapper&, const Row&>, T>> all;
    each(sql, params, [&](const Row& row) { all.push_back(mapper(row)); });
    return all;
  }

  /// First column of the only row, e.g. SELECT count(*). Misuse when there is no row.
  std::int64_t number(PlainSql sql, const Params& params = {});
  /// Whether there is any row.
  bool exists(PlainSql sql, const Params& params = {});

  /// For the access door: a statement whose $permit and {scope:} it has expanded.
  void each_personal(std::string_view expanded_sql, const Params& params, OnRow on_row, PersonalKey) {
    query(expanded_sql, detail::Text::personal, params, on_row);
  }
  Engine engine() const;

 protected:
  friend class Database;
  explicit ReadTx(detail::Connection& connection) : connection_(connection) {}
  ~ReadTx() = default;
  void query(std::string_view sql, detail::Text kind, const Params& params, OnRow on_row);
  /// Runs `work`; keeps what it throws, and throws it again at every later use (see errors.hpp, Failure).
  void guarded(function_ref<void()> work);

  detail::Connection& connection_;
  std::exception_ptr failed_;
  int open_results_ = 0;
};

class WriteTx : public ReadTx {
 public:
  explicit WriteTx(detail::Connection& connection) : ReadTx(connection) {}
  /// Runs a statement without rows to read; returns how many rows it changed.
  std::int64_t run(PlainSql sql, const Params& params = {}) { return change(sql.text(), detail::Text::plain, params); }
  /// For the access door.
  std::int64_t run_personal(std::string_view expanded_sql, const Params& params, PersonalKey) {
    return change(expanded_sql, detail::Text::personal, params);
  }
  /// Something to do outside the database once this is committed (mail, notice): kept in the table `outbox` and
  /// taken from there (outbox.hpp). `payload` names records by id and holds no personal data.
  void outbox(std::string_view topic, std::string_view payload);
  /// Throws what an earlier statement threw, so that a lost transaction is never taken for a done one. When the
  /// closure undoes its work anyway, only a lost race is thrown: then the closure must run again.
  void throw_if_failed(bool unless_undone) const;

 private:
  std::int64_t change(std::string_view sql, detail::Text kind, const Params& params);
};

}  // namespace kasane::db
