#include "consent/cooperation_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/japanese.hpp"
#include "consent/rules.hpp"
#include "consent/settings.hpp"

namespace kasane::consent {

namespace {
constexpr CooperationState kStates[] = {CooperationState::waiting, CooperationState::answered, CooperationState::cannot, CooperationState::withdrawn};
constexpr int kFirstOfReiwa = 2019;
}  // namespace

int cooperation_days(const programme::Municipality& m) { return number_word(m, "cooperation_days", 30, 366); }

int year_of_era(FiscalYear year) { return year.year < kFirstOfReiwa ? year.year : year.year - kFirstOfReiwa + 1; }

const char* code_of(CooperationState state) {
  switch (state) {
    case CooperationState::waiting: return "waiting";
    case CooperationState::answered: return "answered";
    case CooperationState::cannot: return "cannot";
    case CooperationState::withdrawn: return "withdrawn";
  }
  return "";
}

const char* label_of(CooperationState state) {
  switch (state) {
    case CooperationState::waiting: return "返事を待っています";
    case CooperationState::answered: return "返事がありました";
    case CooperationState::cannot: return "協力できない";
    case CooperationState::withdrawn: return "取り下げました";
  }
  return "";
}

CooperationState cooperation_state(std::string_view code) {
  const auto* found = std::ranges::find_if(kStates, [&](CooperationState s) { return code == code_of(s); });
  return found == std::end(kStates) ? CooperationState::withdrawn : *found;
}

bool may_ask_for(const programme::Municipality& m, const programme::Body& body, std::string_view agency) {
  if (body.function != programme::BodyFunction::support_conference_106_6) return false;
  return m.is_host(body, agency) || m.is_collaboration_operator(agency) || std::ranges::find(m.owner_sections, agency) != m.owner_sections.end();
}

std::vector<FieldError> faults_of(const NewCooperation& what, AgencyId asker, access::Topics visible, Date today) {
  std::vector<FieldError> faults;
  const bool outside = !trim(what.outside).empty();
  if (what.to.has_value() == outside) faults.push_back({"to", "依頼先の機関を選ぶか、名簿にない相手の名前を入力してください（どちらか一つ）。"});
  if (what.to == asker) faults.push_back({"to", "自分の機関には依頼できません。"});
  if (trim(what.question).empty()) faults.push_back({"question", "教えてほしいことを入力してください。"});
  if (!what.topics.empty() && !what.household) faults.push_back({"topics", "個人がわからない形でたずねるときは、世帯のことを見せられません。"});
  if (!what.topics.empty() && outside) faults.push_back({"topics", "名簿にない相手には画面で見せられません。必要なことは、たずねることに書いてください。"});
  if (what.household && !visible.has_all(what.topics)) faults.push_back({"topics", "自分が見られない内容は、見せられません。"});
  if (what.due_on < today) faults.push_back({"due_on", "過ぎた日付です。"});
  return faults;
}

std::vector<FieldError> faults_of(const CooperationAnswer& answer, Date asked_on, Date today) {
  std::vector<FieldError> faults;
  if (trim(answer.text).empty()) faults.push_back({"answer", answer.cannot ? "協力できない理由を入力してください。" : "返事を入力してください。"});
  if (answer.on > today) faults.push_back({"on", "未来の日付です。"});
  if (answer.on < asked_on) faults.push_back({"on", "依頼した日より前です。"});
  return faults;
}

std::string cooperation_number(std::string_view prefix, FiscalYear year, std::int64_t serial) {
  return year.year < kFirstOfReiwa ? fmt::format("{}{}-{:04}", prefix, year.year, serial) : fmt::format("{}R{:02}-{:04}", prefix, year_of_era(year), serial);
}

}  // namespace kasane::consent
