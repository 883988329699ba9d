// Gatherings: training, study, information, platforms. About nobody: who came is numbers, what they thought has no name.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "meeting/common_issue_model.hpp"

namespace kasane::meeting {

struct GatheringTag {};
using GatheringId = Id<GatheringTag>;
struct MaterialTag {};
using MaterialId = Id<MaterialTag>;

enum class GatheringKind : std::uint8_t { training, study, information, platform, other };
inline constexpr GatheringKind kGatheringKinds[] = {GatheringKind::training, GatheringKind::study, GatheringKind::information, GatheringKind::platform,
                                                    GatheringKind::other};
enum class GatheringState : std::uint8_t { planned, held, cancelled };
/// As whom somebody answers the survey.
enum class Standing : std::uint8_t { city, agency, resident, company, other };
inline constexpr Standing kStandings[] = {Standing::city, Standing::agency, Standing::resident, Standing::company, Standing::other};

std::string_view code_of(GatheringKind kind);
std::string_view code_of(GatheringState state);
std::string_view code_of(Standing standing);
template <> std::optional<GatheringKind> parse_code(std::string_view code);
template <> std::optional<GatheringState> parse_code(std::string_view code);
template <> std::optional<Standing> parse_code(std::string_view code);
std::string_view label_of(GatheringKind kind);
std::string_view label_of(GatheringState state);
std::string_view label_of(Standing standing);

/// What is typed when it is planned.
struct GatheringText {
  GatheringKind kind = GatheringKind::training;
  std::string title;
  std::string theme;
  std::optional<CommonIssueId> issue;
  Date held_on;
  std::string at_time;
  std::string place;
  std::string body;                     // of the city's folder; ''
  std::vector<IssueField> fields;       // for whom
  std::string for_whom;
  std::string invitation;
};

struct Gathering {
  GatheringId id;
  GatheringText text;
  AgencyId agency;                      // organiser
  GatheringState state = GatheringState::planned;
  std::string outcome;
  std::string next_step;
  std::optional<CommonIssueId> outcome_issue;
  std::string outcome_body;
  std::int64_t survey_serial = 0;
  bool survey_open = false;             // a link was made and not closed
  std::optional<Date> survey_until;
  std::int64_t people = 0;              // who came, all lines together
  std::int64_t version = 1;
};

struct AttendanceLine {
  IssueField field = IssueField::other;
  std::optional<AgencyId> agency;       // nothing: residents and others
  std::int64_t people = 0;
};

struct Material {
  MaterialId id;
  std::string title;
  std::string type;
  std::int64_t size = 0;                // bytes
  Date added_on;
};

struct GatheringOutcome {
  std::string outcome;
  std::string next_step;
  std::optional<CommonIssueId> issue;
  std::string body;
};

/// The questions of the survey that are answered on a scale, in their order.
inline constexpr std::array<std::string_view, 3> kScaleQuestions{"今日の内容は役に立ちましたか", "話は分かりやすかったですか", "これからの仕事や活動に生かせそうですか"};
inline constexpr std::array<std::string_view, 5> kScaleWords{"まったくそう思わない", "あまりそう思わない", "どちらともいえない", "そう思う", "とてもそう思う"};

struct SurveyAnswer {
  std::array<int, kScaleQuestions.size()> scale{};  // 1 to 5; 0: not said
  std::optional<Standing> standing;
  std::string text;
};

/// Results as they may be told.
struct SurveyResults {
  bool enough = false;                  // fewer answers than the small number: nothing below is filled
  std::string answers;                  // "5件未満" or "12件"
  struct Bar {
    std::string label;
    std::string told;                   // number, or the sign that it is not told
    std::int64_t value = 0;             // 0 where it is not told
  };
  struct Question {
    std::string text;
    std::vector<Bar> bars;
    std::int64_t most = 0;              // longest bar
  };
  std::vector<Question> questions;
  std::vector<std::string> texts;       // in the order of their words, not of their coming
  bool any_untold = false;
};

}  // namespace kasane::meeting
