// Nothing tells of a record that the viewer may not know: no address, list, search, count, order, error or statement.
//
// First, every account of the demo of all cities, an account of each role in an agency that has nothing to do with
// anybody, and a guest inside a link ask for records that the rules keep from them, and for another city's, at every
// address, with the fields that the program's own forms send there: status, page, headers and statements must be those of
// an id that never was. Second, in two worlds that differ in one hidden household, whoever has no ground reads every list,
// page and search: the answers must be equal, to the letter and in their order, and take the same statements.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <deque>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "access/explain.hpp"
#include "base/crypto.hpp"
#include "cli/demo_plan_steps.hpp"
#include "cli/demo_protection.hpp"
#include "demo_cities.hpp"
#include "meeting/guest_store.hpp"
#include "people/search_testing.hpp"
#include "programme/testing.hpp"

namespace kasane {
namespace {

using programme::testing::Login;
using programme::testing::TestCity;

// ---- what differs between two requests in any case ------------------------------------------------------------

/// Tokens, command ids and ids made alike.
std::string plain(std::string body) {
  static const std::regex kHidden("(name=\"(csrf|command_id|draft)\" value=\")[^\"]*"), kIds("\\b[0-9a-hjkmnp-tv-z]{13}\\b");
  body = std::regex_replace(body, kHidden, "$1");
  return std::regex_replace(body, kIds, "ID");
}

/// All that somebody outside can tell an answer by.
struct Answer {
  int status = 0;
  std::string headers, body;
  bool operator==(const Answer&) const = default;
};
Answer answer_of(const web::Reply& reply) {
  Answer a{reply.status, reply.content_type, plain(reply.body)};
  for (const auto& [name, value] : reply.headers) a.headers += "\n" + name + ": " + plain(value);
  return a;
}

/// Where two texts part, for the message of a failure.
std::string difference(const std::string& x, const std::string& y) {
  std::size_t at = 0;
  while (at < x.size() && at < y.size() && x[at] == y[at]) ++at;
  const std::size_t from = at > 120 ? at - 120 : 0;
  return "\none:   " + x.substr(from, 320) + "\nother: " + y.substr(from, 320);
}

// ---- statements -----------------------------------------------------------------------------------------------

/// The statements that this thread runs between start() and stop(), in order; their number is what a clock would see.
class Statements {
 public:
  /// Before the first database is opened.
  static void watch() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&on_open)); }
  static void start() {
    seen().clear();
    watching() = true;
  }
  static std::vector<std::string> stop() {
    watching() = false;
    return std::move(seen());
  }

 private:
  static std::vector<std::string>& seen() {
    thread_local std::vector<std::string> all;
    return all;
  }
  static bool& watching() {
    thread_local bool on = false;
    return on;
  }
  static int on_open(sqlite3* db, char**, const void*) {
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, &on_statement, nullptr);
  }
  /// What the full-text index asks its own tables depends on how much the city has written down, whoever asks.
  static bool of_index(std::string_view sql) { return sql.find("people_search_fts_") != std::string_view::npos; }
  static int on_statement(unsigned, void*, void* statement, void*) {
    const std::string_view sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    if (watching() && !of_index(sql)) seen().emplace_back(sql);
    return 0;
  }
};

// ---- hidden and unknown ---------------------------------------------------------------------------------------

/// What an address names by its first part. For an address that is not here, a record of every kind is tried.
const std::map<std::string, SubjectKind> kNamed{{"households", SubjectKind::household}, {"persons", SubjectKind::person},
                                                {"memberships", SubjectKind::membership}, {"protections", SubjectKind::protective_measure},
                                                {"conflicts", SubjectKind::conflict}, {"notices", SubjectKind::notice}, {"intakes", SubjectKind::intake},
                                                {"referrals", SubjectKind::referral}, {"advice", SubjectKind::advice}, {"cases", SubjectKind::support_case},
                                                {"involvements", SubjectKind::involvement}, {"records", SubjectKind::support_record},
                                                {"issues", SubjectKind::issue}, {"tasks", SubjectKind::task}, {"consents", SubjectKind::consent},
                                                {"plans", SubjectKind::plan}, {"closures", SubjectKind::closure}, {"items", SubjectKind::agenda_item},
                                                {"emergencies", SubjectKind::emergency_access}, {"guest-links", SubjectKind::guest_link},
                                                {"cooperations", SubjectKind::cooperation_request}, {"provisions", SubjectKind::provision},
                                                {"disclosures", SubjectKind::disclosure}, {"disposals", SubjectKind::disposal}, {"holds", SubjectKind::legal_hold}};
/// Sittings: date, place and number of items are known to all who meet, by whatever agency they are held.
bool open_to_all_who_meet(const std::string& pattern) { return pattern.starts_with("/meetings/"); }

struct Viewing {
  std::string login;
  access::Viewer viewer;
};
const std::string kGuest = "guest";

// ---- what the program's own forms send ------------------------------------------------------------------------

/// What a form on a page sends where everything is left as it stands, and empty boxes are filled.
web::Pairs fields_of(const std::string& form) {
  static const std::regex kField("<(input|textarea|select)\\b([^>]*)>"), kName("\\bname=\"([^\"]*)\""), kValue("\\bvalue=\"([^\"]*)\""), kType("\\btype=\"([^\"]*)\""),
      kOption("<option\\b[^>]*\\bvalue=\"([^\"]+)\"");
  const auto attribute = [](const std::string& tag, const std::regex& what) {
    std::smatch found;
    return std::regex_search(tag, found, what) ? std::string(found[1]) : std::string();
  };
  web::Pairs fields;
  std::set<std::string> chosen;
  for (std::sregex_iterator at(form.begin(), form.end(), kField), end; at != end; ++at) {
    const std::string kind = (*at)[1], tag = (*at)[2], name = attribute(tag, kName), type = attribute(tag, kType);
    std::string value = attribute(tag, kValue);
    if (name.empty() || name == "csrf" || name == "command_id" || type == "file") continue;
    if ((type == "radio" || type == "checkbox") && !chosen.insert(name).second) continue;
    if (kind == "textarea" || (value.empty() && type != "hidden")) value = type == "date" ? "2026-11-24" : "試験";
    if (std::smatch option; kind == "select") {
      const std::string rest = form.substr(static_cast<std::size_t>(at->position()), 4'000);
      value = std::regex_search(rest, option, kOption) ? std::string(option[1]) : std::string();
    }
    fields.emplace_back(name, value);
  }
  return fields;
}

/// By the pattern of the address that a form posts to.
using Forms = std::map<std::string, web::Pairs>;

void take_forms(const std::string& city, const programme::Router& router, const std::string& page, Forms& forms) {
  static const std::regex kForm("<form\\b[^>]*\\baction=\"([^\"?]*)[^\"]*\"[^>]*>");
  std::map<std::string, std::string> patterns;
  for (std::sregex_iterator at(page.begin(), page.end(), kForm), end; at != end; ++at) {
    std::vector<std::string> segments;
    std::istringstream path(std::string((*at)[1]).substr(1));
    for (std::string one; std::getline(path, one, '/');) segments.push_back(one);
    if (segments.empty() || segments.front() != city) continue;
    segments.erase(segments.begin());
    for (const web::RouteInfo& route : router.routes()) {
      if (route.method != "POST" || forms.contains(route.pattern)) continue;
      std::istringstream named(route.pattern.substr(1));
      std::size_t i = 0;
      bool same = true;
      for (std::string one; same && std::getline(named, one, '/'); ++i) same = i < segments.size() && (one.front() == '{' || one == segments[i]);
      if (!same || i != segments.size()) continue;
      const auto from = static_cast<std::size_t>(at->position());
      forms[route.pattern] = fields_of(page.substr(from, page.find("</form>", from) - from));
    }
  }
}

class Probe : public DemoCities {
 protected:
  Probe() { Statements::watch(); }
  ~Probe() override { sqlite3_reset_auto_extension(); }

  std::vector<Viewing> everybody(programme::City& city);
  Viewing outsider(programme::City& city, AgencyId agency, Role role);
  /// Records of each kind that this viewer may not know.
  std::map<SubjectKind, std::vector<std::int64_t>> hidden_from(programme::City& city, const Viewing& who);
  void ask(programme::City& city, const Viewing& who, const web::RouteInfo& route, std::int64_t id, SubjectKind kind);
  /// Walks what these accounts get to and keeps what the forms there send.
  void read_forms(programme::City& city, const std::vector<Viewing>& all);
  Viewing guest(programme::City& city);

  Forms forms_;
  int asked_ = 0;
  std::set<std::string> told_;  // addresses that told something
};

/// An agency that holds nothing and reaches nothing.
AgencyId bystander(programme::City& city) {
  const auto found = city.db().read([](db::ReadTx& tx) {
    return tx.list<AgencyId>(R"sql(SELECT a.id FROM agency a WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.holder_id = a.id)
                               AND NOT EXISTS (SELECT 1 FROM access_reach r WHERE r.party_id = a.id) ORDER BY a.id LIMIT 1)sql",
                             {}, [](const db::Row& r) { return r.id<AgencyTag>(0); });
  });
  if (found.empty()) throw std::runtime_error("in " + city.slug + " every agency knows somebody");
  return found.front();
}

access::Viewer viewer_of(programme::City& city, AccountId account, Date today) {
  access::Viewer v{account, {}};
  for (const auto& p : city.db().read([&](db::ReadTx& tx) { return programme::posts_on(tx, account, today); })) v.posts.push_back({p.id, p.agency, p.role});
  return v;
}

Viewing Probe::outsider(programme::City& city, AgencyId agency, Role role) {
  const std::string login = "outsider-" + std::to_string(int(role));
  const auto account = fresh_id<AccountTag>();
  city.db().write([&](db::WriteTx& tx) {
    programme::add_account(tx, {account, login, "試験 " + login, "-", true, 1}, clock_.now());
    programme::add_post(tx, {fresh_id<PostTag>(), account, agency, role, "", "", *Date::from_ymd(2020, 4, 1), *Date::from_iso(access::kForever)});
  });
  sign_in(city, login);
  return {login, viewer_of(city, account, clock_.today())};
}

std::vector<Viewing> Probe::everybody(programme::City& city) {
  std::vector<Viewing> all;
  for (const auto& account : cli::invented::logins_of(city)) {
    sign_in(city, account.login);
    const auto id = city.db().read([&](db::ReadTx& tx) { return programme::account_by_login(tx, account.login); });
    all.push_back({account.login, viewer_of(city, id->id, clock_.today())});
  }
  const AgencyId agency = bystander(city);
  for (int role = 1; role <= kRoleCount; ++role) all.push_back(outsider(city, agency, static_cast<Role>(role)));
  return all;
}

void Probe::read_forms(programme::City& city, const std::vector<Viewing>& all) {
  constexpr std::size_t kPagesOfOne = 120;
  const std::regex link("href=\"/" + city.slug + "(/[^\"#?]*)");
  for (const Viewing& who : all) {
    if (who.login.starts_with("outsider") || who.login == kGuest) continue;
    std::deque<std::string> ahead{"/today"};
    std::set<std::string> known{"/today"};
    for (std::size_t read = 0; !ahead.empty() && read < kPagesOfOne; ++read) {
      const std::string path = ahead.front();
      ahead.pop_front();
      const web::Reply page = get(city, who.login, path);
      take_forms(city.slug, dispatcher_->router(), page.body, forms_);
      for (std::sregex_iterator at(page.body.begin(), page.body.end(), link), end; at != end; ++at)
        if (const std::string next = (*at)[1]; next.find("signout") == std::string::npos && known.insert(next).second) ahead.push_back(next);
    }
  }
}

/// Somebody inside a link: no account, no session of the program, the cookie of a guest's door.
Viewing Probe::guest(programme::City& city) {
  const auto link = city.db().read([](db::ReadTx& tx) {
    return tx.list<std::int64_t>(R"sql(SELECT id FROM guest_link ORDER BY id LIMIT 1)sql", {}, [](const db::Row& r) { return r.i64(0); });
  });
  if (!link.empty())
    city.db().write([&](db::WriteTx& tx) {
      meeting::store::add_guest_session(tx, to_hex(sha256(kGuest)), {GuestLinkId(link.front()), clock_.now(), clock_.now()});
    });
  return {kGuest, {}};
}

std::map<SubjectKind, std::vector<std::int64_t>> Probe::hidden_from(programme::City& city, const Viewing& who) {
  return city.db().read([&](db::ReadTx& tx) {
    access::Trail unused;
    access::Gate gate(tx, who.viewer, clock_.now(), unused);
    std::map<SubjectKind, std::vector<std::int64_t>> hidden;
    for (const auto& [kind, id] : tx.list<std::pair<SubjectKind, std::int64_t>>(R"sql(SELECT kind, id FROM access_subject ORDER BY id)sql", {}, [](const db::Row& r) {
           return std::pair(static_cast<SubjectKind>(r.i64(0)), r.i64(1));
         }))
      if (!gate.explain(id, access::Act::read)->verdict.allowed) hidden[kind].push_back(id);
    return hidden;
  });
}

std::string address(const std::string& pattern, std::int64_t id) {
  static const std::regex kName("\\{[^}]*\\}");
  return std::regex_replace(pattern, kName, id_text(id));
}

// The record that is hidden, then an id that never was. Where the statements differ the unknown id is asked once more,
// because what a first request remembers (sizes of lists, say) is no trace of a record.
void Probe::ask(programme::City& city, const Viewing& who, const web::RouteInfo& route, std::int64_t id, SubjectKind kind) {
  const auto once = [&](std::int64_t of, std::vector<std::string>& ran) {
    Statements::start();
    const auto form = forms_.find(route.pattern);
    const bool filled = route.method == "POST" && form != forms_.end();
    const web::Reply reply = who.login == kGuest ? send_with(city, {"kasane_guest_" + city.slug, kGuest}, route.method, address(route.pattern, of))
                                                 : send(city, who.login, route.method, address(route.pattern, of), filled ? form->second : web::Pairs());
    ran = Statements::stop();
    return answer_of(reply);
  };
  std::vector<std::string> for_hidden, for_unknown;
  const Answer hidden = once(id, for_hidden);
  const Answer unknown = once(next_id(), for_unknown);
  ++asked_;
  const std::string what = city.slug + ": " + route.method + " " + route.pattern + " as " + who.login + ", kind " + std::to_string(int(kind));
  if (told_.contains(route.method + route.pattern)) return;  // one failure an address is enough to mend it
  if (hidden != unknown) {
    told_.insert(route.method + route.pattern);
    ADD_FAILURE() << what << ": " << hidden.status << ", an unknown id " << unknown.status << difference(hidden.headers + hidden.body, unknown.headers + unknown.body);
  }
  if (for_hidden != for_unknown) once(id, for_hidden), once(next_id(), for_unknown);
  if (for_hidden != for_unknown) {
    told_.insert(route.method + route.pattern);
    ADD_FAILURE() << what << " runs " << for_hidden.size() << " statements, for an unknown id " << for_unknown.size()
                  << difference(testing::PrintToString(for_hidden), testing::PrintToString(for_unknown));
  }
}

/// Which of a kind's hidden records are asked for at an address: all of them at the page of each in one city, elsewhere the ends.
std::vector<std::int64_t> chosen_of(const std::vector<std::int64_t>& ids, const web::RouteInfo& route, bool whole) {
  const bool page = route.method == "GET" && route.pattern.find('/', route.pattern.find('}')) == std::string::npos;
  if (page && whole) return ids;
  return ids.size() > 1 && whole ? std::vector{ids.front(), ids.back()} : std::vector{ids.back()};
}

TEST_F(Probe, a_record_that_one_may_not_know_is_answered_like_one_that_never_was) {
  run_demo();
  open();
  ASSERT_EQ(dispatcher_->cities().size(), 5u);
  std::map<SubjectKind, std::vector<std::int64_t>> foreign;  // of the city before
  for (const auto& city : dispatcher_->cities()) {
    const bool whole = city->slug == "tsuruoka";
    auto all = everybody(*city);
    read_forms(*city, all);
    all.push_back(guest(*city));
    for (const Viewing& who : all) {
      if (!whole && who.login.starts_with("outsider")) continue;
      const auto hidden = hidden_from(*city, who);
      EXPECT_FALSE(hidden.empty()) << who.login << " knows everything";
      if (hidden.empty()) continue;
      for (const web::RouteInfo& route : dispatcher_->router().routes()) {
        const auto brace = route.pattern.find('{');
        if (brace == std::string::npos || open_to_all_who_meet(route.pattern)) continue;
        const auto named = kNamed.find(route.pattern.substr(1, route.pattern.find('/', 1) - 1));
        if (!route.need.lets_in(who.viewer.roles())) {
          // Who may not call the address at all is not told either: one record is enough to see it, and one city.
          if (whole) ask(*city, who, route, hidden.begin()->second.front(), hidden.begin()->first);
        } else if (named == kNamed.end()) {
          for (const auto& [kind, ids] : hidden) ask(*city, who, route, ids.front(), kind);
        } else {
          if (const auto ids = hidden.find(named->second); ids != hidden.end())
            for (const std::int64_t id : chosen_of(ids->second, route, whole)) ask(*city, who, route, id, ids->first);
          if (const auto ids = foreign.find(named->second); ids != foreign.end() && &who == &all.front()) ask(*city, who, route, ids->second.front(), ids->first);
        }
      }
    }
    foreign = hidden_from(*city, {"nobody", {}});
  }
  EXPECT_THAT(told_, testing::IsEmpty());
  EXPECT_GT(asked_, 10'000);
  EXPECT_GT(forms_.size(), 80u) << "forms are filled as the program's own pages fill them";
  std::printf("asked %d times for what is hidden; %zu addresses with the fields of their forms\n", asked_, forms_.size());
}

// ---- two worlds -----------------------------------------------------------------------------------------------

const Date kToday = *Date::from_ymd(2026, 11, 24);

/// An invented city. Some window has a household of its own; another agency has one besides, or has it not.
class TwoWorlds {
 public:
  explicit TwoWorlds(bool with_hidden) {
    hire("commissioner", "commissioners", Role::commissioner);
    hire("window", "cgsc_minato", Role::window_counsellor, "cgsc_operation");
    hire("coordinator", "hamanokai", Role::coordinator, "collaboration,planning");
    hire("worker", "hamanokai", Role::field_worker, "outreach,participation");
    hire("officer", "shimin_anzen_ka", Role::city_officer);
    hire("head", "shimin_anzen_ka", Role::head);
    hire("stranger", "akari", Role::window_counsellor, "disability_consultation");
    for (int role = 1; role <= kRoleCount; ++role) outsiders.push_back({"outsider-" + std::to_string(role), t.account("akari", static_cast<Role>(role))});
    own();
    if (with_hidden) hidden();
    t.clock().set(kToday);
  }

  TestCity t{"mitsuhama",
             {[](programme::Router& router) { router = cli::all_routes(); }},
             kToday};
  cli::invented::World world{t.city(), t.clock(), kToday};
  std::vector<std::pair<std::string, Login>> outsiders;
  std::vector<std::string> own_pages;

 private:
  void hire(const char* who, const char* agency, Role role, const char* services = "") { world.add_account(who, t.account(agency, role, services).account); }
  void own() {
    world.days_ago(100);
    const auto home = cli::invented::home(world, "stranger", {"shima", "沖の島2", "090-0000-0002"}, {{"磯部", "汐", "いそべ しお", 68, "female", "self"}});
    cli::invented::Visit visit;
    visit.about = {"illness"};
    visit.summary = "足が痛む。";
    const auto intake = cli::invented::intake(world, "stranger", home, visit);
    const auto nameless = cli::invented::intake(world, "stranger", {}, visit);
    casework::NewNotice seen;
    seen.source = "commissioner";
    seen.owner = t.agency("akari");
    seen.area = "shima";
    seen.text = "戸がしまったまま。";
    const auto notice = cli::invented::notice(world, "stranger", seen);
    for (const std::string& page : {"/households/" + id_text(home.id), "/intakes/" + id_text(intake), "/intakes/" + id_text(nameless) + "/household",
                                    "/notices/" + id_text(notice) + "/household", "/intakes/new?household=" + id_text(home.id)})
      own_pages.push_back(page);
  }
  /// The same name, place and telephone prefix, so that it would stand beside the own one in every list.
  void hidden() {
    world.days_ago(90);
    const auto home = cli::invented::home(world, "window", {"shima", "沖の島1", "090-0000-0001"},
                                          {{"磯部", "渚", "いそべ なぎさ", 71, "female", "self"}, {"磯部", "航", "いそべ わたる", 44, "male", "child"}});
    cli::invented::Visit visit;
    visit.about = {"illness"};
    visit.summary = "眠れない。";
    const auto intake = cli::invented::intake(world, "window", home, visit);
    (void)intake;
    casework::NewNotice seen;
    seen.source = "commissioner";
    seen.owner = t.agency("cgsc_minato");
    seen.area = "shima";
    seen.text = "郵便がたまっている。";
    cli::invented::notice(world, "commissioner", seen);
    world.as("window", "case.open", [&](auto& tx, auto& gate, const auto& actor) {
      auto in = casework::new_case_for(t.m(), home.id, world.now_on());
      in.owner = in.coordinating = in.originating = t.agency("cgsc_minato");
      in.subjects = {home[0]};
      return casework::open_case(tx, gate, actor, in);
    });
    cli::invented::protect_from(world, "window", home, home[0], home[1], "shimin_anzen_ka");
    cli::invented::consent(world, "window", home, home[0], {});
    cli::invented::issue(world, "window", home, home[0], "illness");
    cli::invented::record(world, "window", home, {.text = "【本人】「船が出ない」", .person = home[0]});
  }
};

/// Every page that somebody gets to from the addresses without a record, its own pages, and what searches answer.
std::multimap<std::string, std::string> read_everything(TwoWorlds& w, const std::string& name, const Login& who) {
  std::multimap<std::string, std::string> read;
  // The statements belong to the answer: their number is what a clock would see.
  const auto note = [&](const std::string& path, const std::function<web::Reply()>& fetch) {
    Statements::start();
    const web::Reply reply = fetch();
    const auto ran = Statements::stop();
    const Answer a = answer_of(reply);
    std::string said = std::to_string(a.status) + a.headers + "\n" + a.body + "\n" + std::to_string(ran.size()) + " statements";
    for (const std::string& one : ran) said += "\n" + one;
    read.emplace(plain(path), std::move(said));
    return reply;
  };
  std::deque<std::string> ahead(w.own_pages.begin(), w.own_pages.end());
  const programme::Router all = cli::all_routes();
  // The auditor reads that there were events; who makes the city's report counts everybody's acts to the last one
  // (docs/decisions/0011), and nobody below.
  const bool reports = name == "outsider-" + std::to_string(int(Role::city_officer)) || name == "outsider-" + std::to_string(int(Role::head));
  const auto left_out = [&](const std::string& path) {
    return path.starts_with("/audit") || (reports && path.starts_with("/counts")) || path.find("signout") != std::string::npos;
  };
  for (const web::RouteInfo& route : all.routes())
    if (route.method == "GET" && route.pattern.find('{') == std::string::npos) ahead.push_back(route.pattern);
  std::set<std::string> known(ahead.begin(), ahead.end());
  static const std::regex kLink("href=\"/mitsuhama(/[^\"#]*)");
  while (!ahead.empty() && known.size() < 300) {
    const std::string path = ahead.front();
    ahead.pop_front();
    if (left_out(path)) continue;
    const web::Reply page = note(path, [&] { return w.t.get(who, path); });
    for (std::sregex_iterator at(page.body.begin(), page.body.end(), kLink), end; at != end; ++at) {
      std::string next = (*at)[1];
      for (std::size_t amp = next.find("&amp;"); amp != std::string::npos; amp = next.find("&amp;")) next.replace(amp, 5, "&");
      if (known.insert(next).second) ahead.push_back(next);
    }
  }
  for (const char* words : {"磯部", "渚", "磯部 渚", "いそべ", "わたる", "沖の島", "090", "09000000001", "shima", "R8"}) {
    note(std::string("search ") + words, [&] { return people::testing::searched(w.t, who, words); });
    for (const std::string& page : w.own_pages)
      if (page.ends_with("/household")) note("household for " + page + " " + words, [&] { return w.t.post(who, page, {{"q", words}}); });
  }
  // Registering somebody of that name: no word of one who is there already.
  note("register " + name, [&] {
    return w.t.post(who, "/households", {{"family1", "磯部"}, {"given1", "渚"}, {"kana1", "いそべ なぎさ"}, {"area", "shima"}, {"address", "沖の島1"}, {"phone1", "090-0000-0001"}});
  });
  return read;
}

TEST(ProbeTwoWorlds, whoever_has_no_ground_reads_the_same_with_and_without_a_hidden_household) {
  Statements::watch();
  TwoWorlds with(true), without(false);
  for (std::size_t i = 0; i < with.outsiders.size(); ++i) {
    const std::string& name = with.outsiders[i].first;
    SCOPED_TRACE(name);
    const auto a = read_everything(with, name, with.outsiders[i].second), b = read_everything(without, name, without.outsiders[i].second);
    EXPECT_GT(a.size(), 30u) << "the walk gets about";
    auto x = a.begin(), y = b.begin();
    for (; x != a.end() && y != b.end(); ++x, ++y)
      if (*x != *y) {
        ADD_FAILURE() << x->first << " and " << y->first << difference(x->second, y->second);
        if (x->first != y->first) break;
      }
    EXPECT_EQ(a.size(), b.size());
    for (const auto& [path, page] : a)
      for (const char* word : {"なぎさ", "わたる", "沖の島1", "090-0000-0001", "郵便がたまっている", "船が出ない", "眠れない"})
        EXPECT_TRUE(page.find(word) == std::string::npos || path.starts_with("register") || path.starts_with("search") || path.starts_with("household for"))
            << path << " says " << word;
  }
}

}  // namespace
}  // namespace kasane
