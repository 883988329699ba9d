// What a browser accepts, and whether it already has it.
#pragma once
#include <string>
#include <string_view>

namespace kasane::web {

enum class Encoding { identity, gzip, brotli };

/// The best of what Accept-Encoding allows (brotli before gzip at equal weight). Odd headers mean identity.
Encoding preferred_encoding(std::string_view accept_encoding);
/// "br", "gzip" or "".
std::string_view encoding_name(Encoding encoding);
/// If-None-Match against our tag (with its quotes): weak comparison, lists, "*".
bool etag_matches(std::string_view if_none_match, std::string_view etag);

/// Speed for pages made now, size for assets that are compressed once.
enum class Effort { page, asset };
std::string compressed(std::string_view bytes, Encoding encoding, Effort effort);
/// Texts are worth compressing; pictures, fonts and archives are not.
bool is_compressible(std::string_view content_type);

}  // namespace kasane::web
