// The decision of rules.cpp as an SQL predicate over access_subject. Two shapes of the same predicate: probing each
// row of the list (EXISTS) for viewers who reach much, starting from what is reached (IN) for those who reach little.
#include <algorithm>

#include "access/permit.hpp"
#include "access/shields.hpp"

namespace kasane::access {

namespace {

constexpr std::string_view kOpen = "{scope:";

// Parties as $n,$n,…; padded to 1, 2, 4, 8, … so that few statement texts exist.
std::string party_list(const std::vector<std::int64_t>& parties, db::Params& params) {
  std::size_t slots = 1;
  while (slots < parties.size()) slots *= 2;
  std::string out;
  for (std::size_t i = 0; i < slots; ++i) {
    params.add(parties[std::min(i, parties.size() - 1)]);
    if (i > 0) out += ',';
    out += '$' + std::to_string(params.size());
  }
  return out;
}

std::string number(db::Params& params, std::int64_t value) {
  params.add(value);
  return "$" + std::to_string(params.size());
}

}  // namespace

std::string ScopeTerms::expand(std::string_view sql, db::Params& params) const {
  // The account is the last of those that hold and reach; agencies behind it (Gate::terms) bring their shields only.
  const auto acting_end = std::find(parties.begin(), parties.end(), account);
  const std::vector<std::int64_t> acting(parties.begin(), acting_end == parties.end() ? acting_end : acting_end + 1);
  const std::string in = "(" + party_list(acting, params) + ")";
  const std::string kept = !any_shield || acting.size() == parties.size() ? in : "(" + party_list(parties, params) + ")";
  const std::string k = number(params, static_cast<std::int64_t>(kind));
  const std::string n = number(params, static_cast<std::int64_t>(needs.bits()));
  params.add(today);
  const std::string t = "$" + std::to_string(params.size());

  const std::string reach_holds = "r.party_id IN " + in + " AND (r.topics & " + n + ") = " + n +
                                  " AND (r.topics & s.topics) = s.topics AND r.valid_from <= " + t + " AND r.valid_until >= " + t;
  // What is lent record by record (目的外提供, 協力依頼) opens no more than that record.
  const std::string through_root = "r.ground NOT IN (" + std::to_string(static_cast<int>(GroundKind::provision)) + ", " + std::to_string(static_cast<int>(GroundKind::cooperation)) + ")";
  const std::string person_fits = through_root + " AND (r.person_id = 0 OR s.person_id IS NULL OR r.person_id = s.person_id)";
  const std::string unshielded =
      any_shield ? " AND NOT EXISTS (SELECT 1 FROM access_shield d WHERE d.party_id IN " + kept +
                       " AND d.person_id IN (s.person_id, s.root_id) AND ((d.topics & s.topics) <> 0 OR (d.topics & " +
                       number(params, static_cast<std::int64_t>((needs | matters_of(kind)).bits())) + ") <> 0) AND d.valid_from <= " + t + " AND d.valid_until >= " + t +
                       " AND NOT EXISTS (SELECT 1 FROM access_shield_exempt e WHERE e.source_id = d.source_id AND e.account_id = " +
                       number(params, account) + "))"
                 : std::string();

  const auto predicate = [&](std::string_view id) {
    if (small_reach)
      return std::string(id) + " IN (SELECT s.id FROM access_subject s WHERE s.holder_id IN " + in + " AND s.kind = " + k + unshielded +
             " UNION SELECT s.id FROM access_reach r JOIN access_subject s ON s.root_id = r.root_id WHERE s.kind = " + k +
             " AND s.sharing = 1 AND " + reach_holds + " AND " + person_fits + unshielded +
             " UNION SELECT s.id FROM access_reach r JOIN access_subject s ON s.id = r.root_id WHERE s.kind = " + k + " AND " + reach_holds +
             unshielded + ")";
    return "EXISTS (SELECT 1 FROM access_subject s WHERE s.id = " + std::string(id) + " AND s.kind = " + k + " AND (s.holder_id IN " + in +
           " OR (s.sharing = 1 AND EXISTS (SELECT 1 FROM access_reach r WHERE r.root_id = s.root_id AND " + reach_holds + " AND " + person_fits +
           ")) OR EXISTS (SELECT 1 FROM access_reach r WHERE r.root_id = s.id AND " + reach_holds + "))" + unshielded + ")";
  };

  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t hit = sql.find(kOpen, at);
    if (hit == std::string_view::npos) {
      out += sql.substr(at);
      break;
    }
    const std::size_t end = sql.find('}', hit);
    out += sql.substr(at, hit - at);
    out += predicate(sql.substr(hit + kOpen.size(), end - hit - kOpen.size()));
    at = end + 1;
  }
  return out;
}

}  // namespace kasane::access
