// Why somebody may see or do something: the decision taken apart into its rules, with the grounds that it rests on. It
// asks decide() itself and never decides anew. See Gate::explain.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/model.hpp"

namespace kasane::access {

/// A ground through which the record is reached today.
struct UsedGround {
  GroundKind kind{};
  Date from;
  Date until;         // inclusive
  std::string basis;  // statute or form text version
  Topics topics;
  bool about_one = false;  // given for one person
};

/// The rules of the decision in their order, and whether each applied: role (some post may do this at all), shield (kept
/// away), holder (an agency of the viewer holds the record), ground (reached on one that leads here), changing (a ground
/// is there, but not one to change this by).
enum class Rule : std::uint8_t { role, shield, holder, ground, changing };
struct RuleStep {
  Rule rule{};
  bool applies = false;
};

struct Explanation {
  SubjectFacts facts;
  Verdict verdict;
  std::vector<UsedGround> grounds;  // none for the holder
  std::vector<RuleStep> steps;
};

}  // namespace kasane::access
