#include "casework/abuse_service.hpp"

#include <algorithm>

#include "casework/abuse_store.hpp"
#include "due/service.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"

namespace kasane::casework {

namespace {

constexpr int kMost = 50;
constexpr int kHouseholdDays = 365;  // by then the work of the agency with the duty rests on a ground of its own

bool may_report_from(const access::Viewer& viewer, AgencyId agency) {
  const Roles allowed = access::roles_for(SubjectKind::notice, access::Act::create);
  return std::any_of(viewer.posts.begin(), viewer.posts.end(), [&](const access::Post& p) { return p.agency == agency && allowed.has(p.role); });
}

std::vector<FieldError> faults_of(const InCity& city, const NewAbuseReport& in, Date today) {
  std::vector<FieldError> faults;
  const programme::Agency* to = city.m.agency(city.dir.code(in.reported_to));
  if (to == nullptr || to->status != programme::AgencyStatus::active || to->kind == programme::AgencyKind::commissioners)
    faults.push_back({"reported_to", "通告・通報を受ける機関を選んでください。"});
  if (in.text.empty()) faults.push_back({"text", "見聞きしたことを書いてください。"});
  if (today < in.reported_on) faults.push_back({"reported_on", "通告・通報の日が先の日付になっています。"});
  return faults;
}

/// The record from which it was started must be known to the viewer; nothing of it is shown to the receiver.
Result<> check_from(access::Gate& gate, const SubjectRef& from) {
  const auto known = [](const auto& permit) -> Result<> { return permit ? Result<>() : Result<>(tl::unexpected(permit.error())); };
  if (from.kind == SubjectKind::notice) return known(gate.read(NoticeId(from.id)));
  if (from.kind == SubjectKind::intake) return known(gate.read(IntakeId(from.id)));
  if (from.kind == SubjectKind::household) return known(gate.read(HouseholdId(from.id)));
  return fail(ErrorCode::not_found, "見つかりません。");
}

access::Ground duty_ground(const InCity& city, const NewAbuseReport& in, NoticeId id, std::int64_t root, access::Topics topics, Date today, Date until) {
  access::Ground ground;
  ground.kind = access::GroundKind::legal_duty;
  ground.root = root;
  ground.topics = topics;
  ground.named = {in.reported_to.value};
  ground.from = today;
  ground.until = until;
  ground.basis = programme::duty_basis_text(city.m, code_of(in.kind), today);
  ground.source = id.value;
  return ground;
}

void add_once(std::vector<AgencyId>& to, const InCity& city, const programme::Agency& a) {
  if (a.status != programme::AgencyStatus::active || a.satellite) return;
  const auto id = city.dir.find(a.code);
  if (id && std::find(to.begin(), to.end(), *id) == to.end()) to.push_back(*id);
}

programme::AgencyKind field_of(AbuseKind kind) {
  switch (kind) {
    case AbuseKind::child: return programme::AgencyKind::child;
    case AbuseKind::elder: return programme::AgencyKind::cgsc;
    case AbuseKind::disabled: return programme::AgencyKind::disability;
    case AbuseKind::partner:
    case AbuseKind::other: return programme::AgencyKind::city_section;
  }
  return programme::AgencyKind::city_section;
}

}  // namespace

std::string_view code_of(AbuseKind kind) {
  switch (kind) {
    case AbuseKind::child: return "child";
    case AbuseKind::elder: return "elder";
    case AbuseKind::disabled: return "disabled";
    case AbuseKind::partner: return "partner";
    case AbuseKind::other: return "other";
  }
  return {};
}

template <>
std::optional<AbuseKind> parse_code(std::string_view code) {
  for (AbuseKind k : kAbuseKinds)
    if (code_of(k) == code) return k;
  return std::nullopt;
}

std::string_view label_of(AbuseKind kind) {
  switch (kind) {
    case AbuseKind::child: return "児童虐待（児童虐待防止法）";
    case AbuseKind::elder: return "高齢者虐待（高齢者虐待防止法）";
    case AbuseKind::disabled: return "障害者虐待（障害者虐待防止法）";
    case AbuseKind::partner: return "配偶者等からの暴力（配偶者暴力防止法）";
    case AbuseKind::other: return "そのほか・まだ分からない";
  }
  return {};
}

Result<NoticeId> report_abuse(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewAbuseReport& in) {
  if (!may_report_from(gate.viewer(), in.agency)) return fail(ErrorCode::not_permitted, "この機関から通告・通報を記録する役割がありません。");
  if (in.from)
    if (auto known = check_from(gate, *in.from); !known) return tl::unexpected(known.error());
  if (in.household)
    if (auto known = gate.read(*in.household); !known) return tl::unexpected(known.error());
  if (in.person && (!in.household || !people::is_member(tx, *in.household, *in.person)))
    return invalid("person", "守られる人は、この世帯の人から選んでください。");
  if (auto faults = faults_of(city, in, gate.today()); !faults.empty()) return invalid(std::move(faults));

  auto permit = gate.create<NoticeTag>(tx, {.root = in.household ? in.household->value : 0, .holder = in.agency, .person = in.person,
                                            .topics = access::Topic::basic | access::Topic::abuse, .sharing = access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  abuse_store::add(tx, *permit, in);
  const NoticeId id = permit->id();
  const std::int64_t root = permit->facts().root;
  if (in.reported_to != in.agency) {
    // The addressee of a 通告 is told who reported and keeps it secret; the rest of the household's file does not say.
    access::add_ground(tx, duty_ground(city, in, id, id.value, access::kAllTopics, gate.today(), *Date::from_iso(access::kForever)), actor);
    // Only who bears the duty sees the household, for as long as it looks into the report; anybody else the report alone.
    const auto with_duty = suggested_duty_agencies(city, in.kind, {});
    if (in.household && std::find(with_duty.begin(), with_duty.end(), in.reported_to) != with_duty.end())
      access::add_ground(tx, duty_ground(city, in, id, in.household->value, access::kAllTopics.without(access::Topic::reporter | access::Topic::tax),
                                         gate.today(), gate.today().plus_days(kHouseholdDays)), actor);
  }
  due::await(tx, {.kind = "notice.look", .party = in.reported_to.value, .root = root, .subject = {SubjectKind::notice, id.value}, .due_on = gate.today()},
             actor.now);
  access::note_act(tx, {.kind = "abuse.reported", .held_on = in.reported_on, .root = root, .person = in.person, .subject = {SubjectKind::notice, id.value},
                        .code = std::string(code_of(in.kind)), .service = {}, .undoes = {}}, actor);
  return id;
}

Result<AbuseReport> abuse_report(db::ReadTx&, access::Gate& gate, NoticeId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = abuse_store::read(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return *std::move(found);
}

Result<> note_abuse_received(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NoticeId id) {
  auto report = abuse_report(tx, gate, id);
  if (!report) return tl::unexpected(report.error());
  if (!gate.viewer().in_agency(report->reported_to)) return fail(ErrorCode::not_permitted, "この操作は、通告・通報を受けた機関の方が行えます。");
  due::settle(tx, {SubjectKind::notice, id.value}, "notice.look", actor);
  return {};
}

bool abuse_report_waits(db::ReadTx& tx, NoticeId id) { return abuse_store::waits(tx, id); }

std::vector<AbuseLine> abuse_reports(db::ReadTx&, access::Gate& gate) { return abuse_store::list(gate, kMost); }

std::vector<AbuseLine> abuse_reports_about(db::ReadTx&, access::Gate& gate, HouseholdId household) { return abuse_store::about(gate, household, kMost); }

std::vector<AgencyId> suggested_duty_agencies(const InCity& city, AbuseKind kind, std::string_view area) {
  std::vector<AgencyId> all;
  if (kind != AbuseKind::disabled)
    for (const programme::Agency& a : city.m.agencies)
      if (a.sensitive) add_once(all, city, a);
  if (!area.empty())
    for (const programme::Agency* a : city.m.agencies_for(area, programme::TargetGroup::all))
      if (a->kind == field_of(kind) && a->kind != programme::AgencyKind::city_section) add_once(all, city, *a);
  if (field_of(kind) != programme::AgencyKind::city_section)
    for (const programme::Agency* a : city.m.agencies_of(field_of(kind))) add_once(all, city, *a);
  for (const std::string& code : city.m.owner_sections)
    if (const programme::Agency* a = city.m.agency(code)) add_once(all, city, *a);
  return all;
}

}  // namespace kasane::casework
