// アセスメント of the whole household: sections by topic; each agency writes its own part of a section and reads those of
// the others in the sections it may see.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

struct Section {
  std::string_view key;
  std::string_view label;
  std::string_view hint;
  access::Topic topic;
};
/// In the order of the page: 健康, 経済, 仕事・学校, 住まい, 家族, 子育て, 近隣・社会とのつながり, 権利擁護, 本人の言葉.
const std::vector<Section>& sections();
const Section* section(std::string_view key);

struct Part {
  std::string section;
  AgencyId agency;
  AccountId account;
  PersonalText text;
  UtcMs saved_at = 0;
  std::int64_t version = 0;
};
struct AssessmentView {
  CaseId case_id;
  HouseholdId household;
  std::optional<AssessmentId> id;   // nothing: nobody has written yet
  std::vector<std::string> sections;  // keys that the viewer may see
  std::vector<Part> parts;          // of these sections; in order of section, then agency
  AgencyId own;                     // agency for which the viewer writes; 0: none
};
/// Errors: those of the gate (the case).
Result<AssessmentView> assessment_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, CaseId case_id);

struct PartIn {
  std::string section;
  std::string text;                 // '' takes the part away
  std::int64_t version = 0;         // shown with the form; 0: none was there
};
/// Writes the parts of the viewer's own agency; unchanged parts stay. Makes the assessment when there is none.
/// Act assessment.saved. Errors: those of the gate; not_permitted; stale (some part moved on: nothing is written);
/// invalid (a section that is none or that the viewer may not see); conflict when the case is closed.
Result<> save_parts(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, CaseId case_id,
                    const std::vector<PartIn>& parts);

}  // namespace kasane::planning
