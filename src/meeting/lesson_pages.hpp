// Pages of lessons: the list with its search, a new one, one lesson.
#pragma once
#include "programme/context.hpp"

namespace kasane::meeting {

void add_lesson_routes(programme::Router& router);

}  // namespace kasane::meeting
