// Sittings as iCalendar (RFC 5545), for invitations and calendar feeds. What goes in is made from a Session alone, which holds
// body, day, time and place and nothing of its agenda; there is no way to put in other words.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "meeting/model.hpp"

namespace kasane::meeting::ical {

/// What goes out: an invitation (also when the sitting was moved), its cancellation, or a feed that is read again and again.
enum class Method : std::uint8_t { request, cancel, feed };

/// One sitting as a calendar shows it.
class Event {
 public:
  /// `minutes` 0: an hour. `asking`: its day is still being asked about.
  Event(const Settings& city, const Session& session, int minutes, bool asking);

 private:
  friend std::string calendar(Method method, const std::vector<Event>& events, UtcMs stamp);
  void write(std::string& out, Method method, UtcMs stamp) const;

  std::string uid_;
  std::int64_t sequence_;
  Date on_;
  std::string at_time_;  // "13:30"; '': the whole day
  int minutes_;
  std::string summary_, location_, organizer_;
  bool cancelled_, asking_;
};

/// The whole file, lines ended by CR LF and none longer than 75 octets. `stamp`: when it is made.
std::string calendar(Method method, const std::vector<Event>& events, UtcMs stamp);

/// A value of type TEXT: \ ; , and line ends escaped, other control characters dropped.
std::string escaped(std::string_view text);
/// A content line folded at 75 octets, never within a character, ended by CR LF.
std::string folded(std::string_view line);

}  // namespace kasane::meeting::ical
