// The words of a referral (つなぎ): its two kinds, the four forms in which it may go before consent, and its outcomes.
// Each is stored as its code; what a code is called on a page comes from label_of() and the city's tables.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::casework {

enum class ReferralKind : std::uint8_t {
  network,        // agency to agency, without ceremony: no reason codes, no criteria (K-12)
  collaboration,  // to 多機関協働, with the city's reasons and criteria (K-13, T-17)
};

/// In which form something may move before a consent is signed.
enum class Passing : std::uint8_t {
  spoken_consent,  // the person has said yes to passing this on
  anonymous,       // advice without identifiers: no household goes along
  statutory,       // a request to bring it to the 支援会議 (社会福祉法106条の6)
  duty,            // a legal duty, or danger to life
};

enum class Outcome : std::uint8_t { accept, advice_only, mediate, send_back, watch, join_open_case };

enum class JudgeResult : std::uint8_t { needed, not_needed };

/// The stored code: "network", "spoken_consent", "return" (for send_back), "needed" …
std::string_view code_of(ReferralKind kind);
std::string_view code_of(Passing passing);
std::string_view code_of(Outcome outcome);
std::string_view code_of(JudgeResult result);
template <>
std::optional<ReferralKind> parse_code<ReferralKind>(std::string_view code);
template <>
std::optional<Passing> parse_code<Passing>(std::string_view code);
template <>
std::optional<Outcome> parse_code<Outcome>(std::string_view code);
template <>
std::optional<JudgeResult> parse_code<JudgeResult>(std::string_view code);
/// Japanese, as shown.
std::string_view label_of(ReferralKind kind);
std::string_view label_of(Passing passing);
std::string_view label_of(Outcome outcome);
std::string_view label_of(JudgeResult result);

inline constexpr Passing kPassings[] = {Passing::spoken_consent, Passing::anonymous, Passing::statutory, Passing::duty};
inline constexpr Outcome kOutcomes[] = {Outcome::accept, Outcome::advice_only, Outcome::mediate,
                                        Outcome::send_back, Outcome::watch, Outcome::join_open_case};

/// The city in which a service works: its settings and its agencies with their ids.
struct InCity {
  const programme::Municipality& m;
  const programme::Directory& dir;
};

/// Agencies that answer referrals to 多機関協働 from one list.
struct JointInbox {
  std::string code;
  std::string name;
  std::vector<AgencyId> agencies;
  bool holds(AgencyId agency) const;
};

/// Where a referral stands.
enum class ReferralStage : std::uint8_t {
  judging,   // written, waits for the judgement of a coordinator at the source
  kept,      // judged not to be needed: never sent
  waiting,   // sent, nobody has taken it
  taken,     // somebody has taken it, the answer is open
  answered,
  withdrawn,  // taken back by its sender before an answer
};
std::string_view label_of(ReferralStage stage);

}  // namespace kasane::casework
