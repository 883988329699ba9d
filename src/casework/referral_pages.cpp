// Sending a referral, reading it, judging it at the source, taking it.
#include "casework/referral_pages.hpp"

#include <algorithm>

#include "casework/intake_forms.hpp"
#include "casework/intake_service.hpp"
#include "casework/posted_form.hpp"
#include "casework/referral_forms.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_steps.hpp"
#include "consent/service.hpp"
#include "people/protection_pages.hpp"
#include "people/rules.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;
using programme::Ctx;
using referral_forms::Sending;

constexpr Roles kSenders{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

std::string path_of(ReferralId id) { return "/referrals/" + id_text(id); }
std::string word(const Ctx& ctx) { return ctx.m().wording("referral", "つなぎ"); }

// --- sending ---

/// Parts of a name of two characters and more; one character alone stands in too many words.
void add_name(std::vector<std::string>& names, const std::string& name) {
  std::string part;
  const auto flush = [&] {
    const auto characters = std::count_if(part.begin(), part.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    if (characters >= 2) names.push_back(part);
    part.clear();
  };
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == ' ') flush();
    else if (name.compare(at, 3, "　") == 0) {
      flush();
      at += 2;
    } else part += name[at];
  }
  flush();
}

bool is_child(const people::Member& m, Date today) {
  const auto birth = PartialDate::from_text(m.birth.shown());
  return birth && birth->age_on(today) < 18;
}

/// 情報共有同意 of those whom the viewer sees there, which stand today.
std::vector<referral_forms::StandingConsent> standing_consents(db::ReadTx& tx, access::Gate& gate, const people::HouseholdView& view) {
  std::vector<referral_forms::StandingConsent> all;
  const auto lines = consent::consents_of(tx, gate, view.id);
  if (!lines) return all;
  for (const consent::ConsentLine& c : *lines) {
    const auto whose = std::ranges::find(view.members, c.person, &people::Member::person);
    if (!c.latest || c.kind != consent::Kind::sharing || c.validity != consent::Validity::valid || whose == view.members.end()) continue;
    const char* how = c.how == consent::How::paper ? " 書面" : " 口頭";
    all.push_back({c.id, c.person, whose->name.shown(), "記録済みの同意（" + wareki_short(c.given_on) + how + "）"});
  }
  return all;
}

Result<Sending> read_sending(Ctx& ctx) {
  Sending s;
  const std::string_view posted = ctx.req.posted_value("kind").value_or("");
  const std::string_view kind = posted.empty() ? ctx.req.query_value("kind") : posted;
  s.kind = parse_code<ReferralKind>(kind).value_or(ReferralKind::network);
  s.intake = parts::id_given<IntakeTag>(ctx, "intake");
  s.household = parts::id_given<HouseholdTag>(ctx, "household");
  return ctx.read("referral.form", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Sending> {
    Sending found = s;
    if (found.intake) {
      auto i = intake(tx, gate, *found.intake);
      if (!i) return tl::unexpected(i.error());
      found.text = i->summary.shown();
      found.person = i->person;
      if (!found.household) found.household = i->household;
      for (const std::string& name : intake_forms::names_in(*i)) add_name(found.known_names, name);
    }
    if (found.household) {
      auto view = people::household_view(tx, gate, *found.household);
      if (!view) return tl::unexpected(view.error());
      add_name(found.known_names, view->label.shown());
      for (const people::Member& m : view->members) {
        add_name(found.known_names, m.name.shown());
        if (found.person && m.person == *found.person) found.child = is_child(m, ctx.today());
      }
      found.consents = standing_consents(tx, gate, *view);
      found.view = std::move(*view);
    }
    return found;
  });
}

/// Where the city judges at the source, a coordinator judges with the same form.
void say_who_judges(const Ctx& ctx, Sending& s) {
  if (!judged_at_source(ctx.m(), s.kind, Passing::spoken_consent)) return;
  const auto mine = parts::agencies_to_act(ctx, SubjectKind::referral);
  s.judges = std::any_of(mine.begin(), mine.end(), [&](AgencyId a) { return is_coordinator_in(ctx.viewer(), a); });
}

std::string draft_of(const Sending& s) {
  return "referral-new-" + std::string(code_of(s.kind)) + (s.intake ? "-" + id_text(*s.intake) : "") + (s.household ? "-" + id_text(*s.household) : "");
}

Html partners_panel(const Ctx&, const std::vector<VisitPartner>& partners) {
  if (partners.empty()) return {};
  html::Facts facts;
  for (const VisitPartner& p : partners) facts.add(p.condition, p.partners);
  return html::folding("訪問のときに一緒に動ける相手", html::group({html::el("p", "市の計画にある相手です。つなぐ先とは別です。"), facts.done()}));
}

Html who_judges_note(const Ctx& ctx, const Sending& s) {
  if (s.kind != ReferralKind::collaboration) return {};
  const programme::Rules& rules = ctx.m().rules;
  switch (rules.judge) {
    case programme::Judge::source_post:
      return html::panel(html::group({referral_forms::criteria_note(ctx),
                                      html::el("p", s.judges ? "つなぐかどうかは、あなたがここで判断します。"
                                                             : "保存すると、まずご自身の機関の" + ctx.m().wording("coordinator", "相談支援包括化推進員") + "がつなぐかどうかを判断します。")}));
    case programme::Judge::meeting: {
      const programme::Body* body = ctx.m().body_for(programme::BodyFunction::support_conference_106_6);
      return html::panel(html::el("p", "つなぐかどうかは、" + (body != nullptr ? body->name : std::string("会議")) + "で判断します。"));
    }
    case programme::Judge::receiver:
    case programme::Judge::unstated: return html::panel(html::group({referral_forms::criteria_note(ctx), html::el("p", "つなぐかどうかは、受け手が判断します。")}));
  }
  return {};
}

web::Reply show_new(Ctx& ctx, Sending s, std::optional<Again> again) {
  say_who_judges(ctx, s);
  const form::Form f = referral_forms::sending(ctx, s);
  const std::string draft = draft_of(s);
  Html from_draft;
  if (!again) {
    again.emplace();
    if (const auto typed = ctx.draft(draft)) {
      again->answers = form::parse(f, *typed).answers;
      from_draft = programme::draft_note(ctx, draft);
    } else {
      again->answers = referral_forms::first_answers(ctx, s);
    }
  }
  std::vector<VisitPartner> partners;
  Html protection;
  if (s.household)
    partners = ctx.read("referral.form", [&](db::ReadTx& tx, access::Gate& gate) {
      protection = people::protection_warning(ctx, tx, gate, *s.household);
      return visit_partners(tx, gate, parts::in_city(ctx), *s.household);
    });
  html::Page page;
  page.title = std::string(label_of(s.kind));
  if (s.view) page.heading = parts::heading(s.view->label, page.title);
  page.current = "referrals";
  page.crumbs = {{word(ctx), ctx.url("/referrals")}, {page.title, ""}};
  page.main.add(parts::abuse_panel(ctx, s.intake ? "intake=" + id_text(*s.intake) : s.household ? "household=" + id_text(*s.household) : std::string(), false));
  page.main.add(protection);
  page.main.add(who_judges_note(ctx, s));
  if (!s.household)
    page.main.add(html::panel(html::el("p", "世帯に結びつけずに送ります。世帯が分かっているときは、世帯か相談受付の画面から始めると、相手もその世帯を見られます。")));
  html::FormFrame frame = ctx.frame("/referrals", draft);
  frame.hidden.push_back({"kind", std::string(code_of(s.kind))});
  if (s.intake) frame.hidden.push_back({"intake", id_text(*s.intake)});
  if (s.household) frame.hidden.push_back({"household", id_text(*s.household)});
  page.main.add(from_draft);
  page.main.add(html::form_page(f, again->answers, again->errors, {std::move(frame), s.kind == ReferralKind::network ? "つなぐ" : "保存してつなぐ", ctx.url("/referrals"), {}, {}}));
  page.main.add(partners_panel(ctx, partners));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(Ctx& ctx) {
  auto s = read_sending(ctx);
  return s ? show_new(ctx, std::move(*s), std::nullopt) : ctx.error(s.error());
}

web::Reply create(Ctx& ctx) {
  auto s = read_sending(ctx);
  if (!s) return ctx.error(s.error());
  say_who_judges(ctx, *s);
  const form::Form f = referral_forms::sending(ctx, *s);
  auto parsed = parts::posted(ctx, f);
  if (!parsed.ok()) return show_new(ctx, std::move(*s), Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const NewReferral in = referral_forms::referral_in(ctx, *s, f, parsed.answers);
  auto done = ctx.command("referral.send", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = send_referral(tx, gate, actor, parts::in_city(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(path_of(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, std::move(*s), std::move(again)); });
}

// --- one referral ---

struct OneReferral {
  Referral referral;
  Personal<std::string> label;
  bool knows_household = false;
  bool addressed = false;    // the viewer's agency is to answer
  bool sender = false;
  bool unread = false;       // the answer, by the sender
};

Result<OneReferral> read_one(Ctx& ctx, ReferralId id) {
  return ctx.read("referral.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<OneReferral> {
    auto r = referral(tx, gate, id);
    if (!r) return tl::unexpected(r.error());
    OneReferral one;
    one.addressed = agency_among(ctx.viewer(), addressees(parts::in_city(ctx), *r)).has_value();
    one.sender = ctx.viewer().in_agency(r->from);
    if (r->household) {
      auto labels = people::household_labels(tx, gate, {*r->household});
      if (const auto it = labels.find(*r->household); it != labels.end()) {
        one.label = it->second.label;
        one.knows_household = true;
      }
    }
    one.unread = one.sender && answer_is_unread(tx, *r);
    one.referral = std::move(*r);
    return one;
  });
}

std::string target_name(const Ctx& ctx, const Referral& r) {
  if (r.to) return ctx.dir().name(*r.to);
  const auto inboxes = joint_inboxes(parts::in_city(ctx));
  const JointInbox* inbox = inbox_named(inboxes, r.inbox);
  return inbox != nullptr ? inbox->name : r.inbox;
}

Html facts_of(const Ctx& ctx, const OneReferral& one) {
  const Referral& r = one.referral;
  html::Facts facts;
  facts.add("つなぎ元", ctx.dir().name(r.from));
  facts.add("つなぐ先", target_name(ctx, r));
  if (one.knows_household) facts.add("世帯", html::link(one.label, ctx.url("/households/" + id_text(*r.household))));
  facts.add("つなぐ形", label_of(r.passing));
  if (!r.reasons.empty()) facts.add("理由", referral_forms::reason_list(ctx, r.reasons));
  if (!r.reason.shown().empty()) facts.add("理由（自由に）", html::prose(r.reason));
  facts.add("伝えること", html::prose(r.text));
  if (r.sent_on) facts.add("送った日", wareki(*r.sent_on));
  if (r.withdrawn_on) facts.add("取り下げた日", wareki(*r.withdrawn_on));
  else if (r.reply_by && !r.outcome) facts.add("返事の期限", wareki(*r.reply_by));
  if (r.taken_by && !r.outcome) facts.add("受けている人", r.taken_by_name);
  return html::group({facts.done(), referral_forms::passing_facts(r)});
}

Html judgement_of(const Ctx& ctx, const Referral& r) {
  if (!r.judgement || !r.judged_on) return {};
  html::Facts facts;
  facts.add("判断", label_of(*r.judgement));
  facts.add("判断した日", wareki(*r.judged_on));
  if (ctx.m().rules.referral_criteria.empty()) facts.add("基準", programme::kNotSet);
  else facts.add("基準", parts::labels(parts::coded("criteria", ctx.m().rules.referral_criteria), r.criteria));
  return html::section("つなぐかどうかの判断", facts.done());
}

Html reply_of(const Ctx& ctx, const OneReferral& one) {
  const Referral& r = one.referral;
  if (!r.outcome) return {};
  html::Facts facts;
  facts.add("返事", outcome_text(parts::in_city(ctx), r));
  if (r.answered_on) facts.add("返事の日", wareki(*r.answered_on));
  if (r.answered_agency) facts.add("返事をした機関", ctx.dir().name(*r.answered_agency));
  if (!r.reply.shown().empty()) facts.add("返事の言葉", html::prose(r.reply));
  if (r.mediated_to) facts.add("仲介された機関", ctx.dir().name(*r.mediated_to));
  if (r.look_again_on && one.addressed) facts.add("次に見る日", wareki(*r.look_again_on));
  Html links;
  if (r.case_id) links.add(html::link_button("ケースを見る", ctx.url("/cases/" + id_text(*r.case_id)), html::Look::primary));
  if (one.sender) {
    if (r.mediated_to) {
      std::string to = "/referrals/new?kind=network";
      if (r.household) to += "&household=" + id_text(*r.household);
      links.add(html::link_button("仲介された機関につなぐ", ctx.url(to)));
    }
    if (one.unread) links.add(html::post_button(ctx.post(path_of(r.id) + "/read", html::Button{.label = "返事を確認しました", .look = html::Look::secondary, .name = {}, .value = {}, .about = {}})));
  }
  if (one.addressed && r.kind == ReferralKind::network && r.outcome == Outcome::accept)
    links.add(html::link_button("相談受付を作る", ctx.url("/intakes/new" + (one.knows_household ? "?household=" + id_text(*r.household) : std::string()))));
  return html::section("返事", html::group({facts.done(), html::actions({links})}));
}

/// What the receiver can do now.
Html receiver_steps(const Ctx& ctx, const OneReferral& one) {
  const Referral& r = one.referral;
  if (!one.addressed || r.outcome || r.withdrawn_on || !r.sent_on) return {};
  const auto post = [&](const char* label, const char* what, html::Look look) {
    return html::post_button(ctx.post(path_of(r.id) + what, html::Button{.label = label, .look = look, .name = {}, .value = {}, .about = {}}));
  };
  Html buttons;
  if (!r.taken_by) buttons.add(post("わたしが受ける", "/take", html::Look::primary));
  else if (*r.taken_by != ctx.viewer().account) buttons.add(post("引き継ぐ", "/take-over", html::Look::secondary));
  if (!r.taken_by || *r.taken_by == ctx.viewer().account) buttons.add(html::link_button("返事をする", ctx.url(path_of(r.id) + "/answer")));
  if (!r.household && carries_household(r.passing)) buttons.add(html::link_button("世帯に結びつける", ctx.url(path_of(r.id) + "/household")));
  return html::actions({buttons});
}

/// What the sender can do until there is an answer.
Html sender_steps(const Ctx& ctx, const OneReferral& one) {
  const Referral& r = one.referral;
  const bool open = r.stage() == ReferralStage::waiting || r.stage() == ReferralStage::taken;
  if (!open || r.passing == Passing::duty || !agency_among(ctx.viewer(), {r.from})) return {};
  const html::Button button{.label = "取り下げる", .look = html::Look::secondary, .name = {}, .value = {}, .about = {}};
  return html::actions({html::post_button(ctx.post(path_of(r.id) + "/withdraw", button, {{"version", std::to_string(r.version)}})),
                        html::muted("受け手は、このつなぎと世帯を見られなくなります。見た記録は残ります。")});
}

web::Reply show_referral(Ctx& ctx, ReferralId id, std::optional<Again> again) {
  auto one = read_one(ctx, id);
  if (!one) return ctx.error(one.error());
  const Referral& r = one->referral;
  html::Page page;
  page.title = std::string(label_of(r.kind));
  if (one->knows_household) page.heading = parts::heading(one->label, page.title);
  page.current = "referrals";
  page.crumbs = {{word(ctx), ctx.url("/referrals")}, {page.title, ""}};
  page.lead = html::chip(r.outcome ? html::Tone::success : html::Tone::warning, outcome_text(parts::in_city(ctx), r));
  page.main.add(facts_of(ctx, *one)).add(judgement_of(ctx, r)).add(reply_of(ctx, *one)).add(receiver_steps(ctx, *one)).add(sender_steps(ctx, *one));
  if (r.stage() == ReferralStage::judging && one->sender) {
    if (is_coordinator_in(ctx.viewer(), r.from)) {
      const form::Form f = referral_forms::judging(ctx);
      if (!again) {
        again.emplace();
        parts::set_text(again->answers, "reason", r.reason.shown());
      }
      html::FormFrame frame = ctx.frame(path_of(id) + "/judge", "referral-judge-" + id_text(id));
      frame.version = std::to_string(r.version);
      page.main.add(html::section("つなぐかどうかを判断する",
                                  html::group({referral_forms::criteria_note(ctx),
                                               html::form_page(f, again->answers, again->errors, {std::move(frame), "判断を保存する", {}, {}, {}})})));
    } else {
      page.main.add(html::panel(html::el("p", "ご自身の機関の" + ctx.m().wording("coordinator", "相談支援包括化推進員") + "の判断を待っています。")));
    }
  }
  return ctx.show(std::move(page), again ? again->status : 200);
}

web::Reply referral_page(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  return id ? show_referral(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply judge(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = parts::posted(ctx, referral_forms::judging(ctx));
  if (!parsed.ok()) return show_referral(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const JudgeResult result = parse_code<JudgeResult>(a.text("judgement")).value_or(JudgeResult::not_needed);
  auto done = ctx.command("referral.judge", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto judged = judge_referral(tx, gate, actor, parts::in_city(ctx), *id, parts::posted_version(ctx), result, a.codes("criteria"), a.text("reason")); !judged)
      return tl::unexpected(judged.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (done.error().code == ErrorCode::conflict || !parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_referral(ctx, *id, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

template <bool kTakeOver>
web::Reply take(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("referral.take", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto taken = take_referral(tx, gate, actor, parts::in_city(ctx), *id, kTakeOver); !taken) return tl::unexpected(taken.error());
    return ctx.url(path_of(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply withdraw(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("referral.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto gone = withdraw_referral(tx, gate, actor, *id, parts::posted_version(ctx)); !gone) return tl::unexpected(gone.error());
    return ctx.url(path_of(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply read_answer(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("referral.read", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto noted = note_answer_read(tx, gate, actor, *id); !noted) return tl::unexpected(noted.error());
    return ctx.url("/referrals?tab=sent");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

void add_referral_routes(programme::Router& router) {
  router.get("/referrals/new", web::Need::of(kSenders), new_page);
  router.post("/referrals", web::Need::of(kSenders), create);
  router.get("/referrals/{id}", web::Need::of(kCaseRoles), referral_page);
  router.post("/referrals/{id}/judge", web::Need::of(kSenders), judge);
  router.post("/referrals/{id}/take", web::Need::of(kSenders), take<false>);
  router.post("/referrals/{id}/take-over", web::Need::of(kSenders), take<true>);
  router.post("/referrals/{id}/withdraw", web::Need::of(kSenders), withdraw);
  router.post("/referrals/{id}/read", web::Need::of(kSenders), read_answer);
  add_referral_answer_routes(router);
  add_inbox_routes(router);
  add_referral_start_routes(router);
}

}  // namespace kasane::casework
