#include "meeting/live_forms.hpp"

#include <algorithm>

namespace kasane::meeting {

namespace {

constexpr int kOthers = 2;                  // agencies of which nobody had thought
constexpr std::size_t kMostUndertakings = 12;

std::string present_key(const std::string& body) { return "present_" + body; }
std::string other_key(const std::string& body, int n) { return "also_" + body + "_" + std::to_string(n); }
std::string row_key(std::size_t n) { return "undertaking_" + std::to_string(n); }

std::size_t rows_for(std::size_t undertakings) { return std::min(undertakings + 1, kMostUndertakings); }

std::string note_key(NoteKind kind, std::string_view field) { return (kind == NoteKind::undertaking ? "take_" : "point_") + std::string(field); }

}  // namespace

form::Form presence_form(const programme::Ctx& ctx, std::string key, const std::vector<PartSeats>& seats) {
  form::Form f{std::move(key), 1, {}};
  form::CodeTable manners{"manner", 1, {}};
  for (const Manner m : {Manner::sitting, Manner::phone}) manners.codes.push_back({std::string(code_of(m)), std::string(label_of(m))});
  f.fields.push_back(parts::choice_field("manner", "開き方", std::make_shared<const form::CodeTable>(std::move(manners)), true));
  for (const PartSeats& part : seats) {
    const std::string name = seats.size() > 1 ? body_name(ctx, part.body) + "に出席している機関" : "出席している機関";
    form::Field present = parts::choices_field(present_key(part.body), name, parts::agencies(ctx, part.asked));
    present.hint = "いま、この場にいる機関に印をつけます。映す画面には、ここにいる全員が見てよいことだけが出ます。";
    f.fields.push_back(std::move(present));
    for (int n = 1; n <= kOthers; ++n) {
      form::Field other = parts::choice_field(other_key(part.body, n), (seats.size() > 1 ? body_name(ctx, part.body) + "：" : "") + "ほかの機関" + std::to_string(n), parts::agencies(ctx));
      other.group = "一覧にない機関が出席している";
      f.fields.push_back(std::move(other));
    }
  }
  return f;
}

form::Answers presence_answers(const std::vector<PartSeats>& seats, Manner manner) {
  form::Answers a;
  a.set("manner", std::string(code_of(manner)));
  for (const PartSeats& part : seats) {
    std::vector<std::string> codes;
    for (const AgencyId agency : part.there) codes.push_back(id_text(agency));
    a.set(present_key(part.body), codes);
  }
  return a;
}

Holding read_presence(const form::Answers& a, const std::vector<PartSeats>& seats, std::int64_t version) {
  Holding in;
  in.version = version;
  in.manner = parse_code<Manner>(a.text("manner")).value_or(Manner::sitting);
  for (const PartSeats& part : seats) {
    auto present = parts::chosen_ids<AgencyTag>(a, present_key(part.body));
    for (int n = 1; n <= kOthers; ++n)
      if (const auto other = parts::chosen_id<AgencyTag>(a, other_key(part.body, n)); other && std::find(present.begin(), present.end(), *other) == present.end()) present.push_back(*other);
    for (const AgencyId agency : present)
      if (std::find(in.present.begin(), in.present.end(), agency) == in.present.end()) in.present.push_back(agency);
    if (seats.size() > 1) in.present_in[part.body] = std::move(present);
  }
  return in;
}

std::vector<FieldError> presence_faults(const Error& error, const std::vector<PartSeats>& seats) {
  auto faults = parts::faults_of(error);
  for (FieldError& f : faults)
    if (f.field == "present" && !seats.empty()) f.field = present_key(seats.front().body);
  return faults;
}

form::Form note_form(const programme::Ctx& ctx, NoteKind kind, const std::vector<AgencyId>& takers) {
  const bool undertaking = kind == NoteKind::undertaking;
  form::Form f{undertaking ? "live_undertaking" : "live_point", 1, {}};
  if (undertaking) f.fields.push_back(parts::choice_field(note_key(kind, "taker"), "だれが", parts::agencies(ctx, takers), true));
  f.fields.push_back(parts::long_field(note_key(kind, "text"), undertaking ? "何を" : "要点", true));
  if (undertaking) f.fields.push_back(parts::date_field(note_key(kind, "due_on"), "いつまで"));
  return f;
}

NewNote read_note(const form::Answers& a, NoteKind kind) {
  NewNote in;
  in.kind = kind;
  in.text = a.text(note_key(kind, "text"));
  if (kind != NoteKind::undertaking) return in;
  in.taker = parts::chosen_id<AgencyTag>(a, note_key(kind, "taker"));
  in.due_on = a.date(note_key(kind, "due_on"));
  return in;
}

std::vector<FieldError> note_faults(const Error& error, NoteKind kind) {
  auto faults = parts::faults_of(error);
  for (FieldError& f : faults)
    if (!f.field.empty()) f.field = note_key(kind, f.field);
  return faults;
}

std::size_t count_undertakings(const std::vector<Note>& notes) {
  return static_cast<std::size_t>(std::count_if(notes.begin(), notes.end(), [](const Note& n) { return n.kind == NoteKind::undertaking; }));
}

form::Form live_outcome_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<people::Member>& members, std::size_t undertakings) {
  form::Form f = outcome_form(ctx, item, members);
  // Written once, above, by everybody; here the host may put it right before it is saved.
  const std::string written_above = "上に書いた要点と「だれが何をするか」が、そのまま結果になります。直すとき";
  for (form::Field& field : f.fields)
    if (field.key == "note") field.group = written_above;
  for (std::size_t n = 1; n <= rows_for(undertakings); ++n) {
    const std::string group = "引き受けたこと" + std::to_string(n);
    for (form::Field field : {parts::choice_field(row_key(n) + "_agency", group + "：だれが", parts::agencies(ctx)), parts::text_field(row_key(n) + "_text", group + "：何を"),
                              parts::date_field(row_key(n) + "_due", group + "：いつまで")}) {
      field.group = written_above;
      f.fields.push_back(std::move(field));
    }
  }
  return f;
}

form::Answers outcome_from_notes(const std::vector<Note>& notes) {
  form::Answers a;
  std::string points;
  std::size_t row = 0;
  for (const Note& n : notes) {
    if (n.kind == NoteKind::point && !n.text.shown().empty()) points += (points.empty() ? "・" : "\n・") + n.text.shown();
    if (n.kind != NoteKind::undertaking || ++row > kMostUndertakings) continue;
    if (n.taker) a.set(row_key(row) + "_agency", id_text(*n.taker));
    parts::set_text(a, row_key(row) + "_text", n.text.shown());
    parts::set_some(a, row_key(row) + "_due", n.due_on);
  }
  parts::set_text(a, "note", points);
  a.set("outcome", std::string("treated"));
  return a;
}

Outcome read_live_outcome(const form::Answers& a, const ItemView& item, std::size_t undertakings) {
  Outcome out = read_outcome(a, item);
  for (std::size_t n = 1; n <= rows_for(undertakings); ++n) {
    Undertaking u{ResultKind::undertaking, parts::chosen_id<AgencyTag>(a, row_key(n) + "_agency"), a.text(row_key(n) + "_text"), a.date(row_key(n) + "_due")};
    if (u.agency || !u.text.empty() || u.due_on) out.undertakings.push_back(std::move(u));
  }
  return out;
}

}  // namespace kasane::meeting
