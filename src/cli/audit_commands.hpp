// Keeping and checking the proof of the audit: the signing key, the lines kept outside, `kasane audit …`.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/signing.hpp"
#include "cli/app.hpp"

namespace kasane::cli {

/// The key that signs checkpoints, made on first use beside the installation's key, readable only for its owner; its
/// public half lies beside it as audit-key.pub, to be kept outside too. Throws std::runtime_error when damaged.
Signer load_or_make_signer(const std::filesystem::path& data);
/// Adds a line to the file of checkpoints and waits until it is on the disk. False when it could not be kept.
bool keep_outside(const std::filesystem::path& file, const std::string& line);

/// Reckons every city's audit anew and says what was altered, removed, added or moved; 0 when whole, else 1.
/// `slug`: one city; empty: all. `outside`: files of lines kept elsewhere; empty: the installation's own file.
/// `key`: public key in hex kept elsewhere; empty: audit-key.pub. 2: no such city, or a file that cannot be read.
int audit_verify(const AppSettings& settings, const std::string& slug, std::vector<std::string> outside, const std::string& key);
/// Prints the newest checkpoint of each city: its line, and the short code to be copied by hand.
int audit_checkpoint(const AppSettings& settings);

}  // namespace kasane::cli
