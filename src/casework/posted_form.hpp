// Reading a form that was posted about work of these days: a date without its year is the nearest one.
#pragma once
#include "form/near_dates.hpp"
#include "programme/context.hpp"

namespace kasane::casework::parts {

inline form::Parsed posted(const programme::Ctx& ctx, const form::Form& form, const form::ParseOptions& options = {}) {
  return form::parse(form, form::with_years(form, ctx.req.posted, ctx.today()), options);
}

}  // namespace kasane::casework::parts
