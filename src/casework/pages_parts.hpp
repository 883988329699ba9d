// What the pages of notices, intakes, referrals and advice have in common beside case_page_parts.hpp: choices made of
// the city's directory, a tick, both versions of a record after a lost race.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "casework/case_page_parts.hpp"
#include "casework/referral_model.hpp"

namespace kasane::casework::parts {

inline InCity in_city(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }

/// Agencies as choices: `first` in their order with a word beside the name, then the others that `offered` lets in.
struct NotedAgency {
  AgencyId agency;
  std::string note;  // 「第1学区の担当」; '' none
};
Table agencies_first(const programme::Ctx& ctx, const std::vector<NotedAgency>& first, bool (*offered)(const programme::Agency&));
/// Areas of the city's folder; nullptr where its plan names none.
Table areas(const programme::Ctx& ctx);
/// A closed list of the program as choices, by code_of() and label_of().
template <class E>
Table of_list(std::string key, std::span<const E> all) {
  form::CodeTable table{std::move(key), 1, {}};
  for (E e : all) table.codes.push_back({std::string(code_of(e)), std::string(label_of(e))});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

/// A single box that is ticked or not; ticked() below reads it.
form::Field tick_field(std::string key, std::string label, std::string text);
inline bool is_ticked(const form::Answers& answers, std::string_view key) { return answers.chose(key, form::kYes); }
void set_tick(form::Answers& answers, std::string_view key, bool on);

form::Field with_hint(form::Field field, std::string hint);
form::Field in_group(form::Field field, std::string group);
form::Field shown_when(form::Field field, std::string key, std::string code);

/// The viewer's agencies in which it may make records of this kind, each once.
std::vector<AgencyId> agencies_to_act(const programme::Ctx& ctx, SubjectKind kind);
/// A field to choose among them; hidden where there is only one. Its answer is read by acting_in().
form::Field acting_field(const programme::Ctx& ctx, SubjectKind kind, std::string label);
/// The chosen one, else the only or first one; nothing when no post allows it.
std::optional<AgencyId> acting_in(const programme::Ctx& ctx, SubjectKind kind, const form::Answers& answers);

/// What is stored now beside what was typed.
html::Html both_versions(const form::Form& form, const form::Answers& stored, const form::Answers& typed);

/// The first characters of a longer text, for lists.
std::string beginning(const std::string& text, std::size_t characters = 40);
/// The next page of a list; nothing where there is none.
html::Html next_page(const std::string& href);
/// Labels of codes, 、 between.
std::string labels(const Table& table, const std::vector<std::string>& codes);
/// The panel that stands at the top of every page of first contact: 通告・通報 does not wait for anything.
html::Html abuse_panel(const programme::Ctx& ctx, const std::string& from, bool named);
/// The same beside the buttons of a form, as soon as the script sees `value` chosen for `name`. Unseen without scripts:
/// the panel at the top is there for everybody.
html::Html abuse_when(const programme::Ctx& ctx, const std::string& from, std::string_view name, std::string_view value);
/// A record's id out of the address (?intake=…) or the posted form.
template <class Tag>
std::optional<Id<Tag>> id_given(const programme::Ctx& ctx, std::string_view key) {
  if (const auto posted = ctx.req.posted_value(key)) return parse_id<Tag>(*posted);
  return parse_id<Tag>(ctx.req.query_value(key));
}

}  // namespace kasane::casework::parts
