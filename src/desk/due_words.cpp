#include "desk/due_words.hpp"

#include <algorithm>
#include <iterator>

namespace kasane::desk {

namespace {

constexpr int kSoonDays = 7;  // until then days are counted, later ones are named

/// `key` is the word of the city that stands before the text; "" none.
struct Words {
  std::string_view kind;
  std::string_view key;
  std::string_view fallback;
  std::string_view text;
};

constexpr Words kWords[] = {
    {"notice.look", "notice", "気づき", "を確かめる"},
    {"intake.judge", "intake", "相談受付", "の判断をする"},
    {"intake.contact", "", "", "相談した人に連絡をとる"},
    {"record.next", "", "", "予定した連絡・訪問をする"},
    {"referral.reply", "referral", "つなぎ", "に返事をする"},
    {"referral.judge", "referral", "つなぎ", "が要るかを判断する"},
    {"referral.answered", "referral", "つなぎ", "の返事を読む"},
    {"referral.watch", "referral", "つなぎ", "のその後を確かめる"},
    {"case.owner", "", "", "担当する機関を決める"},
    {"case.contact", "", "", "連絡をとる"},
    {"plan.review", "plan", "支援プラン", "を見直す"},
    {"plan.sitting", "decision", "支援決定", "の前の会議を待つ"},
    {"plan.decide", "decision", "支援決定", "をする"},
    {"early.ratify", "early_start", "決定前開始", "を会議にはかる"},
    {"task.due", "", "", "分担したことをする"},
    {"progress.reply", "", "", "進み具合を答える"},
    {"consent.seek", "consent", "情報共有同意", "をたずねる"},
    {"session.prepare", "", "", "会議の準備をする"},
    {"session.absent", "", "", "欠席した会議の資料を読む"},
    {"poll.answer", "", "", "会議の日程に答える"},
    {"item.sheet", "", "", "会議の準備シートを書く"},
    {"item.result", "", "", "会議で決めたことを行う"},
    {"item.look", "", "", "つながなかった世帯をもう一度見る"},
    {"consent.renew", "consent", "情報共有同意", "の期限を確かめる"},
    {"cooperation.reply", "", "", "協力依頼に返事をする"},
    {"cooperation.read", "", "", "協力依頼の返事を読む"},
    {"provision.answer", "", "", "目的外利用・提供の協議に答える"},
    {"provision.read", "", "", "目的外利用・提供の協議の答えを読む"},
    {"protection.renew", "", "", "保護の期限・見直しを確かめる"},
    {"protection.alarm", "", "", "保護の相手方の動きを確かめる"},
    {"conflict.told", "", "", "親族・知人の申出を確かめる"},
    {"guest.answered", "", "", "招いた人の答えを読む"},
    {"emergency.review", "", "", "緊急の閲覧を確かめる"},
    {"advice.reply", "supporter_support", "支援者支援", "の相談に答える"},
    {"advice.answered", "supporter_support", "支援者支援", "の答えを読む"},
    {"disclosure.propose", "", "", "開示請求を仕分けて案を出す"},
    {"disclosure.approve", "", "", "開示請求の案を承認する"},
    {"disposal.approve", "", "", "廃棄の一覧を承認する"},
    {"common_issue.look", "", "", "共通の課題を見直す"},
};

}  // namespace

std::string due_words(const programme::Municipality& m, std::string_view kind) {
  const auto* found = std::ranges::find(kWords, kind, &Words::kind);
  if (found == std::end(kWords)) return "確かめること";
  if (found->key.empty()) return std::string(found->text);
  return m.wording(found->key, found->fallback) + std::string(found->text);
}

std::vector<std::string_view> due_kinds() {
  std::vector<std::string_view> kinds;
  for (const Words& w : kWords) kinds.push_back(w.kind);
  return kinds;
}

std::string record_words(const programme::Municipality& m, SubjectKind kind) {
  switch (kind) {
    case SubjectKind::notice: return m.wording("notice", "気づき");
    case SubjectKind::intake: return m.wording("intake", "相談受付");
    case SubjectKind::referral: return m.wording("referral", "つなぎ");
    case SubjectKind::advice: return m.wording("supporter_support", "支援者支援") + "の相談";
    case SubjectKind::meeting_session:
    case SubjectKind::agenda_item: return "会議";
    case SubjectKind::disclosure: return "開示請求";
    case SubjectKind::disposal: return "廃棄の一覧";
    case SubjectKind::guest_link: return "招いた人";
    case SubjectKind::emergency_access: return "緊急の閲覧";
    case SubjectKind::protective_measure: return "保護";
    case SubjectKind::conflict: return "親族・知人の申出";
    case SubjectKind::cooperation_request: return "協力依頼";
    case SubjectKind::provision: return "目的外利用・提供の協議";
    case SubjectKind::statistic: return "共通の課題";
    case SubjectKind::household:
    case SubjectKind::support_case:
    case SubjectKind::support_record:
    case SubjectKind::plan:
    case SubjectKind::task:
    case SubjectKind::person:
    case SubjectKind::involvement:
    case SubjectKind::issue:
    case SubjectKind::consent:
    case SubjectKind::ground_request:
    case SubjectKind::assessment:
    case SubjectKind::decision:
    case SubjectKind::evaluation:
    case SubjectKind::closure:
    case SubjectKind::membership:
    case SubjectKind::account:
    case SubjectKind::agency:
    case SubjectKind::post:
    case SubjectKind::settings:
    case SubjectKind::audit:
    case SubjectKind::own_view:
    case SubjectKind::legal_hold:
    case SubjectKind::meeting_note: return {};
  }
  return {};
}

std::string page_of(SubjectRef subject) {
  const std::string id = id_text(subject.id);
  switch (subject.kind) {
    case SubjectKind::household: return "/households/" + id;
    case SubjectKind::notice: return "/notices/" + id;
    case SubjectKind::intake: return "/intakes/" + id;
    case SubjectKind::referral: return "/referrals/" + id;
    case SubjectKind::support_case: return "/cases/" + id;
    case SubjectKind::support_record: return "/records/" + id;
    case SubjectKind::plan: return "/plans/" + id;
    case SubjectKind::meeting_session: return "/meetings/" + id;
    case SubjectKind::agenda_item: return "/items/" + id;
    case SubjectKind::advice: return "/advice/" + id;
    case SubjectKind::disclosure: return "/disclosures/" + id;
    case SubjectKind::disposal: return "/disposals/" + id;
    case SubjectKind::task: return "/tasks/" + id + "/done";
    case SubjectKind::emergency_access: return "/emergencies/" + id;
    case SubjectKind::guest_link: return "/guest-links/" + id;
    case SubjectKind::protective_measure: return "/protections/" + id;
    case SubjectKind::conflict: return "/conflicts/" + id;
    case SubjectKind::cooperation_request: return "/cooperations/" + id;
    case SubjectKind::provision: return "/provisions/" + id;
    case SubjectKind::statistic: return "/common-issues/" + id;  // what is waited for that is about nobody
    case SubjectKind::person:
    case SubjectKind::involvement:
    case SubjectKind::issue:
    case SubjectKind::consent:
    case SubjectKind::ground_request:
    case SubjectKind::assessment:
    case SubjectKind::decision:
    case SubjectKind::evaluation:
    case SubjectKind::closure:
    case SubjectKind::membership:
    case SubjectKind::account:
    case SubjectKind::agency:
    case SubjectKind::post:
    case SubjectKind::settings:
    case SubjectKind::audit:
    case SubjectKind::own_view:
    case SubjectKind::legal_hold:
    case SubjectKind::meeting_note:
      return {};
  }
  return {};
}

std::string day_words(Date due_on, Date today) {
  const int left = due_on.days() - today.days();
  if (left < 0) return "期限を" + std::to_string(-left) + "日過ぎています";
  if (left == 0) return "今日まで";
  if (left <= kSoonDays) return "あと" + std::to_string(left) + "日";
  return wareki_short(due_on) + "まで";
}

html::Html due_day(Date due_on, Date today) {
  const int left = due_on.days() - today.days();
  if (left > kSoonDays) return html::text(wareki_short(due_on));
  const html::Tone tone = left < 0 ? html::Tone::danger : left == 0 ? html::Tone::warning : html::Tone::neutral;
  return html::group({wareki_short(due_on), " ", html::chip(tone, day_words(due_on, today))});
}

}  // namespace kasane::desk
