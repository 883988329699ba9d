#include "programme/account_words.hpp"

#include <array>

#include "programme/account_service.hpp"

namespace kasane::programme {

namespace {

struct RoleActions {
  Role role;
  const char* given;
  const char* taken;
};

constexpr std::array<RoleActions, kRoleCount> kRoleActions{{{Role::window_counsellor, "post.given.window_counsellor", "post.taken.window_counsellor"},
                                                            {Role::coordinator, "post.given.coordinator", "post.taken.coordinator"},
                                                            {Role::field_worker, "post.given.field_worker", "post.taken.field_worker"},
                                                            {Role::city_officer, "post.given.city_officer", "post.taken.city_officer"},
                                                            {Role::head, "post.given.head", "post.taken.head"},
                                                            {Role::secretary, "post.given.secretary", "post.taken.secretary"},
                                                            {Role::meeting_member, "post.given.meeting_member", "post.taken.meeting_member"},
                                                            {Role::commissioner, "post.given.commissioner", "post.taken.commissioner"},
                                                            {Role::administrator, "post.given.administrator", "post.taken.administrator"},
                                                            {Role::auditor, "post.given.auditor", "post.taken.auditor"}}};

const RoleActions& actions_of(Role role) { return kRoleActions[static_cast<std::size_t>(role) - 1]; }

struct Words {
  std::string_view action;
  std::string_view after_name;
};
constexpr Words kWords[] = {{"account.add", "の利用者IDを作った"},
                            {"account.stopped", "の利用を止めた"},
                            {"account.opened", "の利用を再開した"},
                            {"password.change", "が自分のパスワードを変えた"},
                            {"password.reset", "の最初のパスワードを作り直した"},
                            {"password.set", "のパスワードを、管理する機械で決め直した"}};

/// The account that the event is about: the one subject of its kind.
std::optional<std::int64_t> account_in(const access::AuditEvent& event) {
  if (const auto subjects = access::unpack_subjects(event.subjects))
    for (const auto& subject : *subjects)
      if (subject.ref.kind == SubjectKind::account) return subject.ref.id;
  return std::nullopt;
}

}  // namespace

const char* action_of_giving(Role role) { return actions_of(role).given; }
const char* action_of_taking(Role role) { return actions_of(role).taken; }

void note_role_given(db::WriteTx& tx, AccountId by, AccountId to, Role role, UtcMs now) {
  access::Trail trail;
  trail.action(action_of_giving(role), access::Act::write);
  trail.note(SubjectKind::account, to.value);
  access::audit_write(tx, by, trail, now);
}

std::optional<std::string> account_words(const access::AuditEvent& event, const std::function<std::string(std::int64_t)>& name_of) {
  const auto about = account_in(event);
  if (!about) return std::nullopt;
  for (const RoleActions& actions : kRoleActions) {
    const std::string role = "「" + std::string(role_label(actions.role)) + "」の役割を";
    if (event.action == actions.given) return name_of(*about) + "に" + role + "渡した";
    if (event.action == actions.taken) return name_of(*about) + "の" + role + "終わらせた";
  }
  for (const Words& words : kWords)
    if (event.action == words.action) return name_of(*about) + std::string(words.after_name);
  return std::nullopt;
}

}  // namespace kasane::programme
