// Guests: one link, one item, one code by telephone; everything else is shut, and what does not open is answered alike.
#include <gtest/gtest.h>

#include <future>
#include <regex>

#include "access/audit_store.hpp"
#include "db/testing.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/secrecy_service.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

/// What a guest's browser holds: the address and, once inside, the cookie.
struct Browser {
  programme::testing::TestCity& t;
  std::string token;
  std::string cookie = {};
  std::string client = "198.51.100.7";

  web::Reply send(std::string method, std::string path, web::Pairs posted = {}) {
    web::Request r;
    r.method = std::move(method);
    r.path = "/" + t.city().slug + path;
    for (std::size_t at = 1; at <= r.path.size();) {
      const std::size_t slash = std::min(r.path.find('/', at), r.path.size());
      if (slash > at) r.segments.push_back(r.path.substr(at, slash - at));
      at = slash + 1;
    }
    r.client = client;
    r.secure = true;
    r.request_id = 42;
    if (!cookie.empty()) r.cookies = {{"kasane_guest_" + t.city().slug, cookie}};
    if (r.method == "POST") {
      r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
      r.posted = std::move(posted);
    }
    return t.send(std::move(r));
  }
  std::string path() const { return "/guest/" + token; }
  web::Reply look() { return send("GET", path()); }
  web::Reply give(const std::string& code) {
    web::Reply reply = send("POST", path(), {{"code", code}});
    const std::string set(reply.header_value("Set-Cookie"));
    if (const auto at = set.find('='); at != std::string::npos) cookie = set.substr(at + 1, set.find(';') - at - 1);
    return reply;
  }
  std::string seal(const web::Reply& page) {
    std::smatch found;
    return std::regex_search(page.body, found, std::regex("name=\"seal\" value=\"([^\"]*)\"")) ? found[1].str() : std::string();
  }
  web::Reply swear() {
    const auto page = look();
    return send("POST", path() + "/secrecy", {{"secrecy", "yes"}, {"seal", seal(page)}});
  }
  web::Reply answer(const std::string& text) {
    const auto page = look();
    return send("POST", path() + "/answer", {{"answer", text}, {"seal", seal(page)}});
  }
};

struct Guests : World {
  people::Registered home;
  SessionId sitting;
  AgendaItemId item;

  Guests() : World("nagaokakyo", "chiiki_fukushi_renkei"), home(aso()), sitting(sit({"shien_kaigi"})) {
    item = put(household_item(sitting, "shien_kaigi", home.household, "early_system")).value();
    if (!invite(item, {agency("shogai_fukushi")})) throw std::runtime_error("the attendees were refused");
  }
  NewGuest teacher() { return {GuestKind::outside, "架空 花子", "架空小学校", today(), today().plus_days(10)}; }
  Result<Handed> let_in(const NewGuest& guest, AgendaItemId on) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, city(), t.city().key, on, guest); });
  }
  Handed let_in() { return let_in(teacher(), item).value(); }
  Browser browser(const Handed& handed) { return {t, handed.token}; }
  /// Inside, with secrecy acknowledged.
  Browser inside(const Handed& handed) {
    Browser b = browser(handed);
    EXPECT_EQ(b.give(handed.code).status, 303);
    EXPECT_EQ(b.swear().status, 303);
    return b;
  }
  GuestLink link(GuestLinkId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return guest_link(tx, gate, id); }).value();
  }
  Result<> revoke(GuestLinkId id) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return revoke_guest(tx, gate, actor, city(), id, store::guest(tx, id)->version); });
  }
};

std::string words(web::Reply reply) { return std::regex_replace(reply.body, std::regex("(value|action)=\"[^\"]*\""), ""); }

// --- calendar

/// The address of the calendar on the guest's page; "" when there is none.
std::string calendar_of(const web::Reply& page) {
  std::smatch found;
  return std::regex_search(page.body, found, std::regex("/guest/[^\"]*/calendar.ics\\?key=[0-9a-f]+")) ? found.str() : std::string();
}

TEST(GuestCalendar, gives_day_time_and_place_and_nothing_of_the_item) {
  Guests w;
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  const auto page = b.look();
  EXPECT_TRUE(has(page, "会議の日時"));
  const std::string address = calendar_of(page);
  ASSERT_FALSE(address.empty());
  const auto file = w.t.get_signed_out(address);
  ASSERT_EQ(file.status, 200) << "a calendar brings no cookie";
  EXPECT_TRUE(has(file, "METHOD:REQUEST"));
  EXPECT_TRUE(has(file, "BEGIN:VEVENT"));
  for (const char* word : {"阿曽", "架空", "見守り", "議題"}) EXPECT_FALSE(has(file, word)) << word;
  EXPECT_FALSE(has(file, id_text(w.item)));
  EXPECT_FALSE(has(file, handed.token));
}

TEST(GuestCalendar, follows_a_moved_sitting_and_tells_of_its_cancellation) {
  Guests w;
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  const std::string address = calendar_of(b.look());
  NewSession to{{"shien_kaigi"}, w.today().plus_days(3), "10:15", "市役所"};
  const std::int64_t first = w.one(w.sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return move_session(tx, gate, actor, w.city(), w.sitting, first, to); }));
  EXPECT_TRUE(has(w.t.get_signed_out(address), "T101500"));
  const std::int64_t second = w.one(w.sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return cancel_session(tx, gate, actor, w.city(), w.sitting, second); }));
  EXPECT_EQ(b.look().status, 404) << "the packet is closed";
  const auto gone = w.t.get_signed_out(address);
  EXPECT_EQ(gone.status, 200);
  EXPECT_TRUE(has(gone, "METHOD:CANCEL"));
  EXPECT_TRUE(has(gone, "STATUS:CANCELLED"));
}

TEST(GuestCalendar, opens_for_nobody_without_its_key_nor_after_the_link) {
  Guests w;
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  const std::string address = calendar_of(b.look());
  const std::string bare = address.substr(0, address.find('?'));
  const auto unknown = words(w.t.get_signed_out("/guest/" + std::string(43, 'x') + "/calendar.ics"));
  EXPECT_EQ(words(w.t.get_signed_out(bare)), unknown) << "the address of the link alone tells nothing";
  EXPECT_EQ(words(w.t.get_signed_out(bare + "?key=" + std::string(32, '0'))), unknown);
  EXPECT_EQ(words(b.send("GET", bare.substr(bare.find("/guest/")))), unknown);
  ASSERT_TRUE(w.revoke(handed.id));
  EXPECT_EQ(words(w.t.get_signed_out(address)), unknown);
}


TEST(Guest, sees_the_packet_of_its_item_after_code_and_secrecy) {  // issue item 11
  Guests w;
  const Handed handed = w.let_in();
  EXPECT_EQ(handed.token.size(), 43u) << "32 random bytes";
  EXPECT_EQ(handed.code.size(), 6u);
  Browser b = w.browser(handed);
  const auto door = b.look();
  EXPECT_EQ(door.status, 200);
  EXPECT_FALSE(has(door, "阿曽"));
  EXPECT_FALSE(has(door, "架空")) << "not even for whom the link is";
  const auto let = b.give(handed.code);
  EXPECT_EQ(let.status, 303);
  const std::string cookie(let.header_value("Set-Cookie"));
  for (const char* part : {"HttpOnly", "SameSite=Strict", "Secure", "Path=/nagaokakyo/guest/"}) EXPECT_NE(cookie.find(part), std::string::npos) << part;
  const auto first = b.look();
  EXPECT_TRUE(has(first, "社会福祉法第106条の6第5項"));
  EXPECT_FALSE(has(first, "見守りの分担を決めたい"));
  EXPECT_EQ(b.send("POST", b.path() + "/secrecy", {{"seal", b.seal(first)}}).status, 422) << "a tick is needed";
  EXPECT_EQ(b.swear().status, 303);
  const auto packet = b.look();
  EXPECT_TRUE(has(packet, "見守りの分担を決めたい"));
  EXPECT_EQ(packet.body.find("/households/"), std::string::npos) << "leads nowhere else";
}

TEST(Guest, is_appointed_with_its_day_where_there_is_no_consent) {
  Guests w;
  NewGuest guest = w.teacher();
  guest.appointed_on.reset();
  const auto refused = w.let_in(guest, w.item);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "appointed_on");
  guest = w.teacher();
  guest.until = w.today().plus_days(400);
  EXPECT_FALSE(w.let_in(guest, w.item)) << "no link for years";
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  const auto by_stranger = w.t.write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, w.city(), w.t.city().key, w.item, w.teacher()); });
  ASSERT_FALSE(by_stranger);
  EXPECT_EQ(by_stranger.error().code, ErrorCode::not_found);
}

TEST(Guest, unknown_expired_revoked_locked_and_closed_links_are_answered_alike) {
  Guests w;
  const Handed revoked = w.let_in(), locked = w.let_in(), expired = w.let_in(), closed = w.let_in();
  Browser unknown{w.t, std::string(43, 'x')};
  const auto wanted = unknown.look();
  EXPECT_EQ(wanted.status, 404);
  ASSERT_TRUE(w.revoke(revoked.id));
  Browser b = w.browser(locked);
  for (int i = 0; i < kMostTries - 1; ++i) EXPECT_EQ(b.give("000000" == locked.code ? "111111" : "000000").status, 422);
  EXPECT_EQ(b.give("000000" == locked.code ? "111111" : "000000").status, 404) << "the last try";
  EXPECT_EQ(b.give(locked.code).status, 404) << "the right code comes too late";
  const auto alike = [&](const Handed& handed, const char* which) {
    Browser one = w.browser(handed);
    const auto reply = one.look();
    EXPECT_EQ(reply.status, 404) << which;
    EXPECT_EQ(words(reply), words(wanted)) << which;
    EXPECT_EQ(words(one.give(handed.code)), words(wanted)) << which;
  };
  alike(revoked, "revoked");
  alike(locked, "locked");
  ASSERT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/close").status, 303);
  alike(closed, "closed");
  w.t.clock().set(w.today().plus_days(11));
  alike(expired, "expired");
}

TEST(Guest, a_session_ends_with_the_link_the_packet_and_the_time) {
  Guests w;
  const Handed first = w.let_in(), second = w.let_in(), third = w.let_in();
  Browser revoked = w.inside(first), idle = w.inside(second), anew = w.inside(third);
  ASSERT_TRUE(w.revoke(first.id));
  EXPECT_EQ(revoked.look().status, 404);
  const auto handed = w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return hand_anew(tx, gate, w.t.city().key, third.id, store::guest(tx, third.id)->version); });
  ASSERT_TRUE(handed);
  EXPECT_EQ(anew.look().status, 404) << "the old address";
  Browser fresh{w.t, handed->token, anew.cookie};
  EXPECT_FALSE(has(fresh.look(), "見守りの分担を決めたい")) << "the old cookie";
  w.t.clock().advance_ms(kGuestIdle + 1);
  EXPECT_FALSE(has(idle.look(), "見守りの分担を決めたい"));
  EXPECT_TRUE(has(idle.look(), "番号を入力してください"));
}

TEST(Guest, reaches_no_other_item_no_household_and_no_search) {
  Guests w;
  const auto second = w.put(w.household_item(w.sitting, "shien_kaigi", w.aso().household, "early_system"));
  ASSERT_TRUE(second);
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  for (const std::string& path : {w.page(w.item), w.page(*second), w.page(w.item) + "/sheet", w.page(w.sitting), "/households/" + id_text(w.home.household),
                                  std::string("/households"), std::string("/meetings"), "/guest-links/" + id_text(handed.id)}) {
    const auto reply = b.send("GET", path);
    EXPECT_TRUE(reply.status == 303 || reply.status == 404) << path << " " << reply.status;
    EXPECT_FALSE(has(reply, "阿曽")) << path;
  }
  // The decision itself says no, not only the router.
  const access::Viewer guest = guest_viewer(handed.id);
  w.t.db().read([&](db::ReadTx& tx) {
    access::Trail trail;
    access::Gate gate(tx, guest, w.t.clock().now(), trail);
    EXPECT_TRUE(gate.may(w.item, access::Act::read));
    EXPECT_FALSE(gate.may(w.item, access::Act::write));
    EXPECT_FALSE(gate.may(*second, access::Act::read));
    EXPECT_FALSE(gate.may(w.home.household, access::Act::read));
    EXPECT_FALSE(gate.may(w.home.persons[0], access::Act::read));
    EXPECT_FALSE(gate.may(handed.id, access::Act::read));
    EXPECT_EQ(items_of(tx, gate, w.sitting).size(), 1u);
  });
}

TEST(Guest, a_link_of_one_city_opens_nothing_in_another) {
  Guests w;
  const Handed handed = w.let_in();
  World other("tsuruoka", "swc");
  Browser there{other.t, handed.token};
  EXPECT_EQ(there.look().status, 404);
  EXPECT_EQ(there.give(handed.code).status, 404);
}

TEST(Guest, answers_in_a_line_and_the_host_is_told) {
  Guests w;
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  EXPECT_EQ(b.answer("").status, 422);
  EXPECT_EQ(b.send("POST", b.path() + "/answer", {{"answer", "うその答え"}, {"seal", "x"}}).status, 404) << "a form that is not ours";
  EXPECT_EQ(b.answer("登校は週に1回です").status, 303);
  EXPECT_EQ(w.link(handed.id).answer.shown(), "登校は週に1回です");
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item) + "/guests"), "登校は週に1回です"));
  const auto waiting = [&] {
    return w.t.db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE subject_id = $1 AND kind = 'guest.answered' AND done_on IS NULL)sql", db::params(handed.id));
    });
  };
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(w.t.post(w.who, "/guest-links/" + id_text(handed.id) + "/read").status, 303);
  EXPECT_EQ(waiting(), 0);
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  EXPECT_EQ(w.t.get(stranger, "/guest-links/" + id_text(handed.id)).status, 404);
}

TEST(Guest, each_look_is_audited_under_the_links_own_id) {
  Guests w;
  const Handed handed = w.let_in();
  Browser b = w.inside(handed);
  auto page = b.look();
  ASSERT_TRUE(page.before_send);
  std::promise<bool> kept;
  page.before_send([&](bool ok) { kept.set_value(ok); });
  EXPECT_TRUE(kept.get_future().get());
  const auto events = w.t.city().audit.file_for(w.t.clock().now()).read([&](db::ReadTx& tx) { return access::audit_store::newest_reads(tx, 0, 50, handed.id.value); });
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.front().event.action, "guest.packet");
}

TEST(Guest, nothing_that_would_open_a_link_is_kept) {
  Guests w;
  const Handed handed = w.let_in();
  w.t.db().read([&](db::ReadTx& tx) {
    tx.each(R"sql(SELECT token_hash, code_hash FROM guest_link WHERE id = $1)sql", db::params(handed.id), [&](const db::Row& r) {
      EXPECT_EQ(r.text(0).find(handed.token), std::string::npos);
      EXPECT_EQ(r.text(1).find(handed.code), std::string::npos);
    });
  });
}

TEST(Guest, the_paper_has_the_address_as_squares_and_lines_and_never_the_code) {
  Guests w;
  const auto made = w.t.post(w.who, w.page(w.item) + "/guests",
                             {{"kind", "outside"}, {"name", "架空 花子"}, {"appointed_on", w.today().iso()}, {"until", w.today().plus_days(5).iso()}});
  ASSERT_EQ(made.status, 200) << made.body;
  const std::size_t sheet = made.body.find("class=\"sheet\"");
  ASSERT_NE(sheet, std::string::npos);
  EXPECT_NE(made.body.find("<svg", sheet), std::string::npos);
  EXPECT_NE(made.body.find("write-line", sheet), std::string::npos);
  EXPECT_EQ(made.body.find("電話で伝える番号", sheet), std::string::npos);
  EXPECT_FALSE(has(made, "阿曽"));
  const Handed handed = w.let_in();
  const std::string path = "/guest-links/" + id_text(handed.id);
  EXPECT_EQ(w.t.post(w.who, path + "/paper", {{"version", "7"}}).status, 409);
  EXPECT_EQ(w.t.post(w.who, path + "/paper", {{"version", "1"}}).status, 200);
  EXPECT_EQ(w.t.post(w.who, path + "/answer", {{"answer", "紙でもらった答え"}, {"version", std::to_string(w.link(handed.id).facts.version)}}).status, 303);
  EXPECT_EQ(w.link(handed.id).answer.shown(), "紙でもらった答え");
}

/// An item on consent with a plan of participation.
struct OnConsent : World {
  people::Registered home;
  ConsentId consent;
  PlanId plan;
  SessionId sitting;
  AgendaItemId item;
  OnConsent() : World("nagaokakyo", "chiiki_fukushi_renkei"), home(aso()), consent(agree(home, 0)) {
    plan = draft(open(home), home.persons[0], testing::PlanKind::participation);
    submit(plan, home.persons[0]);
    sitting = sit({"juso_kaigi"});
    item = put(plan_item(sitting, "juso_kaigi", plan)).value();
  }
  Result<Handed> let_in(GuestKind kind) {
    const NewGuest guest{kind, "架空 次郎", "架空製作所", std::nullopt, today().plus_days(7)};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, city(), t.city().key, item, guest); });
  }
};

TEST(HostCompany, gets_the_plan_of_participation_and_neither_name_nor_question) {
  OnConsent w;
  const auto handed = w.let_in(GuestKind::host_company);
  ASSERT_TRUE(handed) << handed.error().message;
  Browser b{w.t, handed->token};
  EXPECT_EQ(b.give(handed->code).status, 303);
  EXPECT_EQ(b.swear().status, 303);
  const auto page = b.look();
  EXPECT_TRUE(has(page, "家計を立て直す")) << "direction of the plan";
  EXPECT_FALSE(has(page, "阿曽"));
  EXPECT_FALSE(has(page, "会議にたずねること"));
}

TEST(Guest, the_paper_carries_the_secrecy_of_the_body_and_no_other_article) {
  OnConsent w;
  const auto on_consent = w.t.post(w.who, w.page(w.item) + "/guests", {{"kind", "outside"}, {"name", "架空 花子"}, {"until", w.today().plus_days(5).iso()}});
  ASSERT_EQ(on_consent.status, 200) << on_consent.body;
  EXPECT_FALSE(has(on_consent, "106条の6")) << "the article binds the 支援会議 alone";
  EXPECT_TRUE(has(on_consent, secrecy_words(w.t.m(), "juso_kaigi")));
  Guests conference;
  const Handed handed = conference.let_in();
  const auto again = conference.t.post(conference.who, "/guest-links/" + id_text(handed.id) + "/paper", {{"version", "1"}});
  EXPECT_TRUE(has(again, "第106条の6第5項"));
}

TEST(HostCompany, is_refused_without_a_valid_consent) {
  Guests w;
  NewGuest company = w.teacher();
  company.kind = GuestKind::host_company;
  const auto refused = w.let_in(company, w.item);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST(Guest, on_consent_is_shut_out_by_its_withdrawal) {
  OnConsent w;
  const auto handed = w.let_in(GuestKind::outside);
  ASSERT_TRUE(handed) << handed.error().message;
  Browser b{w.t, handed->token};
  EXPECT_EQ(b.give(handed->code).status, 303);
  const auto withdrawn = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return consent::withdraw(tx, gate, actor, w.consent, w.today(), "やめたい"); });
  ASSERT_TRUE(withdrawn) << withdrawn.error().message;
  EXPECT_EQ(b.look().status, 404);
}

class GuestStore : public db::EngineTest {};
KASANE_EVERY_ENGINE(GuestStore);

TEST_P(GuestStore, counts_tries_up_to_the_last_and_keeps_sessions_by_their_hash) {
  const GuestLinkId id = fresh_id<GuestLinkTag>();
  db().write([&](db::WriteTx& tx) {
    access::Door::run(tx, R"sql(INSERT INTO guest_link (id, item_id, kind, pii_name, pii_office, appointed_on, until_on, topics, token_hash, code_hash, tries, made_on, secrecy_on,
                   revoked_on, pii_answer, answered_at, answered_by, read_on, version)
                 VALUES ($permit, $1, 'outside', 'x', '', NULL, '2026-12-01', 1, 't', 'c', 0, '2026-11-01', NULL, NULL, '', NULL, NULL, NULL, 1))sql",
           db::params(std::int64_t{7}), id.value);
    for (int i = 0; i < kMostTries; ++i) EXPECT_TRUE(store::spend_try(tx, id));
    EXPECT_FALSE(store::spend_try(tx, id));
    EXPECT_TRUE(store::guest_by_token(tx, "t")->locked());
    EXPECT_FALSE(store::guest_by_token(tx, "u"));
    EXPECT_TRUE(store::code_fits(tx, id, "c"));
    EXPECT_FALSE(store::code_fits(tx, id, "d"));
    EXPECT_TRUE(store::set_secrets(tx, id, 1, {"t2", "c2"}));
    EXPECT_FALSE(store::set_secrets(tx, id, 1, {"t3", "c3"})) << "stale";
    EXPECT_FALSE(store::guest(tx, id)->locked());
    store::add_guest_session(tx, "s", {id, 1, 1});
    EXPECT_EQ(store::guest_session(tx, "s")->link, id);
    store::end_guest_sessions(tx, id);
    EXPECT_FALSE(store::guest_session(tx, "s"));
    EXPECT_TRUE(store::set_revoked(tx, id, 2, *Date::from_ymd(2026, 11, 2)));
    EXPECT_TRUE(store::guests_of(tx, AgendaItemId(7)).empty());
  });
}

}  // namespace
}  // namespace kasane::meeting
