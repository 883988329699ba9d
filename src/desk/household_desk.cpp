#include "desk/household_desk.hpp"

#include <algorithm>

#include "html/svg.hpp"
#include "people/rules.hpp"

namespace kasane::desk {

namespace {

constexpr int kRecentRecords = 10;

/// The referral is one that the viewer's own agencies sent or have to answer.
bool of_viewer(const programme::Ctx& ctx, const casework::ReferralLine& line) {
  const access::Viewer& viewer = ctx.viewer();
  if (viewer.in_agency(line.from) || (line.to && viewer.in_agency(*line.to))) return true;
  return std::ranges::any_of(ctx.m().rules.inboxes, [&](const programme::Inbox& inbox) {
    if (inbox.code != line.inbox) return false;
    const auto ids = ctx.dir().ids(inbox.agencies);
    return std::ranges::any_of(ids, [&](AgencyId id) { return viewer.in_agency(id); });
  });
}

std::vector<casework::Task> open_tasks(db::ReadTx& tx, access::Gate& gate, HouseholdId id) {
  auto tasks = casework::tasks_of(tx, gate, id);
  std::erase_if(tasks, [](const casework::Task& t) { return t.done_on.has_value(); });
  return tasks;
}

/// Of today, and of persons whom the viewer knows.
std::vector<casework::Involvement> standing_involvements(const HouseholdDesk& d, db::ReadTx& tx, access::Gate& gate) {
  auto all = casework::involvements(tx, gate, d.household.id);
  std::erase_if(all, [&](const casework::Involvement& i) { return (i.until_on && *i.until_on < gate.today()) || (i.person && !d.member(*i.person)); });
  return all;
}

void gather_page(HouseholdDesk& d, db::ReadTx& tx, access::Gate& gate, const programme::Ctx& ctx) {
  const HouseholdId id = d.household.id;
  if (auto safety = people::visit_safety(tx, gate, id)) d.safety = std::move(*safety);
  d.intakes = casework::intakes_about(tx, gate, id);
  d.referrals = casework::referrals_about(tx, gate, id);
  std::erase_if(d.referrals, [&](const casework::ReferralLine& l) { return l.answered_on || l.stage == casework::ReferralStage::withdrawn || !of_viewer(ctx, l); });
  d.tasks = open_tasks(tx, gate, id);
  d.records = casework::records_of(tx, gate, id, std::nullopt, kRecentRecords);
  d.may_change = gate.may(id, access::Act::write);
  d.may_record = gate.role_may(SubjectKind::support_record, access::Act::create);
  d.may_refer = gate.role_may(SubjectKind::referral, access::Act::create);
  d.may_hand_over = casework::may_hand_over({ctx.m(), ctx.dir()}, ctx.viewer());
  d.may_consent = gate.role_may(SubjectKind::consent, access::Act::create);
  d.may_request = gate.role_may(SubjectKind::ground_request, access::Act::create);
  d.may_open_case = !d.case_facts && gate.role_may(SubjectKind::support_case, access::Act::create);
}

}  // namespace

bool HouseholdDesk::is_subject(PersonId person) const {
  return case_facts && std::ranges::find(case_facts->subjects, person) != case_facts->subjects.end();
}

const people::Member* HouseholdDesk::member(PersonId person) const {
  const auto found = std::ranges::find(household.members, person, &people::Member::person);
  return found == household.members.end() ? nullptr : &*found;
}

Result<HouseholdDesk> gather(db::ReadTx& tx, access::Gate& gate, const programme::Ctx& ctx, HouseholdId id, Extent extent) {
  auto household = people::household_view(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  HouseholdDesk d;
  d.household = std::move(*household);
  d.issues = casework::issues_of(tx, gate, id);
  std::erase_if(d.issues, [&](const casework::Issue& i) { return i.ended_on || (i.person && !d.member(*i.person)); });
  d.involvements = standing_involvements(d, tx, gate);
  if (const auto case_id = casework::case_of(tx, gate, id)) {
    if (auto facts = casework::case_facts(tx, gate, *case_id)) {
      d.case_facts = std::move(*facts);
      d.plans = planning::plans_of(tx, gate, *case_id);
    }
  }
  if (auto consents = consent::consents_of(tx, gate, id)) {
    d.consents = std::move(*consents);
    std::erase_if(d.consents, [&](const consent::ConsentLine& c) { return !c.latest || !d.member(c.person); });
  }
  if (extent == Extent::page) gather_page(d, tx, gate, ctx);
  return d;
}

Result<HouseholdDesk> gather_for_case(db::ReadTx& tx, access::Gate& gate, const casework::CaseFacts& facts) {
  auto household = people::household_view(tx, gate, facts.household);
  if (!household) return tl::unexpected(household.error());
  HouseholdDesk d;
  d.household = std::move(*household);
  d.involvements = standing_involvements(d, tx, gate);
  d.plans = planning::plans_of(tx, gate, facts.id);
  d.tasks = open_tasks(tx, gate, facts.household);
  d.may_record = gate.role_may(SubjectKind::support_record, access::Act::create);
  return d;
}

std::string code_label(const programme::Ctx& ctx, std::string_view table, std::string_view code) {
  if (code.empty()) return {};
  const auto codes = ctx.m().code_table(table);
  return codes ? codes->label(code) : std::string(code);
}

std::string age_and_birth(const people::Member& member, Date today) {
  const std::string age = people::age_text(member.birth.shown(), today, member.deceased_on);
  const std::string birth = people::birth_text(member.birth.shown());
  if (birth.empty()) return age;
  return age + "（" + birth + "生）";
}

std::string issue_state(const casework::Issue& issue) {
  std::string text;
  if (issue.certainty != casework::Certainty::confirmed) text = std::string(casework::label_of(issue.certainty));
  if (issue.treatment != casework::Treatment::unsaid) {
    if (!text.empty()) text += "・";
    text += casework::label_of(issue.treatment);
  }
  return text;
}

std::string consent_text(const consent::ConsentLine& line) {
  std::string text = consent::label_of(line.validity);
  switch (line.validity) {
    case consent::Validity::none: break;
    case consent::Validity::valid:
      text += "（" + wareki_short(line.given_on) + "から";
      if (line.valid_until) text += "、" + wareki_short(*line.valid_until) + "まで";
      text += "）";
      break;
    case consent::Validity::refused: text += "（" + wareki_short(line.given_on) + "）"; break;
    case consent::Validity::withdrawn:
      if (line.withdrawn_on) text += "（" + wareki_short(*line.withdrawn_on) + "）";
      break;
    case consent::Validity::lapsed:
      if (line.valid_until) text += "（" + wareki_short(*line.valid_until) + "まで）";
      break;
  }
  return text;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u) continue;
    if (characters++ == most) return std::string(text.substr(0, at)) + "…";
  }
  return std::string(text);
}

namespace {

/// Strong while there was a contact within the household's own cadence. Only that is known of a tie, nothing is guessed.
html::Tie tie_of(const HouseholdDesk& desk, const casework::Involvement& i, Date today) {
  const int cadence = desk.case_facts ? desk.case_facts->cadence_days : casework::kDefaultCadenceDays;
  return i.last_contact_on && i.last_contact_on->plus_days(cadence) >= today ? html::Tie::strong : html::Tie::weak;
}

}  // namespace

html::Html household_ecomap(const programme::Ctx& ctx, const HouseholdDesk& desk) {
  html::Ecomap map;
  map.id = "ecomap";
  map.title = "世帯と関わる機関の図";
  std::vector<PersonId> drawn;
  for (const people::Member& m : desk.household.members) {
    if (!m.belongs_on(ctx.today())) continue;
    std::string note = people::age_text(m.birth.shown(), ctx.today(), m.deceased_on);
    const std::string relation = code_label(ctx, "relations", m.relation);
    if (!note.empty() && !relation.empty()) note += "・";
    map.persons.push_back({m.name, note + relation});
    drawn.push_back(m.person);
  }
  for (const casework::Involvement& i : desk.involvements) {
    int person = -1;
    if (i.person) {
      const auto at = std::ranges::find(drawn, *i.person);
      if (at != drawn.end()) person = static_cast<int>(at - drawn.begin());
    }
    std::string part(casework::label_of(i.role));
    if (!i.what.shown().empty()) part += " " + i.what.shown();
    map.agencies.push_back({ctx.dir().name(i.agency), shortened(part, 40), tie_of(desk, i, ctx.today()), person});
  }
  return html::ecomap(map);
}

}  // namespace kasane::desk
