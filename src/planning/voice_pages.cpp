// 本人の声: what one person of the household says for themselves, a child above all, kept apart from what others say of
// them (W-30). Written here, read on the page of the assessment; no copy for the home and no sheet holds it.
#include <algorithm>

#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "form/parse.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "programme/draft_note.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

struct VoicePage {
  CaseId case_id;
  HouseholdId household;
  people::Member person;
};

std::string back_path(CaseId id) { return "/cases/" + id_text(id) + "/assessment"; }
std::string path_of(const VoicePage& page) { return "/cases/" + id_text(page.case_id) + "/voices/" + id_text(page.person.person); }
std::string draft_key(const VoicePage& page) { return "voice-" + id_text(page.case_id) + "-" + id_text(page.person.person); }

/// Errors: those of the gate (the case); not_found also for somebody who is not of this household or not known.
Result<VoicePage> load(Ctx& ctx) {
  const auto case_id = ctx.id<CaseTag>();
  if (!case_id) return tl::unexpected(case_id.error());
  const auto person = ctx.id<PersonTag>("person");
  if (!person) return tl::unexpected(person.error());
  return ctx.read("voice.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<VoicePage> {
    const auto facts = casework::case_facts(tx, gate, *case_id);
    if (!facts) return tl::unexpected(facts.error());
    if (const auto leave = gate.write(facts->household); !leave) return tl::unexpected(leave.error());
    const auto household = people::household_view(tx, gate, facts->household);
    if (!household) return tl::unexpected(household.error());
    const auto& members = household->members;
    const auto member = std::find_if(members.begin(), members.end(), [&](const people::Member& m) { return m.person == *person; });
    if (member == members.end()) return fail(ErrorCode::not_found, "見つかりません。");
    return VoicePage{*case_id, facts->household, *member};
  });
}

form::Form voice_form() {
  form::Form form;
  form.key = "own_view";
  form.fields.push_back(field("text", "本人が話したこと", form::Kind::long_text, true));
  form.fields.back().hint = "本人の言葉のまま書きます。あとから直せないので、違っていたら書き足します。";
  form.fields.push_back(field("heard_on", "聞いた日", form::Kind::date, true));
  return form;
}

web::Reply show(Ctx& ctx, const VoicePage& voice, const form::Answers& answers, const std::vector<FieldError>& errors, int status,
                const Html& over = {}) {
  html::Page page;
  page.title = "本人の声（別に保管）";
  page.heading = html::group({voice.person.name, "の声"});
  page.current = "cases";
  page.crumbs = crumbs(ctx, voice.case_id, ctx.m().wording("assessment", "アセスメント"));
  page.crumbs.back().href = ctx.url(back_path(voice.case_id));
  page.crumbs.push_back({page.title, {}});
  page.lead = html::text("ほかの家族の控えや世帯シートには出ません。この人について知ってよい機関だけが読めます。");
  page.main = over;
  page.main += html::form_page(voice_form(), answers, errors,
                              {ctx.frame(path_of(voice), draft_key(voice)), "保存する", ctx.url(back_path(voice.case_id)), {}, {}});
  return ctx.show(std::move(page), status);
}

web::Reply voice_page(Ctx& ctx) {
  const auto page = load(ctx);
  if (!page) return ctx.error(page.error());
  if (const auto kept = ctx.draft(draft_key(*page)))
    return show(ctx, *page, form::parse(voice_form(), *kept).answers, {}, 200, programme::draft_note(ctx, draft_key(*page)));
  form::Answers answers;
  answers.set("heard_on", ctx.today());
  return show(ctx, *page, answers, {}, 200);
}

web::Reply take_voice(Ctx& ctx) {
  const auto page = load(ctx);
  if (!page) return ctx.error(page.error());
  const auto parsed = form::parse(voice_form(), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *page, parsed.answers, parsed.errors, 422);
  const consent::NewOwnView in{page->household, page->person.person, parsed.answers.text("text"), parsed.answers.date("heard_on").value_or(ctx.today())};
  const auto done = ctx.command("own_view.record", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (const auto saved = consent::record_own_view(tx, gate, actor, in); !saved) return tl::unexpected(saved.error());
    return ctx.url(back_path(page->case_id));
  });
  if (done) return ctx.go(*done);
  if (!shows_form_again(done.error())) return ctx.error(done.error());
  return show(ctx, *page, parsed.answers, done.error().fields, status_of(done.error()));
}

}  // namespace

void add_voice_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::household, access::Act::write));
  router.get("/cases/{id}/voices/{person}", need, voice_page);
  router.post("/cases/{id}/voices/{person}", need, take_voice);
}

}  // namespace kasane::planning
