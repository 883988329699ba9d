#include "access/facts.hpp"

#include <algorithm>

#include "access/groups.hpp"

namespace kasane::access {

namespace {

Topics topics_of(std::int64_t bits) { return Topics(static_cast<std::uint32_t>(bits)); }

std::vector<StoredGround> grounds_of(db::ReadTx& tx, std::int64_t root) {
  std::vector<StoredGround> grounds;
  tx.each(R"sql(SELECT id, kind, person_id, topics, recipients, valid_from, valid_until, revoked_on
            FROM access_ground WHERE root_id = $1 ORDER BY id)sql",
          db::params(root), [&](const db::Row& r) {
            StoredGround g;
            g.id = r.i64(0);
            g.ground.kind = static_cast<GroundKind>(r.i64(1));
            g.ground.root = root;
            if (auto p = r.opt_i64(2)) g.ground.person = PersonId(*p);
            g.ground.topics = topics_of(r.i64(3));
            g.ground.team = r.text(4) == "team";
            g.ground.from = r.date(5);
            g.ground.until = r.date(6);
            g.revoked_on = r.opt_date(7);
            grounds.push_back(std::move(g));
          });
  tx.each(R"sql(SELECT p.ground_id, p.party_id, p.excluded FROM access_ground_party p
            JOIN access_ground g ON g.id = p.ground_id WHERE g.root_id = $1)sql",
          db::params(root), [&](const db::Row& r) {
            for (StoredGround& g : grounds)
              if (g.id == r.i64(0)) (r.i64(2) != 0 ? g.ground.excluded : g.ground.named).push_back(r.i64(1));
          });
  return grounds;
}

/// Groups of the records below a root.
std::vector<Group> groups_of(db::ReadTx& tx, std::int64_t root) {
  std::vector<Group> groups;
  tx.each(R"sql(SELECT g.group_id, g.person_id FROM access_subject s JOIN access_group g ON g.group_id = s.id
            WHERE s.root_id = $1 ORDER BY g.group_id, g.person_id)sql",
          db::params(root), [&](const db::Row& r) {
            if (groups.empty() || groups.back().id != r.id<PersonTag>(0)) groups.push_back({r.id<PersonTag>(0), {}});
            groups.back().persons.push_back(r.id<PersonTag>(1));
          });
  return groups;
}

/// The persons of a group; none when it is none.
std::vector<PersonId> members_of(db::ReadTx& tx, std::int64_t group) {
  return tx.list<PersonId>(R"sql(SELECT person_id FROM access_group WHERE group_id = $1 ORDER BY person_id)sql", db::params(group),
                           [](const db::Row& r) { return r.id<PersonTag>(0); });
}

void add_reach(db::WriteTx& tx, const ReachFact& r) {
  tx.run(R"sql(INSERT INTO access_reach (party_id, root_id, person_id, topics, valid_from, valid_until, ground, ground_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql",
         db::params(r.party, r.root, r.person ? r.person->value : std::int64_t{0}, static_cast<std::int64_t>(r.topics.bits()),
                    r.from, r.until, static_cast<std::int64_t>(r.ground), r.source));
}

void project_root(db::WriteTx& tx, std::int64_t root) {
  tx.run(R"sql(DELETE FROM access_reach WHERE root_id = $1)sql", db::params(root));
  auto reaches = project(grounds_of(tx, root), team_of(tx, root));
  const auto add_group = [&](const Group& group, const std::vector<ReachFact>& from) {
    for (ReachFact r : reaches_of_group(group, from)) {
      r.source = next_id();  // no ground's: what asks for the ground of a reach is about single persons
      add_reach(tx, r);
    }
  };
  // A root that is itself a record about several (an agenda item): what one of them agreed to is no way to it alone.
  if (const Group own{PersonId(root), members_of(tx, root)}; own.persons.size() > 1) {
    std::vector<ReachFact> of_one;
    for (const ReachFact& r : reaches)
      if (r.person) of_one.push_back(r);
    std::erase_if(reaches, [](const ReachFact& r) { return r.person.has_value(); });
    add_group(own, of_one);
  }
  for (const ReachFact& r : reaches) add_reach(tx, r);
  for (const Group& group : groups_of(tx, root))
    if (group.id.value != root) add_group(group, reaches);
}

/// Shields of the persons of a group, for the group. They carry the source of the person's and so end with it.
void shield_group(db::WriteTx& tx, PersonId group) {
  struct Stored {
    std::int64_t party, topics, source;
    Date from, until;
  };
  tx.run(R"sql(DELETE FROM access_shield WHERE person_id = $1)sql", db::params(group));
  const auto shields = tx.list<Stored>(R"sql(SELECT s.party_id, s.topics, s.source_id, s.valid_from, s.valid_until
      FROM access_group g JOIN access_shield s ON s.person_id = g.person_id WHERE g.group_id = $1)sql",
                                       db::params(group), [](const db::Row& r) {
                                         return Stored{r.i64(0), r.i64(1), r.i64(2), r.date(3), r.date(4)};
                                       });
  for (const Stored& s : shields)
    tx.run(R"sql(INSERT INTO access_shield (id, party_id, person_id, topics, valid_from, valid_until, source_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
           db::params(next_id(), s.party, group, s.topics, s.from, s.until, s.source));
}

}  // namespace

std::vector<ReachFact> project(const std::vector<StoredGround>& grounds, const std::vector<TeamMember>& team) {
  std::vector<ReachFact> out;
  for (const StoredGround& g : grounds) {
    Date last = g.ground.until;
    if (g.revoked_on) last = std::min(last, g.revoked_on->plus_days(-1));
    const auto reach = [&](std::int64_t party, Date from, Date until) {
      if (until < from) return;
      out.push_back({party, g.ground.root, g.ground.person, g.ground.topics, from, until, g.ground.kind, g.id});
    };
    if (g.ground.team) {
      for (const TeamMember& m : team) {
        const auto& no = g.ground.excluded;
        if (std::find(no.begin(), no.end(), m.party) != no.end()) continue;
        reach(m.party, std::max(g.ground.from, m.from), std::min(last, m.until));
      }
    } else {
      for (std::int64_t party : g.ground.named) reach(party, g.ground.from, last);
    }
  }
  return out;
}

std::int64_t add_ground(db::WriteTx& tx, const Ground& g, const Actor& actor) {
  const std::int64_t id = next_id();
  tx.run(R"sql(INSERT INTO access_ground (id, kind, root_id, person_id, topics, recipients, valid_from, valid_until, revoked_on, basis, source_id, recorded_at, recorded_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $11, $12))sql",
         db::params(id, static_cast<std::int64_t>(g.kind), g.root, g.person ? std::optional(g.person->value) : std::nullopt,
                    static_cast<std::int64_t>(g.topics.bits()), std::string(g.team ? "team" : "named"), g.from, g.until, g.basis,
                    g.source, actor.now, actor.account.value));
  const auto add_party = [&](std::int64_t party, bool excluded) {
    tx.run(R"sql(INSERT INTO access_ground_party (ground_id, party_id, excluded) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql",
           db::params(id, party, std::int64_t{excluded ? 1 : 0}));
  };
  for (std::int64_t p : g.named) add_party(p, false);
  for (std::int64_t p : g.excluded) add_party(p, true);
  project_root(tx, g.root);
  return id;
}

std::int64_t revoke_grounds(db::WriteTx& tx, std::int64_t source, Date on) {
  const auto roots = tx.list<std::int64_t>(
      R"sql(SELECT DISTINCT root_id FROM access_ground WHERE source_id = $1 AND (revoked_on IS NULL OR revoked_on > $2))sql",
      db::params(source, on), [](const db::Row& r) { return r.i64(0); });
  const std::int64_t ended =
      tx.run(R"sql(UPDATE access_ground SET revoked_on = $2 WHERE source_id = $1 AND (revoked_on IS NULL OR revoked_on > $2))sql",
             db::params(source, on));
  for (std::int64_t root : roots) project_root(tx, root);
  return ended;
}

std::int64_t end_grounds(db::WriteTx& tx, std::int64_t root, GroundKind kind, Date on) {
  const std::int64_t ended =
      tx.run(R"sql(UPDATE access_ground SET revoked_on = $3 WHERE root_id = $1 AND kind = $2 AND (revoked_on IS NULL OR revoked_on > $3))sql",
             db::params(root, static_cast<std::int64_t>(kind), on));
  if (ended > 0) project_root(tx, root);
  return ended;
}

std::vector<std::int64_t> end_spoken_consent(db::WriteTx& tx, std::int64_t root, PersonId person, Date on) {
  const auto grounds = tx.list<std::int64_t>(
      R"sql(SELECT g.id FROM access_ground g WHERE g.root_id = $1 AND (g.person_id IS NULL OR g.person_id = $2)
              AND (g.revoked_on IS NULL OR g.revoked_on > $3)
              AND (g.kind = $4 OR (g.kind = $5 AND g.source_id IN (SELECT t.source_id FROM access_ground t WHERE t.root_id = $1 AND t.kind = $4)))
            ORDER BY g.id)sql",
      db::params(root, person, on, static_cast<std::int64_t>(GroundKind::transfer_consent), static_cast<std::int64_t>(GroundKind::dormant_access)),
      [](const db::Row& r) { return r.i64(0); });
  std::vector<std::int64_t> reached;
  for (const std::int64_t ground : grounds) {
    const auto parties = tx.list<std::int64_t>(R"sql(SELECT DISTINCT party_id FROM access_reach WHERE ground_id = $1)sql", db::params(ground),
                                               [](const db::Row& r) { return r.i64(0); });
    reached.insert(reached.end(), parties.begin(), parties.end());
    tx.run(R"sql(UPDATE access_ground SET revoked_on = $2 WHERE id = $1)sql", db::params(ground, on));
  }
  if (!grounds.empty()) project_root(tx, root);
  std::sort(reached.begin(), reached.end());
  reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
  return reached;
}

std::vector<std::int64_t> reached_by_source(db::ReadTx& tx, std::int64_t source) {
  // A record about several is reached by more than one ground together: then by whom this one names.
  return tx.list<std::int64_t>(R"sql(SELECT r.party_id FROM access_reach r JOIN access_ground g ON g.id = r.ground_id WHERE g.source_id = $1
                               UNION SELECT r.party_id FROM access_ground g JOIN access_ground_party p ON p.ground_id = g.id AND p.excluded = 0
                                 JOIN access_reach r ON r.root_id = g.root_id AND r.person_id = g.root_id AND r.party_id = p.party_id
                                 WHERE g.source_id = $1 AND g.revoked_on IS NULL ORDER BY 1)sql",
                               db::params(source), [](const db::Row& r) { return r.i64(0); });
}

void join_team(db::WriteTx& tx, std::int64_t root, std::int64_t party, Date from, Date until) {
  tx.run(R"sql(INSERT INTO access_team (root_id, party_id, valid_from, valid_until) VALUES ($1, $2, $3, $4)
           ON CONFLICT (root_id, party_id) DO UPDATE SET valid_until = excluded.valid_until,
             valid_from = CASE WHEN access_team.valid_until < excluded.valid_from THEN excluded.valid_from ELSE access_team.valid_from END)sql",
         db::params(root, party, from, until));
  project_root(tx, root);
}

void leave_team(db::WriteTx& tx, std::int64_t root, std::int64_t party, Date on) {
  tx.run(R"sql(UPDATE access_team SET valid_until = $3 WHERE root_id = $1 AND party_id = $2 AND valid_until >= $3)sql",
         db::params(root, party, on.plus_days(-1)));
  project_root(tx, root);
}

std::vector<TeamMember> team_of(db::ReadTx& tx, std::int64_t root) {
  return tx.list<TeamMember>(R"sql(SELECT party_id, valid_from, valid_until FROM access_team WHERE root_id = $1 ORDER BY party_id)sql",
                             db::params(root), [](const db::Row& r) { return TeamMember{r.i64(0), r.date(1), r.date(2)}; });
}

void move_to_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root) {
  tx.run(R"sql(UPDATE access_subject SET root_id = $2 WHERE id = $1)sql", db::params(subject.id, root));
  if (tx.exists(R"sql(SELECT 1 FROM access_group WHERE group_id = $1 LIMIT 1)sql", db::params(subject.id))) project_root(tx, root);
}
void set_sharing(db::WriteTx& tx, SubjectRef subject, Sharing sharing) {
  tx.run(R"sql(UPDATE access_subject SET sharing = $2 WHERE id = $1)sql", db::params(subject.id, static_cast<std::int64_t>(sharing)));
}
void set_holder(db::WriteTx& tx, SubjectRef subject, AgencyId holder) {
  tx.run(R"sql(UPDATE access_subject SET holder_id = $2 WHERE id = $1)sql", db::params(subject.id, holder.value));
}
void set_person(db::WriteTx& tx, SubjectRef subject, std::optional<PersonId> person) {
  tx.run(R"sql(UPDATE access_subject SET person_id = $2 WHERE id = $1)sql", db::params(subject.id, person));
}

void set_persons(db::WriteTx& tx, SubjectRef subject, const std::vector<PersonId>& persons) {
  const bool several = persons.size() > 1;
  const bool before = tx.run(R"sql(DELETE FROM access_group WHERE group_id = $1)sql", db::params(subject.id)) > 0;
  if (several)
    for (const PersonId person : persons)
      tx.run(R"sql(INSERT INTO access_group (group_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql", db::params(subject.id, person));
  if (several) set_person(tx, subject, PersonId(subject.id));
  else set_person(tx, subject, persons.empty() ? std::nullopt : std::optional(persons.front()));
  if (!several && !before) return;
  shield_group(tx, PersonId(subject.id));
  const auto root = tx.one<std::int64_t>(R"sql(SELECT root_id FROM access_subject WHERE id = $1)sql", db::params(subject.id),
                                         [](const db::Row& r) { return r.i64(0); });
  if (root) project_root(tx, *root);
  // What leads to this very record depends on whom it is about too.
  if (root != subject.id && tx.exists(R"sql(SELECT 1 FROM access_ground WHERE root_id = $1 LIMIT 1)sql", db::params(subject.id))) project_root(tx, subject.id);
}

std::vector<PersonId> persons_of(db::ReadTx& tx, SubjectRef subject) {
  if (auto group = members_of(tx, subject.id); !group.empty()) return group;
  return tx.list<PersonId>(R"sql(SELECT person_id FROM access_subject WHERE id = $1 AND person_id IS NOT NULL)sql", db::params(subject.id),
                           [](const db::Row& r) { return r.id<PersonTag>(0); });
}

std::vector<std::int64_t> ever_reached(db::ReadTx& tx, SubjectRef subject) {
  const auto facts = tx.one<std::pair<std::int64_t, Topics>>(R"sql(SELECT root_id, topics FROM access_subject WHERE id = $1)sql", db::params(subject.id),
                                                             [](const db::Row& r) { return std::pair(r.i64(0), topics_of(r.i64(1))); });
  if (!facts) return {};
  const auto persons = persons_of(tx, subject);
  std::vector<std::int64_t> parties;
  for (const std::int64_t root : {facts->first, subject.id}) {
    auto grounds = grounds_of(tx, root);
    for (StoredGround& g : grounds) g.revoked_on.reset();
    auto reaches = project(grounds, team_of(tx, root));
    if (persons.size() > 1) reaches = reaches_of_group({PersonId(subject.id), persons}, reaches);
    for (const ReachFact& r : reaches)
      if (r.topics.has_all(facts->second) && (persons.size() != 1 || !r.person || *r.person == persons.front())) parties.push_back(r.party);
  }
  std::sort(parties.begin(), parties.end());
  parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
  return parties;
}

void shield_groups_with(db::WriteTx& tx, PersonId person) {
  for (const PersonId group : tx.list<PersonId>(R"sql(SELECT group_id FROM access_group WHERE person_id = $1)sql", db::params(person),
                                                [](const db::Row& r) { return r.id<PersonTag>(0); }))
    shield_group(tx, group);
}

std::optional<PersonId> sole_person(db::ReadTx& tx, std::optional<PersonId> person) {
  if (person && tx.exists(R"sql(SELECT 1 FROM access_group WHERE group_id = $1 LIMIT 1)sql", db::params(*person))) return std::nullopt;
  return person;
}

void add_shield(db::WriteTx& tx, const NewShield& s) {
  for (std::int64_t party : s.parties)
    tx.run(R"sql(INSERT INTO access_shield (id, party_id, person_id, topics, valid_from, valid_until, source_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
           db::params(next_id(), party, s.person.value, static_cast<std::int64_t>(s.topics.bits()), s.from, s.until, s.source));
  shield_groups_with(tx, s.person);
}

void end_shields(db::WriteTx& tx, std::int64_t source, Date on) {
  tx.run(R"sql(UPDATE access_shield SET valid_until = $2 WHERE source_id = $1 AND valid_until >= $2)sql",
         db::params(source, on.plus_days(-1)));
}

std::int64_t note_act(db::WriteTx& tx, const ActEntry& e, const Actor& actor) {
  const std::int64_t id = next_id();
  tx.run(R"sql(INSERT INTO act (id, kind, held_on, recorded_at, account_id, agency_id, root_id, person_id, subject_kind, subject_id, code, service, undoes)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql",
         db::params(id, std::string(e.kind), e.held_on, actor.now, actor.account.value, actor.agency.value, e.root,
                    e.person ? std::optional(e.person->value) : std::nullopt, static_cast<std::int64_t>(e.subject.kind),
                    e.subject.id, e.code, e.service, e.undoes));
  return id;
}

}  // namespace kasane::access
