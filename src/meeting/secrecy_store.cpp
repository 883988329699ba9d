#include "meeting/secrecy_store.hpp"

namespace kasane::meeting::store {

std::optional<Date> acknowledged_on(db::ReadTx& tx, AccountId account, const std::string& body, FiscalYear year) {
  return tx.one<Date>(R"sql(SELECT on_day FROM secrecy_acknowledgement WHERE account_id = $1 AND body = $2 AND fiscal_year = $3)sql",
                      db::params(account, body, year.year), [](const db::Row& r) { return r.date(0); });
}

void acknowledge(db::WriteTx& tx, AccountId account, const std::string& body, FiscalYear year, Date on, const std::string& wording) {
  tx.run(R"sql(INSERT INTO secrecy_acknowledgement (account_id, body, fiscal_year, on_day, wording) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING)sql",
         db::params(account, body, year.year, on, wording));
}

std::vector<Acknowledged> acknowledged_in(db::ReadTx& tx, FiscalYear year) {
  return tx.list<Acknowledged>(R"sql(SELECT s.body, a.display_name, s.on_day FROM secrecy_acknowledgement s JOIN account a ON a.id = s.account_id
                                     WHERE s.fiscal_year = $1
                                     UNION
                                     SELECT i.body, p.reader, p.secrecy_on FROM packet_paper p JOIN agenda_item i ON i.id = p.item_id
                                     WHERE p.secrecy_on >= $2 AND p.secrecy_on <= $3
                                     ORDER BY 1, 3, 2 LIMIT 500)sql",
                               db::params(year.year, year.first(), year.last()), [](const db::Row& r) { return Acknowledged{r.text(0), r.text(1), r.date(2)}; });
}

}  // namespace kasane::meeting::store
