#include "meeting/phone_service.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

namespace {

constexpr const char* kQuestion = "電話で話し合ったこと";

std::vector<FieldError> faults_of(const PhoneTalk& talk, Date today) {
  std::vector<FieldError> faults;
  if (talk.with.empty()) faults.push_back({"with", "電話で話した機関を選んでください。"});
  if (talk.on > today) faults.push_back({"held_on", "話した日は、今日までの日を入力してください。"});
  if (trim(talk.reason).empty()) faults.push_back({"reason", "同意なしに話し合った理由を入力してください。"});
  if (trim(talk.agreed).empty()) faults.push_back({"agreed", "決めたことを入力してください。"});
  return faults;
}

Result<> note_outcome(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const std::string& agreed) {
  const auto view = item(tx, gate, city, id);
  if (!view) return tl::unexpected(view.error());
  Outcome outcome;
  outcome.version = view->head.version;
  outcome.note = agreed;
  outcome.policy = agreed;
  return record_outcome(tx, gate, actor, city, id, outcome);
}

}  // namespace

std::vector<const programme::Body*> phone_bodies(const programme::Municipality& m) {
  std::vector<const programme::Body*> out;
  for (const auto* body : m.bodies_for(programme::BodyFunction::support_conference_106_6))
    if (!phone_rule(m, *body).empty()) out.push_back(body);
  return out;
}

Result<AgendaItemId> record_phone_talk(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const PhoneTalk& talk) {
  const auto bodies = phone_bodies(city.m);
  if (bodies.empty()) return fail(ErrorCode::conflict, "この市の設定には、電話での話し合いを会議とみなす決まりがありません。");
  const auto body = std::find_if(bodies.begin(), bodies.end(), [&](const programme::Body* b) { return b->code == talk.body; });
  if (body == bodies.end()) return invalid("body", "電話での話し合いを会議とみなす会議から選んでください。");
  const auto own = running_agency(gate, city, **body);
  if (!own) return tl::unexpected(not_for_you());
  if (auto faults = faults_of(talk, gate.today()); !faults.empty()) return invalid(std::move(faults));
  std::vector<AgencyId> there = talk.with;
  if (std::find(there.begin(), there.end(), *own) == there.end()) there.insert(there.begin(), *own);
  const auto id = plan_session(tx, gate, actor, city, {{talk.body}, talk.on, talk.at_time, "電話", {}});
  if (!id) return tl::unexpected(id.error());
  NewItem in;
  in.session = *id;
  in.body = talk.body;
  in.household = talk.household;
  in.question = kQuestion;
  in.ground_code = talk.ground_code;
  in.reason = talk.reason;
  // Only who talked gets the item, from the first: whoever else is involved was not there and is told of nothing.
  in.seats = talk.with;
  const auto made = add_item(tx, gate, actor, city, in);
  if (!made) return made;
  const auto planned = session(tx, gate, *id);
  if (!planned) return tl::unexpected(planned.error());
  if (auto held = mark_held(tx, gate, actor, city, *id, {planned->version, Manner::phone, there}); !held) {
    // Who was missing is said at the question that this form has.
    for (FieldError& fault : held.error().fields) fault.field = "with";
    return tl::unexpected(held.error());
  }
  if (auto noted = note_outcome(tx, gate, actor, city, *made, std::string(trim(talk.agreed))); !noted) return tl::unexpected(noted.error());
  return *made;
}

}  // namespace kasane::meeting
