#include "casework/record_service.hpp"

#include <algorithm>

#include "casework/case_due.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_service.hpp"
#include "casework/case_store.hpp"
#include "casework/naming.hpp"
#include "casework/record_rules.hpp"
#include "casework/record_store.hpp"
#include "casework/team_store.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

std::vector<FieldError> faults(db::ReadTx& tx, const NewRecord& in, const std::vector<Paragraph>& parts, Date today) {
  std::vector<FieldError> found;
  // "留守でした" needs no words: the outcome says it.
  if (parts.empty() && !in.attempt) found.push_back({"text", "記録の内容を書いてください。"});
  if (in.on_day > today) found.push_back({"on_day", "いつには、今日までの日を入れてください。"});
  if (in.method.empty()) found.push_back({"method", "方法を選んでください。"});
  if (in.next_on && *in.next_on < in.on_day) found.push_back({"next_on", "次の予定は、記録の日より後の日を入れてください。"});
  if (in.person && !people::is_member(tx, in.household, *in.person)) found.push_back({"person", "この世帯の人から選んでください。"});
  return found;
}

store::RecordRow row_of(const NewRecord& in, AgencyId agency, const access::Actor& actor, std::optional<CaseId> case_id) {
  store::RecordRow row;
  row.household = in.household;
  row.case_id = case_id;
  row.person = in.person;
  row.agency = agency;
  row.writer = actor.account;
  row.on_day = in.on_day;
  row.at_time = in.at_time;
  row.method = in.method;
  row.outcome = in.outcome;
  row.attempt = in.attempt;
  row.services = in.services;
  row.content = in.content;
  row.stage = in.stage;
  row.minutes = in.minutes;
  row.next_on = in.next_on;
  row.made_at = actor.now;
  return row;
}

/// One act per service, so that a visit counts for each of them; the record itself is one subject, so a total over
/// subjects counts it once. Acts of an older version are undone one by one.
void note_acts(db::WriteTx& tx, const NewRecord& in, SupportRecordId id, const std::vector<std::int64_t>& undone, const access::Actor& actor) {
  const char* kind = in.attempt ? "record.attempt" : "record.contact";
  std::vector<std::string> services = in.services;
  if (services.empty()) services.emplace_back();
  for (std::size_t i = 0; i < std::max(services.size(), undone.size()); ++i) {
    access::ActEntry act{i < services.size() ? kind : "record.corrected", in.on_day, in.household.value, in.person,
                         {SubjectKind::support_record, id.value}, in.method, i < services.size() ? services[i] : std::string(), {}};
    if (i < undone.size()) act.undoes = undone[i];
    access::note_act(tx, act, actor);
  }
}

void case_was_contacted(db::WriteTx& tx, CaseId id, Date on, const std::vector<store::TeamRow>& team, const access::Actor& actor) {
  auto row = store::case_row(tx, id);
  if (!row || row->state == CaseState::closed) return;
  if (row->last_contact_on && *row->last_contact_on >= on) return;
  row->last_contact_on = on;
  row->contact_by = contact_due(on, row->opened_on, row->cadence_days);
  store::move_contact(tx, id, on, row->contact_by);
  AgencyId party = row->owner.value_or(AgencyId());
  for (const store::TeamRow& r : team)
    if (!party && r.role == InvolvementRole::coordinating) party = r.agency;
  keep_contact_due(tx, *row, party, actor);
}

/// After a correction took a contact back, or moved it.
void contact_was_corrected(db::WriteTx& tx, const store::RecordRow& before, const access::Actor& actor) {
  store::set_contact(tx, before.household, before.agency, store::newest_contact(tx, before.household, {}, before.agency));
  if (!before.case_id) return;
  auto row = store::case_row(tx, *before.case_id);
  if (!row) return;
  row->last_contact_on = store::newest_contact(tx, before.household, row->id, {});
  row->contact_by = contact_due(row->last_contact_on, row->opened_on, row->cadence_days);
  store::set_contact(tx, row->id, row->last_contact_on, row->contact_by);
  keep_contact_due(tx, *row, awaited_agency(tx, *row), actor);
}

/// Settles what the agency awaits of this kind about the household up to that day.
void settle_until(db::WriteTx& tx, HouseholdId household, AgencyId agency, std::string_view kind, Date last, const access::Actor& actor) {
  for (const due::DueLine& line : due::open_about(tx, household.value))
    if (line.kind == kind && line.party == agency.value && line.due_on <= last) due::settle(tx, line.subject, line.kind, actor);
}

/// The contact was the one that the agency had meant, where it was on that day or later, or a little before. An attempt
/// never is; a call on another matter weeks before is not either, lest the planned visit be forgotten.
void planned_contact_was_made(db::WriteTx& tx, HouseholdId household, AgencyId agency, Date on, const access::Actor& actor) {
  constexpr int kBroughtForward = 2;
  for (const char* kind : {"record.next", "intake.contact"}) settle_until(tx, household, agency, kind, on.plus_days(kBroughtForward), actor);
  // A household that a 支援会議 did not connect is looked at again by who keeps it: a contact about the day that was named is that look.
  constexpr int kAboutTheDay = 7;
  settle_until(tx, household, agency, "item.look", on.plus_days(kAboutTheDay), actor);
}

/// An agency has one next date for a household: the last that it wrote.
void plan_next(db::WriteTx& tx, HouseholdId household, AgencyId agency, SupportRecordId record, Date next_on, const std::optional<PersonId>& only,
               const access::Actor& actor) {
  settle_until(tx, household, agency, "record.next", *Date::from_iso(access::kForever), actor);
  due::await(tx, {"record.next", agency.value, household.value, {SubjectKind::support_record, record.value}, next_on}, actor.now);
  store::note_next(tx, household, agency, next_on, only);
}

}  // namespace

Result<SupportRecordId> write_record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewRecord& in) {
  const auto household = gate.read(in.household);
  if (!household) return tl::unexpected(household.error());
  const auto parts = split_paragraphs(in.text);
  if (auto found = faults(tx, in, parts, gate.today()); !found.empty()) return invalid(std::move(found));
  const AgencyId agency = gate.acting_agency(SubjectKind::support_record, access::Act::create, in.household.value).value_or(actor.agency);
  const auto team = store::current_team(tx, in.household);
  const bool guarded = in.guarded || works_guarded(tx, in.household, agency);
  const access::Topics topics = guarded ? access::Topic::record | access::Topic::abuse : access::Topics(access::Topic::record);
  // The day of a contact with a protected person is read by the whole team of the household: it stays with who helps her.
  const auto only = in.person && people::is_protected(tx, *in.person) ? in.person : std::nullopt;
  const auto permit = gate.create<SupportRecordTag>(tx, {in.household.value, agency, in.person, topics, in.sharing});
  if (!permit) return tl::unexpected(permit.error());
  const auto case_id = case_of(tx, gate, in.household);
  store::add_record(*permit, tx, row_of(in, agency, actor, case_id), parts);
  note_acts(tx, in, permit->id(), {}, actor);
  if (!in.attempt) {
    store::note_contact(tx, in.household, agency, in.on_day, only);
    if (case_id && !guarded && !only) case_was_contacted(tx, *case_id, in.on_day, team, actor);
    planned_contact_was_made(tx, in.household, agency, in.on_day, actor);
  }
  if (in.next_on) plan_next(tx, in.household, agency, permit->id(), *in.next_on, only, actor);
  people::on_worked_for(tx, in.household, in.person, actor);
  return permit->id();
}

namespace {

/// What the corrected record planned counts no more; nor does it come back where the day has been kept already.
void replan_next(db::WriteTx& tx, SupportRecordId old, SupportRecordId corrected, const store::RecordRow& before, const NewRecord& now, const access::Actor& actor) {
  const bool awaited = due::settle(tx, {SubjectKind::support_record, old.value}, "record.next", actor) > 0;
  if (!now.next_on || (!awaited && now.next_on == before.next_on)) return;
  const auto only = now.person && people::is_protected(tx, *now.person) ? now.person : std::nullopt;
  plan_next(tx, now.household, before.agency, corrected, *now.next_on, only, actor);
}

}  // namespace

Result<SupportRecordId> correct_record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SupportRecordId id, const NewRecord& in) {
  const auto old = gate.write(id);
  if (!old) return tl::unexpected(old.error());
  const auto before = store::record_row(tx, id);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  NewRecord now = in;
  now.household = before->household;
  const auto parts = split_paragraphs(now.text);
  if (auto found = faults(tx, now, parts, gate.today()); !found.empty()) return invalid(std::move(found));
  if (!store::mark_replaced(tx, id)) return fail(ErrorCode::stale, "ほかの人が先に直しました。");
  const auto permit = gate.create<SupportRecordTag>(tx, {now.household.value, old->facts().holder, now.person, old->facts().topics, now.sharing});
  if (!permit) return tl::unexpected(permit.error());
  store::RecordRow row = row_of(now, before->agency, actor, before->case_id);
  row.replaces = id;
  store::add_record(*permit, tx, row, parts);
  note_acts(tx, now, permit->id(), store::acts_of(tx, id), actor);
  if (before->attempt != now.attempt || before->on_day != now.on_day) contact_was_corrected(tx, *before, actor);
  replan_next(tx, id, permit->id(), *before, now, actor);
  people::on_worked_for(tx, now.household, now.person, actor);
  return permit->id();
}

Result<RecordView> record(db::ReadTx&, access::Gate& gate, SupportRecordId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::record(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

RecordPage records_of(db::ReadTx&, access::Gate& gate, HouseholdId household, const std::optional<RecordCursor>& from, int limit) {
  constexpr int kMost = 50;
  const int wanted = std::clamp(limit, 1, kMost);
  RecordPage page;
  page.lines = store::records(gate.scope<SupportRecordTag>(access::Topic::record), household, from, wanted + 1);
  if (page.lines.size() > static_cast<std::size_t>(wanted)) {
    page.lines.resize(static_cast<std::size_t>(wanted));
    page.next = RecordCursor{page.lines.back().on_day, page.lines.back().id};
  }
  return page;
}

std::vector<std::string> last_services(db::ReadTx& tx, AccountId account) { return store::last_services(tx, account); }

access::Sharing usual_sharing(db::ReadTx& tx, access::Gate& gate, HouseholdId household) {
  if (!case_of(tx, gate, household)) return access::Sharing::own;
  for (const store::TeamRow& row : store::current_team(tx, household))
    if (gate.viewer().in_agency(row.agency)) return access::Sharing::team;
  return access::Sharing::own;
}

}  // namespace kasane::casework
