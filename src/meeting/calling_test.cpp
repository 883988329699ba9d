// Calling a sitting: dates asked about, links of offices, invitations, calendar feeds, talks by telephone, registers; and whom
// each of them is shut to.
#include <gtest/gtest.h>

#include <regex>

#include "access/guarded.hpp"
#include "casework/team_service.hpp"
#include "due/service.hpp"
#include "meeting/feed_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/phone_service.hpp"
#include "meeting/poll_service.hpp"
#include "meeting/rule_document_service.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

/// A sitting of 北上's on-demand body, which is never held without the city, asked about at three times.
struct Asked : World {
  Login city_officer, centre;
  SessionId id;

  Asked() : World("kitakami", "swc"), city_officer(t.account("chiiki_fukushi", Role::city_officer)), centre(t.account("cgsc_chuo", Role::window_counsellor)) {
    id = sit({"kobetsu_shien"}, today().plus_days(3));
  }
  NewPoll three(std::vector<std::string> agencies = {"chiiki_fukushi", "cgsc_chuo"}) {
    NewPoll poll;
    for (const int day : {3, 4, 5}) poll.slots.push_back({0, today().plus_days(day), "13:30", 90});
    poll.agencies = t.city().directory.ids(agencies);
    poll.offices = {"みなと小学校"};
    poll.answer_by = today().plus_days(1);
    return poll;
  }
  Result<> ask(const NewPoll& poll) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return ask_dates(tx, gate, actor, city(), id, poll); });
  }
  PollView view(const Login& login) {
    return t.read(login, [&](auto& tx, auto& gate) { return poll_view(tx, gate, city(), id); }).value();
  }
  PollView view() { return view(who); }
  const Invitee* of(const PollView& v, std::string_view agency) {
    for (const Invitee& i : v.invitees)
      if (agency.empty() ? !i.agency.has_value() : i.agency == t.agency(agency)) return &i;
    return nullptr;
  }
  Result<> reply(const Login& login, std::string_view agency, std::vector<PollReply> replies) {
    const PollView v = view();
    SlotReplies all;
    for (std::size_t i = 0; i < replies.size(); ++i) all.emplace_back(v.poll->slots[i].id, replies[i]);
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return answer_dates(tx, gate, actor, city(), id, of(v, agency)->id, all); });
  }
  Result<> take(std::size_t slot) {
    const PollView v = view();
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return take_slot(tx, gate, actor, city(), id, v.session.version, v.poll->slots[slot].id); });
  }
  std::size_t waiting(std::string_view agency) {
    return t.read(who, [&](auto& tx, auto&) { return due::open_for(tx, {t.agency(agency).value}, who.account, today(), 50); }).size();
  }
  /// Somebody without an account.
  web::Reply visit(std::string method, const std::string& path, web::Pairs posted = {}, const std::string& client = "198.51.100.7") {
    web::Request r;
    r.method = std::move(method);
    r.path = "/kitakami" + path;
    for (std::size_t at = 1; at <= r.path.size();) {
      const std::size_t slash = std::min(r.path.find('/', at), r.path.size());
      if (slash > at) r.segments.push_back(r.path.substr(at, slash - at));
      at = slash + 1;
    }
    r.client = client;
    r.secure = true;
    r.request_id = 42;
    if (r.method == "POST") {
      r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
      r.posted = std::move(posted);
    }
    return t.send(std::move(r));
  }
  std::string link() {
    const std::int64_t office = of(view(), "")->id;
    return t.write(who, [&](auto& tx, auto& gate, const auto&) { return hand_link(tx, gate, city(), id, office); }).value();
  }
};

// --- dates ---

TEST(Dates, the_time_with_the_city_is_proposed_and_taken_with_one_click) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  EXPECT_EQ(w.waiting("chiiki_fukushi"), 1u);
  EXPECT_EQ(w.view().choice.why, "市の答えを待っています。");
  EXPECT_TRUE(w.reply(w.centre, "cgsc_chuo", {PollReply::yes, PollReply::yes, PollReply::no}));
  EXPECT_TRUE(w.reply(w.city_officer, "chiiki_fukushi", {PollReply::no, PollReply::no, PollReply::maybe}));
  EXPECT_EQ(w.view().choice.slot, 2u);
  EXPECT_EQ(w.waiting("chiiki_fukushi"), 0u);
  const auto page = w.t.get(w.who, w.page(w.id) + "/poll");
  EXPECT_TRUE(has(page, "いちばんよい日時"));
  ASSERT_EQ(w.t.post(w.who, w.page(w.id) + "/poll/take", {{"slot", id_text(w.view().poll->slots[2].id)}, {"version", std::to_string(w.one(w.id).version)}}).status, 303);
  EXPECT_EQ(w.one(w.id).held_on, w.today().plus_days(5));
  EXPECT_FALSE(w.view().open);
  EXPECT_EQ(w.acts("poll.fixed", ""), 1);
}

TEST(Dates, a_time_without_the_city_cannot_be_taken) {  // K-55, K-66
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  EXPECT_TRUE(w.reply(w.city_officer, "chiiki_fukushi", {PollReply::no, PollReply::yes, PollReply::yes}));
  const auto refused = w.take(0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_NE(refused.error().message.find("市の出席が決まっていません"), std::string::npos);
  EXPECT_EQ(w.one(w.id).version, 1);
}

TEST(Dates, each_agency_answers_for_itself_and_the_host_for_whoever_it_telephoned) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const auto foreign = w.reply(w.centre, "chiiki_fukushi", {PollReply::yes});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::not_found);
  EXPECT_EQ(w.reply(w.t.account("cgsc_hondori", Role::window_counsellor), "cgsc_chuo", {PollReply::yes}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(w.reply(w.who, "chiiki_fukushi", {PollReply::yes}));
  EXPECT_EQ(w.waiting("chiiki_fukushi"), 1u) << "two times are still open";
}

TEST(Dates, one_button_answers_all_and_shows_only_its_own_answers) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const std::string path = w.page(w.id) + "/poll";
  const auto page = w.t.get(w.centre, path);
  EXPECT_TRUE(has(page, "すべて出席できます"));
  EXPECT_FALSE(has(page, "みなと小学校"));
  EXPECT_FALSE(has(page, "機関ごとの答え"));
  const std::string who_id = id_text(w.of(w.view(w.centre), "cgsc_chuo")->id);
  EXPECT_EQ(w.t.post(w.centre, path + "/answer", {{"who", who_id}, {"slot", "all"}, {"answer", "yes"}}).status, 303);
  EXPECT_EQ(w.view().lines[1].yes, 2);  // with the host
  EXPECT_EQ(w.t.post(w.centre, path + "/answer", {{"who", who_id}, {"slot", id_text(next_id())}, {"answer", "yes"}}).status, 422);
  EXPECT_EQ(w.t.post(w.centre, path + "/take").status, 404);
}

TEST(Dates, a_fixed_cycle_is_not_asked_about) {  // T-76
  World w("kawachinagano", "swc");
  int fixed = 0;
  for (const auto& body : w.t.m().bodies) {
    if (why_no_poll({&body}).empty() || !can_sit(body) || !may_convene(w.t.m(), body, "swc")) continue;
    ++fixed;
    const SessionId id = w.sit({body.code}, w.today().plus_days(3));
    EXPECT_TRUE(has(w.t.get(w.who, w.page(id) + "/poll"), "日程をたずねる必要はありません"));
  }
  EXPECT_GT(fixed, 0);
}

TEST(Dates, what_was_typed_stays_on_the_form_beside_the_fault) {
  Asked w;
  const auto reply = w.t.post(w.who, w.page(w.id) + "/poll", {{"day_1", "R8.12.3"}, {"time_1", "13:30"}, {"minutes", "60"}, {"offices", "みなと小学校"}, {"answer_by", "R8.11.30"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(has(reply, "候補の日時は2つから12までで"));
  EXPECT_TRUE(has(reply, "みなと小学校"));
  EXPECT_TRUE(has(reply, "13:30"));
}

TEST(Dates, a_sitting_is_planned_by_asking_and_stands_on_its_first_time_meanwhile) {
  Asked w;
  const auto id = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return plan_by_asking(tx, gate, actor, w.city(), {{"kobetsu_shien"}, {}, {}, "市役所", {}}, w.three()); });
  ASSERT_TRUE(id);
  EXPECT_EQ(w.one(*id).held_on, w.today().plus_days(3));
  EXPECT_TRUE(has(w.t.get(w.centre, w.page(*id)), "日程をたずねています"));
}

TEST(Dates, a_guarded_agency_is_shown_to_itself_and_to_who_invited_it) {
  World w("mitsuhama", "hamanokai");
  const SessionId id = w.sit({"sugu"}, w.today().plus_days(3));
  NewPoll poll;
  for (const int day : {3, 4}) poll.slots.push_back({0, w.today().plus_days(day), "13:30", 60});
  poll.agencies = w.t.city().directory.ids({"josei_shelter", "cgsc_shima"});
  poll.answer_by = w.today().plus_days(1);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return ask_dates(tx, gate, actor, w.city(), id, poll); }));
  const auto seen_by = [&](const Login& login) {
    const auto v = w.t.read(login, [&](auto& tx, auto& gate) { return poll_view(tx, gate, w.city(), id); }).value();
    return std::any_of(v.invitees.begin(), v.invitees.end(), [&](const Invitee& i) { return i.agency == w.t.agency("josei_shelter"); });
  };
  EXPECT_TRUE(seen_by(w.who));
  EXPECT_TRUE(seen_by(w.t.account("josei_shelter", Role::window_counsellor)));
  const Login other_host = w.t.account("shimin_anzen_ka", Role::coordinator);
  ASSERT_TRUE(w.t.read(other_host, [&](auto& tx, auto& gate) { return poll_view(tx, gate, w.city(), id); })->may_arrange);
  EXPECT_FALSE(seen_by(other_host));
  EXPECT_FALSE(has(w.t.get(other_host, w.page(id) + "/invitation"), "とまり木</td>"));
}

TEST(Dates, who_invites_a_guarded_agency_again_is_not_told_that_somebody_else_has) {
  World w("mitsuhama", "hamanokai");
  const SessionId id = w.sit({"sugu"}, w.today().plus_days(3));
  const AgencyId guarded = w.t.agency("josei_shelter");
  const Login other_host = w.t.account("shimin_anzen_ka", Role::coordinator), own = w.t.account("josei_shelter", Role::window_counsellor);
  NewPoll poll;
  for (const int day : {3, 4}) poll.slots.push_back({0, w.today().plus_days(day), "13:30", 60});
  poll.agencies = {guarded, w.t.agency("cgsc_shima")};
  poll.answer_by = w.today().plus_days(1);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return ask_dates(tx, gate, actor, w.city(), id, poll); }));
  const auto seen_by = [&](const Login& login) {
    auto all = w.t.read(login, [&](auto& tx, auto& gate) { return poll_view(tx, gate, w.city(), id); })->invitees;
    std::erase_if(all, [&](const Invitee& i) { return i.agency != guarded; });
    return all;
  };
  const auto answer = [&](std::int64_t invitee, PollReply reply) {
    SlotReplies replies;
    const auto view = w.t.read(own, [&](auto& tx, auto& gate) { return poll_view(tx, gate, w.city(), id); });
    for (const PollSlot& slot : view->poll->slots) replies.emplace_back(slot.id, reply);
    return w.t.write(own, [&](auto& tx, auto& gate, const auto& actor) { return answer_dates(tx, gate, actor, w.city(), id, invitee, replies); });
  };
  const auto awaited = [&] {
    return w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM due_item WHERE kind = 'poll.answer' AND party_id = $1 AND done_on IS NULL", db::params(guarded)); });
  };
  ASSERT_TRUE(answer(seen_by(own).front().id, PollReply::no));
  EXPECT_EQ(awaited(), 0);
  const auto invite_again = [&](const Login& login) {
    return w.t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return invite(tx, gate, actor, w.city(), id, {guarded}, {}); });
  };
  ASSERT_TRUE(invite_again(w.who));
  EXPECT_EQ(awaited(), 0) << "who has answered is not asked anew";
  EXPECT_TRUE(seen_by(other_host).empty());
  ASSERT_TRUE(invite_again(other_host));
  ASSERT_EQ(seen_by(other_host).size(), 1u) << "like any other";
  EXPECT_TRUE(seen_by(other_host).front().replies.empty());
  EXPECT_EQ(awaited(), 1);
  ASSERT_EQ(seen_by(own).size(), 1u);
  ASSERT_TRUE(answer(seen_by(own).front().id, PollReply::yes));
  EXPECT_EQ(seen_by(other_host).front().replies.size(), 2u);
  EXPECT_EQ(seen_by(w.who).front().replies.begin()->second, PollReply::yes) << "one answer for both";
  EXPECT_EQ(awaited(), 0);
}

// --- the link of an office ---

TEST(OfficeLink, answers_without_an_account_and_sees_nothing_but_the_times) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const std::string door = "/poll/" + w.link();
  const auto page = w.visit("GET", door);
  ASSERT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "みなと小学校"));
  EXPECT_FALSE(has(page, "議題"));
  EXPECT_EQ(w.visit("POST", door, {{"slot", "all"}, {"answer", "yes"}}).status, 303);
  EXPECT_EQ(w.of(w.view(), "")->reply_to(w.view().poll->slots[1].id), PollReply::yes);
  EXPECT_TRUE(w.reply(w.city_officer, "chiiki_fukushi", {PollReply::yes}));
  ASSERT_TRUE(w.take(0));
  EXPECT_TRUE(has(w.visit("GET", door), "日時が決まりました"));
  w.visit("POST", door, {{"slot", "all"}, {"answer", "no"}});
  EXPECT_EQ(w.of(w.view(), "")->reply_to(w.view().poll->slots[1].id), PollReply::yes) << "closed";
}

TEST(OfficeLink, unknown_revoked_renewed_and_expired_are_answered_alike) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const std::string unknown = w.visit("GET", "/poll/nobody-knows-this").body;
  const std::string first = w.link(), second = w.link();
  EXPECT_EQ(w.visit("GET", "/poll/" + first).body, unknown);
  EXPECT_EQ(w.visit("GET", "/poll/" + second).status, 200);
  const std::int64_t office = w.of(w.view(), "")->id;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return revoke_link(tx, gate, w.city(), w.id, office); }));
  const auto revoked = w.visit("GET", "/poll/" + second);
  EXPECT_EQ(revoked.status, 404);
  EXPECT_EQ(revoked.body, unknown);
  EXPECT_EQ(w.visit("POST", "/poll/" + second, {{"slot", "all"}, {"answer", "no"}}).body, unknown);
  const std::string third = w.link();
  w.t.clock().set(w.today().plus_days(6));
  EXPECT_EQ(w.visit("GET", "/poll/" + third).body, unknown);
}

TEST(OfficeLink, too_many_wrong_addresses_shut_the_door_for_that_client_alone) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const std::string door = "/poll/" + w.link();
  for (int i = 0; i < 40; ++i) w.visit("GET", "/poll/guess" + std::to_string(i));
  EXPECT_EQ(w.visit("GET", door).status, 404);
  EXPECT_EQ(w.visit("GET", door, {}, "198.51.100.8").status, 200);
}

TEST(OfficeLink, is_made_by_who_arranges_and_never_for_an_agency) {
  Asked w;
  ASSERT_TRUE(w.ask(w.three()));
  const PollView v = w.view();
  const auto as_centre = w.t.write(w.centre, [&](auto& tx, auto& gate, const auto&) { return hand_link(tx, gate, w.city(), w.id, w.of(v, "")->id); });
  EXPECT_FALSE(as_centre);
  const auto agency = w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return hand_link(tx, gate, w.city(), w.id, w.of(v, "cgsc_chuo")->id); });
  EXPECT_EQ(agency.error().code, ErrorCode::conflict);
}

// --- invitation ---

TEST(Invitation, names_no_household_and_is_for_who_arranges) {
  World w("tsuruoka", "swc");
  const auto aso = w.aso();
  const SessionId id = w.sit({"shien_kaigi"}, w.today().plus_days(7));
  ASSERT_TRUE(w.put(w.household_item(id, "shien_kaigi", aso.household, "no_consent")));
  for (const char* part : {"/invitation", "/invitation/letter", "/invitation.ics"}) {
    const auto page = w.t.get(w.who, w.page(id) + part);
    ASSERT_EQ(page.status, 200) << part;
    for (const char* word : {"阿曽", "見守りを決めたい", "本人同意が得られず"}) EXPECT_FALSE(has(page, word)) << part << word;
  }
  const Login centre = w.t.account("cgsc_fujishima", Role::window_counsellor);
  EXPECT_EQ(w.t.get(centre, w.page(id) + "/invitation").status, 404);
  EXPECT_EQ(w.t.get(w.t.account("cgsc_fujishima", Role::coordinator), w.page(id) + "/invitation").status, 403);
  EXPECT_EQ(w.t.get(centre, w.page(id) + "/invitation.ics").status, 200);
}

TEST(Invitation, adds_agencies_and_offices_and_takes_them_back) {  // T-74
  World w("tsuruoka", "swc");
  const SessionId id = w.sit({"shien_kaigi"}, w.today().plus_days(7));
  const std::string path = w.page(id) + "/invitation";
  EXPECT_EQ(w.t.post(w.who, path, {{"offices", ""}}).status, 422);
  ASSERT_EQ(w.t.post(w.who, path, {{"agencies", id_text(w.t.agency("hokatsu_care"))}, {"offices", "みなと小学校"}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, path), "みなと小学校"));
  const auto list = w.t.read(w.who, [&](auto& tx, auto& gate) { return invitees_of(tx, gate, id); });
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(w.t.post(w.who, path + "/remove", {{"who", id_text(list.back().id)}}).status, 303);
  EXPECT_EQ(w.t.read(w.who, [&](auto& tx, auto& gate) { return invitees_of(tx, gate, id); }).size(), 1u);
}

TEST(Invitation, a_cancelled_sitting_sends_its_cancellation) {
  World w("tsuruoka", "swc");
  const SessionId id = w.sit({"shien_kaigi"}, w.today().plus_days(7));
  ASSERT_EQ(w.t.post(w.who, w.page(id) + "/cancel", {{"version", "1"}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(id) + "/invitation.ics"), "METHOD:CANCEL"));
}

// --- the feed ---

struct Fed : World {
  Login centre;
  Fed() : World("tsuruoka", "swc"), centre(t.account("cgsc_fujishima", Role::window_counsellor)) {}
  std::string address(const Login& login) {
    const auto page = t.post(login, "/me/calendar");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page.body, found, std::regex("/calendar/([A-Za-z0-9_-]+\\.ics)"))) << page.status;
    return "/calendar/" + found[1].str();
  }
};

TEST(Feed, shows_the_sittings_of_ones_own_agencies_and_nothing_of_their_items) {
  Fed w;
  const auto aso = w.aso();
  const SessionId ours = w.sit({"shien_kaigi"}, w.today().plus_days(7)), theirs = w.sit({"juso_kaigi"}, w.today().plus_days(8));
  const auto item = w.put(w.household_item(ours, "shien_kaigi", aso.household, "no_consent"));
  ASSERT_TRUE(item);
  ASSERT_TRUE(w.invite(*item, {w.agency("cgsc_fujishima")}));
  const auto feed = w.t.get_signed_out(w.address(w.centre));
  ASSERT_EQ(feed.status, 200);
  EXPECT_EQ(feed.content_type, "text/calendar; charset=utf-8");
  EXPECT_TRUE(has(feed, id_text(ours)));
  EXPECT_FALSE(has(feed, id_text(theirs)));
  for (const char* word : {"阿曽", "見守り", "議題", "同意"}) EXPECT_FALSE(has(feed, word));
  const auto host = w.t.get_signed_out(w.address(w.who));
  EXPECT_TRUE(has(host, id_text(ours)) && has(host, id_text(theirs)));
}

TEST(Feed, marks_what_was_cancelled_and_ends_after_six_months) {
  Fed w;
  const SessionId gone = w.sit({"shien_kaigi"}, w.today().plus_days(7)), far = w.sit({"shien_kaigi"}, w.today().plus_days(220)), old = w.sit({"shien_kaigi"}, w.today().plus_days(-40));
  ASSERT_EQ(w.t.post(w.who, w.page(gone) + "/cancel", {{"version", "1"}}).status, 303);
  const auto feed = w.t.get_signed_out(w.address(w.who));
  EXPECT_TRUE(has(feed, "STATUS:CANCELLED"));
  EXPECT_FALSE(has(feed, id_text(far)));
  EXPECT_FALSE(has(feed, id_text(old)));
}

TEST(Feed, unknown_renewed_and_revoked_addresses_are_answered_alike) {
  Fed w;
  const std::string first = w.address(w.centre);
  EXPECT_EQ(w.t.get_signed_out(first).status, 200);
  const std::string second = w.address(w.centre);
  const auto unknown = w.t.get_signed_out("/calendar/nobody.ics");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(w.t.get_signed_out(first).status, 404);
  EXPECT_EQ(w.t.get_signed_out(first).body, unknown.body);
  EXPECT_EQ(w.t.get_signed_out(second).status, 200);
  EXPECT_EQ(w.t.get_signed_out(second.substr(0, second.size() - 4)).status, 404);
  ASSERT_EQ(w.t.post(w.centre, "/me/calendar/revoke").status, 303);
  EXPECT_EQ(w.t.get_signed_out(second).status, 404);
}

TEST(Feed, stops_with_the_account) {
  Fed w;
  const std::string address = w.address(w.centre);
  w.t.db().write([&](db::WriteTx& tx) { tx.run("UPDATE account SET active = 0 WHERE id = $1", db::params(w.centre.account)); });
  EXPECT_EQ(w.t.get_signed_out(address).status, 404);
}

TEST(Feed, is_not_sent_again_while_nothing_changed) {
  Fed w;
  const std::string address = w.address(w.who);
  const std::string etag(w.t.get_signed_out(address).header_value("ETag"));
  ASSERT_FALSE(etag.empty());
  web::Request again;
  again.path = "/tsuruoka" + address;
  again.segments = {"tsuruoka", "calendar", address.substr(std::string("/calendar/").size())};
  again.headers = {{"if-none-match", etag}};
  again.client = "192.0.2.1";
  EXPECT_EQ(w.t.send(again).status, 304);
  w.sit({"shien_kaigi"}, w.today().plus_days(7));
  EXPECT_EQ(w.t.send(again).status, 200);
}

TEST(Feed, is_not_shut_by_wrong_addresses_from_the_same_client) {
  Fed w;
  const std::string address = w.address(w.who);
  for (int i = 0; i < 40; ++i) w.t.get_signed_out("/calendar/guess" + std::to_string(i) + ".ics");
  EXPECT_EQ(w.t.get_signed_out(address).status, 200) << "a whole office may share one address";
}

// --- by telephone ---

PhoneTalk talk_of(World& w, HouseholdId household) {
  return {"sugu", household, w.t.city().directory.ids({"cgsc_shima"}), w.today(), "15:10", "life", "今夜の見守りを急ぎ決めたい", "しまの窓口が今夜たずね、はまの会が明日電話する。"};
}

TEST(PhoneTalk, makes_a_sitting_with_its_item_its_two_agencies_and_what_was_agreed) {
  World w("mitsuhama", "hamanokai");
  const auto aso = w.aso();
  const auto item = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); });
  ASSERT_TRUE(item) << item.error().message << (item.error().fields.empty() ? "" : item.error().fields.front().message);
  const ItemView view = w.see(*item);
  EXPECT_EQ(view.head.state, ItemState::treated);
  EXPECT_EQ(view.session.state, SessionState::held);
  EXPECT_EQ(view.session.manner, Manner::phone);
  EXPECT_NE(view.note.shown().find("今夜たずね"), std::string::npos);
  EXPECT_TRUE(w.sees(w.t.account("cgsc_shima", Role::window_counsellor), *item));
  EXPECT_FALSE(w.sees(w.t.account("cgsc_oka", Role::window_counsellor), *item));
  EXPECT_EQ(w.acts("session.held", "support_conference_106_6"), 1);
}

TEST(PhoneTalk, seats_nobody_else_not_even_for_a_moment) {
  World w("mitsuhama", "hamanokai");
  const auto aso = w.aso();
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
    casework::NewInvolvement in;
    in.household = aso.household;
    in.agency = w.t.agency("cgsc_oka");
    in.from_on = w.today();
    return casework::involve(tx, gate, actor, in);
  }));
  const auto item = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); });
  ASSERT_TRUE(item);
  const auto given = [&](const char* agency) {
    return w.t.db().read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM access_ground_party p JOIN access_ground g ON g.id = p.ground_id WHERE g.source_id = $1 AND p.party_id = $2", db::params(*item, w.t.agency(agency)));
    });
  };
  EXPECT_GT(given("cgsc_shima"), 0);
  EXPECT_EQ(given("cgsc_oka"), 0) << "it works with the household, and was not on the line; no ground was given, nor taken back";
  EXPECT_EQ(w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM due_item WHERE party_id = $1 AND subject_id = $2", db::params(w.t.agency("cgsc_oka"), *item)); }), 0);
}

TEST(PhoneTalk, is_refused_with_the_reason_where_the_city_does_not_count_it) {
  World w("tsuruoka", "swc");
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/phone/new"), "電話での話し合いを会議とみなす決まりがありません"));
  const auto talk = talk_of(w, w.aso().household);
  const auto refused = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST(PhoneTalk, without_the_required_party_nothing_is_written) {
  World w("mitsuhama", "shimin_anzen_ka");
  const auto aso = w.aso();
  const auto refused = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "with");
  EXPECT_TRUE(w.t.read(w.who, [&](auto& tx, auto& gate) { return upcoming(tx, gate); }).empty());
}

TEST(PhoneTalk, is_for_who_runs_the_body) {
  World w("mitsuhama", "hamanokai");
  const auto aso = w.aso();
  const Login other = w.t.account("cgsc_shima", Role::coordinator);
  EXPECT_FALSE(w.t.write(other, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); }));
  EXPECT_EQ(w.t.post(w.t.account("hamanokai", Role::window_counsellor), "/meetings/phone").status, 404);
}

// --- registers ---

TEST(Registers, show_count_and_list_what_was_held) {
  World w("mitsuhama", "hamanokai");
  const auto aso = w.aso();
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); }));
  const auto attendance = w.t.get(w.who, "/meetings/registers/attendance");
  EXPECT_TRUE(has(attendance, "おとしより相談しま"));
  EXPECT_TRUE(has(attendance, "100%"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/sessions"), "すぐ会議"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/items"), "命にかかわるとき"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/items?as=csv"), "命にかかわるとき"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/items?as=sheet"), "命にかかわるとき"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/list?what=items&body=sugu&ground=life"), "議題1"));
  // Another agency sees the number, and in the list what it may know: nothing.
  const Login other = w.t.account("cgsc_oka", Role::coordinator);
  EXPECT_TRUE(has(w.t.get(other, "/meetings/registers/items"), "命にかかわるとき"));
  EXPECT_FALSE(has(w.t.get(other, "/meetings/registers/list?what=items&body=sugu&ground=life"), "議題1"));
  EXPECT_TRUE(has(w.t.get(other, "/meetings/registers/items"), "件未満")) << "in bands, as /counts tells it";
  EXPECT_FALSE(has(w.t.get(w.who, "/meetings/registers/items"), "件未満")) << "who convenes the body knows its items";
  for (const auto& page : {"/meetings/registers/items", "/meetings/registers/attendance", "/meetings/registers/secrecy"}) EXPECT_FALSE(has(w.t.get(w.who, page), "阿曽")) << page;
}

TEST(Registers, say_who_has_acknowledged_secrecy_and_who_has_not) {
  World w("mitsuhama", "hamanokai");
  const auto aso = w.aso();
  const Login shima = w.t.account("cgsc_shima", Role::window_counsellor);
  const auto item = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return record_phone_talk(tx, gate, actor, w.city(), talk_of(w, aso.household)); });
  ASSERT_TRUE(item);
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/secrecy"), "まだ"));
  w.swear(shima, *item);
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/secrecy"), "R8.11.24"));
}

TEST(Registers, leave_a_guarded_agency_to_itself) {
  World w("mitsuhama", "hamanokai");
  const SessionId id = w.sit({"sugu"});
  ASSERT_TRUE(w.hold(id, {"hamanokai", "josei_shelter"}));
  EXPECT_FALSE(has(w.t.get(w.who, "/meetings/registers/attendance"), "とまり木"));
  EXPECT_TRUE(has(w.t.get(w.t.account("josei_shelter", Role::coordinator), "/meetings/registers/attendance"), "とまり木"));
}

TEST(Registers, are_for_coordinators_officers_and_heads) {
  World w("tsuruoka", "swc");
  for (const Role role : {Role::window_counsellor, Role::field_worker, Role::secretary, Role::meeting_member, Role::commissioner, Role::administrator})
    EXPECT_EQ(w.t.get(w.t.account("swc", role), "/meetings/registers").status, 404);
  EXPECT_EQ(w.t.get(w.t.account("swc", Role::head), "/meetings/registers").status, 200);
}

// --- rule documents ---

TEST(RuleDocuments, are_taken_for_what_their_bytes_are) {
  EXPECT_EQ(sniffed_type("%PDF-1.7 …"), "application/pdf");
  EXPECT_EQ(sniffed_type("第1条\r\n　この要綱は"), "text/plain");
  EXPECT_EQ(sniffed_type(std::string("MZ\0\x01", 4)), "");
  EXPECT_EQ(sniffed_type("\xff\xfe"), "");
}

TEST(RuleDocuments, each_version_stays_and_is_saved_not_shown) {  // K-65, W-61, W-76
  World w("tsuruoka", "swc");
  const auto add = [&](const Login& login, NewRuleDocument in) {
    return w.t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return add_rule_document(tx, gate, actor, w.city(), in); });
  };
  const auto first = add(w.who, {"shien_kaigi", "支援会議設置要綱", w.today().plus_days(-400), "", "", "<script>alert(1)</script>"});
  ASSERT_TRUE(first);
  ASSERT_TRUE(add(w.who, {"shien_kaigi", "支援会議設置要綱", w.today(), "第5条を足した", "https://www.city.example.jp/youkou", ""}));
  const Login reader = w.t.account("cgsc_fujishima", Role::meeting_member);
  const auto page = w.t.get(reader, "/meeting-bodies/shien_kaigi");
  EXPECT_TRUE(has(page, "第5条を足した"));
  EXPECT_FALSE(has(page, "新しい版を登録する"));
  const auto file = w.t.get(reader, "/rule-documents/" + id_text(*first));
  EXPECT_EQ(file.content_type, "text/plain; charset=utf-8");
  EXPECT_NE(std::string(file.header_value("Content-Disposition")).find("attachment"), std::string::npos);
  EXPECT_EQ(w.t.get(reader, "/rule-documents/" + id_text(next_id())).status, 404);
  EXPECT_EQ(add(w.t.account("cgsc_fujishima", Role::coordinator), {"shien_kaigi", "x", w.today(), "", "", "y"}).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(add(w.who, {"shien_kaigi", "x", w.today(), "", "", ""}).error().fields.front().field, "file");
  EXPECT_EQ(add(w.who, {"shien_kaigi", "x", w.today(), "", "javascript:alert(1)", ""}).error().fields.front().field, "link");
  EXPECT_EQ(add(w.who, {"shien_kaigi", "x", w.today(), "", "", std::string(kLargestRuleFile + 1, 'a')}).error().fields.front().field, "file");
}

}  // namespace
}  // namespace kasane::meeting
