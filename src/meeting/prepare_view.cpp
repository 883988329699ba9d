#include "meeting/prepare_view.hpp"

#include <algorithm>

#include "html/form.hpp"
#include "meeting/proposal_view.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;

namespace {

std::string names_of(const programme::Ctx& ctx, const std::vector<std::string>& bodies) {
  std::string text;
  for (const std::string& body : bodies) text += (text.empty() ? "" : "、") + body_name(ctx, body);
  return text;
}

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ",") + code;
  return text;
}

std::string item_word(int number) { return "議題" + std::to_string(number); }

/// 議題1〜3、5
std::string numbers_of(const std::vector<Place>& places, std::string_view body) {
  std::string text;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].body != body) continue;
    std::size_t last = i;
    while (last + 1 < places.size() && places[last + 1].body == body && places[last + 1].number == places[last].number + 1) ++last;
    text += (text.empty() ? "議題" : "、") + std::to_string(places[i].number);
    if (last > i) text += "〜" + std::to_string(places[last].number);
    i = last;
  }
  return text.empty() ? std::string("まだありません") : text;
}

std::string part_time(const Slice& slice) {
  if (slice.starts_at.empty()) return slice.minutes > 0 ? std::to_string(slice.minutes) + "分" : std::string();
  const int from = minutes_of_day(slice.starts_at);
  if (from < 0 || slice.minutes <= 0) return slice.starts_at + "から";
  return slice.starts_at + "〜" + time_of_day(from + slice.minutes);
}

/// "45分／60分": the items of a part against its length.
Html sum_words(const std::vector<Place>& places, std::string_view body, int length) {
  const int sum = sum_of_minutes(places, body);
  const std::string words = "議題の合計 " + std::to_string(sum) + "分" + (length > 0 ? "／会議の長さ " + std::to_string(length) + "分" : std::string());
  if (length > 0 && sum > length) return html::group({html::text(words), " ", html::chip(Tone::warning, std::to_string(sum - length) + "分こえています")});
  return html::text(words);
}

const PreparedItem* item_at(const Preparing& p, AgendaItemId id) {
  const auto found = std::find_if(p.items.begin(), p.items.end(), [&](const PreparedItem& i) { return i.line.head.id == id; });
  return found == p.items.end() ? nullptr : &*found;
}

Html item_link(const programme::Ctx& ctx, const PreparedItem& item) {
  return html::group({html::link(item_word(item.line.head.number), ctx.url(item_path(item.line.head.id))), "　", item.line.label});
}

/// Whether the neighbour stands in the same part.
bool neighbour(const Preparing& p, std::size_t at, int by) {
  const auto to = static_cast<std::ptrdiff_t>(at) + by;
  if (to < 0 || to >= static_cast<std::ptrdiff_t>(p.places.size())) return false;
  return p.slices.empty() || p.places[static_cast<std::size_t>(to)].body == p.places[at].body;
}

Html move_button(const programme::Ctx& ctx, const Place& place, int by, const std::string& about) {
  return html::post_button(ctx.post(item_path(place.item) + "/order", {.label = by < 0 ? "上へ" : "下へ", .look = html::Look::plain, .about = about},
                                    {{"by", by < 0 ? "up" : "down"}, {"number", std::to_string(place.number)}}));
}

/// A number in a table whose form stands below it.
Html minutes_input(const Place& place, const std::string& value, const std::string& error) {
  const std::string name = "minutes_" + id_text(place.item);
  Html out;
  if (!error.empty()) out.add(html::el("p", {{"class", "error"}}, error));
  out.add(html::el("input", {{"type", "text"},
                             {"id", html::control_id(name)},
                             {"name", name},
                             {"value", value},
                             {"class", "input input-few"},
                             {"inputmode", "numeric"},
                             {"autocomplete", "off"},
                             {"form", "minutes-form"},
                             {"aria-label", item_word(place.number) + "の時間（分）"},
                             html::Attr::when(!error.empty(), "aria-invalid", "true")}));
  return out;
}

Html minutes_form(const programme::Ctx& ctx, const Preparing& p) {
  const html::FormFrame frame = ctx.frame(prepare_path(p.session.id) + "/minutes");
  Html form;
  form.open("form", {{"method", "post"}, {"action", frame.action}, {"id", "minutes-form"}, {"class", "form"}, {"novalidate", true}, {"data-once", true}});
  form.add(html::hidden_input("csrf", frame.csrf)).add(html::hidden_input("command_id", frame.command_id));
  for (const Place& place : p.places)
    if (const auto* item = item_at(p, place.item); item != nullptr && item->may_manage)
      form.add(html::hidden_input("before_" + id_text(place.item), std::to_string(place.minutes)));
  form.add(html::actions({html::button("時間を保存する", html::Look::secondary)}));
  return form.close("form");
}

std::string invitee_words(const AskedParty& invitee) {
  return invitee.name + (invitee.why ? "（" + std::string(label_of(*invitee.why)) + "）" : std::string("（手で加えた）"));
}

Html asked_form(const programme::Ctx& ctx, const PreparedItem& item) {
  std::vector<html::Option> options;
  std::vector<std::string> chosen;
  std::vector<Html> persons;
  for (const AskedParty& invitee : item.invitees) {
    if (ctx.dir().code(AgencyId(invitee.party)).empty()) {
      persons.push_back(html::text(invitee.name));
      continue;
    }
    options.push_back({id_text(invitee.party), invitee_words(invitee), {}});
    if (invitee.on_list) chosen.push_back(id_text(invitee.party));
  }
  html::FormFrame frame = ctx.frame(item_path(item.line.head.id) + "/agencies");
  frame.version = std::to_string(item.line.head.version);
  Html fields = html::checkboxes({.name = "agencies", .label = "この議題に呼ぶ機関", .id = "agencies-" + id_text(item.line.head.id)}, options, chosen);
  fields.add(html::actions({html::button({.label = "呼ぶ機関を保存する", .look = html::Look::secondary, .about = item_word(item.line.head.number)})}));
  Html out = options.empty() ? html::muted("提案できる機関はありません。") : html::form_frame(frame, fields);
  if (!persons.empty()) out.add(html::muted(html::group({"個人として呼ぶ人：", html::join(persons, html::text("、"))})));
  if (!item.by_hand.empty()) {
    std::string names;
    for (const std::string& name : item.by_hand) names += (names.empty() ? "" : "、") + name;
    out.add(html::muted("会議の構成員のうち、ここに登録がないもの：" + names + "。必要なら手で招きます。"));
  }
  out.add(html::link("見る範囲を変える、ほかの機関や人を加える", ctx.url(item_path(item.line.head.id)) + "#change"));
  return out;
}

/// Who comes, in the line that folds.
Html asked_words(const PreparedItem& item) {
  std::string names;
  int on_list = 0;
  for (const AskedParty& invitee : item.invitees)
    if (invitee.on_list && ++on_list <= 4) names += (names.empty() ? "" : "、") + invitee.name;
  if (on_list == 0) return html::text("会議を開く機関だけ");
  return html::text(names + (on_list > 4 ? " ほか" + std::to_string(on_list - 4) : std::string()));
}

}  // namespace

Html next_sittings_html(const programme::Ctx& ctx, const std::vector<NextSitting>& next) {
  if (next.empty()) return {};
  Html rows;
  for (const NextSitting& one : next) {
    const std::string key = one.bodies.front();
    html::FormFrame frame = ctx.frame("/meetings/next");
    frame.hidden = {{"bodies", joined(one.bodies)}, {"at_time", one.at_time}, {"place", one.place}, {"facilitator", one.facilitator}};
    Html fields = html::heading(3, names_of(ctx, one.bodies));
    fields.add(html::muted(one.last ? "前回 " + wareki_short(*one.last) + (one.at_time.empty() ? "" : " " + one.at_time) + (one.place.empty() ? "" : "　" + one.place)
                                    : std::string("はじめての予定です。")));
    if (one.put_off_from) fields.add(html::prose(wareki_short(*one.put_off_from) + "は" + closed_words(ctx, *one.put_off_from) + "のため、次の開庁日にしてあります。"));
    else if (const std::string words = closed_words(ctx, one.on); !words.empty()) fields.add(html::prose(words + "。"));
    Html row = html::date_input({.name = "held_on", .label = "開く日", .required = true, .id = "next-" + key}, wareki_short(one.on));
    row.add(html::actions({html::button({.label = "次の定例会を予定する", .look = html::Look::secondary, .about = names_of(ctx, one.bodies)}),
                           html::link("まとめて予定する", ctx.url("/meetings/series?bodies=" + joined(one.bodies) + "&from=" + one.on.iso()))}));
    fields.add(html::el("div", {{"class", "in-one-row"}}, row));
    rows.add(html::panel(html::form_frame(frame, fields)));
  }
  return html::section("予定がまだない定例の会議", rows, "next");
}

Html slices_html(const programme::Ctx& ctx, const std::vector<Slice>& slices, const std::vector<Place>& places, bool with_invited) {
  if (slices.empty()) return {};
  std::vector<html::Column> columns{{"時間"}, {"会議"}, {"議題"}};
  if (with_invited) columns.push_back({"招く機関"});
  html::Table table("時間の切り分け", columns);
  for (const Slice& slice : slices) {
    std::string invited;
    for (const Slice::Seat& seat : slice.seats)
      if (seat.expected) invited += (invited.empty() ? "" : "、") + ctx.dir().name(seat.agency);
    table.row().cell(part_time(slice)).cell(body_name(ctx, slice.body)).cell(html::group({numbers_of(places, slice.body), html::muted(sum_words(places, slice.body, slice.minutes))}));
    if (with_invited) table.cell(invited.empty() ? std::string("決まっていません") : invited);
  }
  return html::section("時間の切り分け", table.done(), "slices");
}

std::string key_of(const Proposal& p) { return p.body + ":" + std::string(code_of(p.matter)) + ":" + id_text(p.id); }

std::vector<const Proposal*> tickable(const std::vector<Proposal>& proposals) {
  std::vector<const Proposal*> all;
  for (const Proposal& p : proposals)
    if (p.why_not.empty()) all.push_back(&p);
  return all;
}

namespace {

Html reason_fields(const programme::Ctx& ctx, const Proposal& p, const Ticked& state, const std::string& n, const std::vector<FieldError>& errors) {
  if (!p.asks_reason) return {};
  const auto* body = ctx.m().body(p.body);
  Html fields;
  if (body != nullptr && !body->grounds.empty())
    fields.add(html::select({.name = "ground_" + n, .label = "同意なしに話し合う理由の区分", .error = html::error_of(errors, "ground_" + n)}, ground_options(*body), state.ground_code));
  fields.add(html::textarea({.name = "reason_" + n, .label = "理由", .error = html::error_of(errors, "reason_" + n)}, state.reason, 2));
  return html::folding("選ぶときは、理由を書きます", fields, state.ticked);
}

Html pick_rows(const programme::Ctx& ctx, const std::vector<const Proposal*>& rows, const TickedByKey* typed, const std::vector<FieldError>& errors) {
  html::Table table("会議を待っているもの", {{"選ぶ"}, {"提案する理由"}, {"会議"}, {"いつから"}, {"時間"}});
  int number = 0;
  for (const Proposal* p : rows) {
    const std::string n = std::to_string(++number);
    Ticked state{p->sure, std::to_string(p->minutes), {}, p->why + "。"};
    if (typed != nullptr)
      if (const auto found = typed->find(key_of(*p)); found != typed->end()) state = found->second;
    const std::string who = p->label.shown() + (p->case_number.empty() ? "" : " " + p->case_number);
    Html pick = html::tick({.name = "pick_" + n, .label = who + "　" + matter_words(*p), .error = html::error_of(errors, "pick_" + n)}, state.ticked);
    pick.add(html::hidden_input("key_" + n, key_of(*p)));
    table.row().cell(pick).cell(html::group({p->why, reason_fields(ctx, *p, state, n, errors)})).cell(body_name(ctx, p->body)).cell(wareki_short(p->since));
    table.cell(html::el("input", {{"type", "text"}, {"name", "minutes_" + n}, {"value", state.minutes}, {"class", "input input-few"}, {"inputmode", "numeric"},
                                  {"autocomplete", "off"}, {"aria-label", who + "の時間（分）"}}));
  }
  return table.done();
}

Html blocked_rows(const programme::Ctx& ctx, const Preparing& p) {
  html::Table table("議題にできないもの", {{"世帯"}, {"内容"}, {"理由"}, {"ほかの道"}});
  for (const Proposal& one : p.proposals) {
    if (one.why_not.empty()) continue;
    Html why;
    for (const std::string& sentence : one.why_not) why.add(html::prose(sentence));
    table.row().cell(html::group({one.label, one.case_number.empty() ? "" : " ", one.case_number})).cell(html::group({matter_words(one), html::muted(one.why)}));
    table.cell(why).cell(other_way(ctx, p.session, one));
  }
  return table.empty() ? Html() : html::folding("いまは議題にできないもの", table.done());
}

}  // namespace

Html choose_html(const programme::Ctx& ctx, const Preparing& p, const TickedByKey* typed, const std::vector<FieldError>& errors) {
  const auto rows = tickable(p.proposals);
  Html out;
  if (rows.empty()) {
    out.add(html::empty_state("いま提案できるものはありません。"));
  } else {
    html::FormFrame frame = ctx.frame(prepare_path(p.session.id) + "/items");
    frame.hidden = {{"rows", std::to_string(rows.size())}};
    Html body = html::error_summary(errors);
    body.add(html::muted("決まりで議題にするものには、はじめから印が付いています。呼ぶ機関は、関わりやプランから提案します。"));
    body.add(pick_rows(ctx, rows, typed, errors));
    body.add(html::actions({html::button("選んだものを議題にする")}));
    out.add(html::form_frame(frame, body));
  }
  out.add(blocked_rows(ctx, p));
  out.add(html::link("ここにないことを、手で議題に足す", ctx.url(session_path(p.session.id) + "/items/new")));
  return out;
}

Html order_html(const programme::Ctx& ctx, const Preparing& p, const std::map<std::string, std::string>* typed, const std::vector<FieldError>& errors) {
  if (p.places.empty()) return html::empty_state("議題はまだありません。上で選ぶと、ここに並びます。");
  Html out = html::error_summary(errors);
  html::Table table("順番と時間", {{"番号"}, {"会議"}, {"内容"}, {"時間（分）"}, {"並べかえ"}});
  for (std::size_t i = 0; i < p.places.size(); ++i) {
    const Place& place = p.places[i];
    const auto* item = item_at(p, place.item);
    const bool mine = item != nullptr && item->may_manage;
    std::string value = place.minutes > 0 ? std::to_string(place.minutes) : std::string();
    if (typed != nullptr)
      if (const auto found = typed->find("minutes_" + id_text(place.item)); found != typed->end()) value = found->second;
    table.row().cell(item != nullptr ? item_link(ctx, *item) : html::text(item_word(place.number))).cell(body_name(ctx, place.body));
    table.cell(item != nullptr ? html::text(agenda_text(ctx, place.body, item->line.head.agenda_kind, item->line.head.matter)) : Html());
    table.cell(mine ? minutes_input(place, value, html::error_of(errors, "minutes_" + id_text(place.item))) : html::text(value));
    Html moves;
    if (mine && neighbour(p, i, -1)) moves.add(move_button(ctx, place, -1, item_word(place.number)));
    if (mine && neighbour(p, i, +1)) moves.add(move_button(ctx, place, +1, item_word(place.number)));
    table.cell(moves);
  }
  out.add(table.done());
  if (p.slices.empty()) {
    out.add(html::el("p", sum_words(p.places, "", 0)));
  } else {
    std::vector<Html> sums;
    for (const Slice& slice : p.slices) sums.push_back(html::group({body_name(ctx, slice.body), "　", sum_words(p.places, slice.body, slice.minutes)}));
    out.add(html::bullets(sums));
  }
  return out.add(minutes_form(ctx, p));
}

Html attendees_part(const programme::Ctx& ctx, const Preparing& p) {
  Html out;
  for (const PreparedItem& item : p.items) {
    if (!item.may_manage || item.line.head.state != ItemState::waiting) continue;
    const bool closed = item.line.head.matter == Matter::marked && !item.line.head.request;
    Html body = closed ? html::muted("同意が取り消されているため、会議を開く機関だけで扱います。") : asked_form(ctx, item);
    const std::string title = item_word(item.line.head.number) + "　" + item.line.label.shown();
    out.add(html::folding(title, body, false, "asked-" + id_text(item.line.head.id), asked_words(item)));
  }
  return out.empty() ? html::empty_state("議題を選ぶと、呼ぶ機関の提案が出ます。") : out;
}

Html papers_part(const programme::Ctx& ctx, const Preparing& p) {
  if (p.items.empty()) return html::empty_state("議題を選ぶと、資料と準備シートが出ます。");
  html::Table table("資料と準備シート", {{"議題"}, {"準備シート"}, {"資料"}});
  for (const PreparedItem& item : p.items) {
    const std::string path = item_path(item.line.head.id);
    Html sheet = html::text("要りません");
    if (item.for_household)
      sheet = html::group({item.sheet_written ? html::chip(Tone::success, "書きました") : html::chip(Tone::neutral, "まだ"), " ",
                           html::link(item.sheet_written ? "準備シートを読む" : "準備シートを開く", ctx.url(path + "/preparation"))});
    table.row().cell(item_link(ctx, item)).cell(sheet);
    table.cell(item.may_manage ? html::link("だれに何が見えるか", ctx.url(path + "/packets")) : html::link("資料を見る", ctx.url(path)));
  }
  Html out = table.done();
  return out.add(html::muted("準備シートがなくても、会議は開けます。"));
}

Html steps_html(const Preparing& p, bool ready) {
  const auto count = [](std::size_t n, const char* unit) { return html::text(std::to_string(n) + unit); };
  const bool any = !p.places.empty();
  const bool timed = any && std::all_of(p.places.begin(), p.places.end(), [](const Place& place) { return place.minutes > 0; });
  const auto sheets = std::count_if(p.items.begin(), p.items.end(), [](const PreparedItem& i) { return i.for_household; });
  const auto written = std::count_if(p.items.begin(), p.items.end(), [](const PreparedItem& i) { return i.for_household && i.sheet_written; });
  const bool asked = any && std::all_of(p.items.begin(), p.items.end(), [](const PreparedItem& i) {
    return !i.may_manage || std::any_of(i.invitees.begin(), i.invitees.end(), [](const AskedParty& one) { return one.on_list; });
  });
  // Only the first step that is not done is the present one.
  bool all_before = true;
  const auto state = [&all_before](bool done) {
    const bool here = all_before;
    all_before = all_before && done;
    return done ? html::StepState::done : here ? html::StepState::now : html::StepState::ahead;
  };
  return html::steps("会議の準備", {{"議題をえらぶ", state(any), count(p.places.size(), "件")},
                                    {"順番と時間", state(timed), Html()},
                                    {"呼ぶ機関", state(asked), Html()},
                                    {"資料と準備シート", state(any && written == sheets), html::text(std::to_string(written) + "／" + std::to_string(sheets))},
                                    {"準備ができた", state(ready), Html()}});
}

}  // namespace kasane::meeting
