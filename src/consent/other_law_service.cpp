#include "consent/other_law_service.hpp"

#include <algorithm>

#include "consent/other_law_rules.hpp"
#include "consent/other_law_store.hpp"
#include "people/service.hpp"

namespace kasane::consent {

namespace {

/// Those of `persons` who are not members that the viewer knows, or whom the law is not about.
bool fits_all(const people::HouseholdView& household, const programme::Statute& law, const NewOtherLaw& what, Date today) {
  const bool child_at_home = std::ranges::any_of(household.members, [&](const people::Member& m) {
    const auto age = least_age(m.birth.shown(), today);
    return m.belongs_on(today) && age && *age < kGrownUp;
  });
  return std::ranges::all_of(what.persons, [&](PersonId person) {
    const auto member = std::ranges::find(household.members, person, &people::Member::person);
    if (member == household.members.end()) return false;
    const bool expectant = std::ranges::find(what.expectant, person) != what.expectant.end();
    return is_about(law, {least_age(member->birth.shown(), today), child_at_home, expectant});
  });
}

std::string whom_text(const programme::Statute& law) {
  if (law.child_home) return law.name() + "は、子どものいる世帯か、特定妊婦として印をつけた人のことを扱います（生まれた年がわからない人は、先に世帯のページで入れてください）。";
  return law.name() + "が扱う人だけを選べます（生まれた年がわからない人は、先に世帯のページで入れてください）。";
}

}  // namespace

Result<> rest_on_other_law(db::WriteTx& tx, access::Gate& gate, const Settings& city, const NewOtherLaw& what) {
  if (const auto permit = gate.write(what.item); !permit) return tl::unexpected(permit.error());
  const auto household = people::household_view(tx, gate, what.household);
  if (!household) return tl::unexpected(household.error());
  const programme::Statute* law = meeting_law(city.m, what.key, gate.today());
  if (law == nullptr) return invalid("law", "根拠となる会議を選んでください。");
  if (!fits_all(*household, *law, what, gate.today())) return invalid("law_persons", whom_text(*law));
  store::put_other_law(tx, what.item, {law->versioned_key(), law->topics, what.persons, law->child_home ? what.expectant : std::vector<PersonId>()});
  return {};
}

std::optional<OtherLaw> other_law_of(db::ReadTx& tx, AgendaItemId item) {
  auto row = store::load_other_law(tx, item);
  if (!row) return std::nullopt;
  return OtherLaw{std::move(row->basis), row->topics, std::move(row->persons), std::move(row->expectant)};
}

}  // namespace kasane::consent
