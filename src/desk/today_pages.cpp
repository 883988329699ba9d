// Today: what awaits this account and its agencies, one line per household, soonest first, each put off in one click.
#include <algorithm>
#include <iterator>

#include "access/rules.hpp"
#include "casework/case_page_parts.hpp"
#include "consent/emergency_service.hpp"
#include "desk/due_words.hpp"
#include "desk/pages.hpp"
#include "due/service.hpp"
#include "people/service.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

constexpr int kLines = 50;
constexpr int kSnoozeDays = 7;
constexpr char kCommandMark = '-';  // between a line and what makes its command its own

/// Parties are those whose posts may read: a secretary or administrator in an agency is not told what its counsellors do.
due::WaitQuery query_of(const programme::Ctx& ctx) {
  const access::Viewer& viewer = ctx.viewer();
  return {.parties = access::parties_for(viewer, SubjectKind::household, access::Act::read),
          .meeting_parties = access::parties_for(viewer, SubjectKind::meeting_session, access::Act::read),
          .account = viewer.account,
          .today = ctx.today()};
}

struct TodayList {
  std::vector<due::Wait> lines;
  std::optional<due::WaitCursor> next;
  std::unordered_map<HouseholdId, people::HouseholdLabel> labels;
};

TodayList today_list(db::ReadTx& tx, access::Gate& gate, const due::WaitQuery& query, const std::optional<due::WaitCursor>& from) {
  TodayList list;
  list.lines = due::waits(tx, gate, query, from, kLines + 1);
  if (list.lines.size() > kLines) {
    list.lines.pop_back();
    list.next = due::WaitCursor{list.lines.back().first_on, list.lines.back().root};
  }
  std::vector<HouseholdId> households;
  for (const due::Wait& w : list.lines)
    if (w.household) households.emplace_back(w.root);
  if (!households.empty()) list.labels = people::household_labels(tx, gate, households);
  return list;
}

std::string count_text(std::int64_t n) { return std::to_string(n) + "件"; }

/// Out of the first page alone: whoever has more than it holds needs no exact number, and counting would cost as much as the page.
Html numbers(const TodayList& list, Date today) {
  const std::int64_t shown = std::ssize(list.lines);
  // Soonest first: where the last line shown is not overdue, all that is stands on this page.
  const std::int64_t overdue = std::ranges::count_if(list.lines, [&](const due::Wait& w) { return w.first_on < today; });
  const auto text = [&](std::int64_t n) { return count_text(n) + (list.next && n == shown ? "以上" : ""); };
  return html::group({"　待っていること ", text(shown), "　期限を過ぎたもの ", text(overdue)});
}

/// Words of the kinds, each once, soonest first.
Html what_waits(const programme::Ctx& ctx, const due::Wait& wait) {
  std::vector<Html> words;
  std::vector<std::string_view> seen;
  for (const due::DueLine& item : wait.items) {
    if (std::ranges::find(seen, item.kind) != seen.end()) continue;
    seen.push_back(item.kind);
    const std::string text = due_words(ctx.m(), item.kind);
    std::string page = page_of(item.subject);
    // A person has no page of its own: what waits for them is on their household's.
    if (page.empty() && wait.household) page = "/households/" + id_text(wait.root) + (item.kind == "consent.seek" ? "/consents" : "");
    words.push_back(page.empty() ? html::text(text) : html::link(text, ctx.url(page)));
  }
  return html::join(words, html::text("、"));
}

/// 「気づき R8.11.20」: what stands without a household is told apart by its kind and the day on which it began. The days
/// of a sitting are its own matter.
std::string name_alone(const programme::Ctx& ctx, const due::Wait& wait) {
  const SubjectKind kind = wait.items.empty() ? SubjectKind::household : wait.items.front().subject.kind;
  const std::string words = record_words(ctx.m(), kind);
  if (words.empty()) return ctx.m().wording("household", "世帯") + "が決まる前";
  const bool sitting = kind == SubjectKind::meeting_session || kind == SubjectKind::agenda_item;
  return wait.begun_on && !sitting ? words + " " + wareki_short(*wait.begun_on) : words;
}

Html list_table(const programme::Ctx& ctx, const TodayList& list) {
  html::Table table("待っていること", {{"世帯"}, {"いつまで"}, {"すること"}, {"あとで"}});
  // One form for all lines; which one was pressed is in the button's command, so that each line's is its own.
  const std::string once = programme::fresh_command_id();
  for (const due::Wait& w : list.lines) {
    const auto label = w.household ? list.labels.find(HouseholdId(w.root)) : list.labels.end();
    table.row();
    std::string about;
    if (label != list.labels.end()) {
      about = label->second.label.shown();
      table.cell(html::group({html::link(label->second.label, ctx.url("/households/" + id_text(w.root))), " ", html::muted(label->second.number)}));
    } else {
      about = name_alone(ctx, w);
      table.cell(about);
    }
    table.cell(due_day(w.first_on, ctx.today()));
    table.cell(what_waits(ctx, w));
    table.cell(html::button({.label = "1週間あとにする", .look = html::Look::plain, .name = "command_id", .value = id_text(w.root) + kCommandMark + once, .about = about}));
  }
  return html::el("form", {{"method", "post"}, {"action", ctx.url("/today/snooze")}}, html::hidden_input("csrf", ctx.csrf()), table.done());
}

/// For those whom nothing is handed on this page: where their work is.
Html own_work(programme::Ctx& ctx) {
  const Roles roles = ctx.viewer().roles();
  Html links;
  const auto add = [&](Roles who, std::string_view label, const char* path) {
    if (roles.meets(who)) links.add(html::link_button(label, ctx.url(path), links.empty() ? html::Look::primary : html::Look::secondary));
  };
  add({Role::commissioner, Role::meeting_member}, ctx.m().wording("notice", "気づき") + "を知らせる", "/notices/new");
  add({Role::secretary, Role::meeting_member}, "会議を見る", "/meetings");
  add({Role::administrator}, "利用者を見る", "/accounts");
  add({Role::auditor}, "閲覧の記録を見る", "/audit");
  if (roles.has(Role::auditor)) {
    const auto waiting = ctx.read("emergency.count", [](db::ReadTx& tx, access::Gate& gate) { return consent::unreviewed_emergencies(tx, gate); });
    add({Role::auditor}, "緊急の閲覧（確認待ち " + count_text(waiting) + "）", "/audit/emergency");
  }
  return links.empty() ? Html() : html::actions({links});
}

web::Reply today_page(programme::Ctx& ctx) {
  std::optional<due::WaitCursor> from;
  if (const auto cursor = parts::parse_cursor(ctx.req.query_value("from"))) from = due::WaitCursor{cursor->first, cursor->second};
  const due::WaitQuery query = query_of(ctx);
  const TodayList list = ctx.read("today.page", [&](db::ReadTx& tx, access::Gate& gate) { return today_list(tx, gate, query, from); });

  html::Page page;
  page.title = "今日";
  page.current = "today";
  page.lead = html::group({wareki(ctx.today()), from ? html::text("　つづき") : numbers(list, ctx.today())});
  if (list.lines.empty())
    page.main = html::group({html::empty_state("いま待っていることはありません。"), own_work(ctx)});
  else
    page.main = list_table(ctx, list);
  if (list.next || from) {
    html::Pager pager;
    pager.summary = count_text(kLines) + "ずつ、期日の近い順です。";
    if (from) pager.previous_href = ctx.url("/today");
    pager.previous_label = "最初の" + count_text(kLines);
    if (list.next) pager.next_href = parts::address(ctx.url("/today"), {{"from", parts::cursor_text(list.next->on, list.next->root)}});
    page.main += html::pagination(pager);
  }
  return ctx.show(std::move(page));
}

web::Reply snooze(programme::Ctx& ctx) {
  const std::string_view command = ctx.req.posted_value("command_id").value_or("");
  const auto root = parse_id_text(command.substr(0, command.find(kCommandMark)));
  const Error unknown{ErrorCode::not_found, "見つかりません。", {}};
  if (!root) return ctx.error(unknown);
  const due::WaitQuery query = query_of(ctx);
  auto done = ctx.command("today.snooze", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (!due::anything_waits(tx, gate, query, *root)) return tl::unexpected(unknown);
    due::snooze(tx, actor.account, *root, office_day(actor.now).plus_days(kSnoozeDays));
    return ctx.url("/today");
  });
  if (!done) return ctx.error(done.error());
  return ctx.go(*done);
}

}  // namespace

void add_today_routes(programme::Router& router) {
  router.get("/today", web::Need::signed_in(), today_page);
  router.post("/today/snooze", web::Need::signed_in(), snooze);
}

}  // namespace kasane::desk
