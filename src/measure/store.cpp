#include "measure/store.hpp"

#include <stdexcept>

namespace kasane::measure::store {

namespace {

// Definitions are data, and one statement answers them all: they go in as one text of fixed columns, which the
// statement cuts into rows with substr(), the one way that both engines share. A row is one kind of act with one code
// and one service (empty: any) of one definition:
//   1 to 6 number of the definition, 7 first plans only, 8 leaves the stock, 9 kind (24), 33 code (32), 65 service (48)
// The statements repeat these numbers: a statement is one literal, so that all can be listed and prepared.
constexpr std::size_t kKindWidth = 24, kCodeWidth = 32, kServiceWidth = 48;

/// Codes are ASCII (the folder's check and the program's own lists see to it), so bytes are characters.
std::string padded(const std::string& code, std::size_t width) {
  if (code.size() > width) throw std::logic_error("a code too long to be counted: " + code);
  return code + std::string(width - code.size(), ' ');
}

class Rules {
 public:
  void add(const MeasureDef& def, std::size_t number) {
    static const std::vector<std::string> kAny{""};
    for (const Event& e : def.events)
      for (const std::string& code : e.codes.empty() ? kAny : e.codes)
        for (const std::string& service : e.services.empty() ? kAny : e.services) add(def, number, e, code, service);
  }
  std::int64_t rows() const { return rows_; }
  const std::string& text() const { return text_; }

 private:
  void add(const MeasureDef& def, std::size_t number, const Event& e, const std::string& code, const std::string& service) {
    std::string digits = std::to_string(number);
    digits.insert(0, 6 - digits.size(), '0');
    text_ += digits + (def.replans == Replans::first_only ? "1" : "0") + (e.leaves ? "1" : "0");
    text_ += padded(e.kind, kKindWidth) + padded(code, kCodeWidth) + padded(service, kServiceWidth);
    ++rows_;
  }
  std::string text_;
  std::int64_t rows_ = 0;
};

Rules rules_of(std::span<const MeasureDef> defs, bool stocks) {
  Rules rules;
  for (std::size_t i = 0; i < defs.size(); ++i)
    if ((defs[i].counting == Counting::open_cases) == stocks) rules.add(defs[i], i);
  return rules;
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

/// What comes after the rules in a list: $5 kind of record, $6 $7 cursor, $8 limit, $9 what is counted once.
db::Params line_params(const MeasureDef& def, const Period& period, SubjectKind kind, const std::optional<LineCursor>& from, int limit) {
  const Rules rules = rules_of({&def, 1}, def.counting == Counting::open_cases);
  return db::params(period.from, period.to, rules.rows(), rules.text(), kind, from ? from->on : period.to.plus_days(1), from ? from->act : 0,
                    static_cast<std::int64_t>(limit), def.counting);
}

}  // namespace

// In all statements: an act that a later one undoes (always on the same root) is left out; the later one counts by its
// own kind. One act is one even where two rows of a definition fit it.

std::vector<std::int64_t> flows(db::ReadTx& tx, std::span<const MeasureDef> defs, const Period& period) {
  std::vector<std::int64_t> values(defs.size());
  const Rules rules = rules_of(defs, false);
  if (rules.rows() == 0) return values;
  tx.each(R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($3 AS INTEGER)),
            rule(measure, first_only, kind, code, service) AS (
              SELECT CAST(substr(CAST($4 AS TEXT), i * 112 + 1, 6) AS INTEGER), substr(CAST($4 AS TEXT), i * 112 + 7, 1),
                     trim(substr(CAST($4 AS TEXT), i * 112 + 9, 24)), trim(substr(CAST($4 AS TEXT), i * 112 + 33, 32)),
                     trim(substr(CAST($4 AS TEXT), i * 112 + 65, 48)) FROM slot)
          SELECT r.measure, count(DISTINCT a.id), count(DISTINCT a.subject_id), count(DISTINCT a.root_id), count(DISTINCT a.person_id)
          FROM rule r JOIN act a ON a.kind = r.kind
          WHERE a.held_on >= $1 AND a.held_on <= $2 AND (r.code = '' OR r.code = a.code)
            AND (r.service = '' OR ',' || a.service || ',' LIKE '%,' || r.service || ',%')
            AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
            AND (r.first_only = '0' OR NOT EXISTS (SELECT 1 FROM act p WHERE p.subject_id = a.subject_id AND p.kind = 'plan.replanned'))
          GROUP BY r.measure)sql",
          db::params(period.from, period.to, rules.rows(), rules.text()), [&](const db::Row& r) {
            const auto i = static_cast<std::size_t>(r.i64(0));
            values.at(i) = Counts{r.i64(1), r.i64(2), r.i64(3), r.i64(4)}.of(defs[i].counting);
          });
  return values;
}

std::vector<std::int64_t> stocks(db::ReadTx& tx, std::span<const MeasureDef> defs, Date day) {
  std::vector<std::int64_t> values(defs.size());
  const Rules rules = rules_of(defs, true);
  if (rules.rows() == 0) return values;
  // Open is what was opened once more than it was closed: the order of acts of one day does not matter.
  tx.each(R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($2 AS INTEGER)),
            rule(measure, leaves, kind, code, service) AS (
              SELECT CAST(substr(CAST($3 AS TEXT), i * 112 + 1, 6) AS INTEGER), substr(CAST($3 AS TEXT), i * 112 + 8, 1),
                     trim(substr(CAST($3 AS TEXT), i * 112 + 9, 24)), trim(substr(CAST($3 AS TEXT), i * 112 + 33, 32)),
                     trim(substr(CAST($3 AS TEXT), i * 112 + 65, 48)) FROM slot),
            standing(measure, subject_id) AS (
              SELECT r.measure, a.subject_id FROM rule r JOIN act a ON a.kind = r.kind
              WHERE a.held_on <= $1 AND (r.code = '' OR r.code = a.code)
                AND (r.service = '' OR ',' || a.service || ',' LIKE '%,' || r.service || ',%')
                AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
              GROUP BY r.measure, a.subject_id HAVING sum(CASE WHEN r.leaves = '1' THEN -1 ELSE 1 END) > 0)
          SELECT measure, count(*) FROM standing GROUP BY measure)sql",
          db::params(day, rules.rows(), rules.text()), [&](const db::Row& r) { values.at(static_cast<std::size_t>(r.i64(0))) = r.i64(1); });
  return values;
}

std::vector<AgencyFigure> by_agency(db::ReadTx& tx, const MeasureDef& def, const Period& period) {
  if (def.counting == Counting::open_cases) return {};
  const Rules rules = rules_of({&def, 1}, false);
  return tx.list<AgencyFigure>(
      R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($3 AS INTEGER)),
              rule(first_only, kind, code, service) AS (
                SELECT substr(CAST($4 AS TEXT), i * 112 + 7, 1), trim(substr(CAST($4 AS TEXT), i * 112 + 9, 24)),
                       trim(substr(CAST($4 AS TEXT), i * 112 + 33, 32)), trim(substr(CAST($4 AS TEXT), i * 112 + 65, 48)) FROM slot)
            SELECT a.agency_id, count(DISTINCT a.id), count(DISTINCT a.subject_id), count(DISTINCT a.root_id), count(DISTINCT a.person_id)
            FROM rule r JOIN act a ON a.kind = r.kind
            WHERE a.held_on >= $1 AND a.held_on <= $2 AND (r.code = '' OR r.code = a.code)
              AND (r.service = '' OR ',' || a.service || ',' LIKE '%,' || r.service || ',%')
              AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
              AND (r.first_only = '0' OR NOT EXISTS (SELECT 1 FROM act p WHERE p.subject_id = a.subject_id AND p.kind = 'plan.replanned'))
            GROUP BY a.agency_id ORDER BY count(DISTINCT a.id) DESC, a.agency_id LIMIT 200)sql",
      db::params(period.from, period.to, rules.rows(), rules.text()), [&](const db::Row& r) {
        return AgencyFigure{r.id<AgencyTag>(0), Counts{r.i64(1), r.i64(2), r.i64(3), r.i64(4)}.of(def.counting)};
      });
}

template <class Tag>
std::vector<Line> lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit) {
  return scope.template list<Line>(
      R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($3 AS INTEGER)),
              rule(first_only, kind, code, service) AS (
                SELECT substr(CAST($4 AS TEXT), i * 112 + 7, 1), trim(substr(CAST($4 AS TEXT), i * 112 + 9, 24)),
                       trim(substr(CAST($4 AS TEXT), i * 112 + 33, 32)), trim(substr(CAST($4 AS TEXT), i * 112 + 65, 48)) FROM slot),
              counted(id) AS (
                SELECT max(a.id) FROM rule r JOIN act a ON a.kind = r.kind
                WHERE a.held_on >= $1 AND a.held_on <= $2 AND (r.code = '' OR r.code = a.code)
                  AND (r.service = '' OR ',' || a.service || ',' LIKE '%,' || r.service || ',%')
                  AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
                  AND (r.first_only = '0' OR NOT EXISTS (SELECT 1 FROM act p WHERE p.subject_id = a.subject_id AND p.kind = 'plan.replanned'))
                  AND (CAST($9 AS INTEGER) <> 3 OR a.person_id IS NOT NULL)
                GROUP BY CASE CAST($9 AS INTEGER) WHEN 0 THEN a.id WHEN 1 THEN a.subject_id WHEN 2 THEN a.root_id ELSE a.person_id END)
            SELECT a.subject_id, a.root_id, a.agency_id, a.held_on, a.id FROM counted c JOIN act a ON a.id = c.id
            WHERE a.subject_kind = $5 AND {scope:a.subject_id} AND (a.held_on < $6 OR (a.held_on = $6 AND a.id < $7))
            ORDER BY a.held_on DESC, a.id DESC LIMIT $8)sql",
      line_params(def, period, Tag::kind, from, limit), [](const access::SealedRow& r) {
        return Line{{Tag::kind, r.i64(0)}, r.i64(1), r.id<AgencyTag>(2), r.date(3), r.i64(4)};
      });
}

std::vector<Line> session_lines(db::ReadTx& tx, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit) {
  const Rules rules = rules_of({&def, 1}, false);
  return tx.list<Line>(
      R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($3 AS INTEGER)),
              rule(kind, code) AS (
                SELECT trim(substr(CAST($4 AS TEXT), i * 112 + 9, 24)), trim(substr(CAST($4 AS TEXT), i * 112 + 33, 32)) FROM slot)
            SELECT DISTINCT a.subject_id, a.root_id, a.agency_id, a.held_on, a.id FROM rule r JOIN act a ON a.kind = r.kind
            WHERE a.held_on >= $1 AND a.held_on <= $2 AND (r.code = '' OR r.code = a.code)
              AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
              AND (a.held_on < $5 OR (a.held_on = $5 AND a.id < $6))
            ORDER BY a.held_on DESC, a.id DESC LIMIT $7)sql",
      db::params(period.from, period.to, rules.rows(), rules.text(), from ? from->on : period.to.plus_days(1), from ? from->act : 0,
                 static_cast<std::int64_t>(limit)),
      [](const db::Row& r) {
        return Line{{SubjectKind::meeting_session, r.i64(0)}, r.i64(1), r.id<AgencyTag>(2), r.date(3), r.i64(4)};
      });
}

template <class Tag>
std::vector<Line> open_lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit) {
  const Rules rules = rules_of({&def, 1}, true);
  return scope.template list<Line>(
      R"sql(WITH RECURSIVE slot(i) AS (SELECT CAST(0 AS INTEGER) UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < CAST($2 AS INTEGER)),
              rule(leaves, kind, code, service) AS (
                SELECT substr(CAST($3 AS TEXT), i * 112 + 8, 1), trim(substr(CAST($3 AS TEXT), i * 112 + 9, 24)),
                       trim(substr(CAST($3 AS TEXT), i * 112 + 33, 32)), trim(substr(CAST($3 AS TEXT), i * 112 + 65, 48)) FROM slot),
              counted(id) AS (
                SELECT max(a.id) FROM rule r JOIN act a ON a.kind = r.kind
                WHERE a.held_on <= $1 AND (r.code = '' OR r.code = a.code)
                  AND (r.service = '' OR ',' || a.service || ',' LIKE '%,' || r.service || ',%')
                  AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND u.root_id = a.root_id)
                GROUP BY a.subject_id HAVING sum(CASE WHEN r.leaves = '1' THEN -1 ELSE 1 END) > 0)
            SELECT a.subject_id, a.root_id, a.agency_id, a.held_on, a.id FROM counted c JOIN act a ON a.id = c.id
            WHERE {scope:a.subject_id} AND (a.held_on < $4 OR (a.held_on = $4 AND a.id < $5))
            ORDER BY a.held_on DESC, a.id DESC LIMIT $6)sql",
      db::params(period.to, rules.rows(), rules.text(), from ? from->on : period.to.plus_days(1), from ? from->act : 0, static_cast<std::int64_t>(limit)),
      [](const access::SealedRow& r) {
        return Line{{Tag::kind, r.i64(0)}, r.i64(1), r.id<AgencyTag>(2), r.date(3), r.i64(4)};
      });
}

template std::vector<Line> open_lines(const access::Scope<CaseTag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
#define KASANE_LINES(Tag) \
  template std::vector<Line> lines(const access::Scope<Tag>&, const MeasureDef&, const Period&, const std::optional<LineCursor>&, int);
KASANE_LINES(IntakeTag)
KASANE_LINES(NoticeTag)
KASANE_LINES(ReferralTag)
KASANE_LINES(CaseTag)
KASANE_LINES(ConsentTag)
KASANE_LINES(SupportRecordTag)
KASANE_LINES(PlanTag)
KASANE_LINES(EvaluationTag)
KASANE_LINES(AgendaItemTag)
KASANE_LINES(AdviceTag)
KASANE_LINES(GroundRequestTag)
#undef KASANE_LINES

}  // namespace kasane::measure::store
