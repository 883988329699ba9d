// Lessons: what a case has taught about a way of working, for all who meet. Nothing in them is personal.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "meeting/common_issue_model.hpp"

namespace kasane::meeting {

struct LessonTag {};
using LessonId = Id<LessonTag>;

inline constexpr std::size_t kLongestLessonTitle = 60;  // characters
inline constexpr std::size_t kLongestLessonText = 800;

struct LessonText {
  std::string title;
  std::string trouble;   // what was difficult
  std::string did;       // what helped
  IssueField field = IssueField::other;
  std::string topic;     // code table consultation_topics; '' none
};

/// Where it was learnt: a case that was reviewed or has ended, or an item that was treated; neither: by hand.
struct LessonFrom {
  std::optional<CaseId> of_case = {};
  std::optional<AgendaItemId> item = {};
  bool unnamed = false;  // by hand: the writer says that nobody can be told by it
  bool by_hand() const { return !of_case && !item; }
};

struct Lesson {
  LessonId id;
  LessonText text;
  FiscalYear year;
  std::optional<Date> withdrawn_on;
  std::int64_t version = 1;
  std::optional<AgencyId> author = {};   // shown to nobody
  bool may_reword = false;               // by this viewer
};

/// '' or no value: any.
struct LessonFilter {
  std::string words = {};
  std::string topic = {};
  std::optional<IssueField> field = {};
  std::optional<LessonId> after = {};  // those behind this one
};

struct LessonList {
  std::vector<Lesson> lessons;
  std::optional<LessonId> next;        // where the next part begins; nothing: no more
};

}  // namespace kasane::meeting
