#include "access/audit_scan.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "access/audit_store.hpp"

namespace kasane::access {

namespace {

// A page about one household shows at most this many roots; more is a list.
constexpr std::size_t kRootsOfOnePage = 3;

struct Looks {
  std::int64_t opened = 0, listed = 0, printed = 0;
  UtcMs last_at = 0;
};
struct Day {
  AccountDay facts;
  std::int64_t events = 0, first_seq = 0, last_seq = 0;
  std::set<std::int64_t> night_roots, relatives, left;
  UtcMs last_at = 0;
};
using AccountAndDay = std::pair<std::int64_t, std::string>;

struct Gathered {
  std::map<std::tuple<std::int64_t, std::int64_t, std::string>, Looks> looks;  // root, account, day
  std::map<AccountAndDay, Day> days;
  std::int64_t last_seq = 0;
};

int hour_of(UtcMs at) {
  int hour = 0;
  const std::string time = office_time(at);
  std::from_chars(time.data(), time.data() + 2, hour);
  return hour;
}

// Ids as text of one parameter, see db::id_list.
db::Param ids(const std::set<std::int64_t>& wanted) {
  std::vector<HouseholdId> list;
  for (const std::int64_t id : wanted) list.emplace_back(id);
  return db::id_list(list);
}

class Scan {
 public:
  Scan(db::ReadTx& city, const AgenciesOf& agencies_of, const UnusualLimits& limits) : city_(city), agencies_of_(agencies_of), limits_(limits) {}

  Gathered take(const std::vector<audit_store::StoredEvent>& events) {
    load_roots(events);
    for (const auto& e : events) take(e.event);
    return std::move(out_);
  }

 private:
  void load_roots(const std::vector<audit_store::StoredEvent>& events) {
    std::set<std::int64_t> subjects;
    for (const auto& e : events)
      if (const auto list = unpack_subjects(e.event.subjects))
        for (const auto& s : *list) subjects.insert(s.ref.id);
    if (subjects.empty()) return;
    city_.each(R"sql(SELECT id, root_id FROM access_subject WHERE id IN {ids:$1})sql", db::params(ids(subjects)),
               [&](const db::Row& r) { root_of_[r.i64(0)] = r.i64(1); });
  }

  void take(const AuditEvent& e) {
    out_.last_seq = e.seq;
    const Date on = office_day(e.at);
    const std::string day_text = on.iso();
    Day& day = out_.days[{e.account, day_text}];
    if (day.events++ == 0) day.first_seq = e.seq;
    day.last_seq = e.seq;
    day.last_at = e.at;
    if (e.act == Act::search) ++day.facts.searches;
    std::set<std::int64_t> roots, refused;
    if (const auto list = unpack_subjects(e.subjects))
      for (const auto& s : *list) {
        const auto root = root_of_.find(s.ref.id);
        if (root == root_of_.end()) continue;
        (s.denied ? refused : roots).insert(root->second);
      }
    day.facts.refused += static_cast<std::int64_t>(refused.size());
    const bool page = e.act != Act::list && e.act != Act::search && e.act != Act::count && roots.size() <= kRootsOfOnePage;
    for (const std::int64_t root : roots) {
      Looks& looks = out_.looks[{root, e.account, day_text}];
      ++(e.act == Act::print ? looks.printed : page ? looks.opened : looks.listed);
      looks.last_at = e.at;
    }
    if (page && !roots.empty() && is_night(hour_of(e.at), limits_)) {
      day.facts.at_night = true;
      day.night_roots.insert(roots.begin(), roots.end());
    }
    for (const std::int64_t root : refused)
      if (is_shielded(e.account, root)) {
        day.facts.own_relatives = true;
        day.relatives.insert(root);
      }
    if (page)
      for (const std::int64_t root : roots)
        if (has_left(e.account, root, on)) {
          day.facts.after_leaving = true;
          day.left.insert(root);
        }
  }

  // Whether the account itself (not its agency) is kept from somebody of this household.
  bool is_shielded(std::int64_t account, std::int64_t root) {
    const auto [at, fresh] = shielded_.try_emplace({account, root}, false);
    if (fresh)
      at->second = city_.number(R"sql(SELECT count(*) FROM access_shield d JOIN access_subject s ON s.person_id = d.person_id
                                   WHERE d.party_id = $1 AND s.root_id = $2)sql", db::params(account, root)) > 0;
    return at->second;
  }

  // An agency of the account was in the team before, and none is now, nor holds the household.
  bool has_left(std::int64_t account, std::int64_t root, Date on) {
    auto [own, fresh] = agencies_.try_emplace({account, on.iso()});
    if (fresh) {
      const auto list = agencies_of_(city_, account, on);
      own->second.insert(list.begin(), list.end());
    }
    if (own->second.empty()) return false;
    const auto [known, first_time] = team_.try_emplace(root);
    auto& members = known->second;
    if (first_time)
      city_.each(R"sql(SELECT t.party_id, t.valid_until, s.holder_id FROM access_team t JOIN access_subject s ON s.id = t.root_id WHERE t.root_id = $1)sql", db::params(root),
                 [&](const db::Row& r) { members.push_back({r.i64(0), r.date(1), r.i64(2)}); });
    bool was = false;
    for (const Member& m : members) {
      if (own->second.contains(m.holder)) return false;
      if (!own->second.contains(m.party)) continue;
      if (m.until >= on) return false;
      was = true;
    }
    return was;
  }

  struct Member {
    std::int64_t party;
    Date until;
    std::int64_t holder;
  };
  db::ReadTx& city_;
  const AgenciesOf& agencies_of_;
  const UnusualLimits& limits_;
  Gathered out_;
  std::map<std::int64_t, std::int64_t> root_of_;
  std::map<std::pair<std::int64_t, std::int64_t>, bool> shielded_;
  std::map<AccountAndDay, std::set<std::int64_t>> agencies_;
  std::map<std::int64_t, std::vector<Member>> team_;
};

void keep_looks(db::WriteTx& tx, const Gathered& g) {
  for (const auto& [key, looks] : g.looks) {
    const auto& [root, account, day] = key;
    tx.run(R"sql(INSERT INTO audit_seen (root_id, account_id, day, opened, listed, printed, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (root_id, account_id, day) DO UPDATE SET opened = audit_seen.opened + excluded.opened,
               listed = audit_seen.listed + excluded.listed, printed = audit_seen.printed + excluded.printed, last_at = excluded.last_at)sql",
           db::params(root, account, day, looks.opened, looks.listed, looks.printed, looks.last_at));
  }
}

std::int64_t roots_of(Unusual rule, const Day& day, std::int64_t households) {
  switch (rule) {
    case Unusual::many_households: return households;
    case Unusual::night: return static_cast<std::int64_t>(day.night_roots.size());
    case Unusual::own_relatives: return static_cast<std::int64_t>(day.relatives.size());
    case Unusual::after_leaving: return static_cast<std::int64_t>(day.left.size());
    case Unusual::before_declaring:  // see look_back
    case Unusual::many_refused:
    case Unusual::many_searches: return 0;
  }
  return 0;
}

void keep_days(db::WriteTx& tx, Gathered& g, const UnusualLimits& limits) {
  for (auto& [key, day] : g.days) {
    const auto& [account, date] = key;
    tx.run(R"sql(INSERT INTO audit_day (account_id, day, refused, searches, first_seq, last_seq) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account_id, day) DO UPDATE SET refused = audit_day.refused + excluded.refused, searches = audit_day.searches + excluded.searches,
               last_seq = excluded.last_seq)sql",
           db::params(account, date, day.facts.refused, day.facts.searches, day.first_seq, day.last_seq));
    auto& facts = day.facts;
    tx.each(R"sql(SELECT refused, searches FROM audit_day WHERE account_id = $1 AND day = $2)sql", db::params(account, date), [&](const db::Row& r) {
      facts.refused = r.i64(0);
      facts.searches = r.i64(1);
    });
    day.facts.households = tx.number(R"sql(SELECT count(*) FROM audit_seen WHERE account_id = $1 AND day = $2 AND opened > 0)sql", db::params(account, date));
    for (const Unusual rule : unusual_in(day.facts, limits))
      tx.run(R"sql(INSERT INTO audit_unusual (account_id, day, rule, events, roots, last_at, settled_at, settled_by, outcome) VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, '')
               ON CONFLICT (account_id, day, rule) DO UPDATE SET events = audit_unusual.events + excluded.events, last_at = excluded.last_at,
                 settled_at = CASE WHEN audit_unusual.settled_at < excluded.last_at THEN NULL ELSE audit_unusual.settled_at END,
                 roots = CASE WHEN excluded.roots > audit_unusual.roots THEN excluded.roots ELSE audit_unusual.roots END)sql",
             db::params(account, date, std::string(code_of(rule)), day.events, roots_of(rule, day, day.facts.households), day.last_at));
  }
}

}  // namespace

std::int64_t scan_reads(db::Database& audit, db::Database& city, const AgenciesOf& agencies_of, const UnusualLimits& limits, std::int64_t most) {
  const auto events = audit.read([&](db::ReadTx& tx) {
    const std::int64_t from = tx.number(R"sql(SELECT coalesce(max(last_seq), 0) FROM audit_scan)sql");
    return audit_store::reads_between(tx, from + 1, from + most);
  });
  if (events.empty()) return 0;
  const Gathered gathered = city.read([&](db::ReadTx& tx) { return Scan(tx, agencies_of, limits).take(events); });
  audit.write([&](db::WriteTx& tx) {
    Gathered copy = gathered;  // the closure may run twice
    keep_looks(tx, copy);
    keep_days(tx, copy, limits);
    tx.run(R"sql(INSERT INTO audit_scan (one, last_seq) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET last_seq = excluded.last_seq)sql", db::params(copy.last_seq));
  });
  return static_cast<std::int64_t>(events.size());
}

int look_back(db::Database& audit, db::Database& city, std::int64_t account, std::int64_t source, Date declared) {
  std::set<std::int64_t> homes;
  city.read([&](db::ReadTx& tx) {
    // A shield is about a person or about a whole home.
    tx.each(R"sql(SELECT d.person_id, s.root_id FROM access_shield d LEFT JOIN access_subject s ON s.person_id = d.person_id WHERE d.source_id = $1 AND d.party_id = $2)sql",
            db::params(source, account), [&](const db::Row& r) { homes.insert(r.opt_i64(1).value_or(r.i64(0))); });
  });
  if (homes.empty()) return 0;
  return audit.write([&](db::WriteTx& tx) {
    return static_cast<int>(tx.run(R"sql(INSERT INTO audit_unusual (account_id, day, rule, events, roots, last_at, settled_at, settled_by, outcome)
        SELECT account_id, day, $4, sum(opened + printed), count(*), max(last_at), NULL, NULL, '' FROM audit_seen
        WHERE root_id IN {ids:$1} AND account_id = $2 AND day < $3 AND opened + printed > 0 GROUP BY account_id, day
        ON CONFLICT (account_id, day, rule) DO UPDATE SET events = excluded.events, roots = excluded.roots, last_at = excluded.last_at)sql",
                                   db::params(ids(homes), account, declared, std::string(code_of(Unusual::before_declaring)))));
  });
}

bool may_know_readers(Gate& gate, std::int64_t root, const Verdict& verdict) {
  return verdict.allowed && verdict.why == Why::holder && gate.viewer().roles().meets(kSeenRoles) && !gate.kept_from_somebody(root);
}

std::vector<SeenLine> seen_of(db::ReadTx& audit, std::int64_t root, const SeenCursor& before, int limit) {
  return audit.list<SeenLine>(R"sql(SELECT account_id, day, opened, listed, printed, last_at FROM audit_seen
                                WHERE root_id = $1 AND (CAST($2 AS BIGINT) = 0 OR last_at < $2 OR (last_at = $2 AND account_id < $3))
                                ORDER BY last_at DESC, account_id DESC LIMIT $4)sql",
                              db::params(root, before.last_at, before.account, static_cast<std::int64_t>(limit)), [](const db::Row& r) {
                                return SeenLine{r.i64(0), r.date(1), r.i64(2), r.i64(3), r.i64(4), r.i64(5)};
                              });
}

std::vector<UnusualLine> unusual_lines(db::ReadTx& audit, bool open_only, int limit) {
  return audit.list<UnusualLine>(R"sql(SELECT account_id, day, rule, events, roots, last_at, settled_at, outcome FROM audit_unusual
                                   WHERE (CAST($1 AS BIGINT) = 0 OR settled_at IS NULL)
                                   ORDER BY CASE WHEN settled_at IS NULL THEN 0 ELSE 1 END, day DESC, account_id, rule LIMIT $2)sql",
                                 db::params(std::int64_t{open_only ? 1 : 0}, static_cast<std::int64_t>(limit)), [](const db::Row& r) {
                                   UnusualLine line{r.i64(0), r.date(1), r.text(2), r.i64(3), r.i64(4), r.i64(5), {}, r.text(7)};
                                   if (const auto at = r.opt_i64(6)) line.settled_at = *at;
                                   return line;
                                 });
}

bool is_unsettled(db::ReadTx& audit, std::int64_t account, Date day, const std::string& rule) {
  return audit.number(R"sql(SELECT count(*) FROM audit_unusual WHERE account_id = $1 AND day = $2 AND rule = $3 AND settled_at IS NULL)sql", db::params(account, day, rule)) > 0;
}

bool settle_unusual(db::WriteTx& audit, std::int64_t account, Date day, const std::string& rule, const std::string& outcome, std::int64_t by, UtcMs at) {
  return audit.run(R"sql(UPDATE audit_unusual SET settled_at = $5, settled_by = $6, outcome = $4 WHERE account_id = $1 AND day = $2 AND rule = $3 AND settled_at IS NULL)sql",
                   db::params(account, day, rule, outcome, at, by)) > 0;
}

}  // namespace kasane::access
