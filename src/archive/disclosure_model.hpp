// 開示請求: a person (or who acts for that person) asks an agency for what it holds about them. Every part of every
// record is looked at; one person proposes, another approves the whole set; then the paper is made.
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

namespace kasane::archive {

enum class DisclosureState : std::uint8_t { sorting, proposed, approved, handed };
enum class Asker : std::uint8_t { self, legal, proxy };
/// What becomes of one part. not_told: neither shown nor blacked out, no trace of it in the paper (81条).
enum class PartDecision : std::uint8_t { none, open, partial, withheld, not_told };
enum class Proposal : std::uint8_t { open, review };
enum class DisclosureResult : std::uint8_t { none, full, partial, refused, absent, not_told };

std::string_view code_of(DisclosureState s);
std::string_view code_of(Asker a);
std::string_view code_of(PartDecision d);
std::string_view code_of(Proposal p);
std::string_view code_of(DisclosureResult r);
DisclosureState disclosure_state(std::string_view code);
Asker asker_of(std::string_view code);
PartDecision part_decision(std::string_view code);
DisclosureResult disclosure_result(std::string_view code);
std::string_view label_of(DisclosureState s);
std::string_view label_of(Asker a);
std::string_view label_of(PartDecision d);
std::string_view label_of(DisclosureResult r);

/// A row that fewer may know than the record on which it hangs: which one, and between which agencies it is.
struct RowDoor {
  std::int64_t row = 0;
  HouseholdId household;
  std::vector<AgencyId> agencies;
};

/// A text of a record, as found. `source` is a key of disclosure_rules.
template <class Words>
struct PartOf {
  SubjectRef subject{};
  std::optional<Date> held_on;
  std::string source;
  std::string part;         // fact_observed, said_by_person …
  bool own = false;         // the record is about the asking person alone
  access::Topics topics;    // of the record, and of the row where that has its own
  Words text;
  std::optional<RowDoor> door;
};
using FoundPart = PartOf<Personal<std::string>>;

struct Part {
  int number = 0;
  SubjectRef subject{};
  std::optional<Date> held_on;
  std::string source;
  std::string part;
  Personal<std::string> text;
  Proposal proposal = Proposal::review;
  std::string why;
  std::string ground;                  // code table disclosure_ground; ''
  PartDecision decision = PartDecision::none;
  Personal<std::string> hidden;        // partial: words to black out, one a line
};

/// What somebody decided on one part.
struct PartChoice {
  int number = 0;
  PartDecision decision = PartDecision::none;
  std::string ground;
  std::string hidden;
};

struct Disclosure {
  DisclosureId id;
  std::string number;
  HouseholdId household;
  PersonId person;
  AgencyId holder;
  Asker asker = Asker::self;
  Personal<std::string> asker_name;
  std::string identity;
  Date received_on;
  Date due_on;
  std::optional<Date> extended_on;
  Personal<std::string> extension;
  std::string law;
  DisclosureState state = DisclosureState::sorting;
  std::optional<AccountId> proposed_by;
  std::optional<Date> proposed_on;
  Personal<std::string> returned;
  DisclosureResult result = DisclosureResult::none;
  std::optional<AccountId> approved_by;
  std::optional<Date> decided_on;
  std::optional<Date> handed_on;
  std::int64_t version = 0;
  Personal<std::string> person_name;
};

struct DisclosureLine {
  DisclosureId id;
  std::string number;
  Date received_on;
  Date due_on;
  DisclosureState state = DisclosureState::sorting;
  DisclosureResult result = DisclosureResult::none;
  Personal<std::string> person_name;
};

}  // namespace kasane::archive
