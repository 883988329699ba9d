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
    const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, not_home)
        SELECT $1, r.plan_id, $2, 'role', r.id, r.pii_what, $4, r.how_often, $5, r.topic, $6, $7, r.not_home FROM plan_role r
        WHERE r.plan_id = $permit AND r.id = $3 AND (r.topic & $8) = r.topic AND (r.pii_what <> $4 OR r.how_often <> $5))sql",
                                 db::params(next_id(), item, c.row, c.text, c.how_often, actor.account, actor.now, visible));
    if (kept == 1) permit.run(tx, R"sql(UPDATE plan_role SET pii_what = $2, how_often = $3 WHERE plan_id = $permit AND id = $1)sql", db::params(c.row, c.text, c.how_often));
    return kept;
  }
  const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, not_home)
      SELECT $1, g.plan_id, $2, 'goal', g.id, g.pii_text, $4, '', '', g.topic, $5, $6, g.not_home FROM plan_goal g
      WHERE g.plan_id = $permit AND g.id = $3 AND (g.topic & $7) = g.topic AND g.pii_text <> $4)sql",
                               db::params(next_id(), item, c.row, c.text, actor.account, actor.now, visible));
  if (kept == 1) permit.run(tx, R"sql(UPDATE plan_goal SET pii_text = $2 WHERE plan_id = $permit AND id = $1)sql", db::params(c.row, c.text));
  return kept;
}

std::int64_t drop_row(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const RowChange& c, const access::Actor& actor) {
  const auto visible = static_cast<std::int64_t>(permit.verdict().visible.bits());
  if (c.role) {
    const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, kind, agency_id, who, by_on, service, not_home)
        SELECT $1, r.plan_id, $2, 'role', r.id, r.pii_what, '', r.how_often, '', r.topic, $4, $5, 'dropped', r.agency_id, r.who, r.by_on, r.service, r.not_home FROM plan_role r
        WHERE r.plan_id = $permit AND r.id = $3 AND (r.topic & $6) = r.topic)sql",
                                 db::params(next_id(), item, c.row, actor.account, actor.now, visible));
    if (kept == 1) permit.run(tx, R"sql(DELETE FROM plan_role WHERE plan_id = $permit AND id = $1)sql", db::params(c.row));
    return kept;
  }
  const auto kept = permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, kind, who, by_on, term, goal_kind, person_id, not_home)
      SELECT $1, g.plan_id, $2, 'goal', g.id, g.pii_text, '', '', '', g.topic, $4, $5, 'dropped', '', g.by_on, g.term, g.kind, g.person_id, g.not_home FROM plan_goal g
      WHERE g.plan_id = $permit AND g.id = $3 AND (g.topic & $6) = g.topic)sql",
                               db::params(next_id(), item, c.row, actor.account, actor.now, visible));
  if (kept == 1) permit.run(tx, R"sql(DELETE FROM plan_goal WHERE plan_id = $permit AND id = $1)sql", db::params(c.row));
  return kept;
}

void add_goal(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const NewGoal& g, const access::Actor& actor) {
  const std::int64_t row = next_id();
  permit.run(tx, R"sql(INSERT INTO plan_goal (id, plan_id, number, term, kind, person_id, pii_text, by_on, topic, not_home)
                   VALUES ($1, $permit, (SELECT coalesce(max(n.number), 0) + 1 FROM plan_goal n WHERE n.plan_id = $permit), $2, $3, $4, $5, $6, $7, $8))sql",
             db::params(row, code_of(g.term), g.kind, g.person, g.text, g.by_on, static_cast<std::int64_t>(g.topic), std::int64_t(g.not_home ? 1 : 0)));
  permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, kind, who, by_on, not_home)
                   VALUES ($1, $permit, $2, 'goal', $3, '', $4, '', '', $5, $6, $7, 'added', '', $8, $9))sql",
             db::params(next_id(), item, row, g.text, static_cast<std::int64_t>(g.topic), actor.account, actor.now, g.by_on, std::int64_t(g.not_home ? 1 : 0)));
}

void add_role(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const NewRole& r, const access::Actor& actor) {
  const std::int64_t row = next_id();
  permit.run(tx, R"sql(INSERT INTO plan_role (id, plan_id, number, agency_id, who, pii_what, how_often, by_on, service, topic, not_home, task_id)
                   VALUES ($1, $permit, (SELECT coalesce(max(n.number), 0) + 1 FROM plan_role n WHERE n.plan_id = $permit), $2, $3, $4, $5, $6, $7, $8, $9, NULL))sql",
             db::params(row, r.agency, r.who, r.what, r.how_often, r.by_on, r.service, static_cast<std::int64_t>(r.topic), std::int64_t(r.not_home ? 1 : 0)));
  permit.run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, kind, agency_id, who, by_on, not_home)
                   VALUES ($1, $permit, $2, 'role', $3, '', $4, '', $5, $6, $7, $8, 'added', $9, $10, $11, $12))sql",
             db::params(next_id(), item, row, r.what, r.how_often, static_cast<std::int64_t>(r.topic), actor.account, actor.now, r.agency, r.who, r.by_on, std::int64_t(r.not_home ? 1 : 0)));
}

bool amended_in(const access::Permit<PlanTag>& permit, AgendaItemId item) {
  return permit.one<bool>(R"sql(SELECT count(*) FROM plan_amendment WHERE plan_id = $permit AND item_id = $1)sql", db::params(item),
                          [](const SealedRow& r) { return r.i64(0) > 0; })
      .value_or(false);
}

namespace {

AmendKind kind_from(const std::string& code) { return code == "added" ? AmendKind::added : code == "dropped" ? AmendKind::dropped : AmendKind::worded; }

}  // namespace

std::vector<Amendment> amendments(const access::Permit<PlanTag>& permit) {
  return permit.list<Amendment>(R"sql(SELECT part, topic, pii_before, pii_after, how_before, how_after, made_at, kind, agency_id, who, by_on FROM plan_amendment
                                        WHERE plan_id = $permit AND (topic & $1) = topic ORDER BY id LIMIT 500)sql",
                                db::params(static_cast<std::int64_t>(permit.verdict().visible.bits())),
                                [](const SealedRow& r) {
                                  const auto topic = static_cast<Topic>(r.i64(1));
                                  Amendment a{r.text(0) == "role", kind_from(r.text(7)), r.personal(2, topic), r.personal(3, topic), r.text(4), r.text(5), {}, r.text(9), r.opt_date(10), r.i64(6)};
                                  if (const auto agency = r.opt_i64(8)) a.agency = AgencyId(*agency);
                                  return a;
                                });
}

}  // namespace kasane::planning::store
