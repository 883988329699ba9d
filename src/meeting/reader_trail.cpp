#include "meeting/reader_trail.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace kasane::meeting {

namespace {

using Done = std::function<void(bool)>;

struct Waiting {
  Waiting(std::size_t n, Done d) : left(n), done(std::move(d)) {}
  std::atomic<std::size_t> left;
  std::atomic<bool> good = true;
  const Done done;
  void one(bool kept) {
    if (!kept) good = false;
    if (--left == 0) done(good);
  }
};

}  // namespace

web::Reply with_readers(programme::Ctx& ctx, web::Reply reply, std::vector<Reading> readers) {
  auto all = std::make_shared<std::vector<Reading>>();
  for (Reading& reader : readers)
    if (!reader.trail.empty()) all->push_back(std::move(reader));
  if (all->empty()) return reply;
  reply.before_send = [audit = &ctx.city.audit, at = ctx.now(), all, own = std::move(reply.before_send)](Done done) {
    auto waiting = std::make_shared<Waiting>(all->size() + (own ? 1 : 0), std::move(done));
    for (Reading& r : *all) audit->submit(r.reader, r.trail, at, [waiting](bool kept) { waiting->one(kept); });
    if (own) own([waiting](bool kept) { waiting->one(kept); });
  };
  return reply;
}

}  // namespace kasane::meeting
