// Reading a password in the shell: not shown while it is typed.
#pragma once
#include <optional>
#include <string>

namespace kasane::cli {

/// Asks on a terminal without echo, twice; reads one line where the input is none. Nothing when the two differ.
std::optional<std::string> read_new_password();

}  // namespace kasane::cli
