#include "archive/registry.hpp"

#include <algorithm>

namespace kasane::archive {

namespace {

using enum RetentionClass;
using K = SubjectKind;

// Numbers of kinds in the statements are those of SubjectKind (base/ids.hpp); they are stored and never change.
constexpr PersonalTable kTables[] = {
    {"support_record_part", K::support_record, "record_id", case_file,
     R"sql(DELETE FROM support_record_part WHERE record_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 8))sql"},
    {"support_record", K::support_record, "id", case_file,
     R"sql(DELETE FROM support_record WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 8))sql"},
    {"issue", K::issue, "id", case_file,
     R"sql(DELETE FROM issue WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 9))sql"},
    {"task", K::task, "id", case_file,
     R"sql(DELETE FROM task WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 18))sql"},
    {"progress_request", K::support_case, "case_id", case_file,
     R"sql(DELETE FROM progress_request WHERE case_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 6))sql"},
    {"advice", K::advice, "id", intake,
     R"sql(DELETE FROM advice WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 17))sql"},
    {"evaluation_goal", K::evaluation, "evaluation_id", case_file,
     R"sql(DELETE FROM evaluation_goal WHERE evaluation_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 19))sql"},
    {"evaluation_dimension", K::evaluation, "evaluation_id", case_file,
     R"sql(DELETE FROM evaluation_dimension WHERE evaluation_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 19))sql"},
    {"evaluation", K::evaluation, "id", case_file,
     R"sql(DELETE FROM evaluation WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 19))sql"},
    {"closure", K::closure, "id", case_file,
     R"sql(DELETE FROM closure WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 20))sql"},
    {"early_start", K::support_case, "case_id", case_file,
     R"sql(DELETE FROM early_start WHERE case_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 6))sql"},
    {"support_decision", K::decision, "id", case_file,
     R"sql(DELETE FROM support_decision WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 14))sql"},
    {"plan_amendment", K::plan, "plan_id", case_file,
     R"sql(DELETE FROM plan_amendment WHERE plan_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 13))sql"},
    {"plan_goal", K::plan, "plan_id", case_file,
     R"sql(DELETE FROM plan_goal WHERE plan_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 13))sql"},
    {"plan_role", K::plan, "plan_id", case_file,
     R"sql(DELETE FROM plan_role WHERE plan_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 13))sql"},
    {"plan_person", K::plan, "plan_id", case_file,
     R"sql(DELETE FROM plan_person WHERE plan_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 13))sql"},
    {"plan", K::plan, "id", case_file,
     R"sql(DELETE FROM plan WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 13))sql"},
    {"assessment_section", K::assessment, "assessment_id", case_file,
     R"sql(DELETE FROM assessment_section WHERE assessment_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 12))sql"},
    {"assessment", K::assessment, "id", case_file,
     R"sql(DELETE FROM assessment WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 12))sql"},
    {"involvement", K::involvement, "id", case_file,
     R"sql(DELETE FROM involvement WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 7))sql"},
    {"case_person", K::support_case, "case_id", case_file,
     R"sql(DELETE FROM case_person WHERE case_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 6))sql"},
    {"case_episode", K::support_case, "case_id", case_file,
     R"sql(DELETE FROM case_episode WHERE case_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 6))sql"},
    {"support_case", K::support_case, "id", case_file,
     R"sql(DELETE FROM support_case WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 6))sql"},
    {"referral", K::referral, "id", case_file,
     R"sql(DELETE FROM referral WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 5))sql"},
    {"abuse_report", K::notice, "id", case_file,
     R"sql(DELETE FROM abuse_report WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 3))sql"},
    {"notice_receipt", K::notice, "id", case_file,
     R"sql(DELETE FROM notice_receipt WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 3))sql"},
    {"notice", K::notice, "id", case_file,
     R"sql(DELETE FROM notice WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 3))sql"},
    {"intake", K::intake, "id", case_file,
     R"sql(DELETE FROM intake WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 4))sql"},
    {"ground_request", K::ground_request, "id", case_file,
     R"sql(DELETE FROM ground_request WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 11))sql"},
    {"consent_representation", K::consent, "consent_id", case_file,
     R"sql(DELETE FROM consent_representation WHERE consent_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"consent_assent", K::consent, "consent_id", case_file,
     R"sql(DELETE FROM consent_assent WHERE consent_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"consent_paper_out", K::consent, "consent_id", case_file,
     R"sql(DELETE FROM consent_paper_out WHERE consent_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"cooperation_request", K::cooperation_request, "household_id", case_file,
     R"sql(DELETE FROM cooperation_request WHERE household_id = $1 OR id = $1)sql"},
    // The numbered list of a year is shown to a council: its lines stay, without whom they were about (forget_whom in disposal_store).
    {"provision", K::provision, "id", RetentionClass::provision,
     R"sql(UPDATE provision SET forgotten = 1, household_id = NULL, person_id = NULL WHERE id = $1)sql"},
    {"emergency_access", K::emergency_access, "household_id", case_file,
     R"sql(DELETE FROM emergency_access WHERE household_id = $1)sql"},
    {"consent_exception", K::consent, "consent_id", case_file,
     R"sql(DELETE FROM consent_exception WHERE consent_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"consent_reached", K::consent, "consent_id", case_file,
     R"sql(DELETE FROM consent_reached WHERE consent_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"consent_sheet", K::consent, "id", case_file,
     R"sql(DELETE FROM consent_sheet WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"consent", K::consent, "id", case_file,
     R"sql(DELETE FROM consent WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 10))sql"},
    {"own_view", K::own_view, "person_id", case_file,
     R"sql(DELETE FROM own_view WHERE household_id = $1 OR person_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 2))sql"},
    {"guest_session", K::guest_link, "link_id", meeting,
     R"sql(DELETE FROM guest_session WHERE link_id IN (SELECT id FROM guest_link WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16)))sql"},
    {"guest_link", K::guest_link, "item_id", meeting,
     R"sql(DELETE FROM guest_link WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"meeting_note", K::meeting_note, "item_id", meeting,
     R"sql(DELETE FROM meeting_note WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"preparation", K::meeting_note, "item_id", meeting,
     R"sql(DELETE FROM preparation WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"packet_summary", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM packet_summary WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"packet_paper", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM packet_paper WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"packet_state", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM packet_state WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"other_law_item", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM other_law_item WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"other_law_person", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM other_law_person WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"finding", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM finding WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"item_result", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM item_result WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"common_issue_link", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM common_issue_link WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"lesson_link", K::household, "household_id", case_file,
     R"sql(DELETE FROM lesson_link WHERE household_id = $1)sql"},
    {"agenda_plan", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM agenda_plan WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"agenda_matter", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM agenda_matter WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"agenda_attendee", K::agenda_item, "item_id", meeting,
     R"sql(DELETE FROM agenda_attendee WHERE item_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"agenda_item", K::agenda_item, "id", meeting,
     R"sql(DELETE FROM agenda_item WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 16))sql"},
    {"disclosure_part", K::disclosure, "disclosure_id", disclosure,
     R"sql(DELETE FROM disclosure_part WHERE disclosure_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 32))sql"},
    {"disclosure_elsewhere", K::disclosure, "disclosure_id", disclosure,
     R"sql(DELETE FROM disclosure_elsewhere WHERE disclosure_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 32))sql"},
    {"disclosure", K::disclosure, "id", disclosure,
     R"sql(DELETE FROM disclosure WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 32))sql"},
    {"legal_hold", K::legal_hold, "root_id", base,
     R"sql(DELETE FROM legal_hold WHERE root_id = $1)sql"},
    {"people_search", K::person, "id", base,
     R"sql(DELETE FROM people_search WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind IN (1, 2)))sql"},
    {"household_safety", K::household, "household_id", base,
     R"sql(DELETE FROM household_safety WHERE household_id = $1)sql"},
    {"household_contact", K::household, "household_id", base,
     R"sql(DELETE FROM household_contact WHERE household_id = $1)sql"},
    {"membership", K::household, "household_id", base,
     R"sql(DELETE FROM membership WHERE household_id = $1 OR person_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 2))sql"},
    {"protective_term", K::protective_measure, "measure_id", base,
     R"sql(DELETE FROM protective_term WHERE measure_id IN (SELECT id FROM protective_measure WHERE household_id = $1))sql"},
    {"protective_opponent", K::protective_measure, "measure_id", base,
     R"sql(DELETE FROM protective_opponent WHERE measure_id IN (SELECT id FROM protective_measure WHERE household_id = $1))sql"},
    {"protective_side", K::protective_measure, "measure_id", base,
     R"sql(DELETE FROM protective_side WHERE measure_id IN (SELECT id FROM protective_measure WHERE household_id = $1))sql"},
    {"protective_alarm", K::protective_measure, "measure_id", base,
     R"sql(DELETE FROM protective_alarm WHERE measure_id IN (SELECT id FROM protective_measure WHERE household_id = $1))sql"},
    {"protective_measure", K::protective_measure, "household_id", base,
     R"sql(DELETE FROM protective_measure WHERE household_id = $1)sql"},
    {"staff_relation", K::conflict, "household_id", base,
     R"sql(DELETE FROM staff_relation WHERE household_id = $1)sql"},
    {"party_serving", K::household, "root_id", base,
     R"sql(DELETE FROM party_serving WHERE root_id = $1)sql"},
    {"access_group", K::household, "person_id", base,
     R"sql(DELETE FROM access_group WHERE group_id IN (SELECT id FROM access_subject WHERE root_id = $1) OR person_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 2))sql"},
    {"access_shield_exempt", K::protective_measure, "source_id", base,
     R"sql(DELETE FROM access_shield_exempt WHERE source_id IN (SELECT id FROM access_subject WHERE root_id = $1))sql"},
    {"access_shield", K::person, "person_id", base,
     R"sql(DELETE FROM access_shield WHERE person_id = $1 OR person_id IN (SELECT id FROM access_subject WHERE root_id = $1)
            OR source_id IN (SELECT id FROM access_subject WHERE root_id = $1))sql"},
    {"person_contact", K::person, "person_id", base,
     R"sql(DELETE FROM person_contact WHERE person_id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 2))sql"},
    {"person", K::person, "id", base,
     R"sql(DELETE FROM person WHERE id IN (SELECT id FROM access_subject WHERE root_id = $1 AND kind = 2))sql"},
    {"household", K::household, "id", base,
     R"sql(DELETE FROM household WHERE id = $1)sql"},
    {"due_item", K::household, "root_id", base,
     R"sql(DELETE FROM due_item WHERE root_id = $1)sql"},
    {"due_snooze", K::household, "root_id", base,
     R"sql(DELETE FROM due_snooze WHERE root_id = $1)sql"},
    {"access_reach", K::household, "root_id", base,
     R"sql(DELETE FROM access_reach WHERE root_id = $1 OR root_id IN (SELECT id FROM access_subject WHERE root_id = $1))sql"},
    {"access_ground_party", K::household, "ground_id", base,
     R"sql(DELETE FROM access_ground_party WHERE ground_id IN (SELECT id FROM access_ground WHERE root_id = $1 OR root_id IN (SELECT id FROM access_subject WHERE root_id = $1)))sql"},
    {"access_ground", K::household, "root_id", base,
     R"sql(DELETE FROM access_ground WHERE root_id = $1 OR root_id IN (SELECT id FROM access_subject WHERE root_id = $1))sql"},
    {"access_team", K::household, "root_id", base,
     R"sql(DELETE FROM access_team WHERE root_id = $1)sql"},
};

constexpr std::string_view kKept[] = {
    "act",                // counts rest on it: codes and ids
    "common_issue_step",  // about nobody; names the item about the system that it came from
    "common_issue_item",  // items about the system, without a household
    "access_subject",     // goes with its record, record by record
    "disposal_line",      // what was disposed of
    "disposal_subject",   // ids only, until the words of searches are gone
    "live_session",       // which item is treated while the sitting runs; none after its end
};

}  // namespace

std::string_view code_of(RetentionClass c) {
  switch (c) {
    case case_file: return "case_file";
    case intake: return "intake";
    case meeting: return "meeting";
    case disclosure: return "disclosure";
    case RetentionClass::provision: return "provision";
    case base: return "base";
  }
  return "";
}

std::optional<RetentionClass> parse_retention_class(std::string_view code) {
  for (const RetentionClass c : {case_file, intake, meeting, disclosure, RetentionClass::provision, base})
    if (code_of(c) == code) return c;
  return std::nullopt;
}

std::span<const PersonalTable> personal_tables() { return kTables; }
std::span<const std::string_view> kept_tables() { return kKept; }

RetentionClass retention_of(SubjectKind kind) {
  const auto* found = std::ranges::find(kTables, kind, &PersonalTable::subject);
  return found == std::end(kTables) ? base : found->retention;
}

}  // namespace kasane::archive
