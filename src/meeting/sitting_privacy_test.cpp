// What a sitting must not tell: sheets that follow their readers, plans that only the sitting changes, papers that stay
// closed, parts of other hosts, persons in the room, shields, and what the audit says of a page that showed nothing.
#include <gtest/gtest.h>

#include <future>

#include "access/below.hpp"
#include "casework/issue_service.hpp"
#include "due/service.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/live_service.hpp"
#include "meeting/live_store.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/note_service.hpp"
#include "meeting/order_service.hpp"
#include "meeting/preparation_service.hpp"
#include "meeting/screen_service.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

constexpr const char* kHost = "chiiki_fukushi_renkei";

/// A sitting that can be run, in whatever city.
struct Room : World {
  people::Registered home;
  SessionId id;
  using World::World;

  template <class F>
  Result<> run(const Login& login, F&& f) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) -> Result<> { return f(tx, gate, actor); });
  }
  std::string live() { return page(id) + "/live"; }
  std::vector<AgencyId> agencies(const std::vector<std::string>& codes) { return t.city().directory.ids(codes); }
  Result<> begin(const std::vector<std::string>& present, std::map<std::string, std::vector<AgencyId>> in_part = {}) {
    const Holding in{one(id).version, Manner::sitting, agencies(present), std::move(in_part)};
    return run(who, [&](auto& tx, auto& gate, const auto& actor) { return begin_live(tx, gate, actor, city(), id, in); });
  }
  std::int64_t version() {
    return t.db().read([&](db::ReadTx& tx) { return store::live(tx, id); }).value().version;
  }
  Result<> turn(const Login& login, std::optional<AgendaItemId> to) {
    const std::int64_t now = version();
    return run(login, [&](auto& tx, auto& gate, const auto& actor) { return turn_to(tx, gate, actor, city(), id, now, to); });
  }
  Result<> turn(std::optional<AgendaItemId> to) { return turn(who, to); }
  Result<> finish(const Login& login) {
    const std::int64_t now = version();
    return run(login, [&](auto& tx, auto& gate, const auto& actor) { return end_live(tx, gate, actor, city(), id, now); });
  }
  Screen shown() {
    return t.read(who, [&](auto& tx, auto& gate) { return screen(tx, gate, city(), id); }).value();
  }
  std::int64_t awaited(const char* kind, std::string_view code) {
    return t.db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM due_item WHERE kind = $1 AND party_id = $2 AND done_on IS NULL", db::params(std::string(kind), t.agency(code)));
    });
  }
  AgendaItemId without_household(std::string body) {
    NewItem in;
    in.session = id;
    in.body = std::move(body);
    in.question = "移動の足をどうするか";
    return put(in).value();
  }
};

/// 長岡京: two parts in one sitting; an item of 106条の6 with an agency, and a section of tax.
struct Sitting : Room {
  AgendaItemId first, second;
  Login member, section;

  explicit Sitting(std::string other = "juso_kaigi") : Room("nagaokakyo", kHost) {
    home = aso();
    id = sit({other, "shien_kaigi"}, today());
    first = put(household_item(id, "shien_kaigi", home.household, "early_system")).value();
    second = without_household(other);
    member = t.account("shogai_fukushi", Role::coordinator);
    section = t.account("kosodate_shien", Role::meeting_member);
    EXPECT_TRUE(invite(first, table()));
  }
  std::vector<Attendee> table() { return {agency("shogai_fukushi", Scope::household), agency("kosodate_shien", Scope::section)}; }
  bool knows_household(const Login& login) {
    return t.read(login, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, home.household); }).has_value();
  }
};

/// 鶴岡: an item of 106条の6 with an issue about health, whose sheet the host writes.
struct SheetOfConference : Room {
  AgendaItemId item;
  Login member, section;
  std::string illness;

  SheetOfConference() : Room("tsuruoka", "swc"), illness(t.m().code_table("issues")->label("illness")) {
    home = aso();
    EXPECT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewIssue in;
      in.household = home.household;
      in.person = home.persons[0];
      in.code = "illness";
      in.since_on = today();
      return casework::add_issue(tx, gate, actor, in);
    }));
    open(home);  // so that the item is about the person whom the issue is about
    id = sit({"shien_kaigi"}, today().plus_days(3));
    item = put(household_item(id, "shien_kaigi", home.household, "no_consent")).value();
    member = t.account("hokatsu_care", Role::window_counsellor);
    section = t.account("shimin_ka", Role::window_counsellor);
    EXPECT_TRUE(invite(item, {agency("swc", Scope::household), agency("kokoro", Scope::household)}));
  }
  Login kokoro() { return t.account("kokoro", Role::window_counsellor); }
  Preparation sheet(const Login& login) {
    return t.read(login, [&](auto& tx, auto& gate) { return preparation(tx, gate, city(), item); }).value();
  }
  SheetText draft() {
    const ItemView seen = see(item);
    return t.read(who, [&](auto& tx, auto& gate) { return prefilled(tx, gate, city(), seen); });
  }
  Result<> write(std::int64_t version, const SheetText& text) {
    return run(who, [&](auto& tx, auto& gate, const auto& actor) { return write_sheet(tx, gate, actor, city(), item, version, text); });
  }
};

TEST(SheetOfSitting, that_somebody_was_not_thought_of_in_goes_back_to_who_wrote_it) {
  SheetOfConference w;
  const SheetText draft = w.draft();
  ASSERT_NE(draft.trouble.find(w.illness), std::string::npos) << "all at the table know the household";
  ASSERT_TRUE(w.write(0, draft));
  const Login kokoro = w.kokoro();
  ASSERT_TRUE(w.sheet(kokoro).sheet);
  EXPECT_EQ(w.awaited("item.sheet", "swc"), 0);
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc", Scope::household), w.agency("kokoro", Scope::household), w.agency("shimin_ka", Scope::section)}));
  EXPECT_FALSE(w.sheet(w.section).sheet) << "written for those who know the household";
  EXPECT_FALSE(w.sheet(kokoro).sheet) << "until its owner has looked through it";
  EXPECT_FALSE(w.sheet(kokoro).may_write);
  EXPECT_TRUE(w.sheet(w.who).held_back);
  EXPECT_EQ(w.awaited("item.sheet", "swc"), 1);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item) + "/preparation"), "呼ぶ機関が変わりました"));
  EXPECT_EQ(w.write(1, draft).error().code, ErrorCode::stale) << "on the screen since before";
  ASSERT_TRUE(w.write(2, draft));
  EXPECT_TRUE(w.sheet(kokoro).sheet);
  EXPECT_FALSE(w.sheet(w.section).sheet) << "health stands in it still";
  ASSERT_TRUE(w.write(3, {"", "", "", "だれが通帳を預かるか"}));
  EXPECT_TRUE(w.sheet(w.section).sheet);
  EXPECT_EQ(w.awaited("item.sheet", "swc"), 0);
}

TEST(SheetOfSitting, stays_where_who_is_asked_knows_the_household_and_goes_back_where_one_knows_it_no_more) {
  SheetOfConference w;
  ASSERT_TRUE(w.write(0, w.draft()));
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc", Scope::household), w.agency("kokoro", Scope::household), w.agency("nikofuru", Scope::household)}));
  EXPECT_TRUE(w.sheet(w.kokoro()).sheet);
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc", Scope::household), w.agency("kokoro", Scope::item), w.agency("nikofuru", Scope::household)}));
  EXPECT_FALSE(w.sheet(w.kokoro()).sheet);
}

TEST(SheetOfSitting, is_prefilled_with_nothing_of_the_household_for_who_gets_just_the_item) {
  SheetOfConference w;
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc", Scope::household), w.agency("kokoro", Scope::item)}));
  const SheetText draft = w.draft();
  EXPECT_EQ(draft.trouble, "");
  EXPECT_EQ(draft.doing, "");
}

TEST(SheetOfSitting, counts_those_who_run_the_body_though_they_stand_on_no_list) {
  Room w("kawachinagano", "swc");  // two agencies run the body
  const auto home = w.aso();
  consent::NewConsent sharing;
  sharing.household = home.household;
  sharing.person = home.persons[0];
  sharing.given_on = w.today();
  sharing.standard = false;
  sharing.topics = access::Topic::plan;
  consent::NewConsent applied = sharing;
  applied.kind = consent::Kind::application;
  for (const auto& one : {applied, sharing})
    ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return consent::record(tx, gate, actor, one); }));
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
    casework::NewIssue in;
    in.household = home.household;
    in.person = home.persons[0];
    in.code = "illness";
    in.since_on = w.today();
    return casework::add_issue(tx, gate, actor, in);
  }));
  w.id = w.sit({"shien_chosei"}, w.today().plus_days(3));
  const AgendaItemId item = w.put(w.plan_item(w.id, "shien_chosei", plan)).value();
  ASSERT_TRUE(w.invite(item, {w.agency("swc")}));
  const ItemView seen = w.see(item);
  const SheetText draft = w.t.read(w.who, [&](auto& tx, auto& gate) { return prefilled(tx, gate, w.city(), seen); });
  EXPECT_EQ(draft.trouble.find(w.t.m().code_table("issues")->label("illness")), std::string::npos);
}

/// A submitted plan on the agenda.
struct PlanSitting : Room {
  PlanId plan;
  AgendaItemId item, other;
  PlanSitting() : Room("nagaokakyo", kHost) {
    home = aso();
    agree(home, 0);
    plan = draft(open(home), home.persons[0]);
    submit(plan, home.persons[0]);
    id = sit({"juso_kaigi"});
    item = put(plan_item(id, "juso_kaigi", plan)).value();
    other = without_household("juso_kaigi");
  }
  int change(std::string goal) {
    const auto stored = t.read(who, [&](auto& tx, auto& gate) { return planning::plan_view(tx, gate, plan); }).value();
    const std::string row = "plan1_role_" + id_text(stored.roles.front().id);
    return t.post(who, live() + "/plan", {{"item", id_text(item)}, {"plan", id_text(plan)}, {"version", std::to_string(World::plan(plan).version)},
                                          {"plan1_goal_" + id_text(stored.goals.front().id) + "_text", std::move(goal)}, {row + "_what", "月に一度の訪問"}, {row + "_how", ""}}).status;
  }
  std::string goal() { return see(item).plans.front().goals.front().shown(); }
};

TEST(PlanOfSitting, is_changed_only_while_its_item_is_treated) {
  PlanSitting w;
  const std::string submitted = w.goal();
  EXPECT_EQ(w.change("会議の前に"), 409);
  ASSERT_TRUE(w.begin({kHost}));
  EXPECT_EQ(w.change("議題の前に"), 409);
  ASSERT_TRUE(w.turn(w.other));
  EXPECT_EQ(w.change("ほかの議題で"), 409);
  EXPECT_EQ(w.goal(), submitted);
  ASSERT_TRUE(w.turn(w.item));
  EXPECT_EQ(w.change("この議題で"), 303);
  ASSERT_TRUE(w.finish(w.who));
  EXPECT_EQ(w.change("会議のあとで"), 409);
  EXPECT_EQ(w.goal(), "この議題で");
}

TEST(PlanOfSitting, found_on_in_words_that_the_host_did_not_see_is_stale) {
  PlanSitting w;
  ASSERT_TRUE(w.begin({kHost}));
  ASSERT_TRUE(w.turn(w.item));
  Outcome out;
  out.version = w.see(w.item).head.version;
  out.findings = {{w.plan, planning::Finding::adequate, "", {}}};
  ASSERT_EQ(w.change("だれかが直した目標"), 303);
  const auto late = w.run(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_outcome(tx, gate, actor, w.city(), w.item, out); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  EXPECT_EQ(w.World::plan(w.plan).state, planning::PlanState::submitted);
}

TEST(PapersOfSitting, closed_with_a_part_stay_closed_when_the_item_is_changed) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}, {{"shien_kaigi", w.agencies({kHost, "shogai_fukushi"})}, {"juso_kaigi", w.agencies({kHost, "cgsc_higashi"})}}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(w.knows_household(w.member));
  ASSERT_TRUE(w.turn(w.second));
  EXPECT_FALSE(w.sees(w.member, w.first));
  ASSERT_TRUE(w.invite(w.first, w.table()));
  EXPECT_FALSE(w.sees(w.member, w.first));
  EXPECT_FALSE(w.knows_household(w.member));
  ASSERT_EQ(w.t.post(w.who, w.page(w.first) + "/packets/open", {{"until", w.today().plus_days(3).iso()}}).status, 303);
  EXPECT_TRUE(w.sees(w.member, w.first)) << "a step of its own";
}

TEST(PapersOfSitting, of_another_body_close_when_its_host_turns_on_and_nobody_else_loses_them) {
  Sitting w("hokatsu_unei");  // which 高齢介護課 runs
  const Login other = w.t.account("korei_kaigo", Role::coordinator);
  ASSERT_TRUE(w.begin({kHost, "korei_kaigo", "shogai_fukushi", "kosodate_shien"}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(w.sees(w.section, w.first));
  EXPECT_FALSE(w.sees(other, w.first));
  const auto turned = w.turn(other, w.second);
  ASSERT_TRUE(turned) << turned.error().message;
  EXPECT_FALSE(w.sees(w.section, w.first));
  EXPECT_TRUE(w.sees(w.member, w.first));
  EXPECT_TRUE(w.knows_household(w.member)) << "the other body's host closes, and takes nothing else";
  EXPECT_TRUE(w.sees(w.who, w.first));
  EXPECT_EQ(w.acts("packet.closed", "section"), 1);
  EXPECT_TRUE(w.finish(other));
}

TEST(PapersOfSitting, close_though_a_shield_keeps_the_host_from_the_household) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi", "kosodate_shien"}));
  ASSERT_TRUE(w.turn(w.first));
  w.t.db().write([&](db::WriteTx& tx) {
    access::add_shield(tx, {{w.who.account.value}, PersonId(w.home.household.value), access::kAllTopics, w.today(), *Date::from_iso(access::kForever), 1});
    return 0;
  });
  EXPECT_FALSE(w.sees(w.who, w.first));
  ASSERT_TRUE(w.turn(std::nullopt));
  EXPECT_FALSE(w.sees(w.section, w.first));
  EXPECT_TRUE(w.knows_household(w.member));
}

TEST(AbsenceOfSitting, who_did_not_come_to_a_part_can_read_what_it_is_asked_to_read) {
  Sitting w;
  const std::int64_t planned = w.one(w.id).version;
  ASSERT_TRUE(w.run(w.who, [&](auto& tx, auto& gate, const auto&) {
    return plan_slices(tx, gate, w.city(), w.id, planned, {{"shien_kaigi", "", 30, {{w.t.agency("shogai_fukushi"), true, false}}}, {"juso_kaigi", "", 30, {}}});
  }));
  ASSERT_TRUE(w.begin({kHost}, {{"shien_kaigi", w.agencies({kHost})}, {"juso_kaigi", w.agencies({kHost})}}));
  ASSERT_TRUE(w.turn(w.first));
  ASSERT_TRUE(w.turn(w.second));
  ASSERT_TRUE(w.finish(w.who));
  EXPECT_EQ(w.awaited("session.absent", "shogai_fukushi"), 1);
  EXPECT_TRUE(w.sees(w.member, w.first));
  EXPECT_EQ(w.awaited("session.absent", "kosodate_shien"), 0) << "its item is over: there is nothing that it could read";
  w.t.clock().set(w.today().plus_days(8));
  EXPECT_FALSE(w.sees(w.member, w.first));
}

TEST(RoomOfSitting, a_person_whom_no_agency_there_stands_for_is_a_reader_unless_the_host_says_that_he_is_away) {
  Sitting w;
  const Login adviser = w.t.account("cgsc_higashi", Role::coordinator);
  Attendee person;
  person.party = adviser.account.value;
  person.scope = Scope::summary;
  person.until = w.today().plus_days(7);
  auto table = w.table();
  table.push_back(person);
  ASSERT_TRUE(w.invite(w.first, table));
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_FALSE(w.shown().open) << "who gets a summary reads no screen";
  ASSERT_EQ(w.shown().persons.size(), 1u);
  EXPECT_TRUE(has(w.t.get(w.who, w.live()), "会議室にいない"));
  const std::string party = id_text(adviser.account);
  EXPECT_EQ(w.t.post(w.member, w.live() + "/room", {{"party", party}, {"away", "yes"}}).status, 403);
  EXPECT_EQ(w.t.post(w.who, w.live() + "/room", {{"party", id_text(w.member.account)}, {"away", "yes"}}).status, 404) << "nobody of the item";
  ASSERT_EQ(w.t.post(w.who, w.live() + "/room", {{"party", party}, {"away", "yes"}}).status, 303);
  EXPECT_TRUE(w.shown().open);
  EXPECT_EQ(w.shown().readers.size(), 2u);
  ASSERT_EQ(w.t.post(w.who, w.live() + "/room", {{"party", party}, {"away", "no"}}).status, 303);
  EXPECT_FALSE(w.shown().open);
}

TEST(RoomOfSitting, an_appointed_person_and_a_guest_are_readers_and_a_company_shuts_the_screen) {
  Sitting w;
  const Login expert = w.t.account("cgsc_higashi", Role::coordinator);
  Attendee person;
  person.party = expert.account.value;
  person.appointed_on = w.today();
  person.until = w.today().plus_days(7);
  person.topics = access::kStandardScope;
  person.scope = Scope::item;
  auto table = w.table();
  table.push_back(person);
  ASSERT_TRUE(w.invite(w.first, table));
  NewGuest guest{GuestKind::outside, "森 一郎", "学校", w.today(), w.today().plus_days(7)};
  const auto handed = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, w.city(), w.t.city().key, w.first, guest); });
  ASSERT_TRUE(handed) << handed.error().message;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  const Screen s = w.shown();
  EXPECT_TRUE(s.open);
  ASSERT_EQ(s.readers.size(), 4u);
  for (const ScreenReader& r : s.readers) EXPECT_FALSE(r.trail.empty());
  ASSERT_EQ(s.persons.size(), 2u);
  EXPECT_EQ(s.persons.back().name, "森 一郎");
  EXPECT_EQ(s.persons.back().party, handed->id.value);
  w.t.db().write([&](db::WriteTx& tx) {
    tx.run("UPDATE guest_link SET kind = $2 WHERE id = $1", db::params(handed->id, std::string(code_of(GuestKind::host_company))));
    return 0;
  });
  EXPECT_FALSE(w.shown().open);
}

TEST(LineOfSitting, is_not_read_by_who_is_kept_from_the_household) {
  Sitting w;
  const auto made = w.t.write(w.member, [&](auto& tx, auto& gate, const auto& actor) { return add_note(tx, gate, actor, w.city(), w.first, {NoteKind::answer, "ひとこと", {}, {}}); });
  ASSERT_TRUE(made);
  const auto lines = [&](const Login& login) { return w.t.read(login, [&](auto& tx, auto& gate) { return notes_of(tx, gate, w.first); }).size(); };
  EXPECT_EQ(lines(w.who), 1u);
  w.t.db().write([&](db::WriteTx& tx) {
    access::add_shield(tx, {{w.who.account.value, w.member.account.value}, PersonId(w.home.household.value), access::kAllTopics, w.today(), *Date::from_iso(access::kForever), 1});
    return 0;
  });
  EXPECT_EQ(lines(w.who), 0u);
  EXPECT_EQ(w.t.read(w.who, [&](auto& tx, auto& gate) { return note(tx, gate, *made); }).error().code, ErrorCode::not_found);
  const auto changed = w.run(w.member, [&](auto& tx, auto& gate, const auto& actor) { return change_note(tx, gate, actor, w.city(), *made, 1, {NoteKind::answer, "別の文", {}, {}}); });
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::not_found) << "its own line too";
}

TEST(PageOfSitting, that_asks_for_secrecy_has_read_nothing) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "kosodate_shien"}));
  ASSERT_TRUE(w.turn(w.first));
  const auto subjects = [&] {
    auto reply = w.t.get(w.section, w.live());
    EXPECT_TRUE(has(reply, "守秘の確認"));
    EXPECT_TRUE(reply.before_send);
    std::promise<bool> kept;
    reply.before_send([&](bool ok) { kept.set_value(ok); });
    EXPECT_TRUE(kept.get_future().get());
    return w.t.city().audit.file_for(w.t.clock().now()).read([&](db::ReadTx& tx) {
      return tx.number("SELECT max(count) FROM audit_read WHERE account_id = $1", db::params(w.section.account));
    });
  };
  const auto before = subjects();
  for (int n = 0; n < 5; ++n)
    ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return add_note(tx, gate, actor, w.city(), w.first, {NoteKind::point, "要点", {}, {}}); }));
  EXPECT_EQ(subjects(), before) << "lines on the item are not among what was read";
}

}  // namespace
}  // namespace kasane::meeting
