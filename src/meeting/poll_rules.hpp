// Which of the candidate times to take, pure: without those who have to be there no time is proposed; of the times that keep
// them, the one that most can come to. And which sittings are asked about at all.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "meeting/poll_model.hpp"
#include "programme/municipality.hpp"

namespace kasane::meeting {

inline constexpr std::size_t kFewestSlots = 2;
inline constexpr std::size_t kMostSlots = 12;
inline constexpr int kShortestSitting = 10;   // minutes
inline constexpr int kLongestSitting = 480;   // minutes
inline constexpr std::size_t kMostOffices = 10;
inline constexpr std::size_t kLongestOffice = 60;  // characters
/// Candidate times lie within these days from today.
inline constexpr int kFarthestDays = 366;

/// Why the day of these bodies is not asked for: one of them sits by a fixed cycle and not 随時 besides. '' when it may be.
std::string why_no_poll(const std::vector<const programme::Body*>& bodies);

/// Somebody without whom it cannot be held: kept by any one of these parties.
struct Need {
  std::string name;                  // 市
  std::vector<std::size_t> parties;  // places in the table of replies; empty: nobody of them was asked
};
/// Answers of one party, slot by slot.
using Replies = std::vector<PollReply>;

struct Choice {
  std::optional<std::size_t> slot;
  std::string why;                   // sentence when there is none
};
/// Names of the needs that nobody keeps at this slot (an answer 調整すれば keeps it, no answer does not).
std::vector<std::string> missing_at(const std::vector<Need>& needs, const std::vector<Replies>& replies, std::size_t slot);
/// The slot that keeps all needs; of those, first where they come without adjusting, then where most come, then where most
/// come if they adjust, then the first. Nothing, with the reason, when no slot keeps all needs or nobody has answered.
Choice choose_slot(const std::vector<Need>& needs, const std::vector<Replies>& replies, std::size_t slots);

/// Faults by field: slots, agencies, offices, answer_by.
struct NewPoll {
  std::vector<PollSlot> slots;
  std::vector<AgencyId> agencies;
  std::vector<std::string> offices;
  Date answer_by;
};
std::vector<FieldError> faults_of(const NewPoll& poll, Date today);
/// One office a line, blank lines and repeats left out.
std::vector<std::string> offices_of(std::string_view lines);

}  // namespace kasane::meeting
