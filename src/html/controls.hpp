// Form controls with label, hint, error and 必須 mark, tied together for screen readers. The value is what was typed,
// shown again as it was, right or wrong; nothing is cut off in the browser.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "html/content.hpp"
#include "html/html.hpp"

namespace kasane::html {

/// What every control has. The id of the input is control_id(name) unless given.
struct Control {
  std::string name;
  std::string label;
  std::string hint = {};
  std::string error = {};
  bool required = false;
  std::string mark = {};  // another mark beside the label: 「国報告」
  std::string id = {};
};
/// The id of the input, select or fieldset that asks for `name`; error summaries link to it.
std::string control_id(std::string_view name);

struct Option {
  std::string value;
  std::string label;
  std::string hint = {};
};

enum class Width : std::uint8_t { full, half, few };  // few: about ten signs
struct TextLook {
  enum class Type : std::uint8_t { text, search, tel, email, password, whole_number, time };
  Type type = Type::text;
  Width width = Width::full;
  std::string unit = {};             // after the box: 回, 人
  std::string autocomplete = "off";  // never let a browser of a shared desk remember a household
};

Html text_input(const Control& control, std::string_view value, const TextLook& look = {});
Html textarea(const Control& control, std::string_view value, int rows = 5);
/// One text box that takes 和暦 or 西暦; beside it the script shows what it understood. `partial`: 年のみ, 年月のみ
/// too.
Html date_input(const Control& control, std::string_view value, bool partial = false);
/// `nothing` is the words of the empty choice; without any the first option is the preset.
Html select(const Control& control, const std::vector<Option>& options, std::string_view chosen,
            std::string_view nothing = "選んでください");
Html radios(const Control& control, const std::vector<Option>& options, std::string_view chosen);
Html checkboxes(const Control& control, const std::vector<Option>& options, const std::vector<std::string>& chosen);
/// はい / いいえ; chosen is "yes", "no" or empty.
Html yes_no(const Control& control, std::string_view chosen);
/// A single box: "標準の範囲で同意". Posts "yes".
Html tick(const Control& control, bool ticked);
Html hidden_input(std::string_view name, std::string_view value);

/// The text box of a support record. A paragraph that begins with one of these marks has that type; a paragraph
/// without one is 未分類. Buttons and Alt+1…5 put the mark in; typing it does the same.
struct ParagraphMark {
  std::string_view prefix;  // at the very start of the paragraph
  std::string_view label;
};
inline constexpr ParagraphMark kParagraphMarks[] = {
    {"【本人】", "本人の話"}, {"【事実】", "事実"}, {"【第三者】", "第三者の話"},
    {"【見立て】", "見立て"}, {"【予定】", "予定"},
};
Html record_textarea(const Control& control, std::string_view value, int rows = 14);

/// Several controls under one question. Not for radios or checkboxes: these bring their own.
Html fieldset(std::string_view legend, const Html& body, std::string_view hint = {});
/// A part that folds away. The script remembers for this page whether it was open.
Html folding(std::string_view summary, const Html& body, bool open = false, std::string_view id = {},
             const Html& note = {});

/// The list of faults at the head of a form, focused when the page opens, each a link to its field. Nothing when
/// there is no fault. A FieldError without a field is a plain line.
Html error_summary(const std::vector<FieldError>& errors);
/// The message for `name`, several joined; empty when there is none.
std::string error_of(const std::vector<FieldError>& errors, std::string_view name);

/// The frame of every form that changes something: POST, with the guard against forged posts, the id that makes a
/// repeated post do nothing, and the version that was shown.
struct FormFrame {
  std::string action;
  std::string csrf;
  std::string command_id;
  std::string version = {};  // of the record shown; empty: none
  NameValues hidden = {};
  std::string draft = {};      // key under which the server keeps what is typed; empty: no drafts
  std::string draft_url = {};  // address that takes the drafts, see ui/src/drafts.ts
  bool multipart = false;      // a form with a file to upload
};
Html form_frame(const FormFrame& frame, const Html& body);
/// A form that only asks (GET): search and filters.
Html search_frame(std::string_view action, std::string_view name, const Html& body);

}  // namespace kasane::html
