// Lines that attendees add to an item: whose they are, who reads them, and that nobody overwrites anybody.
#include <gtest/gtest.h>

#include "access/guarded.hpp"
#include "meeting/live_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/note_service.hpp"

namespace kasane::meeting {
namespace {

using access::Act;
using programme::testing::Login;
using testing::World;

/// 長岡京's 支援会議 with one item, to which 西地域包括 and 子育て支援課 were invited.
struct Table : World {
  Login west, children, north;
  SessionId sitting;
  AgendaItemId item;

  Table() : World("nagaokakyo", "chiiki_fukushi_renkei"), west(t.account("cgsc_nishi", Role::window_counsellor)),
            children(t.account("kosodate_shien", Role::field_worker)), north(t.account("cgsc_kita", Role::window_counsellor)) {
    sitting = sit({"shien_kaigi"});
    item = put(household_item(sitting, "shien_kaigi", aso().household, "early_system")).value();
    EXPECT_TRUE(invite(item, {agency("cgsc_nishi"), agency("kosodate_shien")}));
  }
  Result<MeetingNoteId> write(const Login& login, NoteKind kind, std::string text, std::optional<AgencyId> taker = {}) {
    NewNote in{kind, std::move(text), taker, {}};
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return add_note(tx, gate, actor, city(), item, in); });
  }
  Result<> rewrite(const Login& login, MeetingNoteId id, std::int64_t version, std::string text) {
    NewNote in{NoteKind::point, std::move(text), {}, {}};
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return change_note(tx, gate, actor, city(), id, version, in); });
  }
  std::vector<std::string> read(const Login& login) {
    std::vector<std::string> texts;
    for (const Note& n : t.read(login, [&](auto& tx, auto& gate) { return notes_of(tx, gate, item); })) texts.push_back(n.text.shown());
    return texts;
  }
};

TEST(MeetingNote, is_read_by_all_at_the_table_and_by_nobody_else) {
  Table w;
  ASSERT_TRUE(w.write(w.west, NoteKind::answer, "先月から新聞がたまっています"));
  for (const Login* login : {&w.who, &w.west, &w.children}) EXPECT_EQ(w.read(*login), std::vector<std::string>{"先月から新聞がたまっています"});
  EXPECT_TRUE(w.read(w.north).empty());
  const auto refused = w.write(w.north, NoteKind::answer, "見えないはずの議題");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

TEST(MeetingNote, two_who_write_at_once_lose_nothing_and_one_changes_only_ones_own) {
  Table w;
  ASSERT_TRUE(w.hold(w.sitting, {"chiiki_fukushi_renkei", "cgsc_nishi", "kosodate_shien"}));
  const MeetingNoteId west = w.write(w.west, NoteKind::point, "訪問は水曜がよい").value();
  ASSERT_TRUE(w.write(w.children, NoteKind::point, "学校とは金曜に話す"));
  EXPECT_EQ(w.read(w.who).size(), 2u);
  const auto foreign = w.rewrite(w.children, west, 1, "書きかえ");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::not_permitted);
  ASSERT_TRUE(w.rewrite(w.west, west, 1, "訪問は木曜がよい"));
  const auto stale = w.rewrite(w.west, west, 1, "訪問は金曜がよい");
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::stale);
  EXPECT_EQ(w.read(w.children).front(), "訪問は木曜がよい");
  ASSERT_TRUE(w.t.write(w.west, [&](auto& tx, auto& gate, const auto& actor) { return strike_note(tx, gate, actor, west, 2); }));
  EXPECT_EQ(w.read(w.who), std::vector<std::string>{"学校とは金曜に話す"});
}

TEST(MeetingNote, has_its_time_and_names_each_fault_at_its_field) {
  Table w;
  EXPECT_EQ(w.write(w.west, NoteKind::point, "まだ早い").error().code, ErrorCode::conflict);
  ASSERT_TRUE(w.hold(w.sitting, {"chiiki_fukushi_renkei"}));
  EXPECT_EQ(w.write(w.west, NoteKind::answer, "もう遅い").error().code, ErrorCode::conflict);
  const auto bare = w.write(w.west, NoteKind::undertaking, "  ");
  ASSERT_FALSE(bare);
  ASSERT_EQ(bare.error().fields.size(), 2u);
  EXPECT_EQ(bare.error().fields[0].field, "text");
  EXPECT_EQ(bare.error().fields[1].field, "taker");
  EXPECT_TRUE(w.write(w.west, NoteKind::undertaking, "週に一度声をかける", w.t.agency("cgsc_nishi")));
}

// practice §2: nothing shows that a guarded agency is at work.
TEST(MeetingNote, of_a_guarded_agency_is_not_read_by_who_may_not_know_of_it) {
  Table w;
  const AgencyId guarded = w.t.agency("kosodate_shien");
  w.t.db().write([&](db::WriteTx& tx) { access::set_guarded(tx, {guarded}); return 0; });
  ASSERT_TRUE(w.write(w.children, NoteKind::answer, "こちらでも会っています"));
  EXPECT_TRUE(w.read(w.west).empty());
  EXPECT_EQ(w.read(w.children).size(), 1u);
}

TEST(MeetingNote, of_an_agency_that_is_guarded_later_goes_from_the_pages_of_those_who_may_not_know) {
  Table w;
  w.swear(w.west, w.item);
  w.swear(w.children, w.item);
  ASSERT_TRUE(w.write(w.children, NoteKind::answer, "まえから会っています"));
  const std::int64_t version = w.one(w.sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const Holding in{version, Manner::sitting, w.t.city().directory.ids({"chiiki_fukushi_renkei", "cgsc_nishi", "kosodate_shien"})};
    if (auto begun = begin_live(tx, gate, actor, w.city(), w.sitting, in); !begun) return begun;
    return turn_to(tx, gate, actor, w.city(), w.sitting, 1, w.item);
  }));
  ASSERT_TRUE(w.write(w.children, NoteKind::point, "こちらでも会っています"));
  const auto reads = [&](const Login& login, const std::string& page, std::string_view line) { return testing::has(w.t.get(login, page), line); };
  const std::string live = w.page(w.sitting) + "/live", sheet = w.page(w.item) + "/preparation";
  ASSERT_TRUE(reads(w.west, live, "こちらでも会っています"));
  ASSERT_TRUE(reads(w.west, sheet, "まえから会っています"));
  w.t.db().write([&](db::WriteTx& tx) { access::set_guarded(tx, {w.t.agency("kosodate_shien")}); return 0; });
  for (const char* line : {"こちらでも会っています", "まえから会っています"}) {
    EXPECT_FALSE(reads(w.west, live, line));
    EXPECT_FALSE(reads(w.west, sheet, line));
  }
  EXPECT_TRUE(reads(w.children, live, "こちらでも会っています"));
}

TEST(MeetingNote, closes_with_the_packet) {
  Table w;
  ASSERT_TRUE(w.write(w.west, NoteKind::answer, "ひとこと"));
  w.t.clock().set(w.today().plus_days(40));
  EXPECT_TRUE(w.read(w.children).empty());
  EXPECT_EQ(w.read(w.west).size(), 1u) << "one's own line stays with the agency that wrote it";
}

// 北上 K-57, K-66: parts of one sitting have their own attendance, and each is asked whom it cannot do without.
TEST(SlicesOfASitting, are_asked_each_for_whom_they_cannot_do_without) {
  World w("kitakami", "swc");
  const SessionId sitting = w.sit({"kobetsu_shien"});
  Holding in{w.one(sitting).version, Manner::sitting, w.t.city().directory.ids({"swc"}), {}};
  const auto hold = [&] { return w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return mark_held(tx, gate, actor, w.city(), sitting, in); }); };
  ASSERT_FALSE(hold());
  in.present = w.t.city().directory.ids({"swc", "city"});
  in.present_in["kobetsu_shien"] = w.t.city().directory.ids({"swc"});
  EXPECT_FALSE(hold()) << "the city sat in another part";
  in.present_in.clear();
  ASSERT_TRUE(hold());
  in.version = w.one(sitting).version;
  in.present = w.t.city().directory.ids({"swc"});
  const auto left = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return change_presence(tx, gate, actor, w.city(), sitting, in); });
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace kasane::meeting
