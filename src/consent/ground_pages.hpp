// What the pages of 協力依頼 and 目的外利用・提供 have in common: choices, years, papers. Used only inside the room.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "consent/settings.hpp"
#include "form/field.hpp"
#include "form/parse.hpp"
#include "html/form.hpp"
#include "html/kit.hpp"
#include "people/form_screen.hpp"
#include "people/service.hpp"
#include "programme/context.hpp"

namespace kasane::consent::pages {

using Codes = std::shared_ptr<const form::CodeTable>;

Settings settings(const programme::Ctx& ctx);
Codes codes(std::string key, std::vector<form::Code> list);
/// Active agencies of the folder; codes are ids.
Codes agencies(const programme::Ctx& ctx);
Codes persons(const std::vector<people::Member>& members);
/// Topics that can be chosen one by one; codes are their bits.
Codes topics_table();
access::Topics chosen_topics(const form::Answers& answers, std::string_view key);
/// 「世帯の構成、住所、連絡先」
std::string topics_text(access::Topics topics);

/// The fiscal year of ?fy=2026; the current one where it is absent or none.
FiscalYear asked_year(const programme::Ctx& ctx);
/// Links to the year before and after.
html::Html year_links(const programme::Ctx& ctx, std::string_view path, FiscalYear year);
/// "令和8年度" and the article as text, for a versioned key.
std::string article_text(const programme::Municipality& m, std::string_view versioned_key);

/// Head of a paper made here and now by this viewer.
html::PrintHead paper_head(const programme::Ctx& ctx, std::string name, std::string number = {});

/// A command that one button sends: onward to `path`, or the page of the error.
template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, const std::string& path, F&& f) {
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto result = f(tx, gate, actor); !result) return tl::unexpected(result.error());
    return ctx.url(path);
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace kasane::consent::pages
