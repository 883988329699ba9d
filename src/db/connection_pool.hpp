// A bounded set of connections, opened when first needed. Who finds none free waits a while, then gets Unavailable.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "db/connection.hpp"

namespace kasane::db::detail {

class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  ConnectionPool(Open open, int most, std::chrono::milliseconds wait);

  /// A connection for the caller alone; goes back when the lease goes, unless it is broken.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Unavailable when none becomes free in time or a new one cannot be opened.
  Lease take();

 private:
  void give_back(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> idle_or_null();

  Open open_;
  int free_;  // how many may still be taken
  std::chrono::milliseconds wait_;
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace kasane::db::detail
