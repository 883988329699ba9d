// Checking the proof of the audit and going on with it after a restore: `kasane audit …`, `kasane restored`.
#pragma once
#include <string>
#include <vector>

#include "cli/app.hpp"

namespace kasane::cli {

/// Reckons every city's audit anew and says what was altered, removed, added or moved. 0: all was compared and is whole.
/// 1: something is not as it was. 2: something could not be compared (no records, no public key, no lines of the city
/// outside, lines that cannot be read), or there is no such city or file. `slug`: one city; empty: all. `outside`: files
/// of lines kept elsewhere; none: the installation's own. `keys`: public keys in hex kept elsewhere; none: audit-key.pub.
int audit_verify(const AppSettings& settings, const std::string& slug, const std::vector<std::string>& outside, const std::vector<std::string>& keys);
/// After files were put back from a backup, before the program starts: ends all sessions, records that and which
/// checkpoints were lost, and signs anew behind those that stand outside. 2: files or lines are missing; nothing is done.
int restored(const AppSettings& settings, const std::vector<std::string>& outside);
/// Prints the newest checkpoint of each city: its line, and the short code to be copied by hand.
int audit_checkpoint(const AppSettings& settings);

}  // namespace kasane::cli
