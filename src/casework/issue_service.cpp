#include "casework/issue_service.hpp"

#include "casework/issue_rules.hpp"
#include "casework/issue_store.hpp"
#include "people/service.hpp"

namespace kasane::casework {

std::vector<Issue> issues_of(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return store::issues(gate.scope<IssueTag>(access::Topic::basic), household);
}

Result<Issue> issue(db::ReadTx&, access::Gate& gate, IssueId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::issue(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

Result<IssueId> add_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewIssue& in) {
  const auto household = gate.read(in.household);
  if (!household) return tl::unexpected(household.error());
  std::vector<FieldError> found;
  if (in.code.empty()) found.push_back({"code", "課題を選んでください。"});
  if (in.since_on > gate.today()) found.push_back({"since_on", "いつからには、今日までの日を入れてください。"});
  if (in.person && !people::is_member(tx, in.household, *in.person)) found.push_back({"person", "この世帯の人から選んでください。"});
  if (!found.empty()) return invalid(std::move(found));
  for (const Issue& i : issues_of(tx, gate, in.household))
    if (i.code == in.code && i.person == in.person && !i.ended_on)
      return fail(ErrorCode::conflict, "同じ課題が、もう書かれています。そちらを直してください。");
  const AgencyId holder = gate.acting_agency(SubjectKind::issue, access::Act::create, in.household.value).value_or(actor.agency);
  const access::Topics topics = access::Topics(access::Topic::basic) | topics_of_issue(in.code);
  const auto permit = gate.create<IssueTag>(tx, {in.household.value, holder, in.person, topics, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  store::add_issue(*permit, tx, in);
  return permit->id();
}

Result<> change_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor&, IssueId id, std::int64_t version, const IssueChange& in) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto now = store::issue(*permit);
  if (!now) return fail(ErrorCode::not_found, "見つかりません。");
  if (in.ended_on && *in.ended_on < now->since_on) return invalid("ended_on", "なくなった日は、いつからより後の日を入れてください。");
  if (in.ended_on && *in.ended_on > gate.today()) return invalid("ended_on", "なくなった日は、今日までの日を入れてください。");
  if (!store::set_issue(*permit, tx, in, version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  return {};
}

}  // namespace kasane::casework
