#include "meeting/rule_document_service.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/rule_document_store.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

namespace {

constexpr std::size_t kLongestTitle = 100, kLongestNote = 500, kLongestLink = 300;  // characters

bool is_link(std::string_view link) {
  if (!link.starts_with("https://") && !link.starts_with("http://")) return false;
  return std::all_of(link.begin(), link.end(), [](char c) { return c > 0x20 && c != 0x7f && c != '"' && c != '<' && c != '>'; });
}

std::vector<FieldError> faults_of(const NewRuleDocument& in) {
  std::vector<FieldError> faults;
  if (in.title.empty()) faults.push_back({"title", "要綱の名前を入力してください。"});
  if (count_characters(in.title) > kLongestTitle) faults.push_back({"title", "名前は" + std::to_string(kLongestTitle) + "字までです。"});
  if (count_characters(in.note) > kLongestNote) faults.push_back({"note", "変わったところは" + std::to_string(kLongestNote) + "字までです。"});
  if (in.link.empty() && in.bytes.empty()) faults.push_back({"file", "ファイルを選ぶか、市のページのアドレスを入力してください。"});
  if (!in.link.empty() && (!is_link(in.link) || count_characters(in.link) > kLongestLink)) faults.push_back({"link", "アドレスは https:// から始まる形で入力してください。"});
  if (in.bytes.size() > kLargestRuleFile) faults.push_back({"file", "ファイルは5MBまでです。"});
  else if (!in.bytes.empty() && sniffed_type(in.bytes).empty()) faults.push_back({"file", "PDFか、文字だけのファイル（テキスト）を選んでください。"});
  return faults;
}

}  // namespace

std::string_view sniffed_type(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  if (!bytes.empty() && is_valid_utf8(bytes) && !has_control_characters(normalise_newlines(bytes), true)) return "text/plain";
  return "";
}

Result<std::int64_t> add_rule_document(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewRuleDocument& typed) {
  const auto* body = city.m.body(typed.body);
  if (body == nullptr) return fail(ErrorCode::not_found, "見つかりません。");
  if (!running_agency(gate, city, *body)) return tl::unexpected(not_for_you());
  NewRuleDocument in = typed;
  in.title = std::string(trim(in.title));
  in.note = std::string(trim(in.note));
  in.link = std::string(trim(in.link));
  if (auto faults = faults_of(in); !faults.empty()) return invalid(std::move(faults));
  const std::int64_t id = next_id();
  store::insert_rule_document(tx, id, in, in.bytes.empty() ? std::string_view() : sniffed_type(in.bytes), gate.today(), actor.account);
  return id;
}

std::vector<RuleDocument> rule_documents(db::ReadTx& tx, const std::string& body) { return store::rule_documents(tx, body); }
std::optional<RuleFile> rule_file(db::ReadTx& tx, std::int64_t id) { return store::rule_file(tx, id); }

}  // namespace kasane::meeting
