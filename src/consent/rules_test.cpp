#include "consent/rules.hpp"

#include <gtest/gtest.h>

namespace kasane::consent {
namespace {

using access::Topic;

Date day(int month, int d) { return *Date::from_ymd(2026, month, d); }
const Date kForEver = *Date::from_iso(access::kForever);

TEST(Validity, follows_the_dates_of_one_fact) {
  FactDates fact{day(6, 1), false, std::nullopt, day(9, 30)};
  EXPECT_EQ(validity_on(fact, day(5, 31)), Validity::none);
  EXPECT_EQ(validity_on(fact, day(6, 1)), Validity::valid);
  EXPECT_EQ(validity_on(fact, day(9, 30)), Validity::valid);
  EXPECT_EQ(validity_on(fact, day(10, 1)), Validity::lapsed);
  fact.withdrawn_on = day(8, 1);
  EXPECT_EQ(validity_on(fact, day(7, 31)), Validity::valid) << "a withdrawal looks forward";
  EXPECT_EQ(validity_on(fact, day(8, 1)), Validity::withdrawn);
  EXPECT_EQ(validity_on({day(6, 1), true, std::nullopt, kForEver}, day(6, 1)), Validity::refused);
}

TEST(Recording, asks_for_what_each_way_of_giving_needs) {
  const auto fields = [](const NewConsent& what) {
    std::vector<std::string> out;
    for (const auto& fault : faults_of(what, day(11, 24))) out.push_back(fault.field);
    return out;
  };
  using Fields = std::vector<std::string>;
  NewConsent c;
  c.given_on = day(11, 24);
  EXPECT_EQ(fields(c), Fields());
  c.how = How::spoken;
  EXPECT_EQ(fields(c), Fields{"witness"});
  c.refused = true;
  EXPECT_EQ(fields(c), Fields()) << "a refusal needs no witness";
  c.given_by = GivenBy::representative;
  EXPECT_EQ(fields(c), (Fields{"representative", "capacity"}));
  c = {};
  c.given_on = day(11, 25);
  EXPECT_EQ(fields(c), Fields{"given_on"});
  c.given_on = day(11, 24);
  c.standard = false;
  c.valid_until = day(11, 23);
  EXPECT_EQ(fields(c), (Fields{"valid_until", "topics"}));
}

TEST(Recording, takes_a_sheet_by_its_bytes_and_not_by_its_name) {
  EXPECT_EQ(sheet_type("\xFF\xD8\xFF\xE0…"), "image/jpeg");
  EXPECT_EQ(sheet_type("\x89PNG\r\n\x1A\n…"), "image/png");
  EXPECT_EQ(sheet_type("%PDF-1.7"), "application/pdf");
  for (const char* other : {"<html>", "GIF89a", "PK\x03\x04", "", "\xFF\xD8"}) EXPECT_FALSE(sheet_type(other));
  NewConsent c;
  c.given_on = day(11, 24);
  c.sheet = Sheet{"<script>"};
  EXPECT_EQ(faults_of(c, day(11, 24)).at(0).field, "sheet");
  c.sheet = Sheet{"%PDF-" + std::string(kMostSheetBytes, ' ')};
  EXPECT_EQ(faults_of(c, day(11, 24)).at(0).field, "sheet");
}

TEST(Scope, never_covers_what_no_consent_sheet_asks_for) {
  NewConsent c;
  EXPECT_EQ(scope_of(c), access::kStandardScope);
  c.standard = false;
  c.topics = Topic::plan | Topic::abuse | Topic::reporter;
  EXPECT_EQ(scope_of(c), Topic::basic | Topic::plan);
}

TEST(GroundRequest, needs_a_conference_of_106_6_and_one_of_its_grounds_T_66_W_77) {
  programme::Body body;
  body.function = programme::BodyFunction::plan_decision;
  EXPECT_EQ(faults_of_ground(nullptr, "").at(0).field, "body");
  EXPECT_EQ(faults_of_ground(&body, "").at(0).field, "body");
  body.function = programme::BodyFunction::support_conference_106_6;
  EXPECT_TRUE(faults_of_ground(&body, "").empty()) << "the plan lists none: the reason says it";
  EXPECT_EQ(faults_of_ground(&body, "no_consent").at(0).field, "ground");
  body.grounds.push_back({"no_consent", "本人同意が得られない事案", ""});
  EXPECT_TRUE(faults_of_ground(&body, "no_consent").empty());
  EXPECT_EQ(faults_of_ground(&body, "").at(0).field, "ground");
  EXPECT_EQ(faults_of_ground(&body, "other").at(0).field, "ground");
}

TEST(GroundRequest, ends_once) {
  using enum RequestState;
  EXPECT_TRUE(may_follow(waiting, on_agenda));
  EXPECT_TRUE(may_follow(on_agenda, waiting)) << "deferred";
  EXPECT_TRUE(may_follow(on_agenda, treated));
  for (const auto to : {waiting, on_agenda, treated, withdrawn}) {
    EXPECT_FALSE(may_follow(treated, to));
    EXPECT_FALSE(may_follow(withdrawn, to));
  }
}

}  // namespace
}  // namespace kasane::consent
