#include "archive/disclosure_paper.hpp"
#include "archive/disclosure_rules.hpp"
#include "archive/disclosure_service.hpp"
#include "archive/pages.hpp"
#include "archive/step_pages.hpp"
#include "casework/case_page_parts.hpp"
#include "casework/intake_forms.hpp"
#include "casework/referral_forms.hpp"
#include "people/service.hpp"
#include "planning/plan_rules.hpp"

namespace kasane::archive {

namespace {

using html::Html;
using html::Tone;
namespace parts = casework::parts;
using parts::Again;

constexpr int kPartsOnPage = 40;

Settings settings(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }
std::string path_of(DisclosureId id) { return "/disclosures/" + id_text(id); }
parts::Table table_of(const programme::Ctx& ctx, const char* key) { return parts::city_table(ctx, key); }

template <class E, std::size_t N>
parts::Table words(std::string key, const E (&all)[N]) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = std::move(key);
  for (const E e : all) table->codes.push_back({std::string(code_of(e)), std::string(label_of(e)), false});
  return table;
}

// --- the list ---

Html due_cell(const DisclosureLine& line, Date today) {
  const bool waits = line.state == DisclosureState::sorting || line.state == DisclosureState::proposed;
  Html cell = html::text(wareki_short(line.due_on));
  if (waits && line.due_on < today) cell.add(html::chip(Tone::danger, "期限がすぎています"));
  return cell;
}

web::Reply list_page(programme::Ctx& ctx) {
  const auto lines = ctx.read("disclosure.list", [](db::ReadTx& tx, access::Gate& gate) { return disclosures(tx, gate, 200); });
  html::Page page;
  page.title = "開示請求";
  page.current = "archive";
  page.main.add(html::actions({html::link_button("開示請求を受ける", ctx.url("/disclosures/new"), html::Look::primary), html::link("保存期間と廃棄", ctx.url("/retention"))}));
  html::Table table("開示請求", {{"番号"}, {"本人"}, {"受けた日"}, {"期限"}, {"状態"}});
  for (const DisclosureLine& line : lines) {
    table.row().cell(html::link(line.number, ctx.url(path_of(line.id)))).cell(line.person_name).cell(wareki_short(line.received_on));
    table.cell(due_cell(line, ctx.today())).cell(std::string(line.result == DisclosureResult::none ? label_of(line.state) : label_of(line.result)));
  }
  page.main.add(table.empty() ? html::empty_state("開示請求はまだありません。") : table.done());
  return ctx.show(std::move(page));
}

// --- a new one: first the household by its number, then who asks ---

form::Form new_form(const programme::Ctx& ctx, const std::vector<people::Member>& members) {
  form::Form f{"disclosure", 1, {}};
  f.fields.push_back(parts::choice_field("person", "だれの記録か（本人）", parts::persons(members), true));
  f.fields.push_back(parts::choice_field("asker", "請求した人", words("disclosure_asker", {Asker::self, Asker::legal, Asker::proxy}), true));
  form::Field name = parts::text_field("asker_name", "代わりに請求した人の氏名", false);
  name.hint = "本人が請求したときは空のままにします。";
  f.fields.push_back(std::move(name));
  f.fields.push_back(parts::choice_field("identity", "本人であることの確かめ方", table_of(ctx, "disclosure_identity"), true));
  f.fields.push_back(parts::date_field("received_on", "受けた日", true));
  return f;
}

Html number_form(const programme::Ctx& ctx, const std::string& typed, const std::string& fault) {
  Html body = html::text_input({.name = "number", .label = "世帯番号", .hint = "例: 世R08-00012。世帯のページの上に書いてあります。", .error = fault, .required = true},
                               typed, {.width = html::Width::half});
  body += html::actions({html::button("次へ"), html::link("世帯をさがす", ctx.url("/households"))});
  return html::form_frame(ctx.frame("/disclosures/household"), body);
}

html::Page new_frame(const programme::Ctx& ctx) {
  html::Page page;
  page.title = "開示請求を受ける";
  page.current = "archive";
  page.crumbs = {{"開示請求", ctx.url("/disclosures")}, {page.title, ""}};
  return page;
}

web::Reply ask_household(programme::Ctx& ctx, const std::string& typed, const std::string& fault, int status) {
  html::Page page = new_frame(ctx);
  if (!fault.empty()) page.main = html::error_summary({{"number", fault}});
  page.main.add(number_form(ctx, typed, fault));
  return ctx.show(std::move(page), status);
}

/// The number is sent, not put into an address: addresses are kept by browsers.
web::Reply find_household(programme::Ctx& ctx) {
  const std::string typed(ctx.req.posted_value("number").value_or(""));
  const auto found = ctx.read("disclosure.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_by_number(tx, gate, typed); });
  if (!found) return ask_household(ctx, typed, "この番号の世帯は見つかりません。", 422);
  return ctx.go(ctx.url("/disclosures/new?household=" + id_text(found->id)));
}

Result<people::HouseholdView> household_of(programme::Ctx& ctx, HouseholdId id) {
  return ctx.read("disclosure.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, id); });
}

web::Reply show_new(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  const auto household = household_of(ctx, id);
  if (!household) return ctx.error(household.error());
  const int status = again ? again->status : 200;
  if (!again) {
    again.emplace();
    again->answers.set("received_on", ctx.today());
  }
  html::Page page = new_frame(ctx);
  page.heading = parts::heading(household->label, page.title);
  html::FormPage form{ctx.frame("/disclosures", "disclosure-" + id_text(id)), "受けて、記録を集める", ctx.url("/disclosures"), {}, {}};
  form.frame.hidden.push_back({"household", id_text(id)});
  form.before = html::muted("期限は、受けた日から" + std::to_string(days_of_term(ctx.m(), "decide")) + "日です（" + law_text(ctx.m()) + "）。");
  page.main = html::form_page(new_form(ctx, household->members), again->answers, again->errors, form);
  return ctx.show(std::move(page), status);
}

web::Reply new_page(programme::Ctx& ctx) {
  if (ctx.req.query_value("household").empty()) return ask_household(ctx, "", "", 200);
  const auto id = parse_id<HouseholdTag>(ctx.req.query_value("household"));
  return id ? show_new(ctx, *id, std::nullopt) : ctx.error({ErrorCode::not_found, "見つかりません。", {}});
}

web::Reply create(programme::Ctx& ctx) {
  const auto id = parse_id<HouseholdTag>(ctx.req.posted_value("household").value_or(""));
  if (!id) return ask_household(ctx, "", "世帯番号を入れてください。", 422);
  const auto household = household_of(ctx, *id);
  if (!household) return ctx.error(household.error());
  auto parsed = form::parse(new_form(ctx, household->members), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  NewDisclosure in;
  in.person = parts::chosen_id<PersonTag>(parsed.answers, "person").value_or(PersonId());
  in.asker = asker_of(parsed.answers.text("asker"));
  in.asker_name = parsed.answers.text("asker_name");
  in.identity = parsed.answers.text("identity");
  in.forms = {casework::intake_forms::sheet(ctx), casework::referral_forms::passing_form()};
  for (const planning::PlanKind kind : {planning::PlanKind::collaboration, planning::PlanKind::outreach, planning::PlanKind::participation})
    in.forms.push_back(planning::extra_form(ctx.m(), kind, true, true));
  in.received_on = parsed.answers.date("received_on").value_or(ctx.today());
  auto done = ctx.command("disclosure.receive", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = receive(tx, gate, actor, settings(ctx), in);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*made));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_new(ctx, *id, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

// --- one request ---

Html facts_of(const programme::Ctx& ctx, const DisclosureView& v) {
  const Disclosure& d = v.facts;
  html::Facts facts;
  facts.add("本人", d.person_name).add("請求した人", html::group({label_of(d.asker), " ", d.asker_name}));
  facts.add("確かめ方", table_of(ctx, "disclosure_identity")->label(d.identity)).add("受けた日", wareki(d.received_on));
  facts.add("期限", wareki(d.due_on) + (d.extended_on ? "（延長ずみ）" : ""));
  if (d.extended_on) facts.add("延長した理由", d.extension);
  facts.add("保有機関", ctx.dir().name(d.holder)).add("もとにする条文", d.law);
  if (!v.proposed_by.empty()) facts.add("案を出した人", v.proposed_by);
  if (!v.approved_by.empty()) facts.add("承認した人", v.approved_by);
  if (d.decided_on) facts.add("決定", html::group({label_of(d.result), " ", wareki(*d.decided_on)}));
  if (d.handed_on) facts.add("交付した日", wareki(*d.handed_on));
  return facts.done();
}

html::FormFrame frame_of(const programme::Ctx& ctx, const Disclosure& d, const char* step) {
  html::FormFrame frame = ctx.frame(path_of(d.id) + step);
  frame.version = std::to_string(d.version);
  return frame;
}

Html one_button(const programme::Ctx& ctx, const Disclosure& d, const char* step, const char* label) {
  return html::form_frame(frame_of(ctx, d, step), html::actions({html::button(label)}));
}

Html with_reason(const programme::Ctx& ctx, const Disclosure& d, const char* step, const char* name, const char* label, const char* button) {
  return html::form_frame(frame_of(ctx, d, step), html::group({html::textarea({.name = name, .label = label, .required = true}, "", 2),
                                                               html::actions({html::button(button, html::Look::secondary)})}));
}

/// What can be done now, by this viewer.
Html steps_of(const programme::Ctx& ctx, const DisclosureView& v) {
  const Disclosure& d = v.facts;
  Html out;
  switch (d.state) {
    case DisclosureState::sorting:
      if (!d.returned.empty() && !d.returned.shown().empty()) out.add(html::banner(Tone::warning, "差し戻されています", html::prose(d.returned)));
      out.add(html::actions({html::link_button("部分ごとに仕分ける", ctx.url(path_of(d.id) + "/parts"), html::Look::primary)}));
      if (v.undecided() > 0) out.add(html::text("まだ決めていない部分が " + std::to_string(v.undecided()) + " あります。"));
      else out.add(one_button(ctx, d, "/propose", "この仕分けを案として出す"));
      break;
    case DisclosureState::proposed:
      out.add(html::actions({html::link_button("案を読む", ctx.url(path_of(d.id) + "/parts"))}));
      if (d.proposed_by == ctx.viewer().account) {
        out.add(html::text("承認は、案を出した人とは別の担当か課長が行います。"));
      } else {
        out.add(one_button(ctx, d, "/approve", "すべてを承認して決定する"));
        out.add(html::folding("差し戻す", with_reason(ctx, d, "/return", "why", "差し戻す理由", "差し戻す")));
      }
      break;
    case DisclosureState::approved:
    case DisclosureState::handed:
      out.add(html::actions({html::link_button("交付する紙（PDF）", ctx.url(path_of(d.id) + "/paper.pdf"), html::Look::primary),
                             html::link("部分ごとの決定を読む", ctx.url(path_of(d.id) + "/parts"))}));
      break;
  }
  if (d.state == DisclosureState::approved)
    out.add(html::form_frame(frame_of(ctx, d, "/handed"), html::group({html::date_input({.name = "handed_on", .label = "交付した日", .required = true}, wareki_short(ctx.today())),
                                                                       html::actions({html::button("交付ずみにする")})})));
  if (!d.extended_on && !d.decided_on && days_of_term(ctx.m(), "extend") > 0)
    out.add(html::folding("期限を" + std::to_string(days_of_term(ctx.m(), "extend")) + "日延ばす", with_reason(ctx, d, "/extend", "reason", "延長する理由", "延ばす")));
  return out;
}

Html elsewhere_of(const programme::Ctx& ctx, const DisclosureView& v) {
  if (v.elsewhere.empty()) return {};
  std::vector<Html> names;
  for (const AgencyId agency : v.elsewhere) names.push_back(html::text(ctx.dir().name(agency)));
  return html::section("ほかに記録を持つ機関（移送・照会の先）", html::bullets(names), "elsewhere");
}

Result<DisclosureView> view_of(programme::Ctx& ctx, const char* action, DisclosureId id) {
  return ctx.read(action, [&](db::ReadTx& tx, access::Gate& gate) { return disclosure(tx, gate, id); });
}

web::Reply show_one(programme::Ctx& ctx, DisclosureId id, const std::vector<FieldError>& errors, int status) {
  const auto view = view_of(ctx, "disclosure.page", id);
  if (!view) return ctx.error(view.error());
  html::Page page;
  page.title = "開示請求 " + view->facts.number;
  page.current = "archive";
  page.crumbs = {{"開示請求", ctx.url("/disclosures")}, {view->facts.number, ""}};
  page.lead = html::chip(Tone::info, label_of(view->facts.state));
  page.main = html::error_summary(errors);
  page.main.add(facts_of(ctx, *view)).add(steps_of(ctx, *view)).add(elsewhere_of(ctx, *view));
  return ctx.show(std::move(page), status);
}

web::Reply one_page(programme::Ctx& ctx) {
  const auto id = ctx.id<DisclosureTag>();
  return id ? show_one(ctx, *id, {}, 200) : ctx.error(id.error());
}

template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, F&& f) {
  return step_of<DisclosureTag>(ctx, action, f, path_of, show_one);
}

web::Reply propose_step(programme::Ctx& ctx) {
  return step(ctx, "disclosure.propose", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id) {
    return put_forward(tx, gate, actor, id, parts::posted_version(ctx));
  });
}
web::Reply approve_step(programme::Ctx& ctx) {
  return step(ctx, "disclosure.approve", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id) {
    return approve(tx, gate, actor, id, parts::posted_version(ctx));
  });
}
web::Reply return_step(programme::Ctx& ctx) {
  return step(ctx, "disclosure.return", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id) {
    return give_back(tx, gate, actor, id, parts::posted_version(ctx), std::string(ctx.req.posted_value("why").value_or("")));
  });
}
web::Reply extend_step(programme::Ctx& ctx) {
  return step(ctx, "disclosure.extend", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id) {
    return extend(tx, gate, actor, settings(ctx), id, parts::posted_version(ctx), std::string(ctx.req.posted_value("reason").value_or("")));
  });
}
web::Reply handed_step(programme::Ctx& ctx) {
  return step(ctx, "disclosure.hand", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id) -> Result<> {
    const auto on = parse_date(ctx.req.posted_value("handed_on").value_or(""));
    if (!on) return invalid("handed_on", "交付した日: " + on.error().message);
    return hand_out(tx, gate, actor, id, parts::posted_version(ctx), *on);
  });
}

// --- part by part ---

std::string key_of(const char* what, int number) { return std::string(what) + "_" + std::to_string(number); }

struct Slice {
  std::size_t first = 0;
  std::size_t end = 0;
};
Slice slice_of(const programme::Ctx& ctx, std::size_t parts) {
  const auto typed = ctx.req.posted_value("from").value_or(ctx.req.query_value("from"));
  std::size_t first = 0;
  for (const char c : typed.substr(0, 6))
    if (c >= '0' && c <= '9') first = first * 10 + static_cast<std::size_t>(c - '0');
  if (first > 0) --first;
  if (first >= parts) first = 0;
  return {first, std::min(parts, first + kPartsOnPage)};
}

form::Form parts_form(const programme::Ctx& ctx, const DisclosureView& v, Slice slice) {
  using enum PartDecision;
  const auto decisions = words("disclosure_decision", {open, partial, withheld, not_told});
  const auto grounds = table_of(ctx, "disclosure_ground");
  form::Form f{"disclosure_parts", 1, {}};
  for (std::size_t i = slice.first; i < slice.end; ++i) {
    const int n = v.parts[i].number;
    f.fields.push_back(parts::choice_field(key_of("decision", n), std::to_string(n) + "番をどうするか", decisions));
    f.fields.push_back(parts::choice_field(key_of("ground", n), "開示しない根拠", grounds));
    form::Field hidden = parts::long_field(key_of("hidden", n), "黒く塗る言葉（一部開示のとき、1行に1つ）");
    f.fields.push_back(std::move(hidden));
  }
  return f;
}

form::Answers stored_answers(const DisclosureView& v, Slice slice) {
  form::Answers a;
  for (std::size_t i = slice.first; i < slice.end; ++i) {
    const Part& p = v.parts[i];
    if (p.decision != PartDecision::none) a.set(key_of("decision", p.number), std::string(code_of(p.decision)));
    parts::set_text(a, key_of("ground", p.number), p.ground);
    parts::set_text(a, key_of("hidden", p.number), p.hidden.shown());
  }
  return a;
}

Html part_head(const programme::Ctx& ctx, const Part& p) {
  Html head = html::heading(3, std::to_string(p.number) + "番　" + std::string(source_label(p.source)) + (p.held_on ? "　" + wareki_short(*p.held_on) : ""));
  const auto types = table_of(ctx, "part_type");
  if (types->find(p.part) != nullptr) head.add(html::chip(Tone::neutral, types->label(p.part)));
  head.add(p.proposal == Proposal::open ? html::chip(Tone::success, "提案: 開示") : html::chip(Tone::warning, "要検討"));
  head.add(html::muted(why_text(p.why))).add(html::prose(p.text));
  return head;
}

Html read_only(const programme::Ctx& ctx, const DisclosureView& v, Slice slice) {
  Html out;
  for (std::size_t i = slice.first; i < slice.end; ++i) {
    const Part& p = v.parts[i];
    html::Facts facts;
    facts.add("決定", label_of(p.decision));
    if (p.decision != PartDecision::open && !p.ground.empty()) facts.add("根拠", table_of(ctx, "disclosure_ground")->label(p.ground));
    if (p.decision == PartDecision::partial) facts.add("黒く塗る言葉", html::prose(p.hidden));
    out.add(html::panel(html::group({part_head(ctx, p), facts.done()})));
  }
  return out;
}

Html editable(const programme::Ctx& ctx, const DisclosureView& v, Slice slice, const Again& again) {
  const form::Form f = parts_form(ctx, v, slice);
  Html body = html::error_summary(again.errors);
  for (std::size_t i = slice.first; i < slice.end; ++i) {
    const int n = v.parts[i].number;
    const std::string decision = key_of("decision", n), ground = key_of("ground", n), hidden = key_of("hidden", n);
    body.add(html::panel(html::group({part_head(ctx, v.parts[i]), html::form_fields(f, again.answers, again.errors, {decision, ground, hidden})})));
  }
  body.add(html::actions({html::button("ここまでの仕分けを保存する"), html::link("開示請求のページ", ctx.url(path_of(v.facts.id)))}));
  html::FormFrame frame = ctx.frame(path_of(v.facts.id) + "/parts", "disclosure-parts-" + id_text(v.facts.id) + "-" + std::to_string(slice.first));
  frame.version = std::to_string(v.facts.version);
  frame.hidden.push_back({"from", std::to_string(slice.first + 1)});
  return html::form_frame(frame, body);
}

Html pager_of(const programme::Ctx& ctx, const DisclosureView& v, Slice slice) {
  if (v.parts.size() <= kPartsOnPage) return {};
  const auto href = [&](std::size_t first) { return ctx.url(path_of(v.facts.id) + "/parts?from=" + std::to_string(first + 1)); };
  html::Pager pager;
  pager.summary = std::to_string(slice.first + 1) + "〜" + std::to_string(slice.end) + "番（全" + std::to_string(v.parts.size()) + "）";
  pager.previous_label = "前の部分";
  pager.next_label = "次の部分";
  if (slice.first >= kPartsOnPage) pager.previous_href = href(slice.first - kPartsOnPage);
  if (slice.end < v.parts.size()) pager.next_href = href(slice.end);
  return html::pagination(pager);
}

web::Reply show_parts(programme::Ctx& ctx, DisclosureId id, std::optional<Again> again) {
  const auto view = view_of(ctx, "disclosure.parts", id);
  if (!view) return ctx.error(view.error());
  const Slice slice = slice_of(ctx, view->parts.size());
  html::Page page;
  page.title = "部分ごとの仕分け";
  page.current = "archive";
  page.crumbs = {{"開示請求", ctx.url("/disclosures")}, {view->facts.number, ctx.url(path_of(id))}, {page.title, ""}};
  page.lead = html::text(std::to_string(view->parts.size()) + "の部分のうち、まだ決めていないもの " + std::to_string(view->undecided()));
  const int status = again ? again->status : 200;
  if (view->parts.empty()) page.main = html::empty_state("この機関が持つ記録は見つかりませんでした。このまま案として出すと「不存在」になります。");
  else if (view->facts.state == DisclosureState::sorting) page.main = editable(ctx, *view, slice, again ? *again : Again{stored_answers(*view, slice), {}, 200, false});
  else page.main = read_only(ctx, *view, slice);
  page.main.add(pager_of(ctx, *view, slice));
  return ctx.show(std::move(page), status);
}

web::Reply parts_page(programme::Ctx& ctx) {
  const auto id = ctx.id<DisclosureTag>();
  return id ? show_parts(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply save_parts(programme::Ctx& ctx) {
  const auto id = ctx.id<DisclosureTag>();
  if (!id) return ctx.error(id.error());
  const auto view = view_of(ctx, "disclosure.parts", *id);
  if (!view) return ctx.error(view.error());
  const Slice slice = slice_of(ctx, view->parts.size());
  auto parsed = form::parse(parts_form(ctx, *view, slice), ctx.req.posted);
  if (!parsed.ok()) return show_parts(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  std::vector<PartChoice> choices;
  for (std::size_t i = slice.first; i < slice.end; ++i) {
    const int n = view->parts[i].number;
    choices.push_back({n, part_decision(parsed.answers.text(key_of("decision", n))), parsed.answers.text(key_of("ground", n)), parsed.answers.text(key_of("hidden", n))});
  }
  const auto done = ctx.command("disclosure.choose", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto ok = choose(tx, gate, actor, settings(ctx), *id, parts::posted_version(ctx), choices);
    if (!ok) return tl::unexpected(ok.error());
    const bool more = slice.end < view->parts.size();
    return ctx.url(path_of(*id) + (more ? "/parts?from=" + std::to_string(slice.end + 1) : ""));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_parts(ctx, *id, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), done.error().code == ErrorCode::stale});
}

// --- the paper ---

web::Reply paper_file(programme::Ctx& ctx) {
  const auto id = ctx.id<DisclosureTag>();
  if (!id) return ctx.error(id.error());
  auto view = ctx.read("disclosure.paper", [&](db::ReadTx& tx, access::Gate& gate) {
    ctx.trail.action("disclosure.paper", access::Act::print);
    return disclosure(tx, gate, *id);
  });
  if (!view) return ctx.error(view.error());
  if (!view->facts.decided_on) return ctx.error({ErrorCode::conflict, "紙は、承認されて決定してから作れます。", {}});
  // Outside of the transaction: drawing takes its time.
  const PaperMarks marks{ctx.who().display_name + "（" + ctx.who().post_line + "）", wareki_short(ctx.today()) + " " + office_time(ctx.now())};
  web::Reply reply = web::Reply::download(disclosure_paper(settings(ctx), *view, marks).pdf(), "application/pdf", "kaiji.pdf");
  reply.compress = false;
  return ctx.park(std::move(reply));
}

}  // namespace

void add_disclosure_routes(programme::Router& router) {
  const auto need = web::Need::of(kKeepers);
  router.get("/disclosures", need, list_page);
  router.get("/disclosures/new", need, new_page);
  router.post("/disclosures/household", need, find_household);
  router.post("/disclosures", need, create);
  router.get("/disclosures/{id}", need, one_page);
  router.get("/disclosures/{id}/parts", need, parts_page);
  router.post("/disclosures/{id}/parts", need, save_parts);
  router.post("/disclosures/{id}/propose", need, propose_step);
  router.post("/disclosures/{id}/approve", need, approve_step);
  router.post("/disclosures/{id}/return", need, return_step);
  router.post("/disclosures/{id}/extend", need, extend_step);
  router.post("/disclosures/{id}/handed", need, handed_step);
  router.get("/disclosures/{id}/paper.pdf", need, paper_file);
}

}  // namespace kasane::archive
