// Packets on paper: the part of the preview where one is printed for somebody without an account, and the paper itself.
#pragma once
#include "meeting/packet_paper_service.hpp"
#include "meeting/page_parts.hpp"

namespace kasane::meeting {

/// What the attendee is shown, on the page and on paper.
html::Html preview_html(const programme::Ctx& ctx, const Preview& preview, const std::optional<Summary>& summary);
/// Under the preview.
html::Html paper_section(programme::Ctx& ctx, AgendaItemId item, const Preview& preview, const std::vector<PacketPaper>& papers, const parts::Again& again);
/// The preview again, with what was typed.
web::Reply show_preview(programme::Ctx& ctx, AgendaItemId item, std::int64_t party, const parts::Again& again);

void add_packet_paper_routes(programme::Router& router);

}  // namespace kasane::meeting
