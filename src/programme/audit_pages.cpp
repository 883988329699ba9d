#include "programme/audit_pages.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "access/audit_scan.hpp"
#include "access/audit_store.hpp"
#include "access/below.hpp"
#include "access/explain.hpp"
#include "programme/account_store.hpp"
#include "programme/account_words.hpp"

namespace kasane::programme {

namespace {

using access::audit_store::StoredEvent;
using access::audit_store::StoredSearch;

constexpr std::int64_t kEventsShown = 50;
constexpr int kUnusualShown = 200;
constexpr std::int64_t kAccountsListed = 10'000;

std::string_view act_label(access::Act act) {
  switch (act) {
    case access::Act::read: return "閲覧";
    case access::Act::write: return "変更";
    case access::Act::create: return "作成";
    case access::Act::decide: return "決定";
    case access::Act::print: return "印刷";
    case access::Act::list: return "一覧";
    case access::Act::search: return "検索";
    case access::Act::count: return "集計";
  }
  return "";
}

/// Words for the first part of an action ("plan.decide_page"), so that the trail can be read without knowing the program.
constexpr std::pair<std::string_view, std::string_view> kSubjectWords[] = {
    {"household", "世帯"},      {"person", "人"},           {"membership", "世帯の人"}, {"intake", "相談受付"},      {"referral", "つなぎ"},
    {"case", "ケース"},         {"record", "支援記録"},     {"plan", "支援プラン"},     {"task", "役割分担"},        {"notice", "気づき"},
    {"abuse", "通告・通報"},    {"consent", "申込みと同意"}, {"team", "支援チーム"},     {"involvement", "関わり"},   {"issue", "困りごと"},
    {"advice", "支援者支援"},   {"progress", "進み具合"},   {"meeting", "会議"},        {"session", "会議"},         {"item", "議題"},
    {"counts", "集計"},         {"closure", "終結"},        {"today", "今日"},          {"evaluation", "評価"},      {"early", "決定前開始"},
    {"conference_request", "支援会議へ出す求め"},           {"assessment", "アセスメント"}, {"own_view", "本人の声"}, {"voice", "本人の声"},
    {"account", "利用者"},      {"post", "職"}, {"password", "パスワード"}, {"settings", "市の設定"},   {"audit", "監査"},     {"access", "見られる理由"},             {"protection", "保護の措置"}, {"relation", "間柄"},
    {"packet", "会議の資料"},   {"guest", "招いた人の閲覧"}, {"emergency", "緊急の閲覧"},
    {"common_issue", "共通の課題"}, {"common_issues", "共通の課題"}, {"plenary", "全体の会議の資料"}, {"lesson", "支援の知見"}, {"lessons", "支援の知見"}, {"disaster", "災害のときの一覧"}, {"gathering", "研修・集まり"}, {"gatherings", "研修・集まり"},
    {"disclosure", "開示請求"}, {"provision", "目的外利用・提供"}, {"cooperation", "協力依頼"}, {"disposal", "廃棄"}, {"hold", "廃棄の見合わせ"},
    {"poll", "日程の問い合わせ"}, {"invitation", "会議の案内"}, {"calendar", "予定表"}, {"register", "会議の帳簿"}, {"body", "会議の決まり"},
    {"rule_document", "会議の決まり"}};

/// Events that the program itself, or whoever signs in, leaves.
constexpr std::pair<std::string_view, std::string_view> kEventWords[] = {
    {"account.signin", "サインイン"}, {"account.signin_refused", "サインインの失敗"}, {"account.signin_locked", "失敗が続いたためのサインインの停止"},
    {"account.signout", "サインアウト"}, {"account.signout_everywhere", "すべての端末からのサインアウト"}, {"account.add", "利用者の登録"},
    {"audit.restored", "控えからの復元"}, {"audit.settle", "ふだんと違う閲覧の確かめ"}, {"audit.searches", "さがした言葉の閲覧"}, {"disposal.words", "廃棄によるさがした言葉の消去"},
    {"settings.changed", "市の設定の変更"}};

std::string action_words(std::string_view action) {
  for (const auto& [code, words] : kEventWords)
    if (code == action) return std::string(words) + "（" + std::string(action) + "）";
  const std::string_view subject = action.substr(0, action.find('.'));
  for (const auto& [code, words] : kSubjectWords)
    if (code == subject) return std::string(words) + "（" + std::string(action) + "）";
  return std::string(action);
}


std::map<std::int64_t, std::string> account_names(db::ReadTx& tx) {
  std::map<std::int64_t, std::string> names;
  for (const AccountRow& a : accounts(tx, kAccountsListed)) names[a.id.value] = a.display_name;
  return names;
}

/// A guest acts under the id of its link. The auditor sees which link it was; whom it was made for belongs to the host.
void name_guests(db::ReadTx& tx, std::map<std::int64_t, std::string>& names, const std::vector<std::int64_t>& accounts) {
  std::vector<std::int64_t> unknown;
  for (const std::int64_t account : accounts)
    if (!names.contains(account)) unknown.push_back(account);
  for (const std::int64_t link : access::of_kind(tx, SubjectKind::guest_link, unknown)) names[link] = "招いた人（ゲスト）" + id_text(link);
}

std::vector<std::int64_t> accounts_of(const std::vector<StoredEvent>& events) {
  std::vector<std::int64_t> all;
  for (const StoredEvent& e : events) all.push_back(e.event.account);
  return all;
}

std::string name_in(const std::map<std::int64_t, std::string>& names, std::int64_t account) {
  if (account == 0) return "管理する機械";  // the program itself, or a command in its shell
  const auto found = names.find(account);
  return found == names.end() ? std::string("（登録なし）") : found->second;
}

constexpr std::pair<std::string_view, std::string_view> kOutcomes[] = {{"explained", "説明がついた"}, {"followed", "本人・上司に確かめた"}, {"incident", "事故として扱う"}};

std::string outcome_label(std::string_view code) {
  for (const auto& [known, label] : kOutcomes)
    if (known == code) return std::string(label);
  return {};
}

std::string rule_label(std::string_view code) {
  for (const access::Unusual rule : access::all_unusual())
    if (access::code_of(rule) == code) return std::string(access::label_of(rule));
  return std::string(code);
}

/// What the event says besides, where the auditor can use it.
std::string detail_words(const access::AuditEvent& e) {
  if (e.action == "settings.changed" && e.detail.size() >= 16) return "内容の番号 " + e.detail.substr(0, 16);
  if (e.action != "audit.settle") return {};
  const std::size_t rule = e.detail.find(' '), outcome = e.detail.rfind(' ');
  const auto day = Date::from_iso(std::string_view(e.detail).substr(0, rule));
  if (!day || outcome <= rule) return {};
  return wareki_short(*day) + " " + rule_label(std::string_view(e.detail).substr(rule + 1, outcome - rule - 1)) + " → " + outcome_label(std::string_view(e.detail).substr(outcome + 1));
}

std::string told(const access::AuditEvent& e) {
  const std::string detail = detail_words(e);
  return action_words(e.action) + (detail.empty() ? "" : " " + detail);
}

/// Who acted. A failed sign-in was somebody who has not proved who he is: told is whose account was tried.
std::string who_of(const access::AuditEvent& e, const std::map<std::int64_t, std::string>& names) {
  if (e.account != 0) return name_in(names, e.account);
  if (!e.action.starts_with("account.signin_")) return "管理する機械";  // the program itself, or a command in its shell
  const auto tried = access::unpack_subjects(e.subjects);
  return tried && !tried->empty() ? "サインインしていない人（試した利用者: " + name_in(names, tried->front().ref.id) + "）" : "サインインしていない人";
}

html::Html event_table(std::string_view caption, const std::vector<StoredEvent>& events, const std::map<std::int64_t, std::string>& names) {
  html::Table t(caption, {{"日時"}, {"利用者"}, {"種類"}, {"画面・操作"}, {"件数", html::Column::Align::end}, {"うち見られなかった件数", html::Column::Align::end}}, html::Table::Caption::seen);
  const auto name_of = [&](std::int64_t account) { return name_in(names, account); };
  for (const auto& e : events) {
    std::int64_t denied = 0;
    if (const auto subjects = access::unpack_subjects(e.event.subjects))
      for (const auto& s : *subjects) denied += s.denied ? 1 : 0;
    t.row().cell(wareki_short(office_day(e.event.at)) + " " + office_time(e.event.at)).cell(who_of(e.event, names))
        .cell(act_label(e.event.act)).cell(account_words(e.event, name_of).value_or(told(e.event))).cell(e.event.count).cell(denied);
  }
  return t.done();
}

std::int64_t number_of(std::string_view text) {
  std::int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return std::max<std::int64_t>(n, 0);
}

/// The fiscal year that the address asks for, when there is a file for it; else this one.
int asked_year(const Ctx& ctx) {
  const auto years = ctx.city.audit.years();
  const auto year = static_cast<int>(number_of(ctx.req.query_value("year")));
  return std::find(years.begin(), years.end(), year) != years.end() ? year : FiscalYear::of(ctx.today()).year;
}

db::Database& file_of_year(const Ctx& ctx, int year) { return ctx.city.audit.file_for(start_of(*Date::from_ymd(year, 4, 1))); }

/// Lines of this year, and those of the last one that still wait: what happened at its end is not lost on its last day.
std::vector<access::UnusualLine> unusual_of_two_years(const Ctx& ctx) {
  const int year = FiscalYear::of(ctx.today()).year;
  auto lines = file_of_year(ctx, year).read([](db::ReadTx& tx) { return access::unusual_lines(tx, false, kUnusualShown); });
  const auto years = ctx.city.audit.years();
  if (std::find(years.begin(), years.end(), year - 1) == years.end()) return lines;
  const auto before = file_of_year(ctx, year - 1).read([](db::ReadTx& tx) { return access::unusual_lines(tx, true, kUnusualShown); });
  lines.insert(lines.end(), before.begin(), before.end());
  return lines;
}

html::Html year_and_account(const Ctx& ctx, int year, const std::map<std::int64_t, std::string>& names) {
  std::vector<html::Option> people, years;
  for (const auto& [id, name] : names) people.push_back({id_text(id), name});
  for (const int one : ctx.city.audit.years()) years.push_back({std::to_string(one), std::to_string(one) + "年度"});
  return html::group({html::select({.name = "year", .label = "閲覧の年度"}, years, std::to_string(year)),
                      html::select({.name = "account", .label = "利用者"}, people, std::string(ctx.req.query_value("account")), "すべて"), html::actions({html::button("しぼる")})});
}

html::Html older(const Ctx& ctx, const char* key, const std::vector<StoredEvent>& events, const std::string& account) {
  if (static_cast<std::int64_t>(events.size()) < kEventsShown) return {};
  std::string address = ctx.url("/audit") + "?" + key + "=" + std::to_string(events.back().event.seq) + "&year=" + std::to_string(asked_year(ctx));
  if (!account.empty()) address += "&account=" + account;
  return html::actions({html::link_button("これより前", address)});
}

html::Html proof(db::ReadTx& audit) {
  const auto last = access::audit_store::last_checkpoint(audit);
  if (!last) return html::prose("確認点はまだありません。");
  html::Facts facts;
  facts.add("いちばん新しい確認点", std::to_string(last->number) + "番（" + wareki_short(office_day(last->at)) + " " + office_time(last->at) + "）");
  facts.add("確認番号", access::short_code(access::audit_store::hash_of(last->chain)));
  return html::group({facts.done(), html::muted("確認番号を控え帳に写しておくと、あとから記録が書きかえられたときに分かります。全体の確かめは、管理する機械で kasane audit verify を動かします。")});
}

web::Reply audit_page(Ctx& ctx) {
  const int year = asked_year(ctx);
  const std::string account_text(ctx.req.query_value("account"));
  const auto account = parse_id_text(account_text);
  const std::int64_t only = account ? *account : 0;
  const std::int64_t reads_before = number_of(ctx.req.query_value("reads")), writes_before = number_of(ctx.req.query_value("writes"));
  std::vector<StoredEvent> reads;
  html::Html proved;
  std::size_t open_unusual = 0;
  file_of_year(ctx, year).read([&](db::ReadTx& tx) {
    reads = access::audit_store::newest_reads(tx, reads_before, kEventsShown, only);
    proved = proof(tx);
  });
  for (const auto& line : unusual_of_two_years(ctx))
    if (!line.settled_at) ++open_unusual;
  html::Page page;
  page.title = "閲覧と変更の記録";
  page.current = "audit";
  page.main += html::actions({html::link_button("ふだんと違う閲覧（" + std::to_string(open_unusual) + "件）", ctx.url("/audit/unusual")), html::link_button("さがした言葉", ctx.url("/audit/searches")), html::link_button("緊急の閲覧", ctx.url("/audit/emergency"))});
  page.main += html::prose("新しいものから50件ずつ示します。記録の内容（氏名や相談の文章）は、この画面では見られません。さがした言葉だけは別の画面で見られ、見たことも記録に残ります。");
  ctx.city.db().read([&](db::ReadTx& tx) {
    auto names = account_names(tx);
    page.main += html::search_frame(ctx.url("/audit"), "しぼる", year_and_account(ctx, year, names));
    const auto writes = access::audit_store::newest_writes(tx, writes_before, kEventsShown, only);
    name_guests(tx, names, accounts_of(reads));
    name_guests(tx, names, accounts_of(writes));
    page.main += html::group({event_table("閲覧", reads, names), older(ctx, "reads", reads, account ? account_text : std::string())});
    page.main += html::group({event_table("変更", writes, names), older(ctx, "writes", writes, account ? account_text : std::string())});
  });
  page.main += html::section("記録が書きかえられていないことの確かめ", proved);
  return ctx.show(std::move(page));
}

// --- unusual reading ---

html::Html settle_form(const Ctx& ctx, const access::UnusualLine& line) {
  html::Html body = html::group({html::hidden_input("account", id_text(line.account)), html::hidden_input("day", line.day.iso()), html::hidden_input("rule", line.rule)});
  std::vector<html::Option> options;
  for (const auto& [code, label] : kOutcomes) options.push_back({std::string(code), std::string(label)});
  const std::string id = "outcome-" + id_text(line.account) + "-" + line.day.iso() + "-" + line.rule;
  body += html::select({.name = "outcome", .label = "確かめた結果", .id = id}, options, "");
  body += html::actions({html::button("記録する", html::Look::secondary)});
  return html::form_frame(ctx.frame("/audit/unusual"), body);
}

web::Reply unusual_page(Ctx& ctx, std::vector<FieldError> errors = {}, int status = 200) {
  const auto lines = unusual_of_two_years(ctx);
  html::Page page;
  page.title = "ふだんと違う閲覧";
  page.current = "audit";
  page.crumbs = {{"閲覧と変更の記録", ctx.url("/audit")}, {"ふだんと違う閲覧", {}}};
  page.main += html::error_summary(errors);
  page.main += html::prose("この年度（と、前の年度のまだ確かめていない分）の閲覧から、確かめたほうがよいものを1日ごとに示します。ここに出ることは、間違いがあったという意味ではありません。");
  html::Table table("ふだんと違う閲覧", {{"日"}, {"利用者"}, {"理由"}, {"世帯の数", html::Column::Align::end}, {"その日の閲覧", html::Column::Align::end}, {"結果"}});
  ctx.city.db().read([&](db::ReadTx& tx) {
    auto names = account_names(tx);
    std::vector<std::int64_t> who;
    for (const access::UnusualLine& line : lines) who.push_back(line.account);
    name_guests(tx, names, who);
    for (const access::UnusualLine& line : lines)
      table.row().cell(wareki_short(line.day)).cell(html::link(name_in(names, line.account), ctx.url("/audit") + "?account=" + id_text(line.account)))
          .cell(rule_label(line.rule)).cell(line.roots).cell(line.events).cell(line.settled_at ? html::text(outcome_label(line.outcome)) : settle_form(ctx, line));
  });
  page.main += table.empty() ? html::empty_state("確かめるものはありません。") : table.done();
  return ctx.show(std::move(page), status);
}

web::Reply settle(Ctx& ctx) {
  const auto account = parse_id_text(ctx.req.posted_value("account").value_or(""));
  const auto day = Date::from_iso(ctx.req.posted_value("day").value_or(""));
  const std::string rule(ctx.req.posted_value("rule").value_or("")), outcome(ctx.req.posted_value("outcome").value_or(""));
  if (outcome_label(outcome).empty()) return unusual_page(ctx, {{"outcome", "確かめた結果を選んでください。"}}, 422);
  if (!account || !day) return ctx.error({ErrorCode::not_found, {}, {}});
  if (auto before = ctx.already_done()) return ctx.go(*before);
  db::Database& file = ctx.city.audit.file_for(start_of(*day));
  if (!file.read([&](db::ReadTx& tx) { return access::is_unsettled(tx, *account, *day, rule); }))
    return ctx.error({ErrorCode::conflict, "この行は、もう確かめられています。一覧を開き直してください。", {}});
  const auto done = ctx.command("audit.settle", [&](db::WriteTx&, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    gate.trail().note(SubjectKind::account, *account);
    gate.trail().detail(day->iso() + " " + rule + " " + outcome);
    return ctx.url("/audit/unusual");
  });
  if (!done) return ctx.error(done.error());
  // The event first, which is sealed: the line beside it is a help, and is never settled without one.
  file.write([&](db::WriteTx& tx) { access::settle_unusual(tx, *account, *day, rule, outcome, ctx.viewer().account.value, ctx.now()); });
  return ctx.go(*done);
}

// --- what was searched for ---

html::Html search_table(const std::vector<StoredSearch>& searches, const std::map<std::int64_t, std::string>& names) {
  html::Table t("さがした言葉", {{"日時"}, {"利用者"}, {"さがした言葉"}, {"見つかった件数", html::Column::Align::end}});
  for (const StoredSearch& s : searches)
    t.row().cell(wareki_short(office_day(s.at)) + " " + office_time(s.at)).cell(name_in(names, s.account)).cell(s.words).cell(s.found);
  return t.done();
}

web::Reply searches_page(Ctx& ctx) {
  const int year = asked_year(ctx);
  const auto account = parse_id_text(ctx.req.query_value("account"));
  const auto searches = file_of_year(ctx, year).read([&](db::ReadTx& tx) {
    return access::audit_store::newest_searches(tx, number_of(ctx.req.query_value("before")), kEventsShown, account ? *account : 0);
  });
  html::Page page;
  page.title = "さがした言葉";
  page.current = "audit";
  page.crumbs = {{"閲覧と変更の記録", ctx.url("/audit")}, {"さがした言葉", {}}};
  page.main += html::prose("新しいものから50件ずつ示します。氏名などの個人情報を含みます。この画面を見たことも記録に残ります。廃棄や年数の経過で消した言葉は出ません。");
  const auto names = ctx.city.db().read([](db::ReadTx& tx) { return account_names(tx); });
  page.main += html::search_frame(ctx.url("/audit/searches"), "しぼる", year_and_account(ctx, year, names));
  page.main += searches.empty() ? html::empty_state("さがした言葉は残っていません。") : search_table(searches, names);
  if (static_cast<std::int64_t>(searches.size()) == kEventsShown)
    page.main += html::actions({html::link_button("これより前", ctx.url("/audit/searches") + "?before=" + std::to_string(searches.back().seq) + "&year=" + std::to_string(year) +
                                                                  (account ? "&account=" + id_text(*account) : std::string()))});
  web::Reply reply = ctx.show(std::move(page));
  // The words are names for the most part: whoever reads them leaves an event too. It concerns accounts, no record whose
  // reasons could be shown at the foot of the page.
  ctx.trail.action("audit.searches", access::Act::list);
  for (const StoredSearch& s : searches) ctx.trail.note(SubjectKind::account, s.account);
  return ctx.park(std::move(reply));
}

}  // namespace

void add_audit_routes(Router& router) {
  const web::Need auditor = web::Need::of({Role::auditor});
  router.get("/audit", auditor, audit_page);
  router.get("/audit/unusual", auditor, [](Ctx& ctx) { return unusual_page(ctx); });
  router.post("/audit/unusual", auditor, settle);
  router.get("/audit/searches", auditor, searches_page);
}

}  // namespace kasane::programme
