// 協力依頼 under 社会福祉法106条の6第3項: a 支援会議 asks somebody for what they know, numbered, with a day, and gets one line.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace kasane::consent {

enum class CooperationState : std::uint8_t { waiting, answered, cannot, withdrawn };
const char* code_of(CooperationState state);
/// 返事を待っています, 返事がありました, 協力できない, 取り下げました
const char* label_of(CooperationState state);
CooperationState cooperation_state(std::string_view code);

struct NewCooperation {
  std::string body;                       // code of a 支援会議 of 106条の6 that the viewer's agency holds
  std::optional<AgencyId> to;             // an agency …
  std::string outside;                    // … or a name: then a paper goes out
  std::optional<HouseholdId> household;   // nothing: asked so that nobody can be recognised
  std::optional<PersonId> person;
  std::string question;
  access::Topics topics;                  // shown of the household so that they can answer
  Date due_on;
};

struct CooperationAnswer {
  std::int64_t version = 0;
  bool cannot = false;
  std::string text;                       // the answer, or why they cannot
  Date on;
};

/// A request as somebody who may know it sees it.
struct Cooperation {
  CooperationRequestId id;
  std::string number;
  std::string body;
  AgencyId asked_by;
  Date asked_on;
  Date due_on;
  std::optional<AgencyId> to;
  Personal<std::string> outside;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
  Personal<std::string> question;
  access::Topics topics;
  std::string basis;                      // key@version
  CooperationState state = CooperationState::waiting;
  std::optional<Date> answered_on;
  Personal<std::string> answer;
  std::optional<Date> read_on;
  std::int64_t told_id = 0;
  std::int64_t version = 0;
};

}  // namespace kasane::consent
