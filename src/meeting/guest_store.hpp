// SQL of guest links and the short sessions behind them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/guest_model.hpp"

namespace kasane::meeting::store {

using GuestPermit = access::Permit<GuestLinkTag>;

struct GuestSecrets {
  std::string token_hash;
  std::string code_hash;
};

void insert_guest(db::WriteTx& tx, const GuestPermit& permit, const GuestFacts& facts, const GuestSecrets& secrets, const std::string& name,
                  const std::string& office);
std::optional<GuestFacts> guest(db::ReadTx& tx, GuestLinkId id);
std::optional<GuestFacts> guest_by_token(db::ReadTx& tx, const std::string& token_hash);
/// The agency that holds the record of the link.
std::optional<AgencyId> host_of(db::ReadTx& tx, GuestLinkId id);
/// Those of the item that were not taken back.
std::vector<GuestFacts> guests_of(db::ReadTx& tx, AgendaItemId item);
GuestLink view(const GuestPermit& permit, const GuestFacts& facts);
/// Links of this item that the viewer may know, the newest first.
std::vector<GuestLink> links(const access::Scope<GuestLinkTag>& scope, AgendaItemId item);

/// A new address and code; counting of wrong codes begins anew.
bool set_secrets(db::WriteTx& tx, GuestLinkId id, std::int64_t version, const GuestSecrets& secrets);
bool set_revoked(db::WriteTx& tx, GuestLinkId id, std::int64_t version, Date on);
void set_secrecy(db::WriteTx& tx, GuestLinkId id, Date on);
/// False: there is another version than this one.
bool set_answer(db::WriteTx& tx, const GuestPermit& permit, const std::string& answer, UtcMs at, std::optional<AccountId> typed_by,
                std::optional<std::int64_t> version);
void set_read(db::WriteTx& tx, GuestLinkId id, Date on);

/// Counts one try before it is looked at, so that tries side by side count as well. False when none is left.
bool spend_try(db::WriteTx& tx, GuestLinkId id);
bool code_fits(db::ReadTx& tx, GuestLinkId id, const std::string& code_hash);
void clear_tries(db::WriteTx& tx, GuestLinkId id);

struct GuestSession {
  GuestLinkId link;
  UtcMs started_at = 0;
  UtcMs seen_at = 0;
};
void add_guest_session(db::WriteTx& tx, const std::string& token_hash, const GuestSession& session);
std::optional<GuestSession> guest_session(db::ReadTx& tx, const std::string& token_hash);
void touch_guest_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now);
void end_guest_sessions(db::WriteTx& tx, GuestLinkId id);
void end_all_guest_sessions(db::WriteTx& tx);

}  // namespace kasane::meeting::store
