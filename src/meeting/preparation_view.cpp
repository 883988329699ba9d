#include "meeting/preparation_view.hpp"

#include "meeting/item_store.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

using html::Html;

Html sheet_html(const Sheet& sheet) {
  html::Facts facts;
  facts.add("世帯のようす", html::prose(sheet.picture));
  facts.add("いましていること", html::prose(sheet.doing));
  facts.add("困っていること", html::prose(sheet.trouble));
  facts.add("たずねたいこと", html::prose(sheet.ask));
  return facts.done();
}

namespace {

/// Those whose writer the viewer may be told of.
std::vector<Note> named(const programme::Ctx& ctx, std::vector<Note> answers) {
  if (answers.empty()) return answers;
  return ctx.city.db().read([&](db::ReadTx& tx) {
    access::Trail unused;  // nothing more is opened by it
    access::Gate gate(tx, ctx.viewer(), ctx.now(), unused);
    const auto head = store::head(tx, answers.front().item);
    std::vector<Note> shown = answers;
    if (head) leave_out_unnamed(tx, gate, head->household, shown);
    return shown;
  });
}

}  // namespace

Html lines_before_html(const programme::Ctx& ctx, const std::vector<Note>& answers) {
  std::vector<Html> lines;
  for (const Note& note : named(ctx, answers)) lines.push_back(html::group({note.text, " ", html::muted(ctx.dir().name(note.agency))}));
  return html::bullets(lines);
}

Html sheet_on_paper(const programme::Ctx& ctx, const Preparation& p) {
  Html out;
  if (p.sheet) out.add(html::group({html::heading(2, "準備シート"), sheet_html(*p.sheet)}));
  if (!p.answers.empty()) out.add(html::group({html::heading(3, "ほかの機関からのひとこと"), lines_before_html(ctx, p.answers)}));
  return out;
}

}  // namespace kasane::meeting
