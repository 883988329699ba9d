// The closed lists of words that a municipality's folder may use: forms of operation, kinds of agency, functions of
// meetings, rules. A city's own names are data; only these few words have a meaning that the program acts on.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/role.hpp"

namespace kasane::programme {

/// 設置形態 in the sense of the national plan items (基本型/統合型/地域型). Never to be mixed with OperationForm,
/// although some plans write both under the one heading 設置形態.
enum class EstablishmentForm : std::uint8_t { basic, integrated, community_based };

/// 運営形態. A plan may also call this 設置形態.
enum class OperationForm : std::uint8_t {
  direct,              // 直営
  contracted,          // 委託
  partly_contracted,   // 一部委託
  subsidised,          // 補助
  indirect_subsidy,    // 間接補助
  designated_manager,  // 指定管理
};

enum class AgencyKind : std::uint8_t {
  cgsc,                   // 地域包括支援センター
  disability,             // 障がい者の相談支援
  child,                  // 子ども・子育ての相談
  self_reliance,          // 生活困窮者の自立相談支援
  swc,                    // 社会福祉協議会
  city_section,           // 市の課・室・窓口
  school_board,           // 教育委員会
  prefecture,             // 県・保健所
  medical,                // 医療機関・医師会
  community_centre,       // 地域活動支援センター
  child_base,             // 地域子育て支援拠点
  general_support,        // 総合生活支援センター and other centres of many purposes
  participation_partner,  // 参加支援の連携先
  commissioners,          // 民生委員・児童委員
  other,
};

/// Whom an agency takes in, for routing (障害者/障害児).
enum class TargetGroup : std::uint8_t { all, adult, child };

enum class AgencyStatus : std::uint8_t { active, dormant /* 休止中 */ };

enum class AreaKind : std::uint8_t {
  whole_city,       // 市内全域
  living_area,      // 日常生活圏域
  jhs_district,     // 中学校区
  school_district,  // 学区
  district,         // 地区・旧村
  region,           // 旧町の地域
};

/// What a body does in law or for the programme; the name never tells it.
enum class BodyFunction : std::uint8_t {
  support_conference_106_6,  // 支援会議 of 社会福祉法106条の6
  plan_decision,             // 重層的支援会議: finds on plans
  review,                    // shares cases, draws common issues
  plenary,                   // system as a whole
  promotion,                 // progress and evaluation of the programme
  liaison,                   // 庁内連携
  working_group,
  training,
  platform,
  theme,               // one theme, e.g. ひきこもり
  information_source,  // an existing body from which hints come
  sector_oversight,    // 運営協議会 and the like
  umbrella,            // only holds other bodies together
  other_law,           // a body under another law, which may share a sitting
};

enum class CycleKind : std::uint8_t { unstated, on_demand, regular, monthly, quarterly, times_per_year };

enum class ConsentRule : std::uint8_t { unstated, required, not_required };

/// Parties without whom a body cannot be held.
enum class RequiredParty : std::uint8_t { city, collaboration_operator };

/// What an agenda item asks of the meeting.
enum class AgendaAct : std::uint8_t {
  plan_adequacy,       // プラン案の適切性
  plan_sharing,        // プランの共有
  plan_review,         // 見直し・再プラン
  closure_evaluation,  // 終結時等の評価
  role_division,       // 役割分担
  direction,           // 支援の方向性・支援方針
  case_sharing,        // 事例の情報共有
  watch_and_policy,    // 見守りと支援方針の理解
  emergency,           // 緊急性がある事案
  early_detection,     // 早期把握・つなぎ
  support_system,      // 支援体制の検討
  connection,          // 多機関協働につなぐか
  below_threshold,     // 接続の必要性が低い事例
  resources,           // 社会資源の充足状況と開発
  common_issues,       // 共通課題・地域課題
  programme_progress,  // 事業の進捗
  programme_evaluation,
  exchange,  // 情報交換・対話
  learning,  // 研修・勉強
  other,
};

/// Who judges whether a case is to be passed to 多機関協働.
enum class Judge : std::uint8_t { unstated, source_post, receiver, meeting };

enum class PlanAuthor : std::uint8_t {
  unstated,
  single_author,           // the 多機関協働 operator writes one plan that names outreach and participation
  each_contractor_bundle,  // each contractor writes its own; the meeting judges the bundle
  collaboration_drafts,    // the 多機関協働 service drafts, the meeting discusses and decides
};

/// May a service start before the 支援決定? Never blocked: the answer decides only what is asked for.
enum class PreDecisionStart : std::uint8_t { unstated, by_implication, allowed };

enum class MeasureKind : std::uint8_t { flow, stock, unique, cumulative, text };

/// What fills an indicator without typing. `manual`: nothing does.
enum class Counter : std::uint8_t {
  manual,
  new_consultations,     // 新規相談受付件数 of 多機関協働
  plans_decided,         // 支援プランの策定件数
  plan_meetings,         // 重層的支援会議の開催回数
  support_conferences,   // 支援会議の開催回数
  outreach_found,        // 地域からの情報等の支援対象者の把握件数
  outreach_plans,        // アウトリーチプラン
  participation_plans,   // 参加支援プラン
  outreach_visits,       // 家庭訪問等の回数
  trainings,             // 研修会
  information_meetings,  // 情報共有会議
  community_resources,   // 社会資源・支援メニュー
};

enum class PlanStatus : std::uint8_t { unstated, draft, adopted };

/// イロハニホ of 106条の4第2項1号・3号.
enum class Subitem : std::uint8_t { i = 1, ro, ha, ni, ho };

/// The word in the files, e.g. "partly_contracted".
template <class E>
std::string_view word_of(E value);
/// Nothing when the files' word is not one of the list.
template <class E>
std::optional<E> parse_word(std::string_view word);
/// All words of the list, parted by " | ", for messages.
template <class E>
std::string_view words_of();
/// Japanese, as shown: 直営, 委託, 基本型 …
template <class E>
std::string_view label_of(E value);

}  // namespace kasane::programme
