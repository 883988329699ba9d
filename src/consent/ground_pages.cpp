#include "consent/ground_pages.hpp"

#include <charconv>

#include "consent/form.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent::pages {

namespace {
constexpr int kFirstYear = 2000, kLastYear = 2199;
std::string code_of_topic(access::Topic topic) { return std::to_string(access::Topics(topic).bits()); }
}  // namespace

Settings settings(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }

Codes codes(std::string key, std::vector<form::Code> list) { return std::make_shared<const form::CodeTable>(form::CodeTable{std::move(key), 1, std::move(list)}); }

Codes agencies(const programme::Ctx& ctx) {
  std::vector<form::Code> list;
  for (const auto& entry : ctx.dir().all())
    if (entry.active) list.push_back({id_text(entry.id), entry.name});
  return codes("agencies", std::move(list));
}

Codes persons(const std::vector<people::Member>& members) {
  std::vector<form::Code> list;
  for (const people::Member& m : members) list.push_back({id_text(m.person), m.name.shown()});
  return codes("persons", std::move(list));
}

Codes topics_table() {
  std::vector<form::Code> list;
  for (const access::Topic topic : topics_to_choose()) list.push_back({code_of_topic(topic), topic_label(topic)});
  return codes("topics", std::move(list));
}

access::Topics chosen_topics(const form::Answers& answers, std::string_view key) {
  access::Topics topics;
  for (const std::string& code : answers.codes(key))
    for (const access::Topic topic : topics_to_choose())
      if (code == code_of_topic(topic)) topics = topics | topic;
  return topics;
}

std::string topics_text(access::Topics topics) {
  if (topics.empty()) return {};
  std::string text = topic_label(access::Topic::basic);
  for (const access::Topic topic : topics_to_choose())
    if (topics.has_all(topic)) text += std::string("、") + topic_label(topic);
  return text;
}

FiscalYear asked_year(const programme::Ctx& ctx) {
  const auto typed = ctx.req.query_value("fy");
  int year = 0;
  const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), year);
  const bool read = fault == std::errc{} && end == typed.data() + typed.size() && year >= kFirstYear && year <= kLastYear;
  return read ? FiscalYear{year} : FiscalYear::of(ctx.today());
}

html::Html year_links(const programme::Ctx& ctx, std::string_view path, FiscalYear year) {
  const auto link = [&](int y, const char* words) { return html::link(words, ctx.url(std::string(path) + "?fy=" + std::to_string(y))); };
  html::Html out = link(year.year - 1, "前の年度");
  if (year < FiscalYear::of(ctx.today())) out += html::group({" ", link(year.year + 1, "次の年度")});
  return html::el("p", out);
}

std::string article_text(const programme::Municipality& m, std::string_view versioned_key) {
  const programme::Statute* s = programme::statute_as_stored(m, versioned_key);
  return s == nullptr ? std::string(versioned_key) : s->name();
}

html::PrintHead paper_head(const programme::Ctx& ctx, std::string name, std::string number) {
  html::PrintHead head;
  head.form_name = std::move(name);
  head.number = std::move(number);
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  return head;
}

}  // namespace kasane::consent::pages
