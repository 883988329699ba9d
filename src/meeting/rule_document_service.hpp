// Rule documents (要綱) of the city's bodies: each version stays as it was put in, with the day from which it holds. Public
// papers of the city; nothing personal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

inline constexpr std::size_t kLargestRuleFile = 5'000'000;  // bytes

struct NewRuleDocument {
  std::string body;
  std::string title;
  Date valid_from;
  std::string note;   // what changed; ''
  std::string link;   // on the city's own site; ''
  std::string bytes;  // a file; ''
};
struct RuleDocument {
  std::int64_t id = 0;
  std::string body;
  std::string title;
  Date valid_from;
  std::string note;
  std::string link;
  std::string content_type;  // '': no file
  Date made_on;
};
struct RuleFile {
  std::string content_type;
  std::string bytes;
};

/// application/pdf or text/plain by what the bytes are, whatever the browser claims; '' for anything else.
std::string_view sniffed_type(std::string_view bytes);
/// Errors: not_permitted (the viewer's agency does not run the body); invalid (title, valid_from, link, file).
Result<std::int64_t> add_rule_document(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewRuleDocument& in);
/// The newest first.
std::vector<RuleDocument> rule_documents(db::ReadTx& tx, const std::string& body);
std::optional<RuleFile> rule_file(db::ReadTx& tx, std::int64_t id);

}  // namespace kasane::meeting
