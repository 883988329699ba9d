// Words of the meeting room: states of a session and of an item, what an item was pulled from, its results, who gets
// how much of it. Each is stored as its code; what a code is called on a page comes from label_of().
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "planning/model.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::meeting {

using PersonalText = Personal<std::string>;

enum class SessionState : std::uint8_t { planned, held, cancelled };
/// How it was held: around a table, or two agencies by telephone, noted in a minute.
enum class Manner : std::uint8_t { sitting, phone };
enum class ItemState : std::uint8_t { waiting, treated, deferred, withdrawn };
/// What an item is about, and where its proposal came from. `progress`: how a household is getting on, looked at again by
/// the rule of the body; `other` by hand.
enum class Matter : std::uint8_t { plan, review, marked, closure, early_start, request, progress, other };
/// Results of a 支援会議; `advice` and `undertaking` also elsewhere.
enum class ResultKind : std::uint8_t { policy, watch, emergency, connect, consent_step, advice, undertaking };
/// What an attendee gets: the item and the household (on 106条の6 only), the item, the item until it is over or the day of
/// the session ends and not for collection (sections of tax and fees), or a summary in which nobody can be recognised
/// (advisers who are not appointed for the item).
enum class Scope : std::uint8_t { household, item, section, summary };

std::string_view code_of(SessionState state);
std::string_view code_of(Manner manner);
std::string_view code_of(ItemState state);
std::string_view code_of(Matter matter);
std::string_view code_of(ResultKind kind);
std::string_view code_of(Scope scope);

/// Nothing when the code is none of the list.
template <class E>
std::optional<E> parse_code(std::string_view code);
template <> std::optional<SessionState> parse_code(std::string_view code);
template <> std::optional<Manner> parse_code(std::string_view code);
template <> std::optional<ItemState> parse_code(std::string_view code);
template <> std::optional<Matter> parse_code(std::string_view code);
template <> std::optional<ResultKind> parse_code(std::string_view code);
template <> std::optional<Scope> parse_code(std::string_view code);

std::string_view label_of(SessionState state);
std::string_view label_of(Manner manner);
std::string_view label_of(ItemState state);
std::string_view label_of(Matter matter);
std::string_view label_of(ResultKind kind);
std::string_view label_of(Scope scope);

/// The city's settings and agencies.
using Settings = planning::Settings;

struct SessionBody {
  std::string body;                 // code in the city's folder
  programme::BodyFunction function = programme::BodyFunction::liaison;  // as it was when it was called
};

/// A sitting of one body or of several. Holds no content: date, place, how many items.
struct Session {
  SessionId id;
  Date held_on;                     // planned or held
  std::string at_time;              // "13:30"; ''
  std::string place;
  std::string facilitator;          // 進行役; ''
  Manner manner = Manner::sitting;
  SessionState state = SessionState::planned;
  std::optional<Date> confirmed_on;  // minutes confirmed
  std::vector<SessionBody> bodies;
  int items = 0;                    // not counting those withdrawn
  std::int64_t version = 1;
};
struct Presence {
  AgencyId agency;
  bool present = false;
};

/// A part of a joint sitting: one body in its turn. A sitting without slices is one part for all its bodies.
struct Slice {
  std::string body;
  std::string starts_at;            // "13:30"; ''
  int minutes = 0;                  // 0: not set
  struct Seat {
    AgencyId agency;
    bool expected = false;          // invited to this part
    bool present = false;
  };
  std::vector<Seat> seats;
};

struct Attendee {
  std::int64_t party = 0;           // agency or account
  Scope scope = Scope::item;
  std::optional<Date> appointed_on;  // 委嘱, for those who are not members
  Date until;                       // the packet closes after this day
  access::Topics topics;
};

/// An item without what is said in it.
struct ItemHead {
  AgendaItemId id;
  SessionId session;
  int number = 0;
  std::string body;
  programme::BodyFunction function = programme::BodyFunction::liaison;
  bool needs_consent = false;       // the item rests on consent
  std::string secrecy;
  std::string agenda_kind;          // code of the body's agenda kinds; ''
  Matter matter = Matter::other;
  std::optional<HouseholdId> household;  // nothing: about the system as a whole
  std::optional<CaseId> case_id;
  std::optional<GroundRequestId> request;
  std::string ground_code, ground_text;
  int minutes = 0;
  ItemState state = ItemState::waiting;
  std::int64_t version = 1;
};
/// An item in the list of a session, for those who may know it.
struct ItemLine {
  ItemHead head;
  PersonalText label;               // household
};

struct FindingLine {
  std::int64_t plan = 0;            // 0: on the item
  planning::Finding result = planning::Finding::adequate;
  std::string wording;
  Date on;
  PersonalText text;
};
struct ResultLine {
  ResultKind kind = ResultKind::policy;
  std::string code;                 // connect: needed | not_needed and, after ':', the kind of below-threshold case
  std::optional<AgencyId> agency;
  PersonalText text;
  std::optional<Date> due_on;
};
/// A plan as the packet shows it: only parts of topics that the viewer may see.
struct PacketPlan {
  PlanId id;
  planning::PlanKind kind = planning::PlanKind::collaboration;
  int revision = 1;
  planning::PlanState state = planning::PlanState::draft;
  std::int64_t version = 1;
  std::optional<Date> review_on;
  PersonalText direction;
  std::vector<PersonalText> goals;
  struct Role {
    std::string who;                // agency or actor
    PersonalText what;
    std::string how_often;
  };
  std::vector<Role> roles;
};
struct ItemView {
  ItemHead head;
  Session session;
  PersonalText label;
  PersonalText question;            // what is asked of the meeting
  PersonalText note;                // 要点
  std::vector<std::int64_t> matters;  // early starts, closures
  std::vector<PacketPlan> plans;
  std::vector<Attendee> attendees;
  std::vector<FindingLine> findings;
  std::vector<ResultLine> results;
  bool may_manage = false;
  bool for_section_only = false;    // the viewer gets it as a section of tax or fees
};

/// Something that waits for the meeting.
struct Proposal {
  Matter matter = Matter::plan;
  std::int64_t id = 0;              // plan, closure, early start, request; of progress the household
  HouseholdId household;
  std::optional<CaseId> case_id;
  PersonalText label;
  std::string case_number;
  Date since;
  std::vector<PlanId> plans;        // the bundle
  std::string body;                 // of the session's bodies that treats it
  std::vector<std::string> why_not;  // not empty: it cannot go on this body's agenda
  std::string why;                  // why it is proposed, one short phrase
  bool sure = false;                // the rule leaves no doubt: chosen unless somebody takes the tick away
  int minutes = 0;                  // default of the city or of the matter
  bool asks_reason = false;         // on 106条の6 without a request: a ground and a reason are given with it
};

}  // namespace kasane::meeting
