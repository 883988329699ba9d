// A guest's link after the item has changed under it: withdrawn items stay shut, and of two answers none is lost unseen.
#include <gtest/gtest.h>

#include "access/trail.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using testing::has;
using testing::World;

struct Linked : World {
  people::Registered home = aso();
  SessionId sitting = sit({"shien_kaigi"});
  AgendaItemId item = put(household_item(sitting, "shien_kaigi", home.household, "early_system")).value();

  Linked() : World("nagaokakyo", "chiiki_fukushi_renkei") {}
  Handed let_in() {
    const NewGuest guest{GuestKind::outside, "架空 花子", "架空小学校", today(), today().plus_days(10)};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, city(), t.city().key, item, guest); }).value();
  }
  bool opens(const Handed& handed) {
    return t.db().read([&](db::ReadTx& tx) { return open_link(tx, handed.token, t.clock().now()); }).has_value();
  }
  Result<> guest_says(const Handed& handed, const char* text) {
    return t.db().write([&](db::WriteTx& tx) -> Result<> {
      access::Trail trail;
      return answer_as_guest(tx, trail, *store::guest(tx, handed.id), text, t.clock().now());
    });
  }
  std::int64_t version(const Handed& handed) {
    return t.db().read([&](db::ReadTx& tx) { return store::guest(tx, handed.id); })->version;
  }
};

TEST(Guest, of_an_item_that_was_taken_off_stays_shut_when_another_link_is_taken_back) {
  Linked w;
  const Handed one = w.let_in(), other = w.let_in();
  EXPECT_TRUE(w.opens(one));
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
    const auto head = item(tx, gate, w.city(), w.item);
    return withdraw_item(tx, gate, actor, w.city(), w.item, head->head.version);
  }));
  EXPECT_FALSE(w.opens(one));
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return revoke_guest(tx, gate, actor, w.city(), other.id, store::guest(tx, other.id)->version); }));
  EXPECT_FALSE(w.opens(one));
}

TEST(Guest, answer_that_came_meanwhile_is_shown_before_the_typed_one_takes_its_place) {
  Linked w;
  const Handed handed = w.let_in();
  const std::int64_t seen = w.version(handed);
  ASSERT_TRUE(w.guest_says(handed, "金曜日なら行けます"));
  const std::string path = "/guest-links/" + id_text(handed.id);
  const auto stale = w.t.post(w.who, path + "/answer", {{"answer", "木曜日なら"}, {"version", std::to_string(seen)}});
  EXPECT_EQ(stale.status, 409);
  EXPECT_TRUE(has(stale, "金曜日なら行けます"));
  EXPECT_TRUE(has(stale, "木曜日なら")) << "what was typed is not lost";
  EXPECT_TRUE(has(w.t.get(w.who, path), "金曜日なら行けます"));
  EXPECT_EQ(w.t.post(w.who, path + "/answer", {{"answer", "木曜日なら"}, {"version", std::to_string(w.version(handed))}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, path), "木曜日なら"));
}

}  // namespace
}  // namespace kasane::meeting
