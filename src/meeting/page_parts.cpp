#include "meeting/page_parts.hpp"

#include "programme/office_days.hpp"

namespace kasane::meeting {

std::string body_name(const programme::Ctx& ctx, std::string_view code) {
  const auto* body = ctx.m().body(code);
  return body == nullptr ? std::string(code) : body->name;
}

std::string bodies_text(const programme::Ctx& ctx, const Session& session) {
  std::string text;
  for (const SessionBody& b : session.bodies) text += (text.empty() ? "" : "、") + body_name(ctx, b.body);
  return text;
}

std::string closed_words(const programme::Ctx& ctx, Date day) {
  const programme::OfficeDays days(ctx.m());
  if (const auto closed = days.closed(day)) return *closed;
  return days.known(day) || day < ctx.today() ? std::string() : std::to_string(day.year()) + "年の祝日は、まだ分かりません";
}

html::Html closed_mark(const programme::Ctx& ctx, Date day) {
  const std::string words = closed_words(ctx, day);
  return words.empty() ? html::Html() : html::group({" ", html::chip(html::Tone::warning, words)});
}

std::string when_text(const Session& session) { return wareki(session.held_on) + (session.at_time.empty() ? "" : " " + session.at_time); }

std::string agenda_text(const programme::Ctx& ctx, std::string_view body, std::string_view kind, std::optional<Matter> matter) {
  const auto* found = ctx.m().body(body);
  if (found != nullptr)
    if (const auto* agenda = found->agenda_kind(kind)) return agenda->text;
  return matter ? std::string(label_of(*matter)) : std::string("議題");
}

}  // namespace kasane::meeting
