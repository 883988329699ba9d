// Reporting abuse and reading the report: by the agency that reported and the agency with the duty, nobody else.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "casework/abuse_model.hpp"
#include "casework/referral_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

/// Stores the report and opens it to the agency with the duty at once, and the household too where one is known (legal
/// duty, everything but who reported). Act abuse.reported(kind), due item notice.look today for that agency.
/// Errors: those of the gate (household, record it was started from); not_permitted; invalid (reported_to, text …).
Result<NoticeId> report_abuse(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewAbuseReport& in);

/// not_found also when the record is an ordinary notice.
Result<AbuseReport> abuse_report(db::ReadTx& tx, access::Gate& gate, NoticeId id);
/// The agency with the duty has it in hand: settles its due item. Errors: those of the gate; not_permitted for others.
Result<> note_abuse_received(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NoticeId id);
/// Whether it still waits for the agency with the duty. A plain fact: the caller has read the report.
bool abuse_report_waits(db::ReadTx& tx, NoticeId id);

/// Reports that the viewer may know, newest first, at most 50.
std::vector<AbuseLine> abuse_reports(db::ReadTx& tx, access::Gate& gate);
/// Those about one household that the viewer may know, newest first, at most 50. Empty looks the same as unknowable.
std::vector<AbuseLine> abuse_reports_about(db::ReadTx& tx, access::Gate& gate, HouseholdId household);

/// Agencies that come first for this kind: windows for just this matter, then those of the field. Never empty where the
/// folder names any agency of the city.
std::vector<AgencyId> suggested_duty_agencies(const InCity& city, AbuseKind kind, std::string_view area);

}  // namespace kasane::casework
