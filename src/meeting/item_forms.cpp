#include "meeting/item_forms.hpp"

#include "meeting/other_law_grounds.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

namespace {

constexpr int kNewAttendees = 3;
constexpr int kWatchers = 3;
constexpr const char* kAdviserGroup = "助言者として個人を呼ぶ";

parts::Table shared(form::CodeTable table) { return std::make_shared<const form::CodeTable>(std::move(table)); }

/// `person`: somebody appointed in person, for the item and not for the household.
parts::Table scopes(const ItemView& item, bool with_none, bool person = false) {
  form::CodeTable t{"attendee_scope", 1, {}};
  if (with_none) t.codes.push_back({"none", "呼ばない"});
  if (!person && (item.head.request || rests_on_other_law(item.head))) t.codes.push_back({std::string(code_of(Scope::household)), std::string(label_of(Scope::household))});
  for (const Scope s : {Scope::item, Scope::section, Scope::summary}) t.codes.push_back({std::string(code_of(s)), std::string(label_of(s))});
  return shared(std::move(t));
}

std::string scope_key(std::int64_t party) { return "s_" + id_text(party); }

parts::Table findings_table() {
  form::CodeTable t{"finding", 1, {}};
  for (const auto f : {planning::Finding::adequate, planning::Finding::with_changes, planning::Finding::send_back, planning::Finding::defer})
    t.codes.push_back({std::string(planning::code_of(f)), std::string(planning::label_of(f))});
  return shared(std::move(t));
}

bool in_force(planning::PlanState state) { return state == planning::PlanState::active || state == planning::PlanState::under_review; }

form::Field grouped(form::Field f, std::string group) {
  f.group = std::move(group);
  return f;
}

void add_undertaking(const programme::Ctx& ctx, form::Form& f, std::string key, const std::string& label, const std::string& group) {
  f.fields.push_back(grouped(parts::choice_field(key + "_agency", label + "：だれが", parts::agencies(ctx)), group));
  f.fields.push_back(grouped(parts::text_field(key + "_text", label + "：何を"), group));
  f.fields.push_back(grouped(parts::date_field(key + "_due", label + "：いつまで"), group));
}

void add_conference_fields(const programme::Ctx& ctx, form::Form& f, const ItemView& item, const std::vector<people::Member>& members) {
  f.fields.push_back(parts::long_field("policy", "支援方針"));
  add_undertaking(ctx, f, "watch_1", "見守り", "");
  for (int n = 2; n <= kWatchers; ++n) add_undertaking(ctx, f, "watch_" + std::to_string(n), "見守り" + std::to_string(n), "ほかにも見守る機関がある");
  add_undertaking(ctx, f, "emergency_1", "緊急の対応", "緊急の対応がある");
  add_undertaking(ctx, f, "consent_step_1", "同意に向けた次の一歩", "同意に向けた次の一歩");
  form::CodeTable connect{"connect", 1, {{"needed", "つなぐ"}, {"not_needed", "つながない"}}};
  f.fields.push_back(parts::choice_field("connect", "多機関協働につなぐか", shared(std::move(connect))));
  if (const auto* body = ctx.m().body(item.head.body); body != nullptr && !body->below_threshold.empty()) {
    form::Field below = parts::choice_field("below_threshold", "つながない事例の区分", parts::coded("below_threshold", body->below_threshold));
    below.shown_when = form::ShownWhen{"connect", "not_needed"};
    f.fields.push_back(std::move(below));
  }
  if (!item.head.case_id) {
    form::Field subjects = parts::choices_field("subjects", "本人", parts::persons(members));
    subjects.shown_when = form::ShownWhen{"connect", "needed"};
    subjects.hint = "つなぐと、ケースができます。";
    f.fields.push_back(std::move(subjects));
  }
  f.fields.push_back(parts::long_field("advice", "助言"));
  f.fields.push_back(parts::date_field("next_look", "次に見る日"));
}

void read_undertaking(const form::Answers& a, const std::string& key, ResultKind kind, Outcome& out) {
  Undertaking u{kind, parts::chosen_id<AgencyTag>(a, key + "_agency"), a.text(key + "_text"), a.date(key + "_due")};
  if (!u.agency && u.text.empty() && !u.due_on) return;
  out.undertakings.push_back(std::move(u));
}

}  // namespace

form::Form change_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<AttendeeName>& attendees) {
  form::Form f{"item_change", 1, {}};
  f.fields.push_back(parts::long_field("question", "会議にたずねること"));
  f.fields.push_back(parts::number_field("minutes", "時間", 1, 240, "分"));
  for (const AttendeeName& a : attendees) f.fields.push_back(parts::choice_field(scope_key(a.attendee.party), a.name, scopes(item, true, ctx.dir().code(AgencyId(a.attendee.party)).empty()), true));
  for (int n = 1; n <= kNewAttendees; ++n) {
    const std::string key = std::to_string(n);
    f.fields.push_back(grouped(parts::choice_field("add_" + key, "加える機関" + key, parts::agencies(ctx)), "出席する機関を加える"));
    f.fields.push_back(grouped(parts::choice_field("add_scope_" + key, "見る範囲" + key, scopes(item, false)), "出席する機関を加える"));
  }
  form::Field until = parts::date_field("until", "資料を見られる最後の日");
  until.hint = "税や料金の部署は、会議の日までです。";
  f.fields.push_back(std::move(until));
  f.fields.push_back(grouped(parts::text_field("adviser_login", "助言者のログイン名"), kAdviserGroup));
  form::Field appointed = parts::date_field("adviser_appointed_on", "委嘱の日");
  appointed.hint = "空けておくと、名前を出さない要約だけが届きます。";
  f.fields.push_back(grouped(std::move(appointed), kAdviserGroup));
  f.fields.push_back(grouped(parts::date_field("adviser_until", "いつまで"), kAdviserGroup));
  return f;
}

form::Answers change_answers(const ItemView& item, const std::vector<AttendeeName>& attendees) {
  form::Answers a;
  parts::set_text(a, "question", item.question.shown());
  if (item.head.minutes > 0) a.set("minutes", std::int64_t{item.head.minutes});
  for (const AttendeeName& x : attendees) a.set(scope_key(x.attendee.party), std::string(code_of(x.attendee.scope)));
  a.set("until", item.session.held_on.plus_days(kPacketDays));
  return a;
}

Result<ItemChange> read_change(const form::Answers& a, const std::vector<AttendeeName>& attendees, const ItemView& item,
                               std::optional<AccountId> adviser) {
  ItemChange in;
  in.question = a.text("question");
  in.minutes = static_cast<int>(a.number("minutes").value_or(0));
  const Date until = a.date("until").value_or(item.session.held_on.plus_days(kPacketDays));
  for (const AttendeeName& x : attendees) {
    const auto scope = parse_code<Scope>(a.text(scope_key(x.attendee.party)));
    if (!scope) continue;
    Attendee kept = x.attendee;
    kept.scope = *scope;
    // Who was appointed by name keeps the day that the appointment named.
    if (!kept.appointed_on) kept.until = until;
    if (kept.topics.empty() || *scope != x.attendee.scope) kept.topics = access::kStandardScope;
    in.attendees.push_back(kept);
  }
  for (int n = 1; n <= kNewAttendees; ++n) {
    const auto agency = parts::chosen_id<AgencyTag>(a, "add_" + std::to_string(n));
    if (!agency) continue;
    Attendee fresh;
    fresh.party = agency->value;
    fresh.scope = parse_code<Scope>(a.text("add_scope_" + std::to_string(n))).value_or(Scope::item);
    fresh.until = until;
    fresh.topics = access::kStandardScope;
    in.attendees.push_back(fresh);
  }
  if (a.text("adviser_login").empty()) return in;
  if (!adviser) return invalid("adviser_login", "このログイン名の人はいません。");
  Attendee person;
  person.party = adviser->value;
  person.appointed_on = a.date("adviser_appointed_on");
  person.scope = person.appointed_on ? Scope::item : Scope::summary;
  person.until = a.date("adviser_until").value_or(until);
  person.topics = access::kStandardScope;
  in.attendees.push_back(person);
  return in;
}

form::Form outcome_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<people::Member>& members) {
  form::Form f{"item_outcome", 1, {}};
  form::CodeTable states{"item_state", 1, {{"treated", "この会議で扱った"}, {"deferred", "次回へ回す"}}};
  f.fields.push_back(parts::choice_field("outcome", "この議題は", shared(std::move(states)), true));
  int n = 0;
  for (const PacketPlan& plan : item.plans) {
    const std::string key = std::to_string(++n);
    const std::string name = planning::kind_name(ctx.m(), plan.kind) + (item.plans.size() > 1 ? key : "");
    f.fields.push_back(parts::choice_field("finding_" + key, name + "についての判断", findings_table()));
    f.fields.push_back(parts::text_field("finding_text_" + key, name + "への意見、直すところ"));
    if (in_force(plan.state)) f.fields.push_back(parts::date_field("next_review_" + key, name + "の次の見直し"));
  }
  if (!item.matters.empty()) {
    form::Field agree = parts::text_field("agree", item.head.matter == Matter::closure ? "終結してよいか" : "決定前に始めたことを認めるか", true);
    agree.kind = form::Kind::yes_no;
    f.fields.push_back(std::move(agree));
  }
  if (item.head.function == programme::BodyFunction::support_conference_106_6 && item.head.household) add_conference_fields(ctx, f, item, members);
  else f.fields.push_back(parts::long_field("advice", "助言、決まったこと"));
  f.fields.push_back(parts::long_field("note", "話し合いの要点"));
  return f;
}

Outcome read_outcome(const form::Answers& a, const ItemView& item) {
  Outcome out;
  out.deferred = a.chose("outcome", "deferred");
  out.note = a.text("note");
  out.policy = a.text("policy");
  out.advice = a.text("advice");
  out.next_look = a.date("next_look");
  out.agree = a.yes("agree").value_or(true);
  int n = 0;
  for (const PacketPlan& plan : item.plans) {
    const std::string key = std::to_string(++n);
    const auto result = planning::parse_code<planning::Finding>(a.text("finding_" + key));
    if (result) out.findings.push_back({plan.id, *result, a.text("finding_text_" + key), a.date("next_review_" + key)});
  }
  for (int i = 1; i <= kWatchers; ++i) read_undertaking(a, "watch_" + std::to_string(i), ResultKind::watch, out);
  read_undertaking(a, "emergency_1", ResultKind::emergency, out);
  read_undertaking(a, "consent_step_1", ResultKind::consent_step, out);
  if (a.chose("connect", "needed")) out.connect = Connect::needed;
  if (a.chose("connect", "not_needed")) out.connect = Connect::not_needed;
  out.below_threshold = a.text("below_threshold");
  out.subjects = parts::chosen_ids<PersonTag>(a, "subjects");
  return out;
}

}  // namespace kasane::meeting
