#include "planning/assessment_service.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "access/guarded.hpp"
#include "casework/case_service.hpp"
#include "planning/assessment_store.hpp"
#include "planning/plan_steps.hpp"

namespace kasane::planning {

using access::Topic;

const std::vector<Section>& sections() {
  static const std::vector<Section> kSections{
      {"own_words", "本人の言葉", "本人が話したことを、言いかえずに書きます", Topic::plan},
      {"health", "健康", "病気、障がい、介護、受診", Topic::health},
      {"economy", "家計", "収入、支出、借金、滞納", Topic::economy},
      {"work", "仕事・学校", "仕事、学校、日中の過ごし方", Topic::work},
      {"housing", "住まい", "住まいの状態、衛生、続けて住めるか", Topic::housing},
      {"family", "家族", "家族の間柄、支え合い、世話", Topic::family},
      {"child", "子ども・子育て", "育ち、通学、子どもの思い", Topic::child},
      {"relations", "近隣・社会とのつながり", "行き来のある人、出かける先、役割", Topic::basic},
      {"rights", "権利擁護", "虐待、暴力、お金の使い込み。見られる人が限られます", Topic::abuse}};
  return kSections;
}

const Section* section(std::string_view key) {
  for (const Section& s : sections())
    if (s.key == key) return &s;
  return nullptr;
}

Result<AssessmentView> assessment_of(db::ReadTx& tx, access::Gate& gate, const Settings&, CaseId case_id) {
  const auto permit = gate.read(case_id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = casework::case_facts(tx, gate, case_id);
  if (!facts) return tl::unexpected(facts.error());
  AssessmentView view;
  view.case_id = case_id;
  view.household = facts->household;
  if (const auto own = gate.acting_agency(SubjectKind::assessment, access::Act::write, facts->household.value))
    if (facts->state != casework::CaseState::closed && gate.may(case_id, access::Act::write)) view.own = *own;
  const auto id = store::assessment_id(tx, case_id);
  if (!id) {
    for (const Section& s : sections())
      if (permit->shows(s.topic)) view.sections.emplace_back(s.key);
    return view;
  }
  // About 本人 whose sharing this viewer's agency does not have: it has no part in it, and nothing to read.
  if (!gate.may(*id, access::Act::read)) {
    view.own = {};
    return view;
  }
  const auto assessment = gate.read(*id);
  if (!assessment) return tl::unexpected(assessment.error());
  view.id = id;
  // The case, too, has to show a topic: an assessment never opens more than its case.
  for (const Section& s : sections())
    if (assessment->shows(s.topic) && permit->shows(s.topic)) view.sections.emplace_back(s.key);
  const auto guarded = access::guarded_agencies(tx);
  for (Part& part : store::parts(*assessment, guarded)) {
    const bool own = gate.viewer().in_agency(part.agency);
    const bool secret = std::find(guarded.begin(), guarded.end(), part.agency) != guarded.end() && !permit->shows(Topic::abuse);
    if (own || (permit->shows(section(part.section)->topic) && !secret)) view.parts.push_back(std::move(part));
  }
  return view;
}

namespace {

/// The assessment belongs to the case: whoever holds that holds this too, whichever agency writes first.
Result<access::Permit<AssessmentTag>> permit_to_write(db::WriteTx& tx, access::Gate& gate, const casework::CaseFacts& facts, AgencyId own, AgencyId holder) {
  if (const auto id = store::assessment_id(tx, facts.id)) return gate.write(*id);
  auto permit = gate.create<AssessmentTag>(tx, {facts.household.value, own, std::nullopt, Topic::plan, access::Sharing::team});
  if (!permit) return permit;
  // Whom the case is about, that is about: a consent of somebody else in the household does not open it.
  access::set_persons(tx, {SubjectKind::assessment, permit->id().value}, facts.subjects);
  store::add_assessment(*permit, tx, facts.household, facts.id, gate.today());
  if (holder != own) access::set_holder(tx, {SubjectKind::assessment, permit->id().value}, holder);
  return permit;
}

/// Whether the part changes anything; unchanged ones keep their writer and time.
bool changes(const std::vector<Part>& before, const PartIn& part, AgencyId own) {
  const auto it = std::find_if(before.begin(), before.end(), [&](const Part& p) { return p.section == part.section && p.agency == own; });
  return it == before.end() ? !part.text.empty() : it->text.shown() != part.text;
}

}  // namespace

Result<> save_parts(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings&, CaseId case_id,
                    const std::vector<PartIn>& parts) {
  const auto leave = gate.write(case_id);
  if (!leave) return tl::unexpected(leave.error());
  const auto facts = casework::case_facts(tx, gate, case_id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == casework::CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。");
  const auto own = gate.acting_agency(SubjectKind::assessment, access::Act::write, facts->household.value);
  if (!own) return fail(ErrorCode::not_permitted, "アセスメントを書く役割がありません。");
  const auto permit = permit_to_write(tx, gate, *facts, *own, leave->facts().holder);
  if (!permit) return tl::unexpected(permit.error());
  const auto before = store::parts(*permit, {});
  bool any = false;
  for (const PartIn& part : parts) {
    const Section* known = section(part.section);
    if (known == nullptr || !permit->shows(known->topic) || !leave->shows(known->topic)) return invalid(part.section, "この欄には書けません。");
    if (!changes(before, part, *own)) continue;
    const bool saved = part.version == 0 ? store::add_part(*permit, tx, part, *own, actor.account, actor.now)
                                         : store::set_part(*permit, tx, part, *own, actor.account, actor.now);
    if (!saved) return tl::unexpected(saved_by_other());
    any = true;
  }
  if (any)
    access::note_act(tx, {"assessment.saved", gate.today(), facts->household.value, {}, {SubjectKind::assessment, permit->id().value}, {}, {}, {}}, actor);
  return {};
}

}  // namespace kasane::planning
