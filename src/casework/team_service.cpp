#include "casework/team_service.hpp"

#include <algorithm>

#include "casework/case_service.hpp"
#include "access/guarded.hpp"
#include "casework/case_store.hpp"
#include "casework/team_joining.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

constexpr std::int64_t kLongestWhat = 400;  // characters

Error left_already() { return Error{ErrorCode::conflict, "この機関の関わりは、もう終わっています。", {}}; }
Error saved_by_other() { return Error{ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }

/// Characters, not bytes.
std::int64_t length(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
}

/// Which agency holds the row: the coordinating one is asked for what is on the team's list.
AgencyId holder_of_new(const access::Gate& gate, const access::Actor& actor) {
  return gate.acting_agency(SubjectKind::involvement, access::Act::create).value_or(actor.agency);
}

std::vector<FieldError> faults(db::ReadTx& tx, const NewInvolvement& in, Date today) {
  std::vector<FieldError> found;
  if (!in.agency) found.push_back({"agency", "機関を選んでください。"});
  if (in.account && !store::works_in(tx, *in.account, in.agency, today))
    found.push_back({"account", "担当者は、その機関の人から選んでください。"});
  if (in.from_on > today) found.push_back({"from_on", "いつからには、今日までの日を入れてください。"});
  if (in.person && !people::is_member(tx, in.household, *in.person)) found.push_back({"person", "この世帯の人から選んでください。"});
  if (length(in.what) > kLongestWhat) found.push_back({"what", "していることは400文字までです。"});
  return found;
}

/// The case permit of the household, when the viewer may change the case.
std::optional<access::Permit<CaseTag>> case_permit(db::ReadTx& tx, access::Gate& gate, HouseholdId household) {
  const auto id = case_of(tx, gate, household);
  if (!id || !gate.may(*id, access::Act::write)) return std::nullopt;
  auto permit = gate.write(*id);
  if (!permit) return std::nullopt;
  return *permit;
}

/// Whether the case would have no 調整役 without this row.
bool is_last_coordinator(db::ReadTx& tx, HouseholdId household, InvolvementId id) {
  if (!store::case_row_of(tx, household)) return false;
  const auto team = store::current_team(tx, household);
  const auto coordinates = [](const store::TeamRow& r) { return r.role == InvolvementRole::coordinating; };
  return std::ranges::any_of(team, [&](const store::TeamRow& r) { return r.id == id && coordinates(r); }) &&
         std::ranges::none_of(team, [&](const store::TeamRow& r) { return r.id != id && coordinates(r); });
}
Error nobody_coordinates() { return Error{ErrorCode::conflict, "調整役がいなくなります。先にほかの機関を調整役にしてください。", {}}; }

}  // namespace

Result<InvolvementId> put_on_team(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewInvolvement& in) {
  const bool guarded = in.guarded || access::is_guarded(tx, in.agency);
  const access::Topics topics = guarded ? access::Topic::basic | access::Topic::abuse : access::Topics(access::Topic::basic);
  const auto permit = gate.create<InvolvementTag>(tx, {in.household.value, holder_of_new(gate, actor), in.person, topics, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  store::add_involvement(*permit, tx, in);
  access::join_team(tx, in.household.value, in.agency.value, in.from_on, *Date::from_iso(access::kForever));
  people::on_party_serves(tx, {in.household, in.person, in.agency.value}, actor);
  access::note_act(tx, {"team.joined", in.from_on, in.household.value, in.person, {SubjectKind::involvement, permit->id().value},
                        std::string(code_of(in.role)), {}, {}}, actor);
  return permit->id();
}

Result<> take_off_team(db::WriteTx& tx, const access::Actor& actor, HouseholdId household, const store::TeamRow& row, Date on, bool stays) {
  if (!store::end_involvement(tx, row.id, on.plus_days(-1), row.version)) return tl::unexpected(saved_by_other());
  if (!stays) access::leave_team(tx, household.value, row.agency.value, on);
  access::note_act(tx, {"team.left", on, household.value, {}, {SubjectKind::involvement, row.id.value}, std::string(code_of(row.role)), {}, {}}, actor);
  return {};
}

std::vector<Colleague> colleagues(db::ReadTx& tx, AgencyId agency, Date today) { return store::colleagues(tx, agency, today); }

std::vector<Involvement> involvements(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return store::involvements(gate.scope<InvolvementTag>(access::Topic::basic), household);
}

std::vector<AgencyId> team_agencies(const std::vector<Involvement>& all, Date today) {
  std::vector<AgencyId> agencies;
  for (const Involvement& i : all) {
    if (i.until_on && *i.until_on < today) continue;
    if (std::find(agencies.begin(), agencies.end(), i.agency) == agencies.end()) agencies.push_back(i.agency);
  }
  return agencies;
}

Result<Involvement> involvement(db::ReadTx&, access::Gate& gate, InvolvementId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::involvement(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

Result<HouseholdId> household_of(db::ReadTx& tx, access::Gate& gate, InvolvementId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto found = store::household_of(tx, id);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return *found;
}

Result<InvolvementId> involve(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewInvolvement& in) {
  const auto household = gate.write(in.household);
  if (!household) return tl::unexpected(household.error());
  if (auto found = faults(tx, in, gate.today()); !found.empty()) return invalid(std::move(found));
  // Only what the viewer may know counts: a protected involvement must not be told by a refusal.
  for (const Involvement& i : involvements(tx, gate, in.household))
    if (i.agency == in.agency && i.role == in.role && i.person == in.person && !i.until_on)
      return fail(ErrorCode::conflict, "この機関は、もうその役割で関わっています。");
  return put_on_team(tx, gate, actor, in);
}

Result<> change_involvement(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, InvolvementId id, std::int64_t version,
                            const InvolvementChange& in) {
  const auto known = involvement(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  const auto household = household_of(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  std::vector<FieldError> found;
  if (in.account && !store::works_in(tx, *in.account, known->agency, gate.today()))
    found.push_back({"account", "担当者は、その機関の人から選んでください。"});
  if (in.last_contact_on && *in.last_contact_on > gate.today()) found.push_back({"last_contact_on", "最後の連絡は、今日までの日を入れてください。"});
  if (length(in.what) > kLongestWhat) found.push_back({"what", "していることは400文字までです。"});
  if (!found.empty()) return invalid(std::move(found));
  if (known->until_on) return tl::unexpected(left_already());
  if (in.role != InvolvementRole::coordinating && is_last_coordinator(tx, *household, id)) return tl::unexpected(nobody_coordinates());

  bool saved = false;
  if (gate.may(id, access::Act::write)) {
    const auto permit = gate.write(id);
    if (!permit) return tl::unexpected(permit.error());
    saved = store::set_involvement(*permit, tx, in, version);
  } else if (const auto permit = case_permit(tx, gate, *household)) {
    saved = store::set_involvement(*permit, tx, id, in, version);
  } else {
    return fail(ErrorCode::not_permitted, "この操作は、支援チームの機関が行えます。");
  }
  if (!saved) return tl::unexpected(saved_by_other());
  if (in.role != known->role)
    access::note_act(tx, {"team.joined", gate.today(), household->value, known->person, {SubjectKind::involvement, id.value},
                          std::string(code_of(in.role)), {}, {}}, actor);
  return {};
}

Result<> leave(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, InvolvementId id, std::int64_t version, Date on) {
  const auto known = involvement(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  const auto household = household_of(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  if (!gate.may(id, access::Act::write) && !case_permit(tx, gate, *household))
    return fail(ErrorCode::not_permitted, "この操作は、支援チームの機関が行えます。");
  if (on > gate.today()) return invalid("on", "終わった日は、今日までの日を入れてください。");
  if (known->until_on) return tl::unexpected(left_already());
  const auto team = store::current_team(tx, *household);
  const auto row = std::find_if(team.begin(), team.end(), [&](const store::TeamRow& r) { return r.id == id; });
  if (row == team.end()) return tl::unexpected(left_already());
  if (row->version != version) return tl::unexpected(saved_by_other());
  const auto other = [&](auto&& holds) { return std::any_of(team.begin(), team.end(), [&](const store::TeamRow& r) { return r.id != id && holds(r); }); };
  if (is_last_coordinator(tx, *household, id)) return tl::unexpected(nobody_coordinates());
  return take_off_team(tx, actor, *household, *row, on, other([&](const store::TeamRow& r) { return r.agency == row->agency; }));
}

}  // namespace kasane::casework
