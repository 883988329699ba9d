// A sitting that is run live: who may, what each sees, the shared screen, leaving items and parts, lines, minutes, absence.
#include <gtest/gtest.h>

#include <future>

#include "access/audit_scan.hpp"
#include "meeting/live_service.hpp"
#include "meeting/live_store.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/note_service.hpp"
#include "meeting/poll_service.hpp"
#include "meeting/screen_service.hpp"
#include "planning/amend_service.hpp"
#include "planning/plan_service.hpp"
#include "web/event_stream.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

constexpr const char* kHost = "chiiki_fukushi_renkei";

/// 長岡京: two parts in one sitting; an item of 106条の6 with an agency, and a section of tax.
struct Sitting : World {
  people::Registered home;
  SessionId id;
  AgendaItemId first, second;
  Login member, section, stranger;

  Sitting() : World("nagaokakyo", kHost), home(aso()), id(sit({"juso_kaigi", "shien_kaigi"}, today())) {
    first = put(household_item(id, "shien_kaigi", home.household, "early_system")).value();
    NewItem in;
    in.session = id;
    in.body = "juso_kaigi";
    in.question = "移動の足をどうするか";
    second = put(in).value();
    member = t.account("shogai_fukushi", Role::coordinator);
    section = t.account("korei_kaigo", Role::meeting_member);
    stranger = t.account("cgsc_higashi", Role::coordinator);
    EXPECT_TRUE(invite(first, {agency("shogai_fukushi"), agency("korei_kaigo", Scope::section)}));
    swear(member, first);
    swear(section, first);
  }
  std::string live() { return page(id) + "/live"; }
  template <class F>
  Result<> run(const Login& login, F&& f) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) -> Result<> { return f(tx, gate, actor); });
  }
  Result<> begin(const std::vector<std::string>& present, std::map<std::string, std::vector<AgencyId>> in_part = {}) {
    const Holding in{one(id).version, Manner::sitting, t.city().directory.ids(present), std::move(in_part)};
    return run(who, [&](auto& tx, auto& gate, const auto& actor) { return begin_live(tx, gate, actor, city(), id, in); });
  }
  Live now() {
    return t.db().read([&](db::ReadTx& tx) { return store::live(tx, id); }).value();
  }
  Result<> turn(std::optional<AgendaItemId> to) {
    const std::int64_t version = now().version;
    return run(who, [&](auto& tx, auto& gate, const auto& actor) { return turn_to(tx, gate, actor, city(), id, version, to); });
  }
  Result<> finish() {
    const std::int64_t version = now().version;
    return run(who, [&](auto& tx, auto& gate, const auto& actor) { return end_live(tx, gate, actor, city(), id, version); });
  }
  Screen shown() {
    return t.read(who, [&](auto& tx, auto& gate) { return screen(tx, gate, city(), id); }).value();
  }
  void write_line(const Login& login, AgendaItemId item, NewNote note) {
    ASSERT_TRUE(run(login, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      auto made = add_note(tx, gate, actor, city(), item, note);
      return made ? Result<>() : Result<>(tl::unexpected(made.error()));
    }));
  }
  NewNote point(std::string text) { return {NoteKind::point, std::move(text), {}, {}}; }
  std::vector<AgencyId> agencies(const std::vector<std::string>& codes) { return t.city().directory.ids(codes); }
};

TEST(Live, is_unknown_to_who_may_not_follow_it) {
  Sitting w;
  const std::string none = "/meetings/" + id_text(SessionId(12345)) + "/live";
  for (const char* path : {"", "/events"}) {
    EXPECT_EQ(w.t.get(w.who, w.live() + path).status, 200);
    EXPECT_EQ(w.t.get(w.member, w.live() + path).status, 200);
    const auto refused = w.t.get(w.stranger, w.live() + path), unknown = w.t.get(w.stranger, none + path);
    EXPECT_EQ(refused.status, 404);
    EXPECT_EQ(unknown.status, 404);
    EXPECT_FALSE(refused.events);
  }
  EXPECT_EQ(w.t.get(w.stranger, w.page(w.id) + "/minutes").status, 404);
  EXPECT_EQ(w.t.get(w.stranger, w.page(w.id) + "/screen").status, 404);
}

TEST(Live, events_hold_a_number_and_nothing_of_what_changed) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  const auto reply = w.t.get(w.member, w.live() + "/events?since=0");
  ASSERT_TRUE(reply.events);
  EXPECT_EQ(reply.content_type, "text/event-stream");
  EXPECT_FALSE(reply.before_send) << "nothing was disclosed";
  EXPECT_EQ(reply.events->take().bytes, web::event_text({1, "change"}));
  const std::string place = w.t.post(w.who, w.live() + "/turn", {{"item", id_text(w.first)}, {"version", "1"}}).header_value("location").data();
  EXPECT_EQ(reply.events->take().bytes, web::event_text({2, "change"})) << place;
}

TEST(Live, only_a_host_begins_turns_and_ends_it) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  for (const char* step : {"/turn", "/end", "/start", "/presence"}) {
    EXPECT_EQ(w.t.post(w.section, w.live() + step, {{"version", "1"}}).status, 404) << "a member has no such address " << step;
    EXPECT_EQ(w.t.post(w.stranger, w.live() + step, {{"version", "1"}}).status, 404) << step;
  }
  EXPECT_EQ(w.t.post(w.member, w.live() + "/turn", {{"version", "1"}}).status, 403) << "follows, and does not host";
  EXPECT_EQ(w.t.get(w.member, w.page(w.id) + "/screen").status, 403);
}

TEST(Live, is_not_begun_without_those_whom_the_city_requires_and_what_was_ticked_stays) {  // 北上: どの場合も市は必ず出席します
  World w("kitakami", "swc");
  const SessionId id = w.sit({"kobetsu_shien"});
  const std::string swc = id_text(w.t.agency("swc"));
  const auto refused = w.t.post(w.who, w.page(id) + "/live/start", {{"manner", "sitting"}, {"present_kobetsu_shien", swc}, {"version", "1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "市")) << refused.body.substr(0, 2000);
  EXPECT_TRUE(has(refused, "value=\"" + swc + "\" checked") || has(refused, "checked"));
  EXPECT_EQ(w.one(id).state, SessionState::planned) << "nothing half begun";
  const auto begun = w.t.post(w.who, w.page(id) + "/live/start", {{"manner", "sitting"}, {"present_kobetsu_shien", swc}, {"present_kobetsu_shien", id_text(w.t.agency("chiiki_fukushi"))}, {"version", "1"}});
  EXPECT_EQ(begun.status, 303);
  EXPECT_EQ(w.one(id).state, SessionState::held);
}

TEST(Live, another_host_goes_on_where_one_stopped_and_beginning_twice_is_beginning_once) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  ASSERT_TRUE(w.turn(w.first));
  ASSERT_TRUE(w.begin({kHost})) << "pressed again in another window";
  EXPECT_EQ(w.now().item, w.first);
  const Login colleague = w.t.account(kHost, Role::city_officer);
  EXPECT_TRUE(has(w.t.get(colleague, w.live()), "阿曽"));
  const auto turned = w.t.post(colleague, w.live() + "/turn", {{"item", id_text(w.second)}, {"version", std::to_string(w.now().version)}});
  EXPECT_EQ(turned.status, 303);
  EXPECT_EQ(w.now().item, w.second);
  EXPECT_EQ(w.t.post(w.who, w.live() + "/turn", {{"item", id_text(w.first)}, {"version", "2"}}).status, 409) << "he looks at an older state";
}

TEST(Live, an_item_of_another_sitting_is_not_turned_to) {
  Sitting w;
  const SessionId other = w.sit({"juso_kaigi"});
  NewItem in;
  in.session = other;
  in.body = "juso_kaigi";
  in.question = "べつの会";
  const AgendaItemId elsewhere = w.put(in).value();
  ASSERT_TRUE(w.begin({kHost}));
  EXPECT_EQ(w.turn(elsewhere).error().code, ErrorCode::not_found);
}

TEST(Live, each_follows_what_it_may_open) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(has(w.t.get(w.member, w.live()), "阿曽"));
  ASSERT_TRUE(w.turn(w.second));
  const auto page = w.t.get(w.member, w.live());
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "移動の足")) << "not invited to it";
  EXPECT_TRUE(has(page, "届いていません"));
}

TEST(Live, an_item_that_is_left_closes_for_sections_at_once) {  // story 長岡京 (2)
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi", "korei_kaigo"}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(w.sees(w.section, w.first));
  ASSERT_TRUE(w.turn(std::nullopt));
  EXPECT_FALSE(w.sees(w.section, w.first));
  EXPECT_TRUE(w.sees(w.member, w.first)) << "the part goes on";
}

TEST(Live, a_part_that_is_left_closes_for_those_who_sat_in_it_alone) {  // 北上: slices
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}, {{"shien_kaigi", w.agencies({kHost, "shogai_fukushi"})}, {"juso_kaigi", w.agencies({kHost, "cgsc_higashi"})}}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(w.sees(w.member, w.first));
  EXPECT_FALSE(w.sees(w.stranger, w.first)) << "who comes to the next part never sees this one";
  ASSERT_TRUE(w.turn(w.second));
  EXPECT_FALSE(w.sees(w.member, w.first));
  EXPECT_TRUE(w.sees(w.who, w.first));
  const auto again = w.t.post(w.who, w.page(w.first) + "/packets/open", {{"until", w.today().plus_days(3).iso()}});
  EXPECT_EQ(again.status, 303);
  EXPECT_TRUE(w.sees(w.member, w.first)) << "the host may open it again";
}

TEST(Screen, shows_what_everybody_there_may_see) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  w.write_line(w.member, w.first, w.point("通院の付添いが要る"));
  const Screen s = w.shown();
  EXPECT_TRUE(s.open);
  EXPECT_EQ(s.readers.size(), 2u);
  ASSERT_EQ(s.notes.size(), 1u);
  const auto page = w.t.get(w.who, w.page(w.id) + "/screen");
  EXPECT_TRUE(has(page, "阿曽"));
  EXPECT_TRUE(has(page, "通院の付添い"));
  EXPECT_FALSE(has(page, "<form")) << "no controls";
  EXPECT_FALSE(has(page, "/households/")) << "no ways to other records";
  EXPECT_FALSE(has(page, "/items/"));
}

TEST(Screen, shows_a_number_alone_while_somebody_there_has_no_right_and_tells_the_host_who) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi", "cgsc_higashi"}));
  ASSERT_TRUE(w.turn(w.first));
  const Screen s = w.shown();
  EXPECT_FALSE(s.open);
  EXPECT_EQ(without_right(s), w.agencies({"cgsc_higashi"}));
  EXPECT_TRUE(s.item.label.shown().empty());
  EXPECT_TRUE(s.notes.empty());
  for (const ScreenReader& r : s.readers) EXPECT_TRUE(r.trail.empty()) << "who is shown nothing has read nothing";
  const std::string name = w.t.city().directory.name(w.t.agency("cgsc_higashi"));
  const auto screen_page = w.t.get(w.who, w.page(w.id) + "/screen");
  EXPECT_TRUE(has(screen_page, "議題1"));
  EXPECT_FALSE(has(screen_page, "阿曽"));
  EXPECT_FALSE(has(screen_page, name));
  const auto host_page = w.t.get(w.who, w.live());
  EXPECT_TRUE(has(host_page, "この議題を見られない機関が出席しています"));
  EXPECT_TRUE(has(host_page, name));
  EXPECT_FALSE(has(w.t.get(w.member, w.live()), "見られない機関")) << "for the host alone";
}

TEST(Screen, goes_blank_with_the_item_and_narrows_with_who_comes) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  EXPECT_TRUE(w.shown().open);
  const Holding more{w.one(w.id).version, Manner::sitting, w.agencies({kHost, "shogai_fukushi", "cgsc_higashi"})};
  ASSERT_TRUE(w.run(w.who, [&](auto& tx, auto& gate, const auto& actor) { return change_presence(tx, gate, actor, w.city(), w.id, more); }));
  EXPECT_FALSE(w.shown().open);
  ASSERT_TRUE(w.turn(std::nullopt));
  EXPECT_FALSE(w.shown().number);
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.id) + "/screen"), "阿曽"));
}

TEST(Screen, makes_each_agency_there_a_reader_before_the_page_leaves) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  auto reply = w.t.get(w.who, w.page(w.id) + "/screen");
  ASSERT_TRUE(reply.before_send);
  std::promise<bool> kept;
  reply.before_send([&](bool ok) { kept.set_value(ok); });
  ASSERT_TRUE(kept.get_future().get());
  const auto of = [&](std::int64_t party) {
    return w.t.city().audit.file_for(w.t.clock().now()).read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_read WHERE account_id = $1", db::params(party)); });
  };
  EXPECT_EQ(of(w.t.agency("shogai_fukushi").value), 1);
  EXPECT_EQ(of(w.t.agency(kHost).value), 1);
  EXPECT_GE(of(w.who.account.value), 1) << "and the host";
  EXPECT_EQ(of(w.t.agency("cgsc_higashi").value), 0);
}

TEST(Screen, counts_an_office_without_account_or_link_as_who_may_see_nothing) {
  Sitting w;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return invite(tx, gate, actor, w.city(), w.id, {}, {"架空小学校"}); }));
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  const Screen closed = w.shown();
  EXPECT_FALSE(closed.open);
  ASSERT_EQ(closed.persons.size(), 1u);
  EXPECT_EQ(closed.persons.front().name, "架空小学校");
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.id) + "/screen"), "阿曽"));
  EXPECT_TRUE(has(w.t.get(w.who, w.live()), "架空小学校"));
  ASSERT_EQ(w.t.post(w.who, w.live() + "/room", {{"party", id_text(closed.persons.front().party)}, {"away", "yes"}}).status, 303);
  EXPECT_TRUE(w.shown().open) << "the host says that nobody of it is in the room";
}

TEST(LiveNotes, come_into_the_outcome_and_become_tasks) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  const std::string taker = id_text(w.t.agency("shogai_fukushi"));
  ASSERT_EQ(w.t.post(w.member, w.live() + "/notes/point", {{"item", id_text(w.first)}, {"point_text", "家賃が三か月おくれている"}}).status, 303);
  ASSERT_EQ(w.t.post(w.member, w.live() + "/notes/undertaking", {{"item", id_text(w.first)}, {"take_taker", taker}, {"take_text", "通院に付き添う"}, {"take_due_on", "R8.12.10"}}).status, 303);
  const auto page = w.t.get(w.who, w.live());
  EXPECT_TRUE(has(page, "・家賃が三か月おくれている"));
  EXPECT_TRUE(has(page, "name=\"undertaking_1_text\"") && has(page, "value=\"通院に付き添う\""));
  const std::string version = std::to_string(w.see(w.first).head.version);
  const web::Pairs answers{{"item", id_text(w.first)}, {"rows", "1"}, {"version", version}, {"outcome", "treated"}, {"policy", "家計を一緒に見る"}, {"note", "・家賃が三か月おくれている"},
                           {"undertaking_1_agency", taker}, {"undertaking_1_text", "通院に付き添う"}, {"undertaking_1_due", "R8.12.10"}};
  ASSERT_EQ(w.t.post(w.who, w.live() + "/outcome", answers).status, 303);
  const ItemView after = w.see(w.first);
  EXPECT_EQ(after.head.state, ItemState::treated);
  EXPECT_EQ(after.note.shown(), "・家賃が三か月おくれている");
  EXPECT_EQ(w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM task WHERE agency_id = $1", db::params(w.t.agency("shogai_fukushi"))); }), 1);
}

TEST(LiveNotes, a_fault_stands_at_its_field_and_what_was_typed_stays) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  ASSERT_TRUE(w.turn(w.first));
  const auto reply = w.t.post(w.member, w.live() + "/notes/undertaking", {{"item", id_text(w.first)}, {"take_text", "訪ねてみる"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(has(reply, "訪ねてみる"));
  EXPECT_EQ(w.t.post(w.stranger, w.live() + "/notes/point", {{"item", id_text(w.first)}, {"point_text", "x"}}).status, 404);
}

TEST(LiveOutcome, who_comes_second_sees_both_versions_and_overwrites_nothing) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  ASSERT_TRUE(w.turn(w.first));
  const std::string version = std::to_string(w.see(w.first).head.version);
  const Login colleague = w.t.account(kHost, Role::coordinator);
  web::Pairs answers{{"item", id_text(w.first)}, {"version", version}, {"outcome", "treated"}, {"policy", "先に書いた方針"}};
  ASSERT_EQ(w.t.post(colleague, w.live() + "/outcome", answers).status, 303);
  answers[3].second = "後から書いた方針";
  const auto second = w.t.post(w.who, w.live() + "/outcome", answers);
  EXPECT_EQ(second.status, 409);
  EXPECT_TRUE(has(second, "先に書いた方針"));
  EXPECT_TRUE(has(second, "後から書いた方針"));
  ASSERT_EQ(w.see(w.first).results.size(), 1u);
  EXPECT_EQ(w.see(w.first).results.front().text.shown(), "先に書いた方針");
}

TEST(LiveOutcome, typed_for_an_item_that_was_left_stays_with_that_item) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  ASSERT_TRUE(w.turn(w.first));
  const std::string version = std::to_string(w.see(w.first).head.version);
  ASSERT_TRUE(w.turn(w.second));
  const auto refused = w.t.post(w.who, w.live() + "/outcome", {{"item", id_text(w.first)}, {"version", version}, {"outcome", "treated"}, {"note", "書きかけ"}});
  EXPECT_EQ(refused.status, 422) << "a 支援会議 needs a result";
  EXPECT_TRUE(has(refused, "書きかけ"));
  EXPECT_TRUE(has(refused, "name=\"item\" value=\"" + id_text(w.first) + "\"")) << "never under the other item";
  EXPECT_TRUE(has(refused, "会議は次へ進んでいます"));
}

/// A submitted plan, with the item about it being treated.
struct PlanTreated : World {
  PlanId plan_id;
  SessionId id;
  AgendaItemId item;
  std::string address;
  PlanTreated() : World("nagaokakyo", kHost) {
    const auto household = aso();
    agree(household, 0);
    plan_id = draft(open(household), household.persons[0]);
    submit(plan_id, household.persons[0]);
    id = sit({"juso_kaigi"});
    item = put(plan_item(id, "juso_kaigi", plan_id)).value();
    const std::int64_t planned = one(id).version;
    EXPECT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      if (auto begun = begin_live(tx, gate, actor, city(), id, {planned, Manner::sitting, {t.agency(kHost)}}); !begun) return begun;
      return turn_to(tx, gate, actor, city(), id, 1, item);
    }));
    address = page(id) + "/live";
  }
  planning::PlanView stored() {
    return t.read(who, [&](auto& tx, auto& gate) { return planning::plan_view(tx, gate, plan_id); }).value();
  }
  std::string goal_key(const char* field, std::size_t n = 0) { return "plan1_goal_" + id_text(stored().goals.at(n).id) + "_" + field; }
  std::string role_key(const char* field, std::size_t n = 0) { return "plan1_role_" + id_text(stored().roles.at(n).id) + "_" + field; }
  /// The form as it stands now.
  web::Pairs words() {
    const auto p = stored();
    web::Pairs in{{"item", id_text(item)}, {"plan", id_text(plan_id)}, {"version", std::to_string(p.head.version)}};
    for (const auto& g : p.goals) in.emplace_back("plan1_goal_" + id_text(g.id) + "_text", g.text.shown());
    for (const auto& r : p.roles) {
      in.emplace_back("plan1_role_" + id_text(r.id) + "_what", r.what.shown());
      in.emplace_back("plan1_role_" + id_text(r.id) + "_how", r.how_often);
    }
    return in;
  }
  static void set(web::Pairs& in, const std::string& key, std::string value) {
    for (auto& [name, old] : in)
      if (name == key) {
        old = std::move(value);
        return;
      }
    in.emplace_back(key, std::move(value));
  }
  web::Pairs goal_more(std::string text) {
    return {{"item", id_text(item)}, {"plan", id_text(plan_id)}, {"part", "goal"}, {"plan1_addgoal_text", std::move(text)}, {"plan1_addgoal_by", "R9.3.31"}};
  }
  web::Pairs role_more(std::string what) {
    return {{"item", id_text(item)}, {"plan", id_text(plan_id)}, {"part", "role"}, {"plan1_addrole_agency", "shogai_fukushi"}, {"plan1_addrole_what", std::move(what)},
            {"plan1_addrole_often", "月1回"}, {"plan1_addrole_by", "R9.2.28"}};
  }
  std::vector<planning::Amendment> kept() {
    return t.read(who, [&](auto& tx, auto& gate) { return planning::amendments(tx, gate, plan_id); }).value();
  }
};

TEST(LivePlan, goals_and_roles_are_changed_in_place_and_what_was_submitted_stays_readable) {
  PlanTreated w;
  EXPECT_TRUE(has(w.t.get(w.who, w.address), "目標・役割分担を直す"));
  web::Pairs in = w.words();
  const std::string goal = w.goal_key("text");
  w.set(in, goal, "");
  w.set(in, w.role_key("what"), "月に二度の訪問");
  w.set(in, w.role_key("how"), "月2回");
  const auto empty = w.t.post(w.who, w.address + "/plan", in);
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(has(empty, "月に二度の訪問"));
  w.set(in, goal, "通帳を家族と一緒に見る");
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan", in).status, 303);
  const ItemView after = w.see(w.item);
  EXPECT_EQ(after.plans.front().goals.front().shown(), "通帳を家族と一緒に見る");
  EXPECT_EQ(after.plans.front().roles.front().what.shown(), "月に二度の訪問");
  const auto kept = w.kept();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept.front().before.shown(), "通帳を自分で持つ");
  EXPECT_EQ(w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM task", {}); }), 1) << "somebody tells the person";
  EXPECT_EQ(w.t.post(w.who, w.address + "/plan", in).status, 409) << "an older state";
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  EXPECT_EQ(w.t.post(stranger, w.address + "/plan", in).status, 404);
  Outcome out;
  out.findings = {{w.plan_id, planning::Finding::with_changes, "会議で直したとおり", {}}};
  ASSERT_TRUE(w.say(w.item, out));
  w.set(in, "version", std::to_string(w.stored().head.version));
  EXPECT_EQ(w.t.post(w.who, w.address + "/plan", in).status, 404) << "found on: not to be changed any more";
}

TEST(LivePlan, a_goal_and_a_role_more_are_added_in_place_with_who_how_often_and_by_when) {
  PlanTreated w;
  const auto before = w.stored();
  const auto page = w.t.get(w.who, w.address);
  for (const char* field : {"name=\"plan1_addgoal_text\"", "name=\"plan1_addgoal_by\"", "name=\"plan1_addrole_agency\"", "name=\"plan1_addrole_what\"",
                            "name=\"plan1_addrole_often\"", "name=\"plan1_addrole_by\""})
    EXPECT_TRUE(has(page, field)) << field;
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("週に一度、外に出る")).status, 303);
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.role_more("通院の相談を受ける")).status, 303);
  const auto after = w.stored();
  ASSERT_EQ(after.goals.size(), before.goals.size() + 1);
  EXPECT_EQ(after.goals.back().text.shown(), "週に一度、外に出る");
  EXPECT_EQ(after.goals.back().by_on->iso(), "2027-03-31");
  ASSERT_EQ(after.roles.size(), before.roles.size() + 1);
  EXPECT_EQ(after.roles.back().agency, w.t.agency("shogai_fukushi"));
  EXPECT_EQ(after.roles.back().how_often, "月1回");
  EXPECT_EQ(after.roles.back().by_on->iso(), "2027-02-28");
  const auto kept = w.kept();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept.back().kind, planning::AmendKind::added);
  EXPECT_EQ(kept.back().before.shown(), "");
  EXPECT_EQ(w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM task", {}); }), 1) << "the person is told once, of both";
}

TEST(LivePlan, what_a_new_row_lacks_stands_at_its_field_and_what_was_typed_stays) {
  PlanTreated w;
  web::Pairs in = w.role_more("");
  const auto no_what = w.t.post(w.who, w.address + "/plan/add", in);
  EXPECT_EQ(no_what.status, 422);
  EXPECT_TRUE(has(no_what, "何をするかを書いてください"));
  EXPECT_TRUE(has(no_what, "月1回"));
  EXPECT_TRUE(has(no_what, "id=\"plan1_addrole_what-error\"") || has(no_what, "plan1_addrole_what")) << "at its field";
  EXPECT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("")).status, 422);
  EXPECT_TRUE(w.kept().empty());
}

TEST(LivePlan, two_who_add_at_once_lose_nothing_and_a_form_sent_twice_adds_once) {
  PlanTreated w;
  const auto before = w.stored();
  const Login colleague = w.t.account(kHost, Role::coordinator);
  // Both opened the page at the same state.
  web::Pairs mine = w.goal_more("わたしの足した目標");
  mine.emplace_back("command_id", programme::fresh_command_id());
  const web::Pairs theirs = w.goal_more("ほかの人の足した目標");
  ASSERT_EQ(w.t.post(colleague, w.address + "/plan/add", theirs).status, 303);
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", mine).status, 303);
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", mine).status, 303) << "the button pressed twice";
  EXPECT_EQ(w.stored().goals.size(), before.goals.size() + 2);
  EXPECT_EQ(w.kept().size(), 2u);
}

TEST(LivePlan, a_goal_and_a_role_are_dropped_and_stay_readable_on_the_plan) {
  PlanTreated w;
  web::Pairs all = w.words();
  w.set(all, w.goal_key("drop"), "drop");
  const auto refused = w.t.post(w.who, w.address + "/plan", all);
  EXPECT_EQ(refused.status, 422) << "a plan without a goal is none";
  EXPECT_TRUE(has(refused, "目標を1つは残してください"));
  const std::string dropped_goal = w.stored().goals.front().text.shown(), dropped_role = w.stored().roles.front().what.shown();
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("新しい目標の文")).status, 303);
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.role_more("新しい役割の文")).status, 303);
  web::Pairs in = w.words();
  w.set(in, w.goal_key("drop"), "drop");
  w.set(in, w.goal_key("text"), "");
  w.set(in, w.role_key("drop"), "drop");
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan", in).status, 303) << "what goes need not say anything";
  const auto after = w.stored();
  ASSERT_EQ(after.goals.size(), 1u);
  EXPECT_EQ(after.goals.front().text.shown(), "新しい目標の文");
  ASSERT_EQ(after.roles.size(), 1u);
  EXPECT_EQ(after.roles.front().what.shown(), "新しい役割の文");
  std::vector<std::string> kept;
  for (const auto& a : w.kept())
    if (a.kind == planning::AmendKind::dropped) kept.push_back(a.before.shown());
  EXPECT_EQ(kept, (std::vector<std::string>{dropped_goal, dropped_role}));
}

TEST(LivePlan, a_form_that_was_open_while_a_row_came_or_went_speaks_of_its_own_rows) {
  PlanTreated w;
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("二つめの目標")).status, 303);
  web::Pairs old = w.words();                       // two goals
  w.set(old, w.goal_key("text", 1), "二つめの目標の言いかえ");
  web::Pairs drop = w.words();
  w.set(drop, w.goal_key("drop", 0), "drop");
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan", drop).status, 303);
  ASSERT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("三つめの目標")).status, 303);
  const auto stale = w.t.post(w.who, w.address + "/plan", old);
  EXPECT_EQ(stale.status, 409);
  EXPECT_TRUE(has(stale, "二つめの目標の言いかえ")) << "what was typed";
  EXPECT_TRUE(has(stale, "三つめの目標</textarea>")) << "what the older form did not have";
  EXPECT_EQ(w.stored().goals.front().text.shown(), "二つめの目標");
}

TEST(LivePlan, a_row_is_added_only_while_its_item_is_treated_and_by_who_may_write_the_plan) {
  PlanTreated w;
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  EXPECT_EQ(w.t.post(stranger, w.address + "/plan/add", w.goal_more("x")).status, 404);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return turn_to(tx, gate, actor, w.city(), w.id, live_of(tx, w.id)->version, std::nullopt); }));
  EXPECT_EQ(w.t.post(w.who, w.address + "/plan/add", w.goal_more("x")).status, 409);
  EXPECT_TRUE(w.kept().empty());
}

TEST(Minutes, are_corrected_until_they_are_confirmed) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost, "shogai_fukushi"}));
  Outcome out;
  out.policy = "見守りを続ける";
  out.note = "要点のはじめの文";
  ASSERT_TRUE(w.say(w.first, out));
  Outcome advice;
  advice.advice = "相乗りを試す";
  ASSERT_TRUE(w.say(w.second, advice));
  ASSERT_TRUE(w.finish());
  EXPECT_TRUE(has(w.t.get(w.member, w.page(w.id) + "/minutes"), "要点のはじめの文"));
  EXPECT_FALSE(has(w.t.get(w.member, w.page(w.id) + "/minutes"), "相乗り"));
  const std::string correct = w.page(w.id) + "/minutes/items/" + id_text(w.first);
  const std::string version = std::to_string(w.see(w.first).head.version);
  EXPECT_EQ(w.t.post(w.member, correct, {{"version", version}, {"note_1", "別の文"}}).status, 403);
  EXPECT_EQ(w.t.post(w.stranger, correct, {{"version", version}, {"note_1", "別の文"}}).status, 404);
  ASSERT_EQ(w.t.post(w.who, correct, {{"version", version}, {"note_1", "直した要点"}}).status, 303);
  const auto stale = w.t.post(w.who, correct, {{"version", version}, {"note_1", "古い画面の文"}});
  EXPECT_EQ(stale.status, 409);
  EXPECT_TRUE(has(stale, "直した要点") && has(stale, "古い画面の文"));
  ASSERT_EQ(w.t.post(w.who, w.page(w.id) + "/confirm", {{"version", std::to_string(w.one(w.id).version)}}).status, 303);
  EXPECT_EQ(w.t.post(w.who, correct, {{"version", std::to_string(w.see(w.first).head.version)}, {"note_1", "確定の後"}}).status, 409);
  const auto paper = w.t.get(w.member, w.page(w.id) + "/minutes/papers/shien_kaigi");
  EXPECT_TRUE(has(paper, "直した要点"));
  EXPECT_TRUE(has(paper, "印刷した人"));
}

TEST(Absence, who_was_invited_and_not_there_reads_and_says_so) {
  Sitting w;
  ASSERT_TRUE(w.begin({kHost}));
  ASSERT_TRUE(w.finish());
  const auto open = [&](const char* code) {
    return w.t.db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM due_item WHERE kind = 'session.absent' AND party_id = $1 AND done_on IS NULL", db::params(w.t.agency(code)));
    });
  };
  EXPECT_EQ(open("shogai_fukushi"), 1);
  EXPECT_EQ(open("korei_kaigo"), 1);
  EXPECT_EQ(open(kHost), 0);
  EXPECT_TRUE(has(w.t.get(w.member, w.page(w.id) + "/minutes"), "読みました"));
  EXPECT_EQ(w.t.post(w.stranger, w.page(w.id) + "/minutes/read").status, 404);
  ASSERT_EQ(w.t.post(w.member, w.page(w.id) + "/minutes/read").status, 303);
  ASSERT_EQ(w.t.post(w.member, w.page(w.id) + "/minutes/read").status, 303) << "twice is once";
  EXPECT_EQ(open("shogai_fukushi"), 0);
  EXPECT_EQ(open("korei_kaigo"), 1) << "each for itself";
  const auto host = w.t.get(w.who, w.page(w.id) + "/minutes");
  EXPECT_TRUE(has(host, "に読みました"));
  EXPECT_TRUE(has(host, "まだ読んでいません"));
  EXPECT_FALSE(has(w.t.get(w.member, w.page(w.id) + "/minutes"), "まだ読んでいません")) << "the list is the host's";
}

}  // namespace
}  // namespace kasane::meeting
