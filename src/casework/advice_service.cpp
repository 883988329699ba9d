#include "casework/advice_service.hpp"

#include <algorithm>

#include "casework/advice_store.hpp"
#include "casework/referral_rules.hpp"
#include "due/service.hpp"

namespace kasane::casework {

namespace {

constexpr int kPerPage = 50;

bool may_ask_from(const access::Viewer& viewer, AgencyId agency) {
  const Roles allowed = access::roles_for(SubjectKind::advice, access::Act::create);
  return std::any_of(viewer.posts.begin(), viewer.posts.end(), [&](const access::Post& p) { return p.agency == agency && allowed.has(p.role); });
}

/// A question or answer about a way of working names nobody.
void check_text(const char* field, const std::string& text, const char* missing, std::vector<FieldError>& faults) {
  if (text.empty()) faults.push_back({field, missing});
  else if (const auto found = identifier_in(text, {}))
    faults.push_back({field, *found + "が入っています。だれのことか分からない書き方にしてください。名前を出して相談するときは、つなぎを使います。"});
}

access::Ground asker_ground(const NewAdvice& in, AdviceId id, Date today) {
  access::Ground ground;
  ground.kind = access::GroundKind::own_report;
  ground.root = id.value;
  ground.topics = access::Topic::basic;
  ground.named = {in.from.value};
  ground.from = today;
  ground.until = *Date::from_iso(access::kForever);
  ground.basis = "相談した機関";
  ground.source = id.value;
  return ground;
}

}  // namespace

Result<AdviceId> ask_advice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewAdvice& in) {
  if (!may_ask_from(gate.viewer(), in.from)) return fail(ErrorCode::not_permitted, "この機関から相談する役割がありません。");
  std::vector<FieldError> faults;
  const programme::Agency* to = city.m.agency(city.dir.code(in.to));
  if (to == nullptr || to->status != programme::AgencyStatus::active || to->kind == programme::AgencyKind::commissioners)
    faults.push_back({"to", "相談する機関を選んでください。"});
  else if (in.to == in.from) faults.push_back({"to", "ご自身の機関です。別の機関を選んでください。"});
  check_text("question", in.question, "聞きたいことを書いてください。", faults);
  if (!faults.empty()) return invalid(std::move(faults));

  auto permit = gate.create<AdviceTag>(tx, {.root = 0, .holder = in.to, .person = {}, .topics = access::Topic::basic, .sharing = access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  advice_store::add(tx, *permit, in, gate.today());
  const std::int64_t id = permit->id().value;
  const SubjectRef self{SubjectKind::advice, id};
  access::add_ground(tx, asker_ground(in, permit->id(), gate.today()), actor);
  due::await(tx, {.kind = "advice.reply", .party = in.to.value, .root = id, .subject = self,
                  .due_on = gate.today().plus_days(city.m.rules.days.referral_reply)}, actor.now);
  access::note_act(tx, {.kind = "advice.asked", .held_on = gate.today(), .root = id, .person = {}, .subject = self, .code = {}, .service = {},
                        .undoes = {}}, actor);
  return permit->id();
}

Result<> answer_advice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, AdviceId id, std::int64_t version,
                       const std::string& answer) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto before = advice_store::read(*permit);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  if (before->answered_on) return fail(ErrorCode::conflict, "この相談には、もう返事をしています。");
  std::vector<FieldError> faults;
  check_text("answer", answer, "返事を書いてください。", faults);
  if (!faults.empty()) return invalid(std::move(faults));
  if (!advice_store::set_answer(tx, *permit, version, answer, gate.today())) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  const SubjectRef self{SubjectKind::advice, id.value};
  due::settle(tx, self, "advice.reply", actor);
  due::await(tx, {.kind = "advice.answered", .party = before->asked_by.value, .root = id.value, .subject = self,
                  .due_on = gate.today().plus_days(city.m.rules.days.notice_look_by)}, actor.now);
  access::note_act(tx, {.kind = "advice.answered", .held_on = gate.today(), .root = id.value, .person = {}, .subject = self, .code = {}, .service = {},
                        .undoes = {}}, actor);
  return {};
}

Result<> note_advice_read(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AdviceId id) {
  auto known = advice(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  if (!gate.viewer().in_agency(known->asked_by)) return fail(ErrorCode::not_permitted, "この操作は、相談した機関の方が行えます。");
  due::settle(tx, {SubjectKind::advice, id.value}, "advice.answered", actor);
  return {};
}

Result<Advice> advice(db::ReadTx&, access::Gate& gate, AdviceId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = advice_store::read(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return *std::move(found);
}

bool answer_is_unread(db::ReadTx& tx, AdviceId id) {
  const auto open = due::open_about(tx, id.value);
  return std::any_of(open.begin(), open.end(), [](const due::DueLine& d) { return d.kind == "advice.answered"; });
}

AdvicePage advices(db::ReadTx&, access::Gate& gate, bool answered, std::string_view from) {
  AdvicePage page;
  page.lines = advice_store::list(gate, answered, parse_id_text(from).value_or(0), kPerPage + 1);
  if (page.lines.size() > kPerPage) {
    page.lines.resize(kPerPage);
    page.next = id_text(page.lines.back().id);
  }
  return page;
}

}  // namespace kasane::casework
