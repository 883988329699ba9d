// Plans: one editable draft, submission (also as a bundle), the meeting's finding, the city's 支援決定, re-plans with
// lineage. Nothing decided is overwritten. Every function passes the door first: unknown and unknowable plans answer
// not_found alike; who sees a plan but may not do this to it gets not_permitted.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"
#include "planning/sitting_leave.hpp"

namespace kasane::planning {

/// A first version. The author agency is one of the viewer's agencies: for a 多機関協働 plan one of the city's
/// 多機関協働事業者 where the city's plan says who writes. Errors: those of the gate; not_permitted; invalid (kind where
/// the city has one plan for all, persons, names_outreach, goal_1_text …, role_1_what …); conflict when the case has
/// an open draft of this kind by this agency, or is closed.
Result<PlanId> create_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, CaseId case_id,
                           PlanKind kind, const PlanContent& content);
/// Drafts only. Rows about topics that the viewer may not see stay as they are. Errors: those of the gate; stale;
/// The draft (or submitted plan) of that kind that the viewer goes on with instead of beginning a second one. Errors: those
/// of create_plan for the viewer's role and the case.
Result<std::optional<PlanId>> plan_begun(db::ReadTx& tx, access::Gate& gate, const Settings& city, CaseId case_id, PlanKind kind);
/// conflict when it is not a draft; invalid.
Result<> save_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id,
                   std::int64_t version, const PlanContent& content);
/// A new draft, revision + 1 of the same lineage, with the same content; the decided one stays in force until the new
/// one is decided. The draft that is already open, when there is one. Errors: those of the gate; conflict when the plan
/// was never decided (active, under_review, refused only).
Result<PlanId> start_replan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id);

Result<PlanView> plan_view(db::ReadTx& tx, access::Gate& gate, PlanId id);
/// Plans of a case that the viewer may know, by kind, newest version first; at most 100.
std::vector<PlanHead> plans_of(db::ReadTx& tx, access::Gate& gate, CaseId case_id);

struct Submit {
  std::int64_t version = 0;
  std::vector<PersonId> agreed;     // 本人 who agreed to the content: each of the plan
  std::vector<PlanId> with;         // other drafts of the case, submitted as one bundle
};
/// Sends the draft (and those `with` it) to the meeting and the deciders: state submitted, act plan.submitted(kind), due
/// plan.sitting for each decider (plan.decide comes with the finding), and decision_duty as the ground on which the deciders read the household.
/// Errors: those of the gate; stale; conflict (no draft); invalid (agreed; with: a plan that lacks something; goals,
/// roles, review_on; "" where the city asks for the 利用申込み first).
Result<> submit_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, const Submit& in);

/// Whether the 本人 of the plan stand by sharing on that day; the reasons say what is missing, without names.
struct PlanConsent {
  bool ok = false;
  std::vector<std::string> why_not;      // shown where it is not ok
  std::vector<PersonId> without;         // 本人 without a sharing consent that stands
  std::vector<PersonId> not_applied;     // 本人 without 利用申込み; shown, and see application_rule
};
/// Plain facts: the caller has passed a permit for the plan or its household.
PlanConsent consent_of_plan(db::ReadTx& tx, PlanId id, Date on);

// --- what waits for the meeting; each list holds at most 200, oldest first, only what the viewer may know ---

/// Submitted plans without a finding. Which of them are on an agenda already, the meeting room knows.
std::vector<PlanLine> plans_waiting(db::ReadTx& tx, access::Gate& gate);
/// Plans in force whose review date is on or before `until`, or for which an evaluation waits (under_review).
std::vector<PlanLine> plans_for_review(db::ReadTx& tx, access::Gate& gate, Date until);
/// Plans in force or submitted whose consent was withdrawn, until the meeting has looked at them.
std::vector<PlanLine> plans_marked(db::ReadTx& tx, access::Gate& gate);

struct FindingIn {
  Finding result = Finding::adequate;
  std::string wording;              // the city's word for it
  Date on;
};
/// The meeting's finding on a submitted plan: send_back makes it a draft again (the deciders no longer wait), defer
/// leaves it waiting, adequate and with_changes wait for the 支援決定. On the leave for the item, not for the plan: who
/// runs the sitting need not hold what is judged there. Errors: those of may_state_on; conflict (no submitted plan).
Result<> apply_finding(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, PlanId id, const FindingIn& in);
/// The meeting has reviewed a plan in force: it is active again, with its next review on `next_review`, and a mark for
/// a withdrawn consent is taken off. Errors: those of may_state_on; conflict; invalid (next_review in the past).
Result<> reviewed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, PlanId id, Date next_review);

struct Decide {
  std::int64_t version = 0;
  bool approve = false;
  Date on;
  std::string note;
};
/// The city's 支援決定, by a head of a decider agency. Approved: the plan is active, the version before is superseded,
/// each role of an agency becomes its task, the case is active, plan.review is due, act plan.decided(kind) with the
/// statutory services of the kind; where the city counts named services, also plan.decided("outreach_named") and
/// ("participation_named"); for a re-plan also plan.replanned(kind). Refused: act plan.refused(kind).
/// Errors: those of the gate (not_permitted for others than heads); not_permitted (no decider agency); stale; conflict
/// (not submitted; approve while no 本人's consent stands); invalid (on in the future, note when refused).
Result<> decide(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, const Decide& in);

/// After a withdrawal: the person's plans that are submitted or in force are marked, and stay as they are. The caller
/// has passed consent::withdraw. Number marked.
std::int64_t mark_consent_withdrawn(db::WriteTx& tx, PersonId person);

}  // namespace kasane::planning
