// The words of municipality_words.hpp with their Japanese labels, one table per list.
#include "programme/municipality_words.hpp"

#include <array>
#include <string>

namespace kasane::programme {
namespace {

template <class E>
struct Word {
  E value;
  std::string_view word;
  std::string_view label;
};

// One overload per list; the argument only chooses it.
constexpr auto words(EstablishmentForm) {
  using E = EstablishmentForm;
  return std::to_array<Word<E>>({{E::basic, "basic", "基本型"},
                                 {E::integrated, "integrated", "統合型"},
                                 {E::community_based, "community_based", "地域型"}});
}
constexpr auto words(OperationForm) {
  using E = OperationForm;
  return std::to_array<Word<E>>({{E::direct, "direct", "直営"},
                                 {E::contracted, "contracted", "委託"},
                                 {E::partly_contracted, "partly_contracted", "一部委託"},
                                 {E::subsidised, "subsidised", "補助"},
                                 {E::indirect_subsidy, "indirect_subsidy", "間接補助"},
                                 {E::designated_manager, "designated_manager", "指定管理"}});
}
constexpr auto words(AgencyKind) {
  using E = AgencyKind;
  return std::to_array<Word<E>>({{E::cgsc, "cgsc", "地域包括支援センター"},
                                 {E::disability, "disability", "障がい者の相談"},
                                 {E::child, "child", "子ども・子育ての相談"},
                                 {E::self_reliance, "self_reliance", "自立相談支援"},
                                 {E::swc, "swc", "社会福祉協議会"},
                                 {E::city_section, "city_section", "市の課・窓口"},
                                 {E::school_board, "school_board", "教育委員会"},
                                 {E::prefecture, "prefecture", "県の機関"},
                                 {E::medical, "medical", "医療"},
                                 {E::community_centre, "community_centre", "地域活動支援センター"},
                                 {E::child_base, "child_base", "子育て支援拠点"},
                                 {E::general_support, "general_support", "総合の支援センター"},
                                 {E::participation_partner, "participation_partner", "参加支援の連携先"},
                                 {E::commissioners, "commissioners", "民生委員・児童委員"},
                                 {E::other, "other", "その他"}});
}
constexpr auto words(TargetGroup) {
  using E = TargetGroup;
  return std::to_array<Word<E>>(
      {{E::all, "all", "すべて"}, {E::adult, "adult", "おとな"}, {E::child, "child", "子ども"}});
}
constexpr auto words(AgencyStatus) {
  using E = AgencyStatus;
  return std::to_array<Word<E>>({{E::active, "active", "開設中"}, {E::dormant, "dormant", "休止中"}});
}
constexpr auto words(AreaKind) {
  using E = AreaKind;
  return std::to_array<Word<E>>({{E::whole_city, "whole_city", "市内全域"},
                                 {E::living_area, "living_area", "日常生活圏域"},
                                 {E::jhs_district, "jhs_district", "中学校区"},
                                 {E::school_district, "school_district", "学区"},
                                 {E::district, "district", "地区"},
                                 {E::region, "region", "地域"}});
}
constexpr auto words(BodyFunction) {
  using E = BodyFunction;
  return std::to_array<Word<E>>({{E::support_conference_106_6, "support_conference_106_6", "支援会議（法第106条の6）"},
                                 {E::plan_decision, "plan_decision", "プランの適切性を見る会議"},
                                 {E::review, "review", "ケースの共有と課題抽出"},
                                 {E::plenary, "plenary", "全体の会議"},
                                 {E::promotion, "promotion", "事業の進捗と評価"},
                                 {E::liaison, "liaison", "連携・情報共有"},
                                 {E::working_group, "working_group", "ワーキング"},
                                 {E::training, "training", "研修・勉強"},
                                 {E::platform, "platform", "プラットフォーム"},
                                 {E::theme, "theme", "テーマ別の会議"},
                                 {E::information_source, "information_source", "情報を得る既存の会議"},
                                 {E::sector_oversight, "sector_oversight", "分野の運営を見る会議"},
                                 {E::umbrella, "umbrella", "会議をまとめる会議体"},
                                 {E::other_law, "other_law", "他の法律に基づく会議"}});
}
constexpr auto words(CycleKind) {
  using E = CycleKind;
  return std::to_array<Word<E>>({{E::unstated, "unstated", "計画に記載なし"},
                                 {E::on_demand, "on_demand", "必要なとき"},
                                 {E::regular, "regular", "定例"},
                                 {E::monthly, "monthly", "月1回"},
                                 {E::quarterly, "quarterly", "3か月に1回"},
                                 {E::times_per_year, "times_per_year", "年に数回"}});
}
constexpr auto words(ConsentRule) {
  using E = ConsentRule;
  return std::to_array<Word<E>>({{E::unstated, "unstated", "計画に記載なし"},
                                 {E::required, "required", "本人の同意が必要"},
                                 {E::not_required, "not_required", "本人の同意がなくても可能"}});
}
constexpr auto words(RequiredParty) {
  using E = RequiredParty;
  return std::to_array<Word<E>>(
      {{E::city, "city", "市"}, {E::collaboration_operator, "collaboration_operator", "多機関協働事業者"}});
}
constexpr auto words(AgendaAct) {
  using E = AgendaAct;
  return std::to_array<Word<E>>({{E::plan_adequacy, "plan_adequacy", "プランの適切性"},
                                 {E::plan_sharing, "plan_sharing", "プランの共有"},
                                 {E::plan_review, "plan_review", "プランの見直し"},
                                 {E::closure_evaluation, "closure_evaluation", "終結時等の評価"},
                                 {E::role_division, "role_division", "役割分担"},
                                 {E::direction, "direction", "支援の方向性"},
                                 {E::case_sharing, "case_sharing", "事例の情報共有"},
                                 {E::watch_and_policy, "watch_and_policy", "見守りと支援方針の理解"},
                                 {E::emergency, "emergency", "緊急の事案"},
                                 {E::early_detection, "early_detection", "早期把握とつなぎ"},
                                 {E::support_system, "support_system", "支援体制の検討"},
                                 {E::connection, "connection", "多機関協働への接続"},
                                 {E::below_threshold, "below_threshold", "接続の必要性が低い事例"},
                                 {E::resources, "resources", "社会資源の把握と開発"},
                                 {E::common_issues, "common_issues", "共通の課題"},
                                 {E::programme_progress, "programme_progress", "事業の進捗"},
                                 {E::programme_evaluation, "programme_evaluation", "事業の評価"},
                                 {E::exchange, "exchange", "情報交換"},
                                 {E::learning, "learning", "研修・勉強"},
                                 {E::other, "other", "その他"}});
}
constexpr auto words(Judge) {
  using E = Judge;
  return std::to_array<Word<E>>({{E::unstated, "unstated", "計画に記載なし"},
                                 {E::source_post, "source_post", "つなぐ側の推進員"},
                                 {E::receiver, "receiver", "受ける側"},
                                 {E::meeting, "meeting", "会議"}});
}
constexpr auto words(PlanAuthor) {
  using E = PlanAuthor;
  return std::to_array<Word<E>>(
      {{E::unstated, "unstated", "計画に記載なし"},
       {E::single_author, "single_author", "多機関協働事業者が一つのプランを作る"},
       {E::each_contractor_bundle, "each_contractor_bundle", "事業者ごとのプランを合わせて見る"},
       {E::collaboration_drafts, "collaboration_drafts", "多機関協働事業がプラン案を作る"}});
}
constexpr auto words(PreDecisionStart) {
  using E = PreDecisionStart;
  return std::to_array<Word<E>>({{E::unstated, "unstated", "計画に記載なし"},
                                 {E::by_implication, "by_implication", "決定の後を基本とする"},
                                 {E::allowed, "allowed", "決定前から始めることができる"}});
}
constexpr auto words(MeasureKind) {
  using E = MeasureKind;
  return std::to_array<Word<E>>({{E::flow, "flow", "期間の件数"},
                                 {E::stock, "stock", "時点の数"},
                                 {E::unique, "unique", "実人数"},
                                 {E::cumulative, "cumulative", "延べ"},
                                 {E::text, "text", "文章の目標"}});
}
constexpr auto words(Counter) {
  using E = Counter;
  return std::to_array<Word<E>>({{E::manual, "manual", "手で入れる"},
                                 {E::new_consultations, "new_consultations", "新規相談受付"},
                                 {E::plans_decided, "plans_decided", "支援プランの策定"},
                                 {E::plan_meetings, "plan_meetings", "重層的支援会議の開催"},
                                 {E::support_conferences, "support_conferences", "支援会議の開催"},
                                 {E::outreach_found, "outreach_found", "支援対象者の把握"},
                                 {E::outreach_plans, "outreach_plans", "アウトリーチプラン"},
                                 {E::participation_plans, "participation_plans", "参加支援プラン"},
                                 {E::outreach_visits, "outreach_visits", "家庭訪問等"},
                                 {E::trainings, "trainings", "研修会"},
                                 {E::information_meetings, "information_meetings", "情報共有会議"},
                                 {E::community_resources, "community_resources", "社会資源・支援メニュー"}});
}
constexpr auto words(PlanStatus) {
  using E = PlanStatus;
  return std::to_array<Word<E>>(
      {{E::unstated, "unstated", "計画に記載なし"}, {E::draft, "draft", "案"}, {E::adopted, "adopted", "策定"}});
}
constexpr auto words(Subitem) {
  using E = Subitem;
  return std::to_array<Word<E>>(
      {{E::i, "イ", "イ"}, {E::ro, "ロ", "ロ"}, {E::ha, "ハ", "ハ"}, {E::ni, "ニ", "ニ"}, {E::ho, "ホ", "ホ"}});
}
constexpr auto words(Role) {
  using E = Role;
  return std::to_array<Word<E>>({{E::window_counsellor, "window_counsellor", "窓口相談員"},
                                 {E::coordinator, "coordinator", "推進員"},
                                 {E::field_worker, "field_worker", "支援員"},
                                 {E::city_officer, "city_officer", "市の担当"},
                                 {E::head, "head", "所属長"},
                                 {E::secretary, "secretary", "会議事務局"},
                                 {E::meeting_member, "meeting_member", "会議の構成員"},
                                 {E::commissioner, "commissioner", "民生委員・児童委員"},
                                 {E::administrator, "administrator", "設定の管理者"},
                                 {E::auditor, "auditor", "監査の担当"}});
}

template <class E>
const Word<E>* find(E value) {
  static constexpr auto kWords = words(E{});
  for (const auto& w : kWords)
    if (w.value == value) return &w;
  return nullptr;
}

}  // namespace

template <class E>
std::string_view word_of(E value) {
  const auto* found = find(value);
  return found == nullptr ? std::string_view() : found->word;
}

template <class E>
std::string_view label_of(E value) {
  const auto* found = find(value);
  return found == nullptr ? std::string_view() : found->label;
}

template <class E>
std::optional<E> parse_word(std::string_view word) {
  static constexpr auto kWords = words(E{});
  for (const auto& w : kWords)
    if (w.word == word) return w.value;
  return std::nullopt;
}

template <class E>
std::string_view words_of() {
  static const std::string kAll = [] {
    std::string all;
    for (const auto& w : words(E{})) {
      if (!all.empty()) all += " | ";
      all += w.word;
    }
    return all;
  }();
  return kAll;
}

#define KASANE_WORDS(E)                                      \
  template std::string_view word_of<E>(E);                   \
  template std::string_view label_of<E>(E);                  \
  template std::optional<E> parse_word<E>(std::string_view); \
  template std::string_view words_of<E>();
KASANE_WORDS(EstablishmentForm)
KASANE_WORDS(OperationForm)
KASANE_WORDS(AgencyKind)
KASANE_WORDS(TargetGroup)
KASANE_WORDS(AgencyStatus)
KASANE_WORDS(AreaKind)
KASANE_WORDS(BodyFunction)
KASANE_WORDS(CycleKind)
KASANE_WORDS(ConsentRule)
KASANE_WORDS(RequiredParty)
KASANE_WORDS(AgendaAct)
KASANE_WORDS(Judge)
KASANE_WORDS(PlanAuthor)
KASANE_WORDS(PreDecisionStart)
KASANE_WORDS(MeasureKind)
KASANE_WORDS(Counter)
KASANE_WORDS(PlanStatus)
KASANE_WORDS(Subitem)
KASANE_WORDS(Role)
#undef KASANE_WORDS

}  // namespace kasane::programme
