// Reads the settings of a municipality's folder: the city and its plan, meeting bodies, rules, wording.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "programme/municipality_load.hpp"

namespace kasane::programme::reading {
namespace {

constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

/// 全国地方公共団体コード: five digits and a check digit over weights 6, 5, 4, 3, 2.
bool is_city_code(std::string_view code) {
  if (code.size() != 6 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  int sum = 0;
  for (std::size_t i = 0; i < 5; ++i) sum += (code[i] - '0') * static_cast<int>(6 - i);
  return (11 - sum % 11) % 10 == code[5] - '0';
}

std::vector<std::string> referred(Settings& from, std::string_view key, Target target) {
  auto codes = from.texts(key);
  for (const auto& code : codes) from.findings().refer(target, code, from.at(key), key);
  return codes;
}

void check_years(const std::optional<int>& first, const std::optional<int>& last, Settings& table) {
  if (first.has_value() != last.has_value())
    table.findings().fault(table.at(first ? "fy_first" : "fy_last"), "fy_first と fy_last の片方だけがあります",
                           "両方を西暦の年度で書くか、両方を消してください");
  else if (first && *first > *last)
    table.findings().fault(table.at("fy_last"), "fy_last が fy_first より前です",
                           "初めと終わりの年度を確かめてください");
}

RelatedPlan related_plan(Settings& table) {
  RelatedPlan plan;
  plan.title = table.needed("title");
  plan.relation = table.text("relation");
  plan.fy_first = table.number("fy_first", kFirstYear, kLastYear);
  plan.fy_last = table.number("fy_last", kFirstYear, kLastYear);
  check_years(plan.fy_first, plan.fy_last, table);
  plan.source = table.source();
  table.done();
  return plan;
}

ImplementationPlan plan_of(Settings& table) {
  ImplementationPlan plan;
  plan.title = table.needed("title");
  plan.generation = table.text("generation");
  plan.status = table.word("status", PlanStatus::unstated);
  plan.published = table.text("published");
  plan.fy_first = table.number("fy_first", kFirstYear, kLastYear);
  plan.fy_last = table.number("fy_last", kFirstYear, kLastYear);
  check_years(plan.fy_first, plan.fy_last, table);
  plan.legal_basis = table.text("legal_basis");
  plan.upper_goal = table.text("upper_goal");
  for (auto& goal : table.tables("goal")) {
    plan.goals.push_back({goal.needed("code"), goal.needed("text"), goal.source()});
    goal.findings().declare(Target::goal, plan.goals.back().code, goal.at());
    goal.done();
  }
  for (auto& related : table.tables("related")) plan.related.push_back(related_plan(related));
  plan.source = table.source();
  table.done();
  return plan;
}

Cycle cycle_of(Settings& table) {
  Cycle cycle;
  cycle.kind = table.word("cycle", CycleKind::unstated);
  cycle.at_least = table.number("at_least", 1, 366);
  cycle.at_most = table.number("at_most", 1, 366);
  cycle.text = table.text("cycle_text");
  cycle.also_on_demand = table.truth("also_on_demand", false);
  if (cycle.at_least && cycle.at_most && *cycle.at_least > *cycle.at_most)
    table.findings().fault(table.at("at_most"), "at_most が at_least より小さいです", "年の回数を確かめてください");
  return cycle;
}

std::vector<AgendaKind> agenda_of(Settings& table) {
  std::vector<AgendaKind> agenda;
  for (auto& item : table.tables("agenda")) {
    AgendaKind kind;
    kind.code = item.needed("code");
    item.needed("act");
    kind.act = item.word("act", AgendaAct::other);
    kind.text = item.needed("text");
    kind.source = item.source();
    item.done();
    if (std::any_of(agenda.begin(), agenda.end(), [&](const AgendaKind& k) { return k.code == kind.code; }))
      item.findings().fault(item.at(), fmt::format("議題の code「{}」が二度あります", kind.code),
                            "どちらかを消すか、別の code にしてください");
    agenda.push_back(std::move(kind));
  }
  return agenda;
}

/// A meeting that finds on plans must know its word for the finding; one that shares without consent must say on what
/// ground.
void check_body(const Body& body, const Settings& table) {
  if (body.function == BodyFunction::plan_decision && body.finding.empty())
    table.findings().fault(table.at(), fmt::format("会議体「{}」に finding がありません", body.code),
                           "プランについての所見の言い方を書いてください（例: finding = \"確認\"）");
  if (body.function == BodyFunction::support_conference_106_6 && body.consent == ConsentRule::not_required &&
      body.grounds.empty())
    table.findings().fault(table.at(), fmt::format("会議体「{}」に grounds がありません", body.code),
                           "同意なしで扱う根拠を一つ以上、計画の文で書いてください");
}

Body body_of(Settings& table) {
  Body body;
  body.code = table.needed("code");
  body.name = table.needed("name");
  body.full_name = table.text("full_name");
  if (body.full_name.empty()) body.full_name = body.name;
  table.needed("function");
  body.function = table.word("function", BodyFunction::liaison);
  body.hosts = referred(table, "hosts", Target::agency);
  body.host_text = table.text("host_text");
  body.cycle = cycle_of(table);
  body.purpose = table.text("purpose");
  body.members = table.texts("members");
  body.members_vary = table.truth("members_vary", false);
  body.required = table.words<RequiredParty>("required");
  body.required_text = table.text("required_text");
  body.consent = table.word("consent", ConsentRule::unstated);
  body.consent_text = table.text("consent_text");
  body.secrecy = table.text("secrecy");
  body.legal_basis = table.text("legal_basis");
  body.rule_document = table.text("rule_document");
  body.parent = table.text("parent");
  table.findings().refer(Target::body, body.parent, table.at("parent"), "parent");
  body.joint_with = referred(table, "joint_with", Target::body);
  body.grounds = table.coded("grounds");
  body.below_threshold = table.coded("below_threshold");
  body.agenda = agenda_of(table);
  body.finding = table.text("finding");
  body.note = table.text("note");
  body.source = table.source();
  table.done();
  table.findings().declare(Target::body, body.code, table.at());
  check_body(body, table);
  return body;
}

VisitPartners visit_partners(Settings& table) {
  VisitPartners v;
  v.code = table.needed("code");
  v.condition = table.needed("condition");
  v.partners = referred(table, "partners", Target::agency);
  v.partners_text = table.text("partners_text");
  v.source = table.source();
  table.done();
  return v;
}

Inbox inbox_of(Settings& table) {
  Inbox inbox;
  inbox.code = table.needed("code");
  inbox.name = table.needed("name");
  inbox.agencies = referred(table, "agencies", Target::agency);
  inbox.source = table.source();
  table.done();
  table.findings().declare(Target::inbox, inbox.code, table.at());
  if (inbox.agencies.empty())
    table.findings().fault(table.at("agencies"), fmt::format("受付「{}」に機関がありません", inbox.code),
                           "受ける機関を一つ以上書いてください");
  return inbox;
}

Deadlines deadlines_of(Settings& table) {
  Deadlines days;
  const auto read = [&](std::string_view key, int& value) { value = table.number(key, 1, 3650).value_or(value); };
  read("notice_look_by", days.notice_look_by);
  read("referral_reply", days.referral_reply);
  read("silence", days.silence);
  read("ratify", days.ratify);
  read("dormant_access", days.dormant_access);
  read("unowned_case", days.unowned_case);
  read("ground_request", days.ground_request);
  table.done();
  return days;
}

void read_flow_rules(Settings& table, Rules& rules) {
  rules.judge = table.word("judge", Judge::unstated);
  rules.judge_says = table.quote("judge_text", "judge_source");
  rules.collaboration_operators = referred(table, "collaboration_operators", Target::agency);
  if (rules.collaboration_operators.empty())
    table.findings().fault(table.at("collaboration_operators"), "多機関協働事業者がありません",
                           "collaboration_operators = [\"機関の code\"] を書いてください");
  rules.referral_reasons = table.coded("referral_reasons");
  rules.referral_criteria = table.coded("referral_criteria");
  rules.referral_criteria_say = table.quote("referral_criteria_text", "referral_criteria_source");
  rules.plan_author = table.word("plan_author", PlanAuthor::unstated);
  rules.plan_author_says = table.quote("plan_author_text", "plan_author_source");
  rules.pre_decision_start = table.word("pre_decision_start", PreDecisionStart::unstated);
  rules.pre_decision_says = table.quote("pre_decision_text", "pre_decision_source");
  rules.pre_decision_reasons = table.coded("pre_decision_reasons");
  rules.decider_agencies = referred(table, "decider_agencies", Target::agency);
  rules.decider_says = table.quote("decider_text", "decider_source");
  for (auto& inbox : table.tables("inbox")) rules.inboxes.push_back(inbox_of(inbox));
}

void read_other_rules(Settings& table, Rules& rules) {
  rules.evaluation_dimensions = table.coded("evaluation_dimensions");
  rules.evaluation_dimensions_on = table.truth("evaluation_dimensions_on", rules.evaluation_dimensions_on);
  rules.count_named_services_as_plans =
      table.truth("count_named_services_as_plans", rules.count_named_services_as_plans);
  rules.closure_pressure = table.truth("closure_pressure", rules.closure_pressure);
  rules.one_staff_several_services = table.truth("one_staff_several_services", rules.one_staff_several_services);
  rules.silent_to_informants = table.truth("silent_to_informants", rules.silent_to_informants);
  rules.case_categories = table.coded("case_categories");
  rules.priority_themes = table.coded("priority_themes");
  rules.participation_kinds = table.coded("participation_kinds");
  rules.resource_partners = table.coded("resource_partners");
  rules.warnings = table.coded("warnings");
  for (auto& partner : table.tables("visit_partner")) rules.visit_partners.push_back(visit_partners(partner));
  if (auto days = table.table("days")) rules.days = deadlines_of(*days);
}

}  // namespace

void read_city(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const auto file = dir / "municipality.toml";
  const auto parsed = read_toml(file, findings);
  if (!parsed) {
    findings.excuse(Target::goal);
    return;
  }
  Settings table(*parsed, file.string(), findings);
  m.name = table.needed("name");
  m.prefecture = table.text("prefecture");
  m.city_code = table.text("city_code");
  if (!m.city_code.empty() && !is_city_code(m.city_code))
    findings.fault(table.at("city_code"), fmt::format("city_code「{}」の検査数字が合いません", m.city_code),
                   "全国地方公共団体コード（6桁）を確かめるか、消してください");
  m.programme_name = table.needed("programme_name");
  m.programme_statutory_name = table.needed("programme_statutory_name");
  m.programme_short_name = table.text("programme_short_name");
  if (m.programme_short_name.empty()) m.programme_short_name = m.programme_name;
  m.owner_sections = referred(table, "owner_sections", Target::agency);
  if (m.owner_sections.empty())
    findings.fault(table.at("owner_sections"), "所管課がありません",
                   "owner_sections = [\"機関の code\"] を書いてください");
  m.source = table.source();
  if (auto plan = table.table("plan"))
    m.plan = plan_of(*plan);
  else
    findings.fault(table.at("plan"), "[plan] がありません", "実施計画の題名を [plan] に書いてください");
  table.done();
}

void read_bodies(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const auto file = dir / "bodies.toml";
  const auto parsed = read_toml(file, findings);
  if (!parsed) {
    findings.excuse(Target::body);
    return;
  }
  Settings table(*parsed, file.string(), findings);
  for (auto& body : table.tables("body")) m.bodies.push_back(body_of(body));
  table.done();
}

void read_rules(const std::filesystem::path& dir, Municipality& m, Findings& findings) {
  const auto file = dir / "rules.toml";
  const auto parsed = read_toml(file, findings);
  if (!parsed) return;
  Settings table(*parsed, file.string(), findings);
  read_flow_rules(table, m.rules);
  read_other_rules(table, m.rules);
  table.done();
}

void read_wording(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m,
                  Findings& findings) {
  const auto standard = read_toml(national / "wording.toml", findings);
  const auto own = read_toml(dir / "wording.toml", findings);
  if (!standard || !own) return;
  Settings words(*standard, (national / "wording.toml").string(), findings);
  // A word that is empty in the standard (what stands before a number) may be empty in a city too.
  for (const auto& key : standard->keys) m.words[key] = words.text(key);
  Settings city(*own, (dir / "wording.toml").string(), findings);
  for (const auto& key : standard->keys)
    if (own->find(key) != nullptr) m.words[key] = m.words[key].empty() || key.ends_with("_prefix") ? city.text(key) : city.needed(key);
  for (const auto& key : own->keys)
    if (standard->find(key) == nullptr)
      findings.fault(city.at(key), fmt::format("知らない言葉の名前 {} があります", key),
                     "municipalities/national/wording.toml にある名前に直してください");
}

}  // namespace kasane::programme::reading
