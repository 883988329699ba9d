// Forms of a sitting that is being run: attendance for each part, lines, the outcome prefilled from the lines.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "form/parse.hpp"
#include "meeting/item_forms.hpp"
#include "meeting/note_model.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

/// Attendance of one part of the sitting.
struct PartSeats {
  std::string body;
  std::vector<AgencyId> asked;      // who may be ticked: invited, required, there already
  std::vector<AgencyId> there;      // ticked at first
};
form::Form presence_form(const programme::Ctx& ctx, std::string key, const std::vector<PartSeats>& parts);
form::Answers presence_answers(const std::vector<PartSeats>& parts, Manner manner);
Holding read_presence(const form::Answers& answers, const std::vector<PartSeats>& parts, std::int64_t version);
/// Faults of the service, which speaks of "present", at the first part's question.
std::vector<FieldError> presence_faults(const Error& error, const std::vector<PartSeats>& parts);

/// A point, or an undertaking (taker out of `takers`).
form::Form note_form(const programme::Ctx& ctx, NoteKind kind, const std::vector<AgencyId>& takers);
NewNote read_note(const form::Answers& answers, NoteKind kind);
std::vector<FieldError> note_faults(const Error& error, NoteKind kind);

/// The outcome, with a row for each undertaking and one more.
form::Form live_outcome_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<people::Member>& members, std::size_t undertakings);
/// Points become the 要点, undertakings their rows.
form::Answers outcome_from_notes(const std::vector<Note>& notes);
Outcome read_live_outcome(const form::Answers& answers, const ItemView& item, std::size_t undertakings);
std::size_t count_undertakings(const std::vector<Note>& notes);

}  // namespace kasane::meeting
