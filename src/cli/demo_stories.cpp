#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

void run_story(World&) {}

}  // namespace kasane::cli::invented
