// iconv's own //TRANSLIT changes characters without saying so; here every change is known to the caller.
#include "base/cp932.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include "base/japanese.hpp"

namespace kasane {
namespace {

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(::iconv_open(to, from)) {
    if (handle_ == kNone) throw std::runtime_error("iconv does not know CP932");
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ::iconv_close(handle_); }

  /// Nothing when the text has a character that the other side lacks.
  std::optional<std::string> convert(std::string_view text) {
    ::iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    std::string result;
    std::array<char, 4096> buffer;
    auto* in = const_cast<char*>(text.data());  // iconv's signature; it does not write there
    std::size_t in_left = text.size();
    while (in_left > 0) {
      char* out = buffer.data();
      std::size_t out_left = buffer.size();
      std::size_t done = ::iconv(handle_, &in, &in_left, &out, &out_left);
      bool full = done == static_cast<std::size_t>(-1) && errno == E2BIG;
      result.append(buffer.data(), buffer.size() - out_left);
      if (done == static_cast<std::size_t>(-1) && !full) return std::nullopt;
    }
    return result;
  }

 private:
  inline static const iconv_t kNone = reinterpret_cast<iconv_t>(-1);
  iconv_t handle_;
};

/// Signs of UTF-8 and their twins in CP932.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTwins{
    {{"〜", "～"}, {"−", "－"}, {"–", "―"}, {"—", "―"}, {"‑", "‐"}, {"¥", "￥"}}};

constexpr std::string_view kMissing = "〓";

std::string with_twins(std::string_view text) {
  std::string result(text);
  for (auto [from, to] : kTwins) {
    for (std::size_t at = result.find(from); at != std::string::npos; at = result.find(from, at + to.size())) {
      result.replace(at, from.size(), to);
    }
  }
  return result;
}

std::size_t length_of_first(std::string_view text) {
  auto lead = static_cast<unsigned char>(text.front());
  std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size());
}

/// One character that CP932 lacks.
std::string substitute(Converter& converter, std::string_view character) {
  std::string usual = name_key(character);
  if (usual.empty()) return {};  // a selector or another invisible sign
  if (auto bytes = converter.convert(usual)) return *bytes;
  return converter.convert(kMissing).value_or("?");
}

}  // namespace

// Opening a converter loads a module of the C library, which is slow: one for each thread and direction.
std::optional<std::string> from_cp932(std::string_view bytes) {
  thread_local Converter converter("UTF-8", "CP932");
  return converter.convert(bytes);
}

Cp932Text to_cp932(std::string_view text) {
  thread_local Converter converter("CP932", "UTF-8");
  std::string prepared = with_twins(repair_utf8(text));
  if (auto bytes = converter.convert(prepared)) return {*std::move(bytes), false};
  Cp932Text result{{}, true};
  for (std::string_view rest = prepared; !rest.empty();) {
    std::string_view character = rest.substr(0, length_of_first(rest));
    rest.remove_prefix(character.size());
    auto bytes = converter.convert(character);
    result.bytes += bytes ? *bytes : substitute(converter, character);
  }
  return result;
}

}  // namespace kasane
