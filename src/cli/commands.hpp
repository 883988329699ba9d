// The commands of the program. Each returns the exit code: 0 done, 1 a fault that was explained, 2 wrong use.
#pragma once
#include <filesystem>
#include <string>

#include "cli/app.hpp"

namespace kasane::cli {

/// Serves until SIGINT or SIGTERM, then stops gracefully.
int serve(AppSettings settings);
/// Explains every fault of a municipality's folder with file, line and how to mend it; changes nothing.
int check_municipality(const std::filesystem::path& folder, const std::filesystem::path& national);
/// A consistent copy of the installation into a new folder, which is an installation too: databases (SQLite), audit,
/// keys, lines kept outside, settings. What it does not hold is said.
int backup(const AppSettings& settings, const std::filesystem::path& target);
/// The first account of a city: an administrator. The password is read from the standard input, unseen on a terminal.
int add_administrator(const AppSettings& settings, const std::string& slug, const std::string& login, const std::string& name);
/// A new password, read as above, for an account that cannot sign in any more; its sessions end.
int set_password(const AppSettings& settings, const std::string& slug, const std::string& login);
/// After an older copy was restored: disposes again of what the log names (docs/operators/retention.md).
int dispose_again(const AppSettings& settings, const std::string& slug, const std::filesystem::path& log);
/// Loads the invented demo households into every city that has no account yet, and prints the accounts.
int demo(const AppSettings& settings);

}  // namespace kasane::cli
