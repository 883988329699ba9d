#include "casework/abuse_store.hpp"

namespace kasane::casework::abuse_store {

namespace {

using access::SealedRow;
using access::Topic;

AbuseLine line(const SealedRow& r) {
  return {r.id<NoticeTag>(0), parse_code<AbuseKind>(r.text(1)).value_or(AbuseKind::other), r.id<AgencyTag>(2), r.id<AgencyTag>(3), r.date(4)};
}

}  // namespace

void add(db::WriteTx& tx, const ReportPermit& permit, const NewAbuseReport& in) {
  const SubjectRef from = in.from.value_or(SubjectRef{SubjectKind::notice, permit.id().value});
  permit.run(tx, R"sql(INSERT INTO abuse_report (id, household_id, person_id, from_kind, from_id, kind, reported_to, reported_on, pii_text,
                         pii_reporter, agency_id)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
             db::params(in.household, in.person, static_cast<std::int64_t>(from.kind), from.id, code_of(in.kind), in.reported_to, in.reported_on,
                        in.text, in.reporter, in.agency));
}

std::optional<AbuseReport> read(const ReportPermit& permit) {
  return permit.one<AbuseReport>(
      R"sql(SELECT kind, agency_id, reported_to, reported_on, pii_text, pii_reporter, household_id, person_id
            FROM abuse_report WHERE id = $permit)sql",
      {}, [&](const SealedRow& r) {
        AbuseReport report;
        report.id = permit.id();
        report.kind = parse_code<AbuseKind>(r.text(0)).value_or(AbuseKind::other);
        report.agency = r.id<AgencyTag>(1);
        report.reported_to = r.id<AgencyTag>(2);
        report.reported_on = r.date(3);
        report.text = r.personal(4, Topic::abuse);
        report.reporter = r.personal(5, Topic::reporter);
        if (auto h = r.opt_i64(6)) report.household = HouseholdId(*h);
        if (auto p = r.opt_i64(7)) report.person = PersonId(*p);
        return report;
      });
}

std::vector<AbuseLine> list(access::Gate& gate, int limit) {
  return gate.scope<NoticeTag>(Topic::basic | Topic::abuse)
      .list<AbuseLine>(R"sql(SELECT b.id, b.kind, b.agency_id, b.reported_to, b.reported_on FROM abuse_report b
                             WHERE {scope:b.id} ORDER BY b.id DESC LIMIT $1)sql",
                       db::params(limit), line);
}

std::vector<AbuseLine> about(access::Gate& gate, HouseholdId household, int limit) {
  return gate.scope<NoticeTag>(Topic::basic | Topic::abuse)
      .list<AbuseLine>(R"sql(SELECT b.id, b.kind, b.agency_id, b.reported_to, b.reported_on FROM abuse_report b
                             WHERE b.household_id = $1 AND {scope:b.id} ORDER BY b.id DESC LIMIT $2)sql",
                       db::params(household, limit), line);
}

bool waits(db::ReadTx& tx, NoticeId id) {
  return tx.exists(R"sql(SELECT 1 FROM due_item WHERE subject_id = $1 AND kind = 'notice.look' AND done_on IS NULL)sql", db::params(id));
}

}  // namespace kasane::casework::abuse_store
