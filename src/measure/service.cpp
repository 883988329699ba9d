#include "measure/service.hpp"

#include <algorithm>
#include <tuple>

#include "casework/naming.hpp"
#include "measure/rules.hpp"
#include "measure/store.hpp"

namespace kasane::measure {

namespace {

Result<> may_count(const access::Gate& gate) {
  if (gate.role_may(SubjectKind::statistic, access::Act::read)) return {};
  return fail(ErrorCode::not_permitted, "集計は、推進員、市の担当、所属長が見ます。");
}

/// Records of one kind, through the door.
std::vector<Line> lines_of(db::ReadTx& tx, access::Gate& gate, SubjectKind kind, const MeasureDef& def, const Period& period,
                           const std::optional<LineCursor>& from, int limit) {
  switch (kind) {
    case SubjectKind::intake: return store::lines(gate.scope<IntakeTag>(), def, period, from, limit);
    case SubjectKind::notice: return store::lines(gate.scope<NoticeTag>(), def, period, from, limit);
    case SubjectKind::referral: return store::lines(gate.scope<ReferralTag>(), def, period, from, limit);
    case SubjectKind::support_case: return store::lines(gate.scope<CaseTag>(), def, period, from, limit);
    case SubjectKind::consent: return store::lines(gate.scope<ConsentTag>(), def, period, from, limit);
    case SubjectKind::support_record: return store::lines(gate.scope<SupportRecordTag>(), def, period, from, limit);
    case SubjectKind::plan: return store::lines(gate.scope<PlanTag>(), def, period, from, limit);
    case SubjectKind::evaluation: return store::lines(gate.scope<EvaluationTag>(), def, period, from, limit);
    case SubjectKind::advice: return store::lines(gate.scope<AdviceTag>(), def, period, from, limit);
    case SubjectKind::ground_request: return store::lines(gate.scope<GroundRequestTag>(), def, period, from, limit);
    case SubjectKind::meeting_session:
      return gate.role_may(kind, access::Act::list) ? store::session_lines(tx, def, period, from, limit) : std::vector<Line>();
    case SubjectKind::agenda_item: return store::lines(gate.scope<AgendaItemTag>(), def, period, from, limit);
    case SubjectKind::household:
    case SubjectKind::person:
    case SubjectKind::involvement:
    case SubjectKind::issue:
    case SubjectKind::assessment:
    case SubjectKind::decision:
    case SubjectKind::task:
    case SubjectKind::closure:
    case SubjectKind::membership:
    case SubjectKind::account:
    case SubjectKind::agency:
    case SubjectKind::post:
    case SubjectKind::settings:
    case SubjectKind::audit:
    case SubjectKind::statistic:
    case SubjectKind::protective_measure:
    case SubjectKind::own_view:
    case SubjectKind::cooperation_request:
    case SubjectKind::provision:
    case SubjectKind::disclosure:
    case SubjectKind::disposal:
    case SubjectKind::legal_hold:
    case SubjectKind::emergency_access:
    case SubjectKind::guest_link:
    case SubjectKind::conflict:
    case SubjectKind::meeting_note: return {};
  }
  return {};
}

/// Each kind of record once.
std::vector<SubjectKind> kinds_of(const MeasureDef& def) {
  std::vector<SubjectKind> kinds;
  for (const Event& e : def.events)
    if (std::ranges::find(kinds, e.subject) == kinds.end()) kinds.push_back(e.subject);
  return kinds;
}

/// Sittings and gatherings are no secret: their day and kind stand in lists that all may read.
bool is_of_sittings(const MeasureDef& def) {
  return std::ranges::all_of(def.events, [](const Event& e) { return e.subject == SubjectKind::meeting_session || e.kind == "gathering.held"; });
}

}  // namespace

Told told_to(const access::Viewer& viewer) {
  constexpr Roles kReporting{Role::city_officer, Role::head};
  return viewer.roles().meets(kReporting) ? Told::exact : Told::small_protected;
}

Result<std::vector<Figure>> figures(db::ReadTx& tx, access::Gate& gate, const std::vector<MeasureDef>& defs, const Period& asked, std::int64_t small) {
  if (auto may = may_count(gate); !may) return tl::unexpected(may.error());
  const Told told = told_to(gate.viewer());
  const Period period = allowed_period(asked, told);
  const auto flows = store::flows(tx, defs, period);
  const auto stocks = store::stocks(tx, defs, period.to);
  std::vector<Figure> all;
  all.reserve(defs.size());
  for (std::size_t i = 0; i < defs.size(); ++i) {
    const std::int64_t value = flows[i] + stocks[i];
    const Told how = is_of_sittings(defs[i]) ? Told::exact : told;
    all.push_back({&defs[i], how == Told::exact ? value : 0, told_text(value, defs[i].unit, how, small)});
  }
  return all;
}

Result<Behind> behind(db::ReadTx& tx, access::Gate& gate, const MeasureDef& def, const Period& asked, const std::optional<LineCursor>& from,
                      std::int64_t small) {
  const Told told = told_to(gate.viewer());
  const Period period = allowed_period(asked, told);
  auto figure = figures(tx, gate, {def}, period, small);
  if (!figure) return tl::unexpected(figure.error());
  Behind b;
  b.value = figure->front().value;
  b.told = figure->front().told;
  // A guarded window with few households would be told by a number; its own people see it.
  casework::Naming naming(tx, gate);
  b.agencies = store::by_agency(tx, def, period);
  std::erase_if(b.agencies, [&](const AgencyFigure& f) {
    return !gate.viewer().in_agency(f.agency) && ((told == Told::small_protected && !is_of_sittings(def)) || naming.is_sensitive(f.agency));
  });
  if (def.counting == Counting::open_cases) {
    b.lines = store::open_lines(gate.scope<CaseTag>(), def, period, from, kLinesPerPage + 1);
  } else {
    for (const SubjectKind kind : kinds_of(def)) {
      const auto some = lines_of(tx, gate, kind, def, period, from, kLinesPerPage + 1);
      b.lines.insert(b.lines.end(), some.begin(), some.end());
    }
  }
  std::erase_if(b.lines, [&](const Line& line) { return !naming.may_name(HouseholdId(line.root), line.agency); });
  std::ranges::sort(b.lines, [](const Line& a, const Line& c) { return std::tie(c.held_on, c.act) < std::tie(a.held_on, a.act); });
  if (b.lines.size() > kLinesPerPage) {
    b.lines.resize(kLinesPerPage);
    b.next = LineCursor{b.lines.back().held_on, b.lines.back().act};
  }
  return b;
}

}  // namespace kasane::measure
