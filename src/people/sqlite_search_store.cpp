// SQLite: the FTS5 index over people_search. All its words must fit (AND is what a space means there).
#include "people/search_store.hpp"

namespace kasane::people {

namespace {

class SqliteSearchIndex final : public SearchIndex {
 public:
  void put(db::WriteTx& tx, const access::Permit<PersonTag>& person, const std::string& keys) const override { replace(tx, person, keys); }
  void put(db::WriteTx& tx, const access::Permit<HouseholdTag>& household, const std::string& keys) const override { replace(tx, household, keys); }

  std::vector<PersonHit> persons(const access::Scope<PersonTag>& scope, const std::string& keys, std::int64_t before) const override {
    return scope.list<PersonHit>(
        R"sql(SELECT p.id, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana, p.pii_birth, a.root_id
              FROM people_search_fts JOIN person p ON p.id = people_search_fts.rowid JOIN access_subject a ON a.id = p.id
              WHERE people_search_fts MATCH $1 AND p.id < $2 AND {scope:p.id}
              ORDER BY p.id DESC LIMIT 51)sql",
        db::params(keys, before), person_hit);
  }
  std::vector<HouseholdLabel> households(const access::Scope<HouseholdTag>& scope, const std::string& keys, std::int64_t before) const override {
    return scope.list<HouseholdLabel>(
        R"sql(SELECT h.id, h.number, h.pii_label
              FROM people_search_fts JOIN household h ON h.id = people_search_fts.rowid
              WHERE people_search_fts MATCH $1 AND h.id < $2 AND {scope:h.id}
              ORDER BY h.id DESC LIMIT 51)sql",
        db::params(keys, before), household_label);
  }

  std::int64_t count_persons(const access::Scope<PersonTag>& scope, const std::string& keys) const override {
    return scope.count(
        R"sql(SELECT count(*) FROM (SELECT p.id FROM people_search_fts JOIN person p ON p.id = people_search_fts.rowid
              WHERE people_search_fts MATCH $1 AND {scope:p.id} LIMIT 1001) AS found)sql",
        db::params(keys));
  }
  std::int64_t count_households(const access::Scope<HouseholdTag>& scope, const std::string& keys) const override {
    return scope.count(
        R"sql(SELECT count(*) FROM (SELECT h.id FROM people_search_fts JOIN household h ON h.id = people_search_fts.rowid
              WHERE people_search_fts MATCH $1 AND {scope:h.id} LIMIT 1001) AS found)sql",
        db::params(keys));
  }

  std::vector<PersonHit> same_person(const access::Scope<PersonTag>& scope, const std::string& keys, const std::string& birth) const override {
    return scope.list<PersonHit>(
        R"sql(SELECT p.id, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana, p.pii_birth, a.root_id
              FROM people_search_fts JOIN person p ON p.id = people_search_fts.rowid JOIN access_subject a ON a.id = p.id
              WHERE people_search_fts MATCH $1
                AND substr(p.pii_birth, 1, length(CAST($2 AS TEXT))) = substr(CAST($2 AS TEXT), 1, length(p.pii_birth)) AND {scope:p.id}
              ORDER BY p.id DESC LIMIT 10)sql",
        db::params(keys, birth), person_hit);
  }

 private:
  // The index forgets a record only when told the very keys that it had taken in.
  template <class Tag>
  static void replace(db::WriteTx& tx, const access::Permit<Tag>& permit, const std::string& keys) {
    permit.run(tx, R"sql(INSERT INTO people_search_fts (people_search_fts, rowid, pii_grams)
                         SELECT 'delete', id, pii_grams FROM people_search WHERE id = $permit)sql", {});
    permit.run(tx, R"sql(INSERT INTO people_search (id, pii_grams) VALUES ($permit, $1)
                         ON CONFLICT (id) DO UPDATE SET pii_grams = excluded.pii_grams)sql", db::params(keys));
    permit.run(tx, R"sql(INSERT INTO people_search_fts (rowid, pii_grams) VALUES ($permit, $1))sql", db::params(keys));
  }
};

}  // namespace

const SearchIndex& sqlite_search_index() {
  static const SqliteSearchIndex index;
  return index;
}

}  // namespace kasane::people
