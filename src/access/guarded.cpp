#include "access/guarded.hpp"

#include <algorithm>

namespace kasane::access {

namespace {

std::vector<ReachFact> reaches_of(db::ReadTx& tx, std::int64_t root) {
  return tx.list<ReachFact>(R"sql(SELECT party_id, root_id, person_id, topics, valid_from, valid_until, ground, ground_id
                              FROM access_reach WHERE root_id = $1)sql",
                            db::params(root), [](const db::Row& r) {
                              ReachFact f{r.i64(0), r.i64(1), std::nullopt, Topics(static_cast<std::uint32_t>(r.i64(3))),
                                          r.date(4), r.date(5), static_cast<GroundKind>(r.i64(6)), r.i64(7)};
                              if (r.i64(2) != 0) f.person = PersonId(r.i64(2));
                              return f;
                            });
}

/// On these persons and on the root as a whole, but for those that spare the account. A shield of any agency of the viewer
/// stands for the account, as in Gate::shields.
std::vector<ShieldFact> shields_of(db::ReadTx& tx, const Viewer& viewer, std::int64_t root, std::vector<PersonId> about) {
  std::vector<ShieldFact> all;
  about.push_back(PersonId(root));
  for (const PersonId person : about)
    tx.each(R"sql(SELECT d.party_id, d.topics, d.valid_from, d.valid_until FROM access_shield d WHERE d.person_id = $1
              AND NOT EXISTS (SELECT 1 FROM access_shield_exempt e WHERE e.source_id = d.source_id AND e.account_id = $2))sql",
            db::params(person, viewer.account),
            [&](const db::Row& r) { all.push_back({viewer.in_agency(AgencyId(r.i64(0))) ? viewer.account.value : r.i64(0), person, Topics(static_cast<std::uint32_t>(r.i64(1))), r.date(2), r.date(3)}); });
  return all;
}

}  // namespace

void set_guarded(db::WriteTx& tx, const std::vector<AgencyId>& agencies) {
  tx.run(R"sql(DELETE FROM access_guarded)sql", {});
  for (const AgencyId a : agencies) tx.run(R"sql(INSERT INTO access_guarded (party_id) VALUES ($1) ON CONFLICT DO NOTHING)sql", db::params(a));
}

bool is_guarded(db::ReadTx& tx, AgencyId agency) {
  return tx.exists(R"sql(SELECT 1 FROM access_guarded WHERE party_id = $1 LIMIT 1)sql", db::params(agency));
}

std::vector<AgencyId> guarded_agencies(db::ReadTx& tx) {
  return tx.list<AgencyId>(R"sql(SELECT party_id FROM access_guarded ORDER BY party_id)sql", {}, [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

bool reaches_by(db::ReadTx& tx, AgencyId party, std::int64_t root, GroundKind kind, std::int64_t source) {
  return tx.exists(R"sql(SELECT 1 FROM access_reach r JOIN access_ground g ON g.id = r.ground_id
                     WHERE r.root_id = $1 AND r.party_id = $2 AND g.kind = $3 AND g.source_id = $4 LIMIT 1)sql",
                   db::params(root, party, kind, source));
}

bool would_see(db::ReadTx& tx, const Gate& gate, SubjectFacts facts, const std::vector<PersonId>& persons) {
  const auto parties = parties_for(gate.viewer(), facts.kind, Act::read);
  const auto reaches = reaches_of(tx, facts.root);
  const auto shields = shields_of(tx, gate.viewer(), facts.root, persons);
  const auto sees = [&](std::span<const std::int64_t> as, std::optional<PersonId> person) {
    facts.person = person;
    return decide(as, Act::read, facts, reaches, shields, gate.today());
  };
  // A shield of any party keeps the viewer away; apart from that one party must reach every person by itself.
  if (sees(parties, std::nullopt).why == Why::shielded) return false;
  for (const PersonId person : persons)
    if (sees(parties, person).why == Why::shielded) return false;
  return std::any_of(parties.begin(), parties.end(), [&](const std::int64_t& party) {
    const std::span one(&party, 1);
    if (persons.empty()) return sees(one, std::nullopt).allowed;
    return std::all_of(persons.begin(), persons.end(), [&](PersonId person) { return sees(one, person).allowed; });
  });
}

}  // namespace kasane::access
