#include "casework/case_due.hpp"

#include "casework/team_store.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"

namespace kasane::casework {

namespace {

SubjectRef ref(CaseId id) { return {SubjectKind::support_case, id.value}; }

void keep_consent_due(db::WriteTx& tx, const store::CaseRow& row, AgencyId party, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  const auto episodes = store::episodes(tx, row.id);
  const Date seek_by = (episodes.empty() ? row.opened_on : episodes.back().opened_on).plus_days(row.cadence_days);
  for (PersonId person : store::case_persons(tx, row.id, today)) {
    const SubjectRef subject{SubjectKind::person, person.value};
    const consent::PersonConsent state = consent::state_of(tx, person, today);
    const bool seek = row.state == CaseState::before_consent && state.sharing.validity != consent::Validity::valid &&
                      state.sharing.validity != consent::Validity::refused;
    if (seek && party) due::await(tx, {"consent.seek", party.value, row.household.value, subject, seek_by}, actor.now);
    else due::settle(tx, subject, "consent.seek", actor);
  }
}

}  // namespace

AgencyId awaited_agency(db::ReadTx& tx, const store::CaseRow& row) {
  if (row.owner) return *row.owner;
  for (const store::TeamRow& r : store::current_team(tx, row.household))
    if (r.role == InvolvementRole::coordinating) return r.agency;
  return {};
}

// Who is awaited may have changed: the old item ends, a new one begins.
void keep_contact_due(db::WriteTx& tx, const store::CaseRow& row, AgencyId party, const access::Actor& actor) {
  due::settle(tx, ref(row.id), "case.contact", actor);
  if (row.state != CaseState::closed && party)
    due::await(tx, {"case.contact", party.value, row.household.value, ref(row.id), row.contact_by}, actor.now);
}

void keep_due(db::WriteTx& tx, const store::CaseRow& row, const access::Actor& actor) {
  const AgencyId party = awaited_agency(tx, row);
  if (row.state == CaseState::closed) due::settle(tx, ref(row.id), "", actor);
  keep_contact_due(tx, row, party, actor);
  due::settle(tx, ref(row.id), "case.owner", actor);
  if (row.state != CaseState::closed && !row.owner && row.owner_by && party)
    due::await(tx, {"case.owner", party.value, row.household.value, ref(row.id), *row.owner_by}, actor.now);
  keep_consent_due(tx, row, party, actor);
}

}  // namespace kasane::casework
