// What the operator's watch is told, and that asking costs little.
#include "cli/health.hpp"

#include <sqlite3.h>

#include "cli/testing.hpp"

namespace kasane::cli {
namespace {

class DeepHealth : public Installation {
 protected:
  static std::vector<std::string> nothing_else() { return {}; }
  /// Holds the file's writing lock until it goes.
  struct Locked {
    explicit Locked(const std::string& file) {
      EXPECT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
      EXPECT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    }
    ~Locked() { sqlite3_close(other); }
    sqlite3* other = nullptr;
  };
  std::shared_ptr<programme::City> open_impatient() {
    auto city = open();
    db::Settings settings = db::settings_for(settings_.cities.front().database);
    settings.busy_timeout = std::chrono::milliseconds(20);
    city->database = db::Database::open(settings);
    return city;
  }
};

TEST_F(DeepHealth, is_well_when_everything_can_be_read_and_written) {
  Health health({open()}, nothing_else);
  const web::Reply reply = health.answer();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "ok\n");
}

TEST_F(DeepHealth, leaves_nothing_behind) {
  const auto city = open();
  const auto count = [&] { return city->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM schema_migration"); }); };
  const auto before = count();
  Health({city}, nothing_else).answer();
  EXPECT_EQ(count(), before);
}

TEST_F(DeepHealth, names_the_city_and_what_its_database_lacks) {
  const auto city = open_impatient();
  const Locked by_another_program(settings_.cities.front().database);
  const web::Reply reply = Health({city}, nothing_else).answer();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "tsuruoka database busy\n");
}

TEST_F(DeepHealth, is_told_that_the_proof_of_the_audit_is_not_kept) {
  const web::Reply reply = Health({open()}, [] { return std::vector<std::string>{"checkpoints not kept"}; }).answer();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "checkpoints not kept\n");
}

TEST_F(DeepHealth, is_looked_at_once_for_many_who_ask) {
  int looks = 0;
  const auto counted = [&] {
    ++looks;
    return std::vector<std::string>{};
  };
  Health seldom({open()}, counted, std::chrono::hours(1));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(seldom.answer().status, 200);
  EXPECT_EQ(looks, 1);
  Health each_time({open()}, counted, std::chrono::milliseconds(0));
  each_time.answer();
  each_time.answer();
  EXPECT_EQ(looks, 3);
}

TEST_F(DeepHealth, is_asked_for_by_its_address_alone) {
  web::Request request;
  request.segments = {"health"};
  EXPECT_FALSE(Health::asked_for(request));
  request.query = {{"deep", ""}};
  EXPECT_TRUE(Health::asked_for(request));
  request.method = "POST";
  EXPECT_FALSE(Health::asked_for(request));
  request.method = "GET";
  request.segments = {"tsuruoka", "health"};
  EXPECT_FALSE(Health::asked_for(request));
}

}  // namespace
}  // namespace kasane::cli
