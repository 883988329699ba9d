// Gatherings: planning, materials, who came (as numbers), the survey without names, what came of it. All who meet read
// them; coordinators, officers and field workers make them; the organiser and the city's officers change them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/gathering_model.hpp"
#include "meeting/gathering_store.hpp"

namespace kasane::meeting {

inline constexpr Roles kGatheringMakers{Role::coordinator, Role::city_officer, Role::field_worker};
/// Days after the gathering for which the survey stays open, unless it is closed before.
inline constexpr int kSurveyDays = 14;
/// No survey takes more answers than these.
inline constexpr std::int64_t kMostAnswers = 2000;

/// Errors: not_permitted; not_found (the issue); invalid.
Result<GatheringId> plan_gathering(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const GatheringText& in);
/// All below. Errors: not_found; not_permitted; stale; conflict (cancelled).
Result<> change_gathering(db::WriteTx& tx, access::Gate& gate, const Settings& city, GatheringId id, std::int64_t version, const GatheringText& in);
Result<> cancel_gathering(db::WriteTx& tx, access::Gate& gate, GatheringId id, std::int64_t version);
/// It was held, and so many came. May be said again. Act gathering.held(kind) the first time. invalid (people_n, held_on in the future).
Result<> hold_gathering(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id, std::int64_t version, const std::vector<AttendanceLine>& lines);
/// What came of it. invalid (outcome); conflict (not held).
Result<> conclude_gathering(db::WriteTx& tx, access::Gate& gate, const Settings& city, GatheringId id, std::int64_t version, const GatheringOutcome& in);
/// invalid (material_title, file: missing, too large, none of the kinds, too many).
Result<MaterialId> add_material(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id, const std::string& title, const std::string* bytes);
Result<> drop_material(db::WriteTx& tx, access::Gate& gate, GatheringId id, MaterialId material);
/// Makes a link, in the place of an earlier one; conflict when its results were told already. `key`: the city's key, from which the token follows; only its hash is kept.
Result<> open_survey(db::WriteTx& tx, access::Gate& gate, const Settings& city, const std::string& key, GatheringId id, std::int64_t version);
Result<> close_survey(db::WriteTx& tx, access::Gate& gate, GatheringId id, std::int64_t version);

struct GatheringView {
  Gathering gathering;
  std::vector<AttendanceLine> attendance;
  std::vector<Material> materials;
  SurveyResults survey;                 // once it is over
  bool survey_over = false;
  std::optional<CommonIssue> theme_issue, outcome_issue;
  bool may_change = false;
};
/// Errors: not_found (also without a meeting role).
Result<GatheringView> gathering_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, GatheringId id);
/// Of a fiscal year, newest first.
std::vector<Gathering> gatherings_of(db::ReadTx& tx, access::Gate& gate, FiscalYear year);
/// Errors: not_found.
Result<store::Content> material_of(db::ReadTx& tx, access::Gate& gate, GatheringId id, MaterialId material);

// --- the survey, without an account ---

/// The token of the link with this number.
std::string survey_token(const std::string& key, GatheringId id, std::int64_t serial);
struct OpenSurvey {
  GatheringId id;
  std::string title;
  Date held_on;
  bool answered = false;                // by this browser
};
/// The open survey of this token; nothing for an unknown, closed or past one, alike.
std::optional<OpenSurvey> open_survey_of(db::ReadTx& tx, const std::string& key, std::string_view token, std::string_view browser, Date today);
/// Errors: not_found; conflict (this browser has answered; no more are taken); invalid.
Result<> answer_survey(db::WriteTx& tx, const std::string& key, std::string_view token, std::string_view browser, const SurveyAnswer& answer, Date today);

}  // namespace kasane::meeting
