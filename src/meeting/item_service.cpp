#include "meeting/item_service.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "access/groups.hpp"
#include "casework/case_service.hpp"
#include "casework/naming.hpp"
#include "casework/team_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "meeting/attendee_proposals.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/kept_away.hpp"
#include "meeting/order_service.hpp"
#include "meeting/other_law_grounds.hpp"
#include "meeting/preparation_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"
#include "people/protection_service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/plan_service.hpp"
#include "planning/sitting_wait.hpp"
#include "programme/statutes.hpp"

namespace kasane::meeting {

using access::Topic;
using programme::Body;
using programme::BodyFunction;

namespace {

Error not_found() { return Error{ErrorCode::not_found, "見つかりません。", {}}; }
Error no_consent(const Body& body) {
  std::string why = "本人の情報共有同意がないため、" + body.name + "の議題にできません。";
  if (!body.consent_text.empty()) why += "（計画: " + body.consent_text + "）";
  return {ErrorCode::conflict, why + "同意がないまま話し合う必要があるときは、理由を付けて106条の6の支援会議の議題にできます。", {}};
}

/// What a new item will be about.
struct Content {
  std::optional<HouseholdId> household;
  std::optional<CaseId> case_id;
  std::vector<PlanId> plans;
  std::vector<std::int64_t> matters;
  std::optional<consent::GroundRequestLine> request;
};

Result<Content> content_of_plan(db::ReadTx& tx, access::Gate& gate, const NewItem& in) {
  const auto view = planning::plan_view(tx, gate, PlanId(in.matter_id));
  if (!view) return tl::unexpected(view.error());
  Content c{view->head.household, view->head.case_id, {view->head.id}, {}, {}};
  if (in.matter != Matter::plan || !view->head.bundle) return c;
  for (const auto& line : planning::plans_waiting(tx, gate))
    if (line.head.bundle == view->head.bundle && line.head.id != view->head.id) c.plans.push_back(line.head.id);
  return c;
}

Result<Content> content_of(db::ReadTx& tx, access::Gate& gate, const NewItem& in) {
  switch (in.matter) {
    case Matter::plan:
    case Matter::review:
    case Matter::marked: return content_of_plan(tx, gate, in);
    case Matter::closure:
      for (const auto& line : planning::closures_waiting(tx, gate))
        if (line.closure.id.value == in.matter_id) return Content{line.closure.household, line.closure.case_id, {}, {in.matter_id}, {}};
      return tl::unexpected(not_found());
    case Matter::early_start:
      for (const auto& line : planning::early_starts_to_ratify(tx, gate))
        if (line.start.id == in.matter_id) return Content{line.start.household, line.start.case_id, {}, {in.matter_id}, {}};
      return tl::unexpected(not_found());
    case Matter::request: {
      auto request = consent::ground_request(tx, gate, GroundRequestId(in.matter_id));
      if (!request) return tl::unexpected(request.error());
      const HouseholdId household = request->household;
      return Content{household, casework::case_of(tx, gate, household), {}, {}, std::move(*request)};
    }
    case Matter::progress:
      if (auto known = gate.read(HouseholdId(in.matter_id)); !known) return tl::unexpected(known.error());
      return Content{HouseholdId(in.matter_id), casework::case_of(tx, gate, HouseholdId(in.matter_id)), {}, {}, {}};
    case Matter::other:
      if (!in.household) return Content{};
      if (auto known = gate.read(*in.household); !known) return tl::unexpected(known.error());
      return Content{in.household, casework::case_of(tx, gate, *in.household), {}, {}, {}};
  }
  return tl::unexpected(not_found());
}

bool waits(const Content& c, std::int64_t matter_id, const std::set<std::int64_t>& taken) {
  if (c.request && c.request->state != consent::RequestState::waiting) return false;
  if (matter_id != 0 && taken.contains(matter_id)) return false;
  return std::none_of(c.plans.begin(), c.plans.end(), [&](PlanId p) { return taken.contains(p.value); });
}

/// Whether the item may go before this body at all; the withdrawal of a consent is looked at without one.
Result<> passes_consent(db::ReadTx& tx, access::Gate& gate, const Body& body, const ItemHead& head, const std::vector<PlanId>& plans, Date on) {
  if (!head.needs_consent) return {};
  for (const PlanId plan : plans)
    if (!planning::consent_of_plan(tx, plan, on).ok) return tl::unexpected(no_consent(body));
  if (supports_of(tx, gate, head, on).empty()) return tl::unexpected(no_consent(body));
  return {};
}

/// Whom the item is about: the 本人 of its plans; whom the request names; else the 本人 of the case. Nobody in particular
/// where nothing says more than the household.
Result<std::vector<PersonId>> persons_about(db::ReadTx& tx, access::Gate& gate, const Content& c) {
  std::vector<PersonId> persons;
  for (const PlanId plan : c.plans) {
    const auto view = planning::plan_view(tx, gate, plan);
    if (!view) return tl::unexpected(view.error());
    for (const auto& p : view->persons)
      if (std::find(persons.begin(), persons.end(), p.person) == persons.end()) persons.push_back(p.person);
  }
  if (persons.empty() && c.request && c.request->person) persons.push_back(*c.request->person);
  if (persons.empty() && c.case_id)
    if (auto facts = casework::case_facts(tx, gate, *c.case_id)) persons = std::move(facts->subjects);
  return persons;
}

/// What is known of the item says nobody: those on whose consent it rests, or whom its article is about.
void add_persons_of_ground(db::ReadTx& tx, access::Gate& gate, const ItemHead& head, Date on, std::vector<PersonId>& persons) {
  if (!persons.empty()) return;
  if (head.needs_consent)
    for (const Support& s : supports_of(tx, gate, head, on)) persons.push_back(s.person);
  else if (rests_on_other_law(head))
    if (auto law = consent::other_law_of(tx, head.id)) persons = std::move(law->persons);
}

/// An item by hand before a body of 106条の6 rests on a request made with it.
Result<consent::GroundRequestLine> new_request(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city,
                                               const Body& body, HouseholdId household, const NewItem& in) {
  consent::NewGroundRequest request;
  request.household = household;
  request.body = &body;
  request.hosts = conveners(city, body);
  request.ground_code = in.ground_code;
  request.reason = in.reason;
  request.asked_on = gate.today();
  request.basis = programme::basis_text(city.m, programme::kSupportConference, gate.today());
  const auto id = consent::ask_for_conference(tx, gate, actor, city.m.rules.days, std::move(request));
  if (!id) return tl::unexpected(id.error());
  return consent::ground_request(tx, gate, *id);
}

ItemHead head_of(const NewItem& in, const Body& body, const Content& c) {
  ItemHead h;
  h.session = in.session;
  h.body = body.code;
  h.function = body.function;
  h.secrecy = body.secrecy;
  h.agenda_kind = in.agenda_kind.empty() ? agenda_kind_for(body, in.matter) : in.agenda_kind;
  h.matter = in.matter;
  h.household = c.household;
  h.case_id = c.case_id;
  h.minutes = in.minutes;
  h.needs_consent = c.household && rests_on_consent(body) && in.matter != Matter::marked;
  if (in.matter == Matter::marked && rests_on_consent(body)) {
    h.ground_code = "consent_withdrawn";
    h.ground_text = "情報共有同意の取消しの扱い（新しく共有するものはありません）";
  } else if (h.needs_consent) {
    h.ground_code = "consent";
    h.ground_text = "情報共有同意";
  }
  return h;
}

void rest_on(ItemHead& head, const Body& body, const consent::GroundRequestLine& request) {
  head.request = request.id;
  head.ground_code = request.ground_code;
  head.ground_text = ground_text(body, request.ground_code);
  if (head.ground_text.empty()) head.ground_text = body.legal_basis.empty() ? std::string("社会福祉法106条の6") : body.legal_basis;
}

std::vector<FieldError> faults_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Running& r, const ItemChange& in) {
  std::vector<FieldError> faults;
  if (!r.head.household && trim(in.question).empty()) faults.push_back({"question", "会議にたずねることを入力してください。"});
  if (r.head.matter == Matter::marked && !r.head.needs_consent && !r.head.request && !in.attendees.empty())
    faults.push_back({"attendees", "同意が取り消されているため、会議を開く機関だけで扱います。"});
  const auto supports = r.head.needs_consent ? supports_of(tx, gate, r.head, gate.today()) : std::vector<Support>();
  for (const Attendee& a : in.attendees) {
    const bool agency = !city.dir.code(AgencyId(a.party)).empty();
    const auto person = agency ? std::nullopt : store::account_name(tx, AccountId(a.party));
    if (!agency && !person) faults.push_back({"attendees", "出席する機関か人を選んでください。"});
    if (!agency && a.scope != Scope::summary && !a.appointed_on) faults.push_back({"adviser_appointed_on", "個人として出席する人は、委嘱の日を入力してください。"});
    if (!kept_from(tx, city, supports, a.party, gate.today())) continue;
    if (agency) faults.push_back({"attendees", city.dir.name(AgencyId(a.party)) + "は、本人が共有しないと決めた機関です。"});
    else faults.push_back({"adviser_login", person.value_or("") + "さんは、本人が共有しないと決めた機関に所属しているため、呼べません。"});
  }
  return faults;
}

people::AskedPerson asked_person(db::ReadTx& tx, const Settings& city, std::int64_t account, Date today) {
  people::AskedPerson who{store::account_name(tx, AccountId(account)).value_or(""), {account}};
  for (const AgencyId agency : agencies_behind(tx, city, account, today)) who.parties.push_back(agency.value);
  return who;
}

/// Who holds a protective measure of the household learns that somebody of the other side is asked along.
void tell_of_meeting(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const store::ItemPermit& permit, const ItemHead& head,
                     const std::vector<Attendee>& attendees) {
  if (!head.household) return;
  std::vector<AgencyId> agencies;
  for (const Attendee& a : attendees) {
    if (!city.dir.code(AgencyId(a.party)).empty()) agencies.emplace_back(a.party);
    else people::on_person_asked(tx, permit, *head.household, asked_person(tx, city, a.party, office_day(actor.now)), actor);
  }
  people::on_meeting(tx, *head.household, agencies, actor);
}

/// Who is listed already and asked along once more by hand is there once, as was said last.
void keep_last(std::vector<Attendee>& attendees) {
  std::vector<Attendee> once;
  for (const Attendee& a : attendees) {
    const auto before = std::find_if(once.begin(), once.end(), [&](const Attendee& o) { return o.party == a.party; });
    if (before == once.end()) once.push_back(a);
    else *before = a;
  }
  attendees = std::move(once);
}

/// Attendees that the viewer was not shown stay as they are.
void keep_unnamed(db::ReadTx& tx, access::Gate& gate, const ItemHead& head, std::vector<Attendee>& attendees) {
  if (!head.household) return;
  casework::Naming naming(tx, gate);
  for (const Attendee& before : store::attendees_of(tx, head.id)) {
    const bool listed = std::any_of(attendees.begin(), attendees.end(), [&](const Attendee& a) { return a.party == before.party; });
    if (!listed && !naming.may_name(*head.household, AgencyId(before.party))) attendees.push_back(before);
  }
}

/// What was closed to somebody whose part is over, or whose days are, stays closed: opening the packet is a step of its own.
void keep_closed(const std::vector<Attendee>& before, std::vector<Attendee>& attendees, Date today) {
  for (Attendee& a : attendees)
    for (const Attendee& b : before)
      if (b.party == a.party && b.until < today) a.until = b.until;
}

std::vector<Attendee> cut_to_rules(const Settings& city, const Running& r, std::vector<Attendee> attendees) {
  for (Attendee& a : attendees) {
    if (collects(city.dir.name(AgencyId(a.party))) && a.scope != Scope::summary) a.scope = Scope::section;
    if (a.scope == Scope::household && !r.head.request && !rests_on_other_law(r.head)) a.scope = Scope::item;
    // Who is appointed in person is appointed for the item: the household is for agencies.
    if (a.scope == Scope::household && city.dir.code(AgencyId(a.party)).empty()) a.scope = Scope::item;
    a.until = packet_until(a.scope, r.session.held_on, a.until);
    a.topics = packet_topics(a.scope == Scope::section ? access::Topics() : a.topics);
  }
  return attendees;
}

}  // namespace

Result<AgendaItemId> add_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewItem& in) {
  const auto session = meeting::session(tx, gate, in.session);
  if (!session) return tl::unexpected(session.error());
  const Body* body = city.m.body(in.body);
  const bool of_session = std::any_of(session->bodies.begin(), session->bodies.end(), [&](const SessionBody& b) { return b.body == in.body; });
  if (body == nullptr || !of_session) return invalid("body", "この回で開く会議を選んでください。");
  const auto runner = running_agency(gate, city, *body);
  if (!runner) return tl::unexpected(not_for_you());
  if (session->state != SessionState::planned) return fail(ErrorCode::conflict, "予定の会議にだけ、議題を足せます。");
  auto content = content_of(tx, gate, in);
  if (!content) return tl::unexpected(content.error());
  const bool under_other_law = body->function == BodyFunction::other_law;
  if (content->household && (!takes_households(body->function) || (under_other_law && in.matter != Matter::other))) return invalid("body", body->name + "は、世帯のことを扱いません。");
  if (!content->household && trim(in.question).empty()) return invalid("question", "会議にたずねることを入力してください。");
  if (!waits(*content, in.matter_id, store::on_planned_agendas(tx))) return fail(ErrorCode::conflict, "これは、もうほかの会議の議題になっています。");
  auto persons = persons_about(tx, gate, *content);
  if (!persons) return tl::unexpected(persons.error());
  const bool statutory = body->function == BodyFunction::support_conference_106_6;
  // Without consent the meeting talks about the household; a plan is judged by the body that rests on consent.
  if (statutory) content->plans.clear();
  ItemHead head = head_of(in, *body, *content);
  const Date on = std::max(gate.today(), session->held_on);
  if (auto named = take_other_law(city, *body, in.law, gate.today(), head); !named) return tl::unexpected(named.error());
  if (auto passed = passes_consent(tx, gate, *body, head, content->plans, on); !passed) return tl::unexpected(passed.error());
  if (statutory && content->household) {
    if (!content->request) {
      auto made = new_request(tx, gate, actor, city, *body, *content->household, in);
      if (!made) return tl::unexpected(made.error());
      content->request = std::move(*made);
    }
    rest_on(head, *body, *content->request);
  }
  auto permit = gate.create<AgendaItemTag>(
      tx, {head.household ? head.household->value : 0, *runner, {}, Topic::basic | Topic::meeting, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  head.id = permit->id();
  head.number = store::next_number(tx, in.session);
  store::insert_item(tx, *permit, head, std::string(trim(in.question)), content->plans, content->matters);
  if (rests_on_other_law(head))
    if (auto kept = consent::rest_on_other_law(tx, gate, {city.m, city.dir}, {head.id, *head.household, in.law, {}}); !kept) return tl::unexpected(kept.error());
  add_persons_of_ground(tx, gate, head, on, *persons);
  access::set_persons(tx, {SubjectKind::agenda_item, head.id.value}, *persons);
  const auto attendees = in.seats ? seats_of(tx, gate, city, head, *in.seats, session->held_on) : first_attendees(tx, gate, city, head, session->held_on);
  store::set_attendees(tx, head.id, attendees);
  give_grounds(tx, gate, actor, city, head, attendees);
  for (const PlanId plan : content->plans) planning::lay_before_sitting(tx, plan, {head.id, session->held_on}, actor.now);
  tell_of_meeting(tx, actor, city, *permit, head, attendees);
  follow_slices(tx, in.session);
  await_sheet(tx, actor, head, attendees, session->held_on);
  if (head.request)
    if (auto marked = consent::mark_request(tx, gate, actor, *head.request, consent::RequestState::on_agenda, gate.today()); !marked)
      return tl::unexpected(marked.error());
  return head.id;
}

Result<ItemView> item(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  ItemView view = store::view(tx, *permit);
  auto session = meeting::session(tx, gate, view.head.session);
  if (!session) return tl::unexpected(session.error());
  view.session = std::move(*session);
  const Body* body = city.m.body(view.head.body);
  view.may_manage = body != nullptr && running_agency(gate, city, *body).has_value();
  if (!view.may_manage)
    for (const Attendee& a : view.attendees)
      if (a.scope == Scope::section && (gate.viewer().in_agency(AgencyId(a.party)) || gate.viewer().account.value == a.party)) view.for_section_only = true;
  leave_out_unnamed(tx, gate, view);
  return view;
}

void leave_out_unnamed(db::ReadTx& tx, access::Gate& gate, ItemView& view) {
  if (!view.head.household) return;
  casework::Naming naming(tx, gate);
  const auto unnamed = [&](AgencyId agency) { return !naming.may_name(*view.head.household, agency); };
  std::erase_if(view.attendees, [&](const Attendee& a) { return unnamed(AgencyId(a.party)); });
  std::erase_if(view.results, [&](const ResultLine& r) { return r.agency && unnamed(*r.agency); });
}

std::vector<ItemLine> items_of(db::ReadTx&, access::Gate& gate, SessionId session) {
  return store::lines(gate.scope<AgendaItemTag>(Topic::basic | Topic::meeting), session);
}

Result<> change_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const ItemChange& in) {
  const auto r = running(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (auto faults = faults_of(tx, gate, city, *r, in); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_question(tx, r->permit, in.version, std::string(trim(in.question)), in.minutes)) return tl::unexpected(saved_by_other());
  const auto before = store::attendees_of(tx, id);
  auto attendees = cut_to_rules(city, *r, in.attendees);
  keep_last(attendees);
  keep_unnamed(tx, gate, r->head, attendees);
  keep_closed(before, attendees, gate.today());
  store::set_attendees(tx, id, attendees);
  give_grounds(tx, gate, actor, city, r->head, attendees);
  tell_of_meeting(tx, actor, city, r->permit, r->head, attendees);
  follow_attendees(tx, gate, actor, city, r->head, before, attendees, r->session.held_on);
  if (r->session.state == SessionState::planned) await_sheet(tx, actor, r->head, attendees, r->session.held_on);
  return {};
}

Result<> withdraw_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version) {
  const auto r = running(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.version != version) return tl::unexpected(saved_by_other());
  take_off(tx, gate, actor, id);
  return {};
}

std::optional<ItemLine> next_item_of(db::ReadTx&, access::Gate& gate, CaseId id) {
  return store::next_line_of(gate.scope<AgendaItemTag>(Topic::basic | Topic::meeting), id);
}

}  // namespace kasane::meeting
