// Personal<T>: a piece of personal data that has passed the access door. Only access::Seal can make one, so a
// function that receives one knows that this viewer may see it and that the look is audited. It cannot be compared,
// printed or logged; HTML and paper take it through shown(). When the viewer may not see it, it is empty and
// hidden() is true: the hidden text never reached memory. Nothing on a page may show that something is hidden.
#pragma once
#include <optional>
#include <utility>

namespace kasane {

namespace access { class Seal; }

template <class T>
class Personal {
 public:
  Personal() = default;
  bool hidden() const { return hidden_; }
  bool empty() const { return !value_.has_value(); }
  /// The text for HTML or paper; a default T when empty or hidden.
  const T& shown() const {
    static const T nothing{};
    return value_ ? *value_ : nothing;
  }
  bool operator==(const Personal&) const = delete;

 private:
  friend class access::Seal;
  explicit Personal(T value) : value_(std::move(value)) {}
  static Personal masked() { Personal p; p.hidden_ = true; return p; }
  std::optional<T> value_;
  bool hidden_ = false;
};

}  // namespace kasane
