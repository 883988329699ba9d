#include "consent/provision_rules.hpp"

#include <algorithm>

#include "access/rules.hpp"
#include "base/japanese.hpp"
#include "consent/settings.hpp"

namespace kasane::consent {

namespace {

constexpr ProvisionState kStates[] = {ProvisionState::asked, ProvisionState::granted, ProvisionState::refused, ProvisionState::withdrawn};

bool blank(std::string_view text) { return trim(text).empty(); }

void check_consent(const ProvisionDecision& d, const ProvisionAt& at, std::vector<FieldError>& faults) {
  if (at.kept_out) faults.push_back({"basis", "本人が共有しないと決めた機関です。本人に確かめ、同意の記録を改めてから答えてください。"});
  else if (!at.consents && blank(d.consent_note))
    faults.push_back({"consent_note", "本人の同意の記録がないか、この相手や内容を含んでいません。いつ、どのように同意を確かめたかを入力してください。"});
}

void check_basis(const ProvisionDecision& d, const ProvisionAt& at, std::vector<FieldError>& faults) {
  if (at.basis == nullptr) {
    faults.push_back({"basis", "根拠の条文を選んでください。"});
    return;
  }
  if (std::string why = why_not_to(*at.basis, at.recipient); !why.empty()) faults.push_back({"basis", std::move(why)});
  if (at.basis->needs_consent) check_consent(d, at, faults);
  if (!at.basis->harm_check) return;
  if (!d.harm_checked)
    faults.push_back({"harm_checked", "本人または第三者の権利利益を不当に侵害するおそれがないことを確かめてください。おそれがあるときは認められません。"});
  if (blank(d.harm_reason)) faults.push_back({"harm_reason", "おそれがないと考えた理由を入力してください。"});
}

void check_grant(const ProvisionDecision& d, const ProvisionAt& at, std::vector<FieldError>& faults) {
  check_basis(d, at, faults);
  if (blank(d.items)) faults.push_back({"items", "提供する項目を入力してください。"});
  if (!d.until) faults.push_back({"until", "いつまで提供するかを入力してください。"});
  else if (*d.until < d.from || *d.until < at.today) faults.push_back({"until", "終わりの日が過ぎています。"});
  if (at.to_agency && !at.linked) faults.push_back({"household", "どの世帯のことかを、先に結びつけてください。"});
  if (at.to_agency && d.topics.empty()) faults.push_back({"topics", "見せる内容を選んでください。"});
  if (!at.to_agency && !d.topics.empty()) faults.push_back({"topics", "名簿にない部署には画面で見せられません。紙で渡した項目を書いてください。"});
}

}  // namespace

const char* code_of(ProvisionState state) {
  switch (state) {
    case ProvisionState::asked: return "asked";
    case ProvisionState::granted: return "granted";
    case ProvisionState::refused: return "refused";
    case ProvisionState::withdrawn: return "withdrawn";
  }
  return "";
}

const char* label_of(ProvisionState state) {
  switch (state) {
    case ProvisionState::asked: return "回答待ち";
    case ProvisionState::granted: return "認めた";
    case ProvisionState::refused: return "認めない";
    case ProvisionState::withdrawn: return "取下げ";
  }
  return "";
}

ProvisionState provision_state(std::string_view code) {
  const auto* found = std::ranges::find_if(kStates, [&](ProvisionState s) { return code == code_of(s); });
  return found == std::end(kStates) ? ProvisionState::withdrawn : *found;
}

const programme::Statute* provision_basis(const programme::Municipality& m, std::string_view agency, std::string_view key, Date on) {
  for (const programme::Statute* s : programme::statutes_for(m, programme::Allows::provision, programme::holder_kind(m, agency), on))
    if (s->key == key) return s;
  return nullptr;
}

std::string why_not_to(const programme::Statute& basis, std::optional<programme::RecipientKind> recipient) {
  if (programme::gives_to(basis, recipient)) return {};
  std::string whom;
  for (const programme::RecipientKind kind : basis.recipients) whom += (whom.empty() ? "" : "、または") + std::string(programme::label_of(kind));
  return basis.article + "は、" + whom + "に渡すときだけの根拠です。ほかの根拠を選んでください。";
}

std::vector<FieldError> faults_of(const NewProvision& what) {
  std::vector<FieldError> faults;
  if (!blank(what.outside) && !what.outside_kind) faults.push_back({"outside_kind", "どんな部署や団体かを選んでください。"});
  if (blank(what.about)) faults.push_back({"about", "だれのことかを入力してください。"});
  if (blank(what.items)) faults.push_back({"items", "知りたい項目を入力してください。"});
  if (blank(what.reason_class)) faults.push_back({"reason_class", "理由の区分を選んでください。"});
  if (blank(what.reason)) faults.push_back({"reason", "必要な理由を入力してください。"});
  if (what.until < what.from) faults.push_back({"until", "終わりの日が、始まりの日より前です。"});
  return faults;
}

std::vector<FieldError> faults_of(const ProvisionDecision& d, const ProvisionAt& at) {
  std::vector<FieldError> faults;
  if (d.grant) check_grant(d, at, faults);
  else if (blank(d.answer)) faults.push_back({"answer", "認めない理由を入力してください。"});
  return faults;
}

bool decides_for(const access::Viewer& viewer, AgencyId holder) {
  const Roles deciders = access::roles_for(SubjectKind::provision, access::Act::decide);
  return std::ranges::any_of(viewer.posts, [&](const access::Post& p) { return p.agency == holder && deciders.has(p.role); });
}

std::string provision_number(std::string_view prefix, FiscalYear year, std::int64_t serial) {
  return std::string(prefix) + std::to_string(year_of_era(year)) + "-" + std::to_string(serial);
}

}  // namespace kasane::consent
