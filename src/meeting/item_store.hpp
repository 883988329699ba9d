// SQL of agenda items, their attendees, findings and results.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

using ItemPermit = access::Permit<AgendaItemTag>;

void insert_item(db::WriteTx& tx, const ItemPermit& permit, const ItemHead& head, const std::string& question,
                 const std::vector<PlanId>& plans, const std::vector<std::int64_t>& matters);
int next_number(db::ReadTx& tx, SessionId session);

/// An item as stored, without what is said in it. The caller has passed a permit, or needs no more than its state.
std::optional<ItemHead> head(db::ReadTx& tx, AgendaItemId id);
/// The items of a session by number, without those withdrawn. No content.
std::vector<ItemHead> heads_of(db::ReadTx& tx, SessionId session);
std::vector<AgendaItemId> waiting_in(db::ReadTx& tx, SessionId session);
std::vector<PlanId> plans_of(db::ReadTx& tx, AgendaItemId id);
std::vector<std::int64_t> matters_of(db::ReadTx& tx, AgendaItemId id);
std::vector<Attendee> attendees_of(db::ReadTx& tx, AgendaItemId id);
/// Plans, closures, early starts and requests that stand on a planned agenda, and households whose progress does.
std::set<std::int64_t> on_planned_agendas(db::ReadTx& tx);
/// An item as everybody with a meeting role may know it: that it exists, before which body, how long.
struct Outline {
  int number = 0;
  std::string body;
  std::string agenda_kind;
  int minutes = 0;
  ItemState state = ItemState::waiting;
};
/// Without those withdrawn.
std::vector<Outline> outlines(db::ReadTx& tx, SessionId session);
/// The active account of this login.
std::optional<AccountId> account_of(db::ReadTx& tx, const std::string& login);
/// The name under which somebody works here; nothing when there is no such account.
std::optional<std::string> account_name(db::ReadTx& tx, AccountId id);

/// Label, question, note, plans, findings and results, masked for the viewer.
ItemView view(db::ReadTx& tx, const ItemPermit& permit);
std::vector<ItemLine> lines(const access::Scope<AgendaItemTag>& scope, SessionId session);
std::optional<ItemLine> next_line_of(const access::Scope<AgendaItemTag>& scope, CaseId id);

bool set_question(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& question, int minutes);
/// On what the item rests, where that is chosen anew. False when its version moved on.
bool set_ground(db::WriteTx& tx, AgendaItemId id, std::int64_t version, const std::string& code, const std::string& text);
void set_attendees(db::WriteTx& tx, AgendaItemId id, const std::vector<Attendee>& attendees);
bool set_state(db::WriteTx& tx, AgendaItemId id, std::int64_t version, ItemState state);
/// Something that is decided with the item has changed: who looks at it is stale.
void raise_version(db::WriteTx& tx, AgendaItemId id);
bool set_outcome(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, ItemState state, const std::string& note);
void set_case(db::WriteTx& tx, AgendaItemId id, CaseId case_id);

struct NewFinding {
  std::int64_t plan = 0;
  planning::Finding result = planning::Finding::adequate;
  std::string wording;
  Date on;
  std::string text;
};
void insert_finding(db::WriteTx& tx, const ItemPermit& permit, const NewFinding& finding, UtcMs now);
struct NewResult {
  ResultKind kind = ResultKind::policy;
  std::string code;
  std::optional<AgencyId> agency;
  std::string text;
  std::optional<Date> due_on;
};
void insert_result(db::WriteTx& tx, const ItemPermit& permit, const NewResult& result);

}  // namespace kasane::meeting::store
