// The one word that the log says of an exception: what kind it is, never its text, which may hold personal data.
#pragma once
#include <exception>

#include "base/log.hpp"

namespace kasane::db {

log::Value fault_word(const std::exception_ptr& fault);

}  // namespace kasane::db
