#include "programme/post_rules.hpp"

namespace kasane::programme {

std::optional<std::string> why_not_post(const std::vector<PostSpan>& held, const PostSpan& added) {
  if (added.until < added.from) return "「いつまで」が「いつから」より前になっています。";
  for (const PostSpan& post : held) {
    const bool together = post.from <= added.until && added.from <= post.until;
    const bool one_administers = (post.role == Role::administrator) != (added.role == Role::administrator);
    if (together && one_administers)
      return "管理者は、ほかの役割と同じ利用者IDでは持てません。別の利用者IDを作るか、いまの職が終わった次の日からにしてください。";
  }
  return std::nullopt;
}

}  // namespace kasane::programme
