// A form that goes on with a draft says so, and offers to begin anew: what was half typed about one person must not be saved
// for another.
#pragma once
#include <string>

#include "html/html.hpp"
#include "programme/context.hpp"

namespace kasane::programme {

/// A hidden field of forms that were sent and are shown again: no part of the draft.
inline constexpr const char* kDraftAgain = "draft_again";

/// 「15:02の下書きの続きです」 with 「捨てて新しく書く」, which leads to `back` (an address of the city; the page asked for when
/// empty). Belongs before the form, for it is a form of its own. Nothing where no draft is kept under the key.
html::Html draft_note(const Ctx& ctx, const std::string& key, std::string back = {});

/// POST /drafts/drop: the draft under `draft_key` is gone; on to `back`.
web::Reply drop_kept_draft(Ctx& ctx);

}  // namespace kasane::programme
