#include "meeting/preparation_service.hpp"

#include <algorithm>

#include "access/below.hpp"
#include "access/explain.hpp"
#include "access/groups.hpp"
#include "base/japanese.hpp"
#include "casework/issue_rules.hpp"
#include "casework/naming.hpp"
#include "casework/team_service.hpp"
#include "due/service.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/packet_service.hpp"
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
SubjectRef ref(MeetingNoteId id) { return {SubjectKind::meeting_note, id.value}; }

/// What each of those sees who will get the packet. Nothing is disclosed to them by asking.
struct Table {
  Topics shared;
  std::vector<PersonId> persons;    // whom each of them may know, or whom the item is about
  bool household = false;
};

/// Cuts the table to somebody who may open the item; false where that one may not.
bool cut_to(Table& table, access::Gate& theirs, const ItemHead& item, const std::vector<PersonId>& about) {
  const auto why = theirs.explain(item.id.value, Act::read);
  if (!why || !why->verdict.allowed) return false;
  table.shared = table.shared & why->verdict.visible;
  table.household = table.household && theirs.may(*item.household, Act::read);
  std::erase_if(table.persons, [&](PersonId p) { return std::find(about.begin(), about.end(), p) == about.end() && !theirs.may(p, Act::read); });
  return true;
}

/// Those who run the body get the item without standing on its list; whom the item is not open to does not count.
void cut_to_hosts(db::ReadTx& tx, const access::Gate& gate, const Settings& city, const ItemHead& item, const std::vector<PersonId>& about, Table& table) {
  const auto* body = city.m.body(item.body);
  if (body == nullptr) return;
  for (const AgencyId host : conveners(city, *body)) {
    const access::Viewer viewer = viewer_of(tx, city, host.value, gate.today());
    access::Trail unused;
    access::Gate theirs(tx, viewer, gate.now(), unused);
    cut_to(table, theirs, item, about);
  }
}

Table table_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemHead& item, const std::vector<Attendee>& attendees,
               const std::vector<people::Member>& members) {
  Table table;
  const auto own = gate.read(item.id);
  table.shared = own ? own->verdict().visible & access::kStandardScope : Topics();
  // Where it rests on consent, nobody reads more of the sheet than was consented to: not even who holds the item.
  if (item.needs_consent)
    for (const Support& s : supports_of(tx, gate, item, gate.today())) table.shared = table.shared & (s.topics | Topic::basic | Topic::meeting);
  table.household = item.household.has_value();
  const auto about = access::persons_of(tx, ref(item.id));
  for (const people::Member& m : members) table.persons.push_back(m.person);
  for (const Attendee& a : attendees) {
    if (a.scope == Scope::summary) continue;
    const access::Viewer viewer = viewer_of(tx, city, a.party, gate.today());
    access::Trail unused;
    access::Gate theirs(tx, viewer, gate.now(), unused);
    if (cut_to(table, theirs, item, about)) continue;
    // It opens later, or is closed: then to no more than the item itself.
    table.shared = table.shared & a.topics;
    table.household = false;
    std::erase_if(table.persons, [&](PersonId p) { return std::find(about.begin(), about.end(), p) == about.end(); });
  }
  cut_to_hosts(tx, gate, city, item, about, table);
  return table;
}

/// Whether nothing of the household is kept from this attendee: then no sheet tells it anything new.
bool knows_all(db::ReadTx& tx, const access::Gate& gate, const Settings& city, const ItemHead& item, const Attendee& attendee) {
  const access::Viewer viewer = viewer_of(tx, city, attendee.party, gate.today());
  access::Trail unused;
  access::Gate theirs(tx, viewer, gate.now(), unused);
  const auto why = theirs.explain(item.household->value, Act::read);
  if (!why || !why->verdict.allowed || !why->verdict.visible.has_all(access::kStandardScope)) return false;
  const auto persons = access::persons_below(tx, item.household->value);
  return std::all_of(persons.begin(), persons.end(), [&](PersonId p) { return theirs.may(p, Act::read); });
}

/// Asked since, or to less of the household than before.
bool is_new_to(const std::vector<Attendee>& before, const Attendee& now) {
  if (now.scope == Scope::summary) return false;
  return std::none_of(before.begin(), before.end(), [&](const Attendee& a) { return a.party == now.party && a.scope != Scope::summary && a.scope >= now.scope; });
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

/// Issues are records of the household: nobody reads them by an item alone.
void add_troubles(db::ReadTx& tx, access::Gate& gate, const Settings& city, HouseholdId household, SheetSource& source) {
  if (!source.household_seen_by_all) return;
  for (const casework::Issue& issue : casework::issues_of(tx, gate, household)) {
    if (issue.ended_on) continue;
    std::string words = label_in(city, "issues", issue.code);
    if (issue.certainty != casework::Certainty::confirmed) words += "（" + std::string(casework::label_of(issue.certainty)) + "）";
    source.troubles.push_back({issue.person, casework::topics_of_issue(issue.code), std::move(words)});
  }
}

/// Agencies that work with the household, with their last contact, where each attendee knows the household.
void add_team(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, SheetSource& source) {
  if (!source.household_seen_by_all) return;
  std::vector<AgencyId> named;
  for (const auto& i : casework::involvements(tx, gate, *item.head.household)) {
    if (i.until_on || std::find(named.begin(), named.end(), i.agency) != named.end()) continue;
    if (casework::works_guarded(tx, *item.head.household, i.agency)) continue;
    named.push_back(i.agency);
    std::string what = i.last_contact_on ? "最後の連絡 " + wareki_short(*i.last_contact_on) : std::string("まだ連絡の記録はありません");
    if (!i.what.shown().empty()) what = i.what.shown() + "（" + what + "）";
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

/// All that the writer may know of the household for a sheet, cut to nobody but the table's own flags.
SheetSource source_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, const std::vector<people::Member>& members, const Table& table) {
  SheetSource source;
  source.shared = table.shared;
  source.household_seen_by_all = table.household;
  add_persons(city, table, members, std::max(gate.today(), item.session.held_on), source);
  add_troubles(tx, gate, city, *item.head.household, source);
  add_roles(tx, gate, city, item, source);
  add_team(tx, gate, city, item, source);
  return source;
}

/// The words before what stands in brackets behind them.
std::string_view plain(std::string_view words) { return words.substr(0, words.find("（")); }

/// Topics of the record that the draft offers to this table, or whose words stand in the text wherever they came from.
Topics topics_in(const SheetSource& draft, const SheetSource& record, const SheetText& text) {
  const std::string all = text.picture + "\n" + text.doing + "\n" + text.trouble + "\n" + text.ask;
  const auto stands = [&](std::string_view words) { return !words.empty() && all.find(words) != std::string::npos; };
  const auto offered = [&](Topics topics) { return draft.shared.has_all(topics) ? topics : Topics(); };
  Topics used;
  for (const auto& trouble : draft.troubles) used = used | offered(trouble.topics);
  for (const auto& doing : draft.doings) used = used | offered(doing.topics);
  for (const auto& trouble : record.troubles)
    if (stands(plain(trouble.words))) used = used | trouble.topics;
  for (const auto& doing : record.doings)
    if (stands(plain(doing.what))) used = used | doing.topics;
  return used;
}

std::vector<people::Member> members_of(db::ReadTx& tx, access::Gate& gate, const ItemHead& item) {
  auto household = people::household_view(tx, gate, *item.household);
  return household ? std::move(household->members) : std::vector<people::Member>();
}

/// What one must be allowed to see to know of the sheet.
Topics topics_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item, AgencyId owner, const SheetText& text) {
  Topics topics = Topic::basic | Topic::meeting;
  if (!item.head.household) return topics;
  // That a guarded agency sits at the table is itself a matter of abuse.
  if (casework::works_guarded(tx, *item.head.household, owner)) topics = topics | Topic::abuse;
  const auto members = members_of(tx, gate, item.head);
  const Table table = table_of(tx, gate, city, item.head, store::attendees_of(tx, item.head.id), members);
  const SheetSource draft = source_of(tx, gate, city, item, members, table);
  return topics | topics_in(draft, source_of(tx, gate, city, item, members, {access::kAllTopics, {}, true}), text);
}

bool writes_for(const access::Gate& gate, AgencyId owner) {
  const Roles roles = access::roles_for(SubjectKind::meeting_note, Act::create);
  return std::any_of(gate.viewer().posts.begin(), gate.viewer().posts.end(), [&](const access::Post& p) { return p.agency == owner && roles.has(p.role); });
}

/// Before the sitting; what was put back also while it runs.
bool open_for_writing(const Preparation& p) {
  const Session& session = p.item.session;
  return p.item.head.state == ItemState::waiting && (session.state == SessionState::planned || (p.held_back && session.state == SessionState::held && !session.confirmed_on));
}

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

Result<> insert(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemHead& head, AgencyId owner, Topics topics, const SheetText& text) {
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
  const auto record = store::sheet_of(tx, id);
  if (record)
    if (const auto permit = gate.read(*record)) {
      p.sheet = store::sheet(*permit);
      p.held_back = permit->facts().sharing == access::Sharing::own;
    }
  p.owner = p.sheet ? p.sheet->agency : sheet_owner(tx, p.item.head, store::attendees_of(tx, id));
  // One that the viewer may not read is another's, though this one would write it if there were none.
  p.may_write = open_for_writing(p) && (!record || p.sheet) && writes_for(gate, p.owner);
  p.may_answer = p.item.head.state == ItemState::waiting && p.item.session.state == SessionState::planned && gate.role_may(SubjectKind::meeting_note, Act::create);
  for (Note& note : notes_of(tx, gate, id))
    if (note.kind == NoteKind::answer) p.answers.push_back(std::move(note));
  return p;
}

SheetText prefilled(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item) {
  SheetSource source;
  source.question = item.question.shown();
  if (!item.head.household) return prefill(source);
  const auto members = members_of(tx, gate, item.head);
  source = source_of(tx, gate, city, item, members, table_of(tx, gate, city, item.head, store::attendees_of(tx, item.head.id), members));
  source.question = item.question.shown();
  return prefill(source);
}

Result<> write_sheet(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                     const SheetText& typed) {
  const auto p = preparation(tx, gate, city, id);
  if (!p) return tl::unexpected(p.error());
  if (!open_for_writing(*p)) return fail(ErrorCode::conflict, "会議はもう開かれたか、議題から下ろされました。");
  if (!p->may_write) return fail(ErrorCode::not_permitted, "準備シートは、" + city.dir.name(p->owner) + "が書きます。");
  const SheetText text = trimmed(typed);
  if (auto faults = faults_of(text); !faults.empty()) return invalid(std::move(faults));
  const Topics topics = topics_of(tx, gate, city, p->item, p->owner, text);
  if (const auto record = store::sheet_of(tx, id)) {
    const auto permit = gate.write(*record);
    if (!permit) return tl::unexpected(permit.error());
    if (!store::set_sheet(tx, *permit, version, text, actor.account, actor.now)) return tl::unexpected(saved_by_other());
    access::set_topics(tx, ref(*record), topics);
    access::set_sharing(tx, ref(*record), access::Sharing::team);
  } else {
    if (version != 0) return tl::unexpected(saved_by_other());
    if (auto made = insert(tx, gate, actor, p->item.head, p->owner, topics, text); !made) return made;
  }
  due::settle(tx, ref(id), kDue, actor);
  return {};
}

void await_sheet(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const std::vector<Attendee>& attendees, Date held_on) {
  due::settle(tx, ref(item.id), kDue, actor);
  const auto back = store::held_back_of(tx, item.id);
  if (!item.household || (!back && store::sheet_of(tx, item.id))) return;
  const AgencyId owner = back ? *back : sheet_owner(tx, item, attendees);
  due::await(tx, {kDue, owner.value, item.household->value, ref(item.id), held_on}, actor.now);
}

void follow_attendees(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item,
                      const std::vector<Attendee>& before, const std::vector<Attendee>& after, Date held_on) {
  const auto record = store::sheet_of(tx, item.id);
  if (!record || !item.household) return;
  const AgencyId owner = store::host_of(tx, *record).value_or(AgencyId());
  const bool meets = std::any_of(after.begin(), after.end(), [&](const Attendee& a) {
    return a.party != owner.value && is_new_to(before, a) && !knows_all(tx, gate, city, item, a);
  });
  if (!meets) return;
  access::set_sharing(tx, ref(*record), access::Sharing::own);
  store::raise_sheet(tx, *record);
  await_sheet(tx, actor, item, after, held_on);
}

void rest_sheet(db::WriteTx& tx, const access::Actor& actor, AgendaItemId id) { due::settle(tx, ref(id), kDue, actor); }

}  // namespace kasane::meeting
