#include "consent/other_law_service.hpp"

#include <algorithm>

#include "consent/other_law_rules.hpp"
#include "consent/other_law_store.hpp"
#include "people/service.hpp"

namespace kasane::consent {

namespace {

/// Those of `persons` who are not members that the viewer knows, or whom the law is not about.
bool fits_all(const people::HouseholdView& household, const programme::Statute& law, const std::vector<PersonId>& persons, Date today) {
  return std::ranges::all_of(persons, [&](PersonId person) {
    const auto member = std::ranges::find(household.members, person, &people::Member::person);
    return member != household.members.end() && is_about(law, least_age(member->birth.shown(), today));
  });
}

}  // namespace

Result<> rest_on_other_law(db::WriteTx& tx, access::Gate& gate, const Settings& city, const NewOtherLaw& what) {
  if (const auto permit = gate.write(what.item); !permit) return tl::unexpected(permit.error());
  const auto household = people::household_view(tx, gate, what.household);
  if (!household) return tl::unexpected(household.error());
  const programme::Statute* law = meeting_law(city.m, what.key, gate.today());
  if (law == nullptr) return invalid("law", "根拠となる会議を選んでください。");
  if (!fits_all(*household, *law, what.persons, gate.today()))
    return invalid("law_persons", law->name() + "が扱う人だけを選べます（生まれた年がわからない人は、先に世帯のページで入れてください）。");
  store::put_other_law(tx, what.item, {law->versioned_key(), law->topics, what.persons});
  return {};
}

std::optional<OtherLaw> other_law_of(db::ReadTx& tx, AgendaItemId item) {
  auto row = store::load_other_law(tx, item);
  if (!row) return std::nullopt;
  return OtherLaw{std::move(row->basis), row->topics, std::move(row->persons)};
}

}  // namespace kasane::consent
