#include "casework/issue_rules.hpp"

#include <algorithm>
#include <iterator>

namespace kasane::casework {

namespace {

using access::Topic;
using access::Topics;

struct About {
  std::string_view code;
  Topics topics;
};
const About kAbout[] = {
    {"illness", Topic::health},
    {"injury", Topic::health},
    {"disability_certified", Topic::health},
    {"disability_suspected", Topic::health},
    {"suicide", Topic::health},
    {"mental_health", Topic::health},
    {"care", Topic::health},
    {"dementia", Topic::health},
    {"communication", Topic::health},
    {"ability", Topic::health},
    {"poverty", Topic::economy},
    {"debt", Topic::economy},
    {"budgeting", Topic::economy},
    {"rights", Topic::economy},
    {"job_hard", Topic::work},
    {"job_keeping_hard", Topic::work},
    {"dropout", Topic::work},
    {"truancy", Topic::child | Topic::work},
    {"delinquency", Topic::child | Topic::family},
    {"child_rearing", Topic::child},
    {"young_carer", Topic::child | Topic::family},
    {"double_care", Topic::family},
    {"family_8050", Topic::family},
    {"family", Topic::family},
    {"single_parent", Topic::family},
    {"isolation", Topic::family},
    {"unstable_housing", Topic::housing},
    {"homeless", Topic::housing},
    {"hoarding", Topic::housing},
    {"disordered_life", Topic::housing},
    {"disaster", Topic::housing},
    {"neighbour_trouble", Topic::housing},
    {"foreign", Topic::basic},
    {"ex_offender", Topic::record},
    {"violence", Topic::abuse},
    {"abuse_child", Topic::abuse},
    {"abuse_elder", Topic::abuse},
    {"abuse_disabled", Topic::abuse},
    {"partner_violence", Topic::abuse},
};

}  // namespace

Topics topics_of_issue(std::string_view code) {
  const auto* found = std::find_if(std::begin(kAbout), std::end(kAbout), [&](const About& a) { return a.code == code; });
  return found == std::end(kAbout) ? Topics(Topic::plan) : found->topics;
}

bool may_be_treated(std::string_view code) { return topics_of_issue(code).meets(Topic::health); }

int months_between(Date from, Date to) {
  int months = 0;
  while (from.plus_months(months + 1) <= to) ++months;
  return months;
}

bool is_long_withdrawal(std::string_view code, Date since, Date today) {
  constexpr int kLong = 6;  // months
  return code == "isolation" && since.plus_months(kLong) <= today;
}

}  // namespace kasane::casework
