// The next sitting of a regular body by one click, and a series at once.
#include <algorithm>

#include "form/parse.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/prepare_view.hpp"
#include "meeting/rules.hpp"
#include "meeting/series_service.hpp"
#include "programme/office_days.hpp"

namespace kasane::meeting {

using html::Html;
using parts::Again;

namespace {

constexpr int kUsualMonths = 6;

std::vector<std::string> split(std::string_view joined) {
  std::vector<std::string> codes;
  while (!joined.empty()) {
    const std::size_t at = std::min(joined.find(','), joined.size());
    if (at > 0) codes.emplace_back(joined.substr(0, at));
    joined.remove_prefix(std::min(at + 1, joined.size()));
  }
  return codes;
}

form::Form series_form(const programme::Ctx& ctx) {
  form::Form f{"meeting_series", 1, {}};
  form::CodeTable table{"session_bodies", 1, {}};
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body)) table.codes.push_back({body.code, body.full_name.empty() ? body.name : body.full_name});
  form::Field bodies = parts::choices_field("bodies", "会議", std::make_shared<const form::CodeTable>(std::move(table)));
  bodies.required = true;
  bodies.hint = "同じ場で続けて開く会議は、いっしょに選びます。";
  f.fields.push_back(std::move(bodies));
  f.fields.push_back(parts::date_field("held_on", "はじめの日", true));
  form::Field every = parts::number_field("every", "何か月ごと", 1, 12, "か月");
  every.hint = "空けておくと、市の計画の回数のとおりに並べます。同じ週の同じ曜日になります。";
  f.fields.push_back(std::move(every));
  form::Field months = parts::number_field("months", "何か月先まで", 1, kLongestSeriesMonths, "か月");
  months.required = true;
  f.fields.push_back(std::move(months));
  form::Field time = parts::text_field("at_time", "時刻");
  time.kind = form::Kind::time;
  time.hint = "13:30 のように";
  f.fields.push_back(std::move(time));
  f.fields.push_back(parts::text_field("place", "場所"));
  f.fields.push_back(parts::text_field("facilitator", "進行役"));
  return f;
}

web::Reply show_series(programme::Ctx& ctx, const Again& again) {
  html::Page page;
  page.title = "会議をまとめて予定する";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  const programme::OfficeDays days(ctx.m());
  const std::string known = days.known_until() ? "祝日が分かっているのは" + wareki(*days.known_until()) + "までです。それより先の回は、祝日が決まったら確かめてください。" : std::string("祝日の表がありません。");
  const Html before = html::group({html::muted("一回ずつ別の会議として予定に入ります。二回目からは、祝日と市の閉庁日に当たると、次の開庁日にします。日は、あとで一回ずつ直せます。"), html::muted(known)});
  page.main.add(html::form_page(series_form(ctx), again.answers, again.errors, {ctx.frame("/meetings/series"), "まとめて予定に入れる", ctx.url("/meetings"), before, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply series_page(programme::Ctx& ctx) {
  const auto bodies = split(ctx.req.query_value("bodies"));
  const auto from = Date::from_iso(ctx.req.query_value("from"));
  Again first;
  first.answers.set("months", std::int64_t{kUsualMonths});
  if (!bodies.empty()) first.answers.set_typed("bodies", bodies);
  if (from) first.answers.set("held_on", *from);
  // As last time, where the body sat before.
  for (const NextSitting& next : ctx.read("meeting.next", [&](db::ReadTx& tx, access::Gate& gate) { return next_sittings(tx, gate, settings_of(ctx)); })) {
    if (next.bodies != bodies) continue;
    parts::set_text(first.answers, "at_time", next.at_time);
    parts::set_text(first.answers, "place", next.place);
    parts::set_text(first.answers, "facilitator", next.facilitator);
  }
  return show_series(ctx, first);
}

web::Reply create_series(programme::Ctx& ctx) {
  auto parsed = form::parse(series_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_series(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  NewSeries in;
  in.first = {a.codes("bodies"), a.date("held_on").value_or(Date()), a.text("at_time"), a.text("place"), a.text("facilitator")};
  in.every = static_cast<int>(a.number("every").value_or(0));
  in.months = static_cast<int>(a.number("months").value_or(0));
  auto done = ctx.command("meeting.series", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto made = plan_series(tx, gate, actor, settings_of(ctx), in); !made) return tl::unexpected(made.error());
    return ctx.url("/meetings");
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_series(ctx, again); });
}

/// One click on the list: where the day cannot be read, the whole form comes with what was typed.
web::Reply plan_next(programme::Ctx& ctx) {
  const auto posted = [&](std::string_view key) { return std::string(ctx.req.posted_value(key).value_or("")); };
  NewSession in{split(posted("bodies")), Date(), posted("at_time"), posted("place"), posted("facilitator")};
  const auto day = parse_date(posted("held_on"));
  const auto again = [&](std::vector<FieldError> errors, int status) {
    Again form;
    form.answers.set("months", std::int64_t{1});
    form.answers.set_typed("bodies", in.bodies);
    form.answers.set_typed("held_on", {posted("held_on")});
    parts::set_text(form.answers, "at_time", in.at_time);
    parts::set_text(form.answers, "place", in.place);
    parts::set_text(form.answers, "facilitator", in.facilitator);
    form.errors = std::move(errors);
    form.status = status;
    return show_series(ctx, form);
  };
  if (!day) return again({{"held_on", day.error().message}}, 422);
  in.held_on = *day;
  auto done = ctx.command("meeting.plan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = plan_session(tx, gate, actor, settings_of(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(session_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return again(parts::faults_of(done.error()), parts::status_of(done.error()));
}

}  // namespace

void add_series_routes(programme::Router& router) {
  const auto arrange = web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary});
  router.post("/meetings/next", arrange, plan_next);
  router.get("/meetings/series", arrange, series_page);
  router.post("/meetings/series", arrange, create_series);
}

}  // namespace kasane::meeting
