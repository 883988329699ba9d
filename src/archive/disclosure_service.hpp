// 開示請求, step by step: received, gathered, sorted part by part, proposed by one, approved by another, handed out.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "archive/disclosure_model.hpp"
#include "form/field.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::archive {

/// What the services need of the city besides its database.
struct Settings {
  const programme::Municipality& m;
  const programme::Directory& dir;
};

/// Days of a term of the statute (code of disclosure_term), a city's own before the national one. 0 where none is set.
int days_of_term(const programme::Municipality& m, std::string_view code);
/// Statute and text version that a set made today rests on.
std::string law_text(const programme::Municipality& m);

struct NewDisclosure {
  PersonId person;
  Asker asker = Asker::self;
  std::string asker_name;   // who acts for the 本人
  std::string identity;     // code table disclosure_identity
  Date received_on;
  std::vector<form::Form> forms;  // sheets whose stored answers are part of a record: to write them out as they were asked
};
/// Registers the request for the acting agency and gathers every part that it holds. Errors: not_found (person);
/// not_permitted; invalid (day to come, no name of the representative); conflict (an open request of this person here).
Result<DisclosureId> receive(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewDisclosure& in);

struct DisclosureView {
  Disclosure facts;
  std::vector<Part> parts;
  std::vector<AgencyId> elsewhere;
  std::string proposed_by;  // names of staff
  std::string approved_by;
  int undecided() const;
};
/// Whether a shield keeps the viewer from something that a part was copied from. Such a request is not found by this
/// viewer, nor is a step of it: the parts are plain copies.
bool kept_from_parts(db::ReadTx& tx, access::Gate& gate, DisclosureId id);
/// Errors: not_found, also where a shield keeps the viewer from one of the parts.
Result<DisclosureView> disclosure(db::ReadTx& tx, access::Gate& gate, DisclosureId id);
std::vector<DisclosureLine> disclosures(db::ReadTx& tx, access::Gate& gate, int limit);

/// Keeps what was decided on parts. Errors: those of the gate; stale; conflict once the set is proposed; invalid.
Result<> choose(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisclosureId id, std::int64_t version,
                const std::vector<PartChoice>& choices);
/// Once, before the decision, with a reason.
Result<> extend(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisclosureId id, std::int64_t version, const std::string& reason);
/// Puts the whole set before somebody else. Errors: conflict with the numbers of undecided parts.
Result<> put_forward(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version);
/// Approves the whole set: it is frozen and decided. Errors: not by the account that proposed it (conflict).
Result<> approve(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version);
/// Gives the set back to be sorted anew.
Result<> give_back(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version, const std::string& why);
Result<> hand_out(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version, Date on);

}  // namespace kasane::archive
