// Pages of gatherings: those of a fiscal year, one with its invitation, materials, attendance, survey and what came of it.
#include <algorithm>

#include "meeting/common_issue_view.hpp"
#include "meeting/gathering_forms.hpp"
#include "meeting/gathering_rules.hpp"
#include "meeting/pages.hpp"
#include "meeting/small_number_rules.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

FiscalYear year_of(const programme::Ctx& ctx) {
  const auto asked = parse_fiscal_year(ctx.req.query_value("fy"));
  return asked ? *asked : FiscalYear::of(ctx.today());
}

/// The city's yearly target for gatherings of this kind, in its words; nothing where its plan has none.
std::string target_text(const programme::Municipality& m, programme::Counter counter) {
  for (const auto& i : m.indicators) {
    if (i.counter != counter) continue;
    if (i.target.number) return std::to_string(static_cast<std::int64_t>(*i.target.number)) + i.unit;
    if (!i.target.text.empty()) return i.target.text;
  }
  return {};
}

std::string target_of(const programme::Municipality& m, GatheringKind kind) {
  switch (kind) {
    case GatheringKind::training:
    case GatheringKind::study: return target_text(m, programme::Counter::trainings);
    case GatheringKind::information: return target_text(m, programme::Counter::information_meetings);
    case GatheringKind::platform:
    case GatheringKind::other: return {};
  }
  return {};
}

Html counts_html(const programme::Ctx& ctx, const std::vector<Gathering>& all) {
  html::Table table("年度の数", {{"種類"}, {"開いた回数", html::Column::Align::end}, {"来た人（のべ）", html::Column::Align::end}, {"計画の目標"}});
  for (const GatheringKind kind : kGatheringKinds) {
    std::int64_t times = 0, people = 0;
    for (const Gathering& g : all)
      if (g.text.kind == kind && g.state == GatheringState::held) {
        ++times;
        people += g.people;
      }
    table.row().cell(label_of(kind)).cell(times).cell(people).cell(html::in_plan(target_of(ctx.m(), kind)));
  }
  return html::group({table.done(), html::muted("会議として開いたもの（議題のある回）は、集計の数に入ります。")});
}

web::Reply list_page(programme::Ctx& ctx) {
  const FiscalYear year = year_of(ctx);
  const auto all = ctx.read("gatherings.list", [&](db::ReadTx& tx, access::Gate& gate) { return gatherings_of(tx, gate, year); });
  html::Page page;
  page.title = "研修・集まり";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.lead = html::text(year.text());
  const Html tools = ctx.viewer().roles().meets(kGatheringMakers) ? html::link_button("研修・集まりを開く", ctx.url("/gatherings/new"), html::Look::primary) : Html();
  page.main.add(html::section("この年度の研修・集まり", all.empty() ? html::empty_state("まだありません。") : gatherings_table(ctx, "研修・集まり", all), "list", tools));
  page.main.add(html::section("年度の数", counts_html(ctx, all), "counts"));
  html::Pager pager;
  pager.previous_href = ctx.url("/gatherings?fy=" + std::to_string(year.year - 1));
  pager.previous_label = FiscalYear{year.year - 1}.text();
  if (year < FiscalYear::of(ctx.today())) {
    pager.next_href = ctx.url("/gatherings?fy=" + std::to_string(year.year + 1));
    pager.next_label = FiscalYear{year.year + 1}.text();
  }
  page.main.add(html::pagination(pager));
  return ctx.show(std::move(page));
}

/// Open issues, and those that are chosen already.
std::vector<CommonIssue> choosable(programme::Ctx& ctx, std::initializer_list<std::optional<CommonIssue>> chosen = {}) {
  auto issues = ctx.read("gathering.issues", [](db::ReadTx& tx, access::Gate& gate) { return issues_like(tx, gate, {"open", {}, {}, {}}); });
  for (const auto& one : chosen)
    if (one && std::none_of(issues.begin(), issues.end(), [&](const CommonIssue& i) { return i.id == one->id; })) issues.push_back(*one);
  return issues;
}

web::Reply show_new(programme::Ctx& ctx, Again again) {
  html::Page page;
  page.title = "研修・集まりを開く";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"研修・集まり", ctx.url("/gatherings")}, {page.title, ""}};
  page.main.add(html::form_page(gathering_form(ctx, choosable(ctx)), again.answers, again.errors, {ctx.frame("/gatherings", "gathering-new"), "予定に入れる", ctx.url("/gatherings"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply new_page(programme::Ctx& ctx) { return show_new(ctx, {}); }

web::Reply create(programme::Ctx& ctx) {
  auto parsed = form::parse(gathering_form(ctx, choosable(ctx)), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("gathering.plan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = plan_gathering(tx, gate, actor, settings_of(ctx), read_gathering(parsed.answers));
    if (!id) return tl::unexpected(id.error());
    return ctx.url(gathering_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, std::move(again)); });
}

// --- one gathering ---

struct Typed {
  std::string form;
  Again again;
};

Result<GatheringView> load(programme::Ctx& ctx, GatheringId id) {
  return ctx.read("gathering.page", [&](db::ReadTx& tx, access::Gate& gate) { return gathering_view(tx, gate, settings_of(ctx), id); });
}

Html form_part(programme::Ctx& ctx, const Gathering& g, const form::Form& f, const Typed& typed, std::string_view path, std::string submit, form::Answers first, const Html& after = {},
               bool multipart = false) {
  html::FormFrame frame = ctx.frame(gathering_path(g.id) + std::string(path), multipart ? "" : f.key + "-" + id_text(g.id));
  frame.version = std::to_string(g.version);
  frame.multipart = multipart;
  const bool again = typed.form == f.key;
  return html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(), {std::move(frame), std::move(submit), {}, {}, after});
}

Html facts_html(const programme::Ctx& ctx, const GatheringView& v) {
  const GatheringText& t = v.gathering.text;
  html::Facts facts;
  facts.add("種類", label_of(t.kind));
  facts.add("日時", wareki(t.held_on) + (t.at_time.empty() ? "" : " " + t.at_time));
  facts.add("場所", t.place);
  facts.add("テーマ", t.theme);
  if (v.theme_issue) facts.add("もとになった共通の課題", html::link(v.theme_issue->title, ctx.url(issue_path(v.theme_issue->id))));
  if (!t.body.empty()) facts.add("会議・事業", body_name(ctx, t.body));
  facts.add("呼びかける分野", fields_text(ctx, t.fields));
  facts.add("呼びかける人", t.for_whom);
  facts.add("開くところ", ctx.dir().name(v.gathering.agency));
  if (!t.invitation.empty()) facts.add("案内", html::prose(t.invitation));
  return facts.done();
}

std::string size_text(std::int64_t bytes) { return bytes < 1'000'000 ? std::to_string(std::max<std::int64_t>(1, bytes / 1000)) + "KB" : std::to_string(bytes / 1'000'000) + "MB"; }

Html materials_html(programme::Ctx& ctx, const GatheringView& v, const Typed& typed) {
  Html out;
  if (v.materials.empty()) out.add(html::empty_state("資料はまだありません。"));
  else {
    std::vector<html::Column> columns{{"資料"}, {"種類・大きさ"}, {"載せた日"}};
    if (v.may_change) columns.push_back({"操作"});
    html::Table table("資料", columns);
    for (const Material& m : v.materials) {
      const std::string path = gathering_path(v.gathering.id) + "/materials/" + id_text(m.id);
      table.row().cell(html::link(m.title, ctx.url(path))).cell(std::string(ending_of(m.type)) + "　" + size_text(m.size)).cell(wareki_short(m.added_on));
      if (v.may_change) table.cell(html::post_button(ctx.post(path + "/remove", {.label = "外す", .look = html::Look::plain, .about = m.title})));
    }
    out.add(table.done());
  }
  if (v.may_change) {
    const bool again = typed.form == "material";
    out.add(html::folding("資料を載せる", form_part(ctx, v.gathering, material_form(), typed, "/materials", "載せる", {}, file_control(again ? typed.again.errors : std::vector<FieldError>()), true),
                          again, "material"));
  }
  return out;
}

Html attendance_html(programme::Ctx& ctx, const GatheringView& v, const Typed& typed) {
  Html out;
  if (!v.attendance.empty()) {
    html::Table table("来た人の数", {{"分野"}, {"機関"}, {"人数", html::Column::Align::end}});
    for (const AttendanceLine& line : v.attendance)
      table.row().cell(field_name(ctx, line.field)).cell(line.agency ? ctx.dir().name(*line.agency) : std::string("地域の人・そのほか")).cell(line.people);
    table.row().cell("計").cell("").cell(v.gathering.people);
    out.add(table.done());
  } else {
    out.add(html::empty_state("まだ書かれていません。"));
  }
  if (v.may_change && v.gathering.text.held_on <= ctx.today()) {
    const Html words = html::muted("数だけを書きます。名前は残しません。");
    out.add(html::folding("来た人の数を書く", html::group({words, form_part(ctx, v.gathering, attendance_form(ctx), typed, "/held", "保存する", answers_of(v.attendance))}),
                          typed.form == "attendance" || v.attendance.empty(), "attendance-form"));
  }
  return out;
}

std::string survey_address(const programme::Ctx& ctx, const Gathering& g) {
  return (ctx.req.secure ? "https://" : "http://") + std::string(ctx.req.header("host")) + ctx.url("/survey/" + survey_token(ctx.city.key, g.id, g.survey_serial));
}

bool survey_runs(const programme::Ctx& ctx, const Gathering& g) { return g.survey_open && g.survey_until && *g.survey_until >= ctx.today() && g.state != GatheringState::cancelled; }

Html survey_part(programme::Ctx& ctx, const GatheringView& v) {
  const Gathering& g = v.gathering;
  Html out;
  if (survey_runs(ctx, g)) {
    out.add(html::Facts().add("アンケートの入口", html::link(survey_address(ctx, g), ctx.url("/survey/" + survey_token(ctx.city.key, g.id, g.survey_serial))))
                .add("いつまで", wareki(*g.survey_until)).done());
    out.add(html::muted("この入口を知っている人なら、だれでも名前を書かずに1回答えられます。案内の紙にも載ります。"));
  } else {
    out.add(html::muted("アンケートの入口は、いま開いていません。"));
  }
  if (v.may_change) {
    const html::NameValues version{{"version", std::to_string(g.version)}};
    Html buttons = html::post_button(ctx.post(gathering_path(g.id) + "/survey", {.label = survey_runs(ctx, g) ? "入口を作り直す" : "アンケートの入口を開く", .look = html::Look::secondary}, version));
    if (survey_runs(ctx, g)) buttons.add(html::post_button(ctx.post(gathering_path(g.id) + "/survey/close", {.label = "入口を閉じる", .look = html::Look::plain}, version)));
    out.add(html::actions({buttons}));
  }
  out.add(v.survey_over ? survey_html(v.survey, small_number(ctx.m())) : html::muted("まとめは、締め切ったあとに、答えが" + std::to_string(small_number(ctx.m())) + "件以上あるときに出ます。"));
  return out;
}

Html outcome_part(programme::Ctx& ctx, const GatheringView& v, const Typed& typed) {
  const Gathering& g = v.gathering;
  Html out;
  if (!g.outcome.empty()) {
    html::Facts facts;
    facts.add("生まれたこと", html::prose(g.outcome));
    facts.add("次にすること", html::prose(g.next_step));
    if (v.outcome_issue) facts.add("つながる共通の課題", html::link(v.outcome_issue->title, ctx.url(issue_path(v.outcome_issue->id))));
    if (!g.outcome_body.empty()) facts.add("引き継ぐところ", body_name(ctx, g.outcome_body));
    out.add(facts.done());
  }
  if (!v.may_change || g.state != GatheringState::held) return out;
  Html body = form_part(ctx, g, gathering_outcome_form(ctx, choosable(ctx, {v.outcome_issue, v.theme_issue})), typed, "/outcome", "保存する", outcome_answers(g));
  body.add(html::actions({html::link("新しい共通の課題を出す", ctx.url("/common-issues/new"))}));
  out.add(html::folding("集まりから生まれたことを書く", body, typed.form == "gathering_outcome" || g.outcome.empty(), "outcome-form"));
  return out;
}

Html change_part(programme::Ctx& ctx, const GatheringView& v, const Typed& typed) {
  if (!v.may_change) return {};
  const Gathering& g = v.gathering;
  Html body = form_part(ctx, g, gathering_form(ctx, choosable(ctx, {v.theme_issue})), typed, "", "保存する", answers_of(g.text));
  if (g.state == GatheringState::planned)
    body.add(html::post_button(ctx.post(gathering_path(g.id) + "/cancel", {.label = "取りやめる", .look = html::Look::danger}, {{"version", std::to_string(g.version)}})));
  return html::folding("名前、日時、案内を直す", body, typed.form == "gathering", "change");
}

web::Reply show_gathering(programme::Ctx& ctx, GatheringId id, const Typed& typed) {
  const auto v = load(ctx, id);
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = v->gathering.text.title;
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"研修・集まり", ctx.url("/gatherings")}, {page.title, ""}};
  page.lead = html::chip(v->gathering.state == GatheringState::held ? Tone::success : Tone::info, label_of(v->gathering.state));
  if (typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("下が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")};
  page.main.add(html::section("内容", facts_html(ctx, *v), "about", html::link("案内の紙", ctx.url(gathering_path(id) + "/invitation"))));
  page.main.add(html::section("資料", materials_html(ctx, *v, typed), "materials"));
  page.main.add(html::section("来た人の数", attendance_html(ctx, *v, typed), "attendance"));
  page.main.add(html::section("アンケート", survey_part(ctx, *v), "survey"));
  if (v->gathering.state == GatheringState::held) page.main.add(html::section("集まりから生まれたこと", outcome_part(ctx, *v, typed), "outcome"));
  page.main.add(change_part(ctx, *v, typed));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply gathering_page(programme::Ctx& ctx) {
  const auto id = ctx.id<GatheringTag>();
  return id ? show_gathering(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply invitation(programme::Ctx& ctx) {
  const auto id = ctx.id<GatheringTag>();
  if (!id) return ctx.error(id.error());
  const auto v = load(ctx, *id);
  if (!v) return ctx.error(v.error());
  const Gathering& g = v->gathering;
  html::PrintHead head;
  head.form_name = g.text.title;
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.dir().name(g.agency);
  html::Facts facts;
  facts.add("日時", wareki(g.text.held_on) + (g.text.at_time.empty() ? "" : " " + g.text.at_time));
  facts.add("場所", g.text.place);
  facts.add("テーマ", g.text.theme);
  facts.add("呼びかける人", g.text.for_whom.empty() ? fields_text(ctx, g.text.fields) : g.text.for_whom);
  Html body = html::group({html::prose(g.text.invitation), facts.done()});
  if (survey_runs(ctx, g)) body.add(html::prose("終わったあと、アンケートにお答えください（名前は要りません）。\n" + survey_address(ctx, g)));
  html::Page page;
  page.title = "案内の紙";
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(head), body);
  return ctx.show(std::move(page));
}

/// Runs one step and comes back to the page; what was typed is shown again where it did not succeed.
template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, std::string form_key, form::Answers typed, F&& f) {
  const auto id = ctx.id<GatheringTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (Result<> kept = f(tx, gate, actor, *id); !kept) return tl::unexpected(kept.error());
    return ctx.url(gathering_path(*id));
  });
  return parts::after_form(ctx, done, std::move(typed), [&](Again again) { return show_gathering(ctx, *id, {std::move(form_key), std::move(again)}); });
}

/// The parsed form, or the page with its faults.
template <class F>
web::Reply with_form(programme::Ctx& ctx, const form::Form& f, F&& next) {
  const auto id = ctx.id<GatheringTag>();
  if (!id) return ctx.error(id.error());
  if (const auto known = load(ctx, *id); !known) return ctx.error(known.error());
  auto parsed = form::parse(f, ctx.req.posted);
  if (!parsed.ok()) return show_gathering(ctx, *id, {f.key, {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  return next(std::move(parsed.answers));
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<GatheringTag>();
  if (!id) return ctx.error(id.error());
  const auto v = load(ctx, *id);
  if (!v) return ctx.error(v.error());
  return with_form(ctx, gathering_form(ctx, choosable(ctx, {v->theme_issue})), [&](form::Answers answers) {
    return step(ctx, "gathering.change", "gathering", answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId one) {
      return change_gathering(tx, gate, settings_of(ctx), one, parts::posted_version(ctx), read_gathering(answers));
    });
  });
}

web::Reply cancel(programme::Ctx& ctx) {
  return step(ctx, "gathering.cancel", "cancel", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId id) {
    return cancel_gathering(tx, gate, id, parts::posted_version(ctx));
  });
}

web::Reply hold(programme::Ctx& ctx) {
  return with_form(ctx, attendance_form(ctx), [&](form::Answers answers) {
    return step(ctx, "gathering.held", "attendance", answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id) {
      return hold_gathering(tx, gate, actor, id, parts::posted_version(ctx), read_attendance(answers));
    });
  });
}

web::Reply conclude(programme::Ctx& ctx) {
  const auto id = ctx.id<GatheringTag>();
  if (!id) return ctx.error(id.error());
  const auto v = load(ctx, *id);
  if (!v) return ctx.error(v.error());
  return with_form(ctx, gathering_outcome_form(ctx, choosable(ctx, {v->outcome_issue, v->theme_issue})), [&](form::Answers answers) {
    return step(ctx, "gathering.outcome", "gathering_outcome", answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId one) {
      return conclude_gathering(tx, gate, settings_of(ctx), one, parts::posted_version(ctx), read_gathering_outcome(answers));
    });
  });
}

web::Reply upload(programme::Ctx& ctx) {
  return with_form(ctx, material_form(), [&](form::Answers answers) {
    const web::Upload* file = ctx.req.upload(kMaterialField);
    return step(ctx, "gathering.material", "material", answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id) -> Result<> {
      if (const auto added = add_material(tx, gate, actor, id, answers.text("material_title"), file ? &file->bytes : nullptr); !added) return tl::unexpected(added.error());
      return {};
    });
  });
}

web::Reply download(programme::Ctx& ctx) {
  const auto id = ctx.id<GatheringTag>();
  const auto material = ctx.id<MaterialTag>("material");
  if (!id || !material) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  auto content = ctx.read("gathering.download", [&](db::ReadTx& tx, access::Gate& gate) { return material_of(tx, gate, *id, *material); });
  if (!content) return ctx.error(content.error());
  web::Reply reply = web::Reply::download(std::move(content->bytes), content->type, content->title + std::string(ending_of(content->type)));
  reply.compress = false;
  return ctx.park(std::move(reply));
}

web::Reply remove(programme::Ctx& ctx) {
  const auto material = ctx.id<MaterialTag>("material");
  if (!material) return ctx.error(material.error());
  return step(ctx, "gathering.material_removed", "remove", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId id) {
    return drop_material(tx, gate, id, *material);
  });
}

web::Reply start_survey(programme::Ctx& ctx) {
  return step(ctx, "gathering.survey", "survey", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId id) {
    return open_survey(tx, gate, settings_of(ctx), ctx.city.key, id, parts::posted_version(ctx));
  });
}

web::Reply end_survey(programme::Ctx& ctx) {
  return step(ctx, "gathering.survey_closed", "survey", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, GatheringId id) {
    return close_survey(tx, gate, id, parts::posted_version(ctx));
  });
}

}  // namespace

void add_gathering_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders), make = web::Need::of(kGatheringMakers);
  router.get("/gatherings", read, list_page);
  router.get("/gatherings/new", make, new_page);
  router.post("/gatherings", make, create);
  router.get("/gatherings/{id}", read, gathering_page);
  router.get("/gatherings/{id}/invitation", read, invitation);
  router.post("/gatherings/{id}", make, change);
  router.post("/gatherings/{id}/cancel", make, cancel);
  router.post("/gatherings/{id}/held", make, hold);
  router.post("/gatherings/{id}/outcome", make, conclude);
  router.post("/gatherings/{id}/materials", make, upload);
  router.get("/gatherings/{id}/materials/{material}", read, download);
  router.post("/gatherings/{id}/materials/{material}/remove", make, remove);
  router.post("/gatherings/{id}/survey", make, start_survey);
  router.post("/gatherings/{id}/survey/close", make, end_survey);
}

}  // namespace kasane::meeting
