// 目的外利用・提供: one asks, the holder answers; numbered in one list of the city that names nobody.
#include "consent/provision_service.hpp"

#include "consent/cooperation_service.hpp"
#include "consent/ground_testing.hpp"
#include "consent/provision_rules.hpp"
#include "consent/service.hpp"

namespace kasane::consent {
namespace {

using testing::GroundsTest;
using testing::Topic;
using testing::Viewer;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Provisions : public GroundsTest {
 protected:
  NewProvision asking(const char* holder = "chiiki_fukushi_renkei", const char* basis = "kojin_69_2_2") {
    return {dir.id(holder), "", "中小路 環さん", "住所", "duty", "届け先がわからない。", basis, today(), today().plus_months(1), {}};
  }
  ProvisionDecision grant(access::Topics topics = Topic::contact) {
    ProvisionDecision d;
    d.version = 2;
    d.grant = true;
    d.basis_key = "kojin_69_2_2";
    d.items = "住所";
    d.from = today();
    d.until = today().plus_days(30);
    d.person = mother;
    d.topics = topics;
    d.harm_checked = true;
    d.harm_reason = "本人に知らせており、支障がない。";
    return d;
  }
  Result<ProvisionId> ask(const Viewer& who, const NewProvision& what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return ask_for_provision(tx, gate, actor, city, what); });
  }
  Result<> link(const Viewer& who, ProvisionId id, std::int64_t version = 1) {
    const std::string number = office.read(officer, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, home.household)->number; });
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return link_provision(tx, gate, actor, id, number, version); });
  }
  Result<> decide(const Viewer& who, ProvisionId id, const ProvisionDecision& d) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return decide_provision(tx, gate, actor, city, id, d); });
  }
  Result<Provision> look(const Viewer& who, ProvisionId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return provision(tx, gate, id); });
  }
  std::vector<LedgerLine> list(const Viewer& who) {
    return office.read(who, [&](auto& tx, auto& gate) { return ledger(tx, gate, city, FiscalYear::of(today())); });
  }
  ProvisionId linked(const Viewer& who = {}) {
    const auto id = ask(who.posts.empty() ? disability : who, asking()).value();
    EXPECT_TRUE(link(officer, id));
    return id;
  }
};
KASANE_EVERY_ENGINE(Provisions);

TEST_P(Provisions, are_numbered_by_year_as_the_councils_list_and_known_to_two_sides) {
  const auto first = ask(disability, asking()).value();
  const auto second = ask(centre, asking("chiiki_fukushi_renkei", "kojin_69_2_4")).value();
  EXPECT_EQ(look(officer, first)->number, "8-1");
  EXPECT_EQ(look(officer, second)->number, "8-2");
  EXPECT_EQ(look(disability, first)->about.shown(), "中小路 環さん");
  EXPECT_EQ(look(disability, second).error().code, ErrorCode::not_found);
  EXPECT_EQ(look(stranger, first).error().code, ErrorCode::not_found);
  EXPECT_EQ(open_dues("provision.answer", "chiiki_fukushi_renkei"), 2);
  office.clock.set(*Date::from_ymd(2027, 4, 1));
  EXPECT_EQ(look(officer, ask(disability, asking()).value())->number, "9-1");
}

TEST_P(Provisions, asking_shows_nothing_of_the_record) {
  const auto id = linked();
  EXPECT_FALSE(sees_home(disability));
  EXPECT_FALSE(sees(disability, mother));
  EXPECT_FALSE(look(disability, id)->household) << "which household it is belongs to the holder";
  EXPECT_TRUE(look(officer, id)->household);
}

TEST_P(Provisions, a_grant_is_a_ground_to_read_with_an_end) {
  const auto id = linked();
  ASSERT_TRUE(decide(head, id, grant()));
  EXPECT_TRUE(sees_home(disability));
  EXPECT_TRUE(sees(disability, mother));
  EXPECT_FALSE(sees(disability, son));
  EXPECT_FALSE(changes_home(disability));
  const auto shows = [&](Topic topic) { return office.read(disability, [&](auto&, auto& gate) { return gate.read(home.household)->shows(topic); }); };
  EXPECT_TRUE(shows(Topic::contact));
  EXPECT_FALSE(shows(Topic::health));
  EXPECT_FALSE(sees_home(stranger));
  EXPECT_THAT(basis_of(id.value), HasSubstr("kojin_69_2_2@2023-04-01"));
  EXPECT_EQ(open_dues("provision.read", "shogai_fukushi"), 1);
  office.clock.set(today().plus_days(30));
  EXPECT_TRUE(sees_home(disability));
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees_home(disability)) << "the end date was required";
}

TEST_P(Provisions, a_grant_opens_the_holders_records_and_nothing_that_others_hold) {
  const auto record = [&](const char* holder, access::Topics topics, std::optional<PersonId> person) {
    const Viewer who = staff(holder, Role::coordinator);
    if (std::string_view(holder) != "chiiki_fukushi_renkei") office.reach(home.household, dir.id(holder));
    return office.write(who, [&](auto& tx, auto& gate, const auto&) -> Result<PlanId> {
      const auto made = gate.template create<PlanTag>(tx, {home.household.value, dir.id(holder), person, topics, access::Sharing::team});
      if (!made) return tl::unexpected(made.error());
      return made->id();
    }).value();
  };
  const PlanId own = record("chiiki_fukushi_renkei", Topic::contact, mother), of_other = record("cgsc_nishi", Topic::contact, mother);
  const PlanId of_son = record("chiiki_fukushi_renkei", Topic::contact, son), of_more = record("chiiki_fukushi_renkei", Topic::health, mother);
  ASSERT_TRUE(decide(head, linked(), grant()));
  const auto may = [&](PlanId id, access::Act act = access::Act::read) { return office.read(disability, [&](auto&, auto& gate) { return gate.may(id, act); }); };
  EXPECT_TRUE(may(own));
  EXPECT_FALSE(may(own, access::Act::write)) << "to look at";
  EXPECT_FALSE(may(of_other)) << "not this holder's to give";
  EXPECT_FALSE(may(of_son));
  EXPECT_FALSE(may(of_more));
  const PlanId later = record("chiiki_fukushi_renkei", Topic::contact, mother);
  EXPECT_FALSE(may(later)) << "what was there when it was granted";
}

TEST_P(Provisions, a_grant_is_taken_back_by_the_holder_and_the_list_says_when) {
  const auto id = linked();
  ASSERT_TRUE(decide(head, id, grant()));
  const auto end = [&](const Viewer& who) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return end_provision(tx, gate, actor, city, id, 3); });
  };
  EXPECT_EQ(end(disability_officer).error().code, ErrorCode::not_permitted) << "who asked does not end it";
  ASSERT_TRUE(sees_home(disability));
  ASSERT_TRUE(end(officer));
  EXPECT_FALSE(sees_home(disability));
  EXPECT_FALSE(sees(disability, mother));
  EXPECT_TRUE(look(disability, id)) << "its own asking stays known";
  // The council asks what was granted and what became of it: neither takes the place of the other.
  const auto lines = list(officer);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].until, today().plus_days(30)) << "as it was granted";
  EXPECT_EQ(lines[0].ended_on, today());
  EXPECT_EQ(look(officer, id)->until, today().plus_days(30));
  EXPECT_EQ(look(officer, id)->ended_on, today());
  EXPECT_EQ(end(officer).error().code, ErrorCode::conflict);
}

TEST_P(Provisions, a_refusal_opens_nothing_and_stands_in_the_list) {
  const auto id = linked();
  ProvisionDecision no;
  no.version = 2;
  EXPECT_EQ(decide(officer, id, no).error().fields.front().field, "answer");
  no.answer = "本人の了解を得て、直接たずねてください。";
  ASSERT_TRUE(decide(officer, id, no));
  EXPECT_FALSE(sees_home(disability));
  EXPECT_THAT(list(head), Contains(Field(&LedgerLine::state, ProvisionState::refused)));
  EXPECT_EQ(look(disability, id)->answer.shown(), no.answer);
  EXPECT_EQ(acts("provision.refused", "kojin_69_2_2"), 1);
  EXPECT_EQ(decide(officer, id, no).error().code, ErrorCode::conflict);
}

TEST_P(Provisions, only_the_holders_officer_or_head_answers) {
  const auto id = linked(disability_officer);
  EXPECT_EQ(decide(disability_officer, id, grant()).error().code, ErrorCode::not_permitted) << "who asks does not answer";
  EXPECT_EQ(link(disability_officer, id, 2).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(decide(coordinator, id, grant()).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(decide(stranger, id, grant()).error().code, ErrorCode::not_found);
  EXPECT_TRUE(decide(officer, id, grant()));
}

TEST_P(Provisions, the_city_confirms_that_nobody_is_harmed_and_names_an_end) {
  const auto id = linked();
  auto d = grant();
  d.harm_checked = false;
  d.harm_reason.clear();
  d.until.reset();
  d.items = " ";
  d.topics = {};
  const auto faults = decide(officer, id, d).error().fields;
  for (const char* field : {"harm_checked", "harm_reason", "until", "items", "topics"}) EXPECT_THAT(faults, Contains(Field(&FieldError::field, field)));
  EXPECT_FALSE(sees_home(disability));
  auto by_law = grant();
  by_law.basis_key = "kojin_69_1";
  by_law.harm_checked = false;
  by_law.harm_reason.clear();
  EXPECT_TRUE(decide(officer, id, by_law)) << "69条1項 knows no harm limit";
}

TEST_P(Provisions, a_contractor_stands_on_27_and_its_contract) {
  EXPECT_EQ(ask(disability, asking("cgsc_nishi")).error().fields.front().field, "basis");
  const auto id = ask(disability, asking("cgsc_nishi", "kojin_27_1_4")).value();
  EXPECT_EQ(look(centre, id)->basis, "kojin_27_1_4@未確認");
  EXPECT_EQ(ask(disability, asking("chiiki_fukushi_renkei", "kojin_27_1_4")).error().fields.front().field, "basis");
  EXPECT_EQ(ask(disability, asking("cgsc_nishi", "kojin_27")).error().fields.front().field, "basis") << "without a 号";
}

TEST_P(Provisions, each_article_gives_only_to_those_it_names) {
  EXPECT_EQ(ask(centre, asking("chiiki_fukushi_renkei", "kojin_69_2_2")).error().fields.front().field, "basis") << "a contractor is not within the city";
  EXPECT_EQ(ask(disability, asking("chiiki_fukushi_renkei", "kojin_69_2_3")).error().fields.front().field, "basis") << "a section is no other body";
  auto hospital = asking();
  hospital.outside = "架空病院";
  EXPECT_EQ(ask(coordinator, hospital).error().fields.front().field, "outside_kind");
  hospital.outside_kind = programme::RecipientKind::other;
  EXPECT_EQ(ask(coordinator, hospital).error().fields.front().field, "basis");
  hospital.basis_key = "kojin_69_2_4";
  EXPECT_TRUE(ask(coordinator, hospital));
  const auto id = linked();
  auto d = grant();
  d.basis_key = "kojin_69_2_3";
  EXPECT_EQ(decide(officer, id, d).error().fields.front().field, "basis") << "nor is it granted on one that was not asked for";
}

TEST_P(Provisions, the_agreement_of_the_person_is_on_record_or_written_down_with_the_grant) {
  auto d = grant(Topic::health);
  d.basis_key = "kojin_69_2_1";
  const auto id = linked();
  EXPECT_EQ(decide(officer, id, d).error().fields.front().field, "consent_note") << "nobody has asked her";
  const auto agree = [&](std::vector<AgencyId> exceptions) {
    NewConsent c;
    c.household = home.household;
    c.person = mother;
    c.given_on = today();
    c.exceptions = std::move(exceptions);
    return office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return record(tx, gate, actor, c); });
  };
  ASSERT_TRUE(agree({dir.id("shogai_fukushi")}));
  EXPECT_EQ(decide(officer, id, d).error().fields.front().field, "basis") << "she keeps this very section out";
  d.consent_note = "本人に電話で聞いた。";
  EXPECT_EQ(decide(officer, id, d).error().fields.front().field, "basis") << "a note does not outweigh her record";
  d.consent_note.clear();
  ASSERT_TRUE(agree({}));
  auto contact = d;
  contact.topics = Topic::tax;
  EXPECT_EQ(decide(officer, id, contact).error().fields.front().field, "consent_note") << "her consent does not reach so far";
  EXPECT_TRUE(decide(officer, id, d));
}

TEST_P(Provisions, a_note_of_the_agreement_stands_with_the_grant_and_is_the_holders_to_read) {
  auto d = grant();
  d.basis_key = "kojin_69_2_1";
  d.consent_note = "11月20日に窓口で、本人が書面を出した。";
  const auto id = linked();
  ASSERT_TRUE(decide(officer, id, d));
  EXPECT_EQ(look(officer, id)->consent_note.shown(), d.consent_note);
  EXPECT_EQ(look(disability, id)->consent_note.shown(), "");
}

TEST_P(Provisions, a_household_of_another_holder_is_not_granted) {
  const auto other = office.household(centre, {{"神足", "一"}});
  office.reach(other.household, dir.id("chiiki_fukushi_renkei"));
  const std::string number = office.read(centre, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, other.household)->number; });
  const auto id = ask(disability, asking()).value();
  const auto linked = office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return link_provision(tx, gate, actor, id, number, 1); });
  EXPECT_EQ(linked.error().fields.front().field, "household");
  EXPECT_EQ(decide(officer, id, grant()).error().fields.front().field, "household");
}

TEST_P(Provisions, a_section_without_accounts_is_entered_by_the_city_and_told_on_paper) {
  auto water = asking();
  water.outside = "水道課";
  water.outside_kind = programme::RecipientKind::city;
  const auto id = ask(coordinator, water).value();
  EXPECT_EQ(look(officer, id)->recipient, "水道課");
  auto d = grant();
  d.version = 1;
  d.person.reset();
  EXPECT_EQ(decide(officer, id, d).error().fields.front().field, "topics") << "nobody there has an account";
  d.topics = {};
  d.answer = "住所を紙で渡した。";
  ASSERT_TRUE(decide(officer, id, d));
  EXPECT_EQ(basis_of(id.value), "") << "no ground: nobody reads in the program";
  EXPECT_THAT(list(officer), Contains(Field(&LedgerLine::recipient, "水道課")));
}

TEST_P(Provisions, the_list_is_whole_for_the_city_and_names_nobody) {
  ask(disability, asking()).value();
  ask(centre, asking("kosodate_shien", "kojin_69_2_4")).value();
  EXPECT_THAT(list(officer), SizeIs(2));
  EXPECT_THAT(list(staff("cgsc_nishi", Role::head)), SizeIs(1)) << "a contractor sees what it is a side of";
  EXPECT_THAT(list(disability), IsEmpty()) << "for officers and heads only";
  for (const LedgerLine& line : list(disability_officer)) EXPECT_EQ(line.known, line.number == "8-1");
}

TEST_P(Provisions, sharing_within_the_purpose_never_enters_the_list) {
  NewConsent agreed;
  agreed.household = home.household;
  agreed.person = mother;
  agreed.given_on = today();
  ASSERT_TRUE(office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return record(tx, gate, actor, agreed); }));
  NewGroundRequest conference;
  conference.household = home.household;
  conference.body = m.body("shien_kaigi");
  conference.ground_code = conference.body->grounds.empty() ? "" : conference.body->grounds.front().code;
  conference.reason = "早く支援の体制を考えたい。";
  conference.asked_on = today();
  ASSERT_TRUE(office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return ask_for_conference(tx, gate, actor, m.rules.days, conference); }));
  NewCooperation cooperation;
  cooperation.body = "shien_kaigi";
  cooperation.to = dir.id("shogai_fukushi");
  cooperation.household = home.household;
  cooperation.question = "通院は続いていますか。";
  cooperation.due_on = today().plus_days(7);
  ASSERT_TRUE(office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return ask_for_cooperation(tx, gate, actor, city, cooperation); }));
  EXPECT_THAT(list(officer), IsEmpty());
}

TEST_P(Provisions, who_is_kept_from_the_person_reads_nothing_by_a_grant) {
  const auto id = linked();
  office.shield(mother, dir.id("shogai_fukushi"), access::kAllTopics);
  ASSERT_TRUE(decide(officer, id, grant()));
  EXPECT_FALSE(sees(disability, mother));
  EXPECT_TRUE(look(disability, id)) << "its own asking does not vanish";
}

TEST_P(Provisions, what_is_asked_must_be_complete_and_not_of_oneself) {
  NewProvision bare;
  bare.holder = dir.id("chiiki_fukushi_renkei");
  const auto faults = ask(officer, bare).error().fields;
  for (const char* field : {"about", "items", "reason_class", "reason", "basis", "holder"}) EXPECT_THAT(faults, Contains(Field(&FieldError::field, field)));
  EXPECT_EQ(ask(head, asking("shogai_fukushi")).error().code, ErrorCode::not_permitted);
}

TEST_P(Provisions, who_asked_takes_it_back_and_the_number_stays) {
  const auto id = ask(disability, asking()).value();
  const auto take_back = [&](const Viewer& who) { return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return withdraw_provision(tx, gate, actor, id, 1); }); };
  EXPECT_EQ(take_back(officer).error().code, ErrorCode::not_permitted);
  ASSERT_TRUE(take_back(disability));
  EXPECT_EQ(open_dues("provision.answer", "chiiki_fukushi_renkei"), 0);
  EXPECT_THAT(list(officer), SizeIs(1));
  EXPECT_EQ(link(officer, id, 2).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace kasane::consent
