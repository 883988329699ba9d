// What is proposed for each part of a record when its person asks for it, and what follows from the decisions. Pure.
// Nothing is withheld by its class: a type only says what a human has to look at, and which item of the statute may
// apply. Items and terms are data (code tables disclosure_ground and disclosure_term).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/disclosure_model.hpp"
#include "base/result.hpp"

namespace kasane::archive {

struct Proposed {
  Proposal proposal = Proposal::review;
  std::string_view why;     // key for why_text
  std::string_view ground;  // code of disclosure_ground; ""
};
/// `own`: the record is about the asking person alone. `topics`: of the record. Address, telephone and safe contact are
/// always for a human to decide on, whoever asks: that they were not for some persons would tell who is protected.
Proposed propose(std::string_view source, std::string_view part, bool own, access::Topics topics, Asker asker = Asker::self);
/// What the text of a source shows, besides the topics of its record: who may not see that may not see a copy of it.
access::Topics topics_of_source(std::string_view source);
std::string_view why_text(std::string_view why);

/// "支援の記録", "相談受付の要約" …: what a source is called on pages and paper.
std::string_view source_label(std::string_view source);

/// What follows for the whole. Parts that are not told of do not count, unless there is nothing else.
DisclosureResult result_of(const std::vector<PartDecision>& parts);

/// A text cut at the words to be blacked out. Shown pieces in order; `hidden` pieces hold no text.
struct Piece {
  bool hidden = false;
  std::string text;
};
std::vector<Piece> cut(std::string_view text, const std::vector<std::string>& words);
/// The lines of a box, without blanks around them and without empty ones.
std::vector<std::string> lines_of(std::string_view box);

/// Faults of one choice: no ground where one is needed, the ground for not telling of a part (81条) with another decision
/// or another ground with that one, words that do not stand in the text. Fields are named with the
/// part's number: decision_3, ground_3, hidden_3.
std::vector<FieldError> faults_of_choice(const PartChoice& choice, std::string_view text);

}  // namespace kasane::archive
