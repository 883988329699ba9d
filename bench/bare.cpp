#include "bare.hpp"

#include <ctime>
#include <functional>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "people/search_rules.hpp"
#include "sqlite.hpp"

namespace kasane::bench {

namespace {

double thread_ms() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

/// Mean CPU of one run; a tenth of the runs first, to warm up.
double measure(int runs, const std::function<void(std::size_t)>& run) {
  std::size_t at = 0;
  for (int i = 0; i < runs / 10 + 1; ++i) run(at++);
  const double begin = thread_ms();
  for (int i = 0; i < runs; ++i) run(at++);
  return (thread_ms() - begin) / runs;
}

template <class T>
const T& nth(const std::vector<T>& all, std::size_t at) {
  return all[(at * 7919) % all.size()];
}

}  // namespace

Bare::Bare(const std::filesystem::path& database, const Generated& city) : database_(database), city_(city) {}

double Bare::household(int runs) {
  Sqlite db(database_);
  Statement home(db, "SELECT h.number,h.pii_label,h.area_code,h.made_on,h.version,c.pii_address,c.pii_phone,c.version FROM household h LEFT JOIN household_contact c ON c.household_id=h.id WHERE h.id=?");
  Statement members(db, "SELECT p.id,p.pii_family,p.pii_given,p.pii_kana,p.pii_birth,p.sex,p.deceased_on,m.relation,m.lives_in,m.valid_from,m.valid_until,k.pii_phone,k.pii_safe FROM membership m JOIN person p ON p.id=m.person_id LEFT JOIN person_contact k ON k.person_id=p.id WHERE m.household_id=? ORDER BY m.id");
  Statement consents(db, "SELECT person_id,kind,given_on,refused,withdrawn_on,valid_until FROM consent WHERE household_id=? ORDER BY given_on");
  Statement safety(db, "SELECT pii_codes,pii_note,set_on FROM household_safety WHERE household_id=?");
  Statement issues(db, "SELECT id,person_id,code,certainty,treatment,pii_note,since_on FROM issue WHERE household_id=? AND ended_on IS NULL");
  Statement team(db, "SELECT i.id,i.agency_id,i.role,i.pii_what,i.from_on,i.last_contact_on,i.next_on,a.display_name FROM involvement i LEFT JOIN account a ON a.id=i.account_id WHERE i.household_id=? ORDER BY i.from_on LIMIT 200");
  Statement the_case(db, "SELECT id,number,state,category,owner_agency,opened_on,episode,contact_by FROM support_case WHERE household_id=?");
  Statement records(db, "SELECT r.id,r.on_day,r.at_time,r.method,r.outcome,r.agency_id,a.display_name FROM support_record r LEFT JOIN account a ON a.id=r.writer_id WHERE r.household_id=? AND r.replaced=0 ORDER BY r.on_day DESC,r.id DESC LIMIT 10");
  Statement parts(db, "SELECT p.record_id,p.part,p.pii_text FROM support_record_part p WHERE p.record_id IN (SELECT r.id FROM support_record r WHERE r.household_id=? AND r.replaced=0 ORDER BY r.on_day DESC,r.id DESC LIMIT 10) ORDER BY p.record_id,p.number");
  Statement due(db, "SELECT id,kind,due_on FROM due_item WHERE root_id=? AND done_on IS NULL ORDER BY due_on");
  const auto& ids = city_.workers.front().households;
  return measure(runs, [&](std::size_t at) {
    const std::int64_t id = nth(ids, at);
    home(id), members(id), consents(id), safety(id), issues(id), team(id), the_case(id), records(id), parts(id), due(id);
  });
}

double Bare::the_case(int runs) {
  Sqlite db(database_);
  Statement the_case(db, "SELECT c.number,c.state,c.category,c.owner_agency,c.opened_on,c.episode,c.contact_by,h.pii_label FROM support_case c JOIN household h ON h.id=c.household_id WHERE c.id=?");
  Statement subjects(db, "SELECT p.id,p.pii_family,p.pii_given,p.pii_kana FROM case_person c JOIN person p ON p.id=c.person_id WHERE c.case_id=?");
  Statement episodes(db, "SELECT number,opened_on,closed_on,trigger_code FROM case_episode WHERE case_id=? ORDER BY number");
  Statement consents(db, "SELECT person_id,kind,given_on,refused,withdrawn_on,valid_until FROM consent WHERE household_id=(SELECT household_id FROM support_case WHERE id=?)");
  Statement team(db, "SELECT i.id,i.agency_id,i.role,i.pii_what,i.from_on,i.last_contact_on,i.next_on FROM involvement i WHERE i.household_id=(SELECT household_id FROM support_case WHERE id=?)");
  Statement surveys(db, "SELECT s.section,s.agency_id,s.pii_text,s.saved_at FROM assessment a JOIN assessment_section s ON s.assessment_id=a.id WHERE a.case_id=?");
  Statement plans(db, "SELECT id,kind,revision,state,author_agency,pii_wishes,pii_household_wishes,pii_direction,review_on,decided_on FROM plan WHERE case_id=?");
  Statement goals(db, "SELECT g.number,g.term,g.pii_text,g.by_on FROM plan_goal g JOIN plan p ON p.id=g.plan_id WHERE p.case_id=? ORDER BY g.plan_id,g.number");
  Statement roles(db, "SELECT r.number,r.agency_id,r.who,r.pii_what,r.how_often,r.by_on FROM plan_role r JOIN plan p ON p.id=r.plan_id WHERE p.case_id=? ORDER BY r.plan_id,r.number");
  Statement tasks(db, "SELECT id,agency_id,pii_what,due_on,done_on FROM task WHERE household_id=(SELECT household_id FROM support_case WHERE id=?)");
  const auto& ids = city_.workers.front().cases;
  return measure(runs, [&](std::size_t at) {
    const std::int64_t id = nth(ids, at);
    the_case(id), subjects(id), episodes(id), consents(id), team(id), surveys(id), plans(id), goals(id), roles(id), tasks(id);
  });
}

double Bare::case_list(int runs) {
  Sqlite db(database_);
  Statement list(db, "SELECT c.id,c.household_id,h.pii_label,c.number,c.state,c.category,c.owner_agency,c.owner_by,c.opened_on,c.last_contact_on,c.contact_by,c.next_look_on,(SELECT min(i.next_on) FROM involvement i WHERE i.household_id=c.household_id AND +i.agency_id=? AND i.until_on IS NULL AND i.next_on>=?) FROM support_case c JOIN household h ON h.id=c.household_id WHERE c.state<>'closed' ORDER BY c.opened_on DESC,c.id DESC LIMIT 51");
  Statement count(db, "SELECT count(*) FROM (SELECT 1 FROM support_case WHERE state<>'closed' LIMIT 1001)");
  const std::string today = SystemClock().today().iso();
  const std::int64_t agency = city_.workers.front().agency;
  return measure(runs, [&](std::size_t) { list(agency, today), count(); });
}

double Bare::today(int runs) {
  Sqlite db(database_);
  Statement list(db, "SELECT d.id,d.kind,d.party_id,d.root_id,d.subject_kind,d.subject_id,d.due_on,h.pii_label,h.number FROM due_item d LEFT JOIN household h ON h.id=d.root_id WHERE d.party_id=? AND d.done_on IS NULL ORDER BY d.due_on,d.id LIMIT 200");
  return measure(runs, [&](std::size_t at) { list(nth(city_.workers, at).agency); });
}

double Bare::search(int runs) {
  Sqlite db(database_);
  Statement persons(db, "SELECT p.id,p.pii_family,p.pii_given,p.pii_kana,p.pii_birth FROM people_search_fts f JOIN person p ON p.id=f.rowid WHERE people_search_fts MATCH ? ORDER BY p.id DESC LIMIT 51");
  Statement households(db, "SELECT h.id,h.number,h.pii_label FROM people_search_fts f JOIN household h ON h.id=f.rowid WHERE people_search_fts MATCH ? ORDER BY h.id DESC LIMIT 51");
  return measure(runs, [&](std::size_t at) {
    const auto words = people::read_query(nth(city_.names, at));
    persons(words.person_keys), households(words.household_keys);
  });
}

double Bare::save_record(int runs) {
  Sqlite db(database_);
  db.run("PRAGMA synchronous=FULL");
  Statement record(db, "INSERT INTO support_record (id,household_id,case_id,person_id,agency_id,writer_id,on_day,at_time,method,outcome,attempt,content,stage,service,minutes,replaces_id,replaced,made_at) VALUES (?,?,NULL,NULL,?,?,?,'','phone','',0,'','','',NULL,NULL,0,0)");
  Statement part(db, "INSERT INTO support_record_part (record_id,number,part,pii_text) VALUES (?,1,'unsorted','様子を聞いた。')");
  Statement touch(db, "UPDATE involvement SET last_contact_on=? WHERE household_id=? AND agency_id=?");
  Statement move(db, "UPDATE support_case SET last_contact_on=?,contact_by=? WHERE household_id=?");
  const std::string today = SystemClock().today().iso();
  const Worker& worker = city_.workers.front();
  return measure(runs, [&](std::size_t at) {
    const std::int64_t home = nth(worker.households, at);
    const std::int64_t id = next_id();
    db.run("BEGIN IMMEDIATE");
    record(id, home, worker.agency, worker.account, today);
    part(id);
    touch(today, home, worker.agency);
    move(today, today, home);
    db.run("COMMIT");
  });
}

}  // namespace kasane::bench
