// The statements of counts on every engine.
#include "measure/store.hpp"

#include <gtest/gtest.h>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/clock.hpp"
#include "db/testing.hpp"

namespace kasane::measure {
namespace {

Date day(int month, int d) { return *Date::from_ymd(2026, month, d); }
const Period kSpring{day(4, 1), day(6, 30)};

MeasureDef def(std::vector<Event> events, Counting counting, Replans replans = Replans::not_asked) {
  MeasureDef d;
  d.events = std::move(events);
  d.counting = counting;
  d.replans = replans;
  return d;
}

class CountStore : public db::EngineTest {
 protected:
  ManualClock clock{day(11, 24)};
  AgencyId agency = fresh_id<AgencyTag>();
  access::Viewer viewer{fresh_id<AccountTag>(), {{fresh_id<PostTag>(), agency, Role::coordinator}}};

  std::int64_t act(const char* kind, Date on, std::int64_t root, SubjectRef subject, const std::string& code = {}, const std::string& service = {},
                   std::optional<std::int64_t> undoes = {}) {
    return db().write([&](db::WriteTx& tx) {
      return access::note_act(tx, {kind, on, root, {}, subject, code, service, undoes}, {viewer.account, agency, clock.now()});
    });
  }
  template <class Tag>
  SubjectRef held_record() {
    access::Trail trail;
    return db().write([&](db::WriteTx& tx) -> Result<SubjectRef> {
      access::Gate gate(tx, viewer, clock.now(), trail);
      auto permit = gate.create<Tag>(tx, {0, agency, {}, access::Topic::basic, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      return SubjectRef{Tag::kind, permit->id().value};
    }).value();
  }
  template <class F>
  auto read(F&& f) {
    access::Trail trail;
    return db().read([&](db::ReadTx& tx) {
      access::Gate gate(tx, viewer, clock.now(), trail);
      return f(tx, gate);
    });
  }
};
KASANE_EVERY_ENGINE(CountStore);

TEST_P(CountStore, answers_many_definitions_at_once_each_with_its_own_unit_of_counting) {
  const SubjectRef visit{SubjectKind::support_record, next_id()}, plan{SubjectKind::plan, next_id()}, replan{SubjectKind::plan, next_id()};
  act("record.contact", day(4, 1), 7, visit, "home_visit", "outreach");
  act("record.contact", day(4, 1), 7, visit, "home_visit", "participation");
  act("record.contact", day(6, 30), 7, {SubjectKind::support_record, next_id()}, "phone", "outreach");
  act("record.contact", day(7, 1), 7, {SubjectKind::support_record, next_id()}, "phone", "outreach");
  act("plan.decided", day(5, 1), 7, plan, "collaboration", "collaboration,planning");
  act("plan.decided", day(6, 1), 7, replan, "collaboration", "collaboration,planning");
  act("plan.replanned", day(6, 1), 7, replan, "collaboration", "collaboration,planning");
  const Event contact{SubjectKind::support_record, "record.contact", {}, {}};
  const Event outreach{SubjectKind::support_record, "record.contact", {"home_visit", "letter"}, {"outreach"}};
  const Event decided{SubjectKind::plan, "plan.decided", {}, {"collaboration", "planning"}};
  const std::vector<MeasureDef> defs{def({contact}, Counting::acts),      def({contact}, Counting::subjects), def({outreach}, Counting::subjects),
                                     def({decided}, Counting::acts),      def({decided}, Counting::subjects, Replans::first_only),
                                     def({contact, decided}, Counting::households), def({contact}, Counting::persons)};
  const auto values = read([&](db::ReadTx& tx, access::Gate&) { return store::flows(tx, defs, kSpring); });
  EXPECT_EQ(values, (std::vector<std::int64_t>{3, 2, 1, 2, 1, 1, 0}));
  const auto agencies = read([&](db::ReadTx& tx, access::Gate&) { return store::by_agency(tx, defs[1], kSpring); });
  ASSERT_EQ(agencies.size(), 1u);
  EXPECT_EQ(agencies[0].agency, agency);
  EXPECT_EQ(agencies[0].value, 2);
}

TEST_P(CountStore, lists_what_it_counted_and_what_stands_open) {
  const SubjectRef one = held_record<CaseTag>(), two = held_record<CaseTag>(), sitting{SubjectKind::meeting_session, next_id()};
  act("case.opened", day(4, 1), one.id, one);
  act("case.opened", day(5, 1), two.id, two);
  const std::int64_t wrong = act("case.closed", day(5, 5), two.id, two);
  act("case.closed", day(6, 1), one.id, one);
  act("record.corrected", day(6, 2), two.id, two, "", "", wrong);
  act("session.held", day(6, 1), sitting.id, sitting, "plan_decision");
  const MeasureDef opened = def({{SubjectKind::support_case, "case.opened", {}, {}}}, Counting::subjects);
  const MeasureDef open = def({{SubjectKind::support_case, "case.opened", {}, {}}, {SubjectKind::support_case, "case.closed", {}, {}, true}}, Counting::open_cases);
  const MeasureDef held = def({{SubjectKind::meeting_session, "session.held", {"plan_decision"}, {}}}, Counting::acts);
  read([&](db::ReadTx& tx, access::Gate& gate) {
    EXPECT_EQ(store::stocks(tx, std::vector{opened, open}, kSpring.to), (std::vector<std::int64_t>{0, 1}));
    const auto all = store::lines(gate.scope<CaseTag>(), opened, kSpring, {}, 10);
    EXPECT_EQ(all.size(), 2u);
    if (all.size() != 2) return 0;
    EXPECT_EQ(all[0].subject, two);
    EXPECT_EQ(store::lines(gate.scope<CaseTag>(), opened, kSpring, LineCursor{all[0].held_on, all[0].act}, 10).size(), 1u);
    const auto standing = store::open_lines(gate.scope<CaseTag>(), open, kSpring, {}, 10);
    EXPECT_EQ(standing.size(), 1u);
    EXPECT_EQ(standing.empty() ? 0 : standing[0].subject.id, two.id);
    EXPECT_EQ(store::session_lines(tx, held, kSpring, {}, 10).size(), 1u);
    return 0;
  });
}

}  // namespace
}  // namespace kasane::measure
