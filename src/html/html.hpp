// Typed HTML. Html is not std::string: text is escaped by default, and an Html comes only from these functions or
// from a literal in the program. Attributes that would need inline code (style, on…) do not compile, and addresses
// are checked, so every page works under a strict Content-Security-Policy.
//
//   el("p", {{"class", "lead"}}, "対象: ", name, link("開く", "/cases/1"))
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal.hpp"

namespace kasane::html {

/// Called where a literal is refused; being no constant expression it stops the build, and its argument says why.
void refused(const char* why);

/// The name of an element, checked when compiled. script and style are refused: both belong into files.
class Tag {
 public:
  template <std::size_t N>
  consteval Tag(const char (&name)[N]) : name_(name, N - 1) {
    if (N < 2) refused("an element needs a name");
    for (char c : name_) {
      const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (!good) refused("not a sign of an element's name");
    }
    if (name_ == "script" || name_ == "style") refused("inline code is not allowed");
    constexpr std::string_view kVoids[] = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"};
    for (std::string_view v : kVoids) is_void_ = is_void_ || v == name_;
  }
  constexpr std::string_view name() const { return name_; }
  constexpr bool is_void() const { return is_void_; }

 private:
  std::string_view name_;
  bool is_void_ = false;
};

/// The name of an attribute, checked when compiled. style, srcdoc and on… are refused.
class AttrName {
 public:
  template <std::size_t N>
  consteval AttrName(const char (&name)[N]) : name_(name, N - 1) {
    if (N < 2) refused("an attribute needs a name");
    for (char c : name_) {
      const bool good =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
      if (!good) refused("not a sign of an attribute's name");
    }
    if (name_ == "style" || name_ == "srcdoc") refused("inline code is not allowed");
    if (name_.starts_with("on")) refused("event attributes are not allowed");
    constexpr std::string_view kAddresses[] = {"href", "src", "action", "formaction", "xlink:href"};
    for (std::string_view a : kAddresses) is_address_ = is_address_ || a == name_;
  }
  constexpr std::string_view name() const { return name_; }
  constexpr bool is_address() const { return is_address_; }

 private:
  std::string_view name_;
  bool is_address_ = false;
};

/// One attribute. Holds views only: use it as an argument, never keep it.
class Attr {
 public:
  /// A value; escaped when written. For href, src, action and formaction only own paths, #, ?, http(s), mailto and
  /// tel pass; anything else (javascript:, //elsewhere) is written as "#".
  Attr(AttrName name, std::string_view value) : name_(name), value_(value) {}
  Attr(AttrName name, const char* value) : name_(name), value_(value) {}
  Attr(AttrName name, const std::string& value) : name_(name), value_(value) {}
  Attr(AttrName name, const Personal<std::string>& value) : name_(name), value_(value.shown()) {}
  /// An attribute that is there or not (required, open, checked …).
  template <std::same_as<bool> B>
  Attr(AttrName name, B on) : name_(name), form_(on ? Form::bare : Form::absent) {}
  template <std::integral I>
  requires(!std::same_as<I, bool> && !std::same_as<I, char>) Attr(AttrName name, I number)
      : name_(name), number_(static_cast<std::int64_t>(number)), form_(Form::number) {}
  /// Written only where the value is not empty.
  static Attr some(AttrName name, std::string_view value) {
    Attr a(name, value);
    if (value.empty()) a.form_ = Form::absent;
    return a;
  }
  /// Written only where `on`.
  static Attr when(bool on, AttrName name, std::string_view value) {
    Attr a(name, value);
    if (!on) a.form_ = Form::absent;
    return a;
  }

 private:
  friend class Html;
  enum class Form : std::uint8_t { absent, bare, text, number };
  AttrName name_;
  std::string_view value_;
  std::int64_t number_ = 0;
  Form form_ = Form::text;
};

using Attrs = std::initializer_list<Attr>;
class Node;

/// A literal of the program, checked to be one.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Html;
/// Finished HTML out of a literal in the program; nothing that a person typed can get in.
Html raw_literal(Literal literal);

/// A piece of finished HTML.
class Html {
 public:
  Html() = default;
  bool empty() const { return out_.empty(); }
  std::size_t size() const { return out_.size(); }
  const std::string& str() const& { return out_; }
  std::string str() && { return std::move(out_); }
  Html& operator+=(const Html& more) {
    out_ += more.out_;
    return *this;
  }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

  /// Appending in place, for lists and the kit: each call writes into this one string.
  Html& add(Node node);
  Html& open(Tag tag, Attrs attrs = {});
  Html& close(Tag tag);

 private:
  friend Html raw_literal(Literal);
  void write_escaped(std::string_view text);
  void write_address(std::string_view address);
  void write_number(std::int64_t number);
  std::string out_;
};

/// What an element may hold: text (escaped), numbers, personal text that this viewer may see, finished Html.
/// Holds views only: use it as an argument, never keep it.
class Node {
 public:
  Node() = default;
  Node(std::string_view text) : text_(text), kind_(Kind::text) {}
  Node(const char* text) : text_(text), kind_(Kind::text) {}
  Node(const std::string& text) : text_(text), kind_(Kind::text) {}
  Node(const Personal<std::string>& personal) : text_(personal.shown()), kind_(Kind::text) {}
  Node(const Html& html) : html_(&html), kind_(Kind::html) {}
  template <std::integral I>
  requires(!std::same_as<I, bool> && !std::same_as<I, char>) Node(I number)
      : number_(static_cast<std::int64_t>(number)), kind_(Kind::number) {}

 private:
  friend class Html;
  enum class Kind : std::uint8_t { none, text, html, number };
  std::string_view text_;
  const Html* html_ = nullptr;
  std::int64_t number_ = 0;
  Kind kind_ = Kind::none;
};

/// An element with up to ten children; group() joins more. Void elements (input, br …) ignore children.
Html el(Tag tag, Attrs attrs, Node a = {}, Node b = {}, Node c = {}, Node d = {}, Node e = {}, Node f = {}, Node g = {},
        Node h = {}, Node i = {}, Node j = {});
/// Without attributes. The first child is a parameter of a template, so that {{"class", "…"}} can mean attributes alone.
Html el(Tag tag);
template <std::convertible_to<Node> First>
Html el(Tag tag, const First& a, Node b = {}, Node c = {}, Node d = {}, Node e = {}, Node f = {}, Node g = {}, Node h = {}, Node i = {}, Node j = {}) {
  return el(tag, Attrs(), a, b, c, d, e, f, g, h, i, j);
}

/// Text as Html.
Html text(std::string_view plain);
Html text(const Personal<std::string>& personal);
/// Typed text with its line breaks: <br> for each new line.
Html lines(std::string_view plain);
/// Several pieces one after the other.
Html group(std::initializer_list<Node> nodes);
Html join(const std::vector<Html>& pieces, Html between = {});
/// An own address or one with a harmless scheme; see Attr.
bool is_safe_address(std::string_view address);

}  // namespace kasane::html
