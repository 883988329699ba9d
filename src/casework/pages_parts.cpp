#include "casework/pages_parts.hpp"

#include <algorithm>

#include "access/rules.hpp"

namespace kasane::casework::parts {

Table agencies_first(const programme::Ctx& ctx, const std::vector<NotedAgency>& first, bool (*offered)(const programme::Agency&)) {
  form::CodeTable table{"agencies", 1, {}};
  const auto add = [&](AgencyId id, const std::string& note) {
    const std::string code = id_text(id);
    if (table.find(code) != nullptr) return;
    table.codes.push_back({code, note.empty() ? ctx.dir().name(id) : ctx.dir().name(id) + "（" + note + "）"});
  };
  for (const NotedAgency& f : first) add(f.agency, f.note);
  for (const auto& entry : ctx.dir().all()) {
    const programme::Agency* a = ctx.m().agency(entry.code);
    if (entry.active && a != nullptr && offered(*a)) add(entry.id, {});
  }
  return std::make_shared<const form::CodeTable>(std::move(table));
}

Table areas(const programme::Ctx& ctx) {
  if (ctx.m().areas.empty()) return nullptr;
  form::CodeTable table{"areas", 1, {}};
  for (const programme::Area& a : ctx.m().areas)
    if (a.kind != programme::AreaKind::whole_city) table.codes.push_back({a.code, a.name});
  if (table.codes.empty()) return nullptr;
  return std::make_shared<const form::CodeTable>(std::move(table));
}

form::Field tick_field(std::string key, std::string label, std::string text) {
  form::CodeTable table{key + "_tick", 1, {{std::string(form::kYes), std::move(text)}}};
  return choices_field(std::move(key), std::move(label), std::make_shared<const form::CodeTable>(std::move(table)));
}

void set_tick(form::Answers& answers, std::string_view key, bool on) {
  if (on) answers.set(key, std::vector<std::string>{std::string(form::kYes)});
}

form::Field with_hint(form::Field field, std::string hint) {
  field.hint = std::move(hint);
  return field;
}

form::Field in_group(form::Field field, std::string group) {
  field.group = std::move(group);
  return field;
}

form::Field shown_when(form::Field field, std::string key, std::string code) {
  field.shown_when = form::ShownWhen{std::move(key), std::move(code)};
  return field;
}

std::vector<AgencyId> agencies_to_act(const programme::Ctx& ctx, SubjectKind kind) {
  const Roles allowed = access::roles_for(kind, access::Act::create);
  std::vector<AgencyId> all;
  for (const access::Post& p : ctx.viewer().posts)
    if (allowed.has(p.role) && std::find(all.begin(), all.end(), p.agency) == all.end()) all.push_back(p.agency);
  return all;
}

form::Field acting_field(const programme::Ctx& ctx, SubjectKind kind, std::string label) {
  const auto mine = agencies_to_act(ctx, kind);
  if (mine.size() > 1) return choice_field("agency", std::move(label), agencies(ctx, mine), true);
  form::Field f = text_field("agency", std::move(label));
  f.kind = form::Kind::hidden;
  return f;
}

std::optional<AgencyId> acting_in(const programme::Ctx& ctx, SubjectKind kind, const form::Answers& answers) {
  const auto mine = agencies_to_act(ctx, kind);
  if (mine.empty()) return std::nullopt;
  const auto chosen = chosen_id<AgencyTag>(answers, "agency");
  return chosen && std::find(mine.begin(), mine.end(), *chosen) != mine.end() ? chosen : mine.front();
}

html::Html both_versions(const form::Form& form, const form::Answers& stored, const form::Answers& typed) {
  html::Html out = html::banner(html::Tone::warning, "ほかの人が先に保存しました",
                                html::prose("いま保存されている内容と、あなたが入力した内容です。入力した内容は下の欄に残っています。よければもう一度保存してください。"));
  return html::group({out, html::two_columns(html::section("いま保存されている内容", html::form_facts(form, stored)),
                                             html::section("あなたが入力した内容", html::form_facts(form, typed)))});
}

std::string beginning(const std::string& text, std::size_t characters) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') return text.substr(0, at) + "…";
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (seen++ == characters) return text.substr(0, at) + "…";
  }
  return text;
}

html::Html next_page(const std::string& href) {
  if (href.empty()) return {};
  html::Pager pager;
  pager.summary = "50件ずつ";
  pager.next_href = href;
  return html::pagination(pager);
}

std::string labels(const Table& table, const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : "、") + table->label(code);
  return out;
}

html::Html abuse_panel(const programme::Ctx& ctx, const std::string& from, bool named) {
  const std::string href = ctx.url("/abuse/new") + (from.empty() ? "" : "?" + from);
  html::Html go = html::link_button("通告・通報へ進む", href, named ? html::Look::danger : html::Look::secondary);
  if (!named) return html::panel(html::group({html::el("p", "虐待・暴力や命の危険があるときは、同意や会議を待たずに知らせます。"), html::actions({go})}));
  return html::banner(html::Tone::danger, "虐待・暴力のおそれが書かれています",
                      html::group({html::el("p", "通告・通報は、本人の同意や会議を待ちません。だれから聞いたかは伏せられます。"), html::actions({go})}));
}

html::Html abuse_when(const programme::Ctx& ctx, const std::string& from, std::string_view name, std::string_view value) {
  return html::el("k-when", {{"data-name", name}, {"data-value", value}, {"hidden", true}}, abuse_panel(ctx, from, true));
}

}  // namespace kasane::casework::parts
