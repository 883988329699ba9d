// Lessons: written by those who work with cases, from a case that was reviewed or has ended, from a treated item, or by
// hand; read by everybody who meets.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/lesson_model.hpp"

namespace kasane::meeting {

/// Faults of what was typed; fields title, trouble, did, topic.
std::vector<FieldError> faults_of(const programme::Municipality& m, const LessonText& in, const Telling& telling);

/// Whether a lesson may be written from there. Errors: those of the gate; not_permitted; conflict (the case is neither
/// reviewed nor ended, the item was not treated).
Result<> may_learn(db::ReadTx& tx, access::Gate& gate, const LessonFrom& from);
/// Words that tell the household are refused, also those that the viewer does not know of; written by hand it is compared with
/// nobody, so the writer says that it names nobody (field unnamed). Act lesson.written(field).
/// Errors: as above; invalid.
Result<LessonId> write_lesson(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const LessonText& in, const LessonFrom& from);
/// Another wording, by the agency that wrote it or by who may read the household behind it: each attempt is compared with that
/// household's words. Errors: not_permitted; not_found; stale; invalid.
Result<> reword_lesson(db::WriteTx& tx, access::Gate& gate, const Settings& city, LessonId id, std::int64_t version, const LessonText& in);
/// Errors: not_permitted; not_found; stale.
Result<> withdraw_lesson(db::WriteTx& tx, access::Gate& gate, LessonId id, std::int64_t version);
/// Errors: not_found (also when withdrawn, and for those without a meeting role).
Result<Lesson> lesson_view(db::ReadTx& tx, access::Gate& gate, LessonId id);
/// The newest year first, within it by title; 50 at a time. Every word must stand in it, whatever its kana or width.
LessonList lessons_like(db::ReadTx& tx, access::Gate& gate, const LessonFilter& filter);

}  // namespace kasane::meeting
