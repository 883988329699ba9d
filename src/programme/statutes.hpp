// Statutes as dated data: which article, in which text version, allows which kind of ground, to whom, and how far. Read
// from municipalities/national/statutes.csv and, where a city has rules of its own (条例), from statutes.csv of its
// folder. Nothing here says more about the law than its rows do; each row says whether it was checked.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "programme/municipality.hpp"

namespace kasane::programme {

/// What an article allows.
enum class Allows : std::uint8_t {
  consent,             // the person's own agreement
  support_conference,  // 支援会議 of 社会福祉法106条の6
  cooperation,         // asking others for what they know
  other_law_meeting,   // a meeting under another law
  provision,           // use or provision outside the purpose
  contract,            // within the purpose of an entrusted programme
  decision,            // the city's 支援決定
  legal_duty,          // 通告・通報
  danger,              // danger to life, body or property
  past,                // chosen before a finer row took its place: named where it was written down, offered no more
};
/// For whose records it speaks.
enum class HolderKind : std::uint8_t { anyone, city, contractor };
/// Who gets it, as the articles tell recipients apart.
enum class RecipientKind : std::uint8_t {
  city,                // a section of the city itself
  public_body,         // another body of public law: the board of education, a public enterprise, prefecture, state
  entrusted,           // works for one of them by contract
  other,
};

/// One article in one text version.
struct Statute {
  std::string key;
  std::string law;
  std::string article;
  std::optional<Date> in_force;   // of the text version; nothing: not checked
  Allows allows = Allows::consent;
  HolderKind holder = HolderKind::anyone;
  bool harm_check = false;        // not where it may unjustly harm the person or a third party
  bool needs_consent = false;     // stands on the person's own agreement
  std::vector<RecipientKind> recipients;  // to whom it may be given; empty: to anybody
  access::Topics topics;          // what a meeting under this law is about; empty: not limited here
  std::optional<int> min_age, max_age;  // whom it is about, in whole years
  bool child_home = false;        // or about all who live with a child, and an expectant mother who is noted as such
  bool checked = false;           // 確認済: compared with its source
  std::string note;

  /// 個人情報の保護に関する法律69条2項2号（…）
  std::string name() const { return law + article; }
  /// "kojin_69_2_2@2023-04-01"; "…@未確認" without a date.
  std::string versioned_key() const;
  /// 確認済, 未確認
  const char* evidence() const { return checked ? "確認済" : "未確認"; }
};

/// The version of this article that is in force on that day: the latest begun by then, else one without a date. nullptr
/// when the folder knows no such key.
const Statute* statute(const Municipality& m, std::string_view key, Date on);
/// All articles that allow this on that day for such a holder, one version each, in the order of the files.
std::vector<const Statute*> statutes_for(const Municipality& m, Allows allows, HolderKind holder, Date on);
/// The city stands on 69条, a contractor on 27条 and its contract.
HolderKind holder_kind(const Municipality& m, std::string_view agency);
/// As what this agency of the folder gets something.
RecipientKind recipient_kind(const Municipality& m, std::string_view agency);
inline constexpr RecipientKind kRecipientKinds[] = {RecipientKind::city, RecipientKind::public_body, RecipientKind::entrusted, RecipientKind::other};
/// city, public, entrusted, other
std::string_view code_of(RecipientKind kind);
std::string_view label_of(RecipientKind kind);
std::optional<RecipientKind> parse_recipient_kind(std::string_view code);
/// Whether it may be given to such a recipient; one whose kind nobody wrote down is not refused.
bool gives_to(const Statute& law, std::optional<RecipientKind> recipient);
/// What a ground writes down as its basis: name and key@version. The key itself where the folder does not know it.
std::string basis_text(const Municipality& m, std::string_view key, Date on);
/// The article named by a versioned key as stored; where the version is gone, the key's newest one; nullptr else.
const Statute* statute_as_stored(const Municipality& m, std::string_view versioned_key);

/// The duty to report of this kind (child, elder, disabled, partner), as a ground writes it down. Where no law is settled
/// on: that it is so.
std::string duty_basis_text(const Municipality& m, std::string_view duty_kind, Date on);
/// Danger to life, body or property, by who holds the record: 69条2項 with its harm limit for the city, 27条1項2号 else.
std::string danger_basis_text(const Municipality& m, std::string_view holder, Date on);

/// Keys that the program itself writes into grounds: a folder without them does not load.
inline constexpr const char* kConsent = "consent";
inline constexpr const char* kSupportConference = "shafuku_106_6";
inline constexpr const char* kCooperation = "shafuku_106_6_3";
inline constexpr const char* kPlanDecision = "shafuku_106_4_plan";
inline constexpr const char* kContract = "kojin_27_contract";
inline constexpr const char* kDangerCity = "danger_city";
inline constexpr const char* kDangerContractor = "danger_contractor";

}  // namespace kasane::programme
