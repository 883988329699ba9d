// Which handler answers an address, and what it takes to be let in. Every route names its Need: there is no way to
// add one without. Faults in the table (twice the same route, two that could both match) throw while the program
// starts. Where a fixed segment and a {name} both match, the fixed one wins.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/role.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kasane::web {

/// Who may call a route. What they may see there is decided by access; this is only the outer door.
class Need {
 public:
  /// Without signing in: the sign-in page, assets, health.
  static constexpr Need anyone() { return Need({}, true); }
  /// Anybody who is signed in, whatever the post.
  static constexpr Need signed_in() { return Need({}, false); }
  /// Signed in with at least one of these roles; throws std::invalid_argument for none.
  static Need of(Roles roles);

  constexpr bool open() const { return open_; }
  constexpr Roles roles() const { return roles_; }
  /// Whether somebody who is signed in and has these roles may enter.
  constexpr bool lets_in(Roles held) const { return open_ || roles_.empty() || roles_.meets(held); }
  friend constexpr bool operator==(Need, Need) = default;

 private:
  constexpr Need(Roles roles, bool open) : roles_(roles), open_(open) {}
  Roles roles_;
  bool open_;
};

struct RouteInfo {
  std::string method;
  std::string pattern;
  Need need;
};

/// No route: 404, or 405 with the methods that this address knows.
struct NoRoute {
  int status;
  std::vector<std::string> allow;
};

/// The part of the router that does not depend on the handlers' context.
class RouteTable {
 public:
  /// Returns the number of the route. Throws std::logic_error for a bad pattern, a duplicate, an ambiguity.
  std::size_t add(std::string method, std::string pattern, Need need);
  struct Found {
    std::size_t route;
    Pairs params;
  };
  tl::expected<Found, NoRoute> match(std::string_view method, const std::vector<std::string>& segments) const;
  const std::vector<RouteInfo>& routes() const { return infos_; }

 private:
  struct Segment {
    bool is_param;
    std::string text;
  };
  using Pattern = std::vector<Segment>;
  static Pattern parse(const std::string& pattern);
  static bool matches(const Pattern& pattern, const std::vector<std::string>& segments);
  /// Fixed segments where b has names, and nowhere the other way round.
  static bool narrower(const Pattern& a, const Pattern& b);
  static bool overlap(const Pattern& a, const Pattern& b);

  std::vector<RouteInfo> infos_;
  std::vector<Pattern> patterns_;
};

template <class Ctx>
class Router {
 public:
  using Handler = std::function<Reply(Ctx&)>;
  struct Match {
    const Handler& handler;
    Need need;
    Pairs params;
  };

  /// `pattern` like "/households/{id}/persons"; GET also answers HEAD.
  void get(std::string pattern, Need need, Handler handler) {
    add("GET", std::move(pattern), need, std::move(handler));
  }
  void post(std::string pattern, Need need, Handler handler) {
    add("POST", std::move(pattern), need, std::move(handler));
  }

  tl::expected<Match, NoRoute> match(std::string_view method, const std::vector<std::string>& segments) const {
    auto found = table_.match(method, segments);
    if (!found) return tl::unexpected<NoRoute>(std::move(found.error()));
    return Match{handlers_[found->route], table_.routes()[found->route].need, std::move(found->params)};
  }
  tl::expected<Match, NoRoute> match(const Request& request) const { return match(request.method, request.segments); }
  /// All routes, for the test that walks them.
  const std::vector<RouteInfo>& routes() const { return table_.routes(); }

 private:
  void add(std::string method, std::string pattern, Need need, Handler handler) {
    table_.add(std::move(method), std::move(pattern), need);
    handlers_.push_back(std::move(handler));
  }
  RouteTable table_;
  std::vector<Handler> handlers_;
};

}  // namespace kasane::web
