// Every text that a holder keeps about a person, each read through the scope of its kind: what this viewer may not know
// does not come. What is about the person (alone or with others) wherever it hangs, and what is about a household as such
// while the person belonged to it; never what is about another member.
#include "archive/gather_store.hpp"

#include <algorithm>
#include <functional>

namespace kasane::archive::store {

namespace {

using access::SealedRow;

/// A text column of a statement: what it is, and its type where the row does not say.
struct Column {
  std::string_view source;
  std::string_view part;  // "": the row's own
};

// The view record_about says whose a record is. Whether a household belonged to the person then is asked of the day on
// which the text came about. Issues and involvements go on from their day, and the day of a task lies ahead: there one
// bound alone tells. The first of the two clauses finds the person's records at once; the second then looks at days.
// Columns of every statement: 0 record, 1 day or NULL, 2 whether about the person alone, 3 topics, 4 type, 5… texts, and
// after these what `door` reads.
constexpr int kFirstText = 5;
using DoorOf = std::function<RowDoor(const SealedRow&)>;

template <class Tag>
void take(access::Gate& gate, db::ScopeSql sql, db::Params params, std::initializer_list<Column> columns, std::vector<FoundPart>& out, const DoorOf& door = {}) {
  gate.scope<Tag>(access::kAllTopics).template list<int>(sql, std::move(params), [&](const SealedRow& r) {
    int at = kFirstText;
    for (const Column& c : columns) {
      auto text = r.personal(at++, access::Topic::basic);
      if (text.shown().empty()) continue;
      FoundPart p;
      p.subject = {Tag::kind, r.i64(0)};
      p.held_on = r.opt_date(1);
      p.own = r.boolean(2);
      p.topics = access::Topics(static_cast<std::uint32_t>(r.i64(3)));
      p.source = c.source;
      p.part = c.part.empty() ? r.text(4) : std::string(c.part);
      p.text = std::move(text);
      if (door) p.door = door(r);
      out.push_back(std::move(p));
    }
    return 0;
  });
}

template <class Tag>
void take(access::Gate& gate, db::ScopeSql sql, const Asked& asked, std::initializer_list<Column> columns, std::vector<FoundPart>& out, const DoorOf& door = {}) {
  take<Tag>(gate, sql, db::params(asked.person, asked.holder), columns, out, door);
}

template <class Tag>
void take_holders(access::Gate& gate, const Asked& asked, std::vector<AgencyId>& out) {
  gate.scope<Tag>().template list<int>(R"sql(SELECT a.id, a.holder_id FROM access_subject a
      WHERE a.holder_id <> $2 AND a.kind = $3
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND {scope:a.id} LIMIT 2000)sql",
                                       db::params(asked.person, asked.holder, static_cast<std::int64_t>(Tag::kind)), [&](const SealedRow& r) {
                                         out.push_back(r.id<AgencyTag>(1));
                                         return 0;
                                       });
}

void people(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<PersonTag>(gate, R"sql(SELECT a.id, NULL, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_family || ' ' || p.pii_given AS pii_0, p.pii_kana AS pii_1, p.pii_birth AS pii_2
      FROM person p JOIN access_subject a ON a.id = p.id AND a.person_id = p.id AND p.id = $1
      WHERE a.holder_id = $2 AND a.kind = 2
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"person.name", "fact_observed"}, {"person.kana", "fact_observed"}, {"person.birth", "fact_observed"}}, out);
  take<PersonTag>(gate, R"sql(SELECT a.id, NULL, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_address AS pii_0, c.pii_phone AS pii_1, c.pii_safe AS pii_2
      FROM person_contact c JOIN access_subject a ON a.id = c.person_id AND c.person_id = $1
      WHERE a.holder_id = $2 AND a.kind = 2
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"person.address", "fact_observed"}, {"person.phone", "fact_observed"}, {"person.safe", "said_by_person"}}, out);
}

// What is kept of the home as such is that of today: of who lives there now. A note for visits is of its own day.
void homes(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<HouseholdTag>(gate, R"sql(SELECT a.id, NULL, 0, a.topics, 'fact_observed',
        h.pii_label AS pii_0, c.pii_address AS pii_1, c.pii_phone AS pii_2
      FROM household h LEFT JOIN household_contact c ON c.household_id = h.id JOIN access_subject a ON a.id = h.id
      WHERE a.holder_id = $2 AND a.kind = 1
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND $3 BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                     db::params(asked.person, asked.holder, gate.today()),
                     {{"household.label", "fact_observed"}, {"household.address", "fact_observed"}, {"household.phone", "fact_observed"}}, out);
  take<HouseholdTag>(gate, R"sql(SELECT a.id, s.set_on, 0, a.topics, 'assessment',
        s.pii_codes AS pii_0, s.pii_note AS pii_1
      FROM household_safety s JOIN access_subject a ON a.id = s.household_id
      WHERE a.holder_id = $2 AND a.kind = 1
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND s.set_on BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                     asked, {{"household.safety_codes", "assessment"}, {"household.safety", "assessment"}}, out);
  take<ConflictTag>(gate, R"sql(SELECT a.id, r.until_on, 0, a.topics, 'heard_from',
        r.pii_lifted AS pii_0
      FROM staff_relation r JOIN access_subject a ON a.id = r.id
      WHERE a.holder_id = $2 AND a.kind = 37
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND b.valid_until >= r.from_on)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                    asked, {{"relation.lifted", "heard_from"}}, out);
  take<LegalHoldTag>(gate, R"sql(SELECT a.id, l.from_on, 0, a.topics, 'assessment',
        l.pii_reason AS pii_0
      FROM legal_hold l JOIN access_subject a ON a.id = l.id
      WHERE a.holder_id = $2 AND a.kind = 34
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND l.from_on BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                     asked, {{"hold.reason", "assessment"}}, out);
}

// A measure is about whom it protects, and about nobody else: the other side gets no line that a hand could leave in.
void protection(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<ProtectiveMeasureTag>(gate, R"sql(SELECT a.id, m.from_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'assessment',
        m.pii_reason AS pii_0
      FROM protective_measure m JOIN access_subject a ON a.id = m.id
      WHERE a.holder_id = $2 AND a.kind = 28 AND m.person_id = $1 AND a.person_id = $1
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                             asked, {{"protective.reason", "assessment"}}, out);
  take<ProtectiveMeasureTag>(gate, R"sql(SELECT a.id, m.from_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'heard_from',
        CASE WHEN o.person_id IS NULL THEN o.pii_name ELSE p.pii_family || ' ' || p.pii_given END AS pii_0
      FROM protective_opponent o JOIN protective_measure m ON m.id = o.measure_id LEFT JOIN person p ON p.id = o.person_id
        JOIN access_subject a ON a.id = m.id
      WHERE a.holder_id = $2 AND a.kind = 28 AND m.person_id = $1 AND a.person_id = $1
        AND {scope:a.id} ORDER BY a.id, o.id LIMIT 2000)sql",
                             asked, {{"protective.opponent", "heard_from"}}, out);
}

void records(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<SupportRecordTag>(gate, R"sql(SELECT a.id, r.on_day, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, p.part,
        p.pii_text AS pii_0
      FROM support_record r JOIN support_record_part p ON p.record_id = r.id JOIN access_subject a ON a.id = r.id AND r.replaced = 0
      WHERE a.holder_id = $2 AND a.kind = 8
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(r.on_day, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, p.number LIMIT 2000)sql",
                asked, {{"record.part", ""}}, out);
  take<IntakeTag>(gate, R"sql(SELECT a.id, i.taken_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, CASE WHEN i.consulter_relation = '' THEN 'said_by_person' ELSE 'heard_from' END,
        i.pii_summary AS pii_0, i.pii_consulter AS pii_1, i.pii_screening AS pii_2, i.pii_answers AS pii_3, i.pii_taken_back AS pii_4
      FROM intake i JOIN access_subject a ON a.id = i.id
      WHERE a.holder_id = $2 AND a.kind = 4
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(i.taken_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"intake.summary", ""}, {"intake.consulter", "heard_from"}, {"intake.screening", "assessment"}, {"intake.answers", "unsorted"},
                        {"intake.taken_back", "assessment"}}, out);
  take<NoticeTag>(gate, R"sql(SELECT a.id, n.received_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        n.pii_about AS pii_0, n.pii_text AS pii_1, n.pii_reporter AS pii_2, n.pii_result AS pii_3
      FROM notice n JOIN access_subject a ON a.id = n.id
      WHERE a.holder_id = $2 AND a.kind = 3
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(n.received_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"notice.about", "heard_from"}, {"notice.text", "heard_from"}, {"notice.reporter", "heard_from"}, {"notice.result", "assessment"}}, out);
  take<NoticeTag>(gate, R"sql(SELECT a.id, u.reported_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        u.pii_text AS pii_0, u.pii_reporter AS pii_1
      FROM abuse_report u JOIN access_subject a ON a.id = u.id
      WHERE a.holder_id = $2 AND a.kind = 3
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(u.reported_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"abuse.text", "heard_from"}, {"abuse.reporter", "heard_from"}}, out);
  take<ReferralTag>(gate, R"sql(SELECT a.id, f.sent_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        f.pii_reason AS pii_0, f.pii_text AS pii_1, f.pii_reply AS pii_2, f.pii_passing AS pii_3
      FROM referral f JOIN access_subject a ON a.id = f.id
      WHERE a.holder_id = $2 AND a.kind = 5
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(f.sent_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"referral.reason", "assessment"}, {"referral.text", "heard_from"}, {"referral.reply", "assessment"}, {"referral.passing", "unsorted"}}, out);
  // A question about a way of working names nobody; beside the referral that it came from it tells of whom it speaks.
  take<AdviceTag>(gate, R"sql(SELECT a.id, v.asked_on, CASE WHEN fa.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'deliberation',
        v.pii_question AS pii_0, v.pii_answer AS pii_1
      FROM advice v JOIN access_subject fa ON fa.id = v.referral_id JOIN access_subject a ON a.id = v.id
      WHERE a.holder_id = $2 AND a.kind = 17
        AND v.referral_id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = v.referral_id AND b.person_id = $1
          AND v.asked_on BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                  asked, {{"advice.question", "deliberation"}, {"advice.answer", "deliberation"}}, out);
  take<CaseTag>(gate, R"sql(SELECT a.id, g.answered_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'unsorted',
        g.pii_answer AS pii_0, g.id, a.root_id, g.asked_by, g.to_agency
      FROM progress_request g JOIN access_subject a ON a.id = g.case_id
      WHERE a.holder_id = $2 AND a.kind = 6
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(g.answered_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, g.id LIMIT 2000)sql",
                asked, {{"progress.answer", "unsorted"}}, out,
                [](const SealedRow& r) { return RowDoor{r.i64(6), r.id<HouseholdTag>(7), {r.id<AgencyTag>(8), r.id<AgencyTag>(9)}}; });
}

void consents(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<ConsentTag>(gate, R"sql(SELECT a.id, c.given_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_witness AS pii_0, c.pii_representative AS pii_1, c.pii_withdrawal AS pii_2
      FROM consent c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 10
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(c.given_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"consent.witness", "heard_from"}, {"consent.representative", "fact_observed"}, {"consent.withdrawal", "said_by_person"}}, out);
  take<ConsentTag>(gate, R"sql(SELECT a.id, c.given_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        y.pii_basis AS pii_0
      FROM consent_representation y JOIN consent c ON c.id = y.consent_id JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 10
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(c.given_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                   asked, {{"consent.basis", "fact_observed"}}, out);
  // A photographed sheet is a picture: the line stands for it, so that whoever sorts does not forget it.
  take<ConsentTag>(gate, R"sql(SELECT a.id, c.given_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'unsorted',
        CASE WHEN y.pii_bytes = '' THEN '' ELSE '署名のある同意書の写し（画像）を持っています。開示するときは、同意のページから印刷して付けます。' END AS pii_0
      FROM consent c JOIN consent_sheet y ON y.id = c.sheet_id JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 10
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(c.given_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                   asked, {{"consent.sheet", "unsorted"}}, out);
  take<GroundRequestTag>(gate, R"sql(SELECT a.id, q.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        q.pii_reason AS pii_0
      FROM ground_request q JOIN access_subject a ON a.id = q.id
      WHERE a.holder_id = $2 AND a.kind = 11
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(q.asked_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"request.reason", "assessment"}}, out);
  take<PersonTag>(gate, R"sql(SELECT a.id, o.heard_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        o.pii_text AS pii_0
      FROM own_view o JOIN access_subject a ON a.id = o.person_id AND o.person_id = $1
      WHERE a.holder_id = $2 AND a.kind = 2
        AND {scope:a.id} ORDER BY a.id, o.id LIMIT 2000)sql",
                asked, {{"own_view.text", "said_by_person"}}, out);
}

void support(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<IssueTag>(gate, R"sql(SELECT a.id, s.since_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        s.pii_note AS pii_0
      FROM issue s JOIN access_subject a ON a.id = s.id
      WHERE a.holder_id = $2 AND a.kind = 9
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND b.valid_until >= s.since_on)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"issue.note", "assessment"}}, out);
  take<InvolvementTag>(gate, R"sql(SELECT a.id, v.from_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        v.pii_what AS pii_0
      FROM involvement v JOIN access_subject a ON a.id = v.id
      WHERE a.holder_id = $2 AND a.kind = 7
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1 AND b.valid_until >= v.from_on)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"involvement.what", "plan"}}, out);
  take<TaskTag>(gate, R"sql(SELECT a.id, t.due_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        t.pii_what AS pii_0, t.pii_done AS pii_1
      FROM task t JOIN access_subject a ON a.id = t.id
      WHERE a.holder_id = $2 AND a.kind = 18
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND (t.due_on IS NULL OR b.valid_from <= t.due_on))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"task.what", "plan"}, {"task.done", "fact_observed"}}, out);
  take<AssessmentTag>(gate, R"sql(SELECT a.id, s.made_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        x.pii_text AS pii_0
      FROM assessment s JOIN assessment_section x ON x.assessment_id = s.id JOIN access_subject a ON a.id = s.id
      WHERE a.holder_id = $2 AND a.kind = 12
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(s.made_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, x.section LIMIT 2000)sql",
                asked, {{"assessment.section", "assessment"}}, out);
}

// A row of a plan has a topic of its own, and may have been kept from the copy for the home: both are narrower than the plan.
void plans(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<PlanTag>(gate, R"sql(SELECT a.id, p.submitted_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_wishes AS pii_0, p.pii_household_wishes AS pii_1, p.pii_direction AS pii_2, p.pii_extra AS pii_3
      FROM plan p JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(p.submitted_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"plan.wishes", "said_by_person"}, {"plan.household_wishes", "heard_from"}, {"plan.direction", "assessment"}, {"plan.extra", "unsorted"}}, out);
  take<PlanTag>(gate, R"sql(SELECT a.id, g.by_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics | g.topic, CASE g.not_home WHEN 0 THEN 'plan' ELSE 'not_home' END,
        g.pii_text AS pii_0
      FROM plan_goal g JOIN plan p ON p.id = g.plan_id JOIN access_subject a ON a.id = g.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(p.submitted_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, g.number LIMIT 2000)sql",
                asked, {{"plan.goal", ""}}, out);
  take<PlanTag>(gate, R"sql(SELECT a.id, w.by_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics | w.topic, CASE w.not_home WHEN 0 THEN 'plan' ELSE 'not_home' END,
        w.pii_what AS pii_0
      FROM plan_role w JOIN plan p ON p.id = w.plan_id JOIN access_subject a ON a.id = w.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(p.submitted_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, w.number LIMIT 2000)sql",
                asked, {{"plan.role", ""}}, out);
  // A start is about those of its plan, else about the 本人 of the case.
  take<CaseTag>(gate, R"sql(SELECT a.id, e.started_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'assessment',
        e.pii_reason AS pii_0, e.id, e.household_id, e.agency_id
      FROM early_start e JOIN access_subject a ON a.id = e.case_id
      WHERE a.holder_id = $2 AND a.kind = 6
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND (EXISTS (SELECT 1 FROM plan_person h WHERE h.plan_id = e.plan_id AND h.person_id = $1)
          OR (e.plan_id IS NULL AND EXISTS (SELECT 1 FROM case_person h WHERE h.case_id = e.case_id AND h.person_id = $1))
          OR (e.plan_id IS NULL AND NOT EXISTS (SELECT 1 FROM case_person h WHERE h.case_id = e.case_id)
            AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
              AND e.started_on BETWEEN b.valid_from AND b.valid_until)))
        AND {scope:a.id} ORDER BY a.id, e.id LIMIT 2000)sql",
                asked, {{"early.reason", "assessment"}}, out,
                [](const SealedRow& r) { return RowDoor{r.i64(6), r.id<HouseholdTag>(7), {r.id<AgencyTag>(8)}}; });
  // What a meeting changed: how it stood before. How it stood after is the plan itself, or what a later change found.
  take<PlanTag>(gate, R"sql(SELECT a.id, p.submitted_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics | x.topic, CASE x.not_home WHEN 0 THEN 'plan' WHEN 1 THEN 'not_home' ELSE 'unsorted' END,
        x.pii_before AS pii_0
      FROM plan_amendment x JOIN plan p ON p.id = x.plan_id JOIN access_subject a ON a.id = x.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13 AND x.pii_before <> ''
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(p.submitted_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, x.id LIMIT 2000)sql",
                asked, {{"plan.goal", ""}}, out);
  take<DecisionTag>(gate, R"sql(SELECT a.id, d.decided_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        d.pii_note AS pii_0
      FROM support_decision d JOIN access_subject a ON a.id = d.id
      WHERE a.holder_id = $2 AND a.kind = 14
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(d.decided_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"decision.note", "assessment"}}, out);
  take<EvaluationTag>(gate, R"sql(SELECT a.id, e.made_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        e.pii_change AS pii_0, e.pii_person AS pii_1, e.pii_left AS pii_2
      FROM evaluation e JOIN access_subject a ON a.id = e.id
      WHERE a.holder_id = $2 AND a.kind = 19
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(e.made_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"evaluation.change", "assessment"}, {"evaluation.person", "said_by_person"}, {"evaluation.left", "assessment"}}, out);
  take<ClosureTag>(gate, R"sql(SELECT a.id, c.proposed_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_note AS pii_0
      FROM closure c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 20
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(c.proposed_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"closure.note", "assessment"}}, out);
}

void meetings(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        i.pii_question AS pii_0, i.pii_note AS pii_1
      FROM agenda_item i LEFT JOIN meeting_session h ON h.id = i.session_id JOIN access_subject a ON a.id = i.id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(h.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"item.question", "deliberation"}, {"item.note", "deliberation"}}, out);
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, f.found_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        f.pii_text AS pii_0
      FROM finding f JOIN access_subject a ON a.id = f.item_id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(f.found_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, f.id LIMIT 2000)sql",
                asked, {{"finding.text", "deliberation"}}, out);
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, r.due_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        r.pii_text AS pii_0
      FROM item_result r JOIN agenda_item i ON i.id = r.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = r.item_id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(h.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id, r.id LIMIT 2000)sql",
                asked, {{"result.text", "deliberation"}}, out);
  // A line hangs on its item, and the item on the household.
  take<MeetingNoteTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        n.pii_text AS pii_0
      FROM meeting_note n JOIN agenda_item i ON i.id = n.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = n.id
      WHERE a.holder_id = $2 AND a.kind = 38 AND n.struck_at IS NULL
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(h.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"note.text", "deliberation"}}, out);
  take<MeetingNoteTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_picture AS pii_0, p.pii_doing AS pii_1, p.pii_trouble AS pii_2, p.pii_ask AS pii_3
      FROM preparation p JOIN agenda_item i ON i.id = p.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 38
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(h.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"preparation.picture", "deliberation"}, {"preparation.doing", "deliberation"}, {"preparation.trouble", "deliberation"},
                        {"preparation.ask", "deliberation"}}, out);
}

// What was made of an item for others: the summary for advisers, and what guests were asked and answered. A summary names
// nobody, and whoever holds the item beside it knows all the same whom it tells of. A link has no person of its own: it is
// about those whom its item is about, and hangs on the item where the host does not know the household.
void packets(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        s.pii_people AS pii_0, s.pii_text AS pii_1
      FROM packet_summary s JOIN agenda_item i ON i.id = s.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = s.id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(h.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"summary.people", "fact_observed"}, {"summary.text", "deliberation"}}, out);
  take<GuestLinkTag>(gate, R"sql(SELECT a.id, l.made_on, CASE WHEN ia.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'heard_from',
        l.pii_name || ' ' || l.pii_office AS pii_0, l.pii_answer AS pii_1
      FROM guest_link l JOIN access_subject ia ON ia.id = l.item_id
        JOIN access_subject a ON a.id = l.id
      WHERE a.holder_id = $2 AND a.kind = 36
        AND l.item_id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = l.item_id AND b.person_id = $1
          AND l.made_on BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"guest.name", "heard_from"}, {"guest.answer", "heard_from"}}, out);
}

// The day of an opening is that of its act.
void emergencies(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<EmergencyAccessTag>(gate, R"sql(SELECT a.id, k.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'assessment',
        e.pii_reason AS pii_0, e.pii_note AS pii_1
      FROM emergency_access e LEFT JOIN act k ON k.kind = 'emergency.opened' AND k.subject_id = e.id JOIN access_subject a ON a.id = e.id
      WHERE a.holder_id = $2 AND a.kind = 35
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(k.held_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"emergency.reason", "heard_from"}, {"emergency.note", "assessment"}}, out);
}

void requests(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<CooperationRequestTag>(gate, R"sql(SELECT a.id, c.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_question AS pii_0, c.pii_answer AS pii_1, c.pii_outside AS pii_2
      FROM cooperation_request c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 30
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(c.asked_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"cooperation.question", "deliberation"}, {"cooperation.answer", "heard_from"}, {"cooperation.outside", "heard_from"}}, out);
  take<ProvisionTag>(gate, R"sql(SELECT a.id, p.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_about AS pii_0, p.pii_reason AS pii_1, p.pii_answer AS pii_2, p.pii_harm AS pii_3, p.pii_consent AS pii_4
      FROM provision p JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 31
        AND a.id IN (SELECT record_id FROM record_about WHERE person_id = $1)
        AND EXISTS (SELECT 1 FROM record_about b WHERE b.record_id = a.id AND b.person_id = $1
          AND COALESCE(p.asked_on, b.valid_from) BETWEEN b.valid_from AND b.valid_until)
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"provision.about", "fact_observed"}, {"provision.reason", "heard_from"}, {"provision.answer", "assessment"}, {"provision.harm", "assessment"},
                        {"provision.consent", "heard_from"}}, out);
}

}  // namespace

std::vector<FoundPart> gather(access::Gate& gate, const Asked& asked) {
  std::vector<FoundPart> out;
  people(gate, asked, out);
  homes(gate, asked, out);
  protection(gate, asked, out);
  records(gate, asked, out);
  consents(gate, asked, out);
  support(gate, asked, out);
  plans(gate, asked, out);
  meetings(gate, asked, out);
  packets(gate, asked, out);
  emergencies(gate, asked, out);
  requests(gate, asked, out);
  return out;
}

std::vector<HouseholdId> households_of(db::ReadTx& tx, PersonId person) {
  return tx.list<HouseholdId>(R"sql(SELECT DISTINCT household_id FROM membership WHERE person_id = $1)sql", db::params(person),
                              [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

std::vector<AgencyId> other_holders(access::Gate& gate, const Asked& asked) {
  std::vector<AgencyId> out;
  take_holders<SupportRecordTag>(gate, asked, out);
  take_holders<IntakeTag>(gate, asked, out);
  take_holders<InvolvementTag>(gate, asked, out);
  take_holders<PlanTag>(gate, asked, out);
  take_holders<ConsentTag>(gate, asked, out);
  take_holders<AgendaItemTag>(gate, asked, out);
  take_holders<MeetingNoteTag>(gate, asked, out);
  take_holders<GuestLinkTag>(gate, asked, out);
  take_holders<EmergencyAccessTag>(gate, asked, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace kasane::archive::store
