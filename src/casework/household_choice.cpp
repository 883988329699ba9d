#include "casework/household_choice.hpp"

#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using programme::Ctx;

Html household_rows(const HouseholdChoice& c, std::string_view caption, const std::vector<people::HouseholdLabel>& all) {
  html::Table t(caption, {{"世帯"}, {"番号"}, {""}});
  for (const people::HouseholdLabel& h : all) t.row().cell(h.label).cell(h.number).cell(c.action(h.id, std::nullopt, h.number));
  return t.done();
}

Html person_rows(const HouseholdChoice& c, const std::vector<people::PersonHit>& all) {
  html::Table t("見つかった人", {{"氏名"}, {"ふりがな"}, {"世帯"}, {""}});
  for (const people::PersonHit& p : all)
    t.row().cell(p.name).cell(p.kana).cell(p.of ? html::text(p.of->label) : Html()).cell(c.action(p.household, p.person, p.of ? p.of->number : std::string()));
  return t.done();
}

Html found(const HouseholdChoice& c) {
  if (c.hits->persons.empty() && c.hits->households.empty()) return html::empty_state(c.none_found);
  Html rows;
  if (!c.hits->persons.empty()) rows.add(person_rows(c, c.hits->persons));
  if (!c.hits->households.empty()) rows.add(household_rows(c, "見つかった世帯", c.hits->households));
  return rows;
}

}  // namespace

Html household_choice(Ctx& ctx, const HouseholdChoice& c) {
  html::FormFrame search = ctx.frame(c.path);
  search.hidden = {{"step", "search"}};
  Html box = html::text_input({.name = "q", .label = "氏名・ふりがな・世帯番号でさがす", .hint = {}, .error = {}, .required = false, .mark = {}, .id = {}},
                              c.query, {.type = html::TextLook::Type::search, .width = html::Width::half, .unit = {}, .autocomplete = "off"});
  box.add(html::actions({html::button("さがす", html::Look::secondary)}));
  Html all = html::section("もうある世帯からさがす", html::form_frame(search, box));
  if (c.hits) return all.add(found(c));
  const auto recent = ctx.read("household.recent", [&](db::ReadTx& tx, access::Gate& gate) { return people::recent_households(tx, gate); });
  if (!recent.empty()) all.add(html::folding("最近の世帯から選ぶ", household_rows(c, "最近の世帯", recent), false));
  return all;
}

}  // namespace kasane::casework
