// The steps of the flow in one call each, so that an invented past reads like a story. Each step is what a demo account
// does on its page; what a step needs besides (the version shown, the name of the form) it looks up itself.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/abuse_service.hpp"
#include "casework/case_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/issue_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/record_service.hpp"
#include "casework/referral_service.hpp"
#include "casework/task_service.hpp"
#include "cli/demo_world.hpp"
#include "consent/service.hpp"
#include "people/service.hpp"

namespace kasane::cli::invented {

using Who = std::string_view;  // last part of a login

/// One person of an invented household. The birthday falls five months before the demo is made.
struct Face {
  const char* family = "";
  const char* given = "";
  const char* kana = "";
  int age = 0;
  const char* sex = "";
  const char* relation = "";
  const char* safe = "";      // how to reach this person without danger
};

struct Home {
  HouseholdId id;
  std::vector<PersonId> persons;  // in the order of the faces
  PersonId operator[](std::size_t i) const { return persons.at(i); }
};
struct Place {
  const char* area = "";
  const char* address = "";
  const char* phone = "";
};
Home home(World& w, Who who, const Place& place, const std::vector<Face>& faces);

NoticeId notice(World& w, Who who, casework::NewNotice what);
void look(World& w, Who who, NoticeId id, casework::LookResult result, const std::string& note);

struct Visit {
  std::vector<std::string> about;
  std::string summary;
  std::string consulter = {};
  std::string relation = {};
  std::optional<NoticeId> notice = {};
  std::optional<PersonId> person = {};
  bool abuse = false;
};
/// `at`: nothing while no household is known.
IntakeId intake(World& w, Who who, const std::optional<Home>& at, const Visit& visit);
void screen(World& w, Who who, IntakeId id, casework::ScreeningResult result, const std::string& note, int next_in_days = 14);

struct Handover {
  casework::ReferralKind kind = casework::ReferralKind::collaboration;
  casework::Passing passing = casework::Passing::spoken_consent;
  const char* to = nullptr;            // network: agency
  std::optional<PersonId> person = {};
  std::optional<IntakeId> intake = {};
  std::vector<std::string> reasons = {};
  std::string reason = {};
  std::string text;
  std::string ground = {};             // statutory: ground of the 支援会議
  std::string duty = {};
  bool judged = true;                  // the writer judges it as needed, where the city judges at the source
};
ReferralId refer(World& w, Who who, const Home& at, const Handover& what);
void take(World& w, Who who, ReferralId id);
void answer(World& w, Who who, ReferralId id, casework::ReferralAnswer answer);
/// The sender reads the answer.
void read_answer(World& w, Who who, ReferralId id);
/// Accepts it: the case that was opened.
CaseId accept(World& w, Who who, const Home& at, ReferralId id, const std::vector<PersonId>& subjects, const std::string& text,
              const std::string& category = {});

/// Both facts of one person on one day.
struct Sheet {
  std::optional<bool> application = true;   // nothing: not asked; false: refused
  std::optional<bool> sharing = true;
  std::vector<const char*> exceptions = {};
  const char* spoken_to = nullptr;          // witness, where it was spoken
};
std::vector<ConsentId> consent(World& w, Who who, const Home& at, PersonId person, const Sheet& sheet);

struct Entry {
  std::string method = "home_visit";
  std::string outcome = "met";
  std::string text;
  std::optional<PersonId> person = {};
  std::vector<std::string> services = {};
  std::vector<std::string> content = {};
  bool attempt = false;
  std::optional<int> minutes = {};
  std::string stage = {};
  int next_in_days = 0;                     // 0: no next day
};
SupportRecordId record(World& w, Who who, const Home& at, const Entry& entry);
void issue(World& w, Who who, const Home& at, const std::optional<PersonId>& person, const char* code,
           casework::Certainty certainty = casework::Certainty::confirmed, casework::Treatment treatment = casework::Treatment::unsaid,
           const char* note = "");
void task(World& w, Who who, const Home& at, CaseId id, const char* agency, const char* what, int due_in_days, const char* how_often = "");

/// Does what is due about this household by now, and all that is open where `all`.
void finish_tasks(World& w, Who who, const Home& at, bool all = false);

}  // namespace kasane::cli::invented
