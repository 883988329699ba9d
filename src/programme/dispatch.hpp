// From a request to a reply: finds the city and the route, signs the person in by the cookie, checks the route's need
// and the token of forms, calls the handler, and turns what goes wrong into a page. Knows no socket.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "programme/context.hpp"
#include "programme/session_limits.hpp"

namespace kasane::programme {

class Dispatcher {
 public:
  explicit Dispatcher(Router router) : router_(std::move(router)) {}
  void add_city(std::shared_ptr<City> city);
  void end_sessions_after(const SessionLimits& limits) { sessions_ = limits; }
  const Router& router() const { return router_; }
  City* city(std::string_view slug) const;
  std::vector<std::shared_ptr<City>> cities() const;

  /// Answers a request. Handlers run here, on the caller's thread; the reply may still be parked (before_send).
  web::Reply answer(web::Request request) const;
  /// Larger bodies are taken where sheets may be uploaded.
  static std::size_t body_limit(std::string_view method, std::string_view path);

 private:
  web::Reply answer_in_city(City& city, web::Request& request) const;
  Router router_;
  std::map<std::string, std::shared_ptr<City>, std::less<>> cities_;
  SessionLimits sessions_;
};

}  // namespace kasane::programme
