// What one request disclosed: collected while rows are mapped, turned into one audit event per page, and durable
// before the answer leaves (the dispatcher parks the reply, see audit.hpp).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"

namespace kasane::access {

class Trail {
 public:
  /// Kind of query, a literal such as "household.page".
  void action(const char* name, Act act = Act::read) { action_ = name; act_ = act; }
  void note(SubjectKind kind, std::int64_t id);
  /// As note, for a row of a list.
  void listed(SubjectKind kind, std::int64_t id);
  /// As note, for one record opened by itself: the first one is what the page is about.
  void opened(SubjectKind kind, std::int64_t id);
  /// What the page is about; nothing for lists.
  std::optional<SubjectRef> main() const { return main_; }
  /// What was asked in a search; kept in a deletable table, never in a leaf (only a salted hash of it).
  void words(std::string_view text);
  /// What the event of a command says besides, in codes and numbers; kept in the leaf, so never a name or a typed word.
  void detail(std::string codes) { detail_ = std::move(codes); }
  /// A request for a record that this viewer may not know (or that does not exist).
  void denied(SubjectKind kind, std::int64_t id);
  /// Adds what a further reading of the same page disclosed. The first reading names the page, unless this one prints
  /// or searches.
  void join(Trail& further);
  /// Takes over what was refused to a command that was undone: the refusal is kept although nothing was written.
  void take_denied(const Trail& undone) { denied_.insert(denied_.end(), undone.denied_.begin(), undone.denied_.end()); }

  bool empty() const { return subjects_.empty() && denied_.empty() && words_.empty(); }
  /// Whether something was shown; a refusal alone shows nothing.
  bool disclosed() const { return !subjects_.empty(); }
  const char* action_name() const { return action_; }
  /// As given to action(). A reading that was given no other act is a search when something was asked, and a list when
  /// it showed rows without opening any record by itself: no page has to remember to say so.
  Act act() const;
  std::int64_t count() const { return static_cast<std::int64_t>(subjects_.size() + denied_.size()); }
  const std::string& search_words() const { return words_; }
  const std::string& details() const { return detail_; }
  /// Sorted, without repeats, packed: per subject one byte of kind (high bit: denied) and the id as zigzag varint
  /// of the difference to the one before.
  std::string packed();
  void clear();

 private:
  const char* action_ = "page";
  Act act_ = Act::read;
  std::vector<SubjectRef> subjects_;
  std::vector<SubjectRef> denied_;
  std::optional<SubjectRef> main_;
  bool listed_ = false;
  std::string words_;
  std::string detail_;
};

/// The inverse of Trail::packed(), for auditors and tests. Nothing when the bytes are damaged.
struct PackedSubject {
  SubjectRef ref;
  bool denied;
  friend bool operator==(const PackedSubject&, const PackedSubject&) = default;
};
std::optional<std::vector<PackedSubject>> unpack_subjects(std::string_view bytes);

}  // namespace kasane::access
