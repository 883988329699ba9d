#include "db/fault_word.hpp"

#include <filesystem>
#include <new>
#include <stdexcept>

#include "db/lack.hpp"

namespace kasane::db {

namespace {

log::Value word_of(Lack lack) {
  switch (lack) {
    case Lack::other: return "unavailable";
    case Lack::full: return "full";
    case Lack::busy: return "busy";
    case Lack::unreachable: return "unreachable";
    case Lack::read_only: return "read_only";
    case Lack::damaged: return "damaged";
  }
  return "unavailable";
}

}  // namespace

log::Value fault_word(const std::exception_ptr& fault) {
  if (!fault) return "none";
  try {
    std::rethrow_exception(fault);
  } catch (const Unavailable&) {
    return word_of(lack_of(fault));
  } catch (const OpenError&) {
    return "open";
  } catch (const ConstraintViolation&) {
    return "constraint";
  } catch (const Failure&) {
    return "query";
  } catch (const std::filesystem::filesystem_error&) {
    return "file";
  } catch (const std::bad_alloc&) {
    return "memory";
  } catch (const std::logic_error&) {
    return "program";
  } catch (...) {
    return "other";
  }
}

}  // namespace kasane::db
