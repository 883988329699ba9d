// The parts of the loading of a municipality, by file. Used only inside the loader.
#pragma once
#include <filesystem>

#include "programme/municipality_reader.hpp"

namespace kasane::programme::reading {

// The lists (CSV).
void read_services(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_agencies(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_areas(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_posts(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_indicators(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_code_lists(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m,
                     Findings& findings);
/// Posts that the program itself needs (所属長, 会議事務局 …), at every owner section or anywhere. After the city's
/// own.
void read_national_posts(const std::filesystem::path& national, Municipality& m, Findings& findings);
/// Statutes of the nation, and the city's own where it has any. After the code lists.
void read_statutes(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m,
                   Findings& findings);

// The rules and wording (TOML).
void read_city(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_bodies(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_rules(const std::filesystem::path& dir, Municipality& m, Findings& findings);
void read_wording(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m,
                  Findings& findings);

/// Faults between files: sums, circles, names that mean two agencies.
void check_whole(const std::filesystem::path& dir, const Municipality& m, Findings& findings);

}  // namespace kasane::programme::reading
