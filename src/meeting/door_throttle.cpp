#include "meeting/door_throttle.hpp"

#include "base/crypto.hpp"
#include "programme/throttle.hpp"

namespace kasane::meeting {

namespace {

constexpr UtcMs kWindow = 15 * 60'000;
constexpr std::int64_t kTriesPerClient = 40;  // in that time

std::string client_key(const programme::Ctx& ctx, std::string_view door) {
  return to_hex(keyed_hash(ctx.city.key, std::string(door) + "-client:" + ctx.req.client));
}

}  // namespace

bool too_many_failures(programme::Ctx& ctx, std::string_view door) {
  return ctx.city.db().read([&](db::ReadTx& tx) {
    const auto t = programme::throttle(tx, client_key(ctx, door));
    return t && programme::within(*t, kWindow, ctx.now()) && t->failures >= kTriesPerClient;
  });
}

void count_failure(programme::Ctx& ctx, std::string_view door) {
  ctx.city.db().write([&](db::WriteTx& tx) {
    auto t = programme::throttle(tx, client_key(ctx, door)).value_or(programme::Throttle{ctx.now(), 0, 0});
    if (!programme::within(t, kWindow, ctx.now())) t = {ctx.now(), 0, 0};
    ++t.failures;
    t.last_at = ctx.now();
    programme::set_throttle(tx, client_key(ctx, door), t);
  });
}

}  // namespace kasane::meeting
