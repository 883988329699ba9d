#include "access/explain.hpp"

#include "access/permit.hpp"

namespace kasane::access {

namespace {

UsedGround ground_of(db::ReadTx& tx, const ReachFact& reach) {
  UsedGround used{reach.ground, reach.from, reach.until, {}, reach.topics, reach.person.has_value()};
  tx.each(R"sql(SELECT basis FROM access_ground WHERE id = $1)sql", db::params(reach.source), [&](const db::Row& r) { used.basis = r.text(0); });
  return used;
}

}  // namespace

std::optional<Explanation> Gate::explain(std::int64_t id, Act act) {
  const auto kind = tx_.one<SubjectKind>(R"sql(SELECT kind FROM access_subject WHERE id = $1)sql", db::params(id),
                                         [](const db::Row& r) { return static_cast<SubjectKind>(r.i64(0)); });
  // What is not there is asked after as if it were a household: it takes as many statements as what is hidden.
  const auto parties = parties_for(viewer_, kind.value_or(SubjectKind::household), act);
  const auto& kept_from = shields();
  const auto known = facts_of(kind.value_or(SubjectKind::household), id, parties);
  if (!known) return std::nullopt;
  const auto& [facts, reaches] = *known;
  Explanation out;
  out.facts = facts;
  out.has_role = !parties.empty();
  out.verdict = access::decide(parties, act, facts, reaches, kept_from, today_);
  if (!out.verdict.allowed || out.verdict.why == Why::holder) return out;
  for (const ReachFact& reach : reaches) {
    // Each ground by itself: does it lead here?
    const std::vector<ReachFact> alone{reach};
    if (access::decide(parties, act, facts, alone, kept_from, today_).allowed) out.grounds.push_back(ground_of(tx_, reach));
  }
  return out;
}

bool Gate::kept_from_somebody(std::int64_t root) {
  for (const ShieldFact& shield : shields()) {
    if (today_ < shield.from || shield.until < today_) continue;
    if (shield.person.value == root) return true;
    if (tx_.number(R"sql(SELECT count(*) FROM (SELECT 1 AS x FROM access_subject WHERE person_id = $1 AND root_id = $2 LIMIT 1) AS found)sql",
                   db::params(shield.person, root)) > 0)
      return true;
  }
  return false;
}

}  // namespace kasane::access
