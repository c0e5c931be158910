#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// Text to tokens: one pass, the same for documents, queries and snippets. What the tokens of a text are:
//   words        runs of letters, marks and digits, folded (FoldForMatch); soft hyphens, zero width characters and the
//                dot of a Catalan long l inside vanish ("col·lecció" -> colleccio). An apostrophe, of any kind, between
//                letters stays inside as ' ("don't"); a possessive 's is dropped but highlighted ("Japan's" -> japan);
//                the elided articles of French and Italian are words of their own ("l'Iran" -> l, iran). "U.S." and
//                "U.S" -> us; "AT&T" -> at&t; "C++" -> c++; "C#" -> c#. A hyphen separates ("think-tank" -> think,
//                tank; "COVID-19" -> covid, 19), and so do '_', '/' and '@'
//   numbers      digits of any script, as ASCII digits, with inner '.', and ',' between groups of digits: "1,000" ->
//                1000, "12,34,567" -> 1234567, "3.5" -> 3.5, "$3.5bn" -> 3.5bn; but "1,2" -> 1, 2
//   percentages  "3.5%", "3.5 %", "3.5 per cent", "3.5 percent" -> 3.5 and, over it, 3.5% up to the end of the sign or
//                the words, which are no tokens of their own: all four are the same to a phrase
//   sums         "2+2" and "2 + 2" -> 2+2, one token; "P5+1" -> p5+1. Summands have at most three digits
//   CJK          runs of Han, Hiragana, Katakana, Hangul and Bopomofo -> each character and, over it, each pair that it
//                begins (kind kNgram). Voicing marks and jamo belong to their character; the prolonged sound mark is a
//                character; the middle dot between Katakana vanishes
//   Thai, Lao, Khmer, Burmese -> words by ICU's dictionary
//   emoji, symbols and punctuation -> nothing
// Positions count from 0. Words above kMaxTokenBytes, folded, are left out but take their position. Texts that are
// equal in NFC give the same token texts.
namespace broadsheet {

inline constexpr size_t kMaxTokenBytes = 64;

enum class TokenKind : uint8_t { kWord, kNgram };

struct Token {
  std::string_view text;  // folded; valid only during the callback
  uint32_t begin = 0;     // bytes in the source text, at code points: what is highlighted. Characters that stand for
                          // several ("㍀") give each of these its place
  uint32_t end = 0;
  uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  bool overlay = false;  // a second reading at the position of the token before it: a percentage, a pair of characters
};

// Calls `visit` for each token in order; begins never fall back. `text` should be valid UTF-8: ill-formed bytes
// separate. Allocates nothing per ASCII token. Thread-safe.
void ForEachToken(std::string_view text, const std::function<void(const Token&)>& visit);

// The same as a list, with the texts owned.
struct OwnedToken {
  std::string text;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  bool overlay = false;
};
std::vector<OwnedToken> Tokenize(std::string_view text);

// Words of a text as they are counted for Article.word_count: tokens that are no overlay.
uint32_t CountWords(std::string_view text);

}  // namespace broadsheet
