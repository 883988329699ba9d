// The live page of a sitting: what others need of it.
#pragma once
#include "meeting/live_view.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// Tells everybody who follows the session that something has changed; after the command has succeeded.
void announce(programme::Ctx& ctx, SessionId session);
/// What tells the page where to hear of changes; goes round what it shows. `here`: the page itself, for who reloads by hand.
html::Html following(const programme::Ctx& ctx, SessionId session, const std::optional<Live>& live, std::string_view here, const html::Html& body);
/// For the page of a session: buttons to the live page and to the minutes.
html::Html live_links(const programme::Ctx& ctx, const Session& session);

void add_live_routes(programme::Router& router);
void add_screen_routes(programme::Router& router);
void add_minutes_routes(programme::Router& router);

}  // namespace kasane::meeting
