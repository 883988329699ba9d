#include "casework/case_service.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "casework/case_due.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_store.hpp"
#include "casework/naming.hpp"
#include "casework/team_joining.hpp"
#include "consent/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

Error closed_case() { return Error{ErrorCode::conflict, "このケースは終結しています。先に再開してください。", {}}; }
Error saved_by_other() { return Error{ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }

AgencyId holder_of_new(const access::Gate& gate, const access::Actor& actor, AgencyId coordinating) {
  if (coordinating && gate.viewer().in_agency(coordinating)) return coordinating;
  return gate.acting_agency(SubjectKind::support_case, access::Act::create).value_or(actor.agency);
}

std::vector<FieldError> faults(db::ReadTx& tx, const NewCase& in, Date today) {
  auto found = faults_of_case(in.subjects, in.cadence_days, in.owner.has_value(), in.owner_by, today);
  for (PersonId person : in.subjects)
    if (!people::is_member(tx, in.household, person)) {
      found.push_back({"subjects", "本人は、この世帯の人から選んでください。"});
      break;
    }
  return found;
}

store::CaseRow row_of_new(db::WriteTx& tx, const NewCase& in, CaseId id, Date today) {
  const FiscalYear year = FiscalYear::of(today);
  store::CaseRow row;
  row.id = id;
  row.household = in.household;
  row.number = case_number(in.number_prefix, year, store::next_case_serial(tx, year));
  row.state = in.before_consent ? CaseState::before_consent : CaseState::preparing;
  row.category = in.category;
  row.owner = in.owner;
  row.owner_by = in.owner ? std::nullopt : in.owner_by;
  row.opened_on = today;
  row.approach = in.approach;
  row.cadence_days = in.cadence_days;
  row.contact_by = contact_due({}, today, in.cadence_days);
  return row;
}

Result<> put_first_team(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewCase& in) {
  const auto put = [&](AgencyId agency, InvolvementRole role) -> Result<> {
    const bool guarded = std::find(in.guarded.begin(), in.guarded.end(), agency) != in.guarded.end() || works_guarded(tx, in.household, agency);
    NewInvolvement member{in.household, agency, {}, role, {}, {}, gate.today(), {}, guarded};
    if (agency == actor.agency) member.account = actor.account;
    const auto team = store::current_team(tx, in.household);
    // An agency that supported the household by itself before keeps its row.
    if (std::any_of(team.begin(), team.end(), [&](const store::TeamRow& r) { return r.agency == agency && r.role == role && r.guarded == guarded; })) return {};
    const auto done = put_on_team(tx, gate, actor, member);
    if (!done) return tl::unexpected(done.error());
    return {};
  };
  const AgencyId coordinating = in.coordinating ? in.coordinating : actor.agency;
  if (auto done = put(coordinating, InvolvementRole::coordinating); !done) return done;
  if (in.originating && in.originating != coordinating)
    if (auto done = put(in.originating, InvolvementRole::originating); !done) return done;
  if (in.owner && *in.owner != coordinating && *in.owner != in.originating) return put(*in.owner, InvolvementRole::member);
  return {};
}

/// A permit to write, and the case, which is open.
struct OpenCase {
  access::Permit<CaseTag> permit;
  store::CaseRow row;
};
Result<OpenCase> open_for_change(db::WriteTx& tx, access::Gate& gate, CaseId id) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto row = store::case_row(tx, id);
  if (!row) return fail(ErrorCode::not_found, "見つかりません。");
  if (row->state == CaseState::closed) return tl::unexpected(closed_case());
  return OpenCase{*permit, std::move(*row)};
}

Result<> save(db::WriteTx& tx, const store::CaseRow& row, std::int64_t version, const access::Actor& actor) {
  if (!store::set_case(tx, row, version)) return tl::unexpected(saved_by_other());
  keep_due(tx, row, actor);
  return {};
}

void change_subjects(db::WriteTx& tx, CaseId id, HouseholdId household, const std::vector<PersonId>& wanted, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  const auto now = store::case_persons(tx, id, today);
  const auto in = [](const std::vector<PersonId>& all, PersonId p) { return std::find(all.begin(), all.end(), p) != all.end(); };
  for (PersonId person : now)
    if (!in(wanted, person)) store::end_case_person(tx, id, person, today.plus_days(-1));
  for (PersonId person : wanted)
    if (!in(now, person)) {
      store::add_case_person(tx, id, person, today);
      people::on_case_subject(tx, household, person, actor);
    }
  // What is about the 本人 of the case as a whole is about the new ones from now on.
  if (const auto row = store::case_row(tx, id))
    for (const std::int64_t assessment : store::records_below(tx, row->household, SubjectKind::assessment))
      access::set_persons(tx, {SubjectKind::assessment, assessment}, wanted);
}

bool some_sharing_stands(db::ReadTx& tx, CaseId id, Date today) {
  const auto persons = store::case_persons(tx, id, today);
  return std::any_of(persons.begin(), persons.end(), [&](PersonId p) { return consent::sharing_stands(tx, p, today); });
}

}  // namespace

NewCase new_case_for(const programme::Municipality& m, HouseholdId household, Date today) {
  NewCase in;
  in.household = household;
  in.cadence_days = m.rules.days.silence > 0 ? m.rules.days.silence : kDefaultCadenceDays;
  in.owner_by = today.plus_days(m.rules.days.unowned_case);
  in.number_prefix = m.wording("case_number_prefix", "");
  return in;
}

Result<CaseId> open_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewCase& in) {
  const auto household = gate.read(in.household);
  if (!household) return tl::unexpected(household.error());
  if (auto found = faults(tx, in, gate.today()); !found.empty()) return invalid(std::move(found));
  if (const auto existing = store::case_row_of(tx, in.household)) {
    if (!gate.may(existing->id, access::Act::read)) return fail(ErrorCode::conflict, "いまは、この世帯のケースを開けません。つなぎを送ってください。");
    const char* how = existing->state == CaseState::closed ? "この世帯には終結したケースがあります。再開してください。"
                                                           : "この世帯には、もうケースがあります。";
    return fail(ErrorCode::conflict, how);
  }
  const auto permit = gate.create<CaseTag>(tx, {in.household.value, holder_of_new(gate, actor, in.coordinating), {}, access::Topic::basic, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  const store::CaseRow row = row_of_new(tx, in, permit->id(), gate.today());
  store::add_case(tx, row);
  store::add_episode(tx, row.id, {1, row.opened_on, {}, {}});
  for (PersonId person : in.subjects) store::add_case_person(tx, row.id, person, row.opened_on);
  for (PersonId person : in.subjects) people::on_case_subject(tx, in.household, person, actor);
  if (auto team = put_first_team(tx, gate, actor, in); !team) return tl::unexpected(team.error());
  access::note_act(tx, {"case.opened", row.opened_on, row.household.value, {}, {SubjectKind::support_case, row.id.value}, row.category, {}, {}}, actor);
  keep_due(tx, row, actor);
  return row.id;
}

std::optional<CaseId> case_of(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return store::known_case_of(gate.scope<CaseTag>(access::Topic::basic), household);
}

Result<> join_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, AgencyId agency, InvolvementRole role,
                   bool protect) {
  const auto open = open_for_change(tx, gate, id);
  if (!open) return tl::unexpected(open.error());
  if (!agency) return invalid("agency", "機関を選んでください。");
  const bool guarded = protect || works_guarded(tx, open->row.household, agency);
  const auto team = store::current_team(tx, open->row.household);
  // A plain member gains nothing from a second row; another role is worth one (つなぎ元 who now watches over).
  const auto has = [&](auto&& role_fits) {
    return std::any_of(team.begin(), team.end(), [&](const store::TeamRow& r) { return r.agency == agency && r.guarded == guarded && role_fits(r.role); });
  };
  if (has([&](InvolvementRole held) { return held == role || role == InvolvementRole::member; })) return {};
  NewInvolvement member{open->row.household, agency, {}, role, {}, {}, gate.today(), {}, guarded};
  if (agency == actor.agency) member.account = actor.account;
  const auto done = put_on_team(tx, gate, actor, member);
  if (!done) return tl::unexpected(done.error());
  return {};
}

Result<CaseFacts> case_facts(db::ReadTx& tx, access::Gate& gate, CaseId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto row = store::case_row(tx, id);
  if (!row) return fail(ErrorCode::not_found, "見つかりません。");
  CaseFacts f;
  f.id = row->id;
  f.household = row->household;
  f.number = row->number;
  f.state = row->state;
  f.category = row->category;
  f.owner = row->owner;
  f.owner_by = row->owner_by;
  f.opened_on = row->opened_on;
  f.episode = row->episode;
  f.approach = row->approach;
  f.cadence_days = row->cadence_days;
  f.last_contact_on = row->last_contact_on;
  f.contact_by = row->contact_by;
  f.next_look_on = row->next_look_on;
  f.version = row->version;
  f.subjects = store::case_persons(tx, id, gate.today());
  if (f.owner && !Naming(tx, gate).may_name(f.household, *f.owner)) f.owner.reset();
  f.episodes = store::episodes(tx, id);
  return f;
}

Result<> set_state(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, CaseState state) {
  auto open = open_for_change(tx, gate, id);
  if (!open) return tl::unexpected(open.error());
  if (open->row.state == state) return {};
  if (!may_step(open->row.state, state))
    return fail(ErrorCode::conflict, "いまの状態（" + std::string(label_of(open->row.state)) + "）から「" + std::string(label_of(state)) + "」には移れません。");
  open->row.state = state;
  return save(tx, open->row, open->row.version, actor);
}

Result<> set_next_look(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::optional<Date> on) {
  auto open = open_for_change(tx, gate, id);
  if (!open) return tl::unexpected(open.error());
  open->row.next_look_on = on;
  return save(tx, open->row, open->row.version, actor);
}

Result<> change_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::int64_t version, const CaseChange& in) {
  auto open = open_for_change(tx, gate, id);
  if (!open) return tl::unexpected(open.error());
  store::CaseRow& row = open->row;
  const bool day_is_new = in.owner_by != row.owner_by;
  auto found = faults_of_case(in.subjects, in.cadence_days, in.owner.has_value(), in.owner_by, day_is_new ? gate.today() : Date::from_days(0));
  for (PersonId person : in.subjects)
    if (!people::is_member(tx, row.household, person)) {
      found.push_back({"subjects", "本人は、この世帯の人から選んでください。"});
      break;
    }
  if (!found.empty()) return invalid(std::move(found));
  row.category = in.category;
  // An owner that may not be named to the writer is not taken off by a form that could not show it.
  const bool owner_unseen = row.owner && !Naming(tx, gate).may_name(row.household, *row.owner);
  if (in.owner || !owner_unseen) row.owner = in.owner;
  row.owner_by = row.owner ? std::nullopt : in.owner_by;
  row.approach = in.approach;
  row.cadence_days = in.cadence_days;
  row.contact_by = contact_due(row.last_contact_on, row.opened_on, in.cadence_days);
  row.next_look_on = in.next_look_on;
  change_subjects(tx, id, row.household, in.subjects, actor);
  if (in.watching && row.state != CaseState::watching) row.state = CaseState::watching;
  else if (!in.watching && row.state == CaseState::watching) row.state = on_reopening(some_sharing_stands(tx, id, gate.today()));
  if (auto saved = save(tx, row, version, actor); !saved) return saved;
  if (in.owner) return join_case(tx, gate, actor, id, *in.owner, InvolvementRole::member);
  return {};
}

Result<> consent_changed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household) {
  // The caller came through the door to write the consent down. Whoever records a no may have known the household by
  // nothing else: the case follows all the same, or the no could not be recorded.
  auto row = store::case_row_of(tx, household);
  if (!row || row->state == CaseState::closed) return {};
  row->state = after_consent(row->state, some_sharing_stands(tx, row->id, gate.today()));
  return save(tx, *row, row->version, actor);
}

CasePage cases(db::ReadTx& tx, access::Gate& gate, const CaseFilter& filter, const std::optional<CaseCursor>& from) {
  std::vector<AgencyId> mine;
  for (const access::Post& p : gate.viewer().posts) mine.push_back(p.agency);
  CasePage page;
  page.lines = store::case_lines(gate.scope<CaseTag>(access::Topic::basic), mine, gate.today(), filter, from, kCasesPerPage + 1);
  if (page.lines.size() > static_cast<std::size_t>(kCasesPerPage)) {
    page.lines.resize(static_cast<std::size_t>(kCasesPerPage));
    page.next = CaseCursor{page.lines.back().opened_on, page.lines.back().id};
  }
  // Whoever owns a case is on its team unguarded, but for agencies that are guarded wherever they work.
  Naming naming(tx, gate);
  for (CaseLine& line : page.lines)
    if (line.owner && naming.is_sensitive(*line.owner) && !naming.may_name(line.household, *line.owner)) line.owner.reset();
  return page;
}

std::int64_t count_cases(db::ReadTx&, access::Gate& gate, const CaseFilter& filter) {
  std::vector<AgencyId> mine;
  for (const access::Post& p : gate.viewer().posts) mine.push_back(p.agency);
  return store::case_count(gate.scope<CaseTag>(access::Topic::basic, access::Act::count), mine, gate.today(), filter);
}

}  // namespace kasane::casework
