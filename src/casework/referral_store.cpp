#include "casework/referral_store.hpp"

#include "casework/intake_rules.hpp"
#include "casework/referral_rules.hpp"

namespace kasane::casework::referral_store {

namespace {

using access::SealedRow;
using access::Topic;

template <class Tag>
std::optional<Id<Tag>> opt_id(const SealedRow& r, int column) {
  const auto value = r.opt_i64(column);
  return value ? std::optional<Id<Tag>>(Id<Tag>(*value)) : std::nullopt;
}

Referral map(ReferralId id, const SealedRow& r) {
  Referral f;
  f.id = id;
  f.kind = parse_code<ReferralKind>(r.text(0)).value_or(ReferralKind::network);
  f.passing = parse_code<Passing>(r.text(1)).value_or(Passing::anonymous);
  f.from = r.id<AgencyTag>(2);
  f.to = opt_id<AgencyTag>(r, 3);
  f.inbox = r.text(4);
  f.household = opt_id<HouseholdTag>(r, 5);
  f.person = opt_id<PersonTag>(r, 6);
  f.intake = opt_id<IntakeTag>(r, 7);
  f.request = opt_id<GroundRequestTag>(r, 8);
  f.reasons = parted(r.text(9));
  f.reason = r.personal(10, Topic::basic);
  f.text = r.personal(11, Topic::basic);
  f.passing_answers = r.personal(12, Topic::basic);
  f.criteria = parted(r.text(13));
  f.judged_by = opt_id<AccountTag>(r, 14);
  f.judged_on = r.opt_date(15);
  f.judgement = parse_code<JudgeResult>(r.text(16));
  f.sent_on = r.opt_date(17);
  f.reply_by = r.opt_date(18);
  f.taken_by = opt_id<AccountTag>(r, 19);
  f.taken_by_name = r.opt_text(20).value_or("");
  f.answered_on = r.opt_date(21);
  f.answered_by = opt_id<AccountTag>(r, 22);
  f.answered_agency = opt_id<AgencyTag>(r, 23);
  f.outcome = parse_code<Outcome>(r.text(24));
  f.reply = r.personal(25, Topic::basic);
  f.mediated_to = opt_id<AgencyTag>(r, 26);
  f.look_again_on = r.opt_date(27);
  f.case_id = opt_id<CaseTag>(r, 28);
  f.version = r.i64(29);
  f.consent = opt_id<ConsentTag>(r, 30);
  f.withdrawn_on = r.opt_date(31);
  return f;
}

ReferralStage stage_of(bool sent, bool kept, bool taken, bool answered, bool withdrawn) {
  if (answered) return ReferralStage::answered;
  if (withdrawn) return ReferralStage::withdrawn;
  if (kept) return ReferralStage::kept;
  if (!sent) return ReferralStage::judging;
  return taken ? ReferralStage::taken : ReferralStage::waiting;
}

ReferralLine line(const SealedRow& r) {
  ReferralLine l;
  l.id = r.id<ReferralTag>(0);
  l.kind = parse_code<ReferralKind>(r.text(1)).value_or(ReferralKind::network);
  l.passing = parse_code<Passing>(r.text(2)).value_or(Passing::anonymous);
  l.from = r.id<AgencyTag>(3);
  l.to = opt_id<AgencyTag>(r, 4);
  l.inbox = r.text(5);
  l.household = opt_id<HouseholdTag>(r, 6);
  l.reasons = parted(r.text(7));
  l.sent_on = r.opt_date(8);
  l.reply_by = r.opt_date(9);
  l.taken_by_name = r.opt_text(11).value_or("");
  l.answered_on = r.opt_date(12);
  l.outcome = parse_code<Outcome>(r.text(13));
  l.case_id = opt_id<CaseTag>(r, 14);
  l.stage = stage_of(l.sent_on.has_value(), r.text(15) == "not_needed" && !l.outcome, !r.is_null(10), l.outcome.has_value(), !r.is_null(17));
  return l;
}

/// Before the first of the open ones, after the last of the done ones.
ListKey first_key(bool done) { return done ? ListKey{"9999-12-31", INT64_MAX} : ListKey{"", 0}; }

}  // namespace

void add(db::WriteTx& tx, const ReferralPermit& permit, const NewReferral& in) {
  permit.run(tx, R"sql(INSERT INTO referral (id, kind, passing, from_agency, to_agency, inbox, household_id, person_id, intake_id, reasons,
                         pii_reason, pii_text, criteria, judged_by, judged_on, judge_result, sent_on, reply_by, taken_by, answered_on,
                         answered_by, answered_agency, outcome, pii_reply, case_id, request_id, pii_passing, duty_kind, ground_code,
                         mediated_to, look_again_on, consent_id, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, NULL, '', NULL, NULL, NULL, NULL,
                         NULL, NULL, '', '', NULL, NULL, $13, $14, $15, NULL, NULL, $16, 1))sql",
             db::params(code_of(in.kind), code_of(in.passing), in.from, in.to, in.inbox, in.household, in.person, in.intake, joined(in.reasons),
                        in.reason, in.text, joined(in.criteria), in.passing_answers, in.duty_kind, in.ground_code, in.consent));
}

std::optional<Referral> read(const ReferralPermit& permit) {
  return permit.one<Referral>(R"sql(SELECT r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.person_id, r.intake_id,
                                      r.request_id, r.reasons, r.pii_reason, r.pii_text, r.pii_passing, r.criteria, r.judged_by, r.judged_on,
                                      r.judge_result, r.sent_on, r.reply_by, r.taken_by, t.display_name, r.answered_on, r.answered_by,
                                      r.answered_agency, r.outcome, r.pii_reply, r.mediated_to, r.look_again_on, r.case_id, r.version,
                                      r.consent_id, r.withdrawn_on
                                    FROM referral r LEFT JOIN account t ON t.id = r.taken_by WHERE r.id = $permit)sql",
                              {}, [&](const SealedRow& r) { return map(permit.id(), r); });
}

std::string duty_kind(const ReferralPermit& permit) {
  return permit.one<std::string>(R"sql(SELECT duty_kind FROM referral WHERE id = $permit)sql", {}, [](const SealedRow& r) { return r.text(0); })
      .value_or("");
}

std::string ground_code(const ReferralPermit& permit) {
  return permit.one<std::string>(R"sql(SELECT ground_code FROM referral WHERE id = $permit)sql", {}, [](const SealedRow& r) { return r.text(0); })
      .value_or("");
}

bool set_judged(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, JudgeResult result, const std::vector<std::string>& criteria,
                std::string_view reason, AccountId by, Date on) {
  return permit.run(tx, R"sql(UPDATE referral SET judge_result = $1, criteria = $2, pii_reason = $3, judged_by = $4, judged_on = $5,
                                version = version + 1
                              WHERE id = $permit AND version = $6 AND judge_result = '')sql",
                    db::params(code_of(result), joined(criteria), reason, by, on, version)) == 1;
}

bool set_taken(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, AccountId by) {
  return permit.run(tx, R"sql(UPDATE referral SET taken_by = $1, version = version + 1
                              WHERE id = $permit AND version = $2 AND outcome = '')sql",
                    db::params(by, version)) == 1;
}

bool set_answered(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, const Answered& a) {
  return permit.run(tx, R"sql(UPDATE referral SET outcome = $1, answered_on = $2, answered_by = $3, answered_agency = $4, pii_reply = $5,
                                case_id = $6, mediated_to = $7, look_again_on = $8, taken_by = COALESCE(taken_by, $3), version = version + 1
                              WHERE id = $permit AND version = $9 AND outcome = '')sql",
                    db::params(code_of(a.outcome), a.on, a.by, a.agency, a.text, a.case_id, a.mediated_to, a.look_again_on, version)) == 1;
}

void set_judged_by_receiver(db::WriteTx& tx, const ReferralPermit& permit, JudgeResult result, const std::vector<std::string>& criteria, AccountId by,
                            Date on) {
  permit.run(tx, R"sql(UPDATE referral SET judge_result = $1, criteria = $2, judged_by = $3, judged_on = $4
                       WHERE id = $permit AND judge_result = '')sql",
             db::params(code_of(result), joined(criteria), by, on));
}

bool set_withdrawn(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, Date on, AccountId by) {
  return permit.run(tx, R"sql(UPDATE referral SET withdrawn_on = $1, withdrawn_by = $2, version = version + 1
                              WHERE id = $permit AND version = $3 AND outcome = '' AND withdrawn_on IS NULL)sql",
                    db::params(on, by, version)) == 1;
}

bool set_household(db::WriteTx& tx, const ReferralPermit& permit, std::int64_t version, HouseholdId household, std::optional<PersonId> person) {
  return permit.run(tx, R"sql(UPDATE referral SET household_id = $1, person_id = $2, version = version + 1
                              WHERE id = $permit AND version = $3)sql",
                    db::params(household, person, version)) == 1;
}

void set_sent(db::WriteTx& tx, const ReferralPermit& permit, Date on, Date reply_by, std::optional<GroundRequestId> request) {
  permit.run(tx, R"sql(UPDATE referral SET sent_on = $1, reply_by = $2, request_id = $3 WHERE id = $permit)sql", db::params(on, reply_by, request));
}

std::optional<SentAct> sent_act(db::ReadTx& tx, ReferralId id) {
  return tx.one<SentAct>(R"sql(SELECT id, root_id FROM act WHERE subject_id = $1 AND kind = 'referral.sent')sql", db::params(id),
                         [](const db::Row& r) { return SentAct{r.i64(0), r.i64(1)}; });
}

std::optional<ReferralId> of_request(db::ReadTx& tx, GroundRequestId request) {
  return tx.one<ReferralId>(R"sql(SELECT id FROM referral WHERE request_id = $1)sql", db::params(request),
                            [](const db::Row& r) { return r.id<ReferralTag>(0); });
}

bool has_coordinator(db::ReadTx& tx, AgencyId agency, Date on) {
  return tx.exists(R"sql(SELECT 1 FROM post p JOIN account a ON a.id = p.account_id
                         WHERE p.agency_id = $1 AND p.role = $2 AND p.valid_from <= $3 AND p.valid_until >= $3 AND a.active = 1)sql",
                   db::params(agency, Role::coordinator, on));
}

std::string account_name(db::ReadTx& tx, AccountId account) {
  return tx.one<std::string>(R"sql(SELECT display_name FROM account WHERE id = $1)sql", db::params(account), [](const db::Row& r) { return r.text(0); })
      .value_or("");
}

std::vector<ReferralLine> inbox(access::Gate& gate, std::string_view code, bool done, const std::optional<ListKey>& key, int limit) {
  const auto scope = gate.scope<ReferralTag>();
  const ListKey at = key.value_or(first_key(done));
  if (done)
    return scope.list<ReferralLine>(
        R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.inbox = $1 AND (r.answered_on < $2 OR (r.answered_on = $2 AND r.id < $3))
              AND {scope:r.id}
            ORDER BY r.answered_on DESC, r.id DESC LIMIT $4)sql",
        db::params(code, at.day, at.id, limit), line);
  return scope.list<ReferralLine>(
      R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.inbox = $1 AND r.answered_on IS NULL AND r.withdrawn_on IS NULL AND (r.reply_by > $2 OR (r.reply_by = $2 AND r.id > $3))
              AND {scope:r.id}
            ORDER BY r.reply_by, r.id LIMIT $4)sql",
      db::params(code, at.day, at.id, limit), line);
}

std::vector<ReferralLine> received(access::Gate& gate, const std::vector<AgencyId>& mine, bool done, const std::optional<ListKey>& key, int limit) {
  const auto scope = gate.scope<ReferralTag>();
  const ListKey at = key.value_or(first_key(done));
  if (done)
    return scope.list<ReferralLine>(
        R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.to_agency IN {ids:$1} AND (r.answered_on < $2 OR (r.answered_on = $2 AND r.id < $3))
              AND {scope:r.id}
            ORDER BY r.answered_on DESC, r.id DESC LIMIT $4)sql",
        db::params(db::id_list(mine), at.day, at.id, limit), line);
  return scope.list<ReferralLine>(
      R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.to_agency IN {ids:$1} AND r.answered_on IS NULL AND r.withdrawn_on IS NULL AND (r.reply_by > $2 OR (r.reply_by = $2 AND r.id > $3))
              AND {scope:r.id}
            ORDER BY r.reply_by, r.id LIMIT $4)sql",
      db::params(db::id_list(mine), at.day, at.id, limit), line);
}

std::vector<ReferralLine> sent(access::Gate& gate, const std::vector<AgencyId>& mine, bool done, const std::optional<ListKey>& key, int limit) {
  const auto scope = gate.scope<ReferralTag>();
  const ListKey at = key.value_or(first_key(done));
  if (done)
    return scope.list<ReferralLine>(
        R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.from_agency IN {ids:$1} AND (r.answered_on IS NOT NULL OR r.withdrawn_on IS NOT NULL OR r.judge_result = 'not_needed')
              AND (COALESCE(r.answered_on, r.withdrawn_on, r.judged_on) < $2 OR (COALESCE(r.answered_on, r.withdrawn_on, r.judged_on) = $2 AND r.id < $3))
              AND {scope:r.id}
            ORDER BY COALESCE(r.answered_on, r.withdrawn_on, r.judged_on) DESC, r.id DESC LIMIT $4)sql",
        db::params(db::id_list(mine), at.day, at.id, limit), line);
  return scope.list<ReferralLine>(
      R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.from_agency IN {ids:$1} AND r.answered_on IS NULL AND r.withdrawn_on IS NULL AND r.judge_result <> 'not_needed'
              AND (COALESCE(r.reply_by, '') > $2 OR (COALESCE(r.reply_by, '') = $2 AND r.id > $3))
              AND {scope:r.id}
            ORDER BY COALESCE(r.reply_by, ''), r.id LIMIT $4)sql",
      db::params(db::id_list(mine), at.day, at.id, limit), line);
}

std::vector<ReferralLine> about(access::Gate& gate, HouseholdId household, int limit) {
  return gate.scope<ReferralTag>().list<ReferralLine>(
      R"sql(SELECT r.id, r.kind, r.passing, r.from_agency, r.to_agency, r.inbox, r.household_id, r.reasons, r.sent_on, r.reply_by,
              r.taken_by, t.display_name, r.answered_on, r.outcome, r.case_id, r.judge_result, r.judged_on, r.withdrawn_on
            FROM referral r LEFT JOIN account t ON t.id = r.taken_by
            WHERE r.household_id = $1 AND {scope:r.id}
            ORDER BY r.id DESC LIMIT $2)sql",
      db::params(household, limit), line);
}

std::optional<CaseId> case_by_number(access::Gate& gate, std::string_view number) {
  const auto found = gate.scope<CaseTag>().list<CaseId>(R"sql(SELECT c.id FROM support_case c WHERE c.number = $1 AND {scope:c.id} LIMIT 1)sql",
                                                        db::params(number), [](const SealedRow& r) { return r.id<CaseTag>(0); });
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::unordered_set<std::int64_t> known_cases(access::Gate& gate, const std::vector<CaseId>& cases) {
  std::unordered_set<std::int64_t> known;
  if (cases.empty()) return known;
  for (std::int64_t id : gate.scope<CaseTag>().list<std::int64_t>(R"sql(SELECT c.id FROM support_case c WHERE c.id IN {ids:$1} AND {scope:c.id})sql",
                                                                  db::params(db::id_list(cases)), [](const SealedRow& r) { return r.i64(0); }))
    known.insert(id);
  return known;
}

}  // namespace kasane::casework::referral_store
