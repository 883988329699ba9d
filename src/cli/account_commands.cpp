// Accounts from the shell: the first administrator of a city, and a new password where nobody is left to give one.
#include <iostream>

#include "cli/commands.hpp"
#include "cli/secret_input.hpp"
#include "programme/account_service.hpp"
#include "programme/account_words.hpp"
#include "programme/sign_in_events.hpp"

namespace kasane::cli {

namespace {

constexpr AccountId kShell{0};  // as other events of the program itself

std::shared_ptr<programme::City> city_named(const AppSettings& settings, const std::string& slug, const Clock& clock) {
  for (const CitySettings& city : settings.cities) {
    if (city.slug != slug) continue;
    auto opened = open_city(settings, city, clock);
    if (opened) return *opened;
    for (const std::string& line : opened.error()) std::cout << line << "\n";
    return nullptr;
  }
  std::cout << "その名前の市はありません。\n";
  return nullptr;
}

/// Asks for a password that may be chosen; nothing, and the reason printed, when it may not.
std::optional<std::string> new_password(const programme::City& city, const std::string& login, const std::string& name) {
  const auto password = read_new_password();
  if (!password) {
    std::cout << "2つのパスワードが同じではありません。もう一度、命令からやり直してください。\n";
    return std::nullopt;
  }
  if (const auto why = programme::why_not_password(*password, programme::near_words(city, login, name))) {
    std::cout << *why << "\n";
    return std::nullopt;
  }
  return password;
}

}  // namespace

int add_administrator(const AppSettings& settings, const std::string& slug, const std::string& login, const std::string& name) {
  const SystemClock clock;
  const auto city = city_named(settings, slug, clock);
  if (!city) return 2;
  if (city->municipality.owner_sections.empty()) {
    std::cout << "この市の設定には所管課がありません。\n";
    return 1;
  }
  const auto password = new_password(*city, login, name);
  if (!password) return 1;
  const programme::NewAccount account{login, name, *password, {{city->directory.id(city->municipality.owner_sections.front()), Role::administrator, "", "", clock.today()}}};
  const auto made = city->db().write([&](db::WriteTx& tx) {
    auto id = programme::add_account(tx, account, clock.now());
    if (id) programme::note_account_made(tx, *id, clock.now());
    if (id) programme::note_role_given(tx, kShell, *id, Role::administrator, clock.now());
    return id;
  });
  if (!made) {
    for (const FieldError& f : made.error().fields) std::cout << f.message << "\n";
    return 1;
  }
  std::cout << "管理者を作りました。\n";
  return 0;
}

int set_password(const AppSettings& settings, const std::string& slug, const std::string& login) {
  const SystemClock clock;
  const auto city = city_named(settings, slug, clock);
  if (!city) return 2;
  const auto account = city->db().read([&](db::ReadTx& tx) { return programme::account_by_login(tx, login); });
  if (!account) {
    std::cout << "その利用者IDはありません。\n";
    return 1;
  }
  const auto password = new_password(*city, login, account->display_name);
  if (!password) return 1;
  const std::string hash = programme::hash_of_password(*password);
  city->db().write([&](db::WriteTx& tx) {
    programme::reset_password(tx, account->id, hash, std::nullopt, clock.now());
    access::Trail trail;
    trail.action("password.set", access::Act::write);
    trail.note(SubjectKind::account, account->id.value);
    access::audit_write(tx, kShell, trail, clock.now());
  });
  std::cout << "パスワードを決め直しました。この利用者のサインインは、すべて終わりました。\n";
  return 0;
}

}  // namespace kasane::cli
