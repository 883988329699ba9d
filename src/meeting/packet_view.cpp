#include "meeting/packet_view.hpp"

#include "consent/form.hpp"
#include "meeting/item_view.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

/// `of_item`: where several consents together open the item, no single ground is named.
std::string grounds_words(const Sight& sight, const std::string& of_item) {
  if (!sight.opens) return "資料は開きません";
  if (sight.grounds.empty()) return "会議を開く機関";
  std::string words;
  for (const auto& g : sight.grounds)
    if (words.find(g.basis) == std::string::npos) words += (words.empty() ? "" : "、") + g.basis;
  return words.empty() ? of_item : words;
}

Html persons_cell(const Sight& sight) {
  if (!sight.opens) return {};
  if (sight.attendee.scope == Scope::summary) return html::text("名前は出ません");
  if (sight.persons.empty()) return html::text("議題の資料だけ");
  std::vector<Html> names;
  for (const PersonalText& name : sight.persons) names.push_back(html::text(name));
  return html::join(names, html::text("、"));
}

}  // namespace

std::string topics_words(access::Topics topics) {
  if (topics.has_all(access::kStandardScope)) return "標準の範囲";
  std::string words;
  for (std::uint32_t bit = 1; bit <= access::kAllTopics.bits(); bit <<= 1)
    if (topics.bits() & bit) words += (words.empty() ? "" : "、") + std::string(consent::topic_label(static_cast<access::Topic>(bit)));
  return words;
}

Html sights_html(const programme::Ctx& ctx, const Overview& overview) {
  if (overview.sights.empty()) return html::empty_state("会議を開く機関だけが見られます。");
  html::Table table("だれに何が見えるか", {{"機関・人"}, {"範囲"}, {"根拠"}, {"見える分野"}, {"だれのこと"}, {"いつまで"}, {"守秘の確認"}});
  for (const Sight& s : overview.sights) {
    table.row().cell(html::link(s.name, ctx.url(item_path(overview.item.head.id) + "/packets/" + id_text(s.attendee.party))));
    table.cell(label_of(s.attendee.scope)).cell(grounds_words(s, overview.item.head.ground_text)).cell(s.opens ? topics_words(s.topics) : std::string()).cell(persons_cell(s));
    table.cell(s.opens ? wareki_short(s.attendee.until) : std::string());
    const bool agency = !ctx.dir().code(AgencyId(s.attendee.party)).empty();
    table.cell(agency ? std::string("開く人がそれぞれ") : s.secrecy_on ? wareki_short(*s.secrecy_on) : std::string("まだ"));
  }
  return table.done();
}

Html summary_html(const Summary& summary) {
  html::Facts facts;
  facts.add("年代", summary.people);
  facts.add("要約", html::prose(summary.text));
  return facts.done();
}

Html reader_sheet(const programme::Ctx& ctx, const Html& head, const Html& body, const std::string& ground) {
  std::vector<Html> foot{html::text("印刷した人 " + ctx.who().post_line + " " + ctx.who().display_name),
                         html::text("印刷した日時 " + wareki(ctx.today()) + " " + office_time(ctx.now()))};
  if (!ground.empty()) foot.push_back(html::text("共有してよい根拠 " + ground));
  foot.push_back(html::text(ctx.m().name + "　会議の後は、開いた機関に返してください。"));
  return html::el("div", {{"class", "every-page"}}, html::paper_sheet(head, body, html::print_foot(foot)));
}

}  // namespace kasane::meeting
