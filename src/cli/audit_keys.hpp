// The key that signs the checkpoints of the audit, its exchange, and the file of lines that is kept outside.
#pragma once
#include <filesystem>
#include <string>

#include "base/signing.hpp"
#include "cli/app.hpp"

namespace kasane::cli {

/// The first line of a file; empty when it cannot be read.
std::string first_line(const std::filesystem::path& file);
/// The key that signs checkpoints, made on first use beside the installation's key, readable only for its owner; its
/// public half lies beside it as audit-key.pub, to be kept outside too. Throws std::runtime_error when damaged.
Signer load_or_make_signer(const std::filesystem::path& data);
/// Adds a line to the file of checkpoints and waits until it is on the disk. False when it could not be kept.
bool keep_outside(const std::filesystem::path& file, const std::string& line);
/// Where the handovers of this installation's signing keys are kept, beside the key.
std::filesystem::path handovers_file(const std::filesystem::path& data);
/// `kasane audit rotate-key`: a new key that the old one vouches for; the old secret is gone afterwards. The handover is
/// kept beside the key and outside. 2: there is no key yet, or a line cannot be kept.
int rotate_key(const AppSettings& settings);

}  // namespace kasane::cli
