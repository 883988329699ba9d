// The table of routes, see router.hpp.
#include "web/router.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "web/ascii.hpp"

namespace kasane::web {

namespace {

[[noreturn]] void refuse(const std::string& why, const std::string& pattern) {
  throw std::logic_error("route " + pattern + ": " + why);
}

bool is_name_char(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }
bool is_name(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_name_char); }

}  // namespace

Need Need::of(Roles roles) {
  if (roles.empty()) throw std::invalid_argument("a need of no role: say signed_in() or anyone()");
  return Need(roles, false);
}

RouteTable::Pattern RouteTable::parse(const std::string& pattern) {
  if (!pattern.starts_with('/')) refuse("must begin with a slash", pattern);
  Pattern segments;
  std::set<std::string> names;
  std::string_view rest = std::string_view(pattern).substr(1);
  while (!rest.empty()) {
    std::string_view text = take_until(rest, '/');
    const bool is_param = text.size() > 2 && text.front() == '{' && text.back() == '}';
    if (is_param) text = text.substr(1, text.size() - 2);
    if (!is_name(text)) refuse("has a segment that is neither a plain word nor a {name}", pattern);
    if (is_param && !names.insert(std::string(text)).second) refuse("names a parameter twice", pattern);
    segments.push_back({is_param, std::string(text)});
  }
  if (pattern.size() > 1 && pattern.ends_with('/')) refuse("must not end with a slash", pattern);
  return segments;
}

bool RouteTable::matches(const Pattern& pattern, const std::vector<std::string>& segments) {
  return std::equal(pattern.begin(), pattern.end(), segments.begin(), segments.end(),
                    [](const Segment& p, const std::string& text) { return p.is_param || p.text == text; });
}

bool RouteTable::overlap(const Pattern& a, const Pattern& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Segment& x, const Segment& y) { return x.is_param || y.is_param || x.text == y.text; });
}

bool RouteTable::narrower(const Pattern& a, const Pattern& b) {
  bool fixed_more = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].is_param && !b[i].is_param) return false;
    fixed_more = fixed_more || (!a[i].is_param && b[i].is_param);
  }
  return fixed_more;
}

std::size_t RouteTable::add(std::string method, std::string pattern, Need need) {
  Pattern parsed = parse(pattern);
  for (std::size_t i = 0; i < infos_.size(); ++i) {
    if (infos_[i].method != method || !overlap(parsed, patterns_[i])) continue;
    if (!narrower(parsed, patterns_[i]) && !narrower(patterns_[i], parsed)) {
      refuse("could be taken for " + infos_[i].pattern, pattern);
    }
  }
  infos_.push_back({std::move(method), std::move(pattern), need});
  patterns_.push_back(std::move(parsed));
  return infos_.size() - 1;
}

tl::expected<RouteTable::Found, NoRoute> RouteTable::match(std::string_view method,
                                                           const std::vector<std::string>& segments) const {
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  const std::size_t none = patterns_.size();
  std::size_t best = none;
  std::set<std::string> allow;
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    if (!matches(patterns_[i], segments)) continue;
    allow.insert(infos_[i].method);
    if (infos_[i].method != wanted) continue;
    if (best == none || narrower(patterns_[i], patterns_[best])) best = i;
  }
  if (best == none) {
    if (allow.contains("GET")) allow.insert("HEAD");
    return tl::unexpected<NoRoute>({allow.empty() ? 404 : 405, {allow.begin(), allow.end()}});
  }
  Found found{best, {}};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (patterns_[best][i].is_param) found.params.emplace_back(patterns_[best][i].text, segments[i]);
  }
  return found;
}

}  // namespace kasane::web
