#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// Text to tokens: one pass, the same for documents, queries and snippets. What the tokens of a text are:
//   words        runs of letters, marks and digits, folded (FoldForMatch); an apostrophe between letters stays inside
//                ("don't"), a possessive 's is dropped ("Japan's" -> japan); "U.S." -> us; "AT&T" -> at&t; a hyphen
//                separates ("think-tank" -> think, tank)
//   numbers      digits with inner '.' and ',': "1,000" -> 1000, "3.5" -> 3.5; "$3.5bn" -> 3.5bn
//   percentages  "3.5%", "3.5 per cent", "3.5 percent" -> 3.5 and, at the same position, 3.5%
//   sums         "2+2" and "2 + 2" -> 2+2, one token
//   CJK          runs of Han, Hiragana, Katakana and Hangul -> each character and each pair, at the position of its
//                first character (kind kNgram; width 1 or 2)
//   Thai, Lao, Khmer, Burmese -> words by ICU's dictionary
// Positions count from 0. Words above 64 bytes are left out but take their position.
namespace broadsheet {

enum class TokenKind : uint8_t { kWord, kNgram };

struct Token {
  std::string_view text;  // folded; valid only during the callback
  uint32_t begin = 0;     // bytes in the source text
  uint32_t end = 0;
  uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  bool overlay = false;  // a second reading at the position of the token before it: a percentage, a pair of characters
};

// Calls `visit` for each token in order. `text` must be valid UTF-8. Allocates nothing per ASCII token. Thread-safe.
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
