// Taking and answering a referral: nobody takes it twice, the clock stops once for all, the originator stays (T-15).
#include <algorithm>

#include "access/guarded.hpp"
#include "casework/case_service.hpp"
#include "casework/naming.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_steps.hpp"
#include "casework/referral_store.hpp"
#include "casework/team_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

struct ToAnswer {
  referral_store::ReferralPermit permit;
  Referral referral;
};

std::string who(db::ReadTx& tx, const InCity& city, AccountId account, const std::optional<AgencyId>& agency) {
  const std::string name = referral_store::account_name(tx, account);
  return agency ? city.dir.name(*agency) + "の" + name : name;
}

/// An answer that stands, or a colleague's hand on it, is told with the name (staff are no secret to one another).
Result<> still_open(db::ReadTx& tx, const InCity& city, const Referral& r) {
  if (r.outcome)
    return fail(ErrorCode::conflict, "このつなぎには、" + who(tx, city, r.answered_by.value_or(AccountId()), r.answered_agency) + "さんがもう返事をしています。");
  if (!r.sent_on) return fail(ErrorCode::conflict, "このつなぎは、まだ送られていません。");
  if (r.withdrawn_on) return fail(ErrorCode::conflict, kTakenBack);
  return {};
}

Result<ToAnswer> open_to_write(access::Gate& gate, ReferralId id) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto r = referral_store::read(*permit);
  if (!r) return fail(ErrorCode::not_found, "見つかりません。");
  return ToAnswer{*permit, std::move(*r)};
}

Error not_addressed() { return {ErrorCode::not_permitted, "返事ができるのは、このつなぎの受け手の機関です。", {}}; }

std::vector<FieldError> faults_of(const InCity& city, const Referral& r, const ReferralAnswer& in, Date today) {
  std::vector<FieldError> faults;
  const auto allowed = outcomes_for(r.kind, r.passing);
  if (std::find(allowed.begin(), allowed.end(), in.outcome) == allowed.end()) faults.push_back({"outcome", "返事を一覧から選んでください。"});
  if (today < in.on) faults.push_back({"answered_on", "返事の日が先の日付になっています。"});
  if (r.sent_on && in.on < *r.sent_on) faults.push_back({"answered_on", "返事の日が、つなぎが届いた日より前になっています。"});
  for (const std::string& code : in.criteria)
    if (std::none_of(city.m.rules.referral_criteria.begin(), city.m.rules.referral_criteria.end(),
                     [&](const programme::CodedText& t) { return t.code == code; }))
      faults.push_back({"criteria", "基準を一覧から選んでください。"});
  switch (in.outcome) {
    case Outcome::send_back:
      if (in.text.empty()) faults.push_back({"text", "もどすわけを書いてください。"});
      break;
    case Outcome::advice_only:
      if (in.text.empty()) faults.push_back({"text", "助言を書いてください。"});
      break;
    case Outcome::mediate:
      if (!in.mediated_to || *in.mediated_to == r.from || city.dir.code(*in.mediated_to).empty())
        faults.push_back({"mediated_to", "仲介する先の機関を選んでください。"});
      break;
    case Outcome::watch:
      if (!in.look_again_on) faults.push_back({"look_again_on", "次に見る日を入れてください。"});
      else if (*in.look_again_on <= today) faults.push_back({"look_again_on", "次に見る日は、明日から後の日にしてください。"});
      break;
    case Outcome::accept:
    case Outcome::join_open_case: break;
  }
  return faults;
}

Result<CaseId> open_case_for(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const Referral& r,
                             const ReferralAnswer& in, AgencyId coordinating) {
  if (!r.household) return fail(ErrorCode::conflict, "ケースを開くには、先に世帯に結びつけてください。");
  NewCase what = new_case_for(city.m, *r.household, gate.today());
  what.category = in.category;
  what.owner = in.owner;
  if (in.owner_by) what.owner_by = in.owner_by;
  what.subjects = in.subjects;
  if (what.subjects.empty() && r.person) what.subjects.push_back(*r.person);
  what.originating = r.from;
  what.coordinating = coordinating;
  what.before_consent = std::none_of(what.subjects.begin(), what.subjects.end(),
                                     [&](PersonId p) { return consent::sharing_stands(tx, p, gate.today()); });
  return open_case(tx, gate, actor, what);
}

/// The meeting has opened the case: who brought it is on its team (T-15).
Result<CaseId> keep_on_team(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Referral& r, CaseId id) {
  if (auto joined = join_case(tx, gate, actor, id, r.from, InvolvementRole::originating); !joined) return tl::unexpected(joined.error());
  return id;
}

/// The household was opened to this agency by a danger that the referral tells of.
bool reached_by_danger(db::ReadTx& tx, const referral_store::ReferralPermit& permit, const Referral& r, AgencyId me) {
  if (!r.household || r.passing != Passing::duty || is_abuse_duty(referral_store::duty_kind(permit))) return false;
  return access::reaches_by(tx, me, r.household->value, access::GroundKind::danger, r.id.value);
}

/// The meeting's word as an answer to the sender.
ReferralAnswer answer_of(const MeetingWord& word) {
  ReferralAnswer answer;
  answer.on = word.on;
  answer.text = word.text;
  answer.open_case = word.case_id;
  if (word.needed) {
    answer.outcome = Outcome::accept;
  } else if (word.look_again_on) {
    answer.outcome = Outcome::watch;
    answer.look_again_on = word.look_again_on;
  } else if (!word.text.empty()) {
    answer.outcome = Outcome::advice_only;
  } else {
    answer.outcome = Outcome::send_back;
    answer.text = "会議で、多機関協働につなぐ必要は低いと判断しました。";
  }
  return answer;
}

Result<CaseId> join_open_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Referral& r, const ReferralAnswer& in) {
  std::optional<CaseId> id = in.open_case;
  if (!id && r.household) id = case_of(tx, gate, *r.household);
  if (!id) return invalid("case_number", "合わせる先のケースの番号を入れてください。");
  const auto facts = case_facts(tx, gate, *id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。先に再開してください。");
  // A sender who knows that household stays on the team. Where the case belongs to a household that the sender does
  // not know, only the receiver can decide to bring it in; otherwise the sender learns no more than 受理.
  const bool same_household = r.household && facts->household == *r.household;
  if (same_household || in.add_sender) {
    if (auto joined = join_case(tx, gate, actor, *id, r.from, InvolvementRole::originating); !joined) return tl::unexpected(joined.error());
  }
  return *id;
}

/// Between agencies no case is opened: both are noted as working with the household, where they know it.
Result<> involve_both(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Referral& r, bool abuse, AgencyId me) {
  if (!r.household || !gate.may(*r.household, access::Act::write)) return {};
  const auto put = [&](AgencyId agency, InvolvementRole role) -> Result<> {
    NewInvolvement row{*r.household, agency, {}, role, r.person, {}, gate.today(), {}, abuse || works_guarded(tx, *r.household, agency)};
    if (agency == me) row.account = actor.account;
    const auto done = involve(tx, gate, actor, row);
    if (!done && done.error().code != ErrorCode::conflict) return tl::unexpected(done.error());  // conflict: it is there already
    return {};
  };
  if (auto done = put(r.from, InvolvementRole::originating); !done) return done;
  return put(me, InvolvementRole::member);
}

/// What was opened for the question ends with an answer that takes nothing on; the letter itself stays readable.
void close_again(db::WriteTx& tx, const access::Actor& actor, const InCity& city, const Referral& r) {
  access::revoke_grounds(tx, r.id.value, office_day(actor.now));
  open_to_readers(tx, actor, city, r);
}

void stop_clock(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const Referral& r, const ReferralAnswer& in,
                AgencyId me) {
  const SubjectRef self{SubjectKind::referral, r.id.value};
  due::settle(tx, self, "referral.reply", actor);
  const int days = city.m.rules.days.notice_look_by;
  due::await(tx, {.kind = "referral.answered", .party = r.from.value, .root = root_of(r), .subject = self, .due_on = gate.today().plus_days(days)}, actor.now);
  if (in.outcome == Outcome::watch)
    due::await(tx, {.kind = "referral.watch", .party = me.value, .root = root_of(r), .subject = self, .due_on = *in.look_again_on}, actor.now);
  access::note_act(tx, {.kind = "referral.answered", .held_on = in.on, .root = root_of(r), .person = r.person, .subject = self,
                        .code = std::string(code_of(in.outcome)), .service = {}, .undoes = {}}, actor);
}

Result<> apply(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const ToAnswer& open, std::int64_t version,
               const ReferralAnswer& in, AgencyId me) {
  const Referral& r = open.referral;
  if (auto faults = faults_of(city, r, in, gate.today()); !faults.empty()) return invalid(std::move(faults));
  const bool takes_on = in.outcome == Outcome::accept || in.outcome == Outcome::join_open_case;
  if (takes_on && reached_by_danger(tx, open.permit, r, me)) open_for_work(tx, actor, city, r, referral_store::duty_kind(open.permit), me);
  referral_store::Answered answer{in.outcome, in.on, actor.account, me, in.text, {}, in.mediated_to, in.look_again_on};
  if (r.kind == ReferralKind::collaboration && in.outcome == Outcome::accept) {
    auto opened = in.open_case ? keep_on_team(tx, gate, actor, r, *in.open_case) : open_case_for(tx, gate, actor, city, r, in, me);
    if (!opened) return tl::unexpected(opened.error());
    answer.case_id = *opened;
  } else if (in.outcome == Outcome::accept) {
    const bool abuse = is_abuse_duty(referral_store::duty_kind(open.permit));
    if (auto both = involve_both(tx, gate, actor, r, abuse, me); !both) return both;
  } else if (in.outcome == Outcome::join_open_case) {
    auto joined = join_open_case(tx, gate, actor, r, in);
    if (!joined) return tl::unexpected(joined.error());
    answer.case_id = *joined;
  }
  if (r.kind == ReferralKind::collaboration && !r.judgement)
    referral_store::set_judged_by_receiver(tx, open.permit, ends_access(in.outcome) ? JudgeResult::not_needed : JudgeResult::needed, in.criteria,
                                           actor.account, in.on);
  if (!referral_store::set_answered(tx, open.permit, version, answer)) return tl::unexpected(referral_stale());
  if (ends_access(in.outcome)) close_again(tx, actor, city, r);
  stop_clock(tx, gate, actor, city, r, in, me);
  return {};
}

}  // namespace

Result<> take_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, bool take_over) {
  auto open = open_to_write(gate, id);
  if (!open) return tl::unexpected(open.error());
  const Referral& r = open->referral;
  if (!agency_among(gate.viewer(), addressees(city, r))) return tl::unexpected(not_addressed());
  if (auto fresh = still_open(tx, city, r); !fresh) return fresh;
  if (r.taken_by == actor.account) return {};
  if (r.taken_by && !take_over) return fail(ErrorCode::conflict, "このつなぎは、" + r.taken_by_name + "さんが先に受けています。");
  if (!referral_store::set_taken(tx, open->permit, r.version, actor.account)) return tl::unexpected(referral_stale());
  return {};
}

Result<> answer_referral(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id, std::int64_t version,
                         const ReferralAnswer& in) {
  auto open = open_to_write(gate, id);
  if (!open) return tl::unexpected(open.error());
  const Referral& r = open->referral;
  const auto me = agency_among(gate.viewer(), addressees(city, r));
  if (!me) return tl::unexpected(not_addressed());
  if (auto fresh = still_open(tx, city, r); !fresh) return fresh;
  if (r.taken_by && *r.taken_by != actor.account)
    return fail(ErrorCode::conflict, "このつなぎは、" + r.taken_by_name + "さんが受けています。代わるときは「引き継ぐ」を押してください。");
  if (r.version != version) return tl::unexpected(referral_stale());
  if (in.outcome == Outcome::accept && r.request && judged_by_meeting(city.m, r.kind, r.passing)) {
    const programme::Body* body = city.m.body_for(programme::BodyFunction::support_conference_106_6);
    return fail(ErrorCode::conflict, "つなぐかどうかは、" + body->name + "で判断します。会議の結果が入ると、ここに返事が載ります。");
  }
  access::Actor acting = actor;
  acting.agency = *me;
  if (auto done = apply(tx, gate, acting, city, *open, version, in, *me); !done) return done;
  // Nobody takes it to the conference any more: what was opened to its hosts for that ends too.
  if (r.request && ends_access(in.outcome)) access::revoke_grounds(tx, r.request->value, office_day(actor.now));
  return {};
}

Result<bool> answer_by_meeting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, GroundRequestId request,
                               const MeetingWord& word) {
  if (word.needed && !word.case_id) return invalid("subjects", "つなぐ場合は、ケースを開きます。");
  const auto id = referral_store::of_request(tx, request);
  if (!id || !gate.may(*id, access::Act::write)) return false;
  auto open = open_to_write(gate, *id);
  if (!open) return tl::unexpected(open.error());
  // Where the inbox has answered before the sitting, its answer stands.
  const auto to = addressees(city, open->referral);
  if (open->referral.outcome || open->referral.withdrawn_on || to.empty()) return false;
  // The meeting decides; who carries it on is the operator of 多機関協働, whoever writes the finding down.
  const AgencyId me = agency_among(gate.viewer(), to).value_or(to.front());
  if (auto done = apply(tx, gate, actor, city, *open, open->referral.version, answer_of(word), me); !done) return tl::unexpected(done.error());
  return true;
}

std::optional<CaseId> case_by_number(db::ReadTx&, access::Gate& gate, std::string_view number) { return referral_store::case_by_number(gate, number); }

std::optional<ReferralId> referral_of_request(db::ReadTx& tx, access::Gate& gate, GroundRequestId request) {
  const auto id = referral_store::of_request(tx, request);
  return id && gate.may(*id, access::Act::read) ? id : std::nullopt;
}

Result<> note_answer_read(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ReferralId id) {
  auto open = open_to_write(gate, id);
  if (!open) return tl::unexpected(open.error());
  const Referral& r = open->referral;
  if (!gate.viewer().in_agency(r.from)) return fail(ErrorCode::not_permitted, "この操作は、つないだ機関の方が行えます。");
  if (!r.outcome) return fail(ErrorCode::conflict, "まだ返事がありません。");
  due::settle(tx, {SubjectKind::referral, id.value}, "referral.answered", actor);
  // A request that nobody needs any more comes off the waiting list of the meeting.
  if (r.request && ends_access(*r.outcome)) {
    const auto request = consent::ground_request(tx, gate, *r.request);
    if (request && request->state == consent::RequestState::waiting)
      if (auto gone = consent::mark_request(tx, gate, actor, *r.request, consent::RequestState::withdrawn, gate.today()); !gone) return gone;
  }
  return {};
}

bool answer_is_unread(db::ReadTx& tx, const Referral& referral) {
  const auto open = due::open_about(tx, root_of(referral));
  return std::any_of(open.begin(), open.end(),
                     [&](const due::DueLine& d) { return d.subject.id == referral.id.value && d.kind == "referral.answered"; });
}

Result<> set_referral_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, ReferralId id,
                                HouseholdId household, std::optional<PersonId> person) {
  auto open = open_to_write(gate, id);
  if (!open) return tl::unexpected(open.error());
  Referral r = open->referral;
  if (!carries_household(r.passing)) return fail(ErrorCode::conflict, "匿名相談は世帯に結びつけられません。名前を出してよくなったら、改めてつないでもらってください。");
  if (r.household && *r.household != household) return fail(ErrorCode::conflict, "このつなぎは、もう別の世帯に結びついています。");
  if (r.outcome) return fail(ErrorCode::conflict, "返事をした後は変えられません。");
  if (r.withdrawn_on) return fail(ErrorCode::conflict, kTakenBack);
  // It opens the household to the addressees: who may only look at it does not pass it on.
  const auto known = gate.write(household);
  if (!known) return tl::unexpected(known.error());
  if (r.passing == Passing::spoken_consent && !person && !r.person) return invalid("person", kWhoseWord);
  if (person && !people::is_member(tx, household, *person)) return invalid("person", "本人は、この世帯の人から選んでください。");
  if (!referral_store::set_household(tx, open->permit, r.version, household, person)) return tl::unexpected(referral_stale());

  const SubjectRef self{SubjectKind::referral, id.value};
  access::move_to_root(tx, self, household.value);
  if (person) access::set_person(tx, self, *person);
  due::move_to_root(tx, self, household.value);
  if (r.sent_on && !r.household) {
    r.household = household;
    r.person = person;
    open_household(tx, actor, city, r, referral_store::duty_kind(open->permit), addressees(city, r));
  }
  return {};
}

}  // namespace kasane::casework
