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

struct Explanation {
  SubjectFacts facts;
  Verdict verdict;
  std::vector<UsedGround> grounds;  // none for the holder
  bool has_role = false;           // some post of the viewer may do this to such a record at all
};

}  // namespace kasane::access
