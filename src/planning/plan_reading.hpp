// A plan for reading: as its page, beside an editor that was overtaken, and as the copy for the home.
#pragma once
#include "planning/model.hpp"
#include "planning/page_parts.hpp"
#include "programme/context.hpp"

namespace kasane::planning {

/// Wishes, direction, goals and role division. `whole`: with the columns that staff need.
html::Html plan_html(const programme::Ctx& ctx, const PlanView& plan, const Names& names, bool whole);
/// What may be printed for the home: rows left out, about abuse or safety, or about what a protection keeps from that
/// home are gone, and the numbers run on.
PlanView for_home(PlanView plan, access::Topics kept_away = {});
/// The editor's routes, in plan_editor_pages.cpp.
void add_editor_routes(programme::Router& router);

}  // namespace kasane::planning
