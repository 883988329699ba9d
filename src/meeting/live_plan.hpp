// Goals and roles of a submitted plan, changed while the meeting talks about it.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "form/parse.hpp"
#include "meeting/page_parts.hpp"
#include "planning/amend_service.hpp"

namespace kasane::meeting {

/// A plan of the item that waits for the finding and that the viewer may write.
struct PlanEdit {
  PlanId id;
  planning::PlanKind kind = planning::PlanKind::collaboration;
  std::int64_t version = 0;
  std::vector<planning::PlanGoal> goals;
  std::vector<planning::PlanRole> roles;
  std::vector<std::pair<PersonId, std::string>> persons;  // whose plan it is, as shown to the viewer
  access::Topics topics;            // that the viewer may write about
};
/// Those of the item, as far as the viewer may change them; none once the item was treated.
std::vector<PlanEdit> plan_edits(db::ReadTx& tx, access::Gate& gate, const ItemView& item);

/// `nth`: of the item's plans, from 1; its questions bear it in their keys, and the ids of the rows: a form that somebody had
/// open while a row came or went still speaks of its own rows.
form::Form plan_form(const programme::Ctx& ctx, const PlanEdit& plan, std::size_t nth);
form::Answers plan_answers(const PlanEdit& plan, std::size_t nth);
/// Rows that the posted form had.
PlanEdit posted_rows(const PlanEdit& plan, const web::Pairs& posted, std::size_t nth);
/// What was typed, and what is stored for the rows that the posted form did not have.
form::Answers with_unasked(form::Answers typed, const form::Answers& stored, const form::Form& asked);
std::vector<planning::RowChange> read_plan(const form::Answers& answers, const PlanEdit& plan, std::size_t nth);
/// Faults of the service at the questions of this plan.
std::vector<FieldError> plan_faults(const Error& error, std::size_t nth);

/// A goal more, or a role more.
form::Form addition_form(const programme::Ctx& ctx, const PlanEdit& plan, std::size_t nth, bool role);
planning::RowsToAdd read_addition(const programme::Ctx& ctx, const form::Answers& answers, const PlanEdit& plan, std::size_t nth, bool role);
std::vector<FieldError> addition_faults(const Error& error, std::size_t nth);

}  // namespace kasane::meeting
