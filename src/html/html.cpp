// Writing and escaping of typed HTML.
#include "html/html.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace kasane::html {
namespace {

constexpr std::array<bool, 256> special_signs() {
  std::array<bool, 256> table{};
  for (unsigned char c : {'&', '<', '>', '"', '\''}) table[c] = true;
  return table;
}
constexpr auto kSpecial = special_signs();

/// Where the next sign that must be escaped stands; the length when there is none. Takes eight bytes at a time where
/// none of them is below 0x40: all specials are, and no byte of Japanese text is.
std::size_t next_special(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kTops = 0x8080808080808080u;
  std::size_t i = from;
  while (i < text.size()) {
    if (i + 8 <= text.size()) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, text.data() + i, 8);
      if (((eight | (eight << 1)) & kTops) == kTops) {
        i += 8;
        continue;
      }
    }
    for (const std::size_t stop = std::min(i + 8, text.size()); i < stop; ++i) {
      if (kSpecial[static_cast<unsigned char>(text[i])]) return i;
    }
  }
  return i;
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#39;";
  }
}

}  // namespace

void refused(const char* why) { throw std::logic_error(why); }

bool is_safe_address(std::string_view address) {
  for (char c : address) {
    // Browsers drop tabs and line ends inside an address, which would let "java\nscript:" through.
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\') return false;
  }
  if (address.empty() || address.front() == '#' || address.front() == '?') return true;
  if (address.front() == '/') return !address.starts_with("//");
  for (std::string_view scheme : {"https://", "http://", "mailto:", "tel:"}) {
    if (address.starts_with(scheme)) return true;
  }
  const auto colon = address.find(':');
  return colon == std::string_view::npos || colon > address.find_first_of("/?#");
}

void Html::write_escaped(std::string_view plain) {
  std::size_t from = 0;
  for (std::size_t at = next_special(plain, 0); at < plain.size(); at = next_special(plain, from)) {
    out_.append(plain, from, at - from);
    out_ += entity(plain[at]);
    from = at + 1;
  }
  out_.append(plain, from);
}

void Html::write_address(std::string_view address) {
  write_escaped(is_safe_address(address) ? address : std::string_view("#"));
}

void Html::write_number(std::int64_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out_.append(digits.data(), end);
}

Html& Html::add(Node node) {
  switch (node.kind_) {
    case Node::Kind::none:
      break;
    case Node::Kind::text:
      write_escaped(node.text_);
      break;
    case Node::Kind::html:
      out_ += node.html_->out_;
      break;
    case Node::Kind::number:
      write_number(node.number_);
      break;
  }
  return *this;
}

Html& Html::open(Tag tag, Attrs attrs) {
  out_ += '<';
  out_ += tag.name();
  for (const Attr& attr : attrs) {
    if (attr.form_ == Attr::Form::absent) continue;
    out_ += ' ';
    out_ += attr.name_.name();
    if (attr.form_ == Attr::Form::bare) continue;
    out_ += "=\"";
    if (attr.form_ == Attr::Form::number) {
      write_number(attr.number_);
    } else if (attr.name_.is_address()) {
      write_address(attr.value_);
    } else {
      write_escaped(attr.value_);
    }
    out_ += '"';
  }
  out_ += '>';
  return *this;
}

Html& Html::close(Tag tag) {
  if (tag.is_void()) return *this;
  out_ += "</";
  out_ += tag.name();
  out_ += '>';
  return *this;
}

Html raw_literal(Literal literal) {
  Html html;
  html.out_ = literal.text();
  return html;
}

Html el(Tag tag, Attrs attrs, Node a, Node b, Node c, Node d, Node e, Node f, Node g, Node h, Node i, Node j) {
  Html html;
  html.open(tag, attrs);
  if (tag.is_void()) return html;
  for (const Node& node : {a, b, c, d, e, f, g, h, i, j}) html.add(node);
  html.close(tag);
  return html;
}

Html el(Tag tag) { return el(tag, Attrs()); }

Html text(std::string_view plain) { return Html().add(plain); }
Html text(const Personal<std::string>& personal) { return Html().add(personal); }

Html lines(std::string_view plain) {
  Html html;
  while (!plain.empty()) {
    const auto end = plain.find('\n');
    auto line = plain.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    html.add(line);
    if (end == std::string_view::npos) break;
    html.open("br");
    plain.remove_prefix(end + 1);
  }
  return html;
}

Html group(std::initializer_list<Node> nodes) {
  Html html;
  for (const Node& node : nodes) html.add(node);
  return html;
}

Html join(const std::vector<Html>& pieces, Html between) {
  Html html;
  for (const Html& piece : pieces) {
    if (!html.empty()) html += between;
    html += piece;
  }
  return html;
}

}  // namespace kasane::html
