// Rendering a described form: one control per field, folding groups, dependent fields.
#include "html/form.hpp"

#include <algorithm>
#include <cstddef>

#include "html/answer_text.hpp"

namespace kasane::html {
namespace {

/// Up to so many codes a required choice is shown as radio buttons; beyond, and where it may stay open, as a list
/// (radio buttons cannot be cleared again).
constexpr std::size_t kMostRadios = 6;

struct Walk {
  const form::Form& form;
  const form::Answers& answers;
  const std::vector<FieldError>& errors;
};

Control control_of(const Walk& walk, const form::Field& field) {
  return {.name = field.key,
          .label = field.label,
          .hint = field.hint,
          .error = error_of(walk.errors, field.key),
          .required = field.required,
          .mark = field.report_to_state ? "国報告" : ""};
}

/// The codes on offer: all that are not retired, and a retired one where it is the answer.
std::vector<Option> options_of(const Walk& walk, const form::Field& field) {
  std::vector<Option> options;
  if (!field.codes) return options;
  const auto chosen = walk.answers.typed_all(field.key);
  for (const form::Code& code : field.codes->codes) {
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), code.code) != chosen.end();
    if (code.retired && !is_chosen) continue;
    options.push_back({code.code, code.label + (code.retired ? "（いまは使わない区分）" : ""), {}});
  }
  return options;
}

Html choice_control(const Walk& walk, const form::Field& field) {
  const auto options = options_of(walk, field);
  const Control control = control_of(walk, field);
  if (field.required && options.size() <= kMostRadios) return radios(control, options, walk.answers.typed(field.key));
  return select(control, options, walk.answers.typed(field.key));
}

Html yes_no_control(const Walk& walk, const form::Field& field) {
  std::vector<Option> options = {{std::string(form::kYes), "はい", {}}, {std::string(form::kNo), "いいえ", {}}};
  if (!field.required) options.push_back({"", "未記入", {}});
  return radios(control_of(walk, field), options, walk.answers.typed(field.key));
}

TextLook text_look(const form::Field& field) {
  TextLook look{.unit = field.unit, .autocomplete = field.autocomplete};
  if (field.max > 0 && field.max <= 20) look.width = Width::few;
  return look;
}

Html control_html(const Walk& walk, const form::Field& field) {
  const std::string typed = walk.answers.typed(field.key);
  switch (field.kind) {
    case form::Kind::text:
      return text_input(control_of(walk, field), typed, text_look(field));
    case form::Kind::long_text:
      return textarea(control_of(walk, field), typed);
    case form::Kind::date:
      return date_input(control_of(walk, field), typed);
    case form::Kind::partial_date:
      return date_input(control_of(walk, field), typed, true);
    case form::Kind::number:
      return text_input(control_of(walk, field), typed,
                        {.type = TextLook::Type::whole_number, .width = Width::few, .unit = field.unit});
    case form::Kind::yes_no:
      return yes_no_control(walk, field);
    case form::Kind::choice:
      return choice_control(walk, field);
    case form::Kind::choices:
      return checkboxes(control_of(walk, field), options_of(walk, field), walk.answers.typed_all(field.key));
    case form::Kind::time:
      return text_input(control_of(walk, field), typed, {.type = TextLook::Type::time, .width = Width::few});
    case form::Kind::hidden:
      return hidden_input(field.key, typed);
  }
  return {};
}

/// The answer on which a field hangs, in the words of the page: 「同居」 or はい.
std::string condition_label(const form::Field& other, std::string_view code) {
  if (other.kind == form::Kind::yes_no) return code == form::kYes ? "はい" : "いいえ";
  return other.codes ? other.codes->label(code) : std::string(code);
}

/// A field that is asked only after a certain answer. Without scripts it always shows, with the condition in words;
/// the script hides it until the answer is given. Where it hangs on a hidden input only the server decides.
Html field_html(const Walk& walk, const form::Field& field) {
  if (!field.shown_when || field.kind == form::Kind::hidden) return control_html(walk, field);
  const form::Field* other = walk.form.find(field.shown_when->key);
  if (other == nullptr) return {};
  if (other->kind == form::Kind::hidden)
    return form::shown(walk.form, field, walk.answers) ? control_html(walk, field) : Html();
  return el("k-when", {{"data-name", other->key}, {"data-value", field.shown_when->code}},
            el("p", {{"class", "when-note"}}, "「", other->label, "」が「",
               condition_label(*other, field.shown_when->code), "」のとき"),
            control_html(walk, field));
}

bool has_answer(const Walk& walk, const form::Field& field) {
  const auto typed = walk.answers.typed_all(field.key);
  if (std::any_of(typed.begin(), typed.end(), [](const std::string& t) { return !t.empty(); })) return true;
  return !walk.answers.typed(field.key).empty();
}

bool has_error(const Walk& walk, const form::Field& field) {
  return std::any_of(walk.errors.begin(), walk.errors.end(), [&](const FieldError& e) { return e.field == field.key; });
}

/// All fields of a group in one <details>: open where there is something to see or something that must be answered.
Html group_html(const Walk& walk, const std::vector<const form::Field*>& members) {
  Html body;
  bool wrong = false, needed = false;
  std::size_t answered = 0;
  for (const form::Field* field : members) {
    body.add(field_html(walk, *field));
    wrong = wrong || has_error(walk, *field);
    needed = needed || (field->required && form::shown(walk.form, *field, walk.answers));
    answered += has_answer(walk, *field) ? 1 : 0;
  }
  Html note;
  if (wrong) {
    note = chip(Tone::danger, "確認が必要");
  } else if (answered > 0) {
    note.add("入力あり ").add(answered).add("件");
  }
  const std::string& title = members.front()->group;
  return folding(title, body, wrong || needed || answered > 0, "group-" + members.front()->key, note);
}

std::vector<const form::Field*> wanted_fields(const form::Form& form, const std::vector<std::string_view>& only) {
  std::vector<const form::Field*> fields;
  for (const form::Field& field : form.fields) {
    if (only.empty() || std::find(only.begin(), only.end(), field.key) != only.end()) fields.push_back(&field);
  }
  return fields;
}

std::string labels_of(const form::Field& field, const form::Answers& answers) {
  std::string labels;
  for (const std::string& code : answers.codes(field.key)) {
    if (!labels.empty()) labels += "、";
    labels += field.codes ? field.codes->label(code) : code;
  }
  return labels;
}

}  // namespace

std::string answer_text(const form::Field& field, const form::Answers& answers) {
  switch (field.kind) {
    case form::Kind::text:
    case form::Kind::long_text:
    case form::Kind::time:
      return answers.text(field.key);
    case form::Kind::date: {
      const auto day = answers.date(field.key);
      return day ? wareki(*day) : "";
    }
    case form::Kind::partial_date: {
      const auto day = answers.partial_date(field.key);
      return day ? day->wareki() : "";
    }
    case form::Kind::number: {
      const auto number = answers.number(field.key);
      return number ? std::to_string(*number) + field.unit : "";
    }
    case form::Kind::yes_no: {
      const auto yes = answers.yes(field.key);
      return yes ? (*yes ? "はい" : "いいえ") : "";
    }
    case form::Kind::choice:
    case form::Kind::choices:
      return labels_of(field, answers);
    case form::Kind::hidden:
      return {};
  }
  return {};
}

Html form_fields(const form::Form& form, const form::Answers& answers, const std::vector<FieldError>& errors,
                 const std::vector<std::string_view>& only) {
  const Walk walk{form, answers, errors};
  const auto fields = wanted_fields(form, only);
  std::vector<std::string_view> done_groups;
  Html html;
  for (const form::Field* field : fields) {
    if (field->group.empty() || field->kind == form::Kind::hidden) {
      html.add(field_html(walk, *field));
      continue;
    }
    if (std::find(done_groups.begin(), done_groups.end(), field->group) != done_groups.end()) continue;
    done_groups.push_back(field->group);
    std::vector<const form::Field*> members;
    for (const form::Field* other : fields) {
      if (other->group == field->group && other->kind != form::Kind::hidden) members.push_back(other);
    }
    html.add(group_html(walk, members));
  }
  return html;
}

Html form_page(const form::Form& form, const form::Answers& answers, const std::vector<FieldError>& errors,
               const FormPage& page) {
  Html listed = [&] {
    std::vector<FieldError> linked = errors;
    for (FieldError& error : linked) {
      const form::Field* field = form.find(error.field);
      if (field == nullptr || field->kind == form::Kind::hidden) error.field.clear();  // no input to go to
    }
    return error_summary(linked);
  }();
  Html buttons = button(page.submit);
  if (!page.cancel_href.empty()) buttons.add(link_button("やめる", page.cancel_href, Look::plain));
  Html body;
  body.add(page.before).add(form_fields(form, answers, errors)).add(page.after).add(actions({buttons}));
  return group({listed, form_frame(page.frame, body)});
}

Html form_facts(const form::Form& form, const form::Answers& answers) {
  Facts facts;
  for (const form::Field& field : form.fields) {
    const std::string answer = answer_text(field, answers);
    if (answer.empty()) continue;
    if (field.kind == form::Kind::long_text) {
      facts.add(field.label, prose(answer));
    } else {
      facts.add(field.label, answer);
    }
  }
  return facts.done();
}

}  // namespace kasane::html
