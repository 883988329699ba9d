#include "casework/record_store.hpp"

#include <limits>

namespace kasane::casework::store {

namespace {

RecordView map_record(const access::SealedRow& r) {
  RecordView v;
  v.id = r.id<SupportRecordTag>(0);
  v.household = r.id<HouseholdTag>(1);
  if (auto person = r.opt_i64(2)) v.person = PersonId(*person);
  v.agency = r.id<AgencyTag>(3);
  v.writer = r.opt_text(4).value_or("");
  v.on_day = r.date(5);
  v.at_time = r.text(6);
  v.method = r.text(7);
  v.outcome = r.text(8);
  v.attempt = r.i64(9) != 0;
  v.services = split_codes(r.text(10));
  v.content = split_codes(r.text(11));
  v.stage = r.text(12);
  v.minutes = r.opt_i64(13);
  if (auto before = r.opt_i64(14)) v.replaces = SupportRecordId(*before);
  v.replaced = r.i64(15) != 0;
  v.next_on = r.opt_date(16);
  return v;
}

/// `kind`: the column with the kind; the text is the next.
RecordPart map_part(const access::SealedRow& r, int kind) {
  return {parse_code<PartKind>(r.text(kind)).value_or(PartKind::unsorted), r.personal(kind + 1, access::Topic::record)};
}

}  // namespace

void add_record(const access::Permit<SupportRecordTag>& permit, db::WriteTx& tx, const RecordRow& row, const std::vector<Paragraph>& parts) {
  tx.run(R"sql(INSERT INTO support_record (id, household_id, case_id, person_id, agency_id, writer_id, on_day, at_time, method, outcome, attempt,
             service, content, stage, minutes, replaces_id, replaced, made_at, next_on)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, $17, $18))sql",
         db::params(permit.id(), row.household, row.case_id, row.person, row.agency, row.writer, row.on_day, row.at_time, row.method, row.outcome,
                    std::int64_t{row.attempt ? 1 : 0}, join_codes(row.services), join_codes(row.content), row.stage, row.minutes, row.replaces,
                    row.made_at, row.next_on));
  std::int64_t number = 0;
  for (const Paragraph& part : parts)
    permit.run(tx, R"sql(INSERT INTO support_record_part (record_id, number, part, pii_text) VALUES ($permit, $1, $2, $3))sql",
               db::params(++number, code_of(part.kind), part.text));
}

bool mark_replaced(db::WriteTx& tx, SupportRecordId id) {
  return tx.run(R"sql(UPDATE support_record SET replaced = 1 WHERE id = $1 AND replaced = 0)sql", db::params(id)) > 0;
}

std::optional<RecordRow> record_row(db::ReadTx& tx, SupportRecordId id) {
  return tx.one<RecordRow>(R"sql(SELECT household_id, case_id, person_id, agency_id, writer_id, on_day, attempt, made_at, next_on FROM support_record WHERE id = $1)sql",
                           db::params(id), [](const db::Row& r) {
                             RecordRow row;
                             row.household = r.id<HouseholdTag>(0);
                             row.case_id = r.opt_id<CaseTag>(1);
                             row.person = r.opt_id<PersonTag>(2);
                             row.agency = r.id<AgencyTag>(3);
                             row.writer = r.id<AccountTag>(4);
                             row.on_day = r.date(5);
                             row.attempt = r.i64(6) != 0;
                             row.made_at = r.i64(7);
                             row.next_on = r.opt_date(8);
                             return row;
                           });
}

std::optional<RecordView> record(const access::Permit<SupportRecordTag>& permit) {
  auto found = permit.one<RecordView>(R"sql(SELECT r.id, r.household_id, r.person_id, r.agency_id, a.display_name, r.on_day, r.at_time, r.method, r.outcome,
        r.attempt, r.service, r.content, r.stage, r.minutes, r.replaces_id, r.replaced, r.next_on
      FROM support_record r LEFT JOIN account a ON a.id = r.writer_id WHERE r.id = $permit)sql",
                                      {}, map_record);
  if (!found) return found;
  found->sharing = permit.facts().sharing;
  found->parts = permit.list<RecordPart>(
      R"sql(SELECT number, part, pii_text FROM support_record_part WHERE record_id = $permit ORDER BY number)sql", {}, [](const access::SealedRow& r) { return map_part(r, 1); });
  return found;
}

std::vector<RecordView> records(const access::Scope<SupportRecordTag>& scope, HouseholdId household, const std::optional<RecordCursor>& from, int limit) {
  const Date first_day = from ? from->on_day : *Date::from_iso(access::kForever);
  const std::int64_t first_id = from ? from->id.value : std::numeric_limits<std::int64_t>::max();
  std::vector<RecordView> found;
  // The parts hang on records that the predicate has let through: one statement, decided once for each record.
  scope.list<int>(R"sql(SELECT r.id, r.household_id, r.person_id, r.agency_id, a.display_name, r.on_day, r.at_time, r.method, r.outcome,
        r.attempt, r.service, r.content, r.stage, r.minutes, r.replaces_id, r.replaced, r.next_on, p.part, p.pii_text
      FROM (SELECT id, household_id, person_id, agency_id, writer_id, on_day, at_time, method, outcome, attempt, service, content, stage, minutes,
          replaces_id, replaced, next_on FROM support_record
        WHERE household_id = $1 AND replaced = 0 AND (on_day, id) < ($2, $3) AND {scope:support_record.id}
        ORDER BY on_day DESC, id DESC LIMIT $4) r
      LEFT JOIN account a ON a.id = r.writer_id
      LEFT JOIN support_record_part p ON p.record_id = r.id
      ORDER BY r.on_day DESC, r.id DESC, p.number)sql",
                  db::params(household, first_day, first_id, limit), [&](const access::SealedRow& r) {
                    if (found.empty() || found.back().id.value != r.i64(0)) found.push_back(map_record(r));
                    if (!r.is_null(17)) found.back().parts.push_back(map_part(r, 17));
                    return 0;
                  });
  return found;
}

std::vector<std::int64_t> acts_of(db::ReadTx& tx, SupportRecordId id) {
  return tx.list<std::int64_t>(R"sql(SELECT id FROM act WHERE subject_id = $1 AND kind IN ('record.contact', 'record.attempt') ORDER BY id)sql",
                               db::params(id), [](const db::Row& r) { return r.i64(0); });
}

std::optional<Date> newest_contact(db::ReadTx& tx, HouseholdId household, std::optional<CaseId> case_id, std::optional<AgencyId> agency) {
  return tx.one<Date>(R"sql(SELECT r.on_day FROM support_record r JOIN access_subject s ON s.id = r.id
                        WHERE r.household_id = $1 AND r.replaced = 0 AND r.attempt = 0
                          AND (CAST($2 AS BIGINT) = 0 OR (r.case_id = $2 AND (s.topics & $4) = 0))
                          AND (CAST($3 AS BIGINT) = 0 OR r.agency_id = $3)
                          AND NOT EXISTS (SELECT 1 FROM protective_measure m WHERE m.person_id = r.person_id AND m.ended_on IS NULL)
                        ORDER BY r.on_day DESC, r.id DESC LIMIT 1)sql",
                      db::params(household, case_id ? case_id->value : 0, agency ? agency->value : 0,
                                 static_cast<std::int64_t>(access::Topics(access::Topic::abuse).bits())),
                      [](const db::Row& r) { return r.date(0); });
}

std::vector<std::string> last_services(db::ReadTx& tx, AccountId account) {
  return split_codes(tx.one<std::string>(R"sql(SELECT service FROM support_record WHERE writer_id = $1 ORDER BY id DESC LIMIT 1)sql", db::params(account),
                                         [](const db::Row& r) { return r.text(0); })
                         .value_or(""));
}

}  // namespace kasane::casework::store
