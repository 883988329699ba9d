#include "cli/demo_protection.hpp"

#include "people/protection_service.hpp"

namespace kasane::cli::invented {

void protect_from(World& w, Who who, const Home& at, PersonId person, PersonId from, const char* informed) {
  people::NewMeasure what;
  what.household = at.id;
  what.person = person;
  what.kind = people::ProtectionKind::abuse;
  what.from = w.now_on();
  what.reason = "息子に通報と相談を知られないようにする。";
  what.opponents = {from};
  what.informed = {w.agency(informed)};
  w.as(who, "protection.add", [&](auto& tx, auto& gate, const auto& actor) { return people::add_measure(tx, gate, actor, {}, what); });
}

void run_dv_measure(World& w) {
  w.days_ago(345, 9);
  const Home his = home(w, "window", {"", "架空町9-1", ""}, {{"架空", "剛", "かくう つよし", 47, "male", "self"}});
  w.days_ago(344);
  refer(w, "window", his, {.kind = casework::ReferralKind::network, .to = "sogo_seikatsu", .person = his[0], .text = "仕事をやめてからの暮らしの相談。本人は、窓口に伝えてよいと話している。"});
  w.days_ago(343, 14);
  const Home hers = home(w, "window", {"", "架空町4-2 （現在の住まい）", ""}, {{"架空", "美里", "かくう みさと", 41, "female", "self", "平日の昼、職場の電話で本人とだけ話す"},
                                                                                {"架空", "葵", "かくう あおい", 8, "female", "child"}});
  people::NewMeasure what;
  what.household = hers.id;
  what.person = hers[0];
  what.kind = people::ProtectionKind::dv;
  what.from = w.now_on();
  what.reason = "DV等支援措置の申出があった。";
  what.opponents = {his[0]};
  w.as("window", "protection.add", [&](auto& tx, auto& gate, const auto& actor) { return people::add_measure(tx, gate, actor, {12, 30, w.m().wording("protection_basis", "")}, what); });
  w.days_ago(30, 13);
  record(w, "window", hers, {.method = "phone", .text = "【本人】「学校にも慣れてきた」\n\n【予定】支援措置の更新の申出を、来月いっしょに準備する。", .person = hers[0], .minutes = 20});
}

}  // namespace kasane::cli::invented
