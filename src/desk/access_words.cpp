#include "desk/access_words.hpp"

#include "programme/statutes.hpp"

namespace kasane::desk {

using access::GroundKind;
using access::Topic;

std::string_view label_of(GroundKind ground) {
  switch (ground) {
    case GroundKind::consent: return "本人の情報共有同意";
    case GroundKind::transfer_consent: return "つなぐことへの本人の口頭の同意";
    case GroundKind::statutory_conference: return "支援会議（社会福祉法106条の6）";
    case GroundKind::legal_duty: return "法令にもとづく通告・通報など";
    case GroundKind::danger: return "生命・身体・財産の危険";
    case GroundKind::own_report: return "あて先として受け取った知らせ";
    case GroundKind::decision_duty: return "支援決定を行う役割";
    case GroundKind::contract: return "事業の委託の範囲（個人情報保護法27条と契約）";
    case GroundKind::dormant_access: return "終結のときに決めた期限までの閲覧";
    case GroundKind::appointment: return "この議題への委嘱";
    case GroundKind::other_law_meeting: return "ほかの法律にもとづく会議";
    case GroundKind::provision: return "目的外利用・提供の承認（個人情報保護法69条）";
    case GroundKind::emergency: return "緊急の閲覧";
    case GroundKind::cooperation: return "協力依頼（社会福祉法106条の6第3項）";
    case GroundKind::guest: return "この議題への招待";
  }
  return {};
}

std::string_view statute_key_of(GroundKind ground) {
  switch (ground) {
    case GroundKind::consent:
    case GroundKind::transfer_consent: return programme::kConsent;
    case GroundKind::statutory_conference: return programme::kSupportConference;
    case GroundKind::decision_duty: return programme::kPlanDecision;
    case GroundKind::contract: return programme::kContract;
    case GroundKind::cooperation: return programme::kCooperation;
    case GroundKind::danger:     // written down with each ground: it depends on who holds the record
    case GroundKind::emergency:
    case GroundKind::legal_duty:
    case GroundKind::own_report:
    case GroundKind::dormant_access:
    case GroundKind::appointment:
    case GroundKind::other_law_meeting:
    case GroundKind::provision:
    case GroundKind::guest: return {};
  }
  return {};
}

std::string topics_text(access::Topics topics) {
  struct Word {
    Topic topic;
    std::string_view label;
  };
  static constexpr Word kWords[] = {
      {Topic::basic, "氏名・年齢・続柄"}, {Topic::contact, "住所・連絡先"}, {Topic::health, "健康・障がい・介護"}, {Topic::economy, "収入・債務"},
      {Topic::work, "仕事・学校"},        {Topic::family, "家族の関係"},    {Topic::child, "子育て・子どもの声"},  {Topic::abuse, "虐待・暴力"},
      {Topic::safety, "訪問時の注意"},    {Topic::housing, "住まい"},       {Topic::tax, "税・料金"},              {Topic::reporter, "知らせた人"},
      {Topic::participation, "参加支援"}, {Topic::plan, "プラン"},          {Topic::record, "支援記録"},           {Topic::meeting, "会議の議題"}};
  std::string out;
  for (const Word& word : kWords) {
    if (!topics.has_all(word.topic)) continue;
    if (!out.empty()) out += "、";
    out += word.label;
  }
  return out;
}

std::string_view label_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::household: return "世帯";
    case SubjectKind::person: return "人";
    case SubjectKind::notice: return "気づき";
    case SubjectKind::intake: return "相談受付";
    case SubjectKind::referral: return "つなぎ";
    case SubjectKind::support_case: return "ケース";
    case SubjectKind::involvement: return "機関の関わり";
    case SubjectKind::support_record: return "支援記録";
    case SubjectKind::issue: return "困りごと";
    case SubjectKind::consent: return "申込み・同意";
    case SubjectKind::ground_request: return "支援会議への依頼";
    case SubjectKind::assessment: return "アセスメント";
    case SubjectKind::plan: return "プラン";
    case SubjectKind::decision: return "支援決定";
    case SubjectKind::meeting_session: return "会議";
    case SubjectKind::agenda_item: return "議題";
    case SubjectKind::advice: return "助言";
    case SubjectKind::task: return "役割分担の作業";
    case SubjectKind::evaluation: return "評価";
    case SubjectKind::closure: return "終結";
    case SubjectKind::membership: return "世帯の構成";
    case SubjectKind::account: return "利用者";
    case SubjectKind::agency: return "機関";
    case SubjectKind::post: return "担当";
    case SubjectKind::settings: return "設定";
    case SubjectKind::audit: return "閲覧の記録";
    case SubjectKind::statistic: return "集計";
    case SubjectKind::protective_measure: return "保護の措置";
    case SubjectKind::own_view: return "本人の声";
    case SubjectKind::cooperation_request: return "協力依頼";
    case SubjectKind::provision: return "目的外利用・提供の協議";
    case SubjectKind::disclosure: return "開示請求";
    case SubjectKind::disposal: return "廃棄";
    case SubjectKind::legal_hold: return "廃棄の保留";
    case SubjectKind::emergency_access: return "緊急の閲覧";
    case SubjectKind::guest_link: return "招待";
    case SubjectKind::conflict: return "親族・知人の届出";
    case SubjectKind::meeting_note: return "会議の書き込み";
  }
  return {};
}

}  // namespace kasane::desk
