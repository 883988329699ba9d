#include "meeting/preparation_service.hpp"

#include <algorithm>

#include "access/explain.hpp"
#include "access/groups.hpp"
#include "base/japanese.hpp"
#include "casework/issue_rules.hpp"
#include "casework/naming.hpp"
#include "casework/team_service.hpp"
#include "due/service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/preparation_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"
#include "people/service.hpp"
#include "planning/plan_service.hpp"

namespace kasane::meeting {

using access::Act;
using access::Topic;
using access::Topics;

namespace {

constexpr const char* kDue = "item.sheet";

SubjectRef ref(AgendaItemId id) { return {SubjectKind::agenda_item, id.value}; }

/// Who works there, for what its staff would see.
access::Viewer viewer_of(const Settings& city, const Attendee& attendee) {
  access::Viewer viewer;
  if (!city.dir.code(AgencyId(attendee.party)).empty()) viewer.posts.push_back({PostId(), AgencyId(attendee.party), Role::window_counsellor});
  else viewer.account = AccountId(attendee.party);
  return viewer;
}

/// What each of those sees who will get the packet. Nothing is disclosed to them by asking.
struct Table {
  Topics shared;
  std::vector<PersonId> persons;    // whom each of them may know, or whom the item is about
  bool household = false;
};
Table table_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, const std::vector<Attendee>& attendees,
               const std::vector<people::Member>& members) {
  Table table;
  const auto own = gate.read(item.head.id);
  table.shared = own ? own->verdict().visible & access::kStandardScope : Topics();
  table.household = item.head.household.has_value();
  const auto about = access::persons_of(tx, ref(item.head.id));
  for (const people::Member& m : members) table.persons.push_back(m.person);
  for (const Attendee& a : attendees) {
    if (a.scope == Scope::summary) continue;
    const access::Viewer viewer = viewer_of(city, a);
    access::Trail unused;
    access::Gate theirs(tx, viewer, gate.now(), unused);
    const auto why = theirs.explain(item.head.id.value, Act::read);
    if (!why || !why->verdict.allowed) {
      // It opens later, or is closed: then to no more than the item itself.
      table.shared = table.shared & a.topics;
      table.household = false;
      std::erase_if(table.persons, [&](PersonId p) { return std::find(about.begin(), about.end(), p) == about.end(); });
      continue;
    }
    table.shared = table.shared & why->verdict.visible;
    table.household = table.household && theirs.may(*item.head.household, Act::read);
    std::erase_if(table.persons, [&](PersonId p) { return std::find(about.begin(), about.end(), p) == about.end() && !theirs.may(p, Act::read); });
  }
  return table;
}

std::string label_in(const Settings& city, std::string_view table, std::string_view code) {
  const auto codes = city.m.code_table(table);
  return codes == nullptr || code.empty() ? std::string() : codes->label(code);
}

void add_persons(const Settings& city, const Table& table, const std::vector<people::Member>& members, Date on, SheetSource& source) {
  for (const people::Member& m : members) {
    if (!m.belongs_on(on) || m.deceased_on) continue;
    SheetSource::Person p;
    p.id = m.person;
    p.name = m.name.shown();
    p.relation = label_in(city, "relations", m.relation);
    if (const auto birth = PartialDate::from_text(m.birth.shown())) p.age = birth->age_on(on);
    p.seen_by_all = std::find(table.persons.begin(), table.persons.end(), m.person) != table.persons.end();
    source.persons.push_back(std::move(p));
  }
}

void add_troubles(db::ReadTx& tx, access::Gate& gate, const Settings& city, HouseholdId household, SheetSource& source) {
  for (const casework::Issue& issue : casework::issues_of(tx, gate, household)) {
    if (issue.ended_on) continue;
    std::string words = label_in(city, "issues", issue.code);
    if (issue.certainty != casework::Certainty::confirmed) words += "（" + std::string(casework::label_of(issue.certainty)) + "）";
    source.troubles.push_back({issue.person, casework::topics_of_issue(issue.code), std::move(words)});
  }
}

/// Agencies at the table with their last contact; others are named only where each attendee knows the household.
void add_team(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, const Table& table, const std::vector<Attendee>& attendees,
              SheetSource& source) {
  std::vector<AgencyId> named;
  for (const auto& i : casework::involvements(tx, gate, *item.head.household)) {
    if (i.until_on || std::find(named.begin(), named.end(), i.agency) != named.end()) continue;
    const bool at_table = std::any_of(attendees.begin(), attendees.end(), [&](const Attendee& a) { return a.party == i.agency.value; });
    if ((!at_table && !table.household) || casework::works_guarded(tx, *item.head.household, i.agency)) continue;
    named.push_back(i.agency);
    std::string what = i.last_contact_on ? "最後の連絡 " + wareki_short(*i.last_contact_on) : std::string("まだ連絡の記録はありません");
    if (table.household && !i.what.shown().empty()) what = i.what.shown() + "（" + what + "）";
    source.doings.push_back({Topic::basic, city.dir.name(i.agency), std::move(what)});
  }
}

void add_roles(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, SheetSource& source) {
  for (const PacketPlan& plan : item.plans) {
    const auto view = planning::plan_view(tx, gate, plan.id);
    if (!view) continue;
    for (const planning::PlanRole& role : view->roles) {
      if (role.what.shown().empty()) continue;
      if (role.agency && casework::works_guarded(tx, *item.head.household, *role.agency)) continue;
      std::string what = role.what.shown();
      if (!role.how_often.empty()) what += "（" + role.how_often + "）";
      source.doings.push_back({Topics(Topic::plan) | role.topic, role.agency ? city.dir.name(*role.agency) : role.who, std::move(what)});
    }
  }
}

bool writes_for(const access::Gate& gate, AgencyId owner) {
  const Roles roles = access::roles_for(SubjectKind::meeting_note, Act::create);
  return std::any_of(gate.viewer().posts.begin(), gate.viewer().posts.end(), [&](const access::Post& p) { return p.agency == owner && roles.has(p.role); });
}

bool open_for_writing(const ItemHead& head, const Session& session) { return session.state == SessionState::planned && head.state == ItemState::waiting; }

void add_fault(std::vector<FieldError>& faults, const char* field, const char* label, const std::string& text) {
  if (count_characters(text) > kLongestAnswerOfSheet)
    faults.push_back({field, std::string(label) + "は" + std::to_string(kLongestAnswerOfSheet) + "字までで入力してください。"});
}

std::vector<FieldError> faults_of(const SheetText& text) {
  std::vector<FieldError> faults;
  if (text.empty()) faults.push_back({"ask", "一つだけでも入力してください。"});
  add_fault(faults, "picture", "世帯のようす", text.picture);
  add_fault(faults, "doing", "いましていること", text.doing);
  add_fault(faults, "trouble", "困っていること", text.trouble);
  add_fault(faults, "ask", "たずねたいこと", text.ask);
  return faults;
}

SheetText trimmed(const SheetText& text) {
  return {std::string(trim(text.picture)), std::string(trim(text.doing)), std::string(trim(text.trouble)), std::string(trim(text.ask))};
}

Result<> insert(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemHead& head, AgencyId owner, const SheetText& text) {
  Topics topics = Topic::basic | Topic::meeting;
  // That a guarded agency sits at the table is itself a matter of abuse.
  if (head.household && casework::works_guarded(tx, *head.household, owner)) topics = topics | Topic::abuse;
  const auto permit = gate.create<MeetingNoteTag>(tx, {head.id.value, owner, {}, topics, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  store::insert_sheet(tx, *permit, head.id, text, owner, actor.account, actor.now);
  access::set_persons(tx, {SubjectKind::meeting_note, permit->id().value}, access::persons_of(tx, ref(head.id)));
  return {};
}

}  // namespace

AgencyId sheet_owner(db::ReadTx& tx, const ItemHead& item, const std::vector<Attendee>& attendees) {
  const AgencyId host = store::host_of(tx, item.id).value_or(AgencyId());
  const auto owners = store::owners_of(tx, {item.id});
  const auto owner = owners.find(item.id);
  if (owner == owners.end()) return host;
  const bool asked = std::any_of(attendees.begin(), attendees.end(), [&](const Attendee& a) { return a.party == owner->second.value && a.scope != Scope::summary; });
  const bool secret = item.household && casework::works_guarded(tx, *item.household, owner->second);
  return asked && !secret ? owner->second : host;
}

Result<Preparation> preparation(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto view = item(tx, gate, city, id);
  if (!view) return tl::unexpected(view.error());
  Preparation p;
  p.item = std::move(*view);
  if (const auto record = store::sheet_of(tx, id))
    if (const auto permit = gate.read(*record)) p.sheet = store::sheet(*permit);
  p.owner = p.sheet ? p.sheet->agency : sheet_owner(tx, p.item.head, store::attendees_of(tx, id));
  const bool open = open_for_writing(p.item.head, p.item.session);
  p.may_write = open && writes_for(gate, p.owner);
  p.may_answer = open && gate.role_may(SubjectKind::meeting_note, Act::create);
  for (Note& note : notes_of(tx, gate, id))
    if (note.kind == NoteKind::answer) p.answers.push_back(std::move(note));
  return p;
}

SheetText prefilled(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item) {
  SheetSource source;
  source.question = item.question.shown();
  if (!item.head.household) return prefill(source);
  std::vector<people::Member> members;
  if (auto household = people::household_view(tx, gate, *item.head.household)) members = std::move(household->members);
  const auto attendees = store::attendees_of(tx, item.head.id);
  const Table table = table_of(tx, gate, city, item, attendees, members);
  source.shared = table.shared;
  source.household_seen_by_all = table.household;
  add_persons(city, table, members, std::max(gate.today(), item.session.held_on), source);
  add_troubles(tx, gate, city, *item.head.household, source);
  add_roles(tx, gate, city, item, source);
  add_team(tx, gate, city, item, table, attendees, source);
  return prefill(source);
}

Result<> write_sheet(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                     const SheetText& typed) {
  const auto p = preparation(tx, gate, city, id);
  if (!p) return tl::unexpected(p.error());
  if (!open_for_writing(p->item.head, p->item.session)) return fail(ErrorCode::conflict, "会議はもう開かれたか、議題から下ろされました。");
  if (!p->may_write) return fail(ErrorCode::not_permitted, "準備シートは、" + city.dir.name(p->owner) + "が書きます。");
  const SheetText text = trimmed(typed);
  if (auto faults = faults_of(text); !faults.empty()) return invalid(std::move(faults));
  if (const auto record = store::sheet_of(tx, id)) {
    const auto permit = gate.write(*record);
    if (!permit) return tl::unexpected(permit.error());
    if (!store::set_sheet(tx, *permit, version, text, actor.account, actor.now)) return tl::unexpected(saved_by_other());
  } else {
    if (version != 0) return tl::unexpected(saved_by_other());
    if (auto made = insert(tx, gate, actor, p->item.head, p->owner, text); !made) return made;
  }
  due::settle(tx, ref(id), kDue, actor);
  return {};
}

void await_sheet(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const std::vector<Attendee>& attendees, Date held_on) {
  due::settle(tx, ref(item.id), kDue, actor);
  if (!item.household || store::sheet_of(tx, item.id)) return;
  due::await(tx, {kDue, sheet_owner(tx, item, attendees).value, item.household->value, ref(item.id), held_on}, actor.now);
}

void rest_sheet(db::WriteTx& tx, const access::Actor& actor, AgendaItemId id) { due::settle(tx, ref(id), kDue, actor); }

}  // namespace kasane::meeting
