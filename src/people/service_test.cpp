#include "people/service.hpp"

#include "db/testing.hpp"
#include "people/testing.hpp"

namespace kasane::people {
namespace {

using access::Topic;
using access::Viewer;
using testing::Office;

constexpr AgencyId kHoukatsu{101};  // holds what it registers
constexpr AgencyId kShakyo{102};    // comes in on a ground
constexpr AgencyId kOther{103};     // has nothing to do with it

class People : public db::EngineTest {
 protected:
  Office office{db()};
  Viewer moe = Office::staff(kHoukatsu, Role::window_counsellor);
  Viewer head = Office::staff(kHoukatsu, Role::head);
  Viewer worker = Office::staff(kShakyo, Role::field_worker);
  Viewer stranger = Office::staff(kOther, Role::coordinator);

  Result<HouseholdView> view(const Viewer& who, HouseholdId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return household_view(tx, gate, id); });
  }
  Result<std::optional<SafetyNote>> safety(const Viewer& who, HouseholdId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return visit_safety(tx, gate, id); });
  }
  Result<> put_safety(const Viewer& who, HouseholdId id, SafetyEdit edit) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return set_safety(tx, gate, actor, id, edit); });
  }
  Result<> edit(const Viewer& who, PersonId id, PersonEdit what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return edit_person(tx, gate, actor, id, what); });
  }
  Result<PersonView> person(const Viewer& who, PersonId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return person_view(tx, gate, id); });
  }
  static NewPerson chiyo() {
    NewPerson p;
    p.fields = {"阿曽", "千代", "あそ ちよ", PartialDate{1943, 4, 2}, "female", std::nullopt};
    p.contact = {"", "0235-00-0001", "昼間に携帯へ"};
    p.membership = {"self", true, Date::from_ymd(1968, 4, 1), std::nullopt};
    return p;
  }
  Registered aso() {
    NewHousehold what;
    what.area = "fujishima";
    what.address = "藤島字見本1-1";
    what.persons.push_back(chiyo());
    NewPerson son;
    son.fields.given = "実";
    son.membership.relation = "child";
    what.persons.push_back(son);
    return office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); }).value();
  }
};
KASANE_EVERY_ENGINE(People);

TEST_P(People, any_window_registers_a_household_whatever_it_came_for_KN_3_KN_56) {
  const Registered made = aso();
  const auto v = view(moe, made.household);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->label.shown(), "阿曽家");
  EXPECT_EQ(v->number, "世R08-00001");
  EXPECT_EQ(v->address.shown(), "藤島字見本1-1");
  EXPECT_EQ(v->holder, kHoukatsu);
  ASSERT_EQ(v->members.size(), 2u);
  const Member& chiyo_line = v->members[0];
  EXPECT_EQ(chiyo_line.name.shown(), "阿曽 千代");
  EXPECT_EQ(chiyo_line.kana.shown(), "あそ ちよ");
  EXPECT_EQ(chiyo_line.birth.shown(), "1943-04-02");
  EXPECT_EQ(chiyo_line.relation, "self");
  EXPECT_EQ(chiyo_line.from, Date::from_ymd(1968, 4, 1));
  ASSERT_TRUE(chiyo_line.contact);
  EXPECT_EQ(chiyo_line.contact->safe.shown(), "昼間に携帯へ");
  EXPECT_FALSE(v->members[1].contact);
  EXPECT_FALSE(v->members[1].from) << "not known is kept as not known";

  for (const Viewer& window : {worker, stranger}) {
    const auto other = office.household(window, {{"佐瀬", ""}});
    EXPECT_TRUE(view(window, other.household));
  }
}

TEST_P(People, numbers_run_on_within_a_fiscal_year_and_begin_anew_in_the_next) {
  const auto number = [&](const Registered& r) { return view(moe, r.household)->number; };
  office.clock.set(*Date::from_ymd(2027, 3, 31));
  EXPECT_EQ(number(office.household(moe, {{"一", ""}})), "世R08-00001");
  EXPECT_EQ(number(office.household(moe, {{"二", ""}})), "世R08-00002");
  office.clock.set(*Date::from_ymd(2027, 4, 1));
  EXPECT_EQ(number(office.household(moe, {{"三", ""}})), "世R09-00001");
}

TEST_P(People, a_household_of_another_agency_is_as_good_as_none) {
  const Registered made = aso();
  EXPECT_EQ(view(stranger, made.household).error().code, ErrorCode::not_found);
  EXPECT_EQ(view(stranger, fresh_id<HouseholdTag>()).error().message, view(stranger, made.household).error().message);
  EXPECT_EQ(person(stranger, made.persons[0]).error().code, ErrorCode::not_found);
  EXPECT_EQ(office.read(stranger, [&](auto& tx, auto& gate) { return household_of(tx, gate, made.persons[0]); }).error().code, ErrorCode::not_found);
  EXPECT_TRUE(office.read(stranger, [&](auto& tx, auto& gate) { return names_of(tx, gate, made.persons); }).empty());
  EXPECT_TRUE(office.read(stranger, [&](auto& tx, auto& gate) { return household_labels(tx, gate, {made.household}); }).empty());
  EXPECT_TRUE(office.read(stranger, [&](auto& tx, auto& gate) { return recent_households(tx, gate); }).empty());
  EXPECT_FALSE(office.read(stranger, [&](auto& tx, auto& gate) { return household_by_number(tx, gate, "世R08-00001"); }));
}

TEST_P(People, who_has_no_post_that_works_with_cases_registers_nothing) {
  for (const Role role : {Role::secretary, Role::meeting_member, Role::commissioner, Role::administrator, Role::auditor, Role::head}) {
    const auto who = Office::staff(kHoukatsu, role);
    NewHousehold what;
    what.label = "阿曽家";
    const auto made = office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); });
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::not_permitted);
  }
  EXPECT_EQ(view(Office::staff(kHoukatsu, Role::auditor), aso().household).error().code, ErrorCode::not_found);
}

TEST_P(People, a_ground_shows_the_household_within_its_topics_only) {
  const Registered made = aso();
  office.reach(made.household, kShakyo, Topic::basic | Topic::plan);
  const auto v = view(worker, made.household);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->label.shown(), "阿曽家");
  EXPECT_EQ(v->members.size(), 2u);
  EXPECT_TRUE(v->address.hidden());
  EXPECT_FALSE(v->shows_contact);
  EXPECT_EQ(v->contact_version, 0);
  EXPECT_FALSE(v->members[0].contact) << "how she is reached is another protection class";
}

TEST_P(People, a_protected_person_is_not_in_the_list_and_leaves_no_gap_W_73) {
  const Registered made = aso();
  office.reach(made.household, kShakyo);
  office.shield(made.persons[0], kShakyo, Topic::basic);
  const auto v = view(worker, made.household);
  ASSERT_TRUE(v);
  ASSERT_EQ(v->members.size(), 1u);
  EXPECT_EQ(v->members[0].person, made.persons[1]);
  EXPECT_EQ(person(worker, made.persons[0]).error().code, ErrorCode::not_found);
}

TEST_P(People, safe_contact_alone_can_be_kept_from_one_agency_W_73) {
  const Registered made = aso();
  office.reach(made.household, kShakyo);
  ASSERT_TRUE(view(worker, made.household)->members[0].contact);
  office.shield(made.persons[0], kShakyo, Topic::contact);
  const auto v = view(worker, made.household);
  ASSERT_EQ(v->members.size(), 2u) << "she is still in the list";
  EXPECT_FALSE(v->members[0].contact);
}

TEST_P(People, only_the_holder_changes_a_person) {
  const Registered made = aso();
  office.reach(made.household, kShakyo);
  EXPECT_EQ(edit(worker, made.persons[0], {chiyo().fields, 1, {}, 0}).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(edit(head, made.persons[0], {chiyo().fields, 1, {}, 0}).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(edit(stranger, made.persons[0], {chiyo().fields, 1, {}, 0}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(edit(moe, made.persons[0], {chiyo().fields, 1, {}, 0}));
}

TEST_P(People, a_change_on_an_old_version_is_refused_whole) {
  const Registered made = aso();
  auto fields = chiyo().fields;
  fields.given = "ちよ";
  ASSERT_TRUE(edit(moe, made.persons[0], {fields, 1, {}, 0}));
  fields.given = "千世";
  EXPECT_EQ(edit(moe, made.persons[0], {fields, 1, {}, 0}).error().code, ErrorCode::stale);
  // The contact has a version of its own: when only that one moved on, the name is not written either.
  EXPECT_EQ(edit(moe, made.persons[0], {fields, 2, ContactFields{"", "0235-00-0002", ""}, 7}).error().code, ErrorCode::stale);
  const auto v = person(moe, made.persons[0]);
  EXPECT_EQ(v->given.shown(), "ちよ");
  EXPECT_EQ(v->version, 2);
  EXPECT_EQ(v->contact.phone.shown(), "0235-00-0001");
}

TEST_P(People, a_form_that_did_not_show_the_contact_does_not_write_it) {
  const Registered made = aso();
  ASSERT_TRUE(edit(moe, made.persons[0], {chiyo().fields, 1, std::nullopt, 0}));
  EXPECT_EQ(person(moe, made.persons[0])->contact.phone.shown(), "0235-00-0001");
  office.shield(made.persons[0], kHoukatsu, Topic::contact);
  ASSERT_TRUE(edit(moe, made.persons[0], {chiyo().fields, 2, ContactFields{"", "forged", ""}, 1}));
  const auto raw = db().read([&](db::ReadTx& tx) { return tx.number("SELECT version FROM person_contact WHERE person_id = $1", db::params(made.persons[0])); });
  EXPECT_EQ(raw, 1);
}

TEST_P(People, a_person_added_by_the_team_joins_the_register_of_the_household) {
  const Registered made = aso();
  office.reach(made.household, kShakyo);
  NewPerson grandchild;
  grandchild.fields.family = "阿曽";
  grandchild.fields.given = "空";
  const auto added = office.write(worker, [&](auto& tx, auto& gate, const auto& actor) { return add_person(tx, gate, actor, made.household, grandchild); });
  ASSERT_TRUE(added);
  EXPECT_EQ(view(moe, made.household)->members.size(), 3u) << "the holder sees whom the team added";
  EXPECT_EQ(view(worker, made.household)->members.size(), 3u);
  const auto refused = office.write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return add_person(tx, gate, actor, made.household, grandchild); });
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  const auto nameless = office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return add_person(tx, gate, actor, made.household, NewPerson{}); });
  EXPECT_EQ(nameless.error().fields.at(0).field, "family");
}

TEST_P(People, household_changes_are_versioned_and_searchable_by_the_new_label) {
  const Registered made = aso();
  HouseholdEdit change{"阿曽千代さんの世帯", "fujishima", 1, true, "藤島字見本2-2", "", 1};
  const auto save = [&](const Viewer& who) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return edit_household(tx, gate, actor, made.household, change); });
  };
  EXPECT_EQ(save(stranger).error().code, ErrorCode::not_found);
  ASSERT_TRUE(save(moe));
  EXPECT_EQ(save(moe).error().code, ErrorCode::stale);
  EXPECT_EQ(view(moe, made.household)->address.shown(), "藤島字見本2-2");
  change.label = " ";
  EXPECT_EQ(save(moe).error().code, ErrorCode::invalid);
}

TEST_P(People, moving_out_is_a_date_and_the_past_stays) {
  const Registered made = aso();
  const auto v = view(moe, made.household);
  const MembershipId id = v->members[1].membership;
  const auto leave = [&](const Viewer& who, MembershipFields fields, std::int64_t version) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return edit_membership(tx, gate, actor, id, fields, version); });
  };
  MembershipFields fields{"child", false, Date::from_ymd(2020, 1, 1), Date::from_ymd(2019, 1, 1)};
  EXPECT_EQ(leave(moe, fields, 1).error().fields.at(0).field, "until");
  fields.until = Date::from_ymd(2026, 10, 31);
  EXPECT_EQ(leave(stranger, fields, 1).error().code, ErrorCode::not_found);
  EXPECT_EQ(leave(head, fields, 1).error().code, ErrorCode::not_permitted);
  ASSERT_TRUE(leave(moe, fields, 1));
  EXPECT_EQ(leave(moe, fields, 1).error().code, ErrorCode::stale);
  const Member gone = std::move(view(moe, made.household)->members[1]);
  EXPECT_FALSE(gone.belongs_on(office.clock.today()));
  EXPECT_TRUE(gone.belongs_on(*Date::from_ymd(2026, 10, 31)));
}

TEST_P(People, somebody_who_moves_to_another_household_is_seen_by_those_who_reach_that_one) {
  const Registered from = aso();
  const Registered to = office.household(moe, {{"楠本", "春子"}});
  office.reach(to.household, kShakyo);
  office.reach(from.household, kOther);
  const auto move = [&](const Viewer& who, HouseholdId target) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      return move_person(tx, gate, actor, from.persons[1], target, {"other_relative", true, {}, {}}, office.clock.today());
    });
  };
  EXPECT_EQ(move(worker, to.household).error().code, ErrorCode::not_found) << "not known there yet";
  EXPECT_EQ(move(stranger, from.household).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(move(moe, from.household).error().code, ErrorCode::invalid);
  ASSERT_TRUE(move(moe, to.household));
  EXPECT_EQ(view(worker, to.household)->members.size(), 2u);
  EXPECT_EQ(view(stranger, from.household)->members.size(), 1u);
  EXPECT_EQ(office.read(moe, [&](auto& tx, auto& gate) { return household_of(tx, gate, from.persons[1]); }).value(), to.household);
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return is_member(tx, from.household, from.persons[1]); })) << "it had lived there";
}

TEST_P(People, the_safety_note_is_for_visiting_staff_of_holder_and_team_W_72) {
  const Registered made = aso();
  ASSERT_TRUE(put_safety(moe, made.household, {{"dog"}, "門の内に犬", 0}));
  const auto note = safety(moe, made.household);
  ASSERT_TRUE(note && *note);
  EXPECT_EQ((*note)->note.shown(), "門の内に犬");
  EXPECT_EQ((*note)->codes, std::vector<std::string>{"dog"});
  EXPECT_FALSE(*safety(head, made.household)) << "a head does not visit";
  EXPECT_FALSE(*safety(Office::staff(kHoukatsu, Role::city_officer), made.household));

  office.reach(made.household, kShakyo);
  EXPECT_FALSE(*safety(worker, made.household)) << "knows the household but is not in the team";
  office.join(made.household, kShakyo);
  ASSERT_TRUE(*safety(worker, made.household));
  EXPECT_FALSE(*safety(Office::staff(kShakyo, Role::head), made.household));
  EXPECT_EQ(safety(stranger, made.household).error().code, ErrorCode::not_found);
}

TEST_P(People, being_in_the_team_for_safety_opens_nothing_else) {
  const Registered made = aso();
  ASSERT_TRUE(put_safety(moe, made.household, {{"two_people"}, "", 0}));
  office.join(made.household, kOther);  // in the team, but the person excluded it: no ground besides
  EXPECT_EQ(view(stranger, made.household).error().code, ErrorCode::not_found);
  EXPECT_EQ(safety(stranger, made.household).error().code, ErrorCode::not_found);
  EXPECT_TRUE(office.read(stranger, [&](auto& tx, auto& gate) { return recent_households(tx, gate); }).empty());
}

TEST_P(People, the_safety_note_is_written_by_who_visits_and_ends_with_its_ground) {
  const Registered made = aso();
  office.reach(made.household, kShakyo);
  EXPECT_EQ(put_safety(worker, made.household, {{}, "注意", 0}).error().code, ErrorCode::not_permitted) << "not in the team";
  EXPECT_EQ(put_safety(Office::staff(kHoukatsu, Role::city_officer), made.household, {{}, "注意", 0}).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(put_safety(stranger, made.household, {{}, "注意", 0}).error().code, ErrorCode::not_found);
  office.join(made.household, kShakyo);
  ASSERT_TRUE(put_safety(worker, made.household, {{}, "二人で訪問", 0}));
  EXPECT_EQ(put_safety(moe, made.household, {{}, "注意", 0}).error().code, ErrorCode::stale);
  ASSERT_TRUE(put_safety(moe, made.household, {{}, "", 1}));
  EXPECT_FALSE(*safety(moe, made.household));
  EXPECT_FALSE(*safety(worker, made.household));
  const auto left = db().read([&](db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM access_reach WHERE root_id = $1 AND party_id = $2 AND valid_until >= $3 AND ground = $4",
                     db::params(made.household, kShakyo, office.clock.today(), access::GroundKind::danger));
  });
  EXPECT_EQ(left, 0);
}

TEST_P(People, each_disclosed_record_enters_the_trail) {
  const Registered made = aso();
  ASSERT_TRUE(view(moe, made.household));
  const auto seen = access::unpack_subjects(office.trail.packed());
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->size(), 3u);
  ASSERT_FALSE(view(stranger, made.household));
  const auto denied = access::unpack_subjects(office.trail.packed());
  ASSERT_EQ(denied->size(), 1u);
  EXPECT_TRUE(denied->front().denied);
}

}  // namespace
}  // namespace kasane::people
