#include "consent/store.hpp"

#include <unordered_map>

namespace kasane::consent {

using access::SealedRow;
using access::Topic;
using access::Topics;

namespace {

Topics topics_of(std::int64_t bits) { return Topics(static_cast<std::uint32_t>(bits)); }
Kind kind_of(std::string_view code) { return code == "application" ? Kind::application : Kind::sharing; }
const char* code_of_how(How how) { return how == How::paper ? "paper" : "spoken"; }
const char* code_of_giver(GivenBy by) { return by == GivenBy::self ? "self" : "representative"; }
Date for_ever() { return *Date::from_iso(access::kForever); }
std::optional<Date> unless_for_ever(Date day) { return day == for_ever() ? std::nullopt : std::optional(day); }

StoredFact fact_of(const db::Row& r) {
  StoredFact f;
  f.id = r.id<ConsentTag>(0);
  f.household = r.id<HouseholdTag>(1);
  f.person = r.id<PersonTag>(2);
  f.kind = kind_of(r.text(3));
  f.dates = {r.date(4), r.boolean(5), r.opt_date(6), r.date(7)};
  f.topics = topics_of(r.i64(8));
  f.version = r.i64(9);
  return f;
}

struct AgencyRow {
  ConsentId consent;
  AgencyId agency;
};
AgencyRow agency_row(const db::Row& r) { return {r.id<ConsentTag>(0), r.id<AgencyTag>(1)}; }

std::vector<AgencyRow> exceptions_of(db::ReadTx& tx, HouseholdId household) {
  return tx.list<AgencyRow>(R"sql(SELECT e.consent_id, e.agency_id FROM consent_exception e JOIN consent c ON c.id = e.consent_id
                              WHERE c.household_id = $1 ORDER BY e.consent_id, e.agency_id)sql",
                            db::params(household), agency_row);
}

void put_exceptions(db::ReadTx& tx, std::vector<StoredFact>& facts) {
  if (facts.empty()) return;
  for (const AgencyRow& row : exceptions_of(tx, facts.front().household))
    for (StoredFact& f : facts)
      if (f.id == row.consent) f.exceptions.push_back(row.agency);
}

ConsentLine line_of(const SealedRow& r, Date today) {
  ConsentLine l;
  l.id = r.id<ConsentTag>(0);
  l.person = r.id<PersonTag>(1);
  l.kind = kind_of(r.text(2));
  l.given_on = r.date(3);
  const FactDates dates{l.given_on, r.boolean(4), r.opt_date(5), r.date(6)};
  l.validity = validity_on(dates, today);
  l.withdrawn_on = dates.withdrawn_on;
  l.valid_until = unless_for_ever(dates.valid_until);
  l.how = r.text(7) == "paper" ? How::paper : How::spoken;
  l.given_by = r.text(8) == "self" ? GivenBy::self : GivenBy::representative;
  l.witness = r.personal(9, Topic::basic);
  l.representative = r.personal(10, Topic::basic);
  l.standard = r.boolean(11);
  l.topics = topics_of(r.i64(12));
  l.form_version = r.text(13);
  l.has_sheet = !r.is_null(14);
  l.version = r.i64(15);
  l.withdrawal = r.personal(16, Topic::basic);
  if (const auto capacity = r.opt_text(17)) l.capacity = capacity_of(*capacity);
  l.representation = r.personal(18, Topic::basic);
  l.represented_until = r.opt_date(19);
  if (const auto answer = r.opt_text(20)) l.assent = HeardAssent{assent_of(*answer).value_or(Assent::unclear), r.date(21)};
  return l;
}

GroundRequestLine request_of(const SealedRow& r) {
  GroundRequestLine l;
  l.id = r.id<GroundRequestTag>(0);
  l.household = r.id<HouseholdTag>(1);
  if (const auto person = r.opt_i64(2)) l.person = PersonId(*person);
  l.body = r.text(3);
  l.ground_code = r.text(4);
  l.reason = r.personal(5, Topic::meeting);
  l.asked_by = r.id<AgencyTag>(6);
  l.asked_on = r.date(7);
  l.state = request_state(r.text(8)).value_or(RequestState::waiting);
  l.treated_on = r.opt_date(9);
  l.version = r.i64(10);
  return l;
}

}  // namespace

void insert_consent(db::WriteTx& tx, const ConsentPermit& permit, const NewConsent& c, std::optional<ConsentId> sheet,
                    const access::Actor& actor) {
  const bool sharing = c.kind == Kind::sharing && !c.refused;
  permit.run(tx, R"sql(INSERT INTO consent (id, household_id, person_id, kind, given_on, how, pii_witness, given_by, pii_representative,
                         standard, topics, valid_until, form_version, withdrawn_on, pii_withdrawal, refused, sheet_id,
                         recorded_at, recorded_by, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, NULL, $13, $14, $15, $16, 1))sql",
             db::params(c.household, c.person, code_of(c.kind), c.given_on, code_of_how(c.how), c.witness, code_of_giver(c.given_by),
                        c.representative, std::int64_t{sharing && c.standard ? 1 : 0},
                        sharing ? static_cast<std::int64_t>(scope_of(c).bits()) : std::int64_t{0}, last_day_of(c).value_or(for_ever()),
                        c.form_version, std::int64_t{c.refused ? 1 : 0}, sheet, actor.now, actor.account));
  if (c.given_by == GivenBy::representative && c.representation)
    permit.run(tx, R"sql(INSERT INTO consent_representation (consent_id, kind, pii_basis, until_on) VALUES ($permit, $1, $2, $3))sql",
               db::params(code_of(c.representation->capacity), c.representation->basis, c.representation->until));
  if (c.assent)
    tx.run(R"sql(INSERT INTO consent_assent (consent_id, answer, heard_on) VALUES ($1, $2, $3))sql",
           db::params(permit.id(), code_of(c.assent->answer), c.assent->heard_on));
  if (!sharing) return;
  for (const AgencyId agency : c.exceptions)
    tx.run(R"sql(INSERT INTO consent_exception (consent_id, agency_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql",
           db::params(permit.id(), agency));
}

void insert_sheet(db::WriteTx& tx, const ConsentPermit& permit, std::string_view content_type, std::string_view base64url) {
  permit.run(tx, R"sql(INSERT INTO consent_sheet (id, content_type, pii_bytes) VALUES ($permit, $1, $2))sql", db::params(content_type, base64url));
}

bool set_withdrawn(db::WriteTx& tx, const HouseholdPermit& permit, ConsentId id, Date on, std::string_view reason, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE consent SET withdrawn_on = $1, pii_withdrawal = $2, version = version + 1
                              WHERE household_id = $permit AND id = $3 AND version = $4 AND withdrawn_on IS NULL AND refused = 0)sql",
                    db::params(on, reason, id, version)) == 1;
}

void set_valid_until(db::WriteTx& tx, ConsentId id, Date last_day) {
  tx.run(R"sql(UPDATE consent SET valid_until = $2, version = version + 1 WHERE id = $1)sql", db::params(id, last_day));
}

void keep_reached(db::WriteTx& tx, ConsentId id, const std::vector<AgencyId>& agencies) {
  for (const AgencyId agency : agencies)
    tx.run(R"sql(INSERT INTO consent_reached (consent_id, agency_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql", db::params(id, agency));
}

std::vector<PaperOut> keep_papers(db::WriteTx& tx, ConsentId id, Date today) {
  tx.run(R"sql(INSERT INTO consent_paper_out (consent_id, item_id, agency_id)
           SELECT DISTINCT g.source_id, g.root_id, r.party_id FROM access_ground g JOIN access_reach r ON r.ground_id = g.id
             JOIN access_subject s ON s.id = g.root_id AND s.kind = $2
           WHERE g.source_id = $1 AND r.valid_from <= $3 ON CONFLICT DO NOTHING)sql",
         db::params(id, SubjectKind::agenda_item, today));
  return tx.list<PaperOut>(R"sql(SELECT item_id, agency_id FROM consent_paper_out WHERE consent_id = $1 ORDER BY item_id, agency_id)sql", db::params(id),
                           [](const db::Row& r) { return PaperOut{r.i64(0), r.id<AgencyTag>(1)}; });
}

std::vector<StoredFact> facts_of_household(db::ReadTx& tx, HouseholdId household) {
  auto facts = tx.list<StoredFact>(
      R"sql(SELECT id, household_id, person_id, kind, given_on, refused, withdrawn_on, valid_until, topics, version
            FROM consent WHERE household_id = $1 ORDER BY given_on, recorded_at, id)sql",
      db::params(household), fact_of);
  put_exceptions(tx, facts);
  return facts;
}

std::vector<StoredFact> facts_of_households(db::ReadTx& tx, const std::vector<HouseholdId>& households) {
  if (households.empty()) return {};
  auto facts = tx.list<StoredFact>(
      R"sql(SELECT id, household_id, person_id, kind, given_on, refused, withdrawn_on, valid_until, topics, version
            FROM consent WHERE household_id IN {ids:$1} ORDER BY household_id, given_on, recorded_at, id)sql",
      db::params(db::id_list(households)), fact_of);
  std::unordered_map<ConsentId, std::vector<AgencyId>> left_out;
  tx.each(R"sql(SELECT e.consent_id, e.agency_id FROM consent_exception e JOIN consent c ON c.id = e.consent_id
            WHERE c.household_id IN {ids:$1} ORDER BY e.consent_id, e.agency_id)sql",
          db::params(db::id_list(households)), [&](const db::Row& r) { left_out[r.id<ConsentTag>(0)].push_back(r.id<AgencyTag>(1)); });
  for (StoredFact& f : facts)
    if (const auto own = left_out.find(f.id); own != left_out.end()) f.exceptions = own->second;
  return facts;
}

std::vector<StoredFact> facts_of_person(db::ReadTx& tx, PersonId person) {
  auto facts = tx.list<StoredFact>(
      R"sql(SELECT c.id, c.household_id, c.person_id, c.kind, c.given_on, c.refused, c.withdrawn_on, c.valid_until, c.topics, c.version
            FROM consent c JOIN access_subject a ON a.id = c.person_id AND a.root_id = c.household_id
            WHERE c.person_id = $1 ORDER BY c.given_on, c.recorded_at, c.id)sql",
      db::params(person), fact_of);
  put_exceptions(tx, facts);
  return facts;
}

std::optional<StoredFact> fact(db::ReadTx& tx, ConsentId id) {
  return tx.one<StoredFact>(R"sql(SELECT id, household_id, person_id, kind, given_on, refused, withdrawn_on, valid_until, topics, version
                              FROM consent WHERE id = $1)sql",
                            db::params(id), fact_of);
}

std::vector<ConsentLine> load_consents(access::Gate& gate, HouseholdId household, Date today) {
  return gate.scope<ConsentTag>(Topic::basic).list<ConsentLine>(
      R"sql(SELECT c.id, c.person_id, c.kind, c.given_on, c.refused, c.withdrawn_on, c.valid_until, c.how, c.given_by, c.pii_witness,
              c.pii_representative, c.standard, c.topics, c.form_version, c.sheet_id, c.version, c.pii_withdrawal,
              r.kind, r.pii_basis, r.until_on, a.answer, a.heard_on
            FROM consent c LEFT JOIN consent_representation r ON r.consent_id = c.id LEFT JOIN consent_assent a ON a.consent_id = c.id
            WHERE c.household_id = $1 AND {scope:c.id}
            ORDER BY c.given_on DESC, c.recorded_at DESC, c.id DESC LIMIT 200)sql",
      db::params(household), [today](const SealedRow& r) { return line_of(r, today); });
}

std::optional<ConsentLine> load_consent(const ConsentPermit& permit, Date today) {
  return permit.one<ConsentLine>(
      R"sql(SELECT c.id, c.person_id, c.kind, c.given_on, c.refused, c.withdrawn_on, c.valid_until, c.how, c.given_by, c.pii_witness,
              c.pii_representative, c.standard, c.topics, c.form_version, c.sheet_id, c.version, c.pii_withdrawal,
              r.kind, r.pii_basis, r.until_on, a.answer, a.heard_on
            FROM consent c LEFT JOIN consent_representation r ON r.consent_id = c.id LEFT JOIN consent_assent a ON a.consent_id = c.id
            WHERE c.id = $permit)sql",
      {}, [today](const SealedRow& r) { return line_of(r, today); });
}

void add_agencies(db::ReadTx& tx, HouseholdId household, std::vector<ConsentLine>& lines) {
  const auto put = [&](const AgencyRow& row, std::vector<AgencyId> ConsentLine::*where) {
    for (ConsentLine& line : lines)
      if (line.id == row.consent) (line.*where).push_back(row.agency);
  };
  for (const AgencyRow& row : exceptions_of(tx, household)) put(row, &ConsentLine::exceptions);
  for (const AgencyRow& row : tx.list<AgencyRow>(
           R"sql(SELECT r.consent_id, r.agency_id FROM consent_reached r JOIN consent c ON c.id = r.consent_id
                 WHERE c.household_id = $1 ORDER BY r.consent_id, r.agency_id)sql",
           db::params(household), agency_row))
    put(row, &ConsentLine::went_out);
  tx.each(R"sql(SELECT o.consent_id, o.item_id, o.agency_id FROM consent_paper_out o JOIN consent c ON c.id = o.consent_id
              WHERE c.household_id = $1 ORDER BY o.consent_id, o.item_id, o.agency_id)sql",
          db::params(household), [&](const db::Row& r) {
            for (ConsentLine& line : lines)
              if (line.id == r.id<ConsentTag>(0)) line.papers_out.push_back({r.i64(1), r.id<AgencyTag>(2)});
          });
}

std::optional<SheetFile> load_sheet(const ConsentPermit& permit) {
  return permit.one<SheetFile>(R"sql(SELECT s.content_type, s.pii_bytes FROM consent c JOIN consent_sheet s ON s.id = c.sheet_id
                                     WHERE c.id = $permit)sql",
                               {}, [](const SealedRow& r) { return SheetFile{r.text(0), r.personal(1, Topic::contact)}; });
}

std::int64_t insert_own_view(db::WriteTx& tx, const HouseholdPermit& permit, const NewOwnView& what, AccountId by) {
  const std::int64_t id = next_id();
  permit.run(tx, R"sql(INSERT INTO own_view (id, household_id, person_id, pii_text, heard_on, recorded_by) VALUES ($1, $permit, $2, $3, $4, $5))sql",
             db::params(id, what.person, what.text, what.heard_on, by));
  return id;
}

std::vector<OwnView> load_own_views(const PersonPermit& permit) {
  return permit.list<OwnView>(R"sql(SELECT id, pii_text, heard_on, recorded_by FROM own_view WHERE person_id = $permit
                                    ORDER BY heard_on DESC, id DESC LIMIT 50)sql",
                              {}, [](const SealedRow& r) {
                                return OwnView{r.i64(0), r.personal(1, Topic::child), r.date(2), r.id<AccountTag>(3)};
                              });
}

void insert_request(db::WriteTx& tx, const RequestPermit& permit, const NewGroundRequest& what, AgencyId asked_by) {
  permit.run(tx, R"sql(INSERT INTO ground_request (id, household_id, person_id, body, ground_code, pii_reason, asked_by, asked_on, state,
                         treated_on, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, 'waiting', NULL, 1))sql",
             db::params(what.household, what.person, what.body->code, what.ground_code, what.reason, asked_by, what.asked_on));
}

std::vector<GroundRequestLine> load_waiting(access::Gate& gate, std::string_view body) {
  return gate.scope<GroundRequestTag>(Topic::basic | Topic::meeting)
      .list<GroundRequestLine>(R"sql(SELECT g.id, g.household_id, g.person_id, g.body, g.ground_code, g.pii_reason, g.asked_by, g.asked_on,
                                       g.state, g.treated_on, g.version
                                     FROM ground_request g WHERE g.body = $1 AND g.state = 'waiting' AND {scope:g.id}
                                     ORDER BY g.asked_on, g.id LIMIT 200)sql",
                               db::params(body), request_of);
}

std::vector<GroundRequestLine> load_requests(access::Gate& gate, HouseholdId household) {
  return gate.scope<GroundRequestTag>(Topic::basic | Topic::meeting)
      .list<GroundRequestLine>(R"sql(SELECT g.id, g.household_id, g.person_id, g.body, g.ground_code, g.pii_reason, g.asked_by, g.asked_on,
                                       g.state, g.treated_on, g.version
                                     FROM ground_request g WHERE g.household_id = $1 AND {scope:g.id}
                                     ORDER BY g.asked_on DESC, g.id DESC LIMIT 200)sql",
                               db::params(household), request_of);
}

std::optional<GroundRequestLine> load_request(const RequestPermit& permit) {
  return permit.one<GroundRequestLine>(R"sql(SELECT g.id, g.household_id, g.person_id, g.body, g.ground_code, g.pii_reason, g.asked_by, g.asked_on,
                                               g.state, g.treated_on, g.version
                                             FROM ground_request g WHERE g.id = $permit)sql",
                                       {}, request_of);
}

bool set_request_state(db::WriteTx& tx, GroundRequestId id, RequestState from, RequestState to, std::optional<Date> treated_on) {
  return tx.run(R"sql(UPDATE ground_request SET state = $3, treated_on = $4, version = version + 1 WHERE id = $1 AND state = $2)sql",
                db::params(id, code_of(from), code_of(to), treated_on)) == 1;
}

}  // namespace kasane::consent
