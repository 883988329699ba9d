// Everything a municipality decides for itself, read once from its folder and never changed while the program runs:
// names, agencies, areas, services, posts, meeting bodies, rules, wording, indicators, code tables. What the city's
// plan does not say stays empty and is shown as 計画に記載なし; nothing is invented for a real city.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/date.hpp"
#include "base/role.hpp"
#include "form/field.hpp"
#include "programme/municipality_words.hpp"

namespace kasane::programme {

/// Shown wherever the city's plan says nothing.
inline constexpr std::string_view kNotInPlan = "計画に記載なし";
/// Shown for a list of criteria that the city has not set.
inline constexpr std::string_view kNotSet = "未設定";

/// The text itself, or 計画に記載なし when it is blank.
std::string or_not_in_plan(std::string_view text);

// `source` is the place in the city's plan ("l.120": line 120 of the plan text); "national" or "" where it is not from
// the plan.

/// A sentence of the plan and where it stands.
struct Quote {
  std::string text;
  std::string source;
};

/// A code of the city with its wording. `code` is stored with records; `text` is the plan's own phrase.
struct CodedText {
  std::string code;
  std::string text;
  std::string source;
};

/// A city's own list as choices of a form field.
std::shared_ptr<const form::CodeTable> code_table_of(std::string key, const std::vector<CodedText>& list);

struct RelatedPlan {
  std::string title;
  std::string relation;  // 上位計画, 調和を図る計画 …
  std::optional<int> fy_first, fy_last;
  std::string source;
};

/// The city's 重層的支援体制整備事業実施計画 (or the paper that stands in for it).
struct ImplementationPlan {
  std::string title;
  std::string generation;  // 第2期
  PlanStatus status = PlanStatus::unstated;
  std::string published;                 // as printed, e.g. "2023-09"; may be empty
  std::optional<int> fy_first, fy_last;  // 西暦 of the fiscal year; text such as 令和12年度 is always made from these
  std::string legal_basis;
  std::string upper_goal;  // 基本目標 or 最終目標 as one sentence
  std::vector<CodedText> goals;
  std::vector<RelatedPlan> related;
  std::string source;
};

struct Service {
  std::string code;
  int statute_item = 0;  // 号 of 106条の4第2項, 1 to 6; 0: a related service outside the item list
  std::optional<Subitem> subitem;
  std::string sector;  // 高齢, 障害, 子ども, 困窮 as the plan writes it
  std::string name;
  std::string law;  // original law and funding line
  std::string scheme_type;  // a type inside that scheme: 利用者支援事業の「基本型」, 拠点の「連携型」. Not an
                            // EstablishmentForm.
  std::optional<bool> grant_eligible;  // 交付金対象; nothing: not stated
  std::optional<OperationForm> operation;
  std::string operation_text;  // as the plan writes it, where it is mixed: 委託（一部直営）
  std::optional<EstablishmentForm> establishment;
  std::optional<int> sites;                 // number of 設置箇所 that the plan states
  std::string sites_text;                   // 全5箇所（市内3箇所）
  std::string target;                       // 主な対象者
  std::vector<std::string> owner_sections;  // agency codes
  std::string headcount_text;
  std::vector<std::string> functions;  // 権利擁護, ピアカウンセリング … as tags
  std::optional<int> starts_fy;
  std::string source;
};

/// One line of a service's sites where the plan counts them by form (直営1, 補助11, 委託2 …).
struct ServiceSites {
  std::string service;
  int count = 0;
  std::optional<OperationForm> operation;
  std::string scheme_type;
  std::string text;
  std::string source;
};

struct StaffMinimum {
  std::string qualification;
  int count = 1;
};

struct Agency {
  std::string code;
  std::string name;
  AgencyKind kind = AgencyKind::other;
  std::string contractor;  // 受託法人 as written, e.g. （福）平和会
  std::optional<OperationForm> operation;
  std::optional<EstablishmentForm> establishment;
  TargetGroup target = TargetGroup::all;
  AgencyStatus status = AgencyStatus::active;
  std::string parent;  // agency code: main site of a satellite, section of a window
  bool satellite = false;
  std::optional<bool> in_city;  // false: a wide-area facility outside; nothing: not stated
  std::string address;
  std::string host_site;  // 山鹿クリニック内
  std::vector<std::string> services;
  std::string scheme_type;
  std::vector<StaffMinimum> staff_minimums;
  bool sensitive = false;  // that this agency is involved is a secret in itself (虐待相談, 女性の相談窓口)
  std::string note;
  std::string source;
};

struct AgencyAlias {
  std::string alias;
  std::string agency;
  std::string source;
};

struct Area {
  std::string code;
  std::string name;
  AreaKind kind = AreaKind::district;
  std::string parent;
  std::optional<Date> active_from;  // where the programme reached areas one after another
  std::string source;
};

struct Catchment {
  std::string agency;
  std::string area;
  std::string source;
};

/// A kind of post, not a person. Accounts are given posts.
struct PostKind {
  std::string code;
  Role role = Role::window_counsellor;
  std::string title;   // the city's own: 地域福祉ワーカー, 包括化支援員
  std::string agency;  // code; empty: any agency
  std::optional<int> headcount;
  std::string headcount_text;         // 4名（兼務）等
  std::optional<bool> concurrent;     // 兼務; nothing: not stated
  std::optional<int> tier;            // 第1層, 第2層
  std::vector<std::string> services;  // acts of this post count for these
  std::vector<std::string> qualifications;
  std::string note;
  std::string source;
};

/// Agencies that answer referrals from one list: whoever answers first stops the clock for all.
struct Inbox {
  std::string code;
  std::string name;
  std::vector<std::string> agencies;
  std::string source;
};

struct AgendaKind {
  std::string code;
  AgendaAct act = AgendaAct::other;
  std::string text;
  std::string source;
};

struct Cycle {
  CycleKind kind = CycleKind::unstated;
  std::optional<int> at_least, at_most;  // times a year, where the plan gives numbers
  std::string text;                      // as the plan writes it
  bool also_on_demand = false;           // 随時 beside the cycle
};

/// A meeting body. Function, consent and secrecy are what an agenda item takes over from it; the item itself decides.
struct Body {
  std::string code;
  std::string name;
  std::string full_name;
  BodyFunction function = BodyFunction::liaison;
  std::vector<std::string> hosts;  // agency codes
  std::string host_text;
  Cycle cycle;
  std::string purpose;
  std::vector<std::string> members;     // as written; agencies, sections, professions
  bool members_vary = false;            // called per case
  std::vector<RequiredParty> required;  // without them it cannot be held
  std::string required_text;
  ConsentRule consent = ConsentRule::unstated;
  std::string consent_text;
  std::string secrecy;                     // empty: not stated
  std::string legal_basis;                 // as the plan writes it
  std::string rule_document;               // 要綱
  std::string parent;                      // body code
  std::vector<std::string> joint_with;     // bodies that may share a sitting
  std::vector<CodedText> grounds;          // why an item may be treated before consent
  std::vector<CodedText> below_threshold;  // kinds of cases treated without connecting them
  std::vector<AgendaKind> agenda;
  std::string finding;  // the city's word for its finding on a plan: 確認, 適切性の協議 …
  std::string note;
  std::string source;

  const AgendaKind* agenda_kind(std::string_view code) const;
  bool takes_cases() const;  // 支援会議 or plan decision or review: items about households
};

/// Whom to ask along on a visit, by a trait that must never be readable from the suggestion itself.
struct VisitPartners {
  std::string code;
  std::string condition;
  std::vector<std::string> partners;  // agency codes, where the plan names one that has a record
  std::string partners_text;
  std::string source;
};

/// Days that the program waits; defaults of the product, set by the city as it likes. All in calendar days.
struct Deadlines {
  int notice_look_by = 3;
  int referral_reply = 7;
  int silence = 30;          // default cadence of contact of a case
  int ratify = 60;           // after a start before the decision
  int dormant_access = 365;  // reading after closure
  int unowned_case = 7;      // a case that nobody owns yet
  int ground_request = 180;  // a 106条の6 request that no sitting treats stays open to the hosts; then it is asked again
};

struct Rules {
  Judge judge = Judge::unstated;  // unstated: whoever receives the referral judges
  Quote judge_says;
  std::vector<std::string> collaboration_operators;  // 多機関協働事業者, agency codes
  std::vector<CodedText> referral_reasons;           // free reason is always possible beside them
  std::vector<CodedText> referral_criteria;          // empty: 未設定
  Quote referral_criteria_say;                       // why they are empty
  PlanAuthor plan_author = PlanAuthor::unstated;
  Quote plan_author_says;
  PreDecisionStart pre_decision_start = PreDecisionStart::unstated;
  Quote pre_decision_says;
  std::vector<CodedText> pre_decision_reasons;
  std::vector<std::string> decider_agencies;  // as far as the city names them; see Municipality::deciders
  Quote decider_says;
  std::vector<CodedText> evaluation_dimensions;
  bool evaluation_dimensions_on = false;
  bool count_named_services_as_plans = false;  // a single plan that names outreach counts as an アウトリーチプラン too
  bool closure_pressure = true;                // false: the program never reminds of closing a case
  bool one_staff_several_services = false;  // the same people hold several services: no handing over to oneself
  bool silent_to_informants = true;         // who gave a hint sees 受け止めました, no more
  std::vector<CodedText> case_categories;   // 狭間の事例 …
  std::vector<CodedText> priority_themes;
  std::vector<CodedText> participation_kinds;  // 就労支援, 見守り, 居住支援 …
  std::vector<CodedText> resource_partners;    // 想定される主な連携先
  std::vector<CodedText> warnings;             // shown to staff, e.g. about what the plan leaves open
  std::vector<VisitPartners> visit_partners;
  std::vector<Inbox> inboxes;
  Deadlines days;
};

struct IndicatorValue {
  std::optional<int> fy;
  std::optional<double> number;
  std::string text;
  bool blank() const { return !number && text.empty(); }
};

struct Indicator {
  std::string code;
  std::string requirement;  // id of the requirement that it answers, e.g. T-84
  std::string name;         // as written, even where name and unit disagree
  std::string service;      // service code; may be empty
  std::string unit;         // free text: 回/年, 件/年, 団体
  MeasureKind measure = MeasureKind::flow;
  Counter counter = Counter::manual;
  bool every_year = false;  // 毎年度の目標値
  IndicatorValue baseline, target;
  std::string goal;       // goal code of the plan or 基本施策 of the upper plan
  std::string from_plan;  // the plan that set it, where another
  std::string source;
};

/// A code table as loaded, with what the table alone does not carry.
struct CodeList {
  std::shared_ptr<const form::CodeTable> table;
  std::string title;
  std::string version_text;  // 2021-案
  std::string origin;
  bool provisional = false;                                // wording not checked against the national form
  std::map<std::string, std::string, std::less<>> groups;  // code -> group
  std::vector<std::string> city_codes;                     // codes that the city added
};

struct Municipality {
  std::string slug;       // name of the folder
  std::string name;       // 鶴岡市
  std::string city_code;  // 全国地方公共団体コード, six digits; may be empty
  std::string prefecture;
  std::string programme_name;            // as the city calls it
  std::string programme_statutory_name;  // 重層的支援体制整備事業
  std::string programme_short_name;
  std::vector<std::string> owner_sections;  // agency codes
  std::string source;
  ImplementationPlan plan;
  std::vector<Service> services;
  std::vector<ServiceSites> service_sites;
  std::vector<Agency> agencies;
  std::vector<AgencyAlias> aliases;
  std::vector<Area> areas;
  std::vector<Catchment> catchments;
  std::vector<PostKind> posts;
  std::vector<Body> bodies;
  std::vector<Indicator> indicators;
  Rules rules;
  std::map<std::string, CodeList, std::less<>> code_lists;
  std::map<std::string, std::string, std::less<>> words;

  // Look-ups give nullptr when there is none. Pointers live as long as the municipality.
  const Service* service(std::string_view code) const;
  const Agency* agency(std::string_view code) const;
  /// By name or alias, spaces and 全角/半角 spaces ignored.
  const Agency* agency_named(std::string_view name) const;
  const Area* area(std::string_view code) const;
  const Body* body(std::string_view code) const;
  const PostKind* post(std::string_view code) const;
  const Indicator* indicator(std::string_view code) const;
  /// The only body of this function, or the first of several; nullptr when the city has none.
  const Body* body_for(BodyFunction function) const;
  std::vector<const Body*> bodies_for(BodyFunction function) const;
  std::vector<const Service*> services_of_item(int statute_item) const;
  std::vector<const Agency*> agencies_of(AgencyKind kind) const;
  std::vector<const Agency*> agencies_of_service(std::string_view service) const;
  std::vector<const Agency*> satellites_of(std::string_view agency) const;
  std::vector<const PostKind*> posts_of(Role role) const;
  /// Sites of a service: the stated number, else the sum of its site lines, else nothing.
  std::optional<int> site_count(std::string_view service) const;
  std::vector<const Area*> areas_of(std::string_view agency) const;
  /// Agencies that serve this area (its own catchment, that of an area above it, or 市内全域) and take adults or
  /// children; dormant ones and those without a stated catchment are left out. `group` all: no filter.
  std::vector<const Agency*> agencies_for(std::string_view area, TargetGroup group) const;
  const Inbox* inbox_of(std::string_view agency) const;
  /// Part of the city itself (課, 直営の窓口): what "the city attends" means.
  bool is_city(std::string_view agency) const;
  bool is_collaboration_operator(std::string_view agency) const;
  /// May posts of this agency hold the body? One of its hosts; where the city as a whole is the host, an owner section;
  /// where the plan names no host, an owner section or a 多機関協働事業者.
  bool is_host(const Body& body, std::string_view agency) const;
  /// Agencies whose heads enter the 支援決定: those that the city names, else its owner sections.
  const std::vector<std::string>& deciders() const;
  /// nullptr: no table of that key.
  std::shared_ptr<const form::CodeTable> code_table(std::string_view key) const;
  /// The city's word, else the national word, else `fallback`.
  std::string wording(std::string_view key, std::string_view fallback) const;

  /// 令和8年度～令和12年度, or 計画に記載なし.
  std::string plan_period_text() const;
  /// True after the last day of the plan's last fiscal year; false where no period is stated.
  bool plan_ended(Date today) const;
  /// A sentence for administrators when the plan's period is over or it is still a draft; nothing otherwise.
  std::optional<std::string> plan_warning(Date today) const;
};

/// A fault of the folder, for the person who edits it. Japanese.
struct SettingsFault {
  std::string file;  // path as given to load_municipality, with the file's name
  int line = 0;      // from 1; 0: the file as a whole
  std::string what;
  std::string mend;
  std::string text() const;  // "municipalities/tsuruoka/agencies.csv 12行目: … → …"
};

/// Reads a municipality's folder. National code tables and default words come from `national`; where that is not
/// given, from the nearest folder municipalities/national, going up from `dir`.
/// Errors: every fault found, never only the first; a folder with a fault does not load.
tl::expected<Municipality, std::vector<SettingsFault>> load_municipality(const std::filesystem::path& dir);
tl::expected<Municipality, std::vector<SettingsFault>> load_municipality(const std::filesystem::path& dir,
                                                                         const std::filesystem::path& national);

}  // namespace kasane::programme
