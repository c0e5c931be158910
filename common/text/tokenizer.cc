#include "common/text/tokenizer.h"

#include <array>

#include "common/text/character.h"
#include "common/text/dictionary_scanner.h"
#include "common/text/ngram_scanner.h"
#include "common/text/token_sink.h"
#include "common/text/word_scanner.h"

namespace broadsheet {
namespace {

using enum CharacterClass;

// ASCII letters and digits to their lower case, everything else to 0.
constexpr std::array<char, 256> kWordBytes = [] {
  std::array<char, 256> table{};
  for (char c = '0'; c <= '9'; ++c)
    table[c] = c;
  for (char c = 'a'; c <= 'z'; ++c)
    table[c] = c;
  for (char c = 'A'; c <= 'Z'; ++c)
    table[c] = static_cast<char>(c + ('a' - 'A'));
  return table;
}();

char WordByte(std::string_view text, size_t at) {
  return at < text.size() ? kWordBytes[static_cast<unsigned char>(text[at])] : '\0';
}

bool IsAscii(std::string_view text, size_t at) {
  return at >= text.size() || static_cast<unsigned char>(text[at]) < 0x80;
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Whether nothing after an ASCII word, from its first letter to `end`, can belong to it. True for most words of news.
bool EndsPlainly(std::string_view text, size_t begin, size_t end) {
  if (end == text.size()) return true;
  switch (text[end]) {
    case '.':
      return end - begin > 1 && !IsDigit(text[end - 1]);
    case '\'':
    case '`':
    case '&':
      return IsAscii(text, end + 1) && WordByte(text, end + 1) == 0;
    case '+':
      return IsAscii(text, end + 1) && WordByte(text, end + 1) == 0 && text.substr(end + 1, 1) != "+";
    case '#':
      return end - begin > 1;
    default:
      break;
  }
  if (IsAscii(text, end)) return true;
  Character next = CharacterAt(text, end);
  if (next.kind == kApostrophe) return IsAscii(text, end + next.size) && WordByte(text, end + next.size) == 0;
  return next.kind == kSeparator || next.kind == kSpace || next.kind == kCjk || next.kind == kDictionary;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const std::function<void(const Token&)>& visit)
      : text_(text), sink_(visit), words_(text) {}

  void Run() {
    for (size_t at = 0; at < text_.size();) {
      if (WordByte(text_, at) != 0) {
        at = ScanAsciiWord(at);
      } else if (IsAscii(text_, at)) {
        ++at;
      } else {
        at = ScanOther(at);
      }
    }
  }

 private:
  // Words that begin with a digit go the long way: percentages, sums and groups of digits need it.
  size_t ScanAsciiWord(size_t begin) {
    if (IsDigit(text_[begin])) return ScanWord(begin);
    std::array<char, kMaxTokenBytes> folded;
    size_t end = begin;
    for (char byte = WordByte(text_, end); byte != 0; byte = WordByte(text_, ++end)) {
      if (end - begin < folded.size()) folded[end - begin] = byte;
    }
    if (!EndsPlainly(text_, begin, end)) return ScanWord(begin);
    size_t size = end - begin;
    sink_.Add(size <= folded.size() ? std::string_view(folded.data(), size) : std::string_view(), begin, end,
              TokenKind::kWord);
    return end;
  }

  size_t ScanWord(size_t begin) {
    words_.Scan(begin);
    sink_.Add(words_.folded(), begin, words_.end(), TokenKind::kWord);
    if (words_.percent_end() == 0) return words_.end();
    sink_.AddOverlay(std::string(words_.folded()) + "%", begin, words_.percent_end(), TokenKind::kWord);
    return words_.percent_end();
  }

  size_t ScanOther(size_t at) {
    Character character = CharacterAt(text_, at);
    switch (character.kind) {
      case kLetter:
      case kDigit:
        return ScanWord(at);
      case kCjk:
        return ScanNgrams(text_, at, sink_);
      case kDictionary:
        return ScanDictionaryWords(text_, at, sink_);
      default:
        return at + character.size;
    }
  }

  std::string_view text_;
  TokenSink sink_;
  WordScanner words_;
};

}  // namespace

void ForEachToken(std::string_view text, const std::function<void(const Token&)>& visit) {
  Tokenizer(text, visit).Run();
}

std::vector<OwnedToken> Tokenize(std::string_view text) {
  std::vector<OwnedToken> tokens;
  ForEachToken(text, [&](const Token& token) {
    tokens.push_back({std::string(token.text), token.begin, token.end, token.position, token.kind, token.overlay});
  });
  return tokens;
}

uint32_t CountWords(std::string_view text) {
  uint32_t words = 0;
  ForEachToken(text, [&](const Token& token) { words += token.overlay ? 0 : 1; });
  return words;
}

}  // namespace broadsheet
