// What can go wrong in ordinary use is a value: Result<T>. Exceptions are for bugs and lost infrastructure.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace kasane {

enum class ErrorCode {
  not_found,      // does not exist, or this viewer may not know that it does: the two answer alike (404)
  not_permitted,  // the viewer knows the record but may not do this to it (403)
  invalid,        // the input has faults, named per field (422)
  stale,          // somebody else saved first; the caller shows both versions (409)
  conflict,       // the state does not allow it now; the message says why (409)
  too_large,      // 413
  unavailable,    // overload or a locked/full store; try again (503)
};

/// A fault of one input. `field` is the key of the form field; `message` is Japanese and holds no personal data.
struct FieldError {
  std::string field;
  std::string message;
};

/// `message` is Japanese, plain, and never holds personal data: it may be logged and shown.
struct Error {
  ErrorCode code;
  std::string message;
  std::vector<FieldError> fields;
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), {}});
}
inline tl::unexpected<Error> invalid(std::string field, std::string message) {
  return tl::unexpected<Error>(Error{ErrorCode::invalid, "入力に誤りがあります。", {{std::move(field), std::move(message)}}});
}
inline tl::unexpected<Error> invalid(std::vector<FieldError> fields) {
  return tl::unexpected<Error>(Error{ErrorCode::invalid, "入力に誤りがあります。", std::move(fields)});
}

}  // namespace kasane
