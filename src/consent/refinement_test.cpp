// Who answered for whom, until when, and what a withdrawal lists and stops everywhere.
#include "consent/ground_testing.hpp"
#include "consent/service.hpp"

namespace kasane::consent {
namespace {

using testing::GroundsTest;
using testing::Topic;
using testing::Viewer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Refinements : public GroundsTest {
 protected:
  void SetUp() override { office.join(home.household, dir.id("shogai_fukushi")); }
  NewConsent sharing(PersonId person) {
    NewConsent c;
    c.household = home.household;
    c.person = person;
    c.given_on = today();
    c.form_version = "test";
    c.basis = "本人の同意（consent@2023-04-01）";
    return c;
  }
  NewConsent by_mother() {
    NewConsent c = sharing(son);
    c.given_by = GivenBy::representative;
    c.representative = "母";
    c.representation = Representation{Capacity::parent, "戸籍", today().plus_days(60)};
    c.assent = HeardAssent{Assent::disagrees, today()};
    return c;
  }
  Result<ConsentId> put(const NewConsent& what) {
    return office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return record(tx, gate, actor, what); });
  }
  Result<Withdrawn> take_back(ConsentId id) {
    return office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return withdraw(tx, gate, actor, id, today(), "もうよい"); });
  }
  std::vector<ConsentLine> lines(const Viewer& who) {
    auto found = office.read(who, [&](auto& tx, auto& gate) { return consents_of(tx, gate, home.household); });
    return found ? std::move(*found) : std::vector<ConsentLine>();
  }
  std::optional<Date> renew_on(ConsentId id) {
    return db().read([&](db::ReadTx& tx) {
      return tx.one<Date>("SELECT due_on FROM due_item WHERE kind = 'consent.renew' AND subject_id = $1 AND done_on IS NULL", db::params(id), [](const db::Row& r) { return r.date(0); });
    });
  }
  /// A paper of a sitting that this agency reads on the consent, from that day on.
  std::int64_t paper(ConsentId id, const char* agency) {
    return office.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::int64_t> {
             const auto permit = gate.create<AgendaItemTag>(tx, {home.household.value, dir.id("chiiki_fukushi_renkei"), {}, Topic::basic | Topic::meeting, access::Sharing::own});
             access::Ground g;
             g.kind = access::GroundKind::consent;
             g.root = permit->id().value;
             g.named = {dir.id(agency).value};
             g.topics = Topic::basic | Topic::meeting;
             g.from = today();
             g.until = today().plus_days(14);
             g.source = id.value;
             access::add_ground(tx, g, actor);
             return permit->id().value;
           }).value();
  }
};
KASANE_EVERY_ENGINE(Refinements);

TEST_P(Refinements, a_representative_has_a_capacity_and_the_consent_ends_with_it_K_43) {
  const auto id = put(by_mother()).value();
  const auto line = lines(officer).front();
  EXPECT_EQ(line.capacity, Capacity::parent);
  EXPECT_EQ(line.representation.shown(), "戸籍");
  EXPECT_EQ(line.valid_until, today().plus_days(60));
  EXPECT_TRUE(sees(disability, son));
  EXPECT_FALSE(sees(disability, mother)) << "she answered for him, not for herself";
  office.clock.set(today().plus_days(61));
  EXPECT_FALSE(sees(disability, son)) << "nobody may answer for him any more: he is asked himself";
  EXPECT_EQ(lines(officer).front().validity, Validity::lapsed);
  auto nameless = by_mother();
  nameless.given_on = today();
  nameless.representation.reset();
  EXPECT_EQ(put(nameless).error().fields.front().field, "capacity");
  EXPECT_TRUE(id);
}

TEST_P(Refinements, a_childs_own_word_is_a_fact_of_its_own_beside_the_parents) {
  put(by_mother()).value();
  const auto line = lines(officer).front();
  ASSERT_TRUE(line.assent);
  EXPECT_EQ(line.assent->answer, Assent::disagrees);
  EXPECT_EQ(line.validity, Validity::valid) << "it is shown, and does not replace the answer";
  put(sharing(mother)).value();
  EXPECT_FALSE(lines(officer).front().assent);
}

TEST_P(Refinements, the_end_is_told_a_month_before_to_who_holds_it) {
  auto c = sharing(mother);
  c.valid_until = today().plus_days(90);
  const auto first = put(c).value();
  EXPECT_EQ(renew_on(first), today().plus_days(60));
  EXPECT_EQ(open_dues("consent.renew", "chiiki_fukushi_renkei"), 1);
  EXPECT_EQ(open_dues("consent.renew", "shogai_fukushi"), 0);
  c.valid_until = today().plus_days(10);
  const auto second = put(c).value();
  EXPECT_EQ(renew_on(first), std::nullopt) << "asked anew";
  EXPECT_EQ(renew_on(second), today()) << "not before it was given";
  take_back(second).value();
  EXPECT_EQ(open_dues("consent.renew", "chiiki_fukushi_renkei"), 0);
  EXPECT_EQ(renew_on(put(sharing(mother)).value()), std::nullopt) << "without an end there is nothing to renew";
}

TEST_P(Refinements, a_withdrawal_lists_who_saw_it_and_which_papers_they_had_and_stops_all_T_67_N_33) {
  const auto id = put(sharing(mother)).value();
  const std::int64_t item = paper(id, "korei_kaigo");
  const Viewer at_sitting = staff("korei_kaigo", Role::window_counsellor);
  office.clock.set(today().plus_days(3));
  const auto gone = take_back(id).value();
  EXPECT_THAT(gone.reached, UnorderedElementsAre(dir.id("shogai_fukushi"), dir.id("korei_kaigo")));
  ASSERT_THAT(gone.papers, SizeIs(1));
  EXPECT_EQ(gone.papers.front().item, item);
  EXPECT_EQ(gone.papers.front().agency, dir.id("korei_kaigo"));
  EXPECT_FALSE(sees_home(disability));
  EXPECT_FALSE(office.read(at_sitting, [&](auto&, auto& gate) { return gate.may(AgendaItemId(item), access::Act::read); }));
  const auto line = lines(officer).front();
  EXPECT_THAT(line.papers_out, SizeIs(1));
  EXPECT_EQ(line.validity, Validity::withdrawn);
  EXPECT_EQ(acts("consent.given", "sharing"), 1) << "the past stays";
}

TEST_P(Refinements, who_had_left_the_team_is_listed_too) {
  const auto id = put(sharing(mother)).value();
  office.clock.set(today().plus_days(5));
  db().write([&](db::WriteTx& tx) { access::leave_team(tx, home.household.value, dir.id("shogai_fukushi").value, today()); });
  office.clock.set(today().plus_days(5));
  EXPECT_THAT(take_back(id).value().reached, ElementsAre(dir.id("shogai_fukushi"))) << "it had seen it while it was there";
}

TEST_P(Refinements, a_refusal_after_a_consent_stops_sharing_at_once_and_keeps_what_went_out_T_67) {
  const auto id = put(sharing(mother)).value();
  paper(id, "korei_kaigo");
  auto no = sharing(mother);
  no.refused = true;
  ASSERT_TRUE(put(no));
  EXPECT_FALSE(sees_home(disability));
  const auto all = lines(officer);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_THAT(all.back().papers_out, SizeIs(1));
}

TEST_P(Refinements, the_ground_names_the_article_it_rests_on) {
  EXPECT_THAT(basis_of(put(sharing(mother)).value().value), ::testing::HasSubstr("consent@2023-04-01"));
}

TEST_P(Refinements, by_topic_only_what_was_ticked_is_shown) {
  auto c = sharing(mother);
  c.standard = false;
  c.topics = Topic::work;
  ASSERT_TRUE(put(c));
  const auto shows = [&](Topic topic) { return office.read(disability, [&](auto&, auto& gate) { return gate.read(home.household)->shows(topic); }); };
  EXPECT_TRUE(shows(Topic::work));
  EXPECT_FALSE(shows(Topic::health));
}

}  // namespace
}  // namespace kasane::consent
