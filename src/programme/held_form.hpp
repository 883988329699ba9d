// A form that was sent after its session had run out. Nothing typed is lost: it travels, sealed, through the page that asks to
// sign in again, and only its own sender gets to send it after all. Nothing of it rests on the server.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "web/request.hpp"

namespace kasane::programme {

struct HeldForm {
  AccountId account;
  std::string path;
  web::Pairs fields;
  bool had_files = false;  // files do not travel along: they are chosen anew
};

/// Letters, digits, - and _ only. Nothing when the form is too long to travel.
std::optional<std::string> seal_form(std::string_view key, const HeldForm& form);
/// Nothing when it was not sealed here.
std::optional<HeldForm> open_form(std::string_view key, std::string_view sealed);

}  // namespace kasane::programme
