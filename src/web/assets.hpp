// Styles, scripts and pictures that are compiled into the program (ui/dist), under addresses that hold a hash of
// their content, so that browsers may keep them for ever and a new release shows at once.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kasane::web {

class Assets {
 public:
  /// The files whose names begin with `folder`; their contents must outlive this object.
  explicit Assets(std::span<const EmbeddedFile> files, std::string_view folder = "ui/dist/");
  ~Assets();
  Assets(const Assets&) = delete;
  Assets& operator=(const Assets&) = delete;

  /// "/assets/<hash>/app.css". A name that does not exist gets an address that answers 404 (a page still shows).
  std::string url(std::string_view name) const;
  /// Answers GET and HEAD of kAssetPattern: compressed as the browser likes, 304 for a known ETag, 404 otherwise.
  Reply serve(const Request& request) const;

  /// Those of this program.
  static const Assets& built_in();

 private:
  struct File;
  std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
};

/// The one route of the assets; needs Need::anyone(). The parameters are {hash} and {name}.
inline constexpr std::string_view kAssetPattern = "/assets/{hash}/{name}";

/// Address of a file of ui/dist, e.g. asset_url("app.css").
inline std::string asset_url(std::string_view name) { return Assets::built_in().url(name); }

}  // namespace kasane::web
