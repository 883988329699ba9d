// SQL of rule documents.
#pragma once
#include "meeting/rule_document_service.hpp"

namespace kasane::meeting::store {

void insert_rule_document(db::WriteTx& tx, std::int64_t id, const NewRuleDocument& in, std::string_view content_type, Date on, AccountId by);
std::vector<RuleDocument> rule_documents(db::ReadTx& tx, const std::string& body);
std::optional<RuleFile> rule_file(db::ReadTx& tx, std::int64_t id);

}  // namespace kasane::meeting::store
