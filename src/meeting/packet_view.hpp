// What packets show on pages and on paper: who sees what, the summary, and the lines at the foot of every printed page.
#pragma once
#include "html/kit.hpp"
#include "meeting/packet_model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// 標準の範囲, or the topics in words.
std::string topics_words(access::Topics topics);
/// Attendee × ground, topics, persons, until. Names link to the preview.
html::Html sights_html(const programme::Ctx& ctx, const Overview& overview);
html::Html summary_html(const Summary& summary);
/// A sheet that carries reader, time and ground at the foot of each of its pages.
html::Html reader_sheet(const programme::Ctx& ctx, const html::Html& head, const html::Html& body, const std::string& ground);

}  // namespace kasane::meeting
