// What is wanting when a database is Unavailable: the one word that an operator needs.
#pragma once
#include <exception>
#include <string>

#include "db/errors.hpp"

namespace kasane::db {

enum class Lack {
  other,
  full,         // no room on the disk, or the file's bound is reached
  busy,         // locked by another program, all connections or the queue taken, a statement too slow
  unreachable,  // the file cannot be opened, the server does not answer
  read_only,
  damaged,      // the disk answers with errors, or what it holds is no database
};

/// An Unavailable that knows what is wanting.
class Lacking : public Unavailable {
 public:
  Lacking(Lack lack, const std::string& text) : Unavailable(text), lack_(lack) {}
  Lack lack() const { return lack_; }

 private:
  Lack lack_;
};

/// Lack::other for an exception that says nothing about it.
Lack lack_of(const std::exception_ptr& fault);

}  // namespace kasane::db
