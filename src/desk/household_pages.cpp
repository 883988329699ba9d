// The page of a household: who lives there, what is difficult, who helps, how it stands, what happened last, and what
// this viewer may do next. What the viewer may not know is not there, and nothing shows that it is missing.
#include <algorithm>
#include <array>

#include "casework/case_page_parts.hpp"
#include "casework/case_rules.hpp"
#include "desk/household_desk.hpp"
#include "desk/pages.hpp"
#include "meeting/phone_service.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

constexpr std::size_t kRecordText = 160;  // characters of a record in the timeline

std::string path_of(HouseholdId id) { return "/households/" + id_text(id); }

Html safety_banner(const programme::Ctx& ctx, const HouseholdDesk& d) {
  if (!d.safety) return {};
  std::vector<Html> lines;
  for (const std::string& code : d.safety->codes) lines.push_back(html::text(code_label(ctx, "safety_note", code)));
  Html body = html::bullets(lines);
  if (!d.safety->note.shown().empty()) body += html::prose(d.safety->note);
  // For those who visit, on screen only: paper gets about.
  return html::not_printed(html::banner(html::Tone::warning, "訪問するときに", body));
}

Html buttons(const programme::Ctx& ctx, const HouseholdDesk& d) {
  const std::string base = path_of(d.household.id);
  std::vector<Html> all;
  const auto add = [&](bool may, std::string_view label, const std::string& path, html::Look look = html::Look::secondary) {
    if (may) all.push_back(html::link_button(label, ctx.url(path), look));
  };
  add(d.may_record, "記録を書く", base + "/records/new", html::Look::primary);
  add(d.may_refer, "ほかの機関につなぐ", "/referrals/new?kind=network&household=" + id_text(d.household.id));
  add(d.may_hand_over, "多機関協働につなぐ", "/referrals/new?kind=collaboration&household=" + id_text(d.household.id));
  add(d.may_consent, "同意を記録する", base + "/consents");
  add(d.may_record, ctx.m().wording("intake", "相談受付") + "を書く", "/intakes/new?household=" + id_text(d.household.id));
  add(d.may_record, "通告・通報をする", "/abuse/new?household=" + id_text(d.household.id));
  add(d.may_request, ctx.m().wording("support_conference", "支援会議") + "にはかる", base + "/conference-requests/new");
  const bool steers = ctx.viewer().roles().meets({Role::coordinator, Role::city_officer});
  add(d.may_request && steers && !meeting::phone_bodies(ctx.m()).empty(), "電話で話し合ったことを記録する", "/meetings/phone/new?household=" + id_text(d.household.id));
  add(d.may_open_case && casework::triage_agency(ctx.m(), ctx.dir(), ctx.viewer()), ctx.m().wording("case", "ケース") + "を開く", base + "/cases/new");
  add(d.case_facts.has_value(), ctx.m().wording("case", "ケース") + "を見る", d.case_facts ? "/cases/" + id_text(d.case_facts->id) : "");
  add(true, ctx.m().wording("household_sheet", "世帯シート"), base + "/sheet");
  Html row = html::join(all, html::text(" "));
  return html::actions({row});
}

Html member_chips(const programme::Ctx& ctx, const HouseholdDesk& d, const people::Member& m) {
  Html chips;
  if (d.is_subject(m.person)) chips += html::chip(html::Tone::info, ctx.m().wording("person", "本人"));
  if (!m.lives_in) chips += html::chip(html::Tone::neutral, "別居");
  if (m.deceased_on) chips += html::chip(html::Tone::neutral, "死亡 " + wareki_short(*m.deceased_on));
  if (m.until && *m.until < ctx.today()) chips += html::chip(html::Tone::neutral, wareki_short(*m.until) + "まで");
  return chips;
}

/// Nothing where the chip beside the name says it already.
std::string relation_of(const programme::Ctx& ctx, const HouseholdDesk& d, const people::Member& m) {
  const std::string relation = code_label(ctx, "relations", m.relation);
  return d.is_subject(m.person) && relation == ctx.m().wording("person", "本人") ? std::string() : relation;
}

Html contact_lines(const people::Member& m) {
  if (!m.contact) return {};
  std::vector<Html> lines;
  const auto add = [&](const char* label, const people::PersonalText& text) {
    if (!text.shown().empty()) lines.push_back(html::group({label, text}));
  };
  add("住所 ", m.contact->address);
  add("電話 ", m.contact->phone);
  add("安全な連絡のしかた ", m.contact->safe);
  return html::bullets(lines);
}

Html members(const programme::Ctx& ctx, const HouseholdDesk& d) {
  html::Table table("世帯の人", {{"名前"}, {"続柄"}, {"年齢"}, {"いつから"}, {"連絡先"}});
  for (const people::Member& m : d.household.members) {
    const Html name = d.may_change ? html::link(m.name, ctx.url("/persons/" + id_text(m.person) + "/edit")) : html::text(m.name);
    table.row().cell(html::group({name, " ", html::muted(m.kana), " ", member_chips(ctx, d, m)}));
    table.cell(relation_of(ctx, d, m)).cell(age_and_birth(m, ctx.today())).cell(parts::day(m.from)).cell(contact_lines(m));
  }
  Html tools;
  if (d.may_change) tools = html::link("人を加える", ctx.url(path_of(d.household.id) + "/persons/new"));
  html::Facts place;
  if (!d.household.address.shown().empty()) place.add("住所", d.household.address);
  if (!d.household.phone.shown().empty()) place.add("電話", d.household.phone);
  if (const programme::Area* area = ctx.m().area(d.household.area)) place.add("地区", area->name);
  Html body = place.done();
  body += table.empty() ? Html() : table.done();
  return html::section("世帯の人", body, "members", tools);
}

Html issue_line(const programme::Ctx& ctx, const casework::Issue& issue, bool may_change) {
  const std::string label = code_label(ctx, "issues", issue.code);
  Html line = may_change ? html::link(label, ctx.url("/issues/" + id_text(issue.id) + "/edit")) : html::text(label);
  if (const std::string state = issue_state(issue); !state.empty()) line.add(" ").add(html::chip(html::Tone::neutral, state));
  if (!issue.note.shown().empty()) line.add(" ").add(html::muted(issue.note));
  line.add(" ").add(html::muted(wareki_short(issue.since_on) + "から"));
  return line;
}

/// The household's own first, then each person's, under the person's name.
Html issues(const programme::Ctx& ctx, const HouseholdDesk& d) {
  Html tools;
  if (d.may_change) tools = html::link("困りごとを加える", ctx.url(path_of(d.household.id) + "/issues/new"));
  if (d.issues.empty()) return html::section("困りごと", html::prose("まだ書かれていません。"), "issues", tools);
  Html body;
  const auto group = [&](Html title, auto&& belongs) {
    std::vector<Html> lines;
    for (const casework::Issue& i : d.issues)
      if (belongs(i)) lines.push_back(issue_line(ctx, i, d.may_change));
    if (lines.empty()) return;
    body += html::heading(3, title);
    body += html::bullets(lines);
  };
  group(html::text("世帯として"), [](const casework::Issue& i) { return !i.person; });
  for (const people::Member& m : d.household.members)
    group(html::text(m.name), [&](const casework::Issue& i) { return i.person == m.person; });
  return html::section("困りごと", body, "issues", tools);
}

/// The window still works on what it took: nobody need take it again.
bool at_work(const casework::IntakeLine& i) {
  return i.screening != casework::ScreeningResult::information_only && i.screening != casework::ScreeningResult::ended_before;
}

/// A window that took a consultation and has no row on the team, with what its records say of it.
void window_rows(const programme::Ctx& ctx, const HouseholdDesk& d, html::Table& table) {
  std::vector<AgencyId> listed;
  for (const casework::Involvement& i : d.involvements) listed.push_back(i.agency);
  for (const casework::IntakeLine& i : d.intakes) {
    if (!at_work(i) || std::ranges::find(listed, i.agency) != listed.end()) continue;
    listed.push_back(i.agency);
    std::optional<Date> last, next;
    for (const casework::RecordView& r : d.records.lines) {
      if (r.agency != i.agency) continue;
      if (!last && !r.attempt) last = r.on_day;
      if (!next) next = r.next_on;
    }
    table.row().cell(ctx.dir().name(i.agency)).cell("相談を受けた窓口").cell("");
    table.cell(wareki_short(i.taken_on)).cell(parts::day(last)).cell(parts::day(next)).cell("");
  }
}

Html agencies(const programme::Ctx& ctx, const HouseholdDesk& d) {
  Html tools;
  if (d.case_facts) tools = html::link("支援チーム", ctx.url("/cases/" + id_text(d.case_facts->id) + "/team"));
  html::Table table("関わる機関", {{"機関"}, {"役割"}, {"していること"}, {"いつから"}, {"最後の連絡"}, {"次の予定"}, {"担当"}});
  for (const casework::Involvement& i : d.involvements) {
    const people::Member* about = i.person ? d.member(*i.person) : nullptr;
    Html what = html::text(i.what);
    if (about) what.add(" ").add(html::muted(html::group({"（", about->name, "について）"})));
    table.row().cell(ctx.dir().name(i.agency)).cell(casework::label_of(i.role)).cell(what);
    table.cell(wareki_short(i.from_on)).cell(parts::day(i.last_contact_on)).cell(parts::day(i.next_on)).cell(i.contact_name);
  }
  window_rows(ctx, d, table);
  return html::section("関わる機関", table.empty() ? html::prose("記録された機関はありません。") : table.done(), "agencies", tools);
}

Html record_body(const casework::RecordView& r) {
  Html body;
  for (const casework::RecordPart& p : r.parts) {
    if (p.text.shown().empty()) continue;
    const std::string text = shortened(p.text.shown(), kRecordText);
    if (p.kind == casework::PartKind::unsorted) body += html::prose(text);
    else body += html::prose(html::group({html::muted(std::string(casework::label_of(p.kind)) + " "), text}));
  }
  return body;
}

Html records(const programme::Ctx& ctx, const HouseholdDesk& d) {
  const std::string all = path_of(d.household.id) + "/records";
  std::vector<html::TimelineItem> items;
  for (const casework::RecordView& r : d.records.lines) {
    html::TimelineItem item;
    item.when = wareki_short(r.on_day) + (r.at_time.empty() ? "" : " " + r.at_time);
    item.when_iso = r.on_day.iso();
    item.title = html::link(code_label(ctx, "contact_method", r.method) + " " + ctx.dir().name(r.agency) + " " + r.writer,
                            ctx.url("/records/" + id_text(r.id)));
    if (r.attempt) item.label = html::chip(html::Tone::neutral, "会えず・つながらず");
    item.body = record_body(r);
    if (r.next_on) item.body.add(html::el("p", html::muted("次の予定 " + wareki_short(*r.next_on))));
    items.push_back(std::move(item));
  }
  if (items.empty()) return html::section("最近の記録", html::prose("記録はありません。"), "records");
  return html::section("最近の記録", html::timeline(items), "records", html::link("すべての記録", ctx.url(all)));
}

Html case_box(const programme::Ctx& ctx, const HouseholdDesk& d) {
  if (!d.case_facts) return {};
  const casework::CaseFacts& c = *d.case_facts;
  html::Facts facts;
  facts.add("番号", html::link(c.number, ctx.url("/cases/" + id_text(c.id))));
  facts.add("いま", casework::label_of(c.state));
  if (c.owner) facts.add("担当機関", ctx.dir().name(*c.owner));
  else if (c.owner_by) facts.add("担当機関", html::group({"未定 ", html::chip(html::Tone::warning, wareki_short(*c.owner_by) + "までに決める")}));
  if (c.last_contact_on) facts.add("最後の連絡", wareki_short(*c.last_contact_on));
  if (c.next_look_on) facts.add("次に見る日", wareki_short(*c.next_look_on));
  return html::section(ctx.m().wording("case", "ケース"), facts.done(), "case");
}

Html intakes(const programme::Ctx& ctx, const HouseholdDesk& d) {
  std::vector<Html> lines;
  for (const casework::IntakeLine& i : d.intakes) {
    Html line = html::link(wareki_short(i.taken_on) + " " + ctx.dir().name(i.agency), ctx.url("/intakes/" + id_text(i.id)));
    line.add(" ").add(i.screening ? html::chip(html::Tone::neutral, casework::label_of(*i.screening)) : html::chip(html::Tone::warning, "判断前"));
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return {};
  return html::section(ctx.m().wording("intake", "相談受付"), html::bullets(lines), "intakes");
}

Html consents(const programme::Ctx& ctx, const HouseholdDesk& d) {
  html::Facts facts;
  bool any = false;
  for (const people::Member& m : d.household.members) {
    for (const consent::Kind kind : {consent::Kind::application, consent::Kind::sharing}) {
      const auto found = std::ranges::find_if(d.consents, [&](const consent::ConsentLine& c) { return c.person == m.person && c.kind == kind; });
      if (found == d.consents.end()) continue;
      any = true;
      const std::string word = kind == consent::Kind::application ? ctx.m().wording("application", "利用申込み") : ctx.m().wording("consent", "情報共有同意");
      facts.add(m.name.shown() + " " + word, consent_text(*found));
    }
  }
  if (!any) return {};
  return html::section("申込みと同意", facts.done(), "consents", html::link("くわしく", ctx.url(path_of(d.household.id) + "/consents")));
}

Html plans(const programme::Ctx& ctx, const HouseholdDesk& d) {
  std::vector<Html> lines;
  for (const planning::PlanHead& p : d.plans) {
    if (p.state == planning::PlanState::superseded) continue;
    Html line = html::link(planning::kind_name(ctx.m(), p.kind), ctx.url("/plans/" + id_text(p.id)));
    line.add(" ").add(html::chip(html::Tone::neutral, planning::label_of(p.state)));
    if (p.review_on) line.add(" 見直し ").add(wareki_short(*p.review_on));
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return {};
  return html::section(ctx.m().wording("plan", "支援プラン"), html::bullets(lines), "plans");
}

Html referrals(const programme::Ctx& ctx, const HouseholdDesk& d) {
  std::vector<Html> lines;
  for (const casework::ReferralLine& r : d.referrals) {
    std::string to = r.to ? ctx.dir().name(*r.to) : std::string();
    for (const programme::Inbox& inbox : ctx.m().rules.inboxes)
      if (!r.to && inbox.code == r.inbox) to = inbox.name;
    Html line = html::link(ctx.dir().name(r.from) + " → " + to, ctx.url("/referrals/" + id_text(r.id)));
    line.add(" ").add(html::chip(html::Tone::neutral, casework::label_of(r.stage)));
    if (r.reply_by) line.add(" 返事は").add(wareki_short(*r.reply_by)).add("まで");
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return {};
  return html::section("返事の済んでいない" + ctx.m().wording("referral", "つなぎ"), html::bullets(lines), "referrals");
}

Html tasks(const programme::Ctx& ctx, const HouseholdDesk& d) {
  std::vector<Html> lines;
  for (const casework::Task& t : d.tasks) {
    Html line = html::link(t.what, ctx.url("/tasks/" + id_text(t.id) + "/done"));
    line.add(" ").add(html::muted(ctx.dir().name(t.agency) + " " + t.how_often));
    if (t.due_on) line.add(" ").add(html::chip(*t.due_on < ctx.today() ? html::Tone::danger : html::Tone::neutral,
                                               wareki_short(*t.due_on) + (*t.due_on < ctx.today() ? "（期限超過）" : "まで")));
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return {};
  return html::section("役割分担", html::bullets(lines), "tasks", html::link("すべて", ctx.url(path_of(d.household.id) + "/tasks")));
}

web::Reply household_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto d = ctx.read("household.page", [&](db::ReadTx& tx, access::Gate& gate) { return gather(tx, gate, ctx, *id, Extent::page); });
  if (!d) return ctx.error(d.error());

  html::Page page;
  page.title = ctx.m().wording("household", "世帯");
  page.heading = html::text(d->household.label);
  page.current = "households";
  page.crumbs = {{"世帯をさがす", ctx.url("/households")}, {page.title, ""}};
  page.lead = html::muted(d->household.number);
  Html main = members(ctx, *d);
  main += issues(ctx, *d);
  main += agencies(ctx, *d);
  main += html::section("支援の図", household_ecomap(ctx, *d), "map");
  main += records(ctx, *d);
  Html side = case_box(ctx, *d);
  side += intakes(ctx, *d);
  side += consents(ctx, *d);
  side += plans(ctx, *d);
  side += referrals(ctx, *d);
  side += tasks(ctx, *d);
  page.main = safety_banner(ctx, *d);
  page.main += buttons(ctx, *d);
  page.main += side.empty() ? main : html::two_columns(main, side);
  if (d->may_change) {
    page.footer.push_back({"世帯を直す", ctx.url(path_of(*id) + "/edit")});
    page.footer.push_back({"訪問するときの注意を直す", ctx.url(path_of(*id) + "/safety")});
  }
  page.footer.push_back({"保護", ctx.url(path_of(*id) + "/protection")});
  if (ctx.viewer().roles().meets({Role::city_officer, Role::head}))
    page.footer.push_back({"開示請求を受ける", parts::address(ctx.url("/disclosures/new"), {{"household", id_text(*id)}})});
  page.footer.push_back({"親族・知人の世帯です", ctx.url(path_of(*id) + "/relation")});
  return ctx.show(std::move(page));
}

}  // namespace

void add_household_routes(programme::Router& router) {
  router.get("/households/{id}", web::Need::of(kCaseRoles), household_page);
}

}  // namespace kasane::desk
