#include "casework/progress_service.hpp"

#include <algorithm>

#include "casework/case_store.hpp"
#include "casework/naming.hpp"
#include "casework/progress_store.hpp"
#include "due/service.hpp"

namespace kasane::casework {

namespace {

constexpr std::ptrdiff_t kLongestAnswer = 400;

std::ptrdiff_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
}

SubjectRef ref(CaseId id) { return {SubjectKind::support_case, id.value}; }

/// What is awaited hangs on the case, from each agency apart: one answer settles that agency's item alone.
void keep_replies_due(db::WriteTx& tx, const access::Permit<CaseTag>& permit, HouseholdId household, const access::Actor& actor) {
  due::settle(tx, ref(permit.id()), "progress.reply", actor);
  for (const Progress& p : store::progress(permit))
    if (!p.answered_on) due::await(tx, {"progress.reply", p.to_agency.value, household.value, ref(permit.id()), p.due_on}, actor.now);
}

}  // namespace

bool knows_question(const access::Gate& gate, Naming& naming, HouseholdId household, AgencyId asked_by, AgencyId asked) {
  // Who asked knows whom it asked, and who is asked knows by whom.
  if (gate.viewer().in_agency(asked_by) || gate.viewer().in_agency(asked)) return true;
  return naming.may_name(household, asked) && naming.may_name(household, asked_by);
}

Result<std::vector<Progress>> progress_of(db::ReadTx& tx, access::Gate& gate, CaseId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto all = store::progress(*permit);
  Naming naming(tx, gate);
  const HouseholdId household(permit->facts().root);
  std::erase_if(all, [&](const Progress& p) { return !knows_question(gate, naming, household, p.asked_by, p.to_agency); });
  return all;
}

Result<> ask_progress(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, const std::vector<AgencyId>& agencies, Date due_on) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto row = store::case_row(tx, id);
  if (!row) return fail(ErrorCode::not_found, "見つかりません。");
  if (row->state == CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。");
  std::vector<FieldError> found;
  if (agencies.empty()) found.push_back({"agencies", "たずねる機関を選んでください。"});
  if (due_on < gate.today()) found.push_back({"due_on", "いつまでには、今日以後の日を入れてください。"});
  // Who may not see the case cannot be asked about it: the question alone would tell.
  // One that may not be named to the asker is answered like one that does not see the case.
  Naming naming(tx, gate);
  const bool all_see = std::all_of(agencies.begin(), agencies.end(), [&](AgencyId a) {
    return naming.may_name(row->household, a) && store::agency_sees(tx, id.value, a, gate.today());
  });
  if (!all_see) found.push_back({"agencies", "いま情報を共有する根拠がない機関には、たずねられません。"});
  if (!found.empty()) return invalid(std::move(found));
  for (AgencyId agency : agencies) {
    const std::int64_t request = next_id();
    store::add_progress(*permit, tx, request, agency, actor.agency, gate.today(), due_on);
    due::await(tx, {"progress.reply", agency.value, row->household.value, ref(id), due_on}, actor.now);
    access::note_act(tx, {"progress.asked", gate.today(), row->household.value, {}, {SubjectKind::support_case, id.value}, {}, {}, {}}, actor);
  }
  return {};
}

Result<> answer_progress(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::int64_t request, const std::string& answer) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto all = store::progress(*permit);
  const auto asked = std::find_if(all.begin(), all.end(), [&](const Progress& p) { return p.id == request; });
  if (asked == all.end() || !gate.viewer().in_agency(asked->to_agency)) return fail(ErrorCode::not_found, "見つかりません。");
  if (answer.empty()) return invalid("answer", "一行で答えを書いてください。");
  if (characters(answer) > kLongestAnswer) return invalid("answer", "答えは400文字までです。");
  if (asked->answered_on || !store::answer_progress(*permit, tx, request, gate.today(), answer))
    return fail(ErrorCode::conflict, "もう答えが書かれています。");
  const auto row = store::case_row(tx, id);
  keep_replies_due(tx, *permit, row->household, actor);
  access::note_act(tx, {"progress.answered", gate.today(), row->household.value, {}, {SubjectKind::support_case, id.value}, {}, {}, {}}, actor);
  return {};
}

}  // namespace kasane::casework
