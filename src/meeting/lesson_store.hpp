// SQL of lessons. Plain tables: nothing in them is personal.
#pragma once
#include <optional>
#include <vector>

#include "db/tx.hpp"
#include "meeting/lesson_model.hpp"

namespace kasane::meeting::store {

void insert_lesson(db::WriteTx& tx, LessonId id, const LessonText& text, FiscalYear year, AgencyId author);
void link_lesson(db::WriteTx& tx, LessonId id, HouseholdId household);
/// False when the version has moved on or it was withdrawn.
bool set_lesson(db::WriteTx& tx, LessonId id, std::int64_t version, const LessonText& text);
bool withdraw_lesson(db::WriteTx& tx, LessonId id, std::int64_t version, Date on);
std::optional<Lesson> lesson(db::ReadTx& tx, LessonId id);
/// Those that stand, of the field and topic (the words are not looked at), behind `after`, at most `limit`.
std::vector<Lesson> lessons(db::ReadTx& tx, const LessonFilter& filter, const std::optional<Lesson>& after, int limit);
std::vector<HouseholdId> households_of_lesson(db::ReadTx& tx, LessonId id);

/// The household of a case and whether the case has been reviewed or has ended. The caller has passed its permit.
struct LearntCase {
  HouseholdId household;
  bool reviewed = false;
};
std::optional<LearntCase> learnt_case(db::ReadTx& tx, CaseId id);

}  // namespace kasane::meeting::store
