// Opening in an emergency: what it opens, for whom, and everything that keeps it shut.
#include <gtest/gtest.h>

#include "access/explain.hpp"
#include "access/guarded.hpp"
#include "access/shields.hpp"
#include "consent/emergency_rules.hpp"
#include "consent/emergency_service.hpp"
#include "consent/emergency_store.hpp"
#include "consent/pages.hpp"
#include "db/testing.hpp"
#include "people/pages.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"
#include "programme/testing.hpp"

namespace kasane::consent {
namespace {

using access::Act;
using access::Topic;
using programme::testing::Login;
using programme::testing::TestCity;

struct Crisis {
  TestCity t{"nagaokakyo", {add_routes, people::add_routes}};
  Login holder = t.account("cgsc_nishi", Role::coordinator);
  Login worker = t.account("swc", Role::field_worker);
  people::Registered home;
  std::string number;

  Crisis() {
    people::NewHousehold in;
    people::NewPerson p;
    p.fields.family = "中小路";
    p.fields.given = "薫";
    p.fields.birth = PartialDate{1982, 4, 5};
    in.persons.push_back(p);
    home = t.write(holder, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, in); }).value();
    number = t.read(holder, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, home.household); })->number;
  }
  Settings city() { return {t.m(), t.city().directory}; }
  EmergencyAsk by_number() { return {number, "", {}, "life", "電話がつながらず、部屋から声がした。", true}; }
  EmergencyAsk by_name(std::string name, Date birth) { return {"", std::move(name), birth, "life", "倒れていると聞いた。", true}; }
  Result<HouseholdId> open(const Login& login, const EmergencyAsk& ask) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return open_in_emergency(tx, gate, actor, city(), ask); });
  }
  bool may(const Login& login, Act act = Act::read) {
    return t.read(login, [&](auto&, auto& gate) { return gate.may(home.household, act); });
  }
  EmergencyAccessId only() {
    return t.db().read([](db::ReadTx& tx) { return store::newest(tx).at(0).id; });
  }
  Result<> review(const Login& login, Verdict verdict, std::string note = {}, std::int64_t version = 1) {
    const EmergencyAccessId id = only();
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return review_emergency(tx, gate, actor, id, {version, verdict, note}); });
  }
  void shield(std::int64_t party) {
    t.db().write([&](db::WriteTx& tx) {
      access::put_shields(tx, 4711, {{{party}, home.persons[0].value, access::kAllTopics, t.clock().today(), *Date::from_iso(access::kForever)}}, {});
    });
  }
  ErrorCode why_not(const Login& login, const EmergencyAsk& ask) {
    const auto done = open(login, ask);
    EXPECT_FALSE(done);
    return done ? ErrorCode::unavailable : done.error().code;
  }
};

TEST(Emergency, opens_one_household_to_read_for_this_account_alone) {  // M-52
  Crisis w;
  const Login colleague = w.t.account("swc", Role::field_worker);
  EXPECT_FALSE(w.may(w.worker));
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  EXPECT_TRUE(w.may(w.worker));
  EXPECT_FALSE(w.may(w.worker, Act::write)) << "to look, not to change";
  EXPECT_FALSE(w.may(colleague));
  const auto permit = w.t.read(w.worker, [&](auto&, auto& gate) { return gate.explain(w.home.household.value, Act::read); });
  EXPECT_TRUE(permit->verdict.visible.has_all(Topic::contact | Topic::safety));
  EXPECT_FALSE(permit->verdict.visible.meets(Topic::abuse | Topic::reporter | Topic::tax));
}

TEST(Emergency, finds_a_person_by_exact_name_and_birth_only) {
  Crisis w;
  const Date born = *Date::from_ymd(1982, 4, 5);
  EXPECT_EQ(w.why_not(w.worker, w.by_name("中小路 薫子", born)), ErrorCode::not_found);
  EXPECT_EQ(w.why_not(w.worker, w.by_name("中小路 薫", born.plus_days(1))), ErrorCode::not_found);
  EXPECT_EQ(w.why_not(w.worker, w.by_name("中小路", born)), ErrorCode::not_found);
  EXPECT_TRUE(w.open(w.worker, w.by_name("中小路　薫", born)));
}

TEST(Emergency, needs_a_reason_and_somebody_to_look_for) {
  Crisis w;
  EmergencyAsk ask = w.by_number();
  ask.reason = " ";
  EXPECT_EQ(w.why_not(w.worker, ask), ErrorCode::invalid);
  ask = w.by_number();
  ask.reason_code = "curious";
  EXPECT_EQ(w.why_not(w.worker, ask), ErrorCode::invalid);
  ask = w.by_number();
  ask.harm_checked = false;
  EXPECT_EQ(w.why_not(w.worker, ask), ErrorCode::invalid) << "69条2項 knows a limit";
  ask = w.by_number();
  ask.number.clear();
  EXPECT_EQ(w.why_not(w.worker, ask), ErrorCode::invalid);
  ask.name = "中小路 薫";
  EXPECT_EQ(w.why_not(w.worker, ask), ErrorCode::invalid) << "a name without its birth date";
}

TEST(Emergency, rests_on_the_article_of_who_holds_the_record) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const auto basis = w.t.db().read([&](db::ReadTx& tx) {
    return tx.list<std::string>(R"sql(SELECT basis FROM access_ground WHERE kind = $1)sql", db::params(static_cast<std::int64_t>(access::GroundKind::emergency)),
                                [](const db::Row& r) { return r.text(0); });
  });
  ASSERT_EQ(basis.size(), 1u);
  EXPECT_EQ(basis.front(), programme::danger_basis_text(w.t.m(), "cgsc_nishi", w.t.clock().today()));
}

TEST(Emergency, never_opens_over_a_shield_and_answers_as_if_there_were_nobody) {  // practice §2
  Crisis by_agency;
  by_agency.shield(by_agency.t.agency("swc").value);
  EXPECT_EQ(by_agency.why_not(by_agency.worker, by_agency.by_number()), ErrorCode::not_found);
  Crisis by_account;
  by_account.shield(by_account.worker.account.value);
  EXPECT_EQ(by_account.why_not(by_account.worker, by_account.by_number()), ErrorCode::not_found);
  EmergencyAsk nobody = by_account.by_number();
  nobody.number = "世R08-99999";
  const auto shielded = by_account.open(by_account.worker, by_account.by_number()), none = by_account.open(by_account.worker, nobody);
  EXPECT_EQ(shielded.error().message, none.error().message);
  EXPECT_FALSE(by_account.may(by_account.worker));
  EXPECT_TRUE(by_account.t.db().read([](db::ReadTx& tx) { return store::newest(tx).empty(); })) << "nothing is left of the try";
}

TEST(Emergency, tells_nothing_of_a_shield_to_who_reads_the_home_anyway) {
  Crisis w;
  w.shield(w.t.agency("cgsc_nishi").value);
  EXPECT_EQ(w.why_not(w.holder, w.by_number()), ErrorCode::conflict) << "as without a shield";
  EXPECT_EQ(w.why_not(w.holder, w.by_name("中小路 薫", *Date::from_ymd(1982, 4, 5))), ErrorCode::not_found) << "who is hidden is not found by name";
}

TEST(Emergency, is_neither_told_to_nor_reviewed_by_who_is_kept_from_somebody_of_the_home) {
  Crisis w;
  w.shield(w.t.agency("cgsc_nishi").value);
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const auto told = [&](std::string_view agency) {
    return w.t.db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = 'emergency.review' AND party_id = $1)sql", db::params(w.t.agency(agency)));
    });
  };
  EXPECT_EQ(told("cgsc_nishi"), 0);
  EXPECT_EQ(told("chiiki_fukushi_renkei"), 1);
}

TEST(Emergency, by_a_guarded_window_is_a_matter_of_abuse_and_names_no_window) {
  Crisis w;
  w.t.db().write([&](db::WriteTx& tx) { access::set_guarded(tx, {w.t.agency("swc")}); });
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const Login officer = w.t.account("chiiki_fukushi_renkei", Role::city_officer), auditor = w.t.account("chiiki_fukushi_renkei", Role::auditor);
  const EmergencyAccessId opened = w.only();
  const auto seen = w.t.read(officer, [&](auto& tx, auto& gate) { return emergency(tx, gate, opened); });
  ASSERT_TRUE(seen);
  EXPECT_FALSE(seen->facts.agency);
  const std::string name = w.t.city().directory.name(w.t.agency("swc"));
  EXPECT_EQ(w.t.get(auditor, "/audit/emergency").body.find(name), std::string::npos);
  const auto why = w.t.read(officer, [&](auto&, auto& gate) { return gate.explain(opened.value, Act::read); });
  EXPECT_TRUE(why->facts.topics.has_all(Topic::abuse));
}

TEST(Emergency, so_many_a_day_and_then_only_after_review) {
  Crisis w;
  for (int i = 0; i < 3; ++i) {
    people::NewHousehold in;
    people::NewPerson p;
    p.fields.family = "神足";
    p.fields.given = "第" + std::to_string(i);
    p.fields.birth = PartialDate{1970, 1, 1 + i};
    in.persons.push_back(p);
    ASSERT_TRUE(w.t.write(w.holder, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, in); }));
    ASSERT_TRUE(w.open(w.worker, w.by_name("神足 第" + std::to_string(i), *Date::from_ymd(1970, 1, 1 + i))));
  }
  const Login auditor = w.t.account("chiiki_fukushi_renkei", Role::auditor);
  EXPECT_EQ(w.t.read(auditor, [](auto& tx, auto& gate) { return unreviewed_emergencies(tx, gate); }), 3);
  EXPECT_EQ(w.t.read(w.worker, [](auto& tx, auto& gate) { return unreviewed_emergencies(tx, gate); }), 0);
  EXPECT_EQ(w.why_not(w.worker, w.by_number()), ErrorCode::conflict);
  EXPECT_FALSE(w.may(w.worker));
  ASSERT_TRUE(w.review(w.t.account("cgsc_nishi", Role::head), Verdict::justified));
  EXPECT_TRUE(w.open(w.worker, w.by_number()));
}

TEST(Emergency, a_shield_that_comes_later_shuts_it) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  w.shield(w.worker.account.value);
  EXPECT_FALSE(w.t.read(w.worker, [&](auto&, auto& gate) { return gate.may(w.home.persons[0], Act::read); }));
}

TEST(Emergency, who_sees_the_household_anyway_does_not_open_it) {
  Crisis w;
  EXPECT_EQ(w.why_not(w.holder, w.by_number()), ErrorCode::conflict);
}

TEST(Emergency, ends_with_its_hours) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  w.t.clock().advance_ms(23LL * 3'600'000);
  EXPECT_EQ(end_run_out_emergencies(w.t.db(), w.t.clock().now()), 0);
  EXPECT_TRUE(w.may(w.worker));
  w.t.clock().advance_ms(3'600'000);
  EXPECT_EQ(end_run_out_emergencies(w.t.db(), w.t.clock().now()), 1);
  EXPECT_FALSE(w.may(w.worker));
  EXPECT_EQ(end_run_out_emergencies(w.t.db(), w.t.clock().now()), 0);
}

TEST(Emergency, tells_the_holder_and_the_city_at_once_and_the_auditor_sees_it) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const auto told = [&](std::string_view agency) {
    return w.t.db().read([&](db::ReadTx& tx) {
      return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = 'emergency.review' AND party_id = $1 AND done_on IS NULL)sql", db::params(w.t.agency(agency)));
    });
  };
  EXPECT_EQ(told("cgsc_nishi"), 1);
  EXPECT_EQ(told("chiiki_fukushi_renkei"), 1);
  EXPECT_EQ(told("swc"), 0);
  const Login auditor = w.t.account("chiiki_fukushi_renkei", Role::auditor);
  const auto list = w.t.get(auditor, "/audit/emergency");
  EXPECT_NE(list.body.find("命にかかわる"), std::string::npos);
  EXPECT_EQ(list.body.find("中小路"), std::string::npos) << "no content for the auditor";
  EXPECT_EQ(w.t.get(w.worker, "/audit/emergency").status, 404);
  w.t.clock().set(w.t.clock().today().plus_days(5));
  const auto late = w.t.db().read([](db::ReadTx& tx) { return store::newest(tx).at(0); });
  EXPECT_TRUE(late.overdue_on(w.t.clock().today()));
}

TEST(Emergency, is_reviewed_by_officers_and_heads_of_the_holder_and_never_by_who_opened_it) {  // M-22
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const Login head = w.t.account("cgsc_nishi", Role::head), own_head = w.t.account("swc", Role::head), other = w.t.account("cgsc_kita", Role::head);
  EXPECT_EQ(w.review(own_head, Verdict::justified).error().code, ErrorCode::not_found) << "not the agency of who opened it";
  EXPECT_EQ(w.review(other, Verdict::justified).error().code, ErrorCode::not_found);
  EXPECT_EQ(w.review(w.holder, Verdict::justified).error().code, ErrorCode::not_permitted) << "a coordinator is told, and does not decide";
  EXPECT_EQ(w.review(head, Verdict::not_justified).error().code, ErrorCode::invalid) << "says why";
  ASSERT_TRUE(w.review(head, Verdict::justified));
  EXPECT_EQ(w.review(head, Verdict::justified).error().code, ErrorCode::stale) << "once";
  EXPECT_TRUE(w.may(w.worker)) << "justified: until its hour";
}

TEST(Emergency, that_was_not_justified_is_shut_at_once) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const Login officer = w.t.account("chiiki_fukushi_renkei", Role::city_officer);
  ASSERT_TRUE(w.review(officer, Verdict::not_justified, "急ぐ理由がなかった。上司と話した。"));
  EXPECT_FALSE(w.may(w.worker));
}

TEST(Emergency, own_opening_is_reviewed_by_somebody_else) {
  Crisis w;
  // An officer of the city's own section who opens what another agency holds.
  const Login officer = w.t.account("chiiki_fukushi_renkei", Role::city_officer);
  ASSERT_TRUE(w.open(officer, w.by_number()));
  EXPECT_EQ(w.review(officer, Verdict::justified).error().code, ErrorCode::not_permitted);
}

TEST(Emergency, wrong_tries_are_counted_limited_and_audited) {
  Crisis w;
  const web::Pairs wrong{{"number", "世R08-99999"}, {"reason_code", "life"}, {"reason", "急ぎ"}, {"harm_checked", "none"}};
  for (int i = 0; i < 5; ++i) {
    const auto refused = w.t.post(w.worker, "/emergency", wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.before_send) << "each goes into the audit before it is answered";
  }
  const auto limited = w.t.post(w.worker, "/emergency", {{"number", w.number}, {"reason_code", "life"}, {"reason", "急ぎ"}, {"harm_checked", "none"}});
  EXPECT_EQ(limited.status, 429);
  EXPECT_FALSE(w.may(w.worker));
  const Login other = w.t.account("swc", Role::field_worker);
  EXPECT_EQ(w.t.post(other, "/emergency", {{"number", w.number}, {"reason_code", "life"}, {"reason", "急ぎ"}, {"harm_checked", "none"}}).status, 303);
}

TEST(Emergency, the_page_leads_to_the_household_and_is_for_those_who_work_with_cases) {
  Crisis w;
  EXPECT_EQ(w.t.get(w.worker, "/emergency").status, 200);
  const auto opened = w.t.post(w.worker, "/emergency", {{"number", w.number}, {"reason_code", "life"}, {"reason", "急ぎ"}, {"harm_checked", "none"}});
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(opened.header_value("Location"), "/nagaokakyo/households/" + id_text(w.home.household));
  const Login member = w.t.account("swc", Role::meeting_member), admin = w.t.account("swc", Role::administrator);
  EXPECT_EQ(w.t.get(member, "/emergency").status, 404);
  EXPECT_EQ(w.t.get(admin, "/emergency").status, 404);
  const Login head = w.t.account("cgsc_nishi", Role::head);
  EXPECT_NE(w.t.get(head, "/emergencies/" + id_text(w.only())).body.find("急ぎ"), std::string::npos);
  EXPECT_EQ(w.t.get(w.worker, "/emergencies/" + id_text(w.only())).status, 404);
}

TEST(Emergency, whoever_opened_it_ends_it_and_it_waits_for_review_all_the_same) {
  Crisis w;
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  const std::string end = "/emergencies/" + id_text(w.only()) + "/end";
  EXPECT_NE(w.t.get(w.worker, "/emergency").body.find("閲覧を終える"), std::string::npos);
  const Login colleague = w.t.account("swc", Role::field_worker), head = w.t.account("cgsc_nishi", Role::head), auditor = w.t.account("chiiki_fukushi_renkei", Role::auditor);
  EXPECT_EQ(w.t.post(colleague, end).status, 404) << "not theirs, as if it were none";
  EXPECT_EQ(w.t.post(w.holder, end).status, 404) << "the holder closes it by its review";
  EXPECT_EQ(w.t.post(head, end).status, 404);
  EXPECT_EQ(w.t.post(auditor, end).status, 404);
  EXPECT_EQ(w.t.post(w.worker, "/emergencies/" + id_text(fresh_id<EmergencyAccessTag>()) + "/end").status, 404);
  EXPECT_TRUE(w.may(w.worker));
  EXPECT_EQ(w.t.post(w.worker, end).status, 303);
  EXPECT_FALSE(w.may(w.worker));
  EXPECT_EQ(w.t.post(w.worker, end).status, 409) << "once";
  EXPECT_EQ(w.t.get(w.worker, "/emergency").body.find("閲覧を終える"), std::string::npos);
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM act WHERE kind = 'emergency.ended')sql"); }), 1);
  EXPECT_EQ(w.t.db().read([](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM due_item WHERE kind = 'emergency.review' AND done_on IS NULL)sql"); }), 2);
  ASSERT_TRUE(w.review(head, Verdict::justified));
  EXPECT_FALSE(w.may(w.worker)) << "what was ended stays shut";
}

// The auditor sees every opening, whatever became of it, and how many nobody has looked at; never whom it is about.
TEST(Emergency, the_auditor_sees_each_opening_and_how_many_wait) {
  Crisis w;
  const Login auditor = w.t.account("chiiki_fukushi_renkei", Role::auditor), officer = w.t.account("chiiki_fukushi_renkei", Role::city_officer);
  const auto lines = [&](const Login& who) { return w.t.read(who, [](auto& tx, auto& gate) { return emergencies_for_audit(tx, gate); }); };
  const auto waiting = [&] { return w.t.read(auditor, [](auto& tx, auto& gate) { return unreviewed_emergencies(tx, gate); }); };
  EXPECT_EQ(waiting(), 0);
  EXPECT_NE(w.t.get(auditor, "/audit/emergency").body.find("緊急の閲覧はありません"), std::string::npos);
  ASSERT_TRUE(w.open(w.worker, w.by_number()));
  EXPECT_EQ(waiting(), 1);
  ASSERT_EQ(w.t.post(w.worker, "/emergencies/" + id_text(w.only()) + "/end").status, 303);
  EXPECT_EQ(waiting(), 1) << "ended is not reviewed";
  ASSERT_TRUE(w.open(w.worker, w.by_number())) << "a second need is a second opening";
  EXPECT_EQ(waiting(), 2);
  EXPECT_EQ(lines(auditor).size(), 2u);
  EXPECT_TRUE(lines(officer).empty()) << "the list of all is for the auditor";
  ASSERT_TRUE(w.review(w.t.account("cgsc_nishi", Role::head), Verdict::not_justified, "急ぐ理由がなかった。"));
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(lines(auditor).size(), 2u) << "none leaves the list";
  const std::string page = w.t.get(auditor, "/audit/emergency").body;
  EXPECT_NE(page.find("試験"), std::string::npos) << "who opened it";
  for (const char* content : {"中小路", "部屋から声", "急ぐ理由がなかった", "閲覧を終える"}) EXPECT_EQ(page.find(content), std::string::npos) << content;
}

TEST(EmergencyLimits, come_from_the_folder) {
  TestCity t("kitakami");
  EXPECT_EQ(emergency_hours(t.m()), 24);
  EXPECT_EQ(emergency_review_days(t.m()), 3);
}

class EmergencyStore : public db::EngineTest {};
KASANE_EVERY_ENGINE(EmergencyStore);

TEST_P(EmergencyStore, lists_what_has_run_out_until_it_is_ended) {
  const EmergencyAccessId id = fresh_id<EmergencyAccessTag>();
  db().write([&](db::WriteTx& tx) {
    access::Door::run(tx, R"sql(INSERT INTO emergency_access (id, household_id, account_id, agency_id, holder_id, reason_code, pii_reason, opened_at, until_at, ended_at,
                                  review_by, reviewed_on, reviewed_by, verdict, pii_note, version)
                                VALUES ($permit, 1, 2, 3, 4, 'life', 'x', 1000, 2000, NULL, '2026-12-01', NULL, NULL, '', '', 1))sql",
                      {}, id.value);
    EXPECT_TRUE(store::run_out(tx, 1999).empty());
    EXPECT_EQ(store::run_out(tx, 2000).size(), 1u);
    EXPECT_EQ(store::of_account(tx, AccountId(2)).size(), 1u);
    EXPECT_EQ(store::newest(tx).size(), 1u);
    store::set_ended(tx, id, 2000);
    EXPECT_TRUE(store::run_out(tx, 3000).empty());
    EXPECT_EQ(store::emergency(tx, id)->ended_at, 2000);
  });
}

}  // namespace
}  // namespace kasane::consent
