#include "due/settle_one.hpp"

#include "due/store.hpp"

namespace kasane::due {

std::int64_t settle_for(db::WriteTx& tx, SubjectRef subject, std::string_view kind, std::int64_t party, const access::Actor& actor) {
  return store::settle_for(tx, subject, kind, party, office_day(actor.now), actor.account);
}

}  // namespace kasane::due
