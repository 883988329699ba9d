#include "meeting/lesson_store.hpp"

namespace kasane::meeting::store {

namespace {

/// Columns id, title, trouble, did, field, topic, fiscal_year, withdrawn_on, version, author_agency.
Lesson lesson_from(const db::Row& r) {
  Lesson l;
  l.id = r.id<LessonTag>(0);
  l.text = {r.text(1), r.text(2), r.text(3), parse_code<IssueField>(r.text(4)).value_or(IssueField::other), r.text(5)};
  l.year = {static_cast<int>(r.i64(6))};
  l.withdrawn_on = r.opt_date(7);
  l.version = r.i64(8);
  if (const auto author = r.opt_i64(9)) l.author = AgencyId(*author);
  return l;
}

}  // namespace

void insert_lesson(db::WriteTx& tx, LessonId id, const LessonText& t, FiscalYear year, AgencyId author) {
  tx.run(R"sql(INSERT INTO lesson (id, title, trouble, did, field, topic, fiscal_year, withdrawn_on, version, author_agency)
               VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 1, $8))sql",
         db::params(id, t.title, t.trouble, t.did, code_of(t.field), t.topic, year.year, author));
}

void link_lesson(db::WriteTx& tx, LessonId id, HouseholdId household) {
  tx.run(R"sql(INSERT INTO lesson_link (lesson_id, household_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql", db::params(id, household));
}

bool set_lesson(db::WriteTx& tx, LessonId id, std::int64_t version, const LessonText& t) {
  return tx.run(R"sql(UPDATE lesson SET title = $3, trouble = $4, did = $5, field = $6, topic = $7, version = version + 1
                      WHERE id = $1 AND version = $2 AND withdrawn_on IS NULL)sql",
                db::params(id, version, t.title, t.trouble, t.did, code_of(t.field), t.topic)) == 1;
}

bool withdraw_lesson(db::WriteTx& tx, LessonId id, std::int64_t version, Date on) {
  return tx.run(R"sql(UPDATE lesson SET withdrawn_on = $3, version = version + 1 WHERE id = $1 AND version = $2 AND withdrawn_on IS NULL)sql",
                db::params(id, version, on)) == 1;
}

std::optional<Lesson> lesson(db::ReadTx& tx, LessonId id) {
  return tx.one<Lesson>(R"sql(SELECT id, title, trouble, did, field, topic, fiscal_year, withdrawn_on, version, author_agency FROM lesson WHERE id = $1)sql", db::params(id),
                        lesson_from);
}

std::vector<Lesson> lessons(db::ReadTx& tx, const LessonFilter& f, const std::optional<Lesson>& after, int limit) {
  const Lesson from = after.value_or(Lesson{});
  return tx.list<Lesson>(R"sql(SELECT id, title, trouble, did, field, topic, fiscal_year, withdrawn_on, version, author_agency FROM lesson
                               WHERE withdrawn_on IS NULL AND ($1 = 1 OR field = $2) AND ($3 = 1 OR topic = $4)
                                 AND ($5 = 1 OR fiscal_year < $6 OR (fiscal_year = $6 AND (title > $7 OR (title = $7 AND id > $8))))
                               ORDER BY fiscal_year DESC, title, id LIMIT $9)sql",
                         db::params(std::int64_t{!f.field}, f.field ? std::string(code_of(*f.field)) : std::string(), std::int64_t{f.topic.empty()}, f.topic,
                                    std::int64_t{!after}, static_cast<std::int64_t>(from.year.year), from.text.title, from.id, static_cast<std::int64_t>(limit)),
                         lesson_from);
}

std::vector<HouseholdId> households_of_lesson(db::ReadTx& tx, LessonId id) {
  return tx.list<HouseholdId>(R"sql(SELECT household_id FROM lesson_link WHERE lesson_id = $1 ORDER BY household_id LIMIT 100)sql", db::params(id),
                              [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

std::optional<LearntCase> learnt_case(db::ReadTx& tx, CaseId id) {
  return tx.one<LearntCase>(R"sql(SELECT c.household_id, CASE WHEN c.state = 'closed' OR EXISTS (SELECT 1 FROM evaluation e WHERE e.case_id = c.id) THEN 1 ELSE 0 END
                                  FROM support_case c WHERE c.id = $1)sql",
                            db::params(id), [](const db::Row& r) { return LearntCase{r.id<HouseholdTag>(0), r.boolean(1)}; });
}

}  // namespace kasane::meeting::store
