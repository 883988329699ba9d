// Taking a referral back before it was answered: sent to the wrong place, or the person has thought better of it.
#include "access/facts.hpp"
#include "casework/referral_steps.hpp"
#include "casework/referral_store.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"

namespace kasane::casework {

namespace {

Result<> may_take_back(const access::Gate& gate, const Referral& r) {
  if (!agency_among(gate.viewer(), {r.from})) return fail(ErrorCode::not_permitted, "取り下げられるのは、つないだ機関です。");
  if (r.outcome) return fail(ErrorCode::conflict, "もう返事が届いているので、取り下げられません。");
  if (r.withdrawn_on) return fail(ErrorCode::conflict, kTakenBack);
  if (!r.sent_on) return fail(ErrorCode::conflict, "このつなぎは、まだ送られていません。");
  if (r.passing == Passing::duty) return fail(ErrorCode::conflict, "法の義務・生命の危険によるつなぎは取り下げられません。事情が変わったときは、受け手に直接伝えてください。");
  return {};
}

/// A request that the 支援会議 has on its agenda is the meeting's by now; one that waits goes with the referral.
Result<> take_back_request(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GroundRequestId id) {
  const auto request = consent::ground_request(tx, gate, id);
  if (!request) return {};
  if (request->state == consent::RequestState::on_agenda)
    return fail(ErrorCode::conflict, "支援会議の議題になっているので、取り下げられません。会議の事務局に伝えてください。");
  if (request->state != consent::RequestState::waiting) return {};
  return consent::mark_request(tx, gate, actor, id, consent::RequestState::withdrawn, gate.today());
}

}  // namespace

Result<> withdraw_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ReferralId id, std::int64_t version) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto r = referral_store::read(*permit);
  if (!r) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto may = may_take_back(gate, *r); !may) return may;
  if (r->request)
    if (auto gone = take_back_request(tx, gate, actor, *r->request); !gone) return gone;
  if (!referral_store::set_withdrawn(tx, *permit, version, gate.today(), actor.account)) return tl::unexpected(referral_stale());
  const SubjectRef self{SubjectKind::referral, id.value};
  access::revoke_grounds(tx, id.value, gate.today());
  due::settle(tx, self, "", actor);
  const auto sent = referral_store::sent_act(tx, id);
  access::note_act(tx, {.kind = "referral.withdrawn", .held_on = gate.today(), .root = sent ? sent->root : root_of(*r), .person = r->person, .subject = self,
                        .code = std::string(code_of(r->kind)), .service = {}, .undoes = sent ? std::optional(sent->id) : std::nullopt}, actor);
  return {};
}

}  // namespace kasane::casework
