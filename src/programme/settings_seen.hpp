// A change of the city's folder (rules, agencies, wording) is an event of the audit, noticed when the program starts.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "db/database.hpp"

namespace kasane::programme {

/// SHA-256 over names and bytes of all files of these folders, in the order of their names, as hex.
std::string fingerprint_of(const std::vector<std::filesystem::path>& folders);
/// Writes "settings.changed" with the fingerprint into the audit of writes when it is not the one written last.
/// True when it was new.
bool note_settings(db::Database& db, const std::string& fingerprint, UtcMs now);

}  // namespace kasane::programme
