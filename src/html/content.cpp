// Parts of a page that show something: banners, tables, lists, chips, steps, confirmation.
#include "html/columns.hpp"
#include "html/content.hpp"

#include <stdexcept>

namespace kasane::html {
namespace {

std::string_view look_class(Look look) {
  switch (look) {
    case Look::primary:
      return "button button-primary";
    case Look::secondary:
      return "button button-secondary";
    case Look::danger:
      return "button button-danger";
    case Look::plain:
      return "button button-plain";
  }
  return "button";
}

std::string_view chip_class(Tone tone) {
  switch (tone) {
    case Tone::neutral:
      return "chip";
    case Tone::info:
      return "chip chip-info";
    case Tone::success:
      return "chip chip-success";
    case Tone::warning:
      return "chip chip-warning";
    case Tone::danger:
      return "chip chip-danger";
  }
  return "chip";
}

std::string_view banner_class(Tone tone) {
  switch (tone) {
    case Tone::neutral:
      return "banner";
    case Tone::info:
      return "banner banner-info";
    case Tone::success:
      return "banner banner-success";
    case Tone::warning:
      return "banner banner-warning";
    case Tone::danger:
      return "banner banner-danger";
  }
  return "banner";
}

/// The word before a banner's title, so that its tone is not told by colour alone.
std::string_view tone_word(Tone tone) {
  switch (tone) {
    case Tone::neutral:
    case Tone::info:
      return "お知らせ";
    case Tone::success:
      return "完了";
    case Tone::warning:
      return "注意";
    case Tone::danger:
      return "重要";
  }
  return "お知らせ";
}

Html or_nothing_entered(Node value) {
  Html shown;
  shown.add(value);
  return shown.empty() ? el("span", {{"class", "muted"}}, "記載なし") : shown;
}

}  // namespace

Html heading(int level, Node text, std::string_view id) {
  const auto attr = Attr::some("id", id);
  switch (level) {
    case 2:
      return el("h2", {attr}, text);
    case 3:
      return el("h3", {attr}, text);
    case 4:
      return el("h4", {attr}, text);
    default:
      throw std::logic_error("headings of a page's content are of level 2 to 4");
  }
}

Html section(std::string_view title, const Html& body, std::string_view id, const Html& tools) {
  Html html;
  html.open("section", {{"class", "section"}});
  if (tools.empty()) {
    html.add(heading(2, title, id));
  } else {
    html.open("div", {{"class", "section-head"}})
        .add(heading(2, title, id))
        .add(el("div", {{"class", "tools"}}, tools));
    html.close("div");
  }
  return html.add(body).close("section");
}

Html panel(const Html& body) { return el("div", {{"class", "panel"}}, body); }
Html prose(Node text) { return el("div", {{"class", "prose"}}, text); }
Html muted(Node text) { return el("span", {{"class", "muted"}}, text); }
Html only_read_out(std::string_view text) { return el("span", {{"class", "read-out"}}, text); }
Html link(Node text, std::string_view href) { return el("a", {{"href", href}}, text); }

Html bullets(const std::vector<Html>& items) {
  Html html;
  if (items.empty()) return html;
  html.open("ul", {{"class", "bullets"}});
  for (const Html& item : items) html.add(el("li", item));
  return html.close("ul");
}

Html two_columns(const Html& main, const Html& side) {
  return el("div", {{"class", "columns"}}, el("div", {{"class", "columns-main"}}, main),
            el("div", {{"class", "columns-side"}}, side));
}

Html side_first_columns(const Html& main, const Html& side) {
  return el("div", {{"class", "columns columns-side-first"}}, el("div", {{"class", "columns-side"}}, side), el("div", {{"class", "columns-main"}}, main));
}

Html button(const Button& b) {
  Html label;
  label.add(b.label);
  if (!b.about.empty()) label.add(only_read_out("：" + b.about));
  return el("button",
            {{"type", "submit"},
             {"class", look_class(b.look)},
             Attr::some("name", b.name),
             Attr::when(!b.name.empty(), "value", b.value)},
            label);
}

Html button(std::string_view label, Look look) { return button(Button{.label = std::string(label), .look = look}); }

Html link_button(std::string_view label, std::string_view href, Look look) {
  return el("a", {{"href", href}, {"class", look_class(look)}}, label);
}

Html actions(std::initializer_list<Node> items) { return el("div", {{"class", "actions"}}, group(items)); }

Html post_button(const PostButton& post) {
  Html html;
  html.open("form", {{"method", "post"}, {"action", post.action}, {"class", "post-button"}});
  html.add(el("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", post.csrf}}));
  html.add(el("input", {{"type", "hidden"}, {"name", "command_id"}, {"value", post.command_id}}));
  for (const auto& [name, value] : post.hidden) {
    html.add(el("input", {{"type", "hidden"}, {"name", name}, {"value", value}}));
  }
  return html.add(button(post.button)).close("form");
}

Html chip(Tone tone, Node text) { return el("span", {{"class", chip_class(tone)}}, text); }

Html banner(Tone tone, std::string_view title, const Html& body) {
  const bool urgent = tone == Tone::warning || tone == Tone::danger;
  Html html;
  html.open("div", {{"class", banner_class(tone)}, {"role", urgent ? "alert" : "status"}});
  html.add(el("p", {{"class", "banner-title"}}, el("span", {{"class", "banner-word"}}, tone_word(tone)), " ", title));
  if (!body.empty()) html.add(el("div", {{"class", "banner-body"}}, body));
  return html.close("div");
}

Html empty_state(std::string_view text, const Html& action) {
  return el("div", {{"class", "empty"}}, el("p", text), action);
}

Html in_plan(Node text) {
  Html shown;
  shown.add(text);
  return shown.empty() ? el("span", {{"class", "muted"}}, "計画に記載なし") : shown;
}

Table::Table(std::string_view caption, const std::vector<Column>& columns, Caption show) {
  out_.reserve(4096);
  out_.open("div", {{"class", "table-scroll"}, {"data-scroll", caption}});
  out_.open("table", {{"class", "stacks"}, {"role", "table"}});
  out_.add(el("caption", {Attr::when(show == Caption::unseen, "class", "read-out")}, caption));
  out_.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
  for (const Column& column : columns) {
    const auto align = Attr::when(column.align == Column::Align::end, "class", "end");
    out_.add(el("th", {{"scope", "col"}, {"role", "columnheader"}, align}, column.label));
    Html opening;
    if (cell_openings_.empty()) {
      opening.open("th", {{"scope", "row"}, {"role", "rowheader"}, align});
    } else {
      opening.open("td", {{"role", "cell"}, {"data-label", column.label}, align});
    }
    cell_openings_.push_back(std::move(opening));
  }
  out_.close("tr").close("thead").open("tbody", {{"role", "rowgroup"}});
}

void Table::end_row() {
  if (rows_ == 0) return;
  if (column_ != cell_openings_.size()) throw std::logic_error("a table row lacks cells");
  out_.close("tr");
}

Table& Table::row() {
  end_row();
  out_.open("tr", {{"role", "row"}});
  column_ = 0;
  ++rows_;
  return *this;
}

Table& Table::cell(Node content) {
  if (rows_ == 0 || column_ >= cell_openings_.size()) throw std::logic_error("a table row has a cell too many");
  out_.add(cell_openings_[column_]).add(content).close(column_ == 0 ? Tag("th") : Tag("td"));
  ++column_;
  return *this;
}

Html Table::done() {
  end_row();
  out_.close("tbody").close("table").close("div");
  return std::move(out_);
}

Facts& Facts::add(std::string_view label, Node value) {
  rows_.open("div").add(el("dt", label)).add(el("dd", or_nothing_entered(value))).close("div");
  return *this;
}

Html Facts::done() const { return rows_.empty() ? Html() : el("dl", {{"class", "facts"}}, rows_); }

Html tabs(std::string_view name, const std::vector<Tab>& items) {
  Html html;
  html.open("nav", {{"class", "tabs"}, {"aria-label", name}}).open("ul");
  for (const Tab& tab : items) {
    Html label;
    label.add(tab.label);
    if (!tab.count.empty()) label.add(el("span", {{"class", "count"}}, tab.count, only_read_out("件")));
    html.add(el("li", el("a", {{"href", tab.href}, Attr::when(tab.current, "aria-current", "page")}, label)));
  }
  return html.close("ul").close("nav");
}

Html breadcrumb(const std::vector<Link>& way) {
  Html html;
  if (way.empty()) return html;
  html.open("nav", {{"class", "crumbs"}, {"aria-label", "現在の場所"}}).open("ol");
  for (const Link& step : way) {
    if (&step == &way.back()) {
      html.add(el("li", {{"aria-current", "page"}}, step.label));
    } else {
      html.add(el("li", link(step.label, step.href)));
    }
  }
  return html.close("ol").close("nav");
}

Html on_this_page(const std::vector<Link>& headings) {
  Html html;
  html.open("nav", {{"class", "on-this-page"}, {"aria-label", "このページの内容"}}).open("ul");
  for (const Link& h : headings) html.add(el("li", link(h.label, h.href)));
  return html.close("ul").close("nav");
}

Html pagination(const Pager& pager) {
  Html html;
  html.open("nav", {{"class", "pager"}, {"aria-label", "一覧の続き"}});
  html.add(el("p", {{"class", "pager-summary"}}, pager.summary));
  if (!pager.previous_href.empty()) {
    html.add(el("a", {{"href", pager.previous_href}, {"rel", "prev"}, {"class", "button button-secondary"}},
                pager.previous_label));
  }
  if (!pager.next_href.empty()) {
    html.add(
        el("a", {{"href", pager.next_href}, {"rel", "next"}, {"class", "button button-secondary"}}, pager.next_label));
  }
  return html.close("nav");
}

Html timeline(const std::vector<TimelineItem>& items) {
  Html html;
  if (items.empty()) return html;
  html.open("ol", {{"class", "timeline"}});
  for (const TimelineItem& item : items) {
    html.open("li");
    html.add(
        el("p", {{"class", "timeline-when"}}, el("time", {{"datetime", item.when_iso}}, item.when), " ", item.label));
    html.add(el("p", {{"class", "timeline-title"}}, item.title));
    if (!item.body.empty()) html.add(el("div", {{"class", "timeline-body"}}, item.body));
    html.close("li");
  }
  return html.close("ol");
}

namespace {

std::string_view step_class(StepState state) {
  switch (state) {
    case StepState::done:
      return "step step-done";
    case StepState::now:
      return "step step-now";
    case StepState::ahead:
      return "step step-ahead";
  }
  return "step";
}

std::string_view step_word(StepState state) {
  switch (state) {
    case StepState::done:
      return "済";
    case StepState::now:
      return "いま";
    case StepState::ahead:
      return "これから";
  }
  return "";
}

}  // namespace

Html steps(std::string_view name, const std::vector<Step>& items) {
  Html html;
  html.open("ol", {{"class", "steps"}, {"aria-label", name}});
  for (const Step& step : items) {
    html.open("li",
              {{"class", step_class(step.state)}, Attr::when(step.state == StepState::now, "aria-current", "step")});
    html.add(el("span", {{"class", "step-word"}}, step_word(step.state)));
    html.add(el("span", {{"class", "step-label"}}, step.label));
    if (!step.detail.empty()) html.add(el("span", {{"class", "step-detail"}}, step.detail));
    html.close("li");
  }
  return html.close("ol");
}

Html person_line(const PersonLine& p) {
  Html html;
  html.open("div", {{"class", "person"}});
  html.open("span", {{"class", "person-name"}});
  if (p.href.empty()) {
    html.add(p.name);
  } else {
    html.add(link(p.name, p.href));
  }
  html.close("span");
  if (!p.kana.empty()) html.add(el("span", {{"class", "person-kana"}}, p.kana));
  if (!p.relation.empty()) html.add(el("span", {{"class", "person-relation"}}, p.relation));
  if (!p.age.empty()) html.add(el("span", {{"class", "person-age"}}, p.age));
  if (!p.chips.empty()) html.add(el("span", {{"class", "person-chips"}}, p.chips));
  return html.close("div");
}

Html confirm(const Confirm& c) {
  Html html;
  html.open("form", {{"method", "post"}, {"action", c.action}, {"class", "confirm panel"}, {"data-once", true}});
  html.add(el("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", c.csrf}}));
  html.add(el("input", {{"type", "hidden"}, {"name", "command_id"}, {"value", c.command_id}}));
  for (const auto& [name, value] : c.hidden) {
    html.add(el("input", {{"type", "hidden"}, {"name", name}, {"value", value}}));
  }
  html.add(heading(2, c.question)).add(c.consequences);
  html.add(actions({button(c.yes), link_button("やめて戻る", c.cancel_href)}));
  return html.close("form");
}

Html print_head(const PrintHead& head) {
  Html html;
  html.open("header", {{"class", "print-head"}});
  if (!head.form_number.empty()) html.add(el("p", {{"class", "print-form-number"}}, head.form_number));
  html.add(el("p", {{"class", "print-form-name"}}, head.form_name));
  html.open("p", {{"class", "print-made"}});
  if (!head.number.empty()) html.add(el("span", "番号 ", head.number));
  if (!head.made_on.empty()) html.add(el("span", "作成日 ", head.made_on));
  if (!head.made_by.empty()) html.add(el("span", "作成 ", head.made_by));
  html.close("p");
  if (!head.secrecy.empty()) html.add(el("p", {{"class", "print-secrecy"}}, head.secrecy));
  return html.close("header");
}

Html print_foot(const std::vector<Html>& foot_lines) {
  Html html;
  html.open("footer", {{"class", "print-foot"}});
  for (const Html& line : foot_lines) html.add(el("p", line));
  return html.close("footer");
}

Html paper_sheet(const Html& head, const Html& body, const Html& foot) {
  return el("article", {{"class", "sheet"}}, head, body, foot);
}

Html not_printed(const Html& body) { return el("div", {{"class", "not-printed"}}, body); }

}  // namespace kasane::html
