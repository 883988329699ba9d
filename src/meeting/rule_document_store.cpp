#include "meeting/rule_document_store.hpp"

namespace kasane::meeting::store {

void insert_rule_document(db::WriteTx& tx, std::int64_t id, const NewRuleDocument& in, std::string_view content_type, Date on, AccountId by) {
  const std::optional<db::Blob> content = in.bytes.empty() ? std::nullopt : std::optional(db::Blob(in.bytes.begin(), in.bytes.end()));
  tx.run(R"sql(INSERT INTO rule_document_version (id, body, title, valid_from, note, link, content_type, content, made_on, made_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
         db::params(id, in.body, in.title, in.valid_from, in.note, in.link, content_type, content, on, by));
}

std::vector<RuleDocument> rule_documents(db::ReadTx& tx, const std::string& body) {
  return tx.list<RuleDocument>(R"sql(SELECT id, body, title, valid_from, note, link, content_type, made_on FROM rule_document_version
                                 WHERE body = $1 ORDER BY valid_from DESC, id DESC LIMIT 200)sql",
                               db::params(body), [](const db::Row& r) {
                                 return RuleDocument{r.i64(0), r.text(1), r.text(2), r.date(3), r.text(4), r.text(5), r.text(6), r.date(7)};
                               });
}

std::optional<RuleFile> rule_file(db::ReadTx& tx, std::int64_t id) {
  return tx.one<RuleFile>(R"sql(SELECT content_type, content FROM rule_document_version WHERE id = $1 AND content IS NOT NULL)sql", db::params(id), [](const db::Row& r) {
    const db::Blob bytes = r.blob(1);
    return RuleFile{r.text(0), std::string(bytes.begin(), bytes.end())};
  });
}

}  // namespace kasane::meeting::store
