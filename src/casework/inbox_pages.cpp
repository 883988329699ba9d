// The lists of referrals: the joint inboxes of the viewer's agencies, those received, those sent.
#include <algorithm>

#include "casework/pages_parts.hpp"
#include "casework/referral_pages.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using programme::Ctx;

/// Joint inboxes that one of the viewer's agencies answers.
std::vector<JointInbox> own_inboxes(const Ctx& ctx) {
  std::vector<JointInbox> mine;
  for (JointInbox& inbox : joint_inboxes(parts::in_city(ctx)))
    if (std::any_of(inbox.agencies.begin(), inbox.agencies.end(), [&](AgencyId a) { return ctx.viewer().in_agency(a); })) mine.push_back(std::move(inbox));
  return mine;
}

struct Wanted {
  ReferralTab tab = ReferralTab::sent;
  std::string inbox;
  std::string tab_word;
  bool done = false;
};

Wanted wanted(const Ctx& ctx, const std::vector<JointInbox>& mine) {
  Wanted w;
  w.done = ctx.req.query_value("done") == "yes";
  const std::string_view tab = ctx.req.query_value("tab");
  const JointInbox* asked = inbox_named(mine, ctx.req.query_value("inbox"));
  if (tab == "sent") {
    w.tab = ReferralTab::sent;
    w.tab_word = "sent";
  } else if (tab == "received" || mine.empty()) {
    w.tab = ReferralTab::received;
    w.tab_word = "received";
  } else {
    w.tab = ReferralTab::inbox;
    w.inbox = asked != nullptr ? asked->code : mine.front().code;
    w.tab_word = "inbox";
  }
  return w;
}

Html tabs(const Ctx& ctx, const std::vector<JointInbox>& mine, const Wanted& w) {
  std::vector<html::Tab> items;
  for (const JointInbox& inbox : mine)
    items.push_back({inbox.name, parts::address(ctx.url("/referrals"), {{"tab", "inbox"}, {"inbox", inbox.code}}),
                     w.tab == ReferralTab::inbox && w.inbox == inbox.code});
  items.push_back({"届いたつなぎ", ctx.url("/referrals?tab=received"), w.tab == ReferralTab::received});
  items.push_back({"送ったつなぎ", ctx.url("/referrals?tab=sent"), w.tab == ReferralTab::sent});
  return html::tabs(ctx.m().wording("referral", "つなぎ"), items);
}

Html stage_chip(const ReferralLine& l, Date today) {
  if (l.outcome) return html::chip(html::Tone::neutral, word_for_sender(*l.outcome, l.case_known));
  if (l.reply_by && *l.reply_by < today) return html::chip(html::Tone::danger, "返事の期限超過");
  Html chip = html::chip(l.stage == ReferralStage::waiting || l.stage == ReferralStage::judging ? html::Tone::warning : html::Tone::info, label_of(l.stage));
  if (!l.taken_by_name.empty()) chip.add(" ").add(html::muted(l.taken_by_name));
  return chip;
}

Html about(const ReferralLine& l) {
  if (l.passing == Passing::anonymous) return html::text("匿名相談");
  return l.household && !l.label.shown().empty() ? html::text(l.label) : html::text("（世帯は未確認）");
}

Html table(const Ctx& ctx, const std::vector<ReferralLine>& lines, const Wanted& w) {
  html::Table t("つなぎの一覧", {{"だれのこと"}, {"形"}, {w.tab == ReferralTab::sent ? "つなぐ先" : "つなぎ元"}, {"届いた日"}, {"返事の期限"}, {"状態"}});
  const auto inboxes = joint_inboxes(parts::in_city(ctx));
  for (const ReferralLine& l : lines) {
    std::string other = ctx.dir().name(l.from);
    if (w.tab == ReferralTab::sent) {
      const JointInbox* inbox = inbox_named(inboxes, l.inbox);
      other = l.to ? ctx.dir().name(*l.to) : inbox != nullptr ? inbox->name : l.inbox;
    }
    t.row()
        .cell(html::link(about(l), ctx.url("/referrals/" + id_text(l.id))))
        .cell(label_of(l.passing))
        .cell(other)
        .cell(parts::day(l.sent_on))
        .cell(parts::day(l.reply_by))
        .cell(stage_chip(l, ctx.today()));
  }
  return t.done();
}

std::string_view nothing_text(const Wanted& w) {
  if (w.done) return "返事の済んだつなぎはありません。";
  switch (w.tab) {
    case ReferralTab::inbox: return "この受付に、返事を待つつなぎはありません。";
    case ReferralTab::received: return "返事を待つつなぎは届いていません。";
    case ReferralTab::sent: return "返事を待っているつなぎはありません。";
  }
  return "";
}

web::Reply list_page(Ctx& ctx) {
  const auto mine = own_inboxes(ctx);
  const Wanted w = wanted(ctx, mine);
  auto found = ctx.read("referral.list", [&](db::ReadTx& tx, access::Gate& gate) {
    return referrals(tx, gate, w.tab, w.inbox, w.done, ctx.req.query_value("from"));
  });
  const auto here = [&](bool done, const std::string& from) {
    return parts::address(ctx.url("/referrals"), {{"tab", w.tab_word}, {"inbox", w.inbox}, {"done", done ? "yes" : ""}, {"from", from}});
  };
  html::Page page;
  page.title = ctx.m().wording("referral", "つなぎ");
  page.current = "referrals";
  page.main.add(html::actions({html::link_button("ほかの機関につなぐ", ctx.url("/referrals/new?kind=network")),
                               html::link_button("多機関協働につなぐ", ctx.url("/referrals/household")),
                               html::link_button("相談だけする（" + ctx.m().wording("supporter_support", "支援者支援") + "）", ctx.url("/advice"))}));
  page.main.add(tabs(ctx, mine, w));
  page.main.add(html::el("p", w.done ? html::link("返事を待つものを見る", here(false, {})) : html::link("返事の済んだものを見る", here(true, {}))));
  page.main.add(found.lines.empty() ? html::empty_state(nothing_text(w)) : table(ctx, found.lines, w));
  if (!found.next.empty()) page.main.add(parts::next_page(here(w.done, found.next)));
  return ctx.show(std::move(page));
}

}  // namespace

void add_inbox_routes(programme::Router& router) { router.get("/referrals", web::Need::of(kCaseRoles), list_page); }

}  // namespace kasane::casework
