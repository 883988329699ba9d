// SQL of sessions. No personal columns: date, place, bodies, who was there.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

void insert_session(db::WriteTx& tx, const Session& session);
/// Day, time, place, manner and state. False when the version has moved on.
bool set_session(db::WriteTx& tx, const Session& session, std::int64_t version);
bool set_confirmed(db::WriteTx& tx, SessionId id, std::int64_t version, Date on, AccountId by);
void set_presence(db::WriteTx& tx, SessionId id, const std::vector<AgencyId>& present);

/// Replaces all parts of the sitting, in this order.
void set_slices(db::WriteTx& tx, SessionId id, const std::vector<Slice>& slices);

/// Parts in their order with the agencies invited or present; empty when the bodies sit together.
std::vector<Slice> slices(db::ReadTx& tx, SessionId id);
std::optional<Session> session(db::ReadTx& tx, SessionId id);
std::vector<Session> planned(db::ReadTx& tx, int limit);
std::vector<Session> past(db::ReadTx& tx, Date before, int limit);
std::vector<Presence> presence(db::ReadTx& tx, SessionId id);

}  // namespace kasane::meeting::store
