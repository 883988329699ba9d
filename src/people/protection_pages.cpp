// Pages of in-household protection: the list of a household's measures, a measure with its other side, and the relation
// that a worker declares. Whoever may not know of a measure sees an empty list, as where there is none.
#include <algorithm>
#include <charconv>

#include "access/audit_scan.hpp"
#include "base/japanese.hpp"
#include "form/parse.hpp"
#include "people/form_screen.hpp"
#include "people/protection_pages.hpp"
#include "people/protection_rules.hpp"
#include "people/protection_service.hpp"
#include "people/routes.hpp"
#include "people/service.hpp"

namespace kasane::people {

using html::Html;
using html::Tone;
using programme::Ctx;

namespace {

std::string path_of(HouseholdId id) { return "/households/" + id_text(id); }
std::string path_of(ProtectiveMeasureId id) { return "/protections/" + id_text(id); }
std::string path_of(ConflictId id) { return "/conflicts/" + id_text(id); }

bool has_fields(const Error& error) { return error.code == ErrorCode::invalid && !error.fields.empty(); }

int number_of(const std::string& text, int fallback) {
  int value = fallback;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() && value > 0 ? value : fallback;
}

ProtectionTerms terms_of(const programme::Municipality& m) {
  const ProtectionTerms usual;
  return {number_of(m.wording("protection_dv_months", ""), usual.months), number_of(m.wording("protection_warn_days", ""), usual.warn_days),
          m.wording("protection_basis", "")};
}

template <class Tag>
std::vector<Id<Tag>> ids_of(const std::vector<std::string>& texts) {
  std::vector<Id<Tag>> ids;
  for (const std::string& text : texts)
    if (const auto id = parse_id<Tag>(text)) ids.push_back(*id);
  return ids;
}

template <class Tag>
std::vector<Id<Tag>> posted_ids(const Ctx& ctx, std::string_view key) {
  std::vector<Id<Tag>> ids;
  for (const auto value : ctx.req.posted_values(key))
    if (const auto id = parse_id<Tag>(value)) ids.push_back(*id);
  return ids;
}

// --- the list of a household ---

struct ListPage {
  HouseholdView household;
  std::vector<MeasureLine> measures;
  bool may_add = false;
};

Result<ListPage> load_list(Ctx& ctx, HouseholdId id) {
  return ctx.read("protection.list", [&](db::ReadTx& tx, access::Gate& gate) -> Result<ListPage> {
    auto household = household_view(tx, gate, id);
    if (!household) return tl::unexpected(household.error());
    return ListPage{std::move(*household), measures_of(tx, gate, id), gate.role_may(SubjectKind::protective_measure, access::Act::create)};
  });
}

Html member_name(const HouseholdView& household, PersonId person) {
  for (const Member& m : household.members)
    if (m.person == person) return html::text(m.name);
  return {};
}

Html term_chip(const MeasureLine& m, Date today) {
  if (m.ended_on) return html::chip(Tone::neutral, wareki_short(*m.ended_on) + "に終了");
  if (!m.until) return {};
  if (*m.until < today) return html::chip(Tone::danger, "期限を過ぎています（" + wareki_short(*m.until) + "まで）");
  return html::chip(Tone::info, wareki_short(*m.until) + (m.kind == ProtectionKind::own ? "に見直し" : "まで"));
}

web::Reply list_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load_list(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  html::Page page;
  page.title = "保護";
  page.heading = html::group({loaded->household.label, " 保護"});
  page.current = "households";
  page.crumbs = {{"世帯", ctx.url(path_of(*id))}, {page.title, ""}};
  if (loaded->measures.empty()) {
    page.main += html::empty_state("あなたが見られる保護の記録はありません。");
  } else {
    html::Table table("保護", {{"守る人"}, {"種類"}, {"始まり"}, {"期限"}});
    for (const MeasureLine& m : loaded->measures)
      table.row().cell(html::link(member_name(loaded->household, m.person), ctx.url(path_of(m.id)))).cell(label_of(m.kind)).cell(wareki_short(m.from))
          .cell(term_chip(m, ctx.today()));
    page.main += table.done();
  }
  if (loaded->may_add) page.main += html::actions({html::link_button("保護を始める", ctx.url(path_of(*id) + "/protection/new"), html::Look::primary)});
  page.main += html::muted("保護の記録は、作った機関と、そこで選んだ機関だけに見えます。");
  return ctx.show(std::move(page));
}

// --- a new one ---

using Codes = std::shared_ptr<const form::CodeTable>;

Codes members_table(const std::vector<const HouseholdView*>& households) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "members";
  for (const HouseholdView* household : households)
    for (const Member& m : household->members) table->codes.push_back({id_text(m.person), m.name.shown()});
  return table;
}

Codes kinds_table() {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "protection_kinds";
  for (const ProtectionKind kind : kProtectionKinds) table->codes.push_back({std::string(code_of(kind)), std::string(label_of(kind))});
  return table;
}

Codes agencies_table(const Ctx& ctx) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "agencies";
  for (const auto& entry : ctx.dir().all())
    if (entry.active && !ctx.viewer().in_agency(entry.id)) table->codes.push_back({id_text(entry.id), entry.name});
  return table;
}

struct NewPage {
  HouseholdView household;
  std::optional<HouseholdView> other;  // household of the 相手方, where it is another one
};

/// `number`: of the other household, as typed; one that the viewer may not know is as one that does not exist.
Result<NewPage> load_new(Ctx& ctx, HouseholdId id, const std::string& number) {
  return ctx.read("protection.new", [&](db::ReadTx& tx, access::Gate& gate) -> Result<NewPage> {
    auto household = household_view(tx, gate, id);
    if (!household) return tl::unexpected(household.error());
    NewPage page{std::move(*household), {}};
    if (trim(number).empty()) return page;
    if (const auto label = household_by_number(tx, gate, number); label && label->id != id)
      if (auto other = household_view(tx, gate, label->id)) page.other = std::move(*other);
    return page;
  });
}

FormScreen new_screen(const Ctx& ctx, const NewPage& page) {
  using form::Kind;
  std::vector<const HouseholdView*> all{&page.household};
  if (page.other) all.push_back(&*page.other);
  FormScreen screen;
  screen.title = "保護を始める";
  screen.heading = html::group({page.household.label, " 保護を始める"});
  screen.action = path_of(page.household.id) + "/protection";
  screen.cancel = screen.action;
  screen.submit = "保護を始める";
  auto& f = screen.form.fields;
  screen.form.key = "protection";
  f.push_back({.key = "person", .label = "守る人", .kind = Kind::choice, .codes = members_table({&page.household}), .required = true});
  f.push_back({.key = "kind", .label = "種類", .kind = Kind::choice, .codes = kinds_table(), .required = true});
  f.push_back({.key = "from", .label = "始まりの日", .hint = "DV等支援措置では申出日。期間は" + std::to_string(terms_of(ctx.m()).months) + "か月です。",
               .kind = Kind::date, .required = true});
  f.push_back({.key = "opponents", .label = "相手方", .kind = Kind::choices, .codes = members_table(all)});
  f.push_back({.key = "opponent_name", .label = "相手方（登録がない人）", .hint = "名前", .max = 100});
  f.push_back({.key = "same_roof", .label = "登録がない相手方と、同じ家に住んでいますか", .kind = Kind::yes_no});
  f.push_back({.key = "reason", .label = "理由", .hint = "支援者の判断による保護では必ず書きます。", .kind = Kind::long_text, .max = 1000});
  f.push_back({.key = "review_on", .label = "見直す日", .hint = "支援者の判断による保護で使います。", .kind = Kind::date});
  const std::string more = "ほかの世帯の相手方・知らせる機関・隠す範囲";
  f.push_back({.key = "other_number", .label = "相手方がいる別の世帯の番号", .hint = "入れて送ると、その世帯の人から選べます。", .max = 40, .group = more});
  f.push_back({.key = "other_side", .label = "相手方を支援している機関", .hint = "関わりの記録がある機関は、選ばなくても自動で加わります。", .kind = Kind::choices,
               .codes = agencies_table(ctx), .group = more});
  f.push_back({.key = "informed", .label = "この保護を知らせる機関", .kind = Kind::choices, .codes = agencies_table(ctx), .group = more});
  f.push_back({.key = "whole", .label = "この人のことをすべて隠しますか", .hint = "いいえ: 同じ家に住む人どうしでは、氏名、年齢、続柄、同じ家の住所は隠しません。",
               .kind = Kind::yes_no, .group = more});
  return screen;
}

web::Reply new_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto page = load_new(ctx, *id, {});
  if (!page) return ctx.error(page.error());
  FormScreen screen = new_screen(ctx, *page);
  screen.answers.set("from", ctx.today());
  return show_form(ctx, screen);
}

NewMeasure read_measure(const form::Answers& a, HouseholdId household) {
  NewMeasure what;
  what.household = household;
  if (const auto person = parse_id<PersonTag>(a.text("person"))) what.person = *person;
  what.kind = protection_kind_of(a.text("kind")).value_or(ProtectionKind::own);
  if (const auto from = a.date("from")) what.from = *from;
  what.review_on = what.kind == ProtectionKind::own ? a.date("review_on") : std::nullopt;
  what.whole = a.yes("whole").value_or(false);
  what.same_roof = a.yes("same_roof").value_or(false);
  what.reason = a.text("reason");
  what.opponents = ids_of<PersonTag>(a.codes("opponents"));
  if (!a.text("opponent_name").empty()) what.opponent_names = {a.text("opponent_name")};
  what.informed = ids_of<AgencyTag>(a.codes("informed"));
  what.other_side = ids_of<AgencyTag>(a.codes("other_side"));
  return what;
}

web::Reply take_new(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto page = load_new(ctx, *id, std::string(ctx.req.posted_value("other_number").value_or("")));
  if (!page) return ctx.error(page.error());
  FormScreen screen = new_screen(ctx, *page);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  const NewMeasure what = read_measure(parsed.answers, *id);
  if (parsed.ok()) screen.errors = faults_of(what, ctx.today());
  if (!screen.errors.empty()) return show_form(ctx, screen);
  const auto done = ctx.command("protection.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = add_measure(tx, gate, actor, terms_of(ctx.m()), what);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*made));
  });
  if (done) return ctx.go(*done);
  if (!has_fields(done.error())) return ctx.error(done.error());
  screen.errors = done.error().fields;
  return show_form(ctx, screen);
}

// --- one measure ---

html::FormFrame frame_of(const Ctx& ctx, const MeasureView& v, std::string_view step) {
  html::FormFrame frame = ctx.frame(path_of(v.line.id) + std::string(step));
  frame.version = std::to_string(v.line.version);
  return frame;
}

Html opponents_html(const MeasureView& v) {
  std::vector<Html> all;
  for (const PersonName& name : v.opponent_names) all.push_back(html::text(name.name));
  for (const Opponent& o : v.opponents)
    if (!o.person) all.push_back(html::group({o.name, "（登録なし）"}));
  return html::bullets(all);
}

Html facts_html(const Ctx& ctx, const MeasureView& v) {
  html::Facts facts;
  facts.add("守る人", v.name.name).add("種類", label_of(v.line.kind)).add("相手方", opponents_html(v)).add("始まり", wareki_short(v.line.from));
  if (v.line.until) facts.add(v.line.kind == ProtectionKind::own ? "見直す日" : "期限", html::group({wareki_short(*v.line.until), " ", term_chip(v.line, ctx.today())}));
  if (v.line.ended_on) facts.add("終わり", wareki_short(*v.line.ended_on));
  if (!v.line.reason.shown().empty()) facts.add("理由", html::prose(v.line.reason));
  facts.add("隠す範囲", v.line.whole ? "この人のことすべて" : "通告、安全な連絡先、この人についての記録とプラン。離れて住むときはすべて");
  facts.add("保護を行う機関", ctx.dir().name(v.holder));
  return facts.done();
}

Html terms_html(const MeasureView& v) {
  if (v.terms.empty()) return {};
  std::vector<Html> all;
  for (const MeasureTerm& t : v.terms) all.push_back(html::group({wareki_short(t.filed_on), "の申出 → ", wareki_short(t.until), "まで ", html::muted(t.basis)}));
  return html::section("申出と更新", html::bullets(all));
}

/// What goes back with a form: alarms raised after the page was read stay unseen.
std::string newest_alarm(const MeasureView& v) {
  std::int64_t newest = 0;
  for (const ProtectionAlarm& a : v.alarms) newest = std::max(newest, a.id);
  return std::to_string(newest);
}

/// Agency or, of a helper, the account by name; empty when neither is known here.
std::string party_name(const Ctx& ctx, const MeasureView& v, const ProtectionAlarm& a) {
  if (!a.party) return {};
  if (a.code != "helper") return ctx.dir().name(AgencyId(*a.party));
  for (const OtherSideAgency& side : v.agencies)
    for (const StaffName& who : side.staff)
      if (who.account == AccountId(*a.party)) return who.name;
  return {};
}

Html alarms_html(const Ctx& ctx, const MeasureView& v) {
  std::vector<Html> fresh;
  for (const ProtectionAlarm& a : v.alarms) {
    if (a.seen) continue;
    std::string who = party_name(ctx, v, a);
    if (!who.empty()) who = "（" + who + "）";
    fresh.push_back(html::text(wareki_short(a.on) + " " + alarm_words(a.code) + who));
  }
  if (fresh.empty()) return {};
  Html body = html::bullets(fresh);
  body += html::prose("下の「相手方の側」で、だれが知ってよいかを確かめてください。");
  if (v.may_write) body += html::post_button(ctx.post(path_of(v.line.id) + "/seen", {"確かめた", html::Look::secondary}, {{"alarm", newest_alarm(v)}}));
  return html::banner(Tone::warning, "相手方に動きがありました", body);
}

Html side_form(const Ctx& ctx, const MeasureView& v, const OtherSideAgency& a) {
  std::vector<html::Option> staff;
  std::vector<std::string> chosen;
  for (const StaffName& who : a.staff) staff.push_back({id_text(who.account), who.name, {}});
  for (const AccountId account : a.exempt) chosen.push_back(id_text(account));
  const std::string key = id_text(a.agency);
  Html body = html::hidden_input("agency", key);
  body += html::hidden_input("alarm", newest_alarm(v));
  body += html::radios({.name = "standing", .label = "この機関には", .id = "standing-" + key}, {{"shielded", "隠す", {}}, {"lifted", "相手方の側ではないので、隠さない", {}}},
                       a.lifted ? "lifted" : "shielded");
  if (!staff.empty())
    body += html::checkboxes({.name = "exempt", .label = "知ってよい担当", .hint = "守る人の支援をしている人だけを選びます。", .id = "exempt-" + key}, staff, chosen);
  body += html::actions({html::button({.label = "保存する", .look = html::Look::secondary, .about = ctx.dir().name(a.agency)})});
  return html::form_frame(frame_of(ctx, v, "/side"), body);
}

Html side_summary(const OtherSideAgency& a) {
  if (a.lifted) return html::chip(Tone::neutral, "隠していません");
  Html chips = html::chip(Tone::info, "隠しています");
  if (a.both) chips.add(" ").add(html::chip(Tone::warning, "両方を支援しています"));
  if (!a.exempt.empty()) chips.add(" ").add(html::muted("知ってよい担当 " + std::to_string(a.exempt.size()) + "人"));
  return chips;
}

Html sides_html(const Ctx& ctx, const MeasureView& v, const std::vector<FieldError>& errors) {
  Html body = html::prose("相手方を支援する機関は、関わりが記録されると自動で加わり、守る人のことが見えなくなります。隠していることは、その機関には分かりません。");
  for (const OtherSideAgency& a : v.agencies) {
    body += html::heading(3, html::group({ctx.dir().name(a.agency), " ", side_summary(a)}));
    if (v.may_write) body += html::folding("変える", side_form(ctx, v, a), a.both && a.exempt.empty() && !a.lifted, "side-" + id_text(a.agency));
  }
  if (v.agencies.empty()) body += html::muted("いま、相手方の側の機関はありません。");
  if (v.may_write) {
    std::vector<html::Option> agencies;
    for (const auto& entry : ctx.dir().all())
      if (entry.active && entry.id != v.holder) agencies.push_back({id_text(entry.id), entry.name, {}});
    Html add = html::select({.name = "agency", .label = "相手方を支援している機関を加える", .error = html::error_of(errors, "agency"), .id = "side_agency"}, agencies, "");
    add += html::hidden_input("standing", "shielded");
    add += html::hidden_input("alarm", newest_alarm(v));
    add += html::actions({html::button("加える", html::Look::secondary)});
    body += html::form_frame(frame_of(ctx, v, "/side"), add);
  }
  return html::section("相手方の側", body, "side");
}

Html related_html(const Ctx& ctx, const MeasureView& v, const std::vector<StaffName>& staff, const std::vector<FieldError>& errors) {
  Html body;
  for (const StaffName& who : v.related) {
    Html line = html::group({who.name, "（", ctx.dir().name(who.agency), "）"});
    if (v.may_write) {
      html::FormFrame frame = frame_of(ctx, v, "/related");
      frame.hidden = {{"account", id_text(who.account)}, {"related", "no"}};
      line.add(html::form_frame(frame, html::button({.label = "外す", .look = html::Look::secondary, .about = who.name})));
    }
    body += html::el("div", line);
  }
  if (v.related.empty()) body += html::muted("選ばれている職員はいません。");
  if (v.may_write) {
    std::vector<html::Option> options;
    for (const StaffName& who : staff) options.push_back({id_text(who.account), who.name + "（" + ctx.dir().name(who.agency) + "）", {}});
    Html add = html::select({.name = "account", .label = "相手方の親族・知人である職員", .error = html::error_of(errors, "account")}, options, "");
    add += html::hidden_input("related", "yes");
    add += html::actions({html::button("この職員に隠す", html::Look::secondary)});
    body += html::form_frame(frame_of(ctx, v, "/related"), add);
  }
  return html::section("相手方の親族・知人である職員", body, "related");
}

Html informed_html(const Ctx& ctx, const MeasureView& v) {
  std::vector<Html> names;
  std::vector<std::string> chosen;
  for (const AgencyId agency : v.informed) {
    names.push_back(html::text(ctx.dir().name(agency)));
    chosen.push_back(id_text(agency));
  }
  Html body = names.empty() ? html::muted("保護を行う機関だけが知っています。") : html::bullets(names);
  if (v.may_write) {
    std::vector<html::Option> options;
    for (const auto& entry : ctx.dir().all())
      if (entry.active && entry.id != v.holder) options.push_back({id_text(entry.id), entry.name, {}});
    Html form = html::checkboxes({.name = "informed", .label = "この保護を知らせる機関"}, options, chosen);
    form += html::actions({html::button("保存する", html::Look::secondary)});
    body += html::folding("変える", html::form_frame(frame_of(ctx, v, "/informed"), form), false, "informed-change");
  }
  return html::section("この保護を知っている機関", body, "informed");
}

Html renew_html(const Ctx& ctx, const MeasureView& v, const std::vector<FieldError>& errors) {
  if (!v.may_write || v.line.kind == ProtectionKind::abuse) return {};
  const bool dv = v.line.kind == ProtectionKind::dv;
  const std::string typed(ctx.req.posted_value("filed_on").value_or(dv ? wareki(ctx.today()) : std::string()));
  Html form = html::date_input({.name = "filed_on", .label = dv ? "更新の申出日" : "次に見直す日", .error = html::error_of(errors, "filed_on"), .required = true}, typed);
  form += html::actions({html::button(dv ? "更新する" : "見直した", html::Look::primary)});
  return html::section(dv ? "更新" : "見直し", html::form_frame(frame_of(ctx, v, "/renew"), form), "renew");
}

Html end_html(const Ctx& ctx, const MeasureView& v) {
  if (!v.may_write) return {};
  Html body = html::prose("終えると、相手方の側の機関にも、同意などの根拠で見られるものが見えるようになります。");
  html::FormFrame frame = frame_of(ctx, v, "/end");
  body += html::form_frame(frame, html::actions({html::button("保護を終える", html::Look::danger)}));
  return html::folding("保護を終える", body, false, "end");
}

web::Reply show_measure(Ctx& ctx, ProtectiveMeasureId id, const std::vector<FieldError>& errors, int status, const Html& over = {}) {
  struct Loaded {
    MeasureView view;
    std::vector<StaffName> staff;
  };
  const auto loaded = ctx.read("protection.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Loaded> {
    auto view = measure_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    auto staff = view->may_write ? staff_to_name(tx, gate) : std::vector<StaffName>();
    return Loaded{std::move(*view), std::move(staff)};
  });
  if (!loaded) return ctx.error(loaded.error());
  const MeasureView& v = loaded->view;
  html::Page page;
  page.title = "保護";
  page.heading = html::group({v.name.name, " ", label_of(v.line.kind)});
  page.current = "households";
  page.crumbs = {{"世帯", ctx.url(path_of(v.line.household))}, {"保護", ctx.url(path_of(v.line.household) + "/protection")}, {"この保護", ""}};
  page.main = html::group({over, html::error_summary(errors), alarms_html(ctx, v), facts_html(ctx, v), terms_html(v), renew_html(ctx, v, errors)});
  // Who is watched, and who is related to whom, is the holder's knowledge alone.
  if (v.of_holder) page.main += html::group({sides_html(ctx, v, errors), related_html(ctx, v, loaded->staff, errors)});
  page.main += html::group({informed_html(ctx, v), end_html(ctx, v)});
  return ctx.show(std::move(page), status);
}

web::Reply measure_page(Ctx& ctx) {
  const auto id = ctx.id<ProtectiveMeasureTag>();
  return id ? show_measure(ctx, *id, {}, 200) : ctx.error(id.error());
}

/// One change of the measure; faults and overtaken versions are told on its page, which shows what is stored now.
template <class F>
web::Reply change(Ctx& ctx, const char* action, F&& f) {
  const auto id = ctx.id<ProtectiveMeasureTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = f(tx, gate, actor, *id, posted_number(ctx, "version")); !changed) return tl::unexpected(changed.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (has_fields(done.error())) return show_measure(ctx, *id, done.error().fields, 422);
  if (done.error().code != ErrorCode::stale) return ctx.error(done.error());
  return show_measure(ctx, *id, {}, 409, html::banner(Tone::warning, "ほかの人が先に保存しました", html::prose("いまの内容を確かめてから、もう一度選んでください。")));
}

web::Reply take_renew(Ctx& ctx) {
  return change(ctx, "protection.renew", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t version) -> Result<> {
    const auto on = parse_date(ctx.req.posted_value("filed_on").value_or(""));
    if (!on) return invalid("filed_on", on.error().message);
    return renew_measure(tx, gate, actor, terms_of(ctx.m()), id, *on, version);
  });
}

web::Reply take_end(Ctx& ctx) {
  return change(ctx, "protection.end", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t version) {
    return end_measure(tx, gate, actor, id, version);
  });
}

web::Reply take_side(Ctx& ctx) {
  return change(ctx, "protection.side", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t version) -> Result<> {
    const auto agency = parse_id<AgencyTag>(ctx.req.posted_value("agency").value_or(""));
    if (!agency || ctx.dir().name(*agency).empty()) return invalid("agency", "機関を選んでください。");
    return choose_side(tx, gate, actor, id, version, {*agency, ctx.req.posted_value("standing") == "lifted", posted_ids<AccountTag>(ctx, "exempt"), posted_number(ctx, "alarm")});
  });
}

web::Reply take_related(Ctx& ctx) {
  return change(ctx, "protection.related", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t version) -> Result<> {
    const auto account = parse_id<AccountTag>(ctx.req.posted_value("account").value_or(""));
    if (!account) return invalid("account", "職員を選んでください。");
    return set_related_staff(tx, gate, actor, id, version, *account, ctx.req.posted_value("related") != form::kNo);
  });
}

web::Reply take_informed(Ctx& ctx) {
  return change(ctx, "protection.informed", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t version) {
    std::vector<AgencyId> agencies = posted_ids<AgencyTag>(ctx, "informed");
    std::erase_if(agencies, [&](AgencyId a) { return ctx.dir().name(a).empty(); });
    return set_informed(tx, gate, actor, id, version, agencies);
  });
}

web::Reply take_seen(Ctx& ctx) {
  return change(ctx, "protection.seen", [&](auto& tx, auto& gate, const auto& actor, ProtectiveMeasureId id, std::int64_t) {
    return see_alarms(tx, gate, actor, id, posted_number(ctx, "alarm"));
  });
}

// --- a worker's own relation ---

web::Reply show_relation_form(Ctx& ctx, HouseholdId id, int status) {
  const auto household = ctx.read("relation.new", [&](db::ReadTx& tx, access::Gate& gate) { return household_view(tx, gate, id); });
  if (!household) return ctx.error(household.error());
  html::Page page;
  page.title = "親族・知人の世帯です";
  page.heading = html::group({household->label, " 親族・知人の世帯です"});
  page.current = "households";
  page.main += html::prose("申し出ると、この世帯と世帯の人のことは、あなたには見えなくなります。支援を続けられるよう、世帯を受け持つ機関に知らせます。");
  const Html button = html::button({.label = "申し出る", .name = "declare", .value = std::string(form::kYes)});
  page.main += html::form_frame(ctx.frame(path_of(id) + "/relation"), html::actions({button, html::link("やめる", ctx.url(path_of(id)))}));
  return ctx.show(std::move(page), status);
}

web::Reply relation_new_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show_relation_form(ctx, *id, 200) : ctx.error(id.error());
}

/// What the auditor is shown for two years: looks on days before the declaration.
void look_back(Ctx& ctx, ConflictId declared) {
  const auto years = ctx.city.audit.years();
  for (std::size_t i = years.size() > 2 ? years.size() - 2 : 0; i < years.size(); ++i)
    access::look_back(ctx.city.audit.file_for(start_of(FiscalYear{years[i]}.first())), ctx.city.db(), ctx.viewer().account.value, declared.value, ctx.today());
}

web::Reply take_relation(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  if (ctx.req.posted_value("declare") != form::kYes) return show_relation_form(ctx, *id, 422);
  std::optional<ConflictId> declared;
  const auto done = ctx.command("relation.declare", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    auto made = declare_relation(tx, gate, actor, *id);
    if (!made) return tl::unexpected(made.error());
    declared = *made;
    return ctx.url("/today");
  });
  if (done && declared) look_back(ctx, *declared);
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply show_relation(Ctx& ctx, ConflictId id, const std::vector<FieldError>& errors, int status) {
  const auto v = ctx.read("relation.page", [&](db::ReadTx& tx, access::Gate& gate) { return relation_view(tx, gate, id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = "親族・知人の申出";
  page.heading = html::group({v->label.label, " 親族・知人の申出"});
  page.current = "households";
  page.crumbs = {{"世帯", ctx.url(path_of(v->household))}, {page.title, ""}};
  html::Facts facts;
  facts.add("職員", html::group({v->who.name, "（", ctx.dir().name(v->who.agency), "）"})).add("いつから", wareki_short(v->from));
  if (v->until) facts.add("取りやめ", wareki_short(*v->until)).add("理由", html::prose(v->lifted));
  page.main = html::group({html::error_summary(errors), facts.done()});
  if (v->may_lift) {
    page.main += html::prose("この職員には、世帯のことが見えません。担当だったときは、ほかの人に代わってください。");
    page.main += html::post_button(ctx.post(path_of(id) + "/keep", {"このままにする", html::Look::primary}));
    html::FormFrame frame = ctx.frame(path_of(id) + "/lift");
    frame.version = std::to_string(v->version);
    Html form = html::textarea({.name = "reason", .label = "取りやめる理由", .error = html::error_of(errors, "reason"), .required = true},
                               ctx.req.posted_value("reason").value_or(""), 3);
    form += html::actions({html::button("見えるように戻す", html::Look::danger)});
    page.main += html::folding("取りやめる", html::form_frame(frame, form), !errors.empty(), "lift");
  }
  return ctx.show(std::move(page), status);
}

web::Reply relation_page(Ctx& ctx) {
  const auto id = ctx.id<ConflictTag>();
  return id ? show_relation(ctx, *id, {}, 200) : ctx.error(id.error());
}

web::Reply take_lift(Ctx& ctx) {
  const auto id = ctx.id<ConflictTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("relation.lift", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    auto lifted = lift_relation(tx, gate, actor, *id, posted_number(ctx, "version"), std::string(ctx.req.posted_value("reason").value_or("")));
    if (!lifted) return tl::unexpected(lifted.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (has_fields(done.error())) return show_relation(ctx, *id, done.error().fields, 422);
  return done.error().code == ErrorCode::stale ? show_relation(ctx, *id, {{"", done.error().message}}, 409) : ctx.error(done.error());
}

web::Reply take_keep(Ctx& ctx) {
  const auto id = ctx.id<ConflictTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("relation.keep", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = keep_relation(tx, gate, actor, *id); !kept) return tl::unexpected(kept.error());
    return ctx.url(path_of(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

Html protection_warning(const Ctx& ctx, db::ReadTx& tx, access::Gate& gate, HouseholdId household) {
  const auto measures = measures_to_mind(tx, gate, household);
  if (measures.empty()) return {};
  std::vector<PersonId> persons;
  for (const MeasureLine& m : measures) persons.push_back(m.person);
  const auto names = names_of(tx, gate, persons);
  std::vector<Html> lines;
  for (const MeasureLine& m : measures) {
    const auto name = names.find(m.person);
    lines.push_back(html::link(html::group({name == names.end() ? Html() : html::text(name->second.name), " ", label_of(m.kind)}), ctx.url(path_of(m.id))));
  }
  return html::not_printed(html::banner(Tone::warning, "保護があります。相手方や、相手方を支援する機関でないことを確かめてください", html::bullets(lines)));
}

void add_protection_routes(programme::Router& router) {
  const auto readers = web::Need::of(kCaseRoles);
  const auto writers = web::Need::of({Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer});
  router.get("/households/{id}/protection", readers, list_page);
  router.post("/households/{id}/protection", writers, take_new);
  router.get("/households/{id}/protection/new", writers, new_page);
  router.get("/protections/{id}", readers, measure_page);
  router.post("/protections/{id}/renew", writers, take_renew);
  router.post("/protections/{id}/end", writers, take_end);
  router.post("/protections/{id}/side", writers, take_side);
  router.post("/protections/{id}/related", writers, take_related);
  router.post("/protections/{id}/informed", writers, take_informed);
  router.post("/protections/{id}/seen", writers, take_seen);
  router.get("/households/{id}/relation", readers, relation_new_page);
  router.post("/households/{id}/relation", readers, take_relation);
  router.get("/conflicts/{id}", readers, relation_page);
  router.post("/conflicts/{id}/lift", writers, take_lift);
  router.post("/conflicts/{id}/keep", writers, take_keep);
}

}  // namespace kasane::people
