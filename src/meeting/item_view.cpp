#include "meeting/item_view.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

Html plan_html(const programme::Ctx& ctx, const PacketPlan& plan) {
  Html out = html::heading(3, planning::kind_name(ctx.m(), plan.kind) + (plan.revision > 1 ? "（第" + std::to_string(plan.revision) + "版）" : ""));
  html::Facts facts;
  facts.add("状態", planning::label_of(plan.state));
  facts.add("支援の方向性", plan.direction);
  std::vector<Html> goals;
  for (const PersonalText& goal : plan.goals) goals.push_back(html::text(goal));
  facts.add("目標", html::bullets(goals));
  out.add(facts.done());
  if (plan.roles.empty()) return out;
  html::Table table("役割分担", {{"だれが"}, {"何を"}, {"どのくらい"}});
  for (const auto& role : plan.roles) table.row().cell(role.who).cell(role.what).cell(role.how_often);
  out.add(table.done());
  return out;
}

std::string connect_text(const programme::Ctx& ctx, const ItemView& item, const std::string& code) {
  const std::size_t at = code.find(':');
  std::string text = code.substr(0, at) == "needed" ? "つなぐ" : "つながない";
  if (at == std::string::npos) return text;
  const auto* body = ctx.m().body(item.head.body);
  if (body != nullptr)
    for (const auto& kind : body->below_threshold)
      if (kind.code == code.substr(at + 1)) text += "（" + kind.text + "）";
  return text;
}

std::string plan_name(const programme::Ctx& ctx, const ItemView& item, std::int64_t id) {
  for (const PacketPlan& plan : item.plans)
    if (plan.id.value == id) return planning::kind_name(ctx.m(), plan.kind);
  return std::string(label_of(item.head.matter));
}

}  // namespace

Html packet_html(const programme::Ctx& ctx, const ItemView& item) {
  html::Facts facts;
  facts.add("会議", body_name(ctx, item.head.body));
  facts.add("日時", when_text(item.session));
  facts.add("議題の種類", agenda_text(ctx, item.head.body, item.head.agenda_kind, item.head.matter));
  if (item.head.household) facts.add("共有してよい根拠", item.head.ground_text);
  facts.add("守秘", programme::or_not_in_plan(item.head.secrecy));
  facts.add("会議にたずねること", html::prose(item.question));
  Html out = facts.done();
  for (const PacketPlan& plan : item.plans) out.add(plan_html(ctx, plan));
  return out;
}

Html outcome_html(const programme::Ctx& ctx, const ItemView& item) {
  Html out;
  if (!item.findings.empty()) {
    html::Table table("会議の判断", {{"対象"}, {"判断"}, {"会議の言葉"}, {"日付"}, {"意見"}});
    for (const FindingLine& f : item.findings)
      table.row().cell(plan_name(ctx, item, f.plan)).cell(planning::label_of(f.result)).cell(f.wording).cell(wareki_short(f.on)).cell(f.text);
    out.add(table.done());
    out.add(html::muted("会議の判断です。市の支援決定は、これとは別に行います。"));
  }
  if (!item.results.empty()) {
    html::Table table("結果", {{"種類"}, {"だれが"}, {"内容"}, {"いつまで"}});
    for (const ResultLine& r : item.results) {
      table.row().cell(label_of(r.kind)).cell(r.agency ? ctx.dir().name(*r.agency) : std::string());
      table.cell(r.kind == ResultKind::connect ? html::text(connect_text(ctx, item, r.code)) : html::text(r.text)).cell(parts::day(r.due_on));
    }
    out.add(table.done());
  }
  if (!item.note.shown().empty()) out.add(html::group({html::heading(3, "話し合いの要点"), html::prose(item.note)}));
  return out;
}

Html attendees_html(const std::vector<AttendeeName>& attendees) {
  if (attendees.empty()) return html::empty_state("会議を開く機関だけが見られます。");
  html::Table table("見られる人", {{"機関・人"}, {"範囲"}, {"いつまで"}, {"委嘱"}});
  for (const AttendeeName& a : attendees)
    table.row().cell(a.name).cell(label_of(a.attendee.scope)).cell(wareki_short(a.attendee.until)).cell(parts::day(a.attendee.appointed_on));
  return table.done();
}

}  // namespace kasane::meeting
