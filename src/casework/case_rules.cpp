#include "casework/case_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "access/rules.hpp"

namespace kasane::casework {

bool may_step(CaseState from, CaseState to) {
  switch (from) {
    case CaseState::before_consent:
      // A 支援会議 may decide to watch over somebody who has not agreed; a plan cannot be decided before consent.
      return to == CaseState::preparing || to == CaseState::watching;
    case CaseState::preparing:
      return to == CaseState::before_consent || to == CaseState::active || to == CaseState::watching;
    case CaseState::active:
      return to == CaseState::watching;
    case CaseState::watching:
      return to == CaseState::preparing || to == CaseState::active || to == CaseState::before_consent;
    case CaseState::closed:
      return false;
  }
  return false;
}

bool closes(CaseState from) { return from != CaseState::closed; }

CaseState after_consent(CaseState now, bool sharing_stands) {
  if (now == CaseState::before_consent && sharing_stands) return CaseState::preparing;
  if (now == CaseState::preparing && !sharing_stands) return CaseState::before_consent;
  return now;
}

CaseState on_reopening(bool sharing_stands) { return sharing_stands ? CaseState::preparing : CaseState::before_consent; }

Date contact_due(std::optional<Date> last_contact, Date opened_on, int cadence_days) {
  return std::max(last_contact.value_or(opened_on), opened_on).plus_days(cadence_days);
}

bool is_silent(CaseState state, Date contact_by, Date today) { return state != CaseState::closed && contact_by < today; }

bool closure_may_be_proposed(CaseState state, bool city_presses) { return city_presses && state == CaseState::active; }

std::string case_number(std::string_view prefix, FiscalYear year, std::int64_t serial) {
  constexpr int kFirstOfReiwa = 2019;
  if (year.year < kFirstOfReiwa) return fmt::format("{}{}-{:04}", prefix, year.year, serial);
  return fmt::format("{}R{:02}-{:04}", prefix, year.year - kFirstOfReiwa + 1, serial);
}

std::vector<FieldError> faults_of_case(const std::vector<PersonId>& subjects, int cadence_days, bool has_owner, std::optional<Date> owner_by,
                                       Date today) {
  std::vector<FieldError> faults;
  if (subjects.empty()) faults.push_back({"subjects", "本人を一人以上選んでください。"});
  if (cadence_days < kShortestCadence || cadence_days > kLongestCadence)
    faults.push_back({"cadence_days", "連絡の間隔は1日から366日までで入れてください。"});
  if (!has_owner && !owner_by) faults.push_back({"owner_by", "担当機関が決まっていないときは、いつまでに決めるかを入れてください。"});
  if (!has_owner && owner_by && *owner_by < today) faults.push_back({"owner_by", "担当機関を決める日は、今日以後の日を入れてください。"});
  return faults;
}

std::optional<AgencyId> triage_agency(const programme::Municipality& m, const programme::Directory& dir, const access::Viewer& viewer) {
  const Roles allowed = access::roles_for(SubjectKind::support_case, access::Act::create);
  std::optional<AgencyId> owner;
  for (const access::Post& post : viewer.posts) {
    if (!allowed.has(post.role)) continue;
    const std::string& code = dir.code(post.agency);
    if (m.is_collaboration_operator(code)) return post.agency;
    if (!owner && std::find(m.owner_sections.begin(), m.owner_sections.end(), code) != m.owner_sections.end()) owner = post.agency;
  }
  return owner;
}

}  // namespace kasane::casework
