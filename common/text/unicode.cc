#include "common/text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <array>
#include <cassert>

namespace broadsheet {
namespace {

constexpr UChar32 kBreve = 0x306;
constexpr UChar32 kDiaeresis = 0x308;
constexpr UChar32 kDottedCyrillicI = 0x456;
constexpr UChar32 kFoldTableEnd = 0x530;  // Latin, Greek and Cyrillic as news writes them

bool IsAscii(std::string_view text) {
  for (unsigned char byte : text) {
    if (byte >= 0x80) return false;
  }
  return true;
}

void Append(std::string& text, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, size);
}

// ICU's instances live as long as the process; with its data at hand they never fail.
enum class Form { kNfc, kNfd, kFolded };

const icu::Normalizer2& Normalizer(Form form) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = form == Form::kNfc   ? icu::Normalizer2::getNFCInstance(error)
                                       : form == Form::kNfd ? icu::Normalizer2::getNFDInstance(error)
                                                            : icu::Normalizer2::getNFKCCasefoldInstance(error);
  assert(U_SUCCESS(error));
  return *normalizer;
}

std::string Normalized(Form form, std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  Normalizer(form).normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr,
                                 error);
  return result;
}

// Letters that carry their accent as a stroke, so that they do not decompose, and ligatures.
std::string_view PlainLetters(UChar32 c) {
  switch (c) {
    case 0xe6:
      return "ae";
    case 0xf8:
      return "o";
    case 0xf0:
    case 0x111:
      return "d";
    case 0xfe:
      return "th";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    case 0x167:
      return "t";
    default:
      return {};
  }
}

bool TakesAccents(UChar32 base) {
  if (base < 0) return false;
  UErrorCode error = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(base, &error);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC || u_isdigit(base);
}

bool KeepsMark(UChar32 base, UChar32 mark) {
  if (!TakesAccents(base)) return true;
  if (mark == kDiaeresis) return base == kDottedCyrillicI;
  UErrorCode error = U_ZERO_ERROR;
  return mark == kBreve && uscript_getScript(base, &error) == USCRIPT_CYRILLIC;
}

std::string StripAccents(std::string_view decomposed) {
  std::string plain;
  UChar32 base = -1;
  for (int32_t at = 0, size = static_cast<int32_t>(decomposed.size()); at < size;) {
    UChar32 c = 0;
    U8_NEXT(decomposed.data(), at, size, c);
    if (c < 0) continue;
    if (U_GET_GC_MASK(c) & U_GC_M_MASK) {
      if (KeepsMark(base, c)) Append(plain, c);
      continue;
    }
    base = c;
    if (int32_t digit = u_charDigitValue(c); digit >= 0) {
      plain.push_back(static_cast<char>('0' + digit));
    } else if (std::string_view letters = PlainLetters(c); !letters.empty()) {
      plain += letters;
    } else {
      Append(plain, c);
    }
  }
  return plain;
}

std::string FoldByIcu(std::string_view text) {
  return Normalized(Form::kNfc, StripAccents(Normalized(Form::kNfd, Normalized(Form::kFolded, text))));
}

bool HasOwnFold(UChar32 c) {
  return c >= 0 && (c < 0x300 || (c >= 0x370 && c < 0x483) || (c >= 0x48a && c < kFoldTableEnd));
}

using FoldTable = std::array<std::string, kFoldTableEnd>;

FoldTable MakeFoldTable() {
  FoldTable table;
  for (UChar32 c = 0; c < kFoldTableEnd; ++c) {
    if (!HasOwnFold(c)) continue;
    std::string letter;
    Append(letter, c);
    table[c] = FoldByIcu(letter);
  }
  return table;
}

// Letters whose fold never depends on their neighbours: most words outside ASCII need nothing else.
bool FoldByTable(std::string_view text, std::string& folded) {
  static const FoldTable& table = *new FoldTable(MakeFoldTable());
  folded.reserve(text.size());
  for (int32_t at = 0, size = static_cast<int32_t>(text.size()); at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (!HasOwnFold(c)) return false;
    folded += table[c];
  }
  return true;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  if (IsAscii(text)) return true;
  for (size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, text.size(), c);
    if (c < 0) return false;
  }
  return true;
}

std::string RepairUtf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  size_t copied = 0;
  for (size_t at = 0; at < text.size();) {
    size_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, text.size(), c);
    if (c >= 0) continue;
    repaired.append(text.substr(copied, begin - copied)).append("\xEF\xBF\xBD");
    copied = at;
  }
  return repaired.append(text.substr(copied));
}

std::string ToNfc(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  return Normalized(Form::kNfc, text);
}

std::string FoldForMatch(std::string_view text) {
  std::string folded;
  if (IsAscii(text)) {
    folded.assign(text);
    for (char& c : folded) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return folded;
  }
  if (FoldByTable(text, folded)) return folded;
  return FoldByIcu(text);
}

std::string_view TruncateUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && U8_IS_TRAIL(text[max_bytes]))
    --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace broadsheet
