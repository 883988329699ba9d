// Lines are made first and written with one call, so that those of several threads never mix.
#include "base/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <utility>

#include "base/clock.hpp"

namespace kasane::log {
namespace {

std::atomic<Level> least_level{Level::info};
std::mutex sink_mutex;
std::function<void(std::string_view)> other_sink;  // under sink_mutex

std::string_view word(Level level) {
  switch (level) {
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "error";
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string utc_text(UtcMs at) {
  constexpr std::int64_t kDayMs = 86'400'000;
  std::int64_t day = at / kDayMs;
  std::int64_t ms = at % kDayMs;
  if (ms < 0) {
    ms += kDayMs;
    --day;
  }
  return Date::from_days(day).iso() + "T" + padded(ms / 3'600'000, 2) + ":" + padded(ms / 60'000 % 60, 2) + ":" +
         padded(ms / 1000 % 60, 2) + "." + padded(ms % 1000, 3) + "Z";
}

void append_value(std::string& line, std::string_view text) {
  bool plain = !text.empty() && text.find_first_of(" =\"\\\r\n") == std::string_view::npos;
  if (plain) {
    line += text;
    return;
  }
  line += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') line += '\\';
    line += c == '\n' || c == '\r' ? ' ' : c;
  }
  line += '"';
}

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nobody is left to be told
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void put(Level level, Name event, Entries entries) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  std::string text = line(SystemClock{}.now(), level, event, entries);
  std::lock_guard lock(sink_mutex);
  if (other_sink) {
    other_sink(text);
    return;
  }
  text += '\n';
  write_all(text);
}

}  // namespace

void Value::keep(std::string_view made) {
  made_length_ = std::min(made.size(), kLongest);
  std::copy_n(made.data(), made_length_, made_.data());
}

std::string Value::of_duration(std::chrono::microseconds took) {
  constexpr std::int64_t kFine = 10'000;
  std::int64_t us = took.count();
  return us < kFine && us > -kFine ? std::to_string(us) + "us" : std::to_string(us / 1000) + "ms";
}

std::string line(UtcMs at, Level level, Name event, Entries entries) {
  std::string text = utc_text(at);
  text += ' ';
  text += word(level);
  text += ' ';
  text += event.text();
  for (const Entry& entry : entries) {
    text += ' ';
    text += entry.name.text();
    text += '=';
    append_value(text, entry.value.text());
  }
  return text;
}

void info(Name event, Entries entries) { put(Level::info, event, entries); }
void warn(Name event, Entries entries) { put(Level::warn, event, entries); }
void error(Name event, Entries entries) { put(Level::error, event, entries); }

void set_level(Level least) { least_level = least; }

void set_sink(std::function<void(std::string_view)> sink) {
  std::lock_guard lock(sink_mutex);
  other_sink = std::move(sink);
}

}  // namespace kasane::log
