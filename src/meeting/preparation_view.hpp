// What a preparation sheet shows, on the page and on paper.
#pragma once
#include <vector>

#include "html/kit.hpp"
#include "meeting/preparation_service.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// The four answers.
html::Html sheet_html(const Sheet& sheet);
/// Lines of the others with who wrote them; nothing while there are none.
html::Html answers_html(const programme::Ctx& ctx, const std::vector<Note>& answers);
/// For the paper of the item: the sheet and the lines; nothing while nobody wrote anything.
html::Html sheet_on_paper(const programme::Ctx& ctx, const Preparation& preparation);

}  // namespace kasane::meeting
