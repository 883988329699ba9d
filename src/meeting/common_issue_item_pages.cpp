#include "meeting/common_issue_item_pages.hpp"

#include <algorithm>

#include "meeting/common_issue_agenda.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/common_issue_view.hpp"
#include "meeting/item_service.hpp"
#include "meeting/pages.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

parts::Table issues_choice(const std::vector<CommonIssue>& open, const std::vector<CommonIssue>& linked) {
  std::vector<form::Code> codes;
  for (const CommonIssue& i : open)
    if (std::none_of(linked.begin(), linked.end(), [&](const CommonIssue& l) { return l.id == i.id; })) codes.push_back({id_text(i.id), i.title});
  return std::make_shared<const form::CodeTable>(form::CodeTable{"open_issues", 1, std::move(codes)});
}

/// One issue is asked for; the others fold away.
form::Form seen_form(const programme::Ctx& ctx, const parts::Table& known) {
  form::Form f{"issues_seen", 1, {}};
  for (int n = 1; n <= kIssuesOfItem; ++n) add_issue_fields(f, ctx, "_" + std::to_string(n), n == 1 ? "" : std::to_string(n) + "つ目の課題", false);
  if (!known->codes.empty()) {
    form::Field same = parts::choices_field("known", "すでに出ている課題と同じもの", known);
    same.group = "すでに出ている課題から選ぶ";
    f.fields.push_back(std::move(same));
  }
  return f;
}

struct Seen {
  std::vector<CommonIssue> linked, open;
};

Seen seen_of(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("item.common_issues", [&](db::ReadTx& tx, access::Gate& gate) {
    return Seen{issues_of_item(tx, gate, id), issues_like(tx, gate, {"open", {}, {}, {}})};
  });
}

Html linked_html(const programme::Ctx& ctx, const std::vector<CommonIssue>& linked) {
  std::vector<Html> lines;
  for (const CommonIssue& i : linked)
    lines.push_back(html::group({html::link(i.title, ctx.url(issue_path(i.id))), " ", html::chip(Tone::info, label_of(i.state))}));
  return html::bullets(lines);
}

std::string posted_back(const programme::Ctx& ctx) { return std::string(ctx.req.posted_value("back").value_or("")); }

/// Back to the sitting that is run, or to the page of the item.
std::string place_after(const programme::Ctx& ctx, const ItemHead& item) {
  return posted_back(ctx) == kLiveScreen ? ctx.url(session_path(item.session) + "/live") : ctx.url(item_path(item.id));
}

Html seen_form_html(programme::Ctx& ctx, AgendaItemId id, const Seen& seen, const Again& again, std::string_view back) {
  html::FormFrame frame = ctx.frame(item_path(id) + "/common-issues", "issues-seen-" + id_text(id));
  frame.hidden.push_back({"back", std::string(back)});
  return html::form_page(seen_form(ctx, issues_choice(seen.open, seen.linked)), again.answers, again.errors, {std::move(frame), "共通の課題に加える", {}, {}, {}});
}

web::Reply show_seen(programme::Ctx& ctx, const ItemView& item, Again again) {
  const Seen seen = seen_of(ctx, item.head.id);
  html::Page page;
  page.title = "この話から見えた共通の課題";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"議題" + std::to_string(item.head.number), ctx.url(item_path(item.head.id))}, {page.title, ""}};
  page.main.add(linked_html(ctx, seen.linked));
  page.main.add(seen_form_html(ctx, item.head.id, seen, again, posted_back(ctx)));
  return ctx.show(std::move(page), again.status);
}

Result<ItemView> item_of(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return tl::unexpected(id.error());
  return ctx.read("item.page", [&](db::ReadTx& tx, access::Gate& gate) { return item(tx, gate, settings_of(ctx), *id); });
}

web::Reply add_seen(programme::Ctx& ctx) {
  const auto shown = item_of(ctx);
  if (!shown) return ctx.error(shown.error());
  const AgendaItemId id = shown->head.id;
  const Seen seen = seen_of(ctx, id);
  auto parsed = form::parse(seen_form(ctx, issues_choice(seen.open, seen.linked)), ctx.req.posted);
  if (!parsed.ok()) return show_seen(ctx, *shown, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  std::vector<IssueText> typed;
  for (int n = 1; n <= kIssuesOfItem; ++n) typed.push_back(read_issue(parsed.answers, "_" + std::to_string(n)));
  auto done = ctx.command("item.common_issues", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto ids = raise_from_item(tx, gate, actor, settings_of(ctx), id, typed, parts::chosen_ids<CommonIssueTag>(parsed.answers, "known"));
    if (!ids) return tl::unexpected(ids.error());
    return place_after(ctx, shown->head) + "#common-issues";
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_seen(ctx, *shown, std::move(again)); });
}

// --- an item about an issue ---

std::optional<CommonIssue> treated(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("item.common_issue", [&](db::ReadTx& tx, access::Gate& gate) { return issue_treated_by(tx, gate, id); });
}

Html decision_form_html(programme::Ctx& ctx, const ItemView& item, const CommonIssue& issue, const Again& again, std::string_view back) {
  html::FormFrame frame = ctx.frame(item_path(item.head.id) + "/common-issue", "issue-decision-" + id_text(item.head.id));
  frame.version = std::to_string(item.head.version);
  frame.hidden.push_back({"issue_version", std::to_string(issue.version)});
  frame.hidden.push_back({"back", std::string(back)});
  return html::form_page(step_form(ctx, issue, true), again.answers, again.errors, {std::move(frame), "結果を保存する", {}, {}, {}});
}

web::Reply show_decision(programme::Ctx& ctx, const ItemView& item, const CommonIssue& issue, Again again) {
  html::Page page;
  page.title = "共通の課題をどうするか";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"議題" + std::to_string(item.head.number), ctx.url(item_path(item.head.id))}, {page.title, ""}};
  page.lead = html::text(issue.title);
  if (again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("この課題か議題が、ほかの人によって先に進みました。見くらべて、よければもう一度保存してください。")};
  page.main.add(decision_form_html(ctx, item, issue, again, posted_back(ctx)));
  return ctx.show(std::move(page), again.status);
}

web::Reply decide(programme::Ctx& ctx) {
  const auto shown = item_of(ctx);
  if (!shown) return ctx.error(shown.error());
  const auto issue = treated(ctx, shown->head.id);
  if (!issue) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  auto parsed = form::parse(step_form(ctx, *issue, true), ctx.req.posted);
  if (!parsed.ok()) return show_decision(ctx, *shown, *issue, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const std::string posted(ctx.req.posted_value("issue_version").value_or(""));
  const std::int64_t issue_version = posted == std::to_string(issue->version) ? issue->version : 0;
  auto done = ctx.command("item.common_issue", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = decide_issue(tx, gate, actor, settings_of(ctx), shown->head.id, parts::posted_version(ctx), issue_version, read_step(parsed.answers)); !kept)
      return tl::unexpected(kept.error());
    return place_after(ctx, shown->head);
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_decision(ctx, *shown, *issue, std::move(again)); });
}

// --- a session ---

web::Reply put(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto issue = parse_id<CommonIssueTag>(ctx.req.posted_value("issue").value_or(""));
  if (!issue) return ctx.error({ErrorCode::invalid, "課題を選んでください。", {}});
  const std::string body(ctx.req.posted_value("body").value_or(""));
  auto done = ctx.command("item.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto item = put_issue_on_agenda(tx, gate, actor, settings_of(ctx), *id, body, *issue);
    if (!item) return tl::unexpected(item.error());
    return ctx.url(session_path(*id) + (posted_back(ctx) == kPrepareScreen ? "/prepare" : ""));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

struct WaitingFor {
  std::string body;
  std::vector<CommonIssue> issues;
};

}  // namespace

Html issues_seen_section(programme::Ctx& ctx, const ItemView& item, std::string_view back) {
  if (item.head.state != ItemState::treated || !ctx.viewer().roles().meets(kIssueRaisers) || treated(ctx, item.head.id)) return {};
  const Seen seen = seen_of(ctx, item.head.id);
  const Html words = html::muted("この世帯だけの話ではないと思われることを、だれのことかが分からない言葉で書きます。なければ、そのままで構いません。");
  const Html lesson = html::el("p", html::link("役に立った進め方を、支援の知見として書く", ctx.url("/lessons/new?item=" + id_text(item.head.id))));
  const Html body = html::group({words, linked_html(ctx, seen.linked), seen_form_html(ctx, item.head.id, seen, {}, back), lesson});
  if (item.head.function == programme::BodyFunction::review) return html::section("この話から見えた共通の課題", body, "common-issues");
  return html::folding("この話から見えた共通の課題", body, !seen.linked.empty(), "common-issues");
}

Html issue_decision_section(programme::Ctx& ctx, const ItemView& item, std::string_view back) {
  if (item.head.household) return {};
  const auto issue = treated(ctx, item.head.id);
  if (!issue) return {};
  Html body = html::group({html::link(issue->title, ctx.url(issue_path(issue->id))), " ", html::chip(Tone::info, label_of(issue->state))});
  const bool open = item.head.state == ItemState::waiting && item.session.state == SessionState::held && !item.session.confirmed_on && item.may_manage;
  if (open) body.add(decision_form_html(ctx, item, *issue, {}, back));
  return html::section("共通の課題", body, "common-issue");
}

Html issues_waiting_section(programme::Ctx& ctx, const Session& session, bool may_manage, std::string_view back) {
  Html out;
  const bool plenary = std::any_of(session.bodies.begin(), session.bodies.end(), [](const SessionBody& b) { return is_plenary(b.function); });
  if (plenary) out.add(html::actions({html::link_button("この会議の資料（共通の課題と数）", ctx.url(session_path(session.id) + "/plenary"))}));
  if (session.state != SessionState::planned || !may_manage) return out;
  const auto waiting = ctx.read("meeting.common_issues", [&](db::ReadTx& tx, access::Gate& gate) {
    std::vector<WaitingFor> all;
    for (const SessionBody& b : session.bodies)
      if (const auto* body = ctx.m().body(b.body))
        if (auto issues = common_issues_waiting(tx, gate, *body); !issues.empty()) all.push_back({b.body, std::move(issues)});
    return all;
  });
  if (waiting.empty()) return out;
  html::Table table("この会議を待っている共通の課題", {{"課題"}, {"分野"}, {"状態"}, {"会議"}, {"操作"}});
  for (const WaitingFor& w : waiting)
    for (const CommonIssue& i : w.issues) {
      table.row().cell(html::link(i.title, ctx.url(issue_path(i.id)))).cell(field_name(ctx, i.field)).cell(label_of(i.state)).cell(body_name(ctx, w.body));
      table.cell(html::post_button(ctx.post(session_path(session.id) + "/common-issues", {.label = "議題にする", .about = i.title}, {{"body", w.body}, {"issue", id_text(i.id)}, {"back", std::string(back)}})));
    }
  out.add(html::section("この会議を待っている共通の課題", table.done(), "common-issues"));
  return out;
}

void add_issue_item_routes(programme::Router& router) {
  router.post("/items/{id}/common-issues", web::Need::of(kIssueRaisers), add_seen);
  router.post("/items/{id}/common-issue", web::Need::of(kIssueStewards), decide);
  router.post("/meetings/{id}/common-issues", web::Need::of(kIssueStewards), put);
}

}  // namespace kasane::meeting
