#include "casework/notice_rules.hpp"

#include <algorithm>
#include <array>

namespace kasane::casework {

namespace {

/// The furthest day that a look may be put off to.
constexpr int kLongestLook = 92;

void add_once(std::vector<const programme::Agency*>& to, const programme::Agency* agency) {
  if (agency == nullptr || !may_own_notice(*agency) || agency->sensitive) return;
  if (std::find(to.begin(), to.end(), agency) == to.end()) to.push_back(agency);
}

}  // namespace

std::string_view code_of(NoticeState state) {
  switch (state) {
    case NoticeState::open: return "open";
    case NoticeState::looked: return "looked";
    case NoticeState::linked: return "linked";
    case NoticeState::ended: return "ended";
  }
  return {};
}

std::string_view code_of(LookResult result) {
  switch (result) {
    case LookResult::support: return "support";
    case LookResult::watch: return "watch";
    case LookResult::no_need: return "no_need";
    case LookResult::handed_over: return "handed_over";
  }
  return {};
}

template <>
std::optional<NoticeState> parse_code<NoticeState>(std::string_view code) {
  for (NoticeState s : {NoticeState::open, NoticeState::looked, NoticeState::linked, NoticeState::ended})
    if (code_of(s) == code) return s;
  return std::nullopt;
}

template <>
std::optional<LookResult> parse_code<LookResult>(std::string_view code) {
  for (LookResult r : kLookResults)
    if (code_of(r) == code) return r;
  return std::nullopt;
}

std::string_view label_of(NoticeState state) {
  switch (state) {
    case NoticeState::open: return "確認待ち";
    case NoticeState::looked: return "確認済み・支援へ";
    case NoticeState::linked: return "世帯に結びつけ済み";
    case NoticeState::ended: return "終わり";
  }
  return {};
}

std::string_view label_of(LookResult result) {
  switch (result) {
    case LookResult::support: return "支援が必要（相談受付・世帯へ）";
    case LookResult::watch: return "もう少し様子を見る（次の確認日を決める）";
    case LookResult::no_need: return "いまは心配なし";
    case LookResult::handed_over: return "別の機関に確認を頼む";
  }
  return {};
}

std::vector<const programme::Agency*> suggested_owners(const programme::Municipality& m, std::string_view area) {
  std::vector<const programme::Agency*> owners;
  if (!area.empty()) {
    const auto serving = m.agencies_for(area, programme::TargetGroup::all);
    for (const programme::Agency* a : serving)
      if (a->kind == programme::AgencyKind::cgsc && !a->satellite) add_once(owners, a);
  }
  for (const std::string& code : m.owner_sections) add_once(owners, m.agency(code));
  for (const std::string& code : m.rules.collaboration_operators) add_once(owners, m.agency(code));
  return owners;
}

bool may_own_notice(const programme::Agency& agency) {
  using programme::AgencyKind;
  if (agency.status != programme::AgencyStatus::active) return false;
  switch (agency.kind) {
    case AgencyKind::cgsc:
    case AgencyKind::disability:
    case AgencyKind::child:
    case AgencyKind::self_reliance:
    case AgencyKind::swc:
    case AgencyKind::city_section:
    case AgencyKind::school_board:
    case AgencyKind::general_support: return true;
    case AgencyKind::prefecture:
    case AgencyKind::medical:
    case AgencyKind::community_centre:
    case AgencyKind::child_base:
    case AgencyKind::participation_partner:
    case AgencyKind::commissioners:
    case AgencyKind::other: return false;
  }
  return false;
}

Date look_by(const programme::Deadlines& days, Date today, bool abuse_named) {
  return abuse_named ? today : today.plus_days(days.notice_look_by);
}

bool is_from_community(std::string_view source) {
  static constexpr std::array<std::string_view, 6> kCommunity = {"resident", "commissioner", "family", "self", "anonymous", "meeting"};
  return std::find(kCommunity.begin(), kCommunity.end(), source) != kCommunity.end();
}

bool may_look(NoticeState state) { return state == NoticeState::open || state == NoticeState::looked; }
bool may_link(NoticeState state) { return state == NoticeState::open || state == NoticeState::looked; }

std::vector<FieldError> faults_of(const NewNotice& notice, Date today) {
  std::vector<FieldError> faults;
  if (notice.text.empty()) faults.push_back({"text", "気づいたことを書いてください。"});
  if (today < notice.received_on) faults.push_back({"received_on", "受けた日が先の日付になっています。"});
  if (!notice.owner) faults.push_back({"owner", "確認する機関を選んでください。"});
  if (notice.look_by && *notice.look_by < today) faults.push_back({"look_by", "確認する期限は今日から後の日にしてください。"});
  if (notice.look_by && *notice.look_by > today.plus_days(kLongestLook)) faults.push_back({"look_by", "確認する期限が遠すぎます。3か月以内にしてください。"});
  return faults;
}

std::vector<FieldError> faults_of(const Look& look, Date received_on, AgencyId owner, Date today) {
  std::vector<FieldError> faults;
  if (today < look.on) faults.push_back({"looked_on", "確認した日が先の日付になっています。"});
  if (look.on < received_on) faults.push_back({"looked_on", "確認した日が、気づきを受けた日より前になっています。"});
  switch (look.result) {
    case LookResult::support: break;
    case LookResult::no_need:
      if (look.note.empty()) faults.push_back({"note", "心配なしと判断したわけを書いてください。"});
      break;
    case LookResult::watch:
      if (!look.look_again) faults.push_back({"look_again", "次に確認する日を入れてください。"});
      else if (*look.look_again <= today) faults.push_back({"look_again", "次に確認する日は明日から後の日にしてください。"});
      else if (*look.look_again > today.plus_days(kLongestLook)) faults.push_back({"look_again", "次に確認する日は3か月以内にしてください。"});
      break;
    case LookResult::handed_over:
      if (!look.new_owner) faults.push_back({"new_owner", "確認を頼む機関を選んでください。"});
      else if (*look.new_owner == owner) faults.push_back({"new_owner", "いま担当している機関です。別の機関を選んでください。"});
      break;
  }
  return faults;
}

}  // namespace kasane::casework
