// What the page of a sitting says about calling it: that its day is being asked about, and the ways to dates and invitation.
#pragma once
#include "html/kit.hpp"
#include "meeting/model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

struct Calling {
  html::Html asking;  ///< That its day is being asked about; empty when it is not.
  html::Html ways;    ///< Buttons to dates, invitation, calendar file.
};
Calling calling_part(programme::Ctx& ctx, const Session& session, bool may_arrange);

/// The way to the registers, for those who keep them.
html::Html registers_link(const programme::Ctx& ctx);

}  // namespace kasane::meeting
