// Compiled-in files, see assets.hpp.
#include "web/assets.hpp"

#include <openssl/sha.h>

#include <array>
#include <mutex>

#include "web/ascii.hpp"
#include "web/negotiate.hpp"

namespace kasane::web {

namespace {

constexpr std::size_t kHashSigns = 16;

std::string content_hash(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; text.size() < kHashSigns; ++i) {
    text += kHex[digest[i] >> 4];
    text += kHex[digest[i] & 15];
  }
  return text;
}

std::string type_of(std::string_view name) {
  struct Ending {
    std::string_view ending;
    const char* type;
  };
  static constexpr std::array<Ending, 13> kEndings = {{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".geojson", "application/geo+json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".html", "text/html; charset=utf-8"},
  }};
  for (const auto& [ending, type] : kEndings) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

}  // namespace

struct Assets::File {
  explicit File(const EmbeddedFile& file, std::string_view name)
      : content(file.content), hash(content_hash(file.content)), type(type_of(name)) {}

  /// Compressed on first use and then kept: best compression takes a second per megabyte, and most programs that
  /// link this (tests, commands) never serve a file.
  const std::string& packed(Encoding encoding) {
    auto& slot = encoding == Encoding::brotli ? brotli : gzip;
    std::call_once(slot.once, [&] { slot.bytes = compressed(content, encoding, Effort::asset); });
    return slot.bytes;
  }

  struct Slot {
    std::once_flag once;
    std::string bytes;
  };
  std::string_view content;
  std::string hash;
  std::string type;
  Slot gzip, brotli;
};

Assets::Assets(std::span<const EmbeddedFile> files, std::string_view folder) {
  for (const auto& file : files) {
    if (!file.name.starts_with(folder)) continue;
    const auto name = file.name.substr(folder.size());
    files_.emplace(std::string(name), std::make_unique<File>(file, name));
  }
}

Assets::~Assets() = default;

std::string Assets::url(std::string_view name) const {
  const auto at = files_.find(name);
  return "/assets/" + (at == files_.end() ? "none" : at->second->hash) + "/" + std::string(name);
}

Reply Assets::serve(const Request& request) const {
  const auto at = files_.find(request.param("name"));
  if (at == files_.end()) return Reply::not_found(request.request_id);
  File& file = *at->second;
  Reply reply;
  reply.content_type = file.type;
  reply.compress = false;
  // A page of the release before may still ask by the old hash: it gets today's file, but keeps it under no false name.
  const bool current = request.param("hash") == file.hash;
  reply.header("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache");
  const std::string etag = "W/\"" + file.hash + "\"";  // weak: one tag for all encodings
  reply.header("ETag", etag);
  if (is_compressible(file.type)) reply.header("Vary", "Accept-Encoding");
  if (etag_matches(request.header("if-none-match"), etag)) {
    reply.status = 304;
    return reply;
  }
  const auto encoding =
      is_compressible(file.type) ? preferred_encoding(request.header("accept-encoding")) : Encoding::identity;
  if (encoding == Encoding::identity) {
    reply.body = file.content;
  } else {
    reply.body = file.packed(encoding);
    reply.header("Content-Encoding", std::string(encoding_name(encoding)));
  }
  return reply;
}

const Assets& Assets::built_in() {
  static const Assets assets(embedded_files());
  return assets;
}

}  // namespace kasane::web
