#include "archive/keepers.hpp"

#include <algorithm>

#include "access/rules.hpp"
#include "programme/account_store.hpp"

namespace kasane::archive {

std::vector<AccountId> keepers_of(db::ReadTx& tx, AgencyId agency, Date on) {
  const Roles keepers = access::roles_for(SubjectKind::disclosure, access::Act::write);
  std::vector<AccountId> found;
  for (const programme::PostRow& post : programme::posts_in(tx, agency, on))
    if (keepers.has(post.role)) found.push_back(post.account);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

access::Viewer viewer_of(db::ReadTx& tx, AccountId account, AgencyId agency, Date on) {
  access::Viewer viewer{account, {}};
  for (const programme::PostRow& post : programme::posts_in(tx, agency, on))
    if (post.account == account) viewer.posts.push_back({post.id, post.agency, post.role});
  return viewer;
}

}  // namespace kasane::archive
