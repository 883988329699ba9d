// Japanese text: counting, cleaning and the keys that search works on. Keys are made for comparing only; the original
// text, with its variant characters and selectors, is never changed by anything here.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kasane {

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);
/// The same text with every broken sequence replaced by U+FFFD, so that it can be shown again.
std::string repair_utf8(std::string_view text);
/// Code points. A variation selector counts as one, as in the stores.
std::size_t count_characters(std::string_view text);
/// Whether the text holds control characters or marks that turn the direction of writing (both can make a text look
/// like another). A tab is allowed, and '\n' where `lines` is true.
bool has_control_characters(std::string_view text, bool lines);

/// Without spaces, tabs, line ends and 全角 spaces at both ends.
std::string_view trim(std::string_view text);
/// CR LF and CR become LF.
std::string normalise_newlines(std::string_view text);

/// Unicode NFKC: half-width kana, full-width digits and compatibility kanji become their usual forms. Text that is
/// not valid UTF-8 is repaired first.
std::string nfkc(std::string_view text);

/// The key under which names and free text are compared: NFKC; spaces, invisible signs and variation selectors
/// dropped; Latin letters small; hiragana to katakana; variant kanji to one form (髙 to 高); 々 written out.
/// name_key(name_key(x)) == name_key(x).
std::string name_key(std::string_view text);
/// The key for readings: name_key, and small kana large, ヂヅヲヱヰ as they sound, ー ・ and hyphens dropped.
std::string kana_key(std::string_view text);

/// Which ends of the key the bigrams mark: both for what is stored and for a whole name, start for "begins with",
/// none for "contains".
enum class Ends { both, start, none };

/// The overlapping pairs of characters of a key, each once, in order of first appearance. Marked ends add a pair with
/// U+E000 before the first or U+E001 after the last character, so that a name of one character is found as well.
std::vector<std::string> bigrams(std::string_view key, Ends ends = Ends::both);

}  // namespace kasane
