// SQL of notices and receipts.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "casework/notice_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework::notice_store {

using NoticePermit = access::Permit<NoticeTag>;

void add(db::WriteTx& tx, const NoticePermit& permit, const NewNotice& notice, Date look_by);
/// Nothing when the record behind the permit is no notice but a report of abuse (both are of the kind notice).
std::optional<Notice> read(const NoticePermit& permit);
/// False when `version` is no longer the stored one.
bool set_looked(db::WriteTx& tx, const NoticePermit& permit, std::int64_t version, const Look& look, NoticeState state, AgencyId owner, Date look_by);
bool set_linked(db::WriteTx& tx, const NoticePermit& permit, std::int64_t version, HouseholdId household);

/// Where a list begins; a default key begins at the start.
struct ListKey {
  Date day;
  std::int64_t id = 0;
};
/// One more than `limit` at most shows that there is a next page.
std::vector<NoticeLine> open(access::Gate& gate, const std::optional<ListKey>& after, int limit);
std::vector<NoticeLine> done(access::Gate& gate, const std::optional<ListKey>& after, int limit);

void add_receipt(db::WriteTx& tx, AccountId account, UtcMs at);
std::vector<Receipt> receipts(db::ReadTx& tx, AccountId account, int limit);

}  // namespace kasane::casework::notice_store
