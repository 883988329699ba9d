// The form of the plan editor: its fields, numbered rows of goals and roles, and the way between answers and content.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "form/answers.hpp"
#include "form/field.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

/// What the editor offers to choose from.
struct EditorChoices {
  std::vector<std::pair<PersonId, std::string>> persons;  // of the household; id and name as shown to this viewer
  std::shared_ptr<const form::CodeTable> agencies, services;
  access::Topics topics;      // topics that the writer sees
  bool names = false;         // ticks アウトリーチ / 参加支援
};
struct Rows {
  int goals = 0;
  int roles = 0;
};
inline constexpr int kBlankRows = 3;

form::Form editor_form(const programme::Municipality& m, PlanKind kind, const EditorChoices& choices, Rows rows);
/// Keys of one row, for rendering it as one fieldset.
std::vector<std::string> goal_keys(int number);
std::vector<std::string> role_keys(int number);

form::Answers answers_of(const PlanView& plan, const programme::Directory& dir);

struct ReadContent {
  PlanContent content;
  std::vector<int> goal_rows, role_rows;  // number on the page of each row of the content: blank ones are skipped
};
ReadContent content_of(const form::Answers& answers, const programme::Municipality& m, const programme::Directory& dir, PlanKind kind, Rows rows);
/// Faults of the content named by the rows on the page.
std::vector<FieldError> on_page(std::vector<FieldError> faults, const ReadContent& read);

}  // namespace kasane::planning
