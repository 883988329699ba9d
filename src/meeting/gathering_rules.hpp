// Rules of gatherings, pure: what is typed, what may be uploaded, how the survey's answers are told.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "meeting/gathering_model.hpp"

namespace kasane::meeting {

inline constexpr std::size_t kLongestGatheringText = 2000;  // characters
inline constexpr std::size_t kLongestSurveyText = 400;
inline constexpr std::size_t kLargestMaterial = 8'000'000;  // bytes
inline constexpr int kMostMaterials = 20;
inline constexpr int kAttendanceLines = 12;
inline constexpr std::int64_t kMostPeople = 10'000;

std::vector<FieldError> faults_of(const programme::Municipality& m, const GatheringText& in);
/// Fields people_1 … by line.
std::vector<FieldError> faults_of(const std::vector<AttendanceLine>& lines);
std::vector<FieldError> faults_of(const SurveyAnswer& answer);

struct FileKind {
  std::string_view type;
  std::string_view ending;              // ".pdf"
};
/// What the bytes themselves say they are: PDF, PNG, JPEG, or a paper of an office program without macros. Nothing for
/// all else, whatever the browser claims.
std::optional<FileKind> material_kind(std::string_view bytes);
/// For a type as stored; an ending of "" for one that is none.
std::string_view ending_of(std::string_view type);

/// Answers as they may be told.
SurveyResults told_results(const std::vector<SurveyAnswer>& answers, std::int64_t limit);

}  // namespace kasane::meeting
