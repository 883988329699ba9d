// Types of the room consent: 利用申込み and 情報共有同意 as two facts per 本人, the own view of a person, and requests to
// bring a household without consent to a 支援会議.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace kasane::consent {

using PersonalText = Personal<std::string>;

enum class Kind : std::uint8_t { application, sharing };
/// The code in the database and in the register of acts: "application", "sharing".
const char* code_of(Kind kind);

/// How a fact stands on a day. `none`: never asked.
enum class Validity : std::uint8_t { none, valid, refused, withdrawn, lapsed };
/// なし, 有効, 断り, 取消し, 期限切れ
const char* label_of(Validity validity);

enum class How : std::uint8_t { paper, spoken };
enum class GivenBy : std::uint8_t { self, representative };

/// In which capacity somebody answers for the person: 親権者, 成年後見人, 任意代理.
enum class Capacity : std::uint8_t { parent, guardian, agent };
const char* code_of(Capacity capacity);
const char* label_of(Capacity capacity);
std::optional<Capacity> capacity_of(std::string_view code);
struct Representation {
  Capacity capacity = Capacity::parent;
  std::string basis;                     // what it rests on: 戸籍, 登記事項証明書, 委任状
  std::optional<Date> until;             // last day; the consent stands no longer than that
};
/// What a child says to it itself, asked apart from the one who answers for it. It does not replace that answer.
enum class Assent : std::uint8_t { agrees, disagrees, unclear };
const char* code_of(Assent assent);
/// 本人も同意, 本人は望まない, はっきりしない
const char* label_of(Assent assent);
std::optional<Assent> assent_of(std::string_view code);
struct HeardAssent {
  Assent answer = Assent::unclear;
  Date heard_on;
};

/// A photo or scan of the signed sheet: jpeg, png or pdf by its first bytes, at most kMostSheetBytes.
struct Sheet {
  std::string bytes;
};
inline constexpr std::size_t kMostSheetBytes = 8u * 1024 * 1024;

/// One fact to record.
struct NewConsent {
  HouseholdId household;
  PersonId person;
  Kind kind = Kind::sharing;
  Date given_on;
  bool refused = false;                  // asked, and the answer was no
  How how = How::paper;
  std::string witness;                   // spoken: who heard it
  GivenBy given_by = GivenBy::self;
  std::string representative;
  std::optional<Representation> representation;  // needed where somebody answers for the person
  std::optional<HeardAssent> assent;
  bool standard = true;                  // sharing: 標準の範囲
  access::Topics topics;                 // sharing without standard: what may be shared (basic is always part of it)
  std::vector<AgencyId> exceptions;      // sharing: agencies that get nothing
  std::optional<Date> valid_until;       // inclusive; nothing: until withdrawn
  std::string form_version;              // of the city's sheet that was read out or signed
  std::string basis;                     // article and text version it rests on; '' where no folder is at hand
  std::optional<Sheet> sheet;            // paper
  std::optional<ConsentId> sheet_of;     // the other fact on the same sheet, which already holds the photo
};

/// The latest fact of one kind of one person.
struct FactState {
  Validity validity = Validity::none;
  std::optional<ConsentId> id;
  std::optional<Date> given_on;          // or refused on
  std::optional<Date> withdrawn_on;
  std::optional<Date> valid_until;       // nothing: until withdrawn
  std::vector<AgencyId> exceptions;      // sharing only
  access::Topics topics;                 // sharing only
  bool valid() const { return validity == Validity::valid; }
};

struct PersonConsent {
  PersonId person;
  FactState application;
  FactState sharing;
};

/// A paper of a sitting that had gone to an agency on a consent.
struct PaperOut {
  std::int64_t item = 0;
  AgencyId agency;                       // or the account of an adviser
};

/// What a withdrawal stopped and what had gone out before it.
struct Withdrawn {
  ConsentId id;
  HouseholdId household;
  PersonId person;
  Kind kind = Kind::sharing;
  std::vector<AgencyId> reached;         // agencies that could see what the consent covered until now
  std::vector<PaperOut> papers;          // papers of sittings that rested on it
};

/// One line of the list of consents, newest first.
struct ConsentLine {
  ConsentId id;
  PersonId person;
  Kind kind = Kind::sharing;
  Validity validity = Validity::none;    // of this fact alone
  bool latest = false;                   // the one that counts for its person and kind
  Date given_on;
  How how = How::paper;
  GivenBy given_by = GivenBy::self;
  PersonalText witness;
  PersonalText representative;
  std::optional<Capacity> capacity;
  PersonalText representation;           // what it rests on
  std::optional<Date> represented_until;
  std::optional<HeardAssent> assent;
  bool standard = true;
  access::Topics topics;
  std::vector<AgencyId> exceptions;
  std::optional<Date> valid_until;
  std::optional<Date> withdrawn_on;
  PersonalText withdrawal;               // what was said when withdrawing
  std::string form_version;
  bool has_sheet = false;
  std::vector<AgencyId> went_out;        // withdrawn sharing: agencies it had reached
  std::vector<PaperOut> papers_out;      // … and papers of sittings that they had
  std::int64_t version = 0;
};

struct SheetFile {
  std::string content_type;
  PersonalText base64url;                // bytes as base64url text
};

struct NewOwnView {
  HouseholdId household;
  PersonId person;
  std::string text;
  Date heard_on;
};
struct OwnView {
  std::int64_t id = 0;
  PersonalText text;
  Date heard_on;
  AccountId recorded_by;
};

enum class RequestState : std::uint8_t { waiting, on_agenda, treated, withdrawn };
const char* code_of(RequestState state);
/// 待っています, 議題になりました, 扱いました, 取り下げました
const char* label_of(RequestState state);

struct GroundRequestLine {
  GroundRequestId id;
  HouseholdId household;
  std::optional<PersonId> person;
  std::string body;
  std::string ground_code;               // "" where the city's plan lists none
  PersonalText reason;
  AgencyId asked_by;
  Date asked_on;
  RequestState state = RequestState::waiting;
  std::optional<Date> treated_on;
  std::int64_t version = 0;
};

}  // namespace kasane::consent
