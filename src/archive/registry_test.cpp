// The registry against the migrations as they really are on each engine.
#include "archive/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "db/testing.hpp"

namespace kasane::archive {
namespace {

using Tables = std::map<std::string, std::set<std::string>>;  // name, columns

class Registry : public db::EngineTest {
 protected:
  Tables tables() {
    Tables found;
    db().read([&](db::ReadTx& tx) {
      const auto take = [&](const db::Row& r) { found[r.text(0)].insert(r.text(1)); };
      if (GetParam() == db::Engine::sqlite)
        tx.each("SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
                " AND m.name NOT LIKE '%\\_fts\\_%' ESCAPE '\\'",
                {}, take);
      else
        tx.each("SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT) FROM information_schema.columns c"
                " JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
                " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'",
                {}, take);
    });
    return found;
  }
};
KASANE_EVERY_ENGINE(Registry);

bool known(std::string_view table) { return std::ranges::find(personal_tables(), table, &PersonalTable::name) != personal_tables().end(); }

bool is_kept(std::string_view table) { return std::ranges::find(kept_tables(), table) != kept_tables().end(); }

TEST_P(Registry, names_every_table_with_a_personal_column) {
  for (const auto& [table, columns] : tables())
    for (const std::string& column : columns)
      if (column.starts_with("pii_")) { EXPECT_TRUE(known(table)) << table << "." << column << " is missing in archive/registry_store.cpp"; }
}

TEST_P(Registry, names_every_table_that_hangs_on_a_person_or_a_household) {
  for (const auto& [table, columns] : tables())
    for (const char* link : {"household_id", "person_id", "root_id", "case_id", "plan_id", "item_id", "record_id", "consent_id", "notice_id", "intake_id",
                             "measure_id", "link_id", "group_id", "source_id", "subject_id", "ground_id", "disclosure_id", "assessment_id", "evaluation_id"})
      if (columns.contains(link)) { EXPECT_TRUE(known(table) || is_kept(table)) << table << "." << link << " is missing in archive/registry_store.cpp"; }
}

TEST_P(Registry, names_no_table_or_column_that_is_not_there) {
  const Tables all = tables();
  for (const PersonalTable& t : personal_tables()) {
    const auto found = all.find(std::string(t.name));
    ASSERT_NE(found, all.end()) << t.name;
    EXPECT_TRUE(found->second.contains(std::string(t.key))) << t.name << "." << t.key;
  }
  for (const std::string_view name : kept_tables()) EXPECT_TRUE(all.contains(std::string(name))) << name;
}

TEST_P(Registry, every_table_can_be_disposed_of) {
  for (const PersonalTable& t : personal_tables())
    db().write([&](db::WriteTx& tx) { EXPECT_EQ(tx.run(t.dispose, db::params(std::int64_t{42})), 0) << t.name; });
}

TEST(RetentionClasses, have_codes_that_read_back) {
  for (const RetentionClass c : kSetClasses) EXPECT_EQ(parse_retention_class(code_of(c)), c);
  EXPECT_EQ(parse_retention_class("everything"), std::nullopt);
  EXPECT_EQ(retention_of(SubjectKind::agenda_item), RetentionClass::meeting);
  EXPECT_EQ(retention_of(SubjectKind::support_record), RetentionClass::case_file);
  EXPECT_EQ(retention_of(SubjectKind::person), RetentionClass::base);
  for (const SubjectKind kind : {SubjectKind::cooperation_request, SubjectKind::emergency_access, SubjectKind::consent})
    EXPECT_EQ(retention_of(kind), RetentionClass::case_file) << static_cast<int>(kind);
  EXPECT_EQ(retention_of(SubjectKind::guest_link), RetentionClass::meeting);
  for (const SubjectKind kind : {SubjectKind::protective_measure, SubjectKind::conflict}) EXPECT_EQ(retention_of(kind), RetentionClass::base) << static_cast<int>(kind);
}

}  // namespace
}  // namespace kasane::archive
