// What is looked at before the port opens, so that a fault of the installation is a sentence for the operator and not a
// surprise at night. Faults throw std::runtime_error with that sentence.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/settings.hpp"

namespace kasane::cli {

/// One server for one data folder: two would each go on with the same audit chain. Held until it goes; a server that
/// was killed leaves nothing behind.
class DataLock {
 public:
  explicit DataLock(const std::filesystem::path& data);
  ~DataLock();
  DataLock(const DataLock&) = delete;
  DataLock& operator=(const DataLock&) = delete;

 private:
  int file_ = -1;
};

/// Files and connections that the server may hold open at the same time.
std::uint64_t descriptors_needed(const AppSettings& settings);
/// Makes room for so many, as far as the system lets this process.
void raise_descriptors(std::uint64_t needed);

/// A secret that others may read is none.
void require_secret(const std::filesystem::path& file);
/// Where the lines that vouch for the audit go must take them now.
void require_kept_outside(const std::filesystem::path& checkpoints);

/// What works and should not stay so, one sentence each.
std::vector<std::string> warnings_of(const AppSettings& settings);

}  // namespace kasane::cli
