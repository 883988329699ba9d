// The door for offices outside: candidate times of a sitting, by the names of its bodies and its place, nothing of what it is
// about. An address that is unknown, over or taken back is answered alike.
#include <algorithm>

#include "meeting/door_throttle.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/poll_page_parts.hpp"
#include "meeting/poll_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;

namespace {

constexpr std::string_view kDoor = "poll";

web::Reply nothing_here(programme::Ctx& ctx) {
  html::Page page;
  page.title = "このリンクは使えません";
  page.main = html::banner(Tone::warning, page.title, html::prose("期限が過ぎたか、アドレスが違っています。お手数ですが、案内をくれた担当に電話でおたずねください。"));
  return ctx.show(std::move(page), 404);
}

std::optional<OfficeView> view_of(programme::Ctx& ctx) {
  const std::string& token = ctx.req.param("token");
  if (token.size() > kLongestToken || too_many_failures(ctx, kDoor)) return std::nullopt;
  auto view = ctx.city.db().read([&](db::ReadTx& tx) { return office_view(tx, token, ctx.today()); });
  if (!view) count_failure(ctx, kDoor);
  return view;
}

Html state_part(const programme::Ctx& ctx, const OfficeView& v) {
  if (v.open) {
    const bool all = std::all_of(v.poll.slots.begin(), v.poll.slots.end(), [&](const PollSlot& s) { return v.self.reply_to(s.id) != PollReply::none; });
    return all ? html::banner(Tone::success, "お答えを受け取りました", html::prose("ありがとうございます。直すときは、もう一度押してください。"))
               : html::prose(wareki_short(v.poll.answer_by) + "までに、出席できる日時を教えてください。");
  }
  if (v.session.state == SessionState::cancelled) return html::banner(Tone::info, "この会議は取りやめになりました");
  return html::banner(Tone::info, "日時が決まりました", html::prose(when_text(v.session) + (v.session.place.empty() ? std::string() : "　" + v.session.place) + "　" + bodies_text(ctx, v.session)));
}

web::Reply door(programme::Ctx& ctx) {
  const auto v = view_of(ctx);
  if (!v) return nothing_here(ctx);
  html::Page page;
  page.title = "会議の日程についてのおたずね";
  html::Facts facts;
  facts.add("会議", bodies_text(ctx, v->session)).add("場所", v->session.place).add("お答えになるところ", v->self.office).add("おたずねしている機関", ctx.dir().name(v->poll.asked_by));
  page.main.add(facts.done());
  page.main.add(state_part(ctx, *v));
  if (v->open) {
    std::size_t first = 0;
    while (first < v->poll.slots.size() && v->poll.slots[first].on < ctx.today()) ++first;
    page.main.add(html::section("候補の日時", answer_buttons(ctx, "/poll/" + ctx.req.param("token"), {}, v->poll, v->self, first), "answer"));
  }
  return ctx.show(std::move(page));
}

web::Reply answer(programme::Ctx& ctx) {
  const auto v = view_of(ctx);
  if (!v) return nothing_here(ctx);
  const auto replies = posted_replies(ctx, v->poll);
  // What cannot be read, or comes after the day was fixed, changes nothing: the page says how things stand.
  if (!replies.empty()) ctx.city.db().write([&](db::WriteTx& tx) { return answer_as_office(tx, ctx.req.param("token"), replies, ctx.now()); });
  return ctx.go(ctx.url("/poll/" + ctx.req.param("token")));
}

}  // namespace

void add_poll_door_routes(programme::Router& router) {
  router.get("/poll/{token}", web::Need::anyone(), door);
  router.post("/poll/{token}", web::Need::anyone(), answer);
}

}  // namespace kasane::meeting
