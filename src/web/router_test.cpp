// The table of routes: what is found, what is refused while the program starts, and that no route can be without a
// need.
#include "web/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kasane::web {
namespace {

struct Ctx {
  std::string seen;
};
using Routes = Router<Ctx>;

Routes::Handler says(std::string name) {
  return [name](Ctx& ctx) {
    ctx.seen = name;
    return Reply::text(name);
  };
}

std::string answer(const Routes& routes, std::string_view method, const std::vector<std::string>& segments) {
  const auto match = routes.match(method, segments);
  if (!match) return std::to_string(match.error().status);
  Ctx ctx;
  auto text = match->handler(ctx).body;
  for (const auto& [name, value] : match->params) text += " " + name + "=" + value;
  return text;
}

template <class R>
concept takes_route_without_need = requires(R routes, Routes::Handler handler) {
  routes.get("/a", handler);
};
template <class R>
concept takes_empty_need = requires(R routes, Routes::Handler handler) {
  routes.get("/a", {}, handler);
};
static_assert(!takes_route_without_need<Routes> && !takes_empty_need<Routes>);
static_assert(!std::is_default_constructible_v<Need>);

TEST(Router, finds_the_handler_and_the_parameters) {
  Routes routes;
  routes.get("/", Need::anyone(), says("top"));
  routes.get("/households/{id}", Need::signed_in(), says("household"));
  routes.get("/households/{id}/persons/{person}", Need::of(kCaseRoles), says("person"));
  EXPECT_EQ(answer(routes, "GET", {}), "top");
  EXPECT_EQ(answer(routes, "GET", {"households", "0a"}), "household id=0a");
  EXPECT_EQ(answer(routes, "HEAD", {"households", "0a"}), "household id=0a");
  EXPECT_EQ(answer(routes, "GET", {"households", "0a", "persons", "0b"}), "person id=0a person=0b");
  EXPECT_EQ(answer(routes, "GET", {"households"}), "404");
  EXPECT_EQ(answer(routes, "GET", {"households", "0a", "persons"}), "404");
}

TEST(Router, prefers_a_fixed_word_to_a_name_in_whatever_order_they_were_added) {
  Routes routes;
  routes.get("/cases/{id}", Need::signed_in(), says("case"));
  routes.get("/cases/new", Need::signed_in(), says("new"));
  routes.get("/plans/new", Need::signed_in(), says("new plan"));
  routes.get("/plans/{id}", Need::signed_in(), says("plan"));
  EXPECT_EQ(answer(routes, "GET", {"cases", "new"}), "new");
  EXPECT_EQ(answer(routes, "GET", {"cases", "newer"}), "case id=newer");
  EXPECT_EQ(answer(routes, "GET", {"plans", "new"}), "new plan");
}

TEST(Router, tells_which_methods_an_address_knows) {
  Routes routes;
  routes.get("/cases/{id}", Need::signed_in(), says("see"));
  routes.post("/cases/{id}", Need::signed_in(), says("save"));
  routes.post("/sign-out", Need::signed_in(), says("out"));
  const auto match = routes.match("DELETE", {"cases", "0a"});
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().status, 405);
  EXPECT_EQ(match.error().allow, (std::vector<std::string>{"GET", "HEAD", "POST"}));
  EXPECT_EQ(routes.match("GET", {"sign-out"}).error().allow, (std::vector<std::string>{"POST"}));
  EXPECT_EQ(routes.match("GET", {"nowhere"}).error().status, 404);
}

TEST(Router, refuses_duplicates_and_ambiguity_while_the_program_starts) {
  Routes routes;
  routes.get("/a/{x}/c", Need::signed_in(), says(""));
  EXPECT_THROW(routes.get("/a/{y}/c", Need::signed_in(), says("")), std::logic_error);
  EXPECT_THROW(routes.get("/a/b/{y}", Need::signed_in(), says("")), std::logic_error);
  EXPECT_NO_THROW(routes.post("/a/b/{y}", Need::signed_in(), says("")));
  EXPECT_NO_THROW(routes.get("/a/b/c", Need::signed_in(), says("")));
  EXPECT_THROW(routes.get("/a/b/c", Need::anyone(), says("")), std::logic_error);
}

TEST(Router, refuses_patterns_that_could_never_be_meant) {
  Routes routes;
  for (const char* pattern : {"", "a", "/a/", "/a//b", "/{}", "/{a}/{a}", "/{a", "/a b", "/日本", "/a?b"}) {
    EXPECT_THROW(routes.get(pattern, Need::signed_in(), says("")), std::logic_error) << pattern;
  }
}

TEST(Router, lists_every_route_with_its_need) {
  Routes routes;
  routes.get("/health", Need::anyone(), says(""));
  routes.post("/cases/{id}", Need::of({Role::head}), says(""));
  ASSERT_EQ(routes.routes().size(), 2u);
  EXPECT_TRUE(routes.routes()[0].need.open());
  EXPECT_EQ(routes.routes()[1].method, "POST");
  EXPECT_EQ(routes.routes()[1].pattern, "/cases/{id}");
  EXPECT_EQ(routes.routes()[1].need, Need::of({Role::head}));
}

TEST(Need, lets_in_by_role) {
  EXPECT_TRUE(Need::anyone().lets_in({}));
  EXPECT_TRUE(Need::signed_in().lets_in({Role::commissioner}));
  EXPECT_FALSE(Need::signed_in().open());
  EXPECT_TRUE(Need::of({Role::head, Role::auditor}).lets_in({Role::auditor, Role::commissioner}));
  EXPECT_FALSE(Need::of({Role::head}).lets_in({Role::coordinator}));
  EXPECT_FALSE(Need::of({Role::head}).lets_in({}));
  EXPECT_THROW(Need::of({}), std::invalid_argument);
}

}  // namespace
}  // namespace kasane::web
