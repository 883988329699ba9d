// Words for grounds and topics, where a page explains why something may be seen.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/explain.hpp"

namespace kasane::desk {

std::string_view label_of(access::GroundKind ground);
/// "健康・介護、収入・債務"; topics that only sort records (plan, record, meeting) come last.
/// Where a ground's basis was stored without the article's text version: the article that this kind rests on. Empty for kinds
/// that rest on no one article.
std::string_view statute_key_of(access::GroundKind ground);
std::string topics_text(access::Topics topics);
/// "ケース", "つなぎ"; what kind of record it is.
std::string_view label_of(SubjectKind kind);

}  // namespace kasane::desk
