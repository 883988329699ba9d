#include "casework/notice_pages.hpp"

#include "casework/abuse_service.hpp"
#include "casework/notice_rules.hpp"
#include "casework/notice_service.hpp"
#include "casework/pages_parts.hpp"
#include "casework/posted_form.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;
using programme::Ctx;

constexpr Roles kReporters{Role::window_counsellor, Role::coordinator,  Role::field_worker,  Role::city_officer,
                           Role::head,              Role::commissioner, Role::meeting_member};
constexpr Roles kLookers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

/// Who works with cases sees notices; all others only report.
bool works_with_cases(const Ctx& ctx) { return ctx.viewer().roles().meets(kCaseRoles); }
bool may_report(const Ctx& ctx) { return ctx.viewer().roles().meets(access::roles_for(SubjectKind::notice, access::Act::create)); }

std::string informant_reply(const Ctx& ctx) { return ctx.m().wording("informant_reply", "受け止めました"); }

std::vector<parts::NotedAgency> noted_owners(const Ctx& ctx, std::string_view area) {
  std::vector<parts::NotedAgency> all;
  for (const programme::Agency* a : suggested_owners(ctx.m(), area)) {
    const bool local = a->kind == programme::AgencyKind::cgsc;
    if (const auto id = ctx.dir().find(a->code)) all.push_back({*id, local ? "地区の担当" : "市の担当"});
  }
  return all;
}

form::Field owner_field(const Ctx& ctx, std::string_view area) {
  return parts::with_hint(parts::choice_field("owner", "確認する機関", parts::agencies_first(ctx, noted_owners(ctx, area), may_own_notice)),
                          "選ばないときは、地区の担当（なければ市の担当）に届きます。");
}

form::Form notice_form(const Ctx& ctx, std::string_view area) {
  const bool staff = works_with_cases(ctx);
  form::Form f{"notice", 1, {}};
  f.fields.push_back(parts::with_hint(parts::long_field("text", "気づいたこと", true), "例：カーテンが閉まったままで、新聞がたまっている。"));
  f.fields.push_back(parts::with_hint(parts::text_field("about", "だれ・どこのことか"), "名前が分からなくてもかまいません。分かるところまで。"));
  if (auto areas = parts::areas(ctx)) f.fields.push_back(parts::choice_field("area", "地区", areas));
  f.fields.push_back(parts::tick_field("abuse", "急ぐこと", "虐待・暴力や命の危険があるかもしれない"));
  if (staff) {
    f.fields.push_back(parts::date_field("received_on", "受けた日", true));
    f.fields.push_back(parts::choice_field("source", "だれからの気づきか", parts::city_table(ctx, "notice_source"), true));
    f.fields.push_back(owner_field(ctx, area));
    f.fields.push_back(parts::in_group(parts::text_field("reporter", "知らせてくれた人"), "くわしく"));
    f.fields.push_back(parts::in_group(parts::choice_field("channel", "受けた方法", parts::city_table(ctx, "intake_channel")), "くわしく"));
    f.fields.push_back(parts::in_group(
        parts::with_hint(parts::date_field("look_by", "いつまでに確認するか"), "入れないときは、市の決まりの日数です。"), "くわしく"));
  } else {
    f.fields.push_back(parts::in_group(owner_field(ctx, area), "くわしく"));
    f.fields.push_back(parts::in_group(parts::with_hint(parts::text_field("reporter", "お名前・連絡先"), "書かなくてもかまいません。"), "くわしく"));
  }
  return f;
}

/// The informant's own code where the post says it.
std::string source_of(const Ctx& ctx, const form::Answers& a) {
  if (const std::string& chosen = a.text("source"); !chosen.empty()) return chosen;
  return ctx.viewer().roles().has(Role::commissioner) ? "commissioner" : "agency";
}

NewNotice notice_in(const Ctx& ctx, const form::Answers& a) {
  NewNotice in;
  in.received_on = a.date("received_on").value_or(ctx.today());
  in.channel = a.text("channel");
  in.source = source_of(ctx, a);
  in.from_community = is_from_community(in.source);
  in.look_by = a.date("look_by");
  in.area = a.text("area");
  in.about = a.text("about");
  in.text = a.text("text");
  in.reporter = a.text("reporter");
  in.abuse_named = parts::is_ticked(a, "abuse");
  if (const auto chosen = parts::chosen_id<AgencyTag>(a, "owner")) {
    in.owner = *chosen;
  } else if (const auto suggested = suggested_owners(ctx.m(), in.area); !suggested.empty()) {
    in.owner = ctx.dir().id(suggested.front()->code);
  }
  return in;
}

web::Reply show_new(Ctx& ctx, std::optional<Again> again) {
  if (!may_report(ctx)) return ctx.error({ErrorCode::not_permitted, "気づきを知らせる役割がありません。", {}});
  constexpr const char* kDraft = "notice-new";
  const form::Form f = notice_form(ctx, again ? again->answers.text("area") : std::string());
  Html from_draft;
  if (!again) {
    again.emplace();
    if (const auto draft = ctx.draft(kDraft)) {
      again->answers = form::parse(f, *draft).answers;
      from_draft = programme::draft_note(ctx, kDraft);
    } else {
      again->answers.set("received_on", ctx.today());
    }
  }
  html::Page page;
  page.title = ctx.m().wording("notice", "気づき") + "を知らせる";
  page.current = "notices";
  page.crumbs = {{ctx.m().wording("notice", "気づき"), ctx.url("/notices")}, {"知らせる", ""}};
  if (works_with_cases(ctx)) {
    page.main.add(parts::abuse_panel(ctx, "", false));
  } else {
    page.main.add(html::panel(html::el("p", "いま命の危険があるときは110番・119番に、子どもへの虐待は189番に電話してください。")));
  }
  page.main.add(from_draft);
  page.main.add(html::form_page(f, again->answers, again->errors,
                                {ctx.frame("/notices", kDraft), "知らせる", ctx.url("/notices"), {},
                                 works_with_cases(ctx) ? parts::abuse_when(ctx, "", "abuse", form::kYes) : Html()}));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(Ctx& ctx) { return show_new(ctx, std::nullopt); }

web::Reply create(Ctx& ctx) {
  if (!may_report(ctx)) return ctx.error({ErrorCode::not_permitted, "気づきを知らせる役割がありません。", {}});
  auto parsed = parts::posted(ctx, notice_form(ctx, {}));
  if (!parsed.ok()) return show_new(ctx, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const NewNotice in = notice_in(ctx, parsed.answers);
  auto done = ctx.command("notice.receive", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = receive_notice(tx, gate, actor, parts::in_city(ctx), in);
    if (!id) return tl::unexpected(id.error());
    // Who only reports is never led to the notice: not even its address is told.
    const bool own = works_with_cases(ctx) && gate.may(*id, access::Act::read);
    return ctx.url(own ? "/notices/" + id_text(*id) : "/notices?received=yes");
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_new(ctx, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

// --- the list ---

Html receipt_list(const Ctx& ctx, const std::vector<Receipt>& all) {
  if (all.empty()) return html::empty_state("まだ知らせた気づきはありません。");
  std::vector<Html> lines;
  for (const Receipt& r : all) lines.push_back(html::text(wareki(office_day(r.received_at)) + "　" + informant_reply(ctx)));
  return html::bullets(lines);
}

Html state_chip(const NoticeLine& n, Date today) {
  if (n.state == NoticeState::open && n.look_by < today) return html::chip(html::Tone::danger, "確認の期限超過");
  return html::chip(n.state == NoticeState::open ? html::Tone::warning : html::Tone::neutral, label_of(n.state));
}

Html notice_table(const Ctx& ctx, const std::vector<NoticeLine>& lines) {
  html::Table t("気づきの一覧", {{"内容"}, {"だれから"}, {"受けた日"}, {"確認する日"}, {"担当"}, {"状態"}});
  const auto sources = parts::city_table(ctx, "notice_source");
  for (const NoticeLine& n : lines) {
    const std::string about = n.about.shown().empty() ? "（だれのことか未確認）" : parts::beginning(n.about.shown());
    Html first = html::link(about, ctx.url("/notices/" + id_text(n.id)));
    if (n.abuse_named) first.add(" ").add(html::chip(html::Tone::danger, "虐待のおそれ"));
    t.row().cell(first).cell(sources->label(n.source)).cell(wareki_short(n.received_on)).cell(wareki_short(n.look_by)).cell(ctx.dir().name(n.owner)).cell(state_chip(n, ctx.today()));
  }
  return t.done();
}

Html report_table(const Ctx& ctx, const std::vector<AbuseLine>& lines) {
  html::Table t("通告・通報の一覧", {{"種類"}, {"日"}, {"知らせた機関"}, {"受けた機関"}});
  for (const AbuseLine& l : lines)
    t.row()
        .cell(html::link(label_of(l.kind), ctx.url("/abuse/" + id_text(l.id))))
        .cell(wareki_short(l.reported_on))
        .cell(ctx.dir().name(l.agency))
        .cell(ctx.dir().name(l.reported_to));
  return t.done();
}

web::Reply list_page(Ctx& ctx) {
  const bool staff = works_with_cases(ctx);
  const bool done = ctx.req.query_value("done") == "yes";
  struct Found {
    NoticePage page;
    std::vector<Receipt> receipts;
    std::vector<AbuseLine> reports;
  };
  auto found = ctx.read("notice.list", [&](db::ReadTx& tx, access::Gate& gate) {
    Found f;
    if (staff) f.page = notices(tx, gate, done, ctx.req.query_value("from"));
    if (staff && !done) f.reports = abuse_reports(tx, gate);
    f.receipts = receipts(tx, ctx.viewer().account);
    return f;
  });
  html::Page page;
  page.title = ctx.m().wording("notice", "気づき");
  page.current = "notices";
  if (ctx.req.query_value("received") == "yes")
    page.flash = html::Flash{html::Tone::success, informant_reply(ctx), html::prose("担当の機関が確認します。ありがとうございました。")};
  if (may_report(ctx)) page.main.add(html::actions({html::link_button("気づきを知らせる", ctx.url("/notices/new"), html::Look::primary)}));
  if (staff) {
    page.main.add(html::tabs("気づき", {{"確認するもの", ctx.url("/notices"), !done}, {"終わったもの", ctx.url("/notices?done=yes"), done}}));
    page.main.add(found.page.lines.empty() ? html::empty_state(done ? "終わった気づきはありません。" : "確認を待っている気づきはありません。")
                                           : notice_table(ctx, found.page.lines));
    if (!found.page.next.empty())
      page.main.add(parts::next_page(parts::address(ctx.url("/notices"), {{"done", done ? "yes" : ""}, {"from", found.page.next}})));
    if (!found.reports.empty()) page.main.add(html::section("通告・通報", report_table(ctx, found.reports)));
  }
  if (!staff || !found.receipts.empty()) page.main.add(html::section("あなたが知らせた気づき", receipt_list(ctx, found.receipts)));
  return ctx.show(std::move(page));
}

// --- one notice, and looking into it ---

form::Form look_form(const Ctx& ctx, const Notice& n) {
  form::Form f{"notice_look", 1, {}};
  f.fields.push_back(parts::date_field("looked_on", "確認した日", true));
  f.fields.push_back(parts::choice_field("result", "確認の結果", parts::of_list<LookResult>("look_result", kLookResults), true));
  f.fields.push_back(parts::long_field("note", "分かったこと"));
  f.fields.push_back(parts::shown_when(parts::date_field("look_again", "次に確認する日", true), "result", std::string(code_of(LookResult::watch))));
  f.fields.push_back(parts::shown_when(
      parts::choice_field("new_owner", "確認を頼む機関", parts::agencies_first(ctx, noted_owners(ctx, n.area), may_own_notice), true), "result",
      std::string(code_of(LookResult::handed_over))));
  return f;
}

Look look_in(const Ctx& ctx, const form::Form& f, const form::Answers& a) {
  Look look;
  look.on = a.date("looked_on").value_or(ctx.today());
  look.result = parse_code<LookResult>(a.text("result")).value_or(LookResult::support);
  look.note = a.text("note");
  if (form::shown(f, *f.find("look_again"), a)) look.look_again = a.date("look_again");
  if (form::shown(f, *f.find("new_owner"), a)) look.new_owner = parts::chosen_id<AgencyTag>(a, "new_owner");
  return look;
}

form::Answers answers_of(const Notice& n) {
  form::Answers a;
  parts::set_some(a, "looked_on", n.looked_on);
  if (n.result) a.set("result", std::string(code_of(*n.result)));
  parts::set_text(a, "note", n.result_note.shown());
  if (n.result == LookResult::watch) a.set("look_again", n.look_by);
  return a;
}

Html facts_of(const Ctx& ctx, const Notice& n) {
  html::Facts facts;
  facts.add("気づいたこと", html::prose(n.text));
  facts.add("だれ・どこのことか", n.about);
  if (!n.area.empty())
    if (const programme::Area* area = ctx.m().area(n.area)) facts.add("地区", area->name);
  facts.add("受けた日", wareki(n.received_on));
  facts.add("だれから", parts::city_table(ctx, "notice_source")->label(n.source));
  if (!n.reporter.shown().empty()) facts.add("知らせてくれた人", n.reporter);
  facts.add("確認する機関", ctx.dir().name(n.owner));
  facts.add("確認する日", wareki(n.look_by));
  if (n.looked_on) facts.add("確認した日", wareki(*n.looked_on));
  if (n.result) facts.add("確認の結果", label_of(*n.result));
  if (!n.result_note.shown().empty()) facts.add("分かったこと", html::prose(n.result_note));
  return facts.done();
}

Html next_steps(const Ctx& ctx, const Notice& n) {
  const std::string id = id_text(n.id);
  if (n.household) return html::actions({html::link_button("世帯を見る", ctx.url("/households/" + id_text(*n.household)), html::Look::primary)});
  if (!may_link(n.state)) return {};
  return html::actions({html::link_button("相談受付を始める", ctx.url("/intakes/new?notice=" + id), html::Look::primary),
                        html::link_button("世帯に結びつける", ctx.url("/notices/" + id + "/household"))});
}

web::Reply show_notice(Ctx& ctx, NoticeId id, std::optional<Again> again) {
  struct Found {
    Notice notice;
    bool may_change = false;
  };
  auto found = ctx.read("notice.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Found> {
    auto n = notice(tx, gate, id);
    if (!n) return tl::unexpected(n.error());
    return Found{std::move(*n), gate.may(id, access::Act::write)};
  });
  if (!found) {
    // A report of abuse is a record of the same kind with its own page.
    const auto report = ctx.read("abuse.page", [&](db::ReadTx& tx, access::Gate& gate) { return abuse_report(tx, gate, id).has_value(); });
    return report ? web::Reply::redirect(ctx.url("/abuse/" + id_text(id))) : ctx.error(found.error());
  }
  const Notice& n = found->notice;
  html::Page page;
  page.title = ctx.m().wording("notice", "気づき");
  page.current = "notices";
  page.crumbs = {{page.title, ctx.url("/notices")}, {"内容", ""}};
  page.lead = html::chip(n.state == NoticeState::open ? html::Tone::warning : html::Tone::neutral, label_of(n.state));
  if (n.abuse_named) page.main.add(parts::abuse_panel(ctx, "notice=" + id_text(id), true));
  page.main.add(facts_of(ctx, n)).add(next_steps(ctx, n));
  if (!n.abuse_named) page.main.add(parts::abuse_panel(ctx, "notice=" + id_text(id), false));
  if (found->may_change && may_look(n.state)) {
    const form::Form f = look_form(ctx, n);
    const std::string path = "/notices/" + id_text(id) + "/look";
    const bool stale = again && again->stale;
    if (stale) page.main.add(parts::both_versions(f, answers_of(n), again->answers));
    if (!again) {
      again.emplace();
      again->answers.set("looked_on", ctx.today());
    }
    html::FormFrame frame = ctx.frame(path, "notice-look-" + id_text(id));
    frame.version = std::to_string(n.version);
    page.main.add(html::section("確認した結果を書く", html::form_page(f, again->answers, again->errors, {std::move(frame), "結果を保存する", {}, {}, {}})));
  }
  return ctx.show(std::move(page), again ? again->status : 200);
}

web::Reply notice_page(Ctx& ctx) {
  const auto id = ctx.id<NoticeTag>();
  return id ? show_notice(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply look(Ctx& ctx) {
  const auto id = ctx.id<NoticeTag>();
  if (!id) return ctx.error(id.error());
  auto known = ctx.read("notice.page", [&](db::ReadTx& tx, access::Gate& gate) { return notice(tx, gate, *id); });
  if (!known) return ctx.error(known.error());
  const form::Form f = look_form(ctx, *known);
  auto parsed = parts::posted(ctx, f);
  if (!parsed.ok()) return show_notice(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const Look in = look_in(ctx, f, parsed.answers);
  auto done = ctx.command("notice.look", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto looked = look_at_notice(tx, gate, actor, parts::in_city(ctx), *id, parts::posted_version(ctx), in); !looked)
      return tl::unexpected(looked.error());
    return ctx.url(in.result == LookResult::handed_over ? "/notices" : "/notices/" + id_text(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_notice(ctx, *id, std::move(again)); });
}

}  // namespace

void add_notice_routes(programme::Router& router) {
  router.get("/notices", web::Need::of(kReporters), list_page);
  router.get("/notices/new", web::Need::of(kReporters), new_page);
  router.post("/notices", web::Need::of(kReporters), create);
  router.get("/notices/{id}", web::Need::of(kCaseRoles), notice_page);
  router.post("/notices/{id}/look", web::Need::of(kLookers), look);
}

}  // namespace kasane::casework
