// SQL of gatherings. Nothing personal stands in these tables.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/tx.hpp"
#include "meeting/gathering_model.hpp"

namespace kasane::meeting::store {

void insert_gathering(db::WriteTx& tx, const Gathering& gathering);
/// What is typed when it is planned. False when the version has moved on.
bool set_gathering(db::WriteTx& tx, GatheringId id, std::int64_t version, const GatheringText& text);
bool set_gathering_state(db::WriteTx& tx, GatheringId id, std::int64_t version, GatheringState state);
bool set_gathering_outcome(db::WriteTx& tx, GatheringId id, std::int64_t version, const GatheringOutcome& outcome);
std::optional<Gathering> gathering(db::ReadTx& tx, GatheringId id);
/// From the first to the last day, newest first, at most 300.
std::vector<Gathering> gatherings(db::ReadTx& tx, Date from, Date to);
/// Whose theme or outcome this issue is, newest first, at most 50; not those cancelled.
std::vector<Gathering> gatherings_about(db::ReadTx& tx, CommonIssueId issue);

void set_attendance(db::WriteTx& tx, GatheringId id, const std::vector<AttendanceLine>& lines);
std::vector<AttendanceLine> attendance(db::ReadTx& tx, GatheringId id);

struct NewMaterial {
  std::string title, type, bytes;
};
MaterialId insert_material(db::WriteTx& tx, GatheringId id, const NewMaterial& material, AgencyId agency, Date on);
/// Without what is in them.
std::vector<Material> materials(db::ReadTx& tx, GatheringId id);
struct Content {
  std::string title, type, bytes;
};
/// Nothing when the gathering has no such material.
std::optional<Content> material(db::ReadTx& tx, GatheringId id, MaterialId material);
/// False when there is none.
bool drop_material(db::WriteTx& tx, GatheringId id, MaterialId material);

/// Opens the survey under this hash until that day; an earlier link opens nothing any more.
bool open_survey(db::WriteTx& tx, GatheringId id, std::int64_t version, const std::string& hash, Date until);
bool close_survey(db::WriteTx& tx, GatheringId id, std::int64_t version);
/// The gathering whose open survey this is.
std::optional<GatheringId> survey_of(db::ReadTx& tx, const std::string& hash, Date today);
/// Forgets which browsers have answered; called when no more do.
void forget_browsers(db::WriteTx& tx, GatheringId id);
/// False when this browser has answered already.
bool mark_browser(db::WriteTx& tx, GatheringId id, const std::string& browser_hash);
bool has_answered(db::ReadTx& tx, GatheringId id, const std::string& browser_hash);
void insert_answer(db::WriteTx& tx, GatheringId id, const SurveyAnswer& answer);
/// At most 2,000.
std::vector<SurveyAnswer> survey_answers(db::ReadTx& tx, GatheringId id);
std::int64_t count_answers(db::ReadTx& tx, GatheringId id);

}  // namespace kasane::meeting::store
