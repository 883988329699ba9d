// Prepared statements by their text. A statement is taken out while it runs, so the same text can run inside its own
// result; when a second one comes back, it is dropped. The one unused for longest makes room.
#pragma once
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kasane::db::detail {

template <class Statement>
class StatementCache {
 public:
  struct Entry {
    std::string text;
    std::unique_ptr<Statement> statement;
  };
  using Lease = std::list<Entry>;  // of one entry; moves between lists without allocating

  explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

  /// `prepare(text)` makes the statement when there is none at hand.
  template <class Prepare>
  Lease take(std::string_view text, Prepare prepare) {
    Lease lease;
    if (auto found = by_text_.find(text); found != by_text_.end()) {
      lease.splice(lease.begin(), idle_, found->second);
      by_text_.erase(found);
    } else {
      lease.push_back({std::string(text), prepare(text)});
    }
    return lease;
  }

  void give_back(Lease lease) {
    if (by_text_.contains(lease.front().text)) return;
    idle_.splice(idle_.begin(), lease);
    by_text_.emplace(idle_.front().text, idle_.begin());
    if (by_text_.size() <= capacity_) return;
    by_text_.erase(idle_.back().text);
    idle_.pop_back();
  }

  void clear() {
    by_text_.clear();
    idle_.clear();
  }
  std::size_t size() const { return by_text_.size(); }

 private:
  std::size_t capacity_;
  std::list<Entry> idle_;  // latest used first
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_text_;
};

}  // namespace kasane::db::detail
