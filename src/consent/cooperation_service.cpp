#include "consent/cooperation_service.hpp"

#include "access/below.hpp"
#include "base/japanese.hpp"
#include "consent/cooperation_rules.hpp"
#include "consent/cooperation_store.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

using access::Topic;

namespace {

constexpr int kDaysToRead = 7;

SubjectRef ref(CooperationRequestId id) { return {SubjectKind::cooperation_request, id.value}; }

/// The agency of the viewer's that may ask in the name of this body.
std::optional<AgencyId> asking_agency(const access::Gate& gate, const Settings& city, const programme::Body& body) {
  const Roles makers = access::roles_for(SubjectKind::cooperation_request, access::Act::create);
  for (const access::Post& post : gate.viewer().posts)
    if (makers.has(post.role) && may_ask_for(city.m, body, city.dir.code(post.agency))) return post.agency;
  return std::nullopt;
}

access::Ground ground_for(const NewCooperation& what, std::int64_t root, std::int64_t source, std::string basis, Date from) {
  access::Ground g;
  g.kind = access::GroundKind::cooperation;
  g.root = root;
  if (what.to) g.named = {what.to->value};
  g.from = from;
  g.until = *Date::from_iso(access::kForever);
  g.basis = std::move(basis);
  g.source = source;
  return g;
}

void open_to_asked(db::WriteTx& tx, const NewCooperation& what, AgencyId holder, CooperationRequestId id, std::int64_t told_id, const std::string& basis, int days, const access::Actor& actor,
                   Date today) {
  access::Ground record = ground_for(what, id.value, id.value, basis, today);
  record.topics = Topic::basic | Topic::meeting;
  access::add_ground(tx, record, actor);
  if (what.topics.empty()) return;
  access::Ground home = ground_for(what, what.household->value, told_id, basis, today);
  home.person = what.person;
  // A request that is never answered does not stay open for good.
  home.until = what.due_on.plus_days(days);
  home.topics = what.topics | Topic::basic;
  access::add_ground(tx, home, actor);
  // What the asking agency holds, and who it is about; what others hold is theirs to tell.
  home.person.reset();
  for (const std::int64_t one : access::records_below(tx, what.household->value, {holder, what.person, home.topics, true})) {
    home.root = one;
    access::add_ground(tx, home, actor);
  }
}

/// Whether the viewer belongs to the agency that asked.
bool asked_by_own(const access::Gate& gate, const Cooperation& c) { return gate.viewer().in_agency(c.asked_by); }

Error moved_on(const Cooperation& c) {
  if (c.state != CooperationState::waiting) return {ErrorCode::conflict, "この依頼は、もう返事があったか、取り下げられています。", {}};
  return {ErrorCode::stale, "ほかの人が先に保存しました。いまの内容を確かめてください。", {}};
}

void note(db::WriteTx& tx, const char* kind, const Cooperation& c, const char* code, Date on, const access::Actor& actor) {
  access::note_act(tx, {kind, on, c.household ? c.household->value : c.id.value, c.person, ref(c.id), code, "", {}}, actor);
}

Result<Cooperation> own_request(db::WriteTx& tx, access::Gate& gate, CooperationRequestId id) {
  if (auto permit = gate.write(id); !permit) return tl::unexpected(permit.error());
  auto found = cooperation(tx, gate, id);
  if (found && !asked_by_own(gate, *found)) return fail(ErrorCode::not_permitted, "この操作は、依頼した機関が行います。");
  return found;
}

}  // namespace

Result<CooperationRequestId> ask_for_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewCooperation what) {
  access::Topics visible;
  if (what.household) {
    // What is told to the other side is told of it: who may only look at it does not pass it on.
    const auto household = gate.write(*what.household);
    if (!household) return tl::unexpected(household.error());
    visible = household->verdict().visible;
  }
  const programme::Body* body = city.m.body(what.body);
  if (body == nullptr || body->function != programme::BodyFunction::support_conference_106_6) return invalid("body", "どの支援会議からの依頼かを選んでください。");
  const auto holder = asking_agency(gate, city, *body);
  if (!holder) return fail(ErrorCode::not_permitted, "協力依頼は、" + body->name + "を開く機関が出します。");
  what.question = std::string(trim(what.question));
  what.outside = std::string(trim(what.outside));
  auto faults = faults_of(what, *holder, visible, gate.today());
  if (what.to && city.dir.code(*what.to).empty()) faults.push_back({"to", "依頼先の機関を選んでください。"});
  if (what.person && !(what.household && gate.may(*what.person, access::Act::read) && people::is_member(tx, *what.household, *what.person)))
    faults.push_back({"person", "この世帯の人を選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));

  auto permit = gate.create<CooperationRequestTag>(tx, {what.household ? what.household->value : 0, *holder, what.person, Topic::basic | Topic::meeting, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const CooperationRequestId id = permit->id();
  const FiscalYear year = FiscalYear::of(gate.today());
  const programme::Statute* law = programme::statute(city.m, programme::kCooperation, gate.today());
  store::CooperationRow row{cooperation_number(city.m.wording("cooperation_number_prefix", "協"), year, store::next_ground_serial(tx, "cooperation", year)), year, *holder,
                            gate.today(), next_id(), law == nullptr ? programme::kCooperation : law->versioned_key()};
  store::insert_cooperation(tx, *permit, what, row);
  if (what.to) {
    open_to_asked(tx, what, *holder, id, row.told_id, programme::basis_text(city.m, programme::kCooperation, gate.today()), cooperation_days(city.m), actor, gate.today());
    due::await(tx, {"cooperation.reply", what.to->value, id.value, ref(id), what.due_on}, gate.now());
    if (what.household) people::on_meeting(tx, *what.household, {*what.to}, actor);
  } else {
    // Nobody outside has an account: the asking agency waits for the paper.
    due::await(tx, {"cooperation.reply", holder->value, id.value, ref(id), what.due_on}, gate.now());
  }
  access::note_act(tx, {"cooperation.asked", gate.today(), what.household ? what.household->value : id.value, what.person, ref(id), what.to ? "agency" : "outside", "", {}}, actor);
  return id;
}

Result<Cooperation> cooperation(db::ReadTx&, access::Gate& gate, CooperationRequestId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::load_cooperation(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

std::vector<Cooperation> cooperations(db::ReadTx&, access::Gate& gate, FiscalYear year) { return store::list_cooperations(gate, year); }

Result<> answer_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id, CooperationAnswer answer) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto known = cooperation(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  if (known->state != CooperationState::waiting) return tl::unexpected(moved_on(*known));
  answer.text = std::string(trim(answer.text));
  if (auto faults = faults_of(answer, known->asked_on, gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_cooperation_answer(tx, *permit, answer, actor.account)) return tl::unexpected(moved_on(*known));
  access::revoke_grounds(tx, known->told_id, gate.today());
  due::settle(tx, ref(id), "cooperation.reply", actor);
  if (!asked_by_own(gate, *known)) due::await(tx, {"cooperation.read", known->asked_by.value, id.value, ref(id), gate.today().plus_days(kDaysToRead)}, gate.now());
  note(tx, "cooperation.answered", *known, answer.cannot ? "cannot" : "answered", answer.on, actor);
  return {};
}

Result<> read_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id) {
  const auto known = own_request(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  if (store::set_cooperation_read(tx, id, gate.today())) due::settle(tx, ref(id), "cooperation.read", actor);
  return {};
}

Result<> withdraw_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id, std::int64_t version) {
  const auto known = own_request(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  if (!store::set_cooperation_withdrawn(tx, id, version)) return tl::unexpected(moved_on(*known));
  access::revoke_grounds(tx, id.value, gate.today());
  access::revoke_grounds(tx, known->told_id, gate.today());
  due::settle(tx, ref(id), "", actor);
  note(tx, "cooperation.withdrawn", *known, "", gate.today(), actor);
  return {};
}

}  // namespace kasane::consent
