// The thread that seals the audit outlives what the machine refuses it.
#include <condition_variable>
#include <mutex>

#include "base/log.hpp"
#include "cli/audit_commands.hpp"
#include "cli/audit_keys.hpp"
#include "cli/testing.hpp"

namespace kasane::cli {
namespace {

/// What the log says, waited for.
class Heard {
 public:
  Heard() {
    log::set_sink([this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      text_ += std::string(line) + "\n";
      came_.notify_all();
    });
  }
  ~Heard() { log::set_sink({}); }
  bool waits_for(std::string_view words) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, std::chrono::seconds(60), [&] { return text_.find(words) != std::string::npos; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::string text_;
};

using Sealing = Installation;

// As when idle connections have taken all descriptors: what is open works on, and the folder cannot be listed.
TEST_F(Sealing, goes_on_after_the_folder_of_the_audit_could_not_be_read) {
  const auto city = open();
  const std::filesystem::path audit = settings_.cities.front().audit, aside = folder_ / "aside";
  Heard log;
  {
    Sealer sealer({city}, std::chrono::milliseconds(1), load_or_make_signer(settings_.data), settings_.checkpoints);
    std::filesystem::rename(audit, aside);
    write(audit, "no folder");
    ASSERT_TRUE(log.waits_for("audit.seal_failed")) << "nobody is told";
    std::filesystem::remove(audit);
    std::filesystem::rename(aside, audit);
  }
  EXPECT_NE(text_of(settings_.checkpoints).find("kasane-checkpoint-1 tsuruoka 1 "), std::string::npos) << "the chain is not vouched for afterwards";
}

TEST_F(Sealing, says_when_what_vouches_cannot_be_kept_outside_and_keeps_it_as_soon_as_it_can) {
  const auto city = open();
  settings_.checkpoints = folder_ / "mounted/checkpoints.txt";
  write(folder_ / "mounted", "a file where the folder should be");
  Heard log;
  {
    Sealer sealer({city}, std::chrono::milliseconds(1), load_or_make_signer(settings_.data), settings_.checkpoints);
    ASSERT_TRUE(log.waits_for("audit.checkpoint_not_kept"));
    std::filesystem::remove(folder_ / "mounted");
  }
  EXPECT_NE(text_of(settings_.checkpoints).find("kasane-checkpoint-1 tsuruoka 1 "), std::string::npos);
}

}  // namespace
}  // namespace kasane::cli
