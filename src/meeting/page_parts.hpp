// What the pages of meetings share: who enters, names of bodies, how a session is written.
#pragma once
#include <string>

#include "casework/case_page_parts.hpp"
#include "meeting/model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

namespace parts = casework::parts;

inline constexpr Roles kSessionReaders{Role::window_counsellor, Role::coordinator, Role::field_worker,  Role::city_officer,
                                       Role::head,              Role::secretary,   Role::meeting_member};
inline constexpr Roles kItemReaders{Role::window_counsellor, Role::coordinator, Role::field_worker,
                                    Role::city_officer,      Role::head,        Role::meeting_member};

inline Settings settings_of(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }
inline std::string session_path(SessionId id) { return "/meetings/" + id_text(id); }
inline std::string item_path(AgendaItemId id) { return "/items/" + id_text(id); }

/// 支援会議
std::string body_name(const programme::Ctx& ctx, std::string_view code);
/// 重層的支援会議、支援会議
std::string bodies_text(const programme::Ctx& ctx, const Session& session);
/// 令和8年12月1日 13:30
std::string when_text(const Session& session);
/// 文化の日; a sentence where the holidays of that year are not known yet; '' on other days.
std::string closed_words(const programme::Ctx& ctx, Date day);
/// The same as a mark behind a date.
html::Html closed_mark(const programme::Ctx& ctx, Date day);
/// The city's text of an agenda kind; what the item is about where the body names none.
std::string agenda_text(const programme::Ctx& ctx, std::string_view body, std::string_view kind, std::optional<Matter> matter);

}  // namespace kasane::meeting
