// Support records: one text box whose paragraphs are typed by a mark, written in half a minute. An attempt without
// an answer is an action and not a contact. A correction is a new version; the old one stays.
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

struct NewRecord {
  HouseholdId household;
  std::optional<PersonId> person;         // whom it is about; nothing: the household
  Date on_day;
  std::string at_time;                    // "HH:MM" or ''
  std::string method;                     // code table contact_method
  std::string outcome;                    // code table contact_outcome; '' a contact like any
  bool attempt = false;                   // tried without an answer
  std::vector<std::string> services;      // statutory service codes
  std::vector<std::string> content;       // code table support_content
  std::string stage;                      // code table relationship_stage; '' not said
  std::optional<std::int64_t> minutes;
  std::string text;                       // paragraphs, a blank line between; marks as in html::kParagraphMarks
  std::optional<Date> next_on;            // when the writer's agency goes again
  access::Sharing sharing = access::Sharing::own;
  bool guarded = false;                   // that the agency was in contact is itself to be protected (a sensitive agency)
};
/// Stores the record for the acting agency; moves the last contact of the case and of the agency's involvement,
/// unless it was an attempt, and the next date, which becomes due for the agency (record.next). One act record.contact or record.attempt (method) per service, so
/// that a visit may count for several and still is one record. Errors: those of the gate (household); invalid
/// (text, on_day in the future, next_on before on_day).
Result<SupportRecordId> write_record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewRecord& in);
/// A new version of `id` by its holder. The acts of the old version are undone and noted anew. Errors: those of the
/// gate; stale when it has been corrected meanwhile; invalid.
Result<SupportRecordId> correct_record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SupportRecordId id, const NewRecord& in);

struct RecordPart {
  PartKind kind = PartKind::unsorted;
  Personal<std::string> text;
};
struct RecordView {
  SupportRecordId id;
  HouseholdId household;
  std::optional<PersonId> person;
  AgencyId agency;
  std::string writer;                     // name of the colleague
  Date on_day;
  std::string at_time;
  std::string method;
  std::string outcome;
  bool attempt = false;
  std::vector<std::string> services;
  std::vector<std::string> content;
  std::string stage;
  std::optional<std::int64_t> minutes;
  std::optional<Date> next_on;
  std::vector<RecordPart> parts;
  std::optional<SupportRecordId> replaces;  // the version before this one
  bool replaced = false;                    // there is a newer one
  access::Sharing sharing = access::Sharing::own;
};
Result<RecordView> record(db::ReadTx& tx, access::Gate& gate, SupportRecordId id);

struct RecordCursor {
  Date on_day;
  SupportRecordId id;
};
struct RecordPage {
  std::vector<RecordView> lines;          // newest first, current versions only, at most `limit`
  std::optional<RecordCursor> next;
};
/// Records about a household that the viewer may know. `limit` up to 50.
RecordPage records_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household, const std::optional<RecordCursor>& from, int limit = 20);

/// The services of this account's last record in any household: what the form is preset with. How and at what hour
/// somebody was met differs from visit to visit and is not guessed.
std::vector<std::string> last_services(db::ReadTx& tx, AccountId account);
/// Team where the household has a case on whose team one of the viewer's agencies is; else own.
access::Sharing usual_sharing(db::ReadTx& tx, access::Gate& gate, HouseholdId household);

}  // namespace kasane::casework
