// Every text that a holder keeps about a person, each read through the scope of its kind: what this viewer may not know
// does not come. What is about the person (alone or with others) wherever it hangs, and what is about a household as such
// while the person belonged to it; never what is about another member.
#include "archive/gather_store.hpp"

#include <algorithm>

namespace kasane::archive::store {

namespace {

using access::SealedRow;

/// A text column of a statement: what it is, and its type where the row does not say.
struct Column {
  std::string_view source;
  std::string_view part;  // "": the row's own
};

// Whether a household belonged to the person then is asked of the day on which the text came about. Issues and
// involvements go on from their day, and the day of a task lies ahead: there one bound alone tells.
// Columns of every statement: 0 record, 1 day or NULL, 2 whether about the person alone, 3 topics, 4 type, 5… texts.
constexpr int kFirstText = 5;

template <class Tag>
void take(access::Gate& gate, db::ScopeSql sql, const Asked& asked, std::initializer_list<Column> columns, std::vector<FoundPart>& out) {
  gate.scope<Tag>(access::kAllTopics).template list<int>(sql, db::params(asked.person, asked.holder), [&](const SealedRow& r) {
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
      out.push_back(std::move(p));
    }
    return 0;
  });
}

template <class Tag>
void take_holders(access::Gate& gate, const Asked& asked, std::vector<AgencyId>& out) {
  gate.scope<Tag>().template list<int>(R"sql(SELECT a.id, a.holder_id FROM access_subject a
      WHERE a.holder_id <> $2 AND a.kind = $3
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1)))
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

void records(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<SupportRecordTag>(gate, R"sql(SELECT a.id, r.on_day, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, p.part,
        p.pii_text AS pii_0
      FROM support_record r JOIN support_record_part p ON p.record_id = r.id JOIN access_subject a ON a.id = r.id AND r.replaced = 0
      WHERE a.holder_id = $2 AND a.kind = 8
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (r.on_day IS NULL OR (m.valid_from <= r.on_day AND (m.valid_until IS NULL OR m.valid_until >= r.on_day))))))
        AND {scope:a.id} ORDER BY a.id, p.number LIMIT 2000)sql",
                asked, {{"record.part", ""}}, out);
  take<IntakeTag>(gate, R"sql(SELECT a.id, i.taken_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, CASE WHEN i.consulter_relation = '' THEN 'said_by_person' ELSE 'heard_from' END,
        i.pii_summary AS pii_0, i.pii_consulter AS pii_1, i.pii_screening AS pii_2, i.pii_answers AS pii_3
      FROM intake i JOIN access_subject a ON a.id = i.id
      WHERE a.holder_id = $2 AND a.kind = 4
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (i.taken_on IS NULL OR (m.valid_from <= i.taken_on AND (m.valid_until IS NULL OR m.valid_until >= i.taken_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"intake.summary", ""}, {"intake.consulter", "heard_from"}, {"intake.screening", "assessment"}, {"intake.answers", "unsorted"}}, out);
  take<NoticeTag>(gate, R"sql(SELECT a.id, n.received_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        n.pii_about AS pii_0, n.pii_text AS pii_1, n.pii_reporter AS pii_2, n.pii_result AS pii_3
      FROM notice n JOIN access_subject a ON a.id = n.id
      WHERE a.holder_id = $2 AND a.kind = 3
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (n.received_on IS NULL OR (m.valid_from <= n.received_on AND (m.valid_until IS NULL OR m.valid_until >= n.received_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"notice.about", "heard_from"}, {"notice.text", "heard_from"}, {"notice.reporter", "heard_from"}, {"notice.result", "assessment"}}, out);
  take<NoticeTag>(gate, R"sql(SELECT a.id, b.reported_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        b.pii_text AS pii_0, b.pii_reporter AS pii_1
      FROM abuse_report b JOIN access_subject a ON a.id = b.id
      WHERE a.holder_id = $2 AND a.kind = 3
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (b.reported_on IS NULL OR (m.valid_from <= b.reported_on AND (m.valid_until IS NULL OR m.valid_until >= b.reported_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"abuse.text", "heard_from"}, {"abuse.reporter", "heard_from"}}, out);
  take<ReferralTag>(gate, R"sql(SELECT a.id, f.sent_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        f.pii_reason AS pii_0, f.pii_text AS pii_1, f.pii_reply AS pii_2
      FROM referral f JOIN access_subject a ON a.id = f.id
      WHERE a.holder_id = $2 AND a.kind = 5
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (f.sent_on IS NULL OR (m.valid_from <= f.sent_on AND (m.valid_until IS NULL OR m.valid_until >= f.sent_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"referral.reason", "assessment"}, {"referral.text", "heard_from"}, {"referral.reply", "assessment"}}, out);
}

void consents(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<ConsentTag>(gate, R"sql(SELECT a.id, c.given_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_witness AS pii_0, c.pii_representative AS pii_1, c.pii_withdrawal AS pii_2
      FROM consent c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 10
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (c.given_on IS NULL OR (m.valid_from <= c.given_on AND (m.valid_until IS NULL OR m.valid_until >= c.given_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"consent.witness", "heard_from"}, {"consent.representative", "fact_observed"}, {"consent.withdrawal", "said_by_person"}}, out);
  take<GroundRequestTag>(gate, R"sql(SELECT a.id, q.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        q.pii_reason AS pii_0
      FROM ground_request q JOIN access_subject a ON a.id = q.id
      WHERE a.holder_id = $2 AND a.kind = 11
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (q.asked_on IS NULL OR (m.valid_from <= q.asked_on AND (m.valid_until IS NULL OR m.valid_until >= q.asked_on))))))
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
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (m.valid_until IS NULL OR m.valid_until >= s.since_on))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"issue.note", "assessment"}}, out);
  take<InvolvementTag>(gate, R"sql(SELECT a.id, v.from_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        v.pii_what AS pii_0
      FROM involvement v JOIN access_subject a ON a.id = v.id
      WHERE a.holder_id = $2 AND a.kind = 7
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (m.valid_until IS NULL OR m.valid_until >= v.from_on))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"involvement.what", "plan"}}, out);
  take<TaskTag>(gate, R"sql(SELECT a.id, t.due_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        t.pii_what AS pii_0, t.pii_done AS pii_1
      FROM task t JOIN access_subject a ON a.id = t.id
      WHERE a.holder_id = $2 AND a.kind = 18
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (t.due_on IS NULL OR m.valid_from <= t.due_on))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"task.what", "plan"}, {"task.done", "fact_observed"}}, out);
  take<AssessmentTag>(gate, R"sql(SELECT a.id, s.made_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        x.pii_text AS pii_0
      FROM assessment s JOIN assessment_section x ON x.assessment_id = s.id JOIN access_subject a ON a.id = s.id
      WHERE a.holder_id = $2 AND a.kind = 12
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (s.made_on IS NULL OR (m.valid_from <= s.made_on AND (m.valid_until IS NULL OR m.valid_until >= s.made_on))))))
        AND {scope:a.id} ORDER BY a.id, x.section LIMIT 2000)sql",
                asked, {{"assessment.section", "assessment"}}, out);
}

void plans(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<PlanTag>(gate, R"sql(SELECT a.id, p.submitted_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_wishes AS pii_0, p.pii_household_wishes AS pii_1, p.pii_direction AS pii_2
      FROM plan p JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (p.submitted_on IS NULL OR (m.valid_from <= p.submitted_on AND (m.valid_until IS NULL OR m.valid_until >= p.submitted_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"plan.wishes", "said_by_person"}, {"plan.household_wishes", "heard_from"}, {"plan.direction", "assessment"}}, out);
  take<PlanTag>(gate, R"sql(SELECT a.id, g.by_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        g.pii_text AS pii_0
      FROM plan_goal g JOIN plan p ON p.id = g.plan_id JOIN access_subject a ON a.id = g.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (p.submitted_on IS NULL OR (m.valid_from <= p.submitted_on AND (m.valid_until IS NULL OR m.valid_until >= p.submitted_on))))))
        AND {scope:a.id} ORDER BY a.id, g.number LIMIT 2000)sql",
                asked, {{"plan.goal", "plan"}}, out);
  take<PlanTag>(gate, R"sql(SELECT a.id, w.by_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        w.pii_what AS pii_0
      FROM plan_role w JOIN plan p ON p.id = w.plan_id JOIN access_subject a ON a.id = w.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (p.submitted_on IS NULL OR (m.valid_from <= p.submitted_on AND (m.valid_until IS NULL OR m.valid_until >= p.submitted_on))))))
        AND {scope:a.id} ORDER BY a.id, w.number LIMIT 2000)sql",
                asked, {{"plan.role", "plan"}}, out);
  // What a meeting changed: how it stood before.
  take<PlanTag>(gate, R"sql(SELECT a.id, p.submitted_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        x.pii_before AS pii_0
      FROM plan_amendment x JOIN plan p ON p.id = x.plan_id JOIN access_subject a ON a.id = x.plan_id
      WHERE a.holder_id = $2 AND a.kind = 13 AND x.pii_before <> ''
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (p.submitted_on IS NULL OR (m.valid_from <= p.submitted_on AND (m.valid_until IS NULL OR m.valid_until >= p.submitted_on))))))
        AND {scope:a.id} ORDER BY a.id, x.id LIMIT 2000)sql",
                asked, {{"plan.goal", "plan"}}, out);
  take<DecisionTag>(gate, R"sql(SELECT a.id, d.decided_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        d.pii_note AS pii_0
      FROM support_decision d JOIN access_subject a ON a.id = d.id
      WHERE a.holder_id = $2 AND a.kind = 14
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (d.decided_on IS NULL OR (m.valid_from <= d.decided_on AND (m.valid_until IS NULL OR m.valid_until >= d.decided_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"decision.note", "assessment"}}, out);
  take<EvaluationTag>(gate, R"sql(SELECT a.id, e.made_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        e.pii_change AS pii_0, e.pii_person AS pii_1, e.pii_left AS pii_2
      FROM evaluation e JOIN access_subject a ON a.id = e.id
      WHERE a.holder_id = $2 AND a.kind = 19
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (e.made_on IS NULL OR (m.valid_from <= e.made_on AND (m.valid_until IS NULL OR m.valid_until >= e.made_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"evaluation.change", "assessment"}, {"evaluation.person", "said_by_person"}, {"evaluation.left", "assessment"}}, out);
  take<ClosureTag>(gate, R"sql(SELECT a.id, c.proposed_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_note AS pii_0
      FROM closure c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 20
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (c.proposed_on IS NULL OR (m.valid_from <= c.proposed_on AND (m.valid_until IS NULL OR m.valid_until >= c.proposed_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"closure.note", "assessment"}}, out);
}

void meetings(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        i.pii_question AS pii_0, i.pii_note AS pii_1
      FROM agenda_item i LEFT JOIN meeting_session h ON h.id = i.session_id JOIN access_subject a ON a.id = i.id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (h.held_on IS NULL OR (m.valid_from <= h.held_on AND (m.valid_until IS NULL OR m.valid_until >= h.held_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"item.question", "deliberation"}, {"item.note", "deliberation"}}, out);
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, f.found_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        f.pii_text AS pii_0
      FROM finding f JOIN access_subject a ON a.id = f.item_id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (f.found_on IS NULL OR (m.valid_from <= f.found_on AND (m.valid_until IS NULL OR m.valid_until >= f.found_on))))))
        AND {scope:a.id} ORDER BY a.id, f.id LIMIT 2000)sql",
                asked, {{"finding.text", "deliberation"}}, out);
  take<AgendaItemTag>(gate, R"sql(SELECT a.id, r.due_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        r.pii_text AS pii_0
      FROM item_result r JOIN agenda_item i ON i.id = r.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = r.item_id
      WHERE a.holder_id = $2 AND a.kind = 16
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (h.held_on IS NULL OR (m.valid_from <= h.held_on AND (m.valid_until IS NULL OR m.valid_until >= h.held_on))))))
        AND {scope:a.id} ORDER BY a.id, r.id LIMIT 2000)sql",
                asked, {{"result.text", "deliberation"}}, out);
  // A line hangs on its item, and the item on the household.
  take<MeetingNoteTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        n.pii_text AS pii_0
      FROM meeting_note n JOIN agenda_item i ON i.id = n.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = n.id
      WHERE a.holder_id = $2 AND a.kind = 38 AND n.struck_at IS NULL
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = i.household_id AND m.person_id = $1
            AND (h.held_on IS NULL OR (m.valid_from <= h.held_on AND (m.valid_until IS NULL OR m.valid_until >= h.held_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"note.text", "deliberation"}}, out);
  take<MeetingNoteTag>(gate, R"sql(SELECT a.id, h.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_picture AS pii_0, p.pii_doing AS pii_1, p.pii_trouble AS pii_2, p.pii_ask AS pii_3
      FROM preparation p JOIN agenda_item i ON i.id = p.item_id LEFT JOIN meeting_session h ON h.id = i.session_id
        JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 38
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = i.household_id AND m.person_id = $1
            AND (h.held_on IS NULL OR (m.valid_from <= h.held_on AND (m.valid_until IS NULL OR m.valid_until >= h.held_on))))))
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
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = i.household_id AND m.person_id = $1
            AND (h.held_on IS NULL OR (m.valid_from <= h.held_on AND (m.valid_until IS NULL OR m.valid_until >= h.held_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"summary.people", "fact_observed"}, {"summary.text", "deliberation"}}, out);
  take<GuestLinkTag>(gate, R"sql(SELECT a.id, l.made_on, CASE WHEN ia.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'heard_from',
        l.pii_name || ' ' || l.pii_office AS pii_0, l.pii_answer AS pii_1
      FROM guest_link l JOIN agenda_item i ON i.id = l.item_id JOIN access_subject ia ON ia.id = l.item_id
        JOIN access_subject a ON a.id = l.id
      WHERE a.holder_id = $2 AND a.kind = 36
        AND (ia.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = ia.person_id AND g.person_id = $1)
          OR (ia.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = i.household_id AND m.person_id = $1
            AND m.valid_from <= l.made_on AND (m.valid_until IS NULL OR m.valid_until >= l.made_on))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"guest.name", "heard_from"}, {"guest.answer", "heard_from"}}, out);
}

// The day of an opening is that of its act.
void emergencies(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<EmergencyAccessTag>(gate, R"sql(SELECT a.id, k.held_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'assessment',
        e.pii_reason AS pii_0, e.pii_note AS pii_1
      FROM emergency_access e LEFT JOIN act k ON k.kind = 'emergency.opened' AND k.subject_id = e.id JOIN access_subject a ON a.id = e.id
      WHERE a.holder_id = $2 AND a.kind = 35
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (k.held_on IS NULL OR (m.valid_from <= k.held_on AND (m.valid_until IS NULL OR m.valid_until >= k.held_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"emergency.reason", "heard_from"}, {"emergency.note", "assessment"}}, out);
}

void requests(access::Gate& gate, const Asked& asked, std::vector<FoundPart>& out) {
  take<CooperationRequestTag>(gate, R"sql(SELECT a.id, c.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        c.pii_question AS pii_0, c.pii_answer AS pii_1, c.pii_outside AS pii_2
      FROM cooperation_request c JOIN access_subject a ON a.id = c.id
      WHERE a.holder_id = $2 AND a.kind = 30
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (c.asked_on IS NULL OR (m.valid_from <= c.asked_on AND (m.valid_until IS NULL OR m.valid_until >= c.asked_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"cooperation.question", "deliberation"}, {"cooperation.answer", "heard_from"}, {"cooperation.outside", "heard_from"}}, out);
  take<ProvisionTag>(gate, R"sql(SELECT a.id, p.asked_on, CASE WHEN a.person_id = $1 THEN 1 ELSE 0 END, a.topics, 'fact_observed',
        p.pii_about AS pii_0, p.pii_reason AS pii_1, p.pii_answer AS pii_2, p.pii_harm AS pii_3
      FROM provision p JOIN access_subject a ON a.id = p.id
      WHERE a.holder_id = $2 AND a.kind = 31
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = a.root_id AND m.person_id = $1
            AND (p.asked_on IS NULL OR (m.valid_from <= p.asked_on AND (m.valid_until IS NULL OR m.valid_until >= p.asked_on))))))
        AND {scope:a.id} ORDER BY a.id LIMIT 2000)sql",
                asked, {{"provision.about", "fact_observed"}, {"provision.reason", "heard_from"}, {"provision.answer", "assessment"}, {"provision.harm", "assessment"}}, out);
}

}  // namespace

std::vector<FoundPart> gather(access::Gate& gate, const Asked& asked) {
  std::vector<FoundPart> out;
  people(gate, asked, out);
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

namespace {

/// A line, an answer and a sheet hang on their item, and the item on the household.
void take_note_holders(access::Gate& gate, const Asked& asked, std::vector<AgencyId>& out) {
  gate.scope<MeetingNoteTag>().list<int>(R"sql(SELECT a.id, a.holder_id FROM access_subject a
      JOIN (SELECT n.id AS id, n.item_id AS item_id FROM meeting_note n WHERE n.struck_at IS NULL UNION ALL SELECT p.id, p.item_id FROM preparation p) w ON w.id = a.id
      JOIN agenda_item i ON i.id = w.item_id
      WHERE a.holder_id <> $2 AND a.kind = 38
        AND (a.person_id = $1 OR EXISTS (SELECT 1 FROM access_group g WHERE g.group_id = a.person_id AND g.person_id = $1)
          OR (a.person_id IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = i.household_id AND m.person_id = $1)))
        AND {scope:a.id} LIMIT 2000)sql",
                                         db::params(asked.person, asked.holder), [&](const SealedRow& r) {
                                           out.push_back(r.id<AgencyTag>(1));
                                           return 0;
                                         });
}

}  // namespace

std::vector<AgencyId> other_holders(access::Gate& gate, const Asked& asked) {
  std::vector<AgencyId> out;
  take_holders<SupportRecordTag>(gate, asked, out);
  take_holders<IntakeTag>(gate, asked, out);
  take_holders<InvolvementTag>(gate, asked, out);
  take_holders<PlanTag>(gate, asked, out);
  take_holders<ConsentTag>(gate, asked, out);
  take_holders<AgendaItemTag>(gate, asked, out);
  take_note_holders(gate, asked, out);
  take_holders<GuestLinkTag>(gate, asked, out);
  take_holders<EmergencyAccessTag>(gate, asked, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace kasane::archive::store
