#include "city.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <random>

#include "access/model.hpp"
#include "base/clock.hpp"
#include "people/rules.hpp"
#include "people/search_rules.hpp"
#include "programme/account_service.hpp"
#include "sqlite.hpp"

namespace kasane::bench {

namespace {

using access::Topic;

constexpr std::uint32_t kSeed = 20261122;
constexpr int kMembers = 3;
constexpr int kRecords = 10;
constexpr int kNotices = 3'000;
constexpr int kReferrals = 3'000;
constexpr int kYears = 3;
constexpr const char* kPassword = "bench-password-1";
constexpr std::size_t kMostTargets = 2'000;
constexpr std::int64_t kTeam = 1, kOwn = 0;  // access::Sharing

struct Name {
  const char* kanji;
  const char* kana;
};
constexpr std::array<Name, 24> kFamily{{{"佐藤", "さとう"}, {"鈴木", "すずき"}, {"高橋", "たかはし"}, {"田中", "たなか"}, {"渡辺", "わたなべ"}, {"伊藤", "いとう"},
                                        {"山本", "やまもと"}, {"中村", "なかむら"}, {"小林", "こばやし"}, {"加藤", "かとう"}, {"吉田", "よしだ"}, {"山田", "やまだ"},
                                        {"佐々木", "ささき"}, {"山口", "やまぐち"}, {"松本", "まつもと"}, {"井上", "いのうえ"}, {"木村", "きむら"}, {"林", "はやし"},
                                        {"齋藤", "さいとう"}, {"清水", "しみず"}, {"阿曽", "あそ"}, {"五十嵐", "いがらし"}, {"本間", "ほんま"}, {"菅原", "すがわら"}}};
constexpr std::array<Name, 20> kGiven{{{"一郎", "いちろう"}, {"花子", "はなこ"}, {"健", "けん"}, {"美咲", "みさき"}, {"誠", "まこと"}, {"陽子", "ようこ"}, {"大輔", "だいすけ"},
                                       {"恵", "めぐみ"}, {"翔太", "しょうた"}, {"さくら", "さくら"}, {"清", "きよし"}, {"和子", "かずこ"}, {"茂", "しげる"}, {"幸子", "さちこ"},
                                       {"勇", "いさむ"}, {"千代", "ちよ"}, {"蓮", "れん"}, {"葵", "あおい"}, {"修", "おさむ"}, {"由美", "ゆみ"}}};
constexpr std::array<const char*, 6> kSaid{"「朝は起きられない日が続いている。電話には出られるときに出る」と話した。", "「買い物は週に一度、隣の人に頼んでいる」とのこと。",
                                           "「仕事はしたいが、人の多い所がつらい」と話した。", "「母の通院に付き添うと、自分のことができない」とのこと。",
                                           "「督促の封筒は開けていない」と話した。", "「今のままでよいとは思っていない」とのこと。"};
constexpr std::array<const char*, 6> kSeen{"玄関先で10分ほど話す。郵便物がたまっている。前回より表情がやわらかい。", "居間は片づいていた。ストーブの灯油が残り少ない。",
                                           "電話で様子を聞く。声は落ち着いている。次の訪問の日を決めた。", "窓口に来所。手続きの書類を一緒に確かめた。",
                                           "留守。手紙を入れて戻る。車はあった。", "サロンに同行。30分ほどで帰宅したが、飲み物は受け取った。"};

std::string_view pick_text(const std::array<const char*, 6>& from, std::mt19937_64& random) { return from[random() % from.size()]; }

/// Ids as base/ids makes them, but from the time and the seed, so that the same city comes out again.
class Ids {
 public:
  void at(UtcMs when, std::mt19937_64& random) {
    constexpr UtcMs kIdEpoch = 1'577'836'800'000;
    next_ = ((when - kIdEpoch) << 22) | static_cast<std::int64_t>(random() % (1u << 21));
  }
  std::int64_t operator()(std::mt19937_64& random) { return next_ += 1 + static_cast<std::int64_t>(random() % 1024); }

 private:
  std::int64_t next_ = 0;
};

std::string insert_sql(const std::string& table, const std::string& columns) {
  std::string marks = "?";
  for (const char c : columns)
    if (c == ',') marks += ",?";
  return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
}

/// One agency of the city as the generator uses it.
struct Window {
  std::int64_t agency = 0;
  std::vector<std::string> areas;
};

class Generator {
 public:
  Generator(Sqlite& db, const programme::City& city, const CitySize& size)
      : db_(db), size_(size), random_(kSeed), now_(city.clock.now()), today_(city.clock.today()),
        subject_(db, insert_sql("access_subject", "id,kind,root_id,holder_id,person_id,topics,sharing")),
        ground_(db, insert_sql("access_ground", "id,kind,root_id,person_id,topics,recipients,valid_from,valid_until,revoked_on,basis,source_id,recorded_at,recorded_by")),
        team_(db, insert_sql("access_team", "root_id,party_id,valid_from,valid_until")),
        reach_(db, insert_sql("access_reach", "party_id,root_id,person_id,topics,valid_from,valid_until,ground,ground_id")),
        act_(db, insert_sql("act", "id,kind,held_on,recorded_at,account_id,agency_id,root_id,person_id,subject_kind,subject_id,code,service,undoes")),
        household_(db, insert_sql("household", "id,number,pii_label,area_code,made_on,version")),
        household_contact_(db, insert_sql("household_contact", "household_id,pii_address,pii_phone,version")),
        person_(db, insert_sql("person", "id,pii_family,pii_given,pii_kana,pii_birth,sex,deceased_on,version")),
        person_contact_(db, insert_sql("person_contact", "person_id,pii_address,pii_phone,pii_safe,version")),
        membership_(db, insert_sql("membership", "id,household_id,person_id,relation,lives_in,valid_from,valid_until,version")),
        search_(db, insert_sql("people_search", "id,pii_grams")),
        consent_(db, insert_sql("consent", "id,household_id,person_id,kind,given_on,how,pii_witness,given_by,pii_representative,standard,topics,valid_until,form_version,withdrawn_on,pii_withdrawal,refused,sheet_id,recorded_at,recorded_by,version")),
        case_(db, insert_sql("support_case", "id,number,household_id,state,category,owner_agency,owner_by,opened_on,episode,approach,cadence_days,last_contact_on,contact_by,next_look_on,version")),
        case_person_(db, insert_sql("case_person", "case_id,person_id,from_on,until_on")),
        episode_(db, insert_sql("case_episode", "case_id,number,opened_on,closed_on,trigger_code")),
        involvement_(db, insert_sql("involvement", "id,household_id,agency_id,account_id,role,person_id,pii_what,from_on,until_on,last_contact_on,next_on,version")),
        issue_(db, insert_sql("issue", "id,household_id,person_id,code,certainty,treatment,pii_note,since_on,ended_on,version")),
        record_(db, insert_sql("support_record", "id,household_id,case_id,person_id,agency_id,writer_id,on_day,at_time,method,outcome,attempt,content,stage,service,minutes,replaces_id,replaced,made_at")),
        part_(db, insert_sql("support_record_part", "record_id,number,part,pii_text")),
        assessment_(db, insert_sql("assessment", "id,household_id,case_id,made_on")),
        section_(db, insert_sql("assessment_section", "assessment_id,section,agency_id,account_id,pii_text,saved_at,version")),
        plan_(db, insert_sql("plan", "id,household_id,case_id,kind,lineage_id,revision,state,author_agency,author_id,names_outreach,names_participation,approach,pii_wishes,pii_household_wishes,pii_direction,pii_extra,home_leaves,review_on,bundle_id,submitted_on,decided_on,ended_on,marked,finding_result,finding_wording,finding_on,finding_item,version")),
        plan_person_(db, insert_sql("plan_person", "plan_id,person_id,agreed_on")),
        goal_(db, insert_sql("plan_goal", "id,plan_id,number,term,kind,person_id,pii_text,by_on,topic,not_home")),
        role_(db, insert_sql("plan_role", "id,plan_id,number,agency_id,who,pii_what,how_often,by_on,service,topic,not_home,task_id")),
        task_(db, insert_sql("task", "id,household_id,case_id,agency_id,account_id,source_kind,source_id,pii_what,how_often,due_on,done_on,pii_done,version")),
        due_(db, insert_sql("due_item", "id,kind,party_id,root_id,subject_kind,subject_id,due_on,made_at,done_on,done_by,of_household")),
        intake_(db, insert_sql("intake", "id,taken_on,agency_id,receiver_id,notice_id,household_id,person_id,about_codes,pii_summary,pii_consulter,consulter_relation,form_key,form_version,pii_answers,abuse_named,screening,screened_on,pii_screening,version")),
        notice_(db, insert_sql("notice", "id,received_on,channel,source,from_community,owner_id,look_by,area_code,pii_about,pii_text,pii_reporter,abuse_named,state,looked_on,result,pii_result,household_id,version")),
        referral_(db, insert_sql("referral", "id,kind,passing,from_agency,to_agency,inbox,household_id,person_id,intake_id,reasons,pii_reason,pii_text,criteria,judged_by,judged_on,judge_result,sent_on,reply_by,taken_by,answered_on,answered_by,answered_agency,outcome,pii_reply,case_id,request_id,pii_passing,duty_kind,ground_code,mediated_to,look_again_on,version")) {
    for (const auto& agency : city.municipality.agencies)
      if (agency.code.starts_with("cgsc_") || agency.code == "nikokoro" || agency.code == "kurashi_station") {
        Window w;
        w.agency = city.directory.id(agency.code).value;
        for (const auto& c : city.municipality.catchments)
          if (c.agency == agency.code) w.areas.push_back(c.area);
        if (w.areas.empty()) w.areas.emplace_back("");
        windows_.push_back(std::move(w));
      }
    coordinator_ = city.directory.id("swc").value;
  }

  std::vector<Worker>& workers() { return workers_; }
  const std::vector<Window>& windows() const { return windows_; }
  std::int64_t coordinator() const { return coordinator_; }

  void fill() {
    // All households over three years, those in support and those that are only known spread evenly among each other.
    const std::int64_t supported = size_.cases;
    const std::int64_t others = std::max<std::int64_t>(0, (size_.people - supported * kMembers + kMembers - 1) / kMembers);
    const std::int64_t all = supported + others;
    const std::int64_t step = std::int64_t{kYears} * 365 * 86'400'000 / std::max<std::int64_t>(all, 1);
    db_.run("BEGIN");
    std::int64_t made = 0;
    for (std::int64_t i = 0; i < all; ++i) {
      const UtcMs when = now_ - (all - i) * step;
      const bool in_support = (i + 1) * supported / all > i * supported / all;
      household(i, when, in_support, std::min<std::int64_t>(kMembers, size_.people - made));
      made += kMembers;
      if (i % 2'000 == 1'999) {
        db_.run("COMMIT");
        db_.run("BEGIN");
      }
    }
    for (int i = 0; i < kNotices; ++i) notice(i);
    for (int i = 0; i < kReferrals; ++i) referral(i);
    db_.run("COMMIT");
    serials(all, supported);
  }

 private:
  struct Member {
    std::int64_t id = 0;
    std::string family;
  };

  std::string day(UtcMs when) const { return office_day(when).iso(); }
  std::int64_t id() { return ids_(random_); }
  static std::int64_t bits(access::Topics topics) { return static_cast<std::int64_t>(topics.bits()); }
  void subject(SubjectKind kind, std::int64_t which, std::int64_t root, std::int64_t holder, std::int64_t person, access::Topics topics, std::int64_t sharing) {
    if (person != 0) subject_(which, static_cast<int>(kind), root, holder, person, bits(topics), sharing);
    else subject_(which, static_cast<int>(kind), root, holder, std::nullopt, bits(topics), sharing);
  }
  void act(const char* kind, UtcMs when, std::int64_t root, SubjectKind subject_kind, std::int64_t which, const char* code) {
    act_(id(), kind, day(when), when, account_of(window_->agency), window_->agency, root, std::nullopt, static_cast<int>(subject_kind), which, code, "", std::nullopt);
  }
  std::int64_t account_of(std::int64_t agency) const {
    for (const Worker& w : workers_)
      if (w.agency == agency) return w.account;
    return workers_.front().account;
  }

  void household(std::int64_t number, UtcMs when, bool in_support, std::int64_t members) {
    ids_.at(when, random_);
    window_ = &windows_[static_cast<std::size_t>(number) % windows_.size()];
    const std::int64_t home = id();
    const Name& family = kFamily[random_() % kFamily.size()];
    char serial[32];
    std::snprintf(serial, sizeof serial, "世R08-%05lld", static_cast<long long>(number + 1));
    const std::string label = std::string(family.kanji) + "家";
    subject(SubjectKind::household, home, home, window_->agency, 0, Topic::basic, kTeam);
    household_(home, serial, label, window_->areas[random_() % window_->areas.size()], day(when), 1);
    const std::string address = "鶴岡市見本町" + std::to_string(1 + random_() % 30) + "-" + std::to_string(1 + random_() % 99);
    household_contact_(home, address, "0235-00-" + std::to_string(1000 + random_() % 9000), 1);
    search_(home, people::household_keys(label, serial));
    std::vector<Member> persons;
    for (std::int64_t m = 0; m < members; ++m) persons.push_back(member(home, family, when, static_cast<int>(m)));
    if (in_support && !persons.empty()) support(home, persons, when, number);
  }

  Member member(std::int64_t home, const Name& family, UtcMs when, int place) {
    const Name& given = kGiven[random_() % kGiven.size()];
    const std::int64_t who = id();
    const int year = (place == 0 ? 1935 : place == 1 ? 1965 : 1995) + static_cast<int>(random_() % 25);
    const Date birth = Date::from_ymd(year, 1 + static_cast<int>(random_() % 12), 1 + static_cast<int>(random_() % 28)).value();
    people::PersonFields fields{family.kanji, given.kanji, std::string(family.kana) + " " + given.kana, PartialDate::from_text(birth.iso()), random_() % 2 ? "male" : "female", {}};
    subject(SubjectKind::person, who, home, window_->agency, who, Topic::basic, kTeam);
    person_(who, fields.family, fields.given, fields.kana, birth.iso(), fields.sex, std::nullopt, 1);
    if (place == 0) person_contact_(who, "", "090-0000-" + std::to_string(1000 + random_() % 9000), "本人の携帯のみ", 1);
    membership_(id(), home, who, place == 0 ? "self" : place == 1 ? "child" : "grandchild", 1, day(when), std::nullopt, 1);
    search_(who, people::keys_of(fields));
    return {who, fields.family};
  }

  void support(std::int64_t home, const std::vector<Member>& persons, UtcMs when, std::int64_t number) {
    const std::int64_t third = windows_[(static_cast<std::size_t>(number) * 7 + 3) % windows_.size()].agency;
    std::vector<std::int64_t> team{window_->agency, coordinator_};
    if (third != window_->agency) team.push_back(third);
    for (const std::int64_t agency : team) team_(home, agency, day(when), access::kForever);
    const std::size_t subjects = std::min<std::size_t>(2, persons.size());
    for (std::size_t p = 0; p < subjects; ++p) consent(home, persons[p].id, team, when);
    const std::int64_t the_case = open_case(home, persons, subjects, when, number);
    involve(home, team, when);
    issues(home, persons, when);
    plan(home, the_case, persons, team, when);
    intake(home, persons.front().id, when);
    records(home, the_case, persons, team, when);
    remember_targets(home, the_case, team);
  }

  void consent(std::int64_t home, std::int64_t person, const std::vector<std::int64_t>& team, UtcMs when) {
    for (const char* kind : {"application", "sharing"}) {
      const bool sharing = std::string_view(kind) == "sharing";
      const std::int64_t which = id();
      subject(SubjectKind::consent, which, home, window_->agency, person, Topic::basic, kTeam);
      consent_(which, home, person, kind, day(when), "paper", "", "self", "", sharing ? 1 : 0, sharing ? bits(access::kStandardScope) : 0, access::kForever, "2026-1",
               std::nullopt, std::nullopt, 0, std::nullopt, when, account_of(window_->agency), 1);
      act("consent.given", when, home, SubjectKind::consent, which, kind);
      if (!sharing) continue;
      const std::int64_t ground = id();
      ground_(ground, static_cast<int>(access::GroundKind::consent), home, person, bits(access::kStandardScope), "team", day(when), access::kForever, std::nullopt,
              "情報共有同意 2026-1", which, when, account_of(window_->agency));
      for (const std::int64_t agency : team)
        reach_(agency, home, person, bits(access::kStandardScope), day(when), access::kForever, static_cast<int>(access::GroundKind::consent), ground);
    }
  }

  std::int64_t open_case(std::int64_t home, const std::vector<Member>& persons, std::size_t subjects, UtcMs when, std::int64_t number) {
    const std::int64_t which = id();
    char text[32];
    std::snprintf(text, sizeof text, "R08-%05lld", static_cast<long long>(number + 1));
    const Date contact_by = today_.plus_days(static_cast<int>(random_() % 90) - 15);
    subject(SubjectKind::support_case, which, home, coordinator_, 0, Topic::basic, kTeam);
    case_(which, text, home, random_() % 4 ? "active" : "preparing", "", window_->agency, std::nullopt, day(when), 1, "", 30, contact_by.plus_days(-30).iso(), contact_by.iso(),
          std::nullopt, 1);
    episode_(which, 1, day(when), std::nullopt, "");
    for (std::size_t p = 0; p < subjects; ++p) case_person_(which, persons[p].id, day(when), std::nullopt);
    act("case.opened", when, home, SubjectKind::support_case, which, "");
    due_(id(), "case.contact", window_->agency, home, static_cast<int>(SubjectKind::support_case), which, contact_by.iso(), when, std::nullopt, std::nullopt, 1);
    return which;
  }

  void involve(std::int64_t home, const std::vector<std::int64_t>& team, UtcMs when) {
    static constexpr std::array<const char*, 3> kRoles{"originating", "coordinating", "member"};
    for (std::size_t i = 0; i < team.size(); ++i) {
      const std::int64_t which = id();
      subject(SubjectKind::involvement, which, home, team[i], 0, Topic::basic, kTeam);
      involvement_(which, home, team[i], account_of(team[i]), kRoles[i], std::nullopt, "月に一度の訪問と通院の相談", day(when), std::nullopt, today_.plus_days(-20).iso(),
                   today_.plus_days(static_cast<int>(random_() % 40)).iso(), 1);
    }
  }

  void issues(std::int64_t home, const std::vector<Member>& persons, UtcMs when) {
    static constexpr std::array<const char*, 3> kCodes{"illness", "injury", "disability_certified"};
    for (std::size_t i = 0; i < persons.size(); ++i) {
      const std::int64_t which = id();
      subject(SubjectKind::issue, which, home, window_->agency, persons[i].id, Topic::health, kTeam);
      issue_(which, home, persons[i].id, kCodes[i % kCodes.size()], i == 0 ? "confirmed" : "suspected", i == 0 ? "in_treatment" : "", pick_text(kSeen, random_), day(when), std::nullopt, 1);
    }
  }

  void plan(std::int64_t home, std::int64_t the_case, const std::vector<Member>& persons, const std::vector<std::int64_t>& team, UtcMs when) {
    const std::int64_t survey = id();
    subject(SubjectKind::assessment, survey, home, coordinator_, 0, Topic::plan, kTeam);
    assessment_(survey, home, the_case, day(when));
    for (const char* section : {"health", "economy", "family"}) section_(survey, section, coordinator_, account_of(coordinator_), pick_text(kSeen, random_), when, 1);

    const std::int64_t which = id();
    const Date review = today_.plus_days(static_cast<int>(random_() % 180) - 20);
    subject(SubjectKind::plan, which, home, coordinator_, 0, Topic::plan, kTeam);
    plan_(which, home, the_case, "collaboration", which, 1, "active", coordinator_, account_of(coordinator_), 1, 0, "", pick_text(kSaid, random_), pick_text(kSaid, random_),
          "本人のペースで外とのつながりを増やす。", "{}", "", review.iso(), std::nullopt, day(when), day(when), std::nullopt, "", "adequate", "適切性の協議", day(when), std::nullopt, 1);
    plan_person_(which, persons.front().id, day(when));
    for (int g = 0; g < 3; ++g) goal_(id(), which, g + 1, g == 0 ? "long" : "short", "", std::nullopt, "週に一度は外に出る。", review.iso(), bits(Topic::plan), 0);
    for (std::size_t r = 0; r < team.size(); ++r) {
      const std::int64_t task = id();
      role_(id(), which, static_cast<std::int64_t>(r) + 1, team[r], "", "訪問して様子を聞く", "月に一度", review.iso(), "", bits(Topic::plan), 0, task);
      subject(SubjectKind::task, task, home, team[r], 0, Topic::plan, kTeam);
      task_(task, home, the_case, team[r], std::nullopt, static_cast<int>(SubjectKind::plan), which, "訪問して様子を聞く", "月に一度", review.iso(), std::nullopt, "", 1);
    }
    act("plan.decided", when, home, SubjectKind::plan, which, "collaboration");
    due_(id(), "plan.review", coordinator_, home, static_cast<int>(SubjectKind::plan), which, review.iso(), when, std::nullopt, std::nullopt, 1);
  }

  void intake(std::int64_t home, std::int64_t person, UtcMs when) {
    const std::int64_t which = id();
    subject(SubjectKind::intake, which, home, window_->agency, person, Topic::basic, kOwn);
    intake_(which, day(when), window_->agency, account_of(window_->agency), std::nullopt, home, person, "illness", pick_text(kSaid, random_), "本人", "self", "intake", 1, "{}", 0, "multi_agency",
            day(when), "", 1);
    act("intake.taken", when, home, SubjectKind::intake, which, "");
  }

  void records(std::int64_t home, std::int64_t the_case, const std::vector<Member>& persons, const std::vector<std::int64_t>& team, UtcMs since) {
    for (int n = 0; n < kRecords; ++n) {
      const UtcMs when = since + (now_ - since) * (n + 1) / (kRecords + 1);
      ids_.at(when, random_);
      const std::int64_t which = id();
      const std::int64_t agency = team[static_cast<std::size_t>(n) % team.size()];
      const std::int64_t about = n % 3 == 0 ? 0 : persons.front().id;
      subject(SubjectKind::support_record, which, home, agency, about, Topic::record, n % 5 == 4 ? kOwn : kTeam);
      if (about) record_(which, home, the_case, about, agency, account_of(agency), day(when), "14:00", "home_visit", "met", 0, "medical", "", "", 30, std::nullopt, 0, when);
      else record_(which, home, the_case, std::nullopt, agency, account_of(agency), day(when), "10:30", "phone", "met", 0, "", "", "", std::nullopt, std::nullopt, 0, when);
      part_(which, 1, "fact_observed", pick_text(kSeen, random_));
      part_(which, 2, "said_by_person", pick_text(kSaid, random_));
      act("record.contact", when, home, SubjectKind::support_record, which, "home_visit");
    }
  }

  void remember_targets(std::int64_t home, std::int64_t the_case, const std::vector<std::int64_t>& team) {
    for (Worker& w : workers_) {
      if (std::find(team.begin(), team.end(), w.agency) == team.end() || random_() % 4 != 0) continue;
      if (w.households.size() < kMostTargets) {
        w.households.push_back(home);
        w.cases.push_back(the_case);
      } else {
        const std::size_t at = random_() % kMostTargets;
        w.households[at] = home;
        w.cases[at] = the_case;
      }
    }
  }

  void notice(int number) {
    const UtcMs when = now_ - (kNotices - number) * 4 * 3'600'000LL;
    ids_.at(when + 7, random_);
    window_ = &windows_[static_cast<std::size_t>(number) % windows_.size()];
    const std::int64_t which = id();
    const bool open = number > kNotices - 300;
    subject(SubjectKind::notice, which, which, window_->agency, 0, Topic::basic, kOwn);
    notice_(which, day(when), "phone", "commissioner", 1, window_->agency, day(when + 3 * 86'400'000), "", "角の家の高齢の方", pick_text(kSeen, random_), "", 0, open ? "open" : "ended",
            day(when), "", "", std::nullopt, 1);
    act("notice.received", when, which, SubjectKind::notice, which, "commissioner");
    if (open) due_(id(), "notice.look", window_->agency, which, static_cast<int>(SubjectKind::notice), which, day(when + 3 * 86'400'000), when, std::nullopt, std::nullopt, 0);
  }

  void referral(int number) {
    const UtcMs when = now_ - (kReferrals - number) * 4 * 3'600'000LL;
    ids_.at(when + 11, random_);
    window_ = &windows_[static_cast<std::size_t>(number) % windows_.size()];
    const std::int64_t to = windows_[static_cast<std::size_t>(number + 1) % windows_.size()].agency;
    const std::int64_t which = id();
    const bool open = number > kReferrals - 200;
    subject(SubjectKind::referral, which, which, window_->agency, 0, Topic::basic, kTeam);
    const std::string answered = day(when + 2 * 86'400'000);
    if (open)
      referral_(which, "network", "spoken_consent", window_->agency, to, "", std::nullopt, std::nullopt, std::nullopt, "complex", "", pick_text(kSaid, random_), "", std::nullopt, std::nullopt, "",
                day(when), day(when + 7 * 86'400'000), std::nullopt, std::nullopt, std::nullopt, std::nullopt, "", "", std::nullopt, std::nullopt, "{}", "", "", std::nullopt, std::nullopt, 1);
    else
      referral_(which, "network", "spoken_consent", window_->agency, to, "", std::nullopt, std::nullopt, std::nullopt, "complex", "", pick_text(kSaid, random_), "", std::nullopt, std::nullopt, "",
                day(when), day(when + 7 * 86'400'000), std::nullopt, answered, account_of(to), to, "accept", "引き受けます。", std::nullopt, std::nullopt, "{}", "", "", std::nullopt, std::nullopt, 1);
    const std::int64_t ground = id();
    ground_(ground, static_cast<int>(access::GroundKind::transfer_consent), which, std::nullopt, bits(access::kStandardScope), "named", day(when), access::kForever, std::nullopt, "口頭の同意", which, when,
            account_of(window_->agency));
    reach_(to, which, 0, bits(access::kStandardScope), day(when), access::kForever, static_cast<int>(access::GroundKind::transfer_consent), ground);
    act("referral.sent", when, which, SubjectKind::referral, which, "network");
    if (open) due_(id(), "referral.reply", to, which, static_cast<int>(SubjectKind::referral), which, day(when + 7 * 86'400'000), when, std::nullopt, std::nullopt, 0);
  }

  /// New numbers go on after those given here.
  void serials(std::int64_t households, std::int64_t cases) {
    const int year = FiscalYear::of(today_).year;
    Statement(db_, insert_sql("household_serial", "fiscal_year,last"))(year, households + 1);
    Statement(db_, insert_sql("case_counter", "fiscal_year,last"))(year, households + cases);
  }

  Sqlite& db_;
  CitySize size_;
  std::mt19937_64 random_;
  Ids ids_;
  UtcMs now_;
  Date today_;
  std::vector<Window> windows_;
  std::int64_t coordinator_ = 0;
  std::vector<Worker> workers_;
  const Window* window_ = nullptr;
  Statement subject_, ground_, team_, reach_, act_, household_, household_contact_, person_, person_contact_, membership_, search_, consent_, case_, case_person_, episode_,
      involvement_, issue_, record_, part_, assessment_, section_, plan_, plan_person_, goal_, role_, task_, due_, intake_, notice_, referral_;
};

std::vector<Worker> add_accounts(programme::City& city, const std::vector<Window>& windows, std::int64_t coordinator, std::size_t count) {
  std::vector<Worker> workers;
  for (std::size_t i = 0; i < count; ++i) {
    Worker w;
    w.login = "bench" + std::to_string(i + 1);
    w.password = kPassword;
    const bool coordinates = i % 2 == 0;
    w.agency = coordinates ? coordinator : windows[i / 2 % windows.size()].agency;
    programme::NewPost post;
    post.agency = AgencyId(w.agency);
    post.role = coordinates ? Role::coordinator : Role::window_counsellor;
    post.from = city.clock.today().plus_days(-kYears * 366);
    const auto made = city.db().write([&](db::WriteTx& tx) {
      return programme::add_account(tx, {w.login, "試験 " + std::to_string(i + 1), w.password, {post}}, city.clock.now());
    });
    if (!made) throw std::runtime_error("an account of the bench was refused");
    w.account = made->value;
    workers.push_back(std::move(w));
  }
  return workers;
}

}  // namespace

Generated generate(const cli::AppSettings& app, const cli::CitySettings& city, const CitySize& size, std::size_t workers) {
  const SystemClock clock;
  auto opened = cli::open_city(app, city, clock);
  if (!opened) throw std::runtime_error(opened.error().front());
  Generated out;
  {
    Sqlite file(city.database);
    file.run("PRAGMA synchronous=OFF");
    file.run("PRAGMA cache_size=-400000");
    file.run("PRAGMA wal_autocheckpoint=20000");
    Generator generator(file, **opened, size);
    generator.workers() = add_accounts(**opened, generator.windows(), generator.coordinator(), workers);
    generator.fill();
    out.workers = std::move(generator.workers());
    out.rows = sqlite3_total_changes64(file.get());
    file.run("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  for (const Name& name : kFamily) out.names.emplace_back(name.kanji);
  for (const Name& name : kFamily)
    for (const Name& given : kGiven) out.names.push_back(std::string(name.kanji) + given.kanji);
  return out;
}

namespace {

void put_ids(std::ostream& out, const std::vector<std::int64_t>& ids) {
  out << ids.size();
  for (const std::int64_t id : ids) out << ' ' << id;
  out << '\n';
}

std::vector<std::int64_t> take_ids(std::istream& in) {
  std::size_t count = 0;
  in >> count;
  std::vector<std::int64_t> ids(in ? count : 0);
  for (std::int64_t& id : ids) in >> id;
  return ids;
}

}  // namespace

void remember(const Generated& city, const std::filesystem::path& file) {
  std::ofstream out(file);
  out << city.rows << ' ' << city.workers.size() << '\n';
  for (const Worker& w : city.workers) {
    out << w.login << ' ' << w.password << ' ' << w.account << ' ' << w.agency << '\n';
    put_ids(out, w.households);
    put_ids(out, w.cases);
  }
  out << city.names.size();
  for (const std::string& name : city.names) out << ' ' << name;
  out << '\n';
}

Generated recall(const std::filesystem::path& file) {
  std::ifstream in(file);
  Generated city;
  std::size_t workers = 0, names = 0;
  in >> city.rows >> workers;
  for (std::size_t i = 0; in && i < workers; ++i) {
    Worker w;
    in >> w.login >> w.password >> w.account >> w.agency;
    w.households = take_ids(in);
    w.cases = take_ids(in);
    city.workers.push_back(std::move(w));
  }
  in >> names;
  for (std::string name; city.names.size() < names && in >> name;) city.names.push_back(name);
  if (!in || city.workers.empty()) throw std::runtime_error("no kept city at " + file.string());
  return city;
}

}  // namespace kasane::bench
