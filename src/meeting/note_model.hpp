// Lines that attendees add to an item: one before the sitting, points and undertakings in it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "meeting/model.hpp"

namespace kasane::meeting {

/// answer: before the sitting, on what was asked. point: 要点 of what was said. undertaking: who takes what by when.
enum class NoteKind : std::uint8_t { answer, point, undertaking };
std::string_view code_of(NoteKind kind);
template <> std::optional<NoteKind> parse_code(std::string_view code);
std::string_view label_of(NoteKind kind);

struct NewNote {
  NoteKind kind = NoteKind::point;
  std::string text;                   // 1 to kLongestNote characters
  std::optional<AgencyId> taker;      // undertaking only: required there
  std::optional<Date> due_on;         // undertaking only
};
inline constexpr std::size_t kLongestNote = 1000;

struct Note {
  MeetingNoteId id;
  AgendaItemId item;
  NoteKind kind = NoteKind::point;
  PersonalText text;
  std::optional<AgencyId> taker;
  std::optional<Date> due_on;
  AgencyId agency;                    // for which it was written
  AccountId account;                  // who wrote it
  UtcMs made_at = 0;
  bool struck = false;
  std::int64_t version = 1;
};

}  // namespace kasane::meeting
