// The forms of a referral: sending it, with the fields that belong to the form of passing; judging it; answering it.
#pragma once
#include <optional>
#include <vector>

#include "casework/case_service.hpp"
#include "casework/pages_parts.hpp"
#include "casework/referral_service.hpp"

namespace kasane::casework::referral_forms {

/// A 情報共有同意 that stands, as the form offers it.
struct StandingConsent {
  ConsentId id;
  PersonId person;
  std::string name;   // of the person, to choose by; it is not stored with the referral
  std::string words;  // 「記録済みの同意（R8.11.23 書面）」
};

/// What a new referral begins from and goes with.
struct Sending {
  ReferralKind kind = ReferralKind::network;
  std::optional<IntakeId> intake;
  std::optional<HouseholdId> household;
  std::optional<people::HouseholdView> view;  // of the household, where one is known
  std::string text;                           // of the intake
  std::optional<PersonId> person;
  std::vector<std::string> known_names;       // that must not stand in an anonymous text
  std::vector<StandingConsent> consents;      // of members of the household
  bool child = false;                         // suggestions for children instead of adults
  bool judges = false;                        // the viewer is the one who judges at the source
};

form::Form sending(const programme::Ctx& ctx, const Sending& s);
/// What is known when the form is opened.
form::Answers first_answers(const programme::Ctx& ctx, const Sending& s);
NewReferral referral_in(const programme::Ctx& ctx, const Sending& s, const form::Form& form, const form::Answers& answers);

form::Form judging(const programme::Ctx& ctx);
/// `members` of the household, where the viewer may know it: among them the 本人 of a new case.
form::Form answering(const programme::Ctx& ctx, const Referral& referral, const std::vector<people::Member>& members);
ReferralAnswer answer_in(const programme::Ctx& ctx, const form::Form& form, const form::Answers& answers);

/// What belongs to the form of passing, as a form: the answers are stored under its key.
form::Form passing_form();
/// The fields that belong to the form of passing, for reading.
html::Html passing_facts(const Referral& referral);
/// Labels of the reasons, one a line; 未設定 is said only where criteria are asked.
html::Html reason_list(const programme::Ctx& ctx, const std::vector<std::string>& reasons);
html::Html criteria_note(const programme::Ctx& ctx);

}  // namespace kasane::casework::referral_forms
