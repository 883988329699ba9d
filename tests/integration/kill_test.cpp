// The program is killed at random moments while it writes, a hundred times: what was acknowledged is there, and no
// job is there by half.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>
#include <thread>

#include "db/scratch.hpp"

namespace kasane::db {
namespace {

constexpr int kRounds = 100;
constexpr int kWriters = 3;

/// What the victim tells through the pipe once a write has returned; small enough that each arrives whole.
struct Acknowledged {
  std::int64_t id = 0;
  bool finished = false;  // false: made (shelf and thing); true: both changed later
};

// --- the victim: a child process -------------------------------------------------------------------------------

void make(Database& db, std::int64_t id) {
  db.write([&](WriteTx& tx) {
    tx.run("INSERT INTO shelf (id, label) VALUES ($1, $2)", params(id, "made " + std::to_string(id)));
    tx.run("INSERT INTO thing (id, shelf_id, number) VALUES ($1, $1, 0)", params(id));
  });
}

void finish(Database& db, std::int64_t id) {
  db.write([&](WriteTx& tx) {
    tx.run("UPDATE shelf SET label = $2 WHERE id = $1", params(id, "finished " + std::to_string(id)));
    tx.run("UPDATE thing SET number = 1 WHERE id = $1", params(id));
  });
}

void refuse(Database& db, std::int64_t id) {
  (void)db.write([&](WriteTx& tx) -> Result<> {
    tx.run("INSERT INTO shelf (id, label) VALUES ($1, $2)", params(-id, "refused " + std::to_string(id)));
    return fail(ErrorCode::conflict);
  });
}

void tell(int pipe, Acknowledged what) {
  if (::write(pipe, &what, sizeof what) != sizeof what) ::_exit(4);
}

void write_for_ever(Database& db, int pipe, std::int64_t id) {
  for (;; id += kWriters) {
    make(db, id);
    tell(pipe, {id, false});
    refuse(db, id);
    if (id % 2 == 0) {
      finish(db, id);
      tell(pipe, {id, true});
    }
  }
}

[[noreturn]] void be_the_victim(const Settings& settings, int pipe, std::int64_t first_id) {
  try {
    auto db = Database::open(settings, scratch_migrations(Engine::sqlite));
    std::vector<std::thread> writers;
    for (int n = 0; n < kWriters; ++n) {
      writers.emplace_back([&, n] { write_for_ever(*db, pipe, first_id + n); });
    }
    writers.front().join();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "victim: %s\n", error.what());
  }
  ::_exit(3);
}

// --- the parent: kills and judges -------------------------------------------------------------------------------

class KilledWriter : public ::testing::Test {
 protected:
  /// Lets a victim write until it has told `count` things, kills it, and notes all that it told.
  void round(int count, int extra_microseconds) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t victim = ::fork();
    if (victim == 0) {
      ::close(ends[0]);
      be_the_victim(place_.settings(), ends[1], first_id_);
    }
    ::close(ends[1]);
    for (int n = 0; n < count; ++n) ASSERT_TRUE(hear(ends[0], /*patience_ms=*/30'000)) << "the victim is silent";
    std::this_thread::sleep_for(std::chrono::microseconds(extra_microseconds));  // any moment will do, also a late one
    ::kill(victim, SIGKILL);
    while (hear(ends[0], 30'000)) {
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(victim, &status, 0), victim);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the victim ended by itself with " << WEXITSTATUS(status);
    first_id_ += 1'000'000;
  }

  /// False at the end of the pipe.
  bool hear(int pipe, int patience_ms) {
    pollfd wait{pipe, POLLIN, 0};
    if (::poll(&wait, 1, patience_ms) <= 0) return false;
    Acknowledged what;
    if (::read(pipe, &what, sizeof what) != sizeof what) return false;
    auto& finished = told_[what.id];
    finished = finished || what.finished;
    return true;
  }

  void judge() {
    auto db = Database::open(place_.settings(), scratch_migrations(Engine::sqlite));
    db->read([&](ReadTx& tx) {
      EXPECT_EQ(tx.number("SELECT count(*) FROM shelf WHERE id < 0"), 0) << "a refused job was kept";
      EXPECT_EQ(tx.number("SELECT count(*) FROM shelf"), tx.number("SELECT count(*) FROM thing")) << "half a job";
      std::map<std::int64_t, bool> kept;
      tx.each("SELECT s.id, s.label, t.number FROM shelf s JOIN thing t ON t.id = s.id", {}, [&](const Row& row) {
        const bool finished = row.text(1).starts_with("finished");
        EXPECT_EQ(finished, row.i64(2) == 1) << "half a change of " << row.i64(0);
        kept[row.i64(0)] = finished;
      });
      for (const auto& [id, finished] : told_) {
        ASSERT_TRUE(kept.contains(id)) << id << " was acknowledged and is lost";
        ASSERT_TRUE(!finished || kept[id]) << "the change of " << id << " was acknowledged and is lost";
      }
    });
  }

  void expect_sound_file() {
    auto db = Database::open(place_.settings(), scratch_migrations(Engine::sqlite));
    const auto verdict = db->read([](ReadTx& tx) {
      return tx.one("PRAGMA integrity_check", {}, [](const Row& row) { return row.text(0); });
    });
    EXPECT_EQ(verdict, "ok");
  }

  std::size_t told() const { return told_.size(); }

 private:
  TestPlace place_{Engine::sqlite};
  std::int64_t first_id_ = 1;
  std::map<std::int64_t, bool> told_;
};

TEST_F(KilledWriter, loses_nothing_that_it_acknowledged_and_leaves_no_half_job) {
  const auto seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  std::mt19937 random(seed);
  for (int n = 0; n < kRounds && !HasFatalFailure(); ++n) {
    SCOPED_TRACE("round " + std::to_string(n) + ", seed " + std::to_string(seed));
    round(static_cast<int>(random() % 12), static_cast<int>(random() % 2'000));
    if (!HasFatalFailure()) judge();
  }
  EXPECT_GT(told(), static_cast<std::size_t>(kRounds)) << "too little was written to prove anything";
  expect_sound_file();
}

}  // namespace
}  // namespace kasane::db
