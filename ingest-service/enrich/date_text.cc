#include "ingest/enrich/date_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostTokens = 64;
constexpr int kMostDigitsRead = 9;
constexpr std::u32string_view kHanDigits = U"〇一二三四五六七八九";
constexpr std::u32string_view kDateUnits = U"年月日號号時时點点分秒";

struct CodePoint {
  UChar32 code = -1;
  size_t end = 0;
};

CodePoint At(std::string_view text, size_t at) {
  auto next = static_cast<int32_t>(at);
  UChar32 code = -1;
  U8_NEXT(text.data(), next, static_cast<int32_t>(text.size()), code);
  return {code, static_cast<size_t>(next)};
}

bool IsHanKanaHangul(UChar32 c) {
  return (c >= 0x3040 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) || c == U'〇' || c == U'々';
}

bool IsWordPart(UChar32 c) {
  return !IsHanKanaHangul(c) && (u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

// 0 to 9, 10 for ten; -1 for others.
int HanNumeral(UChar32 c) {
  if (c == U'十') return 10;
  if (c == U'零') return 0;
  const size_t digit = kHanDigits.find(static_cast<char32_t>(c));
  return digit == std::u32string_view::npos ? -1 : static_cast<int>(digit);
}

// The number of a run of numerals that begins at `at` and stands before a unit of dates; `end` is left at `at` when
// there is none.
int ReadHanNumber(std::string_view text, size_t at, size_t& end) {
  int total = 0, current = 0, length = 0;
  size_t next = at;
  CodePoint c = At(text, next);
  for (; next < text.size() && HanNumeral(c.code) >= 0 && length < 6; c = At(text, next), ++length) {
    const int digit = HanNumeral(c.code);
    if (digit == 10) {
      total += (current == 0 ? 1 : current) * 10;
      current = 0;
    } else {
      current = current * 10 + digit;
    }
    next = c.end;
    if (next >= text.size()) break;
  }
  const bool before_unit =
      next > at && next < text.size() && kDateUnits.find(static_cast<char32_t>(c.code)) != std::u32string_view::npos;
  end = before_unit ? next : at;
  return total + current;
}

UChar32 Plain(UChar32 c) {
  switch (c) {
    case 0x622:
    case 0x623:
    case 0x625:
    case 0x671:
      return 0x627;  // alef
    case 0x649:
    case 0x6CC:
      return 0x64A;  // yeh
    case 0x60C:
      return ',';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return '-';
    case 0x2018:
    case 0x2019:
    case 0x2BC:
      return '\'';
    default:
      return c;
  }
}

bool IsDropped(UChar32 c) {
  return c == 0x640 || (c >= 0x64B && c <= 0x652);  // tatweel, vowel signs
}

DateToken NumberToken(std::string_view text) {
  DateToken token{DateToken::Kind::kNumber, text, false, 0};
  for (const char digit : text.substr(0, kMostDigitsRead))
    token.value = token.value * 10 + (digit - '0');
  return token;
}

// The token at `at`, which is no blank. Sets `end`.
DateToken TokenAt(std::string_view text, size_t at, size_t& end) {
  const auto is_digit = [&](size_t place) { return place < text.size() && text[place] >= '0' && text[place] <= '9'; };
  const CodePoint first = At(text, at);
  end = first.end;
  if (is_digit(at)) {
    while (is_digit(end))
      ++end;
    return NumberToken(text.substr(at, end - at));
  }
  if (IsHanKanaHangul(first.code)) {
    const int number = HanNumeral(first.code) >= 0 ? ReadHanNumber(text, at, end) : -1;
    if (number >= 0 && end > at) return {DateToken::Kind::kNumber, text.substr(at, end - at), false, number};
    end = first.end;
    return {DateToken::Kind::kWord, text.substr(at, end - at), false, 0};
  }
  if (!IsWordPart(first.code)) return {DateToken::Kind::kMark, text.substr(at, end - at), false, 0};
  for (CodePoint next = At(text, end); end < text.size() && IsWordPart(next.code);) {
    end = next.end;
    if (end < text.size()) next = At(text, end);
  }
  return {DateToken::Kind::kWord, text.substr(at, end - at), false, 0};
}

// "updatedSep 4" lost a line end.
std::string Unglued(std::string_view text) {
  std::string apart;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool glued = i > 0 && text[i - 1] >= 'a' && text[i - 1] <= 'z' && text[i] >= 'A' && text[i] <= 'Z';
    if (glued) apart += ' ';
    apart += text[i];
  }
  return apart;
}

}  // namespace

std::string FoldDate(std::string_view text) {
  const std::string folded = FoldForMatch(Unglued(text));
  std::string plain;
  plain.reserve(folded.size());
  for (size_t at = 0; at < folded.size();) {
    const CodePoint c = At(folded, at);
    const UChar32 code = Plain(c.code);
    if (code == c.code) {
      if (!IsDropped(code)) plain.append(folded, at, c.end - at);
    } else {
      char bytes[U8_MAX_LENGTH];
      int32_t size = 0;
      U8_APPEND_UNSAFE(bytes, size, code);
      plain.append(bytes, static_cast<size_t>(size));
    }
    at = c.end;
  }
  return plain;
}

std::vector<DateToken> SplitDate(std::string_view folded) {
  std::vector<DateToken> tokens;
  bool tight = false;
  for (size_t at = 0; at < folded.size() && tokens.size() < kMostTokens;) {
    const CodePoint c = At(folded, at);
    if (c.code >= 0 && u_isUWhiteSpace(c.code)) {
      at = c.end;
      tight = false;
      continue;
    }
    size_t end = at;
    tokens.push_back(TokenAt(folded, at, end));
    tokens.back().tight = tight;
    at = end;
    tight = true;
  }
  return tokens;
}

}  // namespace broadsheet::ingest
