// See the header.
#include "db/connection_pool.hpp"

#include "db/lack.hpp"

namespace kasane::db::detail {

ConnectionPool::ConnectionPool(Open open, int most, std::chrono::milliseconds wait)
    : open_(std::move(open)), free_(most), wait_(wait) {}

std::unique_ptr<Connection> ConnectionPool::idle_or_null() {
  std::unique_lock lock(mutex_);
  if (!came_back_.wait_for(lock, wait_, [&] { return free_ > 0; })) {
    throw Lacking(Lack::busy, "all database connections are in use");
  }
  --free_;
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->still_there()) return connection;
  }
  return nullptr;
}

ConnectionPool::Lease ConnectionPool::take() {
  auto connection = idle_or_null();
  if (!connection) {
    try {
      connection = open_();
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }
  return {*this, std::move(connection)};
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  if (connection && connection->broken()) connection.reset();
  {
    std::lock_guard lock(mutex_);
    ++free_;
    if (connection) idle_.push_back(std::move(connection));
  }
  came_back_.notify_one();
}

}  // namespace kasane::db::detail
