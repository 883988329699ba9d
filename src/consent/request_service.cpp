// Requests under 社会福祉法106条の6: what is brought to a 支援会議 without consent, by whom, on which ground.
#include "base/japanese.hpp"
#include "consent/rules.hpp"
#include "consent/service.hpp"
#include "consent/store.hpp"
#include "people/service.hpp"

namespace kasane::consent {

using access::Topic;

namespace {

std::vector<FieldError> faults_of(db::ReadTx& tx, access::Gate& gate, const NewGroundRequest& what) {
  auto faults = faults_of_ground(what.body, what.ground_code);
  if (trim(what.reason).empty()) faults.push_back({"reason", "会議に出す理由を入力してください。"});
  if (what.asked_on > gate.today()) faults.push_back({"asked_on", "未来の日付です。"});
  if (what.person && !(gate.may(*what.person, access::Act::read) && people::is_member(tx, what.household, *what.person)))
    faults.push_back({"person", "この世帯の人を選んでください。"});
  return faults;
}

// The hosts get the household within the standard scope, and the request itself, which else only the asking agency sees.
void ground_for_hosts(db::WriteTx& tx, const programme::Deadlines& days, const NewGroundRequest& what, GroundRequestId id, const access::Actor& actor) {
  access::Ground ground;
  ground.kind = access::GroundKind::statutory_conference;
  ground.root = what.household.value;
  ground.person = what.person;
  ground.topics = access::kStandardScope;
  for (const AgencyId host : what.hosts) ground.named.push_back(host.value);
  ground.from = what.asked_on;
  ground.until = what.asked_on.plus_days(days.ground_request);
  ground.basis = what.basis;
  ground.source = id.value;
  access::add_ground(tx, ground, actor);
  ground.root = id.value;
  ground.person.reset();
  access::add_ground(tx, ground, actor);
}

Result<> may_mark(access::Gate& gate, GroundRequestId id, RequestState state) {
  if (state == RequestState::withdrawn) {
    auto own = gate.write(id);
    return own ? Result<>() : tl::unexpected(own.error());
  }
  if (auto known = gate.read(id); !known) return tl::unexpected(known.error());
  if (gate.role_may(SubjectKind::agenda_item, access::Act::write)) return {};
  return fail(ErrorCode::not_permitted, "議題は、会議を担当する役割の方が扱います。");
}

}  // namespace

Result<GroundRequestId> ask_for_conference(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const programme::Deadlines& days,
                                           NewGroundRequest what) {
  // It opens the household to others: who may only look at it does not ask for that.
  if (auto household = gate.write(what.household); !household) return tl::unexpected(household.error());
  what.reason = std::string(trim(what.reason));
  if (auto faults = faults_of(tx, gate, what); !faults.empty()) return invalid(std::move(faults));
  const auto holder = gate.acting_agency(SubjectKind::ground_request, access::Act::create, what.household.value);
  if (!holder) return fail(ErrorCode::not_permitted, "会議に出す役割がありません。");
  auto permit = gate.create<GroundRequestTag>(
      tx, {what.household.value, *holder, what.person, Topic::basic | Topic::meeting, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  insert_request(tx, *permit, what, *holder);
  ground_for_hosts(tx, days, what, permit->id(), actor);
  access::note_act(tx, {"ground.requested", what.asked_on, what.household.value, what.person,
                        {SubjectKind::ground_request, permit->id().value}, what.ground_code, "", {}},
                   actor);
  return permit->id();
}

std::vector<GroundRequestLine> waiting_requests(db::ReadTx&, access::Gate& gate, std::string_view body) { return load_waiting(gate, body); }

Result<std::vector<GroundRequestLine>> requests_of(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  if (auto permit = gate.read(household); !permit) return tl::unexpected(permit.error());
  return load_requests(gate, household);
}

Result<GroundRequestLine> ground_request(db::ReadTx&, access::Gate& gate, GroundRequestId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto line = load_request(*permit);
  if (!line) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*line);
}

Result<> mark_request(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GroundRequestId id, RequestState state, Date on) {
  if (auto may = may_mark(gate, id, state); !may) return may;
  auto line = ground_request(tx, gate, id);
  if (!line) return tl::unexpected(line.error());
  const bool treated = state == RequestState::treated;
  if (!may_follow(line->state, state) || !set_request_state(tx, id, line->state, state, treated ? std::optional(on) : std::nullopt))
    return fail(ErrorCode::conflict, "この依頼は、いまはその状態にできません。");
  if (treated) {
    access::revoke_grounds(tx, id.value, on.plus_days(1));
    access::note_act(tx, {"ground.treated", on, line->household.value, line->person, {SubjectKind::ground_request, id.value}, line->ground_code, "", {}},
                     actor);
  }
  if (state == RequestState::withdrawn) access::revoke_grounds(tx, id.value, on);
  return {};
}

}  // namespace kasane::consent
