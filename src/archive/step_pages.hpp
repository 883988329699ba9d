// A step of one click or one text on the page of one record: back to that page, with the fault where it did not work.
#pragma once
#include <string>

#include "casework/case_page_parts.hpp"
#include "programme/context.hpp"

namespace kasane::archive {

/// `f(tx, gate, actor, id)` -> Result<>; `path_of(id)` is the page of the record; `show_one(ctx, id, errors, status)` shows it.
template <class Tag, class F, class Path, class Show>
web::Reply step_of(programme::Ctx& ctx, const char* action, F&& f, Path&& path_of, Show&& show_one) {
  const auto id = ctx.id<Tag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const Result<> ok = f(tx, gate, actor, *id);
    if (!ok) return tl::unexpected(ok.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (!casework::parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_one(ctx, *id, casework::parts::faults_of(done.error()), casework::parts::status_of(done.error()));
}

}  // namespace kasane::archive
