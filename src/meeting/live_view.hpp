// What the page of a sitting that is being run shows. Each region can be fetched and put in its place by itself
// (ui/src/live.ts): lists are replaced, forms in which somebody types are left alone.
#pragma once
#include <string>
#include <vector>

#include "html/kit.hpp"
#include "meeting/item_view.hpp"
#include "meeting/live_forms.hpp"
#include "meeting/live_model.hpp"
#include "meeting/live_plan.hpp"
#include "meeting/screen_service.hpp"

namespace kasane::meeting {

/// One line of the agenda as this viewer may know it.
struct AgendaLine {
  ItemHead head;                    // number, body, state and minutes are for all who follow
  bool known = false;               // may open it
  PersonalText label;
};

struct LiveShown {
  Session session;
  std::optional<Live> live;
  std::vector<AgendaLine> agenda;
  std::optional<ItemView> item;     // of now, where the viewer may open it
  std::vector<Note> notes;
  std::vector<people::Member> members;
  std::vector<PlanEdit> plans;      // of the item, that the viewer may change
  std::vector<PartSeats> parts;     // hosts only
  std::vector<AgencyId> there;      // now, in this part
  std::vector<AgencyId> without_right;  // hosts only
  std::vector<RoomPerson> persons;  // hosts only: of the item that is treated now
  bool asks_secrecy = false;        // to be acknowledged before anything of the item is read
  bool screen_open = false;
  bool hosts = false;
  bool reads_later = false;         // was absent, and has not said that it has read
};

inline std::string live_path(SessionId id) { return session_path(id) + "/live"; }

/// A region of the page; `key` changes when a form of it no longer fits what is stored.
html::Html live_list(std::string_view id, const html::Html& body);
html::Html live_form(std::string_view id, const std::string& key, const html::Html& body);

/// Whether the item is closed beside its result, by `close_without_result`, and not at the head of the page.
bool closes_beside_result(const LiveShown& s);
html::Html close_without_result(const programme::Ctx& ctx, const LiveShown& s);
html::Html agenda_html(const programme::Ctx& ctx, const LiveShown& s);
/// Which item, since when, of how many minutes.
html::Html now_html(const programme::Ctx& ctx, const LiveShown& s);
/// Points and undertakings, each with who wrote it.
html::Html notes_html(const programme::Ctx& ctx, const LiveShown& s);
/// What attendees wrote before the sitting.
html::Html answers_html(const programme::Ctx& ctx, const std::vector<Note>& notes);
/// For the host: what the screen shows, and who keeps it from showing more.
html::Html screen_state_html(const programme::Ctx& ctx, const LiveShown& s);

}  // namespace kasane::meeting
