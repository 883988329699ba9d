#include "meeting/item_steps.hpp"

#include "meeting/session_service.hpp"

namespace kasane::meeting {

Error saved_by_other() { return Error{ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }
Error not_for_you() { return Error{ErrorCode::not_permitted, "議題は、会議を開く機関の担当の役割の方が扱います。", {}}; }

Result<Running> running(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto head = store::head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  const programme::Body* body = city.m.body(head->body);
  if (body == nullptr || !running_agency(gate, city, *body)) return tl::unexpected(not_for_you());
  auto session = meeting::session(tx, gate, head->session);
  if (!session) return tl::unexpected(session.error());
  if (head->state != ItemState::waiting || session->confirmed_on) return fail(ErrorCode::conflict, "この議題は、もう扱われています。");
  return Running{*permit, std::move(*head), body, std::move(*session)};
}

}  // namespace kasane::meeting
