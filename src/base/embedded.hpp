// Files that are compiled into the program: migrations/*.sql and the built ui/dist/*.
// The names are paths relative to the repository, e.g. "migrations/010_people.sql".
#pragma once
#include <span>
#include <string_view>

namespace kasane {

struct EmbeddedFile {
  std::string_view name;
  std::string_view content;
};

/// All embedded files, sorted by name.
std::span<const EmbeddedFile> embedded_files();

}  // namespace kasane
