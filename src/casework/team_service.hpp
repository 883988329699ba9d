// Which agencies are involved with a household: in which role, since when, last contact, next date, contact person.
// Joining adds the agency to the team in access; leaving ends that at once.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct Involvement {
  InvolvementId id;
  AgencyId agency;
  std::optional<AccountId> account;    // contact person
  std::string contact_name;            // name of that colleague; "" when none
  InvolvementRole role = InvolvementRole::member;
  std::optional<PersonId> person;      // whom it is about; nothing: the household
  Personal<std::string> what;          // what it does for the household
  Date from_on;
  std::optional<Date> until_on;        // the last day; nothing: still involved
  std::optional<Date> last_contact_on;
  std::optional<Date> next_on;
  std::int64_t version = 1;
};
/// A person who works at an agency: official, no case data.
struct Colleague {
  AccountId id;
  std::string name;
  std::string title;   // of the post
};
/// Colleagues in an agency today, at most 200.
std::vector<Colleague> colleagues(db::ReadTx& tx, AgencyId agency, Date today);

/// Those that the viewer may know, current ones first, coordinating before others; at most 200.
std::vector<Involvement> involvements(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
/// Of the agencies in involvements() those involved today, each once.
std::vector<AgencyId> team_agencies(const std::vector<Involvement>& all, Date today);
Result<Involvement> involvement(db::ReadTx& tx, access::Gate& gate, InvolvementId id);
/// The household that an involvement belongs to.
Result<HouseholdId> household_of(db::ReadTx& tx, access::Gate& gate, InvolvementId id);

struct NewInvolvement {
  HouseholdId household;
  AgencyId agency;
  std::optional<AccountId> account;    // must hold a post in the agency
  InvolvementRole role = InvolvementRole::member;
  std::optional<PersonId> person;
  std::string what;
  Date from_on;
  std::optional<Date> next_on;
  bool guarded = false;                // that it is involved is itself to be protected (abuse, violence): topic abuse
};
/// Adds an agency to the team. Errors: those of the gate (household); conflict when it is involved already in that
/// role; invalid (agency, account, from_on). Act team.joined(role).
Result<InvolvementId> involve(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewInvolvement& in);

struct InvolvementChange {
  std::optional<AccountId> account;
  InvolvementRole role = InvolvementRole::member;
  std::string what;
  std::optional<Date> last_contact_on;
  std::optional<Date> next_on;
};
/// By whoever may change the household's case, or the holder of the row. Errors: those of the gate; stale; invalid.
Result<> change_involvement(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, InvolvementId id, std::int64_t version,
                            const InvolvementChange& in);
/// `on` is the first day without it. Access by way of the team stops at once, unless the agency is involved in
/// another role too. Errors: those of the gate; stale; conflict when it has left, or when it coordinates (another
/// agency coordinates first). Act team.left(role).
Result<> leave(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, InvolvementId id, std::int64_t version, Date on);

}  // namespace kasane::casework
