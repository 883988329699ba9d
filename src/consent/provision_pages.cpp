// Pages of 目的外利用・提供: asking, the holder's answer, and the yearly list (screen, A4, CSV) that names nobody.
#include <algorithm>

#include "base/csv.hpp"
#include "consent/ground_pages.hpp"
#include "consent/pages.hpp"
#include "consent/provision_rules.hpp"
#include "consent/provision_service.hpp"

namespace kasane::consent {

using html::Html;
using html::Tone;
using people::FormScreen;
using programme::Ctx;

namespace {

constexpr int kUsualMonths = 3;

std::string path_of(ProvisionId id) { return "/provisions/" + id_text(id); }
Roles deciders() { return access::roles_for(SubjectKind::provision, access::Act::decide); }

std::string reason_text(const Ctx& ctx, const std::string& code) {
  const auto table = ctx.m().code_table("provision_reason");
  return table == nullptr ? code : table->label(code);
}
/// As granted; and the day on which the holder ended it, where that was before.
std::string period(Date from, Date until, const std::optional<Date>& ended) {
  return wareki_short(from) + "〜" + wareki_short(until) + (ended ? "（" + wareki_short(*ended) + "に終了）" : std::string());
}

Html state_chip(ProvisionState state) {
  switch (state) {
    case ProvisionState::asked: return html::chip(Tone::info, label_of(state));
    case ProvisionState::granted: return html::chip(Tone::success, label_of(state));
    case ProvisionState::refused:
    case ProvisionState::withdrawn: return html::chip(Tone::neutral, label_of(state));
  }
  return {};
}

/// Articles for this kind of holder and recipient; where one is not known yet, which of them fit is checked when it is sent.
pages::Codes bases(const Ctx& ctx, programme::HolderKind holder, std::optional<programme::RecipientKind> recipient) {
  std::vector<form::Code> list;
  for (const programme::Statute* s : programme::statutes_for(ctx.m(), programme::Allows::provision, holder, ctx.today()))
    if (programme::gives_to(*s, recipient)) list.push_back({s->key, s->name() + (s->checked ? "" : "・条文は未確認")});
  return pages::codes("provision_basis", std::move(list));
}

pages::Codes reasons(const Ctx& ctx) {
  const auto table = ctx.m().code_table("provision_reason");
  return table == nullptr ? pages::codes("provision_reason", {}) : table;
}

// --- asking ---

form::Form asking_form(const Ctx& ctx) {
  form::Form f{"provision", 1, {}};
  f.fields.push_back({.key = "holder", .label = "記録を保有する機関（協議の相手）", .kind = form::Kind::choice, .codes = pages::agencies(ctx), .required = true});
  f.fields.push_back({.key = "about", .label = "だれのことか", .hint = "協議の相手と自分の機関だけが見られます。一覧には出ません。", .required = true});
  f.fields.push_back({.key = "items", .label = "知りたい項目", .hint = "住所、電話番号など。氏名は書きません（年度の一覧に出ます）。", .required = true});
  f.fields.push_back({.key = "reason_class", .label = "理由の区分", .kind = form::Kind::choice, .codes = reasons(ctx), .required = true});
  f.fields.push_back({.key = "reason", .label = "必要な理由", .kind = form::Kind::long_text, .required = true});
  f.fields.push_back({.key = "basis", .label = "根拠", .kind = form::Kind::choice, .codes = bases(ctx, programme::HolderKind::anyone, {}), .required = true});
  f.fields.push_back({.key = "from", .label = "いつから", .kind = form::Kind::date, .required = true});
  f.fields.push_back({.key = "until", .label = "いつまで", .kind = form::Kind::date, .required = true});
  f.fields.push_back({.key = "outside", .label = "提供を受ける部署", .hint = "自分の機関ではなく、名簿にない部署（水道課など）に代わって入れるときだけ書きます。", .group = "ほかの部署に代わって入れる"});
  std::vector<form::Code> kinds;
  for (const programme::RecipientKind kind : programme::kRecipientKinds) kinds.push_back({std::string(programme::code_of(kind)), std::string(programme::label_of(kind))});
  f.fields.push_back({.key = "outside_kind", .label = "どんな部署か", .hint = "根拠にできる条文が、相手によって違います。", .kind = form::Kind::choice,
                      .codes = pages::codes("recipient_kind", std::move(kinds)), .group = "ほかの部署に代わって入れる"});
  return f;
}

FormScreen asking_screen(const Ctx& ctx) {
  FormScreen s;
  s.title = "目的外利用・提供の協議を求める";
  s.form = asking_form(ctx);
  s.answers.set("from", ctx.today());
  s.answers.set("until", ctx.today().plus_months(kUsualMonths));
  s.action = "/provisions";
  s.cancel = "/provisions/mine";
  s.submit = "協議を求める";
  s.draft = "provision";
  s.before = html::prose("支援の目的の範囲で分け合うとき、支援会議（106条の6）で話し合うときは、この協議は要りません。");
  return s;
}

web::Reply new_page(Ctx& ctx) { return people::show_form(ctx, asking_screen(ctx)); }

web::Reply ask(Ctx& ctx) {
  FormScreen screen = asking_screen(ctx);
  auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = std::move(parsed.answers);
  screen.errors = std::move(parsed.errors);
  if (!screen.errors.empty()) return people::show_form(ctx, screen);
  const form::Answers& a = screen.answers;
  const NewProvision what{parse_id<AgencyTag>(a.text("holder")).value_or(AgencyId()), a.text("outside"), a.text("about"), a.text("items"), a.text("reason_class"),
                          a.text("reason"), a.text("basis"), a.date("from").value_or(ctx.today()), a.date("until").value_or(ctx.today()),
                          programme::parse_recipient_kind(a.text("outside_kind"))};
  const auto done = ctx.command("provision.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = ask_for_provision(tx, gate, actor, pages::settings(ctx), what);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*made));
  });
  return people::after_save(ctx, done, std::move(screen));
}

// --- lists ---

web::Reply mine_page(Ctx& ctx) {
  const auto lines = ctx.read("provision.mine", [](db::ReadTx& tx, access::Gate& gate) { return provisions(tx, gate); });
  html::Page page;
  page.title = "目的外利用・提供の協議";
  page.current = "provisions";
  Html buttons;
  if (ctx.viewer().roles().meets(access::roles_for(SubjectKind::provision, access::Act::create)))
    buttons.add(html::actions({html::link_button("協議を求める", ctx.url("/provisions/new"), html::Look::primary)}));
  if (ctx.viewer().roles().meets(deciders())) buttons.add(html::link("年度の一覧", ctx.url("/provisions")));
  page.main.add(buttons);
  html::Table table("目的外利用・提供の協議", {{"番号"}, {"求めた日"}, {"提供を受ける部署"}, {"保有機関"}, {"だれのことか"}, {"項目"}, {"状態"}});
  for (const Provision& p : lines) {
    table.row().cell(html::link(p.number, ctx.url(path_of(p.id)))).cell(wareki_short(p.asked_on)).cell(p.recipient).cell(ctx.dir().name(p.holder));
    table.cell(p.about).cell(p.items).cell(state_chip(p.state));
  }
  page.main.add(table.empty() ? html::empty_state("協議はまだありません。") : table.done());
  return ctx.show(std::move(page));
}

struct Ledger {
  FiscalYear year;
  std::vector<LedgerLine> lines;
};

Ledger ledger_of(Ctx& ctx, const char* action, access::Act act) {
  return ctx.read(action, [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action(action, act);
    const FiscalYear year = pages::asked_year(ctx);
    return Ledger{year, ledger(tx, gate, pages::settings(ctx), year)};
  });
}

std::string decision_text(const LedgerLine& l) { return label_of(l.state) + (l.decided_on ? " " + wareki_short(*l.decided_on) : std::string()); }

Html ledger_table(const Ctx& ctx, const Ledger& ledger, bool links) {
  html::Table table("目的外利用・提供の一覧", {{"番号"}, {"協議した日"}, {"提供先"}, {"保有機関"}, {"項目"}, {"理由の区分"}, {"根拠"}, {"期間"}, {"決定"}});
  for (const LedgerLine& l : ledger.lines) {
    table.row().cell(links && l.known ? html::link(l.number, ctx.url(path_of(l.id))) : html::text(l.number)).cell(wareki_short(l.asked_on)).cell(l.recipient);
    table.cell(ctx.dir().name(l.holder)).cell(l.items).cell(reason_text(ctx, l.reason_class)).cell(pages::article_text(ctx.m(), l.basis));
    table.cell(period(l.from, l.until, l.ended_on)).cell(decision_text(l));
  }
  return table.empty() ? html::empty_state("この年度の協議はありません。") : table.done();
}

web::Reply ledger_page(Ctx& ctx) {
  const Ledger ledger = ledger_of(ctx, "provision.ledger", access::Act::list);
  html::Page page;
  page.title = "目的外利用・提供の一覧（" + ledger.year.text() + "）";
  page.current = "provisions";
  const std::string query = "?fy=" + std::to_string(ledger.year.year);
  page.main.add(pages::year_links(ctx, "/provisions", ledger.year));
  page.main.add(ledger_table(ctx, ledger, true));
  page.main.add(html::actions({html::link_button("印刷する", ctx.url("/provisions/sheet" + query)), html::link_button("表計算のファイル（CSV）", ctx.url("/provisions.csv" + query)),
                               html::link_button("自分の機関の協議", ctx.url("/provisions/mine"))}));
  page.main.add(html::muted("支援の目的の範囲の共有と、支援会議（106条の6）での共有は、この一覧に入りません。"));
  return ctx.show(std::move(page));
}

web::Reply ledger_sheet(Ctx& ctx) {
  const Ledger ledger = ledger_of(ctx, "provision.ledger_sheet", access::Act::print);
  html::Page page;
  page.title = "目的外利用・提供の一覧";
  page.current = "provisions";
  page.main = html::paper_sheet(html::print_head(pages::paper_head(ctx, "目的外利用・提供の一覧（" + ledger.year.text() + "）")), ledger_table(ctx, ledger, false),
                                html::print_foot({html::text(ctx.m().name)}));
  return ctx.show(std::move(page));
}

web::Reply ledger_csv(Ctx& ctx) {
  const Ledger ledger = ledger_of(ctx, "provision.csv", access::Act::print);
  CsvWriter csv(CsvEncoding::utf8);
  csv.row({"番号", "協議した日", "提供先", "保有機関", "項目", "理由の区分", "根拠", "いつから", "いつまで", "決定", "決定日", "途中で終えた日"});
  for (const LedgerLine& l : ledger.lines)
    csv.row({l.number, l.asked_on.iso(), l.recipient, ctx.dir().name(l.holder), l.items, reason_text(ctx, l.reason_class), pages::article_text(ctx.m(), l.basis), l.from.iso(),
             l.until.iso(), label_of(l.state), l.decided_on ? l.decided_on->iso() : "", l.ended_on ? l.ended_on->iso() : ""});
  return ctx.park(web::Reply::download(csv.bytes(), "text/csv; charset=utf-8", "目的外利用提供_" + std::to_string(ledger.year.year) + "年度.csv"));
}

// --- one ---

struct One {
  Provision p;
  Html home;                              // for the holder
  std::vector<people::Member> members;    // for the holder, of the linked household
  bool decides = false;
  bool ours = false;                      // the viewer's agency asked
};

Result<One> load(Ctx& ctx, ProvisionId id) {
  return ctx.read("provision.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<One> {
    auto p = provision(tx, gate, id);
    if (!p) return tl::unexpected(p.error());
    One one{std::move(*p), {}, {}, false, false};
    one.decides = decides_for(gate.viewer(), one.p.holder);
    one.ours = gate.viewer().in_agency(one.p.asked_by);
    if (!one.p.household) return one;
    if (auto home = people::household_view(tx, gate, *one.p.household)) {
      one.home = html::link(html::group({home->number, " ", home->label}), ctx.url("/households/" + id_text(*one.p.household)));
      one.members = std::move(home->members);
    }
    return one;
  });
}

Html facts_of(const Ctx& ctx, const One& one) {
  const Provision& p = one.p;
  html::Facts facts;
  facts.add("番号", p.number).add("提供を受ける部署", p.recipient + (p.recipient_kind && !p.recipient_id ? "（" + std::string(programme::label_of(*p.recipient_kind)) + "）" : ""));
  facts.add("保有機関", ctx.dir().name(p.holder));
  p.about.empty() ? facts.add("だれのことか", "保存期間が過ぎたので、消しました") : facts.add("だれのことか", p.about);
  if (!one.home.empty()) facts.add("結びつけた世帯", one.home);
  facts.add("項目", p.items).add("理由の区分", reason_text(ctx, p.reason_class)).add("必要な理由", html::prose(p.reason));
  facts.add("根拠", pages::article_text(ctx.m(), p.basis)).add("期間", period(p.from, p.until, p.ended_on)).add("求めた日", wareki(p.asked_on));
  if (!p.decided_on) return facts.done();
  facts.add("決定", html::group({state_chip(p.state), " ", wareki(*p.decided_on)}));
  if (p.harm_checked && !p.harm_reason.shown().empty()) facts.add("不当に侵害するおそれがない理由", html::prose(p.harm_reason));
  if (!p.consent_note.shown().empty()) facts.add("本人の同意を確かめたこと", html::prose(p.consent_note));
  if (!p.topics.empty()) facts.add("見せる内容", pages::topics_text(p.topics));
  if (!p.answer.shown().empty()) facts.add(p.state == ProvisionState::refused ? "認めない理由" : "答え", html::prose(p.answer));
  return facts.done();
}

std::string version_of(const One& one) { return std::to_string(one.p.version); }

Html link_form(const Ctx& ctx, const One& one, const std::string& typed, const std::string& fault) {
  html::FormFrame frame = ctx.frame(path_of(one.p.id) + "/household");
  frame.version = version_of(one);
  Html body = html::text_input({.name = "household", .label = "世帯番号", .hint = "世帯のページの上に書いてあります。相手には見えません。", .error = fault, .required = true}, typed,
                               {.width = html::Width::half});
  body += html::actions({html::button("世帯を結びつける", html::Look::secondary), html::link("世帯をさがす", ctx.url("/households"))});
  return html::form_frame(frame, body);
}

web::Reply show_one(Ctx& ctx, const One& one, const std::string& typed, const std::string& fault, int status) {
  const Provision& p = one.p;
  html::Page page;
  page.title = "目的外利用・提供の協議 " + p.number;
  page.current = "provisions";
  page.crumbs = {{"目的外利用・提供の協議", ctx.url("/provisions/mine")}, {page.title, ""}};
  page.lead = state_chip(p.state);
  if (!fault.empty()) page.main.add(html::error_summary({{"household", fault}}));
  page.main.add(facts_of(ctx, one));
  const bool waiting = p.state == ProvisionState::asked;
  if (waiting && one.decides) {
    page.main.add(html::section(p.household ? "別の世帯に結びつけ直す" : "どの世帯のことか", link_form(ctx, one, typed, fault), "household"));
    page.main.add(html::actions({html::link_button("答える", ctx.url(path_of(p.id) + "/decide"), html::Look::primary)}));
  }
  if (one.decides && p.state == ProvisionState::granted && !p.ended_on && ctx.today() <= p.until)
    page.main.add(html::post_button(ctx.post(path_of(p.id) + "/end", {.label = "提供を終える", .look = html::Look::danger}, {{"version", version_of(one)}})));
  if (one.ours && waiting) page.main.add(html::post_button(ctx.post(path_of(p.id) + "/withdraw", {.label = "取り下げる", .look = html::Look::danger}, {{"version", version_of(one)}})));
  if (one.ours && p.decided_on && !p.read_on && p.asked_by != p.holder) page.main.add(html::post_button(ctx.post(path_of(p.id) + "/read", {.label = "読みました"})));
  return ctx.show(std::move(page), status);
}

web::Reply one_page(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load(ctx, *id);
  return one ? show_one(ctx, *one, "", "", 200) : ctx.error(one.error());
}

web::Reply link_household(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const std::string typed(ctx.req.posted_value("household").value_or(""));
  const std::int64_t version = people::posted_number(ctx, "version");
  const auto done = ctx.command("provision.link", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto linked = link_provision(tx, gate, actor, *id, typed, version); !linked) return tl::unexpected(linked.error());
    return ctx.url(path_of(*id) + "/decide");
  });
  if (done) return ctx.go(*done);
  if (done.error().code != ErrorCode::invalid || done.error().fields.empty()) return ctx.error(done.error());
  const auto one = load(ctx, *id);
  return one ? show_one(ctx, *one, typed, done.error().fields.front().message, 422) : ctx.error(one.error());
}

// --- the answer ---

form::Form decision_form(const Ctx& ctx, const One& one) {
  const form::ShownWhen grant{"decision", "grant"};
  form::Form f{"provision_decision", 1, {}};
  const auto add = [&](form::Field field) { f.fields.push_back(std::move(field)); };
  add({.key = "decision", .label = "答え", .kind = form::Kind::choice, .codes = pages::codes("decision", {{"grant", "認める"}, {"refuse", "認めない"}}), .required = true});
  add({.key = "basis", .label = "根拠", .kind = form::Kind::choice, .codes = bases(ctx, programme::holder_kind(ctx.m(), ctx.dir().code(one.p.holder)), one.p.recipient_kind), .shown_when = grant, .required = true});
  add({.key = "items", .label = "提供する項目", .hint = "氏名は書きません。", .shown_when = grant, .required = true});
  add({.key = "from", .label = "いつから", .kind = form::Kind::date, .shown_when = grant, .required = true});
  add({.key = "until", .label = "いつまで", .kind = form::Kind::date, .shown_when = grant, .required = true});
  add({.key = "harm_checked", .label = "権利利益の侵害のおそれ", .kind = form::Kind::choices,
       .codes = pages::codes("harm", {{"none", "本人または第三者の権利利益を不当に侵害するおそれがない"}}), .shown_when = grant});
  add({.key = "harm_reason", .label = "おそれがないと考えた理由", .kind = form::Kind::long_text, .shown_when = grant});
  add({.key = "consent_note", .label = "本人の同意を、いつ、どのように確かめたか", .hint = "本人の同意を根拠にするときに書きます。この相手と内容を含む同意の記録があれば、空けておけます。",
       .kind = form::Kind::long_text, .shown_when = grant});
  if (one.p.recipient_id) {
    if (!one.members.empty())
      add({.key = "person", .label = "だれのことを", .hint = "世帯全体なら、選ばずにおきます。", .kind = form::Kind::choice, .codes = pages::persons(one.members), .shown_when = grant});
    add({.key = "topics", .label = "見せる内容", .hint = "期間のあいだ、読むことだけができます。", .kind = form::Kind::choices, .codes = pages::topics_table(), .shown_when = grant});
  }
  add({.key = "answer", .label = "相手への答え（認めないときは理由）", .hint = one.p.recipient_id ? "" : "紙で渡した内容があれば書きます。", .kind = form::Kind::long_text});
  return f;
}

FormScreen decision_screen(const Ctx& ctx, const One& one) {
  FormScreen s;
  s.title = "目的外利用・提供の協議に答える";
  s.form = decision_form(ctx, one);
  const std::string key = one.p.basis.substr(0, one.p.basis.find('@'));
  if (const auto* basis = provision_basis(ctx.m(), ctx.dir().code(one.p.holder), key, ctx.today()); basis != nullptr && programme::gives_to(*basis, one.p.recipient_kind)) s.answers.set("basis", key);
  s.answers.set("items", one.p.items);
  s.answers.set("from", std::max(one.p.from, ctx.today()));
  s.answers.set("until", one.p.until);
  s.action = path_of(one.p.id) + "/decide";
  s.cancel = path_of(one.p.id);
  s.submit = "答えを決める";
  s.version = one.p.version;
  s.draft = "provision-decide-" + id_text(one.p.id);
  s.before = facts_of(ctx, one);
  return s;
}

Result<One> load_to_decide(Ctx& ctx, ProvisionId id) {
  auto one = load(ctx, id);
  if (!one) return one;
  if (!one->decides) return fail(ErrorCode::not_permitted, "答えるのは、記録を保有する機関の担当か所属長です。");
  if (one->p.state != ProvisionState::asked) return fail(ErrorCode::conflict, "この協議は、もう答えが出たか、取り下げられています。");
  return one;
}

web::Reply decide_page(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load_to_decide(ctx, *id);
  return one ? people::show_form(ctx, decision_screen(ctx, *one)) : ctx.error(one.error());
}

ProvisionDecision read_decision(const Ctx& ctx, const form::Answers& a) {
  ProvisionDecision d;
  d.version = people::posted_number(ctx, "version");
  d.grant = a.chose("decision", "grant");
  d.answer = a.text("answer");
  if (!d.grant) return d;
  d.basis_key = a.text("basis");
  d.items = a.text("items");
  d.from = a.date("from").value_or(ctx.today());
  d.until = a.date("until");
  d.person = parse_id<PersonTag>(a.text("person"));
  d.topics = pages::chosen_topics(a, "topics");
  d.harm_checked = a.chose("harm_checked", "none");
  d.harm_reason = a.text("harm_reason");
  d.consent_note = a.text("consent_note");
  return d;
}

web::Reply decide(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load_to_decide(ctx, *id);
  if (!one) return ctx.error(one.error());
  FormScreen screen = decision_screen(ctx, *one);
  auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = std::move(parsed.answers);
  screen.errors = std::move(parsed.errors);
  if (!screen.errors.empty()) return people::show_form(ctx, screen);
  const ProvisionDecision in = read_decision(ctx, screen.answers);
  const auto done = ctx.command("provision.decide", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = decide_provision(tx, gate, actor, pages::settings(ctx), *id, in); !kept) return tl::unexpected(kept.error());
    return ctx.url(path_of(*id));
  });
  return people::after_save(ctx, done, std::move(screen), [&]() -> Result<FormScreen> {
    const auto now = load_to_decide(ctx, *id);
    if (!now) return tl::unexpected(now.error());
    return decision_screen(ctx, *now);
  });
}

web::Reply read(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  return pages::step(ctx, "provision.read", path_of(*id), [&](auto& tx, auto& gate, const auto& actor) { return read_provision(tx, gate, actor, *id); });
}

web::Reply end(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const std::int64_t version = people::posted_number(ctx, "version");
  return pages::step(ctx, "provision.end", path_of(*id), [&](auto& tx, auto& gate, const auto& actor) { return end_provision(tx, gate, actor, pages::settings(ctx), *id, version); });
}

web::Reply take_back(Ctx& ctx) {
  const auto id = ctx.id<ProvisionTag>();
  if (!id) return ctx.error(id.error());
  const std::int64_t version = people::posted_number(ctx, "version");
  return pages::step(ctx, "provision.withdraw", path_of(*id), [&](auto& tx, auto& gate, const auto& actor) { return withdraw_provision(tx, gate, actor, *id, version); });
}

}  // namespace

void add_provision_routes(programme::Router& router) {
  const auto readers = web::Need::of(access::roles_for(SubjectKind::provision, access::Act::read));
  const auto writers = web::Need::of(access::roles_for(SubjectKind::provision, access::Act::write));
  const auto deciding = web::Need::of(deciders());
  router.get("/provisions", deciding, ledger_page);
  router.get("/provisions/sheet", deciding, ledger_sheet);
  router.get("/provisions.csv", deciding, ledger_csv);
  router.get("/provisions/mine", readers, mine_page);
  router.get("/provisions/new", writers, new_page);
  router.post("/provisions", writers, ask);
  router.get("/provisions/{id}", readers, one_page);
  router.post("/provisions/{id}/household", deciding, link_household);
  router.get("/provisions/{id}/decide", deciding, decide_page);
  router.post("/provisions/{id}/decide", deciding, decide);
  router.post("/provisions/{id}/end", deciding, end);
  router.post("/provisions/{id}/read", writers, read);
  router.post("/provisions/{id}/withdraw", writers, take_back);
}

}  // namespace kasane::consent
