#include "planning/amend_store.hpp"

namespace kasane::planning::store {

using access::SealedRow;
using access::Topic;

bool begin_amendment(db::WriteTx& tx, const access::Permit<PlanTag>& permit, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE plan SET version = version + 1 WHERE id = $permit AND version = $1 AND state = 'submitted')sql", db::params(version)) == 1;
}

std::int64_t amend_row(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const RowChange& c, const access::Actor& actor) {
  const auto visible = static_cast<std::int64_t>(permit.verdict().visible.bits());
  if (c.role) {
    const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at)
        SELECT $1, r.plan_id, $2, 'role', r.id, r.pii_what, $4, r.how_often, $5, r.topic, $6, $7 FROM plan_role r
        WHERE r.plan_id = $permit AND r.id = $3 AND (r.topic & $8) = r.topic AND (r.pii_what <> $4 OR r.how_often <> $5))sql",
                                 db::params(next_id(), item, c.row, c.text, c.how_often, actor.account, actor.now, visible));
    if (kept == 1) permit.run(tx, R"sql(UPDATE plan_role SET pii_what = $2, how_often = $3 WHERE plan_id = $permit AND id = $1)sql", db::params(c.row, c.text, c.how_often));
    return kept;
  }
  const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at)
      SELECT $1, g.plan_id, $2, 'goal', g.id, g.pii_text, $4, '', '', g.topic, $5, $6 FROM plan_goal g
      WHERE g.plan_id = $permit AND g.id = $3 AND (g.topic & $7) = g.topic AND g.pii_text <> $4)sql",
                               db::params(next_id(), item, c.row, c.text, actor.account, actor.now, visible));
  if (kept == 1) permit.run(tx, R"sql(UPDATE plan_goal SET pii_text = $2 WHERE plan_id = $permit AND id = $1)sql", db::params(c.row, c.text));
  return kept;
}

std::vector<Amendment> amendments(const access::Permit<PlanTag>& permit) {
  return permit.list<Amendment>(R"sql(SELECT part, topic, pii_before, pii_after, how_before, how_after, made_at FROM plan_amendment
                                        WHERE plan_id = $permit AND (topic & $1) = topic ORDER BY id LIMIT 500)sql",
                                db::params(static_cast<std::int64_t>(permit.verdict().visible.bits())),
                                [](const SealedRow& r) {
                                  const auto topic = static_cast<Topic>(r.i64(1));
                                  return Amendment{r.text(0) == "role", r.personal(2, topic), r.personal(3, topic), r.text(4), r.text(5), r.i64(6)};
                                });
}

}  // namespace kasane::planning::store
