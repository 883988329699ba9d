// The page of a body: what the city's plan says of it, and its rule documents with all their versions.
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/rule_document_service.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

std::string path_of(const programme::Body& body) { return "/meeting-bodies/" + body.code; }

form::Form document_form() {
  form::Form f{"rule_document", 1, {}};
  f.fields.push_back(parts::text_field("title", "要綱の名前", true));
  form::Field from = parts::date_field("valid_from", "いつから", true);
  from.hint = "施行の日、または改正の日";
  f.fields.push_back(std::move(from));
  f.fields.push_back(parts::long_field("note", "変わったところ"));
  form::Field link = parts::text_field("link", "市のホームページのアドレス");
  link.max = 300;
  f.fields.push_back(std::move(link));
  return f;
}

Html file_input(const std::vector<FieldError>& errors) {
  const std::string fault = html::error_of(errors, "file");
  const std::string id = html::control_id("file");
  Html body = html::el("label", {{"for", id}}, "ファイル");
  body.add(html::el("p", {{"class", "hint"}, {"id", "file-hint"}}, "PDFか、文字だけのファイル。5MBまで。"));
  if (!fault.empty()) body.add(html::el("p", {{"class", "error"}, {"id", "file-error"}}, html::only_read_out("エラー："), fault));
  body.add(html::el("input", {{"type", "file"}, {"id", id}, {"name", "file"}, {"accept", "application/pdf,text/plain,.pdf,.txt"},
                              {"aria-describedby", fault.empty() ? "file-hint" : "file-error file-hint"}, html::Attr::when(!fault.empty(), "aria-invalid", "true")}));
  const std::string_view look = fault.empty() ? "field" : "field field-wrong";
  return html::el("div", {{"class", look}}, body);
}

Html versions(const programme::Ctx& ctx, const std::vector<RuleDocument>& documents) {
  if (documents.empty()) return html::empty_state("要綱はまだ登録されていません。");
  html::Table table("要綱の版", {{"名前"}, {"いつから"}, {"変わったところ"}, {"見る"}, {"登録した日"}});
  bool current = true;
  for (const RuleDocument& d : documents) {
    std::vector<Html> ways;
    if (!d.content_type.empty()) ways.push_back(html::link(html::group({"ファイル", html::only_read_out(d.title + wareki_short(d.valid_from))}), ctx.url("/rule-documents/" + id_text(d.id))));
    if (!d.link.empty()) ways.push_back(html::link(html::group({"市のページ", html::only_read_out(d.title + wareki_short(d.valid_from))}), d.link));
    const bool holds = current && d.valid_from <= ctx.today();
    table.row().cell(html::group({d.title, holds ? html::group({" ", html::chip(Tone::info, "いまの版")}) : Html()})).cell(wareki_short(d.valid_from)).cell(html::prose(d.note));
    table.cell(html::join(ways, html::text(" "))).cell(wareki_short(d.made_on));
    if (holds) current = false;
  }
  return table.done();
}

Html facts_of(const programme::Ctx& ctx, const programme::Body& body) {
  std::string hosts, members;
  for (const std::string& host : body.hosts)
    if (const auto* agency = ctx.m().agency(host)) hosts += (hosts.empty() ? "" : "、") + agency->name;
  for (const std::string& member : body.members) members += (members.empty() ? "" : "、") + member;
  html::Facts facts;
  facts.add("開く機関", body.host_text.empty() ? hosts : body.host_text).add("開く時期", html::in_plan(body.cycle.text)).add("目的", html::in_plan(body.purpose));
  facts.add("構成員", html::in_plan(members)).add("欠かせない参加者", html::in_plan(body.required_text)).add("同意", html::in_plan(body.consent_text));
  facts.add("守秘", html::in_plan(body.secrecy)).add("根拠", html::in_plan(body.legal_basis)).add("要綱", html::in_plan(body.rule_document));
  return facts.done();
}

web::Reply show(programme::Ctx& ctx, const programme::Body& body, const Again& again) {
  struct Shown {
    std::vector<RuleDocument> documents;
    bool may_add = false;
  };
  const auto s = ctx.read("body.page", [&](db::ReadTx& tx, access::Gate& gate) { return Shown{rule_documents(tx, body.code), running_agency(gate, settings_of(ctx), body).has_value()}; });
  html::Page page;
  page.title = body.full_name.empty() ? body.name : body.full_name;
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.main.add(html::section("計画に書かれていること", facts_of(ctx, body), "plan"));
  page.main.add(html::section("要綱", versions(ctx, s.documents), "documents"));
  if (s.may_add) {
    form::Answers first;
    parts::set_text(first, "title", s.documents.empty() ? body.rule_document : s.documents.front().title);
    html::FormFrame frame = ctx.frame(path_of(body) + "/rules");
    frame.multipart = true;
    page.main.add(html::folding("新しい版を登録する", html::form_page(document_form(), again.status == 200 ? first : again.answers, again.errors, {std::move(frame), "登録する", {}, {}, file_input(again.errors)}),
                                again.status != 200));
    page.main.add(html::muted("前の版は消えません。人の名前の入ったものは登録しないでください。"));
  }
  return ctx.show(std::move(page), again.status);
}

const programme::Body* body_of(const programme::Ctx& ctx) { return ctx.m().body(ctx.req.param("body")); }

web::Reply body_page(programme::Ctx& ctx) {
  const auto* body = body_of(ctx);
  return body == nullptr ? ctx.error({ErrorCode::not_found, "見つかりません。", {}}) : show(ctx, *body, {});
}

web::Reply add(programme::Ctx& ctx) {
  const auto* body = body_of(ctx);
  if (body == nullptr) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  auto parsed = form::parse(document_form(), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *body, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const auto* upload = ctx.req.upload("file");
  const NewRuleDocument in{body->code, a.text("title"), *a.date("valid_from"), a.text("note"), a.text("link"), upload ? upload->bytes : std::string()};
  const auto done = ctx.command("rule_document.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = add_rule_document(tx, gate, actor, settings_of(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(path_of(*body));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](const Again& again) { return show(ctx, *body, again); });
}

web::Reply file(programme::Ctx& ctx) {
  const auto id = parse_id_text(ctx.req.param("id"));
  const auto found = id ? ctx.read("rule_document.file", [&](db::ReadTx& tx, access::Gate&) { return rule_file(tx, *id); }) : std::nullopt;
  if (!found) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  const bool pdf = found->content_type == "application/pdf";
  // Saved, not shown within the site: what somebody uploaded never runs as a page of ours.
  web::Reply reply = web::Reply::download(found->bytes, pdf ? "application/pdf" : "text/plain; charset=utf-8", pdf ? "要綱.pdf" : "要綱.txt");
  reply.compress = !pdf;
  return ctx.park(std::move(reply));
}

}  // namespace

void add_rule_document_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  router.get("/meeting-bodies/{body}", read, body_page);
  router.post("/meeting-bodies/{body}/rules", web::Need::of(Roles{Role::coordinator, Role::city_officer}), add);
  router.get("/rule-documents/{id}", read, file);
}

}  // namespace kasane::meeting
