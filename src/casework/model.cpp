#include "casework/model.hpp"

namespace kasane::casework {

std::string_view code_of(CaseState state) {
  switch (state) {
    case CaseState::before_consent: return "before_consent";
    case CaseState::preparing: return "preparing";
    case CaseState::active: return "active";
    case CaseState::watching: return "watching";
    case CaseState::closed: return "closed";
  }
  return "";
}

std::string_view code_of(InvolvementRole role) {
  switch (role) {
    case InvolvementRole::originating: return "originating";
    case InvolvementRole::coordinating: return "coordinating";
    case InvolvementRole::member: return "member";
    case InvolvementRole::watching: return "watching";
    case InvolvementRole::main_contact: return "main_contact";
  }
  return "";
}

std::string_view code_of(PartKind kind) {
  switch (kind) {
    case PartKind::unsorted: return "unsorted";
    case PartKind::fact_observed: return "fact_observed";
    case PartKind::said_by_person: return "said_by_person";
    case PartKind::heard_from: return "heard_from";
    case PartKind::assessment: return "assessment";
    case PartKind::plan: return "plan";
  }
  return "";
}

std::string_view code_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::confirmed: return "confirmed";
    case Certainty::suspected: return "suspected";
  }
  return "";
}

std::string_view code_of(Treatment treatment) {
  switch (treatment) {
    case Treatment::unsaid: return "";
    case Treatment::in_treatment: return "in_treatment";
    case Treatment::untreated: return "untreated";
    case Treatment::stopped: return "stopped";
    case Treatment::unknown: return "unknown";
  }
  return "";
}

std::string_view label_of(CaseState state) {
  switch (state) {
    case CaseState::before_consent: return "同意前";
    case CaseState::preparing: return "準備中";
    case CaseState::active: return "支援中";
    case CaseState::watching: return "伴走・見守り";
    case CaseState::closed: return "終結";
  }
  return "";
}

std::string_view label_of(InvolvementRole role) {
  switch (role) {
    case InvolvementRole::originating: return "つなぎ元";
    case InvolvementRole::coordinating: return "調整役";
    case InvolvementRole::member: return "支援機関";
    case InvolvementRole::watching: return "見守り";
    case InvolvementRole::main_contact: return "主な連絡先";
  }
  return "";
}

std::string_view label_of(PartKind kind) {
  switch (kind) {
    case PartKind::unsorted: return "未分類";
    case PartKind::fact_observed: return "事実";
    case PartKind::said_by_person: return "本人の話";
    case PartKind::heard_from: return "第三者の話";
    case PartKind::assessment: return "見立て";
    case PartKind::plan: return "予定";
  }
  return "";
}

std::string_view label_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::confirmed: return "確認";
    case Certainty::suspected: return "疑い";
  }
  return "";
}

std::string_view label_of(Treatment treatment) {
  switch (treatment) {
    case Treatment::unsaid: return "";
    case Treatment::in_treatment: return "受診中";
    case Treatment::untreated: return "未受診";
    case Treatment::stopped: return "受診が途切れている";
    case Treatment::unknown: return "不明";
  }
  return "";
}

namespace {

template <class E, std::size_t N>
std::optional<E> find_code(const E (&all)[N], std::string_view code) {
  for (E e : all)
    if (code_of(e) == code) return e;
  return std::nullopt;
}

}  // namespace

template <>
std::optional<CaseState> parse_code<CaseState>(std::string_view code) { return find_code(kCaseStates, code); }
template <>
std::optional<InvolvementRole> parse_code<InvolvementRole>(std::string_view code) { return find_code(kInvolvementRoles, code); }
template <>
std::optional<PartKind> parse_code<PartKind>(std::string_view code) { return find_code(kPartKinds, code); }
template <>
std::optional<Certainty> parse_code<Certainty>(std::string_view code) { return find_code(kCertainties, code); }
template <>
std::optional<Treatment> parse_code<Treatment>(std::string_view code) { return find_code(kTreatments, code); }

}  // namespace kasane::casework
