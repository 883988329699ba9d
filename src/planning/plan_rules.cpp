#include "planning/plan_rules.hpp"

#include <algorithm>

namespace kasane::planning {

using access::Topic;
using access::Topics;

bool is_editable(PlanState state) { return state == PlanState::draft; }
bool in_force(PlanState state) { return state == PlanState::active || state == PlanState::under_review; }
bool may_replan(PlanState state) { return in_force(state) || state == PlanState::refused; }

PlanState after_finding(Finding finding) {
  switch (finding) {
    case Finding::send_back: return PlanState::draft;
    case Finding::adequate:
    case Finding::with_changes:
    case Finding::defer: return PlanState::submitted;
  }
  return PlanState::submitted;
}

bool kind_offered(const programme::Rules& rules, PlanKind kind) {
  return kind == PlanKind::collaboration || rules.plan_author != programme::PlanAuthor::single_author;
}

bool names_offered(const programme::Rules& rules, PlanKind kind) {
  return kind == PlanKind::collaboration && rules.plan_author != programme::PlanAuthor::each_contractor_bundle;
}

Result<AgencyId> author_of(const Settings& city, const std::vector<AgencyId>& own, PlanKind kind) {
  if (own.empty()) return fail(ErrorCode::not_permitted, "プランを作る役割がありません。");
  const auto& operators = city.m.rules.collaboration_operators;
  const bool said = city.m.rules.plan_author != programme::PlanAuthor::unstated && !operators.empty();
  if (kind != PlanKind::collaboration || !said) return own.front();
  for (const AgencyId agency : city.dir.ids(operators))
    if (std::find(own.begin(), own.end(), agency) != own.end()) return agency;
  return fail(ErrorCode::not_permitted, "この市では、" + kind_name(city.m, kind) + "は多機関協働事業者が作ります。");
}

const std::vector<RowTopic>& row_topics() {
  static const std::vector<RowTopic> kTopics{
      {Topic::plan, "plan", "支援全体"},     {Topic::health, "health", "健康"},   {Topic::economy, "economy", "家計"},
      {Topic::work, "work", "仕事・学校"},   {Topic::housing, "housing", "住まい"}, {Topic::family, "family", "家族"},
      {Topic::child, "child", "子ども"},     {Topic::participation, "participation", "社会参加"},
      {Topic::abuse, "abuse", "虐待・暴力への対応"}, {Topic::safety, "safety", "訪問の安全"}};
  return kTopics;
}

const RowTopic* row_topic(std::string_view code) {
  for (const RowTopic& t : row_topics())
    if (t.code == code) return &t;
  return nullptr;
}
const RowTopic* row_topic(Topic topic) {
  for (const RowTopic& t : row_topics())
    if (t.topic == topic) return &t;
  return nullptr;
}

bool never_home(Topic topic) { return (Topic::abuse | Topic::safety).has_all(topic); }

Topics decider_topics() {
  return Topic::basic | Topic::plan | Topics(Topic::family) | Topic::health | Topics(Topic::economy) | Topic::work | Topics(Topic::housing) |
         Topic::child | Topics(Topic::participation);
}

namespace {

std::string at(const char* row, std::size_t index, const char* field) { return std::string(row) + "_" + std::to_string(index + 1) + "_" + field; }

void check_goals(const PlanContent& content, Topics visible, std::vector<FieldError>& found) {
  if (content.goals.size() > kMostRows) found.push_back({"goals", "目標は" + std::to_string(kMostRows) + "件までです。"});
  for (std::size_t i = 0; i < content.goals.size(); ++i) {
    const NewGoal& goal = content.goals[i];
    if (goal.text.empty()) found.push_back({at("goal", i, "text"), "目標の内容を書いてください。"});
    if (goal.person && std::find(content.persons.begin(), content.persons.end(), *goal.person) == content.persons.end())
      found.push_back({at("goal", i, "person"), "このプランの本人から選んでください。"});
    if (!visible.has_all(goal.topic)) found.push_back({at("goal", i, "topic"), "この分野は選べません。"});
  }
}

void check_roles(const programme::Municipality& m, const PlanContent& content, Topics visible, std::vector<FieldError>& found) {
  if (content.roles.size() > kMostRows) found.push_back({"roles", "役割分担は" + std::to_string(kMostRows) + "件までです。"});
  for (std::size_t i = 0; i < content.roles.size(); ++i) {
    const NewRole& role = content.roles[i];
    if (!role.agency && role.who.empty()) found.push_back({at("role", i, "who"), "だれがするかを、機関から選ぶか、書いてください。"});
    if (role.what.empty()) found.push_back({at("role", i, "what"), "何をするかを書いてください。"});
    if (!role.service.empty() && m.service(role.service) == nullptr) found.push_back({at("role", i, "service"), "事業を一覧から選んでください。"});
    if (!visible.has_all(role.topic)) found.push_back({at("role", i, "topic"), "この分野は選べません。"});
  }
}

}  // namespace

std::vector<FieldError> faults_of_content(const programme::Municipality& m, PlanKind kind, const PlanContent& content, Topics visible) {
  std::vector<FieldError> found;
  if (content.persons.empty()) found.push_back({"persons", "だれのプランかを選んでください。"});
  if ((content.names_outreach || content.names_participation) && !names_offered(m.rules, kind))
    found.push_back({"names_outreach", "この市では、アウトリーチと参加支援はそれぞれのプランに書きます。"});
  check_goals(content, visible, found);
  check_roles(m, content, visible, found);
  return found;
}

std::vector<FieldError> faults_of_submission(const PlanView& plan, const std::vector<PersonId>& agreed, Date today) {
  std::vector<FieldError> found;
  if (plan.goals.empty()) found.push_back({"goals", "目標を1つ以上書いてください。"});
  if (plan.roles.empty()) found.push_back({"roles", "役割分担を1つ以上書いてください。"});
  if (!plan.head.review_on) found.push_back({"review_on", "見直しの日を入れてください。"});
  else if (*plan.head.review_on < today) found.push_back({"review_on", "見直しの日は、今日より後の日を入れてください。"});
  if (plan.persons.empty()) found.push_back({"persons", "だれのプランかを選んでください。"});
  const bool all = std::all_of(plan.persons.begin(), plan.persons.end(), [&](const PlanPerson& p) {
    return std::find(agreed.begin(), agreed.end(), p.person) != agreed.end();
  });
  if (!all) found.push_back({"agreed", "本人がプランの内容に同意したことを確かめてください。同意していない人は、プランの本人から外してください。"});
  return found;
}

const programme::CodedText* application_rule(const programme::Rules& rules, PlanKind kind) {
  if (kind != PlanKind::collaboration) return nullptr;
  const auto it = std::find_if(rules.warnings.begin(), rules.warnings.end(), [](const programme::CodedText& w) { return w.code == kApplicationFirst; });
  return it == rules.warnings.end() ? nullptr : &*it;
}

namespace {

std::string first_service(const programme::Municipality& m, int item) {
  const auto services = m.services_of_item(item);
  return services.empty() ? std::string() : services.front()->code;
}
std::string joined(const std::string& a, const std::string& b) { return a.empty() ? b : b.empty() || a == b ? a : a + "," + b; }

}  // namespace

std::string services_of(const programme::Municipality& m, PlanKind kind) {
  switch (kind) {
    case PlanKind::collaboration: return joined(first_service(m, 5), first_service(m, 6));
    case PlanKind::outreach: return first_service(m, 4);
    case PlanKind::participation: return first_service(m, 2);
  }
  return {};
}

std::vector<CountedKind> counted_kinds(const programme::Municipality& m, const PlanHead& plan) {
  std::vector<CountedKind> counted{{std::string(code_of(plan.kind)), services_of(m, plan.kind)}};
  if (!m.rules.count_named_services_as_plans) return counted;
  if (plan.names_outreach) counted.push_back({"outreach_named", services_of(m, PlanKind::outreach)});
  if (plan.names_participation) counted.push_back({"participation_named", services_of(m, PlanKind::participation)});
  return counted;
}

namespace {

form::Field folded(std::string key, std::string label, form::Kind kind, const std::string& group, std::string hint = {}) {
  form::Field f;
  f.key = std::move(key);
  f.label = std::move(label);
  f.kind = kind;
  f.group = group;
  f.hint = std::move(hint);
  return f;
}

void add_coded(form::Form& form, const programme::Municipality& m, const char* table, form::Field field) {
  field.codes = m.code_table(table);
  if (field.codes) form.fields.push_back(std::move(field));
}

/// The city's own kinds of 参加支援, where its plan lists them.
std::shared_ptr<const form::CodeTable> participation_kinds(const programme::Municipality& m) {
  if (m.rules.participation_kinds.empty()) return m.code_table("participation_kinds");
  auto table = std::make_shared<form::CodeTable>();
  table->key = "city_participation_kinds";
  for (const auto& kind : m.rules.participation_kinds) table->codes.push_back({kind.code, kind.text, false});
  table->codes.push_back({"tailored_own", "オーダーメイドの支援", false});
  return table;
}

void add_outreach(form::Form& form, const programme::Municipality& m) {
  const std::string group = m.wording("plan_outreach", "アウトリーチプラン") + "の内容";
  form.fields.push_back(folded("outreach_route", "つながりのきっかけ", form::Kind::text, group, "だれを通して、どこから会えるか"));
  add_coded(form, m, "relationship_stage", folded("outreach_stage", "関係づくりの段階", form::Kind::choice, group));
  add_coded(form, m, "contact_method", folded("outreach_methods", "関わりの方法", form::Kind::choices, group));
  form.fields.push_back(folded("outreach_next", "信頼関係のために次にすること", form::Kind::long_text, group));
  form.fields.push_back(folded("outreach_emergency", "急なときの動き方", form::Kind::long_text, group));
}

void add_participation(form::Form& form, const programme::Municipality& m) {
  const std::string group = m.wording("plan_participation", "参加支援プラン") + "の内容";
  form.fields.push_back(folded("participation_wish", "参加についての希望", form::Kind::long_text, group));
  form::Field kinds = folded("participation_kinds", "支援の種類", form::Kind::choices, group);
  kinds.codes = participation_kinds(m);
  if (kinds.codes) form.fields.push_back(std::move(kinds));
  add_coded(form, m, "host_kinds", folded("participation_host_kind", m.wording("host", "受入先") + "の種類", form::Kind::choice, group));
  form.fields.push_back(folded("participation_host", m.wording("host", "受入先"), form::Kind::text, group));
  form.fields.push_back(folded("participation_menu", "支援メニュー（一覧にないものも書けます）", form::Kind::long_text, group));
  form.fields.push_back(folded("participation_steps", "段階（少しずつ進める順に）", form::Kind::long_text, group));
  form.fields.push_back(folded("participation_settlement", "本人が続けるための支援", form::Kind::long_text, group));
  form.fields.push_back(folded("participation_host_support", m.wording("host", "受入先") + "への支援", form::Kind::long_text, group));
  form.fields.push_back(folded("participation_follow_up", "その後の見守り", form::Kind::text, group));
}

}  // namespace

form::Form extra_form(const programme::Municipality& m, PlanKind kind, bool names_outreach, bool names_participation) {
  form::Form form;
  form.key = "plan_" + std::string(code_of(kind));
  if (kind == PlanKind::outreach || names_outreach) add_outreach(form, m);
  if (kind == PlanKind::participation || names_participation) add_participation(form, m);
  return form;
}

}  // namespace kasane::planning
