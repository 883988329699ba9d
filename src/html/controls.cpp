// Form controls. Hint and error are tied to their input by aria-describedby; the ids derive from the control's name.
#include "html/controls.hpp"

#include <algorithm>

namespace kasane::html {
namespace {

constexpr std::string_view kDateHint = "例：令和8年11月22日、R8.11.22、2026/11/22";
constexpr std::string_view kPartialDateHint = "例：昭和18年4月2日、S18.4、S18（分かるところまで）";

std::string id_of(const Control& control) { return control.id.empty() ? control_id(control.name) : control.id; }

/// The ids of hint and error, for aria-describedby.
std::string described_by(const Control& control, std::string_view id) {
  std::string ids;
  if (!control.hint.empty()) ids.append(id).append("-hint");
  if (!control.error.empty()) {
    if (!ids.empty()) ids += ' ';
    ids.append(id).append("-error");
  }
  return ids;
}

Html label_text(const Control& control) {
  Html html;
  html.add(control.label);
  if (control.required) html.add(el("span", {{"class", "required"}}, "※必須"));
  if (!control.mark.empty()) html.add(el("span", {{"class", "field-mark"}}, control.mark));
  return html;
}

Html hint_and_error(const Control& control, std::string_view id) {
  Html html;
  if (!control.hint.empty()) {
    html.add(el("p", {{"class", "hint"}, {"id", std::string(id) + "-hint"}}, control.hint));
  }
  if (!control.error.empty()) {
    html.add(
        el("p", {{"class", "error"}, {"id", std::string(id) + "-error"}}, only_read_out("エラー："), control.error));
  }
  return html;
}

std::string_view field_class(const Control& control) { return control.error.empty() ? "field" : "field field-wrong"; }

/// Label over hint, error and the input.
Html labelled(const Control& control, std::string_view id, const Html& input) {
  return el("div", {{"class", field_class(control)}}, el("label", {{"for", id}}, label_text(control)),
            hint_and_error(control, id), input);
}

/// A question with several boxes or radio buttons.
Html asked_in_group(const Control& control, std::string_view id, std::string_view role, const Html& boxes) {
  const bool wrong = !control.error.empty();
  return el("fieldset",
            {{"class", wrong ? "field choices field-wrong" : "field choices"},
             {"id", id},
             {"tabindex", -1},
             Attr::some("role", role),
             Attr::some("aria-describedby", described_by(control, id)),
             Attr::when(wrong && !role.empty(), "aria-invalid", "true"),
             Attr::when(control.required && !role.empty(), "aria-required", "true")},
            el("legend", label_text(control)), hint_and_error(control, id), el("div", {{"class", "boxes"}}, boxes));
}

struct Box {
  const Control& control;
  const Option& option;
  std::string id;
  bool chosen;
};

Html radio(const Box& b) {
  return el(
      "input",
      {{"type", "radio"}, {"id", b.id}, {"name", b.control.name}, {"value", b.option.value}, {"checked", b.chosen}});
}
Html checkbox(const Box& b) {
  return el(
      "input",
      {{"type", "checkbox"}, {"id", b.id}, {"name", b.control.name}, {"value", b.option.value}, {"checked", b.chosen}});
}

Html box_line(const Box& b, const Html& input) {
  Html html = el("div", {{"class", "box"}}, input, el("label", {{"for", b.id}}, b.option.label));
  if (!b.option.hint.empty()) html.add(el("p", {{"class", "hint box-hint"}}, b.option.hint));
  return html;
}

std::string_view input_type(TextLook::Type type) {
  switch (type) {
    case TextLook::Type::text:
      return "text";
    case TextLook::Type::search:
      return "search";
    case TextLook::Type::tel:
      return "tel";
    case TextLook::Type::email:
      return "email";
    case TextLook::Type::password:
      return "password";
    // No number input: it drops what it cannot read, full-width digits among them, before the server sees it.
    case TextLook::Type::whole_number:
      return "text";
    case TextLook::Type::time:
      return "time";
  }
  return "text";
}

std::string_view width_class(const TextLook& look) {
  switch (look.width) {
    case Width::full:
      return "input";
    case Width::half:
      return "input input-half";
    case Width::few:
      return "input input-few";
  }
  return "input";
}

Html textarea_alone(const Control& control, std::string_view value, int rows) {
  const std::string id = id_of(control);
  Html input;
  input.open("textarea", {{"id", id},
                          {"name", control.name},
                          {"rows", rows},
                          {"class", "input"},
                          {"autocomplete", "off"},
                          {"required", control.required},
                          Attr::some("aria-describedby", described_by(control, id)),
                          Attr::when(!control.error.empty(), "aria-invalid", "true")});
  // A browser drops one line end right after the tag; this one is for it to drop.
  return input.add("\n").add(value).close("textarea");
}

Html marks_bar(std::string_view textarea_id) {
  Html html;
  html.open("div", {{"class", "marks"}, {"role", "group"}, {"aria-label", "段落の種類"}, {"hidden", true}});
  int number = 1;
  for (const ParagraphMark& mark : kParagraphMarks) {
    html.add(el("button",
                {{"type", "button"},
                 {"class", "button button-secondary button-small"},
                 {"data-mark", mark.prefix},
                 {"aria-controls", textarea_id},
                 {"aria-keyshortcuts", "Alt+" + std::to_string(number)}},
                mark.label, el("kbd", "Alt+", number)));
    ++number;
  }
  return html.close("div");
}

std::string marks_hint() {
  std::string hint = "段落の先頭に";
  for (const ParagraphMark& mark : kParagraphMarks) hint += mark.prefix;
  return hint + "と書くと、その段落の種類になります。書かなくてもかまいません。";
}

}  // namespace

std::string control_id(std::string_view name) { return "f-" + std::string(name); }

Html text_input(const Control& control, std::string_view value, const TextLook& look) {
  const std::string id = id_of(control);
  const bool whole = look.type == TextLook::Type::whole_number;
  Html input = el("input", {{"type", input_type(look.type)},
                            {"id", id},
                            {"name", control.name},
                            {"value", value},
                            {"class", width_class(look)},
                            Attr::when(whole, "inputmode", "numeric"),
                            {"autocomplete", look.autocomplete},
                            {"required", control.required},
                            Attr::when(!look.unit.empty(), "aria-label", control.label + "（" + look.unit + "）"),
                            Attr::some("aria-describedby", described_by(control, id)),
                            Attr::when(!control.error.empty(), "aria-invalid", "true")});
  if (!look.unit.empty()) {
    input =
        el("div", {{"class", "with-unit"}}, input, el("span", {{"class", "unit"}, {"aria-hidden", "true"}}, look.unit));
  }
  return labelled(control, id, input);
}

Html textarea(const Control& control, std::string_view value, int rows) {
  return labelled(control, id_of(control), textarea_alone(control, value, rows));
}

Html date_input(const Control& control, std::string_view value, bool partial) {
  const std::string id = id_of(control);
  Control with_hint = control;
  if (with_hint.hint.empty()) with_hint.hint = partial ? kPartialDateHint : kDateHint;
  Html input = el("input", {{"type", "text"},
                            {"id", id},
                            {"name", control.name},
                            {"value", value},
                            {"class", "input input-date"},
                            {"autocomplete", "off"},
                            {"required", control.required},
                            Attr::some("aria-describedby", described_by(with_hint, id)),
                            Attr::when(!control.error.empty(), "aria-invalid", "true")});
  return labelled(with_hint, id, el("k-date", {{"data-partial", partial}}, input, el("output", {{"for", id}})));
}

Html select(const Control& control, const std::vector<Option>& options, std::string_view chosen,
            std::string_view nothing) {
  const std::string id = id_of(control);
  Html input;
  input.open("select", {{"id", id},
                        {"name", control.name},
                        {"class", "input"},
                        {"required", control.required},
                        Attr::some("aria-describedby", described_by(control, id)),
                        Attr::when(!control.error.empty(), "aria-invalid", "true")});
  if (!nothing.empty()) input.add(el("option", {{"value", ""}}, nothing));
  for (const Option& option : options) {
    input.add(el("option", {{"value", option.value}, {"selected", option.value == chosen}}, option.label));
  }
  input.close("select");
  return labelled(control, id, el("div", {{"class", "select"}}, input));
}

Html radios(const Control& control, const std::vector<Option>& options, std::string_view chosen) {
  const std::string id = id_of(control);
  Html boxes;
  int number = 1;
  for (const Option& option : options) {
    const Box b{control, option, id + "-" + std::to_string(number++), option.value == chosen};
    boxes.add(box_line(b, radio(b)));
  }
  return asked_in_group(control, id, "radiogroup", boxes);
}

Html checkboxes(const Control& control, const std::vector<Option>& options, const std::vector<std::string>& chosen) {
  const std::string id = id_of(control);
  Html boxes;
  int number = 1;
  for (const Option& option : options) {
    const bool ticked = std::find(chosen.begin(), chosen.end(), option.value) != chosen.end();
    const Box b{control, option, id + "-" + std::to_string(number++), ticked};
    boxes.add(box_line(b, checkbox(b)));
  }
  return asked_in_group(control, id, {}, boxes);
}

Html yes_no(const Control& control, std::string_view chosen) {
  return radios(control, {{"yes", "はい"}, {"no", "いいえ"}}, chosen);
}

Html tick(const Control& control, bool ticked) {
  const std::string id = id_of(control);
  Html input = el("input", {{"type", "checkbox"},
                            {"id", id},
                            {"name", control.name},
                            {"value", "yes"},
                            {"checked", ticked},
                            {"required", control.required},
                            Attr::some("aria-describedby", described_by(control, id)),
                            Attr::when(!control.error.empty(), "aria-invalid", "true")});
  return el("div", {{"class", field_class(control)}}, hint_and_error(control, id),
            el("div", {{"class", "box"}}, input, el("label", {{"for", id}}, label_text(control))));
}

Html hidden_input(std::string_view name, std::string_view value) {
  return el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html record_textarea(const Control& control, std::string_view value, int rows) {
  Control with_hint = control;
  if (!with_hint.hint.empty()) with_hint.hint += " ";
  with_hint.hint += marks_hint();
  const std::string id = id_of(control);
  return labelled(with_hint, id, el("k-marks", marks_bar(id), textarea_alone(with_hint, value, rows)));
}

Html fieldset(std::string_view legend, const Html& body, std::string_view hint) {
  Html html;
  html.open("fieldset", {{"class", "fields"}}).add(el("legend", legend));
  if (!hint.empty()) html.add(el("p", {{"class", "hint"}}, hint));
  return html.add(body).close("fieldset");
}

Html folding(std::string_view summary, const Html& body, bool open, std::string_view id, const Html& note) {
  Html html;
  html.open("details", {{"class", "folding"}, {"open", open}, Attr::some("id", id)});
  html.open("summary").add(el("span", {{"class", "folding-title"}}, summary));
  if (!note.empty()) html.add(el("span", {{"class", "folding-note"}}, note));
  html.close("summary");
  return html.add(el("div", {{"class", "folding-body"}}, body)).close("details");
}

Html error_summary(const std::vector<FieldError>& errors) {
  Html html;
  if (errors.empty()) return html;
  html.open("div", {{"class", "error-summary"}, {"role", "alert"}, {"tabindex", -1}, {"id", "error-summary"}});
  html.add(el("h2", "入力を確認してください（", errors.size(), "件）"));
  html.open("ul");
  for (const FieldError& error : errors) {
    if (error.field.empty()) {
      html.add(el("li", error.message));
    } else {
      html.add(el("li", link(error.message, "#" + control_id(error.field))));
    }
  }
  return html.close("ul").close("div");
}

std::string error_of(const std::vector<FieldError>& errors, std::string_view name) {
  std::string message;
  for (const FieldError& error : errors) {
    if (error.field == name) message += error.message;
  }
  return message;
}

Html form_frame(const FormFrame& frame, const Html& body) {
  Html html;
  html.open("form", {{"method", "post"},
                     {"action", frame.action},
                     {"class", "form"},
                     {"novalidate", true},
                     {"data-once", true},
                     Attr::when(frame.multipart, "enctype", "multipart/form-data"),
                     Attr::some("data-draft", frame.draft),
                     Attr::when(!frame.draft.empty(), "data-draft-url", frame.draft_url)});
  html.add(hidden_input("csrf", frame.csrf)).add(hidden_input("command_id", frame.command_id));
  if (!frame.version.empty()) html.add(hidden_input("version", frame.version));
  for (const auto& [name, value] : frame.hidden) html.add(hidden_input(name, value));
  html.add(body);
  if (!frame.draft.empty())
    html.add(el("p", {{"class", "draft-state"}, {"role", "status"}, {"data-draft-state", true}}));
  return html.close("form");
}

Html search_frame(std::string_view action, std::string_view name, const Html& body) {
  return el("form",
            {{"method", "get"}, {"action", action}, {"class", "form search"}, {"role", "search"}, {"aria-label", name}},
            body);
}

}  // namespace kasane::html
