#include "programme/asked_search.hpp"

#include "base/crypto.hpp"
#include "base/secret_box.hpp"
#include "programme/asked_search_store.hpp"

namespace kasane::programme {

namespace {

constexpr std::string_view kPurpose = "asked_search";
constexpr UtcMs kKept = 12 * 60 * UtcMs{60'000};  // nobody steps back to a search of yesterday; it ends with its session besides

}  // namespace

std::string keep_search(const Ctx& ctx, std::string_view query) {
  const std::string key = random_token(16);
  const std::string cipher = seal_text(ctx.city.key, kPurpose, query);
  ctx.city.db().write([&](db::WriteTx& tx) {
    forget_searches(tx, ctx.now() - kKept);
    put_search(tx, {key, ctx.who().token_hash, cipher, ctx.now()});
  });
  return key;
}

std::optional<std::string> kept_search(const Ctx& ctx, const std::string& key) {
  const auto cipher = ctx.city.db().read([&](db::ReadTx& tx) { return search_cipher(tx, key, ctx.who().token_hash); });
  return cipher ? open_text(ctx.city.key, kPurpose, *cipher) : std::nullopt;
}

}  // namespace kasane::programme
