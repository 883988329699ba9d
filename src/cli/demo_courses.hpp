// Invented households at different points of the flow, so that every page of every city has something to show.
#pragma once
#include <string>
#include <vector>

#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// Where the course of a household stops.
enum class Stop { intake, referral, before_consent, preparing, submitted, active, closing, closed };

struct IssueOf {
  int person = -1;  // of the faces; -1: of the household
  const char* code = "";
  casework::Certainty certainty = casework::Certainty::confirmed;
  casework::Treatment treatment = casework::Treatment::unsaid;
};
struct RoleOf {
  const char* who = "";      // last part of a login: its agency takes the role; "": the person or family, `part`
  const char* part = "";
  const char* what = "";
  const char* how_often = "";
};

/// What happens in such a household, without names.
struct Situation {
  std::vector<std::string> about;
  const char* summary = "";
  const char* reason = "";             // why it goes to 多機関協働
  const char* passed_on = "";
  std::vector<IssueOf> issues;
  const char* first_visit = "";
  const char* later_visit = "";
  const char* wishes = "";
  const char* direction = "";
  const char* long_goal = "";
  const char* short_goal = "";
  std::vector<RoleOf> roles;
  const char* service = "participation";  // what the field worker's visits count for
  const char* safety = nullptr;           // what those who visit should know first; with it 過度の苦情
};

struct Course {
  Stop stop = Stop::intake;
  int begun_days_ago = 30;
  const Situation* situation = nullptr;
  Place place;
  std::vector<Face> faces;
  std::size_t subject = 0;             // whose consent and plan it is
  const char* window = "window";       // who takes it and passes it on
};

/// Lives through the course up to its stop.
void run(World& w, const Course& course);
/// The households of a city beside its story, and its open notices.
void run_courses(World& w);

}  // namespace kasane::cli::invented
