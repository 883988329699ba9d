// kasane demo: accounts and invented households for every city that has no account yet.
#include <iostream>

#include "cli/commands.hpp"
#include "cli/demo_accounts.hpp"
#include "cli/demo_courses.hpp"
#include "cli/demo_packets.hpp"
#include "cli/demo_protection.hpp"
#include "cli/demo_stories.hpp"
#include "cli/demo_system.hpp"
#include "programme/account_store.hpp"

namespace kasane::cli {

namespace {

/// Posts of demo accounts begin with the fiscal year before the last, so that every invented step lies within them.
Date posts_from(Date today) { return *Date::from_ymd(FiscalYear::of(today).year - 2, 4, 1); }

bool has_accounts(programme::City& city) {
  return city.db().read([](db::ReadTx& tx) { return !programme::accounts(tx, 1).empty(); });
}

bool has_demo_accounts(programme::City& city) {
  const auto logins = invented::logins_of(city);
  return city.db().read([&](db::ReadTx& tx) {
    return std::all_of(logins.begin(), logins.end(), [&](const invented::Login& l) { return programme::account_by_login(tx, l.login).has_value(); });
  });
}

void fill(programme::City& city, ManualClock& clock, Date today) {
  invented::World world(city, clock, today);
  clock.set(posts_from(today));
  invented::make_accounts(world, posts_from(today));
  invented::run_story(world);
  if (city.slug == "nagaokakyo") invented::run_dv_measure(world);
  invented::run_courses(world);
  invented::run_packets(world);
  invented::run_issues(world);
  invented::run_gatherings(world);
  city.audit.seal_writes(city.db());
}

void print(const programme::City& city) {
  std::cout << "\n" << city.municipality.name << "  /" << city.slug << "/signin\n";
  for (const invented::Login& l : invented::logins_of(city)) std::cout << "  " << l.login << "  " << l.name << "（" << l.post << "）\n";
}

}  // namespace

int demo(const AppSettings& settings) {
  const Date today = SystemClock().today();
  ManualClock clock(today);
  std::string printed = "  すべての試し用の利用者のパスワード: " + std::string(invented::kPassword);
  bool any = false;
  for (const CitySettings& c : settings.cities) {
    auto opened = open_city(settings, c, clock);
    if (!opened) {
      for (const std::string& line : opened.error()) std::cerr << line << "\n";
      return 1;
    }
    programme::City& city = **opened;
    if (!has_accounts(city)) {
      std::cout << city.municipality.name << "に、作り話の世帯を入れています…" << std::endl;
      fill(city, clock, today);
    } else if (!has_demo_accounts(city)) {
      std::cout << city.municipality.name << "には利用者がいるため、何もしませんでした。\n";
      continue;
    }
    any = true;
    print(city);
  }
  if (any)
    std::cout << "\n" << printed << "\n  画面を開くには: kasane serve（開くアドレスの例 http://127.0.0.1:8080/）\n"
              << "  試し用です。本番のデータベースでは使わないでください。\n";
  return 0;
}

}  // namespace kasane::cli
