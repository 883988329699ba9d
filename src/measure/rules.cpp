#include "measure/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "meeting/small_number_rules.hpp"

namespace kasane::measure {

namespace {

using programme::Counter;
using programme::Municipality;

// Numbers of 106条の4第2項.
constexpr int kParticipationItem = 2;
constexpr int kOutreachItem = 4;

std::vector<std::string> service_codes(const Municipality& m, int item) {
  std::vector<std::string> codes;
  for (const programme::Service* s : m.services_of_item(item)) codes.push_back(s->code);
  return codes;
}

/// Codes of plan.decided that are plans of a kind: where the city says so, also a plan that only names the service.
std::vector<std::string> plan_codes(const Municipality& m, std::string kind) {
  std::vector<std::string> codes{kind};
  if (m.rules.count_named_services_as_plans) codes.push_back(kind + "_named");
  return codes;
}

std::string plan_word(const Municipality& m) { return m.wording("plan", "支援プラン"); }
std::string decided(const Municipality& m) { return m.wording("decision", "支援決定") + "をした"; }
/// "支援決定をした参加支援プランと、参加支援を含む支援プラン。", the second part where the city counts what a plan names.
std::string decided_with_named(const Municipality& m, const std::string& plan, const std::string& service) {
  return decided(m) + plan + (m.rules.count_named_services_as_plans ? "と、" + service + "を含む" + plan_word(m) + "。" : "。");
}

MeasureDef plan_def(std::vector<std::string> codes, std::string meaning) {
  MeasureDef d;
  d.events = {{SubjectKind::plan, "plan.decided", std::move(codes), {}}};
  d.date = "支援決定の日";
  d.unit = "件";
  d.counting = Counting::subjects;
  d.replans = Replans::first_only;
  d.meaning = std::move(meaning);
  return d;
}

MeasureDef session_def(std::string function, std::string meaning) {
  MeasureDef d;
  d.events = {{SubjectKind::meeting_session, "session.held", {std::move(function)}, {}}};
  d.date = "開いた日";
  d.unit = "回";
  d.counting = Counting::acts;
  d.meaning = std::move(meaning);
  return d;
}

std::optional<MeasureDef> def_of(const Municipality& m, Counter counter) {
  switch (counter) {
    case Counter::new_consultations: {
      MeasureDef d;
      d.events = {{SubjectKind::referral, "referral.sent", {"collaboration"}, {}}, {SubjectKind::support_case, "case.opened", {}, {}}};
      d.date = "つないだ日、またはケースを開いた日";
      d.unit = "件";
      d.counting = Counting::households;
      d.meaning = "多機関協働へつながれた相談と、自ら受けて開いたケース。同じ世帯は期間のうちに1件。";
      return d;
    }
    case Counter::plans_decided: return plan_def({"collaboration"}, decided(m) + plan_word(m) + "。");
    case Counter::outreach_plans:
      return plan_def(plan_codes(m, "outreach"), decided_with_named(m, m.wording("plan_outreach", "アウトリーチプラン"), "アウトリーチ"));
    case Counter::participation_plans:
      return plan_def(plan_codes(m, "participation"), decided_with_named(m, m.wording("plan_participation", "参加支援プラン"), "参加支援"));
    case Counter::plan_meetings: return session_def("plan_decision", plan_word(m) + "を扱う会議。");
    case Counter::support_conferences: return session_def("support_conference_106_6", "社会福祉法106条の6の会議。");
    case Counter::trainings: return session_def("training", "研修の会。");
    case Counter::information_meetings: return session_def("liaison", "連携や情報共有のための会議。");
    case Counter::outreach_found: {
      MeasureDef d;
      d.events = {{SubjectKind::notice, "notice.linked", {"community"}, {}}};
      d.date = "世帯が分かった日";
      d.unit = "件";
      d.counting = Counting::households;
      d.meaning = "地域からの情報で把握した世帯。同じ世帯は期間のうちに1件。";
      return d;
    }
    case Counter::outreach_visits: {
      MeasureDef d;
      d.events = {{SubjectKind::support_record, "record.contact", {"home_visit"}, service_codes(m, kOutreachItem)}};
      d.date = "訪問した日";
      d.unit = "回";
      d.counting = Counting::subjects;
      d.meaning = "アウトリーチとして行い、会えた訪問。会えなかった訪問は数えません。";
      return d;
    }
    case Counter::manual:
    case Counter::community_resources: return std::nullopt;
  }
  return std::nullopt;
}

MeasureDef general(std::string code, std::string name, Event event, std::string unit, Counting counting, std::string meaning) {
  MeasureDef d;
  d.code = std::move(code);
  d.name = std::move(name);
  d.events = {std::move(event)};
  d.date = "行った日";
  d.unit = std::move(unit);
  d.counting = counting;
  d.meaning = std::move(meaning);
  return d;
}

void add_consultations(std::vector<MeasureDef>& all, const Municipality& m) {
  all.push_back(general("intakes", "新規相談受付（すべての窓口）", {SubjectKind::intake, "intake.taken", {}, {}}, "件", Counting::subjects, "どの窓口で受けたかを問わない相談受付。"));
  all.push_back(general("notices", "地域などからの気づき", {SubjectKind::notice, "notice.received", {}, {}}, "件", Counting::subjects, "受け止めた気づき。"));
  all.push_back(general("notices_residents", "住民・民生委員などからの気づき", {SubjectKind::notice, "notice.received", {"resident", "commissioner"}, {}}, "件", Counting::subjects, "住民と民生委員・児童委員から受け止めた気づき。"));
  all.push_back(general("found_from_community", "地域からの情報で把握した世帯", {SubjectKind::notice, "notice.linked", {"community"}, {}}, "世帯", Counting::households, "気づきから、どの世帯かが分かったもの。"));
  all.push_back(general("referrals_network", "機関から機関へのつなぎ", {SubjectKind::referral, "referral.sent", {"network"}, {}}, "件", Counting::subjects, "送ったつなぎ。"));
  all.push_back(general("referrals_collaboration", "多機関協働へのつなぎ", {SubjectKind::referral, "referral.sent", {"collaboration"}, {}}, "件", Counting::subjects, "送ったつなぎ。"));
  const auto table = m.code_table("referral_reply");
  const std::pair<const char*, const char*> outcomes[] = {{"accept", "受理"}, {"advice_only", "助言"}, {"mediate", "ほかの機関へ仲介"},
                                                          {"return", "理由をつけて戻した"}, {"watch", "様子を見る"}};
  for (const auto& [code, fallback] : outcomes) {
    const bool listed = table && table->find(code) != nullptr;
    // Whoever sent it learns 受理, never that a case was open already: the two are one number.
    std::vector<std::string> codes{code};
    if (codes.front() == "accept") codes.push_back("join_open_case");
    all.push_back(general(std::string("answers_") + code, "つなぎの返事：" + (listed ? table->label(code) : std::string(fallback)),
                          {SubjectKind::referral, "referral.answered", std::move(codes), {}}, "件", Counting::subjects, "返事をしたつなぎ。"));
  }
  all.push_back(general("advice_asked", "助言の求め", {SubjectKind::advice, "advice.asked", {}, {}}, "件", Counting::subjects, "ケースにせずに助言を求めたもの。"));
  all.push_back(general("advice_answered", "助言への回答", {SubjectKind::advice, "advice.answered", {}, {}}, "件", Counting::subjects, "回答した助言。"));
}

void add_cases(std::vector<MeasureDef>& all) {
  all.push_back(general("cases_opened", "開いたケース", {SubjectKind::support_case, "case.opened", {}, {}}, "件", Counting::subjects, "新しく開いたケース。再開は別に数えます。"));
  all.push_back(general("cases_reopened", "再開したケース", {SubjectKind::support_case, "case.reopened", {}, {}}, "件", Counting::acts, "再開した回数。"));
  all.push_back(general("cases_closed", "終結したケース", {SubjectKind::support_case, "case.closed", {}, {}}, "件", Counting::acts, "終結した回数。"));
  MeasureDef open = general("cases_open", "期間の終わりに開いているケース", {SubjectKind::support_case, "case.opened", {}, {}}, "件", Counting::open_cases, "期間の最後の日の残高。");
  open.events.push_back({SubjectKind::support_case, "case.reopened", {}, {}});
  open.events.push_back({SubjectKind::support_case, "case.closed", {}, {}, true});
  open.date = "期間の最後の日";
  all.push_back(std::move(open));
  all.push_back(general("consent_application", "利用申込み", {SubjectKind::consent, "consent.given", {"application"}, {}}, "人", Counting::persons, "申し込んだ人。同じ人は期間のうちに1人。"));
  all.push_back(general("consent_sharing", "情報共有同意", {SubjectKind::consent, "consent.given", {"sharing"}, {}}, "人", Counting::persons, "同意した人。同じ人は期間のうちに1人。"));
  all.push_back(general("consent_refused", "同意しなかった", {SubjectKind::consent, "consent.refused", {}, {}}, "件", Counting::subjects, "情報共有か利用申込みに同意しないと記録したもの。"));
  all.push_back(general("consent_withdrawn", "同意の取消し", {SubjectKind::consent, "consent.withdrawn", {}, {}}, "件", Counting::subjects, "取り消された同意と申込み。"));
}

void add_support(std::vector<MeasureDef>& all, const Municipality& m) {
  all.push_back(general("contacts", "支援の記録（会えた・話せた）", {SubjectKind::support_record, "record.contact", {}, {}}, "回", Counting::subjects,
                        "いくつかの事業を兼ねた支援も1回。"));
  // A visit that does two services counts for each of them, and once in the number above.
  const std::tuple<const char*, const char*, int> kinds[] = {{"contacts_outreach", "アウトリーチ", kOutreachItem}, {"contacts_participation", "参加支援", kParticipationItem}};
  for (const auto& [code, word, item] : kinds)
    if (auto codes = service_codes(m, item); !codes.empty())
      all.push_back(general(code, std::string("うち") + word + "としての支援（会えた・話せた）", {SubjectKind::support_record, "record.contact", {}, std::move(codes)}, "回",
                            Counting::subjects, "ほかの事業を兼ねた支援は、それぞれの事業に1回。上の数には1回だけ入ります。"));
  all.push_back(general("attempts", "支援の記録（会えず・つながらず）", {SubjectKind::support_record, "record.attempt", {}, {}}, "回", Counting::subjects, "連絡とは別に数えます。"));
  MeasureDef subjects = general("participation_subjects", "参加支援の対象世帯", {SubjectKind::plan, "plan.decided", plan_codes(m, "participation"), {}}, "世帯", Counting::households,
                                "参加支援のプランの支援決定か、参加支援としての支援（会えた・話せた）があった世帯。同じ世帯は期間のうちに1世帯。");
  if (const auto services = service_codes(m, kParticipationItem); !services.empty())
    subjects.events.push_back({SubjectKind::support_record, "record.contact", {}, services});
  all.push_back(std::move(subjects));
  MeasureDef decided = plan_def({"collaboration", "outreach", "participation"}, "支援決定をしたプラン。種類を問いません。");
  decided.code = "plans_new";
  decided.name = "プランの作成";
  all.push_back(std::move(decided));
  all.push_back(general("plans_replanned", "再プラン", {SubjectKind::plan, "plan.replanned", {}, {}}, "件", Counting::subjects, "支援決定をした二つめより後のプラン。"));
  all.push_back(general("plans_closed", "プランの終結", {SubjectKind::plan, "plan.closed", {}, {}}, "件", Counting::subjects, "終わったプラン。"));
  const std::pair<const char*, const char*> verdicts[] = {{"close", "終結"}, {"continue", "継続"}, {"replan", "再プラン"}, {"interrupted", "中断"}};
  for (const auto& [code, label] : verdicts)
    all.push_back(general(std::string("verdict_") + code, std::string("評価の判定：") + label, {SubjectKind::evaluation, "evaluation.made", {code}, {}}, "件", Counting::subjects, "行った評価。"));
}

/// Gatherings are no sittings: they are about nobody, and no indicator of a city's plan counts them.
void add_gatherings(std::vector<MeasureDef>& all) {
  const std::pair<const char*, const char*> kinds[] = {{"training", "研修"}, {"study", "勉強会"}, {"information", "説明会・周知"}, {"platform", "プラットフォーム"}, {"other", "そのほかの集まり"}};
  for (const auto& [code, label] : kinds)
    all.push_back(general(std::string("gatherings_") + code, std::string("集まりの開催：") + label, {SubjectKind::statistic, "gathering.held", {code}, {}}, "回", Counting::acts,
                          "研修・集まりの画面で、開いたと記録したもの。会議の開催とは別に数えます。"));
}

void add_meetings(std::vector<MeasureDef>& all, const Municipality& m) {
  using programme::BodyFunction;
  constexpr BodyFunction kHeld[] = {BodyFunction::support_conference_106_6, BodyFunction::plan_decision, BodyFunction::review,
                                    BodyFunction::plenary,                  BodyFunction::promotion,     BodyFunction::liaison,
                                    BodyFunction::working_group,            BodyFunction::training,      BodyFunction::theme};
  for (const BodyFunction function : kHeld) {
    const std::string word(programme::word_of(function));
    const std::string label(programme::label_of(function));
    const auto bodies = m.bodies_for(function);
    if (bodies.empty()) continue;
    MeasureDef held = session_def(word, "一度の集まりで二つの会議を開いたときは、それぞれ1回。");
    held.code = "held_" + word;
    held.name = label + "の開催";
    all.push_back(std::move(held));
    if (std::ranges::none_of(bodies, &programme::Body::takes_cases)) continue;
    all.push_back(general("items_" + word, label + "で扱った議題", {SubjectKind::agenda_item, "item.treated", {word}, {}}, "件", Counting::subjects, "扱い終えた議題。"));
  }
}

}  // namespace

std::vector<MeasureDef> definitions(const Municipality& m) {
  std::vector<MeasureDef> all;
  for (const programme::Indicator& indicator : m.indicators) {
    auto def = def_of(m, indicator.counter);
    if (!def) continue;
    def->code = "plan_" + indicator.code;
    def->name = indicator.name;
    if (!indicator.unit.empty()) def->unit = indicator.unit;
    if (indicator.measure == programme::MeasureKind::unique) def->counting = Counting::persons;
    // 延べ: a plan made anew is one more.
    if (indicator.measure == programme::MeasureKind::cumulative && def->replans == Replans::first_only) def->replans = Replans::each_version;
    def->indicator = &indicator;
    all.push_back(std::move(*def));
  }
  add_consultations(all, m);
  add_cases(all);
  add_support(all, m);
  add_meetings(all, m);
  add_gatherings(all);
  return all;
}

const MeasureDef* find(const std::vector<MeasureDef>& defs, std::string_view code) {
  const auto found = std::ranges::find(defs, code, &MeasureDef::code);
  return found == defs.end() ? nullptr : &*found;
}

std::vector<const programme::Indicator*> without_counter(const Municipality& m) {
  std::vector<const programme::Indicator*> all;
  for (const programme::Indicator& indicator : m.indicators)
    if (!def_of(m, indicator.counter)) all.push_back(&indicator);
  return all;
}

std::string_view label_of(Counting counting) {
  switch (counting) {
    case Counting::acts: return "行ったごとに1";
    case Counting::subjects: return "記録ごとに1";
    case Counting::households: return "世帯ごとに1";
    case Counting::persons: return "人ごとに1";
    case Counting::open_cases: return "最後の日に開いているものを1";
  }
  return {};
}

std::string_view label_of(Replans replans) {
  switch (replans) {
    case Replans::not_asked: return {};
    case Replans::first_only: return "再プランは数えません";
    case Replans::each_version: return "再プランも数えます";
  }
  return {};
}

std::string definition_text(const MeasureDef& def) {
  std::string text = def.meaning + "数え方: " + std::string(label_of(def.counting)) + "。日付: " + def.date + "。";
  if (const auto replans = label_of(def.replans); !replans.empty()) text += std::string(replans) + "。";
  return text;
}

std::string acts_text(const MeasureDef& def) {
  std::string text;
  for (const Event& e : def.events) {
    std::vector<std::string> only = e.codes;
    only.insert(only.end(), e.services.begin(), e.services.end());
    text += (text.empty() ? "" : "、") + e.kind;
    if (!only.empty()) text += fmt::format("（{}）", fmt::join(only, ", "));
  }
  return text;
}

std::string value_text(const programme::IndicatorValue& value, std::string_view unit) {
  if (value.blank()) return std::string(programme::kNotInPlan);
  std::string text = value.text;
  if (value.number) {
    const double n = *value.number;
    text = std::floor(n) == n ? std::to_string(static_cast<std::int64_t>(n)) : fmt::format("{}", n);
    text += unit;
  }
  if (value.fy) text += "（" + FiscalYear{*value.fy}.text() + "）";
  return text;
}

std::string told_text(std::int64_t value, std::string_view unit, Told told, std::int64_t limit) {
  return told == Told::exact ? std::to_string(value) : meeting::told_in_steps(value, limit, unit);
}

Period allowed_period(const Period& asked, Told told) {
  if (told == Told::exact) return asked;
  const FiscalYear year = FiscalYear::of(asked.to);
  return {year.first(), year.last()};
}

Period default_period(Date today) {
  const FiscalYear year = FiscalYear::of(today);
  return {year.first(), year.last()};
}

Result<Period> parse_period(std::string_view from, std::string_view to, Date today) {
  Period period = default_period(today);
  std::vector<FieldError> faults;
  const auto read = [&](std::string_view typed, const char* field, Date& into) {
    if (typed.empty()) return;
    if (auto day = parse_date(typed)) into = *day;
    else faults.push_back({field, day.error().message});
  };
  read(from, "from", period.from);
  read(to, "to", period.to);
  if (faults.empty() && period.to < period.from) faults.push_back({"to", "終わりの日は、始まりの日より後にしてください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  return period;
}

}  // namespace kasane::measure
