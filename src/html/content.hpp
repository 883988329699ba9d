// The parts of a page that show something: banners, tables, lists, chips, navigation, confirmation, print heads.
// Every part works without scripts, by keyboard, at 200 % zoom and on paper. Colour never carries meaning alone.
// Parameters of type Node take text (escaped), Personal text or Html; struct members are owning and are Html where
// personal text may come in.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "html/html.hpp"

namespace kasane::html {

/// How much a chip, banner or timeline entry should stand out. Always goes with words.
enum class Tone : std::uint8_t { neutral, info, success, warning, danger };

/// A heading of level 2 to 4 (the page title is the only level 1).
Html heading(int level, Node text, std::string_view id = {});
/// A part of a page under a level-2 heading. `tools` (links, buttons) stand at the right of the heading.
Html section(std::string_view title, const Html& body, std::string_view id = {}, const Html& tools = {});
/// A framed box for something that belongs together.
Html panel(const Html& body);
/// Text as it was typed, line breaks kept.
Html prose(Node text);
/// Less important words in smaller grey type.
Html muted(Node text);
/// Read out, not shown.
Html only_read_out(std::string_view text);
Html link(Node text, std::string_view href);
/// A bulleted list; nothing for an empty one.
Html bullets(const std::vector<Html>& items);
/// Two columns on wide screens: the work, and beside it what one looks up.
Html two_columns(const Html& main, const Html& side);

enum class Look : std::uint8_t { primary, secondary, danger, plain };
struct Button {
  std::string label;
  Look look = Look::primary;
  std::string name = {};  // of the value that is posted, where several buttons send one form
  std::string value = {};
  std::string about =
      {};  // read out after the label where several buttons bear the same ("延期する" + "阿曽家の見守り")
};
Html button(const Button& button);
Html button(std::string_view label, Look look = Look::primary);
/// A link that looks like a button: for going somewhere, never for changing something.
Html link_button(std::string_view label, std::string_view href, Look look = Look::secondary);
/// Buttons and links of a form or page side by side.
Html actions(std::initializer_list<Node> items);

using NameValues = std::vector<std::pair<std::string, std::string>>;
/// One click that changes something (POST) without a page between, such as putting off a task.
struct PostButton {
  std::string action;
  std::string csrf;
  std::string command_id;
  Button button;
  NameValues hidden = {};
};
Html post_button(const PostButton& post);

/// A status in words: 「期限超過」「未設定」.
Html chip(Tone tone, Node text);
/// A message over the page. Success and info are read out politely, warning and danger at once.
Html banner(Tone tone, std::string_view title, const Html& body = {});
/// Where a list has nothing to show: says so, and what to do next.
Html empty_state(std::string_view text, const Html& action = {});
/// The text of the city's plan, or 計画に記載なし where the plan says nothing.
Html in_plan(Node text);

/// A table that scrolls sideways where it must and turns into one card per row on phones. Written row by row into
/// one string. The caption names it for those who cannot see the page; it is always given and may be unseen.
///   Table t("相談一覧", {{"世帯"}, {"受付日"}, {"件数", Column::Align::end}});
///   t.row().cell(link(name, href)).cell(wareki_short(day)).cell(count);
///   return t.done();
struct Column {
  enum class Align : std::uint8_t { start, end };
  std::string label;
  Align align = Align::start;
};
class Table {
 public:
  enum class Caption : std::uint8_t { seen, unseen };
  Table(std::string_view caption, const std::vector<Column>& columns, Caption show = Caption::unseen);
  /// Begins a row; its first cell is the heading of the row.
  Table& row();
  /// The next cell. A cell too many is a bug and throws std::logic_error, as does done() with one too few.
  Table& cell(Node content);
  bool empty() const { return rows_ == 0; }
  Html done();

 private:
  void end_row();
  std::vector<Html> cell_openings_;  // the tag with the name of its column, made once for all rows
  Html out_;
  std::size_t column_ = 0;
  std::size_t rows_ = 0;
};

/// Labels with their values. An empty value shows 「記載なし」 and looks the same for "nothing entered" and for
/// "not for this viewer".
class Facts {
 public:
  Facts& add(std::string_view label, Node value);
  Html done() const;

 private:
  Html rows_;
};

struct Link {
  std::string label;
  std::string href;
};
struct Tab {
  std::string label;
  std::string href;
  bool current = false;
  std::string count = {};  // "12", "1,000+"; empty: none shown
};
/// Links to the sides of one record, looking like tabs. `name` is read out ("及川家のページ").
Html tabs(std::string_view name, const std::vector<Tab>& items);
/// The way here; the last entry is this page and no link.
Html breadcrumb(const std::vector<Link>& way);
/// Links to the headings of a long page.
Html on_this_page(const std::vector<Link>& headings);

struct Pager {
  std::string summary;             // "1〜50件目（全1,000件以上）"
  std::string previous_href = {};  // empty: there is none
  std::string next_href = {};
  std::string previous_label = "前の50件";
  std::string next_label = "次の50件";
};
Html pagination(const Pager& pager);

struct TimelineItem {
  std::string when;      // as shown: "R8.11.22 14:05"
  std::string when_iso;  // "2026-11-22", for machines
  Html title;
  Html body = {};
  Html label = {};  // chip or short words before the title
};
/// What happened, newest first as given.
Html timeline(const std::vector<TimelineItem>& items);

enum class StepState : std::uint8_t { done, now, ahead };
struct Step {
  std::string label;
  StepState state;
  Html detail = {};  // date, person
};
/// Where something stands on its way. The states are said in words too.
Html steps(std::string_view name, const std::vector<Step>& items);

/// One person in one line. Empty parts are left out without a gap.
struct PersonLine {
  Html name;
  Html kana = {};
  Html relation = {};  // 続柄
  Html age = {};       // "83歳（S18.4.2生）"
  std::string href = {};
  Html chips = {};
};
Html person_line(const PersonLine& person);

/// A page between a click and something that cannot be undone lightly. Replaces a dialog.
struct Confirm {
  std::string question;  // becomes the level-2 heading
  Html consequences;     // what will happen, in plain words
  std::string action;
  std::string csrf;
  std::string command_id;
  Button yes;
  std::string cancel_href;
  NameValues hidden = {};
};
Html confirm(const Confirm& confirm);

/// Head of a printed paper (also seen on screen inside a paper view).
struct PrintHead {
  std::string form_name;  // 様式の名前
  std::string form_number = {};
  std::string number = {};  // number of this paper
  std::string made_on = {};
  std::string made_by = {};
  std::string secrecy = {};  // one line on the duty of secrecy
};
Html print_head(const PrintHead& head);
/// Lines for the foot of a printed paper; paper only.
Html print_foot(const std::vector<Html>& foot_lines);
/// A view laid out as an A4 sheet: on screen a white sheet, on paper the page itself.
Html paper_sheet(const Html& head, const Html& body, const Html& foot = {});
/// Not on paper.
Html not_printed(const Html& body);

}  // namespace kasane::html
