#include "consent/pages.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "consent/form.hpp"

namespace kasane::consent {

using html::Html;
using html::Tone;

std::vector<AgencyId> nameable(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies) {
  std::vector<AgencyId> out;
  for (const AgencyId id : agencies) {
    const programme::Agency* agency = ctx.m().agency(ctx.dir().code(id));
    if (agency == nullptr || !agency->sensitive || ctx.viewer().in_agency(id)) out.push_back(id);
  }
  return out;
}

std::vector<AgencyId> exceptions_shown(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies) {
  std::vector<AgencyId> out;
  for (const AgencyId id : nameable(ctx, agencies))
    if (!ctx.viewer().in_agency(id)) out.push_back(id);
  return out;
}

std::string agency_names(const programme::Ctx& ctx, const std::vector<AgencyId>& agencies) {
  std::string names;
  for (const AgencyId id : agencies) {
    const std::string& name = ctx.dir().name(id);
    if (!name.empty()) names += (names.empty() ? "" : "、") + name;
  }
  return names;
}

namespace {

Tone tone_of(Validity validity) {
  switch (validity) {
    case Validity::valid: return Tone::success;
    case Validity::refused:
    case Validity::withdrawn:
    case Validity::lapsed: return Tone::warning;
    case Validity::none: return Tone::neutral;
  }
  return Tone::neutral;
}

std::string scope_text(const programme::Ctx& ctx, const ConsentLine& line) {
  if (line.kind == Kind::application || line.topics.empty()) return {};
  if (line.standard) return ctx.m().wording("consent_standard_scope", "標準の範囲");
  std::string text = topic_label(access::Topic::basic);
  for (const access::Topic topic : topics_to_choose())
    if (line.topics.has_all(topic)) text += std::string("、") + topic_label(topic);
  return text;
}

Html days(const ConsentLine& line) {
  Html html = html::text(wareki_short(line.given_on));
  if (line.withdrawn_on) html.add(html::muted("取消し " + wareki_short(*line.withdrawn_on)));
  else if (line.valid_until) html.add(html::muted(wareki_short(*line.valid_until) + "まで"));
  return html;
}

Html how_it_was_given(const ConsentLine& line) {
  Html html = html::text(line.how == How::paper ? "書面" : "口頭");
  if (!line.witness.shown().empty()) html += html::group({"（聞いた人 ", line.witness, "）"});
  if (line.given_by != GivenBy::representative) return html;
  html += html::group({" ", line.capacity ? label_of(*line.capacity) : "代わりの人", " ", line.representative});
  if (!line.representation.shown().empty()) html += html::group({"（", line.representation, "）"});
  if (line.assent) html.add(html::muted(std::string("子ども本人: ") + label_of(line.assent->answer) + " " + wareki_short(line.assent->heard_on)));
  return html;
}

/// People who were called by name and guests, among the parties of a list: no agency of the city has their id.
std::size_t persons_among(const programme::Ctx& ctx, const std::vector<AgencyId>& parties) {
  return static_cast<std::size_t>(std::ranges::count_if(parties, [&](AgencyId id) { return ctx.dir().code(id).empty(); }));
}

/// 「障がい福祉課、東地域包括支援センター、個人2人」; agencies that may not be named to this viewer are left out.
std::string receivers_text(const programme::Ctx& ctx, const std::vector<AgencyId>& parties) {
  std::string text = agency_names(ctx, nameable(ctx, parties));
  if (const auto persons = persons_among(ctx, parties); persons > 0) text += (text.empty() ? "個人" : "、個人") + std::to_string(persons) + "人";
  return text;
}

/// 「2件（障がい福祉課、個人1人）」
std::string papers_text(const programme::Ctx& ctx, const std::vector<PaperOut>& papers) {
  std::vector<AgencyId> parties;
  std::vector<std::int64_t> items;
  for (const PaperOut& p : papers) {
    if (!ctx.dir().code(p.agency).empty() && nameable(ctx, {p.agency}).empty()) continue;
    if (std::ranges::find(parties, p.agency) == parties.end()) parties.push_back(p.agency);
    if (std::ranges::find(items, p.item) == items.end()) items.push_back(p.item);
  }
  return items.empty() ? std::string() : std::to_string(items.size()) + "件（" + receivers_text(ctx, parties) + "）";
}

Html scope_cell(const programme::Ctx& ctx, const ConsentLine& line) {
  Html html = html::text(scope_text(ctx, line));
  if (const auto kept_from = exceptions_shown(ctx, line.exceptions); !kept_from.empty())
    html.add(html::muted("共有しない機関 " + agency_names(ctx, kept_from)));
  if (const std::string reached = receivers_text(ctx, line.went_out); !reached.empty()) html.add(html::muted("それまでに伝わっていた先 " + reached));
  if (const std::string papers = papers_text(ctx, line.papers_out); !papers.empty()) html.add(html::muted("渡っていた会議の資料 " + papers));
  return html;
}

std::string kind_name(const programme::Ctx& ctx, Kind kind) {
  return kind == Kind::application ? ctx.m().wording("application", "利用申込み") : ctx.m().wording("consent", "情報共有同意");
}

Html links(const programme::Ctx& ctx, const ConsentLine& line, bool may_change) {
  std::vector<Html> items;
  const std::string path = "/consents/" + id_text(line.id);
  if (line.has_sheet) items.push_back(html::link("紙を見る", ctx.url(path + "/sheet")));
  if (may_change && line.latest && line.validity == Validity::valid) items.push_back(html::link("取り消す", ctx.url(path + "/withdraw")));
  if (may_change && !(line.went_out.empty() && line.papers_out.empty()))
    items.push_back(html::link("伝わっていた先", ctx.url(path + "/withdraw")));
  return html::join(items, html::text(" "));
}

web::Reply sheet_page(programme::Ctx& ctx) {
  const auto id = ctx.id<ConsentTag>();
  if (!id) return ctx.error(id.error());
  auto sheet = ctx.read("consent.sheet", [&](db::ReadTx& tx, access::Gate& gate) { return sheet_of(tx, gate, *id); });
  if (!sheet) return ctx.error(sheet.error());
  const auto bytes = from_base64url(sheet->base64url.shown());
  if (!bytes) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  const bool pdf = sheet->content_type == "application/pdf";
  const char* name = pdf ? "consent.pdf" : sheet->content_type == "image/png" ? "consent.png" : "consent.jpg";
  // Saved, not shown within the site: what somebody uploaded never runs as a page of ours.
  web::Reply reply = web::Reply::download(std::string(bytes->begin(), bytes->end()), sheet->content_type, name);
  reply.compress = false;
  return ctx.park(std::move(reply));
}

}  // namespace

Html consent_list_html(const programme::Ctx& ctx, const std::vector<ConsentLine>& lines,
                       const std::unordered_map<PersonId, people::PersonName>& names, bool may_change) {
  if (lines.empty()) return html::empty_state("申込みと同意の記録はまだありません。");
  html::Table table("申込みと同意", {{ctx.m().wording("person", "本人")}, {"内容"}, {"いまの状態"}, {"日付"}, {"確かめ方"}, {"範囲"}, {"操作"}});
  for (const ConsentLine& line : lines) {
    const auto name = names.find(line.person);
    table.row().cell(name == names.end() ? Html() : html::text(name->second.name)).cell(kind_name(ctx, line.kind));
    table.cell(line.latest ? html::chip(tone_of(line.validity), label_of(line.validity)) : html::muted("新しい記録があります"));
    table.cell(days(line)).cell(how_it_was_given(line)).cell(scope_cell(ctx, line)).cell(links(ctx, line, may_change));
  }
  return table.done();
}

void add_routes(programme::Router& router) {
  router.get("/consents/{id}/sheet", web::Need::of(kCaseRoles), sheet_page);
  add_cooperation_routes(router);
  add_provision_routes(router);
  add_emergency_routes(router);
}

}  // namespace kasane::consent
