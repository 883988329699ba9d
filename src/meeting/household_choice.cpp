#include "meeting/household_choice.hpp"

#include <algorithm>

#include "casework/case_service.hpp"
#include "people/service.hpp"

namespace kasane::meeting {

namespace {

/// Own cases first, newest first, then what was registered lately: at most one page of the first and twenty of the second.
form::CodeTable choices(programme::Ctx& ctx, std::optional<HouseholdId> asked) {
  form::CodeTable table{"household", 1, {}};
  const auto add = [&](HouseholdId id, const std::string& label, const std::string& number) {
    const std::string code = id_text(id);
    if (std::none_of(table.codes.begin(), table.codes.end(), [&](const form::Code& c) { return c.code == code; })) table.codes.push_back({code, label + "　" + number});
  };
  ctx.read("meeting.households", [&](db::ReadTx& tx, access::Gate& gate) {
    table.codes.clear();
    if (asked)
      for (const auto& [id, known] : people::household_labels(tx, gate, {*asked})) add(id, known.label.shown(), known.number);
    casework::CaseFilter mine;
    mine.mine = true;
    for (const casework::CaseLine& line : casework::cases(tx, gate, mine, {}).lines) add(line.household, line.label.shown(), line.number);
    for (const people::HouseholdLabel& h : people::recent_households(tx, gate)) add(h.id, h.label.shown(), h.number);
    return 0;
  });
  return table;
}

}  // namespace

std::vector<form::Field> household_fields(programme::Ctx& ctx, std::string hint, std::optional<HouseholdId> asked) {
  form::Field listed = parts::choice_field("household", "世帯", std::make_shared<const form::CodeTable>(choices(ctx, asked)));
  listed.hint = std::move(hint);
  form::Field number = parts::text_field("household_number", "世帯の番号");
  number.group = "一覧にない世帯";
  return {std::move(listed), std::move(number)};
}

Result<std::optional<HouseholdId>> chosen_household(db::ReadTx& tx, access::Gate& gate, const form::Answers& answers) {
  if (const std::string number = answers.text("household_number"); !number.empty()) {
    const auto household = people::household_by_number(tx, gate, number);
    if (!household) return invalid("household_number", "この番号の世帯は見つかりません。");
    return household->id;
  }
  return parts::chosen_id<HouseholdTag>(answers, "household");
}

}  // namespace kasane::meeting
