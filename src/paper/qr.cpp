#include "paper/qr.hpp"

#include <qrencode.h>

#include <cerrno>
#include <memory>
#include <stdexcept>

namespace kasane::paper {

namespace {

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

/// One path of all dark squares, runs of a row joined.
std::string path_of(const QrCode& code) {
  std::string path;
  for (int row = 0; row < code.size; ++row)
    for (int column = 0; column < code.size;) {
      if (!code.at(row, column)) {
        ++column;
        continue;
      }
      int end = column;
      while (end < code.size && code.at(row, end)) ++end;
      const std::string run = std::to_string(end - column);
      path += "M" + std::to_string(column + kQuietSquares) + " " + std::to_string(row + kQuietSquares) + "h" + run + "v1h-" + run + "z";
      column = end;
    }
  return path;
}

}  // namespace

Result<QrCode> qr_code(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::invalid, "QRコードにする文字がありません。");
  const std::unique_ptr<QRcode, FreeCode> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!made) {
    if (errno == ERANGE) return fail(ErrorCode::too_large, "QRコードにするには長すぎます。");
    throw std::runtime_error("the QR code could not be made");
  }
  QrCode code;
  code.size = made->width;
  code.dark.reserve(static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width));
  for (int i = 0; i < made->width * made->width; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  return code;
}

html::Html qr_svg(const QrCode& code, std::string_view label) {
  const std::string edge = std::to_string(code.size + 2 * kQuietSquares);
  const std::string box = "0 0 " + edge + " " + edge;
  return html::el("svg", {{"class", "qr"}, {"viewBox", box}, {"width", "160"}, {"height", "160"}, {"role", "img"}, {"aria-label", label}},
                  html::el("rect", {{"width", edge}, {"height", edge}, {"fill", "#ffffff"}}),
                  html::el("path", {{"d", path_of(code)}, {"fill", "#000000"}}));
}

}  // namespace kasane::paper
