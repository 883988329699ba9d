// What the screen that makes a sitting ready shows, part by part; and the parts of a joint sitting on its own page.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "html/kit.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/prepare_service.hpp"
#include "meeting/series_service.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

inline std::string prepare_path(SessionId id) { return session_path(id) + "/prepare"; }

/// Bodies in a cycle that have no sitting planned, each with one click to plan it; nothing when there are none.
html::Html next_sittings_html(const programme::Ctx& ctx, const std::vector<NextSitting>& next);

/// When which part begins, its items and, for those who arrange the sitting, who is invited; nothing for a sitting in one part.
html::Html slices_html(const programme::Ctx& ctx, const std::vector<Slice>& slices, const std::vector<Place>& places, bool with_invited);

/// What somebody has typed beside one proposal.
struct Ticked {
  bool ticked = false;
  std::string minutes, ground_code, reason;
};
using TickedByKey = std::map<std::string, Ticked>;
/// "juso_kaigi:plan:0abc…", under which a proposal is posted and found again.
std::string key_of(const Proposal& proposal);

/// Nothing typed: the ticks of the sure ones. `errors` name rows by pick_N, ground_N, reason_N (from 1, as shown).
html::Html choose_html(const programme::Ctx& ctx, const Preparing& p, const TickedByKey* typed, const std::vector<FieldError>& errors);
/// Those that can be ticked, in the order in which their rows stand.
std::vector<const Proposal*> tickable(const std::vector<Proposal>& proposals);

html::Html order_html(const programme::Ctx& ctx, const Preparing& p, const std::map<std::string, std::string>* typed, const std::vector<FieldError>& errors);
html::Html attendees_part(const programme::Ctx& ctx, const Preparing& p);
html::Html papers_part(const programme::Ctx& ctx, const Preparing& p);
/// Where the preparation stands, in words.
html::Html steps_html(const Preparing& p, bool ready);

}  // namespace kasane::meeting
