// The form that records both facts of one 本人: its description, and the reading of what was posted.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "consent/model.hpp"
#include "form/answers.hpp"
#include "form/field.hpp"
#include "html/controls.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"
#include "web/request.hpp"

namespace kasane::consent {

/// What the form offers to choose from.
struct FormChoices {
  std::vector<std::pair<PersonId, std::string>> persons;   // whom one may ask: id and name as shown to this viewer
  std::vector<std::pair<AgencyId, std::string>> agencies;  // of the team: who could be left out
  std::vector<std::pair<AgencyId, std::string>> others;    // of the city, not in the team: who must not be asked along later
};

/// Fields: person, given_on, application, sharing (agree | refuse | not_asked), how, witness, scope, exceptions,
/// topics and, folded away, exception_1 to exception_3, given_by, representative, capacity, representation, represented_until, assent, assent_on,
/// valid_until. The photo is beside them: sheet_control().
form::Form recording_form(const programme::Municipality& m, const FormChoices& choices);
/// What stands in the empty form: today, the standard scope, on paper.
form::Answers first_answers(Date today, const FormChoices& choices);
/// The upload for the photo, to be put after the fields (FormPage::after); the frame must be multipart.
html::Html sheet_control(const std::vector<FieldError>& errors);
inline constexpr const char* kSheetField = "sheet";

/// The facts that the answers hold (one or two), for record_all(). `upload` may be null.
/// Errors: invalid, named by field.
Result<std::vector<NewConsent>> read_recording(const form::Answers& answers, HouseholdId household, const web::Upload* upload,
                                               const programme::Municipality& m);

/// Words for one topic as consents name it: 「健康」「家計」 …
const char* topic_label(access::Topic topic);
/// Topics that a consent can name one by one, in the order of the form.
const std::vector<access::Topic>& topics_to_choose();

}  // namespace kasane::consent
