// QR codes: an address on paper that a telephone reads. As squares, for the PDF, and as an SVG drawing for pages.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "html/html.hpp"

namespace kasane::paper {

struct QrCode {
  int size = 0;            // squares along one edge
  std::vector<bool> dark;  // row by row
  bool at(int row, int column) const { return dark[static_cast<std::size_t>(row * size + column)]; }
};

/// Squares of light border that a reader needs.
inline constexpr int kQuietSquares = 4;

/// With error correction for a crumpled or photographed paper (level M). ErrorCode::too_large when the text is longer
/// than such a code holds (about 2,300 bytes); invalid for an empty text.
Result<QrCode> qr_code(std::string_view text);
/// A drawing that scales, needs no script and no style. `label` is read out in its place.
html::Html qr_svg(const QrCode& code, std::string_view label);

}  // namespace kasane::paper
