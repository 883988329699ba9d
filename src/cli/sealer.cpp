#include "cli/sealer.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "access/audit_scan.hpp"
#include "base/log.hpp"
#include "cli/audit_keys.hpp"
#include "consent/emergency_service.hpp"
#include "db/fault_word.hpp"
#include "programme/account_service.hpp"
#include "programme/account_store.hpp"

namespace kasane::cli {

namespace {

std::vector<std::int64_t> agencies_of(db::ReadTx& tx, std::int64_t account, Date day) {
  std::vector<std::int64_t> out;
  for (const programme::PostRow& post : programme::posts_on(tx, AccountId(account), day)) out.push_back(post.agency.value);
  return out;
}

}  // namespace

struct Sealer::Impl {
  Impl(std::vector<std::shared_ptr<programme::City>> cities_, const Signer& signer_, std::filesystem::path checkpoints_)
      : cities(std::move(cities_)), signer(signer_), checkpoints(std::move(checkpoints_)) {}

  const std::vector<std::shared_ptr<programme::City>> cities;
  const Signer signer;
  const std::filesystem::path checkpoints;
  std::vector<std::string> unkept;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  std::thread thread;
  std::chrono::steady_clock::time_point next_checkpoint = std::chrono::steady_clock::now();
  std::optional<Date> swept;
  std::atomic<bool> sealed = true;       // whether the last round could be sealed
  std::atomic<bool> kept_outside = true;  // whether every line is where it belongs

  void seal_all(bool nobody_writes = false) {
    bool all = true;
    for (const auto& city : cities) {
      try {
        city->audit.seal_writes(city->db(), nobody_writes);
        consent::end_run_out_emergencies(city->db(), city->clock.now());
        // Two years: the last looks of a fiscal year lie in its own file, and may wait there over the turn.
        const auto years = city->audit.years();
        for (std::size_t i = years.size() > 2 ? years.size() - 2 : 0; i < years.size(); ++i)
          access::scan_reads(city->audit.file_for(start_of(*Date::from_ymd(years[i], 4, 1))), city->db(), agencies_of);
      } catch (const std::exception&) {
        // Whatever it is (files that cannot be listed, no memory): the next round tries again, and pages go on.
        all = false;
        log::error("audit.seal_failed", {{"city", Slug(city->slug)}, {"fault", db::fault_word(std::current_exception())}});
      }
    }
    sealed = all;
  }

  /// Ended sessions and old tries, each day once, at its start or when the program starts.
  void sweep_all() {
    for (const auto& city : cities) {
      if (swept == city->clock.today()) return;
      try {
        programme::sweep_sign_ins(*city);
      } catch (const std::exception&) {
        log::error("accounts.sweep_failed", {{"city", Slug(city->slug)}, {"fault", db::fault_word(std::current_exception())}});
      }
    }
    if (!cities.empty()) swept = cities.front()->clock.today();
  }

  void checkpoint_all() {
    for (const auto& city : cities) {
      try {
        const auto made = city->audit.checkpoint(city->slug, signer);
        if (made) unkept.push_back(access::checkpoint_line(*made));
      } catch (const std::exception&) {
        log::error("audit.checkpoint_failed", {{"city", Slug(city->slug)}, {"fault", db::fault_word(std::current_exception())}});
      }
    }
    // What could not be kept outside is tried again, in order.
    while (!unkept.empty() && keep_outside(checkpoints, unkept.front())) unkept.erase(unkept.begin());
    kept_outside = unkept.empty();
    if (!unkept.empty()) log::error("audit.checkpoint_not_kept", {{"lines", unkept.size()}});
  }
};

Sealer::Sealer(std::vector<std::shared_ptr<programme::City>> cities, std::chrono::milliseconds every, Signer signer, std::filesystem::path checkpoints)
    : impl_(new Impl(std::move(cities), signer, std::move(checkpoints))) {
  impl_->thread = std::thread([this, every] {
    std::unique_lock lock(impl_->mutex);
    while (!impl_->wake.wait_for(lock, every, [&] { return impl_->stopping; })) {
      lock.unlock();
      impl_->seal_all();
      impl_->sweep_all();
      if (std::chrono::steady_clock::now() >= impl_->next_checkpoint) {
        impl_->checkpoint_all();
        impl_->next_checkpoint = std::chrono::steady_clock::now() + std::chrono::minutes(1);
      }
      lock.lock();
    }
  });
}

Sealer::~Sealer() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  impl_->thread.join();
  impl_->seal_all(true);
  impl_->checkpoint_all();
}

bool Sealer::sealed() const { return impl_->sealed; }
bool Sealer::kept_outside() const { return impl_->kept_outside; }

}  // namespace kasane::cli
