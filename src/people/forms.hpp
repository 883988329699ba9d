// Descriptions of the forms of people, and the reading of their answers.
#pragma once
#include <string>
#include <string_view>

#include "form/answers.hpp"
#include "form/field.hpp"
#include "people/model.hpp"
#include "people/service.hpp"
#include "programme/municipality.hpp"

namespace kasane::people {

/// How many persons one can enter while registering; more are added on the household's page.
inline constexpr int kPersonsAtOnce = 6;

/// label, area, address, phone and p1_… to p6_…; nothing of it is required by itself (KN-3, KN-56).
form::Form registration_form(const programme::Municipality& m);
NewHousehold read_registration(const form::Answers& answers);

struct PersonParts {
  bool contact = true;
  bool membership = false;
};
form::Form person_form(const programme::Municipality& m, PersonParts parts);
form::Form household_form(const programme::Municipality& m, bool contact);
form::Form membership_form(const programme::Municipality& m);
/// To another household: its number, the first day there, relation.
form::Form move_form(const programme::Municipality& m);
form::Form safety_form(const programme::Municipality& m);

PersonFields read_person(const form::Answers& answers, std::string_view prefix = {});
ContactFields read_contact(const form::Answers& answers, std::string_view prefix = {});
MembershipFields read_membership(const form::Answers& answers, std::string_view prefix = {});

form::Answers answers_of(const PersonView& person);
form::Answers answers_of(const HouseholdView& household);
form::Answers answers_of(const MembershipFields& membership);
form::Answers answers_of(const SafetyNote& note);

}  // namespace kasane::people
