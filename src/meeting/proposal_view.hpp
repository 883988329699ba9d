// What a proposal that cannot go before a body shows: why not, and the other way that is left.
#pragma once
#include "html/kit.hpp"
#include "meeting/model.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// The body of this sitting that treats items under 106条の6; nothing when it has none.
const programme::Body* statutory_body(const programme::Ctx& ctx, const Session& session);
std::vector<html::Option> ground_options(const programme::Body& body);
/// "プラン案（2件まとめて）"
std::string matter_words(const Proposal& proposal);
/// A proposal without consent can be brought to the 支援会議 of the same sitting, with a ground and a reason.
html::Html other_way(const programme::Ctx& ctx, const Session& session, const Proposal& proposal);

}  // namespace kasane::meeting
