#include "db/lack.hpp"

namespace kasane::db {

Lack lack_of(const std::exception_ptr& fault) {
  if (!fault) return Lack::other;
  try {
    std::rethrow_exception(fault);
  } catch (const Lacking& lacking) {
    return lacking.lack();
  } catch (...) {
    return Lack::other;
  }
}

}  // namespace kasane::db
