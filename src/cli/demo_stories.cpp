#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

void run_story(World& w) {
  const std::string& slug = w.city().slug;
  if (slug == "tsuruoka") run_tsuruoka(w);
  if (slug == "kawachinagano") run_kawachinagano(w);
  if (slug == "aizuwakamatsu") run_aizuwakamatsu(w);
  if (slug == "kitakami") run_kitakami(w);
  if (slug == "nagaokakyo") run_nagaokakyo(w);
}

void involve(World& w, Who who, const Home& at, Who whom, const char* what, const std::optional<PersonId>& person) {
  const casework::NewInvolvement row{at.id, w.agency_of(whom), w.account(whom), casework::InvolvementRole::member, person, what, w.now_on(), {}, false};
  w.as(who, "team.involve", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto done = casework::involve(tx, gate, actor, row);
    if (!done && done.error().code != ErrorCode::conflict) return tl::unexpected(done.error());  // it is there already
    return {};
  });
}

}  // namespace kasane::cli::invented
