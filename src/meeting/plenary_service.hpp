// What the plenary looks at: open common issues, needs that were not met, what was made of the issues. Numbers come from
// codes in the records alone, and small ones are protected before they leave this service.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/common_issue_model.hpp"
#include "meeting/small_number_rules.hpp"

namespace kasane::meeting {

/// A list of numbers of households under one heading.
struct NeedList {
  std::string title;
  std::string meaning;                 // how it is counted, one sentence
  std::vector<std::string> labels;
  ToldList numbers;
};

/// What numbers are told of: a fiscal year that has ended, or a quarter of the one that runs. Of days chosen freely, two
/// answers would tell what one household did on the day between them.
struct PlenaryPeriod {
  FiscalYear year;
  int quarter = 0;                     // 1 to 4; 0: the whole year
  Date first() const;
  Date last() const;
  std::string code() const;            // "2026-2", "2025"
  std::string text() const;            // "令和8年度 7月〜9月"
};
/// Newest first: the ended quarters of the fiscal year of that day, and the five years before it.
std::vector<PlenaryPeriod> periods_to_tell(Date today);

struct PlenaryFigures {
  Date from, to;                       // both inclusive
  bool with_numbers = false;           // numbers of households are for those who may see statistics
  std::vector<CommonIssue> open;       // newest first
  std::vector<std::string> areas;      // codes of the rows; '' the city as a whole
  std::vector<std::vector<std::int64_t>> issues;  // open issues, rows areas, columns kIssueFields; an issue is nobody
  ToldTable households;                // behind them, with totals
  std::vector<NeedList> needs;
  std::vector<AnswerLine> answers;     // made between the days
  std::int64_t limit = 0;              // numbers below it are not told
};

/// Errors: not_found (no meeting role); invalid (period: none of periods_to_tell()).
Result<PlenaryFigures> plenary_figures(db::ReadTx& tx, access::Gate& gate, const Settings& city, const PlenaryPeriod& period);

}  // namespace kasane::meeting
