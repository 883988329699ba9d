#include "meeting/secrecy_service.hpp"

#include "meeting/item_store.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/secrecy_store.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

std::string secrecy_words(const programme::Municipality& m, std::string_view code) {
  const auto* body = m.body(code);
  std::string words;
  if (body == nullptr || body->function == programme::BodyFunction::support_conference_106_6)
    words = m.wording("secrecy_notice", "会議で知った秘密を、正当な理由なく漏らしてはなりません。");
  if (body == nullptr || body->secrecy.empty() || body->secrecy == words) return words.empty() ? std::string("会議で知ったことを、会議の外で話したり渡したりしてはいけません。") : words;
  return words.empty() ? body->secrecy : words + "\n" + body->secrecy;
}

Result<Secrecy> secrecy_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  if (const auto permit = gate.read(id); !permit) return tl::unexpected(permit.error());
  const auto head = store::head(tx, store::item_of_summary(tx, id).value_or(id));
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  Secrecy s{id, head->body, false, false, store::acknowledged_on(tx, gate.viewer().account, head->body, FiscalYear::of(gate.today()))};
  const auto* body = city.m.body(head->body);
  const bool runs = body != nullptr && running_agency(gate, city, *body).has_value();
  s.asked = head->household && !runs && !s.on;
  s.asked_beside = head->household && runs && !s.on;
  return s;
}

Result<> acknowledge(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id) {
  const auto s = secrecy_of(tx, gate, city, id);
  if (!s) return tl::unexpected(s.error());
  store::acknowledge(tx, actor.account, s->body, FiscalYear::of(gate.today()), gate.today(), secrecy_words(city.m, s->body));
  return {};
}

}  // namespace kasane::meeting
