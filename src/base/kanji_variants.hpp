// The table of variant kanji behind name_key.
#pragma once
#include <span>

namespace kasane {

struct KanjiVariant {
  char32_t variant;
  char32_t folded;
};

/// All pairs, in order of the variant's code point.
std::span<const KanjiVariant> kanji_variants();

/// The form to which a variant folds; the character itself when it is none.
char32_t fold_kanji(char32_t character);

}  // namespace kasane
