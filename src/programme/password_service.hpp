// Passwords after an account was made: the first one that the program makes and somebody hands over, changing one's own, and
// setting one anew for somebody who has lost it.
#pragma once
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "programme/context.hpp"
#include "programme/password_rules.hpp"

namespace kasane::programme {

/// argon2id for accounts: 19 MiB and 2 passes, so that several sign-ins at once keep the program small.
inline constexpr PasswordCost kPasswordCost{2, 19u << 20};

/// Slow and heavy on purpose; at most two at a time in the whole program.
bool check_password(const std::string& hash, std::string_view password);
std::string hash_of_password(std::string_view password);

/// A password that the program has made: to be handed over, good until `until`, and to be changed at the first sign-in.
struct FirstPassword {
  std::string text;
  UtcMs until = 0;
};
inline constexpr int kFirstPasswordDays = 7;
FirstPassword make_first_password(UtcMs now);

/// What stands near an account and everybody knows, for why_not_password.
std::vector<std::string> near_words(const City& city, std::string_view login, std::string_view display_name);

/// A change of one's own password, checked outside of any transaction because hashing takes its time.
struct PasswordChange {
  std::string before;  // the hash that was checked
  std::string after;
};
/// Errors: invalid (present password wrong; the new one may not be chosen, is not repeated alike, is the old one), unavailable
/// (too many wrong ones: wait).
Result<PasswordChange> check_change(City& city, AccountId account, std::string_view present, std::string_view fresh, std::string_view repeated);
/// Every other session of the account ends. Errors: stale (changed meanwhile).
Result<> change_password(db::WriteTx& tx, AccountId account, const PasswordChange& change, const std::string& this_token_hash, UtcMs now);

/// For somebody who has lost it. Every session of the account ends. `hash` of the password; `first_until` as in AccountRow.
void reset_password(db::WriteTx& tx, AccountId account, const std::string& hash, std::optional<UtcMs> first_until, UtcMs now);

}  // namespace kasane::programme
