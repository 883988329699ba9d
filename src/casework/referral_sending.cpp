// Writing, judging and sending a referral: what is checked, what is opened to whom, from when the reply clock runs.
#include <algorithm>

#include "access/below.hpp"
#include "access/guarded.hpp"
#include "casework/abuse_service.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_steps.hpp"
#include "casework/referral_store.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"

namespace kasane::casework {

namespace {

bool holds(const std::vector<AgencyId>& agencies, AgencyId agency) {
  return std::find(agencies.begin(), agencies.end(), agency) != agencies.end();
}

bool knows_code(const std::vector<programme::CodedText>& list, const std::string& code) {
  return std::any_of(list.begin(), list.end(), [&](const programme::CodedText& t) { return t.code == code; });
}

const programme::Body* conference(const programme::Municipality& m) { return m.body_for(programme::BodyFunction::support_conference_106_6); }

bool may_send_from(const access::Viewer& viewer, AgencyId agency) {
  const Roles allowed = access::roles_for(SubjectKind::referral, access::Act::create);
  return std::any_of(viewer.posts.begin(), viewer.posts.end(), [&](const access::Post& p) { return p.agency == agency && allowed.has(p.role); });
}

}  // namespace

bool may_hand_over(const InCity& city, const access::Viewer& viewer) {
  const auto inboxes = joint_inboxes(city);
  const auto others_answer = [&](AgencyId from) {
    return std::ranges::any_of(inboxes, [&](const JointInbox& inbox) { return std::ranges::any_of(inbox.agencies, [&](AgencyId a) { return a != from; }); });
  };
  return std::ranges::any_of(viewer.posts, [&](const access::Post& p) { return may_send_from(viewer, p.agency) && others_answer(p.agency); });
}

namespace {

bool asks_conference(const programme::Municipality& m, const NewReferral& in) {
  return in.passing == Passing::statutory || judged_by_meeting(m, in.kind, in.passing);
}

void check_target(const InCity& city, const NewReferral& in, std::vector<FieldError>& faults) {
  if (in.kind == ReferralKind::network) {
    const programme::Agency* to = in.to ? city.m.agency(city.dir.code(*in.to)) : nullptr;
    if (to == nullptr || to->kind == programme::AgencyKind::commissioners) faults.push_back({"to", "つなぐ先の機関を選んでください。"});
    else if (*in.to == in.from) faults.push_back({"to", "ご自身の機関です。別の機関を選んでください。"});
    return;
  }
  if (inbox_named(joint_inboxes(city), in.inbox) == nullptr) faults.push_back({"inbox", "つなぎ先を選んでください。"});
}

void check_reasons(const InCity& city, const NewReferral& in, std::vector<FieldError>& faults) {
  if (in.kind == ReferralKind::network) return;
  const programme::Rules& rules = city.m.rules;
  for (const std::string& code : in.reasons)
    if (!knows_code(rules.referral_reasons, code)) faults.push_back({"reasons", "理由を一覧から選んでください。"});
  for (const std::string& code : in.criteria)
    if (!knows_code(rules.referral_criteria, code)) faults.push_back({"criteria", "基準を一覧から選んでください。"});
  if (in.reasons.empty() && in.reason.empty()) faults.push_back({"reason", "つなぐ理由を、選択肢か文のどちらかで入れてください。"});
}

void check_conference(const InCity& city, const NewReferral& in, std::vector<FieldError>& faults) {
  if (!asks_conference(city.m, in)) return;
  const programme::Body* body = conference(city.m);
  if (!in.household) faults.push_back({"passing", "支援会議に出すには、先に世帯に結びつけてください。"});
  if (body != nullptr && !body->grounds.empty() && !knows_code(body->grounds, in.ground_code))
    faults.push_back({"ground_code", "支援会議で扱う理由を選んでください。"});
  if (in.reason.empty() && in.reasons.empty()) return;  // named above already
}

void check_passing(const InCity& city, const NewReferral& in, std::vector<FieldError>& faults) {
  const auto allowed = passings_for(in.kind, city.m);
  if (std::find(allowed.begin(), allowed.end(), in.passing) == allowed.end()) faults.push_back({"passing", "つなぐ形を選んでください。"});
  if (in.text.empty()) faults.push_back({"text", "伝えることを書いてください。"});
  if (in.passing == Passing::anonymous) {
    for (const auto& [field, text] : {std::pair<const char*, const std::string*>{"text", &in.text}, {"reason", &in.reason}})
      if (const auto found = identifier_in(*text, in.known_names))
        faults.push_back({field, "匿名相談の文に" + *found + "が入っています。だれのことか分からない書き方にしてください。"});
  }
  if (in.passing == Passing::spoken_consent && in.household && !in.person) faults.push_back({"person", kWhoseWord});
  if (in.passing == Passing::duty) {
    const auto& kinds = duty_kinds();
    if (std::none_of(kinds.begin(), kinds.end(), [&](const DutyKind& k) { return k.code == in.duty_kind; }))
      faults.push_back({"duty_kind", "法の義務・危険の種類を選んでください。"});
  }
}

std::vector<FieldError> faults_of(const InCity& city, const NewReferral& in) {
  std::vector<FieldError> faults;
  check_passing(city, in, faults);
  check_target(city, in, faults);
  check_reasons(city, in, faults);
  check_conference(city, in, faults);
  return faults;
}

/// The 106条の6 request that goes with it; its own ground opens the household to the hosts of the meeting.
Result<std::optional<GroundRequestId>> ask_conference(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city,
                                                      const Referral& r, const std::string& ground_code, const std::string& reason) {
  const programme::Body* body = conference(city.m);
  if (body == nullptr || !r.household) return std::optional<GroundRequestId>();
  consent::NewGroundRequest request;
  request.household = *r.household;
  request.person = r.person;
  request.body = body;
  request.hosts = hosts_of(city.m, city.dir, *body);
  request.ground_code = ground_code;
  request.reason = reason;
  request.asked_on = gate.today();
  request.basis = programme::basis_text(city.m, programme::kSupportConference, gate.today());
  auto id = consent::ask_for_conference(tx, gate, actor, city.m.rules.days, std::move(request));
  if (!id) return tl::unexpected(id.error());
  return std::optional<GroundRequestId>(*id);
}

std::string reason_text(const InCity& city, const Referral& r) {
  std::string text;
  for (const programme::CodedText& t : city.m.rules.referral_reasons)
    if (std::find(r.reasons.begin(), r.reasons.end(), t.code) != r.reasons.end()) text += t.text + "\n";
  return text + r.reason.shown();
}

/// What the ground of a referral rests on may have been taken back while it waited for a judgement.
bool still_agreed(db::ReadTx& tx, const Referral& r, Date today) {
  return !r.consent || !r.person || consent::sharing_stands(tx, *r.person, today);
}

Referral shape_of(const NewReferral& in) {
  Referral shape;
  shape.kind = in.kind;
  shape.from = in.from;
  shape.to = in.to;
  shape.inbox = in.inbox;
  return shape;
}

/// Sends it: the clock starts for all addressees at once.
Result<> dispatch(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const referral_store::ReferralPermit& permit) {
  auto r = referral_store::read(permit);
  if (!r) return fail(ErrorCode::not_found, "見つかりません。");
  if (!still_agreed(tx, *r, gate.today())) return fail(ErrorCode::conflict, "つなぐ根拠とした同意が、いまは有効ではありません。本人に確かめてください。");
  const std::vector<AgencyId> to = addressees(city, *r);
  const std::string duty = referral_store::duty_kind(permit);
  std::optional<GroundRequestId> request;
  const bool conference_treats = r->passing == Passing::statutory || judged_by_meeting(city.m, r->kind, r->passing);
  if (r->household) {
    const auto household = gate.read(*r->household);
    if (!household) return tl::unexpected(household.error());
    if (conference_treats) {
      auto asked = ask_conference(tx, gate, actor, city, *r, referral_store::ground_code(permit), reason_text(city, *r));
      if (!asked) return tl::unexpected(asked.error());
      request = *asked;
    }
    open_household(tx, actor, city, *r, duty, to);
  }
  r->request = request;
  open_to_readers(tx, actor, city, *r);

  const Date today = gate.today();
  const Date reply_by = r->passing == Passing::duty ? today : today.plus_days(city.m.rules.days.referral_reply);
  referral_store::set_sent(tx, permit, today, reply_by, request);
  const SubjectRef self{SubjectKind::referral, r->id.value};
  for (AgencyId agency : to)
    due::await(tx, {.kind = "referral.reply", .party = agency.value, .root = root_of(*r), .subject = self, .due_on = reply_by}, actor.now);
  // Who has the duty to act on a report serves nobody's side; whoever else is asked to help does.
  if (r->household && r->passing != Passing::duty)
    for (AgencyId agency : to) people::on_party_serves(tx, {*r->household, r->person, agency.value}, actor);
  access::note_act(tx, {.kind = "referral.sent", .held_on = today, .root = root_of(*r), .person = r->person, .subject = self,
                        .code = std::string(code_of(r->kind)), .service = {}, .undoes = {}}, actor);
  return {};
}

/// A consent that is named stands today, is this person's, and leaves somebody to whom it goes.
Result<> check_consent(db::ReadTx& tx, access::Gate& gate, const InCity& city, const NewReferral& in) {
  if (!in.consent) return {};
  const consent::FactState stands = in.person ? consent::state_of(tx, *in.person, gate.today()).sharing : consent::FactState();
  if (!stands.valid() || stands.id != in.consent || !gate.may(*in.consent, access::Act::read))
    return invalid("consent_basis", "この本人の、いま有効な同意ではありません。本人と同意の記録を確かめてください。");
  const auto to = addressees(city, shape_of(in));
  if (std::ranges::all_of(to, [&](AgencyId a) { return holds(stands.exceptions, a); }))
    return invalid("consent_basis", "この同意では、つなぐ先が共有する先から除かれています。");
  return {};
}

Result<> check_about(db::ReadTx& tx, access::Gate& gate, const NewReferral& in) {
  if (in.intake)
    if (auto known = gate.read(*in.intake); !known) return tl::unexpected(known.error());
  if (!in.household) return in.person ? Result<>(invalid("person", "先に世帯に結びつけてください。")) : Result<>();
  if (auto known = gate.read(*in.household); !known) return tl::unexpected(known.error());
  if (in.person && !people::is_member(tx, *in.household, *in.person)) return invalid("person", "本人は、この世帯の人から選んでください。");
  if (in.kind == ReferralKind::network && in.passing == Passing::spoken_consent && in.to &&
      holds(left_out_by_consent(tx, *in.household, in.person, gate.today()), *in.to))
    return invalid("to", "情報共有同意で、この機関は共有する先から除かれています。本人に確かめ、同意の記録を改めてからつないでください。");
  return {};
}

}  // namespace

std::vector<AgencyId> duty_bearers(const InCity& city, ReferralKind kind, std::string_view duty_kind) {
  std::vector<AgencyId> all;
  const auto add = [&](const std::vector<AgencyId>& more) { all.insert(all.end(), more.begin(), more.end()); };
  if (kind == ReferralKind::collaboration)
    for (const JointInbox& inbox : joint_inboxes(city)) add(inbox.agencies);
  if (duty_kind == "danger") {
    for (AbuseKind each : kAbuseKinds) add(suggested_duty_agencies(city, each, {}));
  } else {
    add(suggested_duty_agencies(city, parse_code<AbuseKind>(duty_kind).value_or(AbuseKind::other), {}));
  }
  return all;
}

Error referral_stale() { return {ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }

std::vector<AgencyId> addressees(const InCity& city, const Referral& referral) {
  std::vector<AgencyId> to;
  if (referral.kind == ReferralKind::network) {
    if (referral.to) to.push_back(*referral.to);
  } else {
    const auto inboxes = joint_inboxes(city);
    if (const JointInbox* inbox = inbox_named(inboxes, referral.inbox)) to = inbox->agencies;
  }
  std::erase(to, referral.from);
  return to;
}

std::optional<AgencyId> agency_among(const access::Viewer& viewer, const std::vector<AgencyId>& agencies) {
  const Roles allowed = access::roles_for(SubjectKind::referral, access::Act::write);
  for (const access::Post& p : viewer.posts)
    if (allowed.has(p.role) && holds(agencies, p.agency)) return p.agency;
  return std::nullopt;
}

bool is_coordinator_in(const access::Viewer& viewer, AgencyId agency) {
  return std::any_of(viewer.posts.begin(), viewer.posts.end(),
                     [&](const access::Post& p) { return p.agency == agency && p.role == Role::coordinator; });
}

std::int64_t root_of(const Referral& referral) { return referral.household ? referral.household->value : referral.id.value; }

std::vector<AgencyId> readers(const InCity& city, const Referral& referral) {
  std::vector<AgencyId> all = addressees(city, referral);
  const programme::Body* body = conference(city.m);
  if (!referral.request || body == nullptr) return all;
  for (AgencyId host : hosts_of(city.m, city.dir, *body))
    if (!holds(all, host) && host != referral.from) all.push_back(host);
  return all;
}

void open_to_readers(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral) {
  access::Ground ground;
  ground.kind = access::GroundKind::own_report;
  ground.root = referral.id.value;
  ground.topics = access::kAllTopics.without(access::Topic::reporter);
  for (AgencyId a : readers(city, referral)) ground.named.push_back(a.value);
  ground.from = office_day(actor.now);
  ground.until = *Date::from_iso(access::kForever);
  ground.basis = "つなぎの受け手";
  ground.source = referral.id.value;
  access::add_ground(tx, ground, actor);
}

namespace {

/// A danger by whose record is opened, a duty to report by its own law.
std::string duty_text_of(db::ReadTx& tx, const InCity& city, const Referral& referral, std::string_view duty_kind, Date today) {
  if (duty_kind != "danger") return programme::duty_basis_text(city.m, duty_kind, today);
  return programme::danger_basis_text(city.m, city.dir.code(access::holder_of(tx, referral.household->value)), today);
}

}  // namespace

void open_for_work(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral, std::string_view duty_kind, AgencyId accepting) {
  access::Ground ground;
  ground.kind = access::GroundKind::legal_duty;
  ground.root = referral.household->value;
  ground.topics = topics_of(Passing::duty);
  ground.named = {accepting.value};
  ground.from = office_day(actor.now);
  ground.until = ground.from.plus_days(kDutyDays);
  ground.basis = duty_text_of(tx, city, referral, duty_kind, ground.from);
  ground.source = referral.id.value;
  access::add_ground(tx, ground, actor);
}

std::vector<AgencyId> left_out_by_consent(db::ReadTx& tx, HouseholdId household, const std::optional<PersonId>& person, Date on) {
  std::vector<AgencyId> out;
  for (const consent::PersonConsent& c : consent::states(tx, household, on)) {
    if ((person && c.person != *person) || !c.sharing.valid()) continue;
    out.insert(out.end(), c.sharing.exceptions.begin(), c.sharing.exceptions.end());
  }
  return out;
}

/// The article in the text version of the day.
std::string basis_text_of(db::ReadTx& tx, const InCity& city, const Referral& referral, std::string_view duty_kind, Date today) {
  switch (referral.passing) {
    case Passing::spoken_consent: return programme::basis_text(city.m, programme::kConsent, today);
    case Passing::statutory: return programme::basis_text(city.m, programme::kSupportConference, today);
    case Passing::duty: return duty_text_of(tx, city, referral, duty_kind, today);
    case Passing::anonymous: return std::string(basis_of(referral.passing));
  }
  return {};
}

/// What was recorded of the consent opens no more, and no longer, than the person agreed to.
void narrow_to_consent(db::ReadTx& tx, PersonId person, access::Ground& ground) {
  const consent::FactState stands = consent::state_of(tx, person, ground.from).sharing;
  ground.topics = ground.topics & stands.topics;
  if (stands.valid_until) ground.until = *stands.valid_until;
}

void open_household(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& referral, std::string_view duty_kind,
                    const std::vector<AgencyId>& agencies) {
  if (!referral.household || !carries_household(referral.passing)) return;
  const Date today = office_day(actor.now);
  const bool by_word = referral.passing == Passing::spoken_consent;
  const bool by_duty = referral.passing == Passing::duty;
  const auto with_duty = by_duty ? duty_bearers(city, referral.kind, duty_kind) : std::vector<AgencyId>();
  const auto left_out = by_word ? left_out_by_consent(tx, *referral.household, referral.person, today) : std::vector<AgencyId>();

  access::Ground ground;
  ground.kind = ground_of(referral.passing, duty_kind);
  ground.root = referral.household->value;
  // What one person agreed to opens what is about that person; a duty or the conference concerns the household.
  if (by_word) ground.person = referral.person;
  ground.topics = topics_of(referral.passing);
  for (AgencyId a : agencies)
    if (!holds(left_out, a) && (!by_duty || holds(with_duty, a))) ground.named.push_back(a.value);
  ground.from = today;
  ground.until = by_duty ? today.plus_days(kDutyDays) : *Date::from_iso(access::kForever);
  if (by_word && referral.consent && referral.person) narrow_to_consent(tx, *referral.person, ground);
  ground.basis = basis_text_of(tx, city, referral, duty_kind, today);
  ground.source = referral.id.value;
  if (!ground.named.empty()) access::add_ground(tx, ground, actor);
}

Result<ReferralId> send_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewReferral& given) {
  NewReferral in = given;
  if (!carries_household(in.passing)) {
    in.household.reset();
    in.person.reset();
    in.intake.reset();  // the intake behind it would tell who it is
  }
  if (in.passing != Passing::spoken_consent) in.consent.reset();
  if (!may_send_from(gate.viewer(), in.from)) return fail(ErrorCode::not_permitted, "この機関からつなぎを送る役割がありません。");
  if (auto about = check_about(tx, gate, in); !about) return tl::unexpected(about.error());
  if (auto faults = faults_of(city, in); !faults.empty()) return invalid(std::move(faults));
  if (auto agreed = check_consent(tx, gate, city, in); !agreed) return tl::unexpected(agreed.error());

  if (addressees(city, shape_of(in)).empty())
    return fail(ErrorCode::conflict, "受け手はご自身の機関です。自分につなぐ必要はありません。相談受付の画面からケースを開いてください。");

  const bool judge_here = judged_at_source(city.m, in.kind, in.passing);
  const bool is_judge = is_coordinator_in(gate.viewer(), in.from);
  const bool waits = judge_here && !is_judge && referral_store::has_coordinator(tx, in.from, gate.today());

  // That a guarded window writes or is written to says as much as the duty itself.
  const bool guarded = access::is_guarded(tx, in.from) || (in.to && access::is_guarded(tx, *in.to));
  const bool abuse = guarded || (in.passing == Passing::duty && is_abuse_duty(in.duty_kind));
  auto permit = gate.create<ReferralTag>(
      tx, {.root = in.household ? in.household->value : 0, .holder = in.from, .person = in.person,
           .topics = abuse ? access::Topic::basic | access::Topic::abuse : access::Topics(access::Topic::basic), .sharing = access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  referral_store::add(tx, *permit, in);
  if (waits) {
    const std::int64_t root = in.household ? in.household->value : permit->id().value;
    due::await(tx, {.kind = "referral.judge", .party = in.from.value, .root = root, .subject = {SubjectKind::referral, permit->id().value},
                    .due_on = gate.today().plus_days(city.m.rules.days.notice_look_by)}, actor.now);
    return permit->id();
  }
  if (judge_here && is_judge) {
    const JudgeResult result = in.judgement.value_or(JudgeResult::needed);
    if (!referral_store::set_judged(tx, *permit, 1, result, in.criteria, in.reason, actor.account, gate.today())) return tl::unexpected(referral_stale());
    if (result == JudgeResult::not_needed) return permit->id();
  }
  if (auto sent = dispatch(tx, gate, actor, city, *permit); !sent) return tl::unexpected(sent.error());
  return permit->id();
}

Result<> judge_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, std::int64_t version,
                        JudgeResult result, const std::vector<std::string>& criteria, const std::string& reason) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto before = referral_store::read(*permit);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  if (!is_coordinator_in(gate.viewer(), before->from))
    return fail(ErrorCode::not_permitted, "つなぐかどうかは、つなぐ側の" + city.m.wording("coordinator", "相談支援包括化推進員") + "が判断します。");
  if (before->judgement || before->sent_on) return fail(ErrorCode::conflict, "このつなぎは、もう判断されています。");
  for (const std::string& code : criteria)
    if (!knows_code(city.m.rules.referral_criteria, code)) return invalid("criteria", "基準を一覧から選んでください。");
  if (reason.empty() && before->reasons.empty()) return invalid("reason", "判断の理由を書いてください。");
  if (!referral_store::set_judged(tx, *permit, version, result, criteria, reason, actor.account, gate.today())) return tl::unexpected(referral_stale());
  due::settle(tx, {SubjectKind::referral, id.value}, "referral.judge", actor);
  return result == JudgeResult::needed ? dispatch(tx, gate, actor, city, *permit) : Result<>();
}

}  // namespace kasane::casework
