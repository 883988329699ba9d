// Seals the writes of all cities into their audit chains at intervals, signs where the chains stand each minute and
// keeps that line outside, and gathers who has seen what; on a thread of its own.
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/signing.hpp"
#include "programme/context.hpp"

namespace kasane::cli {

class Sealer {
 public:
  Sealer(std::vector<std::shared_ptr<programme::City>> cities, std::chrono::milliseconds every, Signer signer, std::filesystem::path checkpoints);
  ~Sealer();

  /// Whether the last round went well for all cities.
  bool sealed() const;
  /// Whether all signed lines made so far are where they belong.
  bool kept_outside() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::cli
