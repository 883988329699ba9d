// Support records on every engine: contacts and attempts, attribution, correction, who may read.
#include "casework/record_service.hpp"

#include "access/shields.hpp"
#include "casework/case_testing.hpp"
#include "casework/team_service.hpp"
#include "people/protection_service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class RecordService : public testing::CaseworkTest {
 protected:
  NewRecord visit(const Home& at, const char* text = "【事実】カーテンが開いていた。") {
    NewRecord in;
    in.household = at.id;
    in.on_day = today();
    in.at_time = "14:05";
    in.method = "home_visit";
    in.text = text;
    return in;
  }
  SupportRecordId note(const Worker& by, const NewRecord& in) {
    const auto done = write(by, [&](auto& tx, auto& gate, const auto& actor) { return write_record(tx, gate, actor, in); });
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    return done.value_or(SupportRecordId());
  }
  RecordPage page(const Worker& who, const Home& at, const std::optional<RecordCursor>& from = {}, int limit = 20) {
    return read(who, [&](auto& tx, auto& gate) { return records_of(tx, gate, at.id, from, limit); });
  }
  Date in_days(int n) { return today().plus_days(n); }
};
KASANE_EVERY_ENGINE(RecordService);

TEST_P(RecordService, keeps_typed_paragraphs_and_who_wrote_when) {
  const Worker swc = worker();
  const Home at = home(swc);
  NewRecord in = visit(at, "近くまで行った。\n\n【本人】外に出たくない。\n【第三者】隣の人が心配していた。");
  in.content = {"outreach", "medical"};
  in.stage = "seen";
  in.minutes = 25;
  const SupportRecordId id = note(swc, in);
  const auto r = read(swc, [&](auto& tx, auto& gate) { return record(tx, gate, id); });
  ASSERT_TRUE(r.has_value());
  ASSERT_EQ(r->parts.size(), 3u);
  EXPECT_EQ(r->parts[0].kind, PartKind::unsorted);
  EXPECT_EQ(r->parts[1].kind, PartKind::said_by_person);
  EXPECT_EQ(r->parts[1].text.shown(), "外に出たくない。");
  EXPECT_EQ(r->parts[2].kind, PartKind::heard_from);
  EXPECT_EQ(r->agency, swc.agency);
  EXPECT_EQ(r->at_time, "14:05");
  EXPECT_EQ(r->content, (std::vector<std::string>{"outreach", "medical"})) << "W-75";
  EXPECT_EQ(r->stage, "seen") << "K-41";
  EXPECT_EQ(r->minutes, 25);
}

// T-47, practice 1.13: an attempt without an answer is an action, not a contact.
TEST_P(RecordService, an_attempt_does_not_break_the_silence) {
  const Worker swc = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  clock.set(in_days(10));
  NewRecord in = visit(at, "");
  in.attempt = true;
  in.outcome = "no_answer";
  for (int i = 0; i < 5; ++i) note(swc, in);
  EXPECT_EQ(acts("record.attempt", at.id), 5);
  EXPECT_EQ(acts("record.contact", at.id), 0);
  EXPECT_FALSE(facts(swc, id).last_contact_on.has_value());
  note(swc, visit(at));
  EXPECT_EQ(acts("record.contact", at.id), 1);
  const CaseFacts c = facts(swc, id);
  EXPECT_EQ(c.last_contact_on, today());
  EXPECT_EQ(c.contact_by, today().plus_days(30));
  EXPECT_EQ(c.version, 1) << "a contact is no change of what another may be editing";
  const auto team = read(swc, [&](auto& tx, auto& gate) { return involvements(tx, gate, at.id); });
  EXPECT_EQ(team.at(0).last_contact_on, today());
  EXPECT_EQ(dues("case.contact", at.id), 1);
}

TEST_P(RecordService, an_older_record_written_later_does_not_move_the_contact_back) {
  const Worker swc = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  clock.set(in_days(10));
  note(swc, visit(at));
  NewRecord late = visit(at);
  late.on_day = in_days(-5);
  note(swc, late);
  EXPECT_EQ(facts(swc, id).last_contact_on, today());
}

TEST_P(RecordService, sets_the_next_date_of_the_writers_agency) {
  const Worker swc = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  NewRecord in = visit(at);
  in.next_on = in_days(14);
  note(swc, in);
  const auto team = read(swc, [&](auto& tx, auto& gate) { return involvements(tx, gate, at.id); });
  EXPECT_EQ(team.at(0).next_on, in_days(14));
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return cases(tx, gate, {}, {}); }).lines.at(0).next_on, in_days(14));
}

// 河内長野 story 4: counts for outreach and participation, and once in the total.
TEST_P(RecordService, a_visit_may_count_for_several_services_and_stays_one_record) {
  const Worker swc = worker();
  const Home at = home(swc);
  NewRecord in = visit(at);
  in.services = {"outreach", "participation"};
  note(swc, in);
  EXPECT_EQ(acts("record.contact", at.id), 2);
  const auto subjects = db().read([&](db::ReadTx& tx) {
    return tx.number(R"sql(SELECT count(DISTINCT subject_id) FROM act WHERE kind = 'record.contact' AND root_id = $1)sql", db::params(at.id));
  });
  EXPECT_EQ(subjects, 1);
}

TEST_P(RecordService, a_correction_is_a_new_version_and_the_old_one_stays) {
  const Worker swc = worker();
  const Home at = home(swc);
  const CaseId case_id = open(swc, a_case(at, swc));
  clock.set(in_days(3));
  NewRecord in = visit(at);
  in.services = {"outreach", "participation"};
  const SupportRecordId first = note(swc, in);
  EXPECT_EQ(facts(swc, case_id).last_contact_on, today());
  in.text = "留守だった。";
  in.attempt = true;
  in.services = {"outreach"};
  const auto second = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return correct_record(tx, gate, actor, first, in); });
  ASSERT_TRUE(second.has_value());
  const auto lines = page(swc, at).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].id, *second);
  EXPECT_EQ(lines[0].replaces, first);
  EXPECT_EQ(lines[0].parts.at(0).text.shown(), "留守だった。");
  EXPECT_TRUE(read(swc, [&](auto& tx, auto& gate) { return record(tx, gate, first); })->replaced);
  EXPECT_FALSE(facts(swc, case_id).last_contact_on.has_value()) << "it was no contact after all";
  const auto standing = db().read([&](db::ReadTx& tx) {
    return tx.number(R"sql(SELECT count(*) FROM act a WHERE a.root_id = $1 AND a.kind IN ('record.contact', 'record.attempt')
                       AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id))sql",
                     db::params(at.id));
  });
  EXPECT_EQ(standing, 1) << "both old acts are undone, one stands";
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return correct_record(tx, gate, actor, first, in); })),
            ErrorCode::stale);
}

TEST_P(RecordService, is_the_agencys_own_unless_shared_with_the_team) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Home at = home(swc);
  NewCase in = a_case(at, swc);
  in.originating = cgsc.agency;
  open(swc, in);
  agree(swc, at, at.son);
  const SupportRecordId own = note(swc, visit(at));
  NewRecord shared = visit(at);
  shared.sharing = access::Sharing::team;
  const SupportRecordId for_team = note(swc, shared);
  EXPECT_EQ(page(swc, at).lines.size(), 2u);
  const auto seen = page(cgsc, at).lines;
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].id, for_team);
  EXPECT_EQ(seen[0].parts.size(), 1u);
  EXPECT_EQ(code_of_error(read(cgsc, [&](auto& tx, auto& gate) { return record(tx, gate, own); })), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(write(cgsc, [&](auto& tx, auto& gate, const auto& actor) { return correct_record(tx, gate, actor, for_team, shared); })),
            ErrorCode::not_permitted);
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return usual_sharing(tx, gate, at.id); }), access::Sharing::team);
  const Home other = home(swc);
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return usual_sharing(tx, gate, other.id); }), access::Sharing::own) << "no case, no team";
}

// What is about the mother is not for those who were given only what is about the son.
TEST_P(RecordService, about_one_person_is_seen_on_that_persons_consent) {
  const Worker swc = worker();
  const Worker window = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, window.agency, InvolvementRole::member); }).has_value());
  agree(swc, at, at.son);
  NewRecord in = visit(at);
  in.sharing = access::Sharing::team;
  in.person = at.mother;
  note(swc, in);
  EXPECT_TRUE(page(window, at).lines.empty());
  in.person = at.son;
  note(swc, in);
  EXPECT_EQ(page(window, at).lines.size(), 1u);
}

TEST_P(RecordService, contacts_of_a_protected_helper_stay_out_of_what_the_team_sees) {
  const Worker swc = worker();
  const Worker shelter = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  NewInvolvement in;
  in.household = at.id;
  in.agency = shelter.agency;
  in.from_on = today();
  in.guarded = true;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, in); }).has_value());
  agree(swc, at, at.mother);
  clock.set(in_days(5));
  NewRecord r = visit(at);
  r.sharing = access::Sharing::team;
  note(shelter, r);
  EXPECT_FALSE(facts(swc, id).last_contact_on.has_value());
  EXPECT_TRUE(page(swc, at).lines.empty()) << "the consent does not cover abuse";
  EXPECT_EQ(page(shelter, at).lines.size(), 1u);
}

TEST_P(RecordService, pages_run_from_new_to_old) {
  const Worker swc = worker();
  const Home at = home(swc);
  for (int i = 0; i < 7; ++i) {
    NewRecord in = visit(at);
    in.on_day = in_days(-(i % 3));
    note(swc, in);
  }
  std::vector<SupportRecordId> seen;
  std::optional<RecordCursor> from;
  Date last = forever();
  do {
    const RecordPage p = page(swc, at, from, 3);
    for (const RecordView& r : p.lines) {
      EXPECT_LE(r.on_day, last);
      last = r.on_day;
      seen.push_back(r.id);
    }
    from = p.next;
  } while (from);
  EXPECT_EQ(seen.size(), 7u);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_P(RecordService, names_every_fault_and_refuses_strangers) {
  const Worker swc = worker();
  const Worker stranger = worker();
  const Home at = home(swc);
  NewRecord in = visit(at, "　\n");
  in.on_day = in_days(1);
  in.next_on = today();
  in.method = "";
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return write_record(tx, gate, actor, in); });
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.size(), 4u);
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return write_record(tx, gate, actor, visit(at)); })),
            ErrorCode::not_found);
  const Worker head = worker(swc.agency, Role::head);
  EXPECT_EQ(code_of_error(write(head, [&](auto& tx, auto& gate, const auto& actor) { return write_record(tx, gate, actor, visit(at)); })),
            ErrorCode::not_permitted) << "a head reads and confirms (KN-29)";
}

TEST_P(RecordService, the_next_form_begins_with_the_last_services) {
  const Worker swc = worker();
  const Home at = home(swc);
  EXPECT_TRUE(read(swc, [&](auto& tx, auto&) { return last_services(tx, swc.viewer.account); }).empty());
  NewRecord in = visit(at);
  in.services = {"outreach"};
  note(swc, in);
  EXPECT_EQ(read(swc, [&](auto& tx, auto&) { return last_services(tx, swc.viewer.account); }), (std::vector<std::string>{"outreach"}));
}

// W-73: who was spared as the mother's helper and records work for the son is spared no more, with that very record.
TEST_P(RecordService, a_helper_who_records_work_for_the_other_side_is_spared_no_more) {
  const Worker holder = worker(), helper = worker();
  const Home at = home(holder);
  db().write([&](db::WriteTx& tx) {
    access::Ground ground;
    ground.kind = access::GroundKind::consent;
    ground.root = at.id.value;
    ground.topics = access::kAllTopics;
    ground.named = {helper.agency.value};
    ground.from = today();
    ground.until = forever();
    ground.source = next_id();
    access::add_ground(tx, ground, {holder.viewer.account, holder.agency, clock.now()});
    tx.run(R"sql(INSERT INTO account (id, login, display_name, password_hash, active, version, made_at) VALUES ($1, 'helper', '支援者', '', 1, 1, 0))sql",
           db::params(helper.viewer.account));
    tx.run(R"sql(INSERT INTO post (id, account_id, agency_id, role, title, services, valid_from, valid_until) VALUES ($1, $2, $3, $4, '', '', '2020-01-01', '9999-12-31'))sql",
           db::params(helper.viewer.posts[0].id, helper.viewer.account, helper.agency, static_cast<std::int64_t>(Role::coordinator)));
  });
  const auto measure = write(holder, [&](auto& tx, auto& gate, const auto& actor) -> Result<ProtectiveMeasureId> {
    people::NewMeasure what;
    what.household = at.id;
    what.person = at.mother;
    what.kind = people::ProtectionKind::abuse;
    what.from = today();
    what.opponents = {at.son};
    auto id = people::add_measure(tx, gate, actor, {}, what);
    if (!id) return id;
    if (auto chosen = people::choose_side(tx, gate, actor, *id, 1, {helper.agency, false, {helper.viewer.account}}); !chosen) return tl::unexpected(chosen.error());
    return id;
  });
  ASSERT_TRUE(measure.has_value());
  const auto spared = [&] { return db().read([&](db::ReadTx& tx) { return access::exempt_from(tx, measure->value); }); };
  NewRecord in = visit(at);
  in.person = at.mother;
  note(helper, in);
  EXPECT_EQ(spared(), std::vector<AccountId>{helper.viewer.account});
  in.person = at.son;
  note(helper, in);
  EXPECT_TRUE(spared().empty());
}


TEST_P(RecordService, the_next_date_waits_for_the_writers_agency_also_where_no_case_is) {
  const Worker swc = worker();
  const Home at = home(swc);
  NewRecord in = visit(at);
  in.next_on = in_days(10);
  note(swc, in);
  EXPECT_EQ(dues("record.next", at.id), 1);
  note(swc, visit(at));
  EXPECT_EQ(dues("record.next", at.id), 1) << "a call before that day is not the visit that was meant";
  in.next_on = in_days(12);
  note(swc, in);
  EXPECT_EQ(dues("record.next", at.id), 1) << "moved, not doubled";
  clock.set(in_days(12));
  NewRecord nobody = visit(at);
  nobody.attempt = true;
  nobody.outcome = "no_answer";
  note(swc, nobody);
  EXPECT_EQ(dues("record.next", at.id), 1) << "nobody was at home";
  note(swc, visit(at));
  EXPECT_EQ(dues("record.next", at.id), 0);
}

TEST_P(RecordService, a_corrected_record_says_its_next_date_anew) {
  const Worker swc = worker();
  const Home at = home(swc);
  NewRecord in = visit(at);
  in.next_on = in_days(10);
  SupportRecordId id = note(swc, in);
  const auto correct = [&](const NewRecord& now) {
    const auto done = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return correct_record(tx, gate, actor, id, now); });
    ASSERT_TRUE(done.has_value());
    id = *done;
  };
  in.next_on = in_days(3);
  correct(in);
  EXPECT_EQ(dues("record.next", at.id), 1);
  in.next_on.reset();
  correct(in);
  EXPECT_EQ(dues("record.next", at.id), 0);
}

TEST_P(RecordService, what_one_agency_planned_is_not_settled_by_another) {
  const Worker swc = worker();
  const Home at = home(swc);
  const CaseId id = open(swc, a_case(at, swc));
  const Worker partner = worker();
  NewInvolvement with;
  with.household = at.id;
  with.agency = partner.agency;
  with.from_on = today();
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, with); }).has_value());
  agree(swc, at, at.son);
  NewRecord in = visit(at);
  in.next_on = today();
  note(swc, in);
  note(partner, visit(at));
  EXPECT_EQ(dues("record.next", at.id), 1);
  (void)id;
}

}  // namespace
}  // namespace kasane::casework
