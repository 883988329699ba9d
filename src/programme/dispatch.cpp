#include "programme/dispatch.hpp"

#include <algorithm>
#include <array>

#include "base/log.hpp"
#include "db/fault_word.hpp"
#include "programme/account_service.hpp"
#include "programme/form_token.hpp"
#include "programme/sign_in_pages.hpp"
#include "web/assets.hpp"
#include "web/error_page.hpp"
#include "web/percent.hpp"

namespace kasane::programme {

namespace {

constexpr std::size_t kBodyLimit = 1'000'000;
constexpr std::size_t kSheetLimit = 9'000'000;  // a photo of a signed sheet, a rule document

/// Addresses that take a file, below the city: exactly these.
bool takes_file(std::string_view path) {
  constexpr std::array<std::array<std::string_view, 4>, 3> kUploads{{{"households", "*", "consents", ""}, {"meeting-bodies", "*", "rules", ""}, {"gatherings", "*", "materials", ""}}};
  const auto next = [&path] {
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
  };
  next();  // the city
  const std::array<std::string_view, 4> parts{next(), next(), next(), next()};
  if (!path.empty()) return false;
  return std::any_of(kUploads.begin(), kUploads.end(), [&](const auto& upload) {
    return std::equal(parts.begin(), parts.end(), upload.begin(), [](std::string_view part, std::string_view word) { return word == "*" ? !part.empty() : part == word; });
  });
}

bool is_leaving(const web::Request& request) {
  return request.segments.size() == 1 && (request.segments[0] == "signout" || request.segments[0] == "signout-everywhere");
}

/// Nobody is signed in. A page of a session that has run out is led back to where it was.
web::Reply to_sign_in(Ctx& ctx, std::string_view token, const SessionLimits& limits) {
  const auto session = session_that_ran_out(ctx.city, token, limits);
  if (ctx.req.method == "POST") {
    const bool of_its_page = session && ctx.req.same_origin() && is_form_token(ctx.req.posted_value("csrf").value_or(""), session->csrf);
    if (!of_its_page) return web::error_reply(403, ctx.req.request_id);
    return is_leaving(ctx.req) ? web::Reply::redirect(ctx.url("/signin")) : ask_again(ctx, *session);
  }
  // Addresses hold no personal data; what follows a "?" is left behind all the same.
  return web::Reply::redirect(ctx.url("/signin") + (session ? "?to=" + web::percent_encode(ctx.req.path) : std::string()));
}

/// Where somebody with a password that the program made may go: to change it, or away.
bool leads_to_own_password(const web::Request& request) {
  const auto& s = request.segments;
  return is_leaving(request) || (s.size() == 2 && s[0] == "me" && s[1] == "password");
}

}  // namespace

void Dispatcher::add_city(std::shared_ptr<City> city) {
  const std::string slug = city->slug;
  cities_[slug] = std::move(city);
}

City* Dispatcher::city(std::string_view slug) const {
  const auto it = cities_.find(slug);
  return it == cities_.end() ? nullptr : it->second.get();
}

std::vector<std::shared_ptr<City>> Dispatcher::cities() const {
  std::vector<std::shared_ptr<City>> out;
  for (const auto& [slug, city] : cities_) out.push_back(city);
  return out;
}

std::size_t Dispatcher::body_limit(std::string_view method, std::string_view path) {
  return method == "POST" && takes_file(path) ? kSheetLimit : kBodyLimit;
}

web::Reply Dispatcher::answer(web::Request request) const {
  const auto& s = request.segments;
  if (s.empty()) return front_page(request, cities());
  if (s.size() == 1 && s[0] == "health") return web::Reply::text("ok\n");
  if (s.size() == 1 && s[0] == "favicon.ico") return web::Reply::text("", 204);  // browsers ask for it unbidden
  if (s.size() == 3 && s[0] == "assets") {
    request.params = {{"hash", s[1]}, {"name", s[2]}};
    return web::Assets::built_in().serve(request);
  }
  City* found = city(s[0]);
  if (found == nullptr) return web::error_reply(404, request.request_id);
  request.segments.erase(request.segments.begin());
  try {
    return answer_in_city(*found, request);
  } catch (const db::Unavailable&) {
    log::warn("dispatch.unavailable", {{"request", web::logged_number(request.request_id)}, {"city", Slug(found->slug)}, {"fault", db::fault_word(std::current_exception())}});
    web::Reply reply = web::error_reply(503, request.request_id);
    if (reply.header_value("Retry-After").empty()) reply.header("Retry-After", "2");
    return reply;
  } catch (...) {
    log::error("dispatch.fault", {{"request", web::logged_number(request.request_id)}, {"city", Slug(found->slug)}, {"fault", db::fault_word(std::current_exception())}});
    throw;
  }
}

web::Reply Dispatcher::answer_in_city(City& city, web::Request& request) const {
  if (request.segments.empty()) return web::Reply::redirect("/" + city.slug + "/today");
  const auto match = router_.match(request);
  if (!match) {
    if (match.error().status == 405) return web::Reply::method_not_allowed(match.error().allow, request.request_id);
    return web::error_reply(404, request.request_id);
  }
  request.params = match->params;
  const auto cookie = request.cookie(session_cookie_name(city));
  const std::optional<OpenSession> who = cookie ? who_is(city, *cookie, sessions_) : std::nullopt;
  Ctx ctx(request, city, who ? &*who : nullptr);
  if (!match->need.open()) {
    if (!who) return to_sign_in(ctx, cookie.value_or(""), sessions_);
    // A role that has nothing to do with an address learns nothing about it: as if it were not there.
    if (!match->need.lets_in(who->viewer.roles())) return ctx.error({ErrorCode::not_found, {}, {}});
    if (who->must_change_password && !leads_to_own_password(request)) return web::Reply::redirect(ctx.url("/me/password"));
  }
  if (request.method == "POST") {
    if (!request.same_origin()) return web::error_reply(403, request.request_id);
    if (who && !is_form_token(request.posted_value("csrf").value_or(""), who->csrf)) return web::error_reply(403, request.request_id);
  }
  return match->handler(ctx);
}

}  // namespace kasane::programme
