// Retention and disposal: what is due, legal hold, a list proposed by one and approved by another, the removal, its
// certificate and log. The certificate and the log hold numbers, classes, days and staff; nothing of whom it was about.
#pragma once
#include <string>
#include <vector>

#include "archive/disclosure_service.hpp"
#include "archive/disposal_store.hpp"
#include "programme/context.hpp"

namespace kasane::archive {

/// Whether one of the viewer's agencies keeps the city's files: its owner sections.
bool keeps_files(const access::Gate& gate, const Settings& city);

/// What may go by now, by the city's periods; empty where the city has set none. Reads at most `limit` roots. Without roots
/// where a shield keeps the viewer from somebody; the others enter the trail. Whoever holds them: the section disposes of
/// the city's files, and sees of them a number and counts.
std::vector<store::Line> due_lines(db::ReadTx& tx, access::Gate& gate, const Settings& city, int limit = 500);

/// "root_class" as a form posts it.
std::string key_of(const store::Line& line);

/// Makes a list of those lines of due_lines whose key is in `keys`. Errors: not_permitted (not an owner section);
/// invalid (nothing chosen, or no longer due).
Result<DisposalId> propose_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const std::vector<std::string>& keys);
Result<> withdraw_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisposalId id, std::int64_t version);
/// Approves and removes. Lines that are no longer due (a hold, a reopened case) are left out. Errors: conflict when the
/// same account proposed it.
Result<> approve_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisposalId id, std::int64_t version);
/// Before a sweep that is done again. Errors: those of the gate; conflict (not disposed of yet); stale.
Result<> may_sweep(db::ReadTx& tx, access::Gate& gate, DisposalId id, std::int64_t version);
/// After the removal is committed: words of searches that found what is gone, all words of fiscal years that lie back further
/// than the shortest period of the city, and the log of the database. May be done again at any time.
void sweep(programme::City& city, DisposalId id, UtcMs now);

struct DisposalView {
  store::Disposal facts;
  std::vector<store::Line> lines;
  std::string proposed_by;
  std::string approved_by;
};
/// Errors: not_found, also where a shield keeps the viewer from somebody of a root on the list.
Result<DisposalView> disposal(db::ReadTx& tx, access::Gate& gate, DisposalId id);
std::vector<store::Disposal> disposals(db::ReadTx& tx, access::Gate& gate, int limit);

/// After an older copy was restored: removes again what the log names. The number of the disposal that records it.
Result<std::string> dispose_again(programme::City& city, const std::vector<LogLine>& log, UtcMs now);

Result<LegalHoldId> hold(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, const std::string& reason);
Result<> release(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, LegalHoldId id, std::int64_t version);

}  // namespace kasane::archive
