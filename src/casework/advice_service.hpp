// Advice without a case (支援者支援, T-51): one agency asks another how to go about something; no case is opened and
// nobody is named. The one who is asked holds the record; the one who asks reads it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "casework/referral_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct NewAdvice {
  AgencyId from;                          // one of the viewer's
  AgencyId to;
  std::string question;                   // without identifiers
  std::optional<ReferralId> referral;     // that it came out of
};
/// Act advice.asked, due item advice.reply. Errors: not_permitted; invalid (to, question).
Result<AdviceId> ask_advice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewAdvice& in);
/// By the agency asked. Act advice.answered; advice.answered awaits the one who asked. Errors: those of the gate; stale;
/// conflict when answered; invalid (answer).
Result<> answer_advice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, AdviceId id, std::int64_t version,
                       const std::string& answer);
/// The one who asked has read the answer. Errors: those of the gate; not_permitted for others.
Result<> note_advice_read(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AdviceId id);

struct Advice {
  AdviceId id;
  AgencyId asked_by;
  Date asked_on;
  AgencyId to;
  Personal<std::string> question;
  std::optional<Date> answered_on;
  Personal<std::string> answer;
  std::optional<ReferralId> referral;
  std::int64_t version = 1;
};
Result<Advice> advice(db::ReadTx& tx, access::Gate& gate, AdviceId id);
/// Whether the answer still waits for the one who asked. A plain fact: the caller has read the advice.
bool answer_is_unread(db::ReadTx& tx, AdviceId id);

struct AdvicePage {
  std::vector<Advice> lines;              // newest first, at most 50
  std::string next;
};
/// Asked by or of the viewer's agencies. `from`: where the page begins.
AdvicePage advices(db::ReadTx& tx, access::Gate& gate, bool answered, std::string_view from);

}  // namespace kasane::casework
