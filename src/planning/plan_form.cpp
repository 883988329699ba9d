#include "planning/plan_form.hpp"

#include <algorithm>

#include "form/json.hpp"
#include "planning/plan_rules.hpp"

namespace kasane::planning {

namespace {

using form::Kind;

std::string key(const char* row, int number, const char* part) { return std::string(row) + "_" + std::to_string(number) + "_" + part; }

std::shared_ptr<const form::CodeTable> table(std::string name, std::vector<form::Code> codes) {
  auto t = std::make_shared<form::CodeTable>();
  t->key = std::move(name);
  t->codes = std::move(codes);
  return t;
}

form::Field make(std::string name, std::string label, Kind kind, std::string group = {}, std::shared_ptr<const form::CodeTable> codes = {}) {
  form::Field f;
  f.key = std::move(name);
  f.label = std::move(label);
  f.kind = kind;
  f.group = std::move(group);
  f.codes = std::move(codes);
  return f;
}

struct Tables {
  std::shared_ptr<const form::CodeTable> persons, terms, kinds, topics, home;
};

Tables tables(const programme::Municipality& m, const EditorChoices& choices) {
  Tables t;
  std::vector<form::Code> persons;
  for (const auto& [id, name] : choices.persons) persons.push_back({id_text(id), name, false});
  t.persons = table("plan_persons", std::move(persons));
  t.terms = table("plan_terms", {{"long", std::string(label_of(Term::long_term)), false}, {"short", std::string(label_of(Term::short_term)), false}});
  t.kinds = m.code_table("goal_kinds");
  std::vector<form::Code> topics;
  for (const RowTopic& topic : row_topics())
    if (choices.topics.has_all(topic.topic)) topics.push_back({std::string(topic.code), std::string(topic.label), false});
  t.topics = table("plan_topics", std::move(topics));
  t.home = table("plan_home", {{"out", "家庭用の控えから外す", false}});
  return t;
}

void add_goal(form::Form& form, const Tables& t, int n) {
  const std::string more = "目標" + std::to_string(n) + "のくわしい内容";
  form.fields.push_back(make(key("goal", n, "text"), "目標" + std::to_string(n), Kind::text));
  form.fields.back().max = 400;
  form.fields.push_back(make(key("goal", n, "term"), "長期・短期", Kind::choice, {}, t.terms));
  if (t.kinds) form.fields.push_back(make(key("goal", n, "kind"), "目標の種類", Kind::choice, more, t.kinds));
  form.fields.push_back(make(key("goal", n, "person"), "だれの目標（空欄は世帯）", Kind::choice, more, t.persons));
  form.fields.push_back(make(key("goal", n, "by"), "いつまでに", Kind::date, more));
  form.fields.push_back(make(key("goal", n, "topic"), "分野（見られる人が変わります）", Kind::choice, more, t.topics));
  form.fields.push_back(make(key("goal", n, "home"), "家庭用の控え", Kind::choices, more, t.home));
}

void add_role(form::Form& form, const Tables& t, const EditorChoices& choices, int n) {
  const std::string more = "役割" + std::to_string(n) + "のくわしい内容";
  form.fields.push_back(make(key("role", n, "agency"), "だれが（機関）", Kind::choice, {}, choices.agencies));
  form.fields.push_back(make(key("role", n, "who"), "だれが（機関のほか）", Kind::text));
  form.fields.back().hint = "本人、家族、近所の人など。名前は書きません";
  form.fields.push_back(make(key("role", n, "what"), "何をする", Kind::text));
  form.fields.back().max = 400;
  form.fields.push_back(make(key("role", n, "often"), "どのくらい", Kind::text, more));
  form.fields.push_back(make(key("role", n, "by"), "いつまでに", Kind::date, more));
  form.fields.push_back(make(key("role", n, "service"), "事業", Kind::choice, more, choices.services));
  form.fields.push_back(make(key("role", n, "topic"), "分野（見られる人が変わります）", Kind::choice, more, t.topics));
  form.fields.push_back(make(key("role", n, "home"), "家庭用の控え", Kind::choices, more, t.home));
}

}  // namespace

form::Form editor_form(const programme::Municipality& m, PlanKind kind, const EditorChoices& choices, Rows rows) {
  const Tables t = tables(m, choices);
  form::Form form;
  form.key = "plan";
  form.fields.push_back(make("persons", m.wording("person", "本人"), Kind::choices, {}, t.persons));
  form.fields.back().required = true;
  if (choices.names)
    form.fields.push_back(make("names", "このプランで行う事業", Kind::choices, {},
                               table("plan_names", {{"outreach", m.wording("item_4", "アウトリーチ等を通じた継続的支援事業"), false},
                                                    {"participation", m.wording("item_2", "参加支援事業"), false}})));
  form.fields.push_back(make("wishes", "本人の希望（本人の言葉で）", Kind::long_text));
  form.fields.push_back(make("direction", "支援の方向性", Kind::long_text));
  form.fields.push_back(make("review_on", "見直しの日", Kind::date));
  form.fields.push_back(make("household_wishes", "家族の希望", Kind::long_text, "家族の希望・考え方・控え"));
  form.fields.push_back(make("approach", "支援の考え方", Kind::choice, "家族の希望・考え方・控え", m.code_table("plan_approach")));
  form.fields.push_back(make("home_leaves", "家庭用の控えから外すもの", Kind::choices, "家族の希望・考え方・控え",
                             table("plan_home_leaves", {{"wishes", "本人の希望", false}, {"household_wishes", "家族の希望", false}, {"direction", "支援の方向性", false}})));
  const auto extra = extra_form(m, kind, choices.names, choices.names);
  form.fields.insert(form.fields.end(), extra.fields.begin(), extra.fields.end());
  for (int n = 1; n <= rows.goals; ++n) add_goal(form, t, n);
  for (int n = 1; n <= rows.roles; ++n) add_role(form, t, choices, n);
  std::erase_if(form.fields, [](const form::Field& f) { return (f.kind == Kind::choice || f.kind == Kind::choices) && (!f.codes || f.codes->codes.empty()); });
  return form;
}

std::vector<std::string> goal_keys(int n) {
  std::vector<std::string> keys;
  for (const char* part : {"text", "term", "kind", "person", "by", "topic", "home"}) keys.push_back(key("goal", n, part));
  return keys;
}
std::vector<std::string> role_keys(int n) {
  std::vector<std::string> keys;
  for (const char* part : {"agency", "who", "what", "often", "by", "service", "topic", "home"}) keys.push_back(key("role", n, part));
  return keys;
}

namespace {

void put(form::Answers& a, const std::string& name, const std::string& text) {
  if (!text.empty()) a.set(name, text);
}
void put(form::Answers& a, const std::string& name, const std::optional<Date>& day) {
  if (day) a.set(name, *day);
}
void put(form::Answers& a, const std::string& name, std::vector<std::string> codes) {
  if (!codes.empty()) a.set(name, std::move(codes));
}
std::string topic_code(access::Topic topic) {
  const RowTopic* known = row_topic(topic);
  return known == nullptr ? std::string("plan") : std::string(known->code);
}

}  // namespace

form::Answers answers_of(const PlanView& plan, const programme::Directory& dir) {
  form::Answers a;
  std::vector<std::string> persons, names;
  for (const PlanPerson& p : plan.persons) persons.push_back(id_text(p.person));
  if (plan.head.names_outreach) names.emplace_back("outreach");
  if (plan.head.names_participation) names.emplace_back("participation");
  put(a, "persons", std::move(persons));
  put(a, "names", std::move(names));
  put(a, "wishes", plan.wishes.shown());
  put(a, "direction", plan.direction.shown());
  put(a, "review_on", plan.head.review_on);
  put(a, "household_wishes", plan.household_wishes.shown());
  put(a, "approach", plan.head.approach);
  put(a, "home_leaves", plan.home_leaves);
  if (const auto extra = form::from_json(plan.extra.shown()))
    for (const auto& [name, value] : extra->answers.values()) a.set(name, value);
  for (const PlanGoal& g : plan.goals) {
    put(a, key("goal", g.number, "text"), g.text.shown());
    put(a, key("goal", g.number, "term"), std::string(code_of(g.term)));
    put(a, key("goal", g.number, "kind"), g.kind);
    if (g.person) put(a, key("goal", g.number, "person"), id_text(*g.person));
    put(a, key("goal", g.number, "by"), g.by_on);
    put(a, key("goal", g.number, "topic"), topic_code(g.topic));
    if (g.not_home) put(a, key("goal", g.number, "home"), std::vector<std::string>{"out"});
  }
  for (const PlanRole& r : plan.roles) {
    if (r.agency) put(a, key("role", r.number, "agency"), dir.code(*r.agency));
    put(a, key("role", r.number, "who"), r.who);
    put(a, key("role", r.number, "what"), r.what.shown());
    put(a, key("role", r.number, "often"), r.how_often);
    put(a, key("role", r.number, "by"), r.by_on);
    put(a, key("role", r.number, "service"), r.service);
    put(a, key("role", r.number, "topic"), topic_code(r.topic));
    if (r.not_home) put(a, key("role", r.number, "home"), std::vector<std::string>{"out"});
  }
  return a;
}

namespace {

access::Topic topic_from(const std::string& code) {
  const RowTopic* known = row_topic(code);
  return known == nullptr ? access::Topic::plan : known->topic;
}

std::optional<NewGoal> goal_of(const form::Answers& a, int n) {
  NewGoal g;
  g.text = a.text(key("goal", n, "text"));
  g.by_on = a.date(key("goal", n, "by"));
  g.term = parse_code<Term>(a.text(key("goal", n, "term"))).value_or(Term::short_term);
  g.kind = a.text(key("goal", n, "kind"));
  g.person = parse_id<PersonTag>(a.text(key("goal", n, "person")));
  g.topic = topic_from(a.text(key("goal", n, "topic")));
  g.not_home = a.chose(key("goal", n, "home"), "out");
  if (g.text.empty() && !g.by_on && g.kind.empty() && !g.person) return std::nullopt;
  return g;
}

std::optional<NewRole> role_of(const form::Answers& a, const programme::Directory& dir, int n) {
  NewRole r;
  if (const auto& code = a.text(key("role", n, "agency")); !code.empty()) r.agency = dir.find(code);
  r.who = a.text(key("role", n, "who"));
  r.what = a.text(key("role", n, "what"));
  r.how_often = a.text(key("role", n, "often"));
  r.by_on = a.date(key("role", n, "by"));
  r.service = a.text(key("role", n, "service"));
  r.topic = topic_from(a.text(key("role", n, "topic")));
  r.not_home = a.chose(key("role", n, "home"), "out");
  if (!r.agency && r.who.empty() && r.what.empty() && r.how_often.empty() && !r.by_on && r.service.empty()) return std::nullopt;
  return r;
}

}  // namespace

ReadContent content_of(const form::Answers& a, const programme::Municipality& m, const programme::Directory& dir, PlanKind kind, Rows rows) {
  ReadContent read;
  PlanContent& c = read.content;
  c.names_outreach = a.chose("names", "outreach");
  c.names_participation = a.chose("names", "participation");
  c.approach = a.text("approach");
  c.wishes = a.text("wishes");
  c.household_wishes = a.text("household_wishes");
  c.direction = a.text("direction");
  c.home_leaves = a.codes("home_leaves");
  c.review_on = a.date("review_on");
  for (const std::string& code : a.codes("persons"))
    if (const auto person = parse_id<PersonTag>(code)) c.persons.push_back(*person);
  // What was typed about a service is kept also while its tick is off: nobody loses it by one click.
  const form::Form extra = extra_form(m, kind, true, true);
  form::Answers typed;
  for (const form::Field& f : extra.fields)
    if (a.has(f.key)) typed.set(f.key, a.value(f.key));
  if (!typed.values().empty()) c.extra = form::to_json(extra, typed);
  for (int n = 1; n <= rows.goals; ++n)
    if (auto goal = goal_of(a, n)) {
      c.goals.push_back(std::move(*goal));
      read.goal_rows.push_back(n);
    }
  for (int n = 1; n <= rows.roles; ++n)
    if (auto role = role_of(a, dir, n)) {
      c.roles.push_back(std::move(*role));
      read.role_rows.push_back(n);
    }
  return read;
}

std::vector<FieldError> on_page(std::vector<FieldError> faults, const ReadContent& read) {
  const auto rename = [](std::string& name, const std::string& prefix, const std::vector<int>& rows) {
    if (!name.starts_with(prefix)) return false;
    const std::size_t end = name.find('_', prefix.size());
    if (end == std::string::npos) return false;
    const std::size_t at = static_cast<std::size_t>(std::stoul(name.substr(prefix.size(), end - prefix.size())));
    if (at == 0 || at > rows.size()) return false;
    name = prefix + std::to_string(rows[at - 1]) + name.substr(end);
    return true;
  };
  for (FieldError& fault : faults) {
    if (rename(fault.field, "goal_", read.goal_rows)) continue;
    rename(fault.field, "role_", read.role_rows);
  }
  return faults;
}

}  // namespace kasane::planning
