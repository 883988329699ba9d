#include "meeting/packet_paper_pages.hpp"

#include "casework/pages_parts.hpp"
#include "form/parse.hpp"
#include "meeting/item_view.hpp"
#include "meeting/packet_view.hpp"
#include "meeting/reader_trail.hpp"
#include "meeting/secrecy_service.hpp"

namespace kasane::meeting {

using html::Html;
using parts::Again;

namespace {

std::string papers_path(AgendaItemId item) { return item_path(item) + "/packet-papers"; }

form::Form paper_form() {
  form::Form f{"packet_paper", 1, {}};
  f.fields.push_back(parts::text_field("reader", "渡す人の氏名", true));
  f.fields.back().hint = "アカウントのない職員など。紙に名前が入り、だれに渡したかが残ります。";
  f.fields.push_back(parts::tick_field("secrecy", "守秘", "守秘を説明し、確認を受けた"));
  return f;
}

web::Reply hand(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  const auto party = parse_id_text(ctx.req.param("party"));
  if (!id || !party) return ctx.error({ErrorCode::not_found, {}, {}});
  auto parsed = form::parse(paper_form(), ctx.req.posted);
  if (!parsed.ok()) return show_preview(ctx, *id, *party, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const auto done = ctx.command("packet.paper", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto paper = hand_paper(tx, gate, actor, settings_of(ctx), *id, *party, parsed.answers.text("reader"), parts::is_ticked(parsed.answers, "secrecy"));
    if (!paper) return tl::unexpected(paper.error());
    return ctx.url(papers_path(*id) + "/" + id_text(*paper));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_preview(ctx, *id, *party, again); });
}

web::Reply paper_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  const auto paper = parse_id_text(ctx.req.param("paper"));
  if (!id || !paper) return ctx.error({ErrorCode::not_found, {}, {}});
  auto v = ctx.read("packet.paper", [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action("packet.paper", access::Act::print);
    return paper_view(tx, gate, settings_of(ctx), *id, PacketPaperId(*paper));
  });
  if (!v) return ctx.error(v.error());
  html::PrintHead head;
  head.form_name = "会議の資料";
  head.made_on = wareki(v->paper.handed_on);
  head.made_by = v->preview.sight.name + "　" + v->paper.reader + " さん";
  head.secrecy = v->preview.item.head.body.empty() ? std::string() : secrecy_words(ctx.m(), v->preview.item.head.body);
  html::Page page;
  page.title = "会議の資料";
  page.current = "meetings";
  page.main = reader_sheet(ctx, html::print_head(head), preview_html(ctx, v->preview, v->summary), v->preview.item.head.ground_text);
  std::vector<Reading> readers;
  readers.push_back({AccountId(v->paper.party), std::move(v->reader)});
  return with_readers(ctx, ctx.show(std::move(page)), std::move(readers));
}

}  // namespace

Html paper_section(programme::Ctx& ctx, AgendaItemId item, const Preview& preview, const std::vector<PacketPaper>& papers, const Again& again) {
  Html body;
  if (!papers.empty()) {
    html::Table table("紙で渡した人", {{"氏名"}, {"日付"}, {"紙"}});
    for (const PacketPaper& p : papers)
      table.row().cell(p.reader).cell(wareki_short(p.handed_on)).cell(html::link("もう一度印刷する", ctx.url(papers_path(item) + "/" + id_text(p.id))));
    body += table.done();
  }
  const bool agency = !ctx.dir().code(AgencyId(preview.sight.attendee.party)).empty();
  if (!agency && papers.empty()) return {};
  if (preview.sight.opens && agency) {
    // Not kept as a draft: a name in it would outlive the item's disposal.
    html::FormFrame frame = ctx.frame(item_path(item) + "/packets/" + id_text(preview.sight.attendee.party) + "/paper");
    body += html::form_page(paper_form(), again.answers, again.errors, {std::move(frame), "紙に出す", {}, {}, {}});
  }
  return html::folding("アカウントのない人に紙で渡す", body, !papers.empty() || again.status != 200, "paper");
}

void add_packet_paper_routes(programme::Router& router) {
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.post("/items/{id}/packets/{party}/paper", manage, hand);
  router.get("/items/{id}/packet-papers/{paper}", manage, paper_page);
}

}  // namespace kasane::meeting
