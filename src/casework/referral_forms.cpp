#include "casework/referral_forms.hpp"

#include <algorithm>

#include "casework/referral_rules.hpp"
#include "form/json.hpp"

namespace kasane::casework::referral_forms {

namespace {

using parts::shown_when;
using parts::with_hint;
using programme::Ctx;

constexpr const char* kBasis = "consent_basis";
constexpr const char* kHeard = "heard";
constexpr const char* kRecorded = "recorded_consent";

std::string code(Passing p) { return std::string(code_of(p)); }

const programme::Body* conference(const Ctx& ctx) { return ctx.m().body_for(programme::BodyFunction::support_conference_106_6); }

bool may_be_target(const programme::Agency& a) {
  return a.status == programme::AgencyStatus::active && a.kind != programme::AgencyKind::commissioners;
}

/// Suggested from area and adult or child alone; a window that is a secret in itself is never suggested.
form::Field target_field(const Ctx& ctx, const Sending& s) {
  std::vector<parts::NotedAgency> first;
  if (s.view) {
    const auto group = s.child ? programme::TargetGroup::child : programme::TargetGroup::adult;
    for (const Suggestion& x : suggested_targets(parts::in_city(ctx), s.view->area, group)) first.push_back({x.agency, x.why});
  }
  // One who works in one agency alone passes nothing on to herself; with several, the form asks which of them sends.
  form::CodeTable offered = *parts::agencies_first(ctx, first, may_be_target);
  if (const auto own = parts::agencies_to_act(ctx, SubjectKind::referral); own.size() == 1)
    std::erase_if(offered.codes, [&](const form::Code& code) { return code.code == id_text(own.front()); });
  return parts::choice_field("to", "つなぐ先", std::make_shared<const form::CodeTable>(std::move(offered)), true);
}

parts::Table inbox_table(const std::vector<JointInbox>& inboxes) {
  form::CodeTable table{"inboxes", 1, {}};
  for (const JointInbox& i : inboxes) table.codes.push_back({i.code, i.name});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

void add_targets(const Ctx& ctx, const Sending& s, form::Form& f) {
  if (s.kind == ReferralKind::network) {
    f.fields.push_back(target_field(ctx, s));
    return;
  }
  const auto inboxes = joint_inboxes(parts::in_city(ctx));
  if (inboxes.size() > 1) f.fields.push_back(parts::choice_field("inbox", "つなぎ先", inbox_table(inboxes), true));
}

parts::Table passing_table(const Ctx& ctx, ReferralKind kind) {
  const auto all = passings_for(kind, ctx.m());
  return parts::of_list<Passing>("passing", std::span<const Passing>(all));
}

/// Whether the form of passing that the field belongs to can be chosen here at all.
bool is_offered(ReferralKind kind, const programme::Municipality& m, const form::Field& field) {
  const auto all = passings_for(kind, m);
  return std::any_of(all.begin(), all.end(), [&](Passing p) { return field.shown_when && field.shown_when->code == code(p); });
}

parts::Table duty_table() {
  form::CodeTable table{"duty_kind", 1, {}};
  for (const DutyKind& k : duty_kinds()) table.codes.push_back({std::string(k.code), std::string(k.label)});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

/// Whether it was heard just now, or stands in a record.
form::Field basis_field(const Sending& s) {
  form::CodeTable table{"consent_basis", 1, {{kHeard, "口頭で聞いた同意"}}};
  for (const StandingConsent& c : s.consents) table.codes.push_back({id_text(c.id), c.name + " " + c.words});
  return shown_when(parts::choice_field(kBasis, "どの同意か", std::make_shared<const form::CodeTable>(std::move(table)), true), "passing", code(Passing::spoken_consent));
}

void add_passing(const Ctx& ctx, const Sending& s, form::Form& f) {
  f.fields.push_back(parts::choice_field("passing", "どの形でつなぐか", passing_table(ctx, s.kind), true));
  if (!s.consents.empty()) f.fields.push_back(basis_field(s));
  for (form::Field& field : passing_form().fields) {
    if (field.key == kRecorded || !is_offered(s.kind, ctx.m(), field)) continue;
    // Where one may choose a recorded consent, only the other choice asks who heard it and when.
    if (!s.consents.empty() && field.shown_when->code == code(Passing::spoken_consent)) field.shown_when = form::ShownWhen{kBasis, kHeard};
    f.fields.push_back(std::move(field));
  }
  form::Field duty = shown_when(parts::choice_field("duty_kind", "法の義務・危険の種類", duty_table(), true), "passing", code(Passing::duty));
  if (is_offered(s.kind, ctx.m(), duty)) f.fields.push_back(std::move(duty));
  const programme::Body* body = conference(ctx);
  if (s.kind != ReferralKind::collaboration || body == nullptr || body->grounds.empty()) return;
  form::Field ground = parts::choice_field("ground_code", body->name + "で扱う理由", parts::coded("conference_ground", body->grounds));
  if (ctx.m().rules.judge == programme::Judge::meeting) {
    ground.hint = "つなぐかどうかは" + body->name + "で判断します。匿名と法の義務のときは選びません。";
    f.fields.push_back(std::move(ground));
  } else {
    ground.required = true;
    form::Field asked = shown_when(std::move(ground), "passing", code(Passing::statutory));
    if (is_offered(s.kind, ctx.m(), asked)) f.fields.push_back(std::move(asked));
  }
}

void add_reasons(const Ctx& ctx, const Sending& s, form::Form& f) {
  const programme::Rules& rules = ctx.m().rules;
  if (s.kind == ReferralKind::network) return;
  if (!rules.referral_reasons.empty())
    f.fields.push_back(parts::choices_field("reasons", "つなぐ理由", parts::coded("referral_reason", rules.referral_reasons)));
  f.fields.push_back(with_hint(parts::long_field("reason", "つなぐ理由（自由に）"), "選択肢か文の、どちらかだけでかまいません。"));
  if (!s.judges) return;
  if (!rules.referral_criteria.empty())
    f.fields.push_back(parts::choices_field("criteria", "つなぐケースの基準（あてはまるもの）", parts::coded("referral_criteria", rules.referral_criteria)));
  static constexpr JudgeResult kAll[] = {JudgeResult::needed, JudgeResult::not_needed};
  f.fields.push_back(parts::choice_field("judgement", "あなたの判断", parts::of_list<JudgeResult>("judgement", kAll), true));
}

}  // namespace

/// Each form of passing asks for its own things. These are stored together as answers of their own.
form::Form passing_form() {
  form::Form f{"referral_passing", 1, {}};
  f.fields.push_back(shown_when(parts::date_field("heard_on", "同意を聞いた日", true), "passing", code(Passing::spoken_consent)));
  f.fields.push_back(shown_when(parts::text_field("heard_by", "同意を聞いた人", true), "passing", code(Passing::spoken_consent)));
  f.fields.push_back(shown_when(with_hint(parts::text_field("agreed_scope", "伝えてよいと言われた範囲"), "例：体の具合は伝えない"), "passing",
                                code(Passing::spoken_consent)));
  f.fields.push_back(shown_when(parts::text_field(kRecorded, "同意"), "passing", code(Passing::spoken_consent)));
  f.fields.push_back(shown_when(with_hint(parts::text_field("asked_for", "聞きたいこと"), "例：使える制度、声のかけ方"), "passing",
                                code(Passing::anonymous)));
  f.fields.push_back(shown_when(parts::text_field("consent_tried", "同意について試みたこと"), "passing", code(Passing::statutory)));
  f.fields.push_back(shown_when(parts::text_field("urgent_until", "いつまでに動く必要があるか"), "passing", code(Passing::duty)));
  return f;
}

form::Form sending(const Ctx& ctx, const Sending& s) {
  form::Form f{"referral", 1, {}};
  f.fields.push_back(parts::acting_field(ctx, SubjectKind::referral, "つなぐ側の機関"));
  add_targets(ctx, s, f);
  if (s.view && !s.view->members.empty())
    f.fields.push_back(with_hint(parts::choice_field("person", ctx.m().wording("person", "本人"), parts::persons(s.view->members)),
                                 "本人の同意でつなぐときは、同意した人を選びます。ほかの形で世帯全体のことなら、選ばずにおきます。"));
  add_passing(ctx, s, f);
  add_reasons(ctx, s, f);
  f.fields.push_back(with_hint(parts::long_field("text", "伝えること", true), "匿名のときは、名前・住所・電話など、だれか分かることを書きません。"));
  return f;
}

form::Answers first_answers(const Ctx& ctx, const Sending& s) {
  form::Answers a;
  parts::set_text(a, "text", s.text);
  if (s.person) a.set("person", id_text(*s.person));
  else if (s.view && s.view->members.size() == 1) a.set("person", id_text(s.view->members.front().person));
  a.set("heard_on", ctx.today());
  parts::set_text(a, "heard_by", ctx.who().display_name);
  if (!s.consents.empty()) a.set(kBasis, std::string(kHeard));
  if (s.judges) a.set("judgement", std::string(code_of(JudgeResult::needed)));
  return a;
}

NewReferral referral_in(const Ctx& ctx, const Sending& s, const form::Form& f, const form::Answers& a) {
  const auto asked = [&](std::string_view key) {
    const form::Field* field = f.find(key);
    return field != nullptr && form::shown(f, *field, a);
  };
  NewReferral in;
  in.kind = s.kind;
  in.passing = parse_code<Passing>(a.text("passing")).value_or(Passing::anonymous);
  in.from = parts::acting_in(ctx, SubjectKind::referral, a).value_or(AgencyId());
  in.to = parts::chosen_id<AgencyTag>(a, "to");
  const auto inboxes = joint_inboxes(parts::in_city(ctx));
  if (s.kind == ReferralKind::collaboration) in.inbox = inboxes.size() == 1 ? inboxes.front().code : a.text("inbox");
  in.household = s.household;
  in.person = parts::chosen_id<PersonTag>(a, "person");
  in.intake = s.intake;
  in.reasons = a.codes("reasons");
  in.reason = a.text("reason");
  in.text = a.text("text");
  in.criteria = a.codes("criteria");
  in.judgement = parse_code<JudgeResult>(a.text("judgement"));
  in.known_names = s.known_names;
  if (asked("ground_code")) in.ground_code = a.text("ground_code");
  if (asked("duty_kind")) in.duty_kind = a.text("duty_kind");
  form::Answers own;
  for (const form::Field& field : passing_form().fields)
    if (asked(field.key)) own.set(field.key, a.value(field.key));
  if (asked(kBasis))
    for (const StandingConsent& c : s.consents)
      if (a.chose(kBasis, id_text(c.id))) {
        in.consent = c.id;
        if (!in.person) in.person = c.person;
        own.set(kRecorded, c.words);
      }
  in.passing_answers = form::to_json(passing_form(), own);
  return in;
}

form::Form judging(const Ctx& ctx) {
  const programme::Rules& rules = ctx.m().rules;
  static constexpr JudgeResult kAll[] = {JudgeResult::needed, JudgeResult::not_needed};
  form::Form f{"referral_judging", 1, {}};
  if (!rules.referral_criteria.empty())
    f.fields.push_back(parts::choices_field("criteria", "つなぐケースの基準（あてはまるもの）", parts::coded("referral_criteria", rules.referral_criteria)));
  f.fields.push_back(parts::choice_field("judgement", "判断", parts::of_list<JudgeResult>("judgement", kAll), true));
  f.fields.push_back(parts::long_field("reason", "判断の理由"));
  return f;
}

form::Form answering(const Ctx& ctx, const Referral& r, const std::vector<people::Member>& members) {
  const programme::Rules& rules = ctx.m().rules;
  const auto outcomes = outcomes_for(r.kind, r.passing);
  const std::string accept(code_of(Outcome::accept));
  form::Form f{"referral_answer", 1, {}};
  f.fields.push_back(parts::choice_field("outcome", "返事", parts::of_list<Outcome>("outcome", std::span<const Outcome>(outcomes)), true));
  f.fields.push_back(parts::date_field("answered_on", "返事の日", true));
  f.fields.push_back(with_hint(parts::long_field("text", "つなぎ元への言葉"), "助言ともどすときは必ず書きます。"));
  if (!rules.referral_criteria.empty() && r.kind == ReferralKind::collaboration && !r.judgement)
    f.fields.push_back(parts::choices_field("criteria", "つなぐケースの基準（あてはまるもの）", parts::coded("referral_criteria", rules.referral_criteria)));
  if (r.kind == ReferralKind::collaboration && r.household) {
    f.fields.push_back(shown_when(parts::choices_field("subjects", ctx.m().wording("person", "本人"), parts::persons(members)), "outcome", accept));
    if (!rules.case_categories.empty())
      f.fields.push_back(shown_when(parts::choice_field("category", "ケースの区分", parts::coded("case_category", rules.case_categories)), "outcome", accept));
    f.fields.push_back(shown_when(
        with_hint(parts::choice_field("owner", "主に担う機関", parts::agencies(ctx)), "まだ決まらないときは、選ばずにおきます（狭間の事例）。"), "outcome", accept));
    f.fields.push_back(shown_when(with_hint(parts::date_field("owner_by", "担う機関をいつまでに決めるか"), "担う機関が決まっていないときだけ。"), "outcome", accept));
  }
  f.fields.push_back(shown_when(
      parts::choice_field("mediated_to", "仲介する先", parts::agencies_first(ctx, {}, may_be_target), true), "outcome", std::string(code_of(Outcome::mediate))));
  f.fields.push_back(shown_when(parts::date_field("look_again_on", "次に見る日", true), "outcome", std::string(code_of(Outcome::watch))));
  if (std::find(outcomes.begin(), outcomes.end(), Outcome::join_open_case) != outcomes.end()) {
    const std::string join(code_of(Outcome::join_open_case));
    f.fields.push_back(shown_when(with_hint(parts::text_field("case_number", "合わせる先のケース番号"), "この世帯のケースなら、入れなくてかまいません。"), "outcome", join));
    f.fields.push_back(shown_when(parts::tick_field("add_sender", "つなぎ元", "別の世帯のケースのときも、つなぎ元をチームに加える"), "outcome", join));
  }
  return f;
}

ReferralAnswer answer_in(const Ctx& ctx, const form::Form& f, const form::Answers& a) {
  const auto asked = [&](std::string_view key) {
    const form::Field* field = f.find(key);
    return field != nullptr && form::shown(f, *field, a);
  };
  ReferralAnswer in;
  in.outcome = parse_code<Outcome>(a.text("outcome")).value_or(Outcome::send_back);
  in.text = a.text("text");
  in.on = a.date("answered_on").value_or(ctx.today());
  in.criteria = a.codes("criteria");
  if (asked("subjects")) in.subjects = parts::chosen_ids<PersonTag>(a, "subjects");
  if (asked("category")) in.category = a.text("category");
  if (asked("owner")) in.owner = parts::chosen_id<AgencyTag>(a, "owner");
  if (asked("owner_by")) in.owner_by = a.date("owner_by");
  if (asked("mediated_to")) in.mediated_to = parts::chosen_id<AgencyTag>(a, "mediated_to");
  if (asked("look_again_on")) in.look_again_on = a.date("look_again_on");
  if (asked("add_sender")) in.add_sender = parts::is_ticked(a, "add_sender");
  return in;
}

html::Html passing_facts(const Referral& r) {
  if (r.passing_answers.empty()) return {};
  const auto stored = form::from_json(r.passing_answers.shown());
  if (!stored || stored->answers.values().empty()) return {};
  form::Form f = passing_form();
  for (form::Field& field : f.fields) field.shown_when.reset();
  return html::form_facts(f, stored->answers);
}

html::Html reason_list(const Ctx& ctx, const std::vector<std::string>& reasons) {
  std::vector<html::Html> lines;
  const auto table = parts::coded("referral_reason", ctx.m().rules.referral_reasons);
  for (const std::string& code : reasons) lines.push_back(html::text(table->label(code)));
  return html::bullets(lines);
}

html::Html criteria_note(const Ctx& ctx) {
  if (!ctx.m().rules.referral_criteria.empty()) return {};
  html::Html line = html::text("つなぐケースの基準：");
  line.add(html::chip(html::Tone::neutral, programme::kNotSet));
  if (!ctx.m().rules.referral_criteria_say.text.empty()) line.add(" ").add(html::muted(ctx.m().rules.referral_criteria_say.text));
  return html::el("p", line);
}

}  // namespace kasane::casework::referral_forms
