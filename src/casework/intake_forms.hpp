// The forms of an intake: what is asked at once, and the folded fields of 相談受付・申込票 and インテーク・アセスメントシート
// after the national code tables (domain guide 2.3). The folded ones are stored as answers with their form's version.
#pragma once
#include <vector>

#include "casework/intake_model.hpp"
#include "casework/pages_parts.hpp"
#include "casework/team_service.hpp"

namespace kasane::casework::intake_forms {

inline constexpr const char* kSheetKey = "intake_sheet";
inline constexpr int kSheetVersion = 1;

/// The folded fields alone: their answers are stored as JSON.
form::Form sheet(const programme::Ctx& ctx);
/// The whole form: date, receiver, what it is about, who came; then the sheet, folded.
form::Form whole(const programme::Ctx& ctx, const std::vector<Colleague>& receivers);
form::Form screening(const programme::Ctx& ctx);

/// What was answered, for the service. `before`: stored sheet answers of which the form showed nothing stay as they were.
IntakeContent content_of(const programme::Ctx& ctx, const form::Form& whole, const form::Answers& answers, const web::Pairs& posted,
                         const form::Answers* before = nullptr);
Screening screening_of(const programme::Ctx& ctx, const form::Form& form, const form::Answers& answers);

/// The stored answers of the sheet; empty when the viewer may not see them.
form::Answers sheet_answers(const Intake& intake);
/// Everything stored, as the whole form shows it.
form::Answers answers_of(const Intake& intake);
form::Answers answers_of_screening(const Intake& intake);
/// Names that stand in an intake: they must not stand in an anonymous text.
std::vector<std::string> names_in(const Intake& intake);

}  // namespace kasane::casework::intake_forms
