// What a record stores as codes or as the answers of a sheet, written out for whoever asked what is kept about them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "form/field.hpp"
#include "programme/municipality.hpp"

namespace kasane::archive {

/// The text of a part as people read it: answers with their questions, codes with their labels, other text as it stands.
/// What no form knows any more stays under its key: nothing that is kept is left out.
std::string part_words(const programme::Municipality& m, const std::vector<form::Form>& forms, std::string_view source, const std::string& text);

}  // namespace kasane::archive
