#include "meeting/guest_service.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/japanese.hpp"
#include "due/service.hpp"
#include "meeting/guest_grounds.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/kept_away.hpp"
#include "meeting/item_store.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/poll_store.hpp"
#include "meeting/session_service.hpp"
#include "meeting/session_store.hpp"
#include "people/protection_service.hpp"

namespace kasane::meeting {

using access::Act;
using access::Topic;

namespace {

constexpr int kDaysToRead = 3;

std::string hash_of(std::string_view token) { return to_hex(sha256(token)); }
/// A code of six digits is soon found by trying: without the city's key its hash tells nothing.
std::string code_hash(const std::string& key, GuestLinkId id, std::string_view code) {
  return to_hex(keyed_hash(key, "guest-code:" + id_text(id) + ":" + std::string(code)));
}

std::string fresh_code() {
  for (;;) {
    const Bytes b = random_bytes(4);
    const std::uint32_t random = (std::uint32_t{b[0]} << 24) | (std::uint32_t{b[1]} << 16) | (std::uint32_t{b[2]} << 8) | b[3];
    if (auto code = six_digits(random)) return *std::move(code);
  }
}

Handed fresh(GuestLinkId id, std::string body) { return {id, random_token(32), fresh_code(), std::move(body)}; }
store::GuestSecrets secrets_of(const std::string& key, const Handed& handed) { return {hash_of(handed.token), code_hash(key, handed.id, handed.code)}; }

SubjectRef ref(GuestLinkId id) { return {SubjectKind::guest_link, id.value}; }

Result<GuestFacts> own_link(db::WriteTx& tx, access::Gate& gate, GuestLinkId id) {
  if (const auto permit = gate.write(id); !permit) return tl::unexpected(permit.error());
  auto facts = store::guest(tx, id);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  return *facts;
}

Result<std::string> good_answer(std::string_view typed) {
  std::string answer(trim(typed));
  if (answer.empty()) return invalid("answer", "答えを入力してください。");
  if (count_characters(answer) > kLongestAnswer) return invalid("answer", "答えは" + std::to_string(kLongestAnswer) + "字までで入力してください。");
  return answer;
}

/// What the 本人 keeps from others is kept from their people. The office is refused without saying whether it is an agency
/// that the viewer may know of.
std::vector<FieldError> faults_of_exceptions(const NewGuest& guest, std::optional<AgencyId> agency, const std::vector<AgencyId>& left_out) {
  if (left_out.empty()) return {};
  if (agency && std::find(left_out.begin(), left_out.end(), *agency) != left_out.end()) return {{"office", "この議題は、この所属の人には共有できません。"}};
  if (!guest.apart) return {{"apart", "招く人が、本人が共有しない機関の人ではないことを確かめてください。"}};
  return {};
}

}  // namespace

std::vector<AgencyId> kept_from_guests(db::ReadTx& tx, access::Gate& gate, const ItemHead& item) {
  return left_out_by(supports_of(tx, gate, item, gate.today()));
}

Result<Handed> invite_guest(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const std::string& key, AgendaItemId item,
                            const NewGuest& typed) {
  const auto r = running(tx, gate, city, item);
  if (!r) return tl::unexpected(r.error());
  NewGuest guest = typed;
  guest.name = std::string(trim(guest.name));
  guest.office = std::string(trim(guest.office));
  auto supports = supports_of(tx, gate, r->head, gate.today());
  const auto agency = agency_of_office(city, guest.office);
  auto faults = faults_of(guest, r->head, r->session.held_on, gate.today());
  if (guest_needs_consent(guest.kind, r->head))
    for (FieldError& fault : faults_of_exceptions(guest, agency, left_out_by(supports))) faults.push_back(std::move(fault));
  if (!faults.empty()) return invalid(std::move(faults));
  const PacketState packet = store::packet_state(tx, item);
  if (packet.closed_at) return fail(ErrorCode::conflict, "この議題の資料は閉じています。開いてから招いてください。");
  if (!each_consents(tx, r->head, supports)) supports.clear();
  if (std::string why = why_no_guest(guest.kind, r->head, supports); !why.empty()) return fail(ErrorCode::conflict, std::move(why));
  const auto host = running_agency(gate, city, *r->body);
  // Who runs the body without knowing the household keeps the link with the item.
  const std::int64_t root = gate.may(*r->head.household, Act::read) ? r->head.household->value : item.value;
  const auto permit = gate.create<GuestLinkTag>(tx, {root, *host, {}, Topic::basic | Topic::meeting, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  GuestFacts facts;
  facts.id = permit->id();
  facts.item = item;
  facts.kind = guest.kind;
  facts.appointed_on = guest.appointed_on;
  facts.until = guest.until;
  // Never more than the host sees itself.
  facts.topics = guest_topics(guest.kind) & r->permit.verdict().visible;
  facts.made_on = gate.today();
  facts.agency = agency;
  if (guest.apart) facts.apart_on = gate.today();
  Handed handed = fresh(facts.id, r->head.body);
  store::insert_guest(tx, *permit, facts, secrets_of(key, handed), guest.name, guest.office);
  give_to_guests(tx, gate, actor, city, r->head, packet);
  people::on_person_asked(tx, r->permit, *r->head.household, {guest.name, agency ? std::vector{agency->value} : std::vector<std::int64_t>()}, actor);
  access::note_act(tx, {"guest.invited", gate.today(), root, {}, ref(facts.id), std::string(code_of(guest.kind)), {}, {}}, actor);
  return handed;
}

Result<Handed> hand_anew(db::WriteTx& tx, access::Gate& gate, const std::string& key, GuestLinkId id, std::int64_t version) {
  const auto link = own_link(tx, gate, id);
  if (!link) return tl::unexpected(link.error());
  if (link->revoked_on) return fail(ErrorCode::conflict, "このリンクは取り消されています。");
  const auto head = store::head(tx, link->item);
  Handed handed = fresh(id, head ? head->body : std::string());
  if (!store::set_secrets(tx, id, version, secrets_of(key, handed))) return tl::unexpected(saved_by_other());
  store::end_guest_sessions(tx, id);
  return handed;
}

Result<> revoke_guest(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, GuestLinkId id, std::int64_t version) {
  const auto link = own_link(tx, gate, id);
  if (!link) return tl::unexpected(link.error());
  if (!store::set_revoked(tx, id, version, gate.today())) return tl::unexpected(saved_by_other());
  store::end_guest_sessions(tx, id);
  // What rests on a consent is carried by the consent: so all guests of the item are given theirs anew, without this one.
  if (const auto head = store::head(tx, link->item)) give_to_guests(tx, gate, actor, city, *head, store::packet_state(tx, link->item));
  due::settle(tx, ref(id), "", actor);
  access::note_act(tx, {"guest.revoked", gate.today(), link->item.value, {}, ref(id), {}, {}, {}}, actor);
  return {};
}

Result<> type_answer(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id, std::string_view typed,
                     std::optional<std::int64_t> version) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto answer = good_answer(typed);
  if (!answer) return tl::unexpected(answer.error());
  if (!store::set_answer(tx, *permit, *answer, actor.now, actor.account, version)) return tl::unexpected(saved_by_other());
  store::set_read(tx, id, gate.today());  // who typed it has read it
  due::settle(tx, ref(id), "guest.answered", actor);
  return {};
}

Result<> read_answer(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id) {
  const auto link = own_link(tx, gate, id);
  if (!link) return tl::unexpected(link.error());
  store::set_read(tx, id, gate.today());
  due::settle(tx, ref(id), "guest.answered", actor);
  return {};
}

Result<GuestLink> guest_link(db::ReadTx& tx, access::Gate& gate, GuestLinkId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = store::guest(tx, id);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  return store::view(*permit, *facts);
}

std::vector<GuestLink> guests_of(db::ReadTx&, access::Gate& gate, AgendaItemId item) {
  return store::links(gate.scope<GuestLinkTag>(Topic::basic | Topic::meeting), item);
}

// --- the guest ---

access::Viewer guest_viewer(GuestLinkId id) {
  // No agency of the city has this id: the grounds of the link are all that this party ever reaches.
  return {AccountId(id.value), {{PostId(), AgencyId(id.value), Role::meeting_member}}};
}

std::optional<GuestFacts> open_link(db::ReadTx& tx, std::string_view token, UtcMs now) {
  auto link = store::guest_by_token(tx, hash_of(token));
  if (!link || !link->usable_on(office_day(now))) return std::nullopt;
  const access::Viewer viewer = guest_viewer(link->id);
  access::Trail unused;
  access::Gate gate(tx, viewer, now, unused);
  if (!gate.may(link->item, Act::read)) return std::nullopt;
  return link;
}

Session part_of_guest(db::ReadTx& tx, const ItemHead& head, Session session) {
  std::erase_if(session.bodies, [&](const SessionBody& b) { return b.body != head.body; });
  for (const Slice& part : store::slices(tx, session.id))
    if (part.body == head.body && !part.starts_at.empty()) session.at_time = part.starts_at;
  return session;
}

std::optional<GuestSitting> sitting_of_guest(db::ReadTx& tx, std::string_view token, UtcMs now) {
  const auto link = store::guest_by_token(tx, hash_of(token));
  if (!link || !link->usable_on(office_day(now))) return std::nullopt;
  const auto head = store::head(tx, link->item);
  if (!head) return std::nullopt;
  auto found = store::session(tx, head->session);
  if (!found) return std::nullopt;
  const bool off = head->state == ItemState::withdrawn || found->state == SessionState::cancelled;
  // A packet that closed for another reason, a consent taken back say, shuts the calendar as it shuts the door.
  if (!off && !open_link(tx, token, now)) return std::nullopt;
  if (off) found->state = SessionState::cancelled;
  int minutes = store::minutes_of(tx, found->id);
  for (const Slice& part : store::slices(tx, found->id))
    if (part.body == head->body && part.minutes > 0) minutes = part.minutes;
  return GuestSitting{link->id, part_of_guest(tx, *head, *std::move(found)), minutes, store::being_asked(tx).contains(head->session)};
}

std::string calendar_key(const std::string& city_key, GuestLinkId link) {
  return to_hex(keyed_hash(city_key, "guest-calendar:" + id_text(link))).substr(0, 32);
}

std::optional<std::string> enter(db::WriteTx& tx, const std::string& key, const GuestFacts& link, std::string_view code, UtcMs now) {
  if (!store::spend_try(tx, link.id) || !store::code_fits(tx, link.id, code_hash(key, link.id, plain_code(code)))) return std::nullopt;
  store::clear_tries(tx, link.id);
  std::string secret = random_token(32);
  store::add_guest_session(tx, hash_of(secret), {link.id, now, now});
  return secret;
}

bool is_inside(db::WriteTx& tx, GuestLinkId link, std::string_view session, UtcMs now) {
  const std::string hash = hash_of(session);
  const auto found = store::guest_session(tx, hash);
  if (!found || found->link != link || now - found->seen_at > kGuestIdle || now - found->started_at > kGuestLongest) return false;
  store::touch_guest_session(tx, hash, now);
  return true;
}

void acknowledge_as_guest(db::WriteTx& tx, const GuestFacts& link, Date on) { store::set_secrecy(tx, link.id, on); }

Result<> answer_as_guest(db::WriteTx& tx, access::Trail& trail, const GuestFacts& link, std::string_view typed, UtcMs now) {
  const auto answer = good_answer(typed);
  if (!answer) return tl::unexpected(answer.error());
  // The record of the link is the host's. What the guest says is put into it by a clerk of the host who does this one
  // thing; the guest reaches the record in no way.
  const auto host = store::host_of(tx, link.id);
  if (!host) return fail(ErrorCode::not_found, "見つかりません。");
  const access::Viewer clerk{AccountId(link.id.value), {{PostId(), *host, Role::coordinator}}};
  access::Gate gate(tx, clerk, now, trail);
  const auto permit = gate.write(link.id);
  if (!permit) return tl::unexpected(permit.error());
  if (!store::set_answer(tx, *permit, *answer, now, std::nullopt, std::nullopt)) return fail(ErrorCode::not_found, "見つかりません。");
  due::await(tx, {"guest.answered", host->value, permit->facts().root, ref(link.id), office_day(now).plus_days(kDaysToRead)}, now);
  access::note_act(tx, {"guest.answered", office_day(now), permit->facts().root, {}, ref(link.id), {}, {}, {}}, {AccountId(link.id.value), *host, now});
  return {};
}

}  // namespace kasane::meeting
