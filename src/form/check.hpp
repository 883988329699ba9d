// Forms are loaded from the files of a city. This finds what would make a form unusable, before it is used.
#pragma once
#include <string>
#include <vector>

#include "form/field.hpp"

namespace kasane::form {

/// What is wrong with the form, in Japanese, one sentence each, naming the field's key; empty when it can be used.
/// Faults: no key or one with other signs than a-z 0-9 _, a key twice, no label, a choice without codes, a shown_when
/// that hangs on nothing, on an answer that cannot be given or on itself, bounds that exclude every answer.
std::vector<std::string> faults_of(const Form& form);

}  // namespace kasane::form
