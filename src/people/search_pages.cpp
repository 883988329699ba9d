// Finding people and households. What is searched for is posted, and the results stand under a random key: names never stand in
// an address, and going back from a household shows them again.
#include "html/controls.hpp"
#include "people/form_screen.hpp"
#include "people/routes.hpp"
#include "people/rules.hpp"
#include "people/search.hpp"
#include "people/service.hpp"
#include "programme/asked_search.hpp"

namespace kasane::people {

using html::Html;
using programme::Ctx;

namespace {

constexpr std::size_t kLongestQuery = 200;  // bytes

Html search_box(const Ctx& ctx, std::string_view query) {
  const html::Control control{.name = "q", .label = "名前、ふりがな、生年月日、世帯番号",
                              .hint = "一部でも探せます。空白で区切ると、すべてに合うものを探します。例: 佐藤 昭和18年"};
  Html body = html::text_input(control, query, {.type = html::TextLook::Type::search});
  body += html::actions({html::button("さがす")});
  return html::form_frame(ctx.frame("/households/search"), body);
}

Html may_register(const Ctx& ctx) {
  const Roles writers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};
  if (!ctx.viewer().roles().meets(writers)) return {};
  return html::actions({html::link_button("新しい世帯を登録する", ctx.url("/households/new"))});
}

Html household_lines(const Ctx& ctx, const std::vector<HouseholdLabel>& households) {
  std::vector<Html> lines;
  for (const HouseholdLabel& h : households)
    lines.push_back(html::group({html::link(h.label, ctx.url("/households/" + id_text(h.id))), " ", html::muted(h.number)}));
  return html::bullets(lines);
}

Html person_lines(const Ctx& ctx, const std::vector<PersonHit>& persons) {
  Html all;
  for (const PersonHit& hit : persons) {
    html::PersonLine line;
    line.name = html::text(hit.name);
    line.kana = html::text(hit.kana);
    const std::string age = age_text(hit.birth.shown(), ctx.today());
    line.age = html::text(age.empty() ? "" : age + "（" + birth_text(hit.birth.shown()) + "生）");
    if (hit.of) {
      line.chips = html::group({hit.of->label, " ", html::muted(hit.of->number)});
      line.href = ctx.url("/households/" + id_text(hit.household));
    }
    all += html::person_line(line);
  }
  return all;
}

web::Reply start_page(Ctx& ctx) {
  const auto recent = ctx.read("household.recent", [](db::ReadTx& tx, access::Gate& gate) { return recent_households(tx, gate); });
  html::Page page;
  page.title = "世帯をさがす";
  page.current = "households";
  page.main = search_box(ctx, "");
  page.main += may_register(ctx);
  if (!recent.empty()) page.main += html::section("新しく登録された世帯", household_lines(ctx, recent));
  return ctx.show(std::move(page));
}

Html next_page(const Ctx& ctx, const SearchCursor& next) {
  return html::link("次の50件", ctx.url("/household-search/" + ctx.req.param("key") + "?person_before=" + std::to_string(next.person_before) +
                                        "&household_before=" + std::to_string(next.household_before)));
}

Html results(const Ctx& ctx, const SearchResult& found) {
  if (found.nothing_asked) return html::empty_state("さがす言葉を入力してください。");
  if (found.persons.empty() && found.households.empty())
    return html::empty_state("見つかりませんでした。ほかの書き方（かな、名前の一部、生まれた年）でも探せます。", html::link("命や安全のために、いますぐ見なければならないとき", ctx.url("/emergency")));
  Html body;
  if (!found.persons.empty())
    body += html::section("人（" + count_text(found.person_count) + "件）", person_lines(ctx, found.persons), "persons");
  if (!found.households.empty())
    body += html::section("世帯（" + count_text(found.household_count) + "件）", household_lines(ctx, found.households), "found-households");
  if (found.next) body += next_page(ctx, *found.next);
  return body;
}

/// The answer to what was posted is an address: a page that answers a POST cannot be gone back to.
web::Reply take_search(Ctx& ctx) {
  const std::string query(ctx.req.posted_value("q").value_or(""));
  if (query.size() <= kLongestQuery) return ctx.go(ctx.url("/household-search/" + programme::keep_search(ctx, query)));
  html::Page page;
  page.title = "さがした結果";
  page.current = "households";
  page.main = html::error_summary({{"q", "さがす言葉が長すぎます。"}});
  page.main += search_box(ctx, query);
  return ctx.show(std::move(page), 422);
}

web::Reply result_page(Ctx& ctx) {
  const auto query = programme::kept_search(ctx, ctx.req.param("key"));
  if (!query) return start_page(ctx);
  html::Page page;
  page.title = "さがした結果";
  page.current = "households";
  const SearchCursor cursor{number_in(ctx.req.query_value("person_before")), number_in(ctx.req.query_value("household_before"))};
  const auto found = ctx.read("household.search", [&](db::ReadTx& tx, access::Gate& gate) { return search(tx, gate, *query, cursor); });
  page.main = search_box(ctx, *query);
  page.main += results(ctx, found);
  page.main += may_register(ctx);
  return ctx.show(std::move(page));
}

}  // namespace

void add_search_routes(programme::Router& router) {
  router.get("/households", web::Need::of(kCaseRoles), start_page);
  router.post("/households/search", web::Need::of(kCaseRoles), take_search);
  router.get("/household-search/{key}", web::Need::of(kCaseRoles), result_page);
}

}  // namespace kasane::people
