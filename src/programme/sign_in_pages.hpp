// The front page with the cities, signing in and out, drafts, help and the accessibility statement.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "programme/account_store.hpp"
#include "programme/context.hpp"

namespace kasane::programme {

web::Reply front_page(const web::Request& request, const std::vector<std::shared_ptr<City>>& cities);
/// One cookie per city, so that a person may be signed in to two.
std::string session_cookie_name(const City& city);
/// For a form that came from a page of this session, which has run out: asks to sign in again and holds what was typed.
web::Reply ask_again(Ctx& ctx, const LoginSession& session);
void add_sign_in_routes(Router& router);

}  // namespace kasane::programme
