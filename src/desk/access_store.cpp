#include "desk/access_store.hpp"

namespace kasane::desk::store {

std::map<std::int64_t, Staff> staff(db::ReadTx& tx, const std::vector<AccountId>& accounts) {
  std::map<std::int64_t, Staff> out;
  if (accounts.empty()) return out;
  tx.each(R"sql(SELECT a.id, a.display_name, p.agency_id FROM account a LEFT JOIN post p ON p.account_id = a.id WHERE a.id IN {ids:$1} ORDER BY a.id, p.valid_from)sql",
          db::params(db::id_list(accounts)), [&](const db::Row& r) {
            Staff& s = out[r.i64(0)];
            s.name = r.text(1);
            if (const auto agency = r.opt_i64(2))
              if (s.agencies.empty() || s.agencies.back() != AgencyId(*agency)) s.agencies.emplace_back(*agency);
          });
  return out;
}

std::optional<std::int64_t> record_by_number(db::ReadTx& tx, const std::string& number) {
  return tx.one<std::int64_t>(R"sql(SELECT h.id FROM household h WHERE h.number = $1 UNION ALL SELECT c.id FROM support_case c WHERE c.number = $1)sql",
                              db::params(number), [](const db::Row& r) { return r.i64(0); });
}

}  // namespace kasane::desk::store
