#include "programme/sign_in_events.hpp"

#include "access/audit.hpp"

namespace kasane::programme {

namespace {

void note(db::WriteTx& tx, const char* action, AccountId by, std::optional<AccountId> about, UtcMs now) {
  access::Trail trail;
  trail.action(action, access::Act::write);
  if (about) trail.note(SubjectKind::account, about->value);
  access::audit_write(tx, by, trail, now);
}

constexpr AccountId kNobody(0);  // who has not proved yet who he is

}  // namespace

void note_signed_in(db::WriteTx& tx, AccountId account, UtcMs now) { note(tx, "account.signin", account, account, now); }

void note_sign_in_refused(db::WriteTx& tx, std::optional<AccountId> tried, bool locked, UtcMs now) {
  note(tx, "account.signin_refused", kNobody, tried, now);
  if (locked) note(tx, "account.signin_locked", kNobody, tried, now);
}

void note_signed_out(db::WriteTx& tx, AccountId account, bool everywhere, UtcMs now) {
  note(tx, everywhere ? "account.signout_everywhere" : "account.signout", account, account, now);
}

void note_account_made(db::WriteTx& tx, AccountId account, UtcMs now) { note(tx, "account.add", kNobody, account, now); }

}  // namespace kasane::programme
