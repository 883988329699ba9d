// One row of a result, alive only inside the callback that receives it. Columns are counted from 0.
// A column whose name begins with pii_ is personal: it is read only with a PersonalKey, which only the access door
// can make; every other getter throws Misuse on it. Getters without opt_ throw Misuse on NULL.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/param.hpp"

namespace kasane::access {
class Door;
}

namespace kasane::db {

/// Shows that the access door was passed.
class PersonalKey {
  friend class kasane::access::Door;
  PersonalKey() {}  // not "= default": an aggregate could be made by anybody with {}
};

namespace detail {
/// The row as the engine holds it. Values are asked for only where the column is not NULL.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual bool is_null(int col) const = 0;
  /// Whole numbers; booleans are 0 and 1 (SQLite does not tell them apart). Misuse when it is not a number.
  virtual std::int64_t i64(int col) const = 0;
  virtual std::string_view text(int col) const = 0;
  virtual Blob blob(int col) const = 0;
};

/// The columns of a statement, looked at once when it is prepared.
struct Columns {
  std::vector<std::string> names;
  std::vector<bool> personal;
  static Columns of(std::vector<std::string> names);
};
}  // namespace detail

class Row {
 public:
  Row(const detail::RowSource& source, const detail::Columns& columns) : source_(source), columns_(columns) {}
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  int columns() const { return static_cast<int>(columns_.names.size()); }
  const std::string& name(int col) const;
  bool is_null(int col) const;
  std::int64_t i64(int col) const;
  std::optional<std::int64_t> opt_i64(int col) const;
  bool boolean(int col) const;
  std::optional<bool> opt_boolean(int col) const;
  std::string text(int col) const;
  std::optional<std::string> opt_text(int col) const;
  Blob blob(int col) const;
  std::optional<Blob> opt_blob(int col) const;
  /// Misuse when the text is not an ISO date.
  Date date(int col) const;
  std::optional<Date> opt_date(int col) const;
  template <class Tag>
  Id<Tag> id(int col) const { return Id<Tag>(i64(col)); }
  template <class Tag>
  std::optional<Id<Tag>> opt_id(int col) const {
    auto value = opt_i64(col);
    return value ? std::optional<Id<Tag>>(Id<Tag>(*value)) : std::nullopt;
  }
  /// An enum stored as its number. That the number is one of the enum's is for a CHECK in the schema.
  template <class E>
    requires std::is_enum_v<E>
  E as(int col) const { return static_cast<E>(static_cast<std::underlying_type_t<E>>(i64(col))); }
  template <class E>
    requires std::is_enum_v<E>
  std::optional<E> opt_as(int col) const {
    return is_null(col) ? std::nullopt : std::optional<E>(as<E>(col));
  }

  // For the access door: any column, personal or not. Views live as long as the row.
  bool is_null(int col, PersonalKey) const { return null_at(col); }
  /// Empty for NULL.
  std::string_view raw_text(int col, PersonalKey) const { return null_at(col) ? std::string_view{} : source_.text(col); }
  std::optional<std::int64_t> raw_i64(int col, PersonalKey) const;
  /// Empty for NULL.
  Blob raw_blob(int col, PersonalKey) const { return null_at(col) ? Blob{} : source_.blob(col); }

 private:
  /// Misuse for a column that does not exist.
  bool null_at(int col) const;
  /// Misuse for a personal column.
  bool plain_null_at(int col) const;
  /// Misuse for a personal column and for NULL.
  void require_value(int col) const;

  const detail::RowSource& source_;
  const detail::Columns& columns_;
};

}  // namespace kasane::db
