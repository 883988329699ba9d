// Notices: received from anybody, looked into by their owner, tied to a household or ended. Who reported sees a
// receipt without content or state; the receipt does not even name the notice.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "casework/notice_model.hpp"
#include "casework/referral_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

/// Stores the notice with its owner and due item notice.look, a receipt for the account, act notice.received(source).
/// Errors: not_permitted (role); invalid (text, received_on, owner, look_by).
Result<NoticeId> receive_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewNotice& in);

Result<Notice> notice(db::ReadTx& tx, access::Gate& gate, NoticeId id);

/// What the owner found (act notice.looked). watch moves the day; handed_over gives it to another owner, after which
/// this viewer may no longer know it. Errors: those of the gate; stale; conflict when it is linked or ended; invalid.
Result<> look_at_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, NoticeId id, std::int64_t version,
                        const Look& in);
/// Ties it to a household that the viewer knows: act notice.linked ("community" where it came from there, T-88).
/// Errors: those of the gate (both records); stale; conflict when it is linked or ended.
Result<> link_notice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NoticeId id, std::int64_t version, HouseholdId household);

struct NoticePage {
  std::vector<NoticeLine> lines;  // open ones by the day to look by, done ones newest first; at most 50
  std::string next;               // where the next page begins; '' at the end
};
NoticePage notices(db::ReadTx& tx, access::Gate& gate, bool done, std::string_view from);
/// Receipts of this account, newest first, at most 50.
std::vector<Receipt> receipts(db::ReadTx& tx, AccountId account);

}  // namespace kasane::casework
