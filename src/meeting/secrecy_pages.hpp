// The page between a packet and who has not yet acknowledged secrecy, and the line that stands on the packet afterwards.
#pragma once
#include <optional>

#include "html/kit.hpp"
#include "meeting/secrecy_service.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// The page that asks for it, or that says why nothing opens; nothing when the packet may be shown. Called before
/// anything of the packet is read.
std::optional<web::Reply> ask_secrecy(programme::Ctx& ctx, AgendaItemId id);
/// 「守秘を確認した日 R8.11.24」; empty for those who need not.
html::Html secrecy_line(const std::optional<Date>& on);
/// The line; for who runs the body and has not acknowledged it this year, the words and one button. Nothing waits for it.
html::Html secrecy_beside(const programme::Ctx& ctx, const Secrecy& secrecy);

}  // namespace kasane::meeting
