// 開示請求 from the request to the paper, through the pages; the story of 会津若松, 佐瀬家 (5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "access/groups.hpp"
#include "archive/disclosure_service.hpp"
#include "archive/pages.hpp"
#include "casework/case_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/record_service.hpp"
#include "consent/service.hpp"
#include "db/testing.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"
#include "programme/testing_engine.hpp"

namespace kasane::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

/// What another program reads in the paper.
std::string text_of(const std::string& pdf) {
  const auto file = std::filesystem::temp_directory_path() / ("kasane-kaiji-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  FILE* pipe = ::popen(("pdftotext -layout " + file.string() + " - 2>&1").c_str(), "r");
  std::string out;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  EXPECT_EQ(::pclose(pipe), 0) << out;
  std::filesystem::remove(file);
  return out;
}

class DisclosureStory : public ::testing::TestWithParam<db::Engine> {
 protected:
  std::unique_ptr<db::TestDatabase> server = GetParam() == db::Engine::postgres ? std::make_unique<db::TestDatabase>(GetParam()) : nullptr;
  std::unique_ptr<programme::testing::CityOn> there = server ? std::make_unique<programme::testing::CityOn>(server->settings()) : nullptr;
  TestCity city{"aizuwakamatsu", {archive::add_disclosure_routes}};
  Login officer = city.account("chiiki_fukushi", Role::city_officer);
  Login head = city.account("chiiki_fukushi", Role::head);
  Login other_agency = city.account("dis_2", Role::city_officer);
  people::Registered home = register_home();
  PersonId mother() const { return home.persons.at(0); }
  PersonId son() const { return home.persons.at(1); }

  people::Registered register_home() {
    people::NewHousehold what;
    what.persons.resize(2);
    what.persons[0].fields.family = "佐瀬";
    what.persons[0].fields.given = "幸子";
    what.persons[1].fields.family = "佐瀬";
    what.persons[1].fields.given = "亮";
    what.persons[1].contact = {"若松町1-2", "0242-00-0000", "夜は電話しない"};
    return city.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
  void record(std::optional<PersonId> person, const char* text) { record(person, text, home.household); }
  void record(std::optional<PersonId> person, const char* text, HouseholdId where) {
    casework::NewRecord in;
    in.household = where;
    in.person = person;
    in.on_day = city.clock().today();
    in.method = "office";
    in.text = text;
    const auto done = city.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return casework::write_record(tx, gate, actor, in); });
    ASSERT_TRUE(done) << done.error().message;
  }
  void live_together() {
    record(son(), "【本人】来月から働きたいと話した。\n\n【第三者】姉は、弟が通帳を持つと話した。");
    record(mother(), "【本人】年金を渡すように言われると話した。");
    record({}, "【本人】夜が眠れないと母が話した。\n\n【見立て】世帯の家計は苦しい。");
  }
  DisclosureId receive_request() {
    const auto reply = city.post(officer, "/disclosures", {{"household", id_text(home.household)}, {"person", id_text(son())}, {"asker", "self"},
                                                           {"identity", "driver"}, {"received_on", city.clock().today().iso()}});
    EXPECT_EQ(reply.status, 303) << reply.body.substr(0, 3000);
    const auto lines = city.read(officer, [](db::ReadTx& tx, access::Gate& gate) { return disclosures(tx, gate, 10); });
    EXPECT_EQ(lines.size(), 1u);
    return lines.at(0).id;
  }
  DisclosureView view(DisclosureId id) {
    return city.read(officer, [&](db::ReadTx& tx, access::Gate& gate) { return disclosure(tx, gate, id); }).value();
  }
  /// Posts a choice for every part: open where that is proposed, else what `of` says.
  web::Reply sort_parts(DisclosureId id, const std::function<web::Pairs(const Part&)>& of) {
    web::Pairs fields{{"version", std::to_string(view(id).facts.version)}};
    for (const Part& p : view(id).parts) {
      if (p.decision == PartDecision::open) fields.emplace_back("decision_" + std::to_string(p.number), "open");
      else
        for (auto& pair : of(p)) fields.push_back(std::move(pair));
    }
    return city.post(officer, "/disclosures/" + id_text(id) + "/parts", fields);
  }
  static web::Pairs withheld(const Part& p) {
    return {{"decision_" + std::to_string(p.number), "withheld"}, {"ground_" + std::to_string(p.number), p.ground.empty() ? "78-1-7" : p.ground}};
  }
  web::Reply step(const Login& who, DisclosureId id, const char* name, web::Pairs more = {}) {
    more.emplace_back("version", std::to_string(view(id).facts.version));
    return city.post(who, "/disclosures/" + id_text(id) + "/" + name, more);
  }
  /// The last record written is about mother and son together.
  void last_record_is_of_both() {
    city.db().write([&](db::WriteTx& tx) {
      const auto id = tx.number("SELECT max(id) FROM access_subject WHERE kind = 8");
      access::set_persons(tx, {SubjectKind::support_record, id}, {mother(), son()});
    });
  }
  /// The mother is protected; this account is a relative of who is the other side.
  void protect_mother_from(const Login& relative) {
    const auto made = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
      people::NewMeasure what;
      what.household = home.household;
      what.person = mother();
      what.kind = people::ProtectionKind::abuse;
      what.from = city.clock().today();
      what.opponents = {son()};
      const auto id = people::add_measure(tx, gate, actor, {12, 30, "要領"}, what);
      if (!id) return tl::unexpected(id.error());
      const auto done = people::set_related_staff(tx, gate, actor, *id, 1, relative.account, true);
      if (!done) return tl::unexpected(done.error());
      return true;
    });
    ASSERT_TRUE(made) << made.error().message;
  }
};

KASANE_EVERY_ENGINE(DisclosureStory);

// practice.md §5, 会津若松 (5): only the son's data; the mother's statements and what others said are withheld.
TEST_P(DisclosureStory, the_sons_request_holds_only_his_data_W_73) {
  live_together();
  const DisclosureId id = receive_request();
  std::string all;
  for (const Part& p : view(id).parts) {
    all += p.text.shown() + "\n";
    const bool his_own = p.text.shown().find("来月から働きたい") != std::string::npos;
    if (his_own) { EXPECT_EQ(p.decision, PartDecision::open); }
    if (p.text.shown().find("通帳") != std::string::npos || p.text.shown().find("眠れない") != std::string::npos) {
      EXPECT_EQ(p.proposal, Proposal::review);
      EXPECT_EQ(p.decision, PartDecision::none) << "never withheld by class alone";
      EXPECT_EQ(p.ground, "78-1-2");
    }
  }
  EXPECT_THAT(all, HasSubstr("来月から働きたい"));
  EXPECT_THAT(all, Not(HasSubstr("年金"))) << "what is about the mother is not gathered";
  EXPECT_THAT(all, Not(HasSubstr("幸子")));

  // Undecided parts block the proposal and are named.
  const auto too_early = step(officer, id, "propose");
  EXPECT_EQ(too_early.status, 409);
  EXPECT_THAT(too_early.body, HasSubstr("まだ決めていない部分"));

  ASSERT_EQ(sort_parts(id, withheld).status, 303);
  ASSERT_EQ(step(officer, id, "propose").status, 303);
  EXPECT_EQ(city.get(officer, "/disclosures/" + id_text(id) + "/paper.pdf").status, 409) << "no paper before the approval";

  // One proposes, another approves.
  const auto own = step(officer, id, "approve");
  EXPECT_EQ(own.status, 409);
  EXPECT_THAT(own.body, HasSubstr("自分の案を承認できません"));
  ASSERT_EQ(step(head, id, "approve").status, 303);
  EXPECT_EQ(view(id).facts.result, DisclosureResult::partial);
  EXPECT_EQ(sort_parts(id, withheld).status, 409) << "the approved set is frozen";

  const auto paper = city.get(officer, "/disclosures/" + id_text(id) + "/paper.pdf");
  ASSERT_EQ(paper.status, 200);
  EXPECT_EQ(paper.content_type, "application/pdf");
  EXPECT_THAT(std::string(paper.header_value("content-disposition")), Not(HasSubstr("佐瀬")));
  const std::string text = text_of(paper.body);
  EXPECT_THAT(text, HasSubstr("来月から働きたい"));
  EXPECT_THAT(text, HasSubstr("78条1項2号"));
  for (const char* secret : {"眠れない", "通帳", "年金", "家計", "幸子"}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
    EXPECT_EQ(paper.body.find(secret), std::string::npos);
  }
  ASSERT_EQ(step(head, id, "handed", {{"handed_on", city.clock().today().iso()}}).status, 303);
  EXPECT_EQ(view(id).facts.state, DisclosureState::handed);
}

TEST_P(DisclosureStory, words_within_a_part_can_be_blacked_out_and_a_part_can_leave_no_trace) {
  live_together();
  const DisclosureId id = receive_request();
  const auto sorted = sort_parts(id, [](const Part& p) -> web::Pairs {
    const std::string n = std::to_string(p.number);
    if (p.text.shown().find("通帳") != std::string::npos)
      return {{"decision_" + n, "partial"}, {"ground_" + n, "78-1-2"}, {"hidden_" + n, "姉\n通帳を持つ"}};
    return {{"decision_" + n, "not_told"}, {"ground_" + n, "81"}};
  });
  ASSERT_EQ(sorted.status, 303) << sorted.body.substr(0, 2000);
  ASSERT_EQ(step(officer, id, "propose").status, 303);
  ASSERT_EQ(step(head, id, "approve").status, 303);
  const std::string text = text_of(city.get(head, "/disclosures/" + id_text(id) + "/paper.pdf").body);
  EXPECT_THAT(text, HasSubstr("弟が"));
  EXPECT_THAT(text, Not(HasSubstr("通帳")));
  EXPECT_THAT(text, Not(HasSubstr("姉")));
  EXPECT_THAT(text, Not(HasSubstr("81条"))) << "what is not told of leaves no trace";
}

TEST_P(DisclosureStory, words_that_are_not_in_the_part_are_a_fault_and_stay_typed) {
  live_together();
  const DisclosureId id = receive_request();
  const auto sorted = sort_parts(id, [](const Part& p) -> web::Pairs {
    const std::string n = std::to_string(p.number);
    return {{"decision_" + n, "partial"}, {"ground_" + n, "78-1-2"}, {"hidden_" + n, "書いていない言葉"}};
  });
  EXPECT_EQ(sorted.status, 422);
  EXPECT_THAT(sorted.body, HasSubstr("この部分の文にありません"));
  EXPECT_THAT(sorted.body, HasSubstr("書いていない言葉"));
}

TEST_P(DisclosureStory, only_keepers_of_the_holder_know_of_a_request) {
  live_together();
  const DisclosureId id = receive_request();
  const std::string path = "/disclosures/" + id_text(id);
  for (const char* page : {"", "/parts", "/paper.pdf"}) {
    EXPECT_EQ(city.get(other_agency, path + page).status, 404) << page;
    EXPECT_EQ(city.get(city.account("chiiki_fukushi", Role::coordinator), path + page).status, 404) << page;
    EXPECT_EQ(city.get(city.account("chiiki_fukushi", Role::auditor), path + page).status, 404) << page;
  }
  EXPECT_THAT(city.get(other_agency, "/disclosures").body, Not(HasSubstr("開示R")));
  EXPECT_EQ(step(other_agency, id, "approve").status, 404);
}

// Colleagues without the role share the agency's Today; they must not learn from it that somebody asked.
TEST_P(DisclosureStory, waits_for_keepers_by_name_and_never_for_the_agency) {
  const Login colleague = city.account("chiiki_fukushi", Role::coordinator);
  live_together();
  const DisclosureId id = receive_request();
  const auto waits = [&](const Login& who) {
    const auto viewer = city.viewer(who);
    return city.read(who, [&](db::ReadTx& tx, access::Gate&) {
      std::string kinds;
      for (const due::DueLine& line : due::open_for(tx, {viewer.posts.front().agency.value, who.account.value}, who.account, city.clock().today(), 50))
        if (line.subject == SubjectRef{SubjectKind::disclosure, id.value}) kinds += line.kind;
      return kinds;
    });
  };
  EXPECT_EQ(waits(colleague), "");
  EXPECT_EQ(waits(officer), "disclosure.propose");
  EXPECT_EQ(waits(head), "disclosure.propose");
  ASSERT_EQ(sort_parts(id, withheld).status, 303);
  ASSERT_EQ(step(officer, id, "propose").status, 303);
  EXPECT_EQ(waits(officer), "") << "who proposed does not approve";
  EXPECT_EQ(waits(head), "disclosure.approve");
  ASSERT_EQ(step(head, id, "approve").status, 303);
  EXPECT_EQ(waits(head), "");
}

// W-73: the parts are copies; who may not see a record may not read it in the request either.
TEST_P(DisclosureStory, a_relative_of_the_other_side_does_not_find_a_request_that_holds_what_is_kept_from_it_W_73) {
  record({}, "【事実】二人の話し合いに同席した。");
  last_record_is_of_both();
  const DisclosureId id = receive_request();
  const std::string path = "/disclosures/" + id_text(id);
  ASSERT_EQ(city.get(head, path).status, 200);
  protect_mother_from(head);
  for (const char* page : {"", "/parts", "/paper.pdf"}) EXPECT_EQ(city.get(head, path + page).status, 404) << page;
  EXPECT_THAT(city.get(head, "/disclosures").body, Not(HasSubstr("開示R")));
  ASSERT_EQ(sort_parts(id, withheld).status, 303);
  ASSERT_EQ(step(officer, id, "propose").status, 303);
  EXPECT_EQ(step(head, id, "approve").status, 404);
  const Login deputy = city.account("chiiki_fukushi", Role::head);
  EXPECT_EQ(step(deputy, id, "approve").status, 303) << "who has nothing to do with them decides";
}

// What was copied from 通告 is a matter of abuse in the copy, too, whoever asked and even when the report itself is gone.
TEST_P(DisclosureStory, a_request_has_the_topics_of_all_its_parts) {
  record({}, "【事実】近所から話があった。");
  city.db().write([&](db::WriteTx& tx) {
    tx.run("UPDATE access_subject SET topics = $1 WHERE kind = 8", db::params(static_cast<std::int64_t>((access::Topic::record | access::Topic::abuse).bits())));
  });
  const DisclosureId id = receive_request();
  protect_mother_from(head);
  city.db().write([&](db::WriteTx& tx) { tx.run("UPDATE disclosure_part SET subject_id = 1 WHERE source = 'record.part'", {}); });
  EXPECT_EQ(city.get(head, "/disclosures/" + id_text(id)).status, 404);
  EXPECT_EQ(city.get(officer, "/disclosures/" + id_text(id)).status, 200);
}

// W-73: the paper would carry the address to whoever asks.
TEST_P(DisclosureStory, contact_is_for_a_human_to_decide_whoever_asks_W_73) {
  const DisclosureId id = receive_request();
  int contacts = 0;
  for (const Part& p : view(id).parts)
    if (p.source == "person.address" || p.source == "person.phone" || p.source == "person.safe") {
      ++contacts;
      EXPECT_EQ(p.decision, PartDecision::none) << p.source;
      EXPECT_EQ(p.proposal, Proposal::review) << p.source;
    }
  EXPECT_EQ(contacts, 3);
  EXPECT_THAT(city.get(officer, "/disclosures/" + id_text(id) + "/parts").body, HasSubstr("本人の身を守る"));
}

TEST_P(DisclosureStory, what_was_written_before_the_person_moved_is_gathered_and_what_came_after_is_not) {
  record(son(), "【本人】前の家で話した。");
  record({}, "【事実】前の家の雨もりを見た。");
  record({}, "【事実】母と息子の話を聞いた。");
  last_record_is_of_both();
  const auto flat = city.write(officer, [&](auto& tx, auto& gate, const auto& actor) {
    people::NewHousehold what;
    what.label = "佐瀬亮のアパート";
    return people::register_household(tx, gate, actor, what);
  });
  ASSERT_TRUE(flat);
  city.clock().set(city.clock().today().plus_days(10));
  officer = city.account("chiiki_fukushi", Role::city_officer);
  const auto moved = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
    const auto done = people::move_person(tx, gate, actor, son(), flat->household, {}, city.clock().today());
    if (!done) return tl::unexpected(done.error());
    return true;
  });
  ASSERT_TRUE(moved) << moved.error().message;
  record({}, "【事実】母の一人暮らしのようす。");
  record(son(), "【本人】新しい家で話した。", flat->household);
  home.household = flat->household;
  std::string all;
  for (const Part& p : view(receive_request()).parts) all += p.text.shown() + "\n";
  for (const char* held : {"前の家で話した", "雨もり", "母と息子", "新しい家で話した"}) EXPECT_THAT(all, HasSubstr(held));
  EXPECT_THAT(all, Not(HasSubstr("一人暮らし"))) << "of the household as such, after the person had left it";
}

// What was made of an item for advisers and guests, and what was written when somebody opened the home in an emergency, is
// held about the person like the rest: by whom the item is about, not by whose column is filled.
TEST_P(DisclosureStory, summaries_guests_and_emergency_openings_are_gathered_as_what_they_hang_on) {
  const AgencyId holder = city.agency("chiiki_fukushi");
  const auto item_about = [&](std::optional<PersonId> person, const char* text) {
    const auto made = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<AgendaItemId> {
      const auto item = gate.create<AgendaItemTag>(tx, {home.household.value, holder, person, access::Topic::meeting, access::Sharing::own});
      const auto summary = gate.create<AgendaItemTag>(tx, {home.household.value, holder, person, access::Topic::meeting, access::Sharing::own});
      // The host keeps the link with the item where it does not know the household.
      const auto link = gate.create<GuestLinkTag>(tx, {item->id().value, holder, {}, access::Topic::basic | access::Topic::meeting, access::Sharing::own});
      if (!item || !summary || !link) return fail(ErrorCode::not_permitted, "");
      item->run(tx, R"sql(INSERT INTO agenda_item (id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter, household_id, ground_code, ground_text, minutes, state,
                            pii_question, pii_note, version)
                          VALUES ($permit, 1, 1, 'x', 'x', 'not_required', '', '', 'other', $1, '', '', 0, 'waiting', '', '', 1))sql",
                db::params(home.household));
      summary->run(tx, R"sql(INSERT INTO packet_summary (id, item_id, pii_people, pii_text, version) VALUES ($permit, $1, '20代', $2, 1))sql",
                   db::params(item->id(), std::string("要約: ") + text));
      link->run(tx, R"sql(INSERT INTO guest_link (id, item_id, kind, pii_name, pii_office, until_on, topics, token_hash, code_hash, tries, made_on, pii_answer, version)
                          VALUES ($permit, $1, 'outside', '架空 花子', '架空小学校', '2026-12-31', 1, $2, '', 0, $3, $4, 1))sql",
                db::params(item->id(), std::string(text), gate.today(), std::string("答え: ") + text));
      return item->id();
    });
    ASSERT_TRUE(made) << made.error().message;
  };
  item_about(son(), "息子のこと");
  item_about(mother(), "母のこと");
  item_about({}, "世帯のこと");
  const auto opened = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<bool> {
    const auto permit = gate.create<EmergencyAccessTag>(tx, {home.household.value, holder, {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    permit->run(tx, R"sql(INSERT INTO emergency_access (id, household_id, account_id, agency_id, holder_id, reason_code, pii_reason, opened_at, until_at, review_by, verdict, pii_note, version)
                          VALUES ($permit, $1, 1, 1, $2, 'life', '声がしない', 0, 0, '2026-12-01', 'justified', '無事だった', 1))sql",
                db::params(home.household, holder));
    return true;
  });
  ASSERT_TRUE(opened);
  std::multimap<std::string, std::string> found;
  for (const Part& p : view(receive_request()).parts) {
    found.emplace(p.source, p.text.shown());
    if (p.source.starts_with("guest.") || p.source.starts_with("emergency.") || p.source == "summary.text") {
      EXPECT_EQ(p.proposal, Proposal::review) << p.source;
      EXPECT_FALSE(p.ground.empty()) << p.source;
    }
  }
  const auto texts = [&](const char* source) {
    std::vector<std::string> all;
    for (auto [at, end] = found.equal_range(source); at != end; ++at) all.push_back(at->second);
    return all;
  };
  using ::testing::UnorderedElementsAre;
  EXPECT_THAT(texts("guest.answer"), UnorderedElementsAre("答え: 息子のこと", "答え: 世帯のこと")) << "what was answered about the mother is not his";
  EXPECT_THAT(texts("guest.name"), UnorderedElementsAre("架空 花子 架空小学校", "架空 花子 架空小学校")) << "who was told of him; a third person's name, for a human to decide";
  EXPECT_THAT(texts("summary.text"), UnorderedElementsAre("要約: 息子のこと", "要約: 世帯のこと"));
  EXPECT_THAT(texts("summary.people"), UnorderedElementsAre("20代", "20代"));
  EXPECT_THAT(texts("emergency.reason"), UnorderedElementsAre("声がしない"));
  EXPECT_THAT(texts("emergency.note"), UnorderedElementsAre("無事だった"));
}

// Who holds something else about him is named, so that he can ask there: also who only wrote a line at a meeting.
TEST_P(DisclosureStory, an_office_that_only_wrote_a_line_at_a_meeting_is_named_as_another_holder) {
  const AgencyId holder = city.agency("chiiki_fukushi"), writer = city.agency("seikatsu_support");
  const auto made = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
    const auto item = gate.create<AgendaItemTag>(tx, {home.household.value, holder, {}, access::Topic::meeting, access::Sharing::own});
    const auto note = gate.create<MeetingNoteTag>(tx, {item->id().value, holder, {}, access::Topic::basic | access::Topic::meeting, access::Sharing::own});
    if (!item || !note) return fail(ErrorCode::not_permitted, "");
    item->run(tx, R"sql(INSERT INTO agenda_item (id, session_id, number, body, function, consent_rule, secrecy, agenda_kind, matter, household_id, ground_code, ground_text, minutes, state,
                          pii_question, pii_note, version)
                        VALUES ($permit, 1, 1, 'x', 'x', 'not_required', '', '', 'other', $1, '', '', 0, 'waiting', '', '', 1))sql",
              db::params(home.household));
    note->run(tx, R"sql(INSERT INTO meeting_note (id, item_id, kind, agency_id, account_id, pii_text, taker_id, due_on, made_at, struck_at, version)
                        VALUES ($permit, $1, 'point', $2, 1, '家賃の話', NULL, NULL, 0, NULL, 1))sql",
              db::params(item->id(), writer));
    const SubjectRef line{SubjectKind::meeting_note, note->id().value};
    access::set_holder(tx, line, writer);
    access::set_sharing(tx, line, access::Sharing::team);
    access::Ground g;
    g.kind = access::GroundKind::statutory_conference;
    g.root = item->id().value;
    g.topics = access::Topic::basic | access::Topic::meeting;
    g.named = {holder.value};
    g.from = gate.today();
    g.until = gate.today().plus_days(30);
    g.basis = "test";
    access::add_ground(tx, g, actor);
    return true;
  });
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(view(receive_request()).elsewhere, ::testing::ElementsAre(writer));
}

// What is kept about a home as such, about a protection, and what sheets and codes hold: nothing of it is forgotten, and
// what would tell by its mere existence is proposed with 81条.
TEST_P(DisclosureStory, the_home_its_notes_sheets_and_protections_are_gathered_and_read_as_words) {
  const AgencyId holder = city.agency("chiiki_fukushi");
  protect_mother_from(head);
  const auto made = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<bool> {
    const auto house = gate.write(home.household);
    const auto refer = gate.create<ReferralTag>(tx, {home.household.value, holder, son(), access::Topic::basic, access::Sharing::own});
    const auto advice = gate.create<AdviceTag>(tx, {0, holder, {}, access::Topic::basic, access::Sharing::own});
    const auto loose = gate.create<AdviceTag>(tx, {0, holder, {}, access::Topic::basic, access::Sharing::own});
    const auto hold = gate.create<LegalHoldTag>(tx, {home.household.value, holder, {}, access::Topic::basic, access::Sharing::own});
    if (!house || !refer || !advice || !loose || !hold) return fail(ErrorCode::not_permitted, "");
    house->run(tx, R"sql(UPDATE household SET pii_label = '佐瀬さんの家' WHERE id = $permit)sql", {});
    house->run(tx, R"sql(INSERT INTO household_safety (household_id, pii_codes, pii_note, set_on, set_by, ground_source, version)
                         VALUES ($permit, 'dog,two_people', '犬が二匹いる', $1, 1, 1, 1))sql", db::params(gate.today()));
    refer->run(tx, R"sql(INSERT INTO referral (id, kind, passing, from_agency, to_agency, inbox, household_id, person_id, reasons, pii_reason, pii_text, criteria,
                           judge_result, sent_on, outcome, pii_reply, pii_passing, duty_kind, ground_code, version)
                         VALUES ($permit, 'network', 'spoken_consent', 1, 2, '', $1, $2, '', '', '', '', '', $3, '', '',
                           '{"answers":{"agreed_scope":"体の具合は伝えない","heard_on":{"date":"2026-11-02"}},"codes":{},"form":"referral_passing","version":1}', '', '', 1))sql",
               db::params(home.household, son(), gate.today()));
    advice->run(tx, R"sql(INSERT INTO advice (id, asked_by, asked_on, to_agency, pii_question, answered_on, pii_answer, referral_id, version)
                          VALUES ($permit, 1, $1, 1, '声のかけ方を聞きたい', $1, '急がないこと', $2, 1))sql", db::params(gate.today(), refer->id()));
    loose->run(tx, R"sql(INSERT INTO advice (id, asked_by, asked_on, to_agency, pii_question, answered_on, pii_answer, referral_id, version)
                         VALUES ($permit, 1, $1, 1, '別の相談', $1, '別の答え', NULL, 1))sql", db::params(gate.today()));
    hold->run(tx, R"sql(INSERT INTO legal_hold (id, root_id, pii_reason, from_on, set_by, ended_on, ended_by, version)
                        VALUES ($permit, $1, '監査で確かめる', $2, 1, NULL, NULL, 1))sql", db::params(home.household, gate.today()));
    return true;
  });
  ASSERT_TRUE(made) << made.error().message;

  std::map<std::string, const Part*> of_son;
  const DisclosureView about_son = view(receive_request());
  for (const Part& p : about_son.parts) of_son.emplace(p.source, &p);
  const auto shown = [&](const char* source) { return of_son.contains(source) ? of_son.at(source)->text.shown() : std::string("(missing)"); };
  EXPECT_EQ(shown("household.label"), "佐瀬さんの家");
  EXPECT_EQ(shown("household.safety"), "犬が二匹いる");
  EXPECT_EQ(shown("household.safety_codes"), "犬、二人で訪問") << "in words, not as codes";
  EXPECT_EQ(shown("hold.reason"), "監査で確かめる");
  EXPECT_EQ(shown("advice.question"), "声のかけ方を聞きたい") << "by the referral that it came from; the other one is about nobody";
  EXPECT_EQ(shown("advice.answer"), "急がないこと");
  EXPECT_THAT(shown("referral.passing"), HasSubstr("伝えてよいと言われた範囲：体の具合は伝えない"));
  for (const char* source : {"household.label", "household.safety", "hold.reason", "advice.answer", "referral.passing"})
    EXPECT_EQ(of_son.at(source)->proposal, Proposal::review) << source;
  EXPECT_FALSE(of_son.contains("protective.reason")) << "a measure against him is no line of his";
  EXPECT_FALSE(of_son.contains("protective.opponent"));

  const auto reply = city.post(officer, "/disclosures", {{"household", id_text(home.household)}, {"person", id_text(mother())}, {"asker", "self"},
                                                         {"identity", "driver"}, {"received_on", city.clock().today().iso()}});
  ASSERT_EQ(reply.status, 303) << reply.body.substr(0, 2000);
  const auto lines = city.read(officer, [](db::ReadTx& tx, access::Gate& gate) { return disclosures(tx, gate, 10); });
  int opponents = 0;
  for (const auto& line : lines)
    for (const Part& p : view(line.id).parts)
      if (p.source == "protective.opponent") {
        ++opponents;
        EXPECT_EQ(p.text.shown(), "佐瀬 亮");
        EXPECT_EQ(p.proposal, Proposal::review);
        EXPECT_EQ(p.ground, "81") << "that it exists is what must not be told at her door";
      }
  EXPECT_EQ(opponents, 1);
}

// The rows of a plan have topics and doors of their own, narrower than those of the plan: a plan about the person alone
// opens none of them by itself. Whoever asks for the 本人 may be whom the protection is against.
TEST_P(DisclosureStory, rows_of_a_plan_are_proposed_by_what_they_are_about_themselves_W_73) {
  const AgencyId holder = city.agency("chiiki_fukushi");
  const auto made = city.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<bool> {
    const auto plan = gate.create<PlanTag>(tx, {home.household.value, holder, son(), access::Topic::plan, access::Sharing::team});
    if (!plan) return tl::unexpected(plan.error());
    plan->run(tx, R"sql(INSERT INTO plan (id, household_id, case_id, kind, lineage_id, revision, state, author_agency, author_id, names_outreach, names_participation, approach,
                          pii_wishes, pii_household_wishes, pii_direction, pii_extra, home_leaves, review_on, bundle_id, submitted_on, decided_on, ended_on, marked,
                          finding_result, finding_wording, finding_on, finding_item, version)
                        VALUES ($permit, $1, 1, 'outreach', $permit, 1, 'submitted', $2, 1, 0, 0, '', '働きたい', '', '', '裏の家の人から聞いた', '', NULL, NULL, $3, NULL, NULL, '',
                          '', '', NULL, NULL, 1))sql", db::params(home.household, holder, gate.today()));
    const auto topics = [](access::Topic t) { return static_cast<std::int64_t>(t); };
    int number = 0;
    const auto goal = [&](const char* text, access::Topic topic, bool not_home) {
      plan->run(tx, R"sql(INSERT INTO plan_goal (id, plan_id, number, term, kind, person_id, pii_text, by_on, topic, not_home)
                          VALUES ($1, $permit, $2, 'short', '', NULL, $3, NULL, $4, $5))sql", db::params(next_id(), ++number, text, topics(topic), not_home ? 1 : 0));
    };
    const auto role = [&](const char* text, access::Topic topic, bool not_home) {
      plan->run(tx, R"sql(INSERT INTO plan_role (id, plan_id, number, agency_id, who, pii_what, how_often, by_on, service, topic, not_home, task_id)
                          VALUES ($1, $permit, $2, NULL, '窓口', $3, '', NULL, '', $4, $5, NULL))sql", db::params(next_id(), ++number, text, topics(topic), not_home ? 1 : 0));
    };
    const auto before = [&](const char* text, access::Topic topic, std::optional<std::int64_t> not_home) {
      plan->run(tx, R"sql(INSERT INTO plan_amendment (id, plan_id, item_id, part, row_id, pii_before, pii_after, how_before, how_after, topic, account_id, made_at, kind, who, not_home)
                          VALUES ($1, $permit, 1, 'role', $1, $2, '', '', '', $3, 1, 0, 'dropped', '', $4))sql", db::params(next_id(), text, topics(topic), not_home));
    };
    goal("朝に起きる", access::Topic::plan, false);
    goal("家を出る準備", access::Topic::abuse, false);
    goal("姉に頼らない", access::Topic::family, true);
    role("月に一度たずねる", access::Topic::plan, false);
    role("避難先をさがす", access::Topic::abuse, false);
    role("近所に様子を聞く", access::Topic::plan, true);
    before("電話をかける", access::Topic::plan, 0);
    before("居場所を隠す", access::Topic::abuse, 0);
    before("通帳を預かる", access::Topic::plan, 1);
    before("前の会議でやめた役割", access::Topic::plan, {});
    return true;
  });
  ASSERT_TRUE(made) << made.error().message;
  const auto reply = city.post(officer, "/disclosures", {{"household", id_text(home.household)}, {"person", id_text(son())}, {"asker", "legal"}, {"asker_name", "架空 太郎"},
                                                         {"identity", "driver"}, {"received_on", city.clock().today().iso()}});
  ASSERT_EQ(reply.status, 303) << reply.body.substr(0, 2000);
  const auto lines = city.read(officer, [](db::ReadTx& tx, access::Gate& gate) { return disclosures(tx, gate, 10); });
  std::map<std::string, std::string> ground, decision;
  for (const Part& p : view(lines.at(0).id).parts) {
    ground[p.text.shown()] = p.ground;
    decision[p.text.shown()] = code_of(p.decision);
  }
  for (const char* text : {"朝に起きる", "月に一度たずねる", "電話をかける"}) EXPECT_EQ(decision.at(text), "open") << text;
  EXPECT_EQ(ground.at("働きたい"), "78-1-1") << "the person's own words, and somebody else asks";
  for (const char* text : {"裏の家の人から聞いた", "姉に頼らない", "近所に様子を聞く", "通帳を預かる", "前の会議でやめた役割"}) EXPECT_EQ(decision.at(text), "") << text;
  for (const char* text : {"家を出る準備", "避難先をさがす", "居場所を隠す"}) {
    EXPECT_EQ(decision.at(text), "") << text;
    EXPECT_EQ(ground.at(text), "81") << text;
  }
}

// 個人情報保護法83条: the term is data; extended once, with a reason.
TEST_P(DisclosureStory, the_term_is_thirty_days_and_can_be_extended_once) {
  const DisclosureId id = receive_request();
  const Date today = city.clock().today();
  EXPECT_EQ(view(id).facts.due_on, today.plus_days(30));
  EXPECT_EQ(step(officer, id, "extend").status, 422) << "a reason is needed";
  ASSERT_EQ(step(officer, id, "extend", {{"reason", "記録が多いため"}}).status, 303);
  EXPECT_EQ(view(id).facts.due_on, today.plus_days(60));
  EXPECT_EQ(step(officer, id, "extend", {{"reason", "もう一度"}}).status, 409);
}

TEST_P(DisclosureStory, a_second_request_waits_for_the_first_and_a_set_can_be_given_back) {
  live_together();
  const DisclosureId id = receive_request();
  const auto again = city.post(officer, "/disclosures", {{"household", id_text(home.household)}, {"person", id_text(son())}, {"asker", "legal"},
                                                         {"asker_name", "伯父"}, {"identity", "driver"}, {"received_on", city.clock().today().iso()}});
  EXPECT_EQ(again.status, 409);
  ASSERT_EQ(sort_parts(id, withheld).status, 303);
  ASSERT_EQ(step(officer, id, "propose").status, 303);
  ASSERT_EQ(step(head, id, "return", {{"why", "3番は本人の話です"}}).status, 303);
  EXPECT_EQ(view(id).facts.state, DisclosureState::sorting);
  EXPECT_THAT(city.get(officer, "/disclosures/" + id_text(id)).body, HasSubstr("3番は本人の話です"));
  EXPECT_EQ(step(officer, id, "propose").status, 303);
  EXPECT_EQ(city.post(head, "/disclosures/" + id_text(id) + "/approve", {{"version", "1"}}).status, 409) << "the version shown was an older one";
}

TEST_P(DisclosureStory, a_request_about_which_nothing_is_held_ends_as_absent) {
  const DisclosureId id = receive_request();
  // Name and the like are held, too: the household was registered here.
  EXPECT_FALSE(view(id).parts.empty());
  const Login elsewhere = city.account("seikatsu_support", Role::city_officer);
  EXPECT_EQ(city.post(elsewhere, "/disclosures", {{"household", id_text(home.household)}, {"person", id_text(son())}}).status, 404);
}

TEST_P(DisclosureStory, the_household_is_found_by_its_number) {
  EXPECT_EQ(city.get(officer, "/disclosures/new").status, 200);
  const auto found = city.post(officer, "/disclosures/household", {{"number", "世R08-00001"}});
  EXPECT_EQ(found.status, 303);
  EXPECT_EQ(city.get(officer, "/disclosures/new?household=" + id_text(home.household)).status, 200);
  EXPECT_EQ(city.post(officer, "/disclosures/household", {{"number", "世R08-99999"}}).status, 422);
  EXPECT_EQ(city.get(other_agency, "/disclosures/new?household=" + id_text(home.household)).status, 404);
  EXPECT_EQ(city.post(officer, "/disclosures", {{"household", id_text(home.household)}}).status, 422);
}

}  // namespace
}  // namespace kasane::archive
