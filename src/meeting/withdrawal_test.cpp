// The page that takes a consent back: sharing stops, plans are marked, and whoever had got something is listed, agencies as
// well as people who were called by name and guests, with the papers that they had.
#include <gtest/gtest.h>

#include <future>

#include "access/audit_scan.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/packet_paper_service.hpp"
#include "planning/case_for_test.hpp"

namespace kasane::meeting {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using planning::PlanState;
using planning::plans_marked;
using programme::testing::Login;
using testing::has;
using testing::World;

struct AsoCase : planning::testing::AsoCase {
  AsoCase() : planning::testing::AsoCase("tsuruoka", "cgsc_fujishima", "hokatsu_care", {planning::add_routes, add_routes}) {}
};

TEST(WithdrawalPage, sharing_stops_at_once_the_plan_stays_marked_and_the_page_lists_what_went_out) {
  AsoCase aso;
  const ConsentId consent = aso.agree();
  const PlanId id = aso.decided(aso.content());
  const std::string path = "/consents/" + id_text(consent) + "/withdraw";
  EXPECT_EQ(aso.t.get(aso.stranger, path).status, 404);
  EXPECT_EQ(aso.t.get(aso.swc, path).status, 200);
  EXPECT_EQ(aso.t.post(aso.swc, path, {{"version", "1"}, {"on", "きのう"}, {"reason", "もうよい"}}).status, 422);
  ASSERT_EQ(aso.t.post(aso.swc, path, {{"version", "1"}, {"on", "R8.11.24"}, {"reason", "もうよい"}}).status, 303);
  EXPECT_EQ(aso.view(aso.member, id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(aso.view(aso.swc, id)->head.consent_withdrawn);
  EXPECT_EQ(aso.view(aso.swc, id)->head.state, PlanState::active);
  EXPECT_EQ(aso.t.read(aso.swc, [&](auto& tx, auto& gate) { return plans_marked(tx, gate); }).size(), 1u);
  EXPECT_THAT(aso.t.get(aso.swc, path).body, HasSubstr("ふじしま"));
}

TEST(WithdrawalPage, taking_back_the_application_leaves_plan_and_sharing_as_they_are) {
  AsoCase aso;
  aso.agree();
  const ConsentId application = aso.apply();
  const PlanId id = aso.decided(aso.content());
  const std::string path = "/consents/" + id_text(application) + "/withdraw";
  EXPECT_THAT(aso.t.get(aso.swc, path).body, Not(HasSubstr("新しい共有は、すぐに止まります")));
  ASSERT_EQ(aso.t.post(aso.swc, path, {{"version", "1"}, {"on", "R8.11.24"}, {"reason", "もうよい"}}).status, 303);
  EXPECT_FALSE(aso.view(aso.swc, id)->head.consent_withdrawn);
  EXPECT_TRUE(aso.view(aso.member, id)) << "sharing goes on";
}

TEST(WithdrawalPage, a_refusal_after_a_consent_marks_the_plan_like_a_withdrawal) {  // practice §1.10
  AsoCase aso;
  aso.agree();
  const PlanId id = aso.decided(aso.content());
  const auto said = aso.t.post(aso.swc, "/households/" + id_text(aso.household) + "/consents",
                               {{"person", id_text(aso.son)}, {"given_on", "R8.11.24"}, {"sharing", "refuse"}, {"scope", "standard"}, {"how", "spoken"}, {"witness", "試験 職員"}});
  ASSERT_EQ(said.status, 303) << said.body;
  EXPECT_TRUE(aso.view(aso.swc, id)->head.consent_withdrawn);
  EXPECT_EQ(aso.view(aso.member, id).error().code, ErrorCode::not_found);
}

/// An item on consent before which an agency, a lawyer called by name and a guest were let in.
struct Gone : World {
  people::Registered family = aso();
  ConsentId consent = agree(family, 0);
  SessionId sitting;
  AgendaItemId item;
  Login lawyer = t.account("cgsc_higashi", Role::window_counsellor);
  Handed guest;

  Gone() : World("nagaokakyo", "chiiki_fukushi_renkei") {
    const PlanId plan = draft(open(family), family.persons[0]);
    submit(plan, family.persons[0]);
    sitting = sit({"juso_kaigi"});
    item = put(plan_item(sitting, "juso_kaigi", plan)).value();
    Attendee adviser = agency("cgsc_higashi");
    adviser.party = lawyer.account.value;
    adviser.appointed_on = today();
    EXPECT_TRUE(invite(item, {agency("shogai_fukushi"), adviser}));
    const NewGuest in{GuestKind::outside, "架空 次郎", "架空製作所", std::nullopt, today().plus_days(7)};
    guest = t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, city(), t.city().key, item, in); }).value();
    name(lawyer, "弁護士 架空");
  }
  void name(const Login& login, std::string name) {
    t.db().write([&](db::WriteTx& tx) { tx.run(R"sql(UPDATE account SET display_name = $2 WHERE id = $1)sql", db::params(login.account, name)); });
  }
  void hand_paper_to(std::string reader) {
    const std::int64_t party = t.agency("shogai_fukushi").value;
    ASSERT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return hand_paper(tx, gate, actor, city(), item, party, reader, true); }));
  }
  void look(const Login& login, const std::string& path) {
    web::Reply reply = t.get(login, path);
    ASSERT_EQ(reply.status, 200);
    ASSERT_TRUE(reply.before_send);
    std::promise<bool> kept;
    reply.before_send([&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
  }
  void gather() {
    const access::AgenciesOf agencies = [](db::ReadTx&, std::int64_t, Date) { return std::vector<std::int64_t>(); };
    while (access::scan_reads(t.city().audit.file_for(t.clock().now()), t.db(), agencies) > 0) {
    }
  }
  std::string path() { return "/consents/" + id_text(consent) + "/withdraw"; }
  web::Reply take_back() { return t.post(who, path(), {{"version", "1"}, {"on", today().iso()}, {"reason", "もうよい"}}); }
};

/// The row of the list in which this stands.
std::string row_of(const web::Reply& page, const std::string& word) {
  const std::size_t at = page.body.find(word, page.body.find("それまでに伝わっていた先"));
  if (at == std::string::npos) return {};
  const std::size_t first = page.body.rfind("<tr", at);
  return page.body.substr(first, page.body.find("</tr>", at) - first);
}

TEST(WithdrawalPage, lists_agencies_people_and_guests_by_name_with_the_papers_they_had_T_67_N_33) {
  Gone w;
  w.hand_paper_to("紙の 読み手");
  ASSERT_EQ(w.take_back().status, 303);
  const auto page = w.t.get(w.who, w.path());
  ASSERT_EQ(page.status, 200);
  const std::string paper = wareki_short(w.today()) + " " + w.t.m().body("juso_kaigi")->name + "の資料";
  EXPECT_THAT(row_of(page, "障がい福祉課"), HasSubstr(paper + "（紙で 紙の 読み手）"));
  EXPECT_THAT(row_of(page, "弁護士 架空"), HasSubstr(paper));
  EXPECT_THAT(row_of(page, "弁護士 架空"), HasSubstr("個人で呼ばれた人"));
  EXPECT_THAT(row_of(page, "架空 次郎（架空製作所）"), HasSubstr("外から招かれた人"));
  EXPECT_FALSE(has(page, "<li></li>")) << "nobody is an empty line";
}

TEST(WithdrawalPage, marks_who_had_opened_something_and_who_had_not) {
  Gone w;
  w.swear(w.lawyer, w.item);
  w.look(w.lawyer, w.page(w.item));
  w.gather();
  ASSERT_EQ(w.take_back().status, 303);
  const auto page = w.t.get(w.who, w.path());
  EXPECT_THAT(row_of(page, "弁護士 架空"), HasSubstr("開いた（" + wareki_short(w.today()) + "）"));
  EXPECT_THAT(row_of(page, "障がい福祉課"), HasSubstr("開いた記録はない"));
  EXPECT_THAT(row_of(page, "架空 次郎"), HasSubstr("開いた記録はない"));
}

TEST(WithdrawalPage, who_does_not_hold_the_household_is_not_told_who_has_opened_what) {
  Gone w;
  const Login other = w.t.account("shogai_fukushi", Role::coordinator);
  w.t.db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::contract;
    g.root = w.family.household.value;
    g.topics = access::kStandardScope;
    g.named = {w.t.agency("shogai_fukushi").value};
    g.from = w.today();
    g.until = *Date::from_iso(access::kForever);
    g.source = next_id();
    access::add_ground(tx, g, {w.who.account, w.t.agency(w.home), w.t.clock().now()});
  });
  ASSERT_EQ(w.take_back().status, 303);
  const auto page = w.t.get(other, w.path());
  ASSERT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "弁護士 架空"));
  EXPECT_FALSE(has(page, "開いたか"));
  EXPECT_FALSE(has(page, "架空 次郎")) << "a guest is named to the agency that let him in";
}

}  // namespace
}  // namespace kasane::meeting
