// Why a page may be seen (for whoever sees it), who has seen a household (for those who hold it), and, for
// administrators, what the rules would answer to somebody else: the decision without the content.
#include <algorithm>
#include <charconv>

#include "access/audit_scan.hpp"
#include "access/explain.hpp"
#include "access/guarded.hpp"
#include "casework/case_page_parts.hpp"
#include "casework/naming.hpp"
#include "desk/access_store.hpp"
#include "desk/access_words.hpp"
#include "desk/pages.hpp"
#include "programme/account_store.hpp"
#include "programme/statutes.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

constexpr int kSeenShown = 50;
constexpr int kAccountsListed = 500;
constexpr Roles kSeers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer,
                       Role::head,              Role::secretary,   Role::meeting_member};

std::string until_text(Date until) { return until == *Date::from_iso(access::kForever) ? "取り消されるまで" : wareki(until) + "まで"; }

/// Without the key and version by which the program finds the text again.
std::string plain_basis(const std::string& basis) {
  const std::size_t open = basis.rfind("（");
  return open != std::string::npos && basis.find('@', open) != std::string::npos ? basis.substr(0, open) : basis;
}

/// The text version that the ground wrote down, else that of its kind's article on the day it began; empty where the ground
/// rests on no article.
std::string version_of(const programme::Municipality& m, const access::UsedGround& g) {
  constexpr std::size_t kIsoSigns = 10;
  std::optional<Date> in_force;
  if (const std::size_t at = g.basis.rfind('@'); at != std::string::npos) {
    in_force = Date::from_iso(g.basis.substr(at + 1, kIsoSigns));
  } else if (const std::string_view key = statute_key_of(g.kind); !key.empty()) {
    if (const programme::Statute* s = programme::statute(m, key, g.from)) in_force = s->in_force;
  } else if (g.kind != access::GroundKind::legal_duty) {
    return {};
  }
  return in_force ? wareki(*in_force) + "からの条文" : "未確認";
}

/// What the folder knows of the contract by which an agency works: nothing is invented. "" for the city's own.
std::string contract_of(const programme::Ctx& ctx, AgencyId id) {
  const programme::Agency* agency = ctx.m().agency(ctx.dir().code(id));
  if (agency == nullptr || ctx.m().is_city(agency->code)) return {};
  const bool entrusted = agency->operation == programme::OperationForm::contracted || agency->operation == programme::OperationForm::partly_contracted;
  return agency->name + (!agency->contractor.empty() ? "（受託者 " + agency->contractor + "）"
                         : entrusted                ? "（受託者は計画に記載なし）"
                                                    : "（委託かどうかは計画に記載なし）");
}

/// Those by which the viewer's agencies work (個人情報保護法27条).
std::string contract_of(const programme::Ctx& ctx) {
  std::string all;
  for (const access::Post& post : ctx.viewer().posts) {
    const std::string one = contract_of(ctx, post.agency);
    if (!one.empty() && all.find(one) == std::string::npos) all += (all.empty() ? "" : "、") + one;
  }
  return all;
}

/// The statute or form; for a contract also whose it is.
std::string basis_words(const programme::Ctx& ctx, const access::UsedGround& g) {
  if (g.kind != access::GroundKind::contract) return plain_basis(g.basis);
  const programme::Statute* law = programme::statute(ctx.m(), programme::kContract, g.from);
  std::string words = law == nullptr ? std::string() : law->name();
  if (const std::string contractor = contract_of(ctx); !contractor.empty()) words += (words.empty() ? "" : "。") + ("委託: " + contractor);
  if (const std::string stored = plain_basis(g.basis); !stored.empty() && words.find(stored) == std::string::npos) words += (words.empty() ? "" : "。") + stored;
  return words;
}

/// On what an agency holds its own records: a contractor on its contract, within the purpose of what was entrusted to it.
/// "" for the city's own.
std::string holding_words(const programme::Ctx& ctx, AgencyId holder) {
  const std::string contract = contract_of(ctx, holder);
  if (contract.empty()) return {};
  const programme::Statute* law = programme::statute(ctx.m(), programme::kContract, ctx.today());
  return (law == nullptr ? std::string() : law->name() + "（" + law->evidence() + "）。") + "委託: " + contract;
}

Html grounds_table(const programme::Ctx& ctx, const std::vector<access::UsedGround>& grounds) {
  html::Table table("共有の根拠", {{"根拠"}, {"いつから"}, {"いつまで"}, {"もとにした法令・様式"}, {"条文の版"}, {"見てよい内容"}}, html::Table::Caption::seen);
  for (const access::UsedGround& g : grounds) {
    std::string what(label_of(g.kind));
    if (g.about_one) what += "（ひとりについて）";
    table.row().cell(what).cell(wareki(g.from)).cell(until_text(g.until)).cell(basis_words(ctx, g)).cell(version_of(ctx.m(), g)).cell(topics_text(g.topics));
  }
  return table.done();
}

/// What holding or the grounds give. What a protection takes away from that is not told: nothing shows that it is hidden.
access::Topics topics_said(const access::Explanation& why) {
  if (why.verdict.why == access::Why::holder) return access::kAllTopics;
  access::Topics given;
  for (const access::UsedGround& g : why.grounds) given = given | g.topics;
  return given;
}

web::Reply why_page(programme::Ctx& ctx) {
  const auto id = parse_id_text(ctx.req.param("id"));
  if (!id) return ctx.error({ErrorCode::not_found, {}, {}});
  struct Found {
    access::Explanation why;
    bool readers = false;
    bool holder_named = false;
  };
  const auto found = ctx.read("access.why", [&](db::ReadTx& tx, access::Gate& gate) -> std::optional<Found> {
    auto why = gate.explain(*id, access::Act::read);
    if (!why || !why->verdict.allowed) {
      gate.trail().denied(SubjectKind::household, *id);  // alike for what is hidden and for what is not there
      return std::nullopt;
    }
    gate.trail().opened(why->facts.kind, *id);
    Found out{std::move(*why)};
    const auto root = gate.explain(out.why.facts.root, access::Act::read);
    const bool in_household = root && root->facts.kind == SubjectKind::household;
    if (in_household) out.readers = access::may_know_readers(gate, out.why.facts.root, root->verdict);
    casework::Naming naming(tx, gate);
    out.holder_named = in_household ? naming.may_name(HouseholdId(out.why.facts.root), out.why.facts.holder)
                                    : gate.viewer().in_agency(out.why.facts.holder) || !naming.is_sensitive(out.why.facts.holder);
    return out;
  });
  if (!found) return ctx.error({ErrorCode::not_found, {}, {}});
  const access::Explanation& why = found->why;
  html::Page page;
  page.title = "この画面を見られる理由";
  html::Facts facts;
  facts.add("記録", std::string(label_of(why.facts.kind)));
  if (found->holder_named) facts.add("保有する機関", ctx.dir().name(why.facts.holder));
  facts.add("見られる内容", topics_text(topics_said(why)));
  if (why.verdict.why == access::Why::holder) {
    page.main += html::prose("あなたは、この記録を保有する機関に属しています。仕事に必要な範囲で見ることができます。");
    if (const std::string words = holding_words(ctx, why.facts.holder); !words.empty()) facts.add("保有の根拠", words);
    page.main += facts.done();
  } else {
    page.main += html::prose("あなたの機関は、次の根拠によって見ることができます。根拠の期限が過ぎるか取り消されると、見られなくなります。");
    page.main += facts.done();
    page.main += grounds_table(ctx, why.grounds);
  }
  page.main += html::prose("見たことは記録され、監査責任者が確かめます。");
  if (found->readers) page.main += html::actions({html::link_button("この世帯をだれが見たか", ctx.url("/households/" + id_text(why.facts.root) + "/seen"))});
  return ctx.show(std::move(page));
}

web::Reply why_lists_page(programme::Ctx& ctx) {
  html::Page page;
  page.title = "一覧に出る記録";
  page.main += html::prose("一覧・検索・件数に出るのは、あなたの機関が保有する記録と、同意や法令などの根拠があってあなたの機関に共有されている記録だけです。");
  page.main += html::prose("ひとつの記録を開くと、画面の下の「この画面を見られる理由」で、その記録の根拠と期限を確かめられます。");
  page.main += html::prose("一覧を見たこと、検索した言葉と件数も記録されます。");
  return ctx.show(std::move(page));
}

std::string times(std::int64_t n) { return n == 0 ? std::string("なし") : std::to_string(n) + "回"; }

web::Reply seen_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  access::SeenCursor before;
  const std::string_view at = ctx.req.query_value("before");
  std::from_chars(at.data(), at.data() + at.size(), before.last_at);
  if (const auto account = parse_id_text(ctx.req.query_value("account"))) before.account = *account;
  const auto abuse_shown = ctx.read("household.seen", [&](db::ReadTx&, access::Gate& gate) -> Result<bool> {
    const auto permit = gate.read(*id);
    if (!permit) return tl::unexpected(permit.error());
    if (!access::may_know_readers(gate, id->value, permit->verdict())) return fail(ErrorCode::not_found);
    return permit->shows(access::Topic::abuse);
  });
  if (!abuse_shown) return ctx.error(abuse_shown.error());
  auto lines = ctx.city.audit.file_for(ctx.now()).read([&](db::ReadTx& tx) { return access::seen_of(tx, id->value, before, kSeenShown + 1); });
  const bool more = lines.size() > kSeenShown;
  if (more) lines.resize(kSeenShown);
  std::vector<AccountId> accounts;
  for (const access::SeenLine& l : lines) accounts.emplace_back(l.account);
  std::map<std::int64_t, store::Staff> staff;
  std::vector<AgencyId> guarded;
  ctx.city.db().read([&](db::ReadTx& tx) {
    staff = store::staff(tx, accounts);
    guarded = *abuse_shown ? std::vector<AgencyId>{} : access::guarded_agencies(tx);
  });
  html::Page page;
  page.title = "この世帯をだれが見たか";
  page.crumbs = {{"世帯", ctx.url("/households/" + id_text(*id))}, {"だれが見たか", {}}};
  html::Table table("だれが見たか", {{"日"}, {"利用者"}, {"機関"}, {"開いた"}, {"印刷した"}, {"一覧に出た"}});
  for (const access::SeenLine& l : lines) {
    store::Staff& who = staff[l.account];
    // An agency that sat before the shared screen of a meeting stands where an account would.
    if (const std::string& agency = ctx.dir().name(AgencyId(l.account)); who.name.empty() && !agency.empty()) who = {"会議の画面で", {AgencyId(l.account)}};
    // That somebody of a guarded agency looked would tell of its work.
    const bool hidden = std::any_of(who.agencies.begin(), who.agencies.end(),
                                    [&](AgencyId a) { return std::find(guarded.begin(), guarded.end(), a) != guarded.end(); });
    if (hidden) continue;
    std::string agencies;
    for (const AgencyId agency : who.agencies) agencies += (agencies.empty() ? "" : "、") + ctx.dir().name(agency);
    table.row().cell(wareki_short(l.day) + " " + office_time(l.last_at)).cell(who.name).cell(agencies).cell(times(l.opened)).cell(times(l.printed)).cell(times(l.listed));
  }
  page.main += html::prose("この年度の分を、新しいものから示します。数分前までの閲覧が入っています。気になることは監査責任者に知らせてください。");
  page.main += table.empty() ? html::empty_state("この年度に見た人は、まだいません。") : table.done();
  if (more)
    page.main += html::actions({html::link_button("これより前", parts::address(ctx.url("/households/" + id_text(*id) + "/seen"),
                                                                              {{"before", std::to_string(lines.back().last_at)}, {"account", id_text(lines.back().account)}}))});
  return ctx.show(std::move(page));
}

// --- the simulator of administrators ---

struct ActWord {
  const char* code;
  const char* label;
  access::Act act;
};
constexpr ActWord kActs[] = {{"read", "見る", access::Act::read}, {"write", "書きかえる", access::Act::write}, {"decide", "決定する", access::Act::decide}, {"print", "印刷する", access::Act::print}};

/// The rules as an administrator may read them: what keeps somebody away stands together with what would let him in, so
/// that nothing here tells of a protection or of a report.
Html steps_table(const access::Explanation& e) {
  html::Table table("決まりの当てはめ", {{"順"}, {"決まり"}, {"結果"}}, html::Table::Caption::seen);
  const bool holder = e.verdict.allowed && e.verdict.why == access::Why::holder;
  auto row = [&, n = 0](std::string_view what, bool holds) mutable { table.row().cell(++n).cell(what).cell(holds ? "当てはまる" : "当てはまらない"); };
  row("この操作をしてよい役割がある", e.has_role);
  row("記録を保有する機関に属し、見てよい", holder);
  row("共有の根拠があり、期限の内で、記録の内容がその範囲にあり、見てよい", e.verdict.allowed && !holder);
  return table.done();
}

/// A ground that by itself would tell of a report of abuse or an emergency.
bool tells_too_much(access::GroundKind ground) {
  return ground == access::GroundKind::legal_duty || ground == access::GroundKind::danger || ground == access::GroundKind::emergency;
}

Html plain_grounds(const std::vector<access::UsedGround>& grounds) {
  html::Table table("共有の根拠", {{"根拠"}, {"いつまで"}}, html::Table::Caption::seen);
  for (const access::UsedGround& g : grounds)
    table.row().cell(tells_too_much(g.kind) ? std::string("法令などの根拠") : std::string(label_of(g.kind))).cell(tells_too_much(g.kind) ? std::string() : until_text(g.until));
  return table.done();
}

web::Reply simulator_page(programme::Ctx& ctx) {
  const bool asked = ctx.req.method == "POST";  // numbers of households stand in no address
  const std::string login(ctx.req.posted_value("login").value_or("")), number(ctx.req.posted_value("number").value_or("")), act_code(ctx.req.posted_value("act").value_or(""));
  std::vector<FieldError> errors;
  std::optional<access::Explanation> answer;
  std::vector<html::Option> people;
  std::string who_text;
  bool holder_named = false;
  ctx.read("access.simulate", [&](db::ReadTx& tx, access::Gate& gate) {
    people.clear();
    errors.clear();
    answer.reset();
    for (const programme::AccountRow& a : programme::accounts(tx, kAccountsListed))
      if (a.active) people.push_back({a.login, a.display_name + "（" + a.login + "）"});
    if (!asked) return;
    const auto account = programme::account_by_login(tx, login);
    const auto record = store::record_by_number(tx, number);
    if (account) gate.trail().note(SubjectKind::account, account->id.value);  // every try is an event, with whom it was about
    const ActWord* act = nullptr;
    for (const ActWord& word : kActs)
      if (act_code == word.code) act = &word;
    if (!account) errors.push_back({"login", "利用者を選んでください。"});
    if (!record) errors.push_back({"number", "世帯またはケースの番号を、書類のとおりに入れてください。"});
    if (act == nullptr) errors.push_back({"act", "操作を選んでください。"});
    if (!errors.empty()) return;
    access::Viewer other{account->id, {}};
    for (const programme::PostRow& p : programme::posts_on(tx, account->id, ctx.today())) other.posts.push_back({p.id, p.agency, p.role});
    access::Trail unused;
    access::Gate as_other(tx, other, ctx.now(), unused);
    answer = as_other.explain(*record, act->act);
    who_text = account->display_name + "が「" + act->label + "」とき";
    if (answer) {
      gate.trail().note(answer->facts.kind, answer->facts.id);
      holder_named = !access::is_guarded(tx, answer->facts.holder);
    }
  });
  html::Page page;
  page.title = "見られるかどうかを試す";
  page.current = "settings";
  page.crumbs = {{"設定", ctx.url("/settings")}, {"見られるかどうかを試す", {}}};
  page.main += html::prose("利用者と記録の番号を選ぶと、どの決まりによって見られる（見られない）かを示します。記録の中身は出ません。試したことも記録されます。");
  Html body = html::error_summary(errors);
  body += html::select({.name = "login", .label = "利用者", .error = html::error_of(errors, "login")}, people, login);
  body += html::text_input({.name = "number", .label = "世帯またはケースの番号", .error = html::error_of(errors, "number")}, number, {.width = html::Width::half});
  std::vector<html::Option> acts;
  for (const ActWord& word : kActs) acts.push_back({word.code, word.label});
  body += html::radios({.name = "act", .label = "操作", .error = html::error_of(errors, "act")}, acts, act_code.empty() ? "read" : act_code);
  body += html::actions({html::button("試す")});
  page.main += html::form_frame(ctx.frame("/settings/access"), body);
  if (answer) {
    page.main += html::banner(answer->verdict.allowed ? html::Tone::success : html::Tone::warning, who_text + (answer->verdict.allowed ? "：できます" : "：できません"));
    html::Facts facts;
    facts.add("記録の種類", std::string(label_of(answer->facts.kind)));
    if (holder_named) facts.add("保有する機関", ctx.dir().name(answer->facts.holder));
    page.main += facts.done();
    page.main += steps_table(*answer);
    if (!answer->grounds.empty()) page.main += plain_grounds(answer->grounds);
  }
  return ctx.show(std::move(page), errors.empty() ? 200 : 422);
}

}  // namespace

void add_access_routes(programme::Router& router) {
  router.get("/why", web::Need::of(kSeers), why_lists_page);
  router.get("/why/{id}", web::Need::of(kSeers), why_page);
  router.get("/households/{id}/seen", web::Need::of(access::kSeenRoles), seen_page);
  router.get("/settings/access", web::Need::of({Role::administrator}), simulator_page);
  router.post("/settings/access", web::Need::of({Role::administrator}), simulator_page);
}

}  // namespace kasane::desk
