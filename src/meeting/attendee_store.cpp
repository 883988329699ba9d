#include "meeting/attendee_store.hpp"

#include <map>

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;
using access::Topics;

namespace {

Topics topics_of(std::int64_t bits) { return Topics(static_cast<std::uint32_t>(bits)); }

/// A role about health would tell by its agency alone what the household suffers from.
constexpr Topics kTelling = access::Topics(Topic::health);

}  // namespace

std::unordered_map<HouseholdId, std::vector<AgencyId>> open_teams(const access::Scope<InvolvementTag>& scope, const std::vector<HouseholdId>& households, Date on) {
  std::unordered_map<HouseholdId, std::vector<AgencyId>> teams;
  if (households.empty()) return teams;
  scope.list<int>(R"sql(SELECT i.id, i.household_id, i.agency_id, s.topics FROM involvement i JOIN access_subject s ON s.id = i.id
      WHERE i.household_id IN {ids:$1} AND i.from_on <= $2 AND (i.until_on IS NULL OR i.until_on >= $2) AND {scope:i.id}
      ORDER BY i.household_id, i.from_on, i.id LIMIT 2000)sql",
                  db::params(db::id_list(households), on), [&](const SealedRow& r) {
                    if (!topics_of(r.i64(3)).meets(Topic::abuse)) teams[r.id<HouseholdTag>(1)].push_back(r.id<AgencyTag>(2));
                    return 0;
                  });
  return teams;
}

std::unordered_map<AgendaItemId, std::vector<AgencyId>> open_roles(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, std::vector<AgencyId>> roles;
  if (items.empty()) return roles;
  scope.list<int>(R"sql(SELECT p.id, a.item_id, o.agency_id, o.topic FROM agenda_plan a JOIN plan p ON p.id = a.plan_id JOIN plan_role o ON o.plan_id = p.id
      WHERE a.item_id IN {ids:$1} AND o.agency_id IS NOT NULL AND {scope:p.id} ORDER BY a.item_id, o.number LIMIT 2000)sql",
                  db::params(db::id_list(items)), [&](const SealedRow& r) {
                    const Topics topic = topics_of(r.i64(3));
                    if (access::kStandardScope.has_all(topic) && !topic.meets(kTelling)) roles[r.id<AgendaItemTag>(1)].push_back(r.id<AgencyTag>(2));
                    return 0;
                  });
  return roles;
}

std::unordered_map<AgendaItemId, std::vector<AgencyId>> roles_in_force(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, std::vector<AgencyId>> roles;
  if (items.empty()) return roles;
  scope.list<int>(R"sql(SELECT p.id, i.id, o.agency_id, o.topic FROM agenda_item i JOIN plan p ON p.case_id = i.case_id JOIN plan_role o ON o.plan_id = p.id
      WHERE i.id IN {ids:$1} AND p.state IN ('active', 'under_review') AND o.agency_id IS NOT NULL AND {scope:p.id} ORDER BY i.id, p.id, o.number LIMIT 2000)sql",
                  db::params(db::id_list(items)), [&](const SealedRow& r) {
                    const Topics topic = topics_of(r.i64(3));
                    if (access::kStandardScope.has_all(topic) && !topic.meets(kTelling)) roles[r.id<AgendaItemTag>(1)].push_back(r.id<AgencyTag>(2));
                    return 0;
                  });
  return roles;
}

std::unordered_map<AgendaItemId, Topics> goal_topics(const access::Scope<PlanTag>& scope, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, Topics> topics;
  if (items.empty()) return topics;
  scope.list<int>(R"sql(SELECT p.id, i.id, g.topic FROM agenda_item i JOIN plan p ON p.case_id = i.case_id JOIN plan_goal g ON g.plan_id = p.id
      WHERE i.id IN {ids:$1} AND {scope:p.id}
        AND (p.state IN ('active', 'under_review') OR EXISTS (SELECT 1 FROM agenda_plan a WHERE a.item_id = i.id AND a.plan_id = p.id))
      ORDER BY i.id, p.id LIMIT 2000)sql",
                  db::params(db::id_list(items)), [&](const SealedRow& r) {
                    if (const Topics topic = topics_of(r.i64(2)); kGoalTopics.has_all(topic)) {
                      Topics& all = topics[r.id<AgendaItemTag>(1)];
                      all = all | topic;
                    }
                    return 0;
                  });
  return topics;
}

std::vector<OnGround> on_consent(db::ReadTx& tx, const std::vector<HouseholdId>& households, Date on) {
  if (households.empty()) return {};
  return tx.list<OnGround>(R"sql(SELECT r.root_id, r.party_id, r.topics FROM access_reach r
      WHERE r.root_id IN {ids:$1} AND r.ground IN (1, 2) AND r.valid_from <= $2 AND r.valid_until >= $2
        AND NOT EXISTS (SELECT 1 FROM access_shield h WHERE h.party_id = r.party_id AND h.valid_until >= $2
          AND (h.person_id = r.root_id OR h.person_id IN (SELECT m.person_id FROM membership m WHERE m.household_id = r.root_id)))
      ORDER BY r.root_id, r.party_id LIMIT 2000)sql",
                           db::params(db::id_list(households), on),
                           [](const db::Row& r) { return OnGround{r.id<HouseholdTag>(0), r.id<AgencyTag>(1), topics_of(r.i64(2))}; });
}

std::unordered_map<HouseholdId, std::string> areas(const access::Scope<HouseholdTag>& scope, const std::vector<HouseholdId>& households) {
  std::unordered_map<HouseholdId, std::string> all;
  if (households.empty()) return all;
  scope.list<int>(R"sql(SELECT h.id, h.area_code FROM household h WHERE h.id IN {ids:$1} AND {scope:h.id} LIMIT 500)sql", db::params(db::id_list(households)),
                  [&](const SealedRow& r) {
                    if (std::string area = r.text(1); !area.empty()) all[r.id<HouseholdTag>(0)] = std::move(area);
                    return 0;
                  });
  return all;
}

std::unordered_map<GroundRequestId, AgencyId> asked_by(const access::Scope<GroundRequestTag>& scope, const std::vector<GroundRequestId>& requests) {
  std::unordered_map<GroundRequestId, AgencyId> all;
  if (requests.empty()) return all;
  scope.list<int>(R"sql(SELECT g.id, g.asked_by FROM ground_request g WHERE g.id IN {ids:$1} AND {scope:g.id} LIMIT 500)sql", db::params(db::id_list(requests)),
                  [&](const SealedRow& r) {
                    all[r.id<GroundRequestTag>(0)] = r.id<AgencyTag>(1);
                    return 0;
                  });
  return all;
}

std::unordered_map<AgendaItemId, std::vector<PersonId>> persons_of_items(db::ReadTx& tx, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, std::vector<PersonId>> all;
  if (items.empty()) return all;
  tx.each(R"sql(SELECT s.id, coalesce(g.person_id, s.person_id) FROM access_subject s LEFT JOIN access_group g ON g.group_id = s.person_id
            WHERE s.id IN {ids:$1} AND s.person_id IS NOT NULL ORDER BY s.id)sql",
          db::params(db::id_list(items)), [&](const db::Row& r) { all[r.id<AgendaItemTag>(0)].push_back(r.id<PersonTag>(1)); });
  return all;
}

std::unordered_map<AgendaItemId, std::vector<Attendee>> attendees_of_items(db::ReadTx& tx, const std::vector<AgendaItemId>& items) {
  std::unordered_map<AgendaItemId, std::vector<Attendee>> all;
  if (items.empty()) return all;
  tx.each(R"sql(SELECT item_id, party_id, scope, appointed_on, until_on, topics FROM agenda_attendee WHERE item_id IN {ids:$1} ORDER BY item_id, party_id)sql",
          db::params(db::id_list(items)), [&](const db::Row& r) {
            all[r.id<AgendaItemTag>(0)].push_back(
                {r.i64(1), parse_code<Scope>(r.text(2)).value_or(Scope::item), r.opt_date(3), r.date(4), topics_of(r.i64(5))});
          });
  return all;
}

std::vector<AboutHousehold> households_of(db::ReadTx& tx, SessionId session) {
  return tx.list<AboutHousehold>(R"sql(SELECT id, body, household_id FROM agenda_item WHERE session_id = $1 AND household_id IS NOT NULL ORDER BY id)sql",
                                 db::params(session), [](const db::Row& r) { return AboutHousehold{r.id<AgendaItemTag>(0), r.text(1), r.id<HouseholdTag>(2)}; });
}

std::unordered_map<std::int64_t, std::string> account_names(db::ReadTx& tx, const std::vector<AccountId>& accounts) {
  std::unordered_map<std::int64_t, std::string> names;
  if (accounts.empty()) return names;
  tx.each(R"sql(SELECT id, display_name FROM account WHERE id IN {ids:$1})sql", db::params(db::id_list(accounts)),
          [&](const db::Row& r) { names[r.i64(0)] = r.text(1); });
  return names;
}

std::vector<std::pair<HouseholdId, AgencyId>> guarded_pairs(db::ReadTx& tx, const std::vector<HouseholdId>& households) {
  struct Rows {
    bool stands = false, open_stands = false, open_past = false;
  };
  std::map<std::pair<HouseholdId, AgencyId>, Rows> seen;
  if (!households.empty())
    tx.each(R"sql(SELECT i.household_id, i.agency_id, s.topics, CASE WHEN i.until_on IS NULL THEN 1 ELSE 0 END
              FROM involvement i JOIN access_subject s ON s.id = i.id WHERE i.household_id IN {ids:$1})sql",
            db::params(db::id_list(households)), [&](const db::Row& r) {
              Rows& rows = seen[{r.id<HouseholdTag>(0), r.id<AgencyTag>(1)}];
              const bool open = !topics_of(r.i64(2)).meets(Topic::abuse);
              const bool stands = r.boolean(3);
              rows.stands = rows.stands || stands;
              rows.open_stands = rows.open_stands || (open && stands);
              rows.open_past = rows.open_past || (open && !stands);
            });
  std::vector<std::pair<HouseholdId, AgencyId>> guarded;
  for (const auto& [pair, rows] : seen)
    if (rows.stands ? !rows.open_stands : !rows.open_past) guarded.push_back(pair);
  return guarded;
}

}  // namespace kasane::meeting::store
