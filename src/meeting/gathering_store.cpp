#include "meeting/gathering_store.hpp"

#include "base/crypto.hpp"

namespace kasane::meeting::store {

namespace {

std::string joined(const std::vector<IssueField>& fields) {
  std::string codes;
  for (const IssueField f : fields) codes += (codes.empty() ? "" : ",") + std::string(code_of(f));
  return codes;
}
std::vector<IssueField> parted(std::string_view codes) {
  std::vector<IssueField> fields;
  while (!codes.empty()) {
    const auto comma = std::min(codes.find(','), codes.size());
    if (const auto field = parse_code<IssueField>(codes.substr(0, comma))) fields.push_back(*field);
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
  return fields;
}

/// Tells nothing of when an answer came, and so not which browser sent it.
std::int64_t random_id() {
  std::uint64_t id = 0;
  for (const auto byte : random_bytes(8)) id = id << 8 | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(id >> 1);
}

/// Columns id, kind, title, theme, issue_id, held_on, at_time, place, body, fields, for_whom, invitation, agency_id, state, outcome,
/// next_step, outcome_issue_id, outcome_body, survey_serial, survey_hash, survey_until, version, people.
Gathering gathering_from(const db::Row& r) {
  Gathering g;
  g.id = r.id<GatheringTag>(0);
  g.text.kind = parse_code<GatheringKind>(r.text(1)).value_or(GatheringKind::other);
  g.text.title = r.text(2);
  g.text.theme = r.text(3);
  g.text.issue = r.opt_id<CommonIssueTag>(4);
  g.text.held_on = r.date(5);
  g.text.at_time = r.text(6);
  g.text.place = r.text(7);
  g.text.body = r.text(8);
  g.text.fields = parted(r.text(9));
  g.text.for_whom = r.text(10);
  g.text.invitation = r.text(11);
  g.agency = r.id<AgencyTag>(12);
  g.state = parse_code<GatheringState>(r.text(13)).value_or(GatheringState::planned);
  g.outcome = r.text(14);
  g.next_step = r.text(15);
  g.outcome_issue = r.opt_id<CommonIssueTag>(16);
  g.outcome_body = r.text(17);
  g.survey_serial = r.i64(18);
  g.survey_open = !r.is_null(19);
  g.survey_until = r.opt_date(20);
  g.version = r.i64(21);
  g.people = r.i64(22);
  return g;
}

}  // namespace

void insert_gathering(db::WriteTx& tx, const Gathering& g) {
  const GatheringText& t = g.text;
  tx.run(R"sql(INSERT INTO gathering (id, kind, title, theme, issue_id, held_on, at_time, place, body, fields, for_whom, invitation, agency_id, state,
                 outcome, next_step, outcome_issue_id, outcome_body, survey_serial, survey_hash, survey_until, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'planned', '', '', NULL, '', 0, NULL, NULL, 1))sql",
         db::params(g.id, code_of(t.kind), t.title, t.theme, t.issue, t.held_on, t.at_time, t.place, t.body, joined(t.fields), t.for_whom, t.invitation, g.agency));
}

bool set_gathering(db::WriteTx& tx, GatheringId id, std::int64_t version, const GatheringText& t) {
  return tx.run(R"sql(UPDATE gathering SET kind = $3, title = $4, theme = $5, issue_id = $6, held_on = $7, at_time = $8, place = $9, body = $10,
                        fields = $11, for_whom = $12, invitation = $13, version = version + 1 WHERE id = $1 AND version = $2)sql",
                db::params(id, version, code_of(t.kind), t.title, t.theme, t.issue, t.held_on, t.at_time, t.place, t.body, joined(t.fields), t.for_whom, t.invitation)) == 1;
}

bool set_gathering_state(db::WriteTx& tx, GatheringId id, std::int64_t version, GatheringState state) {
  return tx.run(R"sql(UPDATE gathering SET state = $3, version = version + 1 WHERE id = $1 AND version = $2)sql", db::params(id, version, code_of(state))) == 1;
}

bool set_gathering_outcome(db::WriteTx& tx, GatheringId id, std::int64_t version, const GatheringOutcome& o) {
  return tx.run(R"sql(UPDATE gathering SET outcome = $3, next_step = $4, outcome_issue_id = $5, outcome_body = $6, version = version + 1
                      WHERE id = $1 AND version = $2)sql",
                db::params(id, version, o.outcome, o.next_step, o.issue, o.body)) == 1;
}

std::optional<Gathering> gathering(db::ReadTx& tx, GatheringId id) {
  return tx.one<Gathering>(R"sql(SELECT g.id, g.kind, g.title, g.theme, g.issue_id, g.held_on, g.at_time, g.place, g.body, g.fields, g.for_whom, g.invitation,
                                   g.agency_id, g.state, g.outcome, g.next_step, g.outcome_issue_id, g.outcome_body, g.survey_serial, g.survey_hash, g.survey_until,
                                   g.version, CAST((SELECT coalesce(sum(a.people), 0) FROM gathering_attendance a WHERE a.gathering_id = g.id) AS BIGINT)
                                 FROM gathering g WHERE g.id = $1)sql",
                           db::params(id), gathering_from);
}

std::vector<Gathering> gatherings(db::ReadTx& tx, Date from, Date to) {
  return tx.list<Gathering>(R"sql(SELECT g.id, g.kind, g.title, g.theme, g.issue_id, g.held_on, g.at_time, g.place, g.body, g.fields, g.for_whom, g.invitation,
                                    g.agency_id, g.state, g.outcome, g.next_step, g.outcome_issue_id, g.outcome_body, g.survey_serial, g.survey_hash, g.survey_until,
                                    g.version, CAST((SELECT coalesce(sum(a.people), 0) FROM gathering_attendance a WHERE a.gathering_id = g.id) AS BIGINT)
                                  FROM gathering g WHERE g.held_on >= $1 AND g.held_on <= $2 ORDER BY g.held_on DESC, g.id DESC LIMIT 300)sql",
                            db::params(from, to), gathering_from);
}

std::vector<Gathering> gatherings_about(db::ReadTx& tx, CommonIssueId issue) {
  return tx.list<Gathering>(R"sql(SELECT g.id, g.kind, g.title, g.theme, g.issue_id, g.held_on, g.at_time, g.place, g.body, g.fields, g.for_whom, g.invitation,
                                    g.agency_id, g.state, g.outcome, g.next_step, g.outcome_issue_id, g.outcome_body, g.survey_serial, g.survey_hash, g.survey_until,
                                    g.version, CAST((SELECT coalesce(sum(a.people), 0) FROM gathering_attendance a WHERE a.gathering_id = g.id) AS BIGINT)
                                  FROM gathering g WHERE (g.issue_id = $1 OR g.outcome_issue_id = $1) AND g.state <> 'cancelled'
                                  ORDER BY g.held_on DESC, g.id DESC LIMIT 50)sql",
                            db::params(issue), gathering_from);
}

void set_attendance(db::WriteTx& tx, GatheringId id, const std::vector<AttendanceLine>& lines) {
  tx.run(R"sql(DELETE FROM gathering_attendance WHERE gathering_id = $1)sql", db::params(id));
  std::int64_t number = 0;
  for (const AttendanceLine& line : lines)
    tx.run(R"sql(INSERT INTO gathering_attendance (gathering_id, number, field, agency_id, people) VALUES ($1, $2, $3, $4, $5))sql",
           db::params(id, ++number, code_of(line.field), line.agency, line.people));
}

std::vector<AttendanceLine> attendance(db::ReadTx& tx, GatheringId id) {
  return tx.list<AttendanceLine>(R"sql(SELECT field, agency_id, people FROM gathering_attendance WHERE gathering_id = $1 ORDER BY number)sql", db::params(id),
                                 [](const db::Row& r) {
                                   return AttendanceLine{parse_code<IssueField>(r.text(0)).value_or(IssueField::other), r.opt_id<AgencyTag>(1), r.i64(2)};
                                 });
}

MaterialId insert_material(db::WriteTx& tx, GatheringId id, const NewMaterial& m, AgencyId agency, Date on) {
  const auto fresh = fresh_id<MaterialTag>();
  tx.run(R"sql(INSERT INTO gathering_material (id, gathering_id, title, type, size, content, agency_id, added_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql",
         db::params(fresh, id, m.title, m.type, static_cast<std::int64_t>(m.bytes.size()), to_base64url(m.bytes), agency, on));
  return fresh;
}

std::vector<Material> materials(db::ReadTx& tx, GatheringId id) {
  return tx.list<Material>(R"sql(SELECT id, title, type, size, added_on FROM gathering_material WHERE gathering_id = $1 ORDER BY id LIMIT 100)sql", db::params(id),
                           [](const db::Row& r) { return Material{r.id<MaterialTag>(0), r.text(1), r.text(2), r.i64(3), r.date(4)}; });
}

std::optional<Content> material(db::ReadTx& tx, GatheringId id, MaterialId material) {
  return tx.one<Content>(R"sql(SELECT title, type, content FROM gathering_material WHERE gathering_id = $1 AND id = $2)sql", db::params(id, material),
                         [](const db::Row& r) {
                           const auto bytes = from_base64url(r.text(2)).value_or(Bytes());
                           return Content{r.text(0), r.text(1), std::string(bytes.begin(), bytes.end())};
                         });
}

bool drop_material(db::WriteTx& tx, GatheringId id, MaterialId material) {
  return tx.run(R"sql(DELETE FROM gathering_material WHERE gathering_id = $1 AND id = $2)sql", db::params(id, material)) == 1;
}

bool open_survey(db::WriteTx& tx, GatheringId id, std::int64_t version, const std::string& hash, Date until) {
  return tx.run(R"sql(UPDATE gathering SET survey_hash = $3, survey_until = $4, survey_serial = survey_serial + 1, version = version + 1
                      WHERE id = $1 AND version = $2)sql",
                db::params(id, version, hash, until)) == 1;
}

bool close_survey(db::WriteTx& tx, GatheringId id, std::int64_t version) {
  return tx.run(R"sql(UPDATE gathering SET survey_hash = NULL, version = version + 1 WHERE id = $1 AND version = $2)sql", db::params(id, version)) == 1;
}

std::optional<GatheringId> survey_of(db::ReadTx& tx, const std::string& hash, Date today) {
  return tx.one<GatheringId>(R"sql(SELECT id FROM gathering WHERE survey_hash = $1 AND survey_until >= $2 AND state <> 'cancelled')sql", db::params(hash, today),
                             [](const db::Row& r) { return r.id<GatheringTag>(0); });
}

bool mark_browser(db::WriteTx& tx, GatheringId id, const std::string& browser_hash) {
  return tx.run(R"sql(INSERT INTO survey_browser (gathering_id, browser_hash) VALUES ($1, $2) ON CONFLICT (gathering_id, browser_hash) DO NOTHING)sql",
                db::params(id, browser_hash)) == 1;
}

void forget_browsers(db::WriteTx& tx, GatheringId id) { tx.run(R"sql(DELETE FROM survey_browser WHERE gathering_id = $1)sql", db::params(id)); }

bool has_answered(db::ReadTx& tx, GatheringId id, const std::string& browser_hash) {
  return tx.exists(R"sql(SELECT 1 FROM survey_browser WHERE gathering_id = $1 AND browser_hash = $2)sql", db::params(id, browser_hash));
}

void insert_answer(db::WriteTx& tx, GatheringId id, const SurveyAnswer& a) {
  tx.run(R"sql(INSERT INTO survey_answer (id, gathering_id, useful, clear, usable, standing, text) VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
         db::params(random_id(), id, a.scale[0], a.scale[1], a.scale[2], a.standing ? code_of(*a.standing) : std::string_view(), a.text));
}

std::vector<SurveyAnswer> survey_answers(db::ReadTx& tx, GatheringId id) {
  return tx.list<SurveyAnswer>(R"sql(SELECT useful, clear, usable, standing, text FROM survey_answer WHERE gathering_id = $1 LIMIT 2000)sql", db::params(id),
                               [](const db::Row& r) {
                                 SurveyAnswer a;
                                 for (int q = 0; q < 3; ++q) a.scale[static_cast<std::size_t>(q)] = static_cast<int>(r.i64(q));
                                 a.standing = parse_code<Standing>(r.text(3));
                                 a.text = r.text(4);
                                 return a;
                               });
}

std::int64_t count_answers(db::ReadTx& tx, GatheringId id) {
  return tx.number(R"sql(SELECT count(*) FROM survey_answer WHERE gathering_id = $1)sql", db::params(id));
}

}  // namespace kasane::meeting::store
