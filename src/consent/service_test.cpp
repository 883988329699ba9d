#include "consent/service.hpp"

#include <gmock/gmock.h>

#include "access/shields.hpp"
#include "base/crypto.hpp"
#include "db/testing.hpp"
#include "due/service.hpp"
#include "people/search.hpp"
#include "people/testing.hpp"

namespace kasane::consent {
namespace {

using access::Topic;
using access::Viewer;
using people::testing::Office;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr AgencyId kHoukatsu{101};  // registers and holds the household
constexpr AgencyId kShakyo{102};    // in the team
constexpr AgencyId kWindow{103};    // in the team, but left out by the mother
constexpr AgencyId kOther{104};     // not in the team

class Consents : public db::EngineTest {
 protected:
  Office office{db()};
  Viewer moe = Office::staff(kHoukatsu, Role::window_counsellor);
  Viewer worker = Office::staff(kShakyo, Role::field_worker);
  Viewer window = Office::staff(kWindow, Role::window_counsellor);
  Viewer stranger = Office::staff(kOther, Role::coordinator);
  people::Registered home = office.household(moe, {{"佐瀬", "和子"}, {"佐瀬", "健"}});
  PersonId mother = home.persons[0];
  PersonId son = home.persons[1];

  void SetUp() override {
    for (const AgencyId agency : {kHoukatsu, kShakyo, kWindow}) office.join(home.household, agency);
  }
  Date today() const { return office.clock.today(); }
  NewConsent fact(Kind kind, PersonId person) {
    NewConsent c;
    c.household = home.household;
    c.person = person;
    c.kind = kind;
    c.given_on = today();
    c.form_version = "test";
    return c;
  }
  Result<ConsentId> put(const Viewer& who, const NewConsent& what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return record(tx, gate, actor, what); });
  }
  Result<Withdrawn> take_back(const Viewer& who, ConsentId id) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return withdraw(tx, gate, actor, id, today(), "もうよい"); });
  }
  PersonConsent state(PersonId person) {
    return db().read([&](db::ReadTx& tx) { return state_of(tx, person, today()); });
  }
  bool sees(const Viewer& who, PersonId person) {
    return office.read(who, [&](auto&, auto& gate) { return gate.may(person, access::Act::read); });
  }
  bool sees_home(const Viewer& who) {
    return office.read(who, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); });
  }
  std::vector<ConsentLine> lines(const Viewer& who) {
    auto found = office.read(who, [&](auto& tx, auto& gate) { return consents_of(tx, gate, home.household); });
    return found ? std::move(*found) : std::vector<ConsentLine>();
  }
  std::int64_t acts(const char* kind, const char* code) {
    return db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = $1 AND code = $2", db::params(kind, code)); });
  }
};
KASANE_EVERY_ENGINE(Consents);

TEST_P(Consents, application_and_sharing_are_two_facts_K_43_N_33) {
  EXPECT_EQ(state(mother).application.validity, Validity::none);
  ASSERT_TRUE(put(moe, fact(Kind::application, mother)));
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return applied(tx, mother, today()); }));
  EXPECT_FALSE(db().read([&](db::ReadTx& tx) { return sharing_stands(tx, mother, today()); }));
  EXPECT_FALSE(sees_home(worker)) << "an application shares nothing";
  const auto sharing = put(moe, fact(Kind::sharing, mother));
  ASSERT_TRUE(sharing);
  ASSERT_TRUE(take_back(moe, *sharing));
  EXPECT_TRUE(state(mother).application.valid()) << "each has its own withdrawal";
  EXPECT_EQ(state(mother).sharing.validity, Validity::withdrawn);
  EXPECT_EQ(acts("consent.given", "application"), 1);
  EXPECT_EQ(acts("consent.given", "sharing"), 1);
  EXPECT_EQ(acts("consent.withdrawn", "sharing"), 1);
}

TEST_P(Consents, sharing_opens_the_household_to_the_team_about_that_person_only_T_67) {
  EXPECT_FALSE(sees_home(worker));
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  EXPECT_TRUE(sees_home(worker));
  EXPECT_TRUE(sees(worker, mother));
  EXPECT_FALSE(sees(worker, son)) << "he was not asked";
  EXPECT_FALSE(sees_home(stranger)) << "not in the team";
  const auto states_now = db().read([&](db::ReadTx& tx) { return states(tx, home.household, today()); });
  ASSERT_EQ(states_now.size(), 1u);
  EXPECT_EQ(states_now[0].person, mother);
}

TEST_P(Consents, one_who_joins_the_team_later_is_covered) {
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  office.join(home.household, kOther);
  EXPECT_TRUE(sees(stranger, mother));
}

TEST_P(Consents, an_excluded_agency_sees_nothing_new_and_no_trace) {
  auto c = fact(Kind::sharing, mother);
  c.exceptions = {kWindow};
  office.reach(home.household, kWindow, access::kStandardScope, son);  // it works with the son
  ASSERT_TRUE(put(moe, c));
  EXPECT_TRUE(sees(worker, mother));
  EXPECT_FALSE(sees(window, mother));
  EXPECT_TRUE(sees(window, son));
  EXPECT_THAT(lines(window), IsEmpty());
  const auto hits = office.read(window, [&](auto& tx, auto& gate) { return people::search(tx, gate, "佐瀬").person_count; });
  EXPECT_EQ(hits, 1) << "counts and search do not differ";
  EXPECT_THAT(state(mother).sharing.exceptions, ElementsAre(kWindow));
}

TEST_P(Consents, topics_that_were_not_named_stay_closed) {
  auto c = fact(Kind::sharing, mother);
  c.standard = false;
  c.topics = Topic::plan;
  ASSERT_TRUE(put(moe, c));
  const auto v = office.read(worker, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, home.household); });
  ASSERT_TRUE(v);
  EXPECT_FALSE(v->shows_contact);
  EXPECT_FALSE(office.read(worker, [&](auto&, auto& gate) { return gate.read(mother)->shows(Topic::abuse); }));
}

TEST_P(Consents, withdrawal_stops_sharing_with_the_commit_and_lists_what_went_out) {
  const auto id = put(moe, fact(Kind::sharing, mother)).value();
  ASSERT_TRUE(sees(worker, mother));
  const auto done = take_back(worker, id);  // she told 社協; whoever sees it may record it
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->reached, ::testing::UnorderedElementsAre(kHoukatsu, kShakyo, kWindow));
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_FALSE(sees_home(worker));
  const auto list = lines(moe);
  ASSERT_EQ(list.size(), 1u) << "the past stays";
  EXPECT_EQ(list[0].validity, Validity::withdrawn);
  EXPECT_EQ(list[0].withdrawal.shown(), "もうよい");
  EXPECT_EQ(list[0].went_out.size(), 3u);
  EXPECT_EQ(take_back(moe, id).error().code, ErrorCode::conflict);
}

TEST_P(Consents, withdrawal_is_denied_to_who_does_not_know_it_and_to_who_only_reads) {
  const auto id = put(moe, fact(Kind::sharing, mother)).value();
  EXPECT_EQ(take_back(stranger, id).error().code, ErrorCode::not_found);
  EXPECT_EQ(take_back(Office::staff(kHoukatsu, Role::head), id).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(take_back(moe, fresh_id<ConsentTag>()).error().code, ErrorCode::not_found);
  const auto early = office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return withdraw(tx, gate, actor, id, today().plus_days(-1), ""); });
  EXPECT_EQ(early.error().fields.at(0).field, "on");
  const auto late = office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return withdraw(tx, gate, actor, id, today().plus_days(1), ""); });
  EXPECT_EQ(late.error().fields.at(0).field, "on");
  const auto old = office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return withdraw(tx, gate, actor, id, today(), "", 7); });
  EXPECT_EQ(old.error().code, ErrorCode::stale);
  EXPECT_TRUE(state(mother).sharing.valid());
}

TEST_P(Consents, a_refusal_is_a_fact_and_ends_what_stood) {
  auto no = fact(Kind::sharing, son);
  no.refused = true;
  ASSERT_TRUE(put(moe, no));
  EXPECT_EQ(state(son).sharing.validity, Validity::refused);
  EXPECT_FALSE(sees(worker, son));
  EXPECT_EQ(acts("consent.refused", "sharing"), 1);

  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  ASSERT_TRUE(sees(worker, mother));
  auto changed = fact(Kind::sharing, mother);
  changed.refused = true;
  ASSERT_TRUE(put(moe, changed));
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_EQ(state(mother).sharing.validity, Validity::refused);
}

// What was passed on by spoken consent about a person does not outlive that person's no.
TEST_P(Consents, withdrawal_and_refusal_also_end_what_was_passed_on_by_word_of_mouth) {
  office.reach(home.household, kOther, access::kStandardScope, mother);
  office.reach(home.household, kWindow, access::kStandardScope, son);
  const auto id = put(moe, fact(Kind::sharing, mother)).value();
  EXPECT_TRUE(sees(stranger, mother));
  const auto done = take_back(moe, id);
  ASSERT_TRUE(done);
  EXPECT_FALSE(sees(stranger, mother));
  EXPECT_TRUE(sees(window, son)) << "what the son said stands";
  EXPECT_THAT(done->reached, ::testing::Contains(kOther));
  EXPECT_THAT(lines(moe).at(0).went_out, ::testing::Contains(kOther));

  auto no = fact(Kind::sharing, son);
  no.refused = true;
  const auto refused = put(moe, no);
  ASSERT_TRUE(refused);
  EXPECT_FALSE(sees(window, son));
  for (const ConsentLine& line : lines(moe)) {
    if (line.id == *refused) {
      EXPECT_THAT(line.went_out, ElementsAre(kWindow));
    }
  }
}

TEST_P(Consents, withdrawal_ends_a_spoken_consent_that_names_nobody) {
  office.reach(home.household, kOther, access::kStandardScope);
  const auto id = put(moe, fact(Kind::sharing, mother)).value();
  ASSERT_TRUE(sees_home(stranger));
  ASSERT_TRUE(take_back(moe, id));
  EXPECT_FALSE(sees_home(stranger));
}

TEST_P(Consents, a_new_consent_leaves_what_was_passed_on_as_it_is) {
  office.reach(home.household, kOther, access::kStandardScope, mother);
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  EXPECT_TRUE(sees(stranger, mother));
}

TEST_P(Consents, a_later_consent_replaces_the_scope_of_the_earlier) {
  const auto first = put(moe, fact(Kind::sharing, mother)).value();
  auto narrower = fact(Kind::sharing, mother);
  narrower.exceptions = {kShakyo};
  ASSERT_TRUE(put(moe, narrower));
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_TRUE(sees(window, mother));
  EXPECT_EQ(take_back(moe, first).error().code, ErrorCode::conflict) << "it does not count any more";
  const auto list = lines(moe);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_TRUE(list[0].latest);
  EXPECT_FALSE(list[1].latest);
  EXPECT_EQ(list[1].went_out.size(), 3u);
}

TEST_P(Consents, a_fact_of_an_earlier_day_entered_late_is_history) {
  auto no = fact(Kind::sharing, mother);
  no.refused = true;
  ASSERT_TRUE(put(moe, no));
  auto earlier = fact(Kind::sharing, mother);
  earlier.given_on = today().plus_days(-30);
  ASSERT_TRUE(put(moe, earlier));
  EXPECT_EQ(state(mother).sharing.validity, Validity::refused);
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return sharing_stands(tx, mother, today().plus_days(-10)); }));
}

// What a person took back stays taken back, however late an older paper is entered.
TEST_P(Consents, a_paper_from_before_the_withdrawal_entered_late_does_not_revive_sharing_T_67) {
  auto first = fact(Kind::sharing, mother);
  first.given_on = today().plus_days(-30);
  const auto id = put(moe, first).value();
  ASSERT_TRUE(take_back(moe, id));
  auto late = fact(Kind::sharing, mother);
  late.given_on = today().plus_days(-10);
  const auto entered = put(moe, late);
  ASSERT_TRUE(entered);
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_FALSE(state(mother).sharing.valid());
  EXPECT_EQ(state(mother).sharing.validity, Validity::withdrawn);
  for (const ConsentLine& line : lines(moe)) EXPECT_EQ(line.validity, Validity::withdrawn);
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother))) << "a word given after it counts";
  EXPECT_TRUE(sees(worker, mother));
}

TEST_P(Consents, who_may_only_look_at_the_household_records_no_consent) {
  for (const access::GroundKind kind : {access::GroundKind::emergency, access::GroundKind::provision, access::GroundKind::cooperation, access::GroundKind::dormant_access}) {
    access::Ground looks;
    looks.kind = kind;
    looks.root = home.household.value;
    looks.topics = access::kStandardScope;
    looks.named = {kOther.value};
    looks.from = today();
    looks.until = today().plus_days(1);
    looks.source = next_id();
    db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {AccountId(1), kOther, office.clock.now()}); });
    EXPECT_TRUE(sees_home(stranger));
    EXPECT_EQ(put(stranger, fact(Kind::sharing, mother)).error().code, ErrorCode::not_permitted);
    EXPECT_FALSE(sees_home(worker)) << "nothing opened";
    db().write([&](db::WriteTx& tx) { access::revoke_grounds(tx, looks.source, today()); });
  }
}

TEST_P(Consents, a_consent_lapses_with_its_last_day_and_with_the_case) {
  auto c = fact(Kind::sharing, mother);
  c.valid_until = today().plus_days(10);
  ASSERT_TRUE(put(moe, c));
  ASSERT_TRUE(put(moe, fact(Kind::application, mother)));
  const auto lapse = [&](const Viewer& who) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return let_lapse(tx, gate, actor, home.household, today().plus_days(5)); });
  };
  EXPECT_EQ(lapse(stranger).error().code, ErrorCode::not_found);
  EXPECT_EQ(lapse(Office::staff(kHoukatsu, Role::head)).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(lapse(moe).value(), 2);
  EXPECT_EQ(lapse(moe).value(), 0);
  office.clock.set(today().plus_days(5));
  EXPECT_TRUE(sees(worker, mother));
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees(worker, mother));
  EXPECT_EQ(state(mother).sharing.validity, Validity::lapsed);
  EXPECT_EQ(state(mother).application.validity, Validity::lapsed);
}

TEST_P(Consents, recording_is_denied_to_who_does_not_know_the_household_or_only_reads) {
  EXPECT_EQ(put(stranger, fact(Kind::sharing, mother)).error().code, ErrorCode::not_found);
  EXPECT_EQ(put(worker, fact(Kind::sharing, mother)).error().code, ErrorCode::not_found) << "in the team, but on no ground yet";
  EXPECT_EQ(put(Office::staff(kHoukatsu, Role::head), fact(Kind::sharing, mother)).error().code, ErrorCode::not_permitted);
  office.reach(home.household, kShakyo, access::kStandardScope, son);
  EXPECT_EQ(put(worker, fact(Kind::sharing, mother)).error().fields.at(0).field, "person") << "the mother is not known to it";
  EXPECT_TRUE(put(worker, fact(Kind::sharing, son)));
  const auto elsewhere = office.household(moe, {{"楠本", "春子"}});
  EXPECT_EQ(put(moe, fact(Kind::sharing, elsewhere.persons[0])).error().fields.at(0).field, "person");
  EXPECT_THAT(office.read(stranger, [&](auto& tx, auto& gate) { return consents_of(tx, gate, home.household); }).error().code, ErrorCode::not_found);
}

TEST_P(Consents, one_sheet_carries_both_facts_and_is_kept_once) {
  const std::string bytes = std::string("\xFF\xD8\xFF\xE0 photo ") + '\0' + " bytes";
  auto application = fact(Kind::application, mother);
  application.sheet = Sheet{bytes};
  const auto made = office.write(moe, [&](auto& tx, auto& gate, const auto& actor) {
    return record_all(tx, gate, actor, {application, fact(Kind::sharing, mother)});
  });
  ASSERT_TRUE(made);
  ASSERT_EQ(made->size(), 2u);
  EXPECT_EQ(db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM consent_sheet"); }), 1);
  for (const ConsentId id : *made) {
    const auto sheet = office.read(moe, [&](auto& tx, auto& gate) { return sheet_of(tx, gate, id); });
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->content_type, "image/jpeg");
    const auto kept = from_base64url(sheet->base64url.shown());
    ASSERT_TRUE(kept);
    EXPECT_EQ(std::string(kept->begin(), kept->end()), bytes);
  }
  const auto denied = [&](const Viewer& who) {
    return office.read(who, [&](auto& tx, auto& gate) { return sheet_of(tx, gate, made->front()); }).error().code;
  };
  EXPECT_EQ(denied(stranger), ErrorCode::not_found);
  office.reach(home.household, kOther, Topic::basic);
  EXPECT_EQ(denied(stranger), ErrorCode::not_found) << "a sheet bears an address: not for who may not see that";
  EXPECT_TRUE(office.read(worker, [&](auto& tx, auto& gate) { return sheet_of(tx, gate, made->front()); }));
}

TEST_P(Consents, an_answer_settles_what_awaited_it) {
  const SubjectRef subject{SubjectKind::person, mother.value};
  db().write([&](db::WriteTx& tx) { due::await(tx, {"consent.seek", kHoukatsu.value, home.household.value, subject, today()}, office.clock.now()); });
  ASSERT_TRUE(put(moe, fact(Kind::sharing, mother)));
  EXPECT_THAT(db().read([&](db::ReadTx& tx) { return due::open_about(tx, home.household.value).size(); }), 0u);
}

TEST_P(Consents, the_own_view_of_a_child_is_kept_apart_W_30) {
  const auto say = [&](const Viewer& who, NewOwnView what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return record_own_view(tx, gate, actor, what); });
  };
  const auto hear = [&](const Viewer& who) { return office.read(who, [&](auto& tx, auto& gate) { return own_views(tx, gate, son); }); };
  ASSERT_TRUE(say(moe, {home.household, son, "学校に行きたい", today()}));
  const auto heard = hear(moe);
  ASSERT_TRUE(heard);
  ASSERT_EQ(heard->size(), 1u);
  EXPECT_EQ((*heard)[0].text.shown(), "学校に行きたい");

  EXPECT_EQ(hear(stranger).error().code, ErrorCode::not_found);
  EXPECT_EQ(say(stranger, {home.household, son, "x", today()}).error().code, ErrorCode::not_found);
  EXPECT_EQ(say(Office::staff(kHoukatsu, Role::head), {home.household, son, "x", today()}).error().code, ErrorCode::not_permitted);
  office.reach(home.household, kOther, access::kStandardScope.without(Topic::child));
  EXPECT_THAT(*hear(stranger), IsEmpty()) << "without the topic there is nothing, not even a count";
  office.shield(son, kHoukatsu, Topic::child);
  EXPECT_THAT(*hear(moe), IsEmpty());
  EXPECT_EQ(say(moe, {home.household, son, "  ", today().plus_days(1)}).error().fields.size(), 2u);
}

// Under one roof the entry in the register is spared by a shield; what the person said is not.
TEST_P(Consents, the_own_view_is_kept_from_who_is_kept_from_the_matters_of_the_person) {
  ASSERT_TRUE(office.write(moe, [&](auto& tx, auto& gate, const auto& actor) {
    return record_own_view(tx, gate, actor, {home.household, son, "家を出たい", today()});
  }));
  const auto hear = [&](const Viewer& who) { return office.read(who, [&](auto& tx, auto& gate) { return own_views(tx, gate, son); }); };
  ASSERT_EQ(hear(moe)->size(), 1u);
  office.shield(son, kHoukatsu, access::kMatters);
  ASSERT_TRUE(hear(moe)) << "that he lives there is no secret";
  EXPECT_THAT(*hear(moe), IsEmpty());
}

// --- 106条の6 ---

class Requests : public Consents {
 protected:
  programme::Deadlines days;
  static constexpr AgencyId kCity{105};
  Viewer officer = Office::staff(kCity, Role::city_officer);
  programme::Body conference = [] {
    programme::Body body;
    body.code = "shien_kaigi";
    body.function = programme::BodyFunction::support_conference_106_6;
    body.grounds.push_back({"no_consent", "本人同意が得られない事案", ""});
    return body;
  }();

  NewGroundRequest request() {
    return {home.household, son, &conference, {kCity}, "no_consent", "二年会えていない", today()};
  }
  Result<GroundRequestId> ask(const Viewer& who, const NewGroundRequest& what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return ask_for_conference(tx, gate, actor, days, what); });
  }
  Result<> mark(const Viewer& who, GroundRequestId id, RequestState state) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return mark_request(tx, gate, actor, id, state, today()); });
  }
  std::size_t waiting(const Viewer& who) {
    return office.read(who, [&](auto& tx, auto& gate) { return waiting_requests(tx, gate, "shien_kaigi").size(); });
  }
};
KASANE_EVERY_ENGINE(Requests);

TEST_P(Requests, without_consent_the_request_itself_is_the_ground_for_the_hosts_T_66_K_59_W_77) {
  EXPECT_FALSE(sees_home(officer));
  const auto id = ask(moe, request());
  ASSERT_TRUE(id);
  EXPECT_TRUE(sees(officer, son));
  EXPECT_FALSE(sees(officer, mother)) << "it was asked for the son";
  ASSERT_EQ(waiting(officer), 1u);
  const auto line = office.read(officer, [&](auto& tx, auto& gate) { return ground_request(tx, gate, *id); });
  EXPECT_EQ(line->reason.shown(), "二年会えていない");
  EXPECT_EQ(line->ground_code, "no_consent");
  EXPECT_EQ(line->asked_by, kHoukatsu);
  const auto basis = db().read([&](db::ReadTx& tx) {
    return tx.one("SELECT basis, kind FROM access_ground WHERE root_id = $1 AND source_id = $2", db::params(home.household, *id), [](const db::Row& r) {
      return std::pair(r.text(0), r.i64(1));
    });
  });
  EXPECT_EQ(basis->first, "社会福祉法106条の6");
  EXPECT_EQ(basis->second, static_cast<std::int64_t>(access::GroundKind::statutory_conference));
  EXPECT_EQ(acts("ground.requested", "no_consent"), 1);
}

TEST_P(Requests, others_learn_nothing_of_a_request) {
  ASSERT_TRUE(put(moe, fact(Kind::sharing, son)));  // the team reaches the son on consent
  const auto id = ask(moe, request()).value();
  EXPECT_TRUE(sees(worker, son));
  EXPECT_EQ(waiting(worker), 0u);
  EXPECT_THAT(*office.read(worker, [&](auto& tx, auto& gate) { return requests_of(tx, gate, home.household); }), IsEmpty());
  EXPECT_EQ(office.read(worker, [&](auto& tx, auto& gate) { return ground_request(tx, gate, id); }).error().code, ErrorCode::not_found);
  EXPECT_EQ(waiting(stranger), 0u);
  EXPECT_EQ(office.read(stranger, [&](auto& tx, auto& gate) { return requests_of(tx, gate, home.household); }).error().code, ErrorCode::not_found);
}

TEST_P(Requests, asking_is_denied_without_knowing_the_household_or_the_role) {
  EXPECT_EQ(ask(stranger, request()).error().code, ErrorCode::not_found);
  EXPECT_EQ(ask(Office::staff(kHoukatsu, Role::head), request()).error().code, ErrorCode::not_permitted);
  auto faulty = request();
  faulty.reason = " ";
  faulty.ground_code = "unknown";
  faulty.asked_on = today().plus_days(1);
  faulty.person = fresh_id<PersonTag>();
  EXPECT_EQ(ask(moe, faulty).error().fields.size(), 4u);
}

TEST_P(Requests, who_was_lent_the_household_to_look_at_passes_it_to_no_conference) {
  access::Ground looks;
  looks.kind = access::GroundKind::emergency;
  looks.root = home.household.value;
  looks.topics = access::kStandardScope;
  looks.named = {stranger.account.value};
  looks.from = today();
  looks.until = today();
  looks.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {AccountId(1), kOther, office.clock.now()}); });
  EXPECT_TRUE(sees_home(stranger));
  EXPECT_EQ(ask(stranger, request()).error().code, ErrorCode::not_permitted);
  EXPECT_FALSE(sees_home(officer));
}

TEST_P(Requests, that_no_sitting_treats_are_not_open_to_the_hosts_for_good) {
  ASSERT_TRUE(ask(moe, request()));
  office.clock.set(today().plus_days(days.ground_request));
  EXPECT_TRUE(sees(officer, son));
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees(officer, son));
}

TEST_P(Requests, are_open_to_the_hosts_for_as_long_as_the_city_says) {
  days.ground_request = 30;
  ASSERT_TRUE(ask(moe, request()));
  office.clock.set(today().plus_days(30));
  EXPECT_TRUE(sees(officer, son));
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees(officer, son));
}

TEST_P(Requests, what_was_treated_ends_the_hosts_ground_the_day_after) {
  const auto id = ask(moe, request()).value();
  EXPECT_EQ(mark(moe, id, RequestState::on_agenda).error().code, ErrorCode::not_permitted) << "agendas are for those who steer meetings";
  EXPECT_EQ(mark(stranger, id, RequestState::on_agenda).error().code, ErrorCode::not_found);
  ASSERT_TRUE(mark(officer, id, RequestState::on_agenda));
  EXPECT_EQ(waiting(officer), 0u);
  ASSERT_TRUE(mark(officer, id, RequestState::waiting)) << "deferred: it waits again";
  ASSERT_TRUE(mark(officer, id, RequestState::on_agenda));
  ASSERT_TRUE(mark(officer, id, RequestState::treated));
  EXPECT_EQ(acts("ground.treated", "no_consent"), 1);
  EXPECT_TRUE(sees(officer, son));
  EXPECT_EQ(mark(officer, id, RequestState::waiting).error().code, ErrorCode::conflict);
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees(officer, son));
}

TEST_P(Requests, only_who_asked_takes_it_back_and_sharing_stops_at_once) {
  const auto id = ask(moe, request()).value();
  EXPECT_EQ(mark(officer, id, RequestState::withdrawn).error().code, ErrorCode::not_permitted);
  ASSERT_TRUE(mark(moe, id, RequestState::withdrawn));
  EXPECT_FALSE(sees(officer, son));
  EXPECT_EQ(waiting(officer), 0u);
}

}  // namespace
}  // namespace kasane::consent
