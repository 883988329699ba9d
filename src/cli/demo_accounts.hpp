// The demo accounts of a city: every role that its posts name, in the agencies where the invented households turn up.
#pragma once
#include <string>
#include <vector>

#include "cli/demo_world.hpp"

namespace kasane::cli::invented {

/// All demo accounts of all cities share it; it is printed and never used for anything real.
inline constexpr const char* kPassword = "kasane-demo-2026";

struct Login {
  std::string role;   // last part of the login: "coordinator" in "tsuruoka-coordinator"
  std::string login;
  std::string name;
  std::string post;   // agency and title, for the printed table
};

/// The accounts that a city gets, by the city's slug; a city without a list of its own gets the posts that every city
/// has in its owner section. Errors of the settings (an agency that is not there) throw.
std::vector<Login> logins_of(const programme::City& city);
/// Makes them, with posts from `from` on, and tells the world who is who.
void make_accounts(World& world, Date from);

}  // namespace kasane::cli::invented
