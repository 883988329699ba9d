// 目的外利用・提供 (個人情報保護法69条; 27条 and the contract for a contractor): a two-sided 協議. One asks, the holder of the
// record answers, both are numbered in the city's yearly list.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

enum class ProvisionState : std::uint8_t { asked, granted, refused, withdrawn };
const char* code_of(ProvisionState state);
/// 回答待ち, 認めた, 認めない, 取下げ
const char* label_of(ProvisionState state);
ProvisionState provision_state(std::string_view code);

struct NewProvision {
  AgencyId holder;             // whom the viewer asks
  std::string outside;         // a section without accounts, for which the viewer enters it; '': the viewer's own agency
  std::string about;           // whom it is about: read by both sides, never by others
  std::string items;           // kinds of information, in words of the list; no names
  std::string reason_class;    // code table provision_reason
  std::string reason;
  std::string basis_key;       // of a statute that allows provision for this holder
  Date from, until;
  std::optional<programme::RecipientKind> outside_kind;  // as what such a section gets it
};

struct ProvisionDecision {
  std::int64_t version = 0;
  bool grant = false;
  std::string basis_key;
  std::string items;
  Date from;
  std::optional<Date> until;               // a grant needs one
  std::optional<PersonId> person;          // of the linked household; nothing: the household as a whole
  access::Topics topics;                   // what an agency may read
  bool harm_checked = false;               // 「不当に侵害するおそれがない」
  std::string harm_reason;
  std::string answer;                      // why refused; on a grant what was handed over on paper
  std::string consent_note;                // when and how the agreement of the 本人 was made sure of
};

/// One 協議 as its two sides see it.
struct Provision {
  ProvisionId id;
  std::string number;
  AgencyId asked_by, holder;
  Date asked_on;
  std::string recipient;
  std::optional<AgencyId> recipient_id;
  std::optional<programme::RecipientKind> recipient_kind;
  Personal<std::string> about;
  std::string items;
  std::string reason_class;
  Personal<std::string> reason;
  std::string basis;                       // key@version
  Date from, until;                        // as asked, then as granted
  std::optional<Date> ended_on;            // its last day, where the holder ended it before
  ProvisionState state = ProvisionState::asked;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
  access::Topics topics;
  std::optional<Date> decided_on;
  bool harm_checked = false;
  Personal<std::string> harm_reason;
  Personal<std::string> answer;
  Personal<std::string> consent_note;
  std::optional<Date> read_on;
  std::int64_t version = 0;
};

/// One line of the yearly list: nothing that names a person.
struct LedgerLine {
  ProvisionId id;
  std::string number;
  AgencyId holder;
  Date asked_on;
  std::string recipient;
  std::string items;
  std::string reason_class;
  std::string basis;
  Date from, until;                        // as granted
  std::optional<Date> ended_on;            // ended before
  ProvisionState state = ProvisionState::asked;
  std::optional<Date> decided_on;
  bool known = false;                      // the viewer may open it
};

}  // namespace kasane::consent
