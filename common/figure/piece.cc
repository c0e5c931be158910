#include "common/figure/piece.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "common/text/unicode.h"

namespace broadsheet {
namespace {

struct CodePoint {
  UChar32 code = -1;
  size_t end = 0;
};

CodePoint At(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, at + 1};
  auto next = static_cast<int32_t>(at);
  UChar32 code = -1;
  U8_NEXT(text.data(), next, static_cast<int32_t>(text.size()), code);
  return {code, static_cast<size_t>(next)};
}

bool IsCjk(UChar32 c) {
  return (c >= 0x3040 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0);
}

enum class Class : uint8_t { kSpace, kLineEnd, kDigit, kLetter, kCjk, kMark };

Class ClassOf(UChar32 c) {
  if (c >= 0 && c < 0x80) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return Class::kLetter;
    if (c >= '0' && c <= '9') return Class::kDigit;
    if (c == '\n' || c == '\r') return Class::kLineEnd;
    return c <= ' ' ? Class::kSpace : Class::kMark;
  }
  if (c < 0) return Class::kMark;
  if (IsCjk(c)) return Class::kCjk;
  const uint32_t category = U_GET_GC_MASK(c);
  if (category & (U_GC_L_MASK | U_GC_M_MASK)) return Class::kLetter;
  if (category & U_GC_ND_MASK) return Class::kDigit;
  return (category & U_GC_Z_MASK) || c == 0x200B ? Class::kSpace : Class::kMark;
}

Piece::Kind KindOf(Class c) {
  switch (c) {
    case Class::kDigit:
      return Piece::Kind::kNumber;
    case Class::kLetter:
      return Piece::Kind::kWord;
    case Class::kCjk:
      return Piece::Kind::kCjk;
    default:
      return Piece::Kind::kMark;
  }
}

}  // namespace

std::vector<Piece> SplitPieces(std::string_view text) {
  text = TruncateUtf8(text, kMostText);
  std::vector<Piece> pieces;
  pieces.reserve(text.size() / 5);
  bool tight = false, new_line = true;
  for (size_t at = 0; at < text.size();) {
    CodePoint c = At(text, at);
    const Class kind = ClassOf(c.code);
    size_t end = c.end;
    if (kind == Class::kSpace || kind == Class::kLineEnd) {
      tight = false;
      new_line = new_line || kind == Class::kLineEnd;
      at = end;
      continue;
    }
    while ((kind == Class::kLetter || kind == Class::kDigit) && end < text.size()) {
      c = At(text, end);
      if (ClassOf(c.code) != kind) break;
      end = c.end;
    }
    pieces.push_back({KindOf(kind), tight, new_line, static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    tight = true;
    new_line = false;
    at = end;
  }
  return pieces;
}

std::string LookupForm(std::string_view text, const Piece& piece) {
  const std::string_view word = TextOf(text, piece);
  if (word == "\u2019") return "'";
  return word.size() == 1 ? std::string(word) : FoldForMatch(word);
}

std::string LookupKey(std::string_view text, std::span<const Piece> pieces) {
  std::string key;
  for (const Piece& piece : pieces) {
    if (!key.empty()) key += ' ';
    key += LookupForm(text, piece);
  }
  return key;
}

std::string LookupKey(std::string_view words) {
  return LookupKey(words, SplitPieces(words));
}

std::string DigitsOf(std::string_view text, const Piece& piece) {
  const std::string_view digits = TextOf(text, piece);
  std::string ascii;
  for (size_t at = 0; at < digits.size();) {
    const CodePoint c = At(digits, at);
    ascii += static_cast<char>('0' + std::max(u_charDigitValue(c.code), 0));
    at = c.end;
  }
  return ascii;
}

}  // namespace broadsheet
