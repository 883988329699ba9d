#include "casework/notice_service.hpp"

#include "casework/notice_rules.hpp"
#include "casework/notice_store.hpp"
#include "due/service.hpp"

namespace kasane::casework {

namespace {

constexpr int kPerPage = 50;

Error stale() { return {ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }

bool may_own(const InCity& city, AgencyId agency) {
  const programme::Agency* a = city.m.agency(city.dir.code(agency));
  return a != nullptr && may_own_notice(*a);
}

NoticeState state_after(LookResult result) {
  switch (result) {
    case LookResult::support: return NoticeState::looked;
    case LookResult::watch:
    case LookResult::handed_over: return NoticeState::open;
    case LookResult::no_need: return NoticeState::ended;
  }
  return NoticeState::open;
}

/// The notice behind a permit to write; not_found for other records of the kind, and for reports of abuse.
Result<Notice> to_change(const access::Permit<NoticeTag>& permit) {
  auto found = notice_store::read(permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return *std::move(found);
}

/// Days and ids of where the next page begins, as in the address of the list.
std::string key_text(Date day, std::int64_t id) { return day.iso() + "." + id_text(id); }

std::optional<notice_store::ListKey> key_of(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto day = Date::from_iso(text.substr(0, dot));
  const auto id = parse_id_text(text.substr(dot + 1));
  if (!day || !id) return std::nullopt;
  return notice_store::ListKey{*day, *id};
}

}  // namespace

Result<NoticeId> receive_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewNotice& in) {
  auto faults = faults_of(in, gate.today());
  if (in.owner && !may_own(city, in.owner)) faults.push_back({"owner", "確認する機関を一覧から選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));

  const access::Topics topics = in.abuse_named ? access::Topic::basic | access::Topic::abuse : access::Topics(access::Topic::basic);
  auto permit = gate.create<NoticeTag>(tx, {.root = 0, .holder = in.owner, .person = std::nullopt, .topics = topics, .sharing = access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const Date by = in.look_by.value_or(look_by(city.m.rules.days, gate.today(), in.abuse_named));
  notice_store::add(tx, *permit, in, by);
  notice_store::add_receipt(tx, actor.account, actor.now);
  const std::int64_t id = permit->id().value;
  due::await(tx, {.kind = "notice.look", .party = in.owner.value, .root = id, .subject = {SubjectKind::notice, id}, .due_on = by}, actor.now);
  access::note_act(tx, {.kind = "notice.received", .held_on = in.received_on, .root = id, .person = {}, .subject = {SubjectKind::notice, id},
                        .code = in.source, .service = {}, .undoes = {}}, actor);
  return permit->id();
}

Result<Notice> notice(db::ReadTx&, access::Gate& gate, NoticeId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  return to_change(*permit);
}

Result<> look_at_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, NoticeId id, std::int64_t version,
                        const Look& in) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto before = to_change(*permit);
  if (!before) return tl::unexpected(before.error());
  if (before->version != version) return tl::unexpected(stale());
  if (!may_look(before->state)) return fail(ErrorCode::conflict, "この気づきは、もう世帯に結びつけたか、終わっています。");
  auto faults = faults_of(in, before->received_on, before->owner, gate.today());
  if (in.result == LookResult::handed_over && in.new_owner && !may_own(city, *in.new_owner))
    faults.push_back({"new_owner", "確認を頼む機関を一覧から選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));

  const AgencyId owner = in.result == LookResult::handed_over ? *in.new_owner : before->owner;
  Date by = before->look_by;
  if (in.result == LookResult::watch) by = *in.look_again;
  if (in.result == LookResult::handed_over) by = look_by(city.m.rules.days, gate.today(), before->abuse_named);
  if (!notice_store::set_looked(tx, *permit, version, in, state_after(in.result), owner, by)) return tl::unexpected(stale());

  const SubjectRef subject{SubjectKind::notice, id.value};
  const std::int64_t root = permit->facts().root;
  if (in.result == LookResult::watch) {
    due::await(tx, {.kind = "notice.look", .party = owner.value, .root = root, .subject = subject, .due_on = by}, actor.now);
  } else {
    due::settle(tx, subject, "notice.look", actor);
  }
  if (in.result == LookResult::handed_over) {
    access::set_holder(tx, subject, owner);
    due::await(tx, {.kind = "notice.look", .party = owner.value, .root = root, .subject = subject, .due_on = by}, actor.now);
  }
  access::note_act(tx, {.kind = "notice.looked", .held_on = in.on, .root = root, .person = {}, .subject = subject,
                        .code = std::string(code_of(in.result)), .service = {}, .undoes = {}}, actor);
  return {};
}

Result<> link_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NoticeId id, std::int64_t version, HouseholdId household) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (auto known = gate.read(household); !known) return tl::unexpected(known.error());
  auto before = to_change(*permit);
  if (!before) return tl::unexpected(before.error());
  if (before->version != version) return tl::unexpected(stale());
  if (!may_link(before->state)) return fail(ErrorCode::conflict, "この気づきは、もう世帯に結びつけたか、終わっています。");
  if (!notice_store::set_linked(tx, *permit, version, household)) return tl::unexpected(stale());

  const SubjectRef subject{SubjectKind::notice, id.value};
  access::move_to_root(tx, subject, household.value);
  due::settle(tx, subject, "notice.look", actor);
  due::move_to_root(tx, subject, household.value);
  access::note_act(tx, {.kind = "notice.linked", .held_on = gate.today(), .root = household.value, .person = {}, .subject = subject,
                        .code = before->from_community ? "community" : "", .service = {}, .undoes = {}}, actor);
  return {};
}

NoticePage notices(db::ReadTx&, access::Gate& gate, bool done, std::string_view from) {
  NoticePage page;
  const auto after = key_of(from);
  page.lines = done ? notice_store::done(gate, after, kPerPage + 1) : notice_store::open(gate, after, kPerPage + 1);
  if (page.lines.size() > kPerPage) {
    page.lines.resize(kPerPage);
    const NoticeLine& last = page.lines.back();
    page.next = key_text(done ? last.received_on : last.look_by, last.id.value);
  }
  return page;
}

std::vector<Receipt> receipts(db::ReadTx& tx, AccountId account) { return notice_store::receipts(tx, account, kPerPage); }

}  // namespace kasane::casework
