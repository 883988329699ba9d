#include "cli/demo_steps.hpp"

#include "casework/referral_rules.hpp"

namespace kasane::cli::invented {

namespace {

Date in_days(const World& w, int days) { return w.now_on().plus_days(days); }

people::NewPerson person_of(const World& w, const Face& face) {
  people::NewPerson p;
  p.fields.family = face.family;
  p.fields.given = face.given;
  p.fields.kana = face.kana;
  p.fields.birth = PartialDate::from_text(w.today().plus_months(-12 * face.age - 5).iso());
  p.fields.sex = face.sex;
  p.contact.safe = face.safe;
  p.membership.relation = face.relation;
  return p;
}

std::vector<AgencyId> ids_of(const World& w, const std::vector<const char*>& codes) {
  std::vector<AgencyId> ids;
  for (const char* code : codes) ids.push_back(w.agency(code));
  return ids;
}

}  // namespace

Home home(World& w, Who who, const Place& place, const std::vector<Face>& faces) {
  people::NewHousehold what;
  what.area = place.area;
  what.address = place.address;
  what.phone = place.phone;
  for (const Face& face : faces) what.persons.push_back(person_of(w, face));
  const auto made = w.as(who, "household.register", [&](auto& tx, auto& gate, const auto& actor) {
    return people::register_household(tx, gate, actor, what);
  });
  return {made.household, made.persons};
}

NoticeId notice(World& w, Who who, casework::NewNotice what) {
  what.received_on = w.now_on();
  return w.as(who, "notice.receive", [&](auto& tx, auto& gate, const auto& actor) {
    return casework::receive_notice(tx, gate, actor, w.in_city(), what);
  });
}

void look(World& w, Who who, NoticeId id, casework::LookResult result, const std::string& note) {
  w.as(who, "notice.look", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = casework::notice(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    casework::Look look{.on = w.now_on(), .result = result, .note = note, .look_again = {}, .new_owner = {}};
    if (result == casework::LookResult::watch) look.look_again = in_days(w, 14);
    return casework::look_at_notice(tx, gate, actor, w.in_city(), id, shown->version, look);
  });
}

IntakeId intake(World& w, Who who, const std::optional<Home>& at, const Visit& visit) {
  casework::NewIntake in;
  in.agency = w.agency_of(who);
  in.notice = visit.notice;
  if (at) in.household = at->id;
  in.person = visit.person;
  in.content.taken_on = w.now_on();
  in.content.receiver = w.account(who);
  in.content.about = visit.about;
  in.content.summary = visit.summary;
  in.content.consulter = visit.consulter;
  in.content.consulter_relation = visit.relation;
  in.content.form_key = "intake";
  in.content.answers = "{}";
  in.content.abuse_named = visit.abuse;
  return w.as(who, "intake.take", [&](auto& tx, auto& gate, const auto& actor) { return casework::take_intake(tx, gate, actor, w.in_city(), in); });
}

void screen(World& w, Who who, IntakeId id, casework::ScreeningResult result, const std::string& note, int next_in_days) {
  w.as(who, "intake.screen", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = casework::intake(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    casework::Screening screening{result, w.now_on(), note, {}};
    if (result == casework::ScreeningResult::no_consent_yet) screening.next_on = in_days(w, next_in_days);
    return casework::screen_intake(tx, gate, actor, id, shown->version, screening);
  });
}

ReferralId refer(World& w, Who who, const Home& at, const Handover& what) {
  casework::NewReferral in;
  in.kind = what.kind;
  in.passing = what.passing;
  in.from = w.agency_of(who);
  if (what.to != nullptr) in.to = w.agency(what.to);
  if (in.kind == casework::ReferralKind::collaboration) in.inbox = casework::joint_inboxes(w.in_city()).front().code;
  if (what.passing != casework::Passing::anonymous) {
    in.household = at.id;
    in.person = what.person;
  }
  in.intake = what.intake;
  in.reasons = what.reasons;
  in.reason = what.reason;
  in.text = what.text;
  in.passing_answers = "{}";
  in.ground_code = what.ground;
  in.duty_kind = what.duty;
  if (what.judged && w.m().rules.judge == programme::Judge::source_post) in.judgement = casework::JudgeResult::needed;
  return w.as(who, "referral.send", [&](auto& tx, auto& gate, const auto& actor) { return casework::send_referral(tx, gate, actor, w.in_city(), in); });
}

void take(World& w, Who who, ReferralId id) {
  w.as(who, "referral.take", [&](auto& tx, auto& gate, const auto& actor) { return casework::take_referral(tx, gate, actor, w.in_city(), id); });
}

void answer(World& w, Who who, ReferralId id, casework::ReferralAnswer answer) {
  answer.on = w.now_on();
  w.as(who, "referral.answer", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = casework::referral(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    return casework::answer_referral(tx, gate, actor, w.in_city(), id, shown->version, answer);
  });
}

void read_answer(World& w, Who who, ReferralId id) {
  w.as(who, "referral.read_answer", [&](auto& tx, auto& gate, const auto& actor) { return casework::note_answer_read(tx, gate, actor, id); });
}

CaseId accept(World& w, Who who, const Home& at, ReferralId id, const std::vector<PersonId>& subjects, const std::string& text,
              const std::string& category) {
  take(w, who, id);
  casework::ReferralAnswer reply;
  reply.text = text;
  reply.subjects = subjects;
  reply.category = category;
  reply.owner = w.agency_of(who);
  answer(w, who, id, reply);
  return w.look(who, [&](db::ReadTx& tx, access::Gate& gate) { return casework::case_of(tx, gate, at.id); }).value();
}

std::vector<ConsentId> consent(World& w, Who who, const Home& at, PersonId person, const Sheet& sheet) {
  std::vector<consent::NewConsent> facts;
  const auto add = [&](consent::Kind kind, const std::optional<bool>& given) {
    if (!given) return;
    consent::NewConsent fact;
    fact.household = at.id;
    fact.person = person;
    fact.kind = kind;
    fact.given_on = w.now_on();
    fact.refused = !*given;
    if (sheet.spoken_to != nullptr) {
      fact.how = consent::How::spoken;
      fact.witness = sheet.spoken_to;
    }
    if (kind == consent::Kind::sharing) fact.exceptions = ids_of(w, sheet.exceptions);
    facts.push_back(std::move(fact));
  };
  add(consent::Kind::application, sheet.application);
  add(consent::Kind::sharing, sheet.sharing);
  return w.as(who, "consent.record", [&](auto& tx, auto& gate, const auto& actor) -> Result<std::vector<ConsentId>> {
    auto made = consent::record_all(tx, gate, actor, facts);
    if (!made) return made;
    if (auto told = casework::consent_changed(tx, gate, actor, at.id); !told) return tl::unexpected(told.error());
    return made;
  });
}

SupportRecordId record(World& w, Who who, const Home& at, const Entry& entry) {
  casework::NewRecord in;
  in.household = at.id;
  in.person = entry.person;
  in.on_day = w.now_on();
  in.method = entry.method;
  in.outcome = entry.outcome;
  in.attempt = entry.attempt;
  in.services = entry.services;
  in.content = entry.content;
  in.stage = entry.stage;
  if (entry.minutes) in.minutes = *entry.minutes;
  in.text = entry.text;
  if (entry.next_in_days > 0) in.next_on = in_days(w, entry.next_in_days);
  return w.as(who, "record.write", [&](auto& tx, auto& gate, const auto& actor) {
    in.sharing = casework::usual_sharing(tx, gate, at.id);
    return casework::write_record(tx, gate, actor, in);
  });
}

void issue(World& w, Who who, const Home& at, const std::optional<PersonId>& person, const char* code, casework::Certainty certainty,
           casework::Treatment treatment, const char* note) {
  const casework::NewIssue in{at.id, person, code, certainty, treatment, note, w.now_on()};
  w.as(who, "issue.add", [&](auto& tx, auto& gate, const auto& actor) { return casework::add_issue(tx, gate, actor, in); });
}

void task(World& w, Who who, const Home& at, CaseId id, const char* agency, const char* what, int due_in_days, const char* how_often) {
  casework::NewTask in;
  in.household = at.id;
  in.case_id = id;
  in.agency = w.agency(agency);
  in.source = {SubjectKind::support_case, id.value};
  in.what = what;
  in.how_often = how_often;
  in.due_on = in_days(w, due_in_days);
  w.as(who, "task.add", [&](auto& tx, auto& gate, const auto& actor) { return casework::add_task(tx, gate, actor, in); });
}

void finish_tasks(World& w, Who who, const Home& at, bool all) {
  const auto open = w.look(who, [&](db::ReadTx& tx, access::Gate& gate) { return casework::tasks_of(tx, gate, at.id); });
  for (const casework::Task& t : open) {
    if (t.done_on || (!all && (!t.due_on || *t.due_on > w.now_on()))) continue;
    w.as(who, "task.finish", [&](auto& tx, auto& gate, const auto& actor) {
      return casework::finish_task(tx, gate, actor, t.id, t.version, w.now_on(), "できた。");
    });
  }
}

}  // namespace kasane::cli::invented
