// Look-ups in a request, see request.hpp.
#include "web/request.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "web/ascii.hpp"

namespace kasane::web {

namespace {

const std::string* first_of(const Pairs& pairs, std::string_view key) {
  const auto at = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first == key; });
  return at == pairs.end() ? nullptr : &at->second;
}

std::string_view host_of_origin(std::string_view origin) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

}  // namespace

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  const auto* value = first_of(cookies, name);
  return value ? std::optional<std::string_view>(*value) : std::nullopt;
}

std::string_view Request::header(std::string_view name) const {
  const auto* value = first_of(headers, name);
  return value ? std::string_view(*value) : std::string_view{};
}

const std::string& Request::param(std::string_view name) const {
  const auto* value = first_of(params, name);
  if (!value) throw std::logic_error("the route's pattern has no such parameter");
  return *value;
}

std::string_view Request::query_value(std::string_view key) const {
  const auto* value = first_of(query, key);
  return value ? std::string_view(*value) : std::string_view{};
}

std::optional<std::string_view> Request::posted_value(std::string_view key) const {
  const auto* value = first_of(posted, key);
  return value ? std::optional<std::string_view>(*value) : std::nullopt;
}

std::vector<std::string_view> Request::posted_values(std::string_view key) const {
  std::vector<std::string_view> values;
  for (const auto& [name, value] : posted) {
    if (name == key) values.push_back(value);
  }
  return values;
}

const Upload* Request::upload(std::string_view field) const {
  const auto at = std::find_if(uploads.begin(), uploads.end(), [&](const Upload& u) { return u.field == field; });
  return at == uploads.end() ? nullptr : &*at;
}

bool Request::same_origin() const {
  // Browsers send Sec-Fetch-Site only to https and to the own machine; pages cannot set it.
  if (const auto site = header("sec-fetch-site"); !site.empty()) return site == "same-origin";
  const auto host = header("host");
  return !host.empty() && same_word(host_of_origin(header("origin")), host);
}

bool kept_header(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kKept = {
      "accept",     "accept-encoding", "accept-language", "content-type",  "host",          "hx-boosted", "hx-request",
      "hx-target",  "hx-trigger-name", "if-none-match",   "last-event-id", "origin",        "sec-fetch-site",
  };
  return std::find(kKept.begin(), kKept.end(), name) != kKept.end();
}

}  // namespace kasane::web
