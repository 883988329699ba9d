#include "measure/store.hpp"

namespace kasane::measure::store {

namespace {

/// ",a,b,": a code is looked for between commas. Codes hold letters, digits and _ only; _ matching any sign is harmless
/// there. Empty: any code.
std::string listed(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "," : "") + code + ",";
  return text;
}

/// $1, $2 the period; $3 to $8 up to two events; $9 whether re-plans are left out.
db::Params event_params(const MeasureDef& def, const Period& period) {
  static const Event nothing{};
  const Event& a = def.events.at(0);
  const Event& b = def.events.size() > 1 ? def.events[1] : nothing;
  return db::params(period.from, period.to, a.kind, listed(a.codes), listed(a.services), b.kind, listed(b.codes), listed(b.services),
                    static_cast<std::int64_t>(def.replans == Replans::first_only ? 1 : 0));
}

struct Counts {
  std::int64_t acts, subjects, roots, persons;
  std::int64_t of(Counting counting) const {
    switch (counting) {
      case Counting::acts: return acts;
      case Counting::subjects:
      case Counting::open_cases: return subjects;
      case Counting::households: return roots;
      case Counting::persons: return persons;
    }
    return 0;
  }
};

// A correction counts in place of what it corrects, so only acts that a later one undoes are left out.

// The act that closes a case may carry the same day as the one that opens it again: what was noted later holds.
std::int64_t open_at_end(db::ReadTx& tx, Date last_day) {
  return tx.number(R"sql(SELECT count(DISTINCT a.subject_id) FROM act a
                     WHERE a.kind = 'case.opened' AND a.held_on <= $1
                       AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
                       AND NOT EXISTS (SELECT 1 FROM act c WHERE c.subject_id = a.subject_id AND c.kind = 'case.closed' AND c.held_on <= $1
                         AND NOT EXISTS (SELECT 1 FROM act r WHERE r.subject_id = a.subject_id AND r.kind = 'case.reopened'
                           AND r.held_on <= $1 AND r.id > c.id)))sql",
                   db::params(last_day));
}

}  // namespace

std::int64_t count(db::ReadTx& tx, const MeasureDef& def, const Period& period) {
  if (def.counting == Counting::open_cases) return open_at_end(tx, period.to);
  return tx.one<Counts>(R"sql(SELECT count(*), count(DISTINCT a.subject_id), count(DISTINCT a.root_id), count(DISTINCT a.person_id) FROM act a
                          WHERE a.kind IN ($3, $6) AND a.held_on >= $1 AND a.held_on <= $2
                            AND ((a.kind = $3 AND (CAST($4 AS TEXT) = '' OR $4 LIKE '%,' || a.code || ',%') AND (CAST($5 AS TEXT) = '' OR $5 LIKE '%,' || a.service || ',%'))
                              OR (a.kind = $6 AND (CAST($7 AS TEXT) = '' OR $7 LIKE '%,' || a.code || ',%') AND (CAST($8 AS TEXT) = '' OR $8 LIKE '%,' || a.service || ',%')))
                            AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
                            AND (CAST($9 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM act r WHERE r.subject_id = a.subject_id AND r.kind = 'plan.replanned')))sql",
                        event_params(def, period), [](const db::Row& r) { return Counts{r.i64(0), r.i64(1), r.i64(2), r.i64(3)}; })
      .value_or(Counts{0, 0, 0, 0})
      .of(def.counting);
}

std::vector<AgencyFigure> by_agency(db::ReadTx& tx, const MeasureDef& def, const Period& period) {
  if (def.counting == Counting::open_cases) return {};
  return tx.list<AgencyFigure>(R"sql(SELECT a.agency_id, count(*), count(DISTINCT a.subject_id), count(DISTINCT a.root_id), count(DISTINCT a.person_id) FROM act a
                                 WHERE a.kind IN ($3, $6) AND a.held_on >= $1 AND a.held_on <= $2
                                   AND ((a.kind = $3 AND (CAST($4 AS TEXT) = '' OR $4 LIKE '%,' || a.code || ',%') AND (CAST($5 AS TEXT) = '' OR $5 LIKE '%,' || a.service || ',%'))
                                     OR (a.kind = $6 AND (CAST($7 AS TEXT) = '' OR $7 LIKE '%,' || a.code || ',%') AND (CAST($8 AS TEXT) = '' OR $8 LIKE '%,' || a.service || ',%')))
                                          AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
                                   AND (CAST($9 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM act r WHERE r.subject_id = a.subject_id AND r.kind = 'plan.replanned'))
                                 GROUP BY a.agency_id ORDER BY count(*) DESC, a.agency_id LIMIT 200)sql",
                               event_params(def, period), [&](const db::Row& r) {
                                 return AgencyFigure{r.id<AgencyTag>(0), Counts{r.i64(1), r.i64(2), r.i64(3), r.i64(4)}.of(def.counting)};
                               });
}

template <class Tag>
std::vector<Line> lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit) {
  const auto map = [](const access::SealedRow& r) {
    return Line{{Tag::kind, r.i64(0)}, r.i64(1), r.template id<AgencyTag>(2), r.date(3), r.i64(4)};
  };
  const Date on = from ? from->on : period.to.plus_days(1);
  const std::int64_t before = from ? from->act : 0;
  if (def.counting == Counting::open_cases)
    return scope.template list<Line>(R"sql(SELECT a.subject_id, a.root_id, a.agency_id, a.held_on, a.id FROM act a
        WHERE a.kind = 'case.opened' AND a.held_on <= $1 AND {scope:a.subject_id}
          AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
          AND NOT EXISTS (SELECT 1 FROM act c WHERE c.subject_id = a.subject_id AND c.kind = 'case.closed' AND c.held_on <= $1
            AND NOT EXISTS (SELECT 1 FROM act r WHERE r.subject_id = a.subject_id AND r.kind = 'case.reopened' AND r.held_on <= $1 AND r.id > c.id))
          AND (a.held_on < $2 OR (a.held_on = $2 AND a.id < $3))
        ORDER BY a.held_on DESC, a.id DESC LIMIT $4)sql",
                                     db::params(period.to, on, before, static_cast<std::int64_t>(limit)), map);
  // A record that acted several times (one visit, two services) is one line: that of its last act.
  db::Params params = event_params(def, period);
  params.add(on).add(before).add(static_cast<std::int64_t>(limit)).add(static_cast<std::int64_t>(def.counting == Counting::acts ? 1 : 0));
  return scope.template list<Line>(R"sql(SELECT a.subject_id, max(a.root_id), max(a.agency_id), max(a.held_on), max(a.id) FROM act a
      WHERE a.kind IN ($3, $6) AND a.held_on >= $1 AND a.held_on <= $2
        AND ((a.kind = $3 AND (CAST($4 AS TEXT) = '' OR $4 LIKE '%,' || a.code || ',%') AND (CAST($5 AS TEXT) = '' OR $5 LIKE '%,' || a.service || ',%'))
          OR (a.kind = $6 AND (CAST($7 AS TEXT) = '' OR $7 LIKE '%,' || a.code || ',%') AND (CAST($8 AS TEXT) = '' OR $8 LIKE '%,' || a.service || ',%')))
        AND {scope:a.subject_id}
        AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
        AND (CAST($9 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM act r WHERE r.subject_id = a.subject_id AND r.kind = 'plan.replanned'))
      GROUP BY a.subject_id, CASE WHEN CAST($13 AS BIGINT) = 1 THEN a.id ELSE 0 END
      HAVING max(a.held_on) < $10 OR (max(a.held_on) = $10 AND max(a.id) < $11)
      ORDER BY max(a.held_on) DESC, max(a.id) DESC LIMIT $12)sql",
                                   std::move(params), map);
}

template std::vector<Line> lines(const access::Scope<IntakeTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<NoticeTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<ReferralTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<CaseTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<ConsentTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<SupportRecordTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<PlanTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<EvaluationTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<SessionTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
template std::vector<Line> lines(const access::Scope<AgendaItemTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);

}  // namespace kasane::measure::store
