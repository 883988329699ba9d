// Calendar files as other programs read them: lines, escaping, times; and that nothing but official words can be in them.
#include "meeting/ical.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using testing::World;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without CR LF";
    if (end == std::string::npos) break;
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

/// Continued lines put together again, as a reader does.
std::vector<std::string> unfolded(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with(" ") && !out.empty()) out.back() += line.substr(1);
    else out.push_back(line);
  }
  return out;
}

bool holds(const std::vector<std::string>& lines, std::string_view line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); }

TEST(ICalendar, folds_at_75_octets_and_never_within_a_character) {
  std::string text = "SUMMARY:";
  for (int i = 0; i < 100; ++i) text += "会議aé";
  const std::string out = ical::folded(text);
  for (const std::string& line : lines_of(out)) {
    EXPECT_LE(line.size(), 75u);
    EXPECT_TRUE(is_valid_utf8(line)) << line;
  }
  ASSERT_EQ(unfolded(out).size(), 1u);
  EXPECT_EQ(unfolded(out).front(), text);
  EXPECT_EQ(ical::folded(std::string(75, 'a')), std::string(75, 'a') + "\r\n");
  EXPECT_EQ(ical::folded(std::string(76, 'a')), std::string(75, 'a') + "\r\n a\r\n");
}

TEST(ICalendar, escapes_what_would_end_a_value_or_begin_a_line) {
  EXPECT_EQ(ical::escaped("市役所, 3階; \"東\" \\ 奥"), "市役所\\, 3階\\; \"東\" \\\\ 奥");
  EXPECT_EQ(ical::escaped("a\r\nATTENDEE:x\nb\rc"), "a\\nATTENDEE:x\\nb\\nc");
  EXPECT_EQ(ical::escaped(std::string("a\x01\x7f") + "b"), "ab");
}

class Calendar : public ::testing::Test {
 protected:
  World w_{"tsuruoka", "swc"};
  Session session_ = w_.one(w_.sit({"shien_kaigi", "juso_kaigi"}, w_.today().plus_days(7)));
  std::vector<std::string> read(ical::Method method, const Session& s, int minutes = 90, bool asking = false) {
    return unfolded(ical::calendar(method, {ical::Event(w_.city(), s, minutes, asking)}, start_of(*Date::from_ymd(2026, 11, 24))));
  }
};

TEST_F(Calendar, an_invitation_names_bodies_place_and_time_in_japan) {
  const auto lines = read(ical::Method::request, session_);
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  for (const char* line : {"METHOD:REQUEST", "TZID:Asia/Tokyo", "TZOFFSETTO:+0900", "DTSTART;TZID=Asia/Tokyo:20261201T133000", "DTEND;TZID=Asia/Tokyo:20261201T150000", "SEQUENCE:0",
                           "LOCATION:市役所", "STATUS:CONFIRMED", "DTSTAMP:20261123T150000Z"})
    EXPECT_TRUE(holds(lines, line)) << line;
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const std::string& l) { return l.starts_with("SUMMARY:") && l.find("支援会議") != std::string::npos && l.find("重層的支援会議") != std::string::npos; }));
  EXPECT_TRUE(holds(lines, "UID:" + id_text(session_.id) + "@tsuruoka.kasane"));
}

TEST_F(Calendar, moving_it_keeps_the_uid_and_raises_the_sequence) {
  const auto moved = w_.t.write(w_.who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    return move_session(tx, gate, actor, w_.city(), session_.id, session_.version, {{}, session_.held_on.plus_days(1), "10:00", "市役所"});
  });
  ASSERT_TRUE(moved);
  const auto lines = read(ical::Method::request, w_.one(session_.id));
  EXPECT_TRUE(holds(lines, "UID:" + id_text(session_.id) + "@tsuruoka.kasane"));
  EXPECT_TRUE(holds(lines, "SEQUENCE:1"));
  EXPECT_TRUE(holds(lines, "DTSTART;TZID=Asia/Tokyo:20261202T100000"));
}

TEST_F(Calendar, a_cancelled_one_says_so) {
  session_.state = SessionState::cancelled;
  const auto lines = read(ical::Method::cancel, session_);
  EXPECT_TRUE(holds(lines, "METHOD:CANCEL"));
  EXPECT_TRUE(holds(lines, "STATUS:CANCELLED"));
}

TEST_F(Calendar, without_a_time_it_takes_the_day_and_past_midnight_it_ends_the_next) {
  session_.at_time.clear();
  EXPECT_TRUE(holds(read(ical::Method::request, session_), "DTEND;VALUE=DATE:20261202"));
  session_.at_time = "23:30";
  EXPECT_TRUE(holds(read(ical::Method::request, session_), "DTEND;TZID=Asia/Tokyo:20261202T010000"));
}

TEST_F(Calendar, a_place_with_line_ends_begins_no_line_of_its_own) {
  session_.place = "市役所\r\nATTENDEE:mailto:a@example.jp";
  for (const std::string& line : read(ical::Method::request, session_)) EXPECT_FALSE(line.starts_with("ATTENDEE:")) << line;
}

TEST_F(Calendar, holds_nothing_of_the_agenda_and_nobody_who_runs_it) {
  const auto aso = w_.aso();
  session_.facilitator = "鈴木はな";
  ASSERT_TRUE(w_.put(w_.household_item(session_.id, "shien_kaigi", aso.household, "no_consent")));
  for (const auto method : {ical::Method::request, ical::Method::cancel, ical::Method::feed})
    for (const std::string& line : read(method, session_))
      for (const char* word : {"阿曽", "千代", "鈴木", "議題", "同意", "見守り"}) EXPECT_EQ(line.find(word), std::string::npos) << line;
}

}  // namespace
}  // namespace kasane::meeting
