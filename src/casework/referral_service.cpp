// Reading referrals: one, lists, suggestions of whom to ask.
#include "casework/referral_service.hpp"

#include <algorithm>

#include "access/below.hpp"
#include "casework/case_service.hpp"
#include "casework/case_store.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_store.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

constexpr int kPerPage = 50;

std::vector<AgencyId> own_agencies(const access::Viewer& viewer) {
  std::vector<AgencyId> mine;
  for (const access::Post& p : viewer.posts)
    if (std::find(mine.begin(), mine.end(), p.agency) == mine.end()) mine.push_back(p.agency);
  return mine;
}

void add_labels(db::ReadTx& tx, access::Gate& gate, std::vector<ReferralLine>& lines) {
  std::vector<HouseholdId> ids;
  for (const ReferralLine& l : lines)
    if (l.household) ids.push_back(*l.household);
  if (ids.empty()) return;
  const auto labels = people::household_labels(tx, gate, ids);
  for (ReferralLine& l : lines)
    if (l.household)
      if (const auto it = labels.find(*l.household); it != labels.end()) l.label = it->second.label;
}

/// Cases that this viewer may not know are taken out again, for the whole list in one statement.
void hide_unknown_cases(access::Gate& gate, std::vector<ReferralLine>& lines) {
  std::vector<CaseId> ids;
  for (const ReferralLine& l : lines)
    if (l.case_id) ids.push_back(*l.case_id);
  const auto known = referral_store::known_cases(gate, ids);
  for (ReferralLine& l : lines) {
    l.case_known = !l.case_id || known.count(l.case_id->value) > 0;
    if (!l.case_known) l.case_id.reset();
  }
}

std::string sort_day(const ReferralLine& l, bool done) {
  const auto& day = done ? l.answered_on : l.reply_by;
  return day ? day->iso() : "";
}

std::optional<referral_store::ListKey> key_of(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string day(text.substr(0, dot));
  const auto id = parse_id_text(text.substr(dot + 1));
  if (!id || (!day.empty() && !Date::from_iso(day))) return std::nullopt;
  return referral_store::ListKey{day, *id};
}

bool gives_consultation(const programme::Agency& a) {
  using programme::AgencyKind;
  return a.status == programme::AgencyStatus::active && !a.sensitive && a.kind != AgencyKind::commissioners &&
         a.kind != AgencyKind::participation_partner && a.kind != AgencyKind::child_base && a.kind != AgencyKind::community_centre;
}

std::string_view target_word(programme::TargetGroup group) {
  switch (group) {
    case programme::TargetGroup::all: return "";
    case programme::TargetGroup::adult: return "大人";
    case programme::TargetGroup::child: return "子ども";
  }
  return "";
}

}  // namespace

ReferralStage Referral::stage() const {
  if (outcome) return ReferralStage::answered;
  if (withdrawn_on) return ReferralStage::withdrawn;
  if (judgement == JudgeResult::not_needed) return ReferralStage::kept;
  if (!sent_on) return ReferralStage::judging;
  return taken_by ? ReferralStage::taken : ReferralStage::waiting;
}

Result<Referral> referral(db::ReadTx&, access::Gate& gate, ReferralId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = referral_store::read(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  found->case_known = !found->case_id || gate.may(*found->case_id, access::Act::read);
  if (!found->case_known) found->case_id.reset();
  return *std::move(found);
}

std::string outcome_text(const InCity&, const Referral& referral) {
  if (!referral.outcome) return std::string(label_of(referral.stage()));
  return std::string(word_for_sender(*referral.outcome, referral.case_known));
}

ReferralPage referrals(db::ReadTx& tx, access::Gate& gate, ReferralTab tab, std::string_view inbox, bool done, std::string_view from) {
  ReferralPage page;
  const auto key = key_of(from);
  const auto mine = own_agencies(gate.viewer());
  switch (tab) {
    case ReferralTab::inbox: page.lines = referral_store::inbox(gate, inbox, done, key, kPerPage + 1); break;
    case ReferralTab::received: page.lines = referral_store::received(gate, mine, done, key, kPerPage + 1); break;
    case ReferralTab::sent: page.lines = referral_store::sent(gate, mine, done, key, kPerPage + 1); break;
  }
  if (page.lines.size() > kPerPage) {
    page.lines.resize(kPerPage);
    page.next = sort_day(page.lines.back(), done) + "." + id_text(page.lines.back().id);
  }
  add_labels(tx, gate, page.lines);
  hide_unknown_cases(gate, page.lines);
  return page;
}

std::vector<ReferralLine> referrals_about(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  auto lines = referral_store::about(gate, household, kPerPage);
  hide_unknown_cases(gate, lines);
  return lines;
}

std::vector<Suggestion> suggested_targets(const InCity& city, std::string_view area, programme::TargetGroup group) {
  std::vector<Suggestion> all;
  if (area.empty()) return all;
  const programme::Area* place = city.m.area(area);
  for (const programme::Agency* a : city.m.agencies_for(area, group)) {
    if (!gives_consultation(*a)) continue;
    const auto id = city.dir.find(a->code);
    if (!id) continue;
    const auto areas = city.m.areas_of(a->code);
    const bool named = place != nullptr && std::any_of(areas.begin(), areas.end(), [&](const programme::Area* x) { return x->code == place->code; });
    std::string why = named ? place->name + "の担当" : "市内全域";
    if (a->target != programme::TargetGroup::all) why += "・" + std::string(target_word(a->target));
    all.push_back({*id, why});
  }
  return all;
}

namespace {

/// Whoever was told of one member alone is not on the ground for a visit to the home: the list speaks of histories of health,
/// and would be read as one of the others'. With a case, one of its 本人 is known; before it, all who live there are.
bool on_the_ground(db::ReadTx& tx, access::Gate& gate, const access::Permit<HouseholdTag>& permit) {
  if (gate.viewer().in_agency(permit.facts().holder)) return true;
  const auto known = [&](PersonId p) { return gate.may(p, access::Act::read); };
  if (const auto id = case_of(tx, gate, permit.id())) return std::ranges::any_of(store::case_persons(tx, *id, gate.today()), known);
  return std::ranges::all_of(access::persons_below(tx, permit.id().value), known);
}

}  // namespace

std::vector<VisitPartner> visit_partners(db::ReadTx& tx, access::Gate& gate, const InCity& city, HouseholdId household) {
  if (city.m.rules.visit_partners.empty()) return {};
  const auto permit = gate.read(household);
  if (!permit || !permit->shows(access::Topic::health) || !on_the_ground(tx, gate, *permit)) return {};
  std::vector<VisitPartner> all;
  for (const programme::VisitPartners& v : city.m.rules.visit_partners) all.push_back({v.condition, v.partners_text});
  return all;
}

}  // namespace kasane::casework
