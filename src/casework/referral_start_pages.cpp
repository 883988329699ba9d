// Where a referral to 多機関協働 begins that no household led to: whose household it is.
#include "casework/household_choice.hpp"
#include "casework/pages_parts.hpp"
#include "casework/referral_pages.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using programme::Ctx;

constexpr const char* kPath = "/referrals/household";
constexpr const char* kForm = "/referrals/new?kind=collaboration";

web::Reply show(Ctx& ctx, std::string query, std::optional<people::SearchResult> hits) {
  html::Page page;
  page.title = "だれを多機関協働につなぐか";
  page.current = "referrals";
  page.crumbs = {{ctx.m().wording("referral", "つなぎ"), ctx.url("/referrals")}, {page.title, ""}};
  const auto go = [&](HouseholdId household, const std::optional<PersonId>&, const std::string& number) {
    return html::link("この世帯をつなぐ（" + number + "）", ctx.url(kForm + std::string("&household=") + id_text(household)));
  };
  page.main.add(household_choice(ctx, {kPath, std::move(query), std::move(hits), "見つかりませんでした。相談受付から始めると、世帯を登録できます。", go}));
  page.main.add(html::section("世帯がまだ分からないとき",
                              html::actions({html::link_button(ctx.m().wording("intake", "相談受付") + "から始める", ctx.url("/intakes/new")),
                                             html::link_button("世帯に結びつけずにつなぐ（匿名など）", ctx.url(kForm))})));
  return ctx.show(std::move(page));
}

web::Reply start_page(Ctx& ctx) { return show(ctx, {}, {}); }

web::Reply search(Ctx& ctx) {
  std::string query(ctx.req.posted_value("q").value_or(""));
  auto hits = ctx.read("household.search", [&](db::ReadTx& tx, access::Gate& gate) { return people::search(tx, gate, query); });
  return show(ctx, std::move(query), std::move(hits));
}

}  // namespace

void add_referral_start_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::referral, access::Act::create));
  router.get(kPath, need, start_page);
  router.post(kPath, need, search);
}

}  // namespace kasane::casework
