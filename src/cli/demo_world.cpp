#include "cli/demo_world.hpp"

#include "programme/account_store.hpp"

namespace kasane::cli::invented {

namespace {

std::string text_of(std::string_view step, const Error& error) {
  std::string text = std::string(step) + ": " + error.message;
  for (const FieldError& f : error.fields) text += "\n  " + f.field + ": " + f.message;
  return text;
}

/// 0 Monday to 6 Sunday. 1970-01-01 was a Thursday.
int weekday(Date day) { return ((day.days() + 3) % 7 + 7) % 7; }

}  // namespace

Fault::Fault(std::string_view step, const Error& error) : std::runtime_error(text_of(step, error)) {}

Date World::ago(int days) const {
  Date day = today_.plus_days(-days);
  while (weekday(day) > 4) day = day.plus_days(-1);
  return day;
}

access::Viewer World::viewer(std::string_view who) {
  access::Viewer viewer;
  viewer.account = account(who);
  for (const programme::PostRow& p : city_.db().read([&](db::ReadTx& tx) { return programme::posts_on(tx, viewer.account, now_on()); }))
    viewer.posts.push_back({p.id, p.agency, p.role});
  return viewer;
}

AgencyId World::agency_of(std::string_view who) { return acting(viewer(who)); }

AgencyId World::acting(const access::Viewer& viewer) {
  for (const access::Post& p : viewer.posts)
    if (kCaseRoles.has(p.role)) return p.agency;
  return viewer.posts.empty() ? AgencyId() : viewer.posts.front().agency;
}

}  // namespace kasane::cli::invented
