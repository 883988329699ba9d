#include "meeting/live_view.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;

namespace {

Html turn_button(const programme::Ctx& ctx, const LiveShown& s, const ItemHead& to, std::string label, html::Look look) {
  return html::post_button(ctx.post(live_path(s.session.id) + "/turn", {.label = std::move(label), .look = look, .about = "議題" + std::to_string(to.number)},
                                    {{"item", id_text(to.id)}, {"version", std::to_string(s.live->version)}}));
}

bool is_now(const LiveShown& s, const ItemHead& head) { return s.live && s.live->item == head.id; }
bool may_turn(const LiveShown& s) { return s.hosts && s.live && !s.live->ended_at; }

/// Nothing is treated now; an item without a result stays on the agenda.
Html close_button(const programme::Ctx& ctx, const LiveShown& s, std::string label) {
  return html::post_button(ctx.post(live_path(s.session.id) + "/turn", {.label = std::move(label), .look = html::Look::secondary},
                                    {{"item", ""}, {"version", std::to_string(s.live->version)}}));
}

Html agenda_line(const programme::Ctx& ctx, const LiveShown& s, const AgendaLine& line) {
  const std::string name = "議題" + std::to_string(line.head.number);
  Html words = html::group({line.known ? html::link(name, ctx.url(item_path(line.head.id))) : html::text(name)});
  if (line.known && !line.label.shown().empty()) words.add(html::group({"　", line.label}));
  if (s.session.bodies.size() > 1) words.add(html::group({" ", html::muted(body_name(ctx, line.head.body))}));
  if (line.head.minutes > 0) words.add(html::muted(" " + std::to_string(line.head.minutes) + "分"));
  words.add(" ");
  words.add(is_now(s, line.head) ? html::chip(Tone::info, "いま") : html::chip(line.head.state == ItemState::treated ? Tone::success : Tone::neutral, label_of(line.head.state)));
  if (may_turn(s) && !is_now(s, line.head))
    words.add(turn_button(ctx, s, line.head, line.head.state == ItemState::waiting ? "この議題へ" : "この議題に戻る", html::Look::plain));
  return words;
}

/// "12:31から　予定 15分"; the script counts on from it.
Html timer(const programme::Ctx& ctx, const LiveShown& s, int minutes) {
  std::string words = office_time(s.live->item_started_at) + "から";
  if (minutes > 0) words += "　予定 " + std::to_string(minutes) + "分";
  return html::el("p", {{"class", "muted"}}, html::el("span", {{"data-live-timer", ""}, {"data-started", s.live->item_started_at}, {"data-now", ctx.now()}, {"data-minutes", minutes}}, words));
}

Html note_line(const programme::Ctx& ctx, const LiveShown& s, const Note& n) {
  Html line;
  if (n.kind == NoteKind::undertaking) {
    line.add(html::chip(Tone::info, n.taker ? ctx.dir().name(*n.taker) : "引き受けたこと"));
    line.add(" ");
  }
  line.add(html::lines(n.text.shown()));
  if (n.due_on) line.add(html::muted("（" + wareki_short(*n.due_on) + "まで）"));
  line.add(html::muted("　" + ctx.dir().name(n.agency) + " " + office_time(n.made_at)));
  if (n.account == ctx.viewer().account && !s.session.confirmed_on)
    line.add(html::post_button(ctx.post(live_path(s.session.id) + "/notes/" + id_text(n.id) + "/strike", {.label = "消す", .look = html::Look::plain, .about = "自分の書き込み"},
                                        {{"version", std::to_string(n.version)}})));
  return line;
}

Html notes_of_kind(const programme::Ctx& ctx, const LiveShown& s, NoteKind kind, std::string_view nothing) {
  std::vector<Html> lines;
  for (const Note& n : s.notes)
    if (n.kind == kind) lines.push_back(note_line(ctx, s, n));
  return lines.empty() ? html::muted(nothing) : html::bullets(lines);
}

/// Who sits there for no agency: the screen counts with them until the host says that they are not in the room.
Html persons_html(const programme::Ctx& ctx, const LiveShown& s) {
  std::vector<Html> lines;
  for (const RoomPerson& p : s.persons)
    lines.push_back(html::group({p.name, p.away ? "　会議室にいません " : p.opens ? "　" : "　この議題を見られません ",
                                 html::post_button(ctx.post(live_path(s.session.id) + "/room", {.label = p.away ? "会議室に来た" : "会議室にいない", .look = html::Look::plain, .about = p.name},
                                                            {{"party", id_text(p.party)}, {"away", p.away ? "no" : "yes"}}))}));
  return lines.empty() ? Html() : html::group({html::heading(3, "機関の席のない人"), html::bullets(lines)});
}

}  // namespace

Html live_list(std::string_view id, const Html& body) { return html::el("div", {{"id", id}, {"data-live", "list"}}, body); }
Html live_form(std::string_view id, const std::string& key, const Html& body) {
  return html::el("div", {{"id", id}, {"data-live", "form"}, {"data-live-key", key}}, body);
}

bool closes_beside_result(const LiveShown& s) {
  return may_turn(s) && s.item && s.item->may_manage && is_now(s, s.item->head) && s.item->head.state == ItemState::waiting && !s.session.confirmed_on;
}

Html close_without_result(const programme::Ctx& ctx, const LiveShown& s) { return closes_beside_result(s) ? close_button(ctx, s, "結果なしで閉じる") : Html(); }

Html agenda_html(const programme::Ctx& ctx, const LiveShown& s) {
  std::vector<Html> lines;
  for (const AgendaLine& line : s.agenda) lines.push_back(agenda_line(ctx, s, line));
  Html body = lines.empty() ? html::empty_state("議題はまだありません。") : html::bullets(lines);
  return html::section("議題", body, "live-agenda-title");
}

Html now_html(const programme::Ctx& ctx, const LiveShown& s) {
  if (!s.live) return html::empty_state("会議はまだ始まっていません。始まると、この画面が変わります。");
  if (s.live->ended_at) return html::banner(Tone::success, "会議は終わりました", html::group({html::prose(office_time(*s.live->ended_at) + "に終わりました。"), html::link("会議録を見る", ctx.url(session_path(s.session.id) + "/minutes"))}));
  const AgendaLine* now = nullptr;
  const AgendaLine* next = nullptr;
  for (const AgendaLine& line : s.agenda) {
    if (is_now(s, line.head)) now = &line;
    else if (next == nullptr && line.head.state == ItemState::waiting && (!now || line.head.number > now->head.number)) next = &line;
  }
  if (next == nullptr)
    for (const AgendaLine& line : s.agenda)
      if (next == nullptr && line.head.state == ItemState::waiting && !is_now(s, line.head)) next = &line;
  Html out;
  if (now == nullptr) out.add(html::prose("いま扱っている議題はありません。"));
  else {
    out.add(html::heading(2, now->known ? html::group({"議題" + std::to_string(now->head.number), "　", now->label}) : html::text("議題" + std::to_string(now->head.number)), "live-now-title"));
    out.add(timer(ctx, s, now->head.minutes));
    if (!now->known) out.add(html::prose("この議題の資料は、あなたには届いていません。"));
  }
  if (may_turn(s)) {
    std::vector<Html> turns;
    if (next != nullptr) turns.push_back(turn_button(ctx, s, next->head, now == nullptr ? "はじめの議題へ" : "次の議題へ", html::Look::primary));
    if (now != nullptr && !closes_beside_result(s)) turns.push_back(close_button(ctx, s, "この議題を終える"));
    out.add(html::actions({html::join(turns, html::text(" "))}));
  }
  return out;
}

Html notes_html(const programme::Ctx& ctx, const LiveShown& s) {
  return html::group({html::section("要点", notes_of_kind(ctx, s, NoteKind::point, "まだありません。"), "live-points"),
                      html::section("だれが何をするか", notes_of_kind(ctx, s, NoteKind::undertaking, "まだありません。"), "live-takes")});
}

Html answers_html(const programme::Ctx& ctx, const std::vector<Note>& notes) {
  std::vector<Html> lines;
  for (const Note& n : notes)
    if (n.kind == NoteKind::answer) lines.push_back(html::group({html::lines(n.text.shown()), html::muted("　" + ctx.dir().name(n.agency))}));
  return lines.empty() ? Html() : html::group({html::heading(3, "会議の前のひとこと"), html::bullets(lines)});
}

Html screen_state_html(const programme::Ctx& ctx, const LiveShown& s) {
  Html out;
  if (s.live && s.live->item && !s.screen_open) {
    std::string agencies, persons, why;
    for (const AgencyId agency : s.without_right) agencies += (agencies.empty() ? "" : "、") + ctx.dir().name(agency);
    for (const RoomPerson& p : s.persons)
      if (!p.away && !p.opens) persons += (persons.empty() ? "" : "、") + p.name;
    if (!agencies.empty()) why = "この議題を見られない機関が出席しています：" + agencies + "。席を外していただくか、出席を直してください。";
    if (!persons.empty()) why += "この議題を見られない人が呼ばれています：" + persons + "。会議室にいないときは、下で「会議室にいない」を押してください。";
    if (why.empty()) why = "出席している機関を確かめてください。";
    out.add(html::banner(Tone::warning, "映す画面には、議題の番号だけが出ています", html::prose(why)));
  }
  out.add(persons_html(ctx, s));
  out.add(html::el("p", html::el("a", {{"href", ctx.url(session_path(s.session.id) + "/screen")}, {"target", "_blank"}, {"rel", "noopener"}}, "映す画面を別の窓で開く")));
  return out;
}

}  // namespace kasane::meeting
