#include "programme/draft_note.hpp"

#include <algorithm>

#include "html/controls.hpp"
#include "programme/account_store.hpp"
#include "web/percent.hpp"

namespace kasane::programme {

namespace {

std::string when_of(UtcMs saved_at, Date today) {
  const Date day = office_day(saved_at);
  return (day == today ? std::string() : wareki_short(day) + " ") + office_time(saved_at);
}

/// The address of the page that was asked for, without the city: it carries ids and codes, never what was typed.
std::string asked_for(const Ctx& ctx) {
  std::string at = ctx.req.path.substr(std::min(ctx.req.path.size(), ctx.url("").size()));
  char before = '?';
  for (const auto& [name, value] : ctx.req.query) {
    at += before + web::percent_encode(name) + "=" + web::percent_encode(value);
    before = '&';
  }
  return at;
}

/// Only a place in this city is gone to: no address of another host is made out of what was posted.
bool is_of_city(std::string_view back) {
  const bool plain = std::none_of(back.begin(), back.end(), [](unsigned char c) { return c <= ' ' || c == '\\' || c == 0x7f; });
  return plain && back.starts_with('/') && !back.starts_with("//");
}

}  // namespace

html::Html draft_note(const Ctx& ctx, const std::string& key, std::string back) {
  const auto kept = ctx.city.db().read([&](db::ReadTx& tx) { return draft(tx, ctx.viewer().account, key); });
  if (!kept) return {};
  if (back.empty()) back = asked_for(ctx);
  return html::banner(html::Tone::info, when_of(kept->saved_at, ctx.today()) + "の下書きの続きです",
                      html::group({html::prose("下の欄には、前に書きかけた内容が入っています。別の方のことを書くときは、捨ててから書いてください。"),
                                   html::post_button(ctx.post("/drafts/drop", {.label = "捨てて新しく書く", .look = html::Look::secondary},
                                                              {{"draft_key", key}, {"back", back}}))}));
}

web::Reply drop_kept_draft(Ctx& ctx) {
  const std::string key(ctx.req.posted_value("draft_key").value_or(""));
  if (key.empty()) return web::Reply::text("", 400);
  ctx.city.db().write([&](db::WriteTx& tx) { drop_draft(tx, ctx.viewer().account, key); });
  const std::string back(ctx.req.posted_value("back").value_or(""));
  return web::Reply::redirect(ctx.url(is_of_city(back) ? back : "/today"));
}

}  // namespace kasane::programme
