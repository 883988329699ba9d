// Literals and parameters, without a database. What must not compile is in tests/misuse.
#include <gtest/gtest.h>

#include "db/function_ref.hpp"
#include "db/migrations.hpp"
#include "db/param.hpp"
#include "db/sql.hpp"
#include "db/sql_text.hpp"
#include "db/statement_cache.hpp"

namespace kasane::db {
namespace {

static_assert(detail::holds("SELECT PII_name", "pii_"));
static_assert(detail::holds("pii_", "pii_"));
static_assert(!detail::holds("pii", "pii_"));
static_assert(!detail::holds("", "pii_"));
static_assert(!std::is_default_constructible_v<PersonalKey>);
static_assert(!std::is_aggregate_v<PersonalKey>);

enum class Colour : std::uint8_t { red = 1, blue = 7 };

TEST(Params, take_what_stores_have_at_hand) {
  const Params all = params(HouseholdId(5), Colour::blue, true, 3, "a", std::string_view("b"), *Date::from_ymd(2026, 4, 1),
                            std::optional<Date>{}, std::optional<std::string>("c"), null, Blob{1, 2});
  const std::vector<Param> want{std::int64_t{5}, std::int64_t{7}, true, std::int64_t{3}, std::string("a"),
                                std::string("b"), std::string("2026-04-01"), std::monostate{}, std::string("c"),
                                std::monostate{}, Blob{1, 2}};
  EXPECT_EQ(std::vector<Param>(all.values().begin(), all.values().end()), want);
}

TEST(Params, write_a_list_of_ids_as_one_value) {
  EXPECT_EQ(id_list(std::vector<HouseholdId>{}), Param(std::string("[]")));
  EXPECT_EQ(id_list(std::vector{HouseholdId(1), HouseholdId(22)}), Param(std::string("[1,22]")));
}

TEST(SqlText, refuses_an_id_list_that_is_not_closed_or_names_no_parameter) {
  EXPECT_THROW(detail::expand_id_lists("SELECT 1 WHERE 1 IN {ids:$1", Engine::sqlite), QueryError);
  EXPECT_THROW(detail::expand_id_lists("SELECT 1 WHERE 1 IN {ids:x}", Engine::sqlite), QueryError);
}

TEST(SqlText, shortens_statements_for_messages) {
  EXPECT_EQ(detail::shortened("  SELECT\n   1"), "SELECT 1");
  EXPECT_LT(detail::shortened(std::string(500, 'x')).size(), 200U);
}

TEST(FunctionRef, calls_what_it_refers_to) {
  int calls = 0;
  auto add = [&](int n) { return calls += n; };
  const function_ref<int(int)> ref = add;
  EXPECT_EQ(ref(2), 2);
  EXPECT_EQ(ref(3), 5);
}

TEST(StatementCache, drops_the_one_unused_for_longest) {
  detail::StatementCache<int> cache(2);
  int made = 0;
  const auto use = [&](const char* text) {
    cache.give_back(cache.take(text, [&](std::string_view) { return std::make_unique<int>(++made); }));
  };
  use("a"), use("b"), use("a"), use("c");
  EXPECT_EQ(made, 3);
  EXPECT_EQ(cache.size(), 2U);
  use("a");
  EXPECT_EQ(made, 3) << "a was used after b and must have stayed";
  use("b");
  EXPECT_EQ(made, 4);
}

TEST(StatementCache, gives_a_second_statement_while_the_first_runs) {
  detail::StatementCache<int> cache(2);
  const auto make = [](std::string_view) { return std::make_unique<int>(0); };
  auto outer = cache.take("a", make);
  auto inner = cache.take("a", make);
  EXPECT_NE(outer.front().statement.get(), inner.front().statement.get());
  cache.give_back(std::move(inner));
  cache.give_back(std::move(outer));
  EXPECT_EQ(cache.size(), 1U);
}

TEST(Migrations, tokens_become_types_of_the_engine) {
  EXPECT_EQ(expand_tokens("a {{i64}} b {{text}} c {{blob}} d {{bool}} {{strict}}", Engine::sqlite),
            "a INTEGER b TEXT c BLOB d INTEGER STRICT");
  EXPECT_EQ(expand_tokens("a {{i64}} b {{text}} c {{blob}} d {{bool}} {{strict}}", Engine::postgres),
            "a BIGINT b TEXT c BYTEA d BOOLEAN ");
  EXPECT_THROW(expand_tokens("{{float}}", Engine::sqlite), OpenError);
  EXPECT_THROW(expand_tokens("{{i64", Engine::sqlite), OpenError);
}

TEST(Migrations, checksum_is_sha256) {
  EXPECT_EQ(migration_checksum(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Migrations, of_a_city_start_with_the_base_and_leave_out_the_audit_folder) {
  const auto all = migrations_for(kCityMigrations, Engine::sqlite);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().name, "000_base.sql");
  for (const auto& migration : all) EXPECT_EQ(migration.name.find('/'), std::string::npos);
}

}  // namespace
}  // namespace kasane::db
