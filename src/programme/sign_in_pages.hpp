// The front page with the cities, signing in and out, drafts, help and the accessibility statement.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "programme/context.hpp"

namespace kasane::programme {

web::Reply front_page(const web::Request& request, const std::vector<std::shared_ptr<City>>& cities);
/// One cookie per city, so that a person may be signed in to two.
std::string session_cookie_name(const City& city);
void add_sign_in_routes(Router& router);

}  // namespace kasane::programme
