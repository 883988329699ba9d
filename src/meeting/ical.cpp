#include "meeting/ical.hpp"

#include <cstdio>

namespace kasane::meeting::ical {

namespace {

constexpr std::size_t kLongestLine = 75;  // octets, without the line end (RFC 5545, 3.1)
constexpr int kUsualMinutes = 60;
constexpr int kMinutesOfDay = 24 * 60;
constexpr UtcMs kDayMs = 24 * 3'600'000LL;

std::string day_digits(Date day) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d%02d%02d", day.year(), day.month(), day.day());
  return text;
}

std::string local_time(Date day, int minute_of_day) {
  char text[16];
  std::snprintf(text, sizeof text, "T%02d%02d00", minute_of_day / 60, minute_of_day % 60);
  return day_digits(day) + text;
}

std::string utc_time(UtcMs at) {
  const std::int64_t day = at / kDayMs;
  const int seconds = static_cast<int>(at % kDayMs / 1000);
  char text[24];
  std::snprintf(text, sizeof text, "T%02d%02d%02dZ", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return day_digits(Date::from_days(day)) + text;
}

/// "13:30" as minutes of the day; -1 where it is none.
int minute_of(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return -1;
  for (const std::size_t i : {0u, 1u, 3u, 4u})
    if (time[i] < '0' || time[i] > '9') return -1;
  const int minutes = ((time[0] - '0') * 10 + (time[1] - '0')) * 60 + (time[3] - '0') * 10 + (time[4] - '0');
  return minutes < kMinutesOfDay ? minutes : -1;
}

/// A parameter value in quotes, which can hold neither quotes nor control characters.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text)
    if (c != '"' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  return out + "\"";
}

/// Japan has had no summer time since 1951: one rule is all.
constexpr std::string_view kTimeZone =
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nTZNAME:JST\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE\r\n";

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r') out += "\\n";
    else if (c == '\\' || c == ';' || c == ',') (out += '\\') += c;
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  }
  return out;
}

std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = kLongestLine;
  while (line.size() > room) {
    std::size_t cut = room;
    // Never between the octets of one character.
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLongestLine - 1;  // after the blank that begins a continued line
  }
  return out.append(line).append("\r\n");
}

Event::Event(const Settings& city, const Session& session, int minutes, bool asking)
    : uid_(id_text(session.id) + "@" + city.m.slug + ".kasane"),
      sequence_(session.version - 1),
      on_(session.held_on),
      at_time_(minute_of(session.at_time) < 0 ? std::string() : session.at_time),
      minutes_(minutes > 0 ? minutes : kUsualMinutes),
      location_(session.place),
      organizer_(city.m.name),
      cancelled_(session.state == SessionState::cancelled),
      asking_(asking) {
  for (const SessionBody& b : session.bodies) {
    const auto* body = city.m.body(b.body);
    if (body != nullptr) summary_ += (summary_.empty() ? "" : "、") + body->name;
  }
}

void Event::write(std::string& out, Method method, UtcMs stamp) const {
  const auto line = [&](const std::string& text) { out += folded(text); };
  const bool cancelled = cancelled_ || method == Method::cancel;
  line("BEGIN:VEVENT");
  line("UID:" + uid_);
  line("DTSTAMP:" + utc_time(stamp));
  line("SEQUENCE:" + std::to_string(sequence_));
  if (at_time_.empty()) {
    line("DTSTART;VALUE=DATE:" + day_digits(on_));
    line("DTEND;VALUE=DATE:" + day_digits(on_.plus_days(1)));
  } else {
    const int from = minute_of(at_time_), to = from + minutes_;
    line("DTSTART;TZID=Asia/Tokyo:" + local_time(on_, from));
    line("DTEND;TZID=Asia/Tokyo:" + local_time(on_.plus_days(to / kMinutesOfDay), to % kMinutesOfDay));
  }
  line("SUMMARY:" + escaped((cancelled ? "【取りやめ】" : asking_ ? "【日程調整中】" : "") + summary_));
  if (!location_.empty()) line("LOCATION:" + escaped(location_));
  // Nobody is written to through the calendar: the addresses say so.
  line("ORGANIZER;CN=" + in_quotes(organizer_) + ":invalid:nomail");
  if (method != Method::feed) line("ATTENDEE;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=" + in_quotes("招かれた機関") + ":invalid:nomail");
  line(std::string("STATUS:") + (cancelled ? "CANCELLED" : asking_ ? "TENTATIVE" : "CONFIRMED"));
  line("TRANSP:OPAQUE");
  line("END:VEVENT");
}

std::string calendar(Method method, const std::vector<Event>& events, UtcMs stamp) {
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kasane//Meetings//JA\r\nCALSCALE:GREGORIAN\r\n";
  switch (method) {
    case Method::request: out += "METHOD:REQUEST\r\n"; break;
    case Method::cancel: out += "METHOD:CANCEL\r\n"; break;
    case Method::feed: out += "METHOD:PUBLISH\r\n"; break;
  }
  out += kTimeZone;
  for (const Event& event : events) event.write(out, method, stamp);
  return out + "END:VCALENDAR\r\n";
}

}  // namespace kasane::meeting::ical
