#include "consent/rules.hpp"

#include <algorithm>
#include <charconv>

#include "base/japanese.hpp"

namespace kasane::consent {

using access::Topic;

int number_word(const programme::Municipality& m, std::string_view key, int usual, int most) {
  const std::string word = m.wording(key, std::to_string(usual));
  int value = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
  return read.ec == std::errc() && value >= 1 && value <= most ? value : usual;
}

const char* code_of(Kind kind) {
  switch (kind) {
    case Kind::application: return "application";
    case Kind::sharing: return "sharing";
  }
  return "";
}

const char* label_of(Validity validity) {
  switch (validity) {
    case Validity::none: return "なし";
    case Validity::valid: return "有効";
    case Validity::refused: return "断り";
    case Validity::withdrawn: return "取消し";
    case Validity::lapsed: return "期限切れ";
  }
  return "";
}

const char* code_of(Capacity capacity) {
  switch (capacity) {
    case Capacity::parent: return "parent";
    case Capacity::guardian: return "guardian";
    case Capacity::agent: return "agent";
  }
  return "";
}

const char* label_of(Capacity capacity) {
  switch (capacity) {
    case Capacity::parent: return "親権者";
    case Capacity::guardian: return "成年後見人";
    case Capacity::agent: return "任意代理";
  }
  return "";
}

std::optional<Capacity> capacity_of(std::string_view code) {
  for (const Capacity c : {Capacity::parent, Capacity::guardian, Capacity::agent})
    if (code == code_of(c)) return c;
  return std::nullopt;
}

const char* code_of(Assent assent) {
  switch (assent) {
    case Assent::agrees: return "agrees";
    case Assent::disagrees: return "disagrees";
    case Assent::unclear: return "unclear";
  }
  return "";
}

const char* label_of(Assent assent) {
  switch (assent) {
    case Assent::agrees: return "本人も同意";
    case Assent::disagrees: return "本人は望まない";
    case Assent::unclear: return "はっきりしない";
  }
  return "";
}

std::optional<Assent> assent_of(std::string_view code) {
  for (const Assent a : {Assent::agrees, Assent::disagrees, Assent::unclear})
    if (code == code_of(a)) return a;
  return std::nullopt;
}

const char* code_of(RequestState state) {
  switch (state) {
    case RequestState::waiting: return "waiting";
    case RequestState::on_agenda: return "on_agenda";
    case RequestState::treated: return "treated";
    case RequestState::withdrawn: return "withdrawn";
  }
  return "";
}

const char* label_of(RequestState state) {
  switch (state) {
    case RequestState::waiting: return "議題になるのを待っています";
    case RequestState::on_agenda: return "議題になりました";
    case RequestState::treated: return "会議で扱いました";
    case RequestState::withdrawn: return "取り下げました";
  }
  return "";
}

std::optional<RequestState> request_state(std::string_view code) {
  for (const auto state : {RequestState::waiting, RequestState::on_agenda, RequestState::treated, RequestState::withdrawn})
    if (code == code_of(state)) return state;
  return std::nullopt;
}

Validity validity_on(const FactDates& fact, Date on) {
  if (on < fact.given_on) return Validity::none;
  if (fact.refused) return Validity::refused;
  if (fact.withdrawn_on && *fact.withdrawn_on <= on) return Validity::withdrawn;
  if (fact.valid_until < on) return Validity::lapsed;
  return Validity::valid;
}

std::optional<Date> last_day_of(const NewConsent& what) {
  const std::optional<Date> represented = what.given_by == GivenBy::representative && what.representation ? what.representation->until : std::nullopt;
  if (!represented || !what.valid_until) return represented ? represented : what.valid_until;
  return std::min(*represented, *what.valid_until);
}

Date renew_from(Date given_on, Date last_day) {
  constexpr int kDaysBefore = 30;
  return std::max(given_on, last_day.plus_days(-kDaysBefore));
}

access::Topics scope_of(const NewConsent& what) {
  return what.standard ? access::kStandardScope : (what.topics | Topic::basic) & access::kStandardScope;
}

namespace {

void check_how(const NewConsent& what, std::vector<FieldError>& faults) {
  if (what.how == How::spoken && !what.refused && trim(what.witness).empty())
    faults.push_back({"witness", "口頭の場合は、聞いた人を入力してください。"});
  if (what.given_by == GivenBy::representative && trim(what.representative).empty())
    faults.push_back({"representative", "代わりに答えた人と本人との関係を入力してください。"});
  if (what.given_by == GivenBy::representative && !what.representation)
    faults.push_back({"capacity", "代わりに答えた人の立場（親権者、成年後見人、任意代理）を選んでください。"});
}

void check_representation(const NewConsent& what, Date today, std::vector<FieldError>& faults) {
  if (what.given_by == GivenBy::representative && what.representation && what.representation->until && *what.representation->until < what.given_on)
    faults.push_back({"represented_until", "代わりに答えられる期限が、同意の日より前です。"});
  if (what.assent && what.assent->heard_on > today) faults.push_back({"assent_on", "未来の日付です。"});
}

void check_sheet(const NewConsent& what, std::vector<FieldError>& faults) {
  if (!what.sheet) return;
  if (what.sheet->bytes.size() > kMostSheetBytes) faults.push_back({"sheet", "紙の写真は8MBまでです。小さくしてから選んでください。"});
  else if (!sheet_type(what.sheet->bytes)) faults.push_back({"sheet", "JPEG、PNG、PDFのどれかを選んでください。"});
}

}  // namespace

std::vector<FieldError> faults_of(const NewConsent& what, Date today) {
  std::vector<FieldError> faults;
  if (what.given_on > today) faults.push_back({"given_on", "未来の日付です。"});
  if (what.valid_until && *what.valid_until < what.given_on) faults.push_back({"valid_until", "期限が同意の日より前です。"});
  if (what.kind == Kind::sharing && !what.refused && !what.standard && what.topics.empty())
    faults.push_back({"topics", "標準の範囲にするか、共有してよい内容を選んでください。"});
  check_how(what, faults);
  check_representation(what, today, faults);
  check_sheet(what, faults);
  return faults;
}

std::optional<std::string> sheet_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  return std::nullopt;
}

bool may_follow(RequestState from, RequestState to) {
  switch (from) {
    case RequestState::waiting: return to == RequestState::on_agenda || to == RequestState::treated || to == RequestState::withdrawn;
    case RequestState::on_agenda: return to == RequestState::waiting || to == RequestState::treated || to == RequestState::withdrawn;
    case RequestState::treated:
    case RequestState::withdrawn: return false;
  }
  return false;
}

std::vector<FieldError> faults_of_ground(const programme::Body* body, std::string_view ground_code) {
  if (body == nullptr || body->function != programme::BodyFunction::support_conference_106_6)
    return {{"body", "社会福祉法106条の6の会議を選んでください。"}};
  if (body->grounds.empty())
    return ground_code.empty() ? std::vector<FieldError>() : std::vector<FieldError>{{"ground", "この会議の計画には、事由の一覧がありません。"}};
  const bool known = std::ranges::any_of(body->grounds, [&](const auto& g) { return g.code == ground_code; });
  return known ? std::vector<FieldError>() : std::vector<FieldError>{{"ground", "どの事由で会議に出すかを選んでください。"}};
}

}  // namespace kasane::consent
