#include "meeting/went_out.hpp"

#include <algorithm>

#include "meeting/guest_service.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/item_store.hpp"
#include "meeting/packet_paper_store.hpp"
#include "meeting/session_store.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

namespace {

/// Nothing where nobody is known under this id any more.
std::optional<Receiver> receiver(db::ReadTx& tx, access::Gate& gate, const Settings& city, std::int64_t party) {
  Receiver r;
  r.party = party;
  r.name = city.dir.name(AgencyId(party));
  if (!r.name.empty()) return r;
  r.kind = ReceiverKind::person;
  if (auto name = store::account_name(tx, AccountId(party))) {
    r.name = std::move(*name);
    return r;
  }
  r.kind = ReceiverKind::guest;
  if (!store::guest(tx, GuestLinkId(party))) return std::nullopt;
  if (auto link = guest_link(tx, gate, GuestLinkId(party))) {
    r.guest_name = std::move(link->name);
    r.guest_office = std::move(link->office);
  }
  return r;
}

PaperThatWentOut paper(db::ReadTx& tx, access::Gate& gate, AgendaItemId item, std::int64_t party) {
  PaperThatWentOut p{item, {}, {}, {}};
  if (!gate.may(item, access::Act::read)) return p;
  if (const auto head = store::head(tx, item)) {
    p.body = head->body;
    if (const auto session = store::session(tx, head->session)) p.held_on = session->held_on;
  }
  for (const PacketPaper& on_paper : store::papers(tx, item, party)) p.on_paper.push_back(on_paper.reader);
  return p;
}

Receiver* find(std::vector<Receiver>& all, std::int64_t party) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Receiver& r) { return r.party == party; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view label_of(ReceiverKind kind) {
  switch (kind) {
    case ReceiverKind::agency: return "機関";
    case ReceiverKind::person: return "個人で呼ばれた人";
    case ReceiverKind::guest: return "外から招かれた人";
  }
  return {};
}

WentOut went_out(db::ReadTx& tx, access::Gate& gate, const Settings& city, const consent::ConsentView& consent, const std::vector<AgencyId>& unnamed) {
  WentOut out;
  const auto add = [&](std::int64_t party) -> Receiver* {
    if (std::find(unnamed.begin(), unnamed.end(), AgencyId(party)) != unnamed.end()) return nullptr;
    if (Receiver* known = find(out.receivers, party)) return known;
    auto fresh = receiver(tx, gate, city, party);
    return fresh ? &out.receivers.emplace_back(std::move(*fresh)) : nullptr;
  };
  for (const AgencyId party : consent.line.went_out) add(party.value);
  for (const consent::PaperOut& p : consent.line.papers_out)
    if (Receiver* r = add(p.agency.value)) r->papers.push_back(paper(tx, gate, AgendaItemId(p.item), p.agency.value));
  std::stable_sort(out.receivers.begin(), out.receivers.end(), [](const Receiver& a, const Receiver& b) { return a.kind < b.kind; });
  if (const auto household = gate.read(consent.household)) out.readers_known = access::may_know_readers(gate, consent.household.value, household->verdict());
  return out;
}

void mark_opened(db::ReadTx& tx, std::vector<Receiver>& receivers, const std::vector<access::SeenLine>& looks) {
  for (const access::SeenLine& look : looks) {
    if (look.opened + look.printed == 0) continue;
    std::vector<std::int64_t> parties{look.account};
    for (const auto& post : programme::posts_on(tx, AccountId(look.account), look.day)) parties.push_back(post.agency.value);
    for (const std::int64_t party : parties)
      if (Receiver* r = find(receivers, party)) r->opened_on = std::max(r->opened_on.value_or(look.day), look.day);
  }
}

}  // namespace kasane::meeting
