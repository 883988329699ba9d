#include "access/groups.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace kasane::access {

namespace {

/// What both allow; nothing when they never hold on one day or have no topic in common.
std::optional<ReachFact> both(const ReachFact& a, const ReachFact& b) {
  ReachFact r = a;
  r.topics = a.topics & b.topics;
  r.from = std::max(a.from, b.from);
  r.until = std::min(a.until, b.until);
  r.ground = weaker(a.ground, b.ground);
  if (r.until < r.from || r.topics.empty()) return std::nullopt;
  return r;
}

void drop_repeats(std::vector<ReachFact>& reaches) {
  using Key = std::tuple<std::int64_t, std::uint32_t, Date, Date, GroundKind>;
  std::set<Key> seen;
  std::erase_if(reaches, [&](const ReachFact& r) { return !seen.insert({r.party, r.topics.bits(), r.from, r.until, r.ground}).second; });
}

}  // namespace

std::vector<ReachFact> reaches_of_group(const Group& group, const std::vector<ReachFact>& reaches) {
  // What is for nobody in particular opens the group as it is: only reaches of some person are put together here.
  std::vector<ReachFact> found;
  bool first = true;
  for (const PersonId person : group.persons) {
    std::vector<ReachFact> next;
    for (const ReachFact& r : reaches) {
      if (r.person && *r.person != person) continue;
      if (first) next.push_back(r);
      else
        for (const ReachFact& before : found)
          if (before.party == r.party)
            if (auto shared = both(before, r)) next.push_back(*shared);
    }
    drop_repeats(next);
    found = std::move(next);
    first = false;
  }
  for (ReachFact& r : found) {
    r.person = group.id;
    r.source = 0;
  }
  return found;
}

}  // namespace kasane::access
