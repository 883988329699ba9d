// Packets: who will see what, closing and opening, secrecy, the summary without names, sections, papers of one body.
#include <gtest/gtest.h>

#include <latch>

#include "meeting/meeting_world.hpp"
#include "meeting/packet_rules.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/secrecy_store.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

/// 長岡京: an item of 106条の6 with an agency, a section of tax and an adviser who is not appointed.
struct Packets : World {
  people::Registered home;
  SessionId sitting;
  AgendaItemId item;
  Login member, section, adviser;

  Packets() : World("nagaokakyo", "chiiki_fukushi_renkei"), home(aso()), sitting(sit({"juso_kaigi", "shien_kaigi"}, today())) {
    item = put(household_item(sitting, "shien_kaigi", home.household, "early_system")).value();
    member = t.account("shogai_fukushi", Role::meeting_member);
    section = t.account("korei_kaigo", Role::meeting_member);
    adviser = t.account("sansan", Role::meeting_member);
    Attendee summary;
    summary.party = adviser.account.value;
    summary.scope = Scope::summary;
    summary.until = today().plus_days(14);
    summary.topics = access::kStandardScope;
    const auto invited = invite(item, {agency("shogai_fukushi"), agency("korei_kaigo", Scope::section), summary});
    if (!invited) throw std::runtime_error(invited.error().fields.empty() ? invited.error().message : invited.error().fields.front().message);
  }
  template <class F>
  auto run(F&& f) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return f(tx, gate, actor, city()); });
  }
  Overview overview() {
    return t.read(who, [&](auto& tx, auto& gate) { return packet_overview(tx, gate, city(), item); }).value();
  }
  const Sight& sight(const Overview& o, std::int64_t party) {
    for (const Sight& s : o.sights)
      if (s.attendee.party == party) return s;
    throw std::runtime_error("no such attendee");
  }
  Result<> summarise(const std::string& text, std::int64_t version = 0) {
    return run([&](auto& tx, auto& gate, const auto& actor, const auto& c) { return write_summary(tx, gate, actor, c, item, version, text); });
  }
  std::string summary_path() { return "/summaries/" + id_text(overview().summary->id); }
};

TEST(Packet, the_table_says_before_sending_what_the_decision_will_answer) {  // issue item 3; KN-49
  Packets w;
  const Overview o = w.overview();
  ASSERT_EQ(o.sights.size(), 3u);
  const Sight& member = w.sight(o, w.t.agency("shogai_fukushi").value);
  EXPECT_TRUE(member.opens);
  ASSERT_FALSE(member.grounds.empty());
  EXPECT_EQ(member.grounds.front().kind, access::GroundKind::statutory_conference);
  EXPECT_FALSE(member.topics.meets(access::Topic::abuse | access::Topic::reporter | access::Topic::tax | access::Topic::safety));
  EXPECT_TRUE(member.persons.empty()) << "the item, not the register";
  const Sight& section = w.sight(o, w.t.agency("korei_kaigo").value);
  EXPECT_TRUE(section.opens);
  EXPECT_EQ(section.topics, access::Topic::basic | access::Topic::meeting);
  EXPECT_FALSE(w.sight(o, w.adviser.account.value).opens) << "no summary was written yet";
  EXPECT_TRUE(w.sees(w.member, w.item));
  EXPECT_FALSE(w.sees(w.adviser, w.item));
  const auto page = w.t.get(w.who, w.page(w.item) + "/packets");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "だれに何が見えるか"));
  EXPECT_TRUE(has(page, "資料は開きません"));
}

TEST(Packet, the_preview_is_for_those_who_prepare_and_shows_what_the_attendee_gets) {
  Packets w;
  const std::string preview = w.page(w.item) + "/packets/" + id_text(w.t.agency("shogai_fukushi"));
  EXPECT_TRUE(has(w.t.get(w.who, preview), "見守りの分担を決めたい"));
  const auto of_section = w.t.get(w.who, w.page(w.item) + "/packets/" + id_text(w.t.agency("korei_kaigo")));
  EXPECT_TRUE(has(of_section, "徴収・滞納処分には使えません"));
  EXPECT_EQ(w.t.get(w.member, preview).status, 404) << "a role that does not prepare";
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  EXPECT_EQ(w.t.get(stranger, preview).status, 404);
  EXPECT_EQ(w.t.get(stranger, w.page(w.item) + "/packets").status, 404);
  EXPECT_EQ(w.t.get(w.who, w.page(w.item) + "/packets/" + id_text(w.t.agency("cgsc_higashi"))).status, 404) << "no attendee";
}

TEST(Packet, a_preview_never_holds_what_its_reader_may_not_see) {
  ItemView theirs, own;
  theirs.plans.push_back({});
  theirs.plans.back().roles.push_back({"誰か", {}, "月1回"});
  EXPECT_TRUE(narrowed(theirs, own).plans.empty());
  own.plans.push_back({});
  EXPECT_TRUE(narrowed(theirs, own).plans.front().roles.empty());
  own.plans.back().roles = theirs.plans.back().roles;
  EXPECT_EQ(narrowed(theirs, own).plans.front().roles.size(), 1u);
}

// Somebody of an agency has no account: what the agency would be shown, on paper, with the name of who gets it.
TEST(Packet, goes_on_paper_to_somebody_without_an_account_with_the_readers_name_and_is_audited_for_both) {
  Packets w;
  const std::string party = id_text(w.t.agency("shogai_fukushi").value), path = w.page(w.item) + "/packets/" + party;
  EXPECT_TRUE(has(w.t.get(w.who, path), "アカウントのない人に紙で渡す"));
  EXPECT_EQ(w.t.post(w.who, path + "/paper", {{"reader", "　"}}).status, 422);
  const auto long_name = w.t.post(w.who, path + "/paper", {{"reader", std::string(130, 'a')}});
  EXPECT_EQ(long_name.status, 422);
  EXPECT_TRUE(has(long_name, std::string(130, 'a'))) << "what was typed stays";
  const auto untold = w.t.post(w.who, path + "/paper", {{"reader", "架空 手渡"}});
  EXPECT_EQ(untold.status, 422) << "secrecy comes first";
  EXPECT_TRUE(has(untold, "架空 手渡"));
  EXPECT_FALSE(has(untold, "packet-paper-")) << "no draft of a name";
  EXPECT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/" + id_text(w.adviser.account.value) + "/paper", {{"reader", "架空 手渡"}, {"secrecy", "yes"}}).status, 409)
      << "nothing goes on paper for somebody asked by name";
  EXPECT_EQ(w.acts("packet.paper", ""), 0);
  EXPECT_FALSE(has(w.t.get(w.who, "/meetings/secrecy/register"), "架空 手渡"));
  const auto done = w.t.post(w.who, path + "/paper", {{"reader", "架空 手渡"}, {"secrecy", "yes"}});
  ASSERT_EQ(done.status, 303);
  EXPECT_EQ(w.acts("packet.paper", ""), 1);
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/secrecy/register"), "架空 手渡"));
  const std::string where = std::string(done.header_value("location")).substr(std::string("/nagaokakyo").size());
  EXPECT_EQ(where.find("架空"), std::string::npos);
  const auto paper = w.t.get(w.who, where);
  ASSERT_EQ(paper.status, 200);
  EXPECT_TRUE(has(paper, "架空 手渡 さん"));
  EXPECT_TRUE(has(paper, "議題1"));
  std::latch kept(1);
  paper.before_send([&](bool) { kept.count_down(); });
  kept.wait();
  const auto printed_for = [&](std::int64_t reader) {
    return w.t.city().audit.file_for(w.t.clock().now()).read([&](db::ReadTx& tx) {
      return tx.number("SELECT count(*) FROM audit_read WHERE action = 'packet.paper' AND act = $1 AND account_id = $2",
                       db::params(static_cast<std::int64_t>(access::Act::print), reader));
    });
  };
  EXPECT_EQ(printed_for(w.who.account.value), 1);
  EXPECT_EQ(printed_for(w.t.agency("shogai_fukushi").value), 1) << "the agency has read it";
  EXPECT_TRUE(has(w.t.get(w.who, path), "架空 手渡")) << "who got one is seen beside it";
  EXPECT_EQ(w.t.get(w.member, where).status, 404);
  ASSERT_TRUE(w.run([&](auto& tx, auto& gate, const auto& actor, const auto& c) { return close_packets(tx, gate, actor, c, w.item); }));
  EXPECT_EQ(w.t.get(w.who, where).status, 409) << "no paper of a packet that is closed";
  EXPECT_EQ(w.t.post(w.who, path + "/paper", {{"reader", "架空 手渡"}, {"secrecy", "yes"}}).status, 409);
}

TEST(Packet, is_closed_by_hand_at_once_and_opened_again) {
  Packets w;
  const Login stranger = w.t.account("cgsc_higashi", Role::coordinator);
  EXPECT_EQ(w.t.post(stranger, w.page(w.item) + "/packets/close").status, 404);
  ASSERT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/close").status, 303);
  EXPECT_FALSE(w.sees(w.member, w.item));
  EXPECT_FALSE(w.sees(w.section, w.item));
  EXPECT_TRUE(w.sees(w.who, w.item)) << "who runs the body keeps it";
  ASSERT_TRUE(w.invite(w.item, {w.agency("shogai_fukushi")}));
  EXPECT_FALSE(w.sees(w.member, w.item)) << "changing the attendees opens nothing by the way";
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item) + "/packets"), "この議題の資料は閉じています"));
  const auto too_late = w.t.post(w.who, w.page(w.item) + "/packets/open", {{"until", w.today().plus_days(200).iso()}});
  EXPECT_EQ(too_late.status, 422);
  ASSERT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/open", {{"until", w.today().plus_days(3).iso()}}).status, 303);
  EXPECT_TRUE(w.sees(w.member, w.item));
  w.t.clock().set(w.today().plus_days(4));
  EXPECT_FALSE(w.sees(w.member, w.item));
}

TEST(Packet, of_a_section_closes_with_the_item_and_those_of_others_stay) {  // N-38, K-57; story 長岡京 (2)
  Packets w;
  EXPECT_TRUE(w.sees(w.section, w.item));
  ASSERT_EQ(w.t.post(w.who, w.page(w.item) + "/end-slice").status, 303);
  EXPECT_FALSE(w.sees(w.section, w.item));
  EXPECT_TRUE(w.sees(w.member, w.item));
  EXPECT_EQ(w.t.get(w.section, w.page(w.item)).status, 404);
}

TEST(Packet, taken_off_the_agenda_is_opened_by_no_later_step) {
  Packets w;
  const std::int64_t version = w.see(w.item).head.version;
  ASSERT_TRUE(w.run([&](auto& tx, auto& gate, const auto& actor, const auto& c) { return withdraw_item(tx, gate, actor, c, w.item, version); }));
  for (const char* step : {"/packets/close", "/end-slice"}) EXPECT_EQ(w.t.post(w.who, w.page(w.item) + step).status, 409) << step;
  EXPECT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/open", {{"until", w.today().iso()}}).status, 409);
  EXPECT_FALSE(w.sees(w.member, w.item));
}

TEST(Packet, of_a_deferred_item_is_closed_to_everybody) {
  Packets w;
  ASSERT_TRUE(w.hold(w.sitting, {"chiiki_fukushi_renkei"}));
  Outcome out;
  out.deferred = true;
  ASSERT_TRUE(w.say(w.item, out));
  EXPECT_FALSE(w.sees(w.member, w.item));
}

TEST(Secrecy, is_acknowledged_once_before_the_first_packet_opens) {  // T-68, N-41, K-59, W-79
  Packets w;
  const auto asked = w.t.get(w.member, w.page(w.item));
  EXPECT_TRUE(has(asked, "守秘の確認"));
  EXPECT_TRUE(has(asked, "社会福祉法第106条の6第5項"));
  EXPECT_FALSE(has(asked, "見守りの分担を決めたい"));
  EXPECT_FALSE(has(w.t.get(w.member, w.page(w.item) + "/sheet"), "見守りの分担を決めたい"));
  EXPECT_FALSE(has(w.t.get(w.member, w.page(w.sitting) + "/papers/shien_kaigi"), "見守りの分担を決めたい"));
  w.swear(w.member, w.item);
  const auto open = w.t.get(w.member, w.page(w.item));
  EXPECT_TRUE(has(open, "見守りの分担を決めたい"));
  EXPECT_TRUE(has(open, "守秘を確認した日"));
  const auto second = w.put(w.household_item(w.sitting, "shien_kaigi", w.aso().household, "early_system"));
  ASSERT_TRUE(second) << second.error().message;
  ASSERT_TRUE(w.invite(*second, {w.agency("shogai_fukushi")}));
  EXPECT_FALSE(has(w.t.get(w.member, w.page(*second)), "守秘の確認")) << "once for the body and year";
  const Login colleague = w.t.account("shogai_fukushi", Role::meeting_member);
  EXPECT_TRUE(has(w.t.get(colleague, w.page(*second)), "守秘の確認")) << "each person for itself";
}

TEST(Secrecy, holds_for_one_fiscal_year_and_one_body) {
  Packets w;
  w.swear(w.member, w.item);
  w.t.db().read([&](db::ReadTx& tx) {
    const FiscalYear year = FiscalYear::of(w.today());
    EXPECT_TRUE(store::acknowledged_on(tx, w.member.account, "shien_kaigi", year));
    EXPECT_FALSE(store::acknowledged_on(tx, w.member.account, "shien_kaigi", FiscalYear{year.year + 1}));
    EXPECT_FALSE(store::acknowledged_on(tx, w.member.account, "juso_kaigi", year));
  });
}

TEST(Secrecy, who_runs_the_body_is_asked_beside_the_packet_and_stands_in_the_register) {  // T-68
  Packets w;
  const auto first = w.t.get(w.who, w.page(w.item));
  EXPECT_TRUE(has(first, "見守りの分担を決めたい")) << "nothing waits for it";
  EXPECT_TRUE(has(first, "守秘を確認した</button>"));
  EXPECT_FALSE(has(w.t.get(w.who, "/meetings/secrecy/register"), "<td"));
  ASSERT_EQ(w.t.post(w.who, "/meetings/secrecy", {{"item", id_text(w.item)}}).status, 303);
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.item)), "守秘を確認した</button>"));
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item)), "守秘を確認した日"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/secrecy/register"), "<td"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/registers/secrecy"), w.t.city().directory.name(w.t.agency(w.World::home)))) << "beside those who are called";
  w.t.clock().set(*Date::from_ymd(2027, 4, 1));
  const auto next_year = w.t.read(w.who, [&](auto& tx, auto& gate) { return secrecy_of(tx, gate, w.city(), w.item); });
  ASSERT_TRUE(next_year);
  EXPECT_TRUE(next_year->asked_beside) << "once a year";
}

TEST(Secrecy, of_an_item_that_one_may_not_know_is_not_asked) {
  Packets w;
  const Login stranger = w.t.account("cgsc_higashi", Role::meeting_member);
  EXPECT_EQ(w.t.get(stranger, "/meetings/secrecy?item=" + id_text(w.item)).status, 404);
  EXPECT_EQ(w.t.post(stranger, "/meetings/secrecy", {{"item", id_text(w.item)}}).status, 404);
}

TEST(Secrecy, the_register_names_who_and_no_case) {
  Packets w;
  w.swear(w.member, w.item);
  const Login secretary = w.t.account("chiiki_fukushi_renkei", Role::secretary);
  const auto page = w.t.get(secretary, "/meetings/secrecy/register");
  EXPECT_TRUE(has(page, "試験"));
  EXPECT_FALSE(has(page, "阿曽"));
  EXPECT_EQ(w.t.get(w.member, "/meetings/secrecy/register").status, 404);
}

TEST(Summary, is_all_that_an_adviser_who_is_not_appointed_gets) {  // KN-49, KN-50
  Packets w;
  ASSERT_TRUE(w.summarise("高齢の親と同居する子の家計のことで、法的な見通しを知りたい。"));
  const std::string path = w.summary_path();
  EXPECT_TRUE(has(w.t.get(w.adviser, path), "守秘の確認"));
  w.swear(w.adviser, w.overview().summary->id);
  const auto page = w.t.get(w.adviser, path);
  EXPECT_TRUE(has(page, "法的な見通しを知りたい"));
  EXPECT_FALSE(has(page, "阿曽"));
  EXPECT_FALSE(has(page, "見守りの分担を決めたい"));
  EXPECT_EQ(w.t.get(w.adviser, w.page(w.item)).status, 404);
  EXPECT_EQ(w.t.get(w.adviser, w.page(w.overview().summary->id)).status, 404) << "a summary is no item";
  EXPECT_TRUE(has(w.t.get(w.adviser, w.page(w.sitting)), path)) << "found from the sitting";
  EXPECT_FALSE(has(w.t.get(w.adviser, w.page(w.sitting)), "阿曽"));
  EXPECT_EQ(w.t.get(w.member, path).status, 404) << "written for advisers";
  ASSERT_EQ(w.t.post(w.who, w.page(w.item) + "/packets/close").status, 303);
  EXPECT_EQ(w.t.get(w.adviser, path).status, 404) << "closed with the packet";
}

TEST(Summary, with_a_name_an_address_or_a_telephone_number_is_refused) {
  Packets w;
  for (const char* text : {"阿曽さんのことです", "千代さんのお金", "連絡は 0235-00-1234 まで", ""}) {
    const auto refused = w.summarise(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid) << text;
  }
  ASSERT_TRUE(w.summarise("80代の母と50代の子。"));
  EXPECT_EQ(w.summarise("書き直し", 0).error().code, ErrorCode::stale);
  EXPECT_TRUE(w.summarise("書き直し", 1));
}

TEST(Summary, gives_ages_in_tens) {
  EXPECT_EQ(age_band(9), "10歳未満");
  EXPECT_EQ(age_band(10), "10代");
  EXPECT_EQ(age_band(83), "80代");
  EXPECT_EQ(age_band(101), "90歳以上");
  EXPECT_EQ(gives_away("中林さん", {"林"}), std::nullopt) << "one sign is no name";
  EXPECT_EQ(gives_away("小 林さん", {"小林"}), "小林");
  EXPECT_EQ(gives_away("昭和25年生まれ、月3万円", {}), std::nullopt);
  EXPECT_TRUE(gives_away("０２３５（００）１２３４", {}));
}

TEST(Papers, of_a_joint_sitting_keep_apart_and_carry_reader_time_and_ground) {  // N-36, K-57
  Packets w;
  const auto paper = w.t.get(w.who, w.page(w.sitting) + "/papers/shien_kaigi");
  EXPECT_TRUE(has(paper, "見守りの分担を決めたい"));
  EXPECT_TRUE(has(paper, "印刷した人"));
  EXPECT_TRUE(has(paper, "印刷した日時"));
  EXPECT_TRUE(has(paper, "共有してよい根拠"));
  EXPECT_TRUE(has(paper, "every-page"));
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.sitting) + "/papers/juso_kaigi"), "見守りの分担を決めたい"));
  EXPECT_EQ(w.t.get(w.who, w.page(w.sitting) + "/papers/hokatsu_unei").status, 404) << "not of this sitting";
  w.swear(w.section, w.item);
  EXPECT_TRUE(has(w.t.get(w.section, w.page(w.sitting) + "/papers/shien_kaigi"), "徴収・滞納処分には使えません"));
  const Login other = w.t.account("cgsc_higashi", Role::meeting_member);
  EXPECT_FALSE(has(w.t.get(other, w.page(w.sitting) + "/papers/shien_kaigi"), "見守りの分担を決めたい"));
}

}  // namespace
}  // namespace kasane::meeting
