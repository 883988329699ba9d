// An independent walk of every address as every role: what the program answers is compared with walk_table.tsv, which
// was written by hand from the rules and not from the router. Whoever adds an address writes down first who may call it.
//
// Columns of the table: method, address (a {name} is the id of a record), roles that may call it (letters below; * all
// who are signed in, - anybody), what they are answered about records of their own agency ("200"; "422,H:403": heads
// are answered 403; "422|409": either), and what somebody with every case role in another agency is answered about the
// same records ("=": the same, for addresses that hold no record). A POST of the walk holds nothing but token and
// command id. Addresses with a query are further probes of the same page and need no route of their own.
#include <gtest/gtest.h>

#include <fstream>
#include <latch>
#include <map>
#include <regex>
#include <sstream>

#include "access/audit_store.hpp"
#include "archive/disclosure_service.hpp"
#include "archive/disposal_service.hpp"
#include "casework/abuse_service.hpp"
#include "casework/advice_service.hpp"
#include "casework/case_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/issue_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/record_service.hpp"
#include "casework/referral_service.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"
#include "cli/routes.hpp"
#include "consent/cooperation_service.hpp"
#include "consent/provision_service.hpp"
#include "consent/emergency_service.hpp"
#include "consent/service.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/lesson_service.hpp"
#include "meeting/packet_paper_service.hpp"
#include "meeting/gathering_service.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/note_service.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/rule_document_service.hpp"
#include "meeting/session_service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"
#include "planning/closure_service.hpp"
#include "programme/form_token.hpp"
#include "programme/sign_in_pages.hpp"
#include "programme/testing.hpp"

namespace kasane {
namespace {

using programme::testing::Login;
using programme::testing::TestCity;

constexpr const char* kOwnAgency = "swc";             // 多機関協働事業者 of 鶴岡
constexpr const char* kOtherAgency = "cgsc_fujishima";  // knows nothing of what the first agency does

struct RoleLetter {
  char letter;
  Role role;
};
constexpr RoleLetter kRoles[] = {{'W', Role::window_counsellor}, {'C', Role::coordinator}, {'F', Role::field_worker}, {'O', Role::city_officer}, {'H', Role::head},
                                 {'S', Role::secretary}, {'M', Role::meeting_member}, {'N', Role::commissioner}, {'A', Role::administrator}, {'U', Role::auditor}};

// --- the table ---------------------------------------------------------------------------------------------------

struct Line {
  std::string method, path, roles, own, other;
  std::string name() const { return method + " " + path; }
  bool has_query() const { return path.find('?') != std::string::npos; }
  bool holds_record() const { return path.find('{') != std::string::npos && other != "="; }
  bool lets_in(char letter) const { return roles == "*" || roles == "-" || roles.find(letter) != std::string::npos; }
  /// The wanted status for a role that may call it, as "422|409".
  std::string wanted(char letter) const {
    std::stringstream parts(own);
    std::string usual;
    for (std::string part; std::getline(parts, part, ',');) {
      if (part.size() > 2 && part[1] == ':') {
        if (part[0] == letter) return part.substr(2);
      } else {
        usual = part;
      }
    }
    return usual;
  }
};

bool fits(int status, const std::string& wanted) {
  std::stringstream parts(wanted);
  for (std::string one; std::getline(parts, one, '|');)
    if (one == std::to_string(status)) return true;
  return false;
}

std::vector<Line> read_table() {
  std::ifstream in(KASANE_SOURCE_DIR "/tests/integration/walk_table.tsv");
  std::vector<Line> lines;
  for (std::string text; std::getline(in, text);) {
    if (text.empty() || text[0] == '#') continue;
    Line line;
    std::istringstream fields(text);
    fields >> line.method >> line.path >> line.roles >> line.own >> line.other;
    EXPECT_FALSE(line.other.empty()) << "a line with too few columns: " << text;
    lines.push_back(std::move(line));
  }
  return lines;
}

// --- the city ------------------------------------------------------------------------------------------------------

/// The whole program over one test city.
class Walk : public ::testing::Test {
 protected:
  Walk() : dispatcher_(cli::all_routes()) {
    dispatcher_.add_city(std::shared_ptr<programme::City>(std::shared_ptr<void>(), &t_.city()));
    for (const RoleLetter& r : kRoles) logins_[r.letter] = t_.account(kOwnAgency, r.role);
    stranger_ = t_.account({{kOtherAgency, Role::window_counsellor}, {kOtherAgency, Role::coordinator}, {kOtherAgency, Role::field_worker}, {kOtherAgency, Role::city_officer},
                            {kOtherAgency, Role::head}, {kOtherAgency, Role::secretary}, {kOtherAgency, Role::meeting_member}});
    make_records();
  }

  web::Reply send(const Login* who, const std::string& method, std::string path, const std::string& guest = {}) {
    web::Request r;
    r.method = method;
    if (const auto q = path.find('?'); q != std::string::npos) {
      const std::string query = path.substr(q + 1);
      r.query = {{query.substr(0, query.find('=')), query.substr(query.find('=') + 1)}};
      path.resize(q);
    }
    r.path = "/tsuruoka" + path;
    std::istringstream segments(r.path.substr(1));
    for (std::string one; std::getline(segments, one, '/');) r.segments.push_back(one);
    r.client = "192.0.2.1";
    r.secure = true;
    r.request_id = 42;
    if (who) r.cookies = {{programme::session_cookie_name(t_.city()), who->token}};
    if (!guest.empty()) r.cookies.emplace_back("kasane_guest_tsuruoka", guest);
    if (method == "POST") {
      r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
      if (who) r.posted = {{"csrf", programme::mask_form_token(who->csrf)}};
      r.posted.emplace_back("command_id", programme::fresh_command_id());
    }
    return dispatcher_.answer(std::move(r));
  }

  enum class Ids { own, forged, mistyped };
  /// The address with ids in place of its names. Nothing when the walk has no record of that kind.
  std::optional<std::string> filled(const std::string& path, Ids ids) const {
    std::string out;
    for (std::size_t at = 0; at < path.size();) {
      if (path[at] != '{') {
        out += path[at++];
        continue;
      }
      const std::size_t end = path.find('}', at);
      const std::string name = path.substr(at + 1, end - at - 1);
      const auto record = records_.find(name == "id" ? path.substr(1, path.find('/', 1) - 1) : name);
      if (record == records_.end()) return std::nullopt;
      out += ids == Ids::own ? record->second : ids == Ids::forged ? id_text(next_id()) : "000000000zzzz9";
      at = end + 1;
    }
    return out;
  }

  /// A page without what differs between two requests in any case: ids of the address, tokens, command ids.
  static std::string plain(std::string body, const std::string& address) {
    static const std::regex kHidden("(name=\"(csrf|command_id)\" value=\")[^\"]*");
    body = std::regex_replace(body, kHidden, "$1");
    std::istringstream segments(address);
    for (std::string one; std::getline(segments, one, '/');)
      if (parse_id_text(one))
        for (std::size_t at = body.find(one); at != std::string::npos; at = body.find(one, at)) body.replace(at, one.size(), "ID");
    return body;
  }

  Login fresh_if_needed(const Line& line, char letter) {
    for (const RoleLetter& r : kRoles)
      if (r.letter == letter && line.path.starts_with("/signout")) return t_.account(kOwnAgency, r.role);
    return logins_[letter];
  }

  const std::vector<web::RouteInfo>& routes() const { return dispatcher_.router().routes(); }

  TestCity t_{"tsuruoka"};
  programme::Dispatcher dispatcher_;
  std::map<char, Login> logins_;
  Login stranger_;
  std::string guest_secret_;                    // of a guest who is inside
  std::map<std::string, std::string> records_;  // first part of the address, or name of the parameter, to id

 private:
  template <class T>
  T must(Result<T> made, const char* what) {
    if (!made) throw std::runtime_error(std::string("the walk cannot make its ") + what + ": " + made.error().message);
    return *made;
  }
  template <class F>
  auto as(char letter, const char* what, F&& f) {
    return must(t_.write(logins_[letter], std::forward<F>(f)), what);
  }

  void make_records();
  void make_household();
  void make_support();
  void make_requests();
  void make_plan_and_meeting();
  void make_grounds();
  void make_packets();
  void make_emergency();
  void make_archive();

  HouseholdId household_;
  PersonId person_;
  CaseId case_;
};

void Walk::make_household() {
  const auto made = as('W', "household", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewHousehold in;
    in.persons.push_back({{"阿曽", "忠", "あそ ただし", {}, "", {}}, {}, {}});
    return people::register_household(tx, gate, actor, in);
  });
  household_ = made.household;
  person_ = made.persons.front();
  records_["households"] = records_["household"] = records_["why"] = id_text(household_);
  records_["persons"] = records_["person"] = id_text(person_);
  const auto view = must(t_.read(logins_['W'], [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, household_); }), "household");
  records_["memberships"] = id_text(view.members.front().membership);
}

void Walk::make_support() {
  const Date today = t_.clock().today();
  records_["protections"] = id_text(as('C', "protective measure", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewMeasure in;
    in.household = household_;
    in.person = person_;
    in.kind = people::ProtectionKind::dv;
    in.from = today;
    in.opponent_names = {"架空 太郎"};
    return people::add_measure(tx, gate, actor, {}, in);
  }));
  // Somebody else's relation: whoever declares one does not know the household any more.
  const Login related = t_.account(kOwnAgency, Role::window_counsellor);
  records_["conflicts"] = id_text(must(t_.write(related, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return people::declare_relation(tx, gate, actor, household_);
  }), "relation"));
  case_ = as('C', "case", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    auto in = casework::new_case_for(t_.m(), household_, today);
    in.owner = in.coordinating = in.originating = t_.agency(kOwnAgency);
    in.subjects = {person_};
    return casework::open_case(tx, gate, actor, in);
  });
  records_["cases"] = records_["case"] = id_text(case_);
  const auto team = t_.read(logins_['C'], [&](db::ReadTx& tx, access::Gate& gate) { return casework::involvements(tx, gate, household_); });
  records_["involvements"] = id_text(team.at(0).id);
  records_["consents"] = id_text(as('C', "consent", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    consent::NewConsent in;
    in.household = household_;
    in.person = person_;
    in.given_on = today;
    in.sheet = consent::Sheet{std::string("\x89PNG\r\n\x1a\n", 8) + std::string(64, 'x')};
    in.form_version = "2026-1";
    return consent::record(tx, gate, actor, in);
  }));
  records_["issues"] = id_text(as('C', "issue", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewIssue in;
    in.household = household_;
    in.code = "illness";
    in.since_on = today;
    return casework::add_issue(tx, gate, actor, in);
  }));
  records_["records"] = id_text(as('C', "support record", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewRecord in;
    in.household = household_;
    in.on_day = today;
    in.method = "phone";
    in.text = "電話で様子を聞いた。";
    return casework::write_record(tx, gate, actor, in);
  }));
  records_["tasks"] = id_text(as('C', "task", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewTask in;
    in.household = household_;
    in.case_id = case_;
    in.agency = t_.agency(kOwnAgency);
    in.source = {SubjectKind::support_case, case_.value};
    in.what = "訪問する";
    return casework::add_task(tx, gate, actor, in);
  }));
}

void Walk::make_requests() {
  const Date today = t_.clock().today();
  const casework::InCity city{t_.m(), t_.city().directory};
  records_["notices"] = records_["notice"] = id_text(as('W', "notice", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewNotice in;
    in.received_on = today;
    in.source = "commissioner";
    in.owner = t_.agency(kOwnAgency);
    in.text = "雨戸が閉まったまま。";
    return casework::receive_notice(tx, gate, actor, city, in);
  }));
  records_["intakes"] = records_["intake"] = id_text(as('W', "intake", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewIntake in;
    in.agency = t_.agency(kOwnAgency);
    in.household = household_;
    in.content.taken_on = today;
    in.content.receiver = actor.account;
    in.content.about = {"illness"};
    in.content.summary = "眠れない。";
    in.content.form_key = "intake";
    in.content.answers = "{}";
    return casework::take_intake(tx, gate, actor, city, in);
  }));
  records_["referrals"] = id_text(as('W', "referral", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewReferral in;
    in.from = t_.agency(kOwnAgency);
    in.to = t_.agency("nikokoro");
    in.text = "訪問をお願いします。";
    in.household = household_;
    in.person = person_;
    in.passing_answers = "{}";
    return casework::send_referral(tx, gate, actor, city, in);
  }));
  records_["advice"] = id_text(as('W', "advice", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return casework::ask_advice(tx, gate, actor, city, {t_.agency(kOwnAgency), t_.agency("nikokoro"), "手帳の手続きの順番は。", {}});
  }));
  records_["abuse"] = id_text(as('W', "report of abuse", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewAbuseReport in;
    in.kind = casework::AbuseKind::elder;
    in.agency = t_.agency(kOwnAgency);
    in.reported_to = t_.agency("hokatsu_care");
    in.reported_on = today;
    in.text = "あざがある。";
    return casework::report_abuse(tx, gate, actor, city, in);
  }));
  const std::int64_t progress = next_id();
  as('C', "request for progress", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::int64_t> {
    const auto permit = gate.write(case_);
    if (!permit) return tl::unexpected(permit.error());
    return permit->run(tx, R"sql(INSERT INTO progress_request (id, case_id, to_agency, asked_by, asked_on, due_on, answered_on, pii_answer)
                             VALUES ($1, $permit, $2, $3, $4, $4, NULL, ''))sql",
                       db::params(progress, t_.agency("nikokoro"), t_.agency(kOwnAgency), today));
  });
  records_["progress"] = records_["request"] = id_text(progress);
}

// The plan by hand: what its service asks for beforehand is its own tests' business.
void Walk::make_plan_and_meeting() {
  const Date today = t_.clock().today();
  const AgencyId agency = t_.agency(kOwnAgency);
  records_["plans"] = id_text(as('C', "plan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<PlanId> {
    const auto permit = gate.create<PlanTag>(tx, {household_.value, agency, {}, access::Topic::plan, access::Sharing::team});
    if (!permit) return tl::unexpected(permit.error());
    permit->run(tx, R"sql(INSERT INTO plan (id, household_id, case_id, kind, lineage_id, revision, state, author_agency, author_id, names_outreach, names_participation,
                        approach, pii_wishes, pii_household_wishes, pii_direction, pii_extra, home_leaves, review_on, bundle_id, submitted_on, decided_on, ended_on, marked,
                        finding_result, finding_wording, finding_on, finding_item, version)
                      VALUES ($permit, $1, $2, 'collaboration', $permit, 1, 'draft', $3, $4, 0, 0, '', 'w', '', '', '', '', $5, NULL, NULL, NULL, NULL, '', '', '', NULL, NULL, 1))sql",
                db::params(household_, case_, agency, actor.account, today.plus_days(90)));
    return permit->id();
  }));
  records_["closures"] = id_text(as('C', "closure", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    planning::NewClosure in;
    in.case_id = case_;
    in.proposed_on = today;
    in.reason = "resolved";
    in.main_contact = actor.agency;
    in.watch_channel = "月1回の電話";
    in.access_until = today.plus_days(90);
    return planning::propose_closure(tx, gate, actor, in);
  }));
  const meeting::Settings city{t_.m(), t_.city().directory};
  const programme::Body* body = t_.m().body_for(programme::BodyFunction::support_conference_106_6);
  if (body == nullptr) throw std::runtime_error("the city has no 支援会議");
  const auto session = as('C', "session", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    meeting::NewSession in;
    in.bodies = {body->code};
    in.held_on = today.plus_days(7);
    return meeting::plan_session(tx, gate, actor, city, in);
  });
  records_["meetings"] = id_text(session);
  records_["common-issues"] = id_text(as('C', "common issue", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return meeting::raise_issue(tx, gate, actor, city, {"夜に電話で相談できない", "", meeting::IssueField::other, meeting::IssueKind::resource, ""});
  }));
  records_["lessons"] = id_text(as('C', "lesson", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return meeting::write_lesson(tx, gate, actor, city, {"曜日を決めると会える", "会えない日が続いた。", "訪ねる曜日を決めた。", meeting::IssueField::other, ""}, {.unnamed = true});
  }));
  records_["gatherings"] = id_text(as('C', "gathering", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<meeting::GatheringId> {
    meeting::GatheringText in;
    in.title = "見守りの研修";
    in.held_on = today;
    const auto id = meeting::plan_gathering(tx, gate, actor, city, in);
    const std::string paper = "%PDF-1.7";
    if (id) records_["material"] = id_text(must(meeting::add_material(tx, gate, actor, *id, "次第", &paper), "material"));
    return id;
  }));
  records_["items"] = id_text(as('C', "agenda item", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    meeting::NewItem in;
    in.session = session;
    in.body = body->code;
    in.household = household_;
    in.question = "見守りの分担を決めたい。";
    in.reason = "支援につながらない。";
    if (!body->grounds.empty()) in.ground_code = body->grounds.front().code;
    return meeting::add_item(tx, gate, actor, city, in);
  }));
}

// The own agency asks, and is the holder too: then every step of both sides is its own.
void Walk::make_grounds() {
  const consent::Settings city{t_.m(), t_.city().directory};
  const Date today = t_.clock().today();
  records_["cooperations"] = id_text(as('C', "request for cooperation", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    consent::NewCooperation in;
    in.body = t_.m().body_for(programme::BodyFunction::support_conference_106_6)->code;
    in.outside = "ひなた高校";
    in.household = household_;
    in.question = "登校のようすを知りたい。";
    in.due_on = today.plus_days(14);
    return consent::ask_for_cooperation(tx, gate, actor, city, in);
  }));
  records_["provisions"] = id_text(as('W', "provision", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return consent::ask_for_provision(tx, gate, actor, city, {actor.agency, "水道課", "北庄 寅", "住所", "duty", "届け先がわからない。", "kojin_27_1_4", today, today.plus_days(30), programme::RecipientKind::city});
  }));
}

void Walk::make_packets() {
  const meeting::Settings city{t_.m(), t_.city().directory};
  const auto item = *parse_id<AgendaItemTag>(records_["items"]);
  const auto view = must(t_.read(logins_['C'], [&](db::ReadTx& tx, access::Gate& gate) { return meeting::item(tx, gate, city, item); }), "item with attendees");
  records_["party"] = id_text(view.attendees.at(0).party);
  records_["body"] = view.head.body;
  records_["paper"] = id_text(as('C', "packet on paper", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return meeting::hand_paper(tx, gate, actor, city, item, view.attendees.at(0).party, "架空 手渡", true);
  }));
  records_["item"] = records_["items"];
  records_["note"] = id_text(as('C', "line", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return meeting::add_note(tx, gate, actor, city, item, {meeting::NoteKind::answer, "先に聞いておきたいこと", {}, {}});
  }));
  records_["summaries"] = id_text(as('C', "summary", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<AgendaItemId> {
    if (auto done = meeting::write_summary(tx, gate, actor, city, item, 0, "高齢の親と子の暮らしのこと。"); !done) return tl::unexpected(done.error());
    const auto all = meeting::packet_overview(tx, gate, city, item);
    return all->summary->id;
  }));
  const auto handed = as('C', "guest's link", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    const Date today = t_.clock().today();
    return meeting::invite_guest(tx, gate, actor, city, t_.city().key, item, {meeting::GuestKind::outside, "架空 花子", "", today, today.plus_days(7)});
  });
  records_["guest-links"] = id_text(handed.id);
  guest_secret_ = *t_.db().write([&](db::WriteTx& tx) { return meeting::enter(tx, t_.city().key, *meeting::open_link(tx, handed.token, t_.clock().now()), handed.code, t_.clock().now()); });
  records_["token"] = std::string(43, 'x');  // an address that opens nothing
  records_["file"] = records_["token"] + ".ics";
  records_["key"] = records_["token"];  // of nobody's search
  records_["rule-documents"] = id_text(as('C', "rule document", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return meeting::add_rule_document(tx, gate, actor, city, {view.head.body, "設置要綱", t_.clock().today(), "", "", "第1条"});
  }));
}

void Walk::make_emergency() {
  const Login acting = t_.account(kOtherAgency, Role::field_worker);
  const auto number = must(t_.read(logins_['W'], [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, household_); }), "number").number;
  must(t_.write(acting, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return consent::open_in_emergency(tx, gate, actor, {t_.m(), t_.city().directory}, {number, "", {}, "life", "連絡がとれない。", true});
  }), "opening in an emergency");
  const auto waiting = t_.read(logins_['H'], [&](db::ReadTx& tx, access::Gate& gate) { return consent::emergencies_to_review(tx, gate); });
  records_["emergencies"] = id_text(waiting.at(0).id);
}

void Walk::make_archive() {
  const archive::Settings city{t_.m(), t_.city().directory};
  records_["disclosures"] = id_text(as('O', "request for disclosure", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    archive::NewDisclosure in;
    in.person = person_;
    in.identity = "driver";
    in.received_on = t_.clock().today();
    return archive::receive(tx, gate, actor, city, in);
  }));
  records_["holds"] = id_text(as('O', "legal hold", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return archive::hold(tx, gate, actor, household_, "訴訟のため");
  }));
  // By hand: this city has set no years, so nothing is due here.
  records_["disposals"] = id_text(as('O', "disposal", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<DisposalId> {
    const auto permit = gate.create<DisposalTag>(tx, {0, t_.agency(kOwnAgency), {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    archive::store::Disposal in;
    in.id = permit->id();
    in.number = "廃棄R08-0001";
    in.agency = t_.agency(kOwnAgency);
    in.state = "proposed";
    in.proposed_by = actor.account;
    in.proposed_on = t_.clock().today();
    archive::store::add(tx, in);
    return permit->id();
  }));
}

void Walk::make_records() {
  make_household();
  make_support();
  make_requests();
  make_plan_and_meeting();
  make_grounds();
  make_packets();
  make_emergency();
  make_archive();
  records_["accounts"] = id_text(logins_['W'].account);
  records_["code"] = "intakes";  // a number that every city has
}

// --- the walk ------------------------------------------------------------------------------------------------------

TEST_F(Walk, table_and_router_name_the_same_addresses) {
  std::map<std::string, int> named;
  for (const Line& line : read_table())
    if (!line.has_query()) ++named[line.name()];
  for (const web::RouteInfo& route : routes()) {
    const std::string name = route.method + " " + route.pattern;
    EXPECT_EQ(named.erase(name), 1u) << name << " is missing in walk_table.tsv: write down who may call it";
  }
  for (const auto& [name, times] : named) ADD_FAILURE() << name << " stands in walk_table.tsv and is gone from the program";
}

TEST_F(Walk, every_role_is_answered_as_the_table_says) {
  for (const Line& line : read_table()) {
    const auto address = filled(line.path, Ids::own);
    if (!address) {
      ADD_FAILURE() << line.name() << ": the walk makes no record of this kind";
      continue;
    }
    for (const RoleLetter& r : kRoles) {
      const Login who = fresh_if_needed(line, r.letter);
      const std::string wanted = line.lets_in(r.letter) ? line.wanted(r.letter) : "404";
      const int status = send(&who, line.method, *address).status;
      EXPECT_TRUE(fits(status, wanted)) << line.name() << " as " << r.letter << ": " << status << ", the table says " << wanted;
    }
  }
}

TEST_F(Walk, who_is_not_signed_in_is_sent_to_sign_in_or_refused) {
  for (const Line& line : read_table()) {
    const auto address = filled(line.path, Ids::own);
    if (!address) continue;
    const std::string wanted = line.roles == "-" ? line.wanted('-') : line.method == "GET" ? "303" : "403";
    const web::Reply reply = send(nullptr, line.method, *address);
    EXPECT_TRUE(fits(reply.status, wanted)) << line.name() << " signed out: " << reply.status << ", the rules say " << wanted;
    if (line.roles != "-" && line.method == "GET") {
      EXPECT_EQ(reply.header_value("location"), "/tsuruoka/signin") << line.name();
    }
  }
}

TEST_F(Walk, records_of_another_agency_are_answered_as_if_they_did_not_exist) {
  for (const Line& line : read_table()) {
    const auto address = filled(line.path, Ids::own);
    const auto forged = filled(line.path, Ids::forged);
    if (!address || !forged) continue;
    if (!line.holds_record()) continue;
    const web::Reply theirs = send(&stranger_, line.method, *address);
    EXPECT_TRUE(fits(theirs.status, line.other)) << line.name() << " about another agency's record: " << theirs.status << ", the table says " << line.other;
    const web::Reply nothing = send(&stranger_, line.method, *forged);
    EXPECT_EQ(theirs.status, nothing.status) << line.name() << " tells a record of others from none by its status";
    EXPECT_EQ(plain(theirs.body, *address), plain(nothing.body, *forged)) << line.name() << " tells a record of others from none by its page";
  }
}

TEST_F(Walk, ids_that_nobody_gave_out_are_not_found) {
  for (const Line& line : read_table()) {
    if (!line.holds_record() || line.has_query()) continue;
    for (const Ids kind : {Ids::forged, Ids::mistyped}) {
      const auto address = filled(line.path, kind);
      if (!address) continue;
      for (const RoleLetter& r : kRoles) {
        const int status = send(&logins_[r.letter], line.method, *address).status;
        EXPECT_EQ(status, 404) << line.name() << " as " << r.letter << " with an id that is none";
      }
    }
  }
}

TEST_F(Walk, other_methods_are_refused_with_405) {
  for (const web::RouteInfo& route : routes()) {
    const auto address = filled(route.pattern, Ids::own);
    if (!address) continue;
    EXPECT_EQ(send(&logins_['W'], "DELETE", *address).status, 405) << route.pattern;
    EXPECT_EQ(send(&logins_['W'], "PUT", *address).status, 405) << route.pattern;
  }
}

// A guest's cookie is no sign-in: wherever it is sent along, the answer is that of somebody who has none.
TEST_F(Walk, a_guest_is_answered_everywhere_as_somebody_who_is_not_signed_in) {
  for (const Line& line : read_table()) {
    const auto address = filled(line.path, Ids::own);
    if (!address) continue;
    const int signed_out = send(nullptr, line.method, *address).status;
    const web::Reply guest = send(nullptr, line.method, *address, guest_secret_);
    EXPECT_EQ(guest.status, signed_out) << line.name();
    EXPECT_EQ(guest.body.find("阿曽"), std::string::npos) << line.name();
  }
}

// The auditor tells a list from a look at one household by the act alone (and so does what is gathered from the events):
// an address that names a record is a look at it, one that names none shows rows.
TEST_F(Walk, lists_are_kept_as_lists_and_looks_at_one_record_as_looks) {
  const auto newest = [&] {
    return t_.city().audit.file_for(t_.clock().now()).read([](db::ReadTx& tx) { return access::audit_store::newest_reads(tx, 0, 1); });
  };
  int lists = 0, looks = 0;
  for (const Line& line : read_table()) {
    const auto address = filled(line.path, Ids::own);
    if (line.method != "GET" || !address || line.has_query()) continue;
    // A sitting is no controlled record: what its pages show is rows, the items of its agenda.
    if (line.path == "/meetings/{id}/live" || line.path == "/meetings/{id}/papers/{body}") continue;
    for (const RoleLetter& r : kRoles) {
      const web::Reply reply = send(&logins_[r.letter], "GET", *address);
      if (reply.status != 200 || !reply.before_send) continue;
      std::latch kept(1);
      reply.before_send([&](bool) { kept.count_down(); });
      kept.wait();
      const auto event = newest().at(0).event;
      if (event.act == access::Act::print || event.act == access::Act::search) continue;
      const bool list = event.act == access::Act::list;
      EXPECT_EQ(list, !line.holds_record()) << line.name() << " as " << r.letter << ", kept as " << event.action << ", act " << static_cast<int>(event.act);
      ++(list ? lists : looks);
    }
  }
  EXPECT_GT(lists, 20);
  EXPECT_GT(looks, 100);
}

// A form of somebody else's session, or one sent from another site, is refused wherever something can be posted.
TEST_F(Walk, forms_with_a_foreign_token_are_refused_everywhere) {
  const auto posted_by = [&](const std::string& address, const std::string& token) {
    Login forged = logins_['C'];
    forged.csrf = token;
    return send(&forged, "POST", address).status;
  };
  for (const web::RouteInfo& route : routes()) {
    if (route.method != "POST") continue;
    const auto address = filled(route.pattern, Ids::own);
    if (!address || !route.need.lets_in(Roles{Role::coordinator})) continue;
    EXPECT_EQ(posted_by(*address, "not-the-token"), 403) << route.pattern;
    EXPECT_EQ(posted_by(*address, logins_['W'].csrf), 403) << route.pattern << " takes the token of another account";
  }
}

}  // namespace
}  // namespace kasane
