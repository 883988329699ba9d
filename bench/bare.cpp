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

namespace {

/// Who asks: the head of every page names them.
class WhoAsks {
 public:
  WhoAsks(Sqlite& db, const Worker& worker)
      : account_(worker.account),
        session_(db, "SELECT account_id,csrf,made_at,seen_at FROM login_session WHERE token_hash=? AND ended_at IS NULL"),
        account_row_(db, "SELECT id,login,display_name,active,version FROM account WHERE id=?"),
        posts_(db, "SELECT id,agency_id,role,title,services FROM post WHERE account_id=? AND valid_until>=? ORDER BY id") {}
  void operator()(const std::string& today) { session_("-"), account_row_(account_), posts_(account_, today); }

 private:
  std::int64_t account_;
  Statement session_, account_row_, posts_;
};

constexpr const char* kHome =
    "SELECT h.number,h.pii_label,h.area_code,h.made_on,h.version,c.pii_address,c.pii_phone,c.version FROM household h LEFT JOIN household_contact c ON c.household_id=h.id WHERE h.id=?";
constexpr const char* kMembers =
    "SELECT p.id,m.id,m.version,p.pii_family,p.pii_given,p.pii_kana,p.pii_birth,p.sex,p.deceased_on,m.relation,m.lives_in,m.valid_from,m.valid_until,k.pii_address,k.pii_phone,k.pii_safe "
    "FROM membership m JOIN person p ON p.id=m.person_id LEFT JOIN person_contact k ON k.person_id=p.id WHERE m.household_id=? ORDER BY m.id";
constexpr const char* kTeam =
    "SELECT i.id,i.agency_id,i.account_id,a.display_name,i.role,i.person_id,i.pii_what,i.from_on,i.until_on,i.last_contact_on,i.next_on FROM involvement i LEFT JOIN account a ON a.id=i.account_id "
    "WHERE i.household_id=? ORDER BY i.from_on,i.id LIMIT 200";
constexpr const char* kTasks = "SELECT id,agency_id,account_id,pii_what,how_often,due_on,done_on,version FROM task WHERE household_id=? ORDER BY due_on,id LIMIT 200";
constexpr const char* kPlans =
    "SELECT id,kind,lineage_id,revision,state,author_agency,author_id,approach,review_on,submitted_on,decided_on,ended_on,marked,version FROM plan WHERE case_id=? ORDER BY kind,lineage_id DESC,revision DESC LIMIT 100";
constexpr const char* kCase =
    "SELECT id,household_id,number,state,category,owner_agency,owner_by,opened_on,episode,approach,cadence_days,last_contact_on,contact_by,next_look_on,version FROM support_case WHERE id=?";
constexpr const char* kRecords =
    "SELECT r.id,r.person_id,r.agency_id,a.display_name,r.on_day,r.at_time,r.method,r.outcome,r.attempt,r.service,r.content,r.stage,r.minutes,p.part,p.pii_text "
    "FROM (SELECT * FROM support_record WHERE household_id=? AND replaced=0 ORDER BY on_day DESC,id DESC LIMIT ?) r LEFT JOIN account a ON a.id=r.writer_id "
    "LEFT JOIN support_record_part p ON p.record_id=r.id ORDER BY r.on_day DESC,r.id DESC,p.number";

}  // namespace

double Bare::household(int runs) {
  Sqlite db(database_);
  const Worker& worker = city_.workers.front();
  WhoAsks who(db, worker);
  Statement home(db, kHome), members(db, kMembers), team(db, kTeam), tasks(db, kTasks), plans(db, kPlans), the_case(db, kCase), records(db, kRecords);
  Statement case_id(db, "SELECT id FROM support_case WHERE household_id=?");
  Statement subjects(db, "SELECT person_id FROM case_person WHERE case_id=? AND until_on IS NULL");
  Statement consents(db, "SELECT id,person_id,kind,given_on,refused,withdrawn_on,valid_until,how,given_by,standard,topics FROM consent WHERE household_id=? ORDER BY given_on DESC,id DESC LIMIT 200");
  Statement safety(db, "SELECT pii_codes,pii_note,set_on FROM household_safety WHERE household_id=?");
  Statement issues(db, "SELECT id,person_id,code,certainty,treatment,pii_note,since_on,ended_on,version FROM issue WHERE household_id=? ORDER BY since_on,id");
  Statement referrals(db, "SELECT id,from_agency,to_agency,inbox,reply_by,answered_on FROM referral WHERE household_id=?");
  const std::string today = SystemClock().today().iso();
  return measure(runs, [&](std::size_t at) {
    const std::int64_t id = nth(worker.households, at);
    who(today);
    home(id), members(id), consents(id), safety(id), issues(id), team(id), tasks(id), referrals(id), records(id, 11);
    if (const auto found = case_id.number(id)) the_case(*found), subjects(*found), plans(*found);
  });
}

double Bare::records(int runs) {
  Sqlite db(database_);
  const Worker& worker = city_.workers.front();
  WhoAsks who(db, worker);
  Statement label(db, "SELECT id,number,pii_label FROM household WHERE id=?"), records(db, kRecords);
  const std::string today = SystemClock().today().iso();
  return measure(runs, [&](std::size_t at) {
    const std::int64_t id = nth(worker.households, at);
    who(today);
    label(id), records(id, 51);
  });
}

double Bare::the_case(int runs) {
  Sqlite db(database_);
  const Worker& worker = city_.workers.front();
  WhoAsks who(db, worker);
  Statement the_case(db, kCase), home(db, kHome), members(db, kMembers), team(db, kTeam), tasks(db, kTasks), plans(db, kPlans);
  Statement household(db, "SELECT household_id FROM support_case WHERE id=?");
  Statement subjects(db, "SELECT person_id FROM case_person WHERE case_id=? AND until_on IS NULL");
  Statement episodes(db, "SELECT number,opened_on,closed_on,trigger_code FROM case_episode WHERE case_id=? ORDER BY number");
  Statement due(db, "SELECT id,kind,party_id,root_id,subject_kind,subject_id,due_on FROM due_item WHERE root_id=? AND done_on IS NULL ORDER BY due_on,id");
  const std::string today = SystemClock().today().iso();
  return measure(runs, [&](std::size_t at) {
    const std::int64_t id = nth(worker.cases, at);
    const std::int64_t home_id = household.number(id).value_or(0);
    who(today);
    the_case(id), subjects(id), episodes(id), plans(id), home(home_id), members(home_id), team(home_id), tasks(home_id), due(home_id);
  });
}

double Bare::case_list(int runs) {
  Sqlite db(database_);
  const Worker& worker = city_.workers.front();
  WhoAsks who(db, worker);
  Statement list(db, "SELECT c.id,c.household_id,h.pii_label,c.number,c.state,c.category,c.owner_agency,c.owner_by,c.opened_on,c.last_contact_on,c.contact_by,c.next_look_on,(SELECT min(i.next_on) FROM involvement i WHERE i.household_id=c.household_id AND i.agency_id=? AND i.until_on IS NULL AND i.next_on>=?) FROM support_case c JOIN household h ON h.id=c.household_id WHERE c.state<>'closed' ORDER BY c.opened_on DESC,c.id DESC LIMIT 51");
  const std::string today = SystemClock().today().iso();
  return measure(runs, [&](std::size_t) { who(today), list(worker.agency, today); });
}

// The soonest fifty lines of a party over the index, one for each household, what waits there, and the two numbers.
double Bare::today(int runs) {
  Sqlite db(database_);
  const std::string first = "NOT EXISTS (SELECT 1 FROM due_item e WHERE e.root_id=d.root_id AND e.party_id=d.party_id AND e.done_on IS NULL AND (e.due_on<d.due_on OR (e.due_on=d.due_on AND e.id<d.id)))";
  Statement lines(db, "SELECT d.root_id,d.due_on,h.number,h.pii_label FROM due_item d LEFT JOIN household h ON h.id=d.root_id WHERE d.party_id=? AND d.of_household=? AND d.done_on IS NULL AND " + first + " ORDER BY d.due_on,d.root_id LIMIT 51");
  Statement items(db, "SELECT d.id,d.kind,d.party_id,d.subject_kind,d.subject_id,d.due_on FROM (SELECT root_id FROM due_item d WHERE d.party_id=? AND d.of_household=1 AND d.done_on IS NULL AND " + first + " ORDER BY d.due_on,d.root_id LIMIT 51) l JOIN due_item d ON d.root_id=l.root_id AND d.done_on IS NULL AND d.party_id=? ORDER BY d.due_on,d.id");
  Statement count(db, "SELECT count(*) FROM (SELECT 1 FROM due_item d WHERE d.party_id=? AND d.of_household=? AND d.done_on IS NULL AND d.due_on<=? AND " + first + " LIMIT 101)");
  const std::string today = SystemClock().today().iso();
  WhoAsks who(db, city_.workers.front());
  return measure(runs, [&](std::size_t at) {
    const std::int64_t party = nth(city_.workers, at).agency;
    who(today);
    lines(party, 1), lines(party, 0), items(party, party), count(party, 1, today), count(party, 0, today);
  });
}

double Bare::search(int runs) {
  Sqlite db(database_);
  WhoAsks who(db, city_.workers.front());
  Statement persons(db, "SELECT p.id,p.pii_family,p.pii_given,p.pii_kana,p.pii_birth,h.id,h.number,h.pii_label FROM people_search_fts f JOIN person p ON p.id=f.rowid LEFT JOIN membership m ON m.person_id=p.id LEFT JOIN household h ON h.id=m.household_id WHERE people_search_fts MATCH ? ORDER BY p.id DESC LIMIT 51");
  Statement households(db, "SELECT h.id,h.number,h.pii_label FROM people_search_fts f JOIN household h ON h.id=f.rowid WHERE people_search_fts MATCH ? ORDER BY h.id DESC LIMIT 51");
  Statement count_persons(db, "SELECT count(*) FROM (SELECT p.id FROM people_search_fts f JOIN person p ON p.id=f.rowid WHERE people_search_fts MATCH ? LIMIT 1001)");
  Statement count_households(db, "SELECT count(*) FROM (SELECT h.id FROM people_search_fts f JOIN household h ON h.id=f.rowid WHERE people_search_fts MATCH ? LIMIT 1001)");
  const std::string today = SystemClock().today().iso();
  return measure(runs, [&](std::size_t at) {
    const auto words = people::read_query(nth(city_.names, at));
    who(today);
    if (!words.person_keys.empty()) persons(words.person_keys), count_persons(words.person_keys);
    if (!words.household_keys.empty()) households(words.household_keys), count_households(words.household_keys);
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
